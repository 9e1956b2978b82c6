"""Pages of who helps in a shop, and of an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.members import services
from umkm.members.forms import InvitationForm
from umkm.members.models import MemberInvitation
from umkm.members.states import InvitationState
from umkm.sellers import fetch
from umkm.sellers import policies as sellers_policies
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import RUNNING


def _people_url(seller_pk: int) -> str:
    return f"{reverse('umkm:shop-people')}?toko={seller_pk}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def shop_people(request: HttpRequest) -> HttpResponse:
    """Everybody of the shop; the owner invites and lets go."""
    user, now = person(request), clock.now()
    mine = Seller.objects.of_member(user).filter(state__in=RUNNING).order_by("pk")
    seller = fetch.named_shop(request, mine)
    if seller is None:
        return redirect("umkm:register")
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.invite_helper(actor=user, seller=seller, address=form.cleaned_data["address"], now=now)
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Undangan dikirim. Orangnya menerima sendiri."))
            return redirect(_people_url(seller.pk))
    is_owner = sellers_policies.is_owner(user, seller)
    context = {
        "seller": seller,
        "form": form,
        "is_owner": is_owner,
        "members": seller.members.filter(until__isnull=True).select_related("user").order_by("role", "since"),
        "invitations": MemberInvitation.objects.open(now).filter(seller=seller) if is_owner else [],
    }
    return form_page(request, "umkm/members/shop_people.html", context)


@require_POST
@login_required
def member_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner lets somebody go, or a helper leaves."""
    user = person(request)
    shops = Seller.objects.of_member(user).values("pk")
    member = get_object_or_404(SellerMember.objects.select_related("user"), pk=pk, seller__in=shops, until__isnull=True)
    services.end_membership(actor=user, member=member, now=clock.now())
    if member.user_id == user.pk:
        messages.success(request, _("Anda tidak lagi membantu toko itu."))
        return redirect("home")
    messages.success(request, _("%(who)s tidak lagi membantu toko Anda.") % {"who": member.user})
    return redirect(_people_url(member.seller_id))


@never_cache
@require_GET
@login_required
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sent_to(request, pk)
    context = {
        "invitation": found,
        "seller": found.seller,
        "is_open": MemberInvitation.objects.open(clock.now()).filter(pk=pk).exists(),
        "is_over": found.state == InvitationState.OPEN and clock.is_over(found.until, clock.now()),
    }
    return render(request, "umkm/members/invitation.html", context)


@require_POST
@login_required
def invitation_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sent_to(request, pk)
    services.accept_invitation(actor=person(request), invitation=found, now=clock.now())
    messages.success(request, _("Anda sekarang membantu %(shop)s.") % {"shop": found.seller})
    return redirect(f"{reverse('site:seller-dashboard')}?toko={found.seller_id}")


@require_POST
@login_required
def invitation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sent_to(request, pk)
    services.decline_invitation(actor=person(request), invitation=found, now=clock.now())
    messages.success(request, _("Undangan ditolak; pemilik toko dikabari."))
    return redirect("umkm:invitation", pk)


@require_POST
@login_required
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    found = get_object_or_404(MemberInvitation, pk=pk, seller__in=Seller.objects.of_member(user).values("pk"))
    services.withdraw_invitation(actor=user, invitation=found, now=clock.now())
    messages.success(request, _("Undangan ditarik."))
    return redirect(_people_url(found.seller_id))


def _sent_to(request: HttpRequest, pk: int) -> MemberInvitation:
    found: MemberInvitation = get_object_or_404(
        MemberInvitation.objects.sent_to(person(request)).select_related("seller", "invited_by"), pk=pk
    )
    return found
