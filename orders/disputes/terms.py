"""What a dispute may come to, with figures: which outcomes an order allows, whether these figures hold, and the
sentence both sides read. An offer and a decision are checked and told in the same way."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken, require
from epeken.core.i18n.times import long_end
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from epeken.core.quantity import fits_step, grouped
from orders.deliveries.models import Delivery, DeliveryLine
from orders.deliveries.states import DeliveryState
from orders.disputes import rules
from orders.disputes.models import Dispute, DisputeOffer
from orders.disputes.policies import CAME
from orders.disputes.states import DisputeOutcome
from orders.orders.models import Order, OrderLine, counted_goods
from orders.remedies import rooms
from umkm.catalogue.states import Unit


@dataclass(frozen=True)
class DisputeTerms:
    """One outcome. A deduction and a refund have an `amount` in whole rupiah, a replacement so much of a line until a
    moment, an acceptance so much of a line, or without one all of a delivery that was called missing, a refusal so much
    of a line, or without one all that is kept of a delivery; each is about one delivery."""

    outcome: str = DisputeOutcome.NOTHING
    delivery: Delivery | None = None
    line: OrderLine | None = None
    quantity: Decimal | None = None
    amount: int | None = None
    until: datetime | None = None


NOTHING = DisputeTerms()


def offer_of(dispute: Dispute) -> DisputeOffer | None:
    """None without one. A page that says the offer of several loads it with them."""
    return getattr(dispute, "offer", None)


def of_offer(offer: DisputeOffer) -> DisputeTerms:
    return DisputeTerms(offer.outcome, offer.delivery, offer.order_line, offer.quantity, offer.amount, offer.until)


def deliveries_of(order: Order) -> list[Delivery]:
    """Those somebody may complain about."""
    return [delivery for delivery in order.deliveries.all() if delivery.state in CAME]


def acceptable_deliveries(order: Order) -> list[Delivery]:
    """Those of which more may count as accepted than was stated at their receipt."""
    return [
        delivery
        for delivery in deliveries_to_decide(order)
        if not rooms.unacceptable_words(delivery)
        and any(rooms.acceptable(line) for line in delivery.lines.select_related("order_line"))
    ]


def deliveries_to_decide(order: Order) -> list[Delivery]:
    """Those that the city's officer may decide about: with those that were called missing."""
    return [delivery for delivery in order.deliveries.all() if delivery.state in (*CAME, DeliveryState.MISSED)]


def outcomes_to_decide(order: Order) -> list[DisputeOutcome]:
    """What the city's officer may decide now."""
    found = outcomes_of(order)
    return [*found, DisputeOutcome.ACCEPTANCE] if acceptable_deliveries(order) else found


def outcomes_of(order: Order) -> list[DisputeOutcome]:
    """What the seller may give now: what a buyer asks for, and what the seller offers."""
    found = [DisputeOutcome.NOTHING]
    deliveries = deliveries_of(order)
    if any(rooms.deductible(delivery) for delivery in deliveries):
        found.append(DisputeOutcome.DEDUCTION)
    if any(rooms.replaceable(line) for delivery in deliveries for line in delivery.lines.select_related("order_line")):
        found.append(DisputeOutcome.REPLACEMENT)
    if any(rooms.refundable(delivery) for delivery in deliveries):
        found.append(DisputeOutcome.REFUND)
    if any(not rooms.unrefusable_words(delivery) for delivery in deliveries):
        found.append(DisputeOutcome.REFUSAL)
    return found


def outcomes_of_seller(order: Order) -> list[DisputeOutcome]:
    """What a seller who complained may give by themselves: no goods of the buyer are refused without the buyer."""
    return [one for one in outcomes_of(order) if one != DisputeOutcome.REFUSAL]


