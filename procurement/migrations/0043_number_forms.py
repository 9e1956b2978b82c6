"""How the city's departments number their papers, from its folder, until one has a form of its own."""

from typing import Any

from django.conf import settings
from django.db import migrations


def load(apps: Any, schema_editor: Any) -> None:
    NumberForm = apps.get_model("procurement", "NumberForm")
    NumberForm.objects.bulk_create(
        NumberForm(**{**row, "valid_until": row["valid_until"] or None})
        for row in settings.CITY.rows("number_forms.csv")
    )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("procurement", "NumberForm").objects.filter(agency__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("procurement", "0042_office_numbers")]
    operations = [migrations.RunPython(load, unload)]
