"""Sign-ins and second factors leave a line in the log, and end what should not go on."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.totp.internal import auth
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from tests.factories.umkm import PASSWORD, make_staff, make_user
from tests.factories.users import enrol
from tests.users.test_sessions import confirmed, is_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def start() -> datetime:
    return datetime(2026, 9, 7, 9, 0, tzinfo=clock.ZONE)


def test_ending_a_session_asks_for_the_password_again(start: datetime) -> None:
    """A browser left open must not throw its owner out of all the others."""
    user = make_user()
    with time_machine.travel(start, tick=False) as travel:
        mine, others = signed_in(user), [signed_in(user), signed_in(user)]
        confirmed(mine)
        travel.shift(timedelta(minutes=16))
        row = UserSession.objects.get(session_key=others[0].session.session_key)
        for address in (reverse("users:session-end", args=[row.pk]), reverse("users:session-end-others")):
            answer = mine.post(address)
            assert answer.url.startswith(reverse("account_reauthenticate")), address
        assert [is_in(client) for client in others] == [True, True]
        assert mine.post(answer.url, {"password": "salah sama sekali"}).status_code == 200
        assert [is_in(client) for client in others] == [True, True]
        assert mine.post(answer.url, {"password": PASSWORD}).url == reverse("users:session-list")
        assert [is_in(client) for client in [mine, *others]] == [True, False, False]


@pytest.mark.django_db(transaction=True)  # allauth tells it on commit, within the request
def test_a_changed_second_factor_ends_the_other_sessions(start: datetime) -> None:
    user = make_user()
    with time_machine.travel(start, tick=False):
        mine, other = confirmed(signed_in(user)), signed_in(user)
        secret = mine.get(reverse("mfa_activate_totp")).context["form"].secret
        counter = next(iter(auth.yield_hotp_counters_from_time()))
        code = auth.format_hotp_value(auth.hotp_value(secret, counter))
        mine.post(reverse("mfa_activate_totp"), {"code": code})
        assert user.authenticator_set.filter(type="totp").exists()
        assert (is_in(mine), is_in(other)) == (True, False)


@pytest.mark.parametrize("page", ["mfa_deactivate_totp", "mfa_generate_recovery_codes"])
@pytest.mark.django_db(transaction=True)
def test_so_does_one_taken_off_and_new_recovery_codes(start: datetime, page: str) -> None:
    user = enrol(make_user())
    with time_machine.travel(start, tick=False) as travel:
        mine = confirmed(signed_in(user))
        travel.shift(timedelta(minutes=1))  # a code is taken once
        other = signed_in(user)
        assert mine.post(reverse(page)).status_code == 302
        assert (is_in(mine), is_in(other)) == (True, False)


def test_a_second_factor_removed_by_an_administrator_ends_every_session() -> None:
    user = enrol(make_user())
    theirs, admin = signed_in(user), Client()
    admin.force_login(make_staff(is_superuser=True))
    act = {"action": "remove_second_factor", "_selected_action": user.pk}
    admin.post(reverse("admin:users_user_changelist"), act)
    assert not is_in(theirs)


def test_sign_ins_and_second_factors_are_logged(caplog: Any, django_capture_on_commit_callbacks: Any) -> None:
    plain, officer = make_user(), enrol(make_user())
    with caplog.at_level(logging.INFO, logger="epeken.users"):
        signed_in(plain)
        wrong = Client()
        wrong.post(reverse("account_login"), {"login": officer.email, "password": PASSWORD})
        wrong.post(reverse("mfa_authenticate"), {"code": "000000"})
        client = confirmed(signed_in(officer))
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("mfa_deactivate_totp"))
    told = [record.getMessage() for record in caplog.records if record.name.startswith("epeken.users")]
    assert told == [
        f"Account {plain.pk} signed in by password",
        f"Account {officer.pk}: a code of the second factor was refused",
        f"Account {officer.pk} signed in by password+totp",
        f"Second factor of account {officer.pk}: totp_deactivated",
    ]
    assert plain.email not in "".join(told)


def test_who_was_refused_what_is_logged(caplog: Any) -> None:
    user, strange = make_user(), make_user()
    client = confirmed(signed_in(user))
    row = UserSession.objects.get(session_key=signed_in(strange).session.session_key)
    hidden, forbidden = reverse("users:session-end", args=[row.pk]), reverse("orders:treasurer")
    with caplog.at_level(logging.WARNING, logger="epeken.core.web.middleware"):
        client.post(hidden)
        client.get(forbidden)
        Client().get("/tidak-ada/")
    told = [record.getMessage() for record in caplog.records if record.name == "epeken.core.web.middleware"]
    assert told == [
        f"Refused (404): account {user.pk}, POST {hidden}",
        f"Refused (403): account {user.pk}, GET {forbidden}",
    ]