def check(order: Order, given: DisputeTerms, now: datetime) -> DisputeTerms:
    """The figures that matter for the outcome, within what is left for it. Raises: RuleBroken."""
    require(given.outcome in DisputeOutcome.values, _("Pilih hasilnya."), field="outcome", code="outcome_unknown")
    if given.outcome == DisputeOutcome.NOTHING:
        return NOTHING
    if given.outcome == DisputeOutcome.ACCEPTANCE:
        return _acceptance(order, given)
    delivery = next((one for one in deliveries_of(order) if one == given.delivery), None)
    require(
        delivery is not None,
        _("Pilih kiriman yang sudah tiba."),
        field="delivery",
        code="delivery_unknown",
    )
    assert delivery is not None
    if given.outcome == DisputeOutcome.REPLACEMENT:
        return _replacement(delivery, given, now)
    if given.outcome == DisputeOutcome.REFUSAL:
        return _refusal(delivery, given)
    is_deduction = given.outcome == DisputeOutcome.DEDUCTION
    most = rooms.deductible(delivery) if is_deduction else rooms.refundable(delivery)
    words = {"number": delivery.number, "most": rupiah(most)}
    if most == 0 and delivery.remedy is not None:
        words["replaced"] = delivery.remedy.delivery.number
        said = _(
            "Kiriman %(number)s mengganti barang kiriman %(replaced)s dan tidak ditagih sendiri: pilih %(replaced)s."
        )
    elif most == 0:
        said = (
            _("Untuk kiriman %(number)s tidak ada lagi yang harus dibayar, jadi tidak ada yang bisa dipotong.")
            if is_deduction
            else _("Untuk kiriman %(number)s tidak ada uang pembeli yang bisa dikembalikan: potong tagihannya.")
        )
    else:
        said = (
            _("Potongan paling banyak %(most)s, yaitu yang masih harus dibayar untuk kiriman %(number)s.")
            if is_deduction
            else _("Yang dikembalikan paling banyak %(most)s, yaitu yang sudah dibayar untuk kiriman %(number)s.")
        )
    require(given.amount is not None or most == 0, _("Tulis jumlah uangnya."), field="amount", code="amount_missing")
    require(0 < (given.amount or 0) <= most, said % words, field="amount", code="amount_outside")
    return DisputeTerms(given.outcome, delivery, amount=given.amount)


def _replacement(delivery: Delivery, given: DisputeTerms, now: datetime) -> DisputeTerms:
    if delivery.remedy is not None:
        raise RuleBroken(
            _(
                "Kiriman %(number)s mengganti barang kiriman %(replaced)s: pilih %(replaced)s, "
                "penggantinya ikut dihitung."
            )
            % {"number": delivery.number, "replaced": delivery.remedy.delivery.number},
            field="delivery",
            code="delivery_is_replacement",
        )
    line = _line_of(delivery, given)
    most, quantity = rooms.replaceable(line), given.quantity or Decimal(0)
    require(
        0 < quantity <= most,
        _most_words(line, most),
        field="quantity",
        code="quantity_outside",
    )
    _check_step(line.order_line, quantity)
    last = clock.due_after_working_days(now, rules.REPLACED_WITHIN.on(clock.local_date(now)))
    require(
        given.until is not None and now < given.until <= last,
        _("Pilih waktu sesudah sekarang, paling lambat %(last)s.") % {"last": long_end(last)},
        field="until",
        code="until_outside",
    )
    return DisputeTerms(DisputeOutcome.REPLACEMENT, delivery, line.order_line, quantity, until=given.until)


def _acceptance(order: Order, given: DisputeTerms) -> DisputeTerms:
    delivery = next((one for one in deliveries_to_decide(order) if one == given.delivery), None)
    require(
        delivery is not None,
        _("Pilih kiriman yang dicatat kurang atau tidak datang."),
        field="delivery",
        code="delivery_unknown",
    )
    assert delivery is not None
    refusal = rooms.unacceptable_words(delivery)
    require(not refusal, refusal, field="delivery", code="delivery_unacceptable")
    if delivery.state == DeliveryState.MISSED:
        return DisputeTerms(DisputeOutcome.ACCEPTANCE, delivery)
    line = _line_of(delivery, given)
    sold, most, quantity = line.order_line, rooms.acceptable(line), given.quantity or Decimal(0)
    unit = Unit(sold.unit)
    require(
        0 < quantity <= most,
        _("%(name)s: yang dihitung diterima paling banyak %(most)s, yaitu yang ditolak dan tidak diganti.")
        % {"name": sold.name, "most": unit.counted(most)},
        field="quantity",
        code="quantity_outside",
    )
    _check_step(sold, quantity)
    return DisputeTerms(DisputeOutcome.ACCEPTANCE, delivery, sold, quantity)


def _refusal(delivery: Delivery, given: DisputeTerms) -> DisputeTerms:
    said = rooms.unrefusable_words(delivery)
    require(not said, said, field="delivery", code="delivery_unrefusable")
    if given.line is None and given.quantity is None:
        return _whole_refusal(delivery)
    line = _line_of(delivery, given)
    sold, most, quantity = line.order_line, rooms.refusable(line), given.quantity or Decimal(0)
    require(
        0 < quantity <= most,
        _("%(name)s: yang ditolak paling banyak %(most)s, yaitu yang disimpan pembeli dan tidak ditunggu gantinya.")
        % {"name": sold.name, "most": Unit(sold.unit).counted(most)},
        field="quantity",
        code="quantity_outside",
    )
    _check_step(sold, quantity)
    _check_money(delivery, share(sold.price, quantity))
    return DisputeTerms(DisputeOutcome.REFUSAL, delivery, sold, quantity)


