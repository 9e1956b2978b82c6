"""An agreed compensation is charged to a budget line by the head, and paid by the treasurer with proof.

A payment that was wrong is reversed: `orders/compensations/services/reversing.py`.
"""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.files import uploads
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing import payee, treasurer
from orders.billing.services import numbers
from orders.billing.services.payments import TREASURY
from orders.billing.states import NEEDS_REFERENCE, PaymentMethod
from orders.compensations import notices
from orders.compensations.models import Compensation, CompensationPayment
from orders.compensations.states import CompensationState
from orders.documents.models import Attachment
from orders.documents.states import AttachmentKind
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from procurement.agencies.models import Agency
from procurement.agencies.policies import acting_office
from procurement.agencies.states import OfficerRole
from procurement.budgets import services as budgets
from procurement.budgets.models import BudgetLine
from procurement.requests.errors import OwnShop
from umkm.sellers.policies import is_tied

# How a treasury pays what no invoice asks for: a card pays shops, not claims.
METHODS = tuple(method for method in TREASURY if method != PaymentMethod.KKPD)


@service
def charge_compensation(*, actor: User, compensation: Compensation, line: BudgetLine, now: datetime) -> Compensation:
    """The head binds the amount on a budget line of the running year; one it was charged to before is free again. The
    treasurer's turn comes. Named already, nothing is written.

    Raises: NotAllowed, OwnShop, InvalidMove, RuleBroken. Locks: BudgetLine, Order.
    Source: PP 12/2019 article 124 and 128 [?] (spending is charged to the budget that provides for it).
    """
    borne = Compensation.objects.filter(pk=compensation.pk, line__isnull=False).values_list("line", flat=True)
    locked = {row.pk: row for row in BudgetLine.objects.locked().filter(pk__in={line.pk, *borne})}
    order, found = _locked(compensation)
    day = clock.local_date(now)
    office = acting_office(actor, order.agency_id, (OfficerRole.HEAD,), day)
    if not office:
        raise NotAllowed(_("Mata anggaran ganti rugi ditunjuk kepala dinas pemesan."))
    if is_tied(actor, order.seller):
        raise OwnShop(order.seller)
    if found.state == CompensationState.PAID or (found.line_id is not None and found.line_id not in locked):
        raise InvalidMove(_("Ganti rugi ini sudah dibayar atau baru saja dibebankan. Muat ulang halaman."))
    if found.line_id == line.pk:
        return found
    if found.correcting_id is not None:
        raise InvalidMove(_("Uangnya sudah keluar dari mata anggaran ini; hanya catatan bayarnya yang dibetulkan."))
    chosen = locked[line.pk]
    require(
        chosen.agency_id == order.agency_id and chosen.year == day.year and chosen.rup_id.strip(),
        _("Pilih mata anggaran dinas ini tahun %(year)s yang sudah punya ID RUP.") % {"year": day.year},
        field="line",
        code="line_unknown",
    )
    require(
        chosen.available >= found.amount,
        budgets.short_words(chosen, found.amount, is_part=True),
        field="line",
        code="budget_short",
    )
    before = {} if found.line_id is None else {found.line_id: found.amount}
    budgets.change_committed(
        lines=locked, before=before, after={chosen.pk: found.amount}, reference=found.number, actor=actor, now=now
    )
    move(
        found, "charge", actor=actor, now=now, acted_as=office, note=str(chosen), line=chosen, charged_by=actor,
        charged_at=now,
    )  # fmt: skip
    notices.charged(found, now=now)
    return found


