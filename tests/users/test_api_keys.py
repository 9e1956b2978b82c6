"""API keys: hashed, named, scoped, expiring, counted, revoked by their person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import get_resolver, reverse
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from epeken.core import clock, registry
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.site import api
from epeken.users.api_keys import services
from epeken.users.api_keys.models import ApiKey
from epeken.users.api_keys.throttles import PersonRateThrottle
from epeken.users.models import User
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.umkm import PASSWORD
from tests.factories.users import bearer, enrol, make_key
from umkm.sellers.models import SellerMember

pytestmark = pytest.mark.django_db

SCOPES = [scope for scope, _label in registry.api_scopes()]
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _fresh_throttle() -> None:
    cache.clear()


@pytest.fixture
def all_round(citizen: User) -> User:
    """Works for a shop and for a department: every scope opens something to them."""
    goods.make_seller(citizen)
    make.membership(make.make_office().agency, citizen, OfficerRole.REQUESTER)
    return enrol(citizen)


@pytest.fixture
def confirmed(client: Client, citizen: User) -> Client:
    """Signed in as `citizen`, who has just typed the password."""
    client.force_login(citizen)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_the_database_holds_no_key(citizen: User) -> None:
    _row, text = make_key(citizen)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM users_apikey")
        row = " ".join(str(value) for value in cursor.fetchone())
    assert text not in row
    assert text[12:] not in row
    assert services.find_key(text, clock.now()) == ApiKey.objects.get()


def test_a_key_is_shown_once(confirmed: Client) -> None:
    goods.make_seller(User.objects.get(pk=confirmed.session["_auth_user_id"]))
    page = confirmed.post(reverse("users:key-list"), {"name": "Kasir", "scopes": ["seller_orders"], "days": "90"})
    found = re.search(r"epk_[\w-]{43}", page.content.decode())
    assert found and "no-store" in page["Cache-Control"]
    assert APIClient().get(reverse("api:seller-order-list"), HTTP_AUTHORIZATION=f"Bearer {found[0]}").status_code == 200
    again = confirmed.get(reverse("users:key-list")).content.decode()
    assert found[0] not in again
    assert "Kasir" in again and found[0][:12] in again and "Terakhir dipakai" in again


def test_a_key_asks_for_the_password_again(client: Client, citizen: User) -> None:
    client.force_login(citizen)
    answer = client.post(reverse("users:key-list"), {"name": "Kasir", "scopes": ["catalogue"], "days": "30"})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"scopes": []}, {"scopes": ["everything"]}, {"name": ""}, {"days": "9999"}, {"days": ""}, {"name": " "}]
)
def test_a_wrong_form_makes_no_key(confirmed: Client, wrong: dict[str, Any]) -> None:
    form = {"name": "Kasir", "scopes": ["catalogue"], "days": "30"} | wrong
    assert confirmed.post(reverse("users:key-list"), form).status_code == 422
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize(
    ("scopes", "days", "code"),
    [
        ([], 30, "scopes_unknown"),
        (["all"], 30, "scopes_unknown"),
        (["seller_orders"], 30, "scopes_unknown"),
        (["catalogue", "agency_read"], 30, "scopes_unknown"),
        (["catalogue"], 0, "days_outside"),
        (["catalogue"], 366, "days_outside"),
    ],
)
def test_the_service_refuses_what_the_form_would(citizen: User, scopes: list[str], days: int, code: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        services.create_key(actor=citizen, name="Kasir", scopes=scopes, days=days, now=clock.now())
    assert refusal.value.code == code
    assert not ApiKey.objects.exists()


def test_scopes_are_offered_to_those_whom_they_open_something(confirmed: Client, citizen: User) -> None:
    def offered() -> list[str]:
        return [
            scope for scope, _label in confirmed.get(reverse("users:key-list")).context["form"]["scopes"].field.choices
        ]

    assert offered() == ["catalogue"]
    helped = goods.make_seller()
    tie = goods.make_member(helped, citizen, role=SellerMember.Role.HOUSEHOLD, until=goods.SINCE)
    assert offered() == ["catalogue"]  # lives with the owner, works for nobody's shop
    tie.delete()
    goods.make_member(helped, citizen, role=SellerMember.Role.STAFF)
    assert offered() == ["catalogue", "seller_orders"]
    assert reverse("users:key-list") in confirmed.get(reverse("users:profile")).text


def test_ten_keys_are_enough(citizen: User) -> None:
    made = [make_key(citizen)[0] for _number in range(10)]
    with pytest.raises(RuleBroken) as refusal:
        make_key(citizen)
    assert refusal.value.code == "too_many_keys"
    services.revoke_key(actor=citizen, key=made[3], now=clock.now())
    make_key(citizen)


def test_an_expired_key_opens_nothing(citizen: User) -> None:
    key, text = make_key(citizen)
    end = key.expires_at
    assert services.find_key(text, end - timedelta.resolution) is not None
    assert services.find_key(text, end) is None


def test_a_closed_account_and_its_keys(citizen: User) -> None:
    _row, text = make_key(citizen)
    User.objects.filter(pk=citizen.pk).update(is_active=False)
    assert services.find_key(text, clock.now()) is None


def test_revoking_ends_one_key_and_leaves_the_others(client: Client, citizen: User) -> None:
    (_kept, kept), (row, lost) = make_key(citizen), make_key(citizen)
    client.force_login(citizen)
    assert client.post(reverse("users:key-revoke", args=[row.pk])).status_code == 302
    assert services.find_key(lost, clock.now()) is None
    assert services.find_key(kept, clock.now()) is not None
    answer = APIClient().get(reverse("api:category-list"), HTTP_AUTHORIZATION=f"Bearer {lost}")
    assert (answer.status_code, answer.json()["code"]) == (401, "authentication_failed")


def test_nobody_revokes_the_key_of_another(client: Client, citizen: User, stranger: User) -> None:
    row, text = make_key(citizen)
    client.force_login(stranger)
    assert client.post(reverse("users:key-revoke", args=[row.pk])).status_code == 404
    with pytest.raises(NotAllowed):
        services.revoke_key(actor=stranger, key=row, now=clock.now())
    assert services.find_key(text, clock.now()) is not None
    assert "Program uji" not in client.get(reverse("users:key-list")).content.decode()


def test_the_last_use_is_noted_once_a_minute(citizen: User) -> None:
    key, now = make_key(citizen)[0], clock.now()
    for later, noted in [(0, 0), (59, 0), (60, 60)]:
        services.note_use(ApiKey.objects.get(), now + timedelta(seconds=later))
        key.refresh_from_db()
        assert key.last_used_at == now + timedelta(seconds=noted)


def views() -> list[Any]:
    return [
        pattern.callback.cls
        for pattern in get_resolver(api).url_patterns
        if issubclass(getattr(pattern.callback, "cls", object), APIView) and pattern.name != "schema"
    ]


def test_every_address_declares_its_scope() -> None:
    declared = [(getattr(view, "scope", None), getattr(view, "write_scope", None)) for view in views()]
    assert len(declared) > 10
    assert [pair for pair in declared if pair[0] not in SCOPES or pair[1] not in (None, *SCOPES)] == []


# What each scope opens: (method, route). The table is the whole API.
OPENS = {
    "catalogue": [
        ("get", "product-list"), ("get", "product-detail"), ("get", "shop-list"), ("get", "shop-detail"),
        ("get", "category-list"), ("get", "food-court-list"),
    ],
    "seller_orders": [
        ("get", "seller-order-list"), ("get", "seller-order-detail"), ("post", "seller-order-accept"),
        ("post", "seller-order-decline"),
    ],
    "agency_read": [
        ("get", "agency-budget-list"), ("get", "agency-request-list"), ("get", "agency-request-detail"),
        ("get", "agency-order-list"), ("get", "agency-order-detail"),
    ],
    "agency_write": [("post", "agency-request-list")],
}  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
def test_a_key_opens_exactly_what_its_scopes_name(all_round: User, scope: str) -> None:
    """Asked with numbers that do not exist: past the scope the answer is another one than 403."""
    client = APIClient()
    client.credentials(**bearer(all_round, scope))
    opened = []
    for pattern in get_resolver(api).url_patterns:
        view = getattr(pattern.callback, "cls", None)
        if view not in views():
            continue
        arguments = {name: 0 if name == "pk" else "tidak-ada" for name in pattern.pattern.converters}
        for method in ("get", "post"):
            if not hasattr(view, method):
                continue
            answer = getattr(client, method)(reverse(f"api:{pattern.name}", kwargs=arguments), {}, format="json")
            if answer.status_code != 403 or answer.json()["code"] != "scope_missing":
                opened.append((method, pattern.name))
    assert opened == OPENS[scope]


def test_a_key_reads_nothing_its_person_may_not() -> None:
    now = clock.now()
    order = make.make_issued(make.make_office(), now=now, deliver_at=now + 20 * DAY)
    other = make.make_office().ppk
    client = APIClient()
    client.credentials(**bearer(other if other.authenticator_set.exists() else enrol(other)))
    assert client.get(reverse("api:agency-order-detail", args=[order.number])).status_code == 404
    client.credentials(
        **bearer(make.member_of(make.make_issued(make.make_office(), now=now, deliver_at=now + 20 * DAY)))
    )
    assert client.get(reverse("api:seller-order-detail", args=[order.number])).status_code == 404


def test_a_key_with_agency_write_starts_a_draft_of_its_own_office_only() -> None:
    office, other = make.make_office(), make.make_office()
    requester = office.requester if office.requester.authenticator_set.exists() else enrol(office.requester)
    client = APIClient()
    client.credentials(**bearer(requester, "agency_write"))
    url = reverse("api:agency-request-list")
    made = client.post(url, {"agency": office.agency.short_name, "title": "Rapat kerja"}, format="json")
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    refused = client.post(url, {"agency": other.agency.short_name, "title": "Rapat kerja"}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_allowed")
    assert client.post(url, {"agency": "Tidak Ada", "title": "Rapat"}, format="json").status_code == 400
    assert requester.purchase_requests.count() == 1


def test_one_key_in_a_loop_leaves_room_for_the_others(citizen: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"user": "5/min", "key": "2/min", "anon": "99/min"})
    monkeypatch.setattr(PersonRateThrottle, "THROTTLE_RATES", {"user": "5/min", "key": "2/min", "anon": "99/min"})
    headers = [bearer(citizen) for _number in range(3)]

    def ask(number: int) -> Any:
        return APIClient().get(reverse("api:category-list"), **headers[number])

    assert [ask(0).status_code for _time in range(3)] == [200, 200, 429]
    assert ask(0).json()["code"] == "throttled" and int(ask(0)["Retry-After"]) <= 60
    # Two of the second key, one of the third: then the person's own limit is used up.
    assert [ask(1).status_code for _time in range(3)] == [200, 200, 429]
    assert [ask(2).status_code for _time in range(2)] == [200, 429]


def test_a_key_is_revoked_only_after_a_question(client: Client, citizen: User) -> None:
    row = make_key(citizen)[0]
    client.force_login(citizen)
    page = client.get(reverse("users:key-revoke", args=[row.pk]))
    assert (page.status_code, row.name in page.text, 'href="/akun/kunci-api/"' in page.text) == (200, True, True)
    row.refresh_from_db()
    assert row.revoked_at is None
