"""Documents of an order: those the system writes, and those the office uploads."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from orders.addenda.models import Addendum
from orders.billing.models import Invoice, Payment
from orders.deliveries.models import Delivery
from orders.documents import querysets
from orders.documents.states import AttachmentKind, DocumentKind, VoidReason, WaiverReason
from orders.orders.models import Order
from procurement.agencies.states import OFFICE_LENGTH, OFFICES
from procurement.requests.states import EventKind


class Document(models.Model):
    """A generated PDF. `code` opens its public verification page; `sha256` proves the copy in hand is this one."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="documents")
    # What it is a document of: one delivery, one invoice, one payment of an invoice, one addendum, or (all NULL) the
    # order.
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="documents")
    invoice = models.ForeignKey(Invoice, models.PROTECT, null=True, related_name="documents")
    addendum = models.ForeignKey(Addendum, models.PROTECT, null=True, related_name="documents")
    payment = models.ForeignKey(Payment, models.PROTECT, null=True, related_name="documents")
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
    # An edition marked BATAL: the same paper as that earlier one, and why it counts no longer. Only where the order
    # itself is over does it hold a place in the file; else `replaced_at` is set from the beginning.
    voids = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="void_editions", verbose_name=_("membatalkan")
    )
    void_reason = models.CharField(_("sebab batal"), max_length=8, choices=VoidReason, blank=True)

    gave_up: bool  # added by `with_failure`

    objects = querysets.OrderDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("dokumen pesanan")
        verbose_name_plural = ngettext_lazy("dokumen pesanan", "dokumen pesanan", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "delivery", "invoice", "addendum", "payment", "kind"],
                condition=models.Q(replaced_at__isnull=True),
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
    uploaded_name = models.CharField(_("nama pengunggah"), max_length=120)  # on that day
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    removal_note = models.CharField(_("sebab dikeluarkan"), max_length=200, blank=True)

    objects = querysets.AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "pk"]
        verbose_name = _("lampiran")
        verbose_name_plural = ngettext_lazy("lampiran", "lampiran", 2)

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class SlotRule(models.Model):
    """Orders on accounts of this prefix, for this kind of event, have a place for this paper in their file, which is
    filled before they are paid where it is required. Which rule holds is asked for the day the order was placed."""

    account_prefix = models.CharField(
        _("awalan kode rekening"),
        max_length=24,
        blank=True,
        validators=[
            RegexValidator(r"^\d+(\.\d+)*$", _("Tulis angka dan titik tanpa titik di ujung: 5.1.02.01.01.0052."))
        ],
        help_text=_("Kosong: semua rekening."),
    )
    event_kind = models.CharField(
        _("jenis kegiatan"), max_length=8, choices=EventKind, blank=True, help_text=_("Kosong: semua kegiatan.")
    )
    kind = models.CharField(_("berkas"), max_length=12, choices=AttachmentKind)
    is_required = models.BooleanField(
        _("wajib sebelum dibayar"), default=True, help_text=_("Bila tidak, tempatnya ada dan boleh kosong.")
    )
    is_waivable = models.BooleanField(_("boleh dikecualikan PPK atau kepala dinas"), default=True)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("sumber"), max_length=300)

    class Meta:
        ordering = ["account_prefix", "event_kind", "kind", "-valid_from"]
        verbose_name = _("berkas wajib SPJ")
        verbose_name_plural = ngettext_lazy("berkas wajib SPJ", "berkas wajib SPJ", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["account_prefix", "event_kind", "kind", "valid_from"], name="slot_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="slot_rule_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.account_prefix or '–'})"


class SlotWaiver(AppendOnly):
    """A required paper is not asked for of one order: who said so, in which office, and why. It stands in the file."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="waivers", verbose_name=_("pesanan"))
    kind = models.CharField(_("berkas"), max_length=12, choices=AttachmentKind)
    reason = models.CharField(_("alasan"), max_length=10, choices=WaiverReason)
    note = models.CharField(_("penjelasan"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dikecualikan oleh")
    )
    # As they were then: the file states an act of this person in this office.
    given_name = models.CharField(_("nama"), max_length=120)
    acted_as = models.CharField(_("sebagai"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()))
    given_at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("pengecualian berkas SPJ")
        verbose_name_plural = ngettext_lazy("pengecualian berkas SPJ", "pengecualian berkas SPJ", 2)
        constraints = [
            models.UniqueConstraint(fields=["order", "kind"], name="slot_waiver_once"),
            models.CheckConstraint(condition=~Q(note="") & ~Q(acted_as=""), name="slot_waiver_says_why_and_who"),
        ]

    def __str__(self) -> str:
        return f"{self.order}: {self.get_kind_display()}"
