from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("umkm", "0018_sanction_numbers")]

    operations = [
        migrations.AddField(
            model_name="appeal",
            name="reminded_for",
            field=models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
        ),
    ]
