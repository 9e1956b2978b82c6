"""Kinds of warning, what a requester may choose, and how an officer answers."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, RUPIAH, TEXT, Message


class GuardKind(TextChoices):
    SPLIT_GOODS = "split_goods", _("Paket dipecah: barang sejenis")
    SPLIT_OWNER = "split_owner", _("Paket dipecah: pemilik yang sama")


class Choice(TextChoices):
    MERGE = "merge", _("Gabungkan dengan permintaan sebelumnya; draf ini belum dikirim")
    JUSTIFY = "justify", _("Tetap kirim, dengan alasan")
    ESCALATE = "escalate", _("Naikkan keputusannya ke PPK")


class Outcome(TextChoices):
    OPEN = "open", _("Menunggu jawaban")
    ACCEPTED = "accepted", _("Alasan diterima")
    FALSE_ALARM = "false_alarm", _("Peringatan keliru")
    CONFIRMED = "confirmed", _("Pelanggaran, tidak disetujui")
    RETURNED = "returned", _("Dikembalikan tanpa penilaian")
    MERGED = "merged", _("Pemesan menggabungkan")
    DROPPED = "dropped", _("Ditarik atau lewat waktu")


# With which an approval may go through, and with which a request goes back.
APPROVES = (Outcome.ACCEPTED, Outcome.FALSE_ALARM)
REFUSES = (Outcome.CONFIRMED, Outcome.FALSE_ALARM)

_SPLIT = {"days": COUNT, "sum": RUPIAH, "count": COUNT, "shops": COUNT, "dates": COUNT, "threshold": RUPIAH}
SENTENCES = {
    GuardKind.SPLIT_GOODS: Message(
        _(
            "Belanja %(name)s dari rekening %(account)s dalam %(days)d hari menjadi %(sum)s bersama permintaan ini: "
            "%(count)d permintaan, %(shops)d toko, %(dates)d tanggal. Permintaan ini sendiri "
            "tidak melewati ambang %(threshold)s; bersama-sama melewatinya."
        ),
        name=TEXT,
        account=TEXT,
        **_SPLIT,
    ),
    GuardKind.SPLIT_OWNER: Message(
        _(
            "Belanja ke pemilik %(name)s dalam %(days)d hari menjadi %(sum)s bersama permintaan ini: "
            "%(count)d permintaan, %(shops)d toko, %(dates)d tanggal. Permintaan ini sendiri "
            "tidak melewati ambang %(threshold)s; bersama-sama melewatinya."
        ),
        name=TEXT,
        **_SPLIT,
    ),
}
LAW = _("Memecah paket untuk menghindari aturan dilarang (Perpres 16/2018 pasal 20).")
