"""The owner's pages of an appeal: words that say something, one form for one decision, and the way back."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core.errors import RuleBroken
from epeken.core.reasons import LEAST_REASON
from tests.factories import umkm as make
from tests.factories.appeals import appealed, rejected
from tests.factories.sanctions import freeze, give
from tests.factories.users import signed_in
from umkm.appeals import policies, services
from umkm.appeals.models import Appeal
from umkm.sanctions import services as sanctions
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db
WORDS = "Pesanan itu datang tepat waktu."


def form_of(sanction: Any) -> str:
    return reverse("umkm:sanction-appeal", args=[sanction.pk])


def page_of(shop: Seller) -> str:
    return reverse("umkm:sanction-list", args=[shop.pk])


@pytest.mark.parametrize("words", ["Keliru", "x" * (LEAST_REASON - 1), "x" * (LEAST_REASON - 1) + "   "])
def test_an_appeal_of_one_word_says_nothing(
    shop: Seller, seller_user: Any, warden: Any, now: datetime, words: str
) -> None:
    sanction = give(shop, now, actor=warden)
    with pytest.raises(RuleBroken) as refused:
        services.file_appeal(actor=seller_user, decision=sanction, words=words, now=now)
    assert (refused.value.code, refused.value.field) == ("words_too_short", "words")
    assert not Appeal.objects.exists()
    services.file_appeal(actor=seller_user, decision=sanction, words="x" * LEAST_REASON, now=now)


def test_a_rejected_registration_is_appealed_against_in_as_many_words(citizen: Any, now: datetime) -> None:
    case = rejected(citizen, now)
    answer = signed_in(citizen).post(reverse("umkm:case-appeal", args=[case.seller_id]), {"words": "Tidak setuju"})
    assert answer.status_code == 422 and f"paling sedikit {LEAST_REASON} huruf" in answer.text
    assert "Tidak setuju" in answer.text  # what was written is not lost
    assert not Appeal.objects.exists()


def test_the_form_is_offered_until_one_was_sent(shop: Seller, seller_user: Any, warden: Any, now: datetime) -> None:
    sanction, client = give(shop, now, actor=warden), signed_in(seller_user)
    card = f"{page_of(shop)}#sanksi-{sanction.pk}"
    assert "Kirim banding" in client.get(form_of(sanction)).text
    sent = client.post(form_of(sanction), {"words": WORDS})
    assert (sent.status_code, sent["Location"]) == (302, card)
    again = [client.get(form_of(sanction)), client.post(form_of(sanction), {"words": "Lagi"})]
    assert [(one.status_code, one["Location"]) for one in again] == [(302, card)] * 2
    text = client.get(form_of(sanction), follow=True).text
    assert "sudah mengajukan banding" in text and "Banding Anda ada pada" in text
    assert form_of(sanction) not in text and f'id="sanksi-{sanction.pk}"' in text
    # Withdrawn, it is not offered again either: one appeal for one decision.
    appeal = Appeal.objects.get()
    assert client.post(reverse("umkm:appeal-withdraw", args=[appeal.pk]))["Location"] == card
    assert client.get(form_of(sanction))["Location"] == card


def test_the_form_of_a_registration_is_offered_until_one_was_sent(citizen: Any, now: datetime) -> None:
    appeal = appealed(citizen, now)
    client, address = signed_in(citizen), reverse("umkm:case-appeal", args=[appeal.seller_id])
    page = reverse("umkm:application", args=[appeal.seller_id])
    assert client.get(address)["Location"] == f"{page}#ditolak"
    assert 'id="ditolak"' in client.get(page).text and address not in client.get(page).text


def test_a_form_that_can_be_sent_by_nobody_is_not_shown(
    shop: Seller, seller_user: Any, colleague: Any, warden: Any, now: datetime
) -> None:
    over = give(shop, now, actor=warden)
    sanctions.lift_sanction(actor=warden, sanction=over, note="Sudah selesai diperbaiki", now=now)
    assert signed_in(seller_user).get(form_of(over)).status_code == 409
    sanction = give(shop, now, actor=warden)
    old = sanction.given_at - (policies.last_moment(now) - now) - timedelta(days=1)
    type(sanction).objects.filter(pk=sanction.pk).update(given_at=old)
    late = signed_in(seller_user).get(form_of(sanction))
    assert late.status_code == 422 and "Batas mengajukan banding sudah lewat" in late.text
    assert "Kirim banding" not in late.text
    assert signed_in(colleague).get(form_of(sanction)).status_code == 403


def test_who_helps_reads_the_sanction_and_is_offered_nothing_of_the_owners(
    shop: Seller, seller_user: Any, colleague: Any, warden: Any, now: datetime
) -> None:
    sanction = give(shop, now, actor=warden)
    owner, helper = signed_in(seller_user), signed_in(colleague)
    assert form_of(sanction) in owner.get(page_of(shop)).text
    assert form_of(sanction) not in helper.get(page_of(shop)).text
    appeal = services.file_appeal(actor=seller_user, decision=sanction, words=WORDS, now=now)
    withdraw = reverse("umkm:appeal-withdraw", args=[appeal.pk])
    assert withdraw in owner.get(page_of(shop)).text
    text = helper.get(page_of(shop)).text
    assert WORDS in text and withdraw not in text


def back_of(client: Client, shop: Seller) -> str:
    """Where the last link of the page of sanctions leads."""
    return client.get(page_of(shop)).text.rpartition("Kembali ke ")[0].rpartition('href="')[2].partition('"')[0]


def test_the_way_back_leads_to_the_sanction_and_on_to_the_shop(
    shop: Seller, seller_user: Any, warden: Any, now: datetime
) -> None:
    sanction, client = freeze(shop, now, actor=warden), signed_in(seller_user)
    assert f'href="{page_of(shop)}#sanksi-{sanction.pk}"' in client.get(form_of(sanction)).text
    profile = f"{reverse('umkm:seller-profile')}?toko={shop.pk}"
    assert back_of(client, shop) == profile
    assert client.get(profile).status_code == 200
    # Of two shops the one whose sanction it was.
    second = make.make_seller(seller_user)
    assert shop.name in client.get(profile).text
    assert back_of(client, second).endswith(f"toko={second.pk}")
