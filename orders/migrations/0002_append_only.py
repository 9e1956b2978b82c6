"""Event and ledger tables refuse UPDATE and DELETE."""

from django.db import migrations

from epeken.core.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("orders", "0001_initial"), ("core", "0002_append_only_and_cache")]

    operations = [
        AppendOnly("orders_orderevent"),
        AppendOnly("orders_deliveryevent"),
        AppendOnly("orders_invoiceevent"),
        AppendOnly("orders_disputeevent"),
        AppendOnly("orders_taxline"),
        AppendOnly("orders_payment"),
    ]
