"""What head and treasurer write about a compensation."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.words import rupiah
from epeken.core.web.forms import HouseForm, KeyedForm
from orders.billing.forms import PaidOnField, ProofField, ReferenceField
from orders.billing.states import PaymentMethod
from orders.compensations.services.payments import METHODS
from orders.compensations.states import REVERSAL_REASONS
from orders.reversals.forms import ReversalForm
from procurement.budgets.models import BudgetLine


class CompensationChargeForm(HouseForm):
    line = forms.ModelChoiceField(
        label=_("Mata anggaran"), queryset=BudgetLine.objects.none(), empty_label=_("Pilih mata anggaran")
    )

    def __init__(
        self, *args: Any, lines: "QuerySet[BudgetLine]", of_order: Collection[int] = (), **kwargs: Any
    ) -> None:
        """`of_order`: pks of the budget lines the order was issued on."""
        super().__init__(*args, **kwargs)

        def told(line: BudgetLine) -> str:
            words = {"line": line, "left": rupiah(line.available)}
            if line.pk in of_order:
                return gettext("%(line)s, sisa %(left)s, mata anggaran pesanan ini") % words
            return gettext("%(line)s, sisa %(left)s") % words

        field = self.fields["line"]
        field.queryset = lines  # type: ignore[attr-defined]
        field.label_from_instance = told  # type: ignore[attr-defined]


class CompensationPaymentForm(KeyedForm):
    method = forms.ChoiceField(
        label=_("Cara bayar"),
        choices=[(method.value, PaymentMethod(method).label) for method in METHODS],
        widget=forms.RadioSelect,
    )
    reference = ReferenceField()
    paid_on = PaidOnField()
    proof = ProofField()


class CompensationReversalForm(ReversalForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.value, one.label) for one in REVERSAL_REASONS]  # type: ignore[attr-defined]
        del self.fields["sent_amount"]
