"""Warnings and freezing: the order of the ladder, the days, who gives them, who reads them, and how they end."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import full_date, long_date
from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.site.sanction_letters import letter, record
from orders.orders.services import agreement
from tests.factories import orders as make_orders
from tests.factories import umkm as make
from tests.factories.sanctions import freeze, give, lift
from tests.factories.users import signed_in
from tests.umkm.drafts import snapshot
from umkm.appeals.policies import last_moment
from umkm.sanctions import rules, services
from umkm.sanctions.models import Sanction
from umkm.sanctions.policies import StatedFact
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
    told = Notification.objects.filter(kind__startswith="sanction.").order_by("pk")
    assert list(told.values_list("kind", flat=True)) == ["sanction.warned"] * 3 + ["sanction.frozen"]
    # The letter itself says until when there may be an appeal.
    for place, notification in enumerate(told):
        last = clock.last_day(last_moment(now + place * step(now)))
        assert f"Ajukan banding sampai {long_date(last)}" in render(notification, "id").body


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
        services.lift_sanction(actor=warden, sanction=sanction, note="Sudah selesai diperbaiki", now=now)
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


def test_a_reason_that_speaks_of_orders_rests_on_one(shop: Seller, warden: Any, now: datetime) -> None:
    complaint = StatedFact("complaint", "SP-2026-000009", now)
    for reason, facts in (("late", []), ("late", [complaint]), ("unanswered", [complaint]), ("goods_differ", [])):
        with pytest.raises(RuleBroken) as refused:
            give(shop, now, actor=warden, reason=reason, facts=facts)
        assert refused.value.code == "facts_missing"
    sanction = give(shop, now, actor=warden, reason="goods_differ", facts=[complaint])
    assert [(fact.kind, fact.number, fact.at) for fact in sanction.facts.all()] == [
        ("complaint", complaint.number, now)
    ]


def test_the_letter_says_what_it_rests_on_until_when_to_appeal_and_when_it_counts_no_more(
    shop: Seller, verifier: Any, warden: Any, now: datetime
) -> None:
    type(warden).objects.filter(pk=warden.pk).update(nip="198001012006041001")
    warden.refresh_from_db()
    sanction = freeze(shop, now, actor=warden, facts=[StatedFact("late", "SP-2026-000009", now)])

    def said() -> str:
        with translation.override("id"):
            return str(letter._data(sanction))

    text = said()
    last = full_date(clock.last_day(last_moment(now)))
    for words in ("SP-2026-000009", "UU 30/2014", f"sampai {last}", "Petugas pembinaan", "NIP 198001012006041001"):
        assert words in text
    checked = Client().get(f"/periksa/{sanction.code}/")
    assert sanction.number in checked.text and "tidak berlaku lagi" not in checked.text
    assert sanction.note not in checked.text  # why is told by the letter alone
    assert letter.void_words(sanction) == ""
    sanction = lift(shop, now, actor=warden)
    assert "Dicabut petugas: Sudah diperbaiki" in letter.void_words(sanction) and letter.make(sanction)
    assert "tidak berlaku lagi sejak" in Client().get(f"/periksa/{sanction.code}/").text


def test_an_officer_sees_the_record_and_the_letter_before_it_goes_out(
    shop: Seller, warden: Any, verifier: Any, seller_user: Any, now: datetime
) -> None:
    (order,) = make_orders.place(make.make_user(), (make.make_product(shop), 1), now=now - timedelta(days=6))
    agreement.close_order(actor=None, order=order, reason="no_answer", note="", now=now)
    desk, page = signed_in(warden), reverse("sanction-give", args=[shop.pk])
    (row,) = record.record_of(shop, now)
    assert order.number in desk.get(page).text and signed_in(verifier).get(page).status_code == 403
    typed = {"level": "sp1", "reason": "unanswered", "note": "Pembeli menunggu sampai batasnya."}
    refused = desk.post(page, typed)
    assert refused.status_code == 422 and "Pilih dari catatan toko" in refused.text
    first = desk.post(page, typed | {"fakta": row.key})
    assert "Surat yang akan keluar" in first.text and not Sanction.objects.exists()
    desk.post(page, typed | {"fakta": row.key, "yakin": "1"})
    sanction = Sanction.objects.get()
    assert [fact.number for fact in sanction.facts.all()] == [order.number]
    assert desk.post(page, typed | {"fakta": row.key, "yakin": "1"}).status_code == 422  # a second press
    again = desk.get(page)
    offered = [value for value, _label in again.context["form"].fields["level"].choices]
    assert offered == ["freeze"] and "dapat diberikan mulai" in again.text  # the next step's day has not come
    assert reverse("admin:umkm_seller_changelist") in again.text and "Surat sanksi untuk" in again.text
    told = signed_in(seller_user).get("/penjual/").text
    assert "Surat Peringatan 1 berlaku sampai" in told and "Ajukan banding sampai" in told


def test_letters_are_numbered_without_gaps(shop: Seller, warden: Any, now: datetime) -> None:
    first = give(shop, now, actor=warden)
    with pytest.raises(RuleBroken):
        give(shop, now, actor=warden)
    second = give(make.make_seller(), now, actor=warden)
    year = now.year
    assert [first.number, second.number] == [f"ST-{year}-000001", f"ST-{year}-000002"]
