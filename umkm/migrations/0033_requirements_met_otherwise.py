"""What the system computes and an officer verifies of a seller, and which documents a shop may be excused from."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data"
SINCE = date(2021, 10, 31)
SOURCE = "Kebijakan produk [?]"
WAIVABLE = ["production", "shop_front", "stall", "stall_letter", "nib_letter", "pirt", "halal"]


def load(apps: Any, schema_editor: Any) -> None:
    Requirement = apps.get_model("umkm", "Requirement")
    Requirement.objects.filter(subject__in=WAIVABLE).update(waivable=True)
    with (DATA / "requirements.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    Requirement.objects.bulk_create(
        Requirement(
            seller_kind=row["seller_kind"],
            subject=row["subject"],
            required=row["required"] == "yes",
            waivable=row["waivable"] == "yes",
            purpose=row["purpose"],
            position=100 + position,
            valid_from=SINCE,
            source=SOURCE,
        )
        for position, row in enumerate(rows)
    )


def unload(apps: Any, schema_editor: Any) -> None:
    """The documents stay."""
    Requirement = apps.get_model("umkm", "Requirement")
    Requirement.objects.filter(position__gte=100).delete()
    Requirement.objects.update(waivable=False)


class Migration(migrations.Migration):
    dependencies = [("umkm", "0032_requirements")]
    operations = [migrations.RunPython(load, unload)]
