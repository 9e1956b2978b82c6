"""The levels that look at a registration before the office, from the city's folder."""

from typing import Any

from django.conf import settings
from django.db import migrations


def load(apps: Any, schema_editor: Any) -> None:
    AreaStage = apps.get_model("umkm", "AreaStage")
    AreaStage.objects.bulk_create(
        AreaStage(
            **{**row, "asks_visit": row["asks_visit"] == "yes", "valid_until": row["valid_until"] or None},
        )
        for row in settings.CITY.rows("area_stages.csv")
    )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("umkm", "AreaStage").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("umkm", "0027_area_checks")]
    operations = [migrations.RunPython(load, unload)]
