"""The money side of an order: commitment, invoices with tax from dated rates, payments."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from epeken.core.secret import EncryptedField
from epeken.core.sources import cited
from epeken.core.states import StateIsLastEvent, valid_states
from orders.attestations.events import AttestedEvent
from orders.billing import querysets
from orders.billing.recorded import RecordedPayment
from orders.billing.states import (
    COMMITMENT,
    INVOICE,
    UNPAID,
    ChecklistItem,
    CommitmentState,
    HoldReason,
    InvoiceState,
    TaxKind,
)
from orders.deliveries.models import Delivery
from orders.orders.models import Order, SellerFacts
from procurement.numbering.patterns import NUMBER_LENGTH
from umkm.tax_papers.states import TaxPaperKind


class Commitment(models.Model):
    """What an order binds of its budget line, or what a person owes: one per order, born with it."""

    order = models.OneToOneField(Order, models.PROTECT, related_name="commitment", verbose_name=_("pesanan"))
    state = models.CharField(
        _("keadaan"), max_length=10, choices=CommitmentState, default=COMMITMENT.initial, editable=False
    )
    # The order's total; once nothing more is expected, the sum of its invoices.
    amount = RupiahField(_("jumlah"), editable=False)
    settled_at = models.DateTimeField(_("diselesaikan"), null=True, editable=False)
    voided_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)

    objects = querysets.CommitmentQuerySet.as_manager()
    machine = COMMITMENT

    class Meta:
        ordering = ["pk"]
        verbose_name = _("komitmen")
        verbose_name_plural = ngettext_lazy("komitmen", "komitmen", 2)
        constraints = [valid_states(COMMITMENT, "commitment_state_known")]
        triggers = [StateIsLastEvent()]

    def __str__(self) -> str:
        return f"{self.order}"


class CommitmentEvent(AttestedEvent):
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="events", verbose_name=_("komitmen"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat komitmen")
        verbose_name_plural = _("riwayat komitmen")


class Invoice(models.Model):
    """What one accepted delivery costs, written with its BAST; amounts and dates are what they were on that day."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="invoices", verbose_name=_("pesanan"))
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="invoices", verbose_name=_("kiriman"))
    number = models.CharField(_("nomor tagihan"), max_length=20, unique=True, editable=False)
    kuitansi_number = models.CharField(_("nomor kuitansi"), max_length=20, unique=True, editable=False)
    # Of its kuitansi in the department's own agenda (procurement/numbering); "" where it numbers these itself.
    office_number = models.CharField(_("nomor surat dinas"), max_length=NUMBER_LENGTH, blank=True, editable=False)
    state = models.CharField(_("keadaan"), max_length=10, choices=InvoiceState, default=INVOICE.initial, editable=False)
    goods_total = RupiahField(_("jumlah barang"), editable=False)  # price of what was accepted
    delivery_cost = RupiahField(
        _("ongkos antar"), default=0, editable=False
    )  # the order's, on the first invoice of each date
    # The date of the order's schedule whose delivery cost it bears, where it bears one; NULL: the order has one date.
    cost_day = models.ForeignKey(
        "orders.DueDay", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("ongkos tanggal")
    )
    # What decided disputes took off it: the sum of the deductions applied to its delivery.
    deduction = RupiahField(_("potongan keputusan keluhan"), default=0, editable=False)
    deducted_at = models.DateTimeField(_("dipotong"), null=True, editable=False)
    # When the tax invoice its tax sheet cites was last brought, taken out or waived (orders/tax_invoices).
    tax_invoice_at = models.DateTimeField(_("faktur pajaknya berubah"), null=True, editable=False)
    # When a deposit of its tax was last recorded or withdrawn (orders/tax_deposits); the tax sheet states it.
    tax_deposited_at = models.DateTimeField(_("setoran pajaknya berubah"), null=True, editable=False)
    gross = RupiahField(_("bruto"), editable=False)
    withheld = RupiahField(_("pajak dipungut"), editable=False)
    net = RupiahField(_("dibayarkan"), editable=False)  # what the seller receives
    paid = RupiahField(_("sudah dibayar"), default=0, editable=False)  # sum of the payments that stand
    # What the tax was computed from: the whole purchase without PPN as known that day, and whether it was cut up.
    purchase_value = RupiahField(_("nilai pembelian"), editable=False)
    is_split = models.BooleanField(_("pembelian dipecah"), default=False, editable=False)
    issued_at = models.DateTimeField(_("terbit"), editable=False)
    # End of the 3rd working day after the BAST; a person pays in cash at the door.
    due_at = models.DateTimeField(_("jatuh tempo"), null=True, editable=False)
    # The end of which those who must act were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    verified_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)
    verifier = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("bendahara"),
    )
    # Who approved the payment of what it is now; emptied by whatever changes it.
    approved_at = models.DateTimeField(_("pembayarannya disetujui"), null=True, editable=False)
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("penyetuju pembayaran"),
    )
    # Why the approver last sent it back; emptied when it is checked again.
    return_reason = models.CharField(_("alasan dikembalikan"), max_length=300, blank=True, editable=False)
    held_at = models.DateTimeField(pgettext_lazy("tagihan", "ditahan"), null=True, editable=False)
    hold_reason = models.CharField(_("alasan ditahan"), max_length=12, choices=HoldReason, blank=True, editable=False)
    hold_note = models.CharField(_("penjelasan ditahan"), max_length=300, blank=True, editable=False)
    paid_at = models.DateTimeField(_("dibayar"), null=True, editable=False)
    # When a payment of it was last reversed (orders/reversals).
    reversed_at = models.DateTimeField(_("pembayarannya dibatalkan"), null=True, editable=False)
    # The reversed payment whose money was sent: only its record is corrected. None once it is recorded anew.
    correcting = models.ForeignKey(
        "orders.Payment",
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("catatan bayar yang dibetulkan"),
    )
    # What left with that payment (`Payment.sent_amount`); 0 of any other invoice.
    sent_amount = RupiahField(_("sudah dikirim, dicatat ulang"), default=0, editable=False)
    voided_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)
    # The later budget year that pays it, and since when (orders/year_end); NULL: the year of the order's lines.
    carried_at = models.DateTimeField(_("dibebankan ke tahun lain"), null=True, editable=False)
    carried_year = models.PositiveSmallIntegerField(_("dibayar dari tahun anggaran"), null=True, editable=False)

    tax_paper_rows: list[dict[str, Any]]  # added by `with_tax_papers`
    lacks_office: bool  # this and the next three added by `with_lacks`
    lacks_seller: bool
    office_papers_from: datetime | None
    event_after_due: datetime | None

    objects = querysets.InvoiceQuerySet.as_manager()
    machine = INVOICE

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["pk"]
        verbose_name = _("tagihan")
        verbose_name_plural = ngettext_lazy("tagihan", "tagihan", 2)
        constraints = [
            valid_states(INVOICE, "invoice_state_known"),
            models.CheckConstraint(
                condition=Q(gross=F("goods_total") + F("delivery_cost") - F("deduction")), name="invoice_gross"
            ),
            models.CheckConstraint(condition=Q(gross=F("withheld") + F("net")), name="invoice_adds_up"),
            models.CheckConstraint(condition=Q(paid__lte=F("net")), name="invoice_not_overpaid"),
            models.CheckConstraint(
                condition=Q(correcting__isnull=False) | Q(sent_amount=0), name="invoice_sent_by_a_payment"
            ),
            models.CheckConstraint(
                condition=~Q(state=InvoiceState.PAID) | Q(paid=F("net")), name="invoice_paid_in_full"
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approver__isnull=True)
                | Q(approved_at__isnull=False, approver__isnull=False),
                name="invoice_approved_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | Q(verifier__isnull=True) | ~Q(approver=F("verifier")),
                name="invoice_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True, hold_reason="") | Q(~Q(hold_reason=""), held_at__isnull=False),
                name="invoice_held_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["delivery"], condition=~Q(state=InvoiceState.VOID), name="invoice_one_live_per_delivery"
            ),
            models.UniqueConstraint(
                fields=["order", "cost_day"],
                nulls_distinct=False,
                condition=Q(delivery_cost__gt=0) & ~Q(state=InvoiceState.VOID),
                name="invoice_delivery_cost_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="invoice_waiting",
                condition=Q(state__in=UNPAID),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def kuitansi_after(self, taken_back: int) -> str:
        """The number of its kuitansi after so many of its payments were reversed: one that was marked BATAL shares it
        with none that follows."""
        return f"{self.kuitansi_number}-{taken_back + 1}" if taken_back else self.kuitansi_number

    def office_number_after(self, taken_back: int) -> str:
        """Likewise in the department's agenda; "" without one."""
        return f"{self.office_number}-{taken_back + 1}" if taken_back and self.office_number else self.office_number

    @property
    def outstanding(self) -> int:
        return self.net - self.paid

    @property
    def to_send(self) -> int:
        """Of what is outstanding, without money that was sent and only has to be recorded rightly."""
        return max(self.outstanding - self.sent_amount, 0)

    @property
    def owed(self) -> int:
        """What people are told of it while it is unpaid: what is still to be sent; of one whose money was all sent, the
        sum whose record is to be corrected."""
        return self.to_send or self.outstanding

    @property
    def is_sent(self) -> bool:
        """Of an unpaid one: nothing is to be sent any more, only the record of what was sent is to be corrected."""
        return self.correcting_id is not None and not self.to_send

    @property
    def last_checks(self) -> list["InvoiceCheck"]:
        """Of its last check; none of one that is to be checked again, or was checked before they were kept."""
        return [check for check in self.checks.all() if check.checked_at == self.verified_at]


class InvoiceCheck(AppendOnly):
    """One line of the checklist with which an invoice was called complete: seen by the system, or said by the
    treasurer. Every check writes its own rows."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="checks", verbose_name=_("tagihan"))
    item = models.CharField(_("butir"), max_length=12, choices=ChecklistItem)
    by_system = models.BooleanField(_("diperiksa sistem"))
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diperiksa oleh")
    )
    checked_at = models.DateTimeField(_("diperiksa"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("butir pemeriksaan tagihan")
        verbose_name_plural = ngettext_lazy("butir pemeriksaan tagihan", "butir pemeriksaan tagihan", 2)
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "checked_at", "item"], name="invoice_check_once"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.item}"


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

    class Meta(SellerFacts.Meta):
        verbose_name = _("data penjual di tagihan")
        verbose_name_plural = _("data penjual di tagihan")

    @property
    def has_npwp(self) -> bool:
        return bool(self.npwp)


class InvoiceTaxPaper(AppendOnly):
    """A tax paper of the seller on the invoice's day, as it was then; without number and copy: the seller says so, and
    no paper held."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="tax_papers", verbose_name=_("tagihan"))
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxPaperKind)
    number = models.CharField(_("nomor"), max_length=40, blank=True)
    issued_on = models.DateField(_("tanggal surat"), null=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True)
    file = models.CharField(max_length=200, blank=True)  # name in the private store
    content_type = models.CharField(max_length=60, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("surat pajak penjual di tagihan")
        verbose_name_plural = ngettext_lazy("surat pajak penjual di tagihan", "surat pajak penjual di tagihan", 2)
        constraints = [
            models.UniqueConstraint(fields=["invoice", "kind"], name="invoice_tax_paper_once"),
            models.CheckConstraint(
                condition=Q(number="", file="", issued_on__isnull=True, valid_from__isnull=True)
                | (~Q(number="") & ~Q(file="") & Q(issued_on__isnull=False, valid_from__isnull=False)),
                name="invoice_tax_paper_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}".strip()


class InvoiceEvent(AttestedEvent):
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="events", verbose_name=_("tagihan"))

    class Meta(AttestedEvent.Meta):
        verbose_name = _("riwayat tagihan")
        verbose_name_plural = _("riwayat tagihan")


class TaxRate(models.Model):
    """A dated tax rule. `rate` applies to base × `base_numerator` / `base_denominator`."""

    code = models.CharField(_("kode"), max_length=40)
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    name = models.CharField(_("nama"), max_length=160)
    rate = models.DecimalField(_("tarif"), max_digits=8, decimal_places=6)
    base_numerator = models.PositiveSmallIntegerField(_("pembilang dasar pengenaan"), default=1)
    base_denominator = models.PositiveSmallIntegerField(_("penyebut dasar pengenaan"), default=1)
    # Multiplies the rate for a seller without NPWP.
    no_npwp_factor = models.DecimalField(_("pengali tanpa NPWP"), max_digits=4, decimal_places=2, default=Decimal(1))
    # Not collected when the document is at or below this amount.
    minimum = RupiahField(_("tidak dipungut sampai"), default=0)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("dasar hukum"), max_length=300)

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("tarif pajak")
        verbose_name_plural = ngettext_lazy("tarif pajak", "tarif pajak", 2)
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="tax_rate_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tax_rate_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.name)} ({full_date(self.valid_from)})"


class TaxExemption(models.Model):
    """A dated reason for which a tax is not collected, with its own legal source. Ended, the tax is collected."""

    code = models.CharField(_("kode"), max_length=40)
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    name = models.CharField(_("sebab tidak dipungut"), max_length=160)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    source = models.CharField(_("dasar hukum"), max_length=300)

    class Meta:
        ordering = ["code", "-valid_from"]
        verbose_name = _("pengecualian pajak")
        verbose_name_plural = ngettext_lazy("pengecualian pajak", "pengecualian pajak", 2)
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="tax_exemption_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="tax_exemption_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
        ]

    def __str__(self) -> str:
        return f"{in_language(self.name)} ({full_date(self.valid_from)})"


