"""Opening, answering and settling a dispute; what it comes to, with figures."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.words import rupiah
from epeken.core.web.forms import HouseForm, MomentFormField, PhotosFormField, QuantityFormField, RupiahFormField
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import terms
from orders.disputes.states import DisputeOutcome, wish_label
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order, OrderLine, counted_goods
from orders.remedies import rooms
from umkm.catalogue.states import Unit

OF_GOODS = (DisputeOutcome.REPLACEMENT, DisputeOutcome.ACCEPTANCE, DisputeOutcome.REFUSAL)
WHOLE = "all"  # instead of a line: all that is kept of a delivery
# Which fields belong to which outcome: the page shows them with it (`asked.css`).
ASKED = {
    "delivery": "any",
    "amount": "money",
    "line": "goods",
    "quantity": "goods",
    "of_billed": "goods",
    "until": "goods",
}


class ComplaintForm(HouseForm):
    complaint = forms.CharField(
        label=_("Apa yang tidak sesuai?"),
        max_length=1000,
        help_text=_("Tulis barangnya, jumlahnya, dan apa yang terjadi. Pihak lain membacanya."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000}),
    )
    photos = PhotosFormField(label=_("Foto"), required=False)


class AskingComplaintForm(ComplaintForm):
    """A buyer also says what they ask for, of what the order still allows."""

    wish = forms.ChoiceField(label=_("Apa yang Anda minta?"), widget=forms.RadioSelect)
    field_order = ("complaint", "wish", "photos")

    def __init__(self, *args: Any, outcomes: Sequence[DisputeOutcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wish"]
        assert isinstance(field, forms.ChoiceField)
        # What is asked for stands before asking for nothing.
        field.choices = [(one.value, wish_label(one)) for one in [*outcomes[1:], *outcomes[:1]]]
        if len(outcomes) == 1:
            del self.fields["wish"]


class OutcomeFields(HouseForm):
    """What a dispute comes to: one outcome and the figures it needs. `given` is what was chosen."""

    outcome = forms.ChoiceField(label=_("Hasilnya"), required=False, widget=forms.RadioSelect)
    delivery = forms.ChoiceField(label=_("Untuk kiriman"), required=False)
    amount = RupiahFormField(label=_("Jumlah uangnya"), required=False)
    line = forms.ChoiceField(label=_("Barang yang diganti"), required=False)
    quantity = QuantityFormField(label=_("Banyaknya yang diganti"), required=False)
    # Asked where others of the same goods were refused and are on no bill.
    of_billed = forms.BooleanField(
        label=_("Yang diganti barang yang sudah diterima dan ditagih, bukan yang ditolak"), required=False
    )
    until = MomentFormField(label=_("Diganti paling lambat"), required=False)

    def __init__(
        self,
        *args: Any,
        order: Order,
        outcomes: Sequence[DisputeOutcome],
        deliveries: Sequence[Delivery],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.order = order
        self._deliveries = {str(one.pk): one for one in reversed(deliveries)}
        self._lines = {str(one.pk): one for one in order.lines.select_related("product")}
        self._choose("outcome", [(one.value, one.label) for one in outcomes])
        self._choose("delivery", [(pk, _delivery_words(one)) for pk, one in self._deliveries.items()])
        goods = [(pk, str(one.name)) for pk, one in self._lines.items()]
        if DisputeOutcome.REFUSAL in outcomes:
            goods.append((WHOLE, str(_("Semua barang kiriman itu (hanya bila ditolak)"))))
            self.fields["line"].label = _("Barangnya")
            self.fields["quantity"].label = _("Banyaknya")
        self._choose("line", goods)
        if DisputeOutcome.REPLACEMENT not in outcomes:
            del self.fields["until"]
        if not set(OF_GOODS).intersection(outcomes):
            del self.fields["line"], self.fields["quantity"]
        if not {DisputeOutcome.DEDUCTION, DisputeOutcome.REFUND}.intersection(outcomes):
            del self.fields["amount"]
        if len(outcomes) == 1 or len(self._deliveries) == 1:
            del self.fields["delivery"]
        if len(self._lines) == 1 and "line" in self.fields:
            del self.fields["line"]
            self.fields["quantity"].suffix = Unit(next(iter(self._lines.values())).unit).plural  # type: ignore[attr-defined]
        if DisputeOutcome.REPLACEMENT in outcomes:
            self.fields["quantity"].help_text = terms.unbilled_words(order)
        if DisputeOutcome.REPLACEMENT not in outcomes or not terms.unbilled_words(order):
            del self.fields["of_billed"]
        self._say_most(outcomes)
        for name in ASKED.keys() & self.fields.keys():
            self.fields[name].asked = ASKED[name]  # type: ignore[attr-defined]
        if len(outcomes) == 1:
            del self.fields["outcome"]
        else:
            self.fields["outcome"].initial = DisputeOutcome.NOTHING

    def _say_most(self, outcomes: Sequence[DisputeOutcome]) -> None:
        """The largest amount, where there is only one: one delivery, and money of one kind."""
        money = {DisputeOutcome.DEDUCTION: rooms.deductible, DisputeOutcome.REFUND: rooms.refundable}
        kinds = [most for outcome, most in money.items() if outcome in outcomes]
        if len(kinds) == len(self._deliveries) == 1:
            (delivery,) = self._deliveries.values()
            words = {"most": rupiah(kinds[0](delivery))}
            self.fields["amount"].help_text = gettext("Paling banyak %(most)s.") % words

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "of_billed" in self.fields and not data.get("of_billed") and terms.is_beside_left_out(self.given):
            said = _(
                "%(refused)s Centang bila yang diganti memang barang yang diterima dan ditagih; bila bukan, pilih "
                "hasil lain."
            )
            self.add_error("of_billed", said % {"refused": terms.unbilled_words(self.order)})
        return data

    @property
    def given(self) -> DisputeTerms:
        """What was chosen; only one delivery or one kind of goods needs no choice."""
        values = self.cleaned_data
        outcome = values.get("outcome") or DisputeOutcome.NOTHING
        return DisputeTerms(
            outcome,
            self._delivery(values.get("delivery")),
            self._line(values.get("line")) if outcome in OF_GOODS else None,
            values.get("quantity"),
            values.get("amount"),
            values.get("until"),
        )

    def _delivery(self, pk: str | None) -> Delivery | None:
        found = list(self._deliveries.values())
        return found[0] if len(found) == 1 else self._deliveries.get(pk or "")

    def _line(self, pk: str | None) -> OrderLine | None:
        found = list(self._lines.values())
        return found[0] if len(found) == 1 else self._lines.get(pk or "")

    def _choose(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _delivery_words(delivery: Delivery) -> str:
    """`SJ-2026-000101: 40 kotak Nasi kotak`."""
    lines = delivery.lines.select_related("order_line")
    goods = ", ".join(counted_goods((line.order_line, line.sent) for line in lines))
    return f"{delivery.number}: {goods}"


class AnswerForm(HouseForm):
    answer = forms.CharField(
        label=_("Jawaban Anda"), max_length=1000, widget=forms.Textarea(attrs={"rows": 5, "maxlength": 1000})
    )
    photos = PhotosFormField(label=_("Foto"), required=False)


class OfferingAnswerForm(OutcomeFields, AnswerForm):
    """Who answers may offer something: whoever complained takes it as it is, or the city decides."""

    field_order = ("answer", "photos", "outcome", "delivery", "amount", "line", "quantity", "of_billed", "until")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "outcome" in self.fields:
            self.fields["outcome"].label = _("Yang Anda tawarkan")
            self._choose("outcome", [(value, _offered(value, label)) for value, label in self._outcomes()])

    def _outcomes(self) -> list[tuple[str, Any]]:
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)
        return list(field.choices)  # type: ignore[arg-type]


class AcceptingAnswerForm(OfferingAnswerForm):
    """A buyer answers, and may offer that goods count as accepted: the seller takes it as it is, or the city
    decides."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quantity"].label = _("Banyaknya yang dihitung diterima")
        if any(one.state == DeliveryState.MISSED for one in self._deliveries.values()):
            self.fields["quantity"].help_text = gettext(
                "Kiriman yang dicatat tidak datang dihitung diterima seluruhnya: kosongkan."
            )
        if "line" in self.fields:
            self.fields["line"].label = _("Barangnya")


