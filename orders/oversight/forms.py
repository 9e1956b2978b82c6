"""Filters of the inspectorate's lists."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.web.forms import DayFormField, FilterForm, LineField, RupiahFormField, WholeFormField
from orders.orders.forms import OrderFilter
from orders.oversight.flags import Flag
from procurement.agencies.models import Agency

ANY = "ada"  # with any flag


def agency_choices() -> list[tuple[str, str]]:
    return [("", _("Semua dinas")), *((str(pk), name) for pk, name in _agencies())]


def _agencies() -> Any:
    return Agency.objects.order_by("short_name").values_list("pk", "short_name")


class GroupField(WholeFormField):
    """`27`, or `#27` as the list names it."""

    def to_python(self, value: Any) -> int | None:
        return super().to_python(value.strip().removeprefix("#") if isinstance(value, str) else value)


class PurchaseFilter(OrderFilter):
    """As of a department's orders; department, owner group, value and flag besides."""

    dinas = forms.ChoiceField(label=_("Dinas"), required=False)
    tanda = forms.ChoiceField(
        label=_("Tanda"),
        required=False,
        choices=[("", _("Dengan atau tanpa tanda")), (ANY, _("Ada tandanya")), *Flag.choices],
    )
    pemilik = GroupField(label=_("Nomor kelompok pemilik"), min_value=1, max_value=2**31 - 1, required=False)
    paling_sedikit = RupiahFormField(label=_("Nilai paling sedikit"), required=False)
    paling_banyak = RupiahFormField(label=_("Nilai paling banyak"), required=False)
    field_order = ("q", "dinas", "tanda", "tahap", "pemilik", "paling_sedikit", "paling_banyak", "sejak", "sampai")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dinas"].choices = agency_choices()  # type: ignore[attr-defined]


class RemovedFilter(FilterForm):
    q = LineField(label=_("Cari nomor, sebab, atau nama"), max_length=80, required=False)
    dinas = forms.ChoiceField(label=_("Dinas"), required=False)
    sejak = DayFormField(label=_("Dikeluarkan sejak"), required=False)
    sampai = DayFormField(label=_("Sampai"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dinas"].choices = agency_choices()  # type: ignore[attr-defined]


class LookFilter(FilterForm):
    q = LineField(label=_("Cari nama petugas atau toko"), max_length=80, required=False)
    jenis = forms.ChoiceField(label=pgettext_lazy("dibuka", "Data"), required=False)
    sejak = DayFormField(label=_("Dibuka sejak"), required=False)
    sampai = DayFormField(label=_("Sampai"), required=False)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jenis"].choices = [("", _("Semua data")), *kinds]  # type: ignore[attr-defined]
