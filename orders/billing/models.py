"""The money side of an order: invoice, tax from dated rates, payment."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from epeken.core.models import AppendOnly, Event
from epeken.core.money import RupiahField
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent
from orders.billing import querysets
from orders.billing.states import INVOICE, InvoiceState, PaymentMethod, TaxKind
from orders.orders.models import Order, SellerFacts


class Invoice(models.Model):
    """One per order, born with it: COMMITTED for a department, PENDING for a person."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="invoice")
    number = models.CharField(_("nomor tagihan"), max_length=20, null=True, unique=True, editable=False)
    kuitansi_number = models.CharField(_("nomor kuitansi"), max_length=20, null=True, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=InvoiceState, default=INVOICE.initial, editable=False)
    # Set when billed: price of what was accepted plus delivery; tax withheld; what the seller receives.
    gross = RupiahField(null=True, editable=False)
    withheld = RupiahField(null=True, editable=False)
    net = RupiahField(null=True, editable=False)
    # Whether the purchase was part of a larger one when billed; null until then.
    is_split = models.BooleanField(null=True, editable=False)
    billed_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)  # end of the 3rd working day after the BAST
    verified_at = models.DateTimeField(null=True, editable=False)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    paid_at = models.DateTimeField(null=True, editable=False)
    voided_at = models.DateTimeField(null=True, editable=False)
    refunded_at = models.DateTimeField(null=True, editable=False)

    objects = querysets.InvoiceQuerySet.as_manager()
    machine = INVOICE

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("tagihan")
        verbose_name_plural = _("tagihan")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in InvoiceState]), name="invoice_state_known"),
            models.CheckConstraint(
                condition=Q(gross__isnull=True) | Q(gross=models.F("withheld") + models.F("net")),
                name="invoice_adds_up",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="invoice_waiting",
                condition=Q(state__in=[InvoiceState.BILLED, InvoiceState.VERIFIED]),
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"({self.order})"


class InvoiceSeller(SellerFacts):
    """The seller when the invoice was issued: the facts its tax depends on, and the account it is paid to."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="seller_party")
    is_person = models.BooleanField()
    is_pkp = models.BooleanField()
    has_low_turnover_statement = models.BooleanField()
    has_final_tax_certificate = models.BooleanField()
    bank_name = models.CharField(max_length=60, blank=True)
    bank_account = EncryptedField(blank=True)
    bank_holder = models.CharField(max_length=120, blank=True)

    @property
    def has_npwp(self) -> bool:
        return bool(self.npwp)


class InvoiceEvent(Event):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="events")


class TaxRate(models.Model):
    """A dated tax rule. `rate` applies to base × `base_numerator` / `base_denominator`."""

    code = models.CharField(_("kode"), max_length=40)
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    name = models.CharField(_("nama"), max_length=160)
    rate = models.DecimalField(_("tarif"), max_digits=8, decimal_places=6)
    base_numerator = models.PositiveSmallIntegerField(default=1)
    base_denominator = models.PositiveSmallIntegerField(default=1)
    # Multiplies the rate for a seller without NPWP.
    no_npwp_factor = models.DecimalField(max_digits=4, decimal_places=2, default=Decimal(1))
    # Not collected when the document is at or below this amount.
    minimum = RupiahField(_("tidak dipungut sampai"), default=0)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("dasar hukum"), max_length=300)

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("tarif pajak")
        verbose_name_plural = _("tarif pajak")
        constraints = [models.UniqueConstraint(fields=["code", "valid_from"], name="tax_rate_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.valid_from:%Y-%m-%d})"


class TaxLine(AppendOnly):
    """One tax on one invoice, with the rule it cites. One that collects nothing has amount 0 and says why."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="tax_lines")
    rule = models.ForeignKey(TaxRate, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=TaxKind)
    base = RupiahField()
    rate = models.DecimalField(max_digits=8, decimal_places=6)
    amount = RupiahField()
    explanation = models.CharField(max_length=400)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"


class Payment(AppendOnly):
    """Money that left the treasury (or changed hands at the door), with its proof. Append-only."""

    invoice = models.OneToOneField(Invoice, models.PROTECT, related_name="payment")
    method = models.CharField(_("cara bayar"), max_length=8, choices=PaymentMethod)
    reference = models.CharField(_("nomor bukti"), max_length=60, blank=True)  # SP2D, transfer or card slip number
    paid_on = models.DateField(_("tanggal bayar"))
    amount = RupiahField()  # what the seller received
    proof = models.CharField(max_length=200, blank=True)  # name in the private store
    proof_type = models.CharField(max_length=60, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["method", "reference"],
                condition=Q(method=PaymentMethod.TRANSFER) & ~Q(reference=""),
                name="payment_reference_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.amount}"
