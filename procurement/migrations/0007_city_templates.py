"""Templates the city offers to all departments, from the folder of the city."""

from typing import Any

from django.conf import settings
from django.db import migrations
from django.utils import timezone


def load(apps: Any, schema_editor: Any) -> None:
    RequestTemplate = apps.get_model("procurement", "RequestTemplate")
    TemplateLine = apps.get_model("procurement", "TemplateLine")
    categories = dict(apps.get_model("umkm", "Category").objects.values_list("slug", "pk"))
    made: dict[str, Any] = {}
    for row in settings.CITY.rows("request_templates.csv"):
        if row["template"] not in made:
            made[row["template"]] = RequestTemplate.objects.create(
                name=row["template"],
                activity=row["activity"],
                usual_hour=row["hour"] or None,
                attendees=row["attendees"] or None,
                minutes_before=row["minutes_before"],
                account_id=row["account"] or None,
                created_at=timezone.now(),
            )
        TemplateLine.objects.create(
            template=made[row["template"]],
            category_id=categories[row["category"]],
            words=row["words"],
            unit=row["unit"],
            amount=row["amount"],
            is_per_person=row["per_person"] == "1",
        )


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("procurement", "TemplateLine").objects.filter(template__agency__isnull=True).delete()
    apps.get_model("procurement", "RequestTemplate").objects.filter(agency__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [("procurement", "0006_request_templates"), ("umkm", "0003_categories")]

    operations = [migrations.RunPython(load, unload)]