def _whole_refusal(delivery: Delivery) -> DisputeTerms:
    """All that is kept of it. Raises: RuleBroken where something of it is to come again."""
    lines = list(delivery.lines.select_related("order_line"))
    require(
        all(rooms.refusable(line) == line.kept for line in lines),
        _(
            "Sebagian barang kiriman %(number)s masih ditunggu penggantinya, jadi tidak ditolak seluruhnya: pilih "
            "barang dan banyaknya."
        )
        % {"number": delivery.number},
        field="line",
        code="goods_awaited",
    )
    _check_money(delivery, sum(share(line.order_line.price, line.kept) for line in lines))
    return DisputeTerms(DisputeOutcome.REFUSAL, delivery)


def _check_money(delivery: Delivery, worth: int) -> None:
    """What a department paid comes back by a reversal alone. Raises: RuleBroken."""
    if delivery.order.agency_id is None or delivery.state == DeliveryState.INSPECTED:
        return
    if rooms.is_replaceable(delivery) or worth <= rooms.deductible(delivery):
        return
    raise RuleBroken(
        _(
            "Barang itu bernilai %(worth)s, sedangkan untuk kiriman %(number)s tinggal %(most)s yang belum dibayar. "
            "Kurangi banyaknya, atau minta bendahara mengajukan pembatalan pembayarannya dahulu."
        )
        % {"worth": rupiah(worth), "number": delivery.number, "most": rupiah(rooms.deductible(delivery))},
        field="quantity",
        code="goods_paid",
    )


def _line_of(delivery: Delivery, given: DisputeTerms) -> DeliveryLine:
    """What of the delivery is chosen. Raises: RuleBroken."""
    lines = {line.order_line_id: line for line in delivery.lines.select_related("order_line__product")}
    require(
        given.line is not None and given.line.pk in lines,
        _("Pilih barang yang ada di kiriman %(number)s.") % {"number": delivery.number},
        field="line",
        code="line_unknown",
    )
    assert given.line is not None
    return lines[given.line.pk]


def _check_step(line: OrderLine, quantity: Decimal) -> None:
    """Raises: RuleBroken."""
    step = line.product.step
    require(
        fits_step(quantity, step) and share(line.price, quantity) > 0,
        _("%(name)s dihitung per %(step)s.") % {"name": line.name, "step": Unit(line.unit).counted(step)},
        field="quantity",
        code="quantity_step",
    )


def _most_words(line: DeliveryLine, most: Decimal) -> str:
    unit = Unit(line.order_line.unit)
    said = {
        "name": line.order_line.name,
        "most": unit.counted(most),
        "good": grouped(line.kept),
        "all": unit.counted(line.sent),
        "bad": unit.counted(line.refused),
    }
    if not rooms.is_short(line):
        return _("%(name)s: yang diganti paling banyak %(most)s, yaitu yang tiba dan belum diganti.") % said
    if line.delivery.state == DeliveryState.INSPECTED:
        return (
            _(
                "%(name)s: %(good)s dari %(all)s diterima. Yang diganti paling banyak %(most)s, yaitu yang ditolak dan "
                "belum diganti. Pilih potongan bila yang diterima ternyata rusak."
            )
            % said
        )
    return (
        _(
            "%(name)s: yang diganti paling banyak %(most)s, yaitu yang diterima, ditagih, dan belum diganti. %(bad)s "
            "yang ditolak tidak ditagih dan tidak ditunggu lagi sesudah serah terima."
        )
        % said
    )


def unbilled_words(order: Order) -> str:
    """What was refused and handed over without, for whoever considers a replacement; "" where nothing was."""
    goods = _left_out(order)
    return (
        _("Tidak termasuk %(goods)s yang tidak diterima saat diperiksa: itu tidak ditagih, jadi tidak diganti.")
        % {"goods": goods}
        if goods
        else ""
    )


def left_out_words(order: Order) -> str:
    """The same for whoever is about to complain."""
    goods = _left_out(order)
    said = _(
        "%(goods)s tidak diterima saat diperiksa dan sudah tidak ditagih. Yang diganti hanya barang yang diterima dan "
        "ditagih; bila yang ditolak itu masih diperlukan, pesan lagi."
    )
    return said % {"goods": goods} if goods else ""


def is_beside_left_out(given: DisputeTerms) -> bool:
    """Whether goods come again of which others were refused and handed over without: what comes again is then of those
    that were accepted and are billed, or the buyer would have goods nobody pays for."""
    if given.outcome != DisputeOutcome.REPLACEMENT or given.delivery is None or given.line is None:
        return False
    if given.delivery.state != DeliveryState.ACCEPTED:
        return False
    lines = {line.order_line_id: line for line in given.delivery.lines.all()}
    return given.line.pk in lines and rooms.is_short(lines[given.line.pk])


def _left_out(order: Order) -> str:
    """`5 kotak Nasi kotak`; "" where nothing was."""
    lines = [
        line
        for delivery in deliveries_of(order)
        if delivery.state == DeliveryState.ACCEPTED and delivery.remedy_id is None
        for line in delivery.lines.select_related("order_line")
        if line.refused_at_receipt
    ]
    return ", ".join(counted_goods((line.order_line, line.refused_at_receipt) for line in lines))


