"""The pattern page: every component with realistic content. Shown in development and in the demo city only."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from epeken.core.web.forms import DayFormField, LineField, QuantityFormField, RupiahFormField
from epeken.site.styleguide import samples


class SampleForm(forms.Form):
    """One field of each kind a page may show."""

    shop = LineField(label="Nama toko", help_text="Seperti tertulis di spanduk Anda.", initial="Dapur Bu Lirih")
    nib = LineField(label="NIB", help_text="13 angka. Boleh dikosongkan dulu.", required=False, min_length=13)
    price = RupiahFormField(label="Harga", initial=27_500)
    weight = QuantityFormField(label="Berat", initial=Decimal("0.5"), suffix="kg", required=False)
    kelurahan = forms.ChoiceField(
        label="Kelurahan", choices=[("", "Pilih kelurahan"), ("1", "Kalirungkut"), ("2", "Medokan Ayu")]
    )
    secret = forms.CharField(label="Kata sandi", widget=forms.PasswordInput, required=False)
    about = forms.CharField(label="Cerita toko", widget=forms.Textarea, max_length=300, required=False)
    since = DayFormField(label="Buka sejak", required=False)
    kitchen = forms.ChoiceField(
        label="Memasak di rumah sendiri?",
        choices=[("ya", "Ya, di rumah"), ("tidak", "Tidak, di tempat lain")],
        widget=forms.RadioSelect,
        initial="ya",
    )
    days = forms.MultipleChoiceField(
        label="Hari buka",
        choices=[("1", "Senin"), ("2", "Selasa"), ("3", "Rabu"), ("4", "Kamis"), ("5", "Jumat"), ("6", "Sabtu")],
        widget=forms.CheckboxSelectMultiple,
        initial=["1", "2", "3"],
        required=False,
    )
    paper = forms.FileField(label="Sertifikat halal", help_text="Foto atau PDF, paling besar 8 MB.", required=False)
    agree = forms.BooleanField(label="Saya setuju data ini diperiksa petugas kota.", initial=True)


class SamplePictureForm(forms.Form):
    """A picture already kept, one still asked for, one refused."""

    kept = forms.FileField(required=False)
    asked = forms.FileField(required=False)
    refused = forms.FileField(error_messages={"required": "Berkas ini 11 MB. Paling besar 8 MB."})


class GuardForm(forms.Form):
    way = forms.ChoiceField(
        label="Apa yang ingin Anda lakukan?",
        choices=[
            ("gabung", "Gabungkan menjadi satu paket"),
            ("alasan", "Beri alasan bahwa acaranya berbeda"),
            ("ppk", "Serahkan keputusan ke PPK"),
        ],
        widget=forms.RadioSelect,
        initial="alasan",
    )
    reason = forms.CharField(label="Alasan", widget=forms.Textarea, max_length=300, required=False)


class SampleFilterForm(forms.Form):
    near = forms.MultipleChoiceField(
        label="Kelurahan",
        choices=[("1", "Kalirungkut"), ("2", "Medokan Ayu"), ("3", "Penjaringansari")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    top = LineField(label="Paling mahal", required=False, initial="30.000")


def show(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or settings.SHOW_STYLEGUIDE):
        raise Http404
    wrong = SampleForm({"shop": "", "nib": "912030045", "price": "27.500", "kelurahan": "1", "kitchen": "ya"})
    context = {
        "form": SampleForm(auto_id="id_%s"),
        "wrong": wrong,
        "pictures": SamplePictureForm({}, prefix="foto"),
        "guard": GuardForm(prefix="jaga"),
        "filter": SampleFilterForm(prefix="saring"),
        **samples.goods(),
        **samples.places(),
        **samples.desk(),
        **samples.papers(),
    }
    return render(request, "site/styleguide/styleguide.html", context)