def _offered(value: str, label: Any) -> Any:
    words = {
        DisputeOutcome.NOTHING: _("Tidak menawarkan apa-apa"),
        DisputeOutcome.DEDUCTION: _("Tagihannya saya potong"),
        DisputeOutcome.REPLACEMENT: _("Barangnya saya ganti"),
        DisputeOutcome.REFUND: _("Uangnya saya kembalikan"),
        DisputeOutcome.ACCEPTANCE: _("Barangnya dihitung diterima, dan ditagih"),
        DisputeOutcome.REFUSAL: _("Barangnya saya ambil kembali, dan tidak dibayar"),
    }
    return words.get(DisputeOutcome(value), label)


class SettleForm(HouseForm):
    """Nothing, or what the other side offered."""

    TAKE, LEAVE = "offer", "nothing"

    decision = forms.CharField(
        label=_("Keterangan hasilnya"),
        max_length=1000,
        help_text=_(
            "Misalnya apa yang disepakati kedua pihak. Keterangan ini saja tidak memberi pengganti atau potongan, dan "
            "tidak mengubah jumlah yang diterima."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "maxlength": 1000}),
    )

    def __init__(self, *args: Any, offered: str = "", **kwargs: Any) -> None:
        """`offered`: the other side's offer as a sentence."""
        super().__init__(*args, **kwargs)
        if offered:
            self.fields["decision"].required = False
            self.fields["decision"].label = pgettext("keputusan", "Keterangan")
            self.fields["decision"].help_text = _(
                "Boleh kosong bila tawarannya diambil: bunyi tawaran itu yang dicatat. Bila tidak, tulis sebabnya."
            )
            choices = [(self.TAKE, offered), (self.LEAVE, _("Selesai tanpa tawaran itu"))]
            self.fields["choice"] = forms.ChoiceField(
                label=_("Yang Anda pilih"), choices=choices, widget=forms.RadioSelect
            )
            self.order_fields(["choice", "decision"])


class GiveForm(OutcomeFields, SettleForm):
    """A seller who complained settles, and may give something."""

    field_order = ("decision", "outcome", "delivery", "amount", "line", "quantity", "of_billed", "until")
