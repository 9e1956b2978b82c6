"""The demo city's mails are open to anyone who looks at the demo."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from epeken.core.errors import RuleBroken
from epeken.core.phones import read_phone
from epeken.notifications.channels.email.models import DemoMail

PAGE_SIZE = 20


def _demo_only() -> None:
    if not settings.DEMO:
        raise Http404


@require_GET
def demo_mail(request: HttpRequest) -> HttpResponse:
    _demo_only()
    recipient = request.GET.get("untuk", "").strip()[:254]
    letters = DemoMail.objects.all()
    if recipient:
        letters = letters.filter(recipient__icontains=_as_kept(recipient))
    page = Paginator(letters, PAGE_SIZE).get_page(request.GET.get("page"))
    page.shown = page.paginator.get_elided_page_range(page.number)  # type: ignore[attr-defined]
    return render(request, "notifications/demo_mail.html", {"page": page, "recipient": recipient})


def _as_kept(recipient: str) -> str:
    """Texts stand under the number as it is stored, however it is written."""
    try:
        return read_phone(recipient)
    except RuleBroken:
        return recipient


@require_GET
def demo_letter(request: HttpRequest, pk: int) -> HttpResponse:
    _demo_only()
    return render(request, "notifications/demo_letter.html", {"letter": get_object_or_404(DemoMail, pk=pk)})