class TaxLine(AppendOnly):
    """One tax on one invoice, with the rule it cites. One that collects nothing has amount 0 and says why.

    `basis` is the legal source as it was when the line was written: for nothing collected that of the exemption.
    """

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="tax_lines", verbose_name=_("tagihan"))
    rule = models.ForeignKey(TaxRate, models.PROTECT, related_name="+", verbose_name=_("aturan"))
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    base = RupiahField(_("dasar pengenaan"))
    rate = models.DecimalField(_("tarif"), max_digits=8, decimal_places=6)
    amount = RupiahField(_("jumlah"))
    explanation = models.CharField(_("penjelasan"), max_length=600)
    exemption = models.ForeignKey(
        TaxExemption, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("pengecualian")
    )
    basis = models.CharField(_("dasar hukum"), max_length=1000, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("baris pajak")
        verbose_name_plural = ngettext_lazy("baris pajak", "baris pajak", 2)
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"

    @property
    def source(self) -> str:
        """The legal source to print; lines written before `basis` was kept cite their rate's."""
        return cited(self.basis or self.rule.source)

    @property
    def holds_since(self) -> date:
        """Since when what the line cites holds: the exemption, or the rate that is collected."""
        is_nil = self.exemption is not None and self.amount == 0
        return self.exemption.valid_from if is_nil and self.exemption else self.rule.valid_from


class Payment(RecordedPayment):
    """Money that left the treasury (or changed hands at the door), with its proof. An invoice may be paid in parts."""

    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="payments", verbose_name=_("tagihan"))
    # What allows paying after the budget year of the line it is booked on; empty within the year.
    late_year_basis = models.CharField(_("dasar bayar lewat tahun"), max_length=120, blank=True)

    objects = querysets.PaymentQuerySet.as_manager()

    class Meta(RecordedPayment.Meta):
        verbose_name = _("pembayaran")
        verbose_name_plural = ngettext_lazy("pembayaran", "pembayaran", 2)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payment_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {rupiah(self.amount)}"
