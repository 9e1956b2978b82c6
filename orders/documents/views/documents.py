"""Documents of an order: opening, bringing, and the SPJ pack."""

import json
import logging
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.files import uploads
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from orders.billing.models import Payment
from orders.documents import archive, build, schedule, services, slots, waivers
from orders.documents.forms import AttachmentForm, RemovalForm, WaiverForm
from orders.documents.models import Document
from orders.documents.pages import document_list_of
from orders.documents.states import ATTACHMENT_SLUGS, BY_OFFICE, SLUGS, AttachmentKind, DocumentKind
from orders.orders import fetch, policies
from orders.orders.models import Order

logger = logging.getLogger(__name__)


@require_GET
@login_required
def document_file(request: HttpRequest, number: str, kind: str, of: str = "") -> HttpResponse:
    """One document as PDF; while the job still works, a page that waits for it. `of`: the number of the delivery, the
    invoice, the addendum or the goods sent again it belongs to; of a part payment's paper its own."""
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    if not schedule.may_open(person(request), order, kind, clock.local_date(now)):
        raise Http404(kind)
    document = _belongs(order.documents.filter(kind=kind), of).order_by("pk").last()
    if document is None:
        raise Http404(of or kind)
    if document.made_at is None:
        context = _page(request, order) | {"document": document, "failed": services.has_failed(document)}
        response = render(request, "orders/documents/document_waiting.html", context, status=202)
        if not context["failed"]:
            response["Refresh"] = "3"
        return response
    return uploads.private_response(
        document.file,
        reader=request.user.pk,
        content_type="application/pdf",
        filename=f"{SLUGS[DocumentKind(kind)]}-{_plain(document.number)}.pdf",
        inline="lihat" in request.GET,
    )


@require_http_methods(["GET", "POST"])
@login_required
def spj(request: HttpRequest, number: str) -> HttpResponse:
    """POST asks for the pack; GET says how far it is (a piece for htmx, a page otherwise)."""
    now = clock.now()
    order = _own_file(request, number)
    if request.method == "POST":
        services.request_spj(actor=person(request), order=order, now=now)
        if not request.htmx:  # type: ignore[attr-defined]
            return redirect("orders:spj", number=order.number)
        order = _own_file(request, number)
    context = _page(request, order) | {"document_list": document_list_of(order, person(request), now)}
    template = "orders/documents/_documents_spj.html" if request.htmx else "orders/documents/document_spj.html"  # type: ignore[attr-defined]
    return render(request, template, context)


@require_GET
@login_required
def documents_archive(request: HttpRequest, number: str) -> FileResponse:
    """Everything in one ZIP."""
    order = _own_file(request, number)
    logger.info("papers taken: order=%s person=%s", order.number, request.user.pk)
    response = FileResponse(
        archive.write_zip(build.order_for_papers(order.pk)),
        as_attachment=True,
        filename=f"SPJ-{order.number}.zip",
        content_type="application/zip",
    )
    response["Cache-Control"] = "no-store"
    return response


@require_GET
@login_required
def documents_data(request: HttpRequest, number: str) -> HttpResponse:
    """The purchase as JSON."""
    order = _own_file(request, number)
    data = archive.purchase_data(build.order_for_papers(order.pk))
    return uploads.file_response(
        json.dumps(data, ensure_ascii=False, indent=2).encode(),
        content_type="application/json",
        filename=f"{order.number}.json",
    )


@require_safe
def purchase_schema(request: HttpRequest, version: int) -> HttpResponse:
    """What the JSON of a purchase holds, for whoever reads it by machine: the same for everybody."""
    schema = archive.schema_of(version)
    if schema is None:
        raise Http404(version)
    return HttpResponse(schema.read_bytes(), content_type="application/schema+json")


@require_http_methods(["GET", "POST"])
@login_required
def attachment_create(request: HttpRequest, number: str) -> HttpResponse:
    order = fetch.seen_order(request, number, clock.now())
    if not policies.is_officer_of(person(request), order, clock.local_date(clock.now())):
        raise NotAllowed(_("Lampiran diunggah oleh pejabat dinas pemesan."))
    kind = request.GET.get("jenis", "")
    place = kind if kind in BY_OFFICE else ""
    siblings = list(services.siblings_of(order).values_list("number", flat=True))
    if request.method == "POST":
        form = AttachmentForm(request.POST, request.FILES, kind=place, siblings=siblings)
        if form.is_valid():
            try:
                made = services.add_attachment(actor=person(request), order=order, now=clock.now(), **form.cleaned_data)
            except DomainError as error:
                form.refuse(error)
            else:
                said = _("%(kind)s tersimpan.") % {"kind": made.get_kind_display()}
                if form.cleaned_data.get("in_siblings"):
                    said += " " + _("Juga di %(numbers)s.") % {"numbers": ", ".join(siblings)}
                messages.success(request, said)
                return redirect("orders:order-detail", number=order.number)
    else:
        form = AttachmentForm(initial={"kind": AttachmentKind.OTHER.value}, kind=place, siblings=siblings)
    label = str(AttachmentKind(place).label).lower() if place else ""
    context = _page(request, order) | {"form": form, "paper": label}
    return form_page(request, "orders/documents/document_attach.html", context)


