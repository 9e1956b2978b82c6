"""What is proposed, and whether it can be: asked when it is proposed and again when it is agreed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken, require
from epeken.core.i18n.words import rupiah
from epeken.core.models import Kelurahan
from epeken.core.money import MAX_RUPIAH, share
from epeken.core.reasons import LEAST_REASON
from orders.addenda import dates, rules
from orders.addenda.dates import DayChange, DayWish
from orders.addenda.models import Addendum
from orders.orders.models import Order, OrderLine
from orders.orders.states import DeliveryMethod
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.guards import budget_fit, concerns
from procurement.guards.states import GuardKind, sentence
from procurement.requests import chain, officers
from procurement.requests import rules as requests_rules
from procurement.requests.models import PurchaseRequest
from procurement.signatures.models import ApprovalRule
from umkm.catalogue import feasibility
from umkm.catalogue.feasibility import Calendar
from umkm.catalogue.states import Unit


@dataclass(frozen=True)
class OrderTerms:
    """Amounts by order line pk, of all lines; by when the goods are there, and where. `date`: what becomes of one date
    of the order's schedule, from which its amounts and its last moment follow."""

    quantities: Mapping[int, Decimal]
    deliver_at: datetime
    place: str
    kelurahan: Kelurahan | None
    date: DayChange | None = None

    def amount_of(self, line: OrderLine) -> int:
        return share(line.price, self.quantities[line.pk])

    def goods_total(self, order: Order) -> int:
        return sum(self.amount_of(line) for line in order.lines.all())

    def delivery_cost(self, order: Order) -> int:
        return order.delivery_cost - (self.date.cost(order) if self.date is not None else 0)

    def total(self, order: Order) -> int:
        return self.goods_total(order) + self.delivery_cost(order)


def of_order(order: Order) -> OrderTerms:
    """As they stand."""
    quantities = {line.pk: line.quantity for line in order.lines.all()}
    return OrderTerms(quantities, order.deliver_at, order.delivery_place, order.delivery_kelurahan)


def of_addendum(row: Addendum) -> OrderTerms:
    quantities = {line.order_line_id: line.quantity for line in row.lines.all()}
    date = None if row.due_day is None else DayChange(row.due_day, row.day_at)
    return OrderTerms(quantities, row.deliver_at, row.place, row.kelurahan, date)


def of_date(order: Order, wish: DayWish) -> OrderTerms:
    """One date of its schedule as wished, all else as it stands. Raises: InvalidMove."""
    change, standing = dates.of_wish(order, wish), of_order(order)
    left = {
        line.pk: line.quantity - (change.quantity_of(line) if change.drops else 0) for line in order.lines.all()
    }  # fmt: skip
    return replace(standing, quantities=left, deliver_at=change.last_moment(order), date=change)


def more_of(order: Order, terms: OrderTerms) -> int:
    """Whole rupiah by which the order grows; below zero: becomes smaller."""
    return terms.total(order) - order.total


def purchase_total(order: Order, terms: OrderTerms) -> int:
    """What all orders of its request that did not fall through come to, with the change."""
    others = Order.objects.counting().filter(request=order.request_id).exclude(pk=order.pk)
    return sum(others.values_list("total", flat=True)) + terms.total(order)


def needed_role(order: Order, terms: OrderTerms, day: date) -> OfficerRole:
    """The office that signs for the department: of a higher sum that which approves what the purchase comes to."""
    request = order.request
    if request is None or more_of(order, terms) <= 0:
        return OfficerRole.PP
    is_escalated = request.needed_role == OfficerRole.PPK
    return officers.needed_role(purchase_total(order, terms), day, is_escalated=is_escalated)


def check(order: Order, terms: OrderTerms, now: datetime) -> None:
    """Raises RuleBroken with the first thing in the way. Reads the lines of the order."""
    lines = list(order.lines.select_related("product__category", "product__seller__food_court"))
    change = terms.date
    if change is None:
        require(
            (terms.deliver_at, terms.place, terms.kelurahan) != _standing(order) or any(_changed(lines, terms)),
            _("Belum ada yang diubah. Ganti jumlah barang, waktu, atau tempatnya."),
            code="nothing_changed",
        )
    else:
        require(
            change.moved_to != change.day.deliver_at,
            _("Belum ada yang diubah. Ganti harinya, atau hapus tanggalnya."),
            field="moved_to",
            code="nothing_changed",
        )
    _check_amounts(lines, terms)
    moment = _new_moment(order, terms)
    if moment is not None:
        _check_moment(order, lines, moment, now, field="deliver_at" if change is None else "moved_to")
    _check_place(order, terms)
    _check_sum(order, lines, terms, now)
    if change is None:
        _check_supply(order, lines, terms, now)
    else:
        dates.check(order, lines, change, now)


def _new_moment(order: Order, terms: OrderTerms) -> datetime | None:
    """When goods are to come that were to come at another time; None: all that comes keeps its time."""
    if terms.date is not None:
        return terms.date.moved_to
    return None if terms.deliver_at == order.deliver_at else terms.deliver_at


