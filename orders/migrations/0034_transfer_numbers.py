"""A transfer may pay several invoices of one seller; another department counts its own numbers."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0033_invoice_checks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="payment",
            name="payment_reference_once",
        ),
        migrations.RemoveField(
            model_name="payment",
            name="reference_turn",
        ),
    ]
