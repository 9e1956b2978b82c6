"""Goods and offers go into a draft: from the shop windows, and from inside the request."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.editing import ChangedMeanwhile
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from epeken.core.web.answers import ask_first
from epeken.users.fetch import person
from procurement.agencies import fetch as agencies_fetch
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.budgets import pages as budgets_pages
from procurement.requests import contents, obstacles, policies
from procurement.requests import fetch as requests_fetch
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import drafts
from procurement.sourcing import pages, planning_pages
from procurement.sourcing import services as sourcing
from procurement.sourcing.forms import ExplainForm, LineForm, PlanForm, PlanSearch, ProductChoiceForm, ReplaceForm
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.discovery.pages import results
from umkm.discovery.pages.cards import product_url
from umkm.exposure import impressions


def to_step(request: PurchaseRequest, step: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('procurement:request-detail', args=[request.number])}#{step}")


@require_POST
@login_required
def line_add(request: HttpRequest) -> HttpResponse:
    """From a product's page: into the officer's newest draft, or a new one. What cannot be taken is said on the
    product's page."""
    return _add(request, None, clock.now())


def _add(request: HttpRequest, found: PurchaseRequest | None, now: datetime) -> HttpResponse:
    """Into this request, whose search then says at its box what cannot be taken; None: the newest draft."""
    user = person(request)
    form = LineForm(request.POST)
    chosen = form["product"].value() if "product" not in form.errors else ""
    if not chosen:
        raise RuleBroken(_first(form), code="invalid")
    product = requests_fetch.seen_product(request, int(chosen))
    desk = _requester_desk(request, now)
    if not form.is_valid():
        return _not_added(request, found, product, _first(form), now)
    try:
        line = drafts.add_to_draft(
            actor=user,
            agency=found.agency if found else desk,
            product=product,
            quantity=form.cleaned_data["quantity"],
            note=form.cleaned_data["note"],
            now=now,
            number=found.number if found else "",
        )
    except (NotAllowed, InvalidMove):
        raise
    except DomainError as problem:
        return _not_added(request, found, product, problem.message, now)
    draft = line.request
    counted = Unit(line.unit).counted
    added = form.cleaned_data["quantity"]
    text = _("%(added)s %(name)s masuk ke permintaan %(title)s.")
    if added != line.quantity:
        text = _("%(added)s %(name)s ditambahkan; di permintaan %(title)s sekarang %(quantity)s.")
    words = {"added": counted(added), "quantity": counted(line.quantity), "name": line.name, "title": draft.title}
    _say_put(request, line, text % words, now)
    return to_step(draft, "barang")


