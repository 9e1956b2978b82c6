"""Account codes a department uses for what this market sells (Permendagri 90/2019), which goods each pays for and what
a request on it is usually for; the templates the city offers to all departments and how these number their papers, from
the folder of the city."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils import timezone

DATA = Path(__file__).resolve().parents[1] / "data"


def load(apps: Any, schema_editor: Any) -> None:
    categories = dict(apps.get_model("umkm", "Category").objects.values_list("slug", "pk"))
    _load_accounts(apps, categories)
    _load_templates(apps, categories)
    NumberForm = apps.get_model("procurement", "NumberForm")
    NumberForm.objects.bulk_create(
        NumberForm(**{**row, "valid_until": row["valid_until"] or None})
        for row in settings.CITY.rows("number_forms.csv")
    )


def _load_accounts(apps: Any, categories: dict[str, int]) -> None:
    Account, AccountGoods = apps.get_model("procurement", "Account"), apps.get_model("procurement", "AccountGoods")
    events = {row["account"]: {"usual_event": row["event_kind"]} for row in _rows("account_events.csv")}
    Account.objects.bulk_create(
        Account(code=row["code"], name=row["name"], **events.get(row["code"], {})) for row in _rows("accounts.csv")
    )
    AccountGoods.objects.bulk_create(
        AccountGoods(
            account_id=row["account"],
            category_id=categories[row["category"]],
            valid_from=date(2021, 10, 31),
            source="Uraian rekening Permendagri 90/2019; pemetaan ke kategori: kebijakan produk [?]",
        )
        for row in _rows("account_goods.csv")
    )


def _load_templates(apps: Any, categories: dict[str, int]) -> None:
    RequestTemplate = apps.get_model("procurement", "RequestTemplate")
    TemplateLine = apps.get_model("procurement", "TemplateLine")
    made: dict[str, Any] = {}
    for row in settings.CITY.rows("request_templates.csv"):
        if row["template"] not in made:
            made[row["template"]] = RequestTemplate.objects.create(
                name=row["template"],
                activity=row["activity"],
                usual_hour=row["hour"] or None,
                attendees=row["attendees"] or None,
                minutes_before=row["minutes_before"],
                account_id=row["account"] or None,
                created_at=timezone.now(),
            )
        TemplateLine.objects.create(
            template=made[row["template"]],
            category_id=categories[row["category"]],
            words=row["words"],
            unit=row["unit"],
            amount=row["amount"],
            is_per_person=row["per_person"] == "1",
        )


def unload(apps: Any, schema_editor: Any) -> None:
    for name in ["NumberForm", "TemplateLine", "RequestTemplate", "AccountGoods", "Account"]:
        apps.get_model("procurement", name).objects.all().delete()


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Migration(migrations.Migration):
    replaces = [
        ("procurement", "0002_reference_data"),
        ("procurement", "0002_squashed_0035_reference_data"),
        ("procurement", "0007_city_templates"),
        ("procurement", "0030_usual_events"),
        ("procurement", "0035_ceiling_answer_office"),
        ("procurement", "0043_number_forms"),
    ]
    dependencies = [
        ("procurement", "0001_squashed_0004_price_tiers"),
        ("umkm", "0002_squashed_0043_stall_business_number"),
    ]

    operations = [migrations.RunPython(load, unload)]
