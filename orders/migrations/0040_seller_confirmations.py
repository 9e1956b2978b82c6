"""What a seller confirms of a BAST and of money that was sent, or does not."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0039_complaint_wishes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SellerConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("trace_due_at", models.DateTimeField(editable=False, null=True, verbose_name="batas bendahara")),
                (
                    "reminded_for",
                    models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
                ),
                ("said", models.CharField(blank=True, editable=False, max_length=300, verbose_name="yang ditulis")),
                ("changed_at", models.DateTimeField(editable=False, verbose_name="terakhir berubah")),
                (
                    "sha256",
                    models.CharField(blank=True, editable=False, max_length=64, verbose_name="sidik isi dokumen"),
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
                    "order",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmations",
                        to="orders.order",
                        verbose_name="pesanan",
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
            ],
            options={
                "verbose_name": "konfirmasi penjual",
                "verbose_name_plural": "konfirmasi penjual",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SellerConfirmationEvent",
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
            },
        ),
        migrations.AddIndex(
            model_name="sellerconfirmation",
            index=models.Index(
                condition=models.Q(("state", "waiting")), fields=["due_at"], name="confirmation_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="sellerconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["confirmed", "objected", "silent", "void", "waiting"])),
                name="confirmation_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="sellerconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("delivery__isnull", True), ("payment__isnull", False)),
                    models.Q(("delivery__isnull", False), ("payment__isnull", True)),
                    _connector="OR",
                ),
                name="confirmation_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="sellerconfirmation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "confirmed"), _negated=True),
                    models.Q(("document__isnull", False), models.Q(("sha256", ""), _negated=True)),
                    _connector="OR",
                ),
                name="confirmation_names_its_document",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sellerconfirmation",
            trigger=pgtrigger.compiler.Trigger(
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
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sellerconfirmationevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sellerconfirmationevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sellerconfirmationevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="sellerconfirmationevent",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
    ]
