"""The office's pages tell money, quantities and rates as every other page does."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import reverse
from lxml import html

from epeken.core import clock, sources
from epeken.core.i18n.times import full_time
from epeken.core.models import Job, ReferenceRow, Rule
from epeken.core.quantity import percent
from orders.billing.models import TaxExemption, TaxRate
from tests.factories import orders as make
from tests.factories.reversals import last_payment, paid
from tests.factories.umkm import make_staff
from tests.site import admin_pages
from umkm.area_checks.models import AreaStage

pytestmark = pytest.mark.django_db


def said(url: str, language: str = "id") -> set[str]:
    client = Client()
    client.force_login(make_staff(is_superuser=True, language=language))
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


def test_a_tax_line_tells_its_rate_and_a_payment_shows_its_proof() -> None:
    office = make.make_office()
    order = paid(office)
    invoice, payment = make.invoice_of(order), last_payment(order)
    rates = {percent(line.rate) for line in invoice.tax_lines.all()}
    assert rates and rates <= said(reverse("admin:orders_invoice_change", args=[invoice.pk]))
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    shown = client.get(reverse("admin:orders_payment_change", args=[payment.pk])).text
    assert reverse("orders:payment-proof", args=[invoice.order.number, payment.pk]) in shown
    assert payment.proof not in shown and payment.proof_sha256 not in shown


def test_a_source_that_is_to_be_confirmed_says_so() -> None:
    row = AreaStage.objects.create(
        seller_kind="swk", level="kelurahan", working_days=1, valid_from=date(2020, 1, 1), valid_until=date(2020, 2, 1),
        source="Kebiasaan kota [?]",
    )  # fmt: skip
    assert sources.told(row.source) == "Kebiasaan kota (belum dikonfirmasi)"
    exemption = TaxExemption.objects.filter(source__contains="[?]").first()
    assert exemption is not None
    shown = said(reverse("admin:orders_taxexemption_changelist"))
    assert sources.told(exemption.source) in shown and not [text for text in shown if "[?]" in text]


def test_a_box_a_form_brings_has_a_frame() -> None:
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    for name, fields in (
        ("procurement_budgetline", ("decree", "decree_on")),
        ("procurement_officerleave", ("stand_in",)),
    ):
        form = html.fromstring(client.get(reverse(f"admin:{name}_add")).content)
        for field in fields:
            assert "border-base-200" in form.get_element_by_id(f"id_{field}").get("class", "").split()


def test_a_right_is_listed_and_has_no_page() -> None:
    client = Client()
    client.force_login(make_staff(is_superuser=True))
    listed = client.get(reverse("admin:auth_permission_changelist"))
    right = listed.context["cl"].result_list[0]
    address = reverse("admin:auth_permission_change", args=[right.pk])
    assert address not in listed.text and client.get(address).status_code == 403


def test_what_the_machine_does_is_told_in_words() -> None:
    """Jobs, rows an update brought, held accounts: by what people call them, in the city's zone."""
    now = clock.now()
    Job.objects.create(name="orders.make_document", arguments={"document_pk": 1199}, created_at=now, due_at=now)
    exemption = TaxExemption.objects.latest("pk")
    ReferenceRow.objects.create(table="orders.TaxExemption", key=exemption.code, was_added=True, noted_at=now)
    held = AccessAttempt.objects.create(username="warga@contoh.test a1b2", failures_since_start=3, attempt_time=now)
    jobs, rows = (said(reverse(f"admin:core_{name}_changelist")) for name in ("job", "referencerow"))
    assert "Buat dokumen" in jobs and "orders.make_document" not in jobs
    assert str(exemption) in rows and exemption.code not in rows and "orders.TaxExemption" not in rows
    assert str(held) == f"warga@contoh.test, {full_time(held.attempt_time)}"


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
