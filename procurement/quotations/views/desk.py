"""A request for quotation at the department's desk."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock, editing
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.core.ids import read_id
from epeken.core.web.answers import ask_first, carried_out, form_page
from epeken.users.fetch import person
from procurement.agencies import fetch as agencies_fetch
from procurement.quotations import fetch, pages, policies, questions
from procurement.quotations.forms import (
    CancelQuotationForm,
    PassOverForm,
    QuestionAnswerForm,
    QuotationForm,
    ReopenForm,
    ReturnQuotationForm,
)
from procurement.quotations.models import Quotation, QuotationOffer, QuotationQuestion
from procurement.quotations.services import awarding, opening, publishing
from procurement.quotations.services import questions as answering
from procurement.quotations.states import OVER, QuotationState
from procurement.requests import policies as requests_policies

PER_PAGE = 25
FEWEST_ROWS = 3
MOMENTS = ("deliver_at", "closes_at")  # of an earlier request for quotation are over
DETAIL = "procurement:quotation-detail"


@require_safe
@login_required
def quotation_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    found = Quotation.objects.visible_to(person(request), clock.local_date(now)).filter(agency=agency)
    page = Paginator(found.select_related("agency"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "agency": agency,
        "page": page,
        "head": pages.list_head(),
        "rows": pages.list_rows(page, DETAIL, now),
        "can_create": requests_policies.can_request(person(request), agency, clock.local_date(now)),
    }
    return render(request, "procurement/quotations/quotation_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def quotation_create(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    day = clock.local_date(now)
    if not requests_policies.can_request(person(request), agency, day):
        raise NotAllowed(_("Permintaan penawaran disiapkan oleh pemesan yang ditunjuk dinas."))
    start = {"delivery_place": agency.address, "delivery_kelurahan": agency.kelurahan_id}
    earlier = Quotation.objects.visible_to(person(request), day).filter(agency=agency, state__in=OVER)
    copied = earlier.filter(number=request.GET.get("salin", "")[:20]).first()
    if copied is not None:
        start |= {name: value for name, value in QuotationForm.initial_of(copied).items() if name not in MOMENTS}
    data, rows = request.POST if request.method == "POST" else None, copied.lines.count() if copied else 0
    form = QuotationForm(data, agency=agency, now=now, initial=start, rows=max(rows, FEWEST_ROWS))
    if request.method == "POST" and form.is_valid():
        try:
            made = publishing.create_quotation(
                actor=person(request), agency=agency, values=form.values, areas=list(form.cleaned_data["areas"]),
                goods=form.goods, key=form.cleaned_data["key"], now=now,
            )  # fmt: skip
        except NotAllowed:
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Draf %(number)s tersimpan.") % {"number": made.number})
            return redirect(DETAIL, number=made.number)
    context = {"agency": agency, "form": form}
    return form_page(request, "procurement/quotations/quotation_form.html", context)


@require_safe
@login_required
def quotation_detail(request: HttpRequest, number: str) -> HttpResponse:
    """The first look of each person at opened figures is kept before they are shown."""
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    user = person(request)
    if policies.can_read_figures(user, found, clock.local_date(now)):
        opening.record_look(actor=user, quotation=found, now=now)
    page = pages.desk(found, user, now)
    context = {
        "agency": found.agency,
        "quotation": found,
        "desk": page,
        "key": new_key(),
        "shown": editing.shown_of(publishing.written(found)) if page.can_publish else "",
    }
    return render(request, "procurement/quotations/quotation_detail.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def quotation_edit(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    day = clock.local_date(now)
    if request.method == "GET" and not policies.can_edit(person(request), found, day):
        return redirect(DETAIL, number=found.number)
    is_returned = found.state == QuotationState.RETURNED
    current = publishing.written(found)
    start = {**QuotationForm.initial_of(found), "shown": editing.shown_of(current)}
    data = request.POST if request.method == "POST" else None
    form = QuotationForm(data, agency=found.agency, now=now, initial=start, rows=found.lines.count() + 2)
    if carried_out(
        form,
        lambda: publishing.save_quotation(
            actor=person(request),
            quotation=found,
            values=form.values,
            areas=list(form.cleaned_data["areas"]),
            goods=form.goods,
            shown=form.cleaned_data["shown"],
            now=now,
        ),
    ):
        said = _("Draf %(number)s tersimpan.")
        if is_returned:
            said = _("Draf %(number)s tersimpan dan di meja pejabat lagi.")
        messages.success(request, said % {"number": found.number})
        return redirect(DETAIL, number=found.number)
    context = {"agency": found.agency, "quotation": found, "form": form}
    return form_page(request, "procurement/quotations/quotation_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def quotation_return(request: HttpRequest, number: str) -> HttpResponse:
    """The officer does not publish the draft as it is; its requester reads why."""
    return _act(
        request, number, lambda desk: desk.can_return, ReturnQuotationForm, publishing.return_quotation,
        title=_("Kembalikan draf ke pemesan?"), verb=pgettext("permintaan", "Kembalikan"),
        said=_("Draf dikembalikan ke %(name)s."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def quotation_discard(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    if request.method == "GET":
        if not policies.can_edit(person(request), found, clock.local_date(now)):
            return redirect(DETAIL, number=found.number)
        return ask_first(
            request,
            title=_("Buang draf ini?"),
            text=_("Isinya tidak dapat dipakai lagi. Belum ada penjual yang mengetahuinya."),
            verb=_("Buang draf"),
            back=reverse(DETAIL, args=[found.number]),
            layout="layouts/agency.html",
        )
    publishing.discard_quotation(actor=person(request), quotation=found, now=now)
    messages.success(request, _("Draf dibuang."))
    return redirect("procurement:quotation-list")


@require_POST
@login_required
def quotation_publish(request: HttpRequest, number: str) -> HttpResponse:
    """Asked once more, with how many are invited, because it cannot be taken back; then published."""
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    user, key = person(request), request.POST.get("key", "")[:64]
    if request.POST.get("sure") != "1" and pages.desk(found, user, now).can_publish:
        return ask_first(
            request,
            title=_("Umumkan dan undang penjual?"),
            text=pages.publishing_words(found, publishing.invitations_of(found, user)),
            verb=_("Umumkan dan undang"),
            back=reverse(DETAIL, args=[found.number]),
            layout="layouts/agency.html",
            sent=[("key", key), ("shown", request.POST.get("shown", "")), ("sure", "1")],
        )
    try:
        publishing.publish_quotation(actor=user, quotation=found, key=key, shown=request.POST.get("shown"), now=now)
    except RuleBroken as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Diumumkan. Semua penjual yang memenuhi syarat diundang."))
    return redirect(DETAIL, number=found.number)


@require_http_methods(["GET", "POST"])
@login_required
def quotation_cancel(request: HttpRequest, number: str) -> HttpResponse:
    return _act(
        request, number, lambda desk: desk.can_cancel, CancelQuotationForm, publishing.cancel_quotation,
        title=_("Batalkan permintaan penawaran?"), verb=_("Batalkan"),
        said=_("Dibatalkan. Semua penjual yang diundang diberi tahu."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@login_required
def question_answer(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    question = get_object_or_404(QuotationQuestion, quotation=found, pk=pk)
    binds = policies.binding_office(person(request), found, clock.local_date(now))
    if request.method == "GET" and not (binds and questions.takes_answers(found, now)):
        return redirect(DETAIL, number=found.number)
    form = QuestionAnswerForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: answering.answer_question(actor=person(request), question=question, now=now, **form.cleaned_data),
    ):
        messages.success(request, _("Jawaban terkirim ke semua penjual yang diundang."))
        return redirect(DETAIL, number=found.number)
    asked = questions.page_of(found, [question], now)
    context: dict[str, Any] = {"agency": found.agency, "quotation": found, "form": form, "asked": asked}
    return form_page(request, "procurement/quotations/answer_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def quotation_pass(request: HttpRequest, number: str) -> HttpResponse:
    """The best offer left is passed over for a reason."""
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    best = awarding.best_left(found)
    binds = policies.binding_office(person(request), found, clock.local_date(now))
    if request.method == "GET" and not (binds and best and found.machine.allows(found.state, "award")):
        return redirect(DETAIL, number=found.number)
    start = {"offer": best.pk} if best else {}
    form = PassOverForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        offer = get_object_or_404(QuotationOffer, quotation=found, pk=values.pop("offer"))
        try:
            awarding.pass_over(actor=person(request), quotation=found, offer=offer, now=now, **values)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%(shop)s dilewati.") % {"shop": offer.seller_name})
            return redirect(DETAIL, number=found.number)
    title = _("Lewati penawaran %(shop)s?") % {"shop": best.seller_name if best else ""}
    context: dict[str, Any] = {"agency": found.agency, "quotation": found, "form": form, "title": title}
    return form_page(request, "procurement/quotations/quotation_act.html", context | {"verb": _("Lewati")})


@require_http_methods(["GET", "POST"])
@login_required
def quotation_reopen(request: HttpRequest, number: str) -> HttpResponse:
    """What was awarded came to nothing: the next offer in rank may win."""
    return _act(
        request, number, lambda desk: desk.can_reopen, ReopenForm, awarding.reopen_quotation,
        title=_("Buka untuk penawar berikutnya?"), verb=_("Buka kembali"),
        said=_("Semua penawar diberi tahu. Tetapkan penawar berikutnya di bawah."),
    )  # fmt: skip


@require_POST
@login_required
def quotation_award(request: HttpRequest, number: str) -> HttpResponse:
    """Asked once more, because it cannot be taken back; then awarded."""
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    offer = get_object_or_404(QuotationOffer, quotation=found, pk=read_id(request.POST.get("offer", "")))
    key = request.POST.get("key", "")[:64]
    if request.POST.get("sure") != "1" and found.machine.allows(found.state, "award"):
        publishing.office_of(person(request), found, now)
        text = _("%(shop)s menang dengan peringkat %(rank)s. Semua penawar diberi tahu, dan draf pembeliannya dibuat.")
        return ask_first(
            request,
            title=_("Tetapkan pemenang?"),
            text=text % {"shop": offer.seller_name, "rank": offer.rank},
            verb=_("Tetapkan pemenang"),
            back=reverse(DETAIL, args=[found.number]),
            layout="layouts/agency.html",
            sent=[("offer", str(offer.pk)), ("key", key), ("sure", "1")],
        )
    try:
        draft = awarding.award_quotation(actor=person(request), quotation=found, offer=offer, key=key, now=now)
    except RuleBroken as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Pemenang ditetapkan. Draf %(number)s dibuat.") % {"number": draft.number})
    return redirect(DETAIL, number=found.number)


def _act(
    request: HttpRequest, number: str, may: Callable[[pages.DeskPage], bool], kind: type[forms.Form],
    act: Callable[..., Any], *, title: str, verb: str, said: str,
) -> HttpResponse:  # fmt: skip
    """The page that asks what one act of an officer needs, and the act; `said` may name the requester."""
    now = clock.now()
    found = fetch.seen_quotation(request, number, now)
    if request.method == "GET" and not may(pages.desk(found, person(request), now)):
        return redirect(DETAIL, number=found.number)
    form = kind(request.POST if request.method == "POST" else None)
    if carried_out(form, lambda: act(actor=person(request), quotation=found, now=now, **form.cleaned_data)):
        messages.success(request, said % {"name": found.requester})
        return redirect(DETAIL, number=found.number)
    context = {"agency": found.agency, "quotation": found, "form": form, "title": title, "verb": verb}
    return form_page(request, "procurement/quotations/quotation_act.html", context)
