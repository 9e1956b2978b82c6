"""The pages on which a shop is offered to another person and taken by them."""

from allauth.account.decorators import reauthentication_required
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, NotAllowed
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.identity import pages, rules, transfers
from umkm.identity.models import IdentityChange
from umkm.identity.querysets import OPEN
from umkm.identity.states import ChangeState, IdentityKind
from umkm.identity.transfer_forms import TransferOfferForm, TransferTakeForm
from umkm.sanctions import pages as sanction_pages
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def transfer_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Only for whoever has just proven who they are."""
    seller = get_object_or_404(Seller.objects.of_member(person(request)).filter(state=SellerState.ACTIVE), pk=pk)
    if not sellers_policies.is_owner(person(request), seller):
        raise NotAllowed(_("Toko hanya dapat dialihkan oleh pemiliknya."))
    waiting = IdentityChange.objects.filter(OPEN, seller=seller, kind=IdentityKind.TRANSFER).first()
    if request.method != "POST" and waiting is not None:
        messages.info(
            request, _("Toko ini sudah ditawarkan. Tarik tawaran itu bila ingin menawarkannya kepada orang lain.")
        )
        return redirect("umkm:transfer-page", waiting.pk)
    try:
        shown: HttpResponse = _confirmed_offer(request, seller)
    except ReauthenticationRequired:
        if request.method != "POST":
            raise
        messages.warning(request, _("Belum dikirim. Pastikan dahulu bahwa ini Anda, lalu tulis sekali lagi."))
        return redirect("umkm:transfer-create", pk)
    return shown


@reauthentication_required
def _confirmed_offer(request: HttpRequest, seller: Seller) -> HttpResponse:
    now = clock.now()
    form = TransferOfferForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change = transfers.offer_transfer(
                actor=person(request), seller=seller, now=now, address=form.cleaned_data["address"],
                reason=form.cleaned_data["reason"], key=form.cleaned_data["key"],
            )  # fmt: skip
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Tawaran dikirim. Toko tetap milik Anda sampai petugas menyetujuinya."))
            return redirect("umkm:transfer-page", change.pk)
    day = clock.local_date(now)
    context = {
        "form": form,
        "seller": seller,
        "days": rules.OFFER.on(day),
        "delay": rules.DELAY.on(day),
        "sanctions": sanction_pages.in_force(seller),
    }
    return form_page(request, "umkm/identity/transfer_create.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def transfer_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is; whoever it is offered to takes it here, once they have just proven who they are."""
    user = person(request)
    change = get_object_or_404(IdentityChange.objects.transfers_of(user).select_related("seller", "proposed_by"), pk=pk)
    is_offered = IdentityChange.objects.offered_to(user).filter(pk=pk).exists()
    if not is_offered or change.state != ChangeState.OFFERED:
        if request.method == "POST":
            transfers.check_offered(user, change, clock.now())
        return _page(request, change, None, is_offered=is_offered)
    try:
        shown: HttpResponse = _confirmed_take(request, change)
    except ReauthenticationRequired:
        if request.method != "POST":
            raise
        messages.warning(request, _("Belum dikirim. Pastikan dahulu bahwa ini Anda, lalu tulis sekali lagi."))
        return redirect("umkm:transfer-page", pk)
    return shown


@reauthentication_required
def _confirmed_take(request: HttpRequest, change: IdentityChange) -> HttpResponse:
    post = request.method == "POST"
    form = TransferTakeForm(
        request.POST if post else None, request.FILES if post else None, seller=change.seller, user=person(request)
    )
    if post and form.is_valid():
        try:
            transfers.take_transfer(
                actor=person(request), change=change, values=form.values(), files=form.papers(),
                consented=form.cleaned_data["consented"], now=clock.now(),
            )  # fmt: skip
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Data Anda dikirim. Petugas memeriksanya, lalu Anda dikabari."))
            return redirect("umkm:transfer-page", change.pk)
    return _page(request, change, form, is_offered=True)


@require_POST
@login_required
def transfer_decline(request: HttpRequest, pk: int) -> HttpResponse:
    change = get_object_or_404(IdentityChange.objects.offered_to(person(request)), pk=pk)
    transfers.decline_transfer(actor=person(request), change=change, now=clock.now())
    messages.success(request, _("Tawaran ditolak; pemilik toko dikabari."))
    return redirect("umkm:transfer-page", pk)


def _page(
    request: HttpRequest, change: IdentityChange, form: TransferTakeForm | None, *, is_offered: bool
) -> HttpResponse:
    now = clock.now()
    context = {
        "change": change,
        "seller": change.seller,
        "form": form,
        "standing": pages.standing_of(change, now),
        "tag": pages.tag_of(change),
        "sanctions": sanction_pages.in_force(change.seller),
        "delay": rules.DELAY.on(clock.local_date(now)),
        "is_passed_on": IdentityChange.objects.passed_on_by(person(request)).filter(pk=change.pk).exists(),
        "may_decline": is_offered and change.state in pages.WITHDRAWABLE,
        "may_withdraw": sellers_policies.is_owner(person(request), change.seller)
        and change.state in pages.WITHDRAWABLE,
    }
    return form_page(request, "umkm/identity/transfer_page.html", context)
