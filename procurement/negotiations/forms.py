"""Shape and text of an offer. Whether it may be made is asked in `terms`."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import DomainError
from epeken.core.i18n.words import rupiah
from epeken.core.web.forms import JudgedForm, KeyedForm, MomentFormField, RupiahFormField
from procurement.negotiations.terms import Terms, bound_problems
from procurement.requests.contents import SellerPart
from umkm.catalogue.states import Unit


class OfferForm(JudgedForm):
    """One price for each of the goods (`price_<product>`), the delivery cost where there is one, the moment, words."""

    deliver_at = MomentFormField(label=_("Barang tiba paling lambat"))
    words = forms.CharField(
        label=_("Kata-kata Anda"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Dibaca pihak lain dan tercatat di berita acara."),
    )  # fmt: skip

    def __init__(self, *args: Any, part: SellerPart, most: Terms, shown: Terms, **kwargs: Any) -> None:
        """`most`: above which nothing goes; `shown`: what stands in the boxes at first."""
        super().__init__(*args, **kwargs)
        self.part, self.most = part, most
        self.shown, self.products = shown, [line.product_id for line in part.kept]
        self.initial.setdefault("deliver_at", shown.deliver_at)
        boxes: dict[str, Any] = {}
        for line in part.kept:
            boxes[f"price_{line.product_id}"] = RupiahFormField(
                label=gettext("Harga %(name)s per %(unit)s") % {"name": line.name, "unit": Unit(line.unit).label},
                min_value=1,
                initial=shown.prices.get(line.product_id),
                help_text=gettext("%(count)s. Paling tinggi %(most)s.")
                % {"count": Unit(line.unit).counted(line.quantity), "most": rupiah(most.prices[line.product_id])},
            )
        if most.delivery_cost:
            boxes["delivery_cost"] = RupiahFormField(
                label=gettext("Ongkos antar"),
                initial=shown.delivery_cost,
                help_text=gettext("Paling tinggi %(most)s.") % {"most": rupiah(most.delivery_cost)},
            )
        self.fields = {**boxes, **self.fields}

    def problems(self, data: Mapping[str, Any]) -> Iterable[DomainError]:
        prices = {pk: price for pk in self.products if (price := data.get(f"price_{pk}")) is not None}
        return bound_problems(self.part, self.most, prices, data.get("delivery_cost") or 0)

    @property
    def offers(self) -> list[Any]:
        """The boxes in the order of the page."""
        return [self[name] for name in self.fields if name != "key"]

    @property
    def terms(self) -> Terms:
        """Of a valid form. A box of minutes says nothing of seconds: an untouched moment is the one that was shown."""
        values = self.cleaned_data
        deliver_at, shown = values["deliver_at"], self.shown.deliver_at
        if deliver_at == shown.replace(second=0, microsecond=0):
            deliver_at = shown
        prices = {pk: values[f"price_{pk}"] for pk in self.products}
        return Terms(prices, values.get("delivery_cost", 0), deliver_at)


class StopForm(KeyedForm):
    note = forms.CharField(
        label=_("Alasan"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("Tercatat di berita acara."),
    )  # fmt: skip
