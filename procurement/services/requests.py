"""A department's request from its draft to the moment a surat pesanan may be issued."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.models import Rule
from epeken.core.money import share
from epeken.core.numbers import next_number
from epeken.core.quantity import fits_step, plain
from epeken.core.states import begin, move
from epeken.core.words import rupiah
from procurement import notices, policies
from procurement.errors import PricesChanged, SamePerson
from procurement.models import Agency, BudgetLine, Comparison, PurchaseRequest, RequestLine, RequestSeller
from procurement.services import budgets
from procurement.states import OfficerRole, RequestState
from umkm.models import Product
from umkm.states import ProductState, SellerState

FIELDS = (
    "title", "purpose", "line", "event_at", "event_place", "attendees", "deliver_at", "delivery_place", "delivery_kelurahan",
)  # fmt: skip
MOST_LINES = 60


@transaction.atomic
def create_request(*, actor: Any, agency: Agency, values: Mapping[str, Any], now: datetime) -> PurchaseRequest:
    """A numbered draft of the actor's in the department. `values`: any of FIELDS.

    Raises: NotAllowed, RuleBroken.
    """
    day = clock.local_date(now)
    if not policies.can_request(actor, agency.pk, day):
        raise NotAllowed(_("Hanya pemesan yang ditunjuk dinas ini yang dapat membuat permintaan."))
    request = PurchaseRequest(
        number=next_number("PM", day.year), agency=agency, requester=actor, created_at=now, **_known(values)
    )
    _check_draft(request)
    request.save()
    begin(request, actor=actor, now=now)
    return request


@transaction.atomic
def save_request(*, actor: Any, request: PurchaseRequest, values: Mapping[str, Any], now: datetime) -> PurchaseRequest:
    """Writes the given fields of a draft; the others stay. Raises: NotAllowed, InvalidMove, RuleBroken.

    Locks: PurchaseRequest.
    """
    request = _locked_open(actor, request, now)
    changes = _known(values)
    for name, value in changes.items():
        setattr(request, name, value)
    _check_draft(request)
    request.save(update_fields=list(changes))
    return request


@transaction.atomic
def put_line(
    *, actor: Any, request: PurchaseRequest, product: Product, quantity: Decimal, note: str, now: datetime
) -> RequestLine:
    """The request asks for this quantity of the goods, at today's price; an earlier quantity is replaced.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = _locked_open(actor, request, now)
    product = Product.objects.select_related("seller").get(pk=product.pk)
    _check_for_sale(product)
    _check_quantity(product, quantity)
    others = request.lines.exclude(product=product).count()
    require(others < MOST_LINES, _("Satu permintaan paling banyak %(most)d barang.") % {"most": MOST_LINES})
    line, _made = RequestLine.objects.update_or_create(
        request=request,
        product=product,
        defaults={
            "seller": product.seller,
            "name": product.name,
            "unit": product.unit,
            "food_kind": product.food_kind,
            "price": product.price,
            "quantity": quantity,
            "amount": share(product.price, quantity),
            "note": note.strip()[:200],
        },
    )
    request.comparisons.filter(product=product).delete()
    _refresh_sellers(request)
    return line


@transaction.atomic
def remove_line(*, actor: Any, request: PurchaseRequest, line: RequestLine, now: datetime) -> None:
    """The goods leave the draft. Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest."""
    request = _locked_open(actor, request, now)
    request.lines.filter(pk=line.pk).delete()
    _refresh_sellers(request)


