"""Identity files: whoever may see one leaves a row in the log."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.files import watermark
from epeken.core.files.uploads import file_response, private_response
from epeken.core.i18n.times import numeric_date
from epeken.core.ids import read_id
from epeken.core.web.answers import ask_first, form_page
from epeken.users import codes
from epeken.users.fetch import person
from umkm.assisted.models import AssistedRegistration
from umkm.sellers import services as sellers
from umkm.sellers.policies import can_act_for
from umkm.verification import evidence, nik_denials, openings, querysets
from umkm.verification.forms import LookForm
from umkm.verification.models import SellerDocument, VerificationCase
from umkm.verification.policies import can_decide
from umkm.verification.states import OPEN_STATES, LookPurpose, SellerDocumentKind


@require_http_methods(["GET", "POST"])
@login_required
def document_file(request: HttpRequest, pk: int) -> HttpResponse:
    """To the shop's people, and to the resident for whom an officer brought it, who are to confirm it; to officers at
    once while it waits for their decision, else after they say what for."""
    now, actor = clock.now(), person(request)
    mine = AssistedRegistration.objects.shown_to(actor, now).filter(seller__documents=pk).first()
    confirms = mine is not None and codes.wrote_code_since(request, actor, mine.handed_over_at)
    helped = AssistedRegistration.objects.filled_by(actor, now).values("seller")
    typed = Q(seller__assisted__officer=actor) & ~Q(seller__in=helped)  # nor as a verifier, once it is the resident's
    seen = Q(pk__in=SellerDocument.objects.visible_to(actor).values("pk")) | Q(seller__in=helped)
    if mine is not None and confirms:
        seen |= Q(seller=mine.seller_id)  # what they would be sent with
    document: SellerDocument = get_object_or_404(
        SellerDocument.objects.filter(seen).exclude(typed).exclude(file="").select_related("seller", "change"), pk=pk
    )
    purpose = ""
    if not (confirms or can_act_for(actor, document.seller)):
        helps = helped.filter(seller=document.seller_id).exists()
        opened_for = openings.purpose_of(document, actor) or compared_for(request, document)
        purpose = LookPurpose.ASSIST if helps else opened_for
        form = LookForm(request.POST or None)
        if not purpose and not form.is_valid():
            context = {"form": form, "seller": document.seller, "what": document.get_kind_display()}
            return form_page(request, "umkm/verification/look_ask.html", context)
        purpose = purpose or form.cleaned_data["purpose"]
    logged = sellers.log_view(
        actor=actor, seller=document.seller, what=document.kind, document=document, purpose=purpose, now=now
    )
    suffix = "pdf" if document.content_type == "application/pdf" else "jpg"
    filename = f"{document.kind}-{document.seller_id}.{suffix}"
    if logged and document.kind == SellerDocumentKind.KTP and document.content_type.startswith("image/"):
        data = watermark.stamped(document.file, f"e-Peken {numeric_date(now)} {request.user}")
        return file_response(data, content_type="image/jpeg", filename=filename, inline=True)
    return private_response(
        document.file, reader=request.user.pk, content_type=document.content_type, filename=filename, inline=True
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nik_deny(request: HttpRequest, pk: int) -> HttpResponse:
    """For the owner of another shop with the registration's NIK, who is told nothing else of it."""
    case = get_object_or_404(VerificationCase.objects.select_related("seller"), pk=pk)
    shop = nik_denials.shop_of(person(request), case)
    if shop is None:
        raise Http404
    error = None
    if request.method == "POST":
        try:
            nik_denials.deny_nik(actor=person(request), case=case, now=clock.now())
        except DomainError as problem:
            error = problem
    context = {
        "shop": shop,
        "when": case.opened_at,
        "error": error,
        "is_denied": nik_denials.is_denied(case, shop),
        "is_open": case.state in OPEN_STATES,
        "may_take_back": nik_denials.may_take_back(person(request), case, shop),
        "pk": pk,
    }
    return render(request, "umkm/verification/nik_deny.html", context, status=error.status if error else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def nik_denial_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Only for whoever has just proven who they are: another person at their phone would open the way to a shop in
    their name."""
    case = get_object_or_404(VerificationCase.objects.select_related("seller"), pk=pk)
    if nik_denials.shop_of(person(request), case) is None:
        raise Http404
    try:
        shown: HttpResponse = _confirmed_back(request, case)
    except ReauthenticationRequired:
        if request.method != "POST":
            raise
        messages.warning(request, _("Belum ditarik. Pastikan dahulu bahwa ini Anda, lalu tekan sekali lagi."))
        return redirect("umkm:nik-denial-back", pk)
    return shown


@reauthentication_required
def _confirmed_back(request: HttpRequest, case: VerificationCase) -> HttpResponse:
    page = reverse("umkm:nik-deny", args=[case.pk])
    if request.method != "POST":
        return ask_first(
            request, title=_("Tarik sangkalan Anda?"), back=page, verb=_("Ya, saya yang mendaftar"),
            text=_(
                "Hanya bila memang Anda yang mendaftarkan toko itu. Petugas membaca keduanya dan tetap mencocokkan "
                "orangnya dengan KTP. Sangkalan dapat ditarik satu kali."
            ),
        )  # fmt: skip
    try:
        nik_denials.take_denial_back(actor=person(request), case=case, now=clock.now())
    except DomainError as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, _("Sangkalan Anda ditarik; petugas dikabari."))
    return redirect(page)


def compared_for(request: HttpRequest, document: SellerDocument) -> str:
    """Shown beside a registration that waits (`banding`), whose picture looks like this one; "" of any other."""
    case = VerificationCase.objects.filter(querysets.OPEN, pk=read_id(request.GET.get("banding", ""))).first()
    if case is None or not can_decide(person(request), case.seller):
        return ""
    alike = evidence.alike_documents(case.seller, list(case.seller.documents.current().order_by("pk")))
    return LookPurpose.COMPARE if document in alike.values() else ""
