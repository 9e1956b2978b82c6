"""The category tree: what may be sold, and by which kind of seller."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "categories.csv"
FLAGS = ["for_umkm", "for_swk", "for_kelontong", "is_food", "is_staple"]


def load(apps: Any, schema_editor: Any) -> None:
    Category = apps.get_model("umkm", "Category")
    made: dict[str, Any] = {}
    with DATA.open(encoding="utf-8", newline="") as file:
        for position, row in enumerate(csv.DictReader(file), 1):
            made[row["slug"]] = Category.objects.create(
                slug=row["slug"],
                name=row["name"],
                parent=made[row["parent"]] if row["parent"] else None,
                position=position,
                **{flag: row[flag] == "1" for flag in FLAGS},
            )


def unload(apps: Any, schema_editor: Any) -> None:
    Category = apps.get_model("umkm", "Category")
    Category.objects.filter(parent__isnull=False).delete()
    Category.objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("umkm", "0002_reference_data")]

    operations = [migrations.RunPython(load, unload)]