@transaction.atomic
def add_comparison(
    *, actor: Any, request: PurchaseRequest, product: Product, note: str, now: datetime
) -> Comparison:
    """Another seller's offer, kept as evidence with its price of today and why it was not chosen.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = _locked_open(actor, request, now)
    product = Product.objects.select_related("seller").get(pk=product.pk)
    _check_for_sale(product)
    require(
        not request.lines.filter(product=product).exists(),
        _("Barang ini sudah ada di permintaan. Bandingkan dengan barang penjual lain."),
        field="product",
    )
    require(note.strip(), _("Tulis mengapa penawaran ini tidak dipilih."), field="note")
    comparison, _made = Comparison.objects.update_or_create(
        request=request,
        product=product,
        defaults={
            "seller": product.seller,
            "name": product.name,
            "price": product.price,
            "note": note.strip()[:200],
            "created_at": now,
        },
    )
    return comparison


@transaction.atomic
def remove_comparison(*, actor: Any, request: PurchaseRequest, comparison: Comparison, now: datetime) -> None:
    """An offer leaves a draft's comparison. Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest."""
    request = _locked_open(actor, request, now)
    request.comparisons.filter(pk=comparison.pk).delete()


@transaction.atomic
def submit_request(*, actor: Any, request: PurchaseRequest, key: str, now: datetime) -> PurchaseRequest:
    """The request goes to the officer for its amount; its total is reserved on the budget line. The same key submits once.

    Prices and fees must still be today's, so that nobody submits a figure they have not seen (`refresh_prices` brings
    them up to date). Raises: NotAllowed, InvalidMove, RuleBroken, PricesChanged. Locks: BudgetLine, PurchaseRequest.
    Source: Perpres 16/2018 jo. 12/2021 jo. 46/2025 (officer by amount); the comparison rule is SIPLah's.
    """
    who = f"user:{actor.pk}"
    if idempotency.claim(person=who, key=key, body={"submit": request.pk}) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    if request.line_id is not None:
        BudgetLine.objects.locked().get(pk=request.line_id)
    request = _locked_open(actor, request, now)
    day = clock.local_date(now)
    lines = list(request.lines.select_related("product__seller", "seller"))
    check_complete(request, lines, now)
    _check_prices(request, lines)
    total = total_of(request)
    check_comparison(request, lines, total, now)
    assert request.line is not None
    limit = Rule.objects.amount("purchase.pp_limit", day)
    role = OfficerRole.PP if total <= limit else OfficerRole.PPK
    budgets.reserve(line=request.line, amount=total, reference=request.number, actor=actor, now=now)
    days = Rule.objects.amount("purchase.approval_days", day)
    move(
        request, "submit", actor=actor, now=now, total=total, approver_role=role, decision_note="", approver=None,
        submitted_at=now, due_at=clock.due_after_working_days(now, days),
    )  # fmt: skip
    notices.request_submitted(request, now=now)
    idempotency.settle(person=who, key=key, result=request.number)
    return request


@transaction.atomic
def refresh_prices(*, actor: Any, request: PurchaseRequest, now: datetime) -> bool:
    """Draft lines follow today's prices and delivery fees; True when one moved.

    Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest.
    """
    locked = _locked_open(actor, request, now)
    moved = False
    for line in locked.lines.select_related("product"):
        if line.price != line.product.price:
            line.price = line.product.price
            line.amount = share(line.price, line.quantity)
            line.save(update_fields=["price", "amount"])
            moved = True
    return _refresh_sellers(locked) or moved


@transaction.atomic
def approve_request(
    *, actor: Any, request: PurchaseRequest, dropped: Mapping[int, str], note: str, key: str, now: datetime
) -> PurchaseRequest:
    """The request may be ordered. Lines named in `dropped` (line pk → reason) leave it and free their budget.

    The same key approves once. Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.
    Locks: BudgetLine, PurchaseRequest.
    """
    who = f"user:{actor.pk}"
    body = {"approve": request.pk, "dropped": {str(pk): why for pk, why in dropped.items()}, "note": note}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return PurchaseRequest.objects.get(pk=request.pk)
    request = _locked_submitted(actor, request, now)
    assert request.line is not None
    if dropped:
        _drop(request, dropped, now)
    total = total_of(request)
    if total < request.total:
        names = ", ".join(request.lines.filter(dropped_at__isnull=False).values_list("name", flat=True))
        budgets.release(
            line=request.line, amount=request.total - total, reference=request.number, actor=actor, now=now,
            note=_("Dilepas: %(names)s") % {"names": names},
        )  # fmt: skip
    move(
        request, "approve", actor=actor, now=now, note=note.strip(), total=total, approver=actor, approved_at=now,
        decision_note=note.strip()[:300],
    )  # fmt: skip
    notices.request_decided(request, action="approve", now=now)
    idempotency.settle(person=who, key=key, result=request.number)
    return request


