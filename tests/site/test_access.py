"""Every address × every role, by GET and by an empty POST. A new address without a row fails the build.

`access.csv` is the table; the columns after `method` are roles, the cells HTTP statuses (`masuk`: sent to sign-in).
After a wanted change: `WRITE_ACCESS=1 pytest tests/site/test_access.py`, then read the difference cell by cell.
"""

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.exceptions import NoReverseMatch

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.deliveries import services as deliveries
from orders.deliveries.models import InspectionPhoto
from orders.documents.models import Attachment, Document
from orders.orders.services import agreement as order_services
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make_orders
from tests.factories import procurement as make_offices
from tests.factories import umkm as make
from tests.factories import users as make_users
from umkm.verification.models import SellerDocument, VerificationCase

TABLE = Path(__file__).parent / "access.csv"
ROLES = [
    "anonymous", "stranger", "citizen", "seller", "other_seller", "requester", "approver", "receiver", "treasurer",
    "other_officer", "inspector", "verifier", "curator", "admin",
]  # fmt: skip
# An empty POST by those who may not: nothing of theirs must get through. Those who may are tested with real forms.
POSTING = {"anonymous", "stranger", "other_seller", "other_officer", "inspector"}
# Django's and allauth's own consoles are tested where they are ours to decide; the table covers our rooms.
FOREIGN = ("admin/", "__")


@dataclass
class World:
    people: dict[str, Any]
    arguments: dict[str, dict[str, Any]]


def routes() -> Iterator[tuple[str, str]]:
    """(name with namespace, path) of every named address."""

    def walk(patterns: list[Any], prefix: str, space: str) -> Iterator[tuple[str, str]]:
        for entry in patterns:
            path = prefix + str(entry.pattern)
            if path.startswith(FOREIGN):
                continue
            if isinstance(entry, URLResolver):
                inner = f"{space}{entry.namespace}:" if entry.namespace else space
                yield from walk(entry.url_patterns, path, inner)
            elif isinstance(entry, URLPattern):
                yield f"{space}{entry.name or '-'}", path

    seen = set()
    for name, path in walk(get_resolver().url_patterns, "", ""):
        if name not in seen:
            seen.add(name)
            yield name, path


def build() -> World:
    now = clock.now()
    owner, office = make.make_user(name="Pemilik Uji"), make_offices.Office()
    shop = make.make_seller(member=owner)
    product = make.make_product(shop, price=50_000)
    buyer = make.make_user(name="Warga Uji")
    other_owner = make.make_user(name="Pemilik Lain")
    make.make_seller(member=other_owner)
    draft = make.make_seller(member=owner, state="draft", name="Draf Uji")
    document = SellerDocument.objects.create(
        seller=draft, kind="ktp", file="penjual/tidak-ada.webp", content_type="image/webp", size=1, sha256="0" * 64,
        uploaded_by=owner, uploaded_at=now,
    )  # fmt: skip
    case = VerificationCase.objects.create(seller=draft, opened_at=now, due_at=now + timedelta(days=3))
    other_agency = make_offices.make_agency()
    request = make_offices.make_request(office, [(product, 2)], now=now)
    order = make_orders.make_issued(office, product)
    placed = make_orders.place(buyer, (product, 2))[0]
    moment = order.placed_at + timedelta(hours=1)
    order = order_services.accept_order(actor=owner, order=order, now=moment)
    delivery = deliveries.ship_order(actor=owner, order=order, carrier="Kurir", quantities={}, now=moment)
    photo = InspectionPhoto.objects.create(
        delivery=delivery, file="inspections/tidak-ada.webp", content_type="image/webp", size=1, sha256="0" * 64,
        uploaded_by=office.receiver, uploaded_at=now,
    )  # fmt: skip
    attachment = Attachment.objects.create(
        order=order, kind="minutes", file="lampiran/tidak-ada.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64, uploaded_by=office.requester, uploaded_at=now,
    )  # fmt: skip
    paper = Document.objects.filter(order=order).first()
    people = {
        "anonymous": None,
        "stranger": make.make_user(name="Orang Lain"),
        "citizen": buyer,
        "seller": owner,
        "other_seller": other_owner,
        "requester": office.requester,
        "approver": office.pp,
        "receiver": office.receiver,
        "treasurer": office.treasurer,
        "other_officer": make_offices.make_officer(OfficerRole.REQUESTER, other_agency),
        "inspector": make.make_staff("procurement.inspect_all", name="Inspektur Uji"),
        "verifier": make.make_staff("umkm.verify_seller", name="Verifikator Uji"),
        "curator": make.make_staff("umkm.curate_product", name="Kurator Uji"),
        "admin": make.make_staff(is_superuser=True, name="Admin Uji"),
    }
    for role in ["requester", "approver", "receiver", "treasurer"]:
        if not people[role].authenticator_set.exists():
            make_users.enrol(people[role])
    arguments: dict[str, dict[str, Any]] = {
        "pk": {"umkm": product.pk, "application": draft.pk, "document-file": document.pk, "photo": photo.pk,
               "attachment": attachment.pk, "line": office.line.pk, "case": case.pk},
        "number": {"orders": order.number, "procurement": request.number, "placed": placed.number},
        "slug": {"shop": shop.slug, "swk": "swk-semolowaru", "category": "nasi-kotak", "product": "barang"},
        "code": {"": paper.code if paper else "x" * 24},
        "key": {"": new_key()},
    }  # fmt: skip
    return World(people, arguments)


