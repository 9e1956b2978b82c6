"""The forms of the page that works without network, and what a phone sends of them."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.web.forms import HouseForm, LineField, MomentFormField, PhotosFormField, QuantityFormField
from orders.deliveries import counts
from orders.deliveries.forms import MissingForm
from orders.deliveries.models import Delivery
from orders.drafts.states import DraftAct
from orders.photo_places.claims import PlaceFormField
from umkm.catalogue.states import Unit


class OfflineMissingForm(MissingForm):
    def __init__(self, delivery: Delivery) -> None:
        super().__init__(auto_id=f"miss-{delivery.pk}-%s")


class OfflineInspectForm(HouseForm):
    """The boxes of `InspectForm` without their figures: who writes without network counts. The page judges it with
    the words of the service (`static/js/counted.js`), which judges it again when it comes."""

    conforms = forms.BooleanField(label=_("Semua yang dikirim tiba dan baik"), required=False)
    came_at = MomentFormField(
        label=_("Tiba pada"),
        required=False,
        help_text=_(
            "Jam barangnya tiba. Kosong berarti saat catatan tibanya sampai di e-Peken, yang tanpa jaringan dapat "
            "berjam-jam sesudahnya. Tepat waktu atau terlambat dihitung dari waktu ini."
        ),
    )
    photos = PhotosFormField(label=_("Foto"), required=False)
    place = PlaceFormField()
    remark = forms.CharField(
        label=_("Catatan pemeriksaan"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
    )

    def __init__(self, delivery: Delivery, photos: int) -> None:
        super().__init__(auto_id=f"inspect-{delivery.pk}-%s")
        self.photos_wanted = photos
        # In the zone of the city, whose hours are written: from when to when the goods can have come.
        self.came_from = delivery.shipped_at.astimezone(clock.ZONE).isoformat()
        self.came_until = delivery.arrived_at.astimezone(clock.ZONE).isoformat() if delivery.arrived_at else ""
        self.came_outside = _("Isi waktu sesudah barang dikirim %(sent)s, dan tidak sesudah tibanya dicatat.") % {
            "sent": long_time(delivery.shipped_at)
        }
        self.lines = list(delivery.lines.all())
        for line in self.lines:
            unit = Unit(line.order_line.unit).plural
            for name, label in [("arrived", _("Tiba")), ("accepted", _("Diterima baik"))]:
                self.fields[f"{name}_{line.pk}"] = QuantityFormField(
                    label=label, min_value=0, required=False, suffix=unit, whole=bool(counts.words_of(line).whole)
                )
            self.fields[f"remark_{line.pk}"] = LineField(label=_("Sebab selisih"), max_length=200, required=False)

    def rows(self) -> list[dict[str, Any]]:
        names = ("arrived", "accepted", "remark")
        return [
            {"line": line, "words": counts.words_of(line)} | {name: self[f"{name}_{line.pk}"] for name in names}
            for line in self.lines
        ]

    def photos_lacking(self) -> str:
        """A line for each number of photos that may lack, the smallest first."""
        return "\n".join(counts.photo_words(count) for count in range(1, self.photos_wanted + 1))


class DraftForm(HouseForm):
    """What says which draft it is."""

    key = forms.RegexField(regex=r"^[0-9a-f]{32}$")
    person = LineField(max_length=32)
    act = forms.ChoiceField(choices=DraftAct)
    delivery = LineField(max_length=20)
    claimed_at = LineField(max_length=40)

    def clean_claimed_at(self) -> datetime:
        """As `2026-11-29T08:12:00.000Z`."""
        try:
            moment = datetime.fromisoformat(self.cleaned_data["claimed_at"])
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not 2000 <= moment.year <= 2100:
            raise forms.ValidationError(_("Jam ponsel tidak terbaca. Betulkan tanggal dan jam ponsel lalu kirim lagi."))
        return moment
