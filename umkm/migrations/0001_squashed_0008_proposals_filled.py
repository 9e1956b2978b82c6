"""Every table of this app, in the order of their foreign keys."""

import datetime
from decimal import Decimal

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import epeken.core.money
import epeken.core.phones
import epeken.core.quantity
import epeken.core.secret


class Migration(migrations.Migration):
    replaces = [
        ("umkm", "0001_initial"),
        ("umkm", "0004_acting_offices"),
        ("umkm", "0005_household_named"),
        ("umkm", "0006_prefilled_pages_saved"),
        ("umkm", "0007_everything_proposed"),
        ("umkm", "0008_proposals_filled"),
    ]

    initial = True

    dependencies = [
        ("core", "0005_count_unit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "kategori",
                "verbose_name_plural": "kategori",
                "ordering": ["position", "name"],
            },
        ),
        migrations.CreateModel(
            name="FoodCourt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.CreateModel(
            name="Owner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "pemilik usaha",
                "verbose_name_plural": "pemilik usaha",
            },
        ),
        migrations.CreateModel(
            name="Seller",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("umkm", "UMKM (produsen)"), ("swk", "Stan SWK"), ("kelontong", "Toko kelontong")],
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
                ("owner_name", models.CharField(blank=True, max_length=120, verbose_name="nama pemilik sesuai KTP")),
                ("nik", epeken.core.secret.EncryptedField(blank=True, verbose_name="NIK")),
                (
                    "nik_index",
                    models.CharField(
                        blank=True, db_index=True, editable=False, max_length=44, verbose_name="sidik NIK"
                    ),
                ),
                ("phone", epeken.core.phones.PhoneField(blank=True, max_length=16, verbose_name="nomor telepon")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel")),
                ("low_income", models.BooleanField(default=False, verbose_name="keluarga berpenghasilan rendah (MBR)")),
                ("workers", models.PositiveSmallIntegerField(default=1, verbose_name="jumlah pekerja")),
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
                    models.BooleanField(default=False, verbose_name="surat pernyataan omzet di bawah Rp500 juta"),
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
                ("bank_holder", models.CharField(blank=True, max_length=120, verbose_name="nama pemilik rekening")),
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
                        condition=models.Q(
                            ("state__in", ["active", "draft", "frozen", "rejected", "sent_back", "submitted"])
                        ),
                        name="seller_state_known",
                    ),
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
            name="Product",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        decimal_places=3, default=Decimal("1"), max_digits=12, verbose_name="pesanan paling sedikit"
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
                        decimal_places=3, default=Decimal("0"), editable=False, max_digits=12, verbose_name="stok bebas"
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
                        blank=True, decimal_places=3, max_digits=12, null=True, verbose_name="kapasitas per hari"
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
                ("halal_number", models.CharField(blank=True, max_length=24, verbose_name="nomor sertifikat halal")),
                ("pirt_number", models.CharField(blank=True, max_length=20, verbose_name="nomor P-IRT")),
                ("picture", models.CharField(blank=True, editable=False, max_length=200, verbose_name="foto")),
                ("created_at", models.DateTimeField(verbose_name="dibuat")),
                ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="dikirim")),
                ("published_at", models.DateTimeField(editable=False, null=True, verbose_name="tayang")),
                ("review_due_at", models.DateTimeField(editable=False, null=True, verbose_name="tenggat kurasi")),
                (
                    "review_note",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="catatan kurator"),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.CombinedSearchVector(
                            django.contrib.postgres.search.SearchVector("name", config="indonesian", weight="A"),
                            "||",
                            django.contrib.postgres.search.SearchVector("description", config="indonesian", weight="C"),
                            django.contrib.postgres.search.SearchConfig("indonesian"),
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
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
                        condition=models.Q(("state", "published")), fields=["price", "id"], name="product_by_price"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "hidden", "published", "rejected", "sent_back", "submitted"])
                        ),
                        name="product_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("on_hand__gte", 0), ("held__gte", 0)),
                        name="product_stock_not_negative",
                        violation_error_message="Stok tidak cukup.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("step__gt", 0), ("minimum__gt", 0)), name="product_step_positive"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stock_mode", "stock"), ("daily_capacity__gt", 0), _connector="OR"),
                        name="product_daily_has_capacity",
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
                            func='\n            SELECT * INTO account FROM "umkm_product" WHERE id = NEW.id;\n            IF NOT FOUND THEN\n                RETURN NULL;\n            END IF;\n            SELECT * INTO last FROM "umkm_stockentry" WHERE "product_id" = NEW.id ORDER BY id DESC LIMIT 1;\n            IF account.on_hand <> COALESCE(last.on_hand_after, 0) OR account.held <> COALESCE(last.held_after, 0) THEN\n                RAISE EXCEPTION \'A balance of % % was changed without an entry\', TG_TABLE_NAME, NEW.id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ',
                            hash="18771608c805727863913f5a680cc7dbec1cf2c6",
                            operation='INSERT OR UPDATE OF "on_hand", "held"',
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="capacity_days", to="umkm.product"
                    ),
                ),
                ("day", models.DateField()),
                ("capacity", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                ("used", epeken.core.quantity.QuantityField(decimal_places=3, default=Decimal("0"), max_digits=12)),
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
            },
        ),
        migrations.CreateModel(
            name="CapacityEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            name="VerificationCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            ],
            options={
                "verbose_name": "berkas verifikasi",
                "verbose_name_plural": "berkas verifikasi",
                "ordering": ["due_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["approved", "checking", "rejected", "sent_back", "waiting"])),
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
            },
        ),
        migrations.CreateModel(
            name="CaseCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                (
                    "result",
                    models.CharField(
                        choices=[("pass", "Sesuai"), ("warn", "Perlu dilihat"), ("fail", "Tidak sesuai")], max_length=5
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="umkm.verificationcase"
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
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.verificationcase"
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
            },
        ),
        migrations.CreateModel(
            name="CaseRemark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="umkm.verificationcase"
                    ),
                ),
                ("field", models.CharField(max_length=40, verbose_name="bagian")),
                ("reason", models.CharField(max_length=300, verbose_name="alasan")),
            ],
            options={
                "verbose_name": "catatan pengembalian",
                "verbose_name_plural": "catatan pengembalian",
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("case", "field"), name="remark_once_per_field")],
            },
        ),
        migrations.CreateModel(
            name="CaseValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="umkm.verificationcase"
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
            },
        ),
        migrations.CreateModel(
            name="ChangeProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("step", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12, verbose_name="kelipatan")),
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
                ("halal_number", models.CharField(blank=True, max_length=24, verbose_name="nomor sertifikat halal")),
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
                        condition=models.Q(("state", "waiting")), fields=("product",), name="proposal_one_waiting"
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
            },
        ),
        migrations.CreateModel(
            name="CurationCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("acknowledged_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "temuan kurasi",
                "verbose_name_plural": "temuan kurasi",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("product", "round_at", "key"), name="finding_once_per_round")
                ],
            },
        ),
        migrations.CreateModel(
            name="DocumentRequirement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seller_kind",
                    models.CharField(
                        choices=[("umkm", "UMKM (produsen)"), ("swk", "Stan SWK"), ("kelontong", "Toko kelontong")],
                        max_length=12,
                        verbose_name="jenis penjual",
                    ),
                ),
                (
                    "document_kind",
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
                        verbose_name="jenis dokumen",
                    ),
                ),
                ("required", models.BooleanField(default=True, verbose_name="wajib")),
                ("purpose", models.CharField(max_length=200, verbose_name="untuk apa")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="urutan")),
                ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                ("source", models.CharField(max_length=200, verbose_name="sumber")),
            ],
            options={
                "verbose_name": "syarat dokumen",
                "verbose_name_plural": "syarat dokumen",
                "ordering": ["seller_kind", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("seller_kind", "document_kind", "valid_from"), name="requirement_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="requirement_dates",
                        violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IdentityChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            ("checking", "Diperiksa otomatis"),
                            ("waiting", "Menunggu verifikator"),
                            ("approved", "Disetujui, belum berlaku"),
                            ("applied", "Berlaku"),
                            ("sent_back", "Dikembalikan"),
                            ("withdrawn", "Ditarik"),
                            ("held", "Ditahan: disangkal"),
                            ("cancelled", "Dibatalkan"),
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
            ],
            options={
                "verbose_name": "usulan perubahan identitas toko",
                "verbose_name_plural": "usulan perubahan identitas toko",
                "ordering": ["due_at", "pk"],
                "indexes": [models.Index(fields=["seller", "state"], name="identity_change_by_seller")],
                "constraints": [
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
                            ("applied_at__isnull", True), ("state__in", ["checking", "waiting", "approved", "held"])
                        ),
                        fields=("seller", "kind"),
                        name="identity_change_one_open",
                    ),
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
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
            },
        ),
        migrations.CreateModel(
            name="DocumentView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField()),
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
            },
        ),
        migrations.CreateModel(
            name="IdentityChangeEvent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.identitychange"
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
            },
        ),
        migrations.CreateModel(
            name="IdentityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                (
                    "result",
                    models.CharField(
                        choices=[("pass", "Sesuai"), ("warn", "Perlu dilihat"), ("fail", "Tidak sesuai")], max_length=5
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
                        on_delete=django.db.models.deletion.CASCADE, related_name="checks", to="umkm.identitychange"
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
            },
        ),
        migrations.CreateModel(
            name="IdentityValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "change",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="values", to="umkm.identitychange"
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
                "constraints": [models.UniqueConstraint(fields=("change", "field"), name="identity_value_once")],
            },
        ),
        migrations.CreateModel(
            name="PriceChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="price_changes", to="umkm.product"
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
            },
        ),
        migrations.CreateModel(
            name="PriceDecree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            ("valid_until__isnull", True), ("valid_until__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="price_decree_dates",
                        violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProductEvent",
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
            },
        ),
        migrations.CreateModel(
            name="ProductPhoto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.CreateModel(
            name="ProposalEvent",
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="umkm.changeproposal"
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
            },
        ),
        migrations.CreateModel(
            name="SellerEvent",
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
            },
        ),
        migrations.CreateModel(
            name="SellerMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        choices=[("owner", "Pemilik"), ("staff", "Pembantu"), ("household", "Serumah dengan pemilik")],
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
                            models.Q(("role", "household"), _negated=True), ("until__isnull", False), _connector="OR"
                        ),
                        name="household_never_acts",
                        violation_error_message="Orang serumah dengan pemilik tidak mengurus toko.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardMatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.CreateModel(
            name="StandardPrice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                    models.DecimalField(decimal_places=4, default=Decimal("1"), max_digits=13, verbose_name="isi"),
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
            },
        ),
        migrations.CreateModel(
            name="StockEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                            func='\n            SELECT * INTO account FROM "umkm_product" WHERE id = NEW."product_id";\n            SELECT * INTO before FROM "umkm_stockentry" WHERE "product_id" = NEW."product_id" ORDER BY id DESC LIMIT 1;\n            \n            NEW.on_hand_after := account.on_hand;\n            IF NEW.on_hand_after IS DISTINCT FROM COALESCE(before.on_hand_after, 0) + NEW.on_hand_delta THEN\n                RAISE EXCEPTION \'Entry of %: on_hand was %, is %, posted %\', TG_TABLE_NAME,\n                    COALESCE(before.on_hand_after, 0), account.on_hand, NEW.on_hand_delta\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            NEW.held_after := account.held;\n            IF NEW.held_after IS DISTINCT FROM COALESCE(before.held_after, 0) + NEW.held_delta THEN\n                RAISE EXCEPTION \'Entry of %: held was %, is %, posted %\', TG_TABLE_NAME,\n                    COALESCE(before.held_after, 0), account.held, NEW.held_delta\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                            hash="c433bfd9ba5a20c9c628aa763ad1b7cf4708ce36",
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
            name="TurnoverMonth",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
            },
        ),
        migrations.CreateModel(
            name="TurnoverEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="turnover_entries", to="umkm.seller"
                    ),
                ),
                ("kind", models.CharField(choices=[("reserve", "Dipakai"), ("release", "Dikembalikan")], max_length=8)),
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
    ]
