"""Who in the city hall looks after late invoices, and who reads of them."""

from typing import Any

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

GIVEN = {"Pengaduan": ("follow_late_invoice", "view_latestep"), "Inspektorat": ("view_latestep",)}


def give(apps: Any, schema_editor: Any) -> None:
    create_permissions(live_apps.get_app_config("orders"), verbosity=0, using=schema_editor.connection.alias)
    for group, permission in _pairs(apps):
        group.permissions.add(permission)


def take(apps: Any, schema_editor: Any) -> None:
    for group, permission in _pairs(apps):
        group.permissions.remove(permission)


def _pairs(apps: Any) -> Any:
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codes in GIVEN.items():
        for group in Group.objects.filter(name=name):
            for code in codes:
                yield group, Permission.objects.get(content_type__app_label="orders", codename=code)


class Migration(migrations.Migration):
    dependencies = [("orders", "0029_late_steps")]

    operations = [migrations.RunPython(give, take)]
