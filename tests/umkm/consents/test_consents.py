"""The low-income flag is kept only while its owner consents; what rests on law or contract is told and goes on."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from epeken.core import clock, editing
from epeken.core.errors import RuleBroken
from epeken.site.own_data import content
from tests.factories import areas
from tests.factories import assisted as helping
from tests.factories import umkm as make
from tests.factories.users import signed_in
from tests.umkm.drafts import ready
from umkm.consents import services
from umkm.consents.models import Consent, ProcessingPurpose
from umkm.consents.states import LOW_INCOME
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.verification.models import CaseValue

pytestmark = pytest.mark.django_db


def flags(*shops: Seller) -> list[bool]:
    return [Seller.objects.get(pk=shop.pk).low_income for shop in shops]


def test_the_flag_stands_only_while_its_owner_consents_and_leaves_every_copy(citizen: Any, now: datetime) -> None:
    draft = ready(citizen, now, low_income=True)
    given = Consent.objects.get(person=citizen)
    assert (given.purpose, given.way, given.given_at) == (LOW_INCOME, "self", now) and flags(draft) == [True]
    case = sellers.submit_seller(actor=citizen, seller=draft, now=now)
    second = sellers.register_seller(actor=citizen, kind="swk", now=now)
    others = make.make_seller(low_income=True)
    assert flags(second) == [True]
    services.withdraw_consent(actor=citizen, purpose=LOW_INCOME, now=now + timedelta(hours=1))
    assert flags(draft, second, others) == [False, False, True]
    assert CaseValue.objects.get(case=case, field=LOW_INCOME).value == "False"
    assert Seller.objects.get(pk=draft.pk).consented_at == now  # the shop goes on
    services.withdraw_consent(actor=citizen, purpose=LOW_INCOME, now=now + timedelta(hours=2))  # twice is once
    given.refresh_from_db()
    assert given.withdrawn_at == now + timedelta(hours=1)
    sellers.save_seller(actor=citizen, seller=second, values={"low_income": True}, now=now)
    assert flags(draft, second) == [True, True] and Consent.objects.filter(person=citizen).count() == 2
    sellers.save_seller(actor=citizen, seller=second, values={"low_income": False}, now=now + timedelta(hours=3))
    assert flags(draft, second) == [False, False]
    old_page = editing.shown_of({"low_income": True})
    with pytest.raises(editing.ChangedMeanwhile):
        sellers.save_seller(actor=citizen, seller=second, values={"low_income": True}, shown=old_page, now=now)
    assert flags(draft, second) == [False, False]
    told = content.of_person(citizen, now)["consents"]
    assert [row["withdrawn_at"] is None for row in told] == [False, False]


def test_what_was_recorded_is_not_rewritten(citizen: Any, now: datetime) -> None:
    make.make_seller(member=citizen)
    services.give_consent(actor=citizen, purpose=LOW_INCOME, now=now)
    services.give_consent(actor=citizen, purpose=LOW_INCOME, now=now)
    rows = Consent.objects.filter(person=citizen)
    services.withdraw_consent(actor=citizen, purpose=LOW_INCOME, now=now)
    for change in ({"withdrawn_at": None}, {"given_at": now - timedelta(days=1)}, {"way": "assisted"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
    assert rows.get().withdrawn_at == now


def test_a_purpose_that_ended_is_not_asked_and_its_datum_not_taken(citizen: Any, now: datetime) -> None:
    draft = sellers.register_seller(actor=citizen, kind="umkm", now=now)
    page = signed_in(citizen)
    owner = reverse("umkm:application-step", args=[draft.pk, "pemilik"])
    assert 'name="low_income"' in page.get(owner).text
    today = clock.local_date(now)
    ProcessingPurpose.objects.filter(code=LOW_INCOME).update(valid_until=today - timedelta(days=1))
    assert 'name="low_income"' not in page.get(owner).text
    for purpose in (LOW_INCOME, "records", "photo_place"):
        with pytest.raises(RuleBroken) as refused:
            services.give_consent(actor=citizen, purpose=purpose, now=now)
        assert refused.value.code == "purpose_not_asked"
    with pytest.raises(RuleBroken):
        sellers.save_seller(actor=citizen, seller=draft, values={"low_income": True}, now=now)
    assert flags(draft) == [False] and not Consent.objects.exists()


def test_the_persons_page_gives_withdraws_and_tells_the_rest(seller_user: Any, shop: Seller, stranger: Any) -> None:
    page, address = signed_in(seller_user), reverse("consent-answer", args=[LOW_INCOME])
    assert reverse("consent-list") in page.get(reverse("users:profile")).text
    first = page.get(reverse("consent-list")).text
    assert address in first and "kewajiban hukum" in first and "Lokasi ponsel" not in first
    assert page.post(address, {"answer": "yes"}).status_code == 302 and flags(shop) == [True]
    page.post(address, {"answer": "no"})
    assert flags(shop) == [False]
    after = page.get(reverse("consent-list")).text
    assert "Diberikan" in after and "Ditarik" in after
    for person, code in ((stranger, LOW_INCOME), (seller_user, "records"), (seller_user, "photo_place")):
        answered = signed_in(person).post(reverse("consent-answer", args=[code]), {"answer": "yes"})
        assert answered.status_code == 404
    assert Consent.objects.count() == 1


def test_at_an_assisted_registration_the_resident_ticks_it_and_the_way_is_kept(now: datetime) -> None:
    officer, person = areas.post("kelurahan"), helping.resident()
    seller = helping.confirmed(helping.waiting(officer, now), person, now, low_income=True)
    assert flags(seller) == [True] and Consent.objects.get(person=person).way == "assisted"
