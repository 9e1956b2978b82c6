"""Food courts, what each kind of seller brings and meets, and the category tree: what may be sold, and by which kind; the
levels that look at a registration before the office; what personal data is processed for."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils.text import slugify

DATA = Path(__file__).resolve().parents[1] / "data"
SINCE = date(2021, 10, 31)
SOURCE = "Ketentuan pendaftaran e-Peken menurut pemberitaan [?]"
OWN = "Kebijakan produk [?]"
WAIVABLE = {"production", "shop_front", "stall", "stall_letter", "nib_letter", "pirt", "halal"}
FLAGS = ["for_umkm", "for_swk", "for_kelontong", "is_food", "is_staple", "is_low_risk"]


def load(apps: Any, schema_editor: Any) -> None:
    districts = {k.name: k for k in apps.get_model("core", "Kecamatan").objects.all()}
    FoodCourt = apps.get_model("umkm", "FoodCourt")
    FoodCourt.objects.bulk_create(
        FoodCourt(name=row["name"], slug=slugify(row["name"])[:50], kecamatan=districts.get(row["kecamatan"]))
        for row in settings.CITY.rows("swk.csv")
    )
    Requirement = apps.get_model("umkm", "Requirement")
    Requirement.objects.bulk_create(
        Requirement(
            seller_kind=row["seller_kind"],
            subject=row["document_kind"],
            required=row["required"] == "yes",
            waivable=row["document_kind"] in WAIVABLE,
            purpose=row["purpose"],
            position=position,
            valid_from=SINCE,
            source=SOURCE,
        )
        for position, row in enumerate(_rows("document_requirements.csv"))
    )
    Requirement.objects.bulk_create(
        Requirement(
            seller_kind=row["seller_kind"],
            subject=row["subject"],
            required=row["required"] == "yes",
            waivable=row["waivable"] == "yes",
            purpose=row["purpose"],
            position=100 + position,
            valid_from=SINCE,
            source=OWN,
        )
        for position, row in enumerate(_rows("requirements.csv"))
    )
    Category = apps.get_model("umkm", "Category")
    made: dict[str, Any] = {}
    for position, row in enumerate(_rows("categories.csv"), 1):
        made[row["slug"]] = Category.objects.create(
            slug=row["slug"],
            name=row["name"],
            parent=made[row["parent"]] if row["parent"] else None,
            position=position,
            **{flag: row[flag] == "1" for flag in FLAGS},
        )
    AreaStage = apps.get_model("umkm", "AreaStage")
    AreaStage.objects.bulk_create(
        AreaStage(**{**row, "asks_visit": row["asks_visit"] == "yes", "valid_until": row["valid_until"] or None})
        for row in settings.CITY.rows("area_stages.csv")
    )
    ProcessingPurpose = apps.get_model("umkm", "ProcessingPurpose")
    ProcessingPurpose.objects.bulk_create(
        ProcessingPurpose(**{**row, "valid_until": row["valid_until"] or None})
        for row in settings.CITY.rows("processing_purposes.csv")
    )


def unload(apps: Any, schema_editor: Any) -> None:
    Category = apps.get_model("umkm", "Category")
    Category.objects.filter(parent__isnull=False).delete()
    for name in ["ProcessingPurpose", "AreaStage", "Category", "Requirement", "FoodCourt"]:
        apps.get_model("umkm", name).objects.all().delete()


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Migration(migrations.Migration):
    replaces = [
        ("umkm", "0002_reference_data"),
        ("umkm", "0002_squashed_0009_reference_data"),
        ("umkm", "0003_categories"),
        ("umkm", "0009_identity_changes"),
        ("umkm", "0014_low_risk_categories"),
        ("umkm", "0028_area_stages"),
        ("umkm", "0002_squashed_0028_reference_data"),
        ("umkm", "0033_requirements_met_otherwise"),
        ("umkm", "0038_purposes"),
        ("umkm", "0043_stall_business_number"),
    ]
    dependencies = [("umkm", "0001_squashed_0048_refused_goods"), ("core", "0003_reference_data")]

    operations = [migrations.RunPython(load, unload)]
