"""The four staff groups of the city hall. They live here because their permissions come from every app below."""

from typing import Any

from django.apps import apps as live_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

VIEW_SHOPS = ["umkm.view_seller", "umkm.view_product", "umkm.view_category", "umkm.view_foodcourt"]
VIEW_STANDARDS = ["umkm.view_pricedecree", "umkm.view_standardprice", "umkm.view_standardmatch"]
GROUPS = {
    "Verifikator": [
        *VIEW_SHOPS,
        "umkm.verify_seller",
        "umkm.freeze_seller",
        "umkm.view_owner",
        "umkm.view_verificationcase",
        "umkm.view_sellerdocument",
    ],
    "Kurator": [
        *VIEW_SHOPS,
        *VIEW_STANDARDS,
        "umkm.curate_product",
        "umkm.view_changeproposal",
        "umkm.add_standardmatch",
        "umkm.change_standardmatch",
    ],
    "Inspektorat": [
        *VIEW_SHOPS,
        *VIEW_STANDARDS,
        "procurement.inspect_all",
        "procurement.view_agency",
        "procurement.view_agencymember",
        "procurement.view_budgetline",
        "procurement.view_purchaserequest",
        "orders.view_order",
        "orders.view_delivery",
        "orders.view_invoice",
        "orders.view_payment",
        "orders.view_dispute",
        "orders.view_taxrate",
        "core.view_rule",
    ],
    "Pengaduan": [*VIEW_SHOPS, "orders.decide_dispute", "orders.view_dispute", "orders.view_order"],
}


def make(apps: Any, schema_editor: Any) -> None:
    # Permissions are otherwise made after the last migration, too late for a group made by one.
    for label in ("core", "umkm", "procurement", "orders"):
        config = live_apps.get_app_config(label)
        create_permissions(config, verbosity=0, using=schema_editor.connection.alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codes in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        for code in codes:
            app, codename = code.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


def unmake(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_reference_data"),
        ("procurement", "0002_reference_data"),
        ("umkm", "0002_reference_data"),
        ("core", "0003_reference_data"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make, unmake)]
