"""Admin pages of disputes, where the city's officer decides."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from epeken.core import clock
from epeken.core.admin import ReadOnlyAdmin
from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.web.admin import FinalDecision, due_words, end_column
from epeken.core.web.forms import MomentFormField, QuantityFormField, RupiahFormField
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every
from epeken.users.fetch import person
from orders.deliveries.models import Delivery
from orders.deliveries.states import DeliveryState
from orders.disputes import policies, querysets, services, terms
from orders.disputes.models import Dispute, DisputeEvent, DisputeOffer
from orders.disputes.states import DisputeOutcome, DisputeState
from orders.disputes.terms import DisputeTerms
from orders.orders.admin import EventInline
from orders.orders.next_step import waiting_of
from orders.remedies import rooms
from umkm.catalogue.states import Unit


class DisputeEvents(EventInline):
    model = DisputeEvent


# Which figures belong to which result: the others stay empty.
FIGURES = {
    "amount": (DisputeOutcome.DEDUCTION, DisputeOutcome.REFUND),
    "goods": (DisputeOutcome.REPLACEMENT, DisputeOutcome.ACCEPTANCE, DisputeOutcome.REFUSAL),
    "quantity": (DisputeOutcome.REPLACEMENT, DisputeOutcome.ACCEPTANCE, DisputeOutcome.REFUSAL),
    "until": (DisputeOutcome.REPLACEMENT,),
}


class DisputeDecisionForm(ModelForm):
    """Nothing is chosen beforehand but what the seller offered, and what is decided for good is read once more."""

    result = forms.ChoiceField(
        label=_("Hasilnya"),
        widget=UnfoldAdminSelectWidget,
        help_text=_(
            "Hanya yang masih mungkin bagi pesanan ini. Penjual yang menanggungnya, kecuali bila barangnya dihitung "
            "diterima: itu dibayar pembeli."
        ),
    )
    shipment = forms.ChoiceField(label=_("Untuk kiriman"), required=False, widget=UnfoldAdminSelectWidget)
    amount = RupiahFormField(
        label=_("Jumlah uangnya"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Hanya untuk potongan atau uang kembali."),
    )
    goods = forms.ChoiceField(
        label=_("Barangnya"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_(
            "Untuk barang yang diganti, dihitung diterima, atau ditolak. Kiriman yang dicatat tidak datang dihitung "
            "seluruhnya. Bila ditolak: kosongkan barang dan banyaknya untuk seluruh kiriman."
        ),
    )
    quantity = QuantityFormField(
        label=_("Banyaknya"),
        required=False,
        widget=UnfoldAdminTextInputWidget,
        help_text=_("Untuk barang yang diganti, dihitung diterima, atau ditolak."),
    )
    until = MomentFormField(
        label=_("Diganti paling lambat"),
        required=False,
        widget=UnfoldAdminTextInputWidget(attrs={"type": "datetime-local"}),
        help_text=_("Hanya untuk barang yang diganti."),
    )
    decision = forms.CharField(
        label=_("Keputusan"),
        max_length=1000,
        widget=UnfoldAdminTextareaWidget,
        help_text=_("Kedua pihak membacanya. Hitungan waktu berjalan lagi sesudah diputus."),
    )
    confirmed = forms.BooleanField(
        label=_("Saya sudah memeriksa hasil dan angkanya. Keputusan ini tidak dapat diubah lagi."),
        required=False,
        widget=UnfoldBooleanWidget,
    )

    class Meta:
        model = Dispute
        fields = ("decision",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        order = self.instance.order
        choices: dict[str, tuple[Any, list[tuple[Any, Any]]]] = {
            "result": (_("Pilih hasilnya"), [(one.value, one.label) for one in terms.outcomes_to_decide(order)]),
            "shipment": ("–", [(one.pk, one.number) for one in terms.deliveries_to_decide(order)]),
            "goods": ("–", [(one.pk, one.name) for one in order.lines.all()]),
        }
        for name, (empty, found) in choices.items():
            if name in self.fields:
                self.fields[name].choices = [("", empty), *found]  # type: ignore[attr-defined]
        if "result" in self.fields and self.instance.answer and hasattr(self.instance, "offer"):
            self._start_with(self.instance.offer)

    def _start_with(self, offer: DisputeOffer) -> None:
        """The seller's offer is what the officer begins with."""
        self.initial.update(
            result=offer.outcome,
            shipment=offer.delivery_id,
            amount=offer.amount,
            goods=offer.order_line_id,
            quantity=offer.quantity,
        )

    def clean(self) -> dict[str, Any]:
        """What is chosen is checked here by the same rule as the service, so that a refusal stands at its field."""
        values: dict[str, Any] = super().clean() or {}
        if self.errors or "result" not in self.fields:
            return values
        for name, outcomes in FIGURES.items():
            if values.get(name) and values["result"] not in outcomes:
                told = _("Tidak dipakai untuk hasil “%(result)s”: kosongkan, atau pilih hasil yang sesuai.")
                self.add_error(name, told % {"result": DisputeOutcome(values["result"]).label})
        if self.errors:
            return values
        try:
            given = terms.check(self.instance.order, self.given, clock.now())
        except RuleBroken as error:
            places = {"outcome": "result", "delivery": "shipment", "line": "goods"}
            self.add_error(places.get(error.field or "", error.field), error.message)
        else:
            if not values.get("confirmed"):
                told = _("Yang akan diputuskan: %(words)s Centang bila benar.")
                self.add_error("confirmed", told % {"words": terms.words(self.instance.order.seller.name, given)})
        return values

    @property
    def given(self) -> DisputeTerms:
        values, order = self.cleaned_data, self.instance.order
        outcome, goods = values["result"], values.get("goods")
        by_pk = {str(one.pk): one for one in terms.deliveries_to_decide(order)}
        lines = {str(one.pk): one for one in order.lines.select_related("product")}
        is_whole = outcome == DisputeOutcome.REFUSAL and not goods and values.get("quantity") is None
        return DisputeTerms(
            outcome,
            _chosen(by_pk, values.get("shipment")),
            _chosen(lines, goods) if outcome in FIGURES["goods"] and not is_whole else None,
            values.get("quantity"),
            values.get("amount"),
            values.get("until"),
        )