@transaction.atomic
def send_back_request(*, actor: Any, request: PurchaseRequest, note: str, now: datetime) -> PurchaseRequest:
    """The requester may correct it; the budget is free again. Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.

    Locks: BudgetLine, PurchaseRequest.
    """
    return _refuse(actor, request, "send_back", note, now)


@transaction.atomic
def reject_request(*, actor: Any, request: PurchaseRequest, note: str, now: datetime) -> PurchaseRequest:
    """The request ends here; the budget is free again. Raises: NotAllowed, SamePerson, InvalidMove, RuleBroken.

    Locks: BudgetLine, PurchaseRequest.
    """
    return _refuse(actor, request, "reject", note, now, closed_at=now)


@transaction.atomic
def withdraw_request(*, actor: Any, request: PurchaseRequest, note: str, now: datetime) -> PurchaseRequest:
    """The requester takes it back before it is ordered; what was reserved is free. Raises: NotAllowed, InvalidMove.

    Locks: BudgetLine, PurchaseRequest.
    """
    request = _locked_with_budget(request)
    if actor.pk != request.requester_id:
        raise NotAllowed(_("Hanya pemesan yang membuatnya yang dapat menarik permintaan ini."))
    held = request.state in (RequestState.SUBMITTED, RequestState.APPROVED)
    move(request, "withdraw", actor=actor, now=now, note=note.strip(), closed_at=now)
    if held:
        _release_all(request, actor, now, note)
    return request


@transaction.atomic
def mark_ordered(*, request: PurchaseRequest, actor: Any, now: datetime) -> None:
    """Its surat pesanan are issued. Called by orders with BudgetLine and PurchaseRequest locked. Raises: InvalidMove."""
    move(request, "issue", actor=actor, now=now, ordered_at=now)


def total_of(request: PurchaseRequest) -> int:
    """Goods not dropped, and delivery of the sellers who still have any, in rupiah."""
    kept = request.lines.filter(dropped_at__isnull=True)
    goods = kept.aggregate(sum=Sum("amount"))["sum"] or 0
    sellers = set(kept.values_list("seller_id", flat=True))
    delivery = sum(row.delivery_cost for row in request.sellers.all() if row.seller_id in sellers)
    return int(goods) + delivery


def compared_owners(request: PurchaseRequest, lines: list[RequestLine]) -> int:
    """How many different owners were looked at: those chosen and those compared with."""
    owners = {line.seller.owner_id for line in lines}
    owners |= {row.seller.owner_id for row in request.comparisons.select_related("seller")}
    return len(owners)


def owners_needed(total: int, now: datetime) -> int:
    """How many owners must have been compared for this amount: 1, 2 or 3."""
    day = clock.local_date(now)
    if total > Rule.objects.amount("purchase.compare_three_above", day):
        return 3
    if total > Rule.objects.amount("purchase.compare_two_above", day):
        return 2
    return 1


def check_comparison(request: PurchaseRequest, lines: list[RequestLine], total: int, now: datetime) -> None:
    """Raises RuleBroken `comparison_missing` saying how many sellers are still to be compared."""
    missing = owners_needed(total, now) - compared_owners(request, lines)
    if missing > 0:
        raise RuleBroken(
            ngettext(
                "Belanja %(total)s perlu dibandingkan dengan %(n)d penjual lagi dari pemilik yang berbeda. "
                "Tambahkan di langkah Perbandingan.",
                "Belanja %(total)s perlu dibandingkan dengan %(n)d penjual lagi dari pemilik yang berbeda. "
                "Tambahkan di langkah Perbandingan.",
                missing,
            )
            % {"total": rupiah(total), "n": missing},
            code="comparison_missing",
        )


