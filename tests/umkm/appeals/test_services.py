"""Appeals and new tries: who appeals until when, who decides, what silence means, and what a granted one does."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from tests.factories import umkm as make
from tests.factories.appeals import appealed, rejected
from tests.factories.sanctions import freeze, give
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.umkm.drafts import looked_at, waiting
from tests.umkm.pictures import photo
from umkm.appeals import policies, services
from umkm.appeals.models import Appeal
from umkm.appeals.states import AppealState
from umkm.sanctions import services as sanctions
from umkm.sanctions.states import SanctionState
from umkm.sellers import rules as sellers_rules
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification import services as verification
from umkm.verification.models import DocumentView
from umkm.verification.states import LookPurpose

pytestmark = pytest.mark.django_db
WORDS = "Pesanan itu datang tepat waktu."
SECOND = timedelta(seconds=1)


@pytest.fixture
@kept
def head(db: None) -> Any:
    return make.make_staff("umkm.decide_appeal", name="Kepala Dinas Contoh")


def test_the_head_is_who_was_given_that_office(
    citizen: Any, verifier: Any, head: Any, admin_user: Any, now: datetime
) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    assert appeal.state == AppealState.WITH_HEAD
    with pytest.raises(NotAllowed, match="menunggu kepala dinas"):
        services.grant_appeal(actor=admin_user, appeal=appeal, note="Banding ini dikabulkan", now=now)
    assert (
        services.refuse_appeal(actor=head, appeal=appeal, note="Keputusannya tetap sama", now=now).state
        == AppealState.REFUSED
    )


def test_the_head_reads_the_file_while_its_appeal_is_before_them(
    citizen: Any, verifier: Any, head: Any, now: datetime
) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    other = waiting(make.make_user(), now, number=2)
    page, file_url = signed_in(head), reverse("admin:umkm_verificationcase_change", args=[appeal.case_id])
    paper = reverse("umkm:document-file", args=[appeal.seller.documents.current().order_by("pk")[0].pk])
    foreign = reverse("umkm:document-file", args=[other.seller.documents.current().order_by("pk")[0].pk])
    assert file_url in page.get(reverse("admin:umkm_appeal_change", args=[appeal.pk])).text
    text = page.get(file_url).text
    assert (
        paper in text and "Tampilkan" not in text and reverse("admin:umkm_case_take", args=[appeal.case_id]) not in text
    )
    assert page.get(paper).status_code == 200
    assert DocumentView.objects.get(viewer=head).purpose == LookPurpose.CASE
    assert page.post(reverse("admin:umkm_case_approve", args=[appeal.case_id])).status_code == 403
    assert page.get(reverse("admin:umkm_verificationcase_change", args=[other.pk])).status_code == 403
    assert page.get(foreign).status_code == 404
    assert reverse("admin:umkm_verificationcase_change", args=[other.pk]) not in page.get("/admin/").text
    services.refuse_appeal(actor=head, appeal=appeal, note="Keputusannya tetap sama", now=now)
    assert (page.get(file_url).status_code, page.get(paper).status_code) == (403, 404)


def test_another_officer_than_the_first_decides_and_the_new_round_is_another_verifiers_too(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    assert appeal.state == AppealState.WITH_OFFICER
    told = Notification.objects.filter(kind="appeal.to_decide")
    assert list(told.values_list("person", flat=True)) == [other_verifier.pk]
    with pytest.raises(NotAllowed, match="keputusan pertama"):
        services.grant_appeal(actor=verifier, appeal=appeal, note="Benar, pemiliknya sendiri", now=now)
    services.grant_appeal(actor=other_verifier, appeal=appeal, note="Fotonya jelas buatan sendiri", now=now)
    with pytest.raises(InvalidMove, match="sudah diputus"):
        services.refuse_appeal(actor=other_verifier, appeal=appeal, note="Tidak ada bukti baru", now=now)
    seller = Seller.objects.get(pk=appeal.seller_id)
    case = verification.check_case(case=seller.cases.latest("pk"), now=now)
    assert (seller.state, seller.cases.count(), case.not_by) == (SellerState.SUBMITTED, 2, verifier)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=other_verifier, check=check, now=now)
    with pytest.raises(NotAllowed, match="sebelum banding"):
        verification.approve_case(actor=verifier, case=case, now=now)
    assert "sebelum banding" in signed_in(verifier).get(f"/admin/umkm/verificationcase/{case.pk}/change/").text
    file = signed_in(other_verifier).get(f"/admin/umkm/verificationcase/{case.pk}/change/").text
    assert "dikabulkan. Tidak ada yang dikirim ulang" in file and "Saya membuatnya sendiri." in file
    verification.approve_case(actor=other_verifier, case=looked_at(case, other_verifier, now), now=now)


def test_without_another_officer_it_is_with_the_head_at_once(
    citizen: Any, verifier: Any, other_verifier: Any, head: Any, now: datetime
) -> None:
    seller = rejected(citizen, now, actor=verifier).seller
    make.tie(other_verifier, seller, "member")
    page = signed_in(citizen).post(f"/penjual/pendaftaran/{seller.pk}/banding/", {"words": WORDS}, follow=True).text
    assert "langsung ke kepala dinas" in page
    appeal = Appeal.objects.get()
    assert appeal.state == AppealState.WITH_HEAD
    for officer in (verifier, other_verifier):
        with pytest.raises(NotAllowed):
            services.refuse_appeal(actor=officer, appeal=appeal, note="Tidak ada bukti baru", now=now)
    services.grant_appeal(actor=head, appeal=appeal, note="Periksa lagi fotonya", now=now)
    # Nobody else could examine it anew.
    assert appeal.seller.cases.latest("pk").not_by is None


def test_what_was_sent_is_read_again_by_the_shop_and_the_officers_and_by_nobody_else(
    citizen: Any, stranger: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    case = rejected(citizen, now, actor=verifier)
    client = signed_in(citizen)
    sent = {"words": WORDS, "photos": [photo(1), photo(2)]}
    client.post(f"/penjual/pendaftaran/{case.seller_id}/banding/", sent)
    appeal = Appeal.objects.get()
    page = client.get(f"/daftar-berjualan/{case.seller_id}/").text
    desk = signed_in(other_verifier).get(f"/admin/umkm/appeal/{appeal.pk}/change/").text
    assert WORDS in page and WORDS in desk
    for picture in appeal.photos.all():
        url = f"/penjual/banding/foto/{picture.pk}/"
        assert url in page and url in desk
        assert [signed_in(one).get(url).status_code for one in (citizen, other_verifier, stranger)] == [200, 200, 404]


def test_its_owner_takes_it_back_while_nobody_decided_and_files_none_again(
    shop: Seller, seller_user: Any, colleague: Any, warden: Any, now: datetime
) -> None:
    other, sanction = make.make_staff("umkm.freeze_seller"), give(shop, now, actor=warden)
    appeal = services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=now)
    for person in (colleague, warden, other):
        with pytest.raises(NotAllowed):
            services.withdraw_appeal(actor=person, appeal=appeal, now=now)
    client = signed_in(seller_user)
    for _twice in range(2):
        page = client.post(f"/penjual/banding/{appeal.pk}/tarik/", follow=True).text
        assert "Banding ditarik" in page and "Banding Anda tarik" in page and "Ya, tarik banding" not in page
    assert not Notification.objects.unread().filter(kind="appeal.to_decide").exists()
    sanction.refresh_from_db()
    assert sanction.state == SanctionState.IN_FORCE
    with pytest.raises(InvalidMove, match="ditarik"):
        services.grant_appeal(actor=other, appeal=appeal, note="Keputusan itu keliru", now=now)
    assert services.pass_on_late(now=appeal.due_at) == 0
    with pytest.raises(RuleBroken, match="sudah mengajukan"):
        services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=now)
    decided = services.file_appeal(actor=seller_user, decision=freeze(shop, now), words=WORDS, now=now)
    services.refuse_appeal(actor=other, appeal=decided, note="Keputusannya tetap sama", now=now)
    with pytest.raises(InvalidMove, match="sudah diputus"):
        services.withdraw_appeal(actor=seller_user, appeal=decided, now=now)


def test_silence_climbs_and_silence_of_the_head_grants(
    citizen: Any, verifier: Any, other_verifier: Any, head: Any, now: datetime
) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    assert services.pass_on_late(now=appeal.due_at - SECOND) == 0
    assert services.pass_on_late(now=appeal.due_at) == 1
    climbed = Appeal.objects.get()
    assert climbed.state == AppealState.WITH_HEAD and climbed.due_at > appeal.due_at
    assert Notification.objects.filter(person=head, kind="appeal.to_decide").exists()
    with pytest.raises(NotAllowed, match="kepala dinas"):
        services.refuse_appeal(actor=other_verifier, appeal=climbed, note="Tidak ada bukti baru", now=appeal.due_at)
    services.pass_on_late(now=climbed.due_at)
    assert services.pass_on_late(now=climbed.due_at) == 0
    climbed.refresh_from_db()
    assert (climbed.state, climbed.seller.state) == (AppealState.GRANTED, SellerState.SUBMITTED)
    assert Notification.objects.filter(person=citizen, kind="appeal.granted_by_silence").exists()


def test_a_granted_appeal_opens_a_frozen_shop_and_a_refused_one_leaves_it(
    shop: Seller, seller_user: Any, warden: Any, now: datetime
) -> None:
    other = make.make_staff("umkm.freeze_seller")
    for act, state in ((services.refuse_appeal, SellerState.FROZEN), (services.grant_appeal, SellerState.ACTIVE)):
        sanction = freeze(shop, now, actor=warden)
        appeal = services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=now)
        act(actor=other, appeal=appeal, note="Sudah dilihat lagi", now=now)
        shop.refresh_from_db()
        sanction.refresh_from_db()
        assert shop.state == state
        if state == SellerState.FROZEN:
            sanctions.lift_sanction(actor=warden, sanction=sanction, note="Sudah selesai diperbaiki", now=now)
    assert sanction.state == SanctionState.SET_ASIDE


def test_one_appeals_within_the_days_once_and_with_words(
    shop: Seller, seller_user: Any, colleague: Any, stranger: Any, warden: Any, now: datetime
) -> None:
    sanction = give(shop, now, actor=warden)
    last = policies.last_moment(now)
    for person in (colleague, stranger, warden):
        with pytest.raises(NotAllowed):
            services.file_appeal(actor=person, decision=sanction, words=WORDS, now=now)
    for words, at in ((" ", now), ("x" * 1001, now), (WORDS, last)):
        with pytest.raises(RuleBroken):
            services.file_appeal(actor=seller_user, decision=sanction, words=words, now=at)
    services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=last - SECOND)
    with pytest.raises(RuleBroken, match="sudah mengajukan"):
        services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=now)
    assert "Banding Anda ada pada" in signed_in(seller_user).get(f"/penjual/toko/{shop.pk}/sanksi/").text


@pytest.mark.parametrize("how", make.TIES)
def test_who_is_tied_to_the_shop_decides_no_appeal(
    shop: Seller, seller_user: Any, warden: Any, now: datetime, how: str
) -> None:
    tied, other = make.make_staff("umkm.freeze_seller"), make.make_staff("umkm.freeze_seller")
    sanction = give(shop, now, actor=warden)
    appeal = services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=now)
    make.tie(tied, shop, how)
    with pytest.raises(NotAllowed):
        services.grant_appeal(actor=tied, appeal=appeal, note="Keputusan itu keliru", now=now)
    assert Appeal.objects.get().decided_at is None
    services.grant_appeal(actor=other, appeal=appeal, note="Keputusan itu keliru", now=now)


def test_a_new_try_keeps_the_entry_asks_consent_again_and_waits_for_the_appeal(
    citizen: Any, colleague: Any, verifier: Any, other_verifier: Any, now: datetime
) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    seller = appeal.seller
    with pytest.raises(InvalidMove, match="Banding"):
        sellers.retry_seller(actor=citizen, seller=seller, now=now)
    services.refuse_appeal(actor=other_verifier, appeal=appeal, note="Fotonya barang pabrik", now=now)
    with pytest.raises(NotAllowed):
        sellers.retry_seller(actor=colleague, seller=seller, now=now)
    client = signed_in(citizen)
    page = client.post(f"/penjual/pendaftaran/{seller.pk}/coba/lagi/", follow=True).text
    assert "Isian yang lama sudah siap" in page
    # What it is, what the earlier one was refused for, and that the old steps are the earlier one's.
    assert "Percobaan baru" in page and "Barang pabrik di foto." in page and "Pemeriksaan sebelumnya" in page
    seller.refresh_from_db()
    assert (seller.state, seller.consented_at, seller.name) == (SellerState.DRAFT, None, "Dapur Bu Lirih")
    assert seller.documents.current().exists()
    sellers.save_seller(actor=citizen, seller=seller, values={"consented": True}, now=now)
    assert sellers.submit_seller(actor=citizen, seller=seller, now=now).not_by is None


def test_documents_serve_for_a_new_try_only_as_long_as_they_are_kept(citizen: Any, now: datetime) -> None:
    for number, extra in ((1, -SECOND), (2, timedelta())):
        seller = rejected(citizen, now, number=number).seller
        kept = timedelta(days=sellers_rules.KEPT_AFTER_REJECTION.on(now.date()))
        sellers.retry_seller(actor=citizen, seller=seller, now=now + kept + extra)
        assert seller.documents.current().exists() == (extra < timedelta())


def test_the_office_reads_and_decides_in_the_admin(citizen: Any, verifier: Any, other_verifier: Any, now: Any) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    desk = f"/admin/umkm/appeal/{appeal.pk}/"
    assert "Kabulkan banding" not in signed_in(verifier).get(f"{desk}change/").text
    client = signed_in(other_verifier)
    assert "Kabulkan banding" in client.get(f"{desk}change/").text
    assert client.post(f"{desk}tolak/", {"reason": ""}).status_code == 422
    assert client.post(f"{desk}tolak/", {"reason": "Barang pabrik di foto"}).status_code == 302
    assert client.post(f"{desk}kabulkan/", {"reason": "Ya"}).status_code == 409
    page = signed_in(citizen).get(f"/daftar-berjualan/{appeal.seller_id}/").text
    assert "Banding ditolak" in page and "Barang pabrik" in page


def test_whoever_decides_is_reminded_once_before_each_end(
    citizen: Any, verifier: Any, other_verifier: Any, head: Any, now: datetime
) -> None:
    appeal = appealed(citizen, now, actor=verifier)
    day = timedelta(days=1)
    assert services.remind_ending(now=appeal.due_at - day - SECOND) == 0
    assert [services.remind_ending(now=appeal.due_at - day) for _twice in range(2)] == [1, 0]
    told = Notification.objects.filter(kind__startswith="appeal.near")
    assert list(told.values_list("kind", "person")) == [("appeal.near", other_verifier.pk)]
    services.pass_on_late(now=appeal.due_at)
    appeal.refresh_from_db()
    assert services.remind_ending(now=appeal.due_at - day) == 1
    assert told.get(kind="appeal.near_with_head").person == head
    services.refuse_appeal(actor=head, appeal=appeal, note="Keputusannya tetap sama", now=appeal.due_at - day)
    assert services.remind_ending(now=appeal.due_at - SECOND) == 0
