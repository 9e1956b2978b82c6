"""Files of a request: opened, added, taken out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed
from epeken.core.files import uploads
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from procurement.agencies.policies import is_inspector
from procurement.attachments import policies, services
from procurement.attachments.forms import RequestFileForm, TakeOutForm
from procurement.attachments.states import FILE_SLUGS
from procurement.requests import fetch


@require_http_methods(["GET", "POST"])
@login_required
def attachment_add(request: HttpRequest, number: str) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    user = person(request)
    if not policies.can_attach(user, found, clock.local_date(now)):
        if request.method == "POST":
            raise services.refusal(found)
        return redirect("procurement:request-detail", number=found.number)
    form = RequestFileForm(request.POST, request.FILES) if request.method == "POST" else RequestFileForm()
    if request.method == "POST" and form.is_valid():
        try:
            made = services.attach_file(actor=user, request=found, now=now, **form.cleaned_data)
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("%(kind)s tersimpan.") % {"kind": made.get_kind_display()})
            return redirect("procurement:request-detail", number=found.number)
    context = {"agency": found.agency, "request_": found, "form": form}
    return form_page(request, "procurement/attachments/attachment_add.html", context)


@require_GET
@login_required
def attachment_open(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """For those who see the request: its department and the inspectorate, which opens what was taken out too. Never
    the seller."""
    found = fetch.seen_request(request, number, clock.now())
    seen = found.attachments.all() if is_inspector(person(request)) else found.attachments.kept()
    attachment = get_object_or_404(seen, pk=pk)
    return uploads.private_response(
        attachment.file,
        reader=request.user.pk,
        content_type=attachment.content_type,
        filename=f"{found.number}-{FILE_SLUGS[attachment.kind]}-{attachment.pk}.{attachment.file.rsplit('.', 1)[-1]}",
        inline="lihat" in request.GET,
    )


@require_http_methods(["GET", "POST"])
@login_required
def attachment_take_out(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    now = clock.now()
    found = fetch.seen_request(request, number, now)
    attachment = get_object_or_404(found.attachments.kept(), pk=pk)
    form = TakeOutForm(request.POST if request.method == "POST" else None)
    may = policies.can_take_out(person(request), attachment, found, services.decided_at(found), clock.local_date(now))
    if request.method != "POST" and not may:
        return redirect("procurement:request-detail", number=found.number)
    if request.method == "POST" and (form.is_valid() or not may):
        try:
            services.take_out_file(
                actor=person(request), attachment=attachment, note=form.cleaned_data.get("note", ""), now=now
            )
        except (NotAllowed, InvalidMove):
            raise
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Lampiran dikeluarkan dari permintaan."))
            return redirect("procurement:request-detail", number=found.number)
    context = {"agency": found.agency, "request_": found, "attachment": attachment, "form": form}
    return form_page(request, "procurement/attachments/attachment_take_out.html", context)
