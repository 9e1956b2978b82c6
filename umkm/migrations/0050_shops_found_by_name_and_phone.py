"""The checks of a registration find shops by the letters of their name and by their phone number."""

from django.db import migrations, models
from django.db.models.functions import Lower


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_reference_rows"),
        ("umkm", "0049_decided_changes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="seller",
            index=models.Index(
                models.Func(
                    Lower("name"),
                    models.Value("[^[:alnum:]]+"),
                    models.Value(""),
                    models.Value("g"),
                    function="regexp_replace",
                    output_field=models.TextField(),
                ),
                name="seller_name_letters",
            ),
        ),
        migrations.AddIndex(model_name="seller", index=models.Index(fields=["phone"], name="seller_by_phone")),
    ]
