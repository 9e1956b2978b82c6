"""How long a session lasts, the list of one's own sessions, and the letter about a new device."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from epeken.core.retention import tidy
from epeken.notifications.models import DemoMail
from epeken.users.models import User
from epeken.users.sessions.pages import device_words
from tests.factories.umkm import PASSWORD, make_staff, make_user
from tests.factories.users import code_at
from tests.users.test_accounts import kept_mail  # noqa: F401  # a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_mail")]

CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
PROFILE = "users:profile"


def signed_in(user: User, *, agent: str = CHROME, client: Client | None = None) -> Client:
    client = client or Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    if user.authenticator_set.exists():
        client.post(reverse("mfa_authenticate"), {"code": code_at(clock.now())})
    assert client.session["_auth_user_id"] == str(user.pk)
    return client


def confirmed(client: Client) -> Client:
    """Who gave their password again just now."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return bool(client.get(reverse(PROFILE)).status_code == 200)


@pytest.fixture
def start() -> datetime:
    return datetime(2026, 9, 7, 9, 0, tzinfo=clock.ZONE)


@pytest.mark.parametrize(("kind", "idle"), [("person", timedelta(days=7)), ("officer", timedelta(minutes=60))])
def test_a_session_in_which_nothing_is_done_ends(start: datetime, kind: str, idle: timedelta) -> None:
    with time_machine.travel(start, tick=False) as travel:
        client = signed_in(make_user() if kind == "person" else make_staff("umkm.verify_seller"))
        travel.shift(idle - timedelta(seconds=1))
        assert is_in(client)
        travel.shift(idle)
        assert not is_in(client)
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("kind", "step", "longest"),
    [("person", timedelta(days=5), timedelta(days=30)), ("officer", timedelta(minutes=50), timedelta(hours=12))],
)
def test_a_session_in_use_ends_at_its_longest(start: datetime, kind: str, step: timedelta, longest: timedelta) -> None:
    with time_machine.travel(start, tick=False) as travel:
        client = signed_in(make_user() if kind == "person" else make_staff("umkm.verify_seller"))
        spent = timedelta()
        while spent + step < longest:
            travel.shift(step)
            spent += step
            assert is_in(client), spent
        travel.shift(longest - spent - timedelta(seconds=1))
        assert is_in(client)
        travel.shift(timedelta(seconds=1))
        assert not is_in(client)


def test_whoever_becomes_an_officer_has_an_officers_session(start: datetime) -> None:
    user = make_user()
    with time_machine.travel(start, tick=False) as travel:
        client = signed_in(user)
        User.objects.filter(pk=user.pk).update(is_staff=True)
        travel.shift(timedelta(minutes=30))
        assert is_in(client)
        travel.shift(timedelta(minutes=61))
        assert not is_in(client)


def test_what_is_posted_after_the_end_waits_for_the_next_session(start: datetime) -> None:
    user = make_user()
    with time_machine.travel(start, tick=False) as travel:
        client = signed_in(user)
        travel.shift(timedelta(days=8))
        answer = client.post(reverse(PROFILE), {"name": "Nama Baru"})
        assert answer.url.startswith(reverse("account_login"))
        signed_in(user, client=client)
        assert "Nama Baru" in client.get(reverse("users:resume")).content.decode()


def test_the_list_names_each_device_and_ends_it() -> None:
    user = make_user()
    mine, other = signed_in(user), signed_in(user, agent="Mozilla/5.0 (Android 15; Mobile) Firefox/140.0")
    rows = mine.get(reverse("users:session-list")).context["rows"]
    assert [(row.device, row.is_current) for row in rows] == [
        (device_words(CHROME), True),
        (device_words("Android Firefox"), False),
    ]
    confirmed(mine).post(reverse("users:session-end", args=[rows[1].pk]))
    assert (is_in(mine), is_in(other)) == (True, False)


def test_all_others_end_at_once() -> None:
    user, stranger = make_user(), make_user()
    mine, others, theirs = signed_in(user), [signed_in(user), signed_in(user)], signed_in(stranger)
    confirmed(mine).post(reverse("users:session-end-others"))
    assert [is_in(client) for client in [mine, *others, theirs]] == [True, False, False, True]


def test_nobody_ends_the_session_of_somebody_else() -> None:
    mine, theirs = signed_in(make_user()), signed_in(make_user())
    foreign = UserSession.objects.get(session_key=theirs.session.session_key)
    assert confirmed(mine).post(reverse("users:session-end", args=[foreign.pk])).status_code == 404
    assert is_in(theirs)


def test_an_administrator_ends_the_sessions_of_a_person() -> None:
    user = make_user()
    theirs, admin = signed_in(user), Client()
    admin.force_login(make_staff(is_superuser=True))
    act = {"action": "end_sessions", "_selected_action": user.pk}
    admin.post(reverse("admin:users_user_changelist"), act)
    assert not is_in(theirs)


def test_a_new_device_is_told_by_letter_and_a_known_one_is_not(run_jobs: Callable[[], int]) -> None:
    user = make_user()
    first = signed_in(user)
    run_jobs()
    assert not DemoMail.objects.exists(), "the first sign-in of all is no news"
    first.post(reverse("account_logout"))
    signed_in(user, client=first)
    run_jobs()
    assert not DemoMail.objects.exists()
    signed_in(user)
    run_jobs()
    letter = DemoMail.objects.get()
    assert letter.recipient == user.email
    assert device_words(CHROME) in letter.body


def test_who_is_signed_in_reads_and_is_written_to_in_the_language_of_their_account(run_jobs: Callable[[], int]) -> None:
    """In whatever browser; what a visitor chose there holds again once they sign out."""
    user = make_user(language="en")
    first = signed_in(user)
    first.post(reverse("account_logout"))
    browser = Client()
    browser.post(reverse("set_language"), {"language": "id"})
    signed_in(user, client=browser)
    page = browser.get(reverse(PROFILE)).content.decode()
    assert '<html lang="en"' in page
    run_jobs()
    assert DemoMail.objects.get().subject == "A new device signed in to your e-Peken account"
    browser.post(reverse("account_logout"))
    assert '<html lang="id"' in browser.get(reverse("account_login")).content.decode()
    signed_in(user, client=browser).post(reverse("set_language"), {"language": "id"})
    assert '<html lang="id"' in signed_in(user).get(reverse(PROFILE)).content.decode()


def test_rows_of_ended_sessions_are_removed(now: Any) -> None:
    client = signed_in(make_user())
    client.post(reverse("account_logout"))
    kept = signed_in(make_user())
    tidy(now)
    assert [row.session_key for row in UserSession.objects.all()] == [kept.session.session_key]


def test_a_browser_drops_the_pages_it_kept_when_its_session_ends(start: datetime) -> None:
    """By the button, in the admin, and when the time is over; at no other answer."""
    for path in (reverse("account_logout"), reverse("admin:logout")):
        client = signed_in(make_staff("umkm.verify_seller"))
        assert "Clear-Site-Data" not in client.get(reverse(PROFILE))
        answer = client.post(path)
        assert (is_in(client), answer["Clear-Site-Data"]) == (False, '"cache"'), path
        assert "Clear-Site-Data" not in client.get("/")
    with time_machine.travel(start, tick=False) as travel:
        client = signed_in(make_user())
        travel.shift(timedelta(days=8))
        assert client.get(reverse(PROFILE))["Clear-Site-Data"] == '"cache"'
