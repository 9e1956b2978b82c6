from django.db import migrations, models

from epeken.core import clock


def number_letters(apps, schema_editor):
    """In the order in which they were given, so that the series of each year has no gaps."""
    Sanction, Counter = apps.get_model("umkm", "Sanction"), apps.get_model("core", "Counter")
    for sanction in Sanction.objects.order_by("given_at", "pk"):
        year = clock.local_date(sanction.given_at).year
        counter, _made = Counter.objects.get_or_create(series="ST", year=year)
        counter.last += 1
        counter.save()
        sanction.number = f"ST-{year}-{counter.last:06d}"
        sanction.save(update_fields=["number"])


class Migration(migrations.Migration):
    dependencies = [("core", "0005_count_unit"), ("umkm", "0017_shops_leave")]

    operations = [
        migrations.AddField(
            model_name="sanction",
            name="number",
            field=models.CharField(editable=False, max_length=30, null=True, verbose_name="nomor surat"),
        ),
        migrations.RunPython(number_letters, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="sanction",
            name="number",
            field=models.CharField(editable=False, max_length=30, unique=True, verbose_name="nomor surat"),
        ),
    ]
