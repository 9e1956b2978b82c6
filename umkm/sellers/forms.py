"""Shape and text of the registration, one form per page, and of the shop's own page."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.errors import RuleBroken
from epeken.core.web.editing import EditForm
from epeken.core.web.forms import (
    CoordinateFormField,
    DayFormField,
    HouseForm,
    LineField,
    PhoneFormField,
    RupiahFormField,
)
from epeken.core.web.wards import WardField
from umkm.assisted.typed import OWN_WORD
from umkm.consents.models import ProcessingPurpose
from umkm.consents.states import LOW_INCOME
from umkm.sellers import identifiers, steps
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.pins import check_pin, check_ward
from umkm.sellers.states import SellerForm, SellerKind, Weekday
from umkm.verification.states import SellerDocumentKind

# Documents with a number and a last day; the others are photos of a place or a person's card.
NUMBERED = {SellerDocumentKind.NIB, SellerDocumentKind.NPWP, SellerDocumentKind.PIRT, SellerDocumentKind.HALAL}


PHOTOS = {
    SellerDocumentKind.KTP,
    SellerDocumentKind.SHOP_FRONT,
    SellerDocumentKind.PRODUCTION,
    SellerDocumentKind.STALL,
}


class IdentifierField(LineField):
    """A number read by one of the `identifiers`; empty stays empty."""

    def __init__(self, *, read: Callable[[str], str], **kwargs: Any) -> None:
        self.read = read
        super().__init__(**kwargs)

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        try:
            return self.read(text)
        except RuleBroken as problem:
            raise forms.ValidationError(problem.message, code=problem.code) from None


class StepForm(EditForm):
    """One page of the registration. `partial` takes what is there and asks for nothing (leaving, quiet saving);
    `assisted`: an officer types it, and is not asked what only the resident can say."""

    def __init__(
        self, *args: Any, seller: Seller, day: date, partial: bool = False, assisted: bool = False, **kwargs: Any
    ) -> None:
        self.seller = seller
        self.day = day
        kwargs.setdefault("initial", {}).update(self.start())
        names = [name for name in self.base_fields if hasattr(seller, name)]
        self.partial = partial
        super().__init__(*args, current={name: getattr(seller, name) for name in names}, **kwargs)
        self.adapt()
        for name in OWN_WORD.intersection(self.fields) if assisted else ():
            del self.fields[name]
        for field in self.fields.values() if partial else ():
            field.required = False

    def start(self) -> dict[str, Any]:
        names = [name for name in self.base_fields if hasattr(self.seller, name) and name not in steps.SECRETS]
        return {name: getattr(self.seller, name) for name in names}

    def adapt(self) -> None:
        """What depends on the seller: a secret that is kept already need not be typed again."""
        for name in steps.SECRETS:
            if name in self.fields and getattr(self.seller, name):
                self.fields[name].required = False

    def values(self) -> dict[str, Any]:
        """What `save_seller` takes."""
        return self.typed()


def _withdrawal_words() -> str:
    """Only what the person finds: a registration that is discarded, a market that is left, and the page of purposes."""
    words = _(
        "Anda dapat berhenti kapan saja (UU 27/2022 tentang Pelindungan Data Pribadi): sebelum dikirim lewat “Buang "
        "pendaftaran ini”, sesudah toko buka lewat “Keluar dari pasar”. Untuk apa dan berapa lama data ini disimpan:"
    )
    return format_html('{} <a href="{}">{}</a>', words, reverse("consent-list"), _("Persetujuan saya"))


class OwnerForm(StepForm):
    owner_name = LineField(
        label=_("Nama lengkap sesuai KTP"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    nik = LineField(
        label=_("NIK"),
        max_length=24,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("16 angka di KTP. Hanya verifikator kota yang dapat melihatnya, dan setiap kali dicatat."),
    )
    phone = PhoneFormField(
        help_text=_("Dipakai petugas dan pembeli untuk menghubungi Anda. Contoh: 0812 3456 7890."),
    )
    email = forms.EmailField(label=_("Surel"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    low_income = forms.BooleanField(
        label=_("Keluarga saya tercatat berpenghasilan rendah (MBR)"),
        required=False,
        help_text=_(
            "Boleh kosong. Untuk menghitung warga yang terbantu; tidak memengaruhi keputusan. Dapat ditarik "
            "kapan saja di halaman akun, “Persetujuan saya”."
        ),
    )
    consented = forms.BooleanField(
        label=_("Saya setuju data ini dipakai untuk memeriksa dan menjalankan toko saya"),
        help_text=lazy(_withdrawal_words, str)(),
        error_messages={"required": _("Tanpa persetujuan ini kami tidak boleh memproses pendaftaran Anda.")},
    )

    def adapt(self) -> None:
        """A purpose nobody is asked about any more is not asked about."""
        super().adapt()
        if not ProcessingPurpose.objects.asked(LOW_INCOME, self.day).exists():
            del self.fields[LOW_INCOME]

    def start(self) -> dict[str, Any]:
        return {**super().start(), "consented": self.seller.consented_at is not None}

    def clean_nik(self) -> str:
        text: str = self.cleaned_data["nik"]
        if not text:
            return ""
        try:
            return identifiers.read_nik(text, self.day).number
        except RuleBroken as problem:
            raise forms.ValidationError(problem.message, code=problem.code) from None


class ShopForm(StepForm):
    name = LineField(
        label=_("Nama toko"),
        max_length=80,
        help_text=_("Nama yang dikenal pelanggan Anda."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    about = forms.CharField(
        label=_("Cerita toko"),
        required=False,
        max_length=600,
        help_text=_("Apa yang Anda buat atau jual, sejak kapan, apa yang disukai pelanggan."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    food_court = forms.ModelChoiceField(
        label=_("Sentra Wisata Kuliner"),
        queryset=FoodCourt.objects.select_related("kecamatan"),
        empty_label=_("Pilih SWK"),
    )
    stall_number = LineField(
        label=_("Nomor stan"), max_length=10, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    address = LineField(
        label=_("Alamat usaha"),
        max_length=200,
        help_text=_("Jalan, nomor, RT/RW. Tempat barang dibuat atau dijual."),
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    kelurahan = WardField(label=_("Kelurahan"))
    latitude = CoordinateFormField(label=_("Garis lintang"), required=False, min_value=-90, max_value=90)
    longitude = CoordinateFormField(label=_("Garis bujur"), required=False, min_value=-180, max_value=180)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        names = ("latitude", "longitude")
        if set(names) <= set(data):
            try:
                check_pin(*(data[name] for name in names))
            except RuleBroken as problem:
                self.refuse(problem)
        if not set(names) <= set(data):  # one of them is refused: neither is kept
            for name in names:
                data.pop(name, None)
        try:
            check_ward(data.get("food_court"), data.get("kelurahan"))
        except RuleBroken as problem:
            data.pop("food_court")  # which of the two is wrong is not known: neither is kept
            self.refuse(problem)
        return data

    def adapt(self) -> None:
        super().adapt()
        if self.seller.kind == SellerKind.SWK:
            for name in ("address", "latitude", "longitude"):
                del self.fields[name]
            self.fields["kelurahan"].label = _("Kelurahan tempat SWK")
        else:
            for name in ("food_court", "stall_number"):
                del self.fields[name]
        if self.seller.kind == SellerKind.KELONTONG:
            self.fields["address"].help_text = _("Jalan, nomor, RT/RW. Tempat toko berada.")
            self.fields["about"].help_text = _("Apa yang dijual, sejak kapan, apa yang disukai pelanggan.")


class DaysField(forms.MultipleChoiceField):
    """Days as the digits the shop keeps: `12345`."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=Weekday, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return list(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> Any:
        return "".join(sorted(super().clean(value)))


