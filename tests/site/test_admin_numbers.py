"""The office's pages tell money, quantities and rates as every other page does."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from epeken.core.models import Rule
from orders.billing.models import TaxRate
from tests.factories import orders as make
from tests.factories.umkm import make_staff
from tests.site import admin_pages

pytestmark = pytest.mark.django_db


def said(url: str, language: str = "id") -> set[str]:
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(url)
    assert answer.status_code == 200
    return set(admin_pages.told(answer.content))


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_order_its_lines_and_its_invoice_tell_rupiah(language: str) -> None:
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office))
    invoice, line = make.invoice_of(order), order.lines.get()
    pages: list[tuple[Any, int, set[str]]] = [
        (order, order.total, {in_words(order.total), in_words(line.price), f"{line.quantity.normalize():f}"}),
        (invoice, invoice.gross, {in_words(invoice.gross), in_words(invoice.net), in_words(0)}),
    ]
    for row, amount, words in pages:
        name = row._meta.label_lower.replace(".", "_")
        assert words <= said(reverse(f"admin:{name}_change", args=[row.pk]), language)
        assert in_words(amount) in said(reverse(f"admin:{name}_changelist"), language)


def in_words(amount: int) -> str:
    return f"Rp{amount:,}".replace(",", ".")


def test_a_rule_and_a_tax_rate_in_force_tell_what_they_mean() -> None:
    limit = Rule.objects.create(
        code="purchase.pp_limit", name="Batas", value=Decimal(150_000_000), unit="rupiah",
        valid_from=date(2020, 1, 1), valid_until=date(2020, 12, 31), source="Contoh",
    )  # fmt: skip
    text = said(reverse("admin:core_rule_change", args=[limit.pk]))
    assert "Rp150.000.000" in text
    rate = TaxRate.objects.get(code="pph22_goods")
    text = said(reverse("admin:orders_taxrate_change", args=[rate.pk]))
    assert {"1,5%", "Rp2.000.000"} <= text