def late_words(order: Order, terms: OrderTerms, now: datetime) -> str:
    """What a new request for these goods would be warned of: moved or become more, they are billed too late to be paid
    out of their budget year. "" of what is no later and no more than both sides signed."""
    request = order.request
    if request is None or request.line is None:
        return ""
    lines, comes_by = list(order.lines.all()), terms.deliver_at
    if terms.date is not None:
        if terms.date.moved_to is None or terms.date.moved_to <= terms.date.day.deliver_at:
            return ""
        comes_by, amount = terms.date.moved_to, terms.date.value(order, lines)
    elif comes_by <= order.deliver_at and more_of(order, terms) <= 0:
        return ""
    elif any(line.sent_quantity for line in lines):
        amount = sum(share(line.price, terms.quantities[line.pk] - line.sent_quantity) for line in lines)
    else:
        amount = terms.total(order)
    found = budget_fit.late_bill(clock.last_day(comes_by), request.line.year, amount, clock.local_date(now))
    return "" if found is None else sentence(GuardKind.YEAR_END, found)


def check_late(order: Order, terms: OrderTerms, reason: str, now: datetime, *, asks: bool) -> str:
    """Why the department lets the bill fall due after its budget year; "" where it does not. `asks`: the department
    acts itself; else it gave the reason when it proposed. Raises: RuleBroken."""
    words = late_words(order, terms, now)
    if not words:
        return ""
    reason = reason.strip()[:300]
    way = (
        _("Tulis alasannya paling sedikit %(least)d huruf, atau pilih waktu yang lebih awal.") % {"least": LEAST_REASON}
        if asks
        else _("Dinas belum menulis alasannya. Tolak usul ini, lalu minta dinas mengusulkannya lagi.")
    )
    require(len(reason) >= LEAST_REASON, f"{words} {way}", field="late_reason" if asks else None, code="year_end")
    return reason


def calendar_of(order: Order, line: OrderLine, terms: OrderTerms, now: datetime) -> Calendar:
    """Of the proposed moment for one line. As much or less of it, and no earlier, had its time to be made since it was
    ordered; more of it is made from now on."""
    is_no_earlier = clock.is_over(order.deliver_at, terms.deliver_at)
    is_easier = is_no_earlier and terms.quantities[line.pk] <= line.quantity
    asked_at = order.placed_at if is_easier else now
    return feasibility.calendar(
        [line.product], clock.last_day(terms.deliver_at), asked_at, for_agency=True, by=terms.deliver_at,
        held_by=order.number,
    )  # fmt: skip


def _standing(order: Order) -> tuple[datetime, str, Kelurahan | None]:
    return order.deliver_at, order.delivery_place, order.delivery_kelurahan


def _changed(lines: list[OrderLine], terms: OrderTerms) -> Iterator[OrderLine]:
    return (line for line in lines if terms.quantities[line.pk] != line.quantity)


def _check_amounts(lines: list[OrderLine], terms: OrderTerms) -> None:
    require(
        terms.quantities.keys() == {line.pk for line in lines},
        _("Barangnya bukan barang surat pesanan ini. Muat ulang halaman."),
        code="unknown_line",
    )
    for line in _changed(lines, terms):
        wanted, field = terms.quantities[line.pk], f"quantity_{line.pk}" if terms.date is None else "what"
        counted = Unit(line.unit).counted
        require(
            wanted >= line.sent_quantity and wanted > 0,
            _("%(sent)s %(name)s sudah dikirim, jadi jumlahnya tidak bisa di bawah itu.")
            % {"sent": counted(line.sent_quantity), "name": line.name}
            if line.sent_quantity
            else _(
                "%(name)s hanya datang pada tanggal ini, jadi tanggalnya tidak bisa dihapus. Pindahkan tanggalnya, "
                "atau minta pembatalan."
            )
            % {"name": line.name}
            if terms.date is not None
            else _("%(name)s tidak bisa dihapus dari surat pesanan. Untuk tidak jadi membeli, minta pembatalan.")
            % {"name": line.name},
            field=field,
            code="below_sent",
        )
        for fault in feasibility.quantity_faults(line.product, wanted):
            raise fault.refusal(field)


def _check_moment(order: Order, lines: list[OrderLine], moment: datetime, now: datetime, *, field: str) -> None:
    require(
        not clock.is_over(moment, now),
        _("Waktu barang tiba sudah lewat. Pilih waktu yang akan datang."),
        field=field,
        code="deliver_past",
    )
    main = order.request.line_id if order.request is not None else None
    named = {main, order.delivery_charged_to_id, *(line.charged_to_id for line in lines)}
    charged = [pk for pk in named if pk is not None]
    year = clock.last_day(moment).year
    for other in BudgetLine.objects.filter(pk__in=charged).values_list("year", flat=True):
        require(
            other == year,
            _("Mata anggaran pesanan ini untuk tahun %(year)s, jadi barangnya tiba paling lambat 31 Desember %(year)s.")
            % {"year": other},
            field=field,
            code="budget_year",
        )