def check_complete(request: PurchaseRequest, lines: list[RequestLine], now: datetime) -> None:
    """Raises RuleBroken naming the first thing that is missing or cannot be."""
    require(request.line_id, _("Pilih mata anggaran untuk permintaan ini."), field="line", code="line_missing")
    assert request.line is not None
    require(request.line.rup_id, _("Mata anggaran ini belum punya ID RUP, jadi belum boleh dipakai memesan."), field="line", code="rup_missing")
    require(request.deliver_at, _("Isi kapan barang harus tiba."), field="deliver_at", code="date_missing")
    assert request.deliver_at is not None
    require(request.delivery_place, _("Isi ke mana barang diantar."), field="delivery_place", code="place_missing")
    require(request.deliver_at > now, _("Waktu antar sudah lewat. Pilih waktu yang baru."), field="deliver_at", code="too_late")
    arrives = clock.local_date(request.deliver_at)
    require(
        request.line.year == arrives.year,
        _("Mata anggaran tahun %(year)d tidak bisa dipakai untuk barang yang tiba tahun %(arrives)d.")
        % {"year": request.line.year, "arrives": arrives.year},
        field="line",
        code="wrong_year",
    )
    require(lines, _("Belum ada barang. Tambahkan paling sedikit satu."), code="no_lines")
    for line in lines:
        _check_for_sale(line.product)
        _check_quantity(line.product, line.quantity)
        ready = clock.local_date(now) + timedelta(days=line.product.lead_days)
        require(
            ready <= arrives,
            _("%(name)s perlu %(days)d hari untuk disiapkan. Undurkan waktu antar atau ganti barangnya.")
            % {"name": line.name, "days": line.product.lead_days},
            field="deliver_at",
            code="lead_time",
        )


