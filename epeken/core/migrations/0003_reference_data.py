"""Districts, dated rules and holidays, from the files in core/data."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def load(apps: Any, schema_editor: Any) -> None:
    Kecamatan, Kelurahan = apps.get_model("core", "Kecamatan"), apps.get_model("core", "Kelurahan")
    wards = rows("wilayah.csv")
    districts = {w["kode_kecamatan"]: w["kecamatan"] for w in wards}
    Kecamatan.objects.bulk_create([Kecamatan(code=code, name=name) for code, name in districts.items()])
    Kelurahan.objects.bulk_create(
        [
            Kelurahan(
                code=w["kode_kelurahan"], name=w["kelurahan"], kecamatan_id=w["kode_kecamatan"], postcode=w["kodepos"]
            )
            for w in wards
        ]
    )
    Rule = apps.get_model("core", "Rule")
    Rule.objects.bulk_create([Rule(**{**r, "valid_until": r["valid_until"] or None}) for r in rows("rules.csv")])
    Holiday = apps.get_model("core", "Holiday")
    Holiday.objects.bulk_create([Holiday(**r) for r in rows("holidays.csv")])


def unload(apps: Any, schema_editor: Any) -> None:
    for name in ["Holiday", "Rule", "Kelurahan", "Kecamatan"]:
        apps.get_model("core", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0002_cache_and_similarity")]

    operations = [migrations.RunPython(load, unload)]