def _not_added(
    request: HttpRequest, found: PurchaseRequest | None, product: Product, text: str, now: datetime
) -> HttpResponse:
    """The search again, where it was typed; without a request the page of the goods."""
    if found is None:
        messages.error(request, text)
        return redirect(product_url(product))
    if not policies.can_edit(person(request), found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    refused = pages.RefusedLine(product.pk, request.POST.get("quantity", "")[:20], text)
    return _search_page(request, found, now, refused)


def _say_put(request: HttpRequest, line: RequestLine, text: str, now: datetime) -> None:
    """What is in the draft now; and, where so much cannot come, that it must be mended before sending."""
    found = PurchaseRequest.objects.get(pk=line.request_id)
    faults = obstacles.line_faults(found, contents.read(found, now), now)
    fault = next((why[0] for one, why in faults if one.pk == line.pk and why), None)
    if fault is None:
        messages.success(request, text)
    else:
        messages.warning(request, f"{text} {fault.text}")


@require_http_methods(["GET", "POST"])
@login_required
def goods_search(request: HttpRequest, number: str) -> HttpResponse:
    """The market's search inside the request (`pages.market`); found goods are put in from it."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    if request.method == "POST":
        return _add(request, found, now)
    if not policies.can_edit(person(request), found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    if spelled := results.spelled_out(results.asked(request.GET), request.GET):
        return redirect(f"{request.path}?{spelled}")
    return _search_page(request, found, now)


def _search_page(
    request: HttpRequest, found: PurchaseRequest, now: datetime, refused: pages.RefusedLine | None = None
) -> HttpResponse:
    held = contents.read(found, now)
    context: dict[str, Any] = {"request_": found, "agency": found.agency, "bar": budgets_pages.bar_of(found, held)}
    context |= pages.market(request, found, held, now, refused)
    if refused is None:
        impressions.count(request, context["offered"])
    status = 200 if refused is None else 422
    return render(request, "procurement/sourcing/goods_search.html", context, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def request_plan(request: HttpRequest, number: str) -> HttpResponse:
    """So much of some goods shared among sellers, changed by hand and put into the draft."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    if request.method == "GET" and not policies.can_edit(person(request), found, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    held = contents.read(found, now)
    form = PlanForm(request.POST) if request.method == "POST" else None
    if form is not None and form.is_valid():
        divided = PlanSearch(request.GET).read().get("bagi")
        try:
            lines = sourcing.take_plan(
                actor=person(request),
                request=found,
                wanted=form.wanted,
                instead=divided,
                key=form.cleaned_data["key"],
                now=now,
            )
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            sellers = len({line.seller_id for line in lines})
            said = ngettext(
                "Barang dari %(count)d penjual masuk ke permintaan.",
                "Barang dari %(count)d penjual masuk ke permintaan.",
                sellers,
            )
            messages.success(request, said % {"count": sellers})
            return to_step(found, "barang")
    context = {"request_": found, "agency": found.agency, "bar": budgets_pages.bar_of(found, held), "form": form}
    context |= planning_pages.context(request.GET, found, held, now, form)
    return render(request, "procurement/sourcing/plan.html", context, status=200 if form is None else 422)


@require_POST
@login_required
def line_put(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    form = LineForm(request.POST)
    if not form.is_valid():
        messages.error(request, _first(form))
        return to_step(found, "barang")
    product = _wanted(found, form.cleaned_data["product"]) or requests_fetch.seen_product(
        request, form.cleaned_data["product"]
    )
    try:
        line = drafts.put_line(
            actor=person(request),
            request=found,
            product=product,
            quantity=form.cleaned_data["quantity"],
            note=form.cleaned_data["note"],
            now=now,
            shown=request.POST.get("shown", ""),
        )
    except NotAllowed:
        raise
    except ChangedMeanwhile as problem:
        said = _("%(problem)s %(name)s sekarang %(now)s; %(typed)s yang Anda tulis belum disimpan.") % {
            "problem": problem.message,
            "name": product.name,
            "now": grouped(problem.current.get("quantity", form.cleaned_data["quantity"])),
            "typed": grouped(form.cleaned_data["quantity"]),
        }
        if "note" in problem.current:
            said += " " + _("Catatan yang Anda tulis: “%(note)s”.") % {"note": form.cleaned_data["note"]}
        messages.error(request, said)
        return to_step(found, "barang")
    except DomainError as problem:
        messages.error(request, problem.message)
        return to_step(found, "barang")
    text = _("%(name)s sekarang %(quantity)s.")
    text %= {"name": line.name, "quantity": Unit(line.unit).counted(line.quantity)}
    _say_put(request, line, text, now)
    return to_step(found, "barang")


@require_POST
@login_required
def line_replace(request: HttpRequest, number: str) -> HttpResponse:
    """The goods of one seller give way to those of another."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    form = ReplaceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _first(form))
        return to_step(found, "barang")
    product = _wanted(found, form.cleaned_data["replaced"])
    by = requests_fetch.seen_product(request, form.cleaned_data["product"])
    try:
        line = sourcing.replace_line(actor=person(request), request=found, product=product or by, by=by, now=now)
    except NotAllowed:
        raise
    except DomainError as problem:
        messages.error(request, problem.message)
        return to_step(found, "barang")
    messages.success(
        request,
        _("%(quantity)s %(name)s sekarang dari %(shop)s.")
        % {
            "quantity": Unit(line.unit).counted(line.quantity),
            "name": line.name,
            "shop": line.seller.name,
        },
    )
    return to_step(found, "barang")


@require_http_methods(["GET", "POST"])
@login_required
def line_remove(request: HttpRequest, number: str) -> HttpResponse:
    """GET asks, POST removes."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    form = ProductChoiceForm(request.POST if request.method == "POST" else request.GET)
    product = _wanted(found, form.cleaned_data["product"]) if form.is_valid() else None
    if request.method != "POST":
        line = found.lines.filter(product=product).first() if product is not None else None
        if line is None or not policies.can_edit(person(request), found, clock.local_date(now)):
            return to_step(found, "barang")
        return _ask_to_remove(request, found, line)
    if product is not None:
        try:
            drafts.remove_line(actor=person(request), request=found, product=product, now=now)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, _("%(name)s dihapus dari permintaan.") % {"name": product.name})
    return to_step(found, "barang")


def _ask_to_remove(request: HttpRequest, found: PurchaseRequest, line: RequestLine) -> HttpResponse:
    words = {"quantity": Unit(line.unit).counted(line.quantity), "shop": line.seller.name, "price": rupiah(line.amount)}
    text = _("%(quantity)s dari %(shop)s, %(price)s.") % words
    if line.note:
        text = f"{text} {_('Catatan untuk penjual ikut terhapus: %(note)s') % {'note': line.note}}"
    return ask_first(
        request,
        title=_("Hapus %(name)s dari permintaan?") % {"name": line.name},
        text=text,
        verb=_("Hapus barang ini"),
        back=f"{reverse('procurement:request-detail', args=[found.number])}#barang",
        layout="layouts/agency.html",
        sent=[("product", str(line.product_id))],
    )


@require_POST
@login_required
def choice_explain(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        messages.error(request, _first(form))
        return to_step(found, "pembanding")
    product = _wanted(found, form.cleaned_data["product"]) or requests_fetch.seen_product(
        request, form.cleaned_data["product"]
    )
    try:
        sourcing.explain_choice(
            actor=person(request),
            request=found,
            product=product,
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
            now=now,
        )
    except NotAllowed:
        raise
    except DomainError as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Alasan memilih %(name)s tersimpan.") % {"name": product.name})
    return to_step(found, "pembanding")


def _requester_desk(request: HttpRequest, now: datetime) -> Agency:
    """The chosen department when the person requests there, else the first where they do."""
    mine = list(
        Agency.objects.of_officer(person(request), clock.local_date(now), OfficerRole.REQUESTER).select_related(
            "kelurahan"
        )
    )
    if not mine:
        raise NotAllowed(_("Hanya pemesan yang ditunjuk dinas yang dapat membuat permintaan."))
    chosen = request.session.get(agencies_fetch.CHOSEN)
    return next((agency for agency in mine if agency.pk == chosen), mine[0])


def _wanted(found: PurchaseRequest, pk: int) -> Product | None:
    """A product of the request, also when it is no longer for sale."""
    line = found.lines.select_related("product").filter(product_id=pk).first()
    return line.product if line else None


def _first(form: LineForm | ProductChoiceForm) -> str:
    """The first thing wrong, with its field's name."""
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields and name != "product" else ""
        return f"{label}: {errors[0]}" if label else str(errors[0])
    return ""
