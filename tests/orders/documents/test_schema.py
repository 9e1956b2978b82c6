"""The published schema of a purchase: strict, served to everybody, and of the same words as the code."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator

from orders.attestations import content
from orders.billing.states import InvoiceState, PaymentMethod, TaxKind
from orders.deliveries.states import DeliveryState
from orders.documents import acts, archive, build
from orders.documents.states import AttachmentKind, DocumentKind, VoidReason, WaiverReason
from orders.orders.states import OrderState
from orders.remedies.states import RemedyKind, RemedyState
from procurement.agencies.states import OFFICES
from tests.factories import orders as make


def read(version: int) -> dict[str, Any]:
    path = archive.schema_of(version)
    assert path is not None
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


SCHEMA = read(archive.VERSION)


def objects(node: Any, at: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(node, dict):
        if node.get("type") == "object":
            yield at, node
        for name, inner in node.items():
            yield from objects(inner, f"{at}.{name}")
    elif isinstance(node, list):
        for n, inner in enumerate(node):
            yield from objects(inner, f"{at}[{n}]")


def test_it_is_a_schema_that_leaves_nothing_open() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["title"] == SCHEMA["properties"]["format"]["const"] == archive.FORMAT
    found = list(objects(SCHEMA))
    assert len(found) > 20
    for at, node in found:
        assert node["additionalProperties"] is False, at
        assert node["required"] == list(node["properties"]), at


@pytest.mark.parametrize(
    ("noun", "field", "words"),
    [
        ("order", "state", OrderState.values), ("delivery", "state", DeliveryState.values),
        ("invoice", "state", InvoiceState.values), ("document", "kind", DocumentKind.values),
        ("slot", "kind", AttachmentKind.values),
    ],
)  # fmt: skip
def test_the_words_of_a_field_are_those_of_the_code(noun: str, field: str, words: list[str]) -> None:
    assert SCHEMA["$defs"][noun]["properties"][field]["enum"] == words


def test_the_words_inside_are_those_of_the_code() -> None:
    invoice = SCHEMA["$defs"]["invoice"]["properties"]
    assert invoice["taxes"]["items"]["properties"]["kind"]["enum"] == TaxKind.values
    assert invoice["payments"]["items"]["properties"]["method"]["enum"] == PaymentMethod.values
    remedy = SCHEMA["$defs"]["decision"]["properties"]["remedies"]["items"]["properties"]
    assert (remedy["kind"]["enum"], remedy["state"]["enum"]) == (RemedyKind.values, RemedyState.values)
    withdrawn = SCHEMA["properties"]["withdrawn_documents"]["items"]["properties"]
    assert (withdrawn["kind"]["enum"], withdrawn["reason"]["enum"]) == (DocumentKind.values, VoidReason.values)
    assert SCHEMA["$defs"]["act"]["properties"]["noun"]["enum"] == list(acts.NOUNS.values())
    assert {table.label for table in content.TABLES if table.is_event and not table.borrowed} <= set(acts.NOUNS)
    waiver = SCHEMA["$defs"]["slot"]["properties"]["waiver"]["anyOf"][0]["properties"]
    assert (waiver["reason"]["enum"], waiver["office"]["enum"]) == (WaiverReason.values, list(OFFICES))


def test_everybody_reads_it_and_those_of_earlier_exports(client: Client, db: None) -> None:
    for version in range(1, archive.VERSION + 1):
        answer = client.get(reverse("orders:purchase-schema", args=[version]))
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/schema+json"
        assert json.loads(answer.content)["title"] == f"epeken-purchase/{version}"
    assert json.loads(answer.content) == SCHEMA
    assert client.get(reverse("orders:purchase-schema", args=[archive.VERSION + 1])).status_code == 404


@pytest.mark.django_db
def test_a_field_that_is_new_gone_or_of_another_kind_is_noticed() -> None:
    office = make.make_office()
    data = archive.purchase_data(build.order_for_papers(make.make_meeting(office).pk))
    validator = Draft202012Validator(SCHEMA)
    assert [fault.message for fault in validator.iter_errors(data)] == []
    for wrong in (
        {**data, "new": 1},
        {name: value for name, value in data.items() if name != "slots"},
        {**data, "order": {**data["order"], "total": "10000"}},
        {**data, "order": {**data["order"], "total": 10_000.5}},
        {**data, "order": {**data["order"], "placed_at": "7 September 2026"}},
    ):
        assert not validator.is_valid(wrong)
