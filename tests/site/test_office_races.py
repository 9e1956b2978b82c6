"""Two officers add the same row at the same moment: one row, and a form with a sentence for the later one."""

import re
import threading
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import close_old_connections, connection, models
from django.db.models import UniqueConstraint
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from epeken.core.models import Holiday, Rule
from epeken.core.web.admin import HouseAdmin
from epeken.users.models import User
from orders.billing.models import TaxExemption, TaxRate
from orders.documents.models import SlotRule
from procurement.agencies.models import Agency, AgencyMember
from procurement.budgets.models import Account, BudgetLine
from procurement.guards.models import AccountGoods
from procurement.request_templates.models import RequestTemplate
from tests.factories import procurement as offices
from tests.factories import umkm as make
from tests.factories.places import home
from tests.factories.users import signed_in
from tests.html_forms import form_of
from umkm.area_checks.models import AreaPosting, AreaStage
from umkm.catalogue.models import Category
from umkm.consents.models import ProcessingPurpose
from umkm.discovery.models import Synonym
from umkm.price_standards.models import StandardMatch
from umkm.requirements.models import Requirement
from umkm.seller_imports.models import SellerImport
from umkm.sellers.models import FoodCourt, SellerMember

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2031, 3, 3).isoformat()


def typed() -> dict[type[models.Model], dict[str, Any]]:
    """What both officers type, by model."""
    agency, ward = offices.make_agency(), home().pk
    account, category = Account.objects.order_by("code")[0].pk, Category.objects.order_by("pk")[0].pk
    return {
        AccountGoods: {"account": account, "category": category, "valid_from": DAY, "source": "Uji"},
        Account: {"code": "9.9.99.99.99.9999", "name": "Uji"},
        Agency: {
            "name": "Dinas Kembar", "short_name": "Kembar", "code": "9.99.9", "address": "Jl. 1", "kelurahan": ward,
        },
        AgencyMember: {
            "agency": agency.pk, "user": make.make_user().pk, "role": "pp", "decree": "SK 1", "valid_from": DAY,
        },
        BudgetLine: {
            "agency": agency.pk, "year": "2031", "activity_code": "1.01.01", "activity_name": "Uji", "account": account,
            "rup_id": "77", "pagu": "1.000.000", "decree": "DPA-1", "decree_on": "2026-01-02",
        },
        Category: {"name": "Kembar", "slug": "kembar"},
        StandardMatch: {"code": "1.01", "category": category},
        Requirement: {
            "seller_kind": "umkm", "subject": "ktp", "purpose": "Uji", "position": "1", "valid_from": DAY,
            "source": "Uji",
        },
        ProcessingPurpose: {
            "code": "uji", "title": "Uji", "text": "Uji", "basis": "law", "valid_from": DAY, "source": "Uji",
        },
        Synonym: {"said": "uji", "means": "coba", "valid_from": DAY, "source": "Uji"},
        AreaPosting: {"user": make.make_staff().pk, "kelurahan": ward, "valid_from": DAY, "source": "Uji"},
        AreaStage: {
            "seller_kind": "swk", "level": "kelurahan", "working_days": "1", "valid_from": DAY, "source": "Uji",
        },
        FoodCourt: {"name": "SWK Kembar", "slug": "swk-kembar"},
        Group: {"name": "Kembar"},
        Holiday: {"day": DAY, "name": "Kembar", "source": "Uji"},
        RequestTemplate: {
            "name": "Rapat kembar", "activity": "meeting", "lines-0-category": category, "lines-0-words": "Kudapan",
            "lines-0-unit": "box", "lines-0-amount": "1",
        },
        Rule: {"code": "purchase.hold_days", "name": "Uji", "value": "7", "valid_from": DAY, "source": "Uji"},
        SlotRule: {
            "account_prefix": "5.1", "event_kind": "", "kind": "minutes", "is_required": "on", "valid_from": DAY,
            "source": "Uji",
        },
        TaxExemption: {"code": "staple", "kind": "ppn", "name": "Uji", "valid_from": DAY, "source": "Uji"},
        TaxRate: {**_rate(), "valid_from": DAY},
        User: {"email": "kembar@contoh.invalid", "name": "Kembar"},
    }  # fmt: skip


def _rate() -> dict[str, Any]:
    row = TaxRate.objects.order_by("pk")[0]
    names = [field.name for field in TaxRate._meta.fields if field.name not in ("id", "valid_from", "valid_until")]
    return {name: value for name in names if (value := getattr(row, name)) not in (None, "", False)}


def is_unique(model: type[models.Model]) -> bool:
    fields = any(field.unique and not field.auto_created for field in model._meta.fields)
    return fields or any(isinstance(constraint, UniqueConstraint) for constraint in model._meta.constraints)


def twice(monkeypatch: pytest.MonkeyPatch, boss: Any, model: type[models.Model], values: dict[str, Any]) -> list[Any]:
    """Both forms are found right before either is saved."""
    url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")
    clients = [signed_in(boss), signed_in(boss)]
    bodies = [{**form_of(client, url), **values} for client in clients]
    checked, waited = threading.Barrier(2), threading.local()
    save_form = HouseAdmin.save_form

    def meet(self: Any, request: HttpRequest, form: Any, change: bool) -> Any:
        if not getattr(waited, "once", False):
            waited.once = True
            checked.wait(timeout=30)
        return save_form(self, request, form, change)

    monkeypatch.setattr(HouseAdmin, "save_form", meet)
    answers: list[Any] = []

    def send(client: Client, body: dict[str, Any]) -> None:
        close_old_connections()
        try:
            answers.append(client.post(url, body))
        except Exception as problem:
            answers.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=pair) for pair in zip(clients, bodies, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    monkeypatch.undo()
    return answers


def test_two_officers_add_the_same_row(monkeypatch: pytest.MonkeyPatch) -> None:
    boss, rows = make.make_staff(is_superuser=True), typed()
    request = HttpRequest()
    request.user = boss
    addable = {model for model, page in admin.site._registry.items() if page.has_add_permission(request)}
    # Who says a second time that somebody is of a household is told what the first was: tests/umkm/sellers. Of lists of
    # residents each officer has one open, whatever another uploads: tests/umkm/seller_imports.
    assert {model for model in addable if is_unique(model)} - {SellerMember, SellerImport} == set(rows)
    for model, values in rows.items():
        before = model._default_manager.count()
        answers = twice(monkeypatch, boss, model, values)
        assert all(isinstance(answer, HttpResponse) for answer in answers), (model, answers)
        statuses = sorted(answer.status_code for answer in answers)
        assert statuses in ([200, 302], [302, 422]), (model, [_told(answer) for answer in answers])
        assert model._default_manager.count() == before + 1, model
        later = next(answer for answer in answers if answer.status_code != 302)
        assert re.search(r"(sudah|telah) (ada|dipakai|memegang)", later.content.decode()), model


def _told(answer: Any) -> Any:
    context = answer.context
    return (answer.status_code, context and "errors" in context and context["errors"])
