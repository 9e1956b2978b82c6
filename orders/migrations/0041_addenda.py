"""One side proposes a change of an accepted surat pesanan, the other agrees: its addendum."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import epeken.core.money
import epeken.core.quantity


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_count_unit"),
        ("orders", "0040_seller_confirmations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.CharField(editable=False, max_length=30, null=True, unique=True, verbose_name="nomor"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Menunggu jawaban pihak lain"),
                            ("agreed", "Disepakati kedua pihak"),
                            ("refused", "Tidak disetujui, pesanan tetap seperti semula"),
                            ("withdrawn", "Ditarik, pesanan tetap seperti semula"),
                            ("lapsed", "Tidak dijawab, pesanan tetap seperti semula"),
                            ("overtaken", "Gugur karena semua barang dikirim atau pesanannya berakhir"),
                        ],
                        default="asked",
                        editable=False,
                        max_length=10,
                        verbose_name="keadaan",
                    ),
                ),
                ("by_seller", models.BooleanField(default=False, editable=False, verbose_name="diusulkan penjual")),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                ("earlier_deliver_at", models.DateTimeField(verbose_name="semula tiba paling lambat")),
                ("deliver_at", models.DateTimeField(verbose_name="menjadi tiba paling lambat")),
                ("earlier_place", models.CharField(blank=True, max_length=200, verbose_name="semula alamat antar")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="menjadi alamat antar")),
                ("earlier_total", epeken.core.money.RupiahField(verbose_name="semula jumlah")),
                ("total", epeken.core.money.RupiahField(verbose_name="menjadi jumlah")),
                ("asked_at", models.DateTimeField(verbose_name="diusulkan")),
                ("due_at", models.DateTimeField(verbose_name="batas jawaban")),
                (
                    "reminded_for",
                    models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                ),
                ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
            ],
            options={
                "verbose_name": "adendum",
                "verbose_name_plural": "adendum",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="AddendumEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "sequence",
                    models.BigIntegerField(
                        db_default=models.Func(function="epeken_next_event", output_field=models.BigIntegerField()),
                        editable=False,
                        unique=True,
                        verbose_name="urutan",
                    ),
                ),
                ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                ("at", models.DateTimeField(verbose_name="waktu")),
                ("note", models.TextField(blank=True, verbose_name="catatan")),
                ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
            ],
            options={
                "verbose_name": "riwayat adendum",
                "verbose_name_plural": "riwayat adendum",
                "ordering": ["sequence"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="AddendumLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "earlier_quantity",
                    epeken.core.quantity.QuantityField(
                        decimal_places=3, max_digits=12, verbose_name="semula banyaknya"
                    ),
                ),
                (
                    "quantity",
                    epeken.core.quantity.QuantityField(
                        decimal_places=3, max_digits=12, verbose_name="menjadi banyaknya"
                    ),
                ),
                ("earlier_amount", epeken.core.money.RupiahField(verbose_name="semula jumlah")),
                ("amount", epeken.core.money.RupiahField(verbose_name="menjadi jumlah")),
            ],
            options={
                "verbose_name": "baris adendum",
                "verbose_name_plural": "baris adendum",
                "ordering": ["pk"],
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="delivery",
            name="delivery_again_is_promised",
        ),
        migrations.RemoveConstraint(
            model_name="document",
            name="document_one_current_per_kind",
        ),
        migrations.AddField(
            model_name="order",
            name="amend_by_seller",
            field=models.BooleanField(default=False, editable=False, verbose_name="perubahan diusulkan penjual"),
        ),
        migrations.AddField(
            model_name="order",
            name="amend_due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="batas jawaban usul perubahan"),
        ),
        migrations.AddField(
            model_name="order",
            name="amended_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="diubah"),
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
                    ("kuitansi", "Kuitansi"),
                    ("tax_sheet", "Lembar pajak"),
                    ("payment", "Bukti pembayaran"),
                    ("spj", "Berkas SPJ lengkap"),
                ],
                max_length=16,
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("remedy__isnull", True), ("promised_at__isnull", False), _connector="OR"),
                name="delivery_again_is_promised",
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="diusulkan oleh",
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="earlier_kelurahan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.kelurahan",
                verbose_name="semula kelurahan tujuan",
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="kelurahan",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.kelurahan",
                verbose_name="menjadi kelurahan tujuan",
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="order",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addenda",
                to="orders.order",
                verbose_name="pesanan",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="addendum",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="orders.addendum"
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("order", "delivery", "invoice", "addendum", "kind"),
                name="document_one_current_per_kind",
                nulls_distinct=False,
            ),
        ),
        migrations.AddField(
            model_name="addendumevent",
            name="actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="pelaku",
            ),
        ),
        migrations.AddField(
            model_name="addendumevent",
            name="addendum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="orders.addendum",
                verbose_name="adendum",
            ),
        ),
        migrations.AddField(
            model_name="addendumline",
            name="addendum",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="orders.addendum",
                verbose_name="adendum",
            ),
        ),
        migrations.AddField(
            model_name="addendumline",
            name="order_line",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="orders.orderline",
                verbose_name="baris pesanan",
            ),
        ),
        migrations.AddIndex(
            model_name="addendum",
            index=models.Index(condition=models.Q(("state", "asked")), fields=["due_at"], name="addendum_waiting"),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["agreed", "asked", "lapsed", "overtaken", "refused", "withdrawn"])),
                name="addendum_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("order",), name="addendum_one_waits_per_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number__isnull", False), ("state", "agreed")),
                    models.Q(models.Q(("state", "agreed"), _negated=True), ("number__isnull", True)),
                    _connector="OR",
                ),
                name="addendum_agreed_has_number",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendum",
            trigger=pgtrigger.compiler.Trigger(
                name="state_is_last_event",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE now_is text; led_to text;",
                    func='\n        SELECT state INTO now_is FROM "orders_addendum" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_addendumevent" WHERE "addendum_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Addendum % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                    hash="d353dfde76788cce01c8600837b75c302685b875",
                    operation='INSERT OR UPDATE OF "state"',
                    pgid="pgtrigger_state_is_last_event_08dd5",
                    table="orders_addendum",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendumevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5a68ed5c0d76170537be7aeed612dbd8c9ef1bce",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_5382e",
                    table="orders_addendumevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendumevent",
            trigger=pgtrigger.compiler.Trigger(
                name="follows_the_last",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE before text;",
                    func='\n            SELECT to_state INTO before FROM "orders_addendumevent" WHERE "addendum_id" = NEW."addendum_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                    hash="90c288003485dc526121535128ee1c10aa9052c3",
                    operation="INSERT",
                    pgid="pgtrigger_follows_the_last_caa98",
                    table="orders_addendumevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendumevent",
            trigger=pgtrigger.compiler.Trigger(
                name="led_to_state",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    declare="DECLARE now_is text; led_to text;",
                    func='\n        SELECT state INTO now_is FROM "orders_addendum" WHERE id = NEW."addendum_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_addendumevent" WHERE "addendum_id" = NEW."addendum_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Addendum % is "%", its last event led to "%"\', NEW."addendum_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                    hash="1bd0e3c251f2a6638551dfa0b3b2861fb0e71a25",
                    operation="INSERT",
                    pgid="pgtrigger_led_to_state_ab0a3",
                    table="orders_addendumevent",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendumevent",
            trigger=pgtrigger.compiler.Trigger(
                name="is_attested",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    constraint="CONSTRAINT",
                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                    hash="69c60c263b409f72524b35261992dad16ec90817",
                    operation="INSERT",
                    pgid="pgtrigger_is_attested_92724",
                    table="orders_addendumevent",
                    timing="DEFERRABLE INITIALLY DEFERRED",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="addendumline",
            constraint=models.UniqueConstraint(fields=("addendum", "order_line"), name="addendum_line_once"),
        ),
        migrations.AddConstraint(
            model_name="addendumline",
            constraint=models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="addendum_line_quantity"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="addendumline",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9396aa4c86ec51d33c04b9c4483b4716a4632903",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_48206",
                    table="orders_addendumline",
                    when="BEFORE",
                ),
            ),
        ),
    ]
