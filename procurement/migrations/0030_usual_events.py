"""What a request on an account is usually for."""

import csv
from pathlib import Path
from typing import Any

from django.db import migrations

DATA = Path(__file__).resolve().parent.parent / "data" / "account_events.csv"


def load(apps: Any, schema_editor: Any) -> None:
    Account = apps.get_model("procurement", "Account")
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            Account.objects.filter(code=row["account"]).update(usual_event=row["event_kind"])


class Migration(migrations.Migration):
    dependencies = [("procurement", "0029_event_kinds")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
