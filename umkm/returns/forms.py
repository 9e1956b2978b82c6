"""Shape and text of the answer about goods that their receiver refused."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import KeyedForm, LineField, QuantityFormField
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit


class RefusedGoodsForm(KeyedForm):
    """`asked`: how much of it was refused, as the page says that posts."""

    asked = LineField(max_length=16, widget=forms.HiddenInput)
    back = QuantityFormField(
        label=_("Yang kembali ke rak"),
        min_value=0,
        help_text=_("Hanya yang masih layak dijual. Tulis 0 bila tidak ada."),
    )

    def __init__(
        self, *args: Any, product: Product, reference: str, asked: Decimal = Decimal(0), **kwargs: Any
    ) -> None:
        super().__init__(*args, prefix="kembali", auto_id=f"id_%s_{reference}", **kwargs)
        self.reference = reference
        self.initial["asked"] = f"{asked:.3f}"
        self.fields["back"].suffix = Unit(product.unit).plural  # type: ignore[attr-defined]

    def clean_asked(self) -> Decimal:
        """As the page wrote it, and not as people write numbers."""
        try:
            return Decimal(self.cleaned_data["asked"])
        except InvalidOperation:
            raise forms.ValidationError(_("Muat ulang halaman.")) from None