def _chosen(found: dict[str, Any], pk: str | None) -> Any:
    """What was chosen; the only one where nothing was."""
    return found.get(pk) if pk else next(iter(found.values())) if len(found) == 1 else None


def _links(dispute: Dispute, photos: list[int]) -> SafeString | str:
    """Each photo by its number; "–" without one."""
    number = dispute.order.number
    rows = [(reverse("orders:dispute-photo", args=[number, pk]), n) for n, pk in enumerate(photos, 1)]
    words = _("Lihat foto")
    return format_html_join(", ", '<a href="{}">{} {}</a>', ((url, words, n) for url, n in rows)) if rows else "–"


def _figures(delivery: Delivery) -> list[str]:
    """Sentences: what came and was accepted of the delivery, its invoice, and the most a decision may give."""
    said = [f"{delivery.number}: {delivery.get_state_display()}"]
    for line in delivery.lines.select_related("order_line"):
        unit, count = Unit(line.order_line.unit), line.accepted
        told = _("%(goods)s: dikirim %(sent)s, belum diperiksa")
        if count is not None:
            told = _("%(goods)s: dikirim %(sent)s, diterima %(accepted)s")
        words = {"goods": line.order_line.name, "sent": unit.counted(line.sent)}
        row = told % {**words, "accepted": unit.counted(count) if count is not None else ""}
        if line.decided:
            row = _("%(row)s, diputus diterima %(decided)s") % {"row": row, "decided": unit.counted(line.decided)}
        if line.rejected_since:
            words = {"row": row, "rejected": unit.counted(line.rejected_since)}
            row = _("%(row)s, diputus ditolak %(rejected)s") % words
        said.append(row)
    invoice = rooms.invoice_of(delivery)
    if invoice is not None:
        figures = {"number": invoice.number, "gross": rupiah(invoice.gross), "paid": rupiah(invoice.paid)}
        said.append(_("Tagihan %(number)s %(gross)s, dibayar %(paid)s") % figures)
    refusal = rooms.unacceptable_words(delivery)
    if refusal and delivery.state == DeliveryState.MISSED:
        said.append(refusal)
    most = {"off": rupiah(rooms.deductible(delivery)), "back": rupiah(rooms.refundable(delivery))}
    said.append(_("Paling banyak dipotong %(off)s, dikembalikan %(back)s") % most)
    return said


QUEUE = (
    QueuePart("", _("Belum diputus"), lambda user, now: querysets.UNDECIDED),
    QueuePart("dijawab", _("Menunggu keputusan"), lambda user, now: querysets.FOR_CITY),
    QueuePart(
        "lewat",
        _("Lewat batas keputusan"),
        lambda user, now: clock.over("decide_due_at", now) & querysets.FOR_CITY,
        is_urgent=True,
    ),
    QueuePart("selesai", _("Diputus"), lambda user, now: Q(state=DisputeState.DECIDED), is_figure=False),
    QueuePart("tanpa", _("Berakhir tanpa putusan"), lambda user, now: Q(state=DisputeState.LAPSED), is_figure=False),
    QueuePart("semua", _("Semua"), every, is_figure=False),
)


DUE = end_column("due_at", _("dijawab paling lambat"))
DECIDES = end_column("decide_due_at", _("diputus paling lambat"))
ENDS = end_column("ends_at", _("berakhir tanpa putusan"))


