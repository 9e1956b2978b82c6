from django.db import migrations, models

FILL = """
    UPDATE procurement_requestattachment SET uploaded_name = left(person.name, 120)
    FROM users_user AS person WHERE person.id = uploaded_by_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0002_squashed_0035_reference_data"),
    ]

    operations = [
        migrations.AddField(
            model_name="requestattachment",
            name="uploaded_name",
            field=models.CharField(default="", max_length=120, verbose_name="nama pengunggah"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
