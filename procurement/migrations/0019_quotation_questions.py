"""Sellers ask about a request for quotation; the department answers to all of them at once."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_count_unit"),
        ("procurement", "0018_reversed_payments"),
        ("umkm", "0004_acting_offices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuotationAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=1000, verbose_name="jawaban")),
                (
                    "acted_as",
                    models.CharField(
                        choices=[
                            ("requester", "Pemesan"),
                            ("pp", "Pejabat pengadaan (PP)"),
                            ("ppk", "Pejabat pembuat komitmen (PPK)"),
                            ("receiver", "Penerima barang"),
                            ("treasurer", "Bendahara"),
                            ("head", "Kepala dinas (PA/KPA)"),
                            ("plt.requester", "Plt. Pemesan"),
                            ("plt.pp", "Plt. Pejabat pengadaan (PP)"),
                            ("plt.ppk", "Plt. Pejabat pembuat komitmen (PPK)"),
                            ("plt.receiver", "Plt. Penerima barang"),
                            ("plt.treasurer", "Plt. Bendahara"),
                            ("plt.head", "Plt. Kepala dinas (PA/KPA)"),
                            ("plh.requester", "Plh. Pemesan"),
                            ("plh.pp", "Plh. Pejabat pengadaan (PP)"),
                            ("plh.ppk", "Plh. Pejabat pembuat komitmen (PPK)"),
                            ("plh.receiver", "Plh. Penerima barang"),
                            ("plh.treasurer", "Plh. Bendahara"),
                            ("plh.head", "Plh. Kepala dinas (PA/KPA)"),
                        ],
                        max_length=16,
                        verbose_name="jabatan",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="waktu")),
            ],
            options={
                "verbose_name": "jawaban dinas",
                "verbose_name_plural": "jawaban dinas",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="QuotationQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500, verbose_name="pertanyaan")),
                ("at", models.DateTimeField(verbose_name="waktu")),
            ],
            options={
                "verbose_name": "pertanyaan penawar",
                "verbose_name_plural": "pertanyaan penawar",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="quotationanswer",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pelaku",
            ),
        ),
        migrations.AddField(
            model_name="quotationquestion",
            name="actor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pelaku",
            ),
        ),
        migrations.AddField(
            model_name="quotationquestion",
            name="quotation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="procurement.quotation",
                verbose_name="permintaan penawaran",
            ),
        ),
        migrations.AddField(
            model_name="quotationquestion",
            name="seller",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.seller", verbose_name="penjual"
            ),
        ),
        migrations.AddField(
            model_name="quotationanswer",
            name="question",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="answers",
                to="procurement.quotationquestion",
                verbose_name="pertanyaan penawar",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotationquestion",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="94ea14c610ef189efab9e0c7b623559713b30800",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_40fc5",
                    table="procurement_quotationquestion",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="quotationanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="3d606831b1f5203c4c9c73ab18242a1546519143",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ad3cf",
                    table="procurement_quotationanswer",
                    when="BEFORE",
                ),
            ),
        ),
    ]