def hour_field(**over: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(widget=widget, input_formats=["%H:%M", "%H:%M:%S", "%H.%M"], **over)


class ServiceForm(StepForm):
    open_days = DaysField(label=_("Hari buka"))
    opens_at = hour_field(label=pgettext_lazy("pukul", "Jam buka"))
    closes_at = hour_field(label=_("Jam tutup"))
    offers_pickup = forms.BooleanField(label=_("Bisa diambil di tempat saya"), required=False)
    offers_delivery = forms.BooleanField(label=_("Bisa saya antar"), required=False)
    delivery_fee = RupiahFormField(
        label=_("Ongkos antar"), required=False, max_value=1_000_000, help_text=_("Tulis 0 bila gratis.")
    )

    def start(self) -> dict[str, Any]:
        """Bringing the goods for nothing is written down, not kept by silence."""
        fee = {} if self.seller.offers_delivery else {"delivery_fee": None}
        return {**super().start(), **fee}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("delivery_fee") is None and "delivery_fee" not in self.errors:
            if not data.get("offers_delivery"):
                data["delivery_fee"] = 0
            elif self.partial:
                del data["offers_delivery"]  # without its price it is not kept yet
            else:
                self.add_error("delivery_fee", _("Tulis ongkos antarnya, atau 0 bila gratis."))
        if not (data.get("offers_pickup") or data.get("offers_delivery")):
            self.add_error("offers_pickup", _("Pilih paling sedikit satu cara barang sampai ke pembeli."))
        if data.get("opens_at") and data.get("opens_at") == data.get("closes_at"):
            self.add_error("closes_at", _("Jam buka dan jam tutup tidak boleh sama."))
        return data

    def values(self) -> dict[str, Any]:
        # Left empty while leaving: what was kept stays.
        return {name: value for name, value in self.typed().items() if value is not None}


class BusinessForm(StepForm):
    form = forms.ChoiceField(label=_("Bentuk usaha"), choices=SellerForm, widget=forms.RadioSelect)
    nib = IdentifierField(
        read=identifiers.read_nib,
        label=_("Nomor NIB"),
        required=False,
        max_length=20,
        help_text=_("13 angka. Perorangan boleh menyusul."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    npwp = IdentifierField(
        read=identifiers.read_npwp,
        label=_("Nomor NPWP"),
        required=False,
        max_length=24,
        help_text=_("15 atau 16 angka. Tanpa NPWP, potongan pajak pesanan dinas dua kali lipat."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    is_pkp = forms.BooleanField(label=_("Saya Pengusaha Kena Pajak (PKP)"), required=False)
    has_low_turnover_statement = forms.BooleanField(
        label=_("Saya punya surat pernyataan omzet di bawah Rp500 juta setahun"),
        required=False,
        help_text=_("Perorangan dengan surat ini tidak dipotong PPh 22, juga PPh 23 jasa boga (PP 55/2022)."),
    )
    has_final_tax_certificate = forms.BooleanField(
        label=_("Saya punya surat keterangan PP 55 (pajak final 0,5%)"),
        required=False,
        help_text=_(
            "Sesudah toko disetujui, unggah suratnya di halaman Surat pajak. Tarifnya baru dipakai sesudahnya."
        ),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("form") == SellerForm.BODY and data.get("has_low_turnover_statement"):
            self.add_error("has_low_turnover_statement", _("Surat ini hanya untuk perorangan. Kosongkan pilihan ini."))
        if data.get("form") == SellerForm.BODY and not self.partial:
            for name, wrong in (("nib", _("Badan usaha perlu NIB.")), ("npwp", _("Badan usaha perlu NPWP."))):
                if name not in self.errors and not (data.get(name) or (name == "npwp" and self.seller.npwp)):
                    self.add_error(name, wrong)
        if data.get("is_pkp") and not (data.get("npwp") or self.seller.npwp) and "npwp" not in self.errors:
            self.add_error("npwp", _("PKP pasti punya NPWP. Tulis NPWP Anda."))
        return data

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.typed().items() if not (name == "form" and not value)}


class BankForm(StepForm):
    bank_name = LineField(label=_("Nama bank"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    bank_account = IdentifierField(
        read=identifiers.read_bank_account,
        label=_("Nomor rekening"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bank_holder = LineField(
        label=_("Nama pemilik rekening"),
        max_length=120,
        help_text=_("Persis seperti di buku tabungan. Sebaiknya atas nama Anda sendiri."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DocumentForm(HouseForm):
    """One document or photo; number and last day only for those that carry them."""

    file = forms.FileField(
        label=pgettext_lazy("satu", "Berkas"),
        error_messages={"required": _("Ambil foto atau pilih berkasnya dahulu."), "empty": _("Berkas ini kosong.")},
    )
    number = LineField(
        label=_("Nomor dokumen"), required=False, max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    expires_on = DayFormField(label=_("Berlaku sampai"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind not in NUMBERED:
            del self.fields["number"], self.fields["expires_on"]


class ShopProfileForm(ServiceForm):
    """The shop's own page after approval."""

    about = forms.CharField(
        label=_("Cerita toko"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 4})
    )
    closed_until = DayFormField(
        label=_("Libur sampai"),
        required=False,
        help_text=_("Selama libur, toko tetap terlihat dengan keterangan kapan buka lagi."),
    )
    order_until = hour_field(
        label=_("Jam batas pesan"),
        required=False,
        help_text=_("Pesanan mulai jam ini dihitung untuk hari berikutnya. Kosong: diterima sampai akhir hari."),
    )

    def values(self) -> dict[str, Any]:
        return self.typed()


class PictureForm(HouseForm):
    picture = forms.FileField(label=_("Foto toko"), error_messages={"required": _("Pilih fotonya dahulu.")})


FORMS: dict[str, type[StepForm]] = {
    steps.OWNER.slug: OwnerForm,
    steps.SHOP.slug: ShopForm,
    steps.SERVICE.slug: ServiceForm,
    steps.BUSINESS.slug: BusinessForm,
    steps.BANK.slug: BankForm,
}
