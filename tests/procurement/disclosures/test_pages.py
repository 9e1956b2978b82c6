"""Pages of senders and of the inspectorate, without scripts; with them: tests/browser/test_disclosure_journey.py."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from epeken.core import clock
from epeken.core.idempotency import new_key
from procurement.disclosures import sealing, senders
from procurement.disclosures.models import Disclosure, DisclosureLook, DisclosureMessage, InspectorateKey
from procurement.disclosures.services import handling, keys
from procurement.disclosures.states import StopReason
from tests.factories import disclosures as make
from tests.factories.rules import set_rule
from tests.factories.umkm import make_staff, make_user
from tests.html_forms import form_of

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"procurement:{name}", args=args)


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def photo(name: str = "foto.jpg") -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (80, 60), "olive").save(made, "JPEG")
    return SimpleUploadedFile(name, made.getvalue(), "image/jpeg")


def written(client: Client, **over: Any) -> dict[str, Any]:
    return {**form_of(client, url("disclosure-create")), "about": "PPK", "text": make.WORDS, **over}


@pytest.mark.parametrize("who", ["anonymous", "signed_in"])
def test_anybody_sends_without_scripts_and_is_told_the_code_once(client: Client, key: Any, who: str) -> None:
    if who == "signed_in":
        client.force_login(make_user())
    form = written(client, attachments=[photo(), photo()])
    page = client.post(url("disclosure-create"), form)
    (code,) = form["code"]
    assert page.status_code == 200 and page["Cache-Control"].count("no-store")
    assert sealing.grouped(code) in page.text and "disegel di server" in page.text
    assert Disclosure.objects.get().number in page.text
    # Pressed again, or sent again by a browser that goes back: the same one.
    again = client.post(url("disclosure-create"), {**form, "attachments": [photo()]})
    assert Disclosure.objects.get().number in again.text
    assert DisclosureMessage.objects.count() == 1
    assert form_of(client, url("disclosure-create"))["code"] != form["code"]


def test_an_officer_who_owes_a_second_factor_sends_without_it(key: Any) -> None:
    person = make_user(is_staff=True)
    client = signed_in(person)
    assert client.post(url("disclosure-create"), written(client)).status_code == 200
    assert Disclosure.objects.exists()


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({"attachments": [photo() for _n in range(4)]}, "Paling banyak 3 lampiran"),
        ({"attachments": [SimpleUploadedFile("a.pdf", b"%PDF-" + b"0" * 12_000_000)]}, "bersama paling besar 8 MB"),
        ({"attachments": [SimpleUploadedFile("a.exe", b"MZ" + b"0" * 500)]}, "bukan foto atau PDF"),
        ({"text": "a" * 20_001}, "Paling banyak 20000 huruf"),
        ({"text": ""}, "Isi apa yang terjadi"),
        ({"code": "abc"}, "Muat ulang halaman"),
    ],
    ids=["files", "bytes", "kind", "text", "nothing", "code"],
)  # fmt: skip
def test_what_is_too_much_is_refused_in_words(client: Client, key: Any, over: dict[str, Any], said: str) -> None:
    page = client.post(url("disclosure-create"), written(client, **over))
    assert page.status_code == 422
    assert said in page.text
    assert not Disclosure.objects.exists()


def test_without_a_key_the_page_says_so_and_offers_no_form(client: Client, key: Any, inspector: Any) -> None:
    form = written(client)
    keys.stop_key(actor=inspector, key=key, reason=StopReason.LEAKED, now=clock.now())
    page = client.get(url("disclosure-create"))
    assert "tidak ada kunci inspektorat yang berlaku" in page.text
    assert 'name="text"' not in page.text and "Segel dan kirim" not in page.text
    assert client.post(url("disclosure-create"), form).status_code == 422
    assert not Disclosure.objects.exists()


def test_an_address_sends_so_many_in_ten_minutes_and_is_kept_nowhere(
    client: Client, key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_rule("disclosure.address_limit", 2)
    pages = [client.post(url("disclosure-create"), written(client)) for _each in range(3)]
    assert [page.status_code for page in pages] == [200, 200, 422]
    assert "Tunggu sepuluh menit" in pages[2].text
    assert client.post(url("disclosure-create"), written(client), REMOTE_ADDR="10.9.8.7").status_code == 200
    assert not any(b"127.0.0.1" in known for known in senders._sent)
    later = senders.time.monotonic() + senders.WINDOW
    monkeypatch.setattr(senders.time, "monotonic", lambda: later)
    assert client.post(url("disclosure-create"), written(client)).status_code == 200
    assert len(senders._sent) == 1, "who sent before is forgotten"


def test_the_code_shows_state_and_answers_and_takes_more(client: Client, key: Any, inspector: Any) -> None:
    code = sealing.new_code()
    found = make.make_disclosure(key, code)
    page = client.post(url("disclosure-follow"), {"code": sealing.grouped(code).lower()})
    assert "Inspektorat belum membukanya" in page.text and make.WORDS not in page.text
    handling.open_disclosure(actor=inspector, disclosure=found, now=clock.now())
    assert "Dibuka" in client.post(url("disclosure-follow"), {"code": code}).text
    given = sealing.keys_of(code)
    sealed = sealing.seal_answer(given.answers, "Kami periksa <b>kasnya</b>.", number=given.number)
    handling.answer_disclosure(actor=inspector, disclosure=found, sealed=sealed, token=new_key(), now=clock.now())
    page = client.post(url("disclosure-follow"), {"code": code})
    assert "Kami periksa &lt;b&gt;kasnya&lt;/b&gt;." in page.text
    assert str(inspector) not in page.text
    more = form_of(client, url("disclosure-follow"), action=url("disclosure-add"), page=page.text)
    for _press in range(2):
        added = client.post(url("disclosure-add"), {**more, "text": "Satu hal lagi"})
        assert added.status_code == 200 and "Tambahan Anda tersimpan" in added.text
    assert found.messages.filter(part="addition").count() == 1
    handling.close_disclosure(actor=inspector, disclosure=found, now=clock.now())
    page = client.post(url("disclosure-follow"), {"code": code})
    assert "Inspektorat menutupnya" in page.text and "Tambahkan sesuatu" not in page.text
    refused = client.post(url("disclosure-add"), {**more, "key": new_key(), "text": "Terlambat"})
    assert refused.status_code == 422 and "sudah ditutup" in refused.text


def test_another_code_shows_nothing(client: Client, key: Any) -> None:
    make.make_disclosure(key, sealing.new_code())
    for code in (sealing.new_code(), "abc"):
        page = client.post(url("disclosure-follow"), {"code": code})
        assert page.status_code == 422 and "LA-" not in page.text
    look = client.post(url("disclosure-look"), {"opening": "0" * 64})
    assert look.status_code == 422 and look.json()["code"] == "code_unknown"


def test_an_answer_changed_in_the_database_is_not_shown(client: Client, key: Any, inspector: Any) -> None:
    code, other = sealing.new_code(), sealing.new_code()
    found = make.make_disclosure(key, code)
    handling.open_disclosure(actor=inspector, disclosure=found, now=clock.now())
    strange = sealing.seal_answer(sealing.keys_of(other).answers, "Cabut saja", number=found.number)
    handling.answer_disclosure(actor=inspector, disclosure=found, sealed=strange, token=new_key(), now=clock.now())
    page = client.post(url("disclosure-follow"), {"code": code})
    assert "tidak dapat dipercaya" in page.text and "Cabut saja" not in page.text


def test_a_lost_key_is_said_to_sender_and_inspector(client: Client, key: Any, inspector: Any) -> None:
    code = sealing.new_code()
    make.make_disclosure(key, code)
    keys.stop_key(actor=inspector, key=key, reason=StopReason.LOST, now=clock.now())
    assert "tidak ada yang" in client.post(url("disclosure-follow"), {"code": code}).text
    assert "tidak dapat dibuka lagi" in signed_in(inspector).get(url("disclosure-list")).text


def test_a_browsers_seal_is_taken_and_another_key_is_told(client: Client, key: Any) -> None:
    message = make.sealed_message(key, sealing.new_code())

    def sent() -> Any:
        return client.post(
            url("disclosure-receive"),
            {
                "key": message.token,
                "part": "complaint",
                "number": message.number,
                "opening": message.opening.hex(),
                "fingerprint": message.fingerprint,
                "sealed": SimpleUploadedFile("tersegel", message.sealed),
            },
        )

    newer = make.make_key(make.make_pair())
    answer = sent()
    assert answer.status_code == 409
    assert answer.json()["key"] == {"public": newer.public, "fingerprint": newer.fingerprint}
    message = make.sealed_message(newer, sealing.new_code())
    for _press in range(2):
        assert sent().json() == {"number": message.number}
    assert DisclosureMessage.objects.count() == 1


def inside(found: Disclosure, key: InspectorateKey) -> list[tuple[str, str]]:
    number = found.number
    return [
        ("get", url("disclosure-list")),
        ("get", url("disclosure-detail", number)),
        ("post", url("disclosure-open", number)),
        ("post", url("disclosure-answer", number)),
        ("post", url("disclosure-close", number)),
        ("get", url("inspectorate-keys")),
        ("post", url("inspectorate-key-propose")),
        ("get", url("inspectorate-key-confirm", key.pk)),
        ("post", url("inspectorate-key-withdraw", key.pk)),
        ("get", url("inspectorate-key-stop", key.pk)),
    ]


@pytest.mark.parametrize("who", ["citizen", "officer", "administrator", "former"])
def test_others_and_a_former_inspector_find_nothing(key: Any, inspector: Any, who: str) -> None:
    found = make.make_disclosure(key, sealing.new_code())
    people = {
        "citizen": make_user,
        "officer": lambda: make_staff("umkm.verify_seller"),
        "administrator": lambda: make_staff(is_superuser=True),
        "former": lambda: inspector,
    }
    client = signed_in(people[who]())
    inspector.user_permissions.clear()
    inspector.groups.clear()
    answers = {path: getattr(client, method)(path).status_code for method, path in inside(found, key)}
    assert set(answers.values()) == {404}
    assert not DisclosureLook.objects.exists()


def test_the_inspector_sees_number_day_size_and_state_and_fetches_the_seal(key: Any, inspector: Any) -> None:
    code = sealing.new_code()
    found = make.make_disclosure(key, code)
    client = signed_in(inspector)
    page = client.get(url("disclosure-list")).text
    assert found.number in page and "Diterima" in page and make.WORDS not in page
    detail = client.get(url("disclosure-detail", found.number)).text
    assert key.fingerprint in detail and not DisclosureLook.objects.exists(), "looking at the page opens nothing"
    (message,) = client.post(url("disclosure-open", found.number)).json()["messages"]
    assert message["key"] == key.fingerprint
    assert sealing.from_text(message["sealed"]) == bytes(DisclosureMessage.objects.get().sealed)
    assert str(inspector) in client.get(url("disclosure-detail", found.number)).text
    bad = client.post(url("disclosure-answer", found.number), {"key": new_key(), "sealed": "plain"})
    assert bad.status_code == 422 and not found.messages.filter(part="answer").exists()


def test_an_inspector_without_a_second_factor_is_told_to_set_one(key: Any, inspector: Any) -> None:
    found = make.make_disclosure(key, sealing.new_code())
    inspector.authenticator_set.all().delete()
    type(inspector).objects.filter(pk=inspector.pk).update(is_staff=False)
    client = signed_in(inspector)
    for method, path in inside(found, key):
        answer = getattr(client, method)(path)
        assert answer.status_code == 403 and "langkah kedua" in answer.text
    assert not DisclosureLook.objects.exists()


def test_no_model_of_complaints_is_in_the_admin() -> None:
    from django.contrib import admin

    labels = {model._meta.model_name for model in admin.site._registry}
    assert not {label for label in labels if label.startswith(("disclosure", "inspectorate"))}


def test_links_from_an_order_carry_its_number_behind_the_hash(order_page: str) -> None:
    assert re.search(r'/lapor-aman/#pesanan=[\w-]+"', order_page)
    assert not re.search(r"/lapor-aman/[^\"]*\?", order_page)


@pytest.fixture
def order_page() -> str:
    from tests.factories import orders as make_orders
    from tests.factories import procurement as make_offices

    office = make_offices.Office()
    order = make_orders.make_issued(office)
    return signed_in(make_orders.member_of(order)).get(reverse("orders:order-detail", args=[order.number])).text
