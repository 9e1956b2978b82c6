"""Kinds of warning, what a requester may choose, and how an officer answers."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, DAY, REFERENCE, REFERENCES, RUPIAH, TEXT, Message, choice
from umkm.catalogue.states import Unit


class GuardKind(TextChoices):
    """In the order of their weight."""

    SPLIT_GOODS = "split_goods", _("Paket dipecah: barang sejenis")
    SPLIT_OWNER = "split_owner", _("Paket dipecah: pemilik yang sama")
    ACCOUNT = "account", _("Rekening tidak sesuai barangnya")
    PRICE = "price", _("Harga di atas standar harga kota")
    MARKET = "market", _("Harga jauh di atas harga pasar")
    YEAR_END = "year_end", _("Pembayaran lewat akhir tahun anggaran")
    YEAR_EARLY = "year_early", _("Tahun anggaran belum mulai")


SPLITS = (GuardKind.SPLIT_GOODS, GuardKind.SPLIT_OWNER)
# Let through by an officer only with the officer's own words.
EXPLAINED = (*SPLITS, GuardKind.PRICE)


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
            "Belanja %(name)s dari rekening %(account)s dalam %(days)d hari menjadi %(sum)s tanpa ongkir "
            "bersama permintaan ini: %(count)d permintaan, %(shops)d toko, diajukan pada %(dates)d tanggal. "
            "Permintaan ini sendiri tidak melewati ambang %(threshold)s; bersama-sama melewatinya."
        ),
        name=REFERENCE,
        account=TEXT,
        **_SPLIT,
    ),
    GuardKind.SPLIT_OWNER: Message(
        _(
            "Belanja ke pemilik %(name)s dalam %(days)d hari menjadi %(sum)s tanpa ongkir "
            "bersama permintaan ini: %(count)d permintaan, %(shops)d toko, diajukan pada %(dates)d tanggal. "
            "Permintaan ini sendiri tidak melewati ambang %(threshold)s; bersama-sama melewatinya."
        ),
        name=TEXT,
        **_SPLIT,
    ),
    GuardKind.ACCOUNT: Message(
        _(
            "%(name)s berkategori %(category)s, sedangkan rekening %(account)s membayar %(fitting)s. "
            "Nilainya %(sum)s di permintaan ini."
        ),
        name=TEXT,
        category=REFERENCE,
        account=TEXT,
        fitting=REFERENCES,
        sum=RUPIAH,
    ),
    GuardKind.PRICE: Message(
        _(
            "%(name)s dari %(shop)s %(price)s per %(unit)s, sedangkan standar harga kota untuk %(standard)s paling "
            "tinggi %(limit)s (%(decree)s). Selisihnya %(sum)s di permintaan ini."
        ),
        name=TEXT,
        shop=TEXT,
        price=RUPIAH,
        unit=choice(Unit),
        standard=TEXT,
        limit=RUPIAH,
        decree=TEXT,
        sum=RUPIAH,
    ),
    GuardKind.MARKET: Message(
        _(
            "%(name)s dari %(shop)s %(price)s per %(unit)s, %(percent)d%% di atas harga tengah %(owners)d penjual lain "
            "untuk %(goods)s: %(median)s (separuhnya %(low)s sampai %(high)s). Selisihnya %(sum)s di permintaan ini."
        ),
        name=TEXT,
        shop=TEXT,
        price=RUPIAH,
        unit=choice(Unit),
        percent=COUNT,
        owners=COUNT,
        goods=REFERENCE,
        median=RUPIAH,
        low=RUPIAH,
        high=RUPIAH,
        sum=RUPIAH,
    ),
    GuardKind.YEAR_END: Message(
        _(
            "Barang tiba %(arrives)s, sehingga tagihan %(sum)s baru jatuh tempo dibayar %(due)s. "
            "Anggaran tahun %(year)d hanya membayar sampai 31 Desember."
        ),
        arrives=DAY,
        sum=RUPIAH,
        due=DAY,
        year=COUNT,
    ),
    GuardKind.YEAR_EARLY: Message(
        _("Mata anggaran ini untuk tahun %(year)d; sebelum tahun itu mulai, %(sum)s belum boleh dipesan."),
        year=COUNT,
        sum=RUPIAH,
    ),
}
LAWS = {
    GuardKind.SPLIT_GOODS: _("Memecah paket untuk menghindari aturan dilarang (Perpres 16/2018 pasal 20)."),
    GuardKind.SPLIT_OWNER: _("Memecah paket untuk menghindari aturan dilarang (Perpres 16/2018 pasal 20)."),
    GuardKind.ACCOUNT: _("Belanja dibebankan pada rekening menurut uraiannya (Permendagri 90/2019)."),
    GuardKind.PRICE: _("Harga beli tidak melebihi standar harga satuan (Perpres 33/2020 dan keputusan kota)."),
    GuardKind.MARKET: _("Pengadaan dilakukan efisien dan bersaing (Perpres 16/2018 pasal 6)."),
    GuardKind.YEAR_END: _("Anggaran berlaku satu tahun, 1 Januari sampai 31 Desember (PP 12/2019)."),
    GuardKind.YEAR_EARLY: _("Kontrak ditandatangani sesudah DPA berlaku (Perpres 12/2021)."),
}


def sentence(kind: GuardKind, parameters: Mapping[str, Any]) -> str:
    """What is said of it in the active language, also where nobody must answer it."""
    message = SENTENCES[kind]
    return message.words(message.keep(parameters), get_language() or "id")[0]
