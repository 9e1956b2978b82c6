"""Shape and text of offering and changing goods, and of the curator's decision."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.errors import DomainError, RuleBroken
from epeken.core.web.editing import EditForm
from epeken.core.web.forms import HouseForm, KeyedForm, LineField, QuantityFormField, RupiahFormField, WholeFormField
from umkm.catalogue import listing, policies
from umkm.catalogue.defaults import usual
from umkm.catalogue.models import Category, Product, ProductPhoto
from umkm.catalogue.services.shelf import RowsRefused
from umkm.catalogue.states import FoodKind, Keeps, StockMode, Unit
from umkm.catalogue.tier_fields import TierRow, TiersFormField
from umkm.discovery.forms import category_choices
from umkm.sellers import identifiers
from umkm.sellers.forms import hour_field
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

TEXT = {"autocomplete": "off"}
AMOUNTS = {"amount", "daily_capacity", "minimum", "step", "tiers"}  # each is judged beside the others


class _NumberField(LineField):
    read: Callable[[str], str]

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        try:
            return type(self).read(text) if text else ""
        except RuleBroken as problem:
            raise forms.ValidationError(problem.message, code=problem.code) from None


class HalalNumberField(_NumberField):
    """`ID` and 17 digits, however they are grouped or cased."""

    read = staticmethod(identifiers.read_halal_number)


class PirtNumberField(_NumberField):
    """15 digits, kept as 13, a dash and 2, however they are grouped."""

    read = staticmethod(identifiers.read_pirt_number)


class ProductForm(KeyedForm):
    """Everything about goods except their photos. Empty means: as usual in the category."""

    name = LineField(label=_("Nama barang"), max_length=120, widget=forms.TextInput(attrs=TEXT))
    category = forms.TypedChoiceField(label=_("Kategori"), coerce=int)
    price = RupiahFormField(label=_("Harga"), min_value=1)
    unit = forms.ChoiceField(label=_("Satuan"), required=False)
    description = forms.CharField(
        label=pgettext_lazy("barang", "Keterangan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Isi, ukuran, rasa, atau bahan. Dua kalimat sudah cukup."),
    )
    is_halal = forms.BooleanField(label=_("Saya menyatakan bahan dan cara membuatnya halal"), required=False)
    halal_number = HalalNumberField(
        label=_("Nomor sertifikat halal"),
        required=False,
        help_text=_("ID dan 17 angka, bila sudah punya."),
    )
    pirt_number = PirtNumberField(
        label=_("Nomor P-IRT"),
        required=False,
        help_text=_("13 angka, tanda hubung, 2 angka. Untuk makanan kemasan yang tahan lebih dari 7 hari."),
    )
    stock_mode = forms.ChoiceField(label=_("Cara menghitung sisa"), required=False)
    daily_capacity = QuantityFormField(label=_("Sanggup dibuat per hari"), required=False, min_value=0)
    minimum = QuantityFormField(label=_("Pesanan paling sedikit"), required=False, min_value=0)
    step = QuantityFormField(label=_("Kelipatan"), required=False, min_value=0)
    tiers = TiersFormField(
        help_text=_(
            "Boleh dilewati. Harga satuan yang lebih rendah untuk pembelian banyak, paling banyak tiga. Kosongkan satu "
            "baris untuk menghapusnya."
        )
    )
    lead_days = WholeFormField(
        label=_("Siap dalam berapa hari"),
        required=False,
        min_value=0,
        max_value=60,
        suffix=_("hari"),
        help_text=_("0 berarti siap hari itu juga."),
    )
    order_until = hour_field(
        label=_("Jam batas pesan"),
        required=False,
        help_text=_("Pesanan mulai jam ini dihitung untuk hari berikutnya. Kosongkan untuk mengikuti jam toko."),
    )
    food_kind = forms.ChoiceField(label=_("Jenis makanan"), required=False)
    keeps = forms.ChoiceField(label=_("Daya tahan"), required=False)

    NAMES: Mapping[str, str] = {}  # fields that the form calls by another name

    # The fields a seller in a hurry never opens.
    DETAILS = (
        "description", "halal_number", "pirt_number", "stock_mode", "minimum", "step", "tiers", "lead_days",
        "order_until", "food_kind", "keeps",
    )  # fmt: skip

    def __init__(self, *args: Any, categories: list[Category], seller: Seller, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seller = seller
        self.by_pk = {category.pk: category for category in categories}
        self._choose("category", category_choices(categories, seller.kind))
        habit = [("", _("Biasanya di kategori ini"))]
        for name, choices in {"unit": Unit, "stock_mode": StockMode, "food_kind": FoodKind, "keeps": Keeps}.items():
            self._choose(name, habit + list(choices.choices))

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_category(self) -> Category:
        return self.by_pk[self.cleaned_data["category"]]

    def judge(self, current: Mapping[str, Any] | None = None) -> None:
        """Every rule of `listing` that what was typed breaks, each at its field: one sending tells them all.

        `current`: what the goods are, where some of it is not asked. A value that cannot be read is not judged.
        """
        if self.cleaned_data.get("category") is None:
            return
        values = {"name": "-", "price": 1, **(current or {}), **self.values()}
        unread = AMOUNTS & self.errors.keys()
        for problem in listing.problems(Product(seller=self.seller, **listing.filled(self.seller, values))):
            if not (unread and problem.field in AMOUNTS):
                self.say(problem)

    def say(self, problem: RuleBroken) -> None:
        name = self.NAMES.get(problem.field or "", problem.field)
        self.tell([RuleBroken(problem.message, field=name, code=problem.code)])

    @property
    def tier_rows(self) -> list[TierRow]:
        field: Any = self.fields["tiers"]
        return list(field.rows(self["tiers"]))

    @property
    def details(self) -> list[Any]:
        return [self[name] for name in self.DETAILS if name in self.fields]

    @property
    def details_wrong(self) -> bool:
        return any(field.errors for field in self.details)

    def values(self) -> dict[str, Any]:
        """What the service takes: typed values only, so that the rest follows the category."""
        skipped = {"key", "photo", "amount", "shown"}
        return {k: v for k, v in self.cleaned_data.items() if k not in skipped and v not in (None, "")}


class NewProductForm(ProductForm):
    """From one photo to the curators, on one page."""

    photo = forms.FileField(label=_("Foto barang"), required=False)
    amount = QuantityFormField(
        label=_("Berapa yang ada"),
        min_value=0,
        help_text=_("Barang jadi: stok sekarang. Makanan dan barang pesanan: kesanggupan per hari."),
    )
    NAMES: Mapping[str, str] = {"daily_capacity": "amount", "stock": "amount"}

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        self.day = day
        super().__init__(*args, **kwargs)
        del self.fields["daily_capacity"]

    @property
    def is_sent(self) -> bool:
        """To the curators, not kept as a draft."""
        return self.data.get("lalu") != "simpan"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.judge()
        if problem := self._stock_problem():
            self.say(problem)
        if self.is_sent:
            text = f"{data.get('name', '')} {data.get('description', '')}"
            if problem := listing.word_problem(text, self.day):
                self.say(problem)
        if self.is_sent and self.seller.state == SellerState.ACTIVE and not data.get("photo"):
            self.say(listing.photo_missing())
        return data

    def _stock_problem(self) -> RuleBroken | None:
        if self.cleaned_data.get("category") is None:
            return None
        values = self.values()
        unit = listing.filled(self.seller, values)["unit"]
        return listing.whole_problem(values.get("name", ""), unit, values.get("stock"), field="stock")

    def values(self) -> dict[str, Any]:
        values = super().values()
        mode = values.get("stock_mode") or usual(values["category"])["stock_mode"]
        return values | {"daily_capacity" if mode == StockMode.DAILY else "stock": self.cleaned_data.get("amount")}


class EditProductForm(ProductForm, EditForm):
    """Goods that are there already. Once on show, what orders were placed on is no longer asked."""

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        self.product = product
        super().__init__(*args, **kwargs)
        if product.published_at is not None:
            for name in ("unit", "stock_mode", "food_kind", "is_halal"):
                del self.fields[name]
        if product.published_at is not None:
            self.fields["tiers"].help_text = _(
                "Harga satuan yang lebih rendah untuk pembelian banyak, paling banyak tiga. Yang lebih rendah langsung "
                "berlaku. Menaikkan, menghapus, atau memulainya dari lebih banyak dilihat kurator dahulu."
            )
        if product.published_at is not None and product.stock_mode == StockMode.STOCK:
            del self.fields["daily_capacity"]
        if product.published_at is not None:  # until then the unit is chosen on the same page
            for name in ("daily_capacity", "minimum", "step", "tiers"):
                if name in self.fields:
                    self.fields[name].suffix = Unit(product.unit).plural  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self.product.published_at is None:
            self.judge({name: getattr(self.product, name) for name in listing.FIELDS})
        return data

    def values(self) -> dict[str, Any]:
        """Emptied texts and an emptied hour are emptied; emptied numbers keep what they were."""
        texts = ("description", "halal_number", "pirt_number")
        emptied = {name: self.cleaned_data.get(name, "") for name in texts}
        return super().values() | emptied | {"order_until": self.cleaned_data.get("order_until")}


class ShelfForm(KeyedForm, EditForm):
    """Price and stock of goods, in the list of all of them."""

    price = RupiahFormField(label=_("Harga"), min_value=1)
    added = QuantityFormField(label=_("Tambah stok"), required=False, min_value=0)
    daily_capacity = QuantityFormField(label=_("Sanggup dibuat per hari"), min_value=0)

    def __init__(self, *args: Any, product: Product, **kwargs: Any) -> None:
        self.product = product
        current = {"price": product.price, "daily_capacity": product.daily_capacity}
        super().__init__(*args, initial=current, current=current, auto_id=f"id_%s_{product.pk}", **kwargs)
        self.fields["price"].help_text = policies.price_words([product])
        del self.fields["added" if product.stock_mode == StockMode.DAILY else "daily_capacity"]
        field: Any = self.fields.get("added") or self.fields["daily_capacity"]
        field.suffix = Unit(product.unit).plural

    @property
    def count(self) -> Any:
        """The field of how much there is."""
        return self["added" if "added" in self.fields else "daily_capacity"]


class ShelfTableForm(KeyedForm, EditForm):
    """Price and stock of several goods that can be changed now."""

    def __init__(self, *args: Any, goods: list[Product], **kwargs: Any) -> None:
        self.goods = goods
        self.tiers_refused: set[int] = set()  # pks of goods whose price does not fit their tiers, which are not asked
        self.short: dict[str, str] = {}  # what each field is called in the row of its goods
        self.price_words = policies.price_words(goods)
        current: dict[str, Any] = {f"price_{one.pk}": one.price for one in goods}
        current |= {f"daily_capacity_{one.pk}": one.daily_capacity for one in goods}
        super().__init__(*args, initial=dict(current), current=current, **kwargs)
        for one in goods:
            words = {"name": self.words(one)}
            price, amount, short = _("Harga %(name)s") % words, _("Tambah stok %(name)s") % words, _("Tambah stok")
            self.fields[f"price_{one.pk}"] = RupiahFormField(label=price, min_value=1)
            name, is_daily = f"added_{one.pk}", one.stock_mode == StockMode.DAILY
            if is_daily:
                name, amount = f"daily_capacity_{one.pk}", _("Sanggup per hari, %(name)s") % words
                short = _("Sanggup per hari")
            self.fields[name] = QuantityFormField(
                label=amount, min_value=0, required=is_daily, suffix=Unit(one.unit).plural
            )
            self.short |= {f"price_{one.pk}": str(_("Harga")), name: str(short)}

    @staticmethod
    def words(product: Product) -> str:
        """What one of the goods is called beside the others."""
        return product.name

    def fields_of(self, product: Product) -> list[dict[str, Any]]:
        names = (f"price_{product.pk}", f"added_{product.pk}", f"daily_capacity_{product.pk}")
        return [{"field": self[name], "label": self.short[name]} for name in names if name in self.fields]

    def values(self) -> dict[str, Any]:
        """What `change_shelves` takes."""
        data = self.cleaned_data
        return {
            "prices": {one.pk: data[f"price_{one.pk}"] for one in self.goods},
            "amounts": {
                one.pk: data.get(f"added_{one.pk}", data.get(f"daily_capacity_{one.pk}")) for one in self.goods
            },
        }

    def refuse(self, error: DomainError) -> None:
        """Each row at its own field."""
        if not isinstance(error, RowsRefused):
            super().refuse(error)
            return
        for row in error.rows:
            if row.field == "tiers":
                self.tiers_refused.add(row.row)
            names = [f"price_{row.row}", f"added_{row.row}", f"daily_capacity_{row.row}"]
            asked = [name for name in names if name in self.fields]
            # A change that waits stands in the way of the price only; an amount holds at once.
            is_price = row.field in ("price", "tiers") or row.code == "proposal_waiting"
            self.add_error(asked[0] if is_price else asked[-1], str(row.message))


class PhotoForm(HouseForm):
    photo = forms.FileField(label=_("Foto"))
    alt = LineField(
        label=_("Yang terlihat di foto"),
        max_length=160,
        required=False,
        help_text=_("Dibacakan untuk pembeli yang tidak melihat. Contoh: kotak nasi dengan ayam bakar."),
    )


class AltForm(EditForm):
    alt = LineField(label=_("Yang terlihat di foto"), max_length=160, required=False)

    def __init__(self, *args: Any, photo: ProductPhoto, **kwargs: Any) -> None:
        self.photo = photo
        super().__init__(*args, initial={"alt": photo.alt}, current={"alt": photo.alt}, **kwargs)


class CurationForm(HouseForm):
    note = forms.CharField(
        label=_("Catatan untuk penjual"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
