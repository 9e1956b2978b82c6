"""Cart and checkout input."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.errors import DomainError
from epeken.core.web.forms import DayFormField, HouseForm, JudgedForm, LineField, PhoneFormField, QuantityFormField
from epeken.core.web.wards import WardField
from epeken.users.addresses.models import Address
from orders.carts.services import ADDRESS_FIELDS
from orders.orders.states import DeliveryMethod
from orders.orders.words import fetched_words
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller


class CartAddForm(HouseForm):
    product = forms.ModelChoiceField(
        Product.objects.none(), error_messages={"invalid_choice": _("Barang ini sudah tidak dijual.")}
    )
    quantity = QuantityFormField(label=pgettext_lazy("barang", "Jumlah"), min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = Product.objects.for_sale().select_related("seller")  # type: ignore[attr-defined]


class CartChangeForm(HouseForm):
    """What was typed into the cart's page: quantity_<product>, beside shown_<product>, what the page said before.

    A field nobody touched changes nothing, whatever another window did meanwhile.
    """

    def __init__(self, data: Mapping[str, Any], *, products: list[Product]) -> None:
        super().__init__(data)
        self.removed = [product.pk for product in products if data.get("remove") == str(product.pk)]
        self.touched = {
            product.pk: name
            for product in products
            if (name := f"quantity_{product.pk}") in data
            and product.pk not in self.removed
            and data[name] != data.get(f"shown_{product.pk}")
        }
        for name in self.touched.values():
            self.fields[name] = QuantityFormField(label=pgettext_lazy("barang", "Jumlah"), min_value=0)

    def quantities(self) -> dict[int, Decimal]:
        """By pk of the product; zero takes it out."""
        typed = {pk: self.cleaned_data[name] for pk, name in self.touched.items()}
        return typed | dict.fromkeys(self.removed, Decimal(0))


Judge = Callable[[Mapping[str, Any]], Iterable[DomainError]]


def _unjudged(_values: Mapping[str, Any]) -> Iterable[DomainError]:
    return ()


class CheckoutForm(JudgedForm):
    """Where it goes, and per shop how, when and with which note. Group fields are named method_<seller>,
    deliver_on_<seller> and note_<seller>. Whatever is wrong is told in one answer, also what the service refuses.

    `address` is one of the person's own, as the page showed it, or `NEW`: then the fields below it count.
    """

    NEW = "baru"

    address = forms.ChoiceField(
        label=_("Kirim ke"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": _("Alamat ini berubah atau dihapus sejak halaman dibuka. Periksa, lalu pilih lagi.")
        },
    )
    recipient = LineField(
        label=_("Nama penerima"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    recipient_phone = PhoneFormField(help_text=_("Penjual menelepon nomor ini bila perlu, misalnya 0812 3456 7890."))
    delivery_place = LineField(
        label=_("Alamat antar"),
        max_length=200,
        required=False,
        help_text=_("Nama jalan, nomor, RT/RW. Kosongkan bila semua diambil sendiri."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    delivery_kelurahan = WardField(label=_("Kelurahan"), required=False)
    save_as = LineField(
        label=_("Simpan alamat ini sebagai"),
        max_length=40,
        required=False,
        help_text=_("Misalnya rumah atau kantor. Kosongkan bila tidak perlu disimpan."),
    )

    def __init__(
        self,
        *args: Any,
        sellers: list[tuple[Seller, Any]],
        addresses: Sequence[Address],
        judge: Judge = _unjudged,
        **kwargs: Any,
    ) -> None:
        """`judge`: what is wrong with such `values`, as far as the service sees."""
        super().__init__(*args, **kwargs)
        self.judge = judge
        self.addresses = {address.choice: address for address in addresses}
        if self.addresses:
            self.fields["address"].choices = [  # type: ignore[attr-defined]
                *((value, f"{a.label}: {a.recipient}, {a.line}") for value, a in self.addresses.items()),
                (self.NEW, _("Alamat lain, ditulis di bawah")),
            ]
            self.initial.setdefault("address", next(iter(self.addresses)))
            self.fields["address"].required = True
        else:
            del self.fields["address"]
        if self.data.get("address", self.NEW) != self.NEW:
            for name in ("recipient", "recipient_phone"):
                self.fields[name].required = False
        self.sellers = sellers
        for seller, earliest in sellers:
            choices: list[tuple[str, Any]] = []
            if seller.offers_delivery:
                choices.append((DeliveryMethod.SELLER.value, _("Diantar penjual")))
            if seller.offers_pickup:
                choices.append((DeliveryMethod.PICKUP.value, fetched_words(seller)))
            self.fields[f"method_{seller.pk}"] = forms.ChoiceField(
                label=_("Cara menerima"),
                choices=choices,
                widget=forms.RadioSelect,
                initial=choices[0][0] if choices else None,
            )
            self.fields[f"deliver_on_{seller.pk}"] = DayFormField(
                label=_("Untuk tanggal"),
                initial=earliest,
                widget=forms.DateInput(attrs={"type": "date", "min": earliest.isoformat()}, format="%Y-%m-%d"),
            )
            self.fields[f"note_{seller.pk}"] = forms.CharField(
                label=_("Catatan untuk %(shop)s") % {"shop": seller.name},
                max_length=300,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            )

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        is_brought = any(data.get(f"method_{seller.pk}") == DeliveryMethod.SELLER for seller, _day in self.sellers)
        is_written = data.get("address", self.NEW) == self.NEW
        is_whole = data.get("delivery_place") and data.get("delivery_kelurahan")
        if is_written and not is_brought and data.get("save_as") and not is_whole:
            self.add_error("save_as", _("Tulis alamat dan kelurahannya untuk disimpan, atau kosongkan nama ini."))
        return super().clean()

    def problems(self, data: Mapping[str, Any]) -> Iterator[DomainError]:
        for problem in self.judge(self._values(data)):
            if "address" not in self.errors or problem.field not in ADDRESS_FIELDS.values():
                yield problem

    @property
    def typed_names(self) -> list[str]:
        """The fields a person fills in: all but the key of the sending."""
        return [name for name in self.fields if name != "key"]

    def still_offers(self, name: str, text: str) -> bool:
        """Whether what was chosen before can be chosen on this page: a way that is offered, a day that can be met."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            return field.valid_value(text)
        if not isinstance(field, DayFormField):
            return True
        try:
            day = field.to_python(text)
        except forms.ValidationError:
            return True
        return day is None or day.isoformat() >= field.widget.attrs["min"]

    def method_of(self, seller: Seller) -> str:
        """The way chosen for this shop so far, or the one offered first."""
        return str(self[f"method_{seller.pk}"].value() or "")

    def values(self) -> dict[str, Any]:
        """In the shape `carts.place_orders` wants. Of a saved address what it says is copied."""
        return self._values(self.cleaned_data)

    def _values(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """None where something could not be read."""
        names = ("recipient", "recipient_phone", "delivery_place", "delivery_kelurahan", "save_as")
        chosen = self.addresses.get(data.get("address", ""))
        if chosen is not None:
            data = {
                **data,
                "recipient": chosen.recipient,
                "recipient_phone": chosen.phone,
                "delivery_place": chosen.street,
                "delivery_kelurahan": chosen.kelurahan,
                "save_as": "",
            }
        asked = ("method", "deliver_on", "note")
        groups = {
            seller.pk: {name: data.get(f"{name}_{seller.pk}") for name in asked} for seller, _earliest in self.sellers
        }
        return {**{name: data.get(name) for name in names}, "groups": groups}
