"""Who helps in a shop: invited by its owner, by their own word, until either ends it.

A helper does the work of the shop's desk and nothing that is the owner's: identity and account, papers of the owner,
appeals, passing the shop on, leaving the market. Whoever ever helped is tied to the shop like its owner
(`sellers.policies.ties_of`): an officer of the city or of a department loses their say over it.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, require
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.login_names import check_of_another, read_login
from epeken.users.models import User
from umkm.members import notices, rules, texts
from umkm.members.models import MemberInvitation
from umkm.members.states import InvitationState
from umkm.sellers import policies as sellers_policies
from umkm.sellers.events import note_event
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import RUNNING


@service
def invite_helper(*, actor: User, seller: Seller, address: str, now: datetime) -> MemberInvitation:
    """Whoever signs in with this address or mobile number may help in the shop. The answer is the same whether an
    account has it. An invitation that runs is the same one.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, MemberInvitation.
    """
    seller = _locked(actor, seller)
    address, day = read_login(address, field="address"), clock.local_date(now)
    check_of_another(actor, address, field="address")
    for earlier in MemberInvitation.objects.filter(seller=seller, address=address, state=InvitationState.OPEN).locked():
        if not clock.is_over(earlier.until, now):
            return earlier
        move(earlier, "withdraw", actor=None, now=now)
    open_now = MemberInvitation.objects.open(now).filter(seller=seller).count()
    helping = seller.members.filter(role=SellerMember.Role.STAFF, until__isnull=True)
    require(
        not helping.filter(user__in=User.objects.named(address)).exists(),
        _("Orang ini sudah membantu toko Anda."),
        field="address",
        code="helps_already",
    )
    most = rules.MOST.on(day)
    require(
        helping.count() + open_now < most,
        _("Paling banyak %(n)d orang membantu satu toko, termasuk yang diundang.") % {"n": most},
        field="address",
        code="too_many_helpers",
    )
    texts.check_left(actor, address, now)
    until = clock.end_of(day + timedelta(days=rules.OPEN.on(day)))
    invitation = MemberInvitation.objects.create(
        seller=seller, address=address, invited_by=actor, invited_at=now, until=until
    )
    begin(invitation, actor=actor, now=now)
    notices.helper_invited(invitation, now=now)
    return invitation


@service
def accept_invitation(*, actor: User, invitation: MemberInvitation, now: datetime) -> SellerMember:
    """The person helps from now on. Raises: NotAllowed, InvalidMove. Locks: Seller, MemberInvitation."""
    invitation = _answered(actor, invitation, now)
    seller = invitation.seller
    if seller.state not in RUNNING:
        raise InvalidMove(_("Toko ini tidak sedang berjualan."))
    try:
        with transaction.atomic():
            member: SellerMember = seller.members.create(user=actor, role=SellerMember.Role.STAFF, since=now)
    except IntegrityError:
        raise InvalidMove(_("Anda sudah mengurus toko ini.")) from None
    move(invitation, "accept", actor=actor, now=now)
    note_event(seller, "join", actor, now)
    notices.helper_answered(invitation, actor, "joined", now=now)
    return member


@service
def decline_invitation(*, actor: User, invitation: MemberInvitation, now: datetime) -> MemberInvitation:
    """Raises: NotAllowed, InvalidMove. Locks: Seller, MemberInvitation."""
    invitation = _answered(actor, invitation, now)
    move(invitation, "decline", actor=actor, now=now)
    notices.helper_answered(invitation, actor, "declined", now=now)
    return invitation


@service
def withdraw_invitation(*, actor: User, invitation: MemberInvitation, now: datetime) -> MemberInvitation:
    """Raises: NotAllowed, InvalidMove. Locks: Seller, MemberInvitation."""
    _locked(actor, invitation.seller)
    found: MemberInvitation = MemberInvitation.objects.locked().get(pk=invitation.pk)
    if found.state != InvitationState.OPEN:
        raise InvalidMove(_("Undangan ini sudah dijawab. Muat ulang halaman."))
    move(found, "withdraw", actor=actor, now=now)
    return found


@service
def end_membership(*, actor: User, member: SellerMember, now: datetime) -> SellerMember:
    """The owner lets a helper go, or a helper leaves; an owner neither way. Raises: NotAllowed, InvalidMove.

    Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=member.seller_id)
    found: SellerMember = seller.members.select_related("user").get(pk=member.pk)
    if actor.pk != found.user_id and not sellers_policies.is_owner(actor, seller):
        raise NotAllowed(_("Hanya pemilik toko yang dapat mengeluarkan pembantunya."))
    if found.role != SellerMember.Role.STAFF or found.until is not None:
        raise InvalidMove(_("Orang ini tidak sedang membantu toko ini. Muat ulang halaman."))
    found.until = now
    found.save(update_fields=["until"])
    note_event(seller, "part", actor, now)
    owners = [one.user for one in seller.members.filter(role=SellerMember.Role.OWNER, until__isnull=True)]
    others = [person for person in (*owners, found.user) if person.pk != actor.pk]
    notices.helper_left(seller, found.user, others, now=now)
    return found


def end_helpers(seller: Seller, actor: User, now: datetime) -> None:
    """Nobody helps in a shop that leaves the market, nor is invited to. Who shall help when it is back is invited anew:
    what they may do then is its owner's to say. Locks: Seller (held by the caller), MemberInvitation.
    """
    for invitation in MemberInvitation.objects.filter(seller=seller, state=InvitationState.OPEN).locked():
        move(invitation, "withdraw", actor=actor, now=now)
    helping = seller.members.filter(role=SellerMember.Role.STAFF, until__isnull=True).select_related("user")
    for member in helping.order_by("pk"):
        member.until = now
        member.save(update_fields=["until"])
        note_event(seller, "part", actor, now)
        notices.helper_left(seller, member.user, [member.user], now=now)


def _locked(actor: User, seller: Seller) -> Seller:
    found: Seller = Seller.objects.locked().get(pk=seller.pk)
    if not sellers_policies.is_owner(actor, found):
        raise NotAllowed(_("Hanya pemilik toko yang dapat mengundang orang."))
    if found.state not in RUNNING:
        raise InvalidMove(_("Toko ini tidak sedang berjualan."))
    return found


def _answered(actor: User, invitation: MemberInvitation, now: datetime) -> MemberInvitation:
    seller = Seller.objects.locked().get(pk=invitation.seller_id)
    found: MemberInvitation = MemberInvitation.objects.locked().get(pk=invitation.pk)
    found.seller = seller
    if found.address not in actor.sign_in_names:
        raise NotAllowed(_("Undangan ini untuk orang lain."))
    if found.state != InvitationState.OPEN:
        raise InvalidMove(_("Undangan ini sudah dijawab atau ditarik."))
    if clock.is_over(found.until, now):
        raise InvalidMove(_("Undangan ini sudah berakhir. Minta pemilik toko mengundang Anda lagi."))
    return found
