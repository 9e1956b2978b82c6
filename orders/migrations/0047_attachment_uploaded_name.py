from django.db import migrations, models

FILL = """
    UPDATE orders_attachment SET uploaded_name = left(person.name, 120)
    FROM users_user AS person WHERE person.id = uploaded_by_id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0046_tax_invoices"),
    ]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="uploaded_name",
            field=models.CharField(default="", max_length=120, verbose_name="nama pengunggah"),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
