"""Who helps in a shop: by the owner's invitation and their own word, and without what is the owner's."""

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification, OutgoingMail
from tests.factories import tax_papers as papers
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.umkm.drafts import ready
from umkm.members import services
from umkm.members.models import MemberInvitation
from umkm.members.states import InvitationState
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.policies import is_owner, is_tied, own_shops
from umkm.tax_papers import services as tax_papers

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Seller:
    return make.make_seller(make.make_user())


def owner_of(shop: Seller) -> Any:
    return shop.members.get(role=SellerMember.Role.OWNER).user


def helper_of(shop: Seller, now: datetime) -> Any:
    person = make.make_user()
    invitation = services.invite_helper(actor=owner_of(shop), seller=shop, email=person.email, now=now)
    services.accept_invitation(actor=person, invitation=invitation, now=now)
    return person


def test_nobody_helps_without_their_own_word(shop: Seller, now: datetime) -> None:
    person, owner = make.make_user(), owner_of(shop)
    invitation = services.invite_helper(actor=owner, seller=shop, email=f" {person.email.upper()}", now=now)
    assert services.invite_helper(actor=owner, seller=shop, email=person.email, now=now) == invitation
    assert own_shops(person) == [] and not is_tied(person, shop)
    assert Notification.objects.get(kind="seller.helper_invited").person == person  # and its letter is the only one
    assert not OutgoingMail.objects.exists()
    services.invite_helper(actor=owner, seller=shop, email="belum@contoh.invalid", now=now)
    assert OutgoingMail.objects.get().recipient == "belum@contoh.invalid"
    for other in (owner, make.make_user()):
        with pytest.raises(NotAllowed):
            services.accept_invitation(actor=other, invitation=invitation, now=now)
    services.accept_invitation(actor=person, invitation=invitation, now=now)
    assert own_shops(person) == [shop] and is_tied(person, shop) and not is_owner(person, shop)
    assert Notification.objects.get(kind="seller.helper_joined").person == owner
    with pytest.raises(InvalidMove):
        services.accept_invitation(actor=person, invitation=invitation, now=now)
    with pytest.raises(RuleBroken) as refused:
        services.invite_helper(actor=owner, seller=shop, email=person.email, now=now)
    assert refused.value.code == "helps_already"


def test_an_invitation_ends_by_itself_and_may_be_sent_again(shop: Seller, now: datetime) -> None:
    person, owner = make.make_user(), owner_of(shop)
    first = services.invite_helper(actor=owner, seller=shop, email=person.email, now=now)
    with pytest.raises(InvalidMove, match="berakhir"):
        services.accept_invitation(actor=person, invitation=first, now=first.until)
    again = services.invite_helper(actor=owner, seller=shop, email=person.email, now=first.until)
    assert again != first
    first.refresh_from_db()
    assert first.state == InvitationState.WITHDRAWN
    services.withdraw_invitation(actor=owner, invitation=again, now=first.until)
    with pytest.raises(InvalidMove):
        services.accept_invitation(actor=person, invitation=again, now=first.until)


def test_a_shop_has_so_many_helpers_as_the_rule_says_invited_ones_too(shop: Seller, now: datetime) -> None:
    set_rule("seller.helpers_most", 2)
    owner = owner_of(shop)
    helper = helper_of(shop, now)
    services.invite_helper(actor=owner, seller=shop, email="satu@contoh.invalid", now=now)
    with pytest.raises(RuleBroken) as refused:
        services.invite_helper(actor=owner, seller=shop, email="dua@contoh.invalid", now=now)
    assert refused.value.code == "too_many_helpers"
    services.end_membership(actor=owner, member=shop.members.get(user=helper), now=now)
    services.invite_helper(actor=owner, seller=shop, email="dua@contoh.invalid", now=now)


def test_a_helper_does_nothing_that_is_the_owners_and_sees_none_of_their_papers(citizen: Any, now: datetime) -> None:
    shop = ready(citizen, now)
    active = make.make_seller(citizen)
    document, paper = shop.documents.current().get(kind="ktp"), papers.sent(active, actor=citizen)
    helper = helper_of(active, now)
    assert signed_in(helper).get(reverse("site:seller-dashboard")).status_code == 200
    shop.members.create(user=helper, role=SellerMember.Role.STAFF, since=now)
    page = signed_in(helper)
    assert page.get(reverse("umkm:document-file", args=[document.pk])).status_code == 404
    assert page.get(reverse("umkm:tax-paper-file", args=[paper.pk])).status_code == 404
    shown = page.get(f"{reverse('umkm:tax-papers')}?toko={active.pk}").text
    assert paper.number not in shown and "Kirim surat" not in shown
    with pytest.raises(NotAllowed):
        papers.sent(active, actor=helper, number="KET-2")
    with pytest.raises(NotAllowed):
        tax_papers.withdraw_paper(actor=helper, paper=paper, now=now)
    assert "tetap milik Anda" not in " ".join(page.get(reverse("umkm:shop-people")).text.split())
    with pytest.raises(NotAllowed):
        services.invite_helper(actor=helper, seller=active, email="lain@contoh.invalid", now=now)
    owner = active.members.get(role=SellerMember.Role.OWNER)
    with pytest.raises(NotAllowed):
        services.end_membership(actor=helper, member=owner, now=now)
    with pytest.raises(InvalidMove):
        services.end_membership(actor=citizen, member=owner, now=now)
    services.end_membership(actor=helper, member=active.members.get(user=helper), now=now)
    assert own_shops(helper) == [shop] and is_tied(helper, active)
    assert Notification.objects.get(kind="seller.helper_left").person == citizen


def test_the_pages_of_both_sides(shop: Seller) -> None:
    owner, person = owner_of(shop), make.make_user()
    page, url = signed_in(owner), f"{reverse('umkm:shop-people')}?toko={shop.pk}"
    assert page.post(url, {"email": "bukan surel"}).status_code == 422
    assert page.post(url, {"email": person.email}).status_code == 302
    assert person.email in page.get(url).text
    invitation = MemberInvitation.objects.get()
    theirs = signed_in(person)
    shown = theirs.get(reverse("umkm:invitation", args=[invitation.pk]))
    assert shown.status_code == 200 and str(shop) in shown.text
    assert signed_in(make.make_user()).get(reverse("umkm:invitation", args=[invitation.pk])).status_code == 404
    answer = theirs.post(reverse("umkm:invitation-accept", args=[invitation.pk]))
    assert answer.headers["Location"] == f"{reverse('site:seller-dashboard')}?toko={shop.pk}"
    member = shop.members.get(user=person)
    listed = theirs.get(url).text
    assert "Berhenti membantu" in listed and "Kirim undangan" not in listed
    assert "Keluarkan" in page.get(url).text
    assert page.post(reverse("umkm:member-end", args=[member.pk])).status_code == 302
    assert theirs.get(url).status_code == 302
