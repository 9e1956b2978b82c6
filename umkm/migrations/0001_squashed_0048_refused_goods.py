"""Every table of this app, in the order of their foreign keys."""

import datetime
from decimal import Decimal

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import epeken.core.codes
import epeken.core.create_tables
import epeken.core.money
import epeken.core.phones
import epeken.core.quantity
import epeken.core.secret
import umkm.catalogue.tiers
import umkm.requirements.subjects


class Migration(migrations.Migration):
    replaces = [
        ("umkm", "0001_initial"),
        ("umkm", "0001_squashed_0008_proposals_filled"),
        ("umkm", "0004_acting_offices"),
        ("umkm", "0005_household_named"),
        ("umkm", "0006_prefilled_pages_saved"),
        ("umkm", "0007_everything_proposed"),
        ("umkm", "0008_proposals_filled"),
        ("umkm", "0010_tax_papers"),
        ("umkm", "0011_goods_imports"),
        ("umkm", "0012_papers_that_end"),
        ("umkm", "0013_curation_by_rule"),
        ("umkm", "0015_sanctions"),
        ("umkm", "0016_appeals"),
        ("umkm", "0017_shops_leave"),
        ("umkm", "0018_sanction_numbers"),
        ("umkm", "0019_appeal_reminders"),
        ("umkm", "0020_transfers"),
        ("umkm", "0021_destroyed_documents"),
        ("umkm", "0022_imports_asked"),
        ("umkm", "0023_which_paper_was_opened"),
        ("umkm", "0024_letters_of_sanctions"),
        ("umkm", "0025_cancelled_by_an_officer"),
        ("umkm", "0026_what_data_were_opened_for"),
        ("umkm", "0027_area_checks"),
        ("umkm", "0029_member_invitations"),
        ("umkm", "0030_planned_days"),
        ("umkm", "0031_photos_beside_an_appeal"),
        ("umkm", "0001_squashed_0031_photos_beside_an_appeal"),
        ("umkm", "0032_requirements"),
        ("umkm", "0034_cut_off_hour"),
        ("umkm", "0035_variants"),
        ("umkm", "0036_assisted_registrations"),
        ("umkm", "0037_consents"),
        ("umkm", "0039_separations"),
        ("umkm", "0040_separations_withdrawn"),
        ("umkm", "0041_idle_registrations"),
        ("umkm", "0042_change_of_tax_number"),
        ("umkm", "0044_workers_no_more"),
        ("umkm", "0045_addresses_by_number"),
        ("umkm", "0046_price_tiers"),
        ("umkm", "0047_seller_imports"),
        ("umkm", "0048_refused_goods"),
    ]

    initial = True

    dependencies = [
        ("core", "0007_reference_rows"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        epeken.core.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Category",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="umkm.category",
                                verbose_name="kategori induk",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="nama")),
                        ("slug", models.SlugField(unique=True, verbose_name="alamat halaman")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                        ("for_umkm", models.BooleanField(default=True, verbose_name="untuk UMKM")),
                        ("for_swk", models.BooleanField(default=False, verbose_name="untuk SWK")),
                        ("for_kelontong", models.BooleanField(default=False, verbose_name="untuk toko kelontong")),
                        ("is_food", models.BooleanField(default=False, verbose_name="makanan atau minuman")),
                        ("is_staple", models.BooleanField(default=False, verbose_name="kebutuhan pokok, bebas PPN")),
                        ("is_low_risk", models.BooleanField(default=False, verbose_name="risiko rendah")),
                    ],
                    options={
                        "verbose_name": "kategori",
                        "verbose_name_plural": "kategori",
                        "ordering": ["position", "name"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FoodCourt",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="nama")),
                        ("slug", models.SlugField(unique=True, verbose_name="alamat halaman")),
                        (
                            "kecamatan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="food_courts",
                                to="core.kecamatan",
                                verbose_name="kecamatan",
                            ),
                        ),
                        ("stalls", models.PositiveSmallIntegerField(default=20, verbose_name="jumlah stan")),
                        ("opens_at", models.TimeField(default=datetime.time(8, 0), verbose_name="buka")),
                        ("closes_at", models.TimeField(default=datetime.time(21, 0), verbose_name="tutup")),
                    ],
                    options={
                        "verbose_name": "sentra wisata kuliner",
                        "verbose_name_plural": "sentra wisata kuliner",
                        "ordering": ["name"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Owner",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "pemilik usaha",
                        "verbose_name_plural": "pemilik usaha",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Seller",
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
                                    ("umkm", "UMKM (produsen)"),
                                    ("swk", "Stan SWK"),
                                    ("kelontong", "Toko kelontong"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[("person", "Perorangan"), ("body", "Badan usaha")],
                                default="person",
                                max_length=8,
                                verbose_name="bentuk usaha",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draf"),
                                    ("submitted", "Menunggu pemeriksaan"),
                                    ("sent_back", "Perlu perbaikan"),
                                    ("active", "Aktif"),
                                    ("rejected", "Ditolak"),
                                    ("frozen", "Dibekukan"),
                                    ("left", "Sudah keluar"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=12,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sellers",
                                to="umkm.owner",
                                verbose_name="pemilik",
                            ),
                        ),
                        (
                            "owner_name",
                            models.CharField(blank=True, max_length=120, verbose_name="nama pemilik sesuai KTP"),
                        ),
                        ("nik", epeken.core.secret.EncryptedField(blank=True, verbose_name="NIK")),
                        (
                            "nik_index",
                            models.CharField(
                                blank=True, db_index=True, editable=False, max_length=44, verbose_name="sidik NIK"
                            ),
                        ),
                        (
                            "phone",
                            epeken.core.phones.PhoneField(blank=True, max_length=16, verbose_name="nomor telepon"),
                        ),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel")),
                        (
                            "low_income",
                            models.BooleanField(default=False, verbose_name="keluarga berpenghasilan rendah (MBR)"),
                        ),
                        ("name", models.CharField(blank=True, max_length=80, verbose_name="nama toko")),
                        (
                            "slug",
                            models.SlugField(
                                editable=False, max_length=100, null=True, unique=True, verbose_name="alamat halaman"
                            ),
                        ),
                        ("about", models.TextField(blank=True, max_length=600, verbose_name="cerita toko")),
                        ("address", models.CharField(blank=True, max_length=200, verbose_name="alamat usaha")),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sellers",
                                to="core.kelurahan",
                                verbose_name="kelurahan",
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="garis lintang"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="garis bujur"
                            ),
                        ),
                        (
                            "food_court",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sellers",
                                to="umkm.foodcourt",
                                verbose_name="sentra wisata kuliner",
                            ),
                        ),
                        ("stall_number", models.CharField(blank=True, max_length=10, verbose_name="nomor stan")),
                        ("picture", models.ImageField(blank=True, upload_to="shops/", verbose_name="foto toko")),
                        ("open_days", models.CharField(default="123456", max_length=7, verbose_name="hari buka")),
                        ("opens_at", models.TimeField(default=datetime.time(8, 0), verbose_name="jam buka")),
                        ("closes_at", models.TimeField(default=datetime.time(17, 0), verbose_name="jam tutup")),
                        ("closed_until", models.DateField(blank=True, null=True, verbose_name="libur sampai")),
                        ("offers_pickup", models.BooleanField(default=True, verbose_name="bisa diambil di toko")),
                        ("offers_delivery", models.BooleanField(default=True, verbose_name="bisa diantar penjual")),
                        ("delivery_fee", epeken.core.money.RupiahField(default=0, verbose_name="ongkos antar")),
                        ("nib", models.CharField(blank=True, max_length=13, verbose_name="Nomor NIB")),
                        ("npwp", epeken.core.secret.EncryptedField(blank=True, verbose_name="Nomor NPWP")),
                        ("is_pkp", models.BooleanField(default=False, verbose_name="Pengusaha Kena Pajak (PKP)")),
                        (
                            "has_low_turnover_statement",
                            models.BooleanField(
                                default=False, verbose_name="surat pernyataan omzet di bawah Rp500 juta"
                            ),
                        ),
                        (
                            "has_final_tax_certificate",
                            models.BooleanField(default=False, verbose_name="surat keterangan PP 55"),
                        ),
                        ("bank_name", models.CharField(blank=True, max_length=60, verbose_name="nama bank")),
                        ("bank_account", epeken.core.secret.EncryptedField(blank=True, verbose_name="nomor rekening")),
                        (
                            "bank_index",
                            models.CharField(
                                blank=True, db_index=True, editable=False, max_length=44, verbose_name="sidik rekening"
                            ),
                        ),
                        (
                            "bank_holder",
                            models.CharField(blank=True, max_length=120, verbose_name="nama pemilik rekening"),
                        ),
                        (
                            "consented_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="persetujuan data pribadi"
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="mulai mendaftar")),
                        (
                            "service_saved_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="jam buka dan antar disimpan"),
                        ),
                        (
                            "business_saved_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="usaha dan pajak disimpan"),
                        ),
                        ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="dikirim")),
                        ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="disetujui")),
                        ("rejected_at", models.DateTimeField(editable=False, null=True, verbose_name="ditolak")),
                        ("frozen_at", models.DateTimeField(editable=False, null=True, verbose_name="dibekukan")),
                        ("left_at", models.DateTimeField(editable=False, null=True, verbose_name="keluar")),
                        (
                            "owner_since",
                            models.DateTimeField(editable=False, null=True, verbose_name="beralih pemilik"),
                        ),
                        ("order_until", models.TimeField(blank=True, null=True, verbose_name="jam batas pesan")),
                        (
                            "idle_told_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="diberi tahu akan dimusnahkan"
                            ),
                        ),
                        ("written_at", models.DateTimeField(editable=False, null=True, verbose_name="terakhir diisi")),
                    ],
                    options={
                        "verbose_name": "penjual",
                        "verbose_name_plural": "penjual",
                        "permissions": [
                            ("verify_seller", "boleh memeriksa pendaftaran penjual"),
                            ("freeze_seller", "boleh membekukan dan memulihkan toko"),
                        ],
                        "indexes": [
                            models.Index(fields=["state", "kelurahan"], name="seller_by_place"),
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["name"], name="seller_name_trigram", opclasses=["gin_trgm_ops"]
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind", "swk"), ("food_court__isnull", True), _connector="OR"),
                                name="seller_stall_only_for_swk",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "active"), _negated=True),
                                    models.Q(("owner__isnull", False), ("slug__isnull", False)),
                                    _connector="OR",
                                ),
                                name="seller_active_has_owner_and_slug",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["active", "draft", "frozen", "left", "rejected", "sent_back", "submitted"],
                                    )
                                ),
                                name="seller_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("order_until__isnull", True),
                                    ("order_until__gt", datetime.time(0, 0)),
                                    _connector="OR",
                                ),
                                name="seller_cut_off_not_midnight",
                                violation_error_message="Pukul 00.00 tidak bisa menjadi jam batas pesan.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_seller" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_sellerevent" WHERE "seller_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Seller % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="77cdbf72680d1b06ad15404dd2b24d06c26ce12f",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_49a76",
                                    table="umkm_seller",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VerificationCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checking", "Diperiksa otomatis"),
                                    ("waiting", "Menunggu verifikator"),
                                    ("approved", "Disetujui"),
                                    ("sent_back", "Dikembalikan"),
                                    ("rejected", "Ditolak"),
                                ],
                                default="checking",
                                editable=False,
                                max_length=12,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="dibuka")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        (
                            "officer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="verifikator",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(editable=False, null=True, verbose_name="diperiksa")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        (
                            "reject_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("outside_city", "Usaha tidak berada di kota ini"),
                                    ("not_producer", "Bukan produsen sendiri"),
                                    ("duplicate", "Sudah terdaftar"),
                                    ("false_data", "Data atau dokumen tidak benar"),
                                    ("banned_goods", "Barang yang dilarang"),
                                    ("other", "Lainnya"),
                                ],
                                max_length=20,
                                verbose_name="alasan penolakan",
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="catatan")),
                        (
                            "not_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="tidak diputus oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "berkas verifikasi",
                        "verbose_name_plural": "berkas verifikasi",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["approved", "checking", "rejected", "sent_back", "waiting"])
                                ),
                                name="case_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["checking", "waiting"])),
                                fields=("seller",),
                                name="case_one_open_per_seller",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_verificationcase" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_caseevent" WHERE "case_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.VerificationCase % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="64d170c965b56f3654e295174ad1e9af464d5de1",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_5cc9b",
                                    table="umkm_verificationcase",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        (
                            "result",
                            models.CharField(
                                choices=[("pass", "Sesuai"), ("warn", "Perlu dilihat"), ("fail", "Tidak sesuai")],
                                max_length=5,
                            ),
                        ),
                        ("finding", models.CharField(max_length=40)),
                        ("parameters", models.JSONField(blank=True, default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("acknowledged_at", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="umkm.verificationcase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "temuan otomatis",
                        "verbose_name_plural": "temuan otomatis",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "code", "finding", "parameters"), name="finding_once_per_case"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                                    models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="finding_who_and_when",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseEvent",
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
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.verificationcase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat berkas verifikasi",
                        "verbose_name_plural": "riwayat berkas verifikasi",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="906e8cbca31b353cb67796236342d5f2f312fb7a",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f29b3",
                                    table="umkm_caseevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_caseevent" WHERE "case_id" = NEW."case_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="e9338c0757ab89c2ed031345e4e97dc36a23cc7b",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_a380c",
                                    table="umkm_caseevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_verificationcase" WHERE id = NEW."case_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_caseevent" WHERE "case_id" = NEW."case_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.VerificationCase % is "%", its last event led to "%"\', NEW."case_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="a7edaec61f45fd5fab0a4a235c5b1a2efebc0fd8",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_99282",
                                    table="umkm_caseevent",
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
                    name="CaseRemark",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="remarks",
                                to="umkm.verificationcase",
                            ),
                        ),
                        ("field", models.CharField(max_length=40, verbose_name="bagian")),
                        ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                    ],
                    options={
                        "verbose_name": "catatan pengembalian",
                        "verbose_name_plural": "catatan pengembalian",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "field"), name="remark_once_per_field")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CaseValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="umkm.verificationcase",
                            ),
                        ),
                        ("field", models.CharField(max_length=40)),
                        ("value", epeken.core.secret.EncryptedField(blank=True)),
                    ],
                    options={
                        "verbose_name": "isian putaran sebelumnya",
                        "verbose_name_plural": "isian putaran sebelumnya",
                        "ordering": ["pk"],
                        "constraints": [models.UniqueConstraint(fields=("case", "field"), name="value_once_per_case")],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="identity_changes",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("bank", "Rekening"),
                                    ("contact", "Telepon dan surel toko"),
                                    ("owner", "Nama pemilik dan NIK"),
                                    ("place", "Tempat usaha"),
                                    ("npwp", "NPWP"),
                                    ("nib", "Surat NIB"),
                                    ("pirt", "Sertifikat P-IRT"),
                                    ("halal", "Sertifikat halal"),
                                    ("transfer", "Pemilik toko"),
                                ],
                                editable=False,
                                max_length=8,
                                verbose_name="yang berubah",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("offered", "Menunggu pemilik baru"),
                                    ("checking", "Diperiksa otomatis"),
                                    ("waiting", "Menunggu verifikator"),
                                    ("approved", "Disetujui, belum berlaku"),
                                    ("applied", "Berlaku"),
                                    ("sent_back", "Dikembalikan"),
                                    ("withdrawn", "Ditarik"),
                                    ("held", "Ditahan: disangkal"),
                                    ("cancelled", "Dibatalkan petugas"),
                                ],
                                default="checking",
                                editable=False,
                                max_length=12,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("reason", models.CharField(max_length=300, verbose_name="alasan")),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diusulkan oleh",
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(verbose_name="diusulkan")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="catatan petugas")),
                        ("in_force_at", models.DateTimeField(editable=False, null=True, verbose_name="mulai berlaku")),
                        ("applied_at", models.DateTimeField(editable=False, null=True, verbose_name="berlaku")),
                        (
                            "left_nik_index",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                editable=False,
                                max_length=44,
                                verbose_name="sidik NIK pemilik lama",
                            ),
                        ),
                        (
                            "left_owner",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.owner",
                                verbose_name="pemilik lama",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pemilik baru",
                            ),
                        ),
                        (
                            "successor_address",
                            models.CharField(
                                blank=True,
                                editable=False,
                                max_length=254,
                                verbose_name="surel atau nomor ponsel pemilik baru",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "usulan perubahan identitas toko",
                        "verbose_name_plural": "usulan perubahan identitas toko",
                        "ordering": ["due_at", "pk"],
                        "indexes": [models.Index(fields=["seller", "state"], name="identity_change_by_seller")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    ("in_force_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="identity_change_approved_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "applied"), _negated=True),
                                    ("applied_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="identity_change_applied_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "applied",
                                            "approved",
                                            "cancelled",
                                            "checking",
                                            "held",
                                            "offered",
                                            "sent_back",
                                            "waiting",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="identity_change_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("applied_at__isnull", True),
                                    ("state__in", ["offered", "checking", "waiting", "approved", "held"]),
                                ),
                                fields=("seller", "kind"),
                                name="identity_change_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind", "transfer"), ("successor_address", ""), _connector="XOR"),
                                name="identity_change_successor",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_identitychange" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_identitychangeevent" WHERE "change_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.IdentityChange % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="378a5019e2781dda94330971e3f9688369db407d",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_97c0a",
                                    table="umkm_identitychange",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SellerDocument",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="umkm.seller"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("ktp", "Foto KTP"),
                                    ("shop_front", "Foto depan toko"),
                                    ("production", "Foto tempat produksi"),
                                    ("stall", "Foto stan"),
                                    ("stall_letter", "Surat pengelola SWK"),
                                    ("nib_letter", "Surat NIB"),
                                    ("npwp_card", "Kartu NPWP"),
                                    ("pirt", "Sertifikat P-IRT"),
                                    ("halal", "Sertifikat halal"),
                                    ("bank_book", "Foto buku rekening"),
                                ],
                                max_length=16,
                                verbose_name="jenis",
                            ),
                        ),
                        ("file", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        ("dhash", models.CharField(blank=True, db_index=True, max_length=16)),
                        ("width", models.PositiveIntegerField(default=0)),
                        ("height", models.PositiveIntegerField(default=0)),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="nomor dokumen")),
                        ("expires_on", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                        ("replaced_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "change",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="umkm.identitychange",
                            ),
                        ),
                        ("is_proposed", models.BooleanField(default=False, editable=False)),
                        ("destroyed_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "dokumen penjual",
                        "verbose_name_plural": "dokumen penjual",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("is_proposed", False), ("replaced_at__isnull", True)),
                                fields=("seller", "kind"),
                                name="document_one_current",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DocumentView",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="views", to="umkm.seller"
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="views",
                                to="umkm.sellerdocument",
                            ),
                        ),
                        ("what", models.CharField(max_length=40)),
                        (
                            "viewer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reference", models.CharField(blank=True, max_length=40)),
                        (
                            "purpose",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("case", "memeriksa pendaftaran"),
                                    ("change", "memeriksa usul perubahan data"),
                                    ("tax", "memeriksa surat pajak"),
                                    ("payment", "membayar hak toko ini"),
                                    ("compare", "membandingkan dengan pendaftaran toko lain"),
                                    ("assist", "membantu mengisi pendaftaran"),
                                    ("match", "mencocokkan dengan dokumen aslinya"),
                                    ("owner", "menjawab pertanyaan pemilik"),
                                    ("report", "menindaklanjuti laporan atau keluhan"),
                                    ("control", "diminta pengawas atau penegak hukum"),
                                ],
                                max_length=8,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "catatan pembukaan data",
                        "verbose_name_plural": "catatan pembukaan data",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ee998cd9a08f6d638bb5a8ab38ebf34f27ecd1b3",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4cfc8",
                                    table="umkm_documentview",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityChangeEvent",
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
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.identitychange",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat perubahan identitas",
                        "verbose_name_plural": "riwayat perubahan identitas",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e7c0a7f4d4241acb634cdc2e6c9e65d1d81f0669",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_01614",
                                    table="umkm_identitychangeevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_identitychangeevent" WHERE "change_id" = NEW."change_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="a5e9bec92d968d13a7afc5354b119caa1758d49a",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_66f2a",
                                    table="umkm_identitychangeevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_identitychange" WHERE id = NEW."change_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_identitychangeevent" WHERE "change_id" = NEW."change_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.IdentityChange % is "%", its last event led to "%"\', NEW."change_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="244f7fe76b275e7496b9357b4b660b0b3014cbbb",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_faa49",
                                    table="umkm_identitychangeevent",
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
                    name="IdentityCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        (
                            "result",
                            models.CharField(
                                choices=[("pass", "Sesuai"), ("warn", "Perlu dilihat"), ("fail", "Tidak sesuai")],
                                max_length=5,
                            ),
                        ),
                        ("finding", models.CharField(max_length=40)),
                        ("parameters", models.JSONField(blank=True, default=dict)),
                        ("at", models.DateTimeField()),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("acknowledged_at", models.DateTimeField(null=True)),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="umkm.identitychange",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "temuan atas perubahan identitas",
                        "verbose_name_plural": "temuan atas perubahan identitas",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("change", "code", "finding", "parameters"), name="finding_once_per_change"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("acknowledged_at__isnull", True), ("acknowledged_by__isnull", True)),
                                    models.Q(("acknowledged_at__isnull", False), ("acknowledged_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="change_finding_who_and_when",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="IdentityValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "change",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="umkm.identitychange",
                            ),
                        ),
                        ("field", models.CharField(max_length=40)),
                        ("old", epeken.core.secret.EncryptedField(blank=True)),
                        ("new", epeken.core.secret.EncryptedField(blank=True)),
                    ],
                    options={
                        "verbose_name": "isi perubahan identitas",
                        "verbose_name_plural": "isi perubahan identitas",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("change", "field"), name="identity_value_once")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PriceDecree",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=60, unique=True, verbose_name="nomor keputusan")),
                        ("decree_on", models.DateField(verbose_name="tanggal keputusan")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        (
                            "taken_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diimpor oleh",
                            ),
                        ),
                        ("taken_at", models.DateTimeField(verbose_name="diimpor")),
                    ],
                    options={
                        "verbose_name": "standar harga satuan",
                        "verbose_name_plural": "standar harga satuan",
                        "ordering": ["-valid_from", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="price_decree_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SearchWord",
                    fields=[
                        ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("uses", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "kata pencarian",
                        "verbose_name_plural": "kata pencarian",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(
                                fields=["word"], name="search_word_trigram", opclasses=["gin_trgm_ops"]
                            )
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SellerEvent",
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
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.seller"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat penjual",
                        "verbose_name_plural": "riwayat penjual",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="420ba528c46d6180bd6fd07fdcd628448e4d0b4b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2f536",
                                    table="umkm_sellerevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_sellerevent" WHERE "seller_id" = NEW."seller_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="5a1c6bfb7cb6f7100db518d9508624e6f51aa16e",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_60a10",
                                    table="umkm_sellerevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_seller" WHERE id = NEW."seller_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_sellerevent" WHERE "seller_id" = NEW."seller_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Seller % is "%", its last event led to "%"\', NEW."seller_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="a734306ed6c4eda30e39c20dbd285e96d715dc37",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_d6c70",
                                    table="umkm_sellerevent",
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
                    name="SellerMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="umkm.seller",
                                verbose_name="toko",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="shop_memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="orang",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("owner", "Pemilik"),
                                    ("staff", "Pembantu"),
                                    ("household", "Serumah dengan pemilik"),
                                ],
                                default="owner",
                                max_length=9,
                                verbose_name="hubungan",
                            ),
                        ),
                        ("since", models.DateTimeField(verbose_name="sejak")),
                        ("until", models.DateTimeField(blank=True, null=True, verbose_name="sampai")),
                    ],
                    options={
                        "verbose_name": "keluarga serumah pemilik toko",
                        "verbose_name_plural": "keluarga serumah pemilik toko",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until__isnull", True)),
                                fields=("seller", "user"),
                                name="member_once",
                                violation_error_message="Orang ini sudah mengurus toko ini.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role", "household")),
                                fields=("seller", "user"),
                                name="household_once",
                                violation_error_message="Hubungan ini sudah tercatat.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("role", "household"), _negated=True),
                                    ("until__isnull", False),
                                    _connector="OR",
                                ),
                                name="household_never_acts",
                                violation_error_message="Orang serumah dengan pemilik tidak mengurus toko.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="StandardPrice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "decree",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prices",
                                to="umkm.pricedecree",
                                verbose_name="keputusan",
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="kode barang")),
                        ("name", models.CharField(max_length=200, verbose_name="nama barang")),
                        ("words", models.CharField(max_length=40, verbose_name="satuan di keputusan")),
                        (
                            "unit",
                            models.CharField(
                                blank=True,
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
                                verbose_name="satuan pasar",
                            ),
                        ),
                        (
                            "size",
                            models.DecimalField(
                                decimal_places=4, default=Decimal("1"), max_digits=13, verbose_name="isi"
                            ),
                        ),
                        ("price", epeken.core.money.RupiahField(verbose_name="harga tertinggi")),
                        ("account", models.CharField(blank=True, max_length=40, verbose_name="kode rekening")),
                    ],
                    options={
                        "verbose_name": "harga standar",
                        "verbose_name_plural": "harga standar",
                        "ordering": ["code", "-pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("decree", "code"), name="standard_price_once"),
                            models.CheckConstraint(
                                condition=models.Q(("price__gt", 0), ("size__gt", 0)), name="standard_price_positive"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TurnoverMonth",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="months", to="umkm.owner"
                            ),
                        ),
                        ("month", models.DateField()),
                        ("cap", epeken.core.money.RupiahField(verbose_name="batas")),
                        ("used", epeken.core.money.RupiahField(default=0, verbose_name="terpakai")),
                    ],
                    options={
                        "verbose_name": "omzet bulanan",
                        "verbose_name_plural": "omzet bulanan",
                        "constraints": [
                            models.UniqueConstraint(fields=("owner", "month"), name="turnover_month_once"),
                            models.CheckConstraint(
                                condition=models.Q(("used__lte", models.F("cap"))), name="turnover_within_cap"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="balance_is_posted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE account record; last record;",
                                    func='\n            SELECT * INTO account FROM "umkm_turnovermonth" WHERE id = NEW.id;\n            IF NOT FOUND THEN\n                RETURN NULL;\n            END IF;\n            SELECT * INTO last FROM "umkm_turnoverentry" WHERE "turnover_id" = NEW.id ORDER BY id DESC LIMIT 1;\n            IF account.used <> COALESCE(last.used_after, 0) THEN\n                RAISE EXCEPTION \'A balance of % % was changed without an entry\', TG_TABLE_NAME, NEW.id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ',
                                    hash="633472b7edd1606a83ed81fadbfffe6f291a3c7c",
                                    operation='INSERT OR UPDATE OF "used"',
                                    pgid="pgtrigger_balance_is_posted_d3564",
                                    table="umkm_turnovermonth",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TurnoverEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="nomor atau alasan")),
                        ("key", models.CharField(blank=True, editable=False, max_length=60, verbose_name="kunci")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="oleh",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan")),
                        ("note_code", models.CharField(blank=True, max_length=40, verbose_name="kode catatan")),
                        ("note_parameters", models.JSONField(blank=True, default=dict, verbose_name="isi catatan")),
                        (
                            "turnover",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="umkm.turnovermonth",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turnover_entries",
                                to="umkm.seller",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("reserve", "Dipakai"), ("release", "Dikembalikan")], max_length=8
                            ),
                        ),
                        ("used_delta", epeken.core.money.RupiahField(signed=True)),
                        ("used_after", epeken.core.money.RupiahField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "catatan omzet",
                        "verbose_name_plural": "catatan omzet",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["turnover", "-id"], name="turnover_entry_newest"),
                            models.Index(fields=["reference"], name="turnover_entry_reference"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("turnover", "key"),
                                name="turnover_entry_key_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="bd3073acd6c993751227ec1c5623d4a5bbdbcd25",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b19fb",
                                    table="umkm_turnoverentry",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="entry_follows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before record; account record;",
                                    func='\n            SELECT * INTO account FROM "umkm_turnovermonth" WHERE id = NEW."turnover_id";\n            SELECT * INTO before FROM "umkm_turnoverentry" WHERE "turnover_id" = NEW."turnover_id" ORDER BY id DESC LIMIT 1;\n            \n            NEW.used_after := account.used;\n            IF NEW.used_after IS DISTINCT FROM COALESCE(before.used_after, 0) + NEW.used_delta THEN\n                RAISE EXCEPTION \'Entry of %: used was %, is %, posted %\', TG_TABLE_NAME,\n                    COALESCE(before.used_after, 0), account.used, NEW.used_delta\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="f6460aad362660d4c68f98816f1de52cdde19326",
                                    operation="INSERT",
                                    pgid="pgtrigger_entry_follows_dc8a6",
                                    table="umkm_turnoverentry",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaxPaper",
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
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Menunggu verifikator"),
                                    ("verified", "Diverifikasi"),
                                    ("rejected", "Ditolak"),
                                    ("withdrawn", "Ditarik penjual"),
                                    ("ended", "Dicabut"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("number", models.CharField(max_length=40, verbose_name="nomor")),
                        ("issued_on", models.DateField(verbose_name="tanggal surat")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("ended_on", models.DateField(editable=False, null=True, verbose_name="dicabut sesudah")),
                        ("file", models.CharField(max_length=200, verbose_name="Berkas")),
                        ("content_type", models.CharField(max_length=60, verbose_name="jenis berkas")),
                        ("size", models.PositiveIntegerField(verbose_name="ukuran")),
                        ("sha256", models.CharField(max_length=64, verbose_name="sidik berkas")),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        (
                            "note",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="catatan petugas"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tax_papers",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diunggah oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "surat pajak penjual",
                        "verbose_name_plural": "surat pajak penjual",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["ended", "rejected", "verified", "waiting", "withdrawn"])
                                ),
                                name="tax_paper_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="tax_paper_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                                    _connector="OR",
                                ),
                                name="tax_paper_ended_on_a_day",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["waiting", "verified", "ended"])),
                                fields=("seller", "kind", "number"),
                                name="tax_paper_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_taxpaper" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_taxpaperevent" WHERE "paper_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.TaxPaper % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="397968e1cd35b5eed8f3420540ce684703e00bd6",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_b618f",
                                    table="umkm_taxpaper",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TaxPaperEvent",
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
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.taxpaper"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat surat pajak",
                        "verbose_name_plural": "riwayat surat pajak",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="4528f51b886f54296198aa4674037fbe49a28f24",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2bd46",
                                    table="umkm_taxpaperevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_taxpaperevent" WHERE "paper_id" = NEW."paper_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="1d17c43b5eca744fe46f5479165c0690f9d03c1d",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_e991d",
                                    table="umkm_taxpaperevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_taxpaper" WHERE id = NEW."paper_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_taxpaperevent" WHERE "paper_id" = NEW."paper_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.TaxPaper % is "%", its last event led to "%"\', NEW."paper_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="78ad6e041577ecd9da12cfb0a2985192a253272f",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_ed9d1",
                                    table="umkm_taxpaperevent",
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
                    name="GoodsImport",
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
                                    ("reading", "Dibaca"),
                                    ("refused", "Tidak terbaca"),
                                    ("empty", "Tidak ada yang dijalankan"),
                                    ("checked", "Menunggu persetujuan Anda"),
                                    ("running", "Berjalan"),
                                    ("done", "Selesai"),
                                    ("cancelled", "Dihentikan"),
                                    ("undoing", "Sedang dikembalikan"),
                                    ("undone", "Sudah dikembalikan"),
                                ],
                                default="reading",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("file_name", models.CharField(max_length=120, verbose_name="nama berkas")),
                        (
                            "table",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="isi berkas"),
                        ),
                        ("archive", models.CharField(blank=True, editable=False, max_length=200)),
                        ("sends", models.BooleanField(default=False, verbose_name="kirim ke kurator")),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                        ("read_at", models.DateTimeField(editable=False, null=True, verbose_name="dibaca")),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="dijalankan")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="selesai")),
                        ("undone_at", models.DateTimeField(editable=False, null=True, verbose_name="dibatalkan")),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goods_imports",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diunggah oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "impor barang",
                        "verbose_name_plural": "impor barang",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["reading", "checked", "running", "undoing"])),
                                fields=("seller",),
                                name="goods_import_one_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "cancelled",
                                            "checked",
                                            "done",
                                            "empty",
                                            "reading",
                                            "refused",
                                            "running",
                                            "undoing",
                                            "undone",
                                        ],
                                    )
                                ),
                                name="goods_import_state_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_goodsimport" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_goodsimportevent" WHERE "goods_import_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.GoodsImport % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="b23ad0e76ad590c62633e83114b1bb41f7b964ee",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_864e7",
                                    table="umkm_goodsimport",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="GoodsImportEvent",
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
                            "goods_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.goodsimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat impor barang",
                        "verbose_name_plural": "riwayat impor barang",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f1e2d87ee890537df108273d33bd9b811e8d78a6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_d80ba",
                                    table="umkm_goodsimportevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_goodsimportevent" WHERE "goods_import_id" = NEW."goods_import_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="17178a24b77fc1794975188fa92265c2505c2fe8",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_77762",
                                    table="umkm_goodsimportevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_goodsimport" WHERE id = NEW."goods_import_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_goodsimportevent" WHERE "goods_import_id" = NEW."goods_import_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.GoodsImport % is "%", its last event led to "%"\', NEW."goods_import_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="b564af310371eb27c3e480fe2e3b5cf28d4bfb49",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_75caa",
                                    table="umkm_goodsimportevent",
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
                    name="GoodsImportProblem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("column", models.CharField(blank=True, max_length=20)),
                        ("text", models.CharField(max_length=500)),
                        (
                            "goods_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="problems",
                                to="umkm.goodsimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kesalahan impor barang",
                        "verbose_name_plural": "kesalahan impor barang",
                        "ordering": ["number", "pk"],
                        "indexes": [
                            models.Index(fields=["goods_import", "number"], name="goods_import_problem_by_row")
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Sanction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("sp1", "Surat Peringatan 1"),
                                    ("sp2", "Surat Peringatan 2"),
                                    ("sp3", "Surat Peringatan 3"),
                                    ("freeze", "Pembekuan toko"),
                                ],
                                editable=False,
                                max_length=6,
                                verbose_name="sanksi",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("goods_differ", "Barang tidak sesuai pesanan"),
                                    ("late", "Berulang kali terlambat mengirim"),
                                    ("unanswered", "Berulang kali tidak menjawab pesanan"),
                                    ("price", "Harga tidak wajar"),
                                    ("not_own_goods", "Menjual barang yang bukan buatan sendiri"),
                                    ("outside_deal", "Mengajak bertransaksi di luar pasar ini"),
                                    ("false_data", "Memakai data atau dokumen palsu"),
                                    ("banned_goods", "Menjual barang yang dilarang"),
                                    ("unsafe", "Barang membahayakan kesehatan"),
                                    ("fraud", "Menipu pembeli"),
                                ],
                                editable=False,
                                max_length=16,
                                verbose_name="alasan",
                            ),
                        ),
                        ("note", models.CharField(max_length=300, verbose_name="penjelasan")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_force", "Berlaku"),
                                    ("ended", "Masanya berakhir"),
                                    ("lifted", "Dicabut petugas"),
                                    ("set_aside", "Dibatalkan karena banding"),
                                ],
                                default="in_force",
                                editable=False,
                                max_length=9,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("given_at", models.DateTimeField(verbose_name="dikeluarkan")),
                        ("ends_at", models.DateTimeField(verbose_name="berlaku sampai")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
                        ("shop_name", models.CharField(max_length=80)),
                        ("owner_name", models.CharField(max_length=120)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="petugas",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sanctions",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "number",
                            models.CharField(editable=False, max_length=30, unique=True, verbose_name="nomor surat"),
                        ),
                        (
                            "code",
                            models.CharField(
                                default=epeken.core.codes.new_code,
                                editable=False,
                                max_length=24,
                                unique=True,
                                verbose_name="kode surat",
                            ),
                        ),
                        ("given_as", models.CharField(editable=False, max_length=120, verbose_name="jabatan")),
                    ],
                    options={
                        "verbose_name": "sanksi toko",
                        "verbose_name_plural": "sanksi toko",
                        "ordering": ["-given_at", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["ended", "in_force", "lifted", "set_aside"])),
                                name="sanction_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_force")),
                                fields=("seller", "level"),
                                name="sanction_once_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "in_force")),
                                    models.Q(
                                        models.Q(("state", "in_force"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="sanction_ended_has_moment",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_sanction" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_sanctionevent" WHERE "sanction_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Sanction % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="8f50f83b4e87479adbe1316d94ef4ceaa5187acf",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_a74d2",
                                    table="umkm_sanction",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SanctionEvent",
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
                            "sanction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.sanction"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat sanksi",
                        "verbose_name_plural": "riwayat sanksi",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="afbda8c4f45e777832b61ecc6230c6d636cb64fc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_015aa",
                                    table="umkm_sanctionevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_sanctionevent" WHERE "sanction_id" = NEW."sanction_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="9b82e6dc6d9c3476cc6a7ff6e89bc25e8686600d",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_cf18f",
                                    table="umkm_sanctionevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_sanction" WHERE id = NEW."sanction_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_sanctionevent" WHERE "sanction_id" = NEW."sanction_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Sanction % is "%", its last event led to "%"\', NEW."sanction_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="d1478425926531039c3a5642a9bf292bbc51daf9",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_4f70e",
                                    table="umkm_sanctionevent",
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
                    name="Appeal",
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
                        ("words", models.TextField(max_length=1000, verbose_name="alasan banding")),
                        ("filed_at", models.DateTimeField(verbose_name="diajukan")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="alasan keputusan")),
                        (
                            "case",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="umkm.verificationcase",
                                verbose_name="berkas verifikasi",
                            ),
                        ),
                        (
                            "decided_first_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="keputusan pertama oleh",
                            ),
                        ),
                        (
                            "filed_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diajukan oleh",
                            ),
                        ),
                        (
                            "sanction",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeal",
                                to="umkm.sanction",
                                verbose_name="sanksi toko",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appeals",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                    ],
                    options={
                        "verbose_name": "banding penjual",
                        "verbose_name_plural": "banding penjual",
                        "ordering": ["due_at", "pk"],
                        "permissions": [("decide_appeal", "boleh memutus banding sebagai kepala dinas")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("case__isnull", False), ("sanction__isnull", True)),
                                    models.Q(("case__isnull", True), ("sanction__isnull", False)),
                                    _connector="OR",
                                ),
                                name="appeal_against_one_decision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("state__in", ["with_officer", "with_head"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["with_officer", "with_head"]), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="appeal_decided_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["granted", "refused", "with_head", "with_officer", "withdrawn"])
                                ),
                                name="appeal_state_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_appeal" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_appealevent" WHERE "appeal_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Appeal % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="45863caf05615ae241d1c391f0d4a6216a2afe0d",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_1166c",
                                    table="umkm_appeal",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AppealEvent",
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
                            "appeal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.appeal"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat banding",
                        "verbose_name_plural": "riwayat banding",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="08021c2225477d5a99bdb812648de090d751c4a6",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_bd3fb",
                                    table="umkm_appealevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_appealevent" WHERE "appeal_id" = NEW."appeal_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="e57655be804e78e185e9eeeb044ec17c648d9a1b",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_2f032",
                                    table="umkm_appealevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_appeal" WHERE id = NEW."appeal_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_appealevent" WHERE "appeal_id" = NEW."appeal_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Appeal % is "%", its last event led to "%"\', NEW."appeal_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="9c35bbffd88edf762cd9e7ea3f1815f4ef47f30d",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_3d48e",
                                    table="umkm_appealevent",
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
                    name="SanctionFact",
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
                            models.UniqueConstraint(
                                fields=("sanction", "kind", "number", "at"), name="sanction_fact_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e08ff9974a526c496656d6c7af0ffce760236524",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_76e96",
                                    table="umkm_sanctionfact",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AreaCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("kelurahan", "Kelurahan"), ("kecamatan", "Kecamatan")],
                                max_length=9,
                                verbose_name="tingkat",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "Menunggu petugas wilayah"),
                                    ("agreed", "Sesuai"),
                                    ("objected", "Ada keberatan"),
                                    ("sent_back", "Dikembalikan ke pendaftar"),
                                    ("kept", "Sesuai menurut pemeriksaan sebelumnya"),
                                    ("passed", "Tidak diperiksa sampai tenggat, diteruskan"),
                                    ("skipped", "Tidak ada petugas lagi, diteruskan"),
                                    ("ended", "Berhenti: pendaftaran sudah diputus"),
                                ],
                                default="running",
                                editable=False,
                                max_length=9,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("asks_visit", models.BooleanField(verbose_name="kunjungan wajib")),
                        ("opened_at", models.DateTimeField(verbose_name="diminta")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diperiksa")),
                        ("note", models.CharField(blank=True, max_length=1000, verbose_name="catatan")),
                        ("visited_on", models.DateField(null=True, verbose_name="hari kunjungan")),
                        (
                            "latitude",
                            models.DecimalField(
                                decimal_places=6, max_digits=9, null=True, verbose_name="garis lintang"
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(decimal_places=6, max_digits=9, null=True, verbose_name="garis bujur"),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="area_checks",
                                to="umkm.verificationcase",
                            ),
                        ),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.kelurahan"
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pemeriksaan wilayah",
                        "verbose_name_plural": "pemeriksaan wilayah",
                        "ordering": ["due_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "agreed",
                                            "ended",
                                            "kept",
                                            "objected",
                                            "passed",
                                            "running",
                                            "sent_back",
                                            "skipped",
                                        ],
                                    )
                                ),
                                name="area_check_state_known",
                            ),
                            models.UniqueConstraint(fields=("case", "level"), name="area_check_once_a_round"),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "running")),
                                fields=("case",),
                                name="area_check_one_running",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_areacheck" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_areacheckevent" WHERE "area_check_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.AreaCheck % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="b43bcd358e3795a142a09516f53c52dec7edc607",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_45ba6",
                                    table="umkm_areacheck",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AreaCheckEvent",
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
                            "area_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.areacheck"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pemeriksaan wilayah",
                        "verbose_name_plural": "riwayat pemeriksaan wilayah",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="15e015d26a4accdf34f85b64e1af6f1492c0ffcc",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_400e0",
                                    table="umkm_areacheckevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_areacheckevent" WHERE "area_check_id" = NEW."area_check_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="87811d18aad9a4ecf23a6b3321a0cf607351ab4d",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_74b12",
                                    table="umkm_areacheckevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_areacheck" WHERE id = NEW."area_check_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_areacheckevent" WHERE "area_check_id" = NEW."area_check_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.AreaCheck % is "%", its last event led to "%"\', NEW."area_check_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="8bfc86f45dcc5b307332cdd2d57287d739df21c0",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_54471",
                                    table="umkm_areacheckevent",
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
                    name="AreaPosting",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=200, verbose_name="surat tugas")),
                        (
                            "kecamatan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kecamatan",
                                verbose_name="kecamatan",
                            ),
                        ),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="kelurahan",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="area_postings",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="petugas",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "penempatan petugas wilayah",
                        "verbose_name_plural": "penempatan petugas wilayah",
                        "ordering": ["-valid_from", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kecamatan__isnull", False), ("kelurahan__isnull", True)),
                                    models.Q(("kecamatan__isnull", True), ("kelurahan__isnull", False)),
                                    _connector="OR",
                                ),
                                name="area_posting_one_place",
                                violation_error_message="Isi kelurahan untuk petugas kelurahan, atau kecamatan saja.",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "kelurahan", "kecamatan", "valid_from"),
                                name="area_posting_once",
                                nulls_distinct=False,
                                violation_error_message="Penempatan ini sudah ada.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="area_posting_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AreaStage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller_kind",
                            models.CharField(
                                choices=[
                                    ("umkm", "UMKM (produsen)"),
                                    ("swk", "Stan SWK"),
                                    ("kelontong", "Toko kelontong"),
                                ],
                                max_length=12,
                                verbose_name="jenis penjual",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[("kelurahan", "Kelurahan"), ("kecamatan", "Kecamatan")],
                                max_length=9,
                                verbose_name="tingkat",
                            ),
                        ),
                        ("working_days", models.PositiveSmallIntegerField(verbose_name="batas (hari kerja)")),
                        ("asks_visit", models.BooleanField(default=False, verbose_name="kunjungan wajib")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=200, verbose_name="sumber")),
                    ],
                    options={
                        "verbose_name": "tahap wilayah",
                        "verbose_name_plural": "tahap wilayah",
                        "ordering": ["seller_kind", "level"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seller_kind", "level", "valid_from"), name="area_stage_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("working_days__gte", 1)),
                                name="area_stage_has_a_day",
                                violation_error_message="Batasnya paling sedikit satu hari kerja.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="area_stage_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.CharField(max_length=200)),
                        ("content_type", models.CharField(max_length=60)),
                        ("size", models.PositiveIntegerField()),
                        ("sha256", models.CharField(max_length=64)),
                        ("width", models.PositiveIntegerField(default=0)),
                        ("height", models.PositiveIntegerField(default=0)),
                        ("uploaded_at", models.DateTimeField()),
                        ("destroyed_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "area_check",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="photos", to="umkm.areacheck"
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "foto kunjungan",
                        "verbose_name_plural": "foto kunjungan",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="MemberInvitation",
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
                                    ("open", "Menunggu jawaban"),
                                    ("accepted", "Sudah membantu"),
                                    ("declined", "Tidak mau membantu"),
                                    ("withdrawn", "Ditarik"),
                                ],
                                default="open",
                                editable=False,
                                max_length=9,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("invited_at", models.DateTimeField(verbose_name="diundang")),
                        ("until", models.DateTimeField(verbose_name="berlaku sampai")),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="umkm.seller",
                            ),
                        ),
                        ("address", models.CharField(max_length=254, verbose_name="surel atau nomor ponsel")),
                    ],
                    options={
                        "verbose_name": "undangan membantu toko",
                        "verbose_name_plural": "undangan membantu toko",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["accepted", "declined", "open", "withdrawn"])),
                                name="invitation_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("seller", "address"),
                                name="invitation_once_open",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_memberinvitation" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_memberinvitationevent" WHERE "invitation_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.MemberInvitation % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="12e6391ef864582aefeecf4c85ad798b1b74abc5",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_4fbc6",
                                    table="umkm_memberinvitation",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="MemberInvitationEvent",
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
                            "invitation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.memberinvitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat undangan membantu toko",
                        "verbose_name_plural": "riwayat undangan membantu toko",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="226e86ecf7bc51476bafe2e4c5518d57e7e17bf8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_01b20",
                                    table="umkm_memberinvitationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_memberinvitationevent" WHERE "invitation_id" = NEW."invitation_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="cd512812c1af1a5053f89548c0ad848775950900",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_d6061",
                                    table="umkm_memberinvitationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_memberinvitation" WHERE id = NEW."invitation_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_memberinvitationevent" WHERE "invitation_id" = NEW."invitation_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.MemberInvitation % is "%", its last event led to "%"\', NEW."invitation_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="27edb77ac3b9f1ab35e96cea2590328d99a76f96",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_6edb6",
                                    table="umkm_memberinvitationevent",
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
                    name="AppealPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
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
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Requirement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller_kind",
                            models.CharField(
                                choices=[
                                    ("umkm", "UMKM (produsen)"),
                                    ("swk", "Stan SWK"),
                                    ("kelontong", "Toko kelontong"),
                                ],
                                max_length=12,
                                verbose_name="jenis penjual",
                            ),
                        ),
                        ("required", models.BooleanField(default=True, verbose_name="wajib")),
                        ("purpose", models.CharField(max_length=200, verbose_name="untuk apa")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=200, verbose_name="sumber")),
                        (
                            "subject",
                            models.CharField(
                                choices=umkm.requirements.subjects.subject_choices, max_length=24, verbose_name="syarat"
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                help_text="Hanya untuk dokumen: diminta dari toko yang menjual barang kategori ini.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori barang",
                            ),
                        ),
                        (
                            "existing_from",
                            models.DateField(
                                blank=True,
                                help_text="Kosong: hanya untuk yang mendaftar sejak syarat ini berlaku.",
                                null=True,
                                verbose_name="toko yang sudah buka: wajib sejak",
                            ),
                        ),
                        (
                            "waivable",
                            models.BooleanField(
                                default=False,
                                help_text="Syarat tentang siapa orangnya tidak pernah dikecualikan.",
                                verbose_name="dapat dikecualikan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "syarat penjual",
                        "verbose_name_plural": "syarat penjual",
                        "ordering": ["seller_kind", "position"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="requirement_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                            models.UniqueConstraint(
                                fields=("seller_kind", "subject", "category", "valid_from"),
                                name="requirement_once",
                                nulls_distinct=False,
                                violation_error_message="Syarat ini sudah ada sejak hari itu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("existing_from__isnull", True),
                                    models.Q(("existing_from__gte", models.F("valid_from")), ("required", True)),
                                    _connector="OR",
                                ),
                                name="requirement_existing_dates",
                                violation_error_message="Toko yang sudah buka: hanya syarat wajib, dan tidak sebelum hari mulai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("waivable", False),
                                    models.Q(
                                        (
                                            "subject__in",
                                            (
                                                "ktp",
                                                "nik_structure",
                                                "nik_place",
                                                "duplicate_nik",
                                                "duplicate_bank",
                                                "bank_holder",
                                                "sanctions",
                                            ),
                                        ),
                                        _negated=True,
                                    ),
                                    _connector="OR",
                                ),
                                name="requirement_identity_stays",
                                violation_error_message="Syarat tentang siapa orangnya tidak dapat dikecualikan.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("category__isnull", True),
                                    (
                                        "subject__in",
                                        [
                                            "ktp",
                                            "shop_front",
                                            "production",
                                            "stall",
                                            "stall_letter",
                                            "nib_letter",
                                            "npwp_card",
                                            "pirt",
                                            "halal",
                                            "bank_book",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="requirement_category_of_document",
                                violation_error_message="Kategori barang hanya untuk syarat berupa dokumen.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementFinding",
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
                                choices=[
                                    ("place_seen", "Tempat usaha dilihat petugas"),
                                    ("stall_confirmed", "Nomor stan dicocokkan dengan pengelola SWK"),
                                    ("production_seen", "Barang dibuat sendiri, dilihat petugas"),
                                ],
                                max_length=24,
                                verbose_name="syarat",
                            ),
                        ),
                        ("note", models.CharField(max_length=300, verbose_name="bagaimana ditemukan")),
                        ("found_at", models.DateTimeField(verbose_name="ditemukan")),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requirement_findings",
                                to="umkm.verificationcase",
                            ),
                        ),
                        (
                            "found_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="petugas",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "temuan petugas",
                        "verbose_name_plural": "temuan petugas",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("case", "subject"), name="requirement_finding_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3e3057fc7517a9b3b77aee24d165ef87e8e7c803",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7cfb7",
                                    table="umkm_requirementfinding",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementWaiver",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller_kind",
                            models.CharField(
                                choices=[
                                    ("umkm", "UMKM (produsen)"),
                                    ("swk", "Stan SWK"),
                                    ("kelontong", "Toko kelontong"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="jenis penjual",
                            ),
                        ),
                        (
                            "subject",
                            models.CharField(
                                choices=umkm.requirements.subjects.subject_choices,
                                editable=False,
                                max_length=24,
                                verbose_name="syarat",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_force", "Berlaku"),
                                    ("ended", "Masanya berakhir"),
                                    ("withdrawn", "Dicabut petugas"),
                                    ("replaced", "Diganti yang baru"),
                                ],
                                default="in_force",
                                editable=False,
                                max_length=9,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("reason", models.CharField(editable=False, max_length=300, verbose_name="alasan")),
                        ("given_at", models.DateTimeField(editable=False, verbose_name="diberikan")),
                        ("valid_from", models.DateField(editable=False, verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(editable=False, verbose_name="berlaku sampai")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="berakhir")),
                        (
                            "category",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori barang",
                            ),
                        ),
                        (
                            "given_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="petugas",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="waivers",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengecualian syarat",
                        "verbose_name_plural": "pengecualian syarat",
                        "ordering": ["-given_at", "-pk"],
                        "permissions": [("waive_requirement", "boleh mengecualikan toko dari satu syarat")],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["ended", "in_force", "replaced", "withdrawn"])),
                                name="requirement_waiver_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "in_force")),
                                fields=("seller", "subject", "category"),
                                name="requirement_waiver_one_in_force",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gte", models.F("valid_from"))),
                                name="requirement_waiver_dates",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "subject__in",
                                        (
                                            "ktp",
                                            "nik_structure",
                                            "nik_place",
                                            "duplicate_nik",
                                            "duplicate_bank",
                                            "bank_holder",
                                            "sanctions",
                                        ),
                                    ),
                                    _negated=True,
                                ),
                                name="requirement_waiver_never_of_identity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("state", "in_force")),
                                    models.Q(
                                        models.Q(("state", "in_force"), _negated=True), ("ended_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="requirement_waiver_ended_has_moment",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_requirementwaiver" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_requirementwaiverevent" WHERE "waiver_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.RequirementWaiver % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="95fca0cfea237f36dddc2e596e382615a1d7e74e",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_f9bb1",
                                    table="umkm_requirementwaiver",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequirementWaiverEvent",
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
                            "waiver",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.requirementwaiver",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pengecualian syarat",
                        "verbose_name_plural": "riwayat pengecualian syarat",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d239f107af6559f2e3f3274f7f369e646dc351ff",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_32ccd",
                                    table="umkm_requirementwaiverevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_requirementwaiverevent" WHERE "waiver_id" = NEW."waiver_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="fd8e91426fc047e0cfb38b565c6996069799ac84",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_f9b02",
                                    table="umkm_requirementwaiverevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_requirementwaiver" WHERE id = NEW."waiver_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_requirementwaiverevent" WHERE "waiver_id" = NEW."waiver_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.RequirementWaiver % is "%", its last event led to "%"\', NEW."waiver_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="80f064c74ab28ed25bcaa4940ba4951f64b2ad5b",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_e504b",
                                    table="umkm_requirementwaiverevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProductGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "option_1",
                            models.CharField(
                                choices=[
                                    ("size", "Ukuran"),
                                    ("flavour", "Rasa"),
                                    ("colour", "Warna"),
                                    ("content", "Isi kemasan"),
                                    ("weight", "Berat"),
                                    ("material", "Bahan"),
                                    ("motif", "Motif"),
                                    ("type", "Tipe"),
                                ],
                                max_length=8,
                                verbose_name="pilihan pertama",
                            ),
                        ),
                        (
                            "option_2",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("size", "Ukuran"),
                                    ("flavour", "Rasa"),
                                    ("colour", "Warna"),
                                    ("content", "Isi kemasan"),
                                    ("weight", "Berat"),
                                    ("material", "Bahan"),
                                    ("motif", "Motif"),
                                    ("type", "Tipe"),
                                ],
                                max_length=8,
                                verbose_name="pilihan kedua",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="dibuat")),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="product_groups",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kelompok varian",
                        "verbose_name_plural": "kelompok varian",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("option_1", models.F("option_2")), _negated=True),
                                name="product_group_two_options",
                                violation_error_message="Pilih dua pembeda yang berlainan.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Product",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="products",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="products",
                                to="umkm.category",
                                verbose_name="kategori",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draf"),
                                    ("submitted", "Menunggu kurasi"),
                                    ("published", "Tayang"),
                                    ("sent_back", "Perlu perbaikan"),
                                    ("rejected", "Ditolak"),
                                    ("hidden", "Disembunyikan"),
                                    ("lapsed", "Tidak tampil: dokumen berakhir"),
                                    ("withdrawn", "Ditarik"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=12,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama barang")),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="keterangan")),
                        ("price", epeken.core.money.RupiahField(verbose_name="harga")),
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
                                default="pcs",
                                max_length=8,
                                verbose_name="satuan",
                            ),
                        ),
                        (
                            "step",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, default=Decimal("1"), max_digits=12, verbose_name="kelipatan"
                            ),
                        ),
                        (
                            "minimum",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=Decimal("1"),
                                max_digits=12,
                                verbose_name="pesanan paling sedikit",
                            ),
                        ),
                        (
                            "stock_mode",
                            models.CharField(
                                choices=[("stock", "Stok barang jadi"), ("daily", "Kapasitas per hari")],
                                default="stock",
                                max_length=5,
                                verbose_name="cara menghitung sisa",
                            ),
                        ),
                        (
                            "on_hand",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=12,
                                verbose_name="stok bebas",
                            ),
                        ),
                        (
                            "held",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=12,
                                verbose_name="ditahan pesanan",
                            ),
                        ),
                        (
                            "daily_capacity",
                            epeken.core.quantity.QuantityField(
                                blank=True,
                                decimal_places=3,
                                max_digits=12,
                                null=True,
                                verbose_name="kapasitas per hari",
                            ),
                        ),
                        ("lead_days", models.PositiveSmallIntegerField(default=0, verbose_name="waktu siap (hari)")),
                        (
                            "food_kind",
                            models.CharField(
                                choices=[
                                    ("none", "Bukan makanan siap saji"),
                                    ("catering", "Katering (diantar dan disajikan di tempat pemesan)"),
                                    ("shop", "Makanan warung atau stan"),
                                ],
                                default="none",
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
                                default="other",
                                max_length=8,
                                verbose_name="daya tahan",
                            ),
                        ),
                        ("is_halal", models.BooleanField(default=False, verbose_name="halal")),
                        (
                            "halal_number",
                            models.CharField(blank=True, max_length=24, verbose_name="nomor sertifikat halal"),
                        ),
                        ("pirt_number", models.CharField(blank=True, max_length=20, verbose_name="nomor P-IRT")),
                        ("picture", models.CharField(blank=True, editable=False, max_length=200, verbose_name="foto")),
                        ("created_at", models.DateTimeField(verbose_name="dibuat")),
                        ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="dikirim")),
                        ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="tayang")),
                        (
                            "review_due_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="tenggat kurasi"),
                        ),
                        (
                            "review_note",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="catatan kurator"
                            ),
                        ),
                        (
                            "search",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector(
                                        "name", config="indonesian", weight="A"
                                    ),
                                    "||",
                                    django.contrib.postgres.search.SearchVector(
                                        "description", config="indonesian", weight="C"
                                    ),
                                    django.contrib.postgres.search.SearchConfig("indonesian"),
                                ),
                                output_field=django.contrib.postgres.search.SearchVectorField(),
                            ),
                        ),
                        ("order_until", models.TimeField(blank=True, null=True, verbose_name="jam batas pesan")),
                        ("option_1", models.CharField(blank=True, max_length=30, verbose_name="pilihan pertama")),
                        ("option_2", models.CharField(blank=True, max_length=30, verbose_name="pilihan kedua")),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="variants",
                                to="umkm.productgroup",
                                verbose_name="kelompok varian",
                            ),
                        ),
                        ("tiers", umkm.catalogue.tiers.TiersField(verbose_name="harga grosir")),
                        (
                            "refused",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3,
                                default=Decimal("0"),
                                editable=False,
                                max_digits=12,
                                verbose_name="tidak diterima pembeli",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "barang",
                        "verbose_name_plural": "barang",
                        "permissions": [("curate_product", "boleh mengurasi barang")],
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="product_search"),
                            models.Index(
                                models.OrderBy(models.F("published_at"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                condition=models.Q(("state", "published")),
                                name="product_newest",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["category", "-published_at", "-id"],
                                name="product_by_category",
                            ),
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["price", "id"],
                                name="product_by_price",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("step__gt", 0), ("minimum__gt", 0)), name="product_step_positive"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stock_mode", "stock"), ("daily_capacity__gt", 0), _connector="OR"),
                                name="product_daily_has_capacity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "draft",
                                            "hidden",
                                            "lapsed",
                                            "published",
                                            "rejected",
                                            "sent_back",
                                            "submitted",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="product_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("order_until__isnull", True),
                                    ("order_until__gt", datetime.time(0, 0)),
                                    _connector="OR",
                                ),
                                name="product_cut_off_not_midnight",
                                violation_error_message="Pukul 00.00 tidak bisa menjadi jam batas pesan.",
                            ),
                            models.UniqueConstraint(
                                models.F("group"),
                                django.db.models.functions.text.Lower("option_1"),
                                django.db.models.functions.text.Lower("option_2"),
                                condition=models.Q(
                                    ("group__isnull", False),
                                    models.Q(("option_1", ""), _negated=True),
                                    models.Q(("state__in", ["rejected", "withdrawn"]), _negated=True),
                                ),
                                name="product_variant_once",
                                violation_error_message="Varian dengan isi ini sudah ada. Tulis yang lain.",
                            ),
                            models.CheckConstraint(
                                condition=models.Func(
                                    output_field=models.BooleanField(),
                                    template="array_length(tiers, 1) IS NULL OR (array_length(tiers, 1) <= 3 AND array_length(tiers, 2) = 2 AND tiers[1][1] > minimum AND tiers[1][2] < price AND COALESCE(tiers[2][1] > tiers[1][1] AND tiers[2][2] < tiers[1][2], true) AND COALESCE(tiers[3][1] > tiers[2][1] AND tiers[3][2] < tiers[2][2], true) AND tiers[array_length(tiers, 1)][2] >= 1)",
                                ),
                                name="product_tiers_fall",
                                violation_error_message="Setiap harga grosir harus lebih rendah dari yang sebelumnya.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("on_hand__gte", 0), ("held__gte", 0), ("refused__gte", 0)),
                                name="product_stock_not_negative",
                                violation_error_message="Stok tidak cukup.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_product" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_productevent" WHERE "product_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Product % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="d4d427d46c791046843a846341178625725756af",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_7a9bb",
                                    table="umkm_product",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="balance_is_posted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE account record; last record;",
                                    func='\n            SELECT * INTO account FROM "umkm_product" WHERE id = NEW.id;\n            IF NOT FOUND THEN\n                RETURN NULL;\n            END IF;\n            SELECT * INTO last FROM "umkm_stockentry" WHERE "product_id" = NEW.id ORDER BY id DESC LIMIT 1;\n            IF account.on_hand <> COALESCE(last.on_hand_after, 0) OR account.held <> COALESCE(last.held_after, 0) OR account.refused <> COALESCE(last.refused_after, 0) THEN\n                RAISE EXCEPTION \'A balance of % % was changed without an entry\', TG_TABLE_NAME, NEW.id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ',
                                    hash="756b66bcbe41cddf95bbcb38b234f8a64079fff4",
                                    operation='INSERT OR UPDATE OF "on_hand", "held", "refused"',
                                    pgid="pgtrigger_balance_is_posted_c7512",
                                    table="umkm_product",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CapacityDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="capacity_days",
                                to="umkm.product",
                            ),
                        ),
                        ("day", models.DateField()),
                        ("capacity", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                        (
                            "used",
                            epeken.core.quantity.QuantityField(decimal_places=3, default=Decimal("0"), max_digits=12),
                        ),
                        ("planned", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12, null=True)),
                    ],
                    options={
                        "verbose_name": "kapasitas harian",
                        "verbose_name_plural": "kapasitas harian",
                        "constraints": [
                            models.UniqueConstraint(fields=("product", "day"), name="capacity_day_once"),
                            models.CheckConstraint(
                                condition=models.Q(("used__gte", 0), ("used__lte", models.F("capacity"))),
                                name="capacity_not_exceeded",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="balance_is_posted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE account record; last record;",
                                    func='\n            SELECT * INTO account FROM "umkm_capacityday" WHERE id = NEW.id;\n            IF NOT FOUND THEN\n                RETURN NULL;\n            END IF;\n            SELECT * INTO last FROM "umkm_capacityentry" WHERE "capacity_day_id" = NEW.id ORDER BY id DESC LIMIT 1;\n            IF account.used <> COALESCE(last.used_after, 0) THEN\n                RAISE EXCEPTION \'A balance of % % was changed without an entry\', TG_TABLE_NAME, NEW.id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ',
                                    hash="5dd12d8e4411d8a95798c491d2a3fee2b78a86e5",
                                    operation='INSERT OR UPDATE OF "used"',
                                    pgid="pgtrigger_balance_is_posted_c3bd6",
                                    table="umkm_capacityday",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CapacityEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="nomor atau alasan")),
                        ("key", models.CharField(blank=True, editable=False, max_length=60, verbose_name="kunci")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="oleh",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan")),
                        ("note_code", models.CharField(blank=True, max_length=40, verbose_name="kode catatan")),
                        ("note_parameters", models.JSONField(blank=True, default=dict, verbose_name="isi catatan")),
                        (
                            "capacity_day",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="umkm.capacityday",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("receive", "Masuk"),
                                    ("hold", "Ditahan untuk pesanan"),
                                    ("release", "Dilepas kembali"),
                                    ("deliver", "Diserahkan"),
                                    ("refuse", "Tidak diterima pembeli"),
                                    ("reshelve", "Kembali ke rak"),
                                    ("discard", "Tidak diterima pembeli, tidak dijual lagi"),
                                    ("correct", "Koreksi hitung"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("used_delta", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                        (
                            "used_after",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, default=Decimal("0"), editable=False, max_digits=12
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "catatan kapasitas",
                        "verbose_name_plural": "catatan kapasitas",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["capacity_day", "-id"], name="capacity_entry_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("capacity_day", "key"),
                                name="capacity_entry_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="0ce365977cf2d255850f446deaa3b55458c7ad33",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_db17d",
                                    table="umkm_capacityentry",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="entry_follows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before record; account record;",
                                    func='\n            SELECT * INTO account FROM "umkm_capacityday" WHERE id = NEW."capacity_day_id";\n            SELECT * INTO before FROM "umkm_capacityentry" WHERE "capacity_day_id" = NEW."capacity_day_id" ORDER BY id DESC LIMIT 1;\n            \n            NEW.used_after := account.used;\n            IF NEW.used_after IS DISTINCT FROM COALESCE(before.used_after, 0) + NEW.used_delta THEN\n                RAISE EXCEPTION \'Entry of %: used was %, is %, posted %\', TG_TABLE_NAME,\n                    COALESCE(before.used_after, 0), account.used, NEW.used_delta\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="2423eff2e7be91cc76689ad034beef3d3a354b92",
                                    operation="INSERT",
                                    pgid="pgtrigger_entry_follows_e4ff3",
                                    table="umkm_capacityentry",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChangeProposal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="umkm.product",
                                verbose_name="barang",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "Menunggu kurasi"),
                                    ("applied", "Diterapkan"),
                                    ("rejected", "Ditolak"),
                                    ("withdrawn", "Ditarik"),
                                ],
                                default="waiting",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="nama")),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori",
                            ),
                        ),
                        ("description", models.TextField(blank=True, max_length=2000, verbose_name="keterangan")),
                        ("price", epeken.core.money.RupiahField(verbose_name="harga")),
                        (
                            "step",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="kelipatan"
                            ),
                        ),
                        (
                            "minimum",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="pesanan paling sedikit"
                            ),
                        ),
                        ("lead_days", models.PositiveSmallIntegerField(verbose_name="waktu siap (hari)")),
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
                        (
                            "halal_number",
                            models.CharField(blank=True, max_length=24, verbose_name="nomor sertifikat halal"),
                        ),
                        ("pirt_number", models.CharField(blank=True, max_length=20, verbose_name="nomor P-IRT")),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diusulkan oleh",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="dibuat")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="catatan")),
                        ("order_until", models.TimeField(blank=True, null=True, verbose_name="jam batas pesan")),
                        ("option_1", models.CharField(blank=True, max_length=30, verbose_name="pilihan pertama")),
                        ("option_2", models.CharField(blank=True, max_length=30, verbose_name="pilihan kedua")),
                        ("tiers", umkm.catalogue.tiers.TiersField(verbose_name="harga grosir")),
                    ],
                    options={
                        "verbose_name": "usulan perubahan",
                        "verbose_name_plural": "usulan perubahan",
                        "ordering": ["due_at"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["applied", "rejected", "waiting", "withdrawn"])),
                                name="proposal_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("product",),
                                name="proposal_one_waiting",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_changeproposal" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_proposalevent" WHERE "proposal_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.ChangeProposal % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="4e30ab5257c0f7adaad8d820ed374428fe627a2a",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_6e4d4",
                                    table="umkm_changeproposal",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CurationCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="umkm.product"
                            ),
                        ),
                        ("round_at", models.DateTimeField()),
                        ("key", models.CharField(max_length=24)),
                        ("finding", models.CharField(max_length=40)),
                        ("parameters", models.JSONField(blank=True, default=dict)),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("acknowledged_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "temuan kurasi",
                        "verbose_name_plural": "temuan kurasi",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("product", "round_at", "key"), name="finding_once_per_round"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PriceChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="price_changes",
                                to="umkm.product",
                            ),
                        ),
                        ("old", epeken.core.money.RupiahField()),
                        ("new", epeken.core.money.RupiahField()),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "perubahan harga",
                        "verbose_name_plural": "perubahan harga",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ec771b7c6504da8c4c8b3c28d1d8db06ea9fa73c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_57c73",
                                    table="umkm_pricechange",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ProductEvent",
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
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.product"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat barang",
                        "verbose_name_plural": "riwayat barang",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="a5a3e7bed245dda8c958d58bb126b5a78d9d1fa7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_6d225",
                                    table="umkm_productevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_productevent" WHERE "product_id" = NEW."product_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="b39c449a7d47b18fd03ab4b101aec4c19af6e07c",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_8ac46",
                                    table="umkm_productevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_product" WHERE id = NEW."product_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_productevent" WHERE "product_id" = NEW."product_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.Product % is "%", its last event led to "%"\', NEW."product_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="f41787053c857daa39819e0f1dc30a73576fb3b3",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_bee72",
                                    table="umkm_productevent",
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
                    name="ProductPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="photos", to="umkm.product"
                            ),
                        ),
                        ("image", models.CharField(max_length=200)),
                        ("small", models.CharField(max_length=200)),
                        ("alt", models.CharField(blank=True, max_length=160)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        ("dhash", models.CharField(blank=True, db_index=True, max_length=16)),
                        ("is_waiting", models.BooleanField(default=False)),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "foto barang",
                        "verbose_name_plural": "foto barang",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ProposalEvent",
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
                            "proposal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.changeproposal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat usulan perubahan",
                        "verbose_name_plural": "riwayat usulan perubahan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="a52744a5ddb6e3f228e3fd065e7dca7c21502918",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f7da7",
                                    table="umkm_proposalevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_proposalevent" WHERE "proposal_id" = NEW."proposal_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="2a8183ce7dbaa93bb2d34a9e5548af139e205dde",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_92cd4",
                                    table="umkm_proposalevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_changeproposal" WHERE id = NEW."proposal_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_proposalevent" WHERE "proposal_id" = NEW."proposal_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.ChangeProposal % is "%", its last event led to "%"\', NEW."proposal_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="12bc909fb847eab0957fb9e784ef0efa987fffc1",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_3d512",
                                    table="umkm_proposalevent",
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
                    name="StandardMatch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=40, verbose_name="kode barang")),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="standards",
                                to="umkm.product",
                                verbose_name="barang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "barang menurut standar harga",
                        "verbose_name_plural": "barang menurut standar harga",
                        "ordering": ["code", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("category__isnull", False), ("product__isnull", True)),
                                    models.Q(("category__isnull", True), ("product__isnull", False)),
                                    _connector="OR",
                                ),
                                name="standard_match_one",
                                violation_error_message="Pilih satu kategori atau satu barang.",
                            ),
                            models.UniqueConstraint(fields=("code", "category"), name="standard_match_category_once"),
                            models.UniqueConstraint(fields=("code", "product"), name="standard_match_product_once"),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="StockEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=40, verbose_name="nomor atau alasan")),
                        ("key", models.CharField(blank=True, editable=False, max_length=60, verbose_name="kunci")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="oleh",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan")),
                        ("note_code", models.CharField(blank=True, max_length=40, verbose_name="kode catatan")),
                        ("note_parameters", models.JSONField(blank=True, default=dict, verbose_name="isi catatan")),
                        (
                            "product",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stock_entries",
                                to="umkm.product",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("receive", "Masuk"),
                                    ("hold", "Ditahan untuk pesanan"),
                                    ("release", "Dilepas kembali"),
                                    ("deliver", "Diserahkan"),
                                    ("refuse", "Tidak diterima pembeli"),
                                    ("reshelve", "Kembali ke rak"),
                                    ("discard", "Tidak diterima pembeli, tidak dijual lagi"),
                                    ("correct", "Koreksi hitung"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "on_hand_delta",
                            epeken.core.quantity.QuantityField(decimal_places=3, default=Decimal("0"), max_digits=12),
                        ),
                        (
                            "held_delta",
                            epeken.core.quantity.QuantityField(decimal_places=3, default=Decimal("0"), max_digits=12),
                        ),
                        (
                            "on_hand_after",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, default=Decimal("0"), editable=False, max_digits=12
                            ),
                        ),
                        (
                            "held_after",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, default=Decimal("0"), editable=False, max_digits=12
                            ),
                        ),
                        (
                            "refused_after",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, default=Decimal("0"), editable=False, max_digits=12
                            ),
                        ),
                        (
                            "refused_delta",
                            epeken.core.quantity.QuantityField(decimal_places=3, default=Decimal("0"), max_digits=12),
                        ),
                    ],
                    options={
                        "verbose_name": "catatan stok",
                        "verbose_name_plural": "catatan stok",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["product", "-id"], name="stock_entry_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("product", "key"),
                                name="stock_entry_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="ce6aa25c86663600631396d1c4009edc49c98a52",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7c1ea",
                                    table="umkm_stockentry",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="entry_follows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before record; account record;",
                                    func="\n            SELECT * INTO account FROM \"umkm_product\" WHERE id = NEW.\"product_id\";\n            SELECT * INTO before FROM \"umkm_stockentry\" WHERE \"product_id\" = NEW.\"product_id\" ORDER BY id DESC LIMIT 1;\n            \n            NEW.on_hand_after := account.on_hand;\n            IF NEW.on_hand_after IS DISTINCT FROM COALESCE(before.on_hand_after, 0) + NEW.on_hand_delta THEN\n                RAISE EXCEPTION 'Entry of %: on_hand was %, is %, posted %', TG_TABLE_NAME,\n                    COALESCE(before.on_hand_after, 0), account.on_hand, NEW.on_hand_delta\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            NEW.held_after := account.held;\n            IF NEW.held_after IS DISTINCT FROM COALESCE(before.held_after, 0) + NEW.held_delta THEN\n                RAISE EXCEPTION 'Entry of %: held was %, is %, posted %', TG_TABLE_NAME,\n                    COALESCE(before.held_after, 0), account.held, NEW.held_delta\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            NEW.refused_after := account.refused;\n            IF NEW.refused_after IS DISTINCT FROM COALESCE(before.refused_after, 0) + NEW.refused_delta THEN\n                RAISE EXCEPTION 'Entry of %: refused was %, is %, posted %', TG_TABLE_NAME,\n                    COALESCE(before.refused_after, 0), account.refused, NEW.refused_delta\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="66085d8e150837436442527a2eb3108ed0d90953",
                                    operation="INSERT",
                                    pgid="pgtrigger_entry_follows_a1399",
                                    table="umkm_stockentry",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoodsImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "cells",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(blank=True), size=None
                            ),
                        ),
                        (
                            "before",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(blank=True), blank=True, default=list, size=None
                            ),
                        ),
                        (
                            "plan",
                            models.CharField(
                                choices=[
                                    ("create", "Barang baru"),
                                    ("change", "Berubah"),
                                    ("same", "Tidak berubah"),
                                    ("wrong", "Ditolak"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "Belum dijalankan"),
                                    ("done", "Sudah dijalankan"),
                                    ("refused", "Ditolak saat dijalankan"),
                                    ("undone", "Sudah dikembalikan"),
                                    ("partly", "Sebagian menunggu kurator"),
                                    ("kept", "Tidak dikembalikan"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("shown", models.TextField(blank=True)),
                        ("after", models.TextField(blank=True)),
                        ("done_at", models.DateTimeField(null=True)),
                        (
                            "goods_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="rows", to="umkm.goodsimport"
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.product",
                            ),
                        ),
                        ("price_is_far", models.BooleanField(default=False)),
                    ],
                    options={
                        "verbose_name": "baris impor barang",
                        "verbose_name_plural": "baris impor barang",
                        "ordering": ["number"],
                        "constraints": [
                            models.UniqueConstraint(fields=("goods_import", "number"), name="goods_import_row_once")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AutomaticDecision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("decided_at", models.DateTimeField(editable=False, verbose_name="diputus")),
                        ("price", epeken.core.money.RupiahField(editable=False, verbose_name="harga")),
                        ("median", epeken.core.money.RupiahField(editable=False, verbose_name="harga acuan pasar")),
                        (
                            "is_sample",
                            models.BooleanField(default=False, editable=False, verbose_name="contoh untuk kurator"),
                        ),
                        (
                            "verdict",
                            models.CharField(
                                blank=True,
                                choices=[("right", "Benar"), ("wrong", "Keputusan keliru")],
                                editable=False,
                                max_length=5,
                                verbose_name="hasil pemeriksaan",
                            ),
                        ),
                        ("judged_at", models.DateTimeField(editable=False, null=True, verbose_name="diperiksa")),
                        (
                            "judged_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diperiksa oleh",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="automatic_decisions",
                                to="umkm.product",
                                verbose_name="barang",
                            ),
                        ),
                        (
                            "proposal",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="automatic_decision",
                                to="umkm.changeproposal",
                                verbose_name="usulan perubahan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "keputusan aturan",
                        "verbose_name_plural": "keputusan aturan",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("judged_at__isnull", True), ("judged_by__isnull", True), ("verdict", "")),
                                    models.Q(
                                        models.Q(("verdict", ""), _negated=True),
                                        ("judged_at__isnull", False),
                                        ("judged_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="automatic_verdict_who_and_when",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ProcessingPurpose",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.SlugField(max_length=40, verbose_name="kode")),
                        ("title", models.CharField(max_length=120, verbose_name="untuk apa")),
                        ("text", models.CharField(max_length=400, verbose_name="penjelasan")),
                        (
                            "basis",
                            models.CharField(
                                choices=[
                                    ("consent", "persetujuan Anda"),
                                    ("contract", "perjanjian dengan Anda"),
                                    ("law", "kewajiban hukum"),
                                ],
                                max_length=8,
                                verbose_name="dasar pemrosesan",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=200, verbose_name="sumber")),
                    ],
                    options={
                        "verbose_name": "tujuan pemrosesan data pribadi",
                        "verbose_name_plural": "tujuan pemrosesan data pribadi",
                        "ordering": ["basis", "code", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "valid_from"),
                                name="purpose_once",
                                violation_error_message="Tujuan ini sudah ada dengan hari mulai itu.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="purpose_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Consent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("purpose", models.SlugField(max_length=40, verbose_name="tujuan")),
                        (
                            "way",
                            models.CharField(
                                choices=[
                                    ("self", "dicentang sendiri"),
                                    ("assisted", "dengan kode di ponsel, sesudah pendaftaran diisi petugas"),
                                ],
                                max_length=8,
                                verbose_name="cara",
                            ),
                        ),
                        ("given_at", models.DateTimeField(editable=False, verbose_name="diberikan")),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="ditarik")),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="consents",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="orang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "persetujuan data pribadi",
                        "verbose_name_plural": "persetujuan data pribadi",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("withdrawn_at__isnull", True)),
                                fields=("person", "purpose"),
                                name="consent_one_in_force",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn_at__isnull", True),
                                    ("withdrawn_at__gte", models.F("given_at")),
                                    _connector="OR",
                                ),
                                name="consent_times",
                            ),
                        ],
                        "indexes": [],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="never_deleted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                                    hash="d4b213e0da1053cb1e98554bcbf4060434d21204",
                                    operation="DELETE",
                                    pgid="pgtrigger_never_deleted_7d15b",
                                    table="umkm_consent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="only_ends",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="\n        IF OLD.withdrawn_at IS NOT NULL OR NEW.person_id <> OLD.person_id OR NEW.purpose <> OLD.purpose\n            OR NEW.way <> OLD.way OR NEW.given_at <> OLD.given_at THEN\n            RAISE EXCEPTION 'A consent is only withdrawn, once' USING ERRCODE = 'check_violation';\n        END IF;\n        RETURN NEW;\n    ",
                                    hash="20d620a2cfb754bce512290fc388358bd36293f1",
                                    operation="UPDATE",
                                    pgid="pgtrigger_only_ends_6db4d",
                                    table="umkm_consent",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeparationRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fact",
                            models.CharField(
                                choices=[
                                    ("nik_index", "NIK pemilik yang sama"),
                                    ("bank_index", "nomor rekening yang sama"),
                                    ("record", "dicatat sebagai satu pemilik dahulu"),
                                ],
                                editable=False,
                                max_length=10,
                                verbose_name="yang mengikat",
                            ),
                        ),
                        (
                            "value",
                            models.CharField(
                                blank=True, editable=False, max_length=44, verbose_name="data yang mengikat"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("with_officer", "Menunggu petugas lain"),
                                    ("with_head", "Menunggu kepala dinas"),
                                    ("separated", "Dipisahkan"),
                                    ("kept", "Tetap satu pemilik"),
                                    ("withdrawn", "Ditarik pemohon"),
                                ],
                                default="with_officer",
                                editable=False,
                                max_length=12,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("words", models.TextField(max_length=1000, verbose_name="alasan pemilik")),
                        ("filed_at", models.DateTimeField(verbose_name="diajukan")),
                        ("due_at", models.DateTimeField(verbose_name="tenggat")),
                        ("decided_at", models.DateTimeField(editable=False, null=True, verbose_name="diputus")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="alasan keputusan")),
                        (
                            "filed_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diajukan oleh",
                            ),
                        ),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="toko yang lain",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="separations",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permohonan pemisahan pemilik",
                        "verbose_name_plural": "permohonan pemisahan pemilik",
                        "ordering": ["due_at", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("seller", models.F("other")), _negated=True),
                                name="separation_of_two_shops",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("fact", "bank_index"), models.Q(("value", ""), _negated=True)),
                                    models.Q(("fact", "record"), ("value", "")),
                                    _connector="OR",
                                ),
                                name="separation_fact_contestable",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True), ("state__in", ["with_officer", "with_head"])
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ["with_officer", "with_head"]), _negated=True),
                                        ("decided_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="separation_decided_has_moment",
                            ),
                            models.UniqueConstraint(
                                django.db.models.functions.comparison.Least("seller", "other"),
                                django.db.models.functions.comparison.Greatest("seller", "other"),
                                condition=models.Q(("state__in", ["with_officer", "with_head"])),
                                name="separation_open_once",
                                violation_error_message="Ikatan ini sedang diperiksa petugas.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["kept", "separated", "with_head", "with_officer", "withdrawn"])
                                ),
                                name="separation_state_known",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_separationrequest" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_separationrequestevent" WHERE "request_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.SeparationRequest % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="080b9b8ab51112fc90ba8d33a7f3c8496d2d6cca",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_3138b",
                                    table="umkm_separationrequest",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeparationPhoto",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.CharField(max_length=200, verbose_name="berkas")),
                        ("content_type", models.CharField(max_length=60, verbose_name="jenis berkas")),
                        ("size", models.PositiveIntegerField(verbose_name="ukuran berkas")),
                        ("sha256", models.CharField(max_length=64, verbose_name="sidik berkas")),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                        ("destroyed_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="photos",
                                to="umkm.separationrequest",
                                verbose_name="permohonan pemisahan pemilik",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bukti pemisahan pemilik",
                        "verbose_name_plural": "bukti pemisahan pemilik",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SeparationRequestEvent",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.separationrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pemisahan pemilik",
                        "verbose_name_plural": "riwayat pemisahan pemilik",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b640cdf6bb17593d08412e04b01aac3e8cbd2019",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b1631",
                                    table="umkm_separationrequestevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_separationrequestevent" WHERE "request_id" = NEW."request_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="268e13ffbe910e543c4ce7c359175917d035d887",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_7839e",
                                    table="umkm_separationrequestevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_separationrequest" WHERE id = NEW."request_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_separationrequestevent" WHERE "request_id" = NEW."request_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.SeparationRequest % is "%", its last event led to "%"\', NEW."request_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="2b815906dfd1bb1659f5bde5b749315c3c553251",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_7a6f7",
                                    table="umkm_separationrequestevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SeparatedTie",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "fact",
                            models.CharField(
                                choices=[
                                    ("nik_index", "NIK pemilik yang sama"),
                                    ("bank_index", "nomor rekening yang sama"),
                                    ("record", "dicatat sebagai satu pemilik dahulu"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("value", models.CharField(max_length=44)),
                        ("since", models.DateTimeField()),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.seller"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="separated_ties",
                                to="umkm.seller",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ikatan toko yang dipisahkan",
                        "verbose_name_plural": "ikatan toko yang dipisahkan",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("seller", "other", "fact", "value"), name="separated_tie_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("fact", "bank_index")), name="separated_tie_never_nik"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TierChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("old", umkm.catalogue.tiers.TiersField()),
                        ("new", umkm.catalogue.tiers.TiersField()),
                        ("at", models.DateTimeField()),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tier_changes",
                                to="umkm.product",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "perubahan harga grosir",
                        "verbose_name_plural": "perubahan harga grosir",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3d35012b1bbd78faf593ea92def1c2b1cdc0c8c5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_723ed",
                                    table="umkm_tierchange",
                                    when="BEFORE",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SellerImport",
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
                                    ("reading", "Dibaca"),
                                    ("refused", "Tidak terbaca"),
                                    ("empty", "Tidak ada yang dijalankan"),
                                    ("checked", "Menunggu persetujuan Anda"),
                                    ("running", "Berjalan"),
                                    ("done", "Selesai"),
                                    ("cancelled", "Dihentikan"),
                                    ("undoing", "Sedang dikembalikan"),
                                    ("undone", "Sudah dikembalikan"),
                                ],
                                default="reading",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("file_name", models.CharField(max_length=120, verbose_name="nama berkas")),
                        (
                            "table",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="isi berkas"),
                        ),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                        ("read_at", models.DateTimeField(editable=False, null=True, verbose_name="dibaca")),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="dijalankan")),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="selesai")),
                        ("undone_at", models.DateTimeField(editable=False, null=True, verbose_name="dibatalkan")),
                        ("reason", models.CharField(max_length=200, verbose_name="asal daftar dan alasan")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diunggah oleh",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "impor penjual",
                        "verbose_name_plural": "impor penjual",
                        "ordering": ["-pk"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "cancelled",
                                            "checked",
                                            "done",
                                            "empty",
                                            "reading",
                                            "refused",
                                            "running",
                                            "undoing",
                                            "undone",
                                        ],
                                    )
                                ),
                                name="seller_import_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["reading", "checked", "running", "undoing"])),
                                fields=("uploaded_by",),
                                name="seller_import_one_open",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_sellerimport" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_sellerimportevent" WHERE "seller_import_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.SellerImport % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="28b41ad86b4936b455d91cafe33b41d872b2e2be",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_88867",
                                    table="umkm_sellerimport",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SellerImportEvent",
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
                            "seller_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.sellerimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat impor penjual",
                        "verbose_name_plural": "riwayat impor penjual",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8a812328c3cf1cf70281dd97cb0ff4924af4fc23",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_7249d",
                                    table="umkm_sellerimportevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_sellerimportevent" WHERE "seller_import_id" = NEW."seller_import_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="f165668a9b87dadbc85adb76daf9b77abc6eca64",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_00426",
                                    table="umkm_sellerimportevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_sellerimport" WHERE id = NEW."seller_import_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_sellerimportevent" WHERE "seller_import_id" = NEW."seller_import_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.SellerImport % is "%", its last event led to "%"\', NEW."seller_import_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="495473e24baaa8e97f58487f4bf61b742004f680",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_546e3",
                                    table="umkm_sellerimportevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SellerImportProblem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("column", models.CharField(blank=True, max_length=20)),
                        ("text", models.CharField(max_length=500)),
                        (
                            "seller_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="problems",
                                to="umkm.sellerimport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kesalahan impor penjual",
                        "verbose_name_plural": "kesalahan impor penjual",
                        "ordering": ["number", "pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["seller_import", "number"], name="seller_import_problem_by_row")
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SellerImportRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("cells", epeken.core.secret.EncryptedField(blank=True)),
                        (
                            "plan",
                            models.CharField(
                                choices=[
                                    ("create", "Pendaftaran baru"),
                                    ("known", "Sudah terdaftar, dilewati"),
                                    ("wrong", "Ditolak"),
                                ],
                                max_length=6,
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("waiting", "Belum dijalankan"),
                                    ("done", "Sudah dibuat"),
                                    ("refused", "Ditolak saat dijalankan"),
                                    ("undone", "Sudah dimusnahkan"),
                                    ("kept", "Tetap: sudah milik warganya"),
                                ],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("done_at", models.DateTimeField(null=True)),
                        ("asked_at", models.DateTimeField(null=True)),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                            ),
                        ),
                        (
                            "seller_import",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rows", to="umkm.sellerimport"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "baris impor penjual",
                        "verbose_name_plural": "baris impor penjual",
                        "ordering": ["number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("seller_import", "number"), name="seller_import_row_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssistedRegistration",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="nama warga")),
                        (
                            "phone",
                            epeken.core.phones.PhoneField(blank=True, max_length=16, verbose_name="nomor ponsel warga"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("filling", "Sedang diisi petugas"),
                                    ("waiting", "Menunggu warga"),
                                    ("confirmed", "Dipastikan warga"),
                                    ("withdrawn", "Dibatalkan"),
                                    ("expired", "Tidak dipastikan pada waktunya"),
                                ],
                                default="filling",
                                editable=False,
                                max_length=9,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("started_at", models.DateTimeField(verbose_name="dimulai")),
                        ("due_at", models.DateTimeField(verbose_name="paling lambat")),
                        (
                            "handed_over_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="diminta dipastikan"),
                        ),
                        ("reminded_at", models.DateTimeField(editable=False, null=True, verbose_name="diingatkan")),
                        ("wrong_answers", models.PositiveSmallIntegerField(default=0, editable=False)),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="kelurahan",
                            ),
                        ),
                        (
                            "officer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assisted_registrations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="petugas",
                            ),
                        ),
                        (
                            "resident",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="warga",
                            ),
                        ),
                        (
                            "seller",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assisted",
                                to="umkm.seller",
                                verbose_name="pendaftaran",
                            ),
                        ),
                        (
                            "import_row",
                            models.OneToOneField(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assisted",
                                to="umkm.sellerimportrow",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pendaftaran dibantu",
                        "verbose_name_plural": "pendaftaran dibantu",
                        "ordering": ["due_at", "pk"],
                        "permissions": [("assist_seller", "boleh membantu warga mendaftar di semua kelurahan")],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["confirmed", "expired", "filling", "waiting", "withdrawn"])
                                ),
                                name="assisted_state_known",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("filling", "waiting"))),
                                fields=("phone",),
                                name="assisted_one_open_per_number",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state__in", ("filling", "waiting")),
                                        models.Q(("phone", ""), _negated=True),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("filling", "waiting")), _negated=True),
                                        ("name", ""),
                                        ("phone", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="assisted_number_only_while_open",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "waiting"), _negated=True),
                                    ("handed_over_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="assisted_waits_since",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_assistedregistration" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_assistedregistrationevent" WHERE "assisted_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.AssistedRegistration % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="72f25eb690577ca7e8be8b26fb567427af4368b0",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_17a26",
                                    table="umkm_assistedregistration",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssistedRegistrationEvent",
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
                            "assisted",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="umkm.assistedregistration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat pendaftaran dibantu",
                        "verbose_name_plural": "riwayat pendaftaran dibantu",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "indexes": [],
                        "constraints": [],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2022a7dcdab2792a5de7b7907ee6f02b2c5ef36c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c74e5",
                                    table="umkm_assistedregistrationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "umkm_assistedregistrationevent" WHERE "assisted_id" = NEW."assisted_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="0c8530657b3372353991de874b45b78ab4eb1b5c",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_a0c7f",
                                    table="umkm_assistedregistrationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "umkm_assistedregistration" WHERE id = NEW."assisted_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "umkm_assistedregistrationevent" WHERE "assisted_id" = NEW."assisted_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'umkm.AssistedRegistration % is "%", its last event led to "%"\', NEW."assisted_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="cd9a1cd17ec5338eaadd985b593acc78fa15462f",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_3ae87",
                                    table="umkm_assistedregistrationevent",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
