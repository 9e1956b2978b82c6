"""A sign-up whose letter does not come: another letter, another address, the same answers whoever has it."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from epeken.notifications.models import DemoMail, OutgoingMail
from epeken.users import signing_up
from epeken.users.models import User
from tests.factories.umkm import PASSWORD, make_phone_user, make_user
from tests.users.test_accounts import kept_mail, link_in, sign_in  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db

PAGE = "/akun/surel/konfirmasi/"
WANTED = "/daftar-berjualan/?kind=swk"
NEW, KNOWN = "zubaru@contoh.invalid", "zulama@contoh.invalid"


def sign_up(client: Client, **over: str) -> Any:
    body = {"name": "Warga Baru", "email": NEW, "phone": "", "password1": PASSWORD, **over}
    return client.post(reverse("account_signup"), body)


@pytest.fixture
def minutes(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets the library's counters and its wait for the letter pass as many minutes."""
    passed = [0.0]
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 60 * passed[0])

    def pass_(more: float) -> None:
        passed[0] += more

    return pass_


def test_the_page_says_where_the_letter_went_and_sends_another(
    client: Client, run_jobs: Callable[[], int], minutes: Callable[[float], None]
) -> None:
    assert sign_up(client, next=WANTED).url == PAGE
    text = client.get(PAGE).text
    assert "zubaru@<wbr>contoh.invalid" in text and "Kirim surel lagi" in text
    target = re.search(r'name="next" value="([^"]*)"', text)
    assert target and target[1] == WANTED
    assert client.post(PAGE, {"next": WANTED}).status_code == 429
    assert OutgoingMail.objects.count() == 1
    minutes(1.1)
    assert client.post(PAGE, {"next": WANTED}).url == PAGE
    run_jobs()
    letters = list(DemoMail.objects.order_by("pk"))
    assert [letter.recipient for letter in letters] == [NEW, NEW]
    # Either letter serves, and leads to what was chosen.
    assert Client().post(link_in(letters[-1].body)).url == WANTED
    assert EmailAddress.objects.get().verified


def test_an_address_gets_few_letters_an_hour_whoever_asks(client: Client, minutes: Callable[[float], None]) -> None:
    sign_up(client)
    answers = []
    for _time in range(7):
        minutes(1.5)
        answers.append(client.post(PAGE).status_code)
    assert answers == [302] * 4 + [429] * 3
    assert OutgoingMail.objects.count() == 5
    # Signing up anew, from elsewhere, brings no more of them.
    sign_up(Client(REMOTE_ADDR="10.9.0.1"))
    assert OutgoingMail.objects.count() == 5


def test_nobody_names_another_address(client: Client, minutes: Callable[[float], None]) -> None:
    assert client.post(PAGE, {"email": KNOWN}).url == PAGE
    assert not OutgoingMail.objects.exists()
    sign_up(client)
    minutes(1.1)
    client.post(PAGE, {"email": KNOWN, "login": KNOWN})
    assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {NEW}


def test_a_known_address_gets_the_same_answers_as_an_unknown_one(
    run_jobs: Callable[[], int], minutes: Callable[[float], None]
) -> None:
    """Also written with capitals, and also of who came for a page."""
    make_user(email=KNOWN)
    told = []
    for email in (NEW, KNOWN):
        browser = Client()
        sign_up(browser, email=email.upper(), next=WANTED)
        answers = [browser.get(PAGE), browser.post(PAGE)]
        minutes(1.1)
        answers += [browser.post(PAGE), browser.get(PAGE), browser.post(PAGE)]
        name = email.partition("@")[0]
        pages = [re.sub(r'"\w{64}"', "", one.text.replace(name, "-")) for one in answers]
        again = browser.post(reverse("account_logout"), {"next": browser.get(PAGE).context["sign_up_again"]}).url
        form = re.sub(r'"\w{64}"', "", browser.get(again).text.lower().replace(name, "-"))
        told.append(([one.status_code for one in answers], pages, again, form))
    assert told[0] == told[1]
    assert told[0][0] == [200, 429, 302, 200, 429]
    run_jobs()
    subjects = set(DemoMail.objects.filter(recipient=KNOWN).values_list("subject", flat=True))
    assert len(subjects) == 1 and "sudah memiliki akun" in subjects.pop()
    assert DemoMail.objects.filter(recipient=KNOWN).count() == 2


def test_a_known_number_starts_anew_as_an_unknown_one_does() -> None:
    """What somebody came for stands in the session, not in the account that was made or was not."""
    make_phone_user("+6281234567890")
    told = []
    for phone in ("0812-3456-7890", "0813-1111-2222"):
        browser = Client()
        sign_up(browser, email="", phone=phone, next=WANTED)
        told.append(browser.get(reverse("account_verify_phone")).context["sign_up_again"])
    assert told[0] == told[1] == f"{reverse('account_signup')}?next=%2Fdaftar-berjualan%2F%3Fkind%3Dswk"


def test_a_mistyped_address_is_put_right(client: Client, run_jobs: Callable[[], int]) -> None:
    sign_up(client, email="bru@contoh.invalid", phone="0812-3456-7890", next=WANTED)
    again = client.get(PAGE).context["sign_up_again"]
    door = client.post(reverse("account_logout"), {"next": again}).url
    form = client.get(door)
    assert form.context["redirect_field_value"] == WANTED
    for written in ("Warga Baru", "bru@contoh.invalid", "0812-3456-7890"):
        assert f'value="{written}"' in form.text
    assert PASSWORD not in form.text
    assert sign_up(client, phone="0812-3456-7890", next=WANTED).url == PAGE
    assert "zubaru@<wbr>contoh.invalid" in client.get(PAGE).text
    run_jobs()
    letter = DemoMail.objects.get(recipient=NEW)
    assert client.post(link_in(letter.body)).url == WANTED
    assert client.session["_auth_user_id"] == str(User.objects.get(email=NEW).pk)
    assert signing_up.TYPED not in client.session


def test_who_comes_back_later_signs_in_and_gets_a_letter(
    client: Client, run_jobs: Callable[[], int], minutes: Callable[[float], None]
) -> None:
    sign_up(client)
    client.get(PAGE)
    minutes(app_settings.LOGIN_TIMEOUT / 60 + 1)
    text = client.get(PAGE).text
    assert NEW.partition("@")[0] not in text and "Kirim surel lagi" not in text
    assert reverse("account_login") in text and reverse("account_signup") in text
    assert client.post(PAGE).url == PAGE
    assert OutgoingMail.objects.count() == 1
    assert sign_in(client, NEW, PASSWORD).url == PAGE
    page = client.get(PAGE)
    assert OutgoingMail.objects.count() == 2 and "Kirim surel lagi" in page.text
    assert page.context["sign_up_again"] == ""  # the account exists; its address is none to be exchanged here


def test_an_address_confirmed_meanwhile_gets_no_more_letters(
    client: Client, run_jobs: Callable[[], int], minutes: Callable[[float], None]
) -> None:
    sign_up(client)
    run_jobs()
    Client().post(link_in(DemoMail.objects.get().body))
    minutes(1.1)
    answer = client.post(PAGE, follow=True)
    assert "sudah dikonfirmasi" in answer.text and OutgoingMail.objects.count() == 1
    assert sign_in(client, NEW, PASSWORD).status_code == 302


def test_a_session_keeps_no_address_of_any_length(client: Client) -> None:
    sign_up(client, next="/" + "x" * 5_000)
    assert client.session[signing_up.TYPED]["next"] == ""
    assert client.get(PAGE).status_code == 200
