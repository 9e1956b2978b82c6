"""The daily seal: once a day, of what grew, and an end that was cut off shows."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from orders.attestations import services, verifying
from orders.attestations.models import Attestation, DailySeal
from orders.documents import services as documents
from orders.documents.models import Document
from tests.factories import orders as make
from tests.factories.orders import DAY, MONDAY
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True)


TABLES = ("orders_attestation", "orders_dailyseal", "orders_orderevent", "orders_order")


def run_sql(*texts: str) -> None:
    """As the owner of the tables, with every trigger off."""
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for text in texts:
            cursor.execute(text)
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def differences() -> list[str]:
    return [f"{d.order} {d.sequence}: {d.what}" for d in verifying.verify()]


def test_seals_bind_the_ends_of_the_chains() -> None:
    office = make.make_office()
    first, second = make.make_issued(office), make.make_issued(office)
    make.accepted(first)
    assert services.seal_day(now=MONDAY) is not None
    assert services.seal_day(now=MONDAY + timedelta(hours=1)) is None
    make.accepted(second)
    later = services.seal_day(now=MONDAY + DAY)
    assert later is not None
    today, tomorrow = DailySeal.objects.order_by("day")
    assert (today.chains, today.acts, tomorrow.chains, tomorrow.acts) == (2, 5, 1, 1)
    assert tomorrow.previous == today.hash
    assert differences() == []
    page = Client().get(reverse("orders:daily-seals"))
    assert today.hash in page.content.decode()

    # The last act of an order, and all that tells of it, is taken away.
    last = Attestation.objects.filter(order=first).order_by("sequence").last()
    assert last is not None
    cut = (
        f"DELETE FROM orders_attestation WHERE id = {last.pk}",
        f"DELETE FROM orders_orderevent WHERE sequence = {last.event}",
        f"UPDATE orders_order SET state = 'placed', accepted_at = NULL WHERE id = {first.pk}",
    )
    run_sql(*cut)
    found = differences()
    assert f"{first.number} {last.sequence}: is not the act that the seal of {today.day.isoformat()} names" in found
    run_sql(f"DELETE FROM orders_dailyseal WHERE id = {today.pk}")
    assert any("does not follow the seal before it" in each for each in differences())


def test_a_changed_seal_is_named() -> None:
    make.make_issued(make.make_office())
    assert services.seal_day(now=MONDAY) is not None
    run_sql("UPDATE orders_dailyseal SET heads = '[]'")
    assert [each.split(": ", 1)[1] for each in differences()] == ["was changed"]


def test_an_act_that_still_runs_stands_in_the_next_seal() -> None:
    office = make.make_office()
    order = make.make_issued(office)
    with transaction.atomic():
        make.accepted(order)
        assert together([lambda: services.seal_day(now=MONDAY)]) == {"ok": 1}
    services.seal_day(now=MONDAY + DAY)
    assert list(DailySeal.objects.order_by("day").values_list("acts", flat=True)) == [2, 1]
    assert differences() == []


def test_two_acts_at_once_stand_in_one_chain() -> None:
    """Making a document does not lock the order; the chain has one order all the same."""
    office = make.make_office()
    order = make.make_issued(office)
    waiting = list(Document.objects.filter(order=order, made_at=None))
    assert len(waiting) > 1

    def store(document: Document) -> Any:
        return lambda: documents.store_document(document=document, content=b"%PDF-", pages=1, now=clock.now())

    acts = [*(store(document) for document in waiting), lambda: make.accepted(order)]
    assert together(acts) == {"ok": len(acts)}
    assert list(order.attestations.values_list("sequence", flat=True)) == list(range(1, 2 + len(acts) + 1))
    assert differences() == []
