"""Of an invoice whose record is being corrected: what was recorded is what left."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def fill(apps: Any, schema_editor: Any) -> None:
    payments = apps.get_model("orders", "Payment").objects.filter(pk=OuterRef("correcting"))
    corrected = apps.get_model("orders", "Invoice").objects.filter(correcting__isnull=False)
    corrected.update(sent_amount=Subquery(payments.values("amount")))


class Migration(migrations.Migration):
    dependencies = [("orders", "0005_sent_amounts")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
