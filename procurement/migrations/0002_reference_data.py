"""Account codes a department uses for what this market sells (Permendagri 90/2019)."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def load(apps: Any, schema_editor: Any) -> None:
    Account = apps.get_model("procurement", "Account")
    with (DATA / "accounts.csv").open(encoding="utf-8", newline="") as file:
        Account.objects.bulk_create([Account(code=r["code"], name=r["name"]) for r in csv.DictReader(file)])


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("procurement", "Account").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
