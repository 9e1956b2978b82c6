from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orders", "0056_tax_decisions")]

    operations = [
        migrations.AddField(
            model_name="addendum",
            name="late_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="alasan lewat akhir tahun"),
        ),
    ]