def _check_place(order: Order, terms: OrderTerms) -> None:
    if (terms.place, terms.kelurahan) == (order.delivery_place, order.delivery_kelurahan):
        return
    require(
        order.method == DeliveryMethod.SELLER,
        _("Barangnya diambil sendiri, jadi tidak ada alamat antar."),
        field="place",
        code="pickup",
    )
    require(
        terms.place.strip() and terms.kelurahan is not None,
        _("Isi alamat antar dan kelurahannya."),
        field="place",
        code="place_missing",
    )


def _check_sum(order: Order, lines: list[OrderLine], terms: OrderTerms, now: datetime) -> None:
    """Source: Perpres 16/2018 art. 54 (the final sum of a changed contract), SIPLah's comparison rule."""
    more, request, day = more_of(order, terms), order.request, clock.local_date(now)
    if more <= 0 or request is None:
        return
    first = order.addenda.agreed().order_by("pk").values_list("earlier_total", flat=True).first()
    issued = order.total if first is None else first
    most = min(issued + share(issued, rules.MOST_MORE.on(day)), MAX_RUPIAH)
    words = {"total": rupiah(terms.total(order)), "issued": rupiah(issued), "most": rupiah(most)}
    require(
        terms.total(order) <= most,
        _(
            "Jumlah baru %(total)s. Surat pesanan ini terbit %(issued)s, jadi dengan adendum paling banyak %(most)s. "
            "Selebihnya lewat permintaan baru."
        )
        % words,
        code="contract_growth",
    )
    require(
        request.frame_id is None,
        _(
            "Pesanan ini disetujui menurut kerangka, jadi jumlahnya hanya bisa dikurangi. "
            "Tambahannya lewat permintaan baru."
        ),
        code="framed",
    )
    after = purchase_total(order, terms)
    for limit in (requests_rules.TWO_ABOVE.on(day), requests_rules.THREE_ABOVE.on(day)):
        require(
            not request.total <= limit < after,
            _(
                "Pembelian ini disetujui %(before)s dan menjadi %(after)s, di atas %(limit)s yang perlu pembanding "
                "lebih banyak. Ajukan tambahannya lewat permintaan baru."
            )
            % {"before": rupiah(request.total), "after": rupiah(after), "limit": rupiah(limit)},
            code="comparison_passed",
        )
    _check_signatures(order, lines, terms, after, day)
    _check_split(request, lines, terms, after, now)


def _check_signatures(order: Order, lines: list[OrderLine], terms: OrderTerms, after: int, day: date) -> None:
    """A sum that would have asked for a further signature was never signed."""
    request = order.request
    assert request is not None
    categories = {pk for line in lines for pk in (line.product.category_id, line.product.category.parent_id)}
    asked = ApprovalRule.objects.asking(request.agency_id, after, categories, day)
    signed = {row.office for row in chain.of_request(request)} | {needed_role(order, terms, day)}
    for rule in asked:
        require(
            rule.office in signed,
            _(
                "Pembelian ini menjadi %(after)s, yang perlu tanda tangan %(office)s sebelum diputuskan. Ajukan "
                "tambahannya lewat permintaan baru."
            )
            % {"after": rupiah(after), "office": rule.get_office_display()},
            code="signature_missing",
        )


def _check_split(
    request: PurchaseRequest, lines: list[OrderLine], terms: OrderTerms, after: int, now: datetime
) -> None:
    """What purchases of the window come to together was weighed without the addition: a new request is warned of it,
    and an officer answers that. Source: Perpres 16/2018 art. 20."""
    before = {line.product_id: line.amount for line in lines}
    amounts = {line.product_id: terms.amount_of(line) for line in lines}
    found = concerns.splits_by_growth(request, before, amounts, after, now)
    if found:
        raise RuleBroken(
            _(
                "%(warning)s Surat pesanan ini tidak bisa ditambah dengan adendum. Ajukan tambahannya lewat permintaan "
                "baru, supaya peringatan ini dijawab."
            )
            % {"warning": found[0].words},
            code="split",
        )


def _check_supply(order: Order, lines: list[OrderLine], terms: OrderTerms, now: datetime) -> None:
    """What is added, and on another day all that was not sent, can be made and come then."""
    is_moved = terms.deliver_at != order.deliver_at
    for line in lines:
        more = terms.quantities[line.pk] - line.quantity
        unsent = terms.quantities[line.pk] - line.sent_quantity
        if more > 0 and not feasibility.is_for_sale(line.product):
            for fault in feasibility.faults(line.product, terms.quantities[line.pk], None):
                raise fault.refusal(f"quantity_{line.pk}")
        if unsent <= 0 or not (is_moved or more > 0):
            continue
        on = calendar_of(order, line, terms, now)
        for fault in feasibility.supply_faults(line.product, unsent, on):
            raise fault.refusal("deliver_at" if fault.field == "day" else f"quantity_{line.pk}")
