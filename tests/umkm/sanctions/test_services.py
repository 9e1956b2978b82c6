"""Warnings and freezing: the order of the ladder, the days, who gives them, who reads them, and how they end."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from tests.factories import umkm as make
from tests.factories.sanctions import freeze, give, lift
from tests.factories.users import signed_in
from tests.umkm.drafts import snapshot
from umkm.sanctions import rules, services
from umkm.sanctions.models import Sanction
from umkm.sanctions.states import LADDER, SanctionState
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


def step(now: datetime) -> timedelta:
    return timedelta(days=rules.NEXT_STEP.on(now.date()))


def test_the_ladder_is_climbed_in_order_and_ends_with_a_freeze(shop: Seller, warden: Any, now: datetime) -> None:
    for place, level in enumerate(LADDER):
        for other in LADDER:
            if other != level:
                with pytest.raises(RuleBroken, match="berurutan"):
                    give(shop, now + place * step(now), other, actor=warden)
        give(shop, now + place * step(now), level, actor=warden)
    shop.refresh_from_db()
    assert shop.state == SellerState.FROZEN
    told = Notification.objects.filter(kind__startswith="sanction.").order_by("pk").values_list("kind", flat=True)
    assert list(told) == ["sanction.warned"] * 3 + ["sanction.frozen"]


def test_a_shop_has_days_to_mend_its_ways(shop: Seller, warden: Any, now: datetime) -> None:
    give(shop, now, actor=warden)
    with pytest.raises(RuleBroken, match="mulai"):
        give(shop, now + step(now) - timedelta(days=1), "sp2", actor=warden)
    give(shop, now + step(now), "sp2", actor=warden)


def test_only_a_grave_reason_freezes_at_once(shop: Seller, warden: Any, now: datetime) -> None:
    with pytest.raises(RuleBroken, match="berurutan"):
        give(shop, now, "freeze", actor=warden)
    with pytest.raises(RuleBroken, match="berurutan"):
        give(shop, now, "sp3", actor=warden, reason="fraud")
    freeze(shop, now, actor=warden)
    with pytest.raises(InvalidMove, match="dibekukan"):
        freeze(shop, now, actor=warden)
    assert Sanction.objects.count() == 1


def test_a_freeze_ends_by_itself_after_its_last_day(shop: Seller, warden: Any, now: datetime) -> None:
    sanction = freeze(shop, now, actor=warden)
    assert services.end_due(now=sanction.ends_at - timedelta(seconds=1)) == 0
    assert services.end_due(now=sanction.ends_at) == 1
    assert services.end_due(now=sanction.ends_at) == 0
    shop.refresh_from_db()
    sanction.refresh_from_db()
    assert (shop.state, shop.frozen_at, sanction.state) == (SellerState.ACTIVE, None, SanctionState.ENDED)
    assert Notification.objects.filter(kind="sanction.ended").count() == 1


def test_a_warning_that_ended_begins_the_ladder_anew(shop: Seller, warden: Any, now: datetime) -> None:
    first = give(shop, now, actor=warden)
    services.end_due(now=first.ends_at)
    give(shop, first.ends_at, actor=warden)
    with pytest.raises(RuleBroken, match="berurutan"):
        give(shop, first.ends_at + step(now), "sp3", actor=warden)


def test_an_officer_lifts_and_the_warnings_below_stay(shop: Seller, warden: Any, now: datetime) -> None:
    warning = give(shop, now, actor=warden)
    freeze(shop, now, actor=warden)
    lift(shop, now, actor=warden)
    shop.refresh_from_db()
    warning.refresh_from_db()
    assert (shop.state, warning.state) == (SellerState.ACTIVE, SanctionState.IN_FORCE)
    events = shop.events.exclude(action="create").values_list("action", "note")
    assert list(events) == [("freeze", "Barang tidak sesuai"), ("restore", "Sudah diperbaiki")]


@pytest.mark.parametrize("how", make.TIES)
def test_who_is_tied_to_the_shop_neither_sanctions_nor_lifts(warden: Any, now: datetime, how: str) -> None:
    shop, frozen = make.make_seller(), make.make_seller()
    sanction = freeze(frozen, now)
    for one in (shop, frozen):
        make.tie(warden, one, how)
    before = snapshot(shop), snapshot(frozen)
    with pytest.raises(NotAllowed):
        freeze(shop, now, actor=warden)
    with pytest.raises(NotAllowed):
        services.lift_sanction(actor=warden, sanction=sanction, note="Selesai", now=now)
    assert (snapshot(shop), snapshot(frozen)) == before


def test_a_sanction_needs_the_permission_a_reason_and_words(
    shop: Seller, verifier: Any, warden: Any, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        give(shop, now, actor=verifier)
    for over in ({"reason": "lain"}, {"note": " "}, {"note": "x" * 301}):
        with pytest.raises(RuleBroken):
            give(shop, now, actor=warden, **over)
    for state in set(SellerState) - {SellerState.ACTIVE}:
        with pytest.raises(InvalidMove):
            give(make.make_seller(state=state), now, actor=warden)
    assert not Sanction.objects.exists()


def test_the_shop_reads_what_until_when_and_its_letter_and_nobody_else_does(
    shop: Seller, seller_user: Any, stranger: Any, verifier: Any, warden: Any, now: datetime
) -> None:
    sanction = give(shop, now, actor=warden)
    page = signed_in(seller_user).get(f"/penjual/toko/{shop.pk}/sanksi/").text
    assert "Surat Peringatan 1" in page and "Berlaku sampai" in page and sanction.number in page
    assert "Surat Peringatan 1 berlaku sampai" in signed_in(seller_user).get("/penjual/toko/").text
    letter = f"/penjual/toko/sanksi/{sanction.pk}/surat/"
    for person in (seller_user, verifier):
        assert signed_in(person).get(letter).content.startswith(b"%PDF")
    assert signed_in(stranger).get(letter).status_code == 404
    assert signed_in(stranger).get(f"/penjual/toko/{shop.pk}/sanksi/").status_code == 404
    public = signed_in(stranger).get(f"/toko/{shop.slug}/").text
    assert "Peringatan" not in public and sanction.number not in public


def test_letters_are_numbered_without_gaps(shop: Seller, warden: Any, now: datetime) -> None:
    first = give(shop, now, actor=warden)
    with pytest.raises(RuleBroken):
        give(shop, now, actor=warden)
    second = give(make.make_seller(), now, actor=warden)
    year = now.year
    assert [first.number, second.number] == [f"ST-{year}-000001", f"ST-{year}-000002"]
