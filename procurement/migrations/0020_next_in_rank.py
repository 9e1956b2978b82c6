"""The next offer in rank is bought when nothing came of the first: its request continues the first one's part."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("procurement", "0019_quotation_questions"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="purchaserequest",
            name="request_of_quotation_once",
        ),
        migrations.AlterField(
            model_name="offerpassing",
            name="reason",
            field=models.CharField(
                choices=[
                    ("spec", "Barangnya tidak sesuai spesifikasi"),
                    ("unable", "Penjual tidak lagi sanggup"),
                    ("related", "Penjual terkait dengan pemesan atau pejabat"),
                    ("fell", "Pembeliannya tidak jadi"),
                ],
                max_length=10,
                verbose_name="alasan",
            ),
        ),
        migrations.AddConstraint(
            model_name="purchaserequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("rejected", "withdrawn", "lapsed")), _negated=True),
                    ("sourced_again_from__isnull", True),
                ),
                fields=("from_quotation",),
                name="request_of_quotation_once",
            ),
        ),
    ]
