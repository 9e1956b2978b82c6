"""The treasurer's checklist is kept."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0032_held_invoices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvoiceCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "item",
                    models.CharField(
                        choices=[
                            ("bast", "BAST sudah terbit"),
                            ("quantity", "Jumlah barang sama dengan BAST"),
                            ("price", "Harga sama dengan surat pesanan"),
                            ("tax", "Rincian pajak sama dengan jumlahnya"),
                            ("bank", "Rekening penjual tercatat"),
                            ("approver", "Ada pejabat yang dapat menyetujui pembayaran"),
                            ("tax_invoice", "Faktur pajak penjual ada dan cocok"),
                            ("papers", "Berkas pendukung sudah saya buka dan cocok"),
                        ],
                        max_length=12,
                        verbose_name="butir",
                    ),
                ),
                ("by_system", models.BooleanField(verbose_name="diperiksa sistem")),
                ("checked_at", models.DateTimeField(verbose_name="diperiksa")),
            ],
            options={
                "verbose_name": "butir pemeriksaan tagihan",
                "verbose_name_plural": "butir pemeriksaan tagihan",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="invoicecheck",
            name="checked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diperiksa oleh",
            ),
        ),
        migrations.AddField(
            model_name="invoicecheck",
            name="invoice",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="checks",
                to="orders.invoice",
                verbose_name="tagihan",
            ),
        ),
        migrations.AddConstraint(
            model_name="invoicecheck",
            constraint=models.UniqueConstraint(fields=("invoice", "checked_at", "item"), name="invoice_check_once"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="invoicecheck",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="aea5557da8620a0928389ca6815d5d79a3791860",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_1e213",
                    table="orders_invoicecheck",
                    when="BEFORE",
                ),
            ),
        ),
    ]
