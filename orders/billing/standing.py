"""How an unpaid invoice of a department stands, in the words that every list, desk and page says it with."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import short_date
from orders.billing.models import Invoice
from orders.billing.states import HoldReason, InvoiceState


def words(
    state: str,
    *,
    hold: str = "",
    papers: str = "",
    is_corrected: bool = False,
    is_rest_to_send: bool = False,
    is_reversed: bool = False,
    is_in_part: bool = False,
) -> str:
    """`hold`: why it is held (`hold_words`). `papers`: whose required paper it waits for (`paper_words`).
    `is_rest_to_send`: of one that is corrected, money is still to be sent besides.
    `is_reversed`: its payment was, and it is to be paid again."""
    if hold:
        return _("Ditahan: %(reason)s") % {"reason": hold}
    if is_corrected and is_rest_to_send:
        return _("Sebagian uang sudah dikirim, catatannya dibetulkan")
    if is_corrected:
        return _("Uang sudah dikirim, catatannya dibetulkan")
    if papers:
        return papers
    if is_in_part:
        return _("Dibayar sebagian")
    if is_reversed:
        return {
            InvoiceState.ISSUED: _("Pembayaran dibatalkan, diperiksa lagi"),
            InvoiceState.VERIFIED: _("Pembayaran dibatalkan, menunggu persetujuan bayar"),
            InvoiceState.APPROVED: _("Pembayaran dibatalkan, siap dibayar lagi"),
        }[InvoiceState(state)]
    return {
        InvoiceState.ISSUED: _("Menunggu bendahara"),
        InvoiceState.VERIFIED: _("Menunggu persetujuan bayar"),
        InvoiceState.APPROVED: _("Siap dibayar"),
    }[InvoiceState(state)]


def words_of(invoice: Invoice) -> str:
    """Of an unpaid one."""
    return words(
        invoice.state,
        hold=hold_words(invoice),
        papers=paper_words(invoice),
        is_corrected=invoice.correcting_id is not None,
        is_rest_to_send=bool(invoice.to_send),
        is_reversed=is_to_pay_again(invoice),
        is_in_part=bool(invoice.paid),
    )


def is_to_pay_again(invoice: Invoice) -> bool:
    """A payment of it was reversed, and nothing of it is paid now."""
    return invoice.reversed_at is not None and not invoice.paid


def awaits_papers(invoice: Invoice) -> tuple[bool, bool]:
    """Whether the treasurer can neither check nor pay it because a required paper lacks that the department brings, and
    one that its seller brings. One query unless the invoice was read `with_lacks`."""
    if invoice.held_at is not None or invoice.state not in (InvoiceState.ISSUED, InvoiceState.APPROVED):
        return False, False
    if "lacks_office" not in invoice.__dict__:
        names = ("lacks_office", "lacks_seller", "office_papers_from", "event_after_due")
        found = Invoice.objects.filter(pk=invoice.pk).with_lacks().values(*names).first() or {}
        for name in names:
            setattr(invoice, name, found.get(name))
    return bool(invoice.lacks_office), bool(invoice.lacks_seller)


def office_brings_by(invoice: Invoice) -> datetime | None:
    """Until when the office brings what an unpaid invoice waits for: its last day to pay, and no sooner than the day of
    the event that the papers tell of. Of one that `awaits_papers` of the office."""
    if invoice.due_at is None or invoice.office_papers_from is None:
        return invoice.due_at
    return max(invoice.due_at, clock.end_of(clock.local_date(invoice.office_papers_from)))


def event_after_due(invoice: Invoice) -> datetime | None:
    """When the event begins that a required paper it lacks tells of, where that is after its last day: nobody can have
    the paper, so nobody can pay before. None where the day can be met. Reads as `awaits_papers`."""
    office, _seller = awaits_papers(invoice)
    return invoice.event_after_due if office else None


def event_words(invoice: Invoice) -> str:
    """What is said in place of a day on which it is paid at the latest; "" where the day can be met."""
    event = event_after_due(invoice)
    return _("Dibayar sesudah berkas acara %(day)s ada") % {"day": short_date(event)} if event else ""


def paper_words(invoice: Invoice) -> str:
    """Whose paper an invoice of a department waits for, and of which event; "" of any other."""
    office, seller = awaits_papers(invoice)
    if office and invoice.office_papers_from is not None:
        said = {"day": short_date(invoice.office_papers_from)}
        if seller:
            return _("Menunggu berkas acara %(day)s dari pemesan dan berkas dari penjual") % said
        return _("Menunggu berkas acara %(day)s dari pemesan") % said
    return {
        (True, True): _("Menunggu berkas dari pemesan dan penjual"),
        (True, False): _("Menunggu berkas dari pemesan"),
        (False, True): _("Menunggu berkas dari penjual"),
    }.get((office, seller), "")


def hold_words(invoice: Invoice) -> str:
    """Why it is held, as both sides read it: "lainnya" tells nobody what is to be put right, so its words do."""
    if invoice.held_at is None:
        return ""
    if invoice.hold_reason == HoldReason.OTHER:
        return str(invoice.hold_note).rstrip(". ")  # it stands within a sentence
    return str(invoice.get_hold_reason_display()).lower()


def hold_remark(invoice: Invoice) -> str:
    """What whoever held it wrote beside the reason; "" where `hold_words` is that very remark."""
    return "" if invoice.held_at is None or invoice.hold_reason == HoldReason.OTHER else str(invoice.hold_note)
