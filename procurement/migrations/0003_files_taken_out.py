"""Of a file taken out of a request: by whom, and why."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0002_squashed_0043_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="requestattachment",
            name="removed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="dikeluarkan oleh",
            ),
        ),
        migrations.AddField(
            model_name="requestattachment",
            name="removal_note",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=200, verbose_name="sebab dikeluarkan"
            ),
            preserve_default=False,
        ),
    ]
