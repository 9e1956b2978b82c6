"""Event and ledger tables refuse UPDATE and DELETE."""

from django.db import migrations

from epeken.core.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("orders", "0002_initial"), ("core", "0002_append_only_and_cache")]

    operations = [
        AppendOnly("orders_orderevent"),
        AppendOnly("orders_receiptevent"),
        AppendOnly("orders_billevent"),
        AppendOnly("orders_disputeevent"),
        AppendOnly("orders_taxline"),
        AppendOnly("orders_payment"),
    ]
