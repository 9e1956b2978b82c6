import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0030_planned_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="AppealPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=200, verbose_name="berkas")),
                ("content_type", models.CharField(max_length=60, verbose_name="jenis berkas")),
                ("size", models.PositiveIntegerField(verbose_name="ukuran berkas")),
                ("sha256", models.CharField(max_length=64, verbose_name="sidik berkas")),
                ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                ("destroyed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "appeal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
                        to="umkm.appeal",
                        verbose_name="banding",
                    ),
                ),
            ],
            options={
                "verbose_name": "foto banding",
                "verbose_name_plural": "foto banding",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(model_name="appeal", name="appeal_state_known"),
        migrations.AlterField(
            model_name="appeal",
            name="state",
            field=models.CharField(
                choices=[
                    ("with_officer", "Menunggu petugas lain"),
                    ("with_head", "Menunggu kepala dinas"),
                    ("granted", "Dikabulkan"),
                    ("refused", "Ditolak"),
                    ("withdrawn", "Ditarik pemohon"),
                ],
                default="with_officer",
                editable=False,
                max_length=12,
                verbose_name="keadaan",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["granted", "refused", "with_head", "with_officer", "withdrawn"])),
                name="appeal_state_known",
            ),
        ),
    ]
