"""Who is told that a bill waits for papers, and that it waits no more."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from epeken.core.clock import local_date
from epeken.core.i18n.messages import LAST_DAY, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from orders.billing import standing
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.documents.models import Attachment
from orders.documents.slots import slots_of
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from orders.orders.next_step import Task, office_in_turn, turns_of_invoice
from orders.orders.notices import done, officers, tell
from orders.tax_invoices import notices as tax_invoices
from procurement.agencies.states import OfficerRole

KINDS = {
    "invoice.bring": notice(
        _("Tagihan %(net)s menunggu berkas dari Anda"),
        _("%(shop)s, pesanan %(number)s. Belum ada: %(papers)s. Dibayar sesudah berkasnya ada, batas %(due)s."),
        net=RUPIAH,
        shop=TEXT,
        number=TEXT,
        papers=TEXT,
        due=LAST_DAY,
    ),
    "invoice.issued": notice(
        _("Tagihan %(gross)s menunggu Anda periksa"),
        _("%(shop)s, pesanan %(number)s, batas %(due)s."),
        gross=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.issued_lacking": notice(
        _("Tagihan %(gross)s terbit, berkas wajibnya belum lengkap"),
        _("%(shop)s, pesanan %(number)s, batas %(due)s. Diperiksa dan dibayar sesudah berkasnya ada."),
        gross=RUPIAH,
        shop=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
}


def invoice_issued(invoice: Invoice, *, now: datetime) -> None:
    """With the handover: the treasurer, and of the department whoever brings what it waits for. The seller hears of a
    tax invoice by itself (`tax_invoices.notices`)."""
    found = _as_stored(invoice)
    _to_treasurer(found, "invoice.issued_lacking" if any(standing.awaits_papers(found)) else "invoice.issued", now)
    _ask_office(found, now)


def papers_wanted(invoice: Invoice, *, now: datetime) -> None:
    """Of the department whoever brings a paper that an invoice waits for which takes the place of another."""
    _ask_office(_as_stored(invoice), now)


def _as_stored(invoice: Invoice) -> Invoice:
    """With what it lacks, and its order as it stands with this bill. One query."""
    found: Invoice = Invoice.objects.with_lacks().select_related("order__seller").get(pk=invoice.pk)
    return found


def _ask_office(invoice: Invoice, now: datetime) -> None:
    order, day = invoice.order, local_date(now)
    turns = [office_in_turn(turn, day) for turn, task in turns_of_invoice(invoice) if task == Task.BRING]
    offices = [office for office in turns if office is not None]
    if not offices:
        return
    papers = [slot.label_with_day for slot in slots_of(order) if slot.stops(invoice.number) and slot.is_by_office]
    said = _said(invoice) | {"net": invoice.net, "papers": ", ".join(papers)}
    tell(officers(order, now, *offices), order, "invoice.bring", now, about=_anew(order, invoice.pk), **said)


def papers_changed(order: Order, *, now: datetime) -> None:
    """A paper came, or is not asked for any more: whoever brought all hears no more of it, and the treasurer that a
    bill can be checked that could not before."""
    if order.agency_id is None:
        return
    for invoice in Invoice.objects.filter(order=order).to_be_sent().with_lacks().select_related("order__seller"):
        if not invoice.lacks_office:
            for kind in ("invoice.bring", "invoice.bring_near"):
                done(order, now, kind, about=invoice.pk)
        if invoice.state == InvoiceState.ISSUED and not (invoice.lacks_office or invoice.lacks_seller):
            done(order, now, "invoice.issued_lacking", about=invoice.delivery_id)
            _to_treasurer(invoice, "invoice.issued", now)


def paper_taken_out(attachment: Attachment, *, now: datetime) -> None:
    """A required paper is not there any more: whoever brings it is asked again, and the treasurer knows which bills
    can be checked no longer."""
    order = attachment.order
    for invoice in Invoice.objects.filter(order=order).to_be_sent().with_lacks().select_related("order__seller"):
        if not any(standing.awaits_papers(invoice)):
            continue
        if attachment.kind == AttachmentKind.TAX_INVOICE:
            if invoice.lacks_seller and attachment.tax_invoice.invoice_id == invoice.pk:
                tax_invoices.ask(invoice, now, about=_anew(order, invoice.pk))
        elif invoice.lacks_office:
            _ask_office(invoice, now)
        if invoice.state == InvoiceState.ISSUED:
            done(order, now, "invoice.issued", about=invoice.delivery_id)
            _to_treasurer(invoice, "invoice.issued_lacking", now)


def _to_treasurer(invoice: Invoice, kind: str, now: datetime) -> None:
    order = invoice.order
    about = _anew(order, invoice.delivery_id)
    people = officers(order, now, OfficerRole.TREASURER)
    tell(people, order, kind, now, about=about, gross=invoice.gross, **_said(invoice))


def _anew(order: Order, about: int) -> str:
    """Each is told once; after a paper was taken out, once more. It begins as before, so that it is done with the
    rest."""
    gone = Attachment.objects.removed().filter(order=order).count()
    return f"{about}:{gone}" if gone else str(about)


def _said(invoice: Invoice) -> dict[str, Any]:
    order = invoice.order
    return {"shop": order.seller.name, "number": order.number, "due": invoice.due_at}
