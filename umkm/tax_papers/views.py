"""The shop's page of its tax papers, and their copies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.files.uploads import private_response
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.sellers import fetch
from umkm.sellers.models import Seller
from umkm.sellers.policies import can_act_for, is_owner
from umkm.sellers.states import RUNNING
from umkm.tax_papers import pages, services
from umkm.tax_papers.forms import TaxPaperForm
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperState
from umkm.verification.forms import LookForm
from umkm.verification.states import LookPurpose

# Of a refused paper, what the form for another begins with.
MENDED = ("kind", "number", "issued_on", "valid_from", "valid_until")


def _mended(seller: Seller, pk: str) -> TaxPaper | None:
    if not (pk.isascii() and pk.isdigit() and len(pk) < 12):
        return None
    return seller.tax_papers.filter(pk=int(pk), state=TaxPaperState.REJECTED).first()


def _list_url(seller_pk: int) -> str:
    return f"{reverse('umkm:tax-papers')}?toko={seller_pk}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_papers(request: HttpRequest) -> HttpResponse:
    """The papers of one shop of this person, and the form for another."""
    mine = Seller.objects.of_member(person(request)).filter(state__in=RUNNING).order_by("pk")
    seller = fetch.named_shop(request, mine)
    if seller is None:
        return redirect("umkm:register")
    now, post = clock.now(), request.method == "POST"
    mended = None if post else _mended(seller, request.GET.get("perbaiki", ""))
    form = TaxPaperForm(
        request.POST if post else None,
        request.FILES if post else None,
        initial={name: getattr(mended, name) for name in MENDED} if mended else None,
    )
    if post and form.is_valid():
        try:
            services.submit_paper(actor=person(request), seller=seller, now=now, **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Surat dikirim. Petugas memeriksanya; hasilnya kami kabarkan."))
            return redirect(_list_url(seller.pk))
    papers = list(seller.tax_papers.order_by("-pk"))
    read = set(TaxPaper.objects.visible_to(person(request)).filter(seller=seller).values_list("pk", flat=True))
    context = {
        "seller": seller,
        "form": form,
        "is_owner": is_owner(person(request), seller),
        "cards": pages.cards_of([paper for paper in papers if paper.pk in read], now),
        "unproven": pages.unproven_words(seller, papers, now),
    }
    return form_page(request, "umkm/tax_papers/tax_papers.html", context)


@require_POST
@login_required
def tax_paper_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(TaxPaper.objects.visible_to(person(request)), pk=pk)
    services.withdraw_paper(actor=person(request), paper=paper, now=clock.now())
    messages.success(request, _("Surat ditarik."))
    return redirect(_list_url(paper.seller_id))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tax_paper_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A verifier who opens it leaves a row: the paper shows the tax number. Of one that waits for nobody they say what
    for."""
    paper = get_object_or_404(TaxPaper.objects.visible_to(person(request)).select_related("seller"), pk=pk)
    purpose = ""
    if not can_act_for(person(request), paper.seller):
        purpose = LookPurpose.TAX.value if paper.state == TaxPaperState.WAITING else ""
        form = LookForm(request.POST or None)
        if not purpose and not form.is_valid():
            context = {"form": form, "seller": paper.seller, "what": paper.get_kind_display()}
            return form_page(request, "umkm/verification/look_ask.html", context)
        purpose = purpose or form.cleaned_data["purpose"]
    services.open_paper(actor=person(request), paper=paper, now=clock.now(), purpose=purpose)
    suffix = "pdf" if paper.content_type == "application/pdf" else "jpg"
    filename = f"surat-pajak-{paper.pk}.{suffix}"
    return private_response(
        paper.file, reader=request.user.pk, content_type=paper.content_type, filename=filename, inline=True
    )
