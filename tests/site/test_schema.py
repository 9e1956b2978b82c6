"""The contract: committed, complete, and readable."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver, reverse

from epeken.site.api import schema


def test_the_committed_schema_is_the_generated_one() -> None:
    out = StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", stdout=out)
    committed = (Path(settings.BASE_DIR) / "docs" / "openapi.yaml").read_text(encoding="utf-8")
    assert out.getvalue().strip() == committed.strip(), "run: make schema"


def test_every_api_address_is_in_the_schema() -> None:
    names = [name for name in get_resolver("epeken.site.api").reverse_dict if isinstance(name, str)]
    hidden = {"schema", "documentation"}
    assert len(schema()["paths"]) == len(set(names) - hidden)


def test_every_operation_may_refuse_in_our_shape() -> None:
    for methods in schema()["paths"].values():
        for operation in methods.values():
            refusals = {code: body for code, body in operation["responses"].items() if code >= "400"}
            assert "429" in refusals
            for body in refusals.values():
                shape = body["content"]["application/json"]["schema"]["$ref"]
                assert shape.endswith("/Refusal")


def test_money_is_an_integer_in_the_schema() -> None:
    money = {
        "price",
        "total",
        "amount",
        "goods_total",
        "delivery_cost",
        "gross",
        "net",
        "withheld",
        "pagu",
        "available",
    }
    for shape in schema()["components"]["schemas"].values():
        for name, field in shape.get("properties", {}).items():
            if name in money:
                assert "integer" in (field["type"] if isinstance(field["type"], list) else [field["type"]]), name


@pytest.mark.django_db
def test_the_documentation_page_lists_every_operation() -> None:
    answer = Client().get(reverse("api:documentation"))
    page = answer.content.decode()
    for address in schema()["paths"]:
        assert address in page
    assert "unsafe" not in answer["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_schema_is_served() -> None:
    answer = Client().get(reverse("api:schema"))
    assert answer.status_code == 200
    assert b"openapi: 3.1.0" in answer.content
