"""Opening, answering and settling a dispute: three small forms on pages of their own."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove
from epeken.core.files import uploads
from epeken.core.i18n.times import working_days
from epeken.core.web.answers import form_page
from epeken.core.web.forms import HouseForm
from epeken.users.fetch import person
from orders.disputes import policies, rules, services, stops, terms
from orders.disputes.forms import (
    AcceptingAnswerForm,
    AnswerForm,
    AskingComplaintForm,
    ComplaintForm,
    GiveForm,
    OfferingAnswerForm,
    SettleForm,
)
from orders.disputes.models import Dispute, DisputePhoto
from orders.disputes.states import DisputeOutcome
from orders.orders import fetch
from orders.orders import policies as orders_policies
from orders.orders.models import Order
from orders.orders.next_step import dispute_of, unpaid_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dispute_create(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    # Nobody writes into a page that cannot be sent; what is typed when that changes meanwhile is kept.
    if request.method != "POST":
        services.check_open(user, order, clock.local_date(now))
    is_seller = orders_policies.is_seller_of(user, order)
    form = (
        ComplaintForm(*_sent(request))
        if is_seller
        else AskingComplaintForm(*_sent(request), outcomes=terms.outcomes_of(order))
    )
    words: dict[str, Any] = _complaint_words(order, clock.local_date(now))
    if not is_seller and (refused := terms.left_out_words(order)):
        words["warning"] = refused
    if order.agency_id is not None and is_seller and unpaid_of(order):
        words["warning"] = _(
            "Keluhan menghentikan hitungan waktu bayar. Bila hanya pembayarannya yang terlambat, hubungi narahubung "
            "dinas dari halaman pesanannya; waktu tetap berjalan."
        )
    return _page(
        request,
        order,
        form,
        words,
        lambda data: services.open_dispute(actor=user, order=order, now=now, **data),
        words["done"],
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dispute_answer(request: HttpRequest, number: str) -> HttpResponse:
    """The other side's answer; it may offer something with it."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    dispute = _undecided(order)
    if request.method != "POST":
        services.check_answer(user, dispute, order, now)
    form = _answer_form(request, dispute, order, now)
    words = {
        "title": _("Jawab keluhan"),
        "lead": dispute.complaint,
        "verb": _("Kirim jawaban"),
        "photos": dispute.complaint_photos,
    }

    def act(values: dict[str, Any]) -> None:
        offer = form.given if isinstance(form, OfferingAnswerForm) else terms.NOTHING
        services.answer_dispute(
            actor=user, dispute=dispute, answer=values["answer"], photos=values["photos"], offer=offer, now=now
        )

    return _page(request, order, form, words, act, _("Jawaban dikirim."))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dispute_settle(request: HttpRequest, number: str) -> HttpResponse:
    """The person who opened it says that it is settled: with the other side's offer or nothing, a seller with what they
    give."""
    now = clock.now()
    user = person(request)
    order = fetch.seen_order(request, number, now)
    dispute = _undecided(order)
    if request.method != "POST":
        services.check_decide(user, dispute, order, clock.local_date(now))
    data = request.POST if request.method == "POST" else None
    offer = terms.offer_of(dispute)
    form: SettleForm
    if dispute.opened_by_seller and offer is None:
        form = GiveForm(
            data, order=order, outcomes=terms.outcomes_of_seller(order), deliveries=terms.deliveries_of(order)
        )
    else:
        form = SettleForm(data, offered=terms.offered_words(order.seller.name, dispute))
    words = {
        "title": _("Keluhan selesai"),
        "lead": dispute.answer or dispute.complaint,
        "verb": _("Nyatakan selesai"),
    }
    if offer is not None:
        words["title"] = _("Jawab tawaran pembeli") if dispute.opened_by_seller else _("Jawab tawaran penjual")
        words["verb"] = _("Kirim pilihan")
    if not dispute.opened_by_seller and offer is None:
        words["verb"] = _("Nyatakan selesai tanpa ganti")
        words["warning"] = _give_up_words(dispute)

    def act(values: dict[str, Any]) -> None:
        given = form.given if isinstance(form, GiveForm) else terms.NOTHING
        if offer is not None and values.get("choice") == SettleForm.TAKE:
            given = terms.of_offer(offer)
        services.decide_dispute(actor=user, dispute=dispute, decision=values["decision"], given=given, now=now)

    return _page(request, order, form, words, act, _("Keluhan selesai. Hitungan waktu berjalan lagi."))


@require_safe
@login_required
def dispute_photo(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A photo out of the private store, for those who see the order and for who decides about it in the city hall."""
    photo = get_object_or_404(DisputePhoto, pk=pk, dispute__order=fetch.order_with_evidence(request, number))
    name = f"foto-keluhan-{number}-{photo.pk}.jpg"
    return uploads.private_response(
        photo.file, reader=request.user.pk, content_type=photo.content_type, filename=name, inline=True
    )


def _answer_form(request: HttpRequest, dispute: Dispute, order: Order, now: datetime) -> AnswerForm:
    """With what this person may offer beside the words."""
    sent = _sent(request)
    if not dispute.opened_by_seller:
        deliveries = terms.deliveries_of(order)
        return OfferingAnswerForm(*sent, order=order, outcomes=terms.outcomes_of(order), deliveries=deliveries)
    found = terms.acceptable_deliveries(order)
    if not found or not policies.can_accept(person(request), order, clock.local_date(now)):
        return AnswerForm(*sent)
    outcomes = [DisputeOutcome.NOTHING, DisputeOutcome.ACCEPTANCE]
    return AcceptingAnswerForm(*sent, order=order, outcomes=outcomes, deliveries=found)


def _sent(request: HttpRequest) -> tuple[Any, ...]:
    return (request.POST, request.FILES) if request.method == "POST" else ()


def _complaint_words(order: Order, day: date) -> dict[str, str]:
    lead = _("Pihak lain punya %(days)s untuk menjawab.") % {"days": working_days(rules.ANSWER.on(day))}
    return {
        "title": _("Ajukan keluhan"),
        "lead": " ".join(part for part in (stops.words_of(order), lead) if part),
        "verb": _("Kirim keluhan"),
        "done": _("Keluhan dikirim. Pihak lain sudah diberi tahu."),
    }


def _give_up_words(dispute: Dispute) -> str:
    """What a buyer gives up who settles where the seller offered nothing."""
    said = _(
        "Penjual belum menawarkan apa pun, jadi dengan ini keluhan ditutup tanpa penggantian, potongan, atau uang "
        "kembali. Bila penjual menjanjikannya, tunggu sampai ia menawarkannya dalam jawaban."
    )
    said = " ".join(filter(None, (said, stops.payment_words(dispute))))
    if dispute.wish in ("", DisputeOutcome.NOTHING):
        return said
    return " ".join([_("Ini mencabut permintaan Anda: %(wish)s.") % {"wish": dispute.wish_words}, said])


def _undecided(order: Order) -> Dispute:
    dispute = dispute_of(order)
    if dispute is None:
        raise InvalidMove(_("Tidak ada keluhan yang menunggu pada pesanan ini."))
    return dispute


def _page(
    request: HttpRequest,
    order: Order,
    form: HouseForm,
    words: dict[str, Any],
    act: Callable[[dict[str, Any]], Any],
    said: str,
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, said)
            return redirect("orders:order-detail", number=order.number)
    layout = fetch.layout_for(person(request), order, clock.now())
    context = {"form": form, "order": order, "layout": layout, "seller": order.seller, "agency": order.agency, **words}
    return form_page(request, "orders/disputes/dispute_form.html", context)