def words(shop: str, terms: DisputeTerms, *, refused: Decimal | None = None, refunded: int | None = None) -> str:
    """The outcome as a sentence with figures, in the reader's language. `refused`: how much of goods that come again
    is on no invoice, as noted; `refunded`: whole rupiah a refusal gave back (`rooms.refunded_by`); None while it is
    only proposed."""
    if terms.outcome == DisputeOutcome.NOTHING or terms.delivery is None:
        return _("Tidak ada yang harus diganti atau dikembalikan.")
    said = {"shop": shop, "number": terms.delivery.number, "amount": rupiah(terms.amount or 0)}
    if terms.outcome == DisputeOutcome.DEDUCTION:
        return _("Tagihan kiriman %(number)s dipotong %(amount)s.") % said
    if terms.outcome == DisputeOutcome.REFUND:
        return _("%(shop)s mengembalikan %(amount)s untuk kiriman %(number)s.") % said
    if terms.outcome == DisputeOutcome.ACCEPTANCE and terms.line is None:
        return _("Kiriman %(number)s dihitung datang dan diterima seluruhnya, dan ditagih.") % said
    if terms.outcome == DisputeOutcome.REFUSAL and terms.line is None:
        told = _("Kiriman %(number)s ditolak seluruhnya dan kembali ke %(shop)s.") % said
        return f"{told} {_refused_words(terms, refunded)}"
    assert terms.line is not None
    assert terms.quantity is not None
    said["goods"] = f"{Unit(terms.line.unit).counted(terms.quantity)} {terms.line.name}"
    if terms.outcome == DisputeOutcome.ACCEPTANCE:
        return _("%(goods)s dari kiriman %(number)s dihitung diterima, milik pembeli, dan ditagih.") % said
    if terms.outcome == DisputeOutcome.REFUSAL:
        told = _("%(goods)s dari kiriman %(number)s ditolak dan kembali ke %(shop)s.") % said
        return f"{told} {_refused_words(terms, refunded)}"
    told = _("%(shop)s mengganti %(goods)s dari kiriman %(number)s.")
    if terms.until is not None:
        said["end"] = long_end(terms.until)
        told = _("%(shop)s mengganti %(goods)s dari kiriman %(number)s paling lambat %(end)s.")
    return f"{told % said} {_paid_words(terms, refused)}"


def offered_words(shop: str, dispute: Dispute) -> str:
    """What was offered with the answer, as a sentence; "" without an offer. Once the dispute is decided its result says
    what goes back."""
    offer = offer_of(dispute)
    if offer is None:
        return ""
    return words(shop, of_offer(offer), refunded=None if dispute.is_undecided else 0)


def _refused_words(terms: DisputeTerms, refunded: int | None) -> str:
    """Money goes back only where some was paid."""
    assert terms.delivery is not None
    back = rooms.refund_of(terms.delivery, terms.line, terms.quantity) if refunded is None else refunded
    if not back:
        return _("Harganya tidak ditagih.")
    return _("Harganya tidak ditagih; %(amount)s yang sudah dibayar dikembalikan.") % {"amount": rupiah(back)}


def record(order: Order, given: DisputeTerms) -> str:
    """What stands as the result of an offer that was taken without a word: the offer itself, in the city's
    language."""
    with translation.override(settings.LANGUAGE_CODE):
        return words(order.seller.name, given)


def _paid_words(terms: DisputeTerms, refused: Decimal | None) -> str:
    """What is paid for goods that come again: what was refused is on no invoice yet, the others are on one already."""
    assert terms.delivery is not None
    assert terms.line is not None
    if terms.delivery.state == DeliveryState.ARRIVED:
        return _("Yang ditolak saat diperiksa ditagih bila penggantinya diterima; yang lain tanpa tagihan baru.")
    if refused is None and is_beside_left_out(terms):
        return _("Yang diganti sudah diterima dan ditagih, jadi tanpa tagihan baru; yang ditolak tidak diganti.")
    if refused is None:
        lines = {line.order_line_id: line for line in terms.delivery.lines.all()}
        is_refused = terms.delivery.state == DeliveryState.INSPECTED and rooms.is_short(lines[terms.line.pk])
        refused = terms.quantity if is_refused else Decimal(0)
    if refused == terms.quantity:
        return _("Barang itu ditolak dan belum ditagih: ditagih bila penggantinya diterima.")
    if not refused:
        return _("Tanpa tagihan baru.")
    return _("%(refused)s di antaranya ditolak dan belum ditagih: ditagih bila penggantinya diterima.") % {
        "refused": Unit(terms.line.unit).counted(refused)
    }
