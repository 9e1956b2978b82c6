"""Shape and text of a proposed change, and of its answer. Whether it can be is asked in `terms`."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from epeken.core.web.forms import HouseForm, LineField, MomentFormField, QuantityFormField
from epeken.core.web.wards import WardField
from orders.addenda.dates import DayWish
from orders.addenda.terms import OrderTerms
from orders.orders.models import OrderLine
from orders.orders.states import DeliveryMethod
from umkm.catalogue.states import Unit


class LateReasonField(forms.CharField):
    """Asked once the department is told that the bill would fall due after the budget year."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Alasan dibayar lewat akhir tahun anggaran"),
            max_length=300,
            required=False,
            help_text=_("Tercatat di pesanan ini dan dibaca inspektorat."),
            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        )


class ReasonField(forms.CharField):
    def __init__(self) -> None:
        super().__init__(
            label=_("Alasan"),
            max_length=300,
            help_text=_("Dibaca pihak lain dan tercatat di adendum."),
            widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
        )


class ProposalForm(HouseForm):
    """One amount for each of the goods (`quantity_<line>`), the moment, the place where it is delivered, the reason."""

    deliver_at = MomentFormField(label=_("Barang tiba paling lambat"))
    place = LineField(label=_("Alamat antar"), max_length=200)
    kelurahan = WardField(label=_("Kelurahan"))
    reason = ReasonField()
    late_reason = LateReasonField()

    def __init__(
        self, *args: Any, lines: Sequence[OrderLine], method: str, standing: OrderTerms, **kwargs: Any
    ) -> None:
        """`standing`: the order as it is, which stands in the boxes at first."""
        super().__init__(*args, **kwargs)
        self.standing, self.lines = standing, lines
        shown = {"deliver_at": standing.deliver_at, "place": standing.place, "kelurahan": standing.kelurahan}
        self.initial = {**self.initial, **shown}
        if method != DeliveryMethod.SELLER:
            del self.fields["place"], self.fields["kelurahan"]
        boxes: dict[str, Any] = {}
        for line in lines:
            sent = gettext("%(sent)s sudah dikirim.") % {"sent": Unit(line.unit).counted(line.sent_quantity)}
            boxes[f"quantity_{line.pk}"] = QuantityFormField(
                label=line.name,
                initial=line.quantity,
                suffix=Unit(line.unit).label,
                help_text=sent if line.sent_quantity else "",
            )
        self.fields = {**boxes, **self.fields}

    @property
    def goods(self) -> list[Any]:
        return [self[f"quantity_{line.pk}"] for line in self.lines]

    @property
    def wish(self) -> OrderTerms:
        """Of a valid form. A box of minutes says nothing of seconds: an untouched moment is the one that was shown."""
        values, shown = self.cleaned_data, self.standing.deliver_at
        deliver_at = values["deliver_at"]
        return OrderTerms(
            {line.pk: values[f"quantity_{line.pk}"] for line in self.lines},
            shown if deliver_at == shown.replace(second=0, microsecond=0) else deliver_at,
            values.get("place", self.standing.place),
            values.get("kelurahan", self.standing.kelurahan),
        )


class DateField(forms.TypedChoiceField):
    """A date by its number. Whether it can still be changed is the service's to say, with the way out."""

    def valid_value(self, value: str) -> bool:
        return value.isdecimal() and len(value) < 4


class DateChangeForm(HouseForm):
    """One date of a schedule, and what becomes of it."""

    day = DateField(label=_("Tanggal yang diubah"), coerce=int, widget=forms.RadioSelect)
    what = forms.ChoiceField(
        label=_("Perubahannya"),
        choices=[
            ("move", _("Pindah ke waktu lain, sebanyak itu juga")),
            ("drop", _("Hapus tanggal ini: tidak ada yang dikirim dan dibayar untuknya")),
        ],
        widget=forms.RadioSelect,
    )
    moved_to = MomentFormField(
        label=_("Tiba paling lambat"), required=False, help_text=_("Hanya bila dipindah.")
    )  # fmt: skip
    reason = ReasonField()
    late_reason = LateReasonField()

    def __init__(self, *args: Any, dates: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        """`dates`: number and words of those that can be changed."""
        super().__init__(*args, **kwargs)
        self.fields["day"].choices = dates  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("what") == "move" and not values.get("moved_to") and "moved_to" not in self.errors:
            self.add_error("moved_to", gettext("Isi waktu tiba yang baru."))
        return values

    @property
    def wish(self) -> DayWish:
        """Of a valid form."""
        values = self.cleaned_data
        return DayWish(values["day"], values["moved_to"] if values["what"] == "move" else None)


class AddendumAnswerForm(HouseForm):
    answer = forms.ChoiceField(
        label=_("Jawaban Anda"),
        choices=[
            ("agree", _("Setuju, ubah surat pesanan")),
            ("refuse", _("Tidak setuju, pesanan tetap seperti semula")),
        ],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Mengapa tidak setuju"),
        max_length=300,
        required=False,
        help_text=_("Hanya bila Anda menolak. Pihak lain membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 300}),
    )
    late_reason = LateReasonField()
