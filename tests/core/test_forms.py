from decimal import Decimal

import pytest
from django import forms

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.quantity import fits_step
from epeken.core.web.forms import HouseForm, KeyedForm, QuantityFormField, RupiahFormField


class PriceForm(HouseForm):
    price = RupiahFormField()
    quantity = QuantityFormField(required=False)


MONEY = [
    ("27500", 27_500), ("27.500", 27_500), ("Rp 27.500", 27_500), ("rp1.250.000", 1_250_000), (" 0 ", 0),
    ("50.000,-", 50_000), ("Rp 50.000,00", 50_000), ("50rb", 50_000), ("1,5 juta", 1_500_000), ("Rp.2jt", 2_000_000),
]  # fmt: skip


@pytest.mark.parametrize(("text", "amount"), MONEY)
def test_money_as_people_write_it(text: str, amount: int) -> None:
    form = PriceForm({"price": text})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["price"] == amount


@pytest.mark.parametrize(
    "text",
    [
        "27.5",
        "27,500",
        "1e6",
        "27.50",
        "-5",
        "١٢٣",
        "27 500",
        "0x10",
        "9" * 16,
        "9" * 40,
        "Rp",
        "1.2345",
        "NaN",
        "1_000",
    ],
)
def test_money_that_is_not_whole_rupiah_is_refused(text: str) -> None:
    assert "price" in PriceForm({"price": text}).errors


def test_refuse_points_at_the_field_or_at_the_form() -> None:
    form = PriceForm({"price": "1"})
    assert form.is_valid()
    form.refuse(RuleBroken("Terlalu murah.", field="price"))
    form.refuse(RuleBroken("Sudah tutup.", field="nowhere"))
    assert form.errors == {"price": ["Terlalu murah."], "__all__": ["Sudah tutup."]}


def test_a_keyed_form_brings_a_fresh_key_each_time() -> None:
    first, second = KeyedForm(), KeyedForm()
    assert first.initial["key"] != second.initial["key"]
    assert KeyedForm({"key": first.initial["key"]}).is_valid()


@pytest.mark.parametrize("key", ["", "x", "A" * 32, "0" * 31, "0" * 33])
def test_a_broken_key_is_refused(key: str) -> None:
    assert "key" in KeyedForm({"key": key}).errors


def test_errors_carry_code_and_status() -> None:
    assert (RuleBroken("x").status, InvalidMove().status, NotAllowed("x").status) == (422, 409, 403)
    assert RuleBroken("x", code="own").code == "own"
    assert InvalidMove().code == "invalid_move"
    assert InvalidMove().message
    require(True, "x")
    with pytest.raises(RuleBroken) as refusal:
        require(0, "Tidak bisa.", field="a", code="b")
    assert (refusal.value.field, refusal.value.code) == ("a", "b")


@pytest.mark.parametrize(
    ("quantity", "step", "fits"),
    [("2", "1", True), ("2.5", "1", False), ("0.25", "0.001", True), ("0", "1", False), ("-1", "1", False)],
)
def test_steps(quantity: str, step: str, fits: bool) -> None:
    assert fits_step(Decimal(quantity), Decimal(step)) is fits


def test_the_model_field_uses_our_form_field() -> None:
    from epeken.core.money import RupiahField

    assert isinstance(RupiahField().formfield(), RupiahFormField)
    assert isinstance(RupiahFormField().widget, forms.TextInput)


def test_an_empty_field_and_a_wrong_address_say_what_is_asked() -> None:
    class AskedForm(HouseForm):
        name = forms.CharField(label="Nama barang")
        kind = forms.ChoiceField(label="Kategori", choices=[("a", "A")])
        nik = forms.CharField(label="NIK pemilik")
        late = forms.ChoiceField(label="Apakah terlambat?", choices=[("a", "A")])
        agreed = forms.BooleanField(label="Saya setuju")
        photo = forms.FileField(label="Foto toko")
        own = forms.CharField(label="Isi", error_messages={"required": "Yang ini."})
        email = forms.EmailField(label="Surel")
        short = forms.CharField(label="Judul", max_length=5)
        long = forms.CharField(label="Alasan", min_length=5)
        one = forms.ChoiceField(label="Satu", choices=[("a", "A")])
        some = forms.MultipleChoiceField(label="Beberapa", choices=[("a", "A")])

    form = AskedForm({"email": "bukan surel", "short": "enam ku", "long": "ya", "one": "z", "some": ["z"]})
    assert {name: list(errors) for name, errors in form.errors.items()} == {
        "name": ["Isi nama barang."],
        "kind": ["Pilih kategori."],
        "nik": ["Isi NIK pemilik."],
        "late": ["Jawab pertanyaan ini."],
        "agreed": ["Centang pernyataan ini."],
        "photo": ["Pilih foto toko."],
        "own": ["Yang ini."],
        "email": ["Tulis alamat surel yang lengkap, misalnya nama@contoh.id."],
        "short": ["Paling banyak 5 huruf; sekarang 7."],
        "long": ["Paling sedikit 5 huruf; sekarang 2."],
        "one": ["Pilihan ini tidak ada. Pilih dari daftar."],
        "some": ["Pilihan ini tidak ada. Pilih dari daftar."],
    }