@admin.register(Dispute)
class DisputeAdmin(FinalDecision, QueuePage, ReadOnlyAdmin):
    """Both sides' words, the order, and a decision."""

    decide_label = _("Putuskan dan kabari kedua pihak")
    decided = _("Keluhan diputuskan. Kedua pihak dikabari.")
    queue_parts = QUEUE
    queue_columns = ("subject", "told_state", "due")
    form = DisputeDecisionForm
    list_display = ("order", "state", "opened_by", "opened_at", "due")
    list_filter = (QueueFilter,)
    search_fields = ("order__number", "order__seller__name", "complaint")
    list_select_related = ("order", "opened_by")
    ordering = ("state", "due_at")
    inlines = (DisputeEvents,)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Dispute | None = None) -> bool:
        return policies.can_decide(person(request)) or super().has_view_permission(request, obj)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Dispute | None = None) -> bool:
        open_ = obj is None or obj.is_undecided
        return open_ and policies.can_decide(person(request))

    def get_fields(self, request: HttpRequest, obj: Dispute | None = None) -> list[Any]:
        told = [
            "order_page",
            "figures",
            "claim",
            "opened_by",
            "opened_at",
            "complaint",
            "wish",
            "photos_said",
            "inspected",
            "answer",
            "photos_answered",
            "answered_at",
            DUE,
            DECIDES,
            ENDS,
        ]
        if not self.has_change_permission(request, obj):
            return [*told, "offer_words", "outcome", "decision"]
        return [
            *told,
            "offer_words",
            "result",
            "shipment",
            "amount",
            "goods",
            "quantity",
            "until",
            "decision",
            "confirmed",
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Dispute | None = None) -> list[Any]:
        typed = ("decision", "result", "shipment", "amount", "goods", "quantity", "until", "confirmed")
        told = [name for name in self.get_fields(request, obj) if name not in typed]
        return told if self.has_change_permission(request, obj) else [*told, "decision"]

    @admin.display(description=_("foto pada keluhan"))
    def photos_said(self, dispute: Dispute) -> SafeString | str:
        return _links(dispute, dispute.complaint_photos)

    @admin.display(description=_("saat barang diperiksa"))
    def inspected(self, dispute: Dispute) -> SafeString | str:
        """What the buyer wrote and photographed when the goods were counted."""
        rows = []
        for delivery in dispute.order.deliveries.prefetch_related("photos", "lines").order_by("pk"):
            said = [delivery.remark, *(line.remark for line in delivery.lines.all())]
            addresses = [
                reverse("orders:inspection-photo", args=[dispute.order.number, photo.pk])
                for photo in delivery.photos.all()
            ]
            words = [f"{delivery.number}: {text}" for text in said if text]
            rows += [(format_html("{}", text),) for text in words]
            rows += [
                (format_html('<a href="{}">{} {}</a>', url, _("Lihat foto"), n),) for n, url in enumerate(addresses, 1)
            ]
        return format_html_join(mark_safe("<br>"), "{}", rows) if rows else "–"

    @admin.display(description=_("foto pada jawaban"))
    def photos_answered(self, dispute: Dispute) -> SafeString | str:
        return _links(dispute, dispute.answer_photos)

    @admin.display(description=_("tawaran dalam jawaban"))
    def offer_words(self, dispute: Dispute) -> str:
        return terms.offered_words(dispute.order.seller.name, dispute) or "–"

    @admin.display(description=_("dijawab atau diputus paling lambat"), ordering="due_at")
    def due(self, dispute: Dispute) -> str:
        if dispute.is_for_city:
            return due_words(dispute.decide_due_at)
        return due_words(dispute.due_at if dispute.state == DisputeState.OPENED else None)

    def subject(self, dispute: Dispute) -> str:
        return str(dispute.order)

    def told_state(self, dispute: Dispute) -> str:
        return dispute.get_state_display()

    @admin.display(description=_("pesanan"))
    def order_page(self, dispute: Dispute) -> SafeString:
        order = dispute.order
        url = reverse("admin:orders_order_change", args=[order.pk])
        return format_html('<a href="{}">{} · {}, {}</a>', url, order.number, order.subject, rupiah(order.total))

    @admin.display(description=_("yang tiba dan ditagih"))
    def figures(self, dispute: Dispute) -> SafeString | str:
        """What a decision has room for, by delivery."""
        rows = [(line,) for delivery in terms.deliveries_to_decide(dispute.order) for line in _figures(delivery)]
        return format_html_join(mark_safe("<br>"), "{}", rows) if rows else "–"

    @admin.display(description=_("tuntutan ganti rugi"))
    def claim(self, dispute: Dispute) -> SafeString | str:
        """What the seller claims for a cancellation that waits, if that is what it is about."""
        row = waiting_of(dispute.order)
        if row is None or row.claimed is None:
            return "–"
        words = {"claimed": rupiah(row.claimed), "most": rupiah(row.amount), "spent": row.spent_on}
        said = _("%(claimed)s dari %(most)s yang belum dikirim: %(spent)s") % words
        if not row.evidence:
            return said
        address = reverse("orders:cancellation-evidence", args=[dispute.order.number, row.pk])
        return format_html('{}. <a href="{}">{}</a>', said, address, _("Lihat buktinya"))

    def save_model(self, request: HttpRequest, obj: Dispute, form: Any, change: bool) -> None:
        """The service decides; a refusal becomes a page of its own."""
        dispute = Dispute.objects.get(pk=obj.pk)
        services.decide_dispute(
            actor=person(request),
            dispute=dispute,
            decision=form.cleaned_data["decision"],
            given=form.given,
            now=clock.now(),
        )
