"""Which categories are low risk to begin with; the admin keeps them from then on."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "categories.csv"


def load(apps: Any, schema_editor: Any) -> None:
    with DATA.open(encoding="utf-8", newline="") as file:
        slugs = [row["slug"] for row in csv.DictReader(file) if row["is_low_risk"] == "1"]
    apps.get_model("umkm", "Category").objects.filter(slug__in=slugs).update(is_low_risk=True)


class Migration(migrations.Migration):
    dependencies = [("umkm", "0013_curation_by_rule")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
