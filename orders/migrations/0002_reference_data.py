"""Dated tax rates, each with its legal source."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def load(apps: Any, schema_editor: Any) -> None:
    TaxRate = apps.get_model("orders", "TaxRate")
    with (DATA / "tax_rates.csv").open(encoding="utf-8", newline="") as file:
        TaxRate.objects.bulk_create(
            [
                TaxRate(**{**r, "minimum": int(r["minimum"]), "valid_until": r["valid_until"] or None})
                for r in csv.DictReader(file)
            ]
        )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("orders", "TaxRate").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial")]

    operations = [migrations.RunPython(load, unload)]