@service
def pay_compensation(
    *,
    actor: User,
    compensation: Compensation,
    method: str,
    reference: str,
    paid_on: date,
    proof: Any,
    key: str,
    now: datetime,
) -> Compensation:
    """The money left the treasury, with proof: all of it, realised on the line the head named. The same key pays once.

    Raises: NotAllowed, RoleAlreadyHeld, InvalidMove, RuleBroken. Locks: Agency, BudgetLine, Order.
    Source: PP 12/2019 and Permendagri 77/2020 (a budget holds from 1 January to 31 December).
    """
    who, reference = f"user:{actor.pk}", reference.strip()
    body = {"compensate": compensation.pk, "method": method, "reference": reference, "paid_on": paid_on}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return Compensation.objects.get(pk=compensation.pk)
    if method == PaymentMethod.TRANSFER:
        # Nobody else of the department uses the number for another seller now.
        Agency.objects.locked().get(pk=compensation.order.agency_id)
    borne = Compensation.objects.filter(pk=compensation.pk).values("line")
    lines = {line.pk: line for line in BudgetLine.objects.locked().filter(pk__in=borne)}
    order, found = _locked(compensation)
    office = treasurer.require_role(actor, order, now)
    if found.state == CompensationState.AGREED:
        raise InvalidMove(_("Kepala dinas belum menunjuk mata anggarannya. Sesudah itu pembayarannya dapat dicatat."))
    if found.state == CompensationState.PAID or found.line_id not in lines:
        raise InvalidMove(_("Ganti rugi ini sudah dibayar atau baru saja dibebankan ulang. Muat ulang halaman."))
    line = lines[found.line_id]
    assert found.charged_by is not None
    if actor.pk in (found.agreed_by_id, found.charged_by_id):
        raise RoleAlreadyHeld(_("pejabat yang menyetujui ganti rugi"), _("bendahara yang membayar"))
    payee.check_not_denied(order.seller_id, order.seller.bank_account)
    _check(found, line, method, reference, paid_on, proof, now)
    folder = f"compensations/{found.number.lower()}"
    stored = uploads.store_private_document(proof, user=actor, folder=folder, field="proof")
    CompensationPayment.objects.create(
        compensation=found, amount=found.amount, line=line, approver=found.charged_by, method=method,
        reference=reference[:60], paid_on=paid_on, proof=stored.name, proof_type=stored.content_type,
        proof_sha256=stored.sha256, recorded_by=actor, recorded_name=actor.name[:120],
        recorded_at=now,
    )  # fmt: skip
    move(
        found, "pay", actor=actor, now=now, acted_as=office, note=reference[:60], paid_on=paid_on, paid_at=now,
        correcting=None,
    )  # fmt: skip
    budgets.realise_charges(
        lines=lines, paid={line.pk: found.amount}, reference=found.number, document=found.number, actor=actor,
        now=now,
    )  # fmt: skip
    _put_in_file(found, order, stored, actor, now)
    notices.paid(found, now=now)
    idempotency.settle(person=who, key=key, result=str(found.pk))
    return found


def _put_in_file(found: Compensation, order: Order, stored: uploads.Stored, actor: User, now: datetime) -> None:
    """The proof joins the order's file, so the pack of whoever audits it has it."""
    attachment = Attachment.objects.create(
        order=order, kind=AttachmentKind.OTHER, title=f"Bukti bayar ganti rugi {found.number}", file=stored.name,
        content_type=stored.content_type, size=stored.size, sha256=stored.sha256, uploaded_by=actor,
        uploaded_name=actor.name[:120], uploaded_at=now,
    )  # fmt: skip
    attestations.attest_row(order.pk, attachment, "attach", actor=actor, now=now)


def _locked(compensation: Compensation) -> tuple[Order, Compensation]:
    """The order locked, and the compensation as it stands under that lock."""
    order = Order.objects.locked().get(pk=compensation.order_id)
    found: Compensation = Compensation.objects.with_page().get(pk=compensation.pk)
    return order, found


def _check(
    found: Compensation,
    line: BudgetLine,
    method: str,
    reference: str,
    paid_on: date,
    proof: Any,
    now: datetime,
) -> None:
    require(method in METHODS, _("Pilih cara bayar."), field="method", code="method_unknown")
    require(
        reference or method not in NEEDS_REFERENCE,
        _("Tulis nomor SP2D.") if method == PaymentMethod.LS else _("Tulis nomor bukti bayar."),
        field="reference",
        code="reference_missing",
    )
    require(
        clock.local_date(found.agreed_at) <= paid_on <= clock.local_date(now),
        _("Tanggal bayar tidak boleh sebelum ganti rugi disepakati dan tidak boleh sesudah hari ini."),
        field="paid_on",
        code="paid_on_outside",
    )
    require(
        paid_on.year == line.year,
        _("Ganti rugi ini dibebankan pada anggaran %(year)s. Minta kepala dinas menunjuk mata anggaran tahun %(paid)s.")
        % {"year": line.year, "paid": paid_on.year},
        field="paid_on",
        code="year_over",
    )
    require(proof, _("Unggah bukti bayar, foto atau PDF."), field="proof", code="proof_missing")
    if method in (PaymentMethod.LS, PaymentMethod.TRANSFER):
        numbers.check_number(found, method, reference[:60], paid_on)
