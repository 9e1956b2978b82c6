"""Documents of rejected applicants, of shops that left and of registrations nobody goes on with: gone from the store
after their days, and not before."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from epeken.core.models import Upload
from epeken.notifications.models import Notification
from orders.departures import services as departures
from tests.factories import umkm as make
from tests.factories.appeals import appealed, rejected
from tests.factories.identity import owner_of
from tests.factories.states import put
from tests.factories.users import signed_in
from tests.umkm.drafts import looked_at, ready, waiting
from tests.umkm.pictures import photo
from umkm.appeals import services as appeals
from umkm.sellers import rules
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.verification import retention
from umkm.verification import services as verification
from umkm.verification.models import CaseValue, SellerDocument

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def files(seller: Seller) -> set[str]:
    return set(SellerDocument.objects.filter(seller=seller).exclude(file="").values_list("file", flat=True))


def destroyed(now: datetime, run: Any) -> int:
    with run(execute=True):
        return retention.destroy_due(now=now)


def test_what_a_rejected_applicant_brought_is_gone_with_its_bytes_and_the_history_says_which_and_why(
    citizen: Any, verifier: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    seller = rejected(citizen, now, actor=verifier).seller
    names, document = files(seller), SellerDocument.objects.filter(seller=seller)[0]
    other = make.make_seller()
    kept = sellers.write_document(
        owner_of(other), other, "ktp", sellers.store_document(owner_of(other), other, photo(9)), now
    )
    end = now + timedelta(days=rules.DESTROYED_AFTER_REJECTION.on(now.date()))
    assert names and destroyed(end - SECOND, django_capture_on_commit_callbacks) == 0 and files(seller) == names
    assert destroyed(end, django_capture_on_commit_callbacks) == 1
    store = storages["private"]
    assert not any(store.exists(name) for name in names) and not Upload.objects.filter(name__in=names).exists()
    assert store.exists(kept.file) and files(other) == {kept.file}
    event = seller.events.get(action="destroy")
    assert f"{len(names)} berkas dimusnahkan" in event.note and "ditolak" in event.note
    assert "Dokumen dimusnahkan" in signed_in(citizen).get(reverse("umkm:application", args=[seller.pk])).text
    assert Notification.objects.filter(person=citizen, kind="identity.documents_destroyed").exists()
    assert signed_in(verifier).get(f"/dokumen-penjual/{document.pk}/").status_code == 404
    assert destroyed(end, django_capture_on_commit_callbacks) == 0
    seller = sellers.retry_seller(actor=citizen, seller=seller, now=end)
    assert not seller.documents.current().exists()


def test_an_open_appeal_keeps_them(
    citizen: Any, verifier: Any, other_verifier: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    appeal = appealed(citizen, now, actor=verifier, photos=[photo(3)])
    end = now + timedelta(days=rules.DESTROYED_AFTER_REJECTION.on(now.date()))
    assert destroyed(end, django_capture_on_commit_callbacks) == 0 and files(appeal.seller)
    appeals.refuse_appeal(actor=other_verifier, appeal=appeal, note="Keputusannya tetap sama", now=end)
    assert destroyed(end, django_capture_on_commit_callbacks) == 1 and not appeal.photos.exclude(file="").exists()


def test_a_shop_that_left_keeps_them_while_it_may_come_back(
    shop: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    owner = owner_of(shop)
    sellers.write_document(owner, shop, "ktp", sellers.store_document(owner, shop, photo(9)), now)
    departures.leave_market(actor=owner, seller=shop, now=now)
    longest = max(rule.on(now.date()) for rule in (rules.DESTROYED_AFTER_LEAVING, rules.RETURN))
    end = now + timedelta(days=longest)
    assert destroyed(end - SECOND, django_capture_on_commit_callbacks) == 0
    assert destroyed(end, django_capture_on_commit_callbacks) == 1 and not files(shop)


def idle_days(now: datetime) -> tuple[timedelta, timedelta]:
    """After how long a registration goes, and how long before its applicant is told."""
    day = now.date()
    return timedelta(days=rules.IDLE.on(day)), timedelta(days=rules.IDLE_NOTICE.on(day))


def told(seller: Seller) -> int:
    return Notification.objects.filter(kind="identity.idle_ends", key__startswith=f"seller-{seller.pk}-").count()


def test_a_draft_nobody_goes_on_with_is_emptied_after_its_applicant_was_told(
    citizen: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    run, (kept, before) = django_capture_on_commit_callbacks, idle_days(now)
    seller = ready(citizen, now)
    names = files(seller)
    assert destroyed(now + kept - before - SECOND, run) == 0 and told(seller) == 0
    for _night in range(2):
        assert destroyed(now + kept - before, run) == 0 and told(seller) == 1
    assert destroyed(now + kept - SECOND, run) == 0 and files(seller) == names
    page = signed_in(citizen).get(reverse("umkm:application", args=[seller.pk])).text
    assert "isian dan dokumennya dimusnahkan sesudah" in page
    assert destroyed(now + kept, run) == 1
    store = storages["private"]
    assert names and not any(store.exists(name) for name in names)
    seller.refresh_from_db()
    assert {getattr(seller, name) for name in ("owner_name", "nik", "nik_index", "bank_account", "address")} == {""}
    assert seller.consented_at is None and sellers.policies.is_owner(citizen, seller)
    assert "lama tidak dilanjutkan" in seller.events.get(action="destroy").note
    assert Notification.objects.filter(person=citizen, kind="identity.documents_destroyed").count() == 1
    assert destroyed(now + 3 * kept, run) == 0 and told(seller) == 1


def test_whoever_goes_on_begins_the_days_anew_and_is_told_again(
    citizen: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    run, (kept, before) = django_capture_on_commit_callbacks, idle_days(now)
    seller = ready(citizen, now)
    destroyed(now + kept - before, run)
    later = now + kept - SECOND
    sellers.save_seller(actor=citizen, seller=seller, values={"about": "Masakan rumahan."}, now=later)
    assert destroyed(now + kept + before, run) == 0 and files(seller)
    destroyed(later + kept - before, run)
    assert told(seller) == 2 and files(seller)
    assert destroyed(later + kept, run) == 1 and not files(seller)


def test_nothing_goes_before_its_applicant_had_the_days_of_the_notice(
    citizen: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    """Also where the rule is new, or the nights before were missed."""
    run, (kept, before) = django_capture_on_commit_callbacks, idle_days(now)
    seller = ready(citizen, now)
    late = now + 2 * kept
    assert destroyed(late, run) == 0 and told(seller) == 1
    assert destroyed(late + before - SECOND, run) == 0 and files(seller)
    assert destroyed(late + before, run) == 1 and not files(seller)


def test_a_file_sent_back_and_left_and_a_new_try_left_are_destroyed_with_what_was_kept_of_their_rounds(
    citizen: Any, verifier: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    run, (kept, before) = django_capture_on_commit_callbacks, idle_days(now)
    case = waiting(citizen, now)
    verification.send_back_case(
        actor=verifier, case=looked_at(case, verifier, now), remarks={"address": "Nomor rumah belum ada."}, now=now
    )
    refused = rejected(make.make_user(), now, number=66, actor=verifier).seller
    again = sellers.retry_seller(actor=owner_of(refused), seller=refused, now=now)
    destroyed(now + kept - before, run)
    assert destroyed(now + kept, run) == 2
    for seller in (Seller.objects.get(pk=case.seller_id), Seller.objects.get(pk=again.pk)):
        assert not files(seller) and (seller.nik, seller.nik_index, seller.phone, seller.bank_account) == ("",) * 4
        told_ = CaseValue.objects.filter(case__seller=seller, field__in=["nik", "bank_account", "owner_name"])
        assert {value.value for value in told_} == {""} and told_.exists()
        page = signed_in(owner_of(seller)).get(reverse("umkm:application", args=[seller.pk]))
        assert page.status_code == 200 and "Dokumen dimusnahkan" in page.text


def test_a_shop_that_came_back_and_lies_keeps_what_its_orders_and_ties_rest_on(
    shop: Any, verifier: Any, now: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    run, (kept, before) = django_capture_on_commit_callbacks, idle_days(now)
    owner = owner_of(shop)
    sellers.write_document(owner, shop, "ktp", sellers.store_document(owner, shop, photo(9)), now)
    put(shop, SellerState.SENT_BACK, written_at=now)
    page = reverse("umkm:application", args=[shop.pk])
    assert "dilanjutkan, dokumennya dimusnahkan sesudah" in signed_in(owner).get(page).text
    destroyed(now + kept - before, run)
    assert Notification.objects.get(kind__startswith="identity.idle").kind == "identity.idle_shop_ends"
    assert destroyed(now + kept, run) == 1 and not files(shop)
    assert "dimusnahkan sesudah" not in signed_in(owner).get(page).text
    assert Seller.objects.get(pk=shop.pk).nik_index == shop.nik_index != ""
    assert shop.events.get(action="destroy").note == "1 berkas dimusnahkan: pendaftarannya lama tidak dilanjutkan."