def _known(values: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(values) - set(FIELDS)
    if unknown:
        raise LookupError(f"Not fields of a request: {sorted(unknown)}")
    return dict(values)


def _check_draft(request: PurchaseRequest) -> None:
    require(request.title.strip(), _("Beri nama kegiatannya."), field="title")
    if request.line is not None and request.line.agency_id != request.agency_id:
        raise RuleBroken(_("Mata anggaran ini milik dinas lain."), field="line")
    if request.event_at and request.deliver_at:
        require(
            request.deliver_at <= request.event_at,
            _("Barang harus tiba sebelum acara dimulai."),
            field="deliver_at",
            code="after_event",
        )


def _check_for_sale(product: Product) -> None:
    require(
        product.state == ProductState.PUBLISHED and product.seller.state == SellerState.ACTIVE,
        _("%(name)s sedang tidak dijual. Pilih barang lain.") % {"name": product.name},
        field="product",
        code="not_for_sale",
    )


def _check_quantity(product: Product, quantity: Decimal) -> None:
    require(
        fits_step(quantity, product.step),
        _("Jumlah %(name)s harus kelipatan %(step)s %(unit)s.")
        % {"name": product.name, "step": plain(product.step), "unit": product.get_unit_display()},
        field="quantity",
        code="quantity_step",
    )
    require(
        quantity >= product.minimum,
        _("%(name)s dipesan paling sedikit %(minimum)s %(unit)s.")
        % {"name": product.name, "minimum": plain(product.minimum), "unit": product.get_unit_display()},
        field="quantity",
        code="quantity_minimum",
    )
    require(quantity <= 1_000_000, _("Jumlah ini terlalu besar."), field="quantity", code="quantity_large")


def _fee_of(seller: Any) -> int:
    return int(seller.delivery_fee) if seller.offers_delivery else 0


def _check_prices(request: PurchaseRequest, lines: list[RequestLine]) -> None:
    fees = {row.seller_id: row.delivery_cost for row in request.sellers.all()}
    if any(
        line.price != line.product.price or fees.get(line.seller_id) != _fee_of(line.product.seller) for line in lines
    ):
        raise PricesChanged(
            _("Ada harga atau ongkos antar yang berubah sejak barang dimasukkan. Periksa jumlah yang baru, lalu kirim lagi.")
        )


def _refresh_sellers(request: PurchaseRequest) -> bool:
    """One row per seller of the lines, with today's delivery fee; True when a fee of a kept seller moved."""
    moved = False
    rows = {row.seller_id: row for row in request.sellers.all()}
    wanted = {line.seller_id: line.seller for line in request.lines.select_related("seller")}
    RequestSeller.objects.filter(request=request).exclude(seller_id__in=wanted).delete()
    for pk, seller in wanted.items():
        fee = _fee_of(seller)
        row = rows.get(pk)
        if row is None:
            RequestSeller.objects.create(request=request, seller=seller, delivery_cost=fee)
        elif row.delivery_cost != fee:
            row.delivery_cost = fee
            row.save(update_fields=["delivery_cost"])
            moved = True
    return moved


def _locked_open(actor: Any, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    locked: PurchaseRequest = PurchaseRequest.objects.locked().get(pk=request.pk)
    if actor.pk != locked.requester_id or not policies.can_request(actor, locked.agency_id, clock.local_date(now)):
        raise NotAllowed(_("Hanya pemesan yang membuatnya yang dapat mengubah permintaan ini."))
    if locked.state not in policies.OPEN:
        raise InvalidMove(_("Permintaan ini sudah dikirim dan tidak bisa diubah. Tarik dahulu bila perlu diperbaiki."))
    return locked


def _locked_with_budget(request: PurchaseRequest) -> PurchaseRequest:
    """The request, locked after its budget line as the order of locks wants."""
    if request.line_id is not None:
        BudgetLine.objects.locked().get(pk=request.line_id)
    locked: PurchaseRequest = PurchaseRequest.objects.locked().get(pk=request.pk)
    return locked


def _locked_submitted(actor: Any, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    locked = _locked_with_budget(request)
    if actor.pk == locked.requester_id:
        raise SamePerson(_("Pemesan tidak boleh memutuskan permintaannya sendiri. Minta pejabat lain."))
    if locked.state != RequestState.SUBMITTED:
        raise InvalidMove(_("Permintaan ini sudah diputuskan atau ditarik. Muat ulang halaman lalu periksa lagi."))
    if not policies.has_approver_seat(actor, locked, clock.local_date(now)):
        raise NotAllowed(_("Permintaan sebesar ini diputuskan oleh pejabat lain di dinas ini."))
    return locked


def _drop(request: PurchaseRequest, dropped: Mapping[int, str], now: datetime) -> None:
    lines = {line.pk: line for line in request.lines.filter(dropped_at__isnull=True)}
    require(set(dropped) <= set(lines), _("Ada baris yang bukan bagian permintaan ini. Muat ulang halaman."), field="dropped")
    require(
        len(dropped) < len(lines),
        _("Semua baris dilepas. Kembalikan atau tolak permintaannya, supaya pemesan tahu sebabnya."),
        field="dropped",
        code="all_dropped",
    )
    for pk, reason in dropped.items():
        require(
            reason.strip(),
            _("Tulis alasan melepas %(name)s.") % {"name": lines[pk].name},
            field=f"reason_{pk}",
            code="reason_missing",
        )
        RequestLine.objects.filter(pk=pk).update(dropped_at=now, dropped_reason=reason.strip()[:200])


def _refuse(
    actor: Any, request: PurchaseRequest, action: str, note: str, now: datetime, **fields: Any
) -> PurchaseRequest:
    locked = _locked_submitted(actor, request, now)
    note = note.strip()
    require(note, _("Tulis alasannya, supaya pemesan tahu apa yang perlu diperbaiki."), field="note", code="note_missing")
    move(locked, action, actor=actor, now=now, note=note, approver=actor, decision_note=note[:300], **fields)
    _release_all(locked, actor, now, note)
    notices.request_decided(locked, action=action, now=now)
    return locked


def _release_all(request: PurchaseRequest, actor: Any, now: datetime, note: str) -> None:
    assert request.line is not None
    budgets.release(
        line=request.line, amount=request.total, reference=request.number, actor=actor, now=now, note=note
    )
