from decimal import Decimal

from django.db import migrations, models

import epeken.core.quantity

KEEPS = [
    ("cooked", "Matang, hari itu juga"),
    ("fresh", "Segar"),
    ("dry", "Kering atau tahan lama"),
    ("other", "Bukan makanan"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0006_prefilled_pages_saved"),
    ]

    operations = [
        migrations.AddField(
            model_name="changeproposal",
            name="description",
            field=models.TextField(blank=True, default="", max_length=2000, verbose_name="keterangan"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="changeproposal",
            name="step",
            field=epeken.core.quantity.QuantityField(default=Decimal(1), verbose_name="kelipatan"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="changeproposal",
            name="minimum",
            field=epeken.core.quantity.QuantityField(default=Decimal(1), verbose_name="pesanan paling sedikit"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="changeproposal",
            name="lead_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="waktu siap (hari)"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="changeproposal",
            name="keeps",
            field=models.CharField(choices=KEEPS, default="other", max_length=8, verbose_name="daya tahan"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="changeproposal",
            name="pirt_number",
            field=models.CharField(blank=True, default="", max_length=20, verbose_name="nomor P-IRT"),
            preserve_default=False,
        ),
    ]
