"""What a proposal would change, as it was when it was decided."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0002_squashed_0043_stall_business_number"),
    ]

    operations = [
        migrations.AddField(
            model_name="changeproposal",
            name="decided_changes",
            field=models.JSONField(blank=True, default=dict, editable=False, verbose_name="perubahan saat diputus"),
        ),
    ]
