"""The paper of a tax invoice cannot be waived, since an order of today: where the city kept the row as it was shipped.

Orders placed before keep what held then. A row the city ended, or gave another source, is the city's.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import migrations

from epeken.core import clock

SHIPPED = {
    "account_prefix": "",
    "event_kind": "",
    "kind": "tax_invoice",
    "is_required": True,
    "is_waivable": True,
    "valid_from": "2021-10-31",
    "valid_until": None,
    "source": "UU PPN pasal 13 ayat (1); PMK 231/PMK.03/2019: rekanan menyerahkan faktur pajak bersama tagihan [?]",
}


def succeed(apps: Any, schema_editor: Any) -> None:
    SlotRule = apps.get_model("orders", "SlotRule")
    row = SlotRule.objects.filter(**{name: value for name, value in SHIPPED.items() if value is not None}).first()
    if row is None or row.valid_until is not None or not _is_fixed():
        return
    today = clock.today()
    if row.valid_from >= today:
        return
    SlotRule.objects.filter(pk=row.pk).update(valid_until=today - timedelta(days=1))
    SlotRule.objects.create(**{**SHIPPED, "is_waivable": False, "valid_from": today})


def _is_fixed() -> bool:
    """Whether the folder of the city says so, too."""
    return any(
        (row["account_prefix"], row["event_kind"], row["kind"], row["waivable"]) == ("", "", "tax_invoice", "0")
        for row in settings.CITY.rows("document_slots.csv")
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0063_compensation_columns")]
    operations = [migrations.RunPython(succeed, migrations.RunPython.noop)]
