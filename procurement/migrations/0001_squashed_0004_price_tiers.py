"""Every table of this app, in the order of their foreign keys."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
from django.conf import settings
from django.db import migrations, models

import epeken.core.create_tables
import epeken.core.money
import epeken.core.quantity
import epeken.core.secret
import umkm.catalogue.tiers


class Migration(migrations.Migration):
    replaces = [
        ("procurement", "0001_initial"),
        ("procurement", "0001_squashed_0034_unfilled_note"),
        ("procurement", "0003_negotiations"),
        ("procurement", "0004_request_attachments"),
        ("procurement", "0005_released_parts"),
        ("procurement", "0006_request_templates"),
        ("procurement", "0008_approval_frames"),
        ("procurement", "0009_market_price_guard"),
        ("procurement", "0010_rotation_draws"),
        ("procurement", "0011_officer_leave"),
        ("procurement", "0012_acting_offices"),
        ("procurement", "0013_request_takeovers"),
        ("procurement", "0014_quotations"),
        ("procurement", "0015_approval_signatures"),
        ("procurement", "0016_taken_over_and_signed"),
        ("procurement", "0017_goods_charged_to_lines"),
        ("procurement", "0018_reversed_payments"),
        ("procurement", "0019_quotation_questions"),
        ("procurement", "0020_next_in_rank"),
        ("procurement", "0021_frame_reminder"),
        ("procurement", "0022_template_line_account"),
        ("procurement", "0023_quotation_returned"),
        ("procurement", "0024_ceiling_asked"),
        ("procurement", "0025_entry_words"),
        ("procurement", "0026_unfilled_missing"),
        ("procurement", "0027_quotation_units"),
        ("procurement", "0028_frame_withdrawn"),
        ("procurement", "0029_event_kinds"),
        ("procurement", "0031_office_contacts"),
        ("procurement", "0032_sealed_complaints"),
        ("procurement", "0033_ceiling_answers"),
        ("procurement", "0034_unfilled_note"),
        ("procurement", "0036_attachment_uploaded_name"),
        ("procurement", "0037_frame_ceilings"),
        ("procurement", "0038_price_reason"),
        ("procurement", "0039_late_decisions"),
        ("procurement", "0040_agency_points"),
        ("procurement", "0041_schedules"),
        ("procurement", "0042_office_numbers"),
        ("procurement", "0001_squashed_0042_office_numbers"),
        ("procurement", "0003_files_taken_out"),
        ("procurement", "0004_price_tiers"),
    ]

    initial = True

    dependencies = [
        ("core", "0007_reference_rows"),
        ("umkm", "0002_squashed_0043_stall_business_number"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        epeken.core.create_tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Account",
                    fields=[
                        (
                            "code",
                            models.CharField(
                                max_length=24, primary_key=True, serialize=False, verbose_name="kode rekening"
                            ),
                        ),
                        ("name", models.CharField(max_length=160, verbose_name="uraian")),
                        (
                            "usual_event",
                            models.CharField(
                                choices=[
                                    ("meeting", "Rapat"),
                                    ("training", "Pelatihan atau sosialisasi"),
                                    ("guests", "Jamuan tamu"),
                                    ("goods", "Belanja barang, tanpa acara"),
                                ],
                                default="goods",
                                max_length=8,
                                verbose_name="biasanya untuk",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kode rekening",
                        "verbose_name_plural": "kode rekening",
                        "ordering": ["code"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AccountGoods",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goods",
                                to="procurement.account",
                                verbose_name="rekening",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=300, verbose_name="sumber")),
                    ],
                    options={
                        "verbose_name": "barang menurut rekening",
                        "verbose_name_plural": "barang menurut rekening",
                        "ordering": ["account", "category", "-valid_from"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("account", "category", "valid_from"), name="account_goods_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="account_goods_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Agency",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, unique=True, verbose_name="nama")),
                        ("short_name", models.CharField(max_length=40, unique=True, verbose_name="nama singkat")),
                        ("code", models.CharField(max_length=40, unique=True, verbose_name="kode OPD")),
                        ("address", models.CharField(max_length=200, verbose_name="alamat")),
                        (
                            "kelurahan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="kelurahan",
                            ),
                        ),
                        ("npwp", models.CharField(blank=True, max_length=20, verbose_name="NPWP dinas")),
                        ("phone", models.CharField(blank=True, max_length=40, verbose_name="telepon kantor")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="surel kantor")),
                        ("website", models.CharField(blank=True, max_length=80, verbose_name="laman kantor")),
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
                    ],
                    options={
                        "verbose_name": "dinas",
                        "verbose_name_plural": "dinas",
                        "ordering": ["name"],
                        "permissions": [("inspect_all", "boleh membaca belanja semua dinas (inspektorat)")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                                    models.Q(
                                        ("latitude__gte", -90),
                                        ("latitude__lte", 90),
                                        ("longitude__gte", -180),
                                        ("longitude__lte", 180),
                                    ),
                                    _connector="OR",
                                ),
                                name="agency_point_whole",
                                violation_error_message="Isi garis lintang dan garis bujur kantor bersama-sama, dalam derajat.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="OfficerLeave",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaves",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="leaves",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pejabat",
                            ),
                        ),
                        ("decree", models.CharField(max_length=80, verbose_name="nomor surat")),
                        ("valid_from", models.DateField(verbose_name="sejak")),
                        ("valid_until", models.DateField(verbose_name="sampai")),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dicatat oleh",
                            ),
                        ),
                        ("recorded_at", models.DateTimeField(editable=False, verbose_name="dicatat")),
                        ("planned_until", models.DateField(editable=False, verbose_name="rencana sampai")),
                        (
                            "ended_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="diakhiri oleh",
                            ),
                        ),
                        ("ended_at", models.DateTimeField(editable=False, null=True, verbose_name="diakhiri")),
                        ("withdrawn_at", models.DateTimeField(editable=False, null=True, verbose_name="dibatalkan")),
                    ],
                    options={
                        "verbose_name": "cuti pejabat",
                        "verbose_name_plural": "cuti pejabat",
                        "ordering": ["-valid_from", "-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("planned_until__gte", models.F("valid_until")),
                                    ("valid_until__gte", models.F("valid_from")),
                                ),
                                name="leave_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("decree", ""), _negated=True), name="leave_has_decree"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("ended_at__isnull", True),
                                        ("ended_by__isnull", True),
                                        ("withdrawn_at__isnull", True),
                                    ),
                                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="leave_end_says_who",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="AgencyMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="members",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pejabat",
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("requester", "Pemesan"),
                                    ("pp", "Pejabat pengadaan (PP)"),
                                    ("ppk", "Pejabat pembuat komitmen (PPK)"),
                                    ("receiver", "Penerima barang"),
                                    ("treasurer", "Bendahara"),
                                    ("head", "Kepala dinas (PA/KPA)"),
                                ],
                                max_length=12,
                                verbose_name="peran",
                            ),
                        ),
                        ("decree", models.CharField(blank=True, max_length=80, verbose_name="nomor SK")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        (
                            "capacity",
                            models.CharField(
                                blank=True,
                                choices=[("", "Definitif"), ("plt", "Plt."), ("plh", "Plh.")],
                                default="",
                                max_length=3,
                                verbose_name="sifat",
                            ),
                        ),
                        (
                            "stands_in_for",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="procurement.agencymember",
                                verbose_name="menggantikan",
                            ),
                        ),
                        (
                            "leave",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="procurement.officerleave",
                                verbose_name="selama cuti",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "penunjukan pejabat",
                        "verbose_name_plural": "penunjukan pejabat",
                        "ordering": ["agency", "role", "-valid_from"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="appointment_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("leave__isnull", True)),
                                fields=("agency", "user", "role", "valid_from"),
                                name="appointment_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("leave__isnull", False)),
                                fields=("leave", "stands_in_for"),
                                name="appointment_one_stand_in",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("capacity", "plh"), ("leave__isnull", False), ("stands_in_for__isnull", False)
                                    ),
                                    models.Q(
                                        models.Q(("capacity", "plh"), _negated=True),
                                        ("leave__isnull", True),
                                        ("stands_in_for__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="appointment_plh_during_leave",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="budget_lines",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="tahun anggaran")),
                        ("activity_code", models.CharField(max_length=24, verbose_name="kode sub-kegiatan")),
                        ("activity_name", models.CharField(max_length=200, verbose_name="nama sub-kegiatan")),
                        (
                            "account",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.account",
                                verbose_name="kode rekening",
                            ),
                        ),
                        ("rup_id", models.CharField(max_length=20, verbose_name="ID RUP")),
                        ("pagu", epeken.core.money.RupiahField(default=0, verbose_name="pagu")),
                        ("reserved", epeken.core.money.RupiahField(default=0, editable=False, verbose_name="ditahan")),
                        ("committed", epeken.core.money.RupiahField(default=0, editable=False, verbose_name="dipesan")),
                        ("realised", epeken.core.money.RupiahField(default=0, editable=False, verbose_name="dibayar")),
                    ],
                    options={
                        "verbose_name": "mata anggaran",
                        "verbose_name_plural": "mata anggaran",
                        "ordering": ["agency", "activity_code", "account"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("agency", "year", "activity_code", "account", "rup_id"), name="budget_line_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "pagu__gte",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("reserved"), "+", models.F("committed")
                                            ),
                                            "+",
                                            models.F("realised"),
                                        ),
                                    )
                                ),
                                name="budget_within_pagu",
                                violation_error_message="Pagu tidak boleh lebih kecil dari yang sudah ditahan, dipesan dan dibayar.",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="balance_is_posted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE account record; last record;",
                                    func='\n            SELECT * INTO account FROM "procurement_budgetline" WHERE id = NEW.id;\n            IF NOT FOUND THEN\n                RETURN NULL;\n            END IF;\n            SELECT * INTO last FROM "procurement_budgetentry" WHERE "line_id" = NEW.id ORDER BY id DESC LIMIT 1;\n            IF account.reserved <> COALESCE(last.reserved_after, 0) OR account.committed <> COALESCE(last.committed_after, 0) OR account.realised <> COALESCE(last.realised_after, 0) THEN\n                RAISE EXCEPTION \'A balance of % % was changed without an entry\', TG_TABLE_NAME, NEW.id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ',
                                    hash="ec3f6ca9b5e848da4ee8aa94878072d2138363ab",
                                    operation='INSERT OR UPDATE OF "reserved", "committed", "realised"',
                                    pgid="pgtrigger_balance_is_posted_d7fd5",
                                    table="procurement_budgetline",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="ceiling_is_posted",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE account record; last record;",
                                    func='\n            SELECT * INTO account FROM "procurement_budgetline" WHERE id = NEW.id;\n            IF NOT FOUND THEN\n                RETURN NULL;\n            END IF;\n            SELECT * INTO last FROM "procurement_ceilingrevision" WHERE "line_id" = NEW.id ORDER BY id DESC LIMIT 1;\n            IF account.pagu <> COALESCE(last.pagu_after, 0) THEN\n                RAISE EXCEPTION \'A balance of % % was changed without an entry\', TG_TABLE_NAME, NEW.id\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NULL;\n        ',
                                    hash="9f4f55651d7d8c8edaa0b9dba3025ea8a6de6b5c",
                                    operation='INSERT OR UPDATE OF "pagu"',
                                    pgid="pgtrigger_ceiling_is_posted_c771e",
                                    table="procurement_budgetline",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalFrame",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="frames",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="frames",
                                to="procurement.budgetline",
                                verbose_name="mata anggaran",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Menunggu tanda tangan"),
                                    ("signed", "Berlaku"),
                                    ("refused", "Tidak ditandatangani"),
                                    ("withdrawn", "Ditarik pengusul"),
                                    ("ended", "Berakhir"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="keperluan")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="paling banyak seluruhnya")),
                        ("order_limit", epeken.core.money.RupiahField(verbose_name="paling banyak tiap permintaan")),
                        ("drawn", epeken.core.money.RupiahField(default=0, editable=False, verbose_name="terpakai")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(verbose_name="berlaku sampai")),
                        (
                            "is_issued_at_once",
                            models.BooleanField(default=False, verbose_name="surat pesanan langsung terbit"),
                        ),
                        (
                            "proposer",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pengusul",
                            ),
                        ),
                        (
                            "proposer_role",
                            models.CharField(
                                choices=[
                                    ("requester", "Pemesan"),
                                    ("pp", "Pejabat pengadaan (PP)"),
                                    ("ppk", "Pejabat pembuat komitmen (PPK)"),
                                    ("receiver", "Penerima barang"),
                                    ("treasurer", "Bendahara"),
                                    ("head", "Kepala dinas (PA/KPA)"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="jabatan pengusul",
                            ),
                        ),
                        ("decree", models.CharField(blank=True, max_length=80, verbose_name="nomor keputusan")),
                        (
                            "signer",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="penanda tangan",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="diusulkan")),
                        (
                            "due_at",
                            models.DateTimeField(
                                editable=False, null=True, verbose_name="ditandatangani paling lambat"
                            ),
                        ),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("signed_at", models.DateTimeField(editable=False, null=True, verbose_name="ditandatangani")),
                        ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="ditutup")),
                        (
                            "sellers",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="umkm.seller", verbose_name="penjual"
                            ),
                        ),
                        (
                            "ceiling_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="alasan harga paling tinggi"),
                        ),
                    ],
                    options={
                        "verbose_name": "kerangka persetujuan",
                        "verbose_name_plural": "kerangka persetujuan",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["line", "state"], name="frame_of_line"),
                            models.Index(
                                condition=models.Q(("state", "signed")), fields=["valid_until"], name="frame_ends"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["ended", "proposed", "refused", "signed", "withdrawn"])
                                ),
                                name="frame_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("drawn__lte", models.F("amount"))), name="frame_within_amount"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("order_limit__gt", 0), ("order_limit__lte", models.F("amount"))),
                                name="frame_order_within_amount",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("valid_until__gte", models.F("valid_from"))), name="frame_dates"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("drawn", 0),
                                        ("signer__isnull", True),
                                        ("state__in", ["proposed", "refused", "withdrawn"]),
                                    ),
                                    models.Q(
                                        ("signed_at__isnull", False),
                                        ("signer__isnull", False),
                                        models.Q(("decree", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="frame_signed_says_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("signer__isnull", True),
                                    models.Q(("signer", models.F("proposer")), _negated=True),
                                    _connector="OR",
                                ),
                                name="frame_signed_by_another",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_approvalframe" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_frameevent" WHERE "frame_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.ApprovalFrame % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="a52ae4eea1d7160cf2278f87c929788265ca6b6e",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_2a253",
                                    table="procurement_approvalframe",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalRule",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                help_text="Kosong: semua dinas.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="approval_rules",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                blank=True,
                                help_text="Kosong: semua barang. Termasuk kategori di bawahnya.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori",
                            ),
                        ),
                        ("above", epeken.core.money.RupiahField(default=0, verbose_name="jumlah di atas")),
                        (
                            "office",
                            models.CharField(
                                choices=[("ppk", "Pejabat pembuat komitmen (PPK)"), ("head", "Kepala dinas (PA/KPA)")],
                                max_length=12,
                                verbose_name="yang menandatangani",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(default=1, verbose_name="urutan")),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=300, verbose_name="sumber")),
                    ],
                    options={
                        "verbose_name": "tanda tangan tambahan",
                        "verbose_name_plural": "tanda tangan tambahan",
                        "ordering": ["position", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="approval_rule_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("office__in", ["ppk", "head"])), name="approval_rule_office"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Quotation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="quotations",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "requester",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pemesan",
                            ),
                        ),
                        (
                            "publisher",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pejabat",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draf"),
                                    ("returned", "Dikembalikan ke pemesan"),
                                    ("published", "Menerima penawaran"),
                                    ("opened", "Penawaran dibuka"),
                                    ("awarded", "Pemenang ditetapkan"),
                                    ("cancelled", "Dibatalkan"),
                                    ("discarded", "Draf dibuang"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
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
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori barang",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="nama kegiatan")),
                        ("deliver_at", models.DateTimeField(verbose_name="barang tiba paling lambat")),
                        ("delivery_place", models.CharField(max_length=200, verbose_name="alamat antar")),
                        (
                            "delivery_kelurahan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.kelurahan",
                                verbose_name="kelurahan",
                            ),
                        ),
                        ("closes_at", models.DateTimeField(verbose_name="batas penawaran")),
                        (
                            "ceiling",
                            epeken.core.money.RupiahField(blank=True, null=True, verbose_name="jumlah tertinggi"),
                        ),
                        (
                            "rule",
                            models.CharField(
                                choices=[
                                    ("lowest", "Jumlah terendah dari penawaran yang sesuai spesifikasi"),
                                    ("points", "Nilai dari harga, waktu tiba, dan jarak"),
                                ],
                                default="lowest",
                                max_length=8,
                                verbose_name="cara menentukan urutan",
                            ),
                        ),
                        ("price_weight", models.PositiveSmallIntegerField(default=100, verbose_name="bobot harga")),
                        ("time_weight", models.PositiveSmallIntegerField(default=0, verbose_name="bobot waktu tiba")),
                        ("distance_weight", models.PositiveSmallIntegerField(default=0, verbose_name="bobot jarak")),
                        ("created_at", models.DateTimeField(verbose_name="dibuat")),
                        ("published_at", models.DateTimeField(null=True, verbose_name="diumumkan")),
                        ("opened_at", models.DateTimeField(null=True, verbose_name="dibuka")),
                        ("due_at", models.DateTimeField(null=True, verbose_name="diputuskan paling lambat")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="selesai")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        (
                            "cancel_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("need", "Kebutuhannya tidak ada lagi"),
                                    ("changed", "Isi permintaannya keliru dan harus diumumkan ulang"),
                                    ("budget", "Anggarannya tidak lagi cukup"),
                                    ("no_offer", "Tidak ada penawaran yang dapat ditetapkan"),
                                    ("lapsed", "Dinas tidak memutuskan sampai batas waktunya"),
                                ],
                                max_length=10,
                                verbose_name="alasan batal",
                            ),
                        ),
                        ("cancel_note", models.CharField(blank=True, max_length=300, verbose_name="penjelasan batal")),
                        (
                            "areas",
                            models.ManyToManyField(
                                blank=True, related_name="+", to="core.kecamatan", verbose_name="wilayah"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permintaan penawaran",
                        "verbose_name_plural": "permintaan penawaran",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "published")),
                                fields=["closes_at"],
                                name="quotation_to_open",
                            ),
                            models.Index(
                                condition=models.Q(("state", "opened")), fields=["due_at"], name="quotation_to_decide"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "awarded",
                                            "cancelled",
                                            "discarded",
                                            "draft",
                                            "opened",
                                            "published",
                                            "returned",
                                        ],
                                    )
                                ),
                                name="quotation_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("publisher__isnull", True),
                                    models.Q(("publisher", models.F("requester")), _negated=True),
                                    _connector="OR",
                                ),
                                name="quotation_publisher_is_not_requester",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "price_weight",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.Value(100), "-", models.F("time_weight")
                                            ),
                                            "-",
                                            models.F("distance_weight"),
                                        ),
                                    ),
                                    ("price_weight__gte", 1),
                                ),
                                name="quotation_weights_are_hundred",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                                    _connector="OR",
                                ),
                                name="quotation_cancelled_says_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "opened"), _negated=True),
                                    models.Q(("due_at__isnull", False), ("opened_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="quotation_opened_has_end",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("opened_at__isnull", True),
                                    ("opened_at__gte", models.F("closes_at")),
                                    _connector="OR",
                                ),
                                name="quotation_opened_after_its_time",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_quotation" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_quotationevent" WHERE "quotation_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.Quotation % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="d89b83dfefee403da24b111feb5687a4b662c3f8",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_9366f",
                                    table="procurement_quotation",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestTemplate",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                help_text="Kosong: dari kota, untuk semua dinas.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="request_templates",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        ("name", models.CharField(max_length=80, verbose_name="nama template")),
                        (
                            "activity",
                            models.CharField(
                                choices=[
                                    ("meeting", "Rapat"),
                                    ("training", "Pelatihan atau bimbingan teknis"),
                                    ("guests", "Jamuan tamu"),
                                    ("field", "Kegiatan lapangan"),
                                    ("office", "Kebutuhan rutin kantor"),
                                    ("other", "Lainnya"),
                                ],
                                default="meeting",
                                max_length=10,
                                verbose_name="jenis kegiatan",
                            ),
                        ),
                        ("purpose", models.CharField(blank=True, max_length=300, verbose_name="keperluan")),
                        ("usual_hour", models.TimeField(blank=True, null=True, verbose_name="jam biasanya")),
                        (
                            "minutes_before",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="barang tiba sebelum acara (menit)"
                            ),
                        ),
                        ("place", models.CharField(blank=True, max_length=160, verbose_name="tempat acara")),
                        (
                            "attendees",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="jumlah peserta biasanya",
                            ),
                        ),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.account",
                                verbose_name="kode rekening",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibuat oleh",
                            ),
                        ),
                        ("created_at", models.DateTimeField(editable=False, verbose_name="dibuat")),
                        (
                            "retired_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="berhenti dipakai"),
                        ),
                    ],
                    options={
                        "verbose_name": "template permintaan",
                        "verbose_name_plural": "template permintaan",
                        "ordering": ["name", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("retired_at__isnull", True)),
                                fields=("agency", "name"),
                                name="request_template_once",
                                nulls_distinct=False,
                                violation_error_message="Template dengan nama ini sudah ada.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="BudgetEntry",
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
                            "line",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="procurement.budgetline",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("reserve", "Ditahan"),
                                    ("release", "Dilepas"),
                                    ("commit", "Dipesan"),
                                    ("uncommit", "Pesanan batal atau berkurang"),
                                    ("realise", "Dibayar"),
                                    ("reverse", "Pembayaran dibatalkan"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("document", models.CharField(blank=True, max_length=40)),
                        ("reserved_delta", epeken.core.money.RupiahField(default=0, signed=True)),
                        ("committed_delta", epeken.core.money.RupiahField(default=0, signed=True)),
                        ("realised_delta", epeken.core.money.RupiahField(default=0, signed=True)),
                        ("reserved_after", epeken.core.money.RupiahField(default=0, editable=False)),
                        ("committed_after", epeken.core.money.RupiahField(default=0, editable=False)),
                        ("realised_after", epeken.core.money.RupiahField(default=0, editable=False)),
                    ],
                    options={
                        "verbose_name": "catatan anggaran",
                        "verbose_name_plural": "catatan anggaran",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [
                            models.Index(fields=["reference"], name="budget_entry_reference"),
                            models.Index(fields=["line", "-id"], name="budget_entry_newest"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("line", "key"),
                                name="budget_entry_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d7875b6e3af1524b5101fe354bc18357e5ff63a5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_81b13",
                                    table="procurement_budgetentry",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="entry_follows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before record; account record;",
                                    func="\n            SELECT * INTO account FROM \"procurement_budgetline\" WHERE id = NEW.\"line_id\";\n            SELECT * INTO before FROM \"procurement_budgetentry\" WHERE \"line_id\" = NEW.\"line_id\" ORDER BY id DESC LIMIT 1;\n            \n            NEW.reserved_after := account.reserved;\n            IF NEW.reserved_after IS DISTINCT FROM COALESCE(before.reserved_after, 0) + NEW.reserved_delta THEN\n                RAISE EXCEPTION 'Entry of %: reserved was %, is %, posted %', TG_TABLE_NAME,\n                    COALESCE(before.reserved_after, 0), account.reserved, NEW.reserved_delta\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            NEW.committed_after := account.committed;\n            IF NEW.committed_after IS DISTINCT FROM COALESCE(before.committed_after, 0) + NEW.committed_delta THEN\n                RAISE EXCEPTION 'Entry of %: committed was %, is %, posted %', TG_TABLE_NAME,\n                    COALESCE(before.committed_after, 0), account.committed, NEW.committed_delta\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            NEW.realised_after := account.realised;\n            IF NEW.realised_after IS DISTINCT FROM COALESCE(before.realised_after, 0) + NEW.realised_delta THEN\n                RAISE EXCEPTION 'Entry of %: realised was %, is %, posted %', TG_TABLE_NAME,\n                    COALESCE(before.realised_after, 0), account.realised, NEW.realised_delta\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ",
                                    hash="8b4a00cfd2410f32c7b61b23cc8e2fc2057493f1",
                                    operation="INSERT",
                                    pgid="pgtrigger_entry_follows_38541",
                                    table="procurement_budgetentry",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CeilingRevision",
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
                            "line",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revisions",
                                to="procurement.budgetline",
                                verbose_name="mata anggaran",
                            ),
                        ),
                        ("decree_on", models.DateField(verbose_name="tanggal keputusan")),
                        ("pagu_delta", epeken.core.money.RupiahField(default=0, signed=True, verbose_name="perubahan")),
                        (
                            "pagu_after",
                            epeken.core.money.RupiahField(default=0, editable=False, verbose_name="pagu sesudahnya"),
                        ),
                    ],
                    options={
                        "verbose_name": "perubahan pagu",
                        "verbose_name_plural": "perubahan pagu",
                        "ordering": ["pk"],
                        "abstract": False,
                        "indexes": [models.Index(fields=["line", "-id"], name="ceiling_revision_newest")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("line", "key"),
                                name="ceiling_revision_once",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8a0524e242ad320cee5ddb4878bc977464c26b9b",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_66f78",
                                    table="procurement_ceilingrevision",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="entry_follows",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before record; account record;",
                                    func='\n            SELECT * INTO account FROM "procurement_budgetline" WHERE id = NEW."line_id";\n            SELECT * INTO before FROM "procurement_ceilingrevision" WHERE "line_id" = NEW."line_id" ORDER BY id DESC LIMIT 1;\n            \n            NEW.pagu_after := account.pagu;\n            IF NEW.pagu_after IS DISTINCT FROM COALESCE(before.pagu_after, 0) + NEW.pagu_delta THEN\n                RAISE EXCEPTION \'Entry of %: pagu was %, is %, posted %\', TG_TABLE_NAME,\n                    COALESCE(before.pagu_after, 0), account.pagu, NEW.pagu_delta\n                    USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="a7195e7acb4e701591abd266ffa509fcd3711983",
                                    operation="INSERT",
                                    pgid="pgtrigger_entry_follows_933b4",
                                    table="procurement_ceilingrevision",
                                    when="BEFORE",
                                ),
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InspectorateKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "public",
                            models.CharField(editable=False, max_length=90, unique=True, verbose_name="kunci umum"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "Menunggu pengesahan orang kedua"),
                                    ("confirmed", "Disahkan"),
                                    ("withdrawn", "Ditarik"),
                                    ("stopped", "Dihentikan"),
                                ],
                                default="proposed",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "proposed_by",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibuat oleh",
                            ),
                        ),
                        ("proposed_at", models.DateTimeField(editable=False, verbose_name="dibuat")),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="disahkan oleh",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(editable=False, null=True, verbose_name="disahkan")),
                        ("valid_from", models.DateField(editable=False, null=True, verbose_name="berlaku sejak")),
                        ("stopped_at", models.DateTimeField(editable=False, null=True, verbose_name="dihentikan")),
                        (
                            "stop_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("lost", "Berkas kunci atau kata sandinya hilang"),
                                    ("leaked", "Orang lain mungkin memegangnya"),
                                ],
                                editable=False,
                                max_length=8,
                                verbose_name="alasan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kunci inspektorat",
                        "verbose_name_plural": "kunci inspektorat",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["confirmed", "proposed", "stopped", "withdrawn"])),
                                name="inspectorate_key_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_by__isnull", True),
                                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                                    _connector="OR",
                                ),
                                name="inspectorate_key_confirmed_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("confirmed_by__isnull", True),
                                        ("state__in", ["proposed", "withdrawn"]),
                                        ("valid_from__isnull", True),
                                    ),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("confirmed_by__isnull", False),
                                        ("valid_from__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="inspectorate_key_confirmed_says_by_whom",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_inspectoratekey" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_inspectoratekeyevent" WHERE "inspectorate_key_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.InspectorateKey % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="c607c23f0898ab9cf53d9f9b916266d4873331e4",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_66784",
                                    table="procurement_inspectoratekey",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Disclosure",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=12, unique=True, verbose_name="nomor")),
                        ("opening_hash", models.CharField(max_length=64, unique=True)),
                        ("day", models.DateField(verbose_name="hari")),
                        (
                            "key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.inspectoratekey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pengaduan tersegel",
                        "verbose_name_plural": "pengaduan tersegel",
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="02b132a187ddbda1f98db563a23406a61f2068df",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_1a2ce",
                                    table="procurement_disclosure",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureCase",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "disclosure",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="case",
                                to="procurement.disclosure",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("received", "Diterima"),
                                    ("opened", "Dibuka"),
                                    ("answered", "Dijawab"),
                                    ("closed", "Ditutup"),
                                ],
                                default="opened",
                                editable=False,
                                max_length=10,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "penanganan pengaduan",
                        "verbose_name_plural": "penanganan pengaduan",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["answered", "closed", "opened"])),
                                name="disclosure_case_state_known",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_disclosurecase" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_disclosureevent" WHERE "case_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.DisclosureCase % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="8d5e180b4ae52f2f5a17d27ab13027fd34ff3953",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_a1a78",
                                    table="procurement_disclosurecase",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureEvent",
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
                                to="procurement.disclosurecase",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat penanganan pengaduan",
                        "verbose_name_plural": "riwayat penanganan pengaduan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5a86ec22f2e4e4f2530fb33a606e1e8c92f71105",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_50c94",
                                    table="procurement_disclosureevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_disclosureevent" WHERE "case_id" = NEW."case_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="a30fd50ba78c3cd32e52b16e5116d91b83c88f4f",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_3434e",
                                    table="procurement_disclosureevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_disclosurecase" WHERE id = NEW."case_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_disclosureevent" WHERE "case_id" = NEW."case_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.DisclosureCase % is "%", its last event led to "%"\', NEW."case_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="550403630e5cd45dcc4e78f72bb99c2822d46ed5",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_28c7e",
                                    table="procurement_disclosureevent",
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
                    name="DisclosureMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "disclosure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to="procurement.disclosure",
                            ),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("complaint", "Pengaduan"),
                                    ("addition", "Tambahan pengirim"),
                                    ("answer", "Jawaban inspektorat"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("day", models.DateField()),
                        ("sealed", models.BinaryField()),
                        (
                            "key",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.inspectoratekey",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dijawab oleh",
                            ),
                        ),
                        ("token", models.CharField(max_length=32, unique=True)),
                    ],
                    options={
                        "verbose_name": "pesan tersegel",
                        "verbose_name_plural": "pesan tersegel",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("author__isnull", True),
                                        ("key__isnull", False),
                                        ("part__in", ("complaint", "addition")),
                                    ),
                                    models.Q(("author__isnull", False), ("key__isnull", True), ("part", "answer")),
                                    _connector="OR",
                                ),
                                name="disclosure_sender_has_no_name",
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="19141350334e6b8c4820305ef2c8c354f43520b5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_11251",
                                    table="procurement_disclosuremessage",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "disclosure",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="procurement.disclosure",
                            ),
                        ),
                        (
                            "inspector",
                            models.ForeignKey(
                                editable=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dibuka oleh",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        (
                            "newest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.disclosuremessage",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pembukaan pengaduan",
                        "verbose_name_plural": "pembukaan pengaduan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="2c5aa483ec97de521da0b8da135e9ad69483cae8",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_2f51b",
                                    table="procurement_disclosurelook",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FrameEvent",
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
                            "frame",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="procurement.approvalframe",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat kerangka",
                        "verbose_name_plural": "riwayat kerangka",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="8046809a03cb496e0ea8ceb3837f947e3882e144",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c383b",
                                    table="procurement_frameevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_frameevent" WHERE "frame_id" = NEW."frame_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="563a454d4318600e5e7944b261ab31de20764499",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_23fca",
                                    table="procurement_frameevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_approvalframe" WHERE id = NEW."frame_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_frameevent" WHERE "frame_id" = NEW."frame_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.ApprovalFrame % is "%", its last event led to "%"\', NEW."frame_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="3c38deaf6bd38a262d63c954b1afc680eb543a18",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_98890",
                                    table="procurement_frameevent",
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
                    name="FrameGoods",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "frame",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="goods",
                                to="procurement.approvalframe",
                                verbose_name="kerangka persetujuan",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.product",
                                verbose_name="barang",
                            ),
                        ),
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
                        ("price_limit", epeken.core.money.RupiahField(verbose_name="harga paling tinggi")),
                        (
                            "basis",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("standard", "Standar harga kota"),
                                    ("market", "Harga tengah di pasar"),
                                    ("few", "Harga termahal di pasar"),
                                    ("own", "Harga barang itu sendiri"),
                                    ("none", "Belum ada harga di pasar"),
                                ],
                                editable=False,
                                max_length=8,
                                verbose_name="dibandingkan dengan",
                            ),
                        ),
                        (
                            "reference",
                            epeken.core.money.RupiahField(editable=False, null=True, verbose_name="harga pembanding"),
                        ),
                    ],
                    options={
                        "verbose_name": "barang dalam kerangka",
                        "verbose_name_plural": "barang dalam kerangka",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("frame", "category", "product", "unit"),
                                name="frame_goods_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("price_limit__gt", 0)), name="frame_goods_price"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="InspectorateKeyEvent",
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
                            "inspectorate_key",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="procurement.inspectoratekey",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat kunci inspektorat",
                        "verbose_name_plural": "riwayat kunci inspektorat",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="590ca8ddbc5d452605c1df1b893759d67ea439fa",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4ae23",
                                    table="procurement_inspectoratekeyevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_inspectoratekeyevent" WHERE "inspectorate_key_id" = NEW."inspectorate_key_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="5307dc61e0f220144f9225037545cc27110c4098",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_1c30a",
                                    table="procurement_inspectoratekeyevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_inspectoratekey" WHERE id = NEW."inspectorate_key_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_inspectoratekeyevent" WHERE "inspectorate_key_id" = NEW."inspectorate_key_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.InspectorateKey % is "%", its last event led to "%"\', NEW."inspectorate_key_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="8db6cbd70db6a04fe11c588900fcf03a91ab78c1",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_f62c0",
                                    table="procurement_inspectoratekeyevent",
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
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("inactive", "Toko belum disetujui atau dibekukan"),
                                    ("no_goods", "Tidak ada barang yang tayang di kategori dan satuan yang diminta"),
                                    ("elsewhere", "Toko di luar wilayah yang diminta"),
                                    ("related", "Terkait dengan pemesan atau pejabat yang mengumumkan"),
                                ],
                                max_length=10,
                                verbose_name="alasan tidak diundang",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "undangan menawar",
                        "verbose_name_plural": "undangan menawar",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("quotation", "seller"), name="quotation_invitation_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="d816aaa26fbc48e77307e275fbb165ec0ab71d3e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_31a89",
                                    table="procurement_invitation",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="QuotationOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.owner",
                                verbose_name="pemilik",
                            ),
                        ),
                        ("seller_name", models.CharField(max_length=80, verbose_name="nama penjual")),
                        ("nearness", models.PositiveSmallIntegerField(verbose_name="jarak")),
                        ("delivery_cost", epeken.core.money.RupiahField(verbose_name="ongkos antar")),
                        ("deliver_at", models.DateTimeField(null=True, verbose_name="barang tiba paling lambat")),
                        ("total", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("words", models.CharField(blank=True, max_length=300, verbose_name="kata-kata")),
                        ("sent_at", models.DateTimeField(verbose_name="dikirim")),
                        (
                            "obstacle",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("unreadable", "Isinya tidak dapat dibaca"),
                                    ("inactive", "Toko tidak lagi aktif"),
                                    ("related", "Terkait dengan pemesan atau pejabat yang mengumumkan"),
                                    ("ceiling", "Jumlahnya di atas batas tertinggi"),
                                    ("unable", "Barangnya tidak dapat disiapkan"),
                                    ("no_room", "Batas penjualan bulan ini tidak cukup"),
                                    ("owner", "Toko lain dari pemilik yang sama menawar lebih baik"),
                                ],
                                max_length=10,
                                verbose_name="alasan gugur",
                            ),
                        ),
                        (
                            "obstacle_note",
                            models.CharField(blank=True, max_length=400, verbose_name="penjelasan gugur"),
                        ),
                        ("rank", models.PositiveSmallIntegerField(null=True, verbose_name="peringkat")),
                        (
                            "points",
                            models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="nilai"),
                        ),
                    ],
                    options={
                        "verbose_name": "penawaran yang dibuka",
                        "verbose_name_plural": "penawaran yang dibuka",
                        "ordering": ["rank", "pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("quotation", "seller"), name="quotation_offer_once"),
                            models.UniqueConstraint(fields=("quotation", "rank"), name="quotation_rank_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("obstacle", ""), ("rank__isnull", False)),
                                    models.Q(models.Q(("obstacle", ""), _negated=True), ("rank__isnull", True)),
                                    _connector="OR",
                                ),
                                name="quotation_offer_ranked_or_told_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="c08e90ea17b2848e35eb5b6e71873b677fad2cba",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_da040",
                                    table="procurement_quotationoffer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="OfferPassing",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "offer",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passing",
                                to="procurement.quotationoffer",
                                verbose_name="penawaran",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(
                                choices=[
                                    ("spec", "Barangnya tidak sesuai spesifikasi"),
                                    ("unable", "Penjual tidak lagi sanggup"),
                                    ("related", "Penjual terkait dengan pemesan atau pejabat"),
                                    ("price", "Harganya tidak wajar"),
                                    ("fell", "Pembeliannya tidak jadi"),
                                ],
                                max_length=10,
                                verbose_name="alasan",
                            ),
                        ),
                        ("note", models.CharField(max_length=300, verbose_name="penjelasan")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "penawaran yang dilewati",
                        "verbose_name_plural": "penawaran yang dilewati",
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="a0bb3f0bf82389dff6241b30c8f391049d0ea30f",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_93c0e",
                                    table="procurement_offerpassing",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="QuotationLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                        ("name", models.CharField(max_length=120, verbose_name="nama barang")),
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
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        ("specification", models.CharField(max_length=500, verbose_name="spesifikasi")),
                    ],
                    options={
                        "verbose_name": "barang yang diminta penawarannya",
                        "verbose_name_plural": "barang yang diminta penawarannya",
                        "ordering": ["position"],
                        "constraints": [
                            models.UniqueConstraint(fields=("quotation", "position"), name="quotation_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="quotation_line_quantity"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="OfferPrice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "offer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prices",
                                to="procurement.quotationoffer",
                                verbose_name="penawaran",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.quotationline",
                                verbose_name="barang yang diminta",
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
                        ("price", epeken.core.money.RupiahField(verbose_name="harga")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                    ],
                    options={
                        "verbose_name": "harga penawaran",
                        "verbose_name_plural": "harga penawaran",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("offer", "line"), name="quotation_price_once")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="66623527e6b00a5d0fe95e014944c110553c0be7",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_caa88",
                                    table="procurement_offerprice",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="QuotationQuestion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="pertanyaan")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "pertanyaan penawar",
                        "verbose_name_plural": "pertanyaan penawar",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="94ea14c610ef189efab9e0c7b623559713b30800",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_40fc5",
                                    table="procurement_quotationquestion",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="QuotationAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "question",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="procurement.quotationquestion",
                                verbose_name="pertanyaan penawar",
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="jawaban")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
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
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="3d606831b1f5203c4c9c73ab18242a1546519143",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_ad3cf",
                                    table="procurement_quotationanswer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="QuotationEvent",
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
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="procurement.quotation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat permintaan penawaran",
                        "verbose_name_plural": "riwayat permintaan penawaran",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="99ee0aa7abeefc4b86c8290d8ec6f216f446f994",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_06dc4",
                                    table="procurement_quotationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_quotationevent" WHERE "quotation_id" = NEW."quotation_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="15ed3dfede19c971e718bd56f0cb43202d7c5361",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_adaca",
                                    table="procurement_quotationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_quotation" WHERE id = NEW."quotation_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_quotationevent" WHERE "quotation_id" = NEW."quotation_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.Quotation % is "%", its last event led to "%"\', NEW."quotation_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="cfd10601768c40f8612b68c4ec11c47a455a37b0",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_4e754",
                                    table="procurement_quotationevent",
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
                    name="QuotationLook",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="looks",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="orang",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "pembaca penawaran",
                        "verbose_name_plural": "pembaca penawaran",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("quotation", "person"), name="quotation_look_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="abf6b10f6f75fb5a4b8098be872f07eff7459605",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_40993",
                                    table="procurement_quotationlook",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="QuotationSeal",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seal",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        (
                            "key",
                            epeken.core.secret.EncryptedField(blank=True, editable=False, verbose_name="kunci segel"),
                        ),
                        (
                            "destroyed_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="kunci dimusnahkan"),
                        ),
                    ],
                    options={
                        "verbose_name": "segel penawaran",
                        "verbose_name_plural": "segel penawaran",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("destroyed_at__isnull", True), models.Q(("key", ""), _negated=True)),
                                    models.Q(("destroyed_at__isnull", False), ("key", "")),
                                    _connector="OR",
                                ),
                                name="quotation_seal_is_whole_or_gone",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SealedOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "quotation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sealed",
                                to="procurement.quotation",
                                verbose_name="permintaan penawaran",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(verbose_name="versi")),
                        ("sealed", models.TextField(blank=True, editable=False, verbose_name="isi tersegel")),
                        (
                            "actor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "penawaran tersegel",
                        "verbose_name_plural": "penawaran tersegel",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("quotation", "seller", "version"), name="quotation_sealed_version_once"
                            )
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="5979947c63ddfe957e482df600b1e6b01f10bf73",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_f65f1",
                                    table="procurement_sealedoffer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="TemplateLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="procurement.requesttemplate",
                                verbose_name="template permintaan",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.product",
                                verbose_name="barang",
                            ),
                        ),
                        ("words", models.CharField(max_length=120, verbose_name="barang yang dicari")),
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
                        (
                            "amount",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        ("is_per_person", models.BooleanField(default=False, verbose_name="per orang")),
                        (
                            "account",
                            models.ForeignKey(
                                blank=True,
                                help_text="Kosong: dari rekening templatenya.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.account",
                                verbose_name="kode rekening",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan untuk penjual")),
                    ],
                    options={
                        "verbose_name": "baris template",
                        "verbose_name_plural": "baris template",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("template", "product"), name="template_product_once"),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0)),
                                name="template_amount",
                                violation_error_message="Banyaknya harus lebih dari nol.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="NumberForm",
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
                                    ("request", "Permintaan dan persetujuan"),
                                    ("order", "Surat pesanan"),
                                    ("addendum", "Adendum surat pesanan"),
                                    ("bast", "Berita acara serah terima"),
                                    ("kuitansi", "Kuitansi"),
                                ],
                                max_length=12,
                                verbose_name="jenis dokumen",
                            ),
                        ),
                        (
                            "pattern",
                            models.CharField(
                                help_text="Misalnya 027/{urut}/{kode}/{tahun}. Wajib ada {urut} dan {tahun}; boleh {bulan} (romawi) dan {kode} (kode dinas). Jenis yang bentuknya sama berbagi satu urutan.",
                                max_length=60,
                                verbose_name="bentuk nomor",
                            ),
                        ),
                        (
                            "first",
                            models.PositiveIntegerField(
                                default=1,
                                help_text="Untuk urutan yang belum dipakai tahun ini: nomor sesudah yang sudah diberikan di kertas.",
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="urutan mulai dari",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="berlaku sejak")),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="berlaku sampai")),
                        ("source", models.CharField(max_length=300, verbose_name="sumber")),
                        (
                            "agency",
                            models.ForeignKey(
                                blank=True,
                                help_text="Kosong: semua dinas yang tidak punya bentuk sendiri.",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="number_forms",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "bentuk nomor surat",
                        "verbose_name_plural": "bentuk nomor surat",
                        "ordering": [
                            "kind",
                            models.OrderBy(models.F("agency"), nulls_first=True),
                            "-valid_from",
                            "-pk",
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until__isnull", True),
                                    ("valid_until__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="number_form_dates",
                                violation_error_message="Hari terakhir tidak boleh sebelum hari mulai.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pattern__contains", "{urut}"), ("pattern__contains", "{tahun}")),
                                name="number_form_whole",
                                violation_error_message="Bentuk nomor memuat {urut} dan {tahun}, supaya tidak ada nomor kembar.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first__gte", 1)),
                                name="number_form_first",
                                violation_error_message="Urutan mulai dari satu atau lebih.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PurchaseRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "agency",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="procurement.agency",
                                verbose_name="dinas",
                            ),
                        ),
                        (
                            "requester",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="purchase_requests",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pemesan",
                            ),
                        ),
                        (
                            "line",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="procurement.budgetline",
                                verbose_name="mata anggaran",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "Draf"),
                                    ("submitted", "Menunggu persetujuan"),
                                    ("sent_back", "Perlu perbaikan"),
                                    ("approved", "Disetujui, belum dipesan"),
                                    ("ordered", "Surat pesanan terbit"),
                                    ("rejected", "Ditolak"),
                                    ("withdrawn", "Ditarik pemesan"),
                                    ("lapsed", "Waktu tahan habis"),
                                ],
                                default="draft",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        (
                            "rebuilt_from",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rebuilds",
                                to="procurement.purchaserequest",
                                verbose_name="menyusun ulang",
                            ),
                        ),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="procurement.purchaserequest",
                                verbose_name="menyalin",
                            ),
                        ),
                        (
                            "from_template",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="procurement.requesttemplate",
                                verbose_name="dari template",
                            ),
                        ),
                        (
                            "frame",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="procurement.approvalframe",
                                verbose_name="kerangka persetujuan",
                            ),
                        ),
                        (
                            "from_quotation",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="procurement.quotation",
                                verbose_name="dari permintaan penawaran",
                            ),
                        ),
                        ("title", models.CharField(max_length=120, verbose_name="nama kegiatan")),
                        ("purpose", models.CharField(blank=True, max_length=300, verbose_name="keperluan")),
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
                                max_length=8,
                                verbose_name="jenis kegiatan",
                            ),
                        ),
                        ("event_at", models.DateTimeField(blank=True, null=True, verbose_name="tanggal dan jam acara")),
                        ("event_place", models.CharField(blank=True, max_length=160, verbose_name="tempat acara")),
                        (
                            "attendees",
                            models.PositiveIntegerField(
                                blank=True,
                                null=True,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="jumlah peserta",
                            ),
                        ),
                        (
                            "deliver_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="barang tiba paling lambat"),
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
                                verbose_name="kelurahan",
                            ),
                        ),
                        ("total", epeken.core.money.RupiahField(default=0, editable=False, verbose_name="jumlah")),
                        (
                            "needed_role",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("requester", "Pemesan"),
                                    ("pp", "Pejabat pengadaan (PP)"),
                                    ("ppk", "Pejabat pembuat komitmen (PPK)"),
                                    ("receiver", "Penerima barang"),
                                    ("treasurer", "Bendahara"),
                                    ("head", "Kepala dinas (PA/KPA)"),
                                ],
                                editable=False,
                                max_length=12,
                                verbose_name="jabatan yang diperlukan",
                            ),
                        ),
                        (
                            "sheet_number",
                            models.CharField(
                                blank=True, editable=False, max_length=20, verbose_name="lembar perbandingan"
                            ),
                        ),
                        (
                            "decision_note",
                            models.CharField(
                                blank=True, editable=False, max_length=300, verbose_name="catatan keputusan"
                            ),
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
                                verbose_name="penyetuju",
                            ),
                        ),
                        (
                            "approver_role",
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
                                editable=False,
                                max_length=16,
                                verbose_name="jabatan penyetuju",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="dibuat")),
                        ("submitted_at", models.DateTimeField(editable=False, null=True, verbose_name="dikirim")),
                        ("due_at", models.DateTimeField(editable=False, null=True, verbose_name="tenggat")),
                        ("held_until", models.DateTimeField(editable=False, null=True, verbose_name="ditahan sampai")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        (
                            "ceiling_asked_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="pagu diminta"),
                        ),
                        ("approved_at", models.DateTimeField(editable=False, null=True, verbose_name="disetujui")),
                        ("ordered_at", models.DateTimeField(editable=False, null=True, verbose_name="dipesan")),
                        ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="ditutup")),
                        ("taken_over_at", models.DateTimeField(editable=False, null=True, verbose_name="diambil alih")),
                        (
                            "signatures_asked",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="tanda tangan diminta"
                            ),
                        ),
                        (
                            "decision_due_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="tenggat keputusan"),
                        ),
                        (
                            "scheduled_days",
                            models.PositiveSmallIntegerField(
                                default=0, editable=False, verbose_name="tanggal dalam jadwal"
                            ),
                        ),
                        (
                            "office_number",
                            models.CharField(
                                blank=True, editable=False, max_length=120, verbose_name="nomor surat dinas"
                            ),
                        ),
                        (
                            "sourced_again_from",
                            models.ForeignKey(
                                blank=True,
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continuations",
                                to="procurement.requestseller",
                                verbose_name="melanjutkan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "permintaan",
                        "verbose_name_plural": "permintaan",
                        "ordering": ["-pk"],
                        "indexes": [
                            models.Index(fields=["agency", "state", "-id"], name="request_desk"),
                            models.Index(
                                condition=models.Q(("state__in", ("submitted", "approved"))),
                                fields=["held_until"],
                                name="request_holds",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "approved",
                                            "draft",
                                            "lapsed",
                                            "ordered",
                                            "rejected",
                                            "sent_back",
                                            "submitted",
                                            "withdrawn",
                                        ],
                                    )
                                ),
                                name="request_state_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("approver__isnull", True),
                                    models.Q(("approver", models.F("requester")), _negated=True),
                                    _connector="OR",
                                ),
                                name="request_approver_is_not_requester",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("approver__isnull", True), ("approver_role", "")),
                                    models.Q(
                                        ("approver__isnull", False), models.Q(("approver_role", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="request_approver_has_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("submitted", "approved")), _negated=True),
                                    models.Q(("needed_role", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="request_live_needs_office",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "sent_back", "withdrawn"]),
                                    models.Q(("line__isnull", False), ("total__gt", 0)),
                                    _connector="OR",
                                ),
                                name="request_submitted_has_budget",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("submitted", "approved")), _negated=True),
                                    ("held_until__isnull", False),
                                    _connector="OR",
                                ),
                                name="request_live_has_hold",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("rejected", "withdrawn", "lapsed")), _negated=True),
                                fields=("rebuilt_from",),
                                name="request_rebuilt_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("rejected", "withdrawn", "lapsed")), _negated=True),
                                fields=("sourced_again_from",),
                                name="request_sourced_again_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("rejected", "withdrawn", "lapsed")), _negated=True),
                                    ("sourced_again_from__isnull", True),
                                ),
                                fields=("from_quotation",),
                                name="request_of_quotation_once",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_purchaserequest" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_requestevent" WHERE "request_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.PurchaseRequest % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="89f87c03fe28caf7dee196bfe5f32f8f2eba8340",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_658f8",
                                    table="procurement_purchaserequest",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApprovalSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="dikirim")),
                        ("position", models.PositiveSmallIntegerField(verbose_name="urutan")),
                        (
                            "office",
                            models.CharField(
                                choices=[
                                    ("requester", "Pemesan"),
                                    ("pp", "Pejabat pengadaan (PP)"),
                                    ("ppk", "Pejabat pembuat komitmen (PPK)"),
                                    ("receiver", "Penerima barang"),
                                    ("treasurer", "Bendahara"),
                                    ("head", "Kepala dinas (PA/KPA)"),
                                ],
                                max_length=12,
                                verbose_name="jabatan",
                            ),
                        ),
                        ("source", models.CharField(max_length=300, verbose_name="sumber")),
                        (
                            "signer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="penanda tangan",
                            ),
                        ),
                        ("signed_at", models.DateTimeField(null=True, verbose_name="ditandatangani")),
                        (
                            "signed_as",
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
                                verbose_name="sebagai",
                            ),
                        ),
                        ("total", epeken.core.money.RupiahField(default=0, verbose_name="jumlah")),
                    ],
                    options={
                        "verbose_name": "tanda tangan permintaan",
                        "verbose_name_plural": "tanda tangan permintaan",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("request", "sent_at", "position"), name="approval_signature_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("signer__isnull", False)),
                                fields=("request", "sent_at", "signer"),
                                name="approval_signature_of_one_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_as", ""), ("signed_at__isnull", True), ("signer__isnull", True)),
                                    models.Q(
                                        ("signed_at__isnull", False),
                                        ("signer__isnull", False),
                                        models.Q(("signed_as", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="approval_signature_says_who",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CeilingAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ceiling_answers",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        ("asked_at", models.DateTimeField(verbose_name="pagu diminta")),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("put", "Diajukan ke pengelola anggaran kota"),
                                    ("declined", "Tidak diajukan"),
                                    ("borne", "Pagunya sudah cukup"),
                                ],
                                max_length=8,
                                verbose_name="jawaban",
                            ),
                        ),
                        ("reference", models.CharField(blank=True, max_length=80, verbose_name="nomor surat")),
                        ("sent_on", models.DateField(null=True, verbose_name="tanggal surat")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="penjawab",
                            ),
                        ),
                        (
                            "acted_as",
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
                                verbose_name="jabatan",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "jawaban permintaan pagu",
                        "verbose_name_plural": "jawaban permintaan pagu",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("actor__isnull", False)),
                                fields=("request", "asked_at"),
                                name="ceiling_answered_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("actor__isnull", True)),
                                fields=("request", "asked_at"),
                                name="ceiling_borne_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("actor__isnull", False),
                                        ("outcome", "put"),
                                        ("sent_on__isnull", False),
                                        models.Q(("reference", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("actor__isnull", False),
                                        ("outcome", "declined"),
                                        ("reference", ""),
                                        ("sent_on__isnull", True),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("actor__isnull", True),
                                        ("outcome", "borne"),
                                        ("reason", ""),
                                        ("reference", ""),
                                        ("sent_on__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ceiling_answer_says_all",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="488aef24f1acc29f7aadd9bd1858c6d8a4a5226e",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_4e4ef",
                                    table="procurement_ceilinganswer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ComparisonSheet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sheets",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        ("drawn_at", models.DateTimeField(verbose_name="ditarik")),
                        ("deliver_at", models.DateTimeField(verbose_name="barang tiba paling lambat")),
                        ("place", models.CharField(max_length=120, verbose_name="kelurahan tujuan")),
                        ("total", epeken.core.money.RupiahField(verbose_name="jumlah permintaan")),
                        ("above", epeken.core.money.RupiahField(verbose_name="di atas")),
                        ("asked", models.PositiveSmallIntegerField(verbose_name="pemilik yang diminta")),
                    ],
                    options={
                        "verbose_name": "lembar perbandingan",
                        "verbose_name_plural": "lembar perbandingan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e86d7e9c4c45c2ace7f5e898a968facaad25472d",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_8c754",
                                    table="procurement_comparisonsheet",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="GuardFinding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="findings",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("split_goods", "Paket dipecah: barang sejenis"),
                                    ("split_owner", "Paket dipecah: pemilik yang sama"),
                                    ("account", "Rekening tidak sesuai barangnya"),
                                    ("price", "Harga di atas standar harga kota"),
                                    ("market", "Harga jauh di atas harga pasar"),
                                    ("year_end", "Pembayaran lewat akhir tahun anggaran"),
                                    ("year_early", "Tahun anggaran belum mulai"),
                                ],
                                max_length=12,
                                verbose_name="peringatan",
                            ),
                        ),
                        ("key", models.CharField(max_length=40)),
                        ("parameters", models.JSONField(default=dict)),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        ("threshold", epeken.core.money.RupiahField(verbose_name="ambang")),
                        (
                            "choice",
                            models.CharField(
                                choices=[
                                    ("merge", "Gabungkan dengan permintaan sebelumnya; draf ini belum dikirim"),
                                    ("justify", "Tetap kirim, dengan alasan"),
                                    ("escalate", "Naikkan keputusannya ke PPK"),
                                ],
                                max_length=8,
                                verbose_name="pilihan pemesan",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="alasan pemesan")),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pemesan",
                            ),
                        ),
                        ("chosen_at", models.DateTimeField(verbose_name="dipilih")),
                        (
                            "owner_role",
                            models.CharField(
                                choices=[
                                    ("requester", "Pemesan"),
                                    ("pp", "Pejabat pengadaan (PP)"),
                                    ("ppk", "Pejabat pembuat komitmen (PPK)"),
                                    ("receiver", "Penerima barang"),
                                    ("treasurer", "Bendahara"),
                                    ("head", "Kepala dinas (PA/KPA)"),
                                ],
                                max_length=12,
                                verbose_name="yang menjawab",
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("open", "Menunggu jawaban"),
                                    ("accepted", "Alasan diterima"),
                                    ("false_alarm", "Peringatan keliru"),
                                    ("confirmed", "Pelanggaran, tidak disetujui"),
                                    ("returned", "Dikembalikan tanpa penilaian"),
                                    ("merged", "Pemesan menggabungkan"),
                                    ("dropped", "Ditarik atau lewat waktu"),
                                ],
                                default="open",
                                max_length=12,
                                verbose_name="hasil",
                            ),
                        ),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dijawab oleh",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(null=True, verbose_name="dijawab")),
                    ],
                    options={
                        "verbose_name": "peringatan pengadaan",
                        "verbose_name_plural": "peringatan pengadaan",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("outcome", "open")),
                                fields=("request", "key"),
                                name="guard_finding_open_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered_at__isnull", True), ("outcome", "open")),
                                    models.Q(
                                        models.Q(("outcome", "open"), _negated=True), ("answered_at__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="guard_finding_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("choice", "merge"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="guard_finding_says_why",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Negotiation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="negotiations",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("with_seller", "Menunggu jawaban penjual"),
                                    ("with_buyer", "Menunggu jawaban dinas"),
                                    ("agreed", "Sepakat"),
                                    ("refused", "Penjual tetap pada penawarannya"),
                                    ("withdrawn", "Dihentikan dinas"),
                                    ("ended", "Berakhir bersama permintaannya"),
                                ],
                                default="with_seller",
                                editable=False,
                                max_length=12,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(verbose_name="permintaan dikirim")),
                        ("opened_at", models.DateTimeField(verbose_name="dibuka")),
                        ("asked_at", models.DateTimeField(verbose_name="ditanyakan")),
                        ("due_at", models.DateTimeField(null=True, verbose_name="dijawab paling lambat")),
                        (
                            "reminded_for",
                            models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="selesai")),
                    ],
                    options={
                        "verbose_name": "negosiasi",
                        "verbose_name_plural": "negosiasi",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("with_seller", "with_buyer"))),
                                fields=["due_at"],
                                name="negotiation_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        ["agreed", "ended", "refused", "with_buyer", "with_seller", "withdrawn"],
                                    )
                                ),
                                name="negotiation_state_known",
                            ),
                            models.UniqueConstraint(
                                fields=("request", "seller", "sent_at"), name="negotiation_once_a_sending"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_at__isnull", True),
                                        ("due_at__isnull", False),
                                        ("state__in", ("with_seller", "with_buyer")),
                                    ),
                                    models.Q(
                                        models.Q(("state__in", ("with_seller", "with_buyer")), _negated=True),
                                        ("closed_at__isnull", False),
                                        ("due_at__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="negotiation_live_has_end",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_negotiation" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_negotiationevent" WHERE "negotiation_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.Negotiation % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="e9a6a3ce03b197c9565912b31faead9034b02855",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_18b6f",
                                    table="procurement_negotiation",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NegotiationEvent",
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
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="procurement.negotiation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat negosiasi",
                        "verbose_name_plural": "riwayat negosiasi",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="e4ed7dc0fbd8fcc1151bc42c450fdcacc4809187",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_969d6",
                                    table="procurement_negotiationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_negotiationevent" WHERE "negotiation_id" = NEW."negotiation_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="628f8a880adfa2cf1b69fb64c98cfc3971e91064",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_752cf",
                                    table="procurement_negotiationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_negotiation" WHERE id = NEW."negotiation_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_negotiationevent" WHERE "negotiation_id" = NEW."negotiation_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.Negotiation % is "%", its last event led to "%"\', NEW."negotiation_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="4c48e5fc29bb7e88841d503d4e856b9ae0179068",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_850e8",
                                    table="procurement_negotiationevent",
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
                    name="NegotiationRound",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "negotiation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="procurement.negotiation",
                                verbose_name="negosiasi",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="putaran")),
                        (
                            "side",
                            models.CharField(
                                choices=[("buyer", "Dinas"), ("seller", "Penjual")], max_length=6, verbose_name="pihak"
                            ),
                        ),
                        ("delivery_cost", epeken.core.money.RupiahField(verbose_name="ongkos antar")),
                        ("deliver_at", models.DateTimeField(verbose_name="barang tiba paling lambat")),
                        ("words", models.CharField(blank=True, max_length=300, verbose_name="kata-kata")),
                        (
                            "actor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pelaku",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "putaran negosiasi",
                        "verbose_name_plural": "putaran negosiasi",
                        "ordering": ["number"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("negotiation", "number"), name="negotiation_round_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="9271b344f9f2d57668dee7d184a86e4c08e4577c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_b548b",
                                    table="procurement_negotiationround",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequestAttachment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attachments",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
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
                                    ("other", "Lainnya"),
                                ],
                                max_length=12,
                                verbose_name="jenis",
                            ),
                        ),
                        ("title", models.CharField(blank=True, max_length=120, verbose_name="judul")),
                        ("file", models.CharField(max_length=200, verbose_name="Berkas")),
                        ("content_type", models.CharField(max_length=60, verbose_name="jenis berkas")),
                        ("size", models.PositiveIntegerField(verbose_name="ukuran")),
                        ("sha256", models.CharField(max_length=64, verbose_name="sidik berkas")),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pengunggah",
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField(verbose_name="diunggah")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="dikeluarkan")),
                        ("uploaded_name", models.CharField(max_length=120, verbose_name="nama pengunggah")),
                        (
                            "removed_by",
                            models.ForeignKey(
                                editable=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="dikeluarkan oleh",
                            ),
                        ),
                        (
                            "removal_note",
                            models.CharField(
                                blank=True, editable=False, max_length=200, verbose_name="sebab dikeluarkan"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "lampiran permintaan",
                        "verbose_name_plural": "lampiran permintaan",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("removed_at__isnull", True)),
                                fields=("request", "kind", "sha256"),
                                name="request_attachment_once",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequestEvent",
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
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="procurement.purchaserequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat permintaan",
                        "verbose_name_plural": "riwayat permintaan",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="eb634ea8895bd18ab907b66506011f837a7816d1",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_8a51c",
                                    table="procurement_requestevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_requestevent" WHERE "request_id" = NEW."request_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="14dffcd154d6e195a0b7c884c8ead53dc1f864fe",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_72fdf",
                                    table="procurement_requestevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_purchaserequest" WHERE id = NEW."request_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_requestevent" WHERE "request_id" = NEW."request_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.PurchaseRequest % is "%", its last event led to "%"\', NEW."request_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="3dbad89832250009471021f9d088e8001ce71205",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_b66a9",
                                    table="procurement_requestevent",
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
                    name="RequestLine",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="lines",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
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
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
                            ),
                        ),
                        (
                            "seller_name",
                            models.CharField(blank=True, editable=False, max_length=80, verbose_name="nama penjual"),
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
                        ("price", epeken.core.money.RupiahField(verbose_name="harga")),
                        (
                            "quoted_price",
                            epeken.core.money.RupiahField(
                                editable=False, null=True, verbose_name="harga dalam penawaran"
                            ),
                        ),
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                        (
                            "charged_to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="procurement.budgetline",
                                verbose_name="dibebankan ke",
                            ),
                        ),
                        ("note", models.CharField(blank=True, max_length=200, verbose_name="catatan untuk penjual")),
                        (
                            "choice_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("delivery", "Dengan ongkirnya, yang lain tidak lebih murah"),
                                    ("sooner", "Barangnya bisa datang lebih cepat"),
                                    ("nearer", "Penjualnya lebih dekat dengan tempat antar"),
                                    ("capacity", "Yang lain tidak sanggup seluruh jumlahnya"),
                                    ("quality", "Mutu atau isinya yang dibutuhkan"),
                                    ("draw", "Mendapat giliran dalam undian"),
                                ],
                                max_length=8,
                                verbose_name="alasan memilih",
                            ),
                        ),
                        (
                            "choice_note",
                            models.CharField(blank=True, max_length=300, verbose_name="penjelasan pilihan"),
                        ),
                        ("dropped_at", models.DateTimeField(editable=False, null=True, verbose_name="dilepas")),
                        (
                            "dropped_reason",
                            models.CharField(blank=True, editable=False, max_length=200, verbose_name="alasan dilepas"),
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
                        "verbose_name": "baris permintaan",
                        "verbose_name_plural": "baris permintaan",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "product"), name="request_line_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="request_line_quantity"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequestSeller",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sellers",
                                to="procurement.purchaserequest",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.seller"
                            ),
                        ),
                        ("delivery_cost", epeken.core.money.RupiahField(default=0, verbose_name="ongkos antar")),
                        (
                            "quoted_cost",
                            epeken.core.money.RupiahField(
                                editable=False, null=True, verbose_name="ongkos antar dalam penawaran"
                            ),
                        ),
                        ("is_delivered", models.BooleanField(default=True, verbose_name="diantar penjual")),
                        (
                            "deliver_at",
                            models.DateTimeField(editable=False, null=True, verbose_name="barang tiba paling lambat"),
                        ),
                        ("cancel_asked_at", models.DateTimeField(editable=False, null=True)),
                        ("unfilled_order", models.CharField(blank=True, editable=False, max_length=20)),
                        ("unfilled_at", models.DateTimeField(editable=False, null=True)),
                        (
                            "unfilled_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("no_answer", "Penjual tidak menjawab"),
                                    ("declined", "Penjual menolak"),
                                    ("cancelled", "Dibatalkan dinas"),
                                    ("released", "Penjual mundur dengan persetujuan dinas"),
                                    ("rejected", "Semua barang ditolak"),
                                    ("missing", "Barang tidak datang"),
                                ],
                                editable=False,
                                max_length=9,
                            ),
                        ),
                        ("unfilled_note", models.CharField(blank=True, editable=False, max_length=300)),
                        ("sourcing_ended_at", models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        "verbose_name": "penjual dalam permintaan",
                        "verbose_name_plural": "penjual dalam permintaan",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "seller"), name="request_seller_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("sourcing_ended_at__isnull", True),
                                        ("unfilled_at__isnull", True),
                                        ("unfilled_order", ""),
                                        ("unfilled_reason", ""),
                                    ),
                                    models.Q(
                                        ("unfilled_at__isnull", False),
                                        models.Q(("unfilled_reason", ""), _negated=True),
                                        models.Q(("unfilled_order", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="request_seller_unfilled_says_why",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequestTakeover",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="takeovers",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        (
                            "earlier",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="pemesan sebelumnya",
                            ),
                        ),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "pengambilalihan permintaan",
                        "verbose_name_plural": "pengambilalihan permintaan",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RotationDraw",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=20, unique=True, verbose_name="nomor")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="draws",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.category",
                                verbose_name="kategori",
                            ),
                        ),
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
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        ("deliver_at", models.DateTimeField(verbose_name="barang tiba paling lambat")),
                        ("place", models.CharField(max_length=20, verbose_name="kelurahan tujuan")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("announced", "Diumumkan, belum diundi"),
                                    ("drawn", "Sudah diundi"),
                                    ("cancelled", "Dibatalkan sebelum diundi"),
                                ],
                                default="announced",
                                editable=False,
                                max_length=10,
                                verbose_name="keadaan",
                            ),
                        ),
                        ("opened_at", models.DateTimeField(verbose_name="diumumkan")),
                        ("draw_from", models.DateTimeField(verbose_name="diundi paling cepat")),
                        ("commitment", models.CharField(max_length=64, verbose_name="komitmen")),
                        ("secret", epeken.core.secret.EncryptedField(editable=False, verbose_name="rahasia")),
                        ("list_text", models.TextField(verbose_name="daftar seperti diumumkan")),
                        ("list_hash", models.CharField(max_length=64, verbose_name="sidik daftar")),
                        ("public_value", models.CharField(blank=True, max_length=40, verbose_name="nilai publik")),
                        ("seed", models.CharField(blank=True, max_length=64, verbose_name="benih")),
                        ("drawn_at", models.DateTimeField(null=True, verbose_name="diundi")),
                        (
                            "cancel_reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("changed", "Jumlah, waktu, atau tempatnya berubah"),
                                    ("not_needed", "Barangnya tidak jadi dibeli"),
                                    ("list_wrong", "Daftarnya keliru"),
                                    ("withdrawn", "Permintaannya ditarik"),
                                ],
                                max_length=10,
                                verbose_name="alasan batal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "undian giliran",
                        "verbose_name_plural": "undian giliran",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["announced", "cancelled", "drawn"])),
                                name="rotation_draw_state_known",
                            ),
                            models.UniqueConstraint(fields=("request", "category", "unit"), name="rotation_draw_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("drawn_at__isnull", False),
                                        ("state", "drawn"),
                                        models.Q(("seed", ""), _negated=True),
                                        models.Q(("public_value", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(("state", "drawn"), _negated=True),
                                        ("drawn_at__isnull", True),
                                        ("public_value", ""),
                                        ("seed", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="rotation_draw_has_seed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), models.Q(("cancel_reason", ""), _negated=True)),
                                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancel_reason", "")),
                                    _connector="OR",
                                ),
                                name="rotation_draw_says_why",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="state_is_last_event",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_rotationdraw" WHERE id = NEW.id;\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_rotationevent" WHERE "draw_id" = NEW.id\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.RotationDraw % is "%", its last event led to "%"\', NEW.id, now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="d2c35e8a7bfe2f7172aecc65a59a4845f67ee358",
                                    operation='INSERT OR UPDATE OF "state"',
                                    pgid="pgtrigger_state_is_last_event_9e141",
                                    table="procurement_rotationdraw",
                                    timing="DEFERRABLE INITIALLY DEFERRED",
                                    when="AFTER",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RotationEntrant",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entrants",
                                to="procurement.rotationdraw",
                                verbose_name="undian",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(null=True, verbose_name="nomor di daftar")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.owner",
                                verbose_name="pemilik",
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="umkm.seller",
                                verbose_name="penjual",
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
                        ("cost", epeken.core.money.RupiahField(verbose_name="harga dengan ongkir")),
                        ("orders", models.PositiveIntegerField(verbose_name="pesanan dinas bulan ini")),
                        ("weight", models.PositiveIntegerField(verbose_name="bobot")),
                        (
                            "left_out",
                            models.CharField(
                                blank=True,
                                choices=[("tied", "terkait pejabat dinas yang membeli")],
                                max_length=8,
                                verbose_name="tidak ikut karena",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "peserta undian",
                        "verbose_name_plural": "peserta undian",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("draw", "owner"), name="rotation_owner_once"),
                            models.UniqueConstraint(fields=("draw", "number"), name="rotation_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("left_out", ""), ("number__isnull", False), ("weight__gt", 0)),
                                    models.Q(
                                        ("number__isnull", True),
                                        ("weight", 0),
                                        models.Q(("left_out", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="rotation_entrant_takes_part",
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="f1051ac723cdb7592982666996c45683465001b5",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_48997",
                                    table="procurement_rotationentrant",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="RotationEvent",
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
                            "draw",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="events",
                                to="procurement.rotationdraw",
                                verbose_name="undian",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "riwayat undian giliran",
                        "verbose_name_plural": "riwayat undian giliran",
                        "ordering": ["sequence"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="95950aa0b2f57660fea51901bc2eeeaba82a3eb9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_bf6f1",
                                    table="procurement_rotationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="follows_the_last",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    declare="DECLARE before text;",
                                    func='\n            SELECT to_state INTO before FROM "procurement_rotationevent" WHERE "draw_id" = NEW."draw_id"\n                ORDER BY sequence DESC LIMIT 1;\n            IF COALESCE(before, \'\') <> NEW.from_state THEN\n                RAISE EXCEPTION \'An event of % begins at "%", the one before ended at "%"\',\n                    TG_TABLE_NAME, NEW.from_state, before USING ERRCODE = \'check_violation\';\n            END IF;\n            RETURN NEW;\n        ',
                                    hash="0fd0dcbdb41eb840e890f94b8355d47ca2a33f4f",
                                    operation="INSERT",
                                    pgid="pgtrigger_follows_the_last_f5e1b",
                                    table="procurement_rotationevent",
                                    when="BEFORE",
                                ),
                            ),
                            pgtrigger.compiler.Trigger(
                                name="led_to_state",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    constraint="CONSTRAINT",
                                    declare="DECLARE now_is text; led_to text;",
                                    func='\n        SELECT state INTO now_is FROM "procurement_rotationdraw" WHERE id = NEW."draw_id";\n        IF NOT FOUND THEN\n            RETURN NULL;\n        END IF;\n        SELECT to_state INTO led_to FROM "procurement_rotationevent" WHERE "draw_id" = NEW."draw_id"\n            ORDER BY sequence DESC LIMIT 1;\n        IF led_to IS DISTINCT FROM now_is THEN\n            RAISE EXCEPTION \'procurement.RotationDraw % is "%", its last event led to "%"\', NEW."draw_id", now_is, led_to\n                USING ERRCODE = \'check_violation\';\n        END IF;\n        RETURN NULL;\n    ',
                                    hash="05da50914c0f16e55495926ad25241e9989109c2",
                                    operation="INSERT",
                                    pgid="pgtrigger_led_to_state_f313e",
                                    table="procurement_rotationevent",
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
                    name="RotationPass",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entrant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passed",
                                to="procurement.rotationentrant",
                                verbose_name="peserta",
                            ),
                        ),
                        ("why", models.CharField(max_length=300, verbose_name="sebabnya")),
                        ("at", models.DateTimeField(verbose_name="waktu")),
                    ],
                    options={
                        "verbose_name": "giliran terlewat",
                        "verbose_name_plural": "giliran terlewat",
                        "ordering": ["pk"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="b330db67877019fbb6acd0303a79c53f163b50e9",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_e5969",
                                    table="procurement_rotationpass",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RotationPlace",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "entrant",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="place",
                                to="procurement.rotationentrant",
                                verbose_name="peserta",
                            ),
                        ),
                        ("place", models.PositiveSmallIntegerField(verbose_name="urutan terundi")),
                    ],
                    options={
                        "verbose_name": "urutan undian",
                        "verbose_name_plural": "urutan undian",
                        "ordering": ["place"],
                        "abstract": False,
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="38020f2bd35c9106a99749663f79386b99014c52",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_23643",
                                    table="procurement_rotationplace",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RoundPrice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prices",
                                to="procurement.negotiationround",
                                verbose_name="putaran",
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
                        (
                            "quantity",
                            epeken.core.quantity.QuantityField(
                                decimal_places=3, max_digits=12, verbose_name="banyaknya"
                            ),
                        ),
                        ("price", epeken.core.money.RupiahField(verbose_name="harga")),
                        ("amount", epeken.core.money.RupiahField(verbose_name="jumlah")),
                    ],
                    options={
                        "verbose_name": "harga dalam putaran",
                        "verbose_name_plural": "harga dalam putaran",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("round", "product"), name="round_price_once"),
                            models.CheckConstraint(
                                condition=models.Q(("price__gte", 1)), name="round_price_is_a_price"
                            ),
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="4e6497bfa7884c0600500b3a034ecfbdf70851c2",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_c69b7",
                                    table="procurement_roundprice",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SheetGoods",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="goods",
                                to="procurement.comparisonsheet",
                            ),
                        ),
                        (
                            "category",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.category"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
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
                            ),
                        ),
                        ("quantity", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                    ],
                    options={
                        "verbose_name": "barang yang dibandingkan",
                        "verbose_name_plural": "barang yang dibandingkan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [
                            models.UniqueConstraint(fields=("sheet", "category", "unit"), name="sheet_goods_once")
                        ],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="fd14f00d6cdd50587ca6f9089845978bb7c6f967",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_87433",
                                    table="procurement_sheetgoods",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="SheetOffer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "goods",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="procurement.sheetgoods",
                            ),
                        ),
                        (
                            "product",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.product"
                            ),
                        ),
                        (
                            "seller",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.seller"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="umkm.owner"
                            ),
                        ),
                        ("is_chosen", models.BooleanField()),
                        ("name", models.CharField(max_length=120)),
                        ("seller_name", models.CharField(max_length=80)),
                        ("place", models.CharField(blank=True, max_length=120)),
                        ("price", epeken.core.money.RupiahField()),
                        ("quantity", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                        ("delivery_cost", epeken.core.money.RupiahField()),
                        ("is_delivered", models.BooleanField()),
                        ("nearness", models.PositiveSmallIntegerField()),
                        ("free", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                        ("most", epeken.core.quantity.QuantityField(decimal_places=3, max_digits=12)),
                        ("room", epeken.core.money.RupiahField()),
                        ("earliest", models.DateField(null=True)),
                        (
                            "reason",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("delivery", "Dengan ongkirnya, yang lain tidak lebih murah"),
                                    ("sooner", "Barangnya bisa datang lebih cepat"),
                                    ("nearer", "Penjualnya lebih dekat dengan tempat antar"),
                                    ("capacity", "Yang lain tidak sanggup seluruh jumlahnya"),
                                    ("quality", "Mutu atau isinya yang dibutuhkan"),
                                    ("draw", "Mendapat giliran dalam undian"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason_note", models.CharField(blank=True, max_length=300)),
                        ("tiers", umkm.catalogue.tiers.TiersField()),
                    ],
                    options={
                        "verbose_name": "penawaran di lembar perbandingan",
                        "verbose_name_plural": "penawaran di lembar perbandingan",
                        "ordering": ["pk"],
                        "abstract": False,
                        "constraints": [models.UniqueConstraint(fields=("goods", "product"), name="sheet_offer_once")],
                        "triggers": [
                            pgtrigger.compiler.Trigger(
                                name="append_only",
                                sql=pgtrigger.compiler.UpsertTriggerSql(
                                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                                    hash="028242632d03965e89b62b68343bbf334467523c",
                                    operation="UPDATE OR DELETE",
                                    pgid="pgtrigger_append_only_816a0",
                                    table="procurement_sheetoffer",
                                    when="BEFORE",
                                ),
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduledDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("deliver_at", models.DateTimeField(verbose_name="tiba paling lambat")),
                        ("place", models.CharField(blank=True, max_length=200, verbose_name="alamat antar")),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scheduled_on",
                                to="procurement.purchaserequest",
                                verbose_name="permintaan",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tanggal jadwal pengiriman",
                        "verbose_name_plural": "tanggal jadwal pengiriman",
                        "ordering": ["deliver_at"],
                        "constraints": [
                            models.UniqueConstraint(fields=("request", "deliver_at"), name="scheduled_day_once")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="ScheduledAmount",
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
                            "line",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="procurement.requestline",
                                verbose_name="baris permintaan",
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amounts",
                                to="procurement.scheduledday",
                                verbose_name="tanggal",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "jumlah menurut jadwal",
                        "verbose_name_plural": "jumlah menurut jadwal",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("day", "line"), name="scheduled_amount_once"),
                            models.CheckConstraint(
                                condition=models.Q(("quantity__gt", 0)), name="scheduled_amount_quantity"
                            ),
                        ],
                        "indexes": [],
                    },
                ),
            ],
        ),
    ]
