"""A treasurer records a bukti potong the office made, and withdraws a record that is wrong."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import InvalidMove, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import full_date, month_year
from epeken.core.services import service
from epeken.core.text import read_serial
from epeken.users.models import User
from orders.billing.states import TaxKind
from orders.documents.states import AttachmentKind
from orders.tax_deposits import recording
from orders.tax_slips import notices, rules
from orders.tax_slips.models import TaxSlip, TaxSlipLine
from orders.tax_slips.policies import taxpayer_of
from orders.tax_slips.querysets import to_slip
from procurement.agencies.models import Agency


@service
def record_slip(
    *,
    actor: User,
    agency: Agency,
    chosen: Mapping[int, int],
    number: str,
    dated_on: date,
    file: Any,
    key: str,
    now: datetime,
) -> TaxSlip:
    """One bukti potong of one seller, NPWP, kind of tax, rate and month of payment. Its copy joins the file of each of
    the orders, their tax sheets state its number, and the seller is told.

    `chosen`: tax lines by pk, with the whole rupiah the page said of each. The tax need not be deposited yet: in the
    tax office's application the bukti potong may come before. The same key records once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency, Order, Invoice.
    Source: PMK 81/2024; PER-11/PJ/2025 [?] (who withholds makes a bukti potong and hands it over).
    """
    who = f"user:{actor.pk}"
    body = {"slip": sorted(chosen.items()), "agency": agency.pk, "number": number, "dated_on": dated_on}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return TaxSlip.objects.get(pk=earlier)
    agency = Agency.objects.locked().get(pk=agency.pk)
    office = recording.office_of(actor, agency, now, _("Bukti potong dicatat oleh bendahara dinas ini."))
    require(chosen, _("Pilih tagihan yang pajaknya ada di bukti potong ini."), field="chosen", code="none_chosen")
    lines = _lock_lines(agency, chosen)
    recording.check_sides(actor, lines)
    payer = _one_taxpayer(lines)
    _check_day(dated_on, max(line.paid_on for line in lines), clock.local_date(now))
    number = _read_number(number, payer.period)
    _check_number(agency, number)
    require(file, _("Unggah bukti potong dari Coretax."), field="file", code="file_missing")
    stored = uploads.store_private_document(file, user=actor, folder=f"tax-slips/{agency.pk}", field="file")
    first = lines[0].invoice
    slip: TaxSlip = TaxSlip.objects.create(
        agency=agency, seller=first.order.seller, taxpayer=first.seller_party.owner_name, npwp=payer.npwp,
        kind=payer.kind, period=payer.period, object_code=rules.OBJECTS[payer.kind].on(payer.period), rate=payer.rate,
        base=sum(line.base for line in lines), amount=sum(line.amount for line in lines), number=number,
        dated_on=dated_on, file=stored.name, content_type=stored.content_type, sha256=stored.sha256,
        recorded_by=actor, recorded_name=actor.name[:120], recorded_as=office, recorded_at=now,
    )  # fmt: skip
    orders = {line.invoice.order for line in lines}
    title = f"{payer.kind.label} {number}"
    papers = recording.attach(orders, AttachmentKind.TAX_SLIP, title, stored, actor=actor, now=now)
    for line in lines:
        TaxSlipLine.objects.create(
            slip=slip, invoice=line.invoice, tax_line_id=line.pk, attachment=papers[line.invoice.order_id],
            kind=line.kind, base=line.base, amount=line.amount, number=number, dated_on=dated_on, recorded_at=now,
        )  # fmt: skip
    bills = slip.lines.values("invoice")
    recording.tell_sheets(bills, papers.values(), "tax_slip", actor=actor, now=now)
    notices.recorded(slip, now)
    idempotency.settle(person=who, key=key, result=str(slip.pk))
    return slip


@service
def withdraw_slip(*, actor: User, slip: TaxSlip, reason: str, now: datetime) -> TaxSlip:
    """The record was wrong, or the office cancelled the bukti potong: its bills wait for another one, and it stays
    readable with the reason. What stands in the tax office's application does not change by it.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Agency, Order, Invoice.
    """
    said = recording.Withdrawal(
        refusal=_("Pencatatan bukti potong dibatalkan oleh bendahara dinas ini."),
        again=_("Pencatatan bukti potong ini sudah dibatalkan."),
        unexplained=_("Tulis apa yang keliru pada bukti potong ini."),
        note="Pencatatan bukti potong dibatalkan",
        action="withdraw_tax_slip",
    )
    found: TaxSlip = recording.withdraw(slip, reason, said, actor=actor, now=now)
    notices.withdrawn(found, now)
    return found


def _lock_lines(agency: Agency, chosen: Mapping[int, int]) -> list[Any]:
    """The chosen lines, read again with their orders and bills locked."""
    of = {"pk__in": list(chosen), "invoice__order__agency": agency}
    recording.lock_bills(to_slip(**of))
    read = to_slip(**of).select_related("invoice__order__request", "invoice__order__seller", "invoice__seller_party")
    found = list(read)
    if {line.pk: line.amount for line in found} != dict(chosen):
        raise InvalidMove(
            _("Pajak yang belum ada bukti potongnya berubah sejak halaman ini dibuka. Muat ulang halaman."),
            field="chosen",
        )
    return found


def _one_taxpayer(lines: list[Any]) -> Any:
    """Whose withheld tax it is, of which kind, rate and month. Raises: RuleBroken."""
    found = {taxpayer_of(line) for line in lines}
    if len(found) > 1:
        raise RuleBroken(
            _("Satu bukti potong untuk satu penjual, NPWP, jenis pajak, tarif, dan masa. Catat yang lain sendiri."),
            field="chosen",
            code="several_taxpayers",
        )
    return found.pop()


def _read_number(text: str, period: date) -> str:
    """Letters and digits, in capitals. Source: PER-11/PJ/2025 [?] (9 signs; before Coretax 10 digits).
    Raises: RuleBroken."""
    length = rules.NUMBER_LENGTH.on(period)
    number = read_serial(text, length, signs="0-9A-Z", between=r"\s.\-/")
    if number is None:
        raise RuleBroken(
            _("Nomor bukti potong terdiri dari %(length)d huruf atau angka. Salin dari Coretax.") % {"length": length},
            field="number",
            code="slip_number_wrong",
        )
    return number


def _check_number(agency: Agency, number: str) -> None:
    other = TaxSlip.objects.live().filter(agency=agency, number=number).select_related("seller").first()
    if other is not None:
        words = {
            "shop": other.seller.name, "kind": TaxKind(other.kind).label, "period": month_year(other.period),
        }  # fmt: skip
        raise RuleBroken(
            _("Nomor ini sudah dicatat untuk %(shop)s, %(kind)s masa %(period)s. Periksa nomornya.") % words,
            field="number",
            code="slip_number_used",
        )


def _check_day(dated_on: date, paid_on: date, today: date) -> None:
    require(
        dated_on <= today,
        _("Tanggal bukti potong tidak boleh sesudah hari ini."),
        field="dated_on",
        code="slip_later",
    )
    require(
        dated_on >= paid_on,
        _("Tagihan yang dipilih dibayar %(day)s; bukti potongnya tidak mungkin lebih dahulu.")
        % {"day": full_date(paid_on)},
        field="dated_on",
        code="slip_before",
    )
