"""Documents of an order: those the system writes, and those the office uploads."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, LockingQuerySet
from epeken.core.money import RupiahField
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.documents.states import AttachmentKind, DocumentKind, VoidReason
from orders.orders.models import Order
from orders.remedies.models import Remedy


class Document(models.Model):
    """A generated PDF. `code` opens its public verification page; `sha256` proves the copy in hand is this one."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="documents")
    # What it is a document of: one delivery, one invoice, goods sent again, or (all NULL) the order.
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="documents")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="documents")
    remedy = models.ForeignKey(
        Remedy, models.PROTECT, null=True, related_name="documents", verbose_name=_("pemenuhan keputusan")
    )
    kind = models.CharField(max_length=16, choices=DocumentKind)
    number = models.CharField(max_length=40, blank=True)
    code = models.CharField(max_length=24, unique=True)
    file = models.CharField(max_length=200, blank=True)  # name in the private store; '' until made
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    requested_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    # A newer edition replaced it (an SPJ made again after a late attachment).
    replaced_at = models.DateTimeField(null=True)
    # The rupiah this paper states, once it is made; None of one that states no sum.
    amount = RupiahField(_("jumlah"), null=True)
    # SHA-256 of the canonical text of what it states, before it is laid out.
    stated_sha256 = models.CharField(_("sidik isi"), max_length=64, blank=True)
    # An edition marked BATAL: the same paper as that earlier one, and since when and why it counts no longer.
    voids = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="void_editions", verbose_name=_("membatalkan")
    )
    void_reason = models.CharField(_("sebab batal"), max_length=8, choices=VoidReason, blank=True)

    objects = LockingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen pesanan")
        verbose_name_plural = ngettext_lazy("dokumen pesanan", "dokumen pesanan", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "delivery", "invoice", "remedy", "kind"],
                condition=models.Q(replaced_at__isnull=True, voids__isnull=True),
                nulls_distinct=False,
                name="document_one_current_per_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class DocumentSignature(AppendOnly):
    """Whose act a document states, as it is printed there."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="signatures", verbose_name=_("dokumen pesanan"))
    position = models.PositiveSmallIntegerField(_("urutan"))
    role = models.CharField(_("sebagai"), max_length=200)
    name = models.CharField(_("nama"), max_length=120)
    nip = models.CharField(_("NIP"), max_length=18, blank=True)
    acted_as = models.CharField(_("bertindak sebagai"), max_length=16)
    verb = models.CharField(_("tindakan"), max_length=40)
    at = models.DateTimeField(_("waktu"))
    event = models.BigIntegerField(_("nomor riwayat"))  # of the act

    class Meta(AppendOnly.Meta):
        ordering = ["document", "position"]
        verbose_name = _("tanda tangan dokumen")
        verbose_name_plural = ngettext_lazy("tanda tangan dokumen", "tanda tangan dokumen", 2)
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="document_signature_once")]

    def __str__(self) -> str:
        return f"{self.role}: {self.name}"


class Attachment(models.Model):
    """What only the office has: invitation, attendance list, minutes."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="attachments")
    kind = models.CharField(_("jenis"), max_length=12, choices=AttachmentKind)
    title = models.CharField(_("judul"), max_length=120, blank=True)
    file = models.CharField(max_length=200)
    content_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removal_note = models.CharField(_("sebab dikeluarkan"), max_length=200, blank=True)

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("lampiran")
        verbose_name_plural = ngettext_lazy("lampiran", "lampiran", 2)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
