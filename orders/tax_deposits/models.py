"""The deposit (setoran) of tax a treasurer withheld or collected, and the tax lines of bills it covers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.times import month_year
from epeken.core.money import RupiahField
from orders.billing.models import Invoice, TaxLine
from orders.billing.states import TaxKind
from orders.documents.models import Attachment
from orders.tax_deposits import querysets
from procurement.agencies.models import Agency
from procurement.agencies.states import OFFICE_LENGTH, OFFICES


class TaxDeposit(models.Model):
    """What one NTPN proves for one kind of tax and one period. One recorded wrongly is withdrawn with a reason and
    recorded anew; it is never changed."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="tax_deposits", verbose_name=_("dinas"))
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    period = models.DateField(_("masa pajak"))  # the first day of the month
    code = models.CharField(_("kode akun pajak dan jenis setoran"), max_length=20)  # of the period, as the rule said
    billing_code = models.CharField(_("kode billing"), max_length=20)
    ntpn = models.CharField(_("NTPN"), max_length=20, db_index=True)
    deposited_on = models.DateField(_("tanggal setor"))
    due_on = models.DateField(_("batas setor"))  # the last day, as the rule said when it was recorded
    amount = RupiahField(_("jumlah"))
    file = models.CharField(_("bukti penerimaan negara"), max_length=200)  # name in the private store
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

    objects = querysets.TaxDepositQuerySet.as_manager()

    class Meta:
        ordering = ["-deposited_on", "-pk"]
        verbose_name = _("setoran pajak")
        verbose_name_plural = ngettext_lazy("setoran pajak", "setoran pajak", 2)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="tax_deposit_of_something"),
            models.CheckConstraint(condition=Q(period__day=1), name="tax_deposit_of_a_month"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawal_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawal_reason="")),
                name="tax_deposit_withdrawn_for_a_reason",
            ),
            models.UniqueConstraint(
                fields=["ntpn", "kind", "period"], condition=Q(withdrawn_at__isnull=True), name="tax_deposit_ntpn_once"
            ),
        ]

    def __str__(self) -> str:
        return self.ntpn

    @property
    def month(self) -> str:
        return month_year(self.period)

    @property
    def is_late(self) -> bool:
        return self.deposited_on > self.due_on


class DepositedTax(models.Model):
    """One tax line a deposit covers, with what its tax sheet states of the deposit. `attachment`: the proof in the file
    of its order."""

    deposit = models.ForeignKey(TaxDeposit, models.PROTECT, related_name="lines", verbose_name=_("setoran"))
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="deposited_taxes", verbose_name=_("tagihan"))
    tax_line = models.ForeignKey(TaxLine, models.PROTECT, related_name="deposits", verbose_name=_("baris pajak"))
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="deposited_taxes", verbose_name=_("lampiran")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=TaxKind)
    amount = RupiahField(_("jumlah"))  # what was still to be deposited of the line
    ntpn = models.CharField(_("NTPN"), max_length=20)
    deposited_on = models.DateField(_("tanggal setor"))
    recorded_at = models.DateTimeField(_("dicatat"))
    withdrawn_at = models.DateTimeField(_("dibatalkan"), null=True)  # with its deposit

    objects = querysets.DepositedTaxQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("pajak yang disetor")
        verbose_name_plural = ngettext_lazy("pajak yang disetor", "pajak yang disetor", 2)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="deposited_tax_of_something"),
            models.UniqueConstraint(
                fields=["tax_line"], condition=Q(withdrawn_at__isnull=True), name="deposited_tax_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount}"
