"""Every table of this app, in the order of their foreign keys."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import epeken.core.create_tables
import epeken.core.money
import epeken.core.phones
import epeken.core.quantity
import epeken.core.secret


class Migration(migrations.Migration):
    replaces = [
        ("orders", "0001_initial"),
        ("orders", "0001_squashed_0043_drafted_acts"),
        ("orders", "0004_attachment_kinds"),
        ("orders", "0005_cancellations"),
        ("orders", "0006_negotiation_minutes"),
        ("orders", "0007_cancellation_sheets"),
        ("orders", "0008_dispute_outcomes"),
        ("orders", "0009_decision_sheets"),
        ("orders", "0011_draw_minutes"),
        ("orders", "0012_acting_offices"),
        ("orders", "0013_quotation_protocols"),
        ("orders", "0014_complaint_words"),
        ("orders", "0015_goods_charged_to_lines"),
        ("orders", "0016_reversals"),
        ("orders", "0017_complaint_photos"),
        ("orders", "0018_delivery_cost_named"),
        ("orders", "0019_arrival_never_assumed"),
        ("orders", "0020_attachment_removal"),
        ("orders", "0021_papers_of_goods_sent_again"),
        ("orders", "0022_tax_exemptions"),
        ("orders", "0024_receiver_on_papers"),
        ("orders", "0025_attestations"),
        ("orders", "0026_document_editions"),
        ("orders", "0027_document_slots"),
        ("orders", "0029_late_steps"),
        ("orders", "0031_payment_approval"),
        ("orders", "0032_held_invoices"),
        ("orders", "0033_invoice_checks"),
        ("orders", "0034_transfer_numbers"),
        ("orders", "0035_dispute_deadlines"),
        ("orders", "0036_office_contacts"),
        ("orders", "0037_goods_sent_again_are_deliveries"),
        ("orders", "0038_payment_record_corrected"),
        ("orders", "0039_complaint_wishes"),
        ("orders", "0040_seller_confirmations"),
        ("orders", "0041_addenda"),
        ("orders", "0042_delivery_pins"),
        ("orders", "0043_drafted_acts"),
        ("orders", "0045_invoice_tax_papers"),
        ("orders", "0046_tax_invoices"),
        ("orders", "0047_attachment_uploaded_name"),
        ("orders", "0048_tax_deposits"),
        ("orders", "0049_photo_places"),
        ("orders", "0050_year_end"),
        ("orders", "0051_schedules"),
        ("orders", "0052_office_numbers"),
        ("orders", "0053_schedule_costs"),
        ("orders", "0054_deposit_offices"),
        ("orders", "0055_tax_slips"),
        ("orders", "0056_tax_decisions"),
        ("orders", "0057_late_reason"),
        ("orders", "0058_debt_holds"),
        ("orders", "0059_compensations"),
        ("orders", "0060_tax_invoice_ppn"),
        ("orders", "0061_compensation_payments"),
        ("orders", "0062_move_compensation_payments"),
        ("orders", "0063_compensation_columns"),
        ("orders", "0065_date_addenda"),
        ("orders", "0001_squashed_0065_date_addenda"),
        ("orders", "0003_city_silence"),
        ("orders", "0004_who_acted"),
        ("orders", "0005_sent_amounts"),
        ("orders", "0006_sent_amounts_of_corrected_records"),
        ("orders", "0007_withdrawn_shipments"),
        ("orders", "0008_room_of_what_was_given_up"),
        ("orders", "0009_goods_decided_accepted"),
        ("orders", "0010_papers_of_part_payments"),
        ("orders", "0011_frames_have_again"),
        ("orders", "0012_price_tiers"),
        ("orders", "0013_goods_decided_refused"),
    ]

    initial = True

    dependencies = [
        ("core", "0007_reference_rows"),
        ("procurement", "0002_squashed_0043_reference_data"),
        ("umkm", "0002_squashed_0043_stall_business_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        epeken.core.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Order",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "channel",
                            models.CharField(
                                choices=[("agency", "Dinas"), ("asn", "ASN"), ("citizen", "Warga")],
                                max_length=8,
                                verbose_name="saluran",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("placed", "Menunggu penjual"),
                                    ("accepted", "Disanggupi penjual"),
                                    ("finished", "Selesai"),
                                    ("closed", "Batal"),
                                ],
                                default="placed",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "buyer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders_bought",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pembeli",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="penerbit",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=120, verbose_name="judul")),
                        (
                            "event_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("meeting", "Rapat"),
                                    ("training", "Pelatihan atau sosialisasi"),
                                    ("guests", "Jamuan tamu"),
                                    ("goods", "Belanja barang, tanpa acara"),
                                ],
                                editable=False,
                                max_length=8,
                                verbose_name="jenis kegiatan",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[("seller", "Diantar penjual"), ("pickup", "Diambil di toko")],
                                max_length=8,
                                verbose_name="cara menerima",
                            ),
                        ),
                        ("recipient", models.CharField(blank=True, max_length=120, verbose_name="nama penerima")),
                        (
                            "recipient_phone",
                            epeken.core.phones.PhoneField(blank=True, max_length=16, verbose_name="telepon penerima"),
                        ),
                        ("delivery_place", models.CharField(blank=True, max_length=200, verbose_name="alamat antar")),
                        (
                            "delivery_kelurahan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="kelurahan tujuan",
                            ),
                        ),
                        ("deliver_at", models.DateTimeField(verbose_name="tiba paling lambat")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="catatan untuk penjual")),
                        ("goods_total", epeken.core.money.RupiahField(verbose_name="jumlah barang")),
                        ("delivery_cost", epeken.core.money.RupiahField(default=0, verbose_name="ongkos antar")),
                        ("total", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        (
                            "delivery_charged_to",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.budgetline",
                                verbose_name="ongkos antar dibebankan ke",
                            ),
                        ),
                        ("cap_month", models.DateField(verbose_name="bulan batas omzet")),
                        ("placed_at", models.DateTimeField(verbose_name="dipesan")),
                        ("answer_due_at", models.DateTimeField(verbose_name="batas jawaban")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="diterima")),
                        ("finished_at", models.DateTimeField(editable=False, null=True, verbose_name="selesai")),
                        ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="ditutup")),
                        (
                            "close_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_answer", "Penjual tidak menjawab sampai batas waktu"),
                                    ("seller_declined", "Penjual tidak sanggup"),
                                    ("buyer_cancelled", "Dibatalkan pembeli"),
                                    ("seller_released", "Penjual mundur dengan persetujuan pembeli"),
                                    ("all_rejected", "Semua barang ditolak"),
                                    ("not_delivered", "Tidak ada barang yang datang dan diterima"),
                                ],
                                editable=False,
                                max_length=16,
                                verbose_name="alasan ditutup",
                            ),
                        ),
                        (
                            "close_note",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="catatan penutupan"
                            ),
                        ),
                        (
                            "rest_due_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="batas sisa kiriman"),
                        ),
                        (
                            "rest_closed_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="sisa ditutup"),
                        ),
                        ("amended_at", models.DateTimeField(editable=False, null=True, verbose_name="diubah")),
                        (
                            "amend_due_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="batas jawaban usul perubahan"
                            ),
                        ),
                        (
                            "amend_by_seller",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="perubahan diusulkan penjual"
                            ),
                        ),
                        (
                            "next_due_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="kiriman berikutnya paling lambat"
                            ),
                        ),
                        (
                            "office_number",
                            models.CharField(
                                blank=True, editable=False, max_length=120, verbose_name="nomor surat dinas"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pesanan",
                        "verbose_name_plural": "pesanan",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["seller", "state", "-id"], name="order_by_seller"),
                            models.Index(fields=["agency", "state", "-id"], name="order_by_agency"),
                            models.Index(
                                condition=models.Q(("state", "placed")), fields=["answer_due_at"], name="order_waiting"
                            ),
                            models.Index(
                                condition=models.Q(("rest_due_at__isnull", False)),
                                fields=["rest_due_at"],
                                name="order_rest_waiting",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["accepted", "closed", "finished", "placed"])),
                                name="order_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("agency__isnull", False),
                                        ("buyer__isnull", True),
                                        ("channel", "agency"),
                                        ("request__isnull", False),
                                    ),
                                    models.Q(
                                        ("agency__isnull", True),
                                        ("buyer__isnull", False),
                                        ("channel__in", ["asn", "citizen"]),
                                        ("request__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_channel_has_its_buyer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "total",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("goods_total"), "+", models.F("delivery_cost")
                                        ),
                                    )
                                ),
                                name="order_total_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "closed"), _negated=True),
                                    models.Q(("close_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="order_closed_has_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("request__isnull", False), models.Q(("state", "closed"), _negated=True)
                                ),
                                fields=("request", "seller"),
                                name="order_once_per_request_seller",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("office_number", ""), _negated=True),
                                fields=("agency", "office_number"),
                                name="order_office_number_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_order" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_orderevent" WHERE "order_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Order % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="02628095c0d2663ffb74c1ae3820045f00b7b073",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_52ce4",
                                    table="orders_order",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.product",
                                verbose_name="barang",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("pcs", "buah"),
                                    ("box", "kotak"),
                                    ("portion", "porsi"),
                                    ("pack", "bungkus"),
                                    ("bottle", "botol"),
                                    ("glass", "gelas"),
                                    ("sheet", "lembar"),
                                    ("set", "set"),
                                    ("carton", "dus"),
                                    ("ream", "rim"),
                                    ("kg", "kg"),
                                    ("litre", "liter"),
                                    ("metre", "meter"),
                                ],
                                max_length=8,
                                verbose_name="satuan",
                            ),
                        ),
                        ("price", epeken.core.money.RupiahField(verbose_name="harga")),
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        (
                            "food_kind",
                            models.CharField(
                                choices=[
                                    ("none", "Bukan makanan siap saji"),
                                    ("catering", "Katering (diantar dan disajikan di tempat pemesan)"),
                                    ("shop", "Makanan warung atau stan"),
                                ],
                                max_length=8,
                                verbose_name="jenis makanan",
                            ),
                        ),
                        (
                            "keeps",
                            models.CharField(
                                choices=[
                                    ("cooked", "Matang, hari itu juga"),
                                    ("fresh", "Segar"),
                                    ("dry", "Kering atau tahan lama"),
                                    ("other", "Bukan makanan"),
                                ],
                                max_length=8,
                                verbose_name="daya tahan",
                            ),
                        ),
                        ("is_staple", models.BooleanField(default=False, verbose_name="kebutuhan pokok, bebas PPN")),
                        (
                            "stock_mode",
                            models.CharField(
                                choices=[("stock", "Stok barang jadi"), ("daily", "Kapasitas per hari")],
                                max_length=5,
                                verbose_name="cara menghitung sisa",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan")),
                        (
                            "charged_to",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.budgetline",
                                verbose_name="dibebankan ke",
                            ),
                        ),
                        (
                            "sent_quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="banyaknya dikirim",
                            ),
                        ),
                        (
                            "accepted_quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, null=True, verbose_name="banyaknya diterima"
                            ),
                        ),
                        ("accepted_amount", epeken.core.money.RupiahField(null=True, verbose_name="jumlah diterima")),
                        (
                            "missed_quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="banyaknya terlewat",
                            ),
                        ),
                        (
                            "missed_amount",
                            epeken.core.money.RupiahField(default=0, editable=False, verbose_name="jumlah terlewat"),
                        ),
                        (
                            "tier_from",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                editable=False,
                                max_digits=12,
                                null=True,
                                verbose_name="harga grosir mulai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "baris pesanan",
                        "verbose_name_plural": "baris pesanan",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "product"), name="order_line_once"),
                            models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="order_line_quantity"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted_quantity__isnull", True),
                                    models.Q(
                                        ("accepted_quantity__gte", 0),
                                        ("accepted_quantity__lte", models.F("sent_quantity")),
                                    ),
                                    _connector="OR",
                                ),
                                name="order_line_accepted_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_quantity__gte", 0),
                                    ("missed_quantity__gte", 0),
                                    (
                                        "sent_quantity__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("quantity"), "-", models.F("missed_quantity")
                                        ),
                                    ),
                                ),
                                name="order_line_sent_within",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="orders.order",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("terms", "Kerangka acuan kegiatan (KAK)"),
                                    ("estimate", "Rincian anggaran (RAB)"),
                                    ("invitation", "Undangan"),
                                    ("participants", "Daftar peserta"),
                                    ("attendance", "Daftar hadir"),
                                    ("minutes", "Notulen"),
                                    ("report", "Laporan kegiatan"),
                                    ("activity", "Foto kegiatan"),
                                    ("recipients", "Daftar penerima barang"),
                                    ("placed_photo", "Foto bertitik lokasi"),
                                    ("tax_invoice", "Faktur pajak"),
                                    ("tax_deposit", "Bukti setor pajak (BPN)"),
                                    ("tax_slip", "Bukti potong"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=120, verbose_name="judul")),
                        ("file", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("removed_at", models.DateTimeField(null=True)),
                        (
                            "removed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "removal_note",
                            models.CharField(blank=True, max_length=200, verbose_name="sebab dikeluarkan"),
                        ),
                        ("uploaded_name", models.CharField(max_length=120, verbose_name="nama pengunggah")),
                    ],
                    options={
                        "verbose_name": "lampiran",
                        "verbose_name_plural": "lampiran",
                        "ordering": ["kind", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Attestation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attestations",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        ("sequence", models.PositiveIntegerField(verbose_name="urutan")),
                        ("noun", models.CharField(max_length=40, verbose_name="tentang")),
                        ("key", models.BigIntegerField(verbose_name="nomor baris")),
                        ("event", models.BigIntegerField(null=True, unique=True, verbose_name="nomor riwayat")),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        (
                            "factor",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "tanpa langkah kedua"),
                                    ("password", "kata sandi"),
                                    ("password_device", "kata sandi, dari perangkat yang dikenal"),
                                    ("code", "kode SMS"),
                                    ("code_device", "kode SMS, dari perangkat yang dikenal"),
                                    ("letter", "tautan surel untuk kata sandi baru"),
                                    (
                                        "letter_device",
                                        "tautan surel untuk kata sandi baru, dari perangkat yang dikenal",
                                    ),
                                    ("totp", "langkah kedua: kode aplikasi autentikator"),
                                    ("recovery_codes", "langkah kedua: kode cadangan"),
                                    ("webauthn", "kunci sandi"),
                                    ("api_key", "kunci API"),
                                    ("system", "oleh sistem"),
                                ],
                                max_length=20,
                                verbose_name="cara membuktikan diri",
                            ),
                        ),
                        ("content", models.TextField(verbose_name="isi")),
                        ("sha256", models.CharField(max_length=64, verbose_name="sidik isi")),
                        ("previous", models.CharField(blank=True, max_length=64, verbose_name="sidik sebelumnya")),
                        ("hash", models.CharField(max_length=64, unique=True, verbose_name="sidik")),
                        (
                            "number",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="nomor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengesahan",
                        "verbose_name_plural": "pengesahan",
                        "ordering": ["order", "sequence"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "sequence"), name="attestation_one_chain")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="822125c45d198dcad04d1fbeffcbdefc548b1714",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c354a",
                                    table="orders_attestation",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Cancellation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cancellations",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Menunggu jawaban pihak lain"),
                                    ("claimed", "Penjual menuntut ganti rugi, menunggu jawaban dinas"),
                                    ("direct", "Dibatalkan langsung"),
                                    ("consented", "Disetujui pihak lain"),
                                    ("agreed", "Disetujui dengan ganti rugi"),
                                    ("refused", "Tidak disetujui, pesanan berlanjut"),
                                    ("withdrawn", "Ditarik, pesanan berlanjut"),
                                    ("lapsed", "Tidak dijawab, pesanan berlanjut"),
                                    ("overtaken", "Gugur karena barang dikirim atau sisanya ditutup"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diminta oleh",
                            ),
                        ),
                        (
                            "by_seller",
                            models.BooleanField(default=False, editable=False, verbose_name="diminta penjual"),
                        ),
                        (
                            "was_accepted",
                            models.BooleanField(editable=False, verbose_name="sesudah disanggupi penjual"),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("activity", "Kegiatan batal atau diundur"),
                                    ("budget", "Anggaran ditarik dengan keputusan"),
                                    ("wrong", "Salah pesan: barang, jumlah, atau waktunya"),
                                    ("not_needed", "Tidak jadi memerlukan barangnya"),
                                    ("not_sent", "Penjual tidak mengirim sampai waktu yang dijanjikan lewat"),
                                    ("cannot_make", "Penjual tidak sanggup membuatnya: alat atau tenaga terganggu"),
                                    ("no_goods", "Barang atau bahannya tidak tersedia"),
                                    ("force", "Keadaan kahar: bencana, kebakaran, atau larangan pemerintah"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=12,
                                verbose_name="alasan",
                            ),
                        ),
                        ("decree", models.CharField(blank=True, max_length=80, verbose_name="nomor keputusan")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="penjelasan")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="nilai yang belum dikirim")),
                        ("asked_at", models.DateTimeField(verbose_name="diminta")),
                        ("waits_since", models.DateTimeField(verbose_name="menunggu sejak")),
                        ("due_at", models.DateTimeField(verbose_name="batas jawaban")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                        (
                            "claimed",
                            epeken.core.money.RupiahField(
                                editable=False, null=True, verbose_name="ganti rugi yang dituntut"
                            ),
                        ),
                        ("spent_on", models.CharField(blank=True, max_length=500, verbose_name="dipakai untuk")),
                        ("evidence", models.CharField(blank=True, max_length=200, verbose_name="bukti")),
                        (
                            "evidence_type",
                            models.CharField(blank=True, max_length=60, verbose_name="jenis berkas bukti"),
                        ),
                        (
                            "evidence_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="sidik berkas bukti"),
                        ),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
                        (
                            "sends_until",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="waktu kirim dilanjutkan sampai"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pembatalan",
                        "verbose_name_plural": "pembatalan",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("asked", "claimed"))),
                                fields=["due_at"],
                                name="cancellation_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "agreed",
                                            "asked",
                                            "claimed",
                                            "consented",
                                            "direct",
                                            "lapsed",
                                            "overtaken",
                                            "refused",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="cancellation_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "claimed"))),
                                fields=("order",),
                                name="cancellation_one_waits_per_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("claimed__isnull", True),
                                    models.Q(("claimed__gt", 0), ("claimed__lte", models.F("amount"))),
                                    _connector="OR",
                                ),
                                name="cancellation_claim_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("claimed", "agreed")), _negated=True),
                                    models.Q(("by_seller", False), ("claimed__isnull", False)),
                                    _connector="OR",
                                ),
                                name="cancellation_claim_has_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("reason", "budget"), _negated=True),
                                    models.Q(("decree", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="cancellation_budget_has_decree",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_cancellation" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_cancellationevent" WHERE "cancellation_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Cancellation % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="6667bc9bd08f361f1ac1e3f7fd66bb8f7fb8b5df",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_c3d58",
                                    table="orders_cancellation",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CancellationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "cancellation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.cancellation",
                                verbose_name="pembatalan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pembatalan",
                        "verbose_name_plural": "riwayat pembatalan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="715bd949c13683b6dbd2576fd6e5b0b9bcbc0b6c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4305b",
                                    table="orders_cancellationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_cancellationevent" WHERE "cancellation_id" = NEW."cancellation_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="7602ab9f18250b80b5cb664f183e7f5f792a7d39",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_26227",
                                    table="orders_cancellationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_cancellation" WHERE id = NEW."cancellation_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_cancellationevent" WHERE "cancellation_id" = NEW."cancellation_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Cancellation % is "%", its last event led to "%"\', NEW."cancellation_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="87de70bf93eac88fed65682e8e29ac49463e90d0",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_9b51a",
                                    table="orders_cancellationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="9cffd78a7c23ebcd371f4df8160e201692de9ad9",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_6cc1a",
                                    table="orders_cancellationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Cart",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cart",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("key", models.CharField(max_length=40, null=True, unique=True)),
                        ("updated_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "keranjang",
                        "verbose_name_plural": "keranjang",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("key__isnull", True), ("user__isnull", False)),
                                    models.Q(("key__isnull", False), ("user__isnull", True)),
                                    _connector="OR",
                                ),
                                name="cart_has_one_owner",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CartLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "cart",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="orders.cart"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="umkm.product"
                            ),
                        ),
                        ("quantity", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                        ("price_seen", epeken.core.money.RupiahField()),
                    ],
                    options={
                        "verbose_name": "baris keranjang",
                        "verbose_name_plural": "baris keranjang",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("cart", "product"), name="cart_line_once"),
                            models.CheckConstraint(condition=models.Q(("quantity__gt", 0)), name="cart_line_quantity"),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Commitment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="commitment",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("committed", "Anggaran terikat"),
                                    ("pending", "Bayar saat diterima"),
                                    ("settled", "Lunas"),
                                    ("void", "Gugur"),
                                ],
                                default="committed",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(editable=False, verbose_name="jumlah")),
                        ("settled_at", models.DateTimeField(editable=False, null=True, verbose_name="diselesaikan")),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="dibatalkan")),
                    ],
                    options={
                        "verbose_name": "komitmen",
                        "verbose_name_plural": "komitmen",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["committed", "pending", "settled", "void"])),
                                name="commitment_state_known",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_commitment" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_commitmentevent" WHERE "commitment_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Commitment % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="c4d05c3a50c98d09abd0ed9fd8b4281c6289458e",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_7b92a",
                                    table="orders_commitment",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CommitmentEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "commitment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.commitment",
                                verbose_name="komitmen",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat komitmen",
                        "verbose_name_plural": "riwayat komitmen",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="138265809b03ad6e647082a59a9186f54db78349",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_81513",
                                    table="orders_commitmentevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_commitmentevent" WHERE "commitment_id" = NEW."commitment_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="834f17e63b4633e66f31375d417d29b5599bc489",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_326a7",
                                    table="orders_commitmentevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_commitment" WHERE id = NEW."commitment_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_commitmentevent" WHERE "commitment_id" = NEW."commitment_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Commitment % is "%", its last event led to "%"\', NEW."commitment_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="17da0044b94de9a000b5d39dec273e61bc3d5498",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_ba62b",
                                    table="orders_commitmentevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="23b1c1a3401d537b81a435bfa3774518443a4b7f",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_466e9",
                                    table="orders_commitmentevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DailySeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(unique=True, verbose_name="hari")),
                        ("made_at", models.DateTimeField(verbose_name="dibuat")),
                        ("until", models.BigIntegerField(verbose_name="sampai nomor")),
                        ("chains", models.PositiveIntegerField(verbose_name="berkas pesanan")),
                        ("acts", models.PositiveIntegerField(verbose_name="tindakan")),
                        ("heads", models.TextField(verbose_name="ujung")),
                        ("previous", models.CharField(blank=True, max_length=64, verbose_name="sidik sebelumnya")),
                        ("hash", models.CharField(max_length=64, unique=True, verbose_name="sidik")),
                    ],
                    options={
                        "verbose_name": "segel harian",
                        "verbose_name_plural": "segel harian",
                        "ordering": ["day"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5bea5e8fb257ad6a12d89a15f39432d9198674d6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_cdc14",
                                    table="orders_dailyseal",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Dispute",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disputes",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("opened", "Menunggu jawaban"),
                                    ("answered", "Dijawab, menunggu keputusan"),
                                    ("decided", "Diputus"),
                                    ("lapsed", "Tidak diputus sampai batas"),
                                ],
                                default="opened",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibuka oleh",
                            ),
                        ),
                        (
                            "opened_by_seller",
                            models.BooleanField(default=False, editable=False, verbose_name="dibuka penjual"),
                        ),
                        ("complaint", models.TextField(max_length=1000, verbose_name="keluhan")),
                        (
                            "wish",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "Tidak ada yang harus diganti"),
                                    ("deduction", "Tagihan dipotong"),
                                    ("replacement", "Barang diganti"),
                                    ("refund", "Uang dikembalikan"),
                                    ("acceptance", "Barang dihitung diterima"),
                                    ("refusal", "Barang ditolak dan dikembalikan"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="permintaan",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, max_length=1000, verbose_name="jawaban")),
                        ("decision", models.TextField(blank=True, max_length=1000, verbose_name="keputusan")),
                        (
                            "outcome",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("nothing", "Tidak ada yang harus diganti"),
                                    ("deduction", "Tagihan dipotong"),
                                    ("replacement", "Barang diganti"),
                                    ("refund", "Uang dikembalikan"),
                                    ("acceptance", "Barang dihitung diterima"),
                                    ("refusal", "Barang ditolak dan dikembalikan"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="hasil",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="dibuka")),
                        ("due_at", models.DateTimeField(verbose_name="batas jawaban")),
                        (
                            "unanswered_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="lewat tanpa jawaban"),
                        ),
                        (
                            "decide_due_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="diputus paling lambat"),
                        ),
                        ("answered_at", models.DateTimeField(editable=False, null=True, verbose_name="dijawab")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        (
                            "climbs",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="kali atasan diberi tahu"
                            ),
                        ),
                        (
                            "climbs_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="atasan diberi tahu pada"),
                        ),
                        (
                            "ends_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="berakhir tanpa putusan pada"),
                        ),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                    ],
                    options={
                        "verbose_name": "keluhan",
                        "verbose_name_plural": "keluhan",
                        "ordering": ["-pk"],
                        "permissions": [("decide_dispute", "boleh memutus keluhan")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["answered", "decided", "lapsed", "opened"])),
                                name="dispute_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("opened", "answered"))),
                                fields=("order",),
                                name="dispute_one_open_per_order",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_dispute" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_disputeevent" WHERE "dispute_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Dispute % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="07f5c6d2df4ee0211b9ef8b77bda22754de18f30",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_22c8e",
                                    table="orders_dispute",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DisputeEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "dispute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.dispute",
                                verbose_name="keluhan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat keluhan",
                        "verbose_name_plural": "riwayat keluhan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e09ecda3c4e3bd44883609605cdac887469fb95e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_33051",
                                    table="orders_disputeevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_disputeevent" WHERE "dispute_id" = NEW."dispute_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="e6bbfb44fb4404bd8ccb123a9a8e2e499595061b",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_31d4f",
                                    table="orders_disputeevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_dispute" WHERE id = NEW."dispute_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_disputeevent" WHERE "dispute_id" = NEW."dispute_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Dispute % is "%", its last event led to "%"\', NEW."dispute_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="1c6a3a63b1bdfcfc56efa8819e7f3d340082b25a",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_3c7d8",
                                    table="orders_disputeevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="fa07c0013b956bb8b39a901d2f26f5287a32da6c",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_56c91",
                                    table="orders_disputeevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DisputePhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "dispute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="orders.dispute",
                                verbose_name="keluhan",
                            ),
                        ),
                        ("of_answer", models.BooleanField(verbose_name="dilampirkan pada jawaban")),
                        ("file", models.CharField(max_length=200, verbose_name="berkas")),
                        ("content_type", models.CharField(max_length=60, verbose_name="jenis berkas")),
                        ("size", models.PositiveIntegerField(verbose_name="ukuran berkas")),
                        ("sha256", models.CharField(max_length=64, verbose_name="sidik berkas")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diunggah oleh",
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                    ],
                    options={
                        "verbose_name": "foto keluhan",
                        "verbose_name_plural": "foto keluhan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ed104172dcf651df3cb7fa70fcb5937a062b4231",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_651bf",
                                    table="orders_disputephoto",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="OrderBuyer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="buyer_party",
                                to="orders.order",
                            ),
                        ),
                        ("name", models.CharField(max_length=120)),
                        ("short_name", models.CharField(max_length=40)),
                        ("code", models.CharField(max_length=40)),
                        ("address", models.CharField(max_length=400)),
                        ("npwp", models.CharField(blank=True, max_length=20)),
                        ("contacts", models.CharField(blank=True, max_length=400)),
                        ("receiver", models.CharField(blank=True, max_length=120)),
                        ("receiver_phone", epeken.core.phones.PhoneField(blank=True, max_length=16)),
                    ],
                    options={
                        "verbose_name": "data pembeli",
                        "verbose_name_plural": "data pembeli",
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8b9b2be7df463ac438e5ae622cb7ee7f8f367591",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_759ec",
                                    table="orders_orderbuyer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="OrderEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pesanan",
                        "verbose_name_plural": "riwayat pesanan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="7d910be96f697ed8c0d24b8d8a9b6e268d3d09ae",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_39cdb",
                                    table="orders_orderevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_orderevent" WHERE "order_id" = NEW."order_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="742051d5f7e54b2da1da3520bef49699cc9038eb",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_9626d",
                                    table="orders_orderevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_order" WHERE id = NEW."order_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_orderevent" WHERE "order_id" = NEW."order_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Order % is "%", its last event led to "%"\', NEW."order_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="6f90937d31443c0e0f72a6bb73360462b13de6c0",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_61783",
                                    table="orders_orderevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="2e3673143710d2b62b325ba4ad484c2023f66c3d",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_b55d6",
                                    table="orders_orderevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="OrderSeller",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("owner_name", models.CharField(max_length=120)),
                        ("address", models.CharField(max_length=400)),
                        ("nib", models.CharField(blank=True, max_length=13)),
                        ("npwp", epeken.core.secret.EncryptedField(blank=True)),
                        (
                            "order",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seller_party",
                                to="orders.order",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "data penjual",
                        "verbose_name_plural": "data penjual",
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="825a6e7c7e3565d56beee366b518d0a349e25323",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2dbd4",
                                    table="orders_orderseller",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SlotRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "account_prefix",
                            models.CharField(
                                blank=True,
                                help_text="Kosong: semua rekening.",
                                max_length=24,
                                validators=[
                                    django.core.validators.RegexValidator(
                                        "^\\d+(\\.\\d+)*$",
                                        "Tulis angka dan titik tanpa titik di ujung: 5.1.02.01.01.0052.",
                                    )
                                ],
                                verbose_name="awalan kode rekening",
                            ),
                        ),
                        (
                            "event_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("meeting", "Rapat"),
                                    ("training", "Pelatihan atau sosialisasi"),
                                    ("guests", "Jamuan tamu"),
                                    ("goods", "Belanja barang, tanpa acara"),
                                ],
                                help_text="Kosong: semua kegiatan.",
                                max_length=8,
                                verbose_name="jenis kegiatan",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("terms", "Kerangka acuan kegiatan (KAK)"),
                                    ("estimate", "Rincian anggaran (RAB)"),
                                    ("invitation", "Undangan"),
                                    ("participants", "Daftar peserta"),
                                    ("attendance", "Daftar hadir"),
                                    ("minutes", "Notulen"),
                                    ("report", "Laporan kegiatan"),
                                    ("activity", "Foto kegiatan"),
                                    ("recipients", "Daftar penerima barang"),
                                    ("placed_photo", "Foto bertitik lokasi"),
                                    ("tax_invoice", "Faktur pajak"),
                                    ("tax_deposit", "Bukti setor pajak (BPN)"),
                                    ("tax_slip", "Bukti potong"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=12,
                                verbose_name="berkas",
                            ),
                        ),
                        (
                            "is_required",
                            models.BooleanField(
                                default=True,
                                help_text="Bila tidak, tempatnya ada dan boleh kosong.",
                                verbose_name="wajib sebelum dibayar",
                            ),
                        ),
                        (
                            "is_waivable",
                            models.BooleanField(default=True, verbose_name="boleh dikecualikan PPK atau kepala dinas"),
                        ),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=300, verbose_name="sumber")),
                    ],
                    options={
                        "verbose_name": "berkas wajib SPJ",
                        "verbose_name_plural": "berkas wajib SPJ",
                        "ordering": ["account_prefix", "event_kind", "kind", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account_prefix", "event_kind", "kind", "valid_from"), name="slot_rule_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="slot_rule_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SlotWaiver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("terms", "Kerangka acuan kegiatan (KAK)"),
                                    ("estimate", "Rincian anggaran (RAB)"),
                                    ("invitation", "Undangan"),
                                    ("participants", "Daftar peserta"),
                                    ("attendance", "Daftar hadir"),
                                    ("minutes", "Notulen"),
                                    ("report", "Laporan kegiatan"),
                                    ("activity", "Foto kegiatan"),
                                    ("recipients", "Daftar penerima barang"),
                                    ("placed_photo", "Foto bertitik lokasi"),
                                    ("tax_invoice", "Faktur pajak"),
                                    ("tax_deposit", "Bukti setor pajak (BPN)"),
                                    ("tax_slip", "Bukti potong"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=12,
                                verbose_name="berkas",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("not_made", "Kegiatannya tidak menghasilkan berkas ini"),
                                    ("elsewhere", "Ada dalam berkas pertanggungjawaban lain"),
                                    ("lost", "Hilang atau rusak, tidak dapat dibuat lagi"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=10,
                                verbose_name="alasan",
                            ),
                        ),
                        ("note", models.CharField(max_length=300, verbose_name="penjelasan")),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dikecualikan oleh",
                            ),
                        ),
                        ("given_name", models.CharField(max_length=120, verbose_name="nama")),
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
                                verbose_name="sebagai",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "pengecualian berkas SPJ",
                        "verbose_name_plural": "pengecualian berkas SPJ",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("order", "kind"), name="slot_waiver_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("note", ""), _negated=True), models.Q(("acted_as", ""), _negated=True)
                                ),
                                name="slot_waiver_says_why_and_who",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b6b981e6c98389be6be8b2c64974756b8647af0b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d3516",
                                    table="orders_slotwaiver",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxExemption",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="kode")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="sebab tidak dipungut")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=300, verbose_name="dasar hukum")),
                    ],
                    options={
                        "verbose_name": "pengecualian pajak",
                        "verbose_name_plural": "pengecualian pajak",
                        "ordering": ["code", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "valid_from"), name="tax_exemption_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="tax_exemption_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxRate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="kode")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="nama")),
                        ("rate", models.DecimalField(decimal_places=6, max_digits=8, verbose_name="tarif")),
                        (
                            "base_numerator",
                            models.PositiveSmallIntegerField(default=1, verbose_name="pembilang dasar pengenaan"),
                        ),
                        (
                            "base_denominator",
                            models.PositiveSmallIntegerField(default=1, verbose_name="penyebut dasar pengenaan"),
                        ),
                        (
                            "no_npwp_factor",
                            models.DecimalField(
                                decimal_places=2, default=Decimal("1"), max_digits=4, verbose_name="pengali tanpa NPWP"
                            ),
                        ),
                        ("minimum", epeken.core.money.RupiahField(default=0, verbose_name="tidak dipungut sampai")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=300, verbose_name="dasar hukum")),
                    ],
                    options={
                        "verbose_name": "tarif pajak",
                        "verbose_name_plural": "tarif pajak",
                        "ordering": ["code", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(fields=("code", "valid_from"), name="tax_rate_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="tax_rate_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxDeposit",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("period", models.DateField(verbose_name="masa pajak")),
                        ("code", models.CharField(max_length=20, verbose_name="kode akun pajak dan jenis setoran")),
                        ("billing_code", models.CharField(max_length=20, verbose_name="kode billing")),
                        ("ntpn", models.CharField(db_index=True, max_length=20, verbose_name="NTPN")),
                        ("deposited_on", models.DateField(verbose_name="tanggal setor")),
                        ("due_on", models.DateField(verbose_name="batas setor")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("file", models.CharField(max_length=200, verbose_name="bukti penerimaan negara")),
                        ("content_type", models.CharField(max_length=60)),
                        ("sha256", models.CharField(max_length=64)),
                        ("recorded_name", models.CharField(max_length=120, verbose_name="nama pencatat")),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="pencatatannya dibatalkan")),
                        (
                            "withdrawal_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="sebab dibatalkan"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_deposits",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibatalkan oleh",
                            ),
                        ),
                        (
                            "recorded_as",
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
                                verbose_name="dicatat sebagai",
                            ),
                        ),
                        (
                            "withdrawn_as",
                            models.CharField(
                                blank=True,
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
                                verbose_name="dibatalkan sebagai",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "setoran pajak",
                        "verbose_name_plural": "setoran pajak",
                        "ordering": ["-deposited_on", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="tax_deposit_of_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period__day", 1)), name="tax_deposit_of_a_month"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawal_reason", ""),
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="tax_deposit_withdrawn_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("ntpn", "kind", "period"),
                                name="tax_deposit_ntpn_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PlaceConsent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("given_at", models.DateTimeField(editable=False, verbose_name="diberikan")),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="ditarik")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="place_consents",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="orang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "persetujuan lokasi foto",
                        "verbose_name_plural": "persetujuan lokasi foto",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("person",),
                                name="place_consent_one_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("withdrawn_at__gte", models.F("given_at")),
                                    _connector="OR",
                                ),
                                name="place_consent_times",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="YearEndDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="tahun anggaran")),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("finish", "Selesaikan dan bayar tahun ini"),
                                    ("debt", "Akui sebagai utang, bayar dari DPA tahun berikutnya"),
                                    ("withdraw", "Keputusan ditarik"),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("choice", "finish"), ("finish_by__isnull", False)),
                                    models.Q(
                                        models.Q(("choice", "finish"), _negated=True), ("finish_by__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="year_end_finish_has_day",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="21c1c3dd48b9ef76450ac56bf087fcf81b2f0a43",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7e7bc",
                                    table="orders_yearenddecision",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DueDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="pengiriman ke")),
                        ("deliver_at", models.DateTimeField(verbose_name="tiba paling lambat")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="alamat antar")),
                        ("rest_due_at", models.DateTimeField(verbose_name="batas menyusul")),
                        ("missed_at", models.DateTimeField(editable=False, null=True, verbose_name="terlewat")),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="due_days",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "missed_cost",
                            epeken.core.money.RupiahField(
                                default=0, editable=False, verbose_name="ongkos antar yang terlewat"
                            ),
                        ),
                        ("dropped_at", models.DateTimeField(editable=False, null=True, verbose_name="dihapus")),
                    ],
                    options={
                        "verbose_name": "tanggal pengiriman",
                        "verbose_name_plural": "tanggal pengiriman",
                        "ordering": ["number"],
                        "constraints": [models.UniqueConstraint(fields=("order", "number"), name="due_day_once")],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Addendum",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="addenda",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(
                                editable=False, max_length=30, null=True, unique=True, verbose_name="nomor"
                            ),
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
                                    ("overtaken", "Gugur karena barangnya dikirim atau tidak ditunggu lagi"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diusulkan oleh",
                            ),
                        ),
                        (
                            "by_seller",
                            models.BooleanField(default=False, editable=False, verbose_name="diusulkan penjual"),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                        ("earlier_deliver_at", models.DateTimeField(verbose_name="semula tiba paling lambat")),
                        ("deliver_at", models.DateTimeField(verbose_name="menjadi tiba paling lambat")),
                        (
                            "earlier_place",
                            models.CharField(blank=True, max_length=200, verbose_name="semula alamat antar"),
                        ),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="menjadi alamat antar")),
                        (
                            "earlier_kelurahan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="semula kelurahan tujuan",
                            ),
                        ),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="menjadi kelurahan tujuan",
                            ),
                        ),
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
                        (
                            "office_number",
                            models.CharField(
                                blank=True, editable=False, max_length=120, verbose_name="nomor surat dinas"
                            ),
                        ),
                        (
                            "late_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="alasan lewat akhir tahun"),
                        ),
                        (
                            "due_day",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.dueday",
                                verbose_name="tanggal jadwal",
                            ),
                        ),
                        ("earlier_day_at", models.DateTimeField(null=True, verbose_name="tanggal jadwal semula")),
                        ("day_at", models.DateTimeField(null=True, verbose_name="tanggal jadwal menjadi")),
                    ],
                    options={
                        "verbose_name": "adendum",
                        "verbose_name_plural": "adendum",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "asked")), fields=["due_at"], name="addendum_waiting"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["agreed", "asked", "lapsed", "overtaken", "refused", "withdrawn"])
                                ),
                                name="addendum_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "asked")),
                                fields=("order",),
                                name="addendum_one_waits_per_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("number__isnull", False), ("state", "agreed")),
                                    models.Q(models.Q(("state", "agreed"), _negated=True), ("number__isnull", True)),
                                    _connector="OR",
                                ),
                                name="addendum_agreed_has_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("due_day__isnull", False), ("earlier_day_at__isnull", False)),
                                    models.Q(
                                        ("day_at__isnull", True),
                                        ("due_day__isnull", True),
                                        ("earlier_day_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="addendum_date_as_it_was",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
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
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AddendumEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "addendum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.addendum",
                                verbose_name="adendum",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat adendum",
                        "verbose_name_plural": "riwayat adendum",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
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
                            pgtrigger.compiler.Trigger(
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
                            pgtrigger.compiler.Trigger(
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
                            pgtrigger.compiler.Trigger(
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
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AddendumLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "addendum",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="orders.addendum",
                                verbose_name="adendum",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.orderline",
                                verbose_name="baris pesanan",
                            ),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("addendum", "order_line"), name="addendum_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="addendum_line_quantity"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9396aa4c86ec51d33c04b9c4483b4716a4632903",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_48206",
                                    table="orders_addendumline",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DueAmount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        (
                            "sent_quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="banyaknya dikirim",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="due_amounts",
                                to="orders.orderline",
                                verbose_name="baris pesanan",
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="amounts",
                                to="orders.dueday",
                                verbose_name="tanggal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jumlah pada tanggal",
                        "verbose_name_plural": "jumlah pada tanggal",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("day", "order_line"), name="due_amount_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("quantity__gt", 0),
                                    ("sent_quantity__gte", 0),
                                    ("sent_quantity__lte", models.F("quantity")),
                                ),
                                name="due_amount_sent_within",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxSlip",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("taxpayer", models.CharField(max_length=120, verbose_name="nama wajib pajak")),
                        ("npwp", epeken.core.secret.EncryptedField(blank=True, verbose_name="NPWP")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("period", models.DateField(verbose_name="masa pajak")),
                        ("object_code", models.CharField(max_length=20, verbose_name="kode objek pajak")),
                        ("rate", models.DecimalField(decimal_places=6, max_digits=8, verbose_name="tarif")),
                        ("base", epeken.core.money.RupiahField(verbose_name="dasar pengenaan")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("number", models.CharField(db_index=True, max_length=20, verbose_name="nomor bukti potong")),
                        ("dated_on", models.DateField(verbose_name="tanggal bukti potong")),
                        ("file", models.CharField(max_length=200, verbose_name="berkas bukti potong")),
                        ("content_type", models.CharField(max_length=60)),
                        ("sha256", models.CharField(max_length=64)),
                        ("recorded_name", models.CharField(max_length=120, verbose_name="nama pencatat")),
                        (
                            "recorded_as",
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
                                verbose_name="dicatat sebagai",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="pencatatannya dibatalkan")),
                        (
                            "withdrawn_as",
                            models.CharField(
                                blank=True,
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
                                verbose_name="dibatalkan sebagai",
                            ),
                        ),
                        (
                            "withdrawal_reason",
                            models.CharField(blank=True, max_length=200, verbose_name="sebab dibatalkan"),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_slips",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_slips",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "withdrawn_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibatalkan oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bukti potong",
                        "verbose_name_plural": "bukti potong",
                        "ordering": ["-period", "-pk"],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="tax_slip_of_something"),
                            models.CheckConstraint(condition=models.Q(("period__day", 1)), name="tax_slip_of_a_month"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("withdrawal_reason", ""),
                                        ("withdrawn_at__isnull", True),
                                        ("withdrawn_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("withdrawn_at__isnull", False),
                                        ("withdrawn_by__isnull", False),
                                        models.Q(("withdrawal_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="tax_slip_withdrawn_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("agency", "number"),
                                name="tax_slip_number_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Remedy",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "dispute",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remedies",
                                to="orders.dispute",
                                verbose_name="keluhan",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remedies",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "follows",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="orders.remedy",
                                verbose_name="menggantikan",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remedies",
                                to="orders.orderline",
                                verbose_name="baris pesanan",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("deduction", "Potongan tagihan"),
                                    ("replacement", "Barang pengganti"),
                                    ("refund", "Pengembalian uang"),
                                    ("acceptance", "Barang dihitung diterima"),
                                    ("refusal", "Barang ditolak dan dikembalikan"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("owed", "Belum dipenuhi"),
                                    ("overdue", "Lewat batas, masih harus dibayar"),
                                    ("sent", "Pengganti dikirim, menunggu pemeriksaan"),
                                    ("came", "Pengganti diterima"),
                                    ("recorded", "Dicatat penjual, menunggu pembeli"),
                                    ("contested", "Dibantah pembeli, menunggu petugas kota"),
                                    ("applied", "Tagihan sudah dipotong"),
                                    ("counted", "Dihitung diterima menurut putusan"),
                                    ("refused", "Ditolak menurut putusan"),
                                    ("confirmed", "Dibenarkan pembeli"),
                                    ("assumed", "Dianggap diterima: pembeli tidak menjawab"),
                                    ("upheld", "Dinyatakan terpenuhi oleh petugas kota"),
                                    ("unruled", "Tidak diputus sampai batas: catatan penjual berlaku"),
                                    ("lapsed", "Tidak dipenuhi sampai batas waktu"),
                                    ("void", "Gugur: barangnya tidak diterima, jadi tidak ditagih"),
                                ],
                                default="owed",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, editable=False, max_digits=12, null=True, verbose_name="banyaknya"
                            ),
                        ),
                        (
                            "refused",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="yang ditolak dan belum ditagih",
                            ),
                        ),
                        (
                            "came",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="yang datang lagi dan diterima",
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(editable=False, verbose_name="jumlah")),
                        (
                            "applied",
                            epeken.core.money.RupiahField(editable=False, null=True, verbose_name="sudah dipotong"),
                        ),
                        ("granted_at", models.DateTimeField(editable=False, verbose_name="diputus")),
                        ("waits_since", models.DateTimeField(editable=False, verbose_name="menunggu sejak")),
                        ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="batas")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        (
                            "told",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="catatan penjual"
                            ),
                        ),
                        ("proof", models.CharField(blank=True, editable=False, max_length=200, verbose_name="bukti")),
                        (
                            "proof_type",
                            models.CharField(
                                blank=True, editable=False, max_length=60, verbose_name="jenis berkas bukti"
                            ),
                        ),
                        (
                            "proof_sha256",
                            models.CharField(
                                blank=True, editable=False, max_length=64, verbose_name="sidik berkas bukti"
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        (
                            "recorded_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="dicatat penjual"),
                        ),
                        (
                            "objection",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="bantahan pembeli"
                            ),
                        ),
                        (
                            "ruling",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="putusan petugas"
                            ),
                        ),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remedies",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "climbs",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="kali atasan diberi tahu"
                            ),
                        ),
                        (
                            "climbs_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="atasan diberi tahu pada"),
                        ),
                        (
                            "decide_due_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="diputus paling lambat"),
                        ),
                        (
                            "ends_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="berakhir tanpa putusan pada"),
                        ),
                    ],
                    options={
                        "verbose_name": "pemenuhan keputusan",
                        "verbose_name_plural": "pemenuhan keputusan",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["owed", "recorded"])),
                                fields=["due_at"],
                                name="remedy_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="remedy_of_something"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("applied__isnull", True),
                                    models.Q(("applied__lte", models.F("amount")), ("kind", "deduction")),
                                    _connector="OR",
                                ),
                                name="remedy_applied_within",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("came__lte", models.F("quantity")),
                                        ("kind", "replacement"),
                                        ("refused__lte", models.F("quantity")),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "replacement"), _negated=True), ("came", 0), ("refused", 0)
                                    ),
                                    _connector="OR",
                                ),
                                name="remedy_came_within",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("follows__isnull", True)),
                                fields=("dispute",),
                                name="remedy_one_per_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "applied",
                                            "assumed",
                                            "came",
                                            "confirmed",
                                            "contested",
                                            "counted",
                                            "lapsed",
                                            "overdue",
                                            "owed",
                                            "recorded",
                                            "refused",
                                            "sent",
                                            "unruled",
                                            "upheld",
                                            "void",
                                        ],
                                    )
                                ),
                                name="remedy_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", "replacement"), ("order_line__isnull", False), ("quantity__gt", 0)
                                    ),
                                    models.Q(
                                        ("kind__in", ["acceptance", "refusal"]),
                                        ("order_line__isnull", False),
                                        ("quantity__gt", 0),
                                    ),
                                    models.Q(
                                        models.Q(("kind", "replacement"), _negated=True),
                                        ("order_line__isnull", True),
                                        ("quantity__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="remedy_of_goods_has_goods",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_remedy" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_remedyevent" WHERE "remedy_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Remedy % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="105292817cfe203e74da5f920242c037c74b1de1",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_ed3e2",
                                    table="orders_remedy",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor surat jalan")),
                        (
                            "remedy",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shipments",
                                to="orders.remedy",
                                verbose_name="mengganti",
                            ),
                        ),
                        (
                            "promised_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="dijanjikan tiba"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("shipped", "Dalam perjalanan"),
                                    ("arrived", "Tiba, menunggu pemeriksaan"),
                                    ("inspected", "Diperiksa, menunggu BAST"),
                                    ("accepted", "Diterima"),
                                    ("rejected", "Ditolak"),
                                    ("missed", "Tidak datang"),
                                    ("withdrawn", "Catatan kirim ditarik"),
                                ],
                                default="shipped",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("carrier", models.CharField(blank=True, max_length=120, verbose_name="dibawa oleh")),
                        ("shipped_at", models.DateTimeField(verbose_name="dikirim")),
                        (
                            "awaited_by",
                            models.CharField(blank=True, editable=False, max_length=120, verbose_name="ditunggu oleh"),
                        ),
                        (
                            "awaited_by_phone",
                            epeken.core.phones.PhoneField(
                                blank=True, editable=False, max_length=16, verbose_name="telepon yang menunggu"
                            ),
                        ),
                        ("arrived_at", models.DateTimeField(editable=False, null=True, verbose_name="tiba")),
                        ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="batas")),
                        (
                            "escalations",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="berapa kali diteruskan"
                            ),
                        ),
                        (
                            "is_told_by_seller",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="serah terima dicatat penjual"
                            ),
                        ),
                        (
                            "is_arrived_by_pin",
                            models.BooleanField(
                                default=False, editable=False, verbose_name="tiba dicatat dengan PIN penerima"
                            ),
                        ),
                        (
                            "pin_turn",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="PIN keberapa"),
                        ),
                        (
                            "pin_misses",
                            models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="PIN salah"),
                        ),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("inspected_at", models.DateTimeField(editable=False, null=True, verbose_name="diperiksa")),
                        ("accepted_at", models.DateTimeField(editable=False, null=True, verbose_name="diterima")),
                        ("rejected_at", models.DateTimeField(editable=False, null=True, verbose_name="ditolak")),
                        (
                            "receiver",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="penerima",
                            ),
                        ),
                        ("is_on_time", models.BooleanField(null=True, verbose_name="tepat waktu")),
                        ("remark", models.CharField(blank=True, max_length=300, verbose_name="catatan pemeriksaan")),
                        (
                            "bast_number",
                            models.CharField(
                                editable=False, max_length=20, null=True, unique=True, verbose_name="nomor BAST"
                            ),
                        ),
                        (
                            "office_number",
                            models.CharField(blank=True, max_length=120, verbose_name="nomor surat dinas"),
                        ),
                        (
                            "due_day",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deliveries",
                                to="orders.dueday",
                                verbose_name="tanggal jadwal",
                            ),
                        ),
                        (
                            "counted_as_split",
                            models.BooleanField(
                                editable=False, null=True, verbose_name="dihitung sebagai bagian pembelian"
                            ),
                        ),
                        (
                            "rest_until",
                            models.DateTimeField(editable=False, null=True, verbose_name="batas sisa saat dikirim"),
                        ),
                    ],
                    options={
                        "verbose_name": "penerimaan",
                        "verbose_name_plural": "penerimaan",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("shipped", "arrived", "inspected"))),
                                fields=["due_at"],
                                name="delivery_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("remedy__isnull", True), ("promised_at__isnull", False), _connector="OR"
                                ),
                                name="delivery_again_is_promised",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("shipped", "arrived", "inspected"))),
                                fields=("remedy",),
                                name="delivery_again_one_under_way",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "accepted",
                                            "arrived",
                                            "inspected",
                                            "missed",
                                            "rejected",
                                            "shipped",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="delivery_state_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_delivery" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_deliveryevent" WHERE "delivery_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Delivery % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="61ea0e33e37ebbf7a5d0908633a9d80ba27e6b15",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_bde55",
                                    table="orders_delivery",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat kiriman",
                        "verbose_name_plural": "riwayat kiriman",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="61fc9ae922c874e9e2ef2efff1b6d4723b0164b9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_aa6ce",
                                    table="orders_deliveryevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_deliveryevent" WHERE "delivery_id" = NEW."delivery_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="97b5f902a6cba077053d6e0788a7480336f4a3b6",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_b62f9",
                                    table="orders_deliveryevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_delivery" WHERE id = NEW."delivery_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_deliveryevent" WHERE "delivery_id" = NEW."delivery_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Delivery % is "%", its last event led to "%"\', NEW."delivery_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="b5a2b72fe4b0afd2abd94cd839509abcf3fd54cf",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_abf7f",
                                    table="orders_deliveryevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="fc8f02609a3e5d1bb9140d0e8bf7392579fbc035",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_d5c92",
                                    table="orders_deliveryevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DeliveryLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="delivery_lines",
                                to="orders.orderline",
                                verbose_name="baris pesanan",
                            ),
                        ),
                        (
                            "sent",
                            epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12, verbose_name="dikirim"),
                        ),
                        (
                            "arrived",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, null=True, verbose_name="tiba"
                            ),
                        ),
                        (
                            "accepted",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, null=True, verbose_name="diterima baik"
                            ),
                        ),
                        (
                            "covered",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, default=0, editable=False, max_digits=12, verbose_name="sudah ditagih"
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(editable=False, null=True, verbose_name="jumlah")),
                        ("remark", models.CharField(blank=True, max_length=200, verbose_name="alasan selisih")),
                        (
                            "taxed_as",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Bukan makanan siap saji"),
                                    ("catering", "Katering (diantar dan disajikan di tempat pemesan)"),
                                    ("shop", "Makanan warung atau stan"),
                                ],
                                editable=False,
                                max_length=8,
                                verbose_name="dikenai pajak sebagai",
                            ),
                        ),
                        (
                            "added_amount",
                            epeken.core.money.RupiahField(
                                default=0, editable=False, signed=True, verbose_name="jumlah menurut putusan"
                            ),
                        ),
                        (
                            "decided",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="diputus diterima",
                            ),
                        ),
                        (
                            "rejected",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="diputus ditolak",
                            ),
                        ),
                        (
                            "returned",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=0,
                                editable=False,
                                max_digits=12,
                                verbose_name="diputus ditolak sesudah ditagih",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "baris kiriman",
                        "verbose_name_plural": "baris kiriman",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("delivery", "order_line"), name="delivery_line_once"),
                            models.CheckConstraint(condition=models.Q(("sent__gt", 0)), name="delivery_sent_something"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("arrived__isnull", True),
                                    models.Q(("arrived__gte", 0), ("arrived__lte", models.F("sent"))),
                                    _connector="OR",
                                ),
                                name="delivery_arrived_within_sent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accepted__isnull", True),
                                    models.Q(("accepted__gte", 0), ("accepted__lte", models.F("arrived"))),
                                    _connector="OR",
                                ),
                                name="delivery_accepted_within_arrived",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("covered", 0),
                                    models.Q(
                                        ("covered__gt", 0),
                                        (
                                            "covered__lte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("accepted"), "+", models.F("decided")
                                            ),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_covered_within_kept",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided", 0),
                                    models.Q(
                                        ("decided__gt", 0),
                                        (
                                            "sent__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("accepted"), "+", models.F("decided")
                                            ),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_decided_within_refused",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("added_amount", 0), ("decided__gt", 0), ("rejected__gt", 0), _connector="OR"
                                ),
                                name="delivery_added_by_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rejected", 0), ("returned", 0)),
                                    models.Q(
                                        (
                                            "accepted__gte",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    models.F("rejected"), "+", models.F("returned")
                                                ),
                                                "-",
                                                models.F("decided"),
                                            ),
                                        ),
                                        ("rejected__gte", 0),
                                        ("returned__gte", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="delivery_rejected_within_kept",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DisputeOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "dispute",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offer",
                                to="orders.dispute",
                                verbose_name="keluhan",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("nothing", "Tidak ada yang harus diganti"),
                                    ("deduction", "Tagihan dipotong"),
                                    ("replacement", "Barang diganti"),
                                    ("refund", "Uang dikembalikan"),
                                    ("acceptance", "Barang dihitung diterima"),
                                    ("refusal", "Barang ditolak dan dikembalikan"),
                                ],
                                max_length=12,
                                verbose_name="hasil",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.orderline",
                                verbose_name="baris pesanan",
                            ),
                        ),
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, null=True, verbose_name="banyaknya"
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(null=True, verbose_name="jumlah")),
                        ("until", models.DateTimeField(null=True, verbose_name="paling lambat")),
                    ],
                    options={
                        "verbose_name": "tawaran dalam jawaban",
                        "verbose_name_plural": "tawaran dalam jawaban",
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="03f41c2c44d257e308519def3d7ffe68705a5063",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4184c",
                                    table="orders_disputeoffer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DraftedAct",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="drafted_acts",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("arrive", "Barang tiba"),
                                    ("miss", "Barang tidak datang"),
                                    ("inspect", "Pemeriksaan"),
                                ],
                                max_length=10,
                                verbose_name="tindakan",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="oleh",
                            ),
                        ),
                        ("client_id", models.CharField(max_length=32, verbose_name="nomor draf")),
                        ("claimed_at", models.DateTimeField(verbose_name="menurut jam ponsel")),
                        ("received_at", models.DateTimeField(verbose_name="sampai di e-Peken")),
                    ],
                    options={
                        "verbose_name": "catatan tanpa jaringan",
                        "verbose_name_plural": "catatan tanpa jaringan",
                        "ordering": ["pk"],
                        "constraints": [models.UniqueConstraint(fields=("by", "client_id"), name="drafted_act_once")],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="orders.delivery"
                            ),
                        ),
                        ("file", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "foto pemeriksaan",
                        "verbose_name_plural": "foto pemeriksaan",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RemedyEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "remedy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.remedy",
                                verbose_name="pemenuhan keputusan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pemenuhan keputusan",
                        "verbose_name_plural": "riwayat pemenuhan keputusan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="a816c3744985d0f25f97c42c1c23550f6f8e5ccb",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f95ed",
                                    table="orders_remedyevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_remedyevent" WHERE "remedy_id" = NEW."remedy_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="3da046f4098ee0d79926d7c1c704e57151dbfa97",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_e1d24",
                                    table="orders_remedyevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_remedy" WHERE id = NEW."remedy_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_remedyevent" WHERE "remedy_id" = NEW."remedy_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Remedy % is "%", its last event led to "%"\', NEW."remedy_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="a15381819d2efa2324d151f1853f8b6efaae3b25",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_4099d",
                                    table="orders_remedyevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="673376e59310a65e6b97f63c9bf69a16d599b847",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_e935d",
                                    table="orders_remedyevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="PhotoPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("latitude", models.DecimalField(decimal_places=6, max_digits=9, verbose_name="garis lintang")),
                        ("longitude", models.DecimalField(decimal_places=6, max_digits=9, verbose_name="garis bujur")),
                        ("accuracy", models.PositiveIntegerField(verbose_name="ketelitian (meter)")),
                        ("claimed_at", models.DateTimeField(verbose_name="menurut jam ponsel")),
                        (
                            "distance",
                            models.PositiveIntegerField(null=True, verbose_name="jarak dari tempat antar (meter)"),
                        ),
                        (
                            "measured_from",
                            models.CharField(
                                blank=True,
                                choices=[("office", "kantor dinas"), ("shop", "toko penjual")],
                                max_length=6,
                                verbose_name="diukur dari",
                            ),
                        ),
                        (
                            "photo",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="place",
                                to="orders.inspectionphoto",
                                verbose_name="foto",
                            ),
                        ),
                        (
                            "consent",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="places",
                                to="orders.placeconsent",
                                verbose_name="persetujuan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lokasi foto",
                        "verbose_name_plural": "lokasi foto",
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("latitude__gte", -90),
                                    ("latitude__lte", 90),
                                    ("longitude__gte", -180),
                                    ("longitude__lte", 180),
                                ),
                                name="photo_place_on_earth",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("distance__isnull", True), ("measured_from", "")),
                                    models.Q(
                                        ("distance__isnull", False), models.Q(("measured_from", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="photo_place_distance_of_something",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2bf2e1e8ebea8a91d8297bdb9dbb8991450dfe24",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_44031",
                                    table="orders_photoplace",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Invoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invoices",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(editable=False, max_length=20, unique=True, verbose_name="nomor tagihan"),
                        ),
                        (
                            "kuitansi_number",
                            models.CharField(editable=False, max_length=20, unique=True, verbose_name="nomor kuitansi"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("issued", "Menunggu pembayaran"),
                                    ("verified", "Berkas lengkap, menunggu persetujuan bayar"),
                                    ("approved", "Disetujui, siap dibayar"),
                                    ("paid", "Dibayar"),
                                    ("void", "Tagihan dibatalkan"),
                                ],
                                default="issued",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("goods_total", epeken.core.money.RupiahField(editable=False, verbose_name="jumlah barang")),
                        (
                            "delivery_cost",
                            epeken.core.money.RupiahField(default=0, editable=False, verbose_name="ongkos antar"),
                        ),
                        (
                            "deduction",
                            epeken.core.money.RupiahField(
                                default=0, editable=False, verbose_name="potongan keputusan keluhan"
                            ),
                        ),
                        ("deducted_at", models.DateTimeField(editable=False, null=True, verbose_name="dipotong")),
                        ("gross", epeken.core.money.RupiahField(editable=False, verbose_name="bruto")),
                        ("withheld", epeken.core.money.RupiahField(editable=False, verbose_name="pajak dipungut")),
                        ("net", epeken.core.money.RupiahField(editable=False, verbose_name="dibayarkan")),
                        (
                            "paid",
                            epeken.core.money.RupiahField(default=0, editable=False, verbose_name="sudah dibayar"),
                        ),
                        (
                            "purchase_value",
                            epeken.core.money.RupiahField(editable=False, verbose_name="nilai pembelian"),
                        ),
                        (
                            "is_split",
                            models.BooleanField(default=False, editable=False, verbose_name="pembelian dipecah"),
                        ),
                        ("issued_at", models.DateTimeField(editable=False, verbose_name="terbit")),
                        ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="jatuh tempo")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("verified_at", models.DateTimeField(editable=False, null=True, verbose_name="diperiksa")),
                        (
                            "verifier",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="bendahara",
                            ),
                        ),
                        (
                            "approved_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="pembayarannya disetujui"),
                        ),
                        (
                            "approver",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="penyetuju pembayaran",
                            ),
                        ),
                        (
                            "return_reason",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="alasan dikembalikan"
                            ),
                        ),
                        ("held_at", models.DateTimeField(editable=False, null=True, verbose_name="ditahan")),
                        (
                            "hold_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("papers", "Berkas belum lengkap"),
                                    ("tax_invoice", "Faktur pajak belum ada"),
                                    ("bank", "Data rekening keliru"),
                                    ("amount", "Jumlahnya keliru"),
                                    ("budget", "Anggaran belum dapat dicairkan"),
                                    ("debt", "Diakui utang, dibayar dari anggaran tahun berikutnya"),
                                    ("other", "Lainnya"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="alasan ditahan",
                            ),
                        ),
                        (
                            "hold_note",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="penjelasan ditahan"
                            ),
                        ),
                        ("paid_at", models.DateTimeField(editable=False, null=True, verbose_name="dibayar")),
                        (
                            "reversed_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="pembayarannya dibatalkan"),
                        ),
                        ("voided_at", models.DateTimeField(editable=False, null=True, verbose_name="dibatalkan")),
                        (
                            "tax_invoice_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="faktur pajaknya berubah"),
                        ),
                        (
                            "tax_deposited_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="setoran pajaknya berubah"),
                        ),
                        (
                            "carried_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="dibebankan ke tahun lain"),
                        ),
                        (
                            "carried_year",
                            models.PositiveSmallIntegerField(
                                editable=False, null=True, verbose_name="dibayar dari tahun anggaran"
                            ),
                        ),
                        (
                            "office_number",
                            models.CharField(
                                blank=True, editable=False, max_length=120, verbose_name="nomor surat dinas"
                            ),
                        ),
                        (
                            "cost_day",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.dueday",
                                verbose_name="ongkos tanggal",
                            ),
                        ),
                        (
                            "correcting",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.payment",
                                verbose_name="catatan bayar yang dibetulkan",
                            ),
                        ),
                        (
                            "sent_amount",
                            epeken.core.money.RupiahField(
                                default=0, editable=False, verbose_name="sudah dikirim, dicatat ulang"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tagihan",
                        "verbose_name_plural": "tagihan",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("issued", "verified", "approved"))),
                                fields=["due_at"],
                                name="invoice_waiting",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["approved", "issued", "paid", "verified", "void"])),
                                name="invoice_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "gross",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("goods_total"), "+", models.F("delivery_cost")
                                            ),
                                            "-",
                                            models.F("deduction"),
                                        ),
                                    )
                                ),
                                name="invoice_gross",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "gross",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("withheld"), "+", models.F("net")
                                        ),
                                    )
                                ),
                                name="invoice_adds_up",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("paid__lte", models.F("net"))), name="invoice_not_overpaid"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "paid"), _negated=True),
                                    ("paid", models.F("net")),
                                    _connector="OR",
                                ),
                                name="invoice_paid_in_full",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approved_at__isnull", True), ("approver__isnull", True)),
                                    models.Q(("approved_at__isnull", False), ("approver__isnull", False)),
                                    _connector="OR",
                                ),
                                name="invoice_approved_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approver__isnull", True),
                                    ("verifier__isnull", True),
                                    models.Q(("approver", models.F("verifier")), _negated=True),
                                    _connector="OR",
                                ),
                                name="invoice_approved_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("held_at__isnull", True), ("hold_reason", "")),
                                    models.Q(models.Q(("hold_reason", ""), _negated=True), ("held_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="invoice_held_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "void"), _negated=True),
                                fields=("delivery",),
                                name="invoice_one_live_per_delivery",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("delivery_cost__gt", 0), models.Q(("state", "void"), _negated=True)
                                ),
                                fields=("order", "cost_day"),
                                name="invoice_delivery_cost_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("correcting__isnull", False), ("sent_amount", 0), _connector="OR"),
                                name="invoice_sent_by_a_payment",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_invoice" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_invoiceevent" WHERE "invoice_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Invoice % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="14867fbb4e181a28c962ba74705503be5d680db3",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_5480e",
                                    table="orders_invoice",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checks",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
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
                        (
                            "checked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diperiksa oleh",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(verbose_name="diperiksa")),
                    ],
                    options={
                        "verbose_name": "butir pemeriksaan tagihan",
                        "verbose_name_plural": "butir pemeriksaan tagihan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "checked_at", "item"), name="invoice_check_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="aea5557da8620a0928389ca6815d5d79a3791860",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1e213",
                                    table="orders_invoicecheck",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat tagihan",
                        "verbose_name_plural": "riwayat tagihan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8bb1098eea503edd9267095242757d2b6fb013d2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_9086c",
                                    table="orders_invoiceevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_invoiceevent" WHERE "invoice_id" = NEW."invoice_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="9a929f0173c7bbe53f75e45be963d9a52342aa04",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_350c7",
                                    table="orders_invoiceevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_invoice" WHERE id = NEW."invoice_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_invoiceevent" WHERE "invoice_id" = NEW."invoice_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Invoice % is "%", its last event led to "%"\', NEW."invoice_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="821b16e27d8984f884df3da8264884c9289c00cf",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_485f3",
                                    table="orders_invoiceevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="4b9eaa3c2586753b9b9049a8671e5c8f4047e2db",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_58e43",
                                    table="orders_invoiceevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceSeller",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("owner_name", models.CharField(max_length=120)),
                        ("address", models.CharField(max_length=400)),
                        ("nib", models.CharField(blank=True, max_length=13)),
                        ("npwp", epeken.core.secret.EncryptedField(blank=True)),
                        (
                            "invoice",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seller_party",
                                to="orders.invoice",
                            ),
                        ),
                        ("is_person", models.BooleanField()),
                        ("is_pkp", models.BooleanField()),
                        ("has_low_turnover_statement", models.BooleanField()),
                        ("has_final_tax_certificate", models.BooleanField()),
                        ("bank_name", models.CharField(blank=True, max_length=60)),
                        ("bank_account", epeken.core.secret.EncryptedField(blank=True)),
                        ("bank_holder", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "verbose_name": "data penjual di tagihan",
                        "verbose_name_plural": "data penjual di tagihan",
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e4ebbeb14c8907bd9024aa0c58b52f41923ae1f5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7f849",
                                    table="orders_invoiceseller",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="LateStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_steps",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="late_steps",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        ("waits_since", models.DateTimeField(verbose_name="menunggu dibayar sejak")),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("treasurer", "Bendahara"),
                                    ("head", "Kepala dinas (PA/KPA)"),
                                    ("office", "Dinas yang membina UMKM"),
                                    ("inspectorate", "Inspektorat"),
                                ],
                                max_length=12,
                                verbose_name="kepada",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="dikirim")),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dikirim oleh",
                            ),
                        ),
                        ("due_on", models.DateField(verbose_name="hari terakhir membayar")),
                        ("days_late", models.PositiveIntegerField(verbose_name="hari kerja terlambat")),
                        ("outstanding", epeken.core.money.RupiahField(verbose_name="belum dibayar")),
                        ("holder", models.CharField(max_length=300, verbose_name="dipegang")),
                    ],
                    options={
                        "verbose_name": "langkah tagihan terlambat",
                        "verbose_name_plural": "langkah tagihan terlambat",
                        "ordering": ["pk"],
                        "permissions": [("follow_late_invoice", "boleh menindaklanjuti tagihan terlambat")],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("delivery", "waits_since", "level"), name="late_step_once"),
                            models.CheckConstraint(
                                condition=models.Q(("outstanding__gt", 0)), name="late_step_of_unpaid"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="7149b41560237f26da7326905db55ae331a7abda",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5fdfa",
                                    table="orders_latestep",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Payment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("up_gu", "Uang persediaan (UP/GU)"),
                                    ("ls", "Langsung (LS), SP2D"),
                                    ("kkpd", "Kartu kredit pemerintah daerah (KKPD)"),
                                    ("transfer", "Transfer bank"),
                                    ("cash", "Tunai saat diterima (COD)"),
                                ],
                                max_length=8,
                                verbose_name="cara bayar",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=60, verbose_name="nomor bukti")),
                        ("paid_on", models.DateField(verbose_name="tanggal bayar")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        (
                            "late_year_basis",
                            models.CharField(blank=True, max_length=120, verbose_name="dasar bayar lewat tahun"),
                        ),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="bukti")),
                        ("proof_type", models.CharField(blank=True, max_length=60, verbose_name="jenis berkas bukti")),
                        (
                            "proof_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="sidik berkas bukti"),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                        ("recorded_name", models.CharField(blank=True, max_length=120, verbose_name="nama pencatat")),
                    ],
                    options={
                        "verbose_name": "pembayaran",
                        "verbose_name_plural": "pembayaran",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="payment_of_something")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="79f9764ac71e9879e9b1fbe5fab4dd1edfa178d5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_dc46b",
                                    table="orders_payment",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="orders.order"
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="orders.delivery",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="orders.invoice",
                            ),
                        ),
                        (
                            "addendum",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="orders.addendum",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
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
                                    ("part_payment", "Bukti pembayaran sebagian"),
                                    ("payment", "Bukti pembayaran"),
                                    ("spj", "Berkas SPJ lengkap"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("code", models.CharField(max_length=24, unique=True)),
                        ("file", models.CharField(blank=True, max_length=200)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("pages", models.PositiveSmallIntegerField(default=0)),
                        ("requested_at", models.DateTimeField()),
                        ("made_at", models.DateTimeField(null=True)),
                        ("replaced_at", models.DateTimeField(null=True)),
                        ("amount", epeken.core.money.RupiahField(null=True, verbose_name="jumlah")),
                        ("stated_sha256", models.CharField(blank=True, max_length=64, verbose_name="sidik isi")),
                        (
                            "voids",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="void_editions",
                                to="orders.document",
                                verbose_name="membatalkan",
                            ),
                        ),
                        (
                            "void_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("closed", "pesanannya batal"),
                                    ("replaced", "tagihannya batal dan diganti tagihan lain"),
                                    ("deducted", "tagihannya dipotong seluruhnya menurut keputusan keluhan"),
                                    ("refused", "barangnya ditolak seluruhnya menurut keputusan keluhan"),
                                    ("reversed", "pembayaran yang tertulis di dokumen ini dibatalkan"),
                                    ("unsent", "penjual keliru mencatat kiriman ini"),
                                    ("dropped", "persetujuan bayar yang tertulis di dokumen ini tidak berlaku lagi"),
                                ],
                                max_length=8,
                                verbose_name="sebab batal",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="orders.payment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dokumen pesanan",
                        "verbose_name_plural": "dokumen pesanan",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("replaced_at__isnull", True)),
                                fields=("order", "delivery", "invoice", "addendum", "payment", "kind"),
                                name="document_one_current_per_kind",
                                nulls_distinct=False,
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="orders.document",
                                verbose_name="dokumen pesanan",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                        ("role", models.CharField(max_length=200, verbose_name="sebagai")),
                        ("name", models.CharField(max_length=120, verbose_name="nama")),
                        ("nip", models.CharField(blank=True, max_length=18, verbose_name="NIP")),
                        ("acted_as", models.CharField(max_length=16, verbose_name="bertindak sebagai")),
                        ("verb", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("event", models.BigIntegerField(verbose_name="nomor riwayat")),
                    ],
                    options={
                        "verbose_name": "tanda tangan dokumen",
                        "verbose_name_plural": "tanda tangan dokumen",
                        "ordering": ["document", "position"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "position"), name="document_signature_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="be4b60f0a3eb3c683c59375528cd9f47c953e2e8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5b9eb",
                                    table="orders_documentsignature",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentReversal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="orders.payment",
                                verbose_name="pembayaran",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Menunggu kepala dinas"),
                                    ("released", "Pembayaran dibatalkan"),
                                    ("refused", "Tidak disetujui, pembayaran tetap tercatat"),
                                    ("withdrawn", "Ditarik, pembayaran tetap tercatat"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("amount", "Salah jumlah"),
                                    ("invoice", "Salah tagihan"),
                                    ("reference", "Salah nomor bukti"),
                                    ("date", "Salah tanggal bayar"),
                                    ("method", "Salah cara bayar"),
                                    ("returned", "Dana kembali ke kas (retur)"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=10,
                                verbose_name="alasan",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="penjelasan")),
                        ("returned_on", models.DateField(null=True, verbose_name="tanggal dana kembali")),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="bukti")),
                        ("proof_type", models.CharField(blank=True, max_length=60, verbose_name="jenis berkas bukti")),
                        (
                            "proof_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="sidik berkas bukti"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diminta oleh",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="diminta")),
                        ("due_at", models.DateTimeField(verbose_name="batas keputusan")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diputus oleh",
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
                        (
                            "sent_amount",
                            epeken.core.money.RupiahField(null=True, verbose_name="jumlah yang sebenarnya keluar"),
                        ),
                    ],
                    options={
                        "verbose_name": "pembatalan pembayaran",
                        "verbose_name_plural": "pembatalan pembayaran",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "asked")), fields=["due_at"], name="reversal_waiting"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "refused", "released", "withdrawn"])),
                                name="reversal_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "released"))),
                                fields=("payment",),
                                name="reversal_one_stands_per_payment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="reversal_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "released"), _negated=True),
                                    models.Q(("decided_by__isnull", False), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="reversal_released_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("reason", "returned"),
                                        ("returned_on__isnull", False),
                                        models.Q(("proof", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("reason", "returned"), _negated=True), ("returned_on__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="reversal_returned_is_proven",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_amount__isnull", True),
                                    models.Q(("reason", "amount"), ("sent_amount__gt", 0)),
                                    _connector="OR",
                                ),
                                name="reversal_sent_amount",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_paymentreversal" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_paymentreversalevent" WHERE "reversal_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.PaymentReversal % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="846f2957785d33befd85e92cfac232fe62642da3",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_0befa",
                                    table="orders_paymentreversal",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaymentReversalEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "reversal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.paymentreversal",
                                verbose_name="pembatalan pembayaran",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pembatalan pembayaran",
                        "verbose_name_plural": "riwayat pembatalan pembayaran",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b741e87ef82adcdd67c50da00a222d4096aff6e8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2cb1c",
                                    table="orders_paymentreversalevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_paymentreversalevent" WHERE "reversal_id" = NEW."reversal_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="58add9434e41cd951e2fd4634cef535cf1262e88",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_57132",
                                    table="orders_paymentreversalevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_paymentreversal" WHERE id = NEW."reversal_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_paymentreversalevent" WHERE "reversal_id" = NEW."reversal_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.PaymentReversal % is "%", its last event led to "%"\', NEW."reversal_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="84ff99a0be7ef76c2b54ecf0837a2eff58df5196",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_31062",
                                    table="orders_paymentreversalevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="631fbeb6d2af44d26a7b5a1ca896a5972c4d57f8",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_27fd8",
                                    table="orders_paymentreversalevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SellerConfirmation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmations",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "delivery",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmation",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "payment",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="confirmation",
                                to="orders.payment",
                                verbose_name="pembayaran",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Menunggu konfirmasi penjual"),
                                    ("confirmed", "Dikonfirmasi penjual"),
                                    ("objected", "Penjual berkeberatan"),
                                    ("silent", "Penjual tidak menanggapi"),
                                    ("void", "Gugur: pembayarannya dibatalkan"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(editable=False, verbose_name="diminta")),
                        ("due_at", models.DateTimeField(editable=False, verbose_name="batas jawaban")),
                        (
                            "trace_due_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="batas bendahara"),
                        ),
                        (
                            "escalations",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="berapa kali diteruskan"
                            ),
                        ),
                        ("climbs_at", models.DateTimeField(editable=False, null=True, verbose_name="diteruskan pada")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        (
                            "said",
                            models.CharField(blank=True, editable=False, max_length=300, verbose_name="yang ditulis"),
                        ),
                        ("changed_at", models.DateTimeField(editable=False, verbose_name="terakhir berubah")),
                        (
                            "document",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.document",
                                verbose_name="dokumen",
                            ),
                        ),
                        (
                            "sha256",
                            models.CharField(
                                blank=True, editable=False, max_length=64, verbose_name="sidik isi dokumen"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "konfirmasi penjual",
                        "verbose_name_plural": "konfirmasi penjual",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["due_at"], name="confirmation_waiting"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["confirmed", "objected", "silent", "void", "waiting"])
                                ),
                                name="confirmation_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("delivery__isnull", True), ("payment__isnull", False)),
                                    models.Q(("delivery__isnull", False), ("payment__isnull", True)),
                                    _connector="OR",
                                ),
                                name="confirmation_of_one_thing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "confirmed"), _negated=True),
                                    models.Q(("document__isnull", False), models.Q(("sha256", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="confirmation_names_its_document",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_sellerconfirmation" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_sellerconfirmationevent" WHERE "confirmation_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.SellerConfirmation % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="aacbcc48a084fc376cf74a68880c85ec827318ad",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_49865",
                                    table="orders_sellerconfirmation",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SellerConfirmationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
                                editable=False,
                                unique=True,
                                verbose_name="urutan",
                            ),
                        ),
                        ("action", models.CharField(max_length=40, verbose_name="tindakan")),
                        ("from_state", models.CharField(blank=True, max_length=30, verbose_name="dari keadaan")),
                        ("to_state", models.CharField(max_length=30, verbose_name="ke keadaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        ("actor_name", models.CharField(blank=True, max_length=120, verbose_name="nama pelaku")),
                        ("actor_nip", models.CharField(blank=True, max_length=18, verbose_name="NIP pelaku")),
                        ("acted_as", models.CharField(blank=True, max_length=16, verbose_name="bertindak sebagai")),
                        (
                            "confirmation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.sellerconfirmation",
                                verbose_name="konfirmasi penjual",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat konfirmasi penjual",
                        "verbose_name_plural": "riwayat konfirmasi penjual",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="c9ba373f37b96c38302cef5f937c0d84ba5ae6e7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e15cb",
                                    table="orders_sellerconfirmationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_sellerconfirmationevent" WHERE "confirmation_id" = NEW."confirmation_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="bc472dc4a071d5b83ee6b30739bbf787fd2a0cdc",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_1edbe",
                                    table="orders_sellerconfirmationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_sellerconfirmation" WHERE id = NEW."confirmation_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_sellerconfirmationevent" WHERE "confirmation_id" = NEW."confirmation_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.SellerConfirmation % is "%", its last event led to "%"\', NEW."confirmation_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="0a2fcbad62345395f33c861429653c804c4e85f5",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_49171",
                                    table="orders_sellerconfirmationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="28984a41666a8e5dbbc924f5baa43ddefc9919f5",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_33611",
                                    table="orders_sellerconfirmationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_lines",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        (
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.taxrate",
                                verbose_name="aturan",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("base", epeken.core.money.RupiahField(verbose_name="dasar pengenaan")),
                        ("rate", models.DecimalField(decimal_places=6, max_digits=8, verbose_name="tarif")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("explanation", models.CharField(max_length=600, verbose_name="penjelasan")),
                        (
                            "exemption",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.taxexemption",
                                verbose_name="pengecualian",
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=1000, verbose_name="dasar hukum")),
                    ],
                    options={
                        "verbose_name": "baris pajak",
                        "verbose_name_plural": "baris pajak",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="0186d253f7dd731ff8dacd12b97df448515fb28f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_773c8",
                                    table="orders_taxline",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="InvoiceTaxPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("certificate", "Surat keterangan PP 55"),
                                    ("statement", "Surat pernyataan omzet"),
                                    ("pkp", "Surat pengukuhan PKP (SPPKP)"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="nomor")),
                        ("issued_on", models.DateField(null=True, verbose_name="tanggal surat")),
                        ("valid_from", models.DateField(null=True, verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(null=True, verbose_name="berlaku sampai")),
                        ("file", models.CharField(blank=True, max_length=200)),
                        ("content_type", models.CharField(blank=True, max_length=60)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_papers",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "surat pajak penjual di tagihan",
                        "verbose_name_plural": "surat pajak penjual di tagihan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("invoice", "kind"), name="invoice_tax_paper_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("file", ""),
                                        ("issued_on__isnull", True),
                                        ("number", ""),
                                        ("valid_from__isnull", True),
                                    ),
                                    models.Q(
                                        models.Q(("number", ""), _negated=True),
                                        models.Q(("file", ""), _negated=True),
                                        ("issued_on__isnull", False),
                                        ("valid_from__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="invoice_tax_paper_whole",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="7a20954f0dbd4a61964ef70f445358627d5ce387",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_81c2d",
                                    table="orders_invoicetaxpaper",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxInvoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "number",
                            models.CharField(db_index=True, max_length=20, verbose_name="nomor seri faktur pajak"),
                        ),
                        ("dated_on", models.DateField(verbose_name="tanggal faktur")),
                        (
                            "attachment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_invoice",
                                to="orders.attachment",
                                verbose_name="lampiran",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_invoices",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        ("ppn", epeken.core.money.RupiahField(null=True, verbose_name="PPN di faktur")),
                    ],
                    options={
                        "verbose_name": "faktur pajak",
                        "verbose_name_plural": "faktur pajak",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9688103de250c0698cf9499e166e8fa7e48aa1bc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_5e966",
                                    table="orders_taxinvoice",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DepositedTax",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("ntpn", models.CharField(max_length=20, verbose_name="NTPN")),
                        ("deposited_on", models.DateField(verbose_name="tanggal setor")),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="dibatalkan")),
                        (
                            "attachment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposited_taxes",
                                to="orders.attachment",
                                verbose_name="lampiran",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposited_taxes",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        (
                            "tax_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="deposits",
                                to="orders.taxline",
                                verbose_name="baris pajak",
                            ),
                        ),
                        (
                            "deposit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="orders.taxdeposit",
                                verbose_name="setoran",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pajak yang disetor",
                        "verbose_name_plural": "pajak yang disetor",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="deposited_tax_of_something"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("tax_line",),
                                name="deposited_tax_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CarriedDebt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), ("to_year__gt", models.F("from_year"))),
                                name="carried_debt_to_later_year",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="eb43fb6c98b0447f1310b85bcf8e6f6fe8efc9b4",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_36278",
                                    table="orders_carrieddebt",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CarriedCharge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "constraints": [
                            models.UniqueConstraint(fields=("debt", "from_line"), name="carried_charge_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="cdee27adafbf54e74c62a8fc43e46ffa35d7d57c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d10cc",
                                    table="orders_carriedcharge",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxSlipLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("pph22", "PPh 22"),
                                    ("pph22_final", "PPh final 0,5% (PP 55/2022)"),
                                    ("pph23", "PPh 23 jasa boga"),
                                    ("ppn", "PPN"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("base", epeken.core.money.RupiahField(verbose_name="dasar pengenaan")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("number", models.CharField(max_length=20, verbose_name="nomor bukti potong")),
                        ("dated_on", models.DateField(verbose_name="tanggal bukti potong")),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                        ("withdrawn_at", models.DateTimeField(null=True, verbose_name="dibatalkan")),
                        (
                            "attachment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slip_lines",
                                to="orders.attachment",
                                verbose_name="lampiran",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slip_lines",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        (
                            "slip",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="orders.taxslip",
                                verbose_name="bukti potong",
                            ),
                        ),
                        (
                            "tax_line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="slip_lines",
                                to="orders.taxline",
                                verbose_name="baris pajak",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pajak di bukti potong",
                        "verbose_name_plural": "pajak di bukti potong",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="tax_slip_line_of_something"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("invoice", "kind"),
                                name="tax_slip_line_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(
                                choices=[("split", "Pembelian yang dipecah"), ("food", "Katering atau makanan toko")],
                                max_length=8,
                                verbose_name="tentang",
                            ),
                        ),
                        ("is_split", models.BooleanField(null=True, verbose_name="dihitung satu pembelian")),
                        ("others", models.CharField(blank=True, max_length=600, verbose_name="pembelian lainnya")),
                        (
                            "food_kind",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("none", "Bukan makanan siap saji"),
                                    ("catering", "Katering (diantar dan disajikan di tempat pemesan)"),
                                    ("shop", "Makanan warung atau stan"),
                                ],
                                max_length=8,
                                verbose_name="jenis makanan",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                        ("decided_name", models.CharField(max_length=120, verbose_name="nama pemutus")),
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
                            "delivery",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_decisions",
                                to="orders.delivery",
                                verbose_name="kiriman",
                            ),
                        ),
                        (
                            "invoice",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_decisions",
                                to="orders.invoice",
                                verbose_name="tagihan",
                            ),
                        ),
                        (
                            "order_line",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_decisions",
                                to="orders.orderline",
                                verbose_name="baris pesanan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "keputusan pajak",
                        "verbose_name_plural": "keputusan pajak",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("food_kind", ""),
                                        ("is_split__isnull", False),
                                        ("order_line__isnull", True),
                                        ("subject", "split"),
                                    ),
                                    models.Q(
                                        ("is_split__isnull", True),
                                        ("order_line__isnull", False),
                                        ("subject", "food"),
                                        models.Q(("food_kind", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="tax_decision_of_one_subject",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="tax_decision_for_a_reason"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="175b279776d0b0fd176badda4e64324dad5370e6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_193d6",
                                    table="orders_taxdecision",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Compensation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(editable=False, max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("agreed", "Menunggu mata anggaran dari kepala dinas"),
                                    ("charged", "Menunggu dibayar bendahara"),
                                    ("paid", "Ganti rugi sudah dibayar"),
                                ],
                                default="agreed",
                                editable=False,
                                max_length=8,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("agreed_at", models.DateTimeField(verbose_name="disetujui")),
                        ("due_at", models.DateTimeField(verbose_name="batas bayar")),
                        ("charged_at", models.DateTimeField(editable=False, null=True, verbose_name="dibebankan")),
                        ("paid_on", models.DateField(editable=False, null=True, verbose_name="tanggal bayar")),
                        ("paid_at", models.DateTimeField(editable=False, null=True, verbose_name="dicatat")),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="disetujui oleh",
                            ),
                        ),
                        (
                            "cancellation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compensation",
                                to="orders.cancellation",
                                verbose_name="pembatalan",
                            ),
                        ),
                        (
                            "charged_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibebankan oleh",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compensations",
                                to="procurement.budgetline",
                                verbose_name="mata anggaran",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="compensations",
                                to="orders.order",
                                verbose_name="pesanan",
                            ),
                        ),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        (
                            "reversed_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="pembayarannya dibatalkan"),
                        ),
                        (
                            "correcting",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="orders.compensationpayment",
                                verbose_name="catatan bayar yang dibetulkan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ganti rugi",
                        "verbose_name_plural": "ganti rugi",
                        "ordering": ["pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["agreed", "charged", "paid"])),
                                name="compensation_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)), name="compensation_of_something"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("line__isnull", True), ("state", "agreed")),
                                    models.Q(
                                        models.Q(("state", "agreed"), _negated=True),
                                        ("charged_by__isnull", False),
                                        ("line__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="compensation_charged_to_a_line",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("paid_at__isnull", False), ("paid_on__isnull", False), ("state", "paid")),
                                    models.Q(
                                        models.Q(("state", "paid"), _negated=True),
                                        ("paid_at__isnull", True),
                                        ("paid_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="compensation_paid_on_a_day",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_compensation" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_compensationevent" WHERE "compensation_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Compensation % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="b2bb5be3586d9c49f275652e430dd4089c5c17aa",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_22a94",
                                    table="orders_compensation",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CompensationEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
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
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        (
                            "compensation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.compensation",
                                verbose_name="ganti rugi",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat ganti rugi",
                        "verbose_name_plural": "riwayat ganti rugi",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="bb0b326dd0a54eebbd72ac6fc56c70601a704f53",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_47f88",
                                    table="orders_compensationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_compensationevent" WHERE "compensation_id" = NEW."compensation_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="b5956abd559aa5643d3426bbb2296cc6d642b16c",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_d3db3",
                                    table="orders_compensationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_compensation" WHERE id = NEW."compensation_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_compensationevent" WHERE "compensation_id" = NEW."compensation_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.Compensation % is "%", its last event led to "%"\', NEW."compensation_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="6f61111003029b58d5026c33621a3aeb618df9d9",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_90774",
                                    table="orders_compensationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="5aff921dc44d74415178c86e172c5e2beee69125",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_4dd45",
                                    table="orders_compensationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CompensationPayment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "method",
                            models.CharField(
                                choices=[
                                    ("up_gu", "Uang persediaan (UP/GU)"),
                                    ("ls", "Langsung (LS), SP2D"),
                                    ("kkpd", "Kartu kredit pemerintah daerah (KKPD)"),
                                    ("transfer", "Transfer bank"),
                                    ("cash", "Tunai saat diterima (COD)"),
                                ],
                                max_length=8,
                                verbose_name="cara bayar",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=60, verbose_name="nomor bukti")),
                        ("paid_on", models.DateField(verbose_name="tanggal bayar")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="bukti")),
                        ("proof_type", models.CharField(blank=True, max_length=60, verbose_name="jenis berkas bukti")),
                        (
                            "proof_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="sidik berkas bukti"),
                        ),
                        ("recorded_at", models.DateTimeField(verbose_name="dicatat")),
                        (
                            "approver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibebankan oleh",
                            ),
                        ),
                        (
                            "compensation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="payments",
                                to="orders.compensation",
                                verbose_name="ganti rugi",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.budgetline",
                                verbose_name="mata anggaran",
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        ("recorded_name", models.CharField(blank=True, max_length=120, verbose_name="nama pencatat")),
                    ],
                    options={
                        "verbose_name": "pembayaran ganti rugi",
                        "verbose_name_plural": "pembayaran ganti rugi",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), models.Q(("proof", ""), _negated=True)),
                                name="compensation_payment_has_proof",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recorded_by", models.F("approver")), _negated=True),
                                name="compensation_payment_by_another",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="50f9de22a5be3dadc7b70f14ba2327db7308cc05",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1ce8f",
                                    table="orders_compensationpayment",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CompensationReversal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "Menunggu kepala dinas"),
                                    ("released", "Pembayaran dibatalkan"),
                                    ("refused", "Tidak disetujui, pembayaran tetap tercatat"),
                                    ("withdrawn", "Ditarik, pembayaran tetap tercatat"),
                                ],
                                default="asked",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("amount", "Salah jumlah"),
                                    ("invoice", "Salah tagihan"),
                                    ("reference", "Salah nomor bukti"),
                                    ("date", "Salah tanggal bayar"),
                                    ("method", "Salah cara bayar"),
                                    ("returned", "Dana kembali ke kas (retur)"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=10,
                                verbose_name="alasan",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="penjelasan")),
                        ("returned_on", models.DateField(null=True, verbose_name="tanggal dana kembali")),
                        ("proof", models.CharField(blank=True, max_length=200, verbose_name="bukti")),
                        ("proof_type", models.CharField(blank=True, max_length=60, verbose_name="jenis berkas bukti")),
                        (
                            "proof_sha256",
                            models.CharField(blank=True, max_length=64, verbose_name="sidik berkas bukti"),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="diminta")),
                        ("due_at", models.DateTimeField(verbose_name="batas keputusan")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300, verbose_name="jawaban")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diminta oleh",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diputus oleh",
                            ),
                        ),
                        (
                            "payment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reversals",
                                to="orders.compensationpayment",
                                verbose_name="pembayaran",
                            ),
                        ),
                        (
                            "sent_amount",
                            epeken.core.money.RupiahField(null=True, verbose_name="jumlah yang sebenarnya keluar"),
                        ),
                    ],
                    options={
                        "verbose_name": "pembatalan bayar ganti rugi",
                        "verbose_name_plural": "pembatalan bayar ganti rugi",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "refused", "released", "withdrawn"])),
                                name="compensation_reversal_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "released"))),
                                fields=("payment",),
                                name="compensation_reversal_one_stands_per_payment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="compensation_reversal_by_two_people",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "released"), _negated=True),
                                    models.Q(("decided_by__isnull", False), ("ended_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="compensation_reversal_released_by_somebody",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("reason", "returned"),
                                        ("returned_on__isnull", False),
                                        models.Q(("proof", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("reason", "returned"), _negated=True), ("returned_on__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="compensation_reversal_returned_is_proven",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_amount__isnull", True),
                                    models.Q(("reason", "amount"), ("sent_amount__gt", 0)),
                                    _connector="OR",
                                ),
                                name="compensation_reversal_sent_amount",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_compensationreversal" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_compensationreversalevent" WHERE "reversal_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.CompensationReversal % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="6f599f4e37847d2768a98cbd9c6b2c04bb6e5fc8",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_a0c75",
                                    table="orders_compensationreversal",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CompensationReversalEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sequence",
                            models.BigIntegerField(
                                db_default=models.Func(
                                    function="epeken_next_event", output_field=models.BigIntegerField()
                                ),
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
                        (
                            "actor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        (
                            "reversal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="orders.compensationreversal",
                                verbose_name="pembatalan bayar ganti rugi",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pembatalan bayar ganti rugi",
                        "verbose_name_plural": "riwayat pembatalan bayar ganti rugi",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="79c29c1001268459e9e22000921973755138331b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c9641",
                                    table="orders_compensationreversalevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "orders_compensationreversalevent" WHERE "reversal_id" = NEW."reversal_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="0866399ea1623b6107712c868d7eaaa52c4dfaee",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_2f603",
                                    table="orders_compensationreversalevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "orders_compensationreversal" WHERE id = NEW."reversal_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "orders_compensationreversalevent" WHERE "reversal_id" = NEW."reversal_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'orders.CompensationReversal % is "%", its last event led to "%"\', NEW."reversal_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="ac6a0b4f47d3b0474ed152c347b400401ccc5250",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_a8edc",
                                    table="orders_compensationreversalevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="is_attested",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    func="\n            IF NOT EXISTS (SELECT 1 FROM orders_attestation WHERE event = NEW.sequence) THEN\n                RAISE EXCEPTION 'Event % of % is not attested', NEW.sequence, TG_TABLE_NAME\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NULL;\n        ",
                                    hash="0afadb250b8c7d1bc4e585a4df5709943504e8a2",
                                    operation="INSERT",
                                    pgid="pgtrigger_is_attested_f42a8",
                                    table="orders_compensationreversalevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ],
        ),
    ]
