"""Districts, dated rules and holidays, from the folder of the city."""

from typing import Any

from django.conf import settings
from django.db import migrations


def load(apps: Any, schema_editor: Any) -> None:
    rows = settings.CITY.rows
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
