"""A template remembers which account pays for which goods."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0021_frame_reminder"),
    ]

    operations = [
        migrations.AddField(
            model_name="templateline",
            name="account",
            field=models.ForeignKey(
                blank=True,
                help_text="Kosong: dari rekening templatenya.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procurement.account",
                verbose_name="kode rekening",
            ),
        ),
    ]
