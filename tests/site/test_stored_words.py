"""Who works in English leaves nothing in English behind: rows hold facts and codes, put into words for each reader."""

import re
from collections.abc import Iterator
from typing import Any

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.notifications.models import OutgoingMail, OutgoingText
from epeken.users import services as users
from epeken.users.models import User
from procurement.requests.services import decisions
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories import umkm as goods
from tests.site import lock_flows

pytestmark = pytest.mark.django_db
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
# A letter is put into words for its receiver, in their language, and stays what was sent.
FOR_ONE_READER = {OutgoingMail, OutgoingText}


def english() -> re.Pattern[str]:
    """Every English text of the catalogue with two words of its own that differs from the Indonesian."""
    texts = set()
    for entry in polib.pofile(str(settings.BASE_DIR / "locale" / "en" / "LC_MESSAGES" / "django.po")):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            own = PLACEHOLDER.sub(" ", text)
            if text not in (entry.msgid, entry.msgid_plural) and len(re.findall(r"[A-Za-z]{2,}", own)) >= 2:
                texts.add(".+".join(re.escape(part) for part in PLACEHOLDER.split(text)))
    return re.compile("|".join(sorted(texts)))


def stored() -> Iterator[tuple[str, str]]:
    """Each text that a row of ours holds, with its column."""
    for model in apps.get_models():
        if not model.__module__.startswith(("epeken", "umkm", "procurement", "orders")) or model in FOR_ONE_READER:
            continue
        for field in model._meta.concrete_fields:
            if field.choices or not isinstance(field, models.CharField | models.TextField | models.JSONField):
                continue
            for value in model._base_manager.values_list(field.name, flat=True).distinct():
                for text in words_in(value):
                    yield f"{model._meta.label}.{field.name}", text


def words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        # A sentence kept in each language is read in the reader's own.
        in_each = value.keys() == dict(settings.LANGUAGES).keys()
        for part in [value[settings.LANGUAGE_CODE]] if in_each else value.values():
            yield from words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from words_in(part)


def test_no_service_writes_the_language_of_its_actor() -> None:
    """Every service in each of its branches, as `lock_flows` runs them, by people whose pages are English."""
    before = set(stored())
    with translation.override("en"):
        assert gettext("Tidak semua barang diterima") == "Not all goods were accepted", "run: make messages"
        for flow in lock_flows.FLOWS:
            steps, result = flow(), None
            while True:
                try:
                    function, arguments = steps.send(result)
                except StopIteration:
                    break
                result = function(*arguments.pop("args", ()), **arguments)
    written = set(stored()) - before
    sentence = english()
    assert sentence.fullmatch("Not all goods were accepted")
    assert len(written) > 300
    assert sorted({(column, text) for column, text in written if sentence.fullmatch(text)}) == []


def reading(user: User, language: str) -> Client:
    """The person's browser, in the language they chose."""
    client = Client()
    client.force_login(user)
    client.post(reverse("set_language"), {"language": language})
    return client


def text_of(client: Client, name: str, *args: Any) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def in_language(user: User, language: str) -> Any:
    users.choose_language(actor=user, language=language)
    return translation.override(language)


@pytest.mark.parametrize(("buyer_language", "seller_language"), [("en", "id"), ("id", "en")])
def test_what_a_person_buys_is_named_in_the_readers_language(buyer_language: str, seller_language: str) -> None:
    buyer, shop = goods.make_user(), goods.make_seller(delivery_fee=0)
    wanted = [(goods.make_product(shop, name=name, unit="box"), 3) for name in ("Nasi kotak", "Kudapan", "Sinom")]
    with in_language(buyer, buyer_language):
        (order,) = make.place(buyer, *wanted, now=clock.now())
    assert order.title == ""
    names = {"id": "3 kotak Nasi kotak dan 2 barang lain", "en": "3 boxes Nasi kotak and 2 other products"}
    seller = make.member_of(order)
    assert names[buyer_language] in text_of(reading(buyer, buyer_language), "orders:order-detail", order.number)
    for name, args in [
        ("orders:order-detail", [order.number]),
        ("site:seller-dashboard", []),
        ("site:seller-orders", []),
    ]:
        assert names[seller_language] in text_of(reading(seller, seller_language), name, *args), name


@pytest.mark.parametrize(("actor_language", "reader_language"), [("en", "id"), ("id", "en")])
def test_the_budget_book_speaks_to_its_reader(actor_language: str, reader_language: str) -> None:
    """The approver drops goods and the receiver accepts a part, in one language; the treasurer reads in the other."""
    office = offices.Office()
    first, second = goods.make_product(price=100_000), goods.make_product(price=50_000)
    sent = offices.make_request(office, [(first, 10), (second, 1)], state="submitted")
    with in_language(office.pp, actor_language):
        dropped = {sent.lines.get(product=second).pk: "Masih ada"}
        decisions.approve_request(
            actor=office.pp, request=sent, dropped=dropped, note="", key=new_key(), now=make.MONDAY
        )
    order = make.make_issued(office)
    with in_language(office.receiver, actor_language):
        make.taken_over(office, order, accept=4)
    said = {"id": ["Barang dilepas saat persetujuan", "Tidak semua barang diterima"]}
    with translation.override("en"):
        said["en"] = [gettext(text) for text in said["id"]]
    assert set(said["en"]).isdisjoint(said["id"])
    client = reading(office.treasurer, reader_language)
    page = text_of(client, "procurement:budget-detail", office.line.pk)
    table = client.get(reverse("procurement:budget-detail", args=[office.line.pk]), {"unduh": "csv"}).content.decode()
    for text in said[reader_language]:
        assert text in page
        assert text in table
    for text in said[actor_language]:
        assert text not in page
    assert set(office.line.entries.exclude(note_code="").values_list("note", flat=True)) == {""}
