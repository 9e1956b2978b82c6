"""A stall may bring its NIB, too, as a producer and a grocery may."""

from datetime import date
from typing import Any

from django.db import migrations

KEY = {"seller_kind": "swk", "subject": "nib_letter"}


def add(apps: Any, schema_editor: Any) -> None:
    """Where the city's rows say nothing of it. A new database read the row from the file."""
    Requirement = apps.get_model("umkm", "Requirement")
    if Requirement.objects.filter(**KEY).exists():
        return
    like = Requirement.objects.filter(seller_kind="umkm", subject="nib_letter").order_by("valid_from").first()
    beside = Requirement.objects.filter(seller_kind="swk", subject="halal").order_by("valid_from").first()
    if like is None or beside is None:
        return
    Requirement.objects.create(
        **KEY, required=False, waivable=like.waivable, purpose=like.purpose, position=beside.position,
        valid_from=date(2021, 10, 31), source=like.source,
    )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("umkm", "0042_change_of_tax_number")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
