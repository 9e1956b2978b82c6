"""Sending, inspecting, BAST."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import DomainError
from epeken.core.web.forms import (
    HouseForm,
    JudgedForm,
    KeyedForm,
    LineField,
    MomentFormField,
    PhotosFormField,
    QuantityFormField,
)
from orders.deliveries import counts, policies
from orders.deliveries.models import Delivery
from orders.orders.models import Order
from orders.orders.next_step import is_rest_expected
from orders.orders.states import DeliveryMethod, OrderState
from orders.photo_places.claims import PlaceFormField
from orders.schedules.changes import left_on
from orders.schedules.models import DueDay
from umkm.catalogue.states import Unit


class ShipForm(JudgedForm):
    """One quantity per line of which something is still to be sent: sent_<line pk>. Without those that may not be
    recorded as sent yet: `early`."""

    carrier = LineField(
        label=_("Dibawa oleh"),
        max_length=120,
        required=False,
        help_text=_("Misalnya kurir sendiri, atau nama pengemudi ojek daring."),
    )

    def __init__(self, *args: Any, order: Order, now: datetime, day: DueDay | None = None, **kwargs: Any) -> None:
        """`day`: the date of the order's schedule for which it is sent."""
        super().__init__(*args, **kwargs)
        self.order = order
        self.fields["carrier"].required = order.method == DeliveryMethod.SELLER
        waits = order.state == OrderState.ACCEPTED and is_rest_expected(order)
        left = {line: line.unsent_quantity if day is None else left_on(day, line) for line in order.lines.all()}
        expected = {line: most for line, most in left.items() if most > 0} if waits else {}
        self.deliver_at = order.deliver_at if day is None else day.deliver_at
        self.early = policies.early_lines(order, expected, self.deliver_at, now)
        self.most = {line: most for line, most in expected.items() if line not in self.early}
        self.lines = list(self.most)
        for line, most in self.most.items():
            self.fields[f"sent_{line.pk}"] = QuantityFormField(
                label=line.name,
                initial=most,
                min_value=0,
                suffix=Unit(line.unit).plural,
                error_messages={"required": _("Tulis berapa yang dikirim, 0 bila tidak ada.")},
            )

    def problems(self, data: Mapping[str, Any]) -> Iterator[DomainError]:
        for line, most in self.most.items():
            if (quantity := data.get(f"sent_{line.pk}")) is not None:
                yield from counts.sent_problems(line, quantity, most)

    def quantities(self) -> dict[int, Decimal]:
        sent = {line.pk: self.cleaned_data[f"sent_{line.pk}"] for line in self.lines}
        return sent | {line.pk: Decimal(0) for line in self.early}


class InspectForm(KeyedForm):
    """Per delivery line: arrived_<pk>, accepted_<pk>, remark_<pk>, filled in by who counts. With `conforms`
    in the data, all came as sent and the counts are not asked."""

    conforms = forms.BooleanField(
        label=_("Sudah saya hitung: semua yang dikirim tiba dan baik"),
        required=False,
        help_text=_("Dengan ini angka di bawah tidak perlu diisi."),
    )
    came_at = MomentFormField(
        label=_("Tiba pada"),
        required=False,
        help_text=_(
            "Tulis kapan barangnya datang, bila lebih awal daripada saat dicatat. Tepat waktu atau terlambat dihitung "
            "dari waktu ini."
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

    def __init__(self, *args: Any, delivery: Delivery, photos: int = 0, **kwargs: Any) -> None:
        """`photos`: how many it has at least."""
        super().__init__(*args, **kwargs)
        self.delivery = delivery
        self.photos_wanted = photos
        self.lines = list(delivery.lines.select_related("order_line"))
        self.all_conform = "conforms" in self.data
        self.fields["came_at"].initial = delivery.arrived_at
        for line in self.lines:
            unit, words = Unit(line.order_line.unit).plural, counts.words_of(line)
            for name, label in [("arrived", _("Tiba")), ("accepted", _("Diterima baik"))]:
                self.fields[f"{name}_{line.pk}"] = QuantityFormField(
                    label=label,
                    min_value=0,
                    required=not self.all_conform,
                    suffix=unit,
                    whole=bool(words.whole),
                    error_messages={"required": getattr(words, f"{name}_empty")},
                )
            self.fields[f"accepted_{line.pk}"].help_text = (
                _("Isi sendiri: dari angka ini dihitung yang Anda bayar. Tulis 0 bila tidak ada yang Anda terima.")
                if delivery.order.agency_id is None
                else _("Yang Anda hitung sendiri; angka ini masuk ke BAST dan tagihan.")
            )
            self.fields[f"remark_{line.pk}"] = LineField(
                label=_("Sebab selisih"),
                max_length=200,
                required=False,
                help_text=_("Wajib bila jumlahnya berbeda."),
            )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for line in self.lines:
            arrived, accepted = data.get(f"arrived_{line.pk}"), data.get(f"accepted_{line.pk}")
            if self.all_conform:
                self.tell(counts.conforming_problems(line, arrived, accepted))
                continue
            self.tell(counts.finding_problems(line, arrived, accepted, data.get(f"remark_{line.pk}", "")))
        if "photos" not in self.errors:
            self.tell(counts.photo_problems(len(data["photos"]), self.photos_wanted))
        return data

    def rows(self) -> list[dict[str, Any]]:
        """For the page: each line with its three fields."""
        return [
            {
                "line": line,
                "arrived": self[f"arrived_{line.pk}"],
                "accepted": self[f"accepted_{line.pk}"],
                "remark": self[f"remark_{line.pk}"],
            }
            for line in self.lines
        ]

    def moment(self) -> datetime | None:
        """None: as it was recorded. The picker knows minutes, so the minute of the record, or of the sending, is it."""
        given: datetime | None = self.cleaned_data["came_at"]
        recorded, sent = self.delivery.arrived_at, self.delivery.shipped_at
        if given is None or (recorded is not None and given == _minute(recorded)):
            return None
        return sent if given == _minute(sent) else given

    def findings(self) -> dict[int, tuple[Decimal, Decimal, str]]:
        if self.all_conform:
            return {line.pk: (line.sent, line.sent, "") for line in self.lines}
        data = self.cleaned_data
        return {
            line.pk: (data[f"arrived_{line.pk}"], data[f"accepted_{line.pk}"], data[f"remark_{line.pk}"])
            for line in self.lines
        }


def _minute(moment: datetime) -> datetime:
    return moment.replace(second=0, microsecond=0)


class MissingForm(HouseForm):
    note = forms.CharField(
        label=_("Apa yang terjadi?"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
    )


class ShipmentWithdrawForm(HouseForm):
    note = forms.CharField(
        label=_("Apa yang keliru?"),
        max_length=200,
        help_text=_("Pembeli membacanya."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
    )


class BastForm(HouseForm):
    office_number = LineField(
        label=_("Nomor surat dinas"),
        max_length=60,
        required=False,
        help_text=_(
            "Kosongkan supaya nomor berikutnya diberikan sendiri, atau tulis nomor agenda kantor Anda, misalnya "
            "000.3/218/2026."
        ),
    )
