"""Event and ledger tables refuse UPDATE and DELETE."""

from django.db import migrations

from epeken.core.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("procurement", "0001_initial"), ("core", "0002_append_only_and_cache")]

    operations = [
        AppendOnly("procurement_requestevent"),
        AppendOnly("procurement_budgetentry"),
    ]
