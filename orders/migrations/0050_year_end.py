"""What a budget year leaves open is decided, and a later year may pay it."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import epeken.core.money


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0049_photo_places"),
        ("procurement", "0002_squashed_0035_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="carried_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="dibebankan ke tahun lain"),
        ),
        migrations.AddField(
            model_name="invoice",
            name="carried_year",
            field=models.PositiveSmallIntegerField(
                editable=False, null=True, verbose_name="dibayar dari tahun anggaran"
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("request", "Permintaan dan persetujuan"),
                    ("comparison", "Lembar perbandingan"),
                    ("rotation", "Berita acara undian giliran"),
                    ("quotation", "Berita acara permintaan penawaran"),
                    ("negotiation", "Berita acara negosiasi"),
                    ("purchase_order", "Surat pesanan"),
                    ("addendum", "Adendum surat pesanan"),
                    ("cancellation", "Kesepakatan pembatalan"),
                    ("decision", "Keputusan keluhan"),
                    ("delivery_note", "Surat jalan"),
                    ("inspection", "Pemeriksaan barang"),
                    ("bast", "Berita acara serah terima (BAST)"),
                    ("invoice", "Tagihan"),
                    ("debt", "Pembebanan utang"),
                    ("kuitansi", "Kuitansi"),
                    ("tax_sheet", "Lembar pajak"),
                    ("payment", "Bukti pembayaran"),
                    ("spj", "Berkas SPJ lengkap"),
                ],
                max_length=16,
            ),
        ),
        migrations.CreateModel(
            name="YearEndDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="tahun anggaran")),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("finish", "Selesaikan dan bayar tahun ini"),
                            ("debt", "Akui sebagai utang, bayar dari DPA tahun berikutnya"),
                        ],
                        max_length=8,
                        verbose_name="keputusan",
                    ),
                ),
                ("finish_by", models.DateField(null=True, verbose_name="selesai paling lambat")),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                ("amount", epeken.core.money.RupiahField(verbose_name="belum dibayar")),
                (
                    "decided_as",
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
                        verbose_name="sebagai",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="diputus")),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="diputus oleh",
                    ),
                ),
                (
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="year_end_decisions",
                        to="orders.order",
                        verbose_name="pesanan",
                    ),
                ),
            ],
            options={
                "verbose_name": "keputusan akhir tahun",
                "verbose_name_plural": "keputusan akhir tahun",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CarriedDebt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                ("from_year", models.PositiveSmallIntegerField(verbose_name="utang tahun anggaran")),
                ("to_year", models.PositiveSmallIntegerField(verbose_name="dibayar dari tahun anggaran")),
                ("basis", models.CharField(max_length=120, verbose_name="dasar penganggaran")),
                ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                ("carried_at", models.DateTimeField(verbose_name="dibebankan")),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_debts",
                        to="orders.delivery",
                        verbose_name="kiriman",
                    ),
                ),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="carried_debts",
                        to="orders.invoice",
                        verbose_name="tagihan",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orders.yearenddecision",
                        verbose_name="keputusan",
                    ),
                ),
            ],
            options={
                "verbose_name": "utang yang dibebankan",
                "verbose_name_plural": "utang yang dibebankan",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CarriedCharge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                (
                    "from_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.budgetline",
                        verbose_name="semula",
                    ),
                ),
                (
                    "to_line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="procurement.budgetline",
                        verbose_name="menjadi",
                    ),
                ),
                (
                    "debt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="charges",
                        to="orders.carrieddebt",
                        verbose_name="utang",
                    ),
                ),
            ],
            options={
                "verbose_name": "beban utang",
                "verbose_name_plural": "beban utang",
                "ordering": ["pk"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("debt", "from_line"), name="carried_charge_once")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carriedcharge",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cdee27adafbf54e74c62a8fc43e46ffa35d7d57c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d10cc",
                    table="orders_carriedcharge",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="yearenddecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("choice", "finish"), ("finish_by__isnull", False)),
                    models.Q(models.Q(("choice", "finish"), _negated=True), ("finish_by__isnull", True)),
                    _connector="OR",
                ),
                name="year_end_finish_has_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="yearenddecision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="21c1c3dd48b9ef76450ac56bf087fcf81b2f0a43",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_7e7bc",
                    table="orders_yearenddecision",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="carrieddebt",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0), ("to_year__gt", models.F("from_year"))),
                name="carried_debt_to_later_year",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="carrieddebt",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="eb43fb6c98b0447f1310b85bcf8e6f6fe8efc9b4",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_36278",
                    table="orders_carrieddebt",
                    when="BEFORE",
                ),
            ),
        ),
    ]
