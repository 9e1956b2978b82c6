"""One date of a schedule is moved or dropped by an addendum."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0064_tax_invoice_not_waivable")]

    operations = [
        migrations.AddField(
            model_name="dueday",
            name="dropped_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="dihapus"),
        ),
        migrations.AddField(
            model_name="addendum",
            name="due_day",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.dueday",
                verbose_name="tanggal jadwal",
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="earlier_day_at",
            field=models.DateTimeField(null=True, verbose_name="tanggal jadwal semula"),
        ),
        migrations.AddField(
            model_name="addendum",
            name="day_at",
            field=models.DateTimeField(null=True, verbose_name="tanggal jadwal menjadi"),
        ),
        migrations.AlterField(
            model_name="addendum",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Menunggu jawaban pihak lain"),
                    ("agreed", "Disepakati kedua pihak"),
                    ("refused", "Tidak disetujui, pesanan tetap seperti semula"),
                    ("withdrawn", "Ditarik, pesanan tetap seperti semula"),
                    ("lapsed", "Tidak dijawab, pesanan tetap seperti semula"),
                    ("overtaken", "Gugur karena barangnya dikirim atau tidak ditunggu lagi"),
                ],
                default="asked",
                editable=False,
                max_length=10,
                verbose_name="keadaan",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_day__isnull", False), ("earlier_day_at__isnull", False))
                | models.Q(("day_at__isnull", True), ("due_day__isnull", True), ("earlier_day_at__isnull", True)),
                name="addendum_date_as_it_was",
            ),
        ),
    ]
