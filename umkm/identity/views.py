"""The owner's pages of changes of the shop's identity, and the page of one tap that denies one."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.secret import masked
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from epeken.users.models import User
from umkm.identity import pages, policies, rules, services
from umkm.identity.forms import FORMS
from umkm.identity.models import IdentityChange
from umkm.identity.notices import SIGNER
from umkm.identity.querysets import OPEN_STATES
from umkm.identity.states import ChangeState, IdentityKind
from umkm.sellers import fetch, steps
from umkm.sellers import policies as sellers_policies
from umkm.sellers.forms import PHOTOS
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING, SellerState


def _list_url(seller: Seller) -> str:
    return f"{reverse('umkm:identity-list')}?toko={seller.pk}"


@never_cache
@require_safe
@login_required
def identity_list(request: HttpRequest) -> HttpResponse:
    """What the shop was verified by, and what is being changed of it."""
    user = person(request)
    mine = Seller.objects.of_member(user).filter(state__in=RUNNING)
    mine = mine.select_related("kelurahan__kecamatan", "food_court").order_by("pk")
    seller = fetch.named_shop(request, mine)
    if seller is None:
        return redirect("umkm:register")
    changes = list(
        IdentityChange.objects.filter(seller=seller).select_related("seller").prefetch_related("values").order_by("-pk")
    )
    for change in changes:
        change.seller = seller
    is_active, is_owner = seller.state == SellerState.ACTIVE, sellers_policies.is_owner(user, seller)
    context = {
        "seller": seller,
        "parts": pages.parts_of(seller, changes, may=is_active and is_owner, now=clock.now()),
        "is_active": is_active,
        "is_owner": is_owner,
        "transfer": next((change for change in changes if change.kind == IdentityKind.TRANSFER), None),
        "is_passing": any(change.kind == IdentityKind.TRANSFER and change.state in OPEN_STATES for change in changes),
        "held": next((change for change in changes if change.state == ChangeState.HELD), None),
    }
    return render(request, "umkm/identity/identity_list.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def identity_create(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Only for whoever has just proven who they are. What is posted too late is typed again: allauth would lay it in
    the session as it is, numbers readable."""
    seller = get_object_or_404(
        Seller.objects.of_member(person(request)).filter(state__in=RUNNING).select_related("kelurahan", "food_court"),
        pk=pk,
    )
    if kind not in policies.kinds_of(seller, clock.today()):
        raise Http404
    if not sellers_policies.is_owner(person(request), seller):
        raise NotAllowed(_("Data yang diverifikasi hanya dapat diubah oleh pemilik toko."))
    try:
        shown: HttpResponse = _confirmed_create(request, seller, kind)
    except ReauthenticationRequired:
        if request.method != "POST":
            raise
        messages.warning(request, _("Belum diusulkan. Pastikan dahulu bahwa ini Anda, lalu tulis sekali lagi."))
        return redirect("umkm:identity-create", pk, kind)
    return shown


@reauthentication_required
def _confirmed_create(request: HttpRequest, seller: Seller, kind: str) -> HttpResponse:
    now = clock.now()
    post = request.method == "POST"
    form = FORMS[kind](
        request.POST if post else None, request.FILES if post else None, seller=seller, day=clock.local_date(now)
    )
    if post and form.is_valid():
        try:
            services.propose_change(
                actor=person(request), seller=seller, kind=kind, values=form.values(), now=now,
                reason=form.cleaned_data["reason"], file=form.cleaned_data["file"], key=form.cleaned_data["key"],
                **form.paper(),
            )  # fmt: skip
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Usulan dikirim. Data yang lama tetap dipakai sampai petugas menyetujuinya."))
            return redirect(_list_url(seller))
    paper = policies.evidence_of(kind, seller)
    context = {
        "form": form,
        "seller": seller,
        "kind": IdentityKind(kind),
        "paper": paper,
        "takes_pdf": paper not in PHOTOS,
        "kept": {name: masked(getattr(seller, name)) for name in steps.SECRETS},
        "delay": rules.DELAY.on(clock.local_date(now)) if kind in policies.DELAYED else 0,
        "back": _list_url(seller),
    }
    return form_page(request, "umkm/identity/identity_create.html", context)


@require_POST
@login_required
def identity_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(IdentityChange.objects.visible_to(person(request)).select_related("seller"), pk=pk)
    services.withdraw_change(actor=person(request), change=change, now=clock.now())
    messages.success(request, _("Usulan ditarik. Data yang lama tetap dipakai."))
    return redirect(_list_url(change.seller))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def identity_deny(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever has the address of the letter may say that it was not them; they need no account."""
    try:
        pk = int(SIGNER.unsign(token))
    except (signing.BadSignature, ValueError):
        raise Http404 from None
    change = get_object_or_404(IdentityChange.objects.select_related("seller"), pk=pk)
    error = None
    if request.method == "POST":
        actor = request.user if isinstance(request.user, User) else None
        try:
            change = services.deny_change(change=change, actor=actor, now=clock.now())
        except DomainError as problem:
            error = problem
    context = {
        "change": change,
        "error": error,
        "is_held": change.state == ChangeState.HELD,
        "held": list(IdentityChange.objects.held().filter(seller=change.seller_id)),
        "is_deniable": change.state in pages.DENIABLE,
    }
    return render(request, "umkm/identity/identity_deny.html", context, status=error.status if error else 200)
