"""A treasurer records a deposit of tax, and withdraws a record that is wrong."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import full_date, month_year
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing import policies as billing
from orders.billing import sides
from orders.billing.models import Invoice
from orders.billing.states import TaxKind
from orders.deliveries.policies import received_among
from orders.documents import services as documents
from orders.documents.models import Attachment
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from orders.tax_deposits import deadlines, numbers, policies, rules
from orders.tax_deposits.models import DepositedTax, TaxDeposit
from orders.tax_deposits.querysets import to_deposit
from procurement.agencies.models import Agency


@service
def record_deposit(
    *,
    actor: User,
    agency: Agency,
    kind: str,
    period: date,
    chosen: Mapping[int, int],
    billing_code: str,
    ntpn: str,
    deposited_on: date,
    amount: int,
    file: Any,
    key: str,
    now: datetime,
) -> TaxDeposit:
    """One deposit of one kind of tax, of bills whose last payment was in the month `period`. Its proof joins the file
    of each of their orders, and their tax sheets state its NTPN.

    `chosen`: tax lines by pk, with what the page said was still to be deposited of each, in whole rupiah. They add up
    to `amount` exactly, and each is deposited whole. The same key records once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency, Order, Invoice.
    Source: PMK 231/PMK.03/2019 and PMK 59/PMK.03/2022 (the treasurer deposits what is withheld); PMK 81/2024.
    """
    who = f"user:{actor.pk}"
    body = {
        "deposit": sorted(chosen.items()), "agency": agency.pk, "kind": kind, "period": period, "amount": amount,
        "ntpn": ntpn, "billing_code": billing_code, "deposited_on": deposited_on,
    }  # fmt: skip
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return TaxDeposit.objects.get(pk=earlier)
    agency = Agency.objects.locked().get(pk=agency.pk)
    today = clock.local_date(now)
    if not policies.may_record(actor, agency, today):
        raise NotAllowed(_("Setoran pajak dicatat oleh bendahara dinas ini."))
    require(chosen, _("Pilih tagihan yang pajaknya disetor."), field="chosen", code="none_chosen")
    lines = _lock_lines(agency, kind, period, chosen)
    _check_sides(actor, lines)
    total = sum(line.left for line in lines)
    require(
        amount == total,
        _("Pajak tagihan yang dipilih berjumlah %(total)s. Samakan jumlah setorannya atau pilihannya.")
        % {"total": rupiah(total)},
        field="amount",
        code="sum_differs",
    )
    _check_day(deposited_on, max(clock.local_date(line.invoice.issued_at) for line in lines), today)
    ntpn = numbers.read_ntpn(ntpn, deposited_on)
    billing_code = numbers.read_billing_code(billing_code, deposited_on)
    _check_ntpn(agency, kind, period, ntpn, billing_code, deposited_on)
    require(file, _("Unggah bukti penerimaan negaranya."), field="file", code="file_missing")
    stored = uploads.store_private_document(file, user=actor, folder=f"tax-deposits/{agency.pk}", field="file")
    paid_on = [line.paid_on for line in lines]
    holidays = deadlines.holidays_of(paid_on)
    deposit: TaxDeposit = TaxDeposit.objects.create(
        agency=agency, kind=kind, period=period, code=rules.CODES[TaxKind(kind)].on(period),
        billing_code=billing_code, ntpn=ntpn, deposited_on=deposited_on,
        due_on=min(deadlines.last_day(kind, day, holidays) for day in paid_on), amount=amount, file=stored.name,
        content_type=stored.content_type, sha256=stored.sha256, recorded_by=actor, recorded_name=actor.name[:120],
        recorded_at=now,
    )  # fmt: skip
    orders = {line.invoice.order_id: line.invoice.order for line in lines}
    papers = {pk: _attached(order, deposit, stored, actor, now) for pk, order in sorted(orders.items())}
    for line in lines:
        DepositedTax.objects.create(
            deposit=deposit, invoice=line.invoice, tax_line_id=line.pk, attachment=papers[line.invoice.order_id],
            kind=kind, amount=line.left, ntpn=ntpn, deposited_on=deposited_on, recorded_at=now,
        )  # fmt: skip
    _renew_sheets(deposit, list(orders.values()), now)
    for pk, paper in papers.items():
        attestations.attest_row(pk, paper, "deposit", actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=str(deposit.pk))
    return deposit


@service
def withdraw_deposit(*, actor: User, deposit: TaxDeposit, reason: str, now: datetime) -> TaxDeposit:
    """The record was wrong: its bills are to be deposited again, and it stays readable with the reason. The money, if
    any was deposited, is moved or refunded by the tax office (pemindahbukuan), which no record here does.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency, Order, Invoice.
    """
    agency = Agency.objects.locked().get(pk=deposit.agency_id)
    if not policies.may_record(actor, agency, clock.local_date(now)):
        raise NotAllowed(_("Pencatatan setoran pajak dibatalkan oleh bendahara dinas ini."))
    found = Order.objects.locked().filter(pk__in=deposit.lines.values("invoice__order"))
    orders = list(found)
    list(Invoice.objects.locked().filter(pk__in=deposit.lines.values("invoice")))
    deposit = TaxDeposit.objects.get(pk=deposit.pk)
    if deposit.withdrawn_at is not None:
        raise InvalidMove(_("Pencatatan setoran ini sudah dibatalkan."))
    reason = reason.strip()
    require(reason, _("Tulis apa yang keliru pada setoran ini."), field="reason", code="reason_missing")
    TaxDeposit.objects.filter(pk=deposit.pk).update(
        withdrawn_at=now, withdrawn_by=actor, withdrawal_reason=reason[:200]
    )
    papers = list(Attachment.objects.filter(deposited_taxes__deposit=deposit).distinct())
    deposit.lines.update(withdrawn_at=now)
    Attachment.objects.filter(pk__in=[paper.pk for paper in papers]).update(
        removed_at=now, removed_by=actor, removal_note=f"Pencatatan setoran dibatalkan: {reason}"[:200]
    )
    _renew_sheets(deposit, orders, now)
    for paper in papers:
        attestations.attest_row(paper.order_id, paper, "withdraw_deposit", actor=actor, now=now)
    deposit.refresh_from_db()
    return deposit


def _lock_lines(agency: Agency, kind: str, period: date, chosen: Mapping[int, int]) -> list[Any]:
    """What is to be deposited of the chosen lines, read again with their orders and bills locked."""
    of = {"pk__in": list(chosen), "kind": kind, "invoice__order__agency": agency}
    asked = to_deposit(**of)
    orders = list(Order.objects.locked().filter(pk__in=asked.order_by().values("invoice__order")))
    list(Invoice.objects.locked().filter(order__in=orders, pk__in=asked.order_by().values("invoice")))
    end = deadlines.next_month(period)
    found = list(
        to_deposit(**of)
        .filter(paid_on__gte=period, paid_on__lt=end)
        .select_related("invoice__order__request", "invoice__order__seller")
    )
    if {line.pk: line.left for line in found} != dict(chosen):
        raise InvalidMove(
            _("Pajak yang belum disetor berubah sejak halaman ini dibuka. Muat ulang halaman."), field="chosen"
        )
    return found


def _check_sides(actor: User, lines: Sequence[Any]) -> None:
    """Nobody records the deposit for a purchase in which they were another side."""
    orders = {line.invoice.order_id for line in lines}
    received, approved = received_among(actor, orders), sides.approved_among(actor, orders)
    for line in lines:
        order = line.invoice.order
        sides.keep(order, actor, received=received, approved=approved)
        if side := billing.other_side_of_treasurer(actor, order):
            raise RuleBroken(
                _("%(number)s: Anda %(side)s pada pembelian ini, jadi bendahara lain yang mencatat setorannya.")
                % {"number": line.invoice.number, "side": side},
                field="chosen",
                code="other_side",
            )


def _check_day(deposited_on: date, billed_on: date, today: date) -> None:
    require(
        deposited_on <= today,
        _("Tanggal setor tidak boleh sesudah hari ini."),
        field="deposited_on",
        code="deposited_later",
    )
    require(
        deposited_on >= billed_on,
        _("Tagihan yang dipilih terbit %(day)s; pajaknya tidak mungkin disetor lebih dahulu.")
        % {"day": full_date(billed_on)},
        field="deposited_on",
        code="deposited_before",
    )


def _check_ntpn(agency: Agency, kind: str, period: date, ntpn: str, billing_code: str, deposited_on: date) -> None:
    """One billing code may pay several kinds and periods under one NTPN, never two departments or days."""
    for other in TaxDeposit.objects.live().filter(ntpn=ntpn):
        is_same = (other.agency_id, other.billing_code, other.deposited_on) == (agency.pk, billing_code, deposited_on)
        require(
            is_same and (other.kind, other.period) != (kind, period),
            _("NTPN ini sudah dicatat untuk setoran lain. Periksa nomornya.")
            if other.agency_id != agency.pk
            else _("NTPN ini sudah dicatat untuk %(kind)s masa %(period)s. Periksa NTPN, kode billing, dan tanggalnya.")
            % {"kind": TaxKind(other.kind).label, "period": month_year(other.period)},
            field="ntpn",
            code="ntpn_used",
        )


def _attached(order: Order, deposit: TaxDeposit, stored: uploads.Stored, actor: User, now: datetime) -> Attachment:
    made: Attachment = Attachment.objects.create(
        order=order, kind=AttachmentKind.TAX_DEPOSIT, title=f"NTPN {deposit.ntpn}", file=stored.name,
        content_type=stored.content_type, size=stored.size, sha256=stored.sha256, uploaded_by=actor,
        uploaded_name=actor.name[:120], uploaded_at=now,
    )  # fmt: skip
    return made


def _renew_sheets(deposit: TaxDeposit, orders: list[Order], now: datetime) -> None:
    Invoice.objects.filter(pk__in=deposit.lines.values("invoice")).update(tax_deposited_at=now)
    documents.ensure_each(orders, now)
