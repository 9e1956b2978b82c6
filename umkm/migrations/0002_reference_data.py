"""Food courts and the documents each kind of seller brings."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.text import slugify

DATA = Path(__file__).resolve().parents[1] / "data" / "document_requirements.csv"
SINCE = date(2021, 10, 31)
SOURCE = "Ketentuan pendaftaran e-Peken menurut pemberitaan [?]"


def load(apps: Any, schema_editor: Any) -> None:
    districts = {k.name: k for k in apps.get_model("core", "Kecamatan").objects.all()}
    FoodCourt = apps.get_model("umkm", "FoodCourt")
    FoodCourt.objects.bulk_create(
        [
            FoodCourt(name=r["name"], slug=slugify(r["name"])[:50], kecamatan=districts.get(r["kecamatan"]))
            for r in settings.CITY.rows("swk.csv")
        ]
    )
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    Requirement = apps.get_model("umkm", "DocumentRequirement")
    Requirement.objects.bulk_create(
        [
            Requirement(
                seller_kind=row["seller_kind"],
                document_kind=row["document_kind"],
                required=row["required"] == "yes",
                purpose=row["purpose"],
                position=position,
                valid_from=SINCE,
                source=SOURCE,
            )
            for position, row in enumerate(rows)
        ]
    )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("umkm", "DocumentRequirement").objects.all().delete()
    apps.get_model("umkm", "FoodCourt").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("umkm", "0001_initial"), ("core", "0003_reference_data")]

    operations = [migrations.RunPython(load, unload)]
