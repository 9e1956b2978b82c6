"""Shape and text of a request for quotation, of an offer, and of the reasons of both sides' acts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Kecamatan
from epeken.core.web.forms import (
    KeyedForm,
    LineField,
    MomentFormField,
    QuantityFormField,
    RupiahFormField,
    WholeFormField,
)
from epeken.core.web.wards import WardField
from procurement.agencies.models import Agency
from procurement.budgets.models import BudgetLine
from procurement.quotations import terms
from procurement.quotations.models import Quotation, QuotationLine
from procurement.quotations.querysets import goods_for
from procurement.quotations.services import offering
from procurement.quotations.services.offering import OfferTerms
from procurement.quotations.services.publishing import GoodsAsked
from procurement.quotations.states import BY_OFFICER, PASSABLE, QuotationCancelReason, RankingRule
from procurement.sourcing.forms import MAX_PK, LineChoice
from umkm.catalogue.models import Category, Product
from umkm.catalogue.policies import is_meal
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import words_of
from umkm.sellers.models import Seller

ROWS = 20  # goods of one request for quotation, at most
GOODS = ("name", "unit", "quantity", "specification")
BOXES = ("name", "quantity", "unit", "specification")  # in the order of the page


class QuotationForm(KeyedForm):
    """What is asked, of whom, until when, and how offers are ranked; the goods in rows `name_1`, `unit_1`, …"""

    title = LineField(label=_("Nama kegiatan"), max_length=120)
    line = LineChoice(
        label=_("Mata anggaran"), queryset=BudgetLine.objects.none(), empty_label=_("Pilih mata anggaran")
    )
    category = forms.ModelChoiceField(
        label=_("Kategori barang"),
        queryset=Category.objects.all(),
        empty_label=_("Pilih kategori"),
        help_text=_("Penjual dengan barang tayang di kategori ini diundang semua."),
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Wilayah penjual"),
        queryset=Kecamatan.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Kosongkan untuk seluruh kota."),
    )
    deliver_at = MomentFormField(label=_("Barang tiba paling lambat"))
    delivery_place = LineField(label=_("Alamat antar"), max_length=200)
    delivery_kelurahan = WardField(label=_("Kelurahan"))
    closes_at = MomentFormField(label=_("Batas penawaran"))
    ceiling = RupiahFormField(
        label=_("Jumlah tertinggi"), required=False, min_value=1,
        help_text=_("Barang dan ongkirnya. Diumumkan; penawaran di atasnya gugur."),
    )  # fmt: skip
    rule = forms.ChoiceField(
        label=_("Cara menentukan urutan"), choices=RankingRule.choices, widget=forms.RadioSelect,
        initial=RankingRule.LOWEST,
    )  # fmt: skip
    price_weight = WholeFormField(label=_("Bobot harga"), min_value=1, max_value=100, initial=70, required=False)
    time_weight = WholeFormField(label=_("Bobot waktu tiba"), min_value=0, max_value=99, initial=20, required=False)
    distance_weight = WholeFormField(label=_("Bobot jarak"), min_value=0, max_value=99, initial=10, required=False)
    shown = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, agency: Agency, now: datetime, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now, day = now, clock.local_date(now)
        hours, earliest = terms.earliest_end(now)
        self.fields["closes_at"].help_text = gettext(
            "Paling cepat %(when)s: penjual punya paling sedikit %(hours)s jam sesudah diumumkan. Sebelum batas itu "
            "tidak ada yang dapat membaca penawaran."
        ) % {"when": long_time(earliest), "hours": hours}
        field: Any = self.fields["line"]
        field.queryset = (
            BudgetLine.objects.spendable(agency, day).select_related("account").order_by("year", "account", "pk")
        )
        self.rows = min(max(rows, self._sent_rows()), ROWS)
        for place in range(1, self.rows + 1):
            self.fields[f"name_{place}"] = LineField(label=_("Nama barang"), max_length=120, required=False)
            self.fields[f"quantity_{place}"] = QuantityFormField(
                label=_("Banyaknya"), required=False, min_value=Decimal("0.001")
            )
            self.fields[f"unit_{place}"] = forms.ChoiceField(
                label=_("Satuan"), choices=Unit.choices, required=False, initial=Unit.PCS
            )
            self.fields[f"specification_{place}"] = forms.CharField(
                label=_("Spesifikasi"), max_length=500, required=False,
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
            )  # fmt: skip

        rows_of = [f"{name}_{place}" for place in range(1, self.rows + 1) for name in BOXES]
        self.order_fields(["title", "line", "category", *rows_of, "closes_at"])  # as the page has them

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("rule") == RankingRule.LOWEST:
            values |= {"price_weight": 100, "time_weight": 0, "distance_weight": 0}
        for name in ("price_weight", "time_weight", "distance_weight"):
            values[name] = values.get(name) or 0
        for place in range(1, self.rows + 1):
            self._check_goods(place, values, is_needed=place == 1)
        for problem in terms.problems({name: values[name] for name in values if name not in self.errors}, self.now):
            self.refuse(problem)
        rows = {
            place: (values[f"unit_{place}"], values[f"quantity_{place}"])
            for place in range(1, self.rows + 1)
            if values.get(f"unit_{place}") and values.get(f"quantity_{place}")
        }
        if values.get("category") is not None:
            self.tell(terms.goods_problems(values["category"], rows))
        return values

    def _check_goods(self, place: int, values: dict[str, Any], *, is_needed: bool) -> None:
        """A row says all or nothing; at least one says something. What lacks is told at its own box."""
        asked = {
            "name": gettext("Barang %(n)d: tulis namanya.") % {"n": place},
            "quantity": gettext("Barang %(n)d: isi banyaknya.") % {"n": place},
            "specification": gettext("Barang %(n)d: tulis spesifikasinya.") % {"n": place},
        }
        names = {name: f"{name}_{place}" for name in asked}
        is_begun = any(values.get(box) or box in self.errors for box in names.values())
        for name, box in names.items():
            if (is_begun or is_needed) and box not in self.errors and not values.get(box):
                self.add_error(box, asked[name])
        said = f"specification_{place}"
        if values.get(said) and (problem := terms.unspecific(place, values[said])):
            self.refuse(problem)

    @property
    def goods_rows(self) -> list[list[Any]]:
        """The boxes of each of the goods."""
        return [[self[f"{name}_{place}"] for name in BOXES] for place in range(1, self.rows + 1)]

    @property
    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in terms.WRITABLE}

    @property
    def goods(self) -> list[GoodsAsked]:
        data = self.cleaned_data
        return [
            GoodsAsked(**{name: data[f"{name}_{place}"] for name in GOODS})
            for place in range(1, self.rows + 1)
            if data.get(f"name_{place}")
        ]

    def _sent_rows(self) -> int:
        places = [key.removeprefix("name_") for key in self.data if key.startswith("name_")]
        return max((int(place) for place in places if place.isdecimal() and len(place) < 3), default=0)

    @staticmethod
    def initial_of(quotation: Quotation) -> dict[str, Any]:
        found: dict[str, Any] = {name: getattr(quotation, name) for name in terms.WRITABLE}
        found["areas"] = list(quotation.areas.all())
        for line in quotation.lines.all():
            found |= {f"{name}_{line.position}": getattr(line, name) for name in GOODS}
        return found


class ShopGoodsChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Product) -> str:
        told = f"{obj.name}, {rupiah(obj.price)} / {Unit(obj.unit).label}"
        return f"{told} ({words_of(obj.unit, obj.tiers)})" if obj.tiers else told


class SealedOfferForm(KeyedForm):
    """For each of the goods asked for, one of the shop's own (`product_<line>`) and its price (`price_<line>`)."""

    deliver_at = MomentFormField(label=_("Barang tiba paling lambat"))
    words = forms.CharField(
        label=_("Kata-kata Anda"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Dibaca dinas sesudah penawaran dibuka."),
    )  # fmt: skip
    checked = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, quotation: Quotation, seller: Seller, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.quotation, self.seller = quotation, seller
        self.lines: list[QuotationLine] = list(quotation.lines.all())
        self.initial.setdefault("deliver_at", quotation.deliver_at)
        if any(is_meal(goods) for goods in goods_for(seller, quotation)):
            self.fields["deliver_at"].help_text = gettext("Makanan tiba paling awal %(first)s.") % {
                "first": long_time(offering.earliest_meal(quotation))
            }
        boxes: dict[str, Any] = {}
        for line in self.lines:
            goods = goods_for(seller, quotation).filter(unit=line.unit)
            asked = Unit(line.unit).counted(line.quantity)
            boxes[f"product_{line.pk}"] = ShopGoodsChoice(
                label=gettext("Barang Anda untuk %(name)s") % {"name": line.name},
                queryset=goods,
                empty_label=_("Pilih barang toko Anda"),
                help_text=gettext("Diminta %(asked)s: %(specification)s")
                % {"asked": asked, "specification": line.specification},
            )
            boxes[f"price_{line.pk}"] = RupiahFormField(
                label=gettext("Harga %(name)s per %(unit)s") % {"name": line.name, "unit": Unit(line.unit).label},
                min_value=1,
                help_text=_("Paling tinggi harga di toko Anda."),
            )
        if seller.delivery_price:
            boxes["delivery_cost"] = RupiahFormField(
                label=_("Ongkos antar"),
                initial=seller.delivery_price,
                help_text=gettext("Paling tinggi %(most)s.") % {"most": rupiah(seller.delivery_price)},
            )
        self.fields = {**boxes, **self.fields}

    @property
    def boxes(self) -> list[Any]:
        return [self[name] for name in self.fields if name not in ("key", "checked")]

    def refuses(self) -> bool:
        """Whether the shop cannot offer this; then every reason stands at its box."""
        for problem in offering.problems(self.quotation, self.lines, self.seller, self.terms):
            self.refuse(problem)
        return not self.is_valid()

    @property
    def terms(self) -> OfferTerms:
        """Of a valid form. A box of minutes says nothing of seconds: an untouched moment is the one that was shown."""
        values = self.cleaned_data
        deliver_at, shown = values["deliver_at"], self.quotation.deliver_at
        if deliver_at == shown.replace(second=0, microsecond=0):
            deliver_at = shown
        goods = {line.pk: (values[f"product_{line.pk}"].pk, values[f"price_{line.pk}"]) for line in self.lines}
        return OfferTerms(goods, values.get("delivery_cost", 0), deliver_at, values["words"])


class CancelQuotationForm(KeyedForm):
    reason = forms.ChoiceField(
        label=_("Alasan pembatalan"),
        choices=[(reason, QuotationCancelReason(reason).label) for reason in BY_OFFICER],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Penjelasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("Dikirim ke semua penjual yang diundang dan tampil di halaman umum."),
    )  # fmt: skip


class ReturnQuotationForm(KeyedForm):
    note = forms.CharField(
        label=_("Yang perlu diperbaiki"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("Dibaca pemesan; penjual belum tahu apa-apa."),
    )  # fmt: skip


class BidderQuestionForm(KeyedForm):
    text = forms.CharField(
        label=_("Pertanyaan"), max_length=500, widget=forms.Textarea(attrs={"rows": 4, "maxlength": 500}),
        help_text=_("Semua membacanya tanpa tahu siapa penanyanya. Jangan tulis nama, nomor, atau harga Anda."),
    )  # fmt: skip


class QuestionAnswerForm(KeyedForm):
    text = forms.CharField(
        label=_("Jawaban dinas"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
        help_text=_("Dikirim ke semua penjual yang diundang dan tampil di halaman umum. Tidak dapat diubah lagi."),
    )  # fmt: skip


class ReopenForm(KeyedForm):
    note = forms.CharField(
        label=_("Penjelasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("Dikirim ke semua penawar dan tercatat di berita acara."),
    )  # fmt: skip


class PassOverForm(KeyedForm):
    offer = WholeFormField(min_value=1, max_value=MAX_PK, widget=forms.HiddenInput)
    reason = forms.ChoiceField(label=_("Alasan melewati"), choices=PASSABLE, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Penjelasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        help_text=_("Dibaca penjualnya dan tercatat di berita acara."),
    )  # fmt: skip
