"""What staff groups read of cancellations, and who keeps the city's templates of requests."""

from typing import Any

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = {
    "Inspektorat": ["orders.view_cancellation", "procurement.view_requesttemplate"],
    "Pengaduan": ["orders.view_cancellation"],
    "Kurator": [
        "procurement.view_requesttemplate",
        "procurement.add_requesttemplate",
        "procurement.change_requesttemplate",
        "procurement.view_templateline",
        "procurement.add_templateline",
        "procurement.change_templateline",
    ],
}


def give(apps: Any, schema_editor: Any) -> None:
    for label in ("procurement", "orders"):
        create_permissions(live_apps.get_app_config(label), verbosity=0, using=schema_editor.connection.alias)
    for group, permissions in _found(apps):
        group.permissions.add(*permissions)


def take(apps: Any, schema_editor: Any) -> None:
    for group, permissions in _found(apps):
        group.permissions.remove(*permissions)


def _found(apps: Any) -> Any:
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codes in GROUPS.items():
        rows = [
            Permission.objects.get(content_type__app_label=app, codename=codename)
            for app, codename in (code.split(".") for code in codes)
        ]
        yield Group.objects.get(name=name), rows


class Migration(migrations.Migration):
    dependencies = [("orders", "0009_decision_sheets"), ("procurement", "0007_city_templates")]

    operations = [migrations.RunPython(give, take)]
