"""What the city's officer does not decide in time is told to others and ends; what waits already gets its times too."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import migrations, models
from django.db.models import F
from django.db.models.functions import Coalesce

WEEK = timedelta(days=7)


def give_times(apps: Any, schema_editor: Any) -> None:
    """A buyer's complaint has as long again as the officer had, what is contested a week and another one."""
    waits = apps.get_model("orders", "Dispute").objects.filter(
        state__in=("opened", "answered"), decide_due_at__isnull=False
    )
    waits.update(climbs_at=F("decide_due_at"))
    waits.filter(opened_by_seller=False).update(
        ends_at=F("decide_due_at") + (F("decide_due_at") - Coalesce("unanswered_at", "answered_at"))
    )
    apps.get_model("orders", "Remedy").objects.filter(state="contested").update(
        decide_due_at=F("waits_since") + WEEK,
        climbs_at=F("waits_since") + WEEK,
        ends_at=F("waits_since") + 2 * WEEK,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_squashed_0064_reference_data"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="dispute",
            name="dispute_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="dispute",
            name="dispute_one_open_per_order",
        ),
        migrations.RemoveConstraint(
            model_name="remedy",
            name="remedy_state_known",
        ),
        migrations.AddField(
            model_name="dispute",
            name="climbs",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="kali atasan diberi tahu"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="climbs_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="atasan diberi tahu pada"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="ends_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="berakhir tanpa putusan pada"),
        ),
        migrations.AddField(
            model_name="dispute",
            name="reminded_for",
            field=models.DateTimeField(editable=False, null=True, verbose_name="diingatkan akan tenggat"),
        ),
        migrations.AddField(
            model_name="remedy",
            name="climbs",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="kali atasan diberi tahu"),
        ),
        migrations.AddField(
            model_name="remedy",
            name="climbs_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="atasan diberi tahu pada"),
        ),
        migrations.AddField(
            model_name="remedy",
            name="decide_due_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="diputus paling lambat"),
        ),
        migrations.AddField(
            model_name="remedy",
            name="ends_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="berakhir tanpa putusan pada"),
        ),
        migrations.AlterField(
            model_name="dispute",
            name="state",
            field=models.CharField(
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
        migrations.AlterField(
            model_name="remedy",
            name="state",
            field=models.CharField(
                choices=[
                    ("owed", "Belum dipenuhi"),
                    ("overdue", "Lewat batas, masih harus dibayar"),
                    ("sent", "Pengganti dikirim, menunggu pemeriksaan"),
                    ("came", "Pengganti diterima"),
                    ("recorded", "Dicatat penjual, menunggu pembeli"),
                    ("contested", "Dibantah pembeli, menunggu petugas kota"),
                    ("applied", "Tagihan sudah dipotong"),
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
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["answered", "decided", "lapsed", "opened"])),
                name="dispute_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispute",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("opened", "answered"))),
                fields=("order",),
                name="dispute_one_open_per_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "applied",
                            "assumed",
                            "came",
                            "confirmed",
                            "contested",
                            "lapsed",
                            "overdue",
                            "owed",
                            "recorded",
                            "sent",
                            "unruled",
                            "upheld",
                            "void",
                        ],
                    )
                ),
                name="remedy_state_known",
            ),
        ),
        migrations.RunPython(give_times, migrations.RunPython.noop),
    ]
