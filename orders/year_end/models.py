"""What was decided about orders that a budget year leaves open, and which invoices another year's budget pays."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly
from epeken.core.money import RupiahField
from orders.billing.models import Invoice
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.year_end.states import YearEndChoice
from procurement.agencies.states import OFFICE_LENGTH, OFFICES
from procurement.budgets.models import BudgetLine


class DecisionQuerySet(models.QuerySet[Any]):
    def as_events(self) -> Self:
        """With the columns of an event: its `action` is the choice, and after a colon the day it names."""
        day = Coalesce(Cast("finish_by", models.CharField()), Value(""))
        return self.annotate(
            noun=Value("YearEndDecision"), owner=F("pk"), action=Concat("choice", Value(":"), day), at=F("decided_at"),
            note=F("reason"), acted_as=F("decided_as"), actor_id=F("decided_by_id"), who=F("decided_by__name"),
            sequence=Value(0, models.BigIntegerField()),
        )  # fmt: skip


class YearEndDecision(AppendOnly):
    """The newest of an order counts, also where it withdraws the one before. Cancelling is an act of its own, and
    decides as well."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="year_end_decisions", verbose_name=_("pesanan"))
    year = models.PositiveSmallIntegerField(_("tahun anggaran"))
    choice = models.CharField(_("keputusan"), max_length=8, choices=YearEndChoice)
    finish_by = models.DateField(_("selesai paling lambat"), null=True)
    reason = models.CharField(_("alasan"), max_length=300)
    amount = RupiahField(_("belum dibayar"))  # what was open then
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diputus oleh")
    )
    decided_as = models.CharField(_("sebagai"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()))
    decided_at = models.DateTimeField(_("diputus"))

    objects = DecisionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("keputusan akhir tahun")
        verbose_name_plural = ngettext_lazy("keputusan akhir tahun", "keputusan akhir tahun", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(choice=YearEndChoice.FINISH, finish_by__isnull=False)
                | (~Q(choice=YearEndChoice.FINISH) & Q(finish_by__isnull=True)),
                name="year_end_finish_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}"


class CarriedDebt(AppendOnly):
    """An invoice that its own budget year did not pay is paid by a later one. The newest of a delivery counts: an
    invoice in the place of a wrong one stays carried."""

    number = models.CharField(_("nomor"), max_length=20, unique=True)
    invoice = models.ForeignKey(Invoice, models.PROTECT, related_name="carried_debts", verbose_name=_("tagihan"))
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="carried_debts", verbose_name=_("kiriman"))
    decision = models.ForeignKey(YearEndDecision, models.PROTECT, related_name="+", verbose_name=_("keputusan"))
    from_year = models.PositiveSmallIntegerField(_("utang tahun anggaran"))
    to_year = models.PositiveSmallIntegerField(_("dibayar dari tahun anggaran"))
    basis = models.CharField(_("dasar penganggaran"), max_length=120)  # the DPA, or its change, that budgets the debt
    amount = RupiahField(_("jumlah"))
    carried_at = models.DateTimeField(_("dibebankan"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("utang yang dibebankan")
        verbose_name_plural = ngettext_lazy("utang yang dibebankan", "utang yang dibebankan", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(to_year__gt=models.F("from_year"), amount__gt=0), name="carried_debt_to_later_year"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class CarriedCharge(AppendOnly):
    """Which budget line takes the place of which. `from_line`: as the order was issued."""

    debt = models.ForeignKey(CarriedDebt, models.PROTECT, related_name="charges", verbose_name=_("utang"))
    from_line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("semula"))
    to_line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("menjadi"))
    amount = RupiahField(_("jumlah"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("beban utang")
        verbose_name_plural = ngettext_lazy("beban utang", "beban utang", 2)
        constraints = [models.UniqueConstraint(fields=["debt", "from_line"], name="carried_charge_once")]

    def __str__(self) -> str:
        return f"{self.debt}"
