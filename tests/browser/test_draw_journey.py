"""A draw of turns: announced with its list, drawn from a public value, drawn once more by anybody, read on a phone."""

from collections.abc import Callable

import pytest
from django.urls import reverse

from epeken.core import clock
from procurement.rotation import drawing, results
from procurement.rotation.models import RotationDraw
from tests.browser.visitor import Visitor
from tests.factories.procurement import HOUR
from tests.procurement.rotation.world import VALUE, Turns

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_draw_anybody_repeats_and_every_seller_reads(visit: Callable[..., Visitor]) -> None:
    turns = Turns(now=clock.now() - HOUR)
    requester = visit(width=1280, height=900).sign_in(turns.office.requester, second_factor=True)
    requester.open(reverse("procurement:request-draw", args=[turns.request.number, turns.products[0].pk]))
    requester.look()
    requester.press("Umumkan undian").look()
    assert not RotationDraw.objects.exists()
    requester.press("Umumkan undian").sees("Siapa pun dapat membaca daftarnya.")
    draw = RotationDraw.objects.get()
    public = reverse("procurement:draw-detail", args=[draw.number])

    listed = [product.seller for product in turns.products if draw.entrants.filter(seller=product.seller).exists()]
    phone = visit(width=360, height=740).sign_in(listed[0].members.get().user)
    phone.open(reverse("notifications:inbox")).sees(f"{listed[0].name} ikut undian giliran {draw.number}")
    phone.open(public).sees(f"{listed[0].name} ada di nomor")
    phone.look()

    RotationDraw.objects.update(draw_from=clock.now() - HOUR / 60)  # the day it waits for is over
    requester.open(reverse("procurement:request-draw", args=[turns.request.number, turns.products[0].pk]))
    requester.fill(public_value=VALUE).press("Undi sekarang").sees("Sudah diundi.")
    draw = RotationDraw.objects.get()
    first = results.chosen(draw)
    assert first is not None
    assert turns.request.lines.get().product == first.product

    anybody = visit(width=768, height=1024)
    anybody.open(public).sees("Undi sendiri").look()
    published = anybody.page.request.get(anybody.page.url + "data.json").json()
    assert drawing.rerun(published).order == published["order"]
    assert "mendapat giliran. Surat pesanannya menyusul" not in anybody.page.content()

    phone.open(public).sees(f"{listed[0].name} di urutan")
    winner = visit(width=360, height=740).sign_in(first.seller.members.get().user)
    winner.open(public).sees("dan mendapat giliran. Surat pesanannya menyusul.")
    winner.look()
