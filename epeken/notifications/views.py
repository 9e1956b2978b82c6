"""The inbox and what a person wants by e-mail."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock, registry
from epeken.core.web.answers import form_page
from epeken.notifications import services
from epeken.notifications.forms import PreferencesForm
from epeken.notifications.models import Notification, Preference
from epeken.notifications.pages import inbox_lines
from epeken.users.models import User

PAGE_SIZE = 20


@require_GET
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    rows = Notification.objects.visible_to(request.user).told_by(clock.now()).unread_first()
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    page.shown = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    lines = inbox_lines(page, get_language() or settings.LANGUAGE_CODE)
    return render(
        request, "notifications/inbox.html", {"page": page, "lines": lines, "layout": registry.layout_of(request.user)}
    )


@require_POST
@login_required
def open_notification(request: HttpRequest, pk: int) -> HttpResponse:
    """Read, and on to what it is about."""
    user = request.user
    assert isinstance(user, User)
    line = get_object_or_404(Notification.objects.visible_to(user), pk=pk)
    services.mark_read(person=user, notification=line, now=clock.now())
    if "stay" not in request.POST and url_has_allowed_host_and_scheme(line.url, allowed_hosts=None):
        return redirect(line.url)
    return redirect("notifications:inbox")


@require_POST
@login_required
def read_all(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    services.mark_all_read(person=user, now=clock.now())
    messages.success(request, _("Semua pemberitahuan ditandai sudah dibaca."))
    return redirect("notifications:inbox")


@require_http_methods(["GET", "POST"])
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    muted = set(Preference.objects.filter(person=user).values_list("kind", flat=True))
    form = PreferencesForm(request.POST if request.method == "POST" else None, person=user, muted=muted)
    if request.method == "POST" and form.is_valid():
        services.set_muted(person=user, areas=form.muted())
        messages.success(request, _("Pilihan pemberitahuan sudah disimpan."))
        return redirect("notifications:preferences")
    context = {
        "form": form,
        "layout": registry.layout_of(user),
        "offers_texted": bool(registry.texted_notices(clock.today())),
    }
    return form_page(request, "notifications/preferences.html", context)
