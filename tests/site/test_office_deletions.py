"""What may not be deleted or changed is refused with a sentence, one by one and in bulk, and stays as it was."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.test import Client
from django.urls import reverse

from epeken.core.models import Holiday, Rule
from epeken.core.web.admin import HouseAdmin
from orders.orders.models import OrderEvent
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.site.access_world import World, build
from umkm.sellers.models import FoodCourt

pytestmark = pytest.mark.xdist_group("office_deletions")  # one process: the world of the module is made once
ROWS = 3


@pytest.fixture(scope="module")
def world(module_transaction: None) -> World:
    return build()


@pytest.fixture
def _django_db_helper(world: World, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the `world`."""


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.people["admin"])


def address(model: Any, act: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


def tried(office: Client, row: Any, url: str, body: dict[str, Any]) -> int:
    """The status of the answer; what it did is undone. What was refused is still there, and no history says else."""
    with transaction.atomic():
        logged = LogEntry.objects.count()
        answer = office.post(url, body)
        is_there = type(row)._base_manager.filter(pk=row.pk).exists()
        if answer.status_code != 302:
            assert is_there, (url, answer.status_code)
        assert is_there == (LogEntry.objects.count() == logged), url
        transaction.set_rollback(True)
    return int(answer.status_code)


def test_every_page_of_the_office_is_of_the_house() -> None:
    assert [page for page in admin.site._registry.values() if not isinstance(page, HouseAdmin)] == []


def test_no_deletion_fails(office: Client) -> None:
    """Of every model: the page that asks, the deletion itself, and the one in bulk."""
    met: dict[str, set[int]] = {}
    for model in admin.site._registry:
        for row in model._default_manager.order_by("pk")[:ROWS]:
            url = address(model, "delete", row.pk)
            bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
            statuses = {
                office.get(url).status_code,
                tried(office, row, url, {"post": "yes"}),
                tried(office, row, address(model, "changelist"), bulk),
            }
            met.setdefault(model._meta.label, set()).update(statuses)
    assert {label for label, statuses in met.items() if max(statuses) >= 500} == set()
    assert len(met) > 20


def test_what_is_still_used_is_named(office: Client) -> None:
    court = FoodCourt.objects.order_by("pk")[0]
    seller = build_stall(court)
    page = office.post(address(FoodCourt, "delete", court.pk), {"post": "yes"}, HTTP_ACCEPT_LANGUAGE="id")
    assert page.status_code == 200 and str(seller) in page.content.decode()
    bulk = {"action": "delete_selected", "_selected_action": [court.pk], "post": "yes"}
    answer = office.post(address(FoodCourt, "changelist"), bulk)
    assert answer.status_code == 200 and str(seller) in answer.content.decode()
    assert FoodCourt.objects.filter(pk=court.pk).exists()


def build_stall(court: FoodCourt) -> Any:
    from tests.factories.umkm import make_seller

    return make_seller(kind="swk", food_court=court)


def refuse(self: Any, *args: Any, **kwargs: Any) -> None:
    """What a trigger forbids: an event never changes."""
    OrderEvent.objects.order_by("pk")[0].delete()


@pytest.mark.parametrize("way", ["delete", "bulk", "change", "add"])
def test_what_a_trigger_forbids_is_a_sentence(office: Client, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    day = Holiday.objects.order_by("pk")[0]
    url, body = {
        "delete": (address(Holiday, "delete", day.pk), {"post": "yes"}),
        "bulk": (
            address(Holiday, "changelist"),
            {"action": "delete_selected", "_selected_action": [day.pk], "post": "yes"},
        ),
        "change": (address(Holiday, "change", day.pk), {"name": "Lain"}),
        "add": (address(Holiday, "add"), {"name": "Lain", "day": "2031-03-03", "source": "Uji"}),
    }[way]
    if way in ("change", "add"):
        body = {**form_of(office, url), **body}
    for name in ("delete_model", "delete_queryset", "save_model"):
        monkeypatch.setattr(HouseAdmin, name, refuse, raising=False)
    count = LogEntry.objects.count()
    answer = office.post(url, body, HTTP_ACCEPT_LANGUAGE="id")
    assert answer.status_code == 422
    assert "Catatan ini tidak boleh diubah atau dihapus." in answer.content.decode()
    assert (LogEntry.objects.count(), Holiday.objects.get(pk=day.pk).name) == (count, day.name)


def test_a_rule_in_force_is_not_deleted_in_bulk(office: Client) -> None:
    rule = Rule.objects.order_by("pk")[0]
    office.post(
        address(Rule, "changelist"), {"action": "delete_selected", "_selected_action": [rule.pk], "post": "yes"}
    )
    assert Rule.objects.filter(pk=rule.pk).exists()
