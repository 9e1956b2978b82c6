"""A seller brings the tax invoice of a bill."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.core.services import service
from epeken.users.models import User
from orders.attestations import services as attestations
from orders.billing.models import Invoice
from orders.billing.states import InvoiceState
from orders.documents import notices as papers
from orders.documents import services as documents
from orders.documents.models import Attachment
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from orders.tax_invoices import numbers, policies
from orders.tax_invoices.models import TaxInvoice
from umkm.sellers.models import Seller
from umkm.sellers.policies import can_act_for


@service
def bring_tax_invoice(
    *, actor: User, invoice: Invoice, number: str, dated_on: date, ppn: int, file: Any, now: datetime
) -> TaxInvoice:
    """The seller's tax invoice of a bill of which PPN is collected joins the file; it states that `ppn`, in whole
    rupiah. Another one takes the place of an
    earlier one until the treasurer called the bill complete; the same one brought twice stands once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Order, Invoice, Seller.
    Source: UU PPN article 13(1) and (1a); PMK 231/PMK.03/2019 (the supplier hands it over with the bill).
    """
    order = Order.objects.locked().get(pk=invoice.order_id)
    invoice = Invoice.objects.locked().get(pk=invoice.pk)
    seller = Seller.objects.locked().get(pk=order.seller_id)  # one number at a time of a seller
    if not can_act_for(actor, seller):
        raise NotAllowed(_("Faktur pajak diunggah oleh penjual pesanan ini."))
    if invoice.state == InvoiceState.VOID:
        raise InvalidMove(_("Tagihan ini diganti tagihan lain. Unggah fakturnya di tagihan yang baru."))
    require(
        policies.is_wanted(invoice),
        _("Tagihan ini tidak dipungut PPN, jadi tidak perlu faktur pajak di sini."),
        code="no_ppn",
    )
    today = clock.local_date(now)
    _check_day(dated_on, clock.local_date(order.placed_at), today)
    number = numbers.read_number(number, dated_on, is_by_platform=policies.is_by_platform(invoice))
    due = policies.ppn_of(invoice)
    require(
        ppn == due,
        _(
            "PPN tagihan ini %(due)s, di faktur Anda %(ppn)s. Samakan dasar pengenaan dan PPN fakturnya di Coretax, "
            "lalu unggah yang benar."
        )
        % {"due": rupiah(due), "ppn": rupiah(ppn)},
        field="ppn",
        code="tax_invoice_sum",
    )
    earlier = TaxInvoice.objects.live().filter(invoice=invoice).select_related("attachment").last()
    if earlier is not None and invoice.state != InvoiceState.ISSUED:
        raise InvalidMove(
            _("Bendahara sudah memeriksa faktur pajak tagihan ini. Hubungi bendahara bila fakturnya diganti.")
        )
    others = TaxInvoice.objects.live().filter(number=number).exclude(invoice=invoice)
    if others.exclude(invoice__state=InvoiceState.VOID).exists():
        raise RuleBroken(
            _("Faktur pajak nomor ini sudah dipakai tagihan lain. Satu tagihan satu faktur pajak."),
            field="number",
            code="tax_invoice_used",
        )
    require(file, _("Pilih berkas faktur pajaknya."), field="file", code="file_missing")
    stored = uploads.store_private_document(file, user=actor, folder=f"papers/{order.number.lower()}", field="file")
    if earlier is not None:
        if (earlier.number, earlier.dated_on, earlier.attachment.sha256) == (number, dated_on, stored.sha256):
            uploads.remove_private(stored.name)
            return earlier
        _take_out(earlier.attachment, actor, number, now)
    attachment = Attachment.objects.create(
        order=order, kind=AttachmentKind.TAX_INVOICE, title=f"{number}, {invoice.number}", file=stored.name,
        content_type=stored.content_type, size=stored.size, sha256=stored.sha256, uploaded_by=actor,
        uploaded_name=actor.name[:120], uploaded_at=now,
    )  # fmt: skip
    made: TaxInvoice = TaxInvoice.objects.create(
        invoice=invoice, attachment=attachment, number=number, dated_on=dated_on, ppn=ppn
    )
    Invoice.objects.filter(pk=invoice.pk).update(tax_invoice_at=now)
    documents.ensure_documents(order, now)
    attestations.attest_row(order.pk, attachment, "attach", actor=actor, now=now)
    if earlier is None:  # otherwise nothing lacked before
        papers.papers_changed(order, now=now)
    return made


def _check_day(dated_on: date, ordered_on: date, today: date) -> None:
    require(
        dated_on <= today,
        _("Tanggal faktur tidak boleh sesudah hari ini."),
        field="dated_on",
        code="tax_invoice_later",
    )
    require(
        dated_on >= ordered_on,
        _("Pesanan ini terbit %(day)s; fakturnya tidak mungkin lebih dahulu.") % {"day": full_date(ordered_on)},
        field="dated_on",
        code="tax_invoice_before",
    )


def _take_out(attachment: Attachment, actor: User, number: str, now: datetime) -> None:
    Attachment.objects.filter(pk=attachment.pk).update(
        removed_at=now, removed_by=actor, removal_note=f"Diganti penjual dengan faktur pajak {number}"
    )
    attestations.attest_row(attachment.order_id, attachment, "take_out", actor=actor, now=now)
