import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import epeken.core.codes


def give_codes(apps, schema_editor):
    """Letters given before can be asked about as well."""
    for sanction in apps.get_model("umkm", "Sanction").objects.order_by("pk"):
        sanction.code = epeken.core.codes.new_code()
        sanction.save(update_fields=["code"])


class Migration(migrations.Migration):
    dependencies = [
        ("umkm", "0023_which_paper_was_opened"),
    ]

    operations = [
        migrations.AddField(
            model_name="sanction",
            name="code",
            field=models.CharField(editable=False, max_length=24, null=True, verbose_name="kode surat"),
        ),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="sanction",
            name="code",
            field=models.CharField(
                default=epeken.core.codes.new_code,
                editable=False,
                max_length=24,
                unique=True,
                verbose_name="kode surat",
            ),
        ),
        migrations.AddField(
            model_name="sanction",
            name="given_as",
            field=models.CharField(default="", editable=False, max_length=120, verbose_name="jabatan"),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name="SanctionFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("late", "Kiriman terlambat"),
                            ("unanswered", "Pesanan tidak dijawab"),
                            ("complaint", "Keluhan pembeli"),
                        ],
                        max_length=10,
                        verbose_name="jenis",
                    ),
                ),
                ("number", models.CharField(max_length=30, verbose_name="nomor")),
                ("at", models.DateTimeField(verbose_name="terjadi")),
                ("promised_at", models.DateTimeField(null=True, verbose_name="dijanjikan")),
                (
                    "sanction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="facts", to="umkm.sanction"
                    ),
                ),
            ],
            options={
                "verbose_name": "dasar sanksi",
                "verbose_name_plural": "dasar sanksi",
                "ordering": ["at", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("sanction", "kind", "number", "at"), name="sanction_fact_once")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sanctionfact",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e08ff9974a526c496656d6c7af0ffce760236524",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_76e96",
                    table="umkm_sanctionfact",
                    when="BEFORE",
                ),
            ),
        ),
    ]
