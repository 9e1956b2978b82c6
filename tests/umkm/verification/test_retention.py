"""Documents of rejected applicants and of shops that left: gone from the store after their days, and not before."""

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
from tests.factories.users import signed_in
from tests.umkm.pictures import photo
from umkm.appeals import services as appeals
from umkm.sellers import rules
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.verification import retention
from umkm.verification.models import SellerDocument

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
