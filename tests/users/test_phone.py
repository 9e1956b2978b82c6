"""Signing up and in with a number and a code, through the real pages and the real outbox."""

import json
import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from axes.models import AccessAttempt
from django.conf import settings as django_settings
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.factors import Factor
from epeken.notifications.models import DemoMail, OutgoingText
from epeken.users import policies, services, signing_up
from epeken.users.models import User
from tests.factories.umkm import PASSWORD, make_phone_user, make_staff, make_user
from tests.factories.users import enrol
from tests.html_forms import shown_on
from tests.users.test_accounts import kept_mail, link_in, sign_in  # noqa: F401  # a fixture
from tests.users.test_admin import body_of
from tests.users.test_sessions import confirmed, is_in

pytestmark = pytest.mark.django_db

NUMBER, OTHER = "+6281234567890", "+6281311112222"
NEW = "sandi baru yang lain"


@pytest.fixture
def read(run_jobs: Callable[[], int]) -> Callable[[str], str]:
    """What the last text to a number says."""

    def last(phone: str = NUMBER) -> str:
        run_jobs()
        return DemoMail.objects.filter(recipient=phone).latest("pk").body

    return last


def code_in(text: str) -> str:
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found.group()


def sign_up(client: Client, **over: str) -> Any:
    body = {"name": "Warga Baru", "email": "", "phone": "0812-3456-7890", "password1": PASSWORD}
    return client.post(reverse("account_signup"), body | over)


def ask(client: Client, phone: str = "0812 3456 7890", **more: str) -> Any:
    return client.post(reverse("account_request_login_code"), {"phone": phone, **more})


def write(client: Client, code: str, **more: str) -> Any:
    return client.post(reverse("account_confirm_login_code"), {"code": code, **more})


def signed_in_by_code(read: Callable[[str], str], **more: str) -> Client:
    client = Client()
    ask(client, **more)
    write(client, code_in(read(NUMBER)), **more)
    return client


