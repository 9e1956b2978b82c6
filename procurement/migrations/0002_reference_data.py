"""Account codes a department uses for what this market sells (Permendagri 90/2019), and which goods each pays for."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def load(apps: Any, schema_editor: Any) -> None:
    Account = apps.get_model("procurement", "Account")
    with (DATA / "accounts.csv").open(encoding="utf-8", newline="") as file:
        Account.objects.bulk_create([Account(code=r["code"], name=r["name"]) for r in csv.DictReader(file)])

    AccountGoods = apps.get_model("procurement", "AccountGoods")
    categories = dict(apps.get_model("umkm", "Category").objects.values_list("slug", "pk"))
    with (DATA / "account_goods.csv").open(encoding="utf-8", newline="") as file:
        AccountGoods.objects.bulk_create(
            AccountGoods(
                account_id=row["account"],
                category_id=categories[row["category"]],
                valid_from=date(2021, 10, 31),
                source="Uraian rekening Permendagri 90/2019; pemetaan ke kategori: kebijakan produk [?]",
            )
            for row in csv.DictReader(file)
        )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("procurement", "AccountGoods").objects.all().delete()
    apps.get_model("procurement", "Account").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial"), ("umkm", "0003_categories")]

    operations = [migrations.RunPython(load, unload)]