def filled(name: str, path: str, world: World) -> str | None:
    """The address with the ids of the world; None when an argument has no meaning for it."""
    pattern = {
        "pk": world.arguments["pk"],
        "number": world.arguments["number"],
    }
    values: dict[str, Any] = {}
    for part in path.replace("<", ">").split(">")[1::2]:
        argument = part.split(":")[-1]
        values[argument] = _value(argument, name, world, pattern)
    try:
        return reverse(name, kwargs=values)
    except NoReverseMatch:
        return None


def _value(argument: str, name: str, world: World, pattern: dict[str, dict[str, Any]]) -> Any:
    numbers, pks, slugs = pattern["number"], pattern["pk"], world.arguments["slug"]
    if argument == "number":
        return (
            numbers["procurement"]
            if name.startswith("procurement:") or name == "orders:order-issue"
            else numbers["orders"]
        )
    if argument == "slug":
        return next((value for word, value in slugs.items() if word in name), "tidak-ada")
    if argument == "pk":
        for word in ["application", "document-file", "photo", "attachment"]:
            if word in name or (word == "application" and "document-create" in name):
                return pks[word]
        return pks["line"] if "budget" in name else pks["umkm"]
    fixed = {
        "step": "pemilik",
        "kind": "ktp",
        "code": world.arguments["code"][""],
        "name": "tidak/ada.webp",
        "key": "x",
    }
    if argument == "kind" and name.startswith("orders:"):
        return "purchase_order"
    return fixed.get(argument, "1")


def word_for(response: Any) -> str:
    if response.status_code in (301, 302) and "/akun/masuk/" in response["Location"]:
        return "masuk"
    return str(response.status_code)


def measured(world: World) -> dict[tuple[str, str], dict[str, str]]:
    table: dict[tuple[str, str], dict[str, str]] = {}
    for role in ROLES:
        client = Client(raise_request_exception=False)
        if world.people[role] is not None:
            client.force_login(world.people[role])
        for name, path in routes():
            address = filled(name, path, world)
            if address is None:
                continue
            for method in ["get", "post"] if role in POSTING else ["get"]:
                with transaction.atomic():
                    response = getattr(client, method)(address)
                    # What an empty POST may have done must not colour the next cell.
                    transaction.set_rollback(True)
                if world.people[role] is not None and "logout" in name:
                    client.force_login(world.people[role])
                table.setdefault((name, method.upper()), {})[role] = word_for(response)
    return table


def written() -> dict[tuple[str, str], dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row.pop("route"), row.pop("method")): row for row in csv.DictReader(file)}  # type: ignore[misc]


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_table_says(settings: Any) -> None:
    # As in production, whatever this machine's environment says.
    settings.SHOW_STYLEGUIDE = settings.DEMO = False
    actual = measured(build())
    if os.environ.get("WRITE_ACCESS"):
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["route", "method", *ROLES])
            for (name, method), row in sorted(actual.items()):
                writer.writerow([name, method, *[row.get(role, "") for role in ROLES]])
    expected = written()
    assert set(actual) == set(expected)
    wrong = {
        f"{method} {name} {role}": (expected[name, method][role], got)
        for (name, method), row in actual.items()
        for role, got in row.items()
        if expected[name, method][role] != got
    }
    assert wrong == {}


def test_no_cell_of_the_table_is_a_server_error() -> None:
    broken = [
        (name, method)
        for (name, method), row in written().items()
        if any(cell.startswith("5") for cell in row.values())
    ]
    # readyz says 503 on purpose where no worker runs.
    assert [cell for cell in broken if cell[0] != "readyz"] == []


def test_strangers_see_no_order_request_or_document_of_others() -> None:
    private = [
        row
        for (name, method), row in written().items()
        if method == "GET"
        and name.startswith(
            (
                "orders:order-detail",
                "orders:document",
                "procurement:request-detail",
                "umkm:document-file",
                "umkm:application",
            )
        )
    ]
    assert private
    for row in private:
        assert row["anonymous"] == "masuk"
        assert row["stranger"] == "404"
        assert row["other_seller"] == "404"
