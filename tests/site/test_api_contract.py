"""docs/openapi.yaml against the running app: schemathesis makes requests, right and wrong, and compares the answers.

Undocumented statuses, HTML for JSON clients, accepted nonsense, answers outside their schema: each is a failure. One
check is left out: what fits the schema may still be refused, because a department or category must exist.
"""

import functools
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.conf import settings as configured
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from rest_framework.throttling import SimpleRateThrottle

from epeken.core import clock
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import enrol, make_key

pytestmark = pytest.mark.django_db

FILE = configured.BASE_DIR / "docs" / "openapi.yaml"
PATHS = yaml.load(FILE.read_text(), Loader=yaml.CSafeLoader)["paths"]
OPERATIONS = [(path, method) for path, found in PATHS.items() for method in found]


@functools.cache
def operation(path: str, method: str) -> Any:
    """Of the schema, bound to the app. Loading it takes a second: only in the process that runs these tests."""
    return _schema()[path][method]


@functools.cache
def _schema() -> Any:
    import schemathesis

    from epeken.wsgi import application

    found = schemathesis.openapi.from_path(FILE)
    found.app = application
    return found


class City:
    """An order and a product to be found, a seller and a requester with keys."""

    def __init__(self) -> None:
        now = clock.now()
        office = make.make_office()
        self.order = make.make_issued(office, now=now, deliver_at=now + 20 * make.DAY)
        self.seller = f"Bearer {make_key(make.member_of(self.order))[1]}"
        self.officer = f"Bearer {make_key(enrol(office.requester))[1]}"
        assert self.order.request is not None
        self.found = {
            "/api/v1/products/{id}/": {"id": goods.make_product(name="Nasi kotak").pk},
            "/api/v1/shops/{slug}/": {"slug": self.order.seller.slug},
            "/api/v1/agency/requests/{number}/": {"number": self.order.request.number},
        }

    def header(self, path: str) -> dict[str, str]:
        key = self.officer if "/agency/" in path else self.seller
        return {"Authorization": key}

    def parameters(self, path: str) -> dict[str, Any]:
        return self.found.get(path, {"number": self.order.number} if "{number}" in path else {})


@pytest.fixture
def city(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[City]:
    """Requests come through WSGI, as from gunicorn, on the test's connection: the app must not close it."""
    cache.clear()
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", dict.fromkeys(("anon", "user", "key"), "100000/min"))
    yield City()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_as_the_schema_says(path: str, method: str, city: City) -> None:
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    @settings(
        max_examples=10,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation(path, method).as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(headers=city.header(path), excluded_checks=[positive_data_acceptance])

    ask()


@pytest.mark.parametrize("path", [path for path in PATHS if "{" in path])
def test_what_is_there_is_answered_as_the_schema_says(path: str, city: City) -> None:
    """Numbers made up are mostly not found; here they exist."""
    for method in PATHS[path]:
        body = {"body": {"note": "Bahan habis"}} if path.endswith("decline/") else {}
        case = operation(path, method).Case(path_parameters=city.parameters(path), **body)
        answer = case.call_and_validate(headers=city.header(path))
        assert answer.status_code == 200
