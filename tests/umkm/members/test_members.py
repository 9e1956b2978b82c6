"""Who helps in a shop: by the owner's invitation and their own word, and without what is the owner's."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification, OutgoingMail, OutgoingText
from tests.factories import tax_papers as papers
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.drafts import ready
from umkm.identity import transfers
from umkm.members import services
from umkm.members.models import MemberInvitation
from umkm.members.states import InvitationState
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.policies import is_owner, is_tied, own_shops
from umkm.tax_papers import services as tax_papers

pytestmark = pytest.mark.django_db


@pytest.fixture
@kept
def shop() -> Seller:
    return make.make_seller(make.make_user())


def owner_of(shop: Seller) -> Any:
    return shop.members.get(role=SellerMember.Role.OWNER).user


def helper_of(shop: Seller, now: datetime) -> Any:
    person = make.make_user()
    invitation = services.invite_helper(actor=owner_of(shop), seller=shop, address=person.email, now=now)
    services.accept_invitation(actor=person, invitation=invitation, now=now)
    return person


def test_nobody_helps_without_their_own_word(shop: Seller, now: datetime) -> None:
    person, owner = make.make_user(), owner_of(shop)
    invitation = services.invite_helper(actor=owner, seller=shop, address=f" {person.email.upper()}", now=now)
    assert services.invite_helper(actor=owner, seller=shop, address=person.email, now=now) == invitation
    assert own_shops(person) == [] and not is_tied(person, shop)
    assert Notification.objects.get(kind="seller.helper_invited").person == person  # and its letter is the only one
    assert not OutgoingMail.objects.exists()
    services.invite_helper(actor=owner, seller=shop, address="belum@contoh.invalid", now=now)
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
        services.invite_helper(actor=owner, seller=shop, address=person.email, now=now)
    assert refused.value.code == "helps_already"


def test_an_invitation_ends_by_itself_and_may_be_sent_again(shop: Seller, now: datetime) -> None:
    person, owner = make.make_user(), owner_of(shop)
    first = services.invite_helper(actor=owner, seller=shop, address=person.email, now=now)
    with pytest.raises(InvalidMove, match="berakhir"):
        services.accept_invitation(actor=person, invitation=first, now=first.until)
    again = services.invite_helper(actor=owner, seller=shop, address=person.email, now=first.until)
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
    services.invite_helper(actor=owner, seller=shop, address="satu@contoh.invalid", now=now)
    with pytest.raises(RuleBroken) as refused:
        services.invite_helper(actor=owner, seller=shop, address="dua@contoh.invalid", now=now)
    assert refused.value.code == "too_many_helpers"
    services.end_membership(actor=owner, member=shop.members.get(user=helper), now=now)
    services.invite_helper(actor=owner, seller=shop, address="dua@contoh.invalid", now=now)


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
        services.invite_helper(actor=helper, seller=active, address="lain@contoh.invalid", now=now)
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
    assert page.post(url, {"address": "bukan surel"}).status_code == 422
    assert page.post(url, {"address": person.email}).status_code == 302
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


def test_a_number_alone_is_enough_to_be_invited_and_to_answer(shop: Seller, now: datetime) -> None:
    person, owner = make.make_phone_user("+6281277778888"), owner_of(shop)
    bystander = make.make_user(phone="+6281277778888")  # is called there, and does not sign in with it
    invitation = services.invite_helper(actor=owner, seller=shop, address="0812-7777-8888", now=now)
    assert services.invite_helper(actor=owner, seller=shop, address="+62 812 7777 8888", now=now) == invitation
    assert Notification.objects.get(kind="seller.helper_invited").person == person
    said = OutgoingText.objects.get(phone=person.phone).text
    assert str(shop) in said and reverse("umkm:invitation", args=[invitation.pk]) in said
    assert list(MemberInvitation.objects.sent_to(person)) == [invitation]
    assert not MemberInvitation.objects.sent_to(bystander).exists()
    with pytest.raises(NotAllowed):
        services.accept_invitation(actor=bystander, invitation=invitation, now=now)
    services.accept_invitation(actor=person, invitation=invitation, now=now)
    assert own_shops(person) == [shop]
    with pytest.raises(RuleBroken) as refused:
        services.invite_helper(actor=owner, seller=shop, address="081277778888", now=now)
    assert refused.value.code == "helps_already"


def test_who_has_no_account_yet_is_invited_in_the_same_words(shop: Seller, now: datetime) -> None:
    owner = owner_of(shop)
    services.invite_helper(actor=owner, seller=shop, address="0812 7777 9999", now=now)
    assert OutgoingText.objects.get().phone == "+6281277779999" and not OutgoingMail.objects.exists()
    later = make.make_phone_user("+6281277779999")
    assert MemberInvitation.objects.sent_to(later).count() == 1
    page = signed_in(owner).get(f"{reverse('umkm:shop-people')}?toko={shop.pk}").text
    assert "0812-7777-9999" in page


@pytest.mark.parametrize(
    ("written", "code"),
    [("bukan surel", "phone_invalid"), ("a@b", "email_invalid"), ("(031) 5678901", "phone_not_mobile"),
     ("+60 12-345 6789", "phone_not_mobile")],
)  # fmt: skip
def test_what_nobody_can_sign_in_with_is_refused(shop: Seller, written: str, code: str, now: datetime) -> None:
    with pytest.raises(RuleBroken) as refused:
        services.invite_helper(actor=owner_of(shop), seller=shop, address=written, now=now)
    assert (refused.value.code, refused.value.field) == (code, "address")
    assert not MemberInvitation.objects.exists()


def test_where_no_codes_are_sent_a_number_is_not_taken(shop: Seller, settings: Any, now: datetime) -> None:
    settings.SMS_TRANSPORT = ""
    with pytest.raises(RuleBroken) as refused:
        services.invite_helper(actor=owner_of(shop), seller=shop, address="081277778888", now=now)
    assert refused.value.code == "number_not_taken"


def test_texts_to_strangers_end_for_the_day_whatever_is_taken_back(shop: Seller, now: datetime) -> None:
    set_rule("seller.invitation_texts", 2)
    owner = owner_of(shop)
    first = services.invite_helper(actor=owner, seller=shop, address="081277770001", now=now)
    services.withdraw_invitation(actor=owner, invitation=first, now=now)
    transfers.offer_transfer(actor=owner, seller=shop, address="081277770002", reason="Pindah kota", key="k", now=now)
    for act in (
        lambda: services.invite_helper(actor=owner, seller=shop, address="081277770003", now=now),
        lambda: transfers.offer_transfer(
            actor=owner, seller=make.make_seller(owner), address="081277770003", reason="Pindah kota", key="l", now=now
        ),
    ):
        with pytest.raises(RuleBroken) as refused:
            act()
        assert refused.value.code == "too_many_texts"
    services.invite_helper(actor=owner, seller=shop, address="surel@contoh.invalid", now=now)
    services.invite_helper(actor=owner, seller=shop, address="081277770003", now=now + timedelta(days=1))
