"""The head is reminded of a proposed frame before the time to sign it ends."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0020_next_in_rank"),
    ]

    operations = [
        migrations.AddField(
            model_name="approvalframe",
            name="due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="ditandatangani paling lambat"),
        ),
        migrations.AddField(
            model_name="approvalframe",
            name="reminded_for",
            field=models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
        ),
    ]
