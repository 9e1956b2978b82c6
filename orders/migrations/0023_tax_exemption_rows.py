"""Dated exemptions, each with its legal source, and who of the city's staff reads them."""

import csv
from pathlib import Path
from typing import Any

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"
READERS = ["Inspektorat"]


def load(apps: Any, schema_editor: Any) -> None:
    TaxExemption = apps.get_model("orders", "TaxExemption")
    with (DATA / "tax_exemptions.csv").open(encoding="utf-8", newline="") as file:
        TaxExemption.objects.bulk_create(
            [TaxExemption(**{**row, "valid_until": row["valid_until"] or None}) for row in csv.DictReader(file)]
        )
    create_permissions(live_apps.get_app_config("orders"), verbosity=0, using=schema_editor.connection.alias)
    for group in _readers(apps):
        group.permissions.add(_permission(apps))


def unload(apps: Any, schema_editor: Any) -> None:
    for group in _readers(apps):
        group.permissions.remove(_permission(apps))
    apps.get_model("orders", "TaxExemption").objects.all().delete()


def _readers(apps: Any) -> Any:
    return apps.get_model("auth", "Group").objects.filter(name__in=READERS)


def _permission(apps: Any) -> Any:
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.get(content_type__app_label="orders", codename="view_taxexemption")


class Migration(migrations.Migration):
    dependencies = [("orders", "0022_tax_exemptions")]

    operations = [migrations.RunPython(load, unload)]
