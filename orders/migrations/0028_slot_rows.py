"""Papers the city's departments need, from its folder; what earlier orders were for; who of the staff reads both."""

from typing import Any

from django.apps import apps as live_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

READERS = ["Inspektorat"]
CODENAMES = ["view_slotrule", "view_slotwaiver"]


def load(apps: Any, schema_editor: Any) -> None:
    apps.get_model("orders", "SlotRule").objects.bulk_create(
        [
            apps.get_model("orders", "SlotRule")(
                account_prefix=row["account_prefix"],
                event_kind=row["event_kind"],
                kind=row["kind"],
                is_required=row["required"] == "1",
                is_waivable=row["waivable"] == "1",
                valid_from=row["valid_from"],
                valid_until=row["valid_until"] or None,
                source=row["source"],
            )
            for row in settings.CITY.rows("document_slots.csv")
        ]
    )
    Order = apps.get_model("orders", "Order")
    for account in apps.get_model("procurement", "Account").objects.exclude(usual_event=""):
        Order.objects.filter(request__line__account=account).update(event_kind=account.usual_event)
    create_permissions(live_apps.get_app_config("orders"), verbosity=0, using=schema_editor.connection.alias)
    for group in _readers(apps):
        group.permissions.add(*_permissions(apps))


def unload(apps: Any, schema_editor: Any) -> None:
    for group in _readers(apps):
        group.permissions.remove(*_permissions(apps))
    apps.get_model("orders", "SlotRule").objects.all().delete()


def _readers(apps: Any) -> Any:
    return apps.get_model("auth", "Group").objects.filter(name__in=READERS)


def _permissions(apps: Any) -> Any:
    Permission = apps.get_model("auth", "Permission")
    return Permission.objects.filter(content_type__app_label="orders", codename__in=CODENAMES)


class Migration(migrations.Migration):
    dependencies = [("orders", "0027_document_slots"), ("procurement", "0030_usual_events")]

    operations = [migrations.RunPython(load, unload)]
