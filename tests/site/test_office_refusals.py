"""What the database forbids, a form of the office refuses first, at the field or with a sentence."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import models
from django.db.models import CheckConstraint, UniqueConstraint
from django.http import HttpRequest
from django.test import Client
from django.urls import get_resolver, reverse

from epeken.core import clock
from epeken.core.models import Rule
from epeken.core.web.admin import ServiceAdmin
from orders.billing.models import TaxRate
from procurement.budgets import services as budgets
from procurement.budgets.models import Account
from tests.factories import procurement as offices
from tests.factories import umkm as make
from tests.factories.users import enrol
from tests.html_forms import form_of
from umkm.requirements.models import Requirement

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    client = Client()
    client.force_login(enrol(make.make_user(is_staff=True, is_superuser=True)))
    return client


def written_by_forms() -> list[type[models.Model]]:
    """Models a form of the office writes; where services decide, the form holds no columns."""
    assert get_resolver().url_patterns
    request = HttpRequest()
    request.user = make.make_user(is_staff=True, is_superuser=True)
    return [
        model
        for model, page in admin.site._registry.items()
        if not isinstance(page, ServiceAdmin)
        and (page.has_add_permission(request) or page.has_change_permission(request))
    ]


def test_every_constraint_behind_a_form_has_a_sentence_of_its_own() -> None:
    """Of columns that are unique together Django speaks itself, and by their names."""
    silent = {
        constraint.name
        for model in written_by_forms()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint)
        or (isinstance(constraint, UniqueConstraint) and (constraint.expressions or constraint.condition))
        if constraint.violation_error_message == constraint.default_violation_error_message
    }
    # The forms of disputes, remedies and leave hold less than the row: what these ask, the service has asked before;
    # the office of a rule is one of the choices of its field.
    theirs = ("dispute_", "remedy_", "leave_", "appointment_", "approval_rule_office")
    assert {name for name in silent if not name.startswith(theirs)} == set()


def change(client: Client, row: Any, **typed: Any) -> str:
    url = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    answer = client.post(url, {**form_of(client, url), **typed})
    assert answer.status_code == 200, "saved"
    return answer.content.decode()


def test_a_ceiling_below_what_is_used_is_refused_with_the_figures(office: Client, now: Any) -> None:
    line = offices.make_line(pagu=50_000_000)
    for what, amount in ((budgets.reserve, 20_000_000), (budgets.commit, 15_000_000)):
        what(line=line, amount=amount, reference="PM-1", actor=None, now=now)
    told = change(office, line, pagu="19.999.999")
    assert "Pagu paling sedikit Rp20.000.000: ditahan Rp5.000.000, dipesan Rp15.000.000, dibayar Rp0." in told
    line.refresh_from_db()
    assert line.pagu == 50_000_000
    url = reverse("admin:procurement_budgetline_change", args=[line.pk])
    assert (
        office.post(
            url, {**form_of(office, url), "pagu": "20.000.000", "decree": "DPPA-1", "decree_on": "2026-02-01"}
        ).status_code
        == 302
    )
    line.refresh_from_db()
    assert (line.pagu, line.available) == (20_000_000, 0)


def test_dates_that_end_before_they_begin_are_refused(office: Client) -> None:
    rows = [
        Rule.objects.order_by("pk")[0],
        TaxRate.objects.order_by("pk")[0],
        Requirement.objects.order_by("pk")[0],
    ]
    later = clock.today() + timedelta(days=30)
    for row in rows:
        assert "Berakhir paling cepat" in change(office, row, valid_until="1999-01-01"), row
        row.pk, row.valid_from, row.valid_until = None, later, None  # one that has not begun
        row.save()
        told = change(office, row, valid_until=(later - timedelta(days=1)).isoformat())
        assert "Hari terakhir tidak boleh sebelum hari mulai." in told, row


def test_an_address_in_other_letters_is_the_same_address(office: Client) -> None:
    make.make_user(email="ada@contoh.invalid")
    other = make.make_user()
    assert "Alamat surel ini sudah dipakai akun lain." in change(office, other, email="ADA@contoh.invalid")


def test_what_is_there_already_is_refused(office: Client) -> None:
    first = offices.make_line()
    second = offices.make_line(first.agency, account=first.account, rup_id="9999")
    assert "ini sudah ada" in change(office, second, rup_id=first.rup_id, activity_code=first.activity_code)
    need, *others = Requirement.objects.filter(seller_kind="umkm").order_by("pk")
    later = clock.today() + timedelta(days=30)
    Requirement.objects.filter(pk__in=[need.pk, others[0].pk]).update(valid_from=later)
    told = change(office, others[0], subject=need.subject)
    assert "sudah ada" in told


def test_the_key_of_an_account_is_not_typed_over(office: Client) -> None:
    account = Account.objects.order_by("code")[0]
    url = reverse("admin:procurement_account_change", args=[account.pk])
    count = Account.objects.count()
    office.post(url, {**form_of(office, url), "code": "9.9.9", "name": "Nama baru"})
    assert (Account.objects.count(), Account.objects.get(pk=account.pk).name) == (count, "Nama baru")


def test_an_appointment_that_ends_before_it_begins_is_refused(office: Client) -> None:
    agency = offices.make_agency()
    url = reverse("admin:procurement_agencymember_add")
    typed = {
        "agency": agency.pk,
        "user": make.make_user().pk,
        "role": "pp",
        "decree": "SK 1",
        "valid_from": date(2026, 9, 7).isoformat(),
        "valid_until": date(2026, 9, 6).isoformat(),
    }
    answer = office.post(url, {**form_of(office, url), **typed})
    assert answer.status_code == 200
    assert "Hari terakhir tidak boleh sebelum hari mulai." in answer.content.decode()
    assert not agency.members.exists()
