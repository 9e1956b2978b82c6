"""The payment of a checked invoice is approved before it is made."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0030_late_step_readers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="invoice",
            name="invoice_state_known",
        ),
        migrations.RemoveIndex(
            model_name="invoice",
            name="invoice_waiting",
        ),
        migrations.AddField(
            model_name="invoice",
            name="approved_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="pembayarannya disetujui"),
        ),
        migrations.AddField(
            model_name="invoice",
            name="approver",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="penyetuju pembayaran",
            ),
        ),
        migrations.AddField(
            model_name="invoice",
            name="return_reason",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="alasan dikembalikan"),
        ),
        migrations.AlterField(
            model_name="invoice",
            name="state",
            field=models.CharField(
                choices=[
                    ("issued", "Menunggu pembayaran"),
                    ("verified", "Berkas lengkap, menunggu persetujuan bayar"),
                    ("approved", "Disetujui, siap dibayar"),
                    ("paid", "Dibayar"),
                    ("void", "Dibatalkan, diganti tagihan baru"),
                ],
                default="issued",
                editable=False,
                max_length=10,
                verbose_name="keadaan",
            ),
        ),
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                condition=models.Q(("state__in", ("issued", "verified", "approved"))),
                fields=["due_at"],
                name="invoice_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["approved", "issued", "paid", "verified", "void"])),
                name="invoice_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("approved_at__isnull", True), ("approver__isnull", True)),
                    models.Q(("approved_at__isnull", False), ("approver__isnull", False)),
                    _connector="OR",
                ),
                name="invoice_approved_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approver__isnull", True),
                    ("verifier__isnull", True),
                    models.Q(("approver", models.F("verifier")), _negated=True),
                    _connector="OR",
                ),
                name="invoice_approved_by_another",
            ),
        ),
    ]
