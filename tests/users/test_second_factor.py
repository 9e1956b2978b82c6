"""Who owes a second factor, and what stays closed until it is there."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.core.factors import Factor
from epeken.notifications.models import DemoMail
from epeken.users import policies, services
from epeken.users.api_keys import services as api_keys
from epeken.users.api_keys.api import KeyAuthentication
from epeken.users.api_keys.models import ApiKey
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole
from tests.factories.umkm import PASSWORD, make_staff, make_user
from tests.factories.users import code_at, enrol, make_key
from tests.users.test_accounts import kept_mail, link_in  # noqa: F401  # a fixture

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    from epeken.core.models import Kelurahan

    user = make_user(name="Petugas Contoh")
    agency = Agency.objects.create(
        name="Dinas Uji", short_name="Uji", code="0.00.0", address="Jalan Uji 1", kelurahan=Kelurahan.objects.first()
    )
    AgencyMember.objects.create(
        agency=agency, user=user, role=OfficerRole.values[0], valid_from=clock.local_date(clock.now())
    )
    return user


def plain_staff() -> User:
    user = make_user(is_staff=True, is_superuser=True)
    assert not policies.has_second_factor(user)
    return user


def test_staff_and_officers_owe_it_and_citizens_do_not(officer: User, citizen: User) -> None:
    assert policies.owes_second_factor(plain_staff())
    assert policies.owes_second_factor(officer)
    assert not policies.owes_second_factor(citizen)


def test_an_ended_appointment_owes_nothing(officer: User) -> None:
    yesterday = clock.local_date(clock.now()) - timedelta(days=1)
    AgencyMember.objects.update(valid_from=yesterday, valid_until=yesterday)
    assert not policies.owes_second_factor(officer)


def test_only_demo_accounts_are_let_off_and_only_when_lifted(settings: Any) -> None:
    demo, real = make_user(is_staff=True, is_demo=True), make_user(is_staff=True)
    settings.SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS = True
    assert not policies.owes_second_factor(demo)
    assert policies.owes_second_factor(real)
    settings.SECOND_FACTOR_LIFTED_FOR_DEMO_ACCOUNTS = False
    assert policies.owes_second_factor(demo)


def test_the_admin_stays_closed_until_enrolled(client: Client) -> None:
    user = plain_staff()
    client.force_login(user)
    assert client.get(reverse("admin:index")).url == reverse("mfa_activate_totp")
    enrol(user)
    assert client.get(reverse("admin:index")).status_code == 200


def test_changing_anything_is_refused_until_enrolled(client: Client, officer: User) -> None:
    client.force_login(officer)
    answer = client.post(reverse("users:profile"), {"name": "Nama Baru"})
    assert answer.url == reverse("mfa_activate_totp")
    officer.refresh_from_db()
    assert officer.name == "Petugas Contoh"
    assert client.post(reverse("users:key-list")).url == reverse("mfa_activate_totp")


def test_reading_and_the_account_pages_stay_open(client: Client, officer: User) -> None:
    client.force_login(officer)
    assert client.get(reverse("users:profile")).status_code == 200
    assert client.get(reverse("notifications:inbox")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_htmx_and_machines_are_told_in_their_own_way(client: Client, officer: User) -> None:
    client.force_login(officer)
    piece = client.post(reverse("users:profile"), {}, headers={"hx-request": "true"})
    assert piece["HX-Redirect"] == reverse("mfa_activate_totp")
    machine = client.get("/api/v1/anything/")
    assert machine.status_code in {403, 404}


def test_enrolment_and_sign_in_with_a_code(client: Client) -> None:
    user = make_user(email="ada@contoh.invalid")
    login = {"login": "ada@contoh.invalid", "password": PASSWORD}
    client.post(reverse("account_login"), login)
    asked = client.get(reverse("mfa_activate_totp"))
    assert client.get(asked.url).status_code == 200
    assert client.post(asked.url, {"password": PASSWORD}).url == reverse("mfa_activate_totp")
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    from allauth.mfa.totp.internal import auth

    code = auth.format_hotp_value(auth.hotp_value(secret, next(iter(auth.yield_hotp_counters_from_time()))))
    assert client.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    stored = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data["secret"]
    assert stored != secret
    for name in ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_deactivate_totp"]:
        assert client.get(reverse(name)).status_code == 200, name

    other = Client()
    assert other.post(reverse("account_login"), login).url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in other.session
    assert other.get(reverse("mfa_authenticate")).status_code == 200
    assert other.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200
    assert "_auth_user_id" not in other.session


def test_sign_in_with_the_current_code(client: Client) -> None:
    enrol(make_user(email="ada@contoh.invalid"))
    client.post(reverse("account_login"), {"login": "ada@contoh.invalid", "password": PASSWORD})
    answer = client.post(reverse("mfa_authenticate"), {"code": code_at(clock.now())})
    assert answer.url == reverse("site:landing")


def test_those_who_owe_it_cannot_take_it_off(client: Client) -> None:
    user = make_staff()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code_at(clock.now())})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.post(reverse("mfa_deactivate_totp"))
    assert page.status_code == 200
    assert "tidak dapat dimatikan" in page.content.decode()
    assert policies.has_second_factor(user)


def test_a_colleague_can_clear_a_lost_phone_but_never_their_own(admin_user: User) -> None:
    lost = make_staff()
    _row, key = make_key(lost)
    services.remove_second_factor(actor=admin_user, user=lost, now=clock.now())
    assert not policies.has_second_factor(lost)
    assert api_keys.find_key(key, clock.now()) is None
    with pytest.raises(NotAllowed):
        services.remove_second_factor(actor=admin_user, user=admin_user, now=clock.now())
    assert policies.has_second_factor(admin_user)


def test_a_person_without_the_right_cannot_clear_it(citizen: User) -> None:
    lost = make_staff()
    with pytest.raises(NotAllowed):
        services.remove_second_factor(actor=citizen, user=lost, now=clock.now())
    assert policies.has_second_factor(lost)


def test_a_key_made_before_the_appointment_stops_opening(citizen: User) -> None:
    _row, key = make_key(citizen)
    assert KeyAuthentication().authenticate_credentials(key)[0] == citizen
    User.objects.filter(pk=citizen.pk).update(is_staff=True)
    with pytest.raises(AuthenticationFailed) as refusal:
        KeyAuthentication().authenticate_credentials(key)
    assert refusal.value.get_codes() == "second_factor"
    enrol(citizen)
    assert KeyAuthentication().authenticate_credentials(key)[0] == citizen


def test_no_key_without_the_second_factor(officer: User) -> None:
    with pytest.raises(NotAllowed):
        make_key(officer)
    assert not ApiKey.objects.filter(user=officer).exists()


def test_a_new_password_through_the_letter_keeps_the_second_factor(
    client: Client,
    run_jobs: Callable[[], int],
    kept_mail: None,  # noqa: F811
) -> None:
    """The letter's owner changes the password and is then asked for the code; without it nobody is signed in."""
    user = make_user(email="dua@contoh.invalid")
    enrol(user)
    client.post(reverse("account_reset_password"), {"email": user.email})
    run_jobs()
    form = client.get(link_in(DemoMail.objects.latest("pk").body), follow=True).request["PATH_INFO"]
    answer = client.post(form, {"password1": "sandi baru panjang", "password2": "sandi baru panjang"})
    assert answer.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert policies.has_second_factor(user)
    assert client.get(reverse("users:profile")).status_code == 302
    client.post(reverse("mfa_authenticate"), {"code": code_at(clock.now())})
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize("kind", [Factor.TOTP, Factor.RECOVERY, Factor.PASSKEY])
def test_an_act_bears_the_last_second_factor_of_its_session(kind: Factor, rf: Any) -> None:
    request = rf.get("/")
    request.user, request.session = make_user(), {}
    assert policies.factor_of_request(request) == Factor.NONE
    for method, alone in (("password", Factor.PASSWORD), ("code", Factor.CODE), ("password_reset", Factor.LETTER)):
        record_authentication(request, request.user, method=method)
        assert policies.factor_of_request(request) == alone
    record_authentication(request, request.user, method="mfa", type="totp")
    record_authentication(request, request.user, method="mfa", type=kind.value)
    assert policies.factor_of_request(request) == kind
    record_authentication(request, request.user, method="password", reauthenticated=True)
    assert policies.factor_of_request(request) == kind
