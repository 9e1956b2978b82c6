"""What a check of goods can find, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext

from epeken.core.i18n.messages import COUNT, RUPIAH, TEXT, Message, choice
from umkm.catalogue.states import Unit
from umkm.findings import FindingMessages
from umkm.sellers.states import SellerKind
from umkm.verification import findings as verification

# Of words, contacts and numbers of certificates the verifier's checks say the same.
_SHARED = ("word_listed", "contact_inside", "pirt_structure", "pirt_ended", "pirt_elsewhere", "halal_structure")

_MARKET = {"median": RUPIAH, "low": RUPIAH, "high": RUPIAH, "owners": COUNT}

MESSAGES = FindingMessages(
    {
        "category_other_kind": Message(__("Kategori ini bukan untuk %(kind)s."), kind=choice(SellerKind)),
        "shop_not_active": Message(__("Toko ini sedang tidak aktif.")),
        "price_unusual": Message(
            __(
                "Harga %(price)s per %(unit)s kurang dari sepertiga harga tengah %(owners)d penjual lain, %(median)s "
                "(separuhnya %(low)s sampai %(high)s)."
            ),
            price=RUPIAH,
            unit=choice(Unit),
            **_MARKET,
        ),
        "price_above_market": Message(
            __(
                "Harga %(price)s per %(unit)s %(percent)d%% di atas harga tengah %(owners)d penjual lain untuk "
                "%(goods)s: %(median)s (separuhnya %(low)s sampai %(high)s). Dinas membaca perbandingan ini sebelum "
                "membeli."
            ),
            price=RUPIAH,
            unit=choice(Unit),
            percent=COUNT,
            goods=TEXT,
            **_MARKET,
        ),
        "price_above_standard": Message(
            __(
                "Harga %(price)s per %(unit)s di atas standar harga kota untuk %(standard)s: %(limit)s (%(decree)s). "
                "Dinas hanya boleh membelinya dengan alasan; warga tetap boleh."
            ),
            price=RUPIAH,
            unit=choice(Unit),
            standard=TEXT,
            limit=RUPIAH,
            decree=TEXT,
        ),
        "standard_other_unit": Message(
            __(
                "Dijual per %(unit)s, sedangkan standar harga kota untuk %(standard)s %(limit)s per %(per)s "
                "(%(decree)s), jadi harganya belum dibandingkan. Periksa sendiri, atau tautkan standar dengan satuan "
                "yang sama."
            ),
            unit=choice(Unit),
            standard=TEXT,
            limit=RUPIAH,
            per=TEXT,
            decree=TEXT,
        ),
        "price_leap": Message(
            __(
                "Dalam satu langkah harganya dari %(before)s menjadi %(price)s per %(unit)s. Mungkin salah ketik, atau "
                "harga sebelumnya yang salah."
            ),
            price=RUPIAH,
            before=RUPIAH,
            unit=choice(Unit),
        ),
        "halal_unseen": Message(
            __("Toko ini belum punya sertifikat halal yang diperiksa verifikator. Minta penjual mengajukannya dahulu.")
        ),
        "halal_other_number": Message(
            __("Bukan nomor sertifikat halal toko yang sudah diperiksa: %(numbers)s."), numbers=TEXT
        ),
        "pirt_unseen": Message(
            __("Toko ini belum punya sertifikat P-IRT yang diperiksa verifikator. Minta penjual mengajukannya dahulu.")
        ),
        "pirt_other_number": Message(
            __(
                "Bukan nomor P-IRT toko yang sudah diperiksa: %(numbers)s. Setiap jenis pangan bernomor sendiri; minta "
                "sertifikatnya."
            ),
            numbers=TEXT,
        ),
        "name_twice": Message(
            __("Toko ini sudah punya barang bernama “%(name)s”. Pastikan ini barang lain."), name=TEXT
        ),
        "photo_elsewhere": Message(
            __("Foto yang sama atau mirip dipakai %(shop)s untuk “%(name)s”."), shop=TEXT, name=TEXT
        ),
        "maybe_resold": Message(
            __("UMKM hanya menjual barang buatan sendiri. Pastikan ini bukan barang kulakan."),
        ),
        "pirt_missing": Message(
            __("Makanan kemasan tahan lama tanpa nomor P-IRT. Minta nomornya, atau pastikan tidak perlu."),
        ),
        "number_taken_back": Message(
            __(
                "Nomor %(number)s dihapus dari barang yang sedang tidak tampil; mungkin karena sudah berakhir. "
                "Pastikan barang ini boleh dijual tanpa nomor itu."
            ),
            number=TEXT,
        ),
        **{code: verification.MESSAGES[code] for code in _SHARED},
    }
)


def label_of(code: str) -> str:
    """What a curator calls the check behind a finding."""
    return {
        "word_listed": _("Kata"),
        "contact_inside": _("Kontak"),
        "category_other_kind": _("Kategori"),
        "shop_not_active": pgettext("satu", "Toko"),
        "price_unusual": _("Harga"),
        "price_above_market": _("Harga pasar"),
        "price_above_standard": _("Standar harga"),
        "standard_other_unit": _("Standar harga"),
        "name_twice": _("Nama barang"),
        "photo_elsewhere": _("Foto"),
        "maybe_resold": _("Asal barang"),
        "halal_structure": _("Nomor halal"),
        "halal_unseen": _("Nomor halal"),
        "halal_other_number": _("Nomor halal"),
        "price_leap": _("Harga"),
        "number_taken_back": _("Sertifikat"),
    }.get(code, _("Nomor P-IRT"))
