"""An invoice is held for a reason its seller reads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0031_payment_approval"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="held_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ditahan"),
        ),
        migrations.AddField(
            model_name="invoice",
            name="hold_note",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="penjelasan ditahan"),
        ),
        migrations.AddField(
            model_name="invoice",
            name="hold_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("papers", "Berkas belum lengkap"),
                    ("tax_invoice", "Faktur pajak belum ada"),
                    ("bank", "Data rekening keliru"),
                    ("amount", "Jumlahnya keliru"),
                    ("budget", "Anggaran belum dapat dicairkan"),
                    ("other", "Lainnya"),
                ],
                editable=False,
                max_length=12,
                verbose_name="alasan ditahan",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_at__isnull", True), ("hold_reason", "")),
                    models.Q(models.Q(("hold_reason", ""), _negated=True), ("held_at__isnull", False)),
                    _connector="OR",
                ),
                name="invoice_held_for_a_reason",
            ),
        ),
    ]
