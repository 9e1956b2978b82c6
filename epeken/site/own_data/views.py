"""A person's own data as a file, once they have just proven who they are, and what they consent to."""

import json

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.serializers.json import DjangoJSONEncoder
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from epeken.core import clock
from epeken.core.files.uploads import file_response
from epeken.site.own_data import consents as consent_pages
from epeken.site.own_data import content
from epeken.users.fetch import person
from umkm.consents import services as consents


@never_cache
@require_GET
@login_required
def own_data(request: HttpRequest) -> HttpResponse:
    """A page, and with `?unduh` the file it offers. A file never answers the form that asks for the password: that form
    would stay on show, and nothing would say that the file came."""
    if "unduh" not in request.GET:
        return _page(request)
    return redirect("own-data") if is_reauthentication_required(request, app="") else _file(request)


@reauthentication_required
def _page(request: HttpRequest) -> HttpResponse:
    return render(request, "site/own_data/own_data.html")


def _file(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    told = content.of_person(person(request), now)
    data = json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2).encode()
    name = f"data-saya-{clock.local_date(now).isoformat()}.json"
    return file_response(data, content_type="application/json", filename=name)


@never_cache
@require_GET
@login_required
def consent_list(request: HttpRequest) -> HttpResponse:
    asked, told = consent_pages.purposes(person(request), clock.now())
    return render(request, "site/own_data/consents.html", {"asked": asked, "told": told})


@require_POST
@login_required
def consent_answer(request: HttpRequest, code: str) -> HttpResponse:
    """A yes or a no to one of the purposes the page asks this person about."""
    user, now = person(request), clock.now()
    asked, _told = consent_pages.purposes(user, now)
    if not any(row.code == code and row.answer_url and not row.has_own_page for row in asked):
        raise Http404(code)
    if request.POST.get("answer") == "yes":
        consents.give_consent(actor=user, purpose=code, now=now)
        messages.success(request, _("Persetujuan dicatat. Anda dapat menariknya kapan saja di sini."))
    else:
        consents.withdraw_consent(actor=user, purpose=code, now=now)
        messages.success(request, _("Persetujuan ditarik, dan keterangannya sudah dihapus."))
    return redirect("consent-list")
