"""A treasurer records a deposit of tax, and withdraws a record that is wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import full_date, month_year
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.users.models import User
from orders.billing.states import TaxKind
from orders.documents.states import AttachmentKind
from orders.tax_deposits import deadlines, numbers, recording, rules
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
    office = recording.office_of(actor, agency, now, _("Setoran pajak dicatat oleh bendahara dinas ini."))
    require(chosen, _("Pilih tagihan yang pajaknya disetor."), field="chosen", code="none_chosen")
    lines = _lock_lines(agency, kind, period, chosen)
    recording.check_sides(actor, lines)
    total = sum(line.left for line in lines)
    require(
        amount == total,
        _("Pajak tagihan yang dipilih berjumlah %(total)s. Samakan jumlah setorannya atau pilihannya.")
        % {"total": rupiah(total)},
        field="amount",
        code="sum_differs",
    )
    _check_day(deposited_on, max(line.paid_on for line in lines), today)
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
        recorded_as=office, recorded_at=now,
    )  # fmt: skip
    orders = {line.invoice.order for line in lines}
    papers = recording.attach(orders, AttachmentKind.TAX_DEPOSIT, f"NTPN {ntpn}", stored, actor=actor, now=now)
    for line in lines:
        DepositedTax.objects.create(
            deposit=deposit, invoice=line.invoice, tax_line_id=line.pk, attachment=papers[line.invoice.order_id],
            kind=kind, amount=line.left, ntpn=ntpn, deposited_on=deposited_on, recorded_at=now,
        )  # fmt: skip
    bills = deposit.lines.values("invoice")
    recording.tell_sheets(bills, papers.values(), "deposit", actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=str(deposit.pk))
    return deposit


@service
def withdraw_deposit(*, actor: User, deposit: TaxDeposit, reason: str, now: datetime) -> TaxDeposit:
    """The record was wrong: its bills are to be deposited again, and it stays readable with the reason. The money, if
    any was deposited, is moved or refunded by the tax office (pemindahbukuan), which no record here does.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency, Order, Invoice.
    """
    said = recording.Withdrawal(
        refusal=_("Pencatatan setoran pajak dibatalkan oleh bendahara dinas ini."),
        again=_("Pencatatan setoran ini sudah dibatalkan."),
        unexplained=_("Tulis apa yang keliru pada setoran ini."),
        note="Pencatatan setoran dibatalkan",
        action="withdraw_deposit",
    )
    found: TaxDeposit = recording.withdraw(deposit, reason, said, actor=actor, now=now)
    return found


def _lock_lines(agency: Agency, kind: str, period: date, chosen: Mapping[int, int]) -> list[Any]:
    """What is to be deposited of the chosen lines, read again with their orders and bills locked."""
    of = {"pk__in": list(chosen), "kind": kind, "invoice__order__agency": agency}
    asked = to_deposit(**of)
    recording.lock_bills(asked)
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


def _check_day(deposited_on: date, paid_on: date, today: date) -> None:
    require(
        deposited_on <= today,
        _("Tanggal setor tidak boleh sesudah hari ini."),
        field="deposited_on",
        code="deposited_later",
    )
    require(
        deposited_on >= paid_on,
        _("Tagihan yang dipilih dibayar %(day)s; pajaknya tidak mungkin disetor lebih dahulu.")
        % {"day": full_date(paid_on)},
        field="deposited_on",
        code="deposited_before",
    )


def _check_ntpn(agency: Agency, kind: str, period: date, ntpn: str, billing_code: str, deposited_on: date) -> None:
    """One billing code may pay several kinds and periods under one NTPN, never two departments or days; it is paid
    once, so it has one NTPN."""
    if TaxDeposit.objects.live().filter(billing_code=billing_code).exclude(ntpn=ntpn).exists():
        raise RuleBroken(
            _("Kode billing ini sudah dicatat dengan NTPN lain. Satu kode billing dibayar sekali; periksa keduanya."),
            field="billing_code",
            code="billing_code_used",
        )
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
