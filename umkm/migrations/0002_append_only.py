"""Event and ledger tables refuse UPDATE and DELETE."""

from django.db import migrations

from epeken.core.appendonly import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("umkm", "0001_initial"), ("core", "0002_append_only_and_cache")]

    operations = [
        AppendOnly("umkm_sellerevent"),
        AppendOnly("umkm_caseevent"),
        AppendOnly("umkm_productevent"),
        AppendOnly("umkm_proposalevent"),
        AppendOnly("umkm_documentview"),
        AppendOnly("umkm_turnoverentry"),
        AppendOnly("umkm_pricechange"),
        AppendOnly("umkm_stockentry"),
        AppendOnly("umkm_capacityentry"),
    ]
