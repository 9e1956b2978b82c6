"""Sent goods wait until somebody says that they came, or that they did not."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0018_delivery_cost_named"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_state_known",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_waiting",
        ),
        migrations.RenameField("delivery", "inspect_due_at", "due_at"),
        migrations.AddField(
            model_name="delivery",
            name="escalations",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="berapa kali diteruskan"),
        ),
        migrations.AddField(
            model_name="delivery",
            name="is_told_by_seller",
            field=models.BooleanField(default=False, editable=False, verbose_name="serah terima dicatat penjual"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="batas"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("shipped", "Dalam perjalanan"),
                    ("arrived", "Tiba, menunggu pemeriksaan"),
                    ("inspected", "Diperiksa, menunggu BAST"),
                    ("accepted", "Diterima"),
                    ("rejected", "Ditolak"),
                    ("missed", "Tidak datang"),
                ],
                default="shipped",
                editable=False,
                max_length=10,
                verbose_name="keadaan",
            ),
        ),
        migrations.AlterField(
            model_name="order",
            name="close_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_answer", "Penjual tidak menjawab sampai batas waktu"),
                    ("seller_declined", "Penjual tidak sanggup"),
                    ("buyer_cancelled", "Dibatalkan pembeli"),
                    ("seller_released", "Penjual mundur dengan persetujuan pembeli"),
                    ("all_rejected", "Semua barang ditolak saat pemeriksaan"),
                    ("not_delivered", "Tidak ada barang yang datang dan diterima"),
                ],
                editable=False,
                max_length=16,
                verbose_name="alasan ditutup",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("shipped", "arrived", "inspected"))),
                fields=["due_at"],
                name="delivery_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["accepted", "arrived", "inspected", "missed", "rejected", "shipped"])
                ),
                name="delivery_state_known",
            ),
        ),
    ]
