"""Shape and text of proposing, signing and ending a frame. Rules that need the database are in the services."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import DomainError
from epeken.core.web.forms import DayFormField, HouseForm, JudgedForm, KeyedForm, LineField, RupiahFormField
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine
from procurement.frames import services
from procurement.frames.services import AllowedGoods
from procurement.requests.models import PurchaseRequest
from procurement.sourcing.forms import LineChoice
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller

NAMES = ("category", "unit", "product", "price")  # the boxes of one row
ROWS = 6  # kinds of goods one proposal has boxes for
SHOWN = 6  # names of shops or goods that are told where several fit
PRODUCT = re.compile(r"(?:^|/barang/)(\d{1,18})(?:$|[-/?#])", re.ASCII)
SHOP = re.compile(r"(?:^|/toko/)([a-z0-9-]{1,100})/?(?:$|[?#])", re.ASCII)


class FrameForm(JudgedForm):
    """Rows of goods: `category_<n>`, `unit_<n>`, `product_<n>`, `price_<n>`; an empty row is none."""

    title = LineField(
        label=_("Untuk keperluan apa"), max_length=120, help_text=_("Misalnya konsumsi rapat mingguan triwulan ini.")
    )
    line = LineChoice(
        label=_("Mata anggaran"), queryset=BudgetLine.objects.none(), empty_label=_("Pilih mata anggaran")
    )
    amount = RupiahFormField(
        label=_("Paling banyak seluruhnya"), error_messages={"required": _("Isi jumlah seluruhnya.")}
    )
    order_limit = RupiahFormField(
        label=_("Paling banyak tiap permintaan"), error_messages={"required": _("Isi jumlah tiap permintaan.")}
    )
    valid_from = DayFormField(label=_("Berlaku sejak"), error_messages={"required": _("Isi hari mulainya.")})
    valid_until = DayFormField(label=_("Berlaku sampai"), error_messages={"required": _("Isi hari terakhirnya.")})
    sellers = forms.CharField(
        label=_("Hanya dari toko ini"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Nama atau alamat halaman tokonya, satu tiap baris. Kosong: terbuka untuk semua penjual yang sanggup."
        ),
    )
    is_issued_at_once = forms.BooleanField(
        label=_("Surat pesanan langsung terbit atas nama pengusul, tanpa menunggu ditekan"), required=False
    )

    ceiling_reason = forms.CharField(
        label=_("Alasan harga paling tinggi"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )

    def __init__(self, *args: Any, agency: Agency, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.day = agency, day
        lines = BudgetLine.objects.spendable(agency, day).exclude(rup_id="").select_related("account")
        field: Any = self.fields["line"]
        field.queryset = lines.order_by("year", "account", "pk")
        categories = list(Category.objects.select_related("parent").order_by("parent__position", "position", "name"))
        named = [("", _("Pilih kategori")), *((str(one.pk), _category_words(one)) for one in categories)]
        self.categories = {str(one.pk): one for one in categories}
        units = [("", _("Pilih satuan")), *Unit.choices]
        for n in range(1, ROWS + 1):
            words = {"n": n}
            self.fields[f"category_{n}"] = forms.ChoiceField(
                label=_("Kategori %(n)d") % words, choices=named, required=False
            )
            self.fields[f"unit_{n}"] = forms.ChoiceField(label=_("Satuan %(n)d") % words, choices=units, required=False)
            self.fields[f"product_{n}"] = LineField(
                label=_("Atau satu barang %(n)d") % words, max_length=300, required=False
            )
            self.fields[f"price_{n}"] = RupiahFormField(
                label=_("Harga paling tinggi %(n)d") % words, required=False, min_value=1
            )

    def clean_sellers(self) -> list[Seller]:
        lines = [line.strip() for line in self.cleaned_data["sellers"].splitlines()]
        return list(dict.fromkeys(seller for line in lines if line for seller in _shops(line)))

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        begun = [n for n in range(1, ROWS + 1) if any(self[f"{name}_{n}"].value() for name in NAMES)]
        self.goods = [row for n in range(1, ROWS + 1) if (row := self._row(n, data)) is not None]
        if not begun:
            self.add_error("category_1", _("Sebut paling sedikit satu barang atau kategori."))
        return super().clean()

    def problems(self, data: Mapping[str, Any]) -> Iterator[DomainError]:
        yield from services.problems(data, self.agency, self.day)
        yield from services.ceiling_problems(self.goods, data.get("ceiling_reason", ""), self.day)

    def _row(self, n: int, data: dict[str, Any]) -> AllowedGoods | None:
        category, unit, product, price = (data.get(f"{name}_{n}") for name in NAMES)
        if not any((category, unit, product, price)):
            return None
        if f"price_{n}" not in self.errors and not price:
            self.add_error(f"price_{n}", _("Isi harga paling tinggi."))
        if product:
            try:
                found = _product(product)
            except forms.ValidationError as problem:
                self.add_error(f"product_{n}", problem)
                return None
            return AllowedGoods(price_limit=price or 0, product=found)
        if not category:
            self.add_error(f"category_{n}", _("Pilih kategori, atau tulis nama satu barang."))
        if not unit:
            self.add_error(f"unit_{n}", _("Pilih satuan yang harganya Anda batasi."))
        if not category or not unit:
            return None
        return AllowedGoods(price_limit=price or 0, category=self.categories[category], unit=unit)

    @property
    def rows(self) -> Iterator[dict[str, Any]]:
        for n in range(1, ROWS + 1):
            yield {
                "n": n,
                "category": self[f"category_{n}"],
                "unit": self[f"unit_{n}"],
                "product": self[f"product_{n}"],
                "price": self[f"price_{n}"],
                # A row nobody began stays folded; the first is always open.
                "is_open": n == 1 or any(self[f"{name}_{n}"].value() or self[f"{name}_{n}"].errors for name in NAMES),
            }

    @property
    def asks_reason(self) -> bool:
        """Whether a price was found that stands far above the market; what was written of it is not lost."""
        return bool(self["ceiling_reason"].value() or self.errors.get("ceiling_reason"))

    def typed(self) -> dict[str, Any]:
        """What `propose_frame` takes."""
        names = (
            "title", "line", "amount", "order_limit", "valid_from", "valid_until", "sellers", "is_issued_at_once",
            "ceiling_reason", "key",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names} | {"goods": self.goods}

    @staticmethod
    def begun_from(request: PurchaseRequest) -> dict[str, Any]:
        """The boxes filled with what a request asked for: its goods at its prices."""
        values: dict[str, Any] = {"title": request.title, "line": request.line_id}
        lines = request.lines.filter(dropped_at__isnull=True)[:ROWS]
        for n, line in enumerate(lines, 1):
            address = reverse("umkm:product-detail", args=[line.product_id, slugify(line.name) or "barang"])
            values |= {f"product_{n}": address, f"price_{n}": line.price}
        return values


class SignFrameForm(KeyedForm):
    decree = LineField(label=_("Nomor keputusan"), max_length=80)


class CloseFrameForm(HouseForm):
    note = forms.CharField(
        label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300})
    )


def _shops(text: str) -> list[Seller]:
    """Of one line: addresses of shops, or the name of one. Raises: ValidationError."""
    by_address = [
        Seller.objects.filter(slug=match.group(1)).first() for match in map(SHOP.search, text.split()) if match
    ]
    if by_address and None not in by_address and len(by_address) == len(text.split()):
        return [seller for seller in by_address if seller is not None]
    return [_named(Seller.objects.active(), text, _("Toko %(text)s tidak ditemukan. Periksa ejaannya."))]


def _product(text: str) -> Product:
    """By the address of its page, or by its name. Raises: ValidationError."""
    goods = Product.objects.select_related("category", "seller")
    match = PRODUCT.search(text)
    found = goods.filter(pk=match.group(1)).first() if match else None
    return found or _named(goods.for_sale(), text, _("Barang %(text)s tidak ditemukan. Periksa ejaannya."))


def _named(rows: Any, text: str, missing: Any) -> Any:
    """The one of these with the name, else the only one whose name says the words. Raises: ValidationError with the
    names there are."""
    found = list(rows.filter(name__iexact=text)[:SHOWN]) or list(
        rows.filter(name__icontains=text).order_by("name")[:SHOWN]
    )
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(missing % {"text": text[:60]})
    names = [f"{row.name}, {row.seller.name}" if isinstance(row, Product) else row.name for row in found]
    if len(set(names)) < len(names) or isinstance(found[0], Product):
        raise forms.ValidationError(
            _("Lebih dari satu bernama %(text)s: %(names)s. Salin alamat halamannya.")
            % {"text": text[:60], "names": "; ".join(names)}
        )
    raise forms.ValidationError(
        _("Lebih dari satu cocok dengan %(text)s: %(names)s. Tulis nama lengkapnya.")
        % {"text": text[:60], "names": "; ".join(names)}
    )


def _category_words(category: Category) -> str:
    return f"{category.parent.title}: {category.title}" if category.parent else category.title
