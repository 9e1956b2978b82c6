"""The page of a person's sessions."""

from allauth.account.decorators import reauthentication_required
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from epeken.core import clock
from epeken.users.fetch import person
from epeken.users.sessions import services
from epeken.users.sessions.pages import session_rows


@never_cache
@require_safe
@login_required
def session_list(request: HttpRequest) -> HttpResponse:
    rows = session_rows(person(request), request.session.session_key, clock.now())
    return render(
        request, "users/sessions/list.html", {"rows": rows, "others": any(not row.is_current for row in rows)}
    )


@require_POST
@login_required
@reauthentication_required
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    services.end_session(actor=user, session=get_object_or_404(UserSession, pk=pk, user=user))
    messages.success(request, _("Perangkat itu sudah dikeluarkan dari akun Anda."))
    return redirect("users:session-list")


@require_POST
@login_required
@reauthentication_required
def session_end_others(request: HttpRequest) -> HttpResponse:
    services.end_other_sessions(user=person(request), kept=request.session.session_key)
    messages.success(request, _("Semua perangkat lain sudah dikeluarkan dari akun Anda."))
    return redirect("users:session-list")
