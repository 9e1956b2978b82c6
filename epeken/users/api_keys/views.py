"""The page of a person's API keys."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.web.answers import ask_first, form_page
from epeken.users.api_keys import services
from epeken.users.api_keys.forms import ApiKeyForm
from epeken.users.api_keys.models import ApiKey
from epeken.users.api_keys.pages import key_rows
from epeken.users.fetch import person


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
@reauthentication_required(allow_get=True)
def key_list(request: HttpRequest) -> HttpResponse:
    """A new key is shown in the answer to its POST and never again: neither in the session nor in a message."""
    user, now = person(request), clock.now()
    form = ApiKeyForm(request.POST if request.method == "POST" else None, person=user, initial={"days": 90})
    if form.is_valid():
        try:
            key, text = services.create_key(actor=user, now=now, **form.cleaned_data)
        except RuleBroken as refusal:
            form.refuse(refusal)
        else:
            return render(request, "users/api_keys/created.html", {"key": key, "text": text})
    keys = ApiKey.objects.filter(user=user, revoked_at__isnull=True)
    context = {"form": form, "keys": key_rows(keys, now)}
    return form_page(request, "users/api_keys/list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    key = get_object_or_404(ApiKey, pk=pk, user=user)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("Cabut kunci %(name)s?") % {"name": key.name},
            text=_("Program yang memakainya langsung tidak dapat masuk. Kunci yang dicabut tidak dapat dipakai lagi."),
            verb=_("Cabut kunci ini"),
            back=reverse("users:key-list"),
        )
    services.revoke_key(actor=user, key=key, now=clock.now())
    messages.success(request, _("Kunci API sudah dicabut. Program yang memakainya tidak dapat masuk lagi."))
    return redirect("users:key-list")
