"""An invited shop reads what is asked and sends a sealed offer, after checking it once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import long_time
from epeken.core.idempotency import new_key
from epeken.core.web.answers import ask_first, carried_out, form_page, is_sure
from epeken.users.fetch import person
from procurement.quotations import fetch, pages, policies, questions
from procurement.quotations.forms import BidderQuestionForm, SealedOfferForm
from procurement.quotations.models import Quotation
from procurement.quotations.services import offering
from procurement.quotations.services import questions as asking
from umkm.sellers.models import Seller
from umkm.sellers.policies import own_shops

SHOWN = 50


def _offer_url(number: str, seller: Seller) -> str:
    return f"{reverse('procurement:quotation-offer', args=[number])}?toko={seller.pk}"


@require_safe
@login_required
def offer_list(request: HttpRequest) -> HttpResponse:
    """Requests for quotation to which a shop of this person is invited."""
    now = clock.now()
    if not own_shops(person(request)):
        return redirect("umkm:register")
    found = Quotation.objects.invited(person(request)).answerable_first(now).select_related("agency")[:SHOWN]
    rows = pages.list_rows(found, "procurement:quotation-offer", now, for_shop=True)
    context = {"head": pages.list_head(), "rows": rows}
    return render(request, "procurement/quotations/offer_list.html", context)


@require_safe
@login_required
def offer_detail(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    quotation, seller = fetch.invited_shop(request, number)
    mine = offering.last_of(quotation, seller)
    page = pages.shop_page(quotation, seller, mine, now)
    context = {"quotation": quotation, "seller": seller, "shop_page": page}
    return render(request, "procurement/quotations/offer_detail.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@login_required
def offer_send(request: HttpRequest, number: str) -> HttpResponse:
    """The offer is shown once more with its sum; what was checked is sealed. Nothing is kept in between."""
    now = clock.now()
    quotation, seller = fetch.invited_shop(request, number)
    if request.method == "GET" and not policies.takes_offers(quotation, now):
        return redirect(_offer_url(number, seller))
    form = SealedOfferForm(request.POST if request.method == "POST" else None, quotation=quotation, seller=seller)
    context = {"quotation": quotation, "seller": seller, "form": form}
    if request.method == "POST" and form.is_valid() and not form.refuses():
        try:
            if form.cleaned_data["checked"] == "1":
                offering.send_offer(
                    actor=person(request), quotation=quotation, seller=seller, terms=form.terms,
                    key=form.cleaned_data["key"], now=now, is_sure=is_sure(request),
                )  # fmt: skip
                messages.success(request, _("Penawaran Anda tersegel. Anda boleh menggantinya sampai batasnya."))
                return redirect(_offer_url(number, seller))
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            rows, total = pages.review_rows(form)
            sent = [(name, value) for name, value in request.POST.items() if name in form.fields and name != "checked"]
            is_above = quotation.ceiling is not None and offering.total_of(form.lines, form.terms) > quotation.ceiling
            context |= {"rows": rows, "total": total, "sent": sent, "is_above": is_above}
            context |= pages.review_doubts(form, clock.local_date(now))
            context["until"] = long_time(clock.told_end(quotation.closes_at))
            return render(request, "procurement/quotations/offer_check.html", context)
    return form_page(request, "procurement/quotations/offer_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def question_ask(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    quotation, seller = fetch.invited_shop(request, number)
    if request.method == "GET" and not questions.takes_questions(quotation, now):
        return redirect(_offer_url(number, seller))
    form = BidderQuestionForm(request.POST if request.method == "POST" else None)
    if carried_out(
        form,
        lambda: asking.ask_question(
            actor=person(request), quotation=quotation, seller=seller, now=now, **form.cleaned_data
        ),
    ):
        messages.success(request, _("Pertanyaan Anda terkirim. Jawabannya tampil di sini dan Anda diberi tahu."))
        return redirect(_offer_url(number, seller))
    until = long_time(clock.told_end(questions.answer_until(quotation)))
    context = {"quotation": quotation, "seller": seller, "form": form, "until": until}
    return form_page(request, "procurement/quotations/question_form.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def offer_withdraw(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    quotation, seller = fetch.invited_shop(request, number)
    if request.method == "GET":
        if not policies.takes_offers(quotation, now) or offering.last_of(quotation, seller) is None:
            return redirect(_offer_url(number, seller))
        return ask_first(
            request,
            title=_("Tarik penawaran?"),
            text=_("Isinya tidak akan dibuka. Sampai batasnya Anda boleh mengirim penawaran baru."),
            verb=_("Tarik penawaran"),
            back=_offer_url(number, seller),
            layout="layouts/seller.html",
            sent=[("key", new_key()), ("toko", str(seller.pk))],
        )
    try:
        offering.withdraw_offer(
            actor=person(request), quotation=quotation, seller=seller, key=request.POST.get("key", "")[:64], now=now
        )
    except RuleBroken as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Penawaran Anda ditarik."))
    return redirect(_offer_url(number, seller))
