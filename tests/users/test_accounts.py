"""Sign-up, sign-in, confirmation, reset and the lock, through the real pages and the real outbox."""

import re
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.notifications.models import DemoMail, OutgoingMail
from epeken.users.models import User
from tests.factories.umkm import PASSWORD, make_user
from umkm.sellers import services as sellers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = "epeken.notifications.channels.email.mailbox.OutboxBackend"
    settings.MAIL_TRANSPORT = "epeken.notifications.channels.email.mailbox.DemoMailBackend"
    settings.CACHES = {**settings.CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    from django.core.cache import cache

    cache.clear()


def sign_up(client: Client, **over: str) -> Any:
    body = {"name": "Warga Baru", "email": "baru@contoh.invalid", "phone": "", "password1": "sandi yang panjang"}
    return client.post(reverse("account_signup"), body | over)


def sign_in(client: Client, email: str, password: str) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def link_in(text: str) -> str:
    found = re.search(r"https?://testserver(/\S+)", text)
    assert found
    return found.group(1)


def test_sign_up_confirm_and_arrive(client: Client, run_jobs: Callable[[], int]) -> None:
    assert sign_up(client, phone="0812-3456-7890").status_code == 302
    user = User.objects.get()
    assert (user.name, user.phone) == ("Warga Baru", "+6281234567890")
    run_jobs()
    letter = DemoMail.objects.get()
    assert letter.recipient == "baru@contoh.invalid"
    page = link_in(letter.body)
    assert client.get(page).status_code == 200
    assert EmailAddress.objects.get().verified is False
    assert client.post(page).status_code == 302
    assert EmailAddress.objects.get().verified is True
    assert sign_in(client, "baru@contoh.invalid", "sandi yang panjang").url == reverse("site:landing")


def test_an_unconfirmed_address_cannot_sign_in(client: Client) -> None:
    sign_up(client)
    answer = sign_in(client, "baru@contoh.invalid", "sandi yang panjang")
    assert answer.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session


def test_signing_up_twice_looks_the_same_and_tells_only_the_owner(run_jobs: Callable[[], int]) -> None:
    """Also on the page after it, and once more to an address to which a letter went just now."""
    make_user(email="ada@contoh.invalid")
    for _time in range(2):
        told = []
        for email in ("baru@contoh.invalid", "ada@contoh.invalid"):
            browser = Client()
            answer = sign_up(browser, email=email)
            page = browser.get(answer.url).text.replace("<wbr>", "")
            page = re.sub(r'"\w{64}"', "", page.replace(email, "-"))
            told.append((answer.status_code, answer.url, page))
        assert told[0] == told[1]
    assert User.objects.filter(email="ada@contoh.invalid").count() == 1
    run_jobs()
    assert "sudah memiliki akun" in DemoMail.objects.get(recipient="ada@contoh.invalid").subject


def test_signing_up_takes_as_long_for_a_known_address(settings: Any) -> None:
    """With the hash of production, which is most of the work; before, the known one answered in a sixth of the time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = {}
    make_user(email="ada@contoh.invalid")
    spent: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(9):
        for name, email in (("known", "ada@contoh.invalid"), ("unknown", f"baru{number}@contoh.invalid")):
            began = time.process_time()
            assert sign_up(Client(), email=email).status_code == 302
            spent[name].append(time.process_time() - began)
    known, unknown = (statistics.median(spent[name]) for name in ("known", "unknown"))
    assert 0.5 < known / unknown < 1.5, (known, unknown)


def test_reset_says_the_same_for_known_and_unknown_addresses(client: Client) -> None:
    make_user(email="ada@contoh.invalid")
    known = client.post(reverse("account_reset_password"), {"email": "ada@contoh.invalid"})
    unknown = client.post(reverse("account_reset_password"), {"email": "tiada@contoh.invalid"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_reset_link_sets_a_new_password_once(client: Client, run_jobs: Callable[[], int]) -> None:
    make_user(email="ada@contoh.invalid")
    client.post(reverse("account_reset_password"), {"email": "ada@contoh.invalid"})
    run_jobs()
    first = client.get(link_in(DemoMail.objects.get().body), follow=True)
    form_page = first.request["PATH_INFO"]
    new = "sandi baru yang lain"
    assert client.post(form_page, {"password1": new, "password2": new}).status_code == 302
    assert User.objects.get().check_password(new)
    again = Client().get(link_in(DemoMail.objects.order_by("pk").first().body), follow=True)
    assert "tidak berlaku lagi" in again.content.decode()


def test_a_waiting_letter_is_unreadable_and_a_sent_one_forgotten(client: Client, run_jobs: Callable[[], int]) -> None:
    from django.db import connection

    make_user(email="ada@contoh.invalid")
    client.post(reverse("account_reset_password"), {"email": "ada@contoh.invalid"})
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notifications_outgoingmail")
        (stored,) = cursor.fetchone()
    assert "sandi/lupa/kunci" in OutgoingMail.objects.get().text
    assert "sandi/lupa/kunci" not in stored
    run_jobs()
    assert OutgoingMail.objects.get().text == ""


def test_a_weak_password_is_refused(client: Client) -> None:
    answer = sign_up(client, password1="password12")
    assert answer.status_code == 200
    assert User.objects.count() == 0


def test_wrong_password_and_unknown_account_read_alike(client: Client) -> None:
    make_user(email="ada@contoh.invalid")
    wrong = sign_in(client, "ada@contoh.invalid", "salah sekali")
    unknown = sign_in(client, "tiada@contoh.invalid", "salah sekali")
    sentence = "Surel, nomor ponsel, atau kata sandi tidak cocok"
    assert sentence in wrong.content.decode() and sentence in unknown.content.decode()


def test_too_many_wrong_passwords_lock_this_account_at_this_address(client: Client) -> None:
    make_user(email="ada@contoh.invalid")
    make_user(email="lain@contoh.invalid")
    for spelling in ["ada@contoh.invalid", "ADA@contoh.invalid "] * (django_settings.AXES_FAILURE_LIMIT // 2):
        answer = sign_in(client, spelling, "salah sekali")
    assert answer.status_code == 429
    assert reverse("account_reset_password") in answer.content.decode()
    assert sign_in(client, "ada@contoh.invalid", PASSWORD).status_code == 429
    assert sign_in(Client(), "lain@contoh.invalid", PASSWORD).status_code == 302
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert sign_in(elsewhere, "ada@contoh.invalid", PASSWORD).status_code == 302


def test_a_new_password_opens_the_lock(client: Client, run_jobs: Callable[[], int]) -> None:
    make_user(email="ada@contoh.invalid")
    for _ in range(django_settings.AXES_FAILURE_LIMIT):
        sign_in(client, "ada@contoh.invalid", "salah sekali")
    assert sign_in(client, "ada@contoh.invalid", PASSWORD).status_code == 429
    client.post(reverse("account_reset_password"), {"email": "ada@contoh.invalid"})
    run_jobs()
    page = client.get(link_in(DemoMail.objects.get().body), follow=True).request["PATH_INFO"]
    new = "sandi baru yang lain"
    client.post(page, {"password1": new, "password2": new})
    assert sign_in(Client(), "ada@contoh.invalid", new).status_code == 302


def test_forwarded_addresses_are_not_believed_without_a_proxy(client: Client) -> None:
    make_user(email="ada@contoh.invalid")
    for number in range(django_settings.AXES_FAILURE_LIMIT):
        answer = Client(headers={"x-forwarded-for": f"10.0.0.{number}"})
        answer = sign_in(answer, "ada@contoh.invalid", "salah sekali")
    assert answer.status_code == 429


def test_signing_out_takes_a_post(client: Client) -> None:
    client.force_login(make_user())
    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session
    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_production_hashes_with_argon2() -> None:
    strong = [h for h in django_settings.PASSWORD_HASHERS if "MD5" not in h]
    assert strong[0].endswith("Argon2PasswordHasher")


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_reset_password_done", "privacy"],
)
def test_pages_for_strangers_open(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "<h1>" in answer.content.decode()


@pytest.mark.parametrize(
    "name", ["account_email", "account_change_password", "mfa_index", "users:profile", "notifications:inbox"]
)
def test_own_pages_want_a_person(client: Client, name: str) -> None:
    assert client.get(reverse(name)).url.startswith(reverse("account_login"))
    client.force_login(make_user())
    assert client.get(reverse(name)).status_code == 200


def test_the_page_of_the_account_leads_to_all_of_it(client: Client) -> None:
    client.force_login(make_user())
    page = client.get("/akun/").content.decode()
    for name in (
        "account_email", "account_change_password", "mfa_index", "users:session-list",
        "users:address-list", "notifications:preferences", "set_language", "privacy",
    ):  # fmt: skip
        assert f'"{reverse(name)}"' in page, name
    assert 'name="name"' in page and 'name="phone"' in page
    assert f'"{reverse("users:key-list")}"' not in page  # a key opens nothing to them that is not open to all


def test_language_switch(client: Client) -> None:
    client.post(reverse("set_language"), {"language": "en", "next": "/akun/masuk/"})
    assert 'lang="en"' in client.get(reverse("account_login")).content.decode()


def test_a_crowd_of_sign_ups_is_slowed_with_a_page(client: Client, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    sign_up(client)
    answer = sign_up(client, email="dua@contoh.invalid")
    assert answer.status_code == 429
    assert "<h1>" in answer.content.decode()
    assert User.objects.count() == 1


def test_the_account_page_shows_a_telephone_number_as_people_read_it(client: Client) -> None:
    user = make_user(phone="+6281234567890")
    client.force_login(user)
    page = client.get(reverse("users:profile"))
    assert 'value="0812-3456-7890"' in page.content.decode()
    data = {"name": user.name, "phone": "0812-3456-7890", "shown": page.context["form"].initial["shown"]}
    assert client.post(reverse("users:profile"), data).status_code == 302
    user.refresh_from_db()
    assert user.phone == "+6281234567890"
    client.post(reverse("users:profile"), {**data, "phone": "0813 1111 2222"})
    user.refresh_from_db()
    assert user.phone == "+6281311112222"


def test_the_link_to_a_shop_without_a_name_yet_can_be_read(client: Client) -> None:
    user = make_user()
    sellers.register_seller(actor=user, kind="umkm", now=clock.now())
    client.force_login(user)
    page = client.get(reverse("users:profile")).content.decode()
    assert f'href="{reverse("umkm:seller-profile")}">Toko Anda</a>' in page


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password"])
def test_an_address_to_go_on_to_that_is_none_is_left_out(client: Client, name: str) -> None:
    assert client.get(reverse(name), {"next": "http://[::1"}).status_code == 200
    assert client.post(reverse(name), {"next": "http://[::1"}).status_code < 500
