"""What the office's bukti potong in the tax office's application says, and the tax lines of bills it covers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.times import month_year
from epeken.core.money import RupiahField
from epeken.core.secret import EncryptedField
from orders.billing.models import Invoice, TaxLine
from orders.billing.states import TaxKind
from orders.documents.models import Attachment
from orders.tax_slips import querysets
from procurement.agencies.models import Agency
from procurement.agencies.states import OFFICE_LENGTH, OFFICES
from umkm.sellers.models import Seller


class TaxSlip(models.Model):
    """One bukti potong the office made in Coretax: of one seller, NPWP, kind of tax, rate and period. Ours is the
    record of its number and a copy, never the paper itself. One recorded wrongly is withdrawn with a reason and
    recorded anew; it is never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tax_slips", verbose_name=_("dinas"))
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="tax_slips", verbose_name=_("penjual"))
    taxpayer = models.CharField(_("nama wajib pajak"), max_length=120)  # as on its bills
    npwp = EncryptedField(_("NPWP"), blank=True)  # as on its bills
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    period = models.DateField(_("masa pajak"))  # the first day of the month
    object_code = models.CharField(_("kode objek pajak"), max_length=20)  # of the period, as the rule said
    rate = models.DecimalField(_("tarif"), max_digits=8, decimal_places=6)
    base = RupiahField(_("dasar pengenaan"))
    amount = RupiahField(_("jumlah"))
    number = models.CharField(_("nomor bukti potong"), max_length=20, db_index=True)
    dated_on = models.DateField(_("tanggal bukti potong"))
    file = models.CharField(_("berkas bukti potong"), max_length=200)  # name in the private store
    content_type = models.CharField(max_length=60)
    sha256 = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh")
    )
    recorded_name = models.CharField(_("nama pencatat"), max_length=120)  # on that day
    # The offices held on the day of the act, with the capacity (Plt., Plh.).
    recorded_as = models.CharField(_("dicatat sebagai"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()))
    recorded_at = models.DateTimeField(_("dicatat"))
    withdrawn_at = models.DateTimeField(_("pencatatannya dibatalkan"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dibatalkan oleh")
    )
    withdrawn_as = models.CharField(
        _("dibatalkan sebagai"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()), blank=True
    )
    withdrawal_reason = models.CharField(_("sebab dibatalkan"), max_length=200, blank=True)

    objects = querysets.TaxSlipQuerySet.as_manager()

    class Meta:
        ordering = ["-period", "-pk"]
        verbose_name = _("bukti potong")
        verbose_name_plural = ngettext_lazy("bukti potong", "bukti potong", 2)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_slip_of_something"),
            models.CheckConstraint(condition=Q(period__day=1), name="tax_slip_of_a_month"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="tax_slip_withdrawn_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["agency", "number"], condition=Q(withdrawn_at__isnull=True), name="tax_slip_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def period_words(self) -> str:
        return month_year(self.period)


class TaxSlipLine(models.Model):
    """One tax line a bukti potong covers. `attachment`: the copy in the file of its order."""

    slip = models.ForeignKey(TaxSlip, models.PROTECT, related_name="lines", verbose_name=_("bukti potong"))
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="slip_lines", verbose_name=_("tagihan"))
    tax_line = models.ForeignKey(TaxLine, models.PROTECT, related_name="slip_lines", verbose_name=_("baris pajak"))
    attachment = models.ForeignKey(Attachment, models.PROTECT, related_name="slip_lines", verbose_name=_("lampiran"))
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    base = RupiahField(_("dasar pengenaan"))
    amount = RupiahField(_("jumlah"))
    number = models.CharField(_("nomor bukti potong"), max_length=20)
    dated_on = models.DateField(_("tanggal bukti potong"))
    recorded_at = models.DateTimeField(_("dicatat"))
    withdrawn_at = models.DateTimeField(_("dibatalkan"), null=True)  # with its bukti potong

    objects = querysets.TaxSlipLineQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pajak di bukti potong")
        verbose_name_plural = ngettext_lazy("pajak di bukti potong", "pajak di bukti potong", 2)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_slip_line_of_something"),
            models.UniqueConstraint(
                fields=["invoice", "kind"], condition=Q(withdrawn_at__isnull=True), name="tax_slip_line_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
