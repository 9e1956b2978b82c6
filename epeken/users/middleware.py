"""The second factor before protected pages, and the lock after too many wrong passwords."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, registry
from epeken.core.factors import factor_of
from epeken.core.web.resend import kept
from epeken.users import devices, policies
from epeken.users.logins import one_spelling
from epeken.users.models import User
from epeken.users.sessions import limits

Handler = Callable[[HttpRequest], HttpResponse]

INTERRUPTED = "interrupted"  # in the session
_SAFE = {"GET", "HEAD", "OPTIONS"}


class SecondFactorMiddleware:
    """Staff and officers enrol an authenticator before they may change anything or see a dashboard.

    The account pages stay open, or nobody could enrol; so does reading what everyone may read.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.paths = registry.second_factor_paths()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        guarded = request.method not in _SAFE or request.path.startswith(self.paths)
        # Where nobody is asked who they are, nobody owes a second factor.
        if not guarded or _is_account_page(request) or request.path.startswith(registry.unlinked_paths()):
            return None
        user = request.user
        if not isinstance(user, User) or not policies.owes_second_factor(user) or policies.has_second_factor(user):
            return None
        sentence = _(
            "Tugas Anda memerlukan langkah kedua saat masuk. Pasang aplikasi autentikator dahulu; perlu dua menit."
        )
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "second_factor", "message": sentence, "field": None}, status=403)
        messages.warning(request, sentence)
        enrolment = reverse("mfa_activate_totp")
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": enrolment})
        return HttpResponseRedirect(enrolment)


class FactorMiddleware:
    """Acts of this request are recorded with the factor its session, or its key, was opened with."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with factor_of(lambda: policies.factor_of_request(request)):
            return self.get_response(request)


class SessionLimitsMiddleware:
    """Signs out a session past its limits; what was being posted waits (InterruptedInputMiddleware).

    However a session ends while it is used, its browser is told to drop the pages it kept: at a shared desk "back"
    would show them to the next person.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Pictures are not asked who looks: that costs two queries.
        if request.path.startswith(settings.MEDIA_URL) or SESSION_KEY not in request.session:
            return self.get_response(request)
        now = clock.now().timestamp()
        if limits.is_over(request.session, now):
            logout(request)
            messages.info(request, _("Anda keluar karena sudah lama masuk atau lama tidak memakai akun ini."))
        elif isinstance(request.user, User) and not request.path.startswith(registry.unlinked_paths()):
            limits.touch(request.session, request.user, now)
        response = self.get_response(request)
        if SESSION_KEY not in request.session:
            # Neither cookies (language, colours, the known device) nor storage (panels): they tell nothing of a person.
            response["Clear-Site-Data"] = '"cache"'
        return response


class AccountLanguageMiddleware:
    """Who is signed in reads every page in the language of their account, in whatever browser. A visitor's own choice
    stays in the cookie, which is not written here: it holds again after signing out.

    After SessionLimitsMiddleware, which has read the account.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # As with the limits: of pictures and of what is linked to nobody it is not asked who looks.
        unasked = request.path.startswith((settings.MEDIA_URL, *registry.unlinked_paths()))
        if not unasked and SESSION_KEY in request.session and isinstance(request.user, User):
            speak(request, request.user.language)
        return self.get_response(request)


def speak(request: HttpRequest, language: str) -> None:
    """The rest of the request is in `language`."""
    translation.activate(language)
    request.LANGUAGE_CODE = translation.get_language()


class InterruptedInputMiddleware:
    """What somebody posts after their session ended waits in the new session until they have signed in again.

    Also what a page of the office sends: its own sign-in only leads on to the one for everybody.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        location = urlsplit(response.headers.get("Location", ""))
        if (
            request.method == "POST"
            and location.path in (reverse(settings.LOGIN_URL), reverse("admin:login"))
            and not request.user.is_authenticated
            and not getattr(request, "htmx", False)
            and "X-Autosave" not in request.headers
        ):
            what = kept(request)
            if what is not None:
                request.session[INTERRUPTED] = {**what, "at": clock.now().isoformat()}
                query = urlencode({"next": reverse("users:resume")}, safe="/")
                response["Location"] = f"{reverse(settings.LOGIN_URL)}?{query}"
        return response


def _is_account_page(request: HttpRequest) -> bool:
    name = request.resolver_match.view_name if request.resolver_match else ""
    return name.startswith(("account_", "mfa_")) or name in {"set_language", "admin:logout"}


def login_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Whose account the attempt is about, for the lock. One spelling per address and number."""
    given = credentials or {}
    login = one_spelling(
        given.get("email") or given.get("phone") or given.get("username") or request.POST.get("login", "")
    )
    # Axes counts by name and address: somebody else's guesses at the same office are not this device's.
    device = devices.known_device(request, login)
    return f"{login} {device}"[:254] if device else login


def locked_out(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """429 with the way out: wait, or set a new password."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    response = render(request, "account/locked.html", {"minutes": minutes}, status=429)
    response["Retry-After"] = str(minutes * 60)
    return response
