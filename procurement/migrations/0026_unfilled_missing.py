"""Goods that never came leave a seller's part unfilled too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0025_entry_words"),
    ]

    operations = [
        migrations.AlterField(
            model_name="requestseller",
            name="unfilled_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("no_answer", "Penjual tidak menjawab"),
                    ("declined", "Penjual menolak"),
                    ("cancelled", "Dibatalkan dinas"),
                    ("released", "Penjual mundur dengan persetujuan dinas"),
                    ("rejected", "Semua barang ditolak"),
                    ("missing", "Barang tidak datang"),
                ],
                editable=False,
                max_length=9,
            ),
        ),
    ]