@require_GET
@login_required
def attachment_file(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    order = _own_file(request, number)
    attachment = get_object_or_404(order.attachments, pk=pk)  # what was taken out too
    name = f"{order.number}-{ATTACHMENT_SLUGS[attachment.kind]}-{attachment.pk}"
    return uploads.private_response(
        attachment.file,
        reader=request.user.pk,
        content_type=attachment.content_type,
        filename=f"{name}.{attachment.file.rsplit('.', 1)[-1]}",
        inline="lihat" in request.GET,
    )


@require_http_methods(["GET", "POST"])
@login_required
def attachment_remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    order = _own_file(request, number)
    attachment = get_object_or_404(order.attachments.filter(removed_at__isnull=True), pk=pk)
    services.check_removal(person(request), order, clock.now())
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.remove_attachment(
                actor=person(request), attachment=attachment, note=form.cleaned_data["note"], now=clock.now()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("Lampiran dikeluarkan dari berkas."))
            return redirect("orders:order-detail", number=order.number)
    context = _page(request, order) | {"attachment": attachment, "form": form}
    return form_page(request, "orders/documents/document_remove.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def slot_waive(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """A required paper is not asked for of this order, by the PPK or head, who says why."""
    now = clock.now()
    order = _own_file(request, number)
    slot = next((one for one in slots.slots_of(order) if one.kind == kind), None)
    if slot is None:
        raise Http404(kind)
    if not waivers.office_of(person(request), order, clock.local_date(now)):
        raise NotAllowed(waivers.refusal())
    if request.method != "POST" and not slot.is_empty:
        return redirect("orders:order-detail", number=order.number)
    form = WaiverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.waive_slot(actor=person(request), order=order, kind=kind, now=now, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, _("%(paper)s dikecualikan.") % {"paper": slot.label})
            return redirect("orders:order-detail", number=order.number)
    context = _page(request, order) | {"slot": slot, "form": form}
    return form_page(request, "orders/documents/document_waive.html", context)


@require_GET
@login_required
def payment_proof(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """What the treasurer uploaded; both sides of the payment may see it."""
    order = fetch.seen_order(request, number, clock.now())
    payment = get_object_or_404(Payment.objects.exclude(proof=""), pk=pk, invoice__order=order)
    return uploads.private_response(
        payment.proof,
        reader=request.user.pk,
        content_type=payment.proof_type,
        filename=f"bukti-bayar-{order.number}-{payment.pk}.{payment.proof.rsplit('.', 1)[-1]}",
        inline="lihat" in request.GET,
    )


def _belongs(documents: QuerySet[Document], of: str) -> QuerySet[Document]:
    """Those that hold, and those marked BATAL."""
    current = Q(replaced_at__isnull=True) | Q(voids__isnull=False)
    if not of:
        return documents.filter(current, delivery__isnull=True, invoice__isnull=True, addendum__isnull=True)
    own = Q(payment__isnull=False, number=of)
    return documents.filter(current, own | Q(delivery__number=of) | Q(invoice__number=of) | Q(addendum__number=of))


def _own_file(request: HttpRequest, number: str) -> Order:
    """The order, when its whole file is this person's to see; else 404, as for a stranger."""
    now = clock.now()
    order = fetch.seen_order(request, number, now)
    if order.agency_id is None or not schedule.may_open(
        person(request), order, DocumentKind.SPJ, clock.local_date(now)
    ):
        raise Http404(number)
    return order


def _page(request: HttpRequest, order: Order) -> dict[str, Any]:
    return {
        "order": order,
        "agency": order.agency,
        "seller": order.seller,
        "layout": fetch.layout_for(person(request), order, clock.now()),
    }


def _plain(number: str) -> str:
    return "".join(c if c.isalnum() or c == "-" else "-" for c in number) or "dokumen"