def test_sign_up_with_a_number_ends_at_the_kind_of_shop_that_was_chosen(
    client: Client, read: Callable[[], str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    door = client.post(reverse("umkm:register"), {"kind": "swk", "account": "new"}).url
    back = client.get(door).context["redirect_field_value"]
    assert sign_up(client, next=back).url == reverse("account_verify_phone")
    user = User.objects.get()
    assert (user.email, user.phone, user.phone_verified_at) == ("", NUMBER, None)
    assert "0812-3456-7890" in client.get(reverse("account_verify_phone")).text
    kept = OutgoingText.objects.get()
    code = code_in(kept.text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM notifications_outgoingtext")
        assert code not in cursor.fetchone()[0]
    assert code not in json.dumps(dict(client.session))
    assert code_in(read()) == code
    kept.refresh_from_db()
    assert kept.sent_at and kept.text == ""
    answer = client.post(reverse("account_verify_phone"), {"code": code})
    assert answer.url == back and "kind=swk" in back
    user.refresh_from_db()
    assert user.phone_verified_at and "_auth_user_id" in client.session
    assert not EmailAddress.objects.exists()
    assert code not in caplog.text and NUMBER not in caplog.text


def test_a_new_code_is_sent_and_a_wrong_number_put_right(client: Client, read: Callable[[str], str]) -> None:
    page = reverse("account_verify_phone")
    sign_up(client, next="/daftar-berjualan/?kind=swk")
    earlier = code_in(read(NUMBER))
    assert "Kirim kode baru" in client.get(page).text
    for _time in range(2):
        assert client.post(page, {"action": "resend"}).url == page
    assert OutgoingText.objects.count() == 3 and code_in(read(NUMBER)) != earlier
    assert "Kirim kode baru" not in client.get(page).text
    client.post(page, {"action": "resend"})
    assert OutgoingText.objects.count() == 3
    again = client.post(reverse("account_logout"), {"next": client.get(page).context["sign_up_again"]}).url
    form = client.get(again)
    assert form.context["redirect_field_value"] == "/daftar-berjualan/?kind=swk"
    assert 'value="Warga Baru"' in form.text and 'value="0812-3456-7890"' in form.text and PASSWORD not in form.text
    other = sign_up(client, phone="0813 1111 2222").url
    client.post(other, {"code": code_in(read(OTHER))})
    assert 'value="Warga Baru"' not in Client().get(reverse("account_signup")).text
    assert signing_up.TYPED not in client.session


def test_new_codes_are_counted_with_every_other_text_to_the_number(client: Client) -> None:
    sign_up(client)
    for number in range(4):
        sign_up(Client(REMOTE_ADDR=f"10.9.0.{number}"))
    assert client.post(reverse("account_verify_phone"), {"action": "resend"}).status_code == 429
    assert OutgoingText.objects.count() == 5


def test_an_address_of_a_letter_opened_elsewhere_leads_to_what_was_chosen(
    client: Client, run_jobs: Callable[[], int]
) -> None:
    sign_up(client, email="baru@contoh.invalid", next="/daftar-berjualan/?kind=swk")
    run_jobs()
    assert Client().post(link_in(DemoMail.objects.get().body)).url == "/daftar-berjualan/?kind=swk"
    sign_up(Client(), email="lain@contoh.invalid", next="https://jahat.invalid/")
    run_jobs()
    assert "next=" not in DemoMail.objects.get(recipient="lain@contoh.invalid").body


def test_a_known_number_gets_the_same_answers_as_an_unknown_one(read: Callable[[str], str]) -> None:
    make_phone_user(NUMBER)
    for act in (lambda browser, phone: sign_up(browser, phone=phone), ask):
        told = []
        for phone in (NUMBER, OTHER):
            browser, before = Client(), OutgoingText.objects.count()
            answer = act(browser, phone)
            shown = browser.get(answer.url).text.replace("0812-3456-7890", "-").replace("0813-1111-2222", "-")
            page = re.sub(r'"\w{64}"|untuk=%2B\d+', "", shown)
            wrong = browser.post(answer.url, {"code": "000000"})
            sent = OutgoingText.objects.count() - before
            again = browser.post(answer.url, {"action": "resend"})  # of a sign-up; else a wrong code
            told.append((answer.status_code, answer.url, page, wrong.status_code, sent, again.status_code))
        assert told[0] == told[1]
        if act is ask:
            assert "Kode e-Peken" in read(NUMBER) and "belum punya akun" in read(OTHER)
        else:
            assert "sudah punya akun" in read(NUMBER) and "Kode e-Peken" in read(OTHER)
    assert User.objects.filter(phone=NUMBER).count() == 1


def test_one_of_address_and_number_is_asked_for_and_a_number_must_get_texts(client: Client, settings: Any) -> None:
    for over, code in (
        ({"phone": ""}, "no_way_in"),
        ({"phone": "(031) 5678901"}, "phone_not_mobile"),
        ({"phone": "+65 9123 4567"}, "phone_not_mobile"),
        ({"phone": "0812 345"}, "phone_invalid"),
        ({"password1": "081234567890"}, "password_is_a_phone"),
    ):
        errors = sign_up(client, **over).context["form"].errors.as_data()
        assert [problem.code for problems in errors.values() for problem in problems] == [code]
    assert not User.objects.exists() and not OutgoingText.objects.exists()
    assert sign_up(client, email="a@contoh.invalid", phone="(031) 5678901").status_code == 302
    settings.SMS_TRANSPORT = ""
    assert "email" in sign_up(Client()).context["form"].errors
    assert ask(Client()).status_code == 404


def test_a_number_that_was_never_confirmed_is_nobodys(client: Client, read: Callable[[str], str]) -> None:
    """Else whoever writes somebody's number in their account would have it, or keep its owner out."""
    make_user(phone=NUMBER)
    sign_up(Client())
    assert "tidak cocok" in sign_in(client, NUMBER, PASSWORD).text
    ask(client)
    assert "belum punya akun" in read(NUMBER)
    sign_up(client)
    client.post(reverse("account_verify_phone"), {"code": code_in(read(NUMBER))})
    assert User.objects.get(phone_verified_at__isnull=False).email == ""


def test_a_code_signs_in_and_is_guessed_at_three_times(read: Callable[[str], str]) -> None:
    user = make_phone_user(NUMBER)
    client = Client()
    assert ask(client, next="/akun/").status_code == 302
    code = code_in(read(NUMBER))
    assert write(client, code, next="/akun/").url == "/akun/"
    assert client.session["_auth_user_id"] == str(user.pk)
    guessed = Client()
    ask(guessed)
    code = code_in(read(NUMBER))
    for wrong in ("000000", "111111", "222222"):
        write(guessed, wrong if wrong != code else "333333")
    write(guessed, code)
    assert "_auth_user_id" not in guessed.session


def factor_in(client: Client, user: Any, rf: Any) -> str:
    """With what an act of this browser would be recorded."""
    request = rf.get("/")
    request.user, request.session = user, client.session
    return policies.factor_of_request(request)


def test_an_act_says_that_a_code_opened_the_session_and_not_a_password(read: Callable[[str], str], rf: Any) -> None:
    """The first sign-in makes the device a known one, which says nothing of itself; the next is from a known device.
    A cookie of somebody else's device is none."""
    user = make_phone_user(NUMBER)
    home = signed_in_by_code(read)
    assert factor_in(home, user, rf) == Factor.CODE
    home.post(reverse("account_logout"))
    ask(home)
    write(home, code_in(read(NUMBER)))
    assert factor_in(home, user, rf) == Factor.CODE_DEVICE
    neighbour = make_user(email="tetangga@contoh.invalid")
    home.post(reverse("account_logout"))
    home.post(reverse("account_login"), {"login": neighbour.email, "password": PASSWORD})
    assert factor_in(home, neighbour, rf) == Factor.PASSWORD
    assert factor_in(home, user, rf) == Factor.NONE


def test_codes_asked_for_by_others_do_not_keep_a_known_device_out(read: Callable[[str], str]) -> None:
    make_phone_user(NUMBER)
    home = signed_in_by_code(read)
    home.post(reverse("account_logout"))
    for number in range(12):
        ask(Client(REMOTE_ADDR=f"10.9.0.{number}"))
    assert "Terlalu banyak permintaan" in ask(Client()).text
    assert ask(home).status_code == 302
    assert OutgoingText.objects.count() < 12


def test_number_and_password_in_any_spelling(client: Client) -> None:
    make_phone_user(NUMBER)
    for spelling in ("0812-3456-7890", "+62 812 3456 7890", "081234567890 "):
        assert sign_in(Client(), spelling, PASSWORD).url == reverse("site:landing")
    for _time in range(django_settings.AXES_FAILURE_LIMIT // 2):
        for spelling in ("0812 3456 7890", NUMBER):
            answer = sign_in(client, spelling, "salah sekali")
    assert answer.status_code == 429


def test_a_code_stands_for_the_forgotten_password_and_opens_no_other_lock(read: Callable[[str], str]) -> None:
    user = make_phone_user(NUMBER)
    make_user(email="lain@contoh.invalid")
    sign_in(Client(), "lain@contoh.invalid", "salah sekali")
    page = reverse("users:new-password")
    known = Client()
    sign_in(known, NUMBER, PASSWORD)
    assert known.post(page, {"password1": NEW, "password2": NEW}).url == reverse("account_change_password")
    client = signed_in_by_code(read, next=page)
    assert client.get(page).status_code == 200
    assert client.post(page, {"password1": NEW, "password2": NEW}).url == reverse("users:profile")
    user.refresh_from_db()
    assert user.check_password(NEW) and not is_in(known) and is_in(client)
    assert AccessAttempt.objects.get().username == "lain@contoh.invalid"
    assert "Kata sandi akun e-Peken Anda diganti" in read(NUMBER)


def test_a_new_number_is_confirmed_and_the_old_one_hears_of_it(read: Callable[[str], str]) -> None:
    user = make_phone_user(NUMBER)
    client, elsewhere = Client(), Client()
    for browser in (client, elsewhere):
        sign_in(browser, NUMBER, PASSWORD)
    page = reverse("account_change_phone")
    assert client.get(page).url.startswith(reverse("account_reauthenticate"))
    confirmed(client)
    client.post(page, {"phone": "0813 1111 2222"})
    user.refresh_from_db()
    assert user.phone == NUMBER
    client.post(reverse("account_verify_phone"), {"code": code_in(read(OTHER))})
    user.refresh_from_db()
    assert user.phone == OTHER and (is_in(client), is_in(elsewhere)) == (True, False)
    assert "nomor lain" in read(NUMBER)
    make_phone_user(NUMBER)
    client.post(page, {"phone": NUMBER})
    assert "sudah dipakai" in client.post(reverse("account_verify_phone"), {"code": code_in(read(NUMBER))}).text


def test_the_number_one_signs_in_with_changes_nowhere_else() -> None:
    user, helper = make_phone_user(NUMBER), make_staff("users.change_user", "users.view_user")
    for phone in (OTHER, ""):
        with pytest.raises(RuleBroken, match="Anda masuk dengan nomor ini"):
            services.save_profile(actor=user, values={"phone": phone})
    with pytest.raises(RuleBroken, match="sudah dipakai"):
        services.confirm_phone(user=make_user(), phone=NUMBER, now=clock.now())
    with pytest.raises(NotAllowed):
        services.release_phone(actor=user, user=user)
    with pytest.raises(RuleBroken, match="belum punya surel"):
        services.release_phone(actor=helper, user=user)
    office = Client()
    office.force_login(helper)
    page = reverse("admin:users_user_change", args=[user.pk])
    assert office.post(page, body_of(user, phone=OTHER, shown=shown_on(office, page))).status_code == 302
    user.refresh_from_db()
    assert user.phone == NUMBER
    User.objects.filter(pk=user.pk).update(email="ada@contoh.invalid")
    services.release_phone(actor=helper, user=user)
    assert User.objects.signing_in_with(NUMBER) is None


def test_officers_have_an_address_and_do_not_come_in_by_a_text(read: Callable[[str], str]) -> None:
    """Code and authenticator would be on one phone."""
    officer = make_staff(phone=NUMBER)
    services.confirm_phone(user=officer, phone=NUMBER, now=clock.now())
    client = Client()
    ask(client)
    assert "masuk dengan kata sandi, bukan kode" in read(NUMBER)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=officer.pk).update(email="")


def test_the_second_factor_comes_after_a_code_too(read: Callable[[str], str]) -> None:
    enrol(make_phone_user(NUMBER))
    client = Client()
    ask(client)
    assert write(client, code_in(read(NUMBER))).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_an_account_without_an_address_has_its_pages(client: Client) -> None:
    client.force_login(make_phone_user(NUMBER))
    for name in ("users:profile", "account_email", "notifications:preferences", "umkm:register", "mfa_index"):
        assert client.get(reverse(name)).status_code == 200, name


def test_the_address_of_an_account_is_exchanged_and_not_taken_away(client: Client) -> None:
    user = make_user()
    client.force_login(user)
    client.post(reverse("account_email"), {"action_remove": "", "email": user.email})
    assert EmailAddress.objects.get(user=user).email == user.email
