"""Templates of requests: the list, keeping one, changing it, making a draft from it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from procurement.agencies import fetch as agencies_fetch
from procurement.request_templates import fetch, pages, policies, services
from procurement.request_templates.forms import ChangeTemplateForm, SaveTemplateForm, UseTemplateForm
from procurement.request_templates.models import RequestTemplate
from procurement.requests import fetch as requests_fetch
from procurement.requests import policies as requests_policies


@require_GET
@login_required
def template_list(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agency, _agencies = agencies_fetch.membership_of(request, now)
    user, day = person(request), clock.local_date(now)
    can_use = requests_policies.can_request(user, agency, day)
    found = list(RequestTemplate.objects.in_use().with_lines().filter(agency=agency))
    city = list(RequestTemplate.objects.in_use().with_lines().filter(agency__isnull=True))
    context = {
        "agency": agency,
        "own": pages.cards(found, user, day, can_use=can_use),
        "city": pages.cards(city, user, day, can_use=can_use),
        "can_write": policies.can_write(user, agency.pk, day),
    }
    return render(request, "procurement/request_templates/template_list.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def template_save(request: HttpRequest, number: str) -> HttpResponse:
    """What a request asks for, kept for the next time."""
    now = clock.now()
    found = requests_fetch.seen_request(request, number, now)
    user = person(request)
    if request.method == "GET" and not policies.can_write(user, found.agency_id, clock.local_date(now)):
        return redirect("procurement:request-detail", number=found.number)
    form = SaveTemplateForm(request.POST if request.method == "POST" else None, initial={"name": found.title[:80]})
    if request.method == "POST" and form.is_valid():
        try:
            made = services.save_template(actor=user, request=found, now=now, **form.cleaned_data)
        except NotAllowed:
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Template %(name)s tersimpan.") % {"name": made.name})
            return redirect("procurement:template-change", pk=made.pk)
    context = {"agency": found.agency, "request_": found, "form": form}
    return form_page(request, "procurement/request_templates/template_save.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def template_change(request: HttpRequest, pk: int) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_template(request, pk, now)
    user = person(request)
    if request.method == "GET" and not policies.can_change(user, found, clock.local_date(now)):
        return redirect("procurement:template-list")
    lines = list(found.lines.all())
    current = services.written(found, lines)
    form = ChangeTemplateForm(
        request.POST if request.method == "POST" else None, lines=lines, initial=current, current=current
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_template(
                actor=user,
                template=found,
                values=form.typed(),
                dropped=form.dropped,
                now=now,
                shown=form.cleaned_data["shown"],
            )
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Template %(name)s tersimpan.") % {"name": found.name})
            return redirect("procurement:template-list")
    context = {"agency": found.agency, "template": found, "form": form}
    return form_page(request, "procurement/request_templates/template_change.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_template(request, pk, now)
    if request.method == "POST":
        services.retire_template(actor=person(request), template=found, now=now)
        messages.success(request, _("Template %(name)s tidak ditawarkan lagi.") % {"name": found.name})
        return redirect("procurement:template-list")
    if not policies.can_change(person(request), found, clock.local_date(now)):
        return redirect("procurement:template-list")
    context = {"agency": found.agency, "template": found}
    return render(request, "procurement/request_templates/template_retire.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def template_use(request: HttpRequest, pk: int) -> HttpResponse:
    """To a draft with the template's goods, after day, hour, people and place."""
    now = clock.now()
    found = fetch.seen_template(request, pk, now)
    user, day = person(request), clock.local_date(now)
    agency = found.agency or agencies_fetch.membership_of(request, now)[0]
    can_use = requests_policies.can_request(user, agency, day)
    if request.method == "GET" and not can_use:
        return redirect("procurement:template-list")
    form = UseTemplateForm(request.POST if request.method == "POST" else None, template=found)
    if request.method == "POST" and form.is_valid():
        try:
            draft = services.use_template(actor=user, template=found, agency=agency, now=now, **form.wanted())
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            said = _("Draf %(number)s siap diperiksa.")
            if not draft.lines.exists():
                said = _("Draf %(number)s tersimpan. Sekarang pilih barangnya.")
            messages.success(request, said % {"number": draft.number})
            for text in form.doubts():
                messages.warning(request, text + " " + _("Ubah di drafnya bila keliru."))
            return redirect("procurement:request-detail", number=draft.number)
    context = {"agency": agency, "form": form, "card": pages.card(found, user, day, can_use=can_use)}
    return form_page(request, "procurement/request_templates/template_use.html", context)
