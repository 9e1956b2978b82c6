"""The account pages that are ours: the profile and the sign-in of the admin."""

from datetime import datetime, timedelta

from allauth.account.internal.flows import password_change
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import i18n
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from epeken.core import clock, registry
from epeken.core.errors import DomainError
from epeken.core.web.answers import form_page
from epeken.core.web.resend import resend_page
from epeken.users import codes, policies, services
from epeken.users.api_keys.models import ApiKey
from epeken.users.fetch import person
from epeken.users.forms import ProfileForm, SetPasswordForm
from epeken.users.middleware import INTERRUPTED
from epeken.users.models import User


@never_cache
@require_safe
@login_required
def resume(request: HttpRequest) -> HttpResponse:
    """What was posted when the session had ended, to be looked at and sent; within the hour."""
    what = request.session.get(INTERRUPTED)
    if what is None or clock.is_over(datetime.fromisoformat(what["at"]) + timedelta(hours=1), clock.now()):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return resend_page(request, what)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    start = services.written(user)
    posted = request.POST if request.method == "POST" else None
    is_fixed = user.phone_verified_at is not None
    form = ProfileForm(posted, initial=start, current=start, is_phone_fixed=is_fixed)
    if request.method == "POST" and form.is_valid():
        try:
            services.save_profile(actor=user, values=form.typed(), shown=form.cleaned_data["shown"])
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Data Anda sudah disimpan."))
            return redirect("users:profile")
    api_keys = ApiKey.objects.filter(user=user).live(clock.now()).count()
    context = {
        "form": form,
        "has_second_factor": policies.has_second_factor(user),
        "owes_second_factor": policies.owes_second_factor(user),
        "has_code": codes.signed_in_by_code(request, user),
        "has_codes": codes.are_sent(),
        "api_keys": api_keys,
        "uses_api": api_keys > 0 or registry.has_own_api_scope(user),
    }
    return form_page(request, "users/profile.html", context)


@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
@login_required
def new_password(request: HttpRequest) -> HttpResponse:
    """For who forgot theirs and signed in by a code; everybody else writes the one they have."""
    user = person(request)
    if not codes.signed_in_by_code(request, user):
        return redirect("account_change_password")
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        password_change.finalize_password_change(request, user)
        return redirect("users:profile")
    return form_page(request, "users/new_password.html", {"form": form})


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "users/privacy.html")


def set_language(request: HttpRequest) -> HttpResponse:
    """Django's language switch; a person who is signed in also gets their letters in the language."""
    answer = i18n.set_language(request)
    language = request.POST.get("language", "")
    if isinstance(request.user, User) and language in dict(settings.LANGUAGES):
        services.choose_language(actor=request.user, language=language)
    return answer


def admin_login(request: HttpRequest) -> HttpResponse:
    """The admin has no sign-in of its own: the public sign-in, with its lock and second factor, serves both."""
    target = request.GET.get("next") or reverse("admin:index")
    if request.user.is_authenticated:
        # Signed in, yet not staff: asking for a password again would be a loop.
        return HttpResponseRedirect(resolve_url(settings.LOGIN_REDIRECT_URL))
    return redirect_to_login(target, login_url=reverse("account_login"))
