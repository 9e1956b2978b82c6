"""Dated tax rates and exemptions, each with its legal source; the papers the city's departments need, from its folder;
the four staff groups of the city hall. They live here because their permissions come from every app below."""

import csv
from pathlib import Path
from typing import Any

from django.apps import apps as live_apps
from django.conf import settings
from django.contrib.auth.management import create_permissions
from django.db import migrations

DATA = Path(__file__).resolve().parents[1] / "data"
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
        "procurement.view_requesttemplate",
        "procurement.add_requesttemplate",
        "procurement.change_requesttemplate",
        "procurement.view_templateline",
        "procurement.add_templateline",
        "procurement.change_templateline",
    ],
    "Inspektorat": [
        *VIEW_SHOPS,
        *VIEW_STANDARDS,
        "procurement.inspect_all",
        "procurement.view_agency",
        "procurement.view_agencymember",
        "procurement.view_budgetline",
        "procurement.view_purchaserequest",
        "procurement.view_requesttemplate",
        "orders.view_order",
        "orders.view_cancellation",
        "orders.view_delivery",
        "orders.view_invoice",
        "orders.view_latestep",
        "orders.view_payment",
        "orders.view_dispute",
        "orders.view_taxrate",
        "orders.view_taxexemption",
        "orders.view_slotrule",
        "orders.view_slotwaiver",
        "core.view_rule",
    ],
    "Pengaduan": [
        *VIEW_SHOPS,
        "orders.decide_dispute",
        "orders.view_dispute",
        "orders.view_order",
        "orders.view_cancellation",
        "orders.follow_late_invoice",
        "orders.view_latestep",
    ],
}


def load(apps: Any, schema_editor: Any) -> None:
    TaxRate, TaxExemption = apps.get_model("orders", "TaxRate"), apps.get_model("orders", "TaxExemption")
    TaxRate.objects.bulk_create(
        TaxRate(**{**row, "minimum": int(row["minimum"]), "valid_until": row["valid_until"] or None})
        for row in _rows("tax_rates.csv")
    )
    TaxExemption.objects.bulk_create(
        TaxExemption(**{**row, "valid_until": row["valid_until"] or None}) for row in _rows("tax_exemptions.csv")
    )
    SlotRule = apps.get_model("orders", "SlotRule")
    SlotRule.objects.bulk_create(
        SlotRule(
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
    )
    _make_groups(apps, schema_editor.connection.alias)


def _make_groups(apps: Any, alias: str) -> None:
    # Permissions are otherwise made after the last migration, too late for a group made by one.
    for label in ("core", "umkm", "procurement", "orders"):
        create_permissions(live_apps.get_app_config(label), verbosity=0, using=alias)
    Group, Permission = apps.get_model("auth", "Group"), apps.get_model("auth", "Permission")
    for name, codes in GROUPS.items():
        group, _made = Group.objects.get_or_create(name=name)
        for code in codes:
            app, codename = code.split(".")
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))


def unload(apps: Any, schema_editor: Any) -> None:
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()
    for name in ["SlotRule", "TaxExemption", "TaxRate"]:
        apps.get_model("orders", name).objects.all().delete()


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Migration(migrations.Migration):
    replaces = [
        ("orders", "0002_reference_data"),
        ("orders", "0002_squashed_0044_reference_data"),
        ("orders", "0003_staff_groups"),
        ("orders", "0010_staff_views"),
        ("orders", "0023_tax_exemption_rows"),
        ("orders", "0028_slot_rows"),
        ("orders", "0030_late_step_readers"),
        ("orders", "0044_missing_money_climbs"),
        ("orders", "0064_tax_invoice_not_waivable"),
    ]
    dependencies = [
        ("orders", "0001_squashed_0013_goods_decided_refused"),
        ("procurement", "0002_squashed_0043_reference_data"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(load, unload)]
