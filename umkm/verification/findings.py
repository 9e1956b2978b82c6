"""What an automatic check can find: a code and its parameters, put into words for whoever reads."""

from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import COUNT, MOMENT, TEXT, Format, Message
from umkm.catalogue.banned import REASONS
from umkm.findings import FindingMessages
from umkm.verification.states import SellerDocumentKind


def _labels(kinds: list[str]) -> str:
    return ", ".join(str(SellerDocumentKind(kind).label) for kind in kinds)


DOCUMENT = Format(lambda kind: SellerDocumentKind(kind).value, lambda kept: str(SellerDocumentKind(kept).label), "ktp")
DOCUMENTS = Format(lambda kinds: [SellerDocumentKind(kind).value for kind in kinds], _labels, ["ktp", "nib_letter"])
REASON = Format(str, lambda kept: str(REASONS[kept]), "precious_metal")
CONTACTS = Format(lambda found: [str(one) for one in found], ", ".join, ["0812-3456-7890"])
SHOPS = Format(lambda names: [str(name) for name in names], ", ".join, ["Dapur Bu Lirih", "Kue Pak Duta"])

MESSAGES = FindingMessages(
    {
        "nik_well_built": Message(_("16 angka, wilayah, dan tanggal lahir sesuai susunan.")),
        "nik_length": Message(_("NIK tidak terdiri dari 16 angka.")),
        "nik_structure": Message(
            _("Susunan NIK tidak benar: wilayah, tanggal lahir, atau nomor urutnya tidak mungkin.")
        ),
        "nik_young": Message(_("Menurut NIK, pemilik berumur %(age)d tahun. Cocokkan dengan KTP."), age=COUNT),
        "nik_here": Message(_("NIK pertama kali terbit di %(city)s."), city=TEXT),
        "nik_elsewhere": Message(
            _("NIK pertama kali terbit di luar %(city)s. Ini bukan alasan menolak; lihat alamat di KTP."), city=TEXT
        ),
        "pictures_good": Message(_("Foto cukup besar, terang, dan tajam.")),
        "picture_small": Message(_("%(name)s terlalu kecil (%(edge)d piksel)."), name=DOCUMENT, edge=COUNT),
        "picture_dark": Message(_("%(name)s gelap."), name=DOCUMENT),
        "picture_bright": Message(_("%(name)s terlalu terang."), name=DOCUMENT),
        "picture_blurred": Message(_("%(name)s tampak buram."), name=DOCUMENT),
        "nik_shared": Message(
            _("NIK ini juga dipakai: %(shops)s. Bila disetujui, tokonya berbagi satu batas omzet."), shops=SHOPS
        ),
        "nik_denied": Message(
            _(
                "Pemilik %(shop)s, yang NIK-nya sama, menyatakan bukan ia yang mendaftar. Cocokkan orangnya dengan KTP "
                "sebelum memutus."
            ),
            shop=TEXT,
        ),
        "nik_denial_taken_back": Message(
            _(
                "Pemilik %(shop)s, yang NIK-nya sama, menyangkal pendaftaran ini %(denied)s dan menarik sangkalannya "
                "%(taken_back)s. Cocokkan orangnya dengan KTP sebelum memutus."
            ),
            shop=TEXT,
            denied=MOMENT,
            taken_back=MOMENT,
        ),
        "nik_alone": Message(_("NIK belum dipakai toko lain.")),
        "nik_kept": Message(
            _("Namanya lain, NIK-nya tetap. Cocokkan dengan KTP; bila orangnya lain, toko dialihkan, bukan dibetulkan.")
        ),
        "nik_new": Message(_("NIK ikut berubah.")),
        "bank_shared": Message(
            _("Rekening ini juga dipakai: %(shops)s. Bila disetujui, tokonya berbagi satu batas omzet."), shops=SHOPS
        ),
        "bank_alone": Message(_("Rekening belum dipakai toko lain.")),
        "owner_sanctioned": Message(
            _("Sanksi masih berlaku atas toko lain dengan NIK atau rekening ini: %(shops)s."), shops=SHOPS
        ),
        "owner_not_sanctioned": Message(_("Tidak ada sanksi yang berlaku atas toko lain pemilik ini.")),
        "sanctions_stay": Message(
            _("Sanksi yang berlaku atas toko ini ikut beralih: %(levels)s. Pemilik baru sudah membacanya."),
            levels=SHOPS,
        ),
        "sanctions_none": Message(_("Tidak ada sanksi yang berlaku atas toko ini.")),
        "successor_tied": Message(
            _(
                "Pemilik baru pernah mengurus toko ini atau toko lain pemiliknya, tercatat serumah dengannya, atau "
                "memakai nomor telepon tokonya. "
                "Pastikan toko ini benar-benar berpindah."
            )
        ),
        "successor_untied": Message(_("Pemilik baru belum pernah terkait dengan toko ini.")),
        "phone_shared": Message(_("Nomor telepon ini juga dipakai: %(shops)s."), shops=SHOPS),
        "phone_alone": Message(_("Nomor telepon belum dipakai toko lain.")),
        "address_shared": Message(_("Alamat atau stan ini juga dipakai: %(shops)s."), shops=SHOPS),
        "address_alone": Message(_("Alamat belum dipakai toko lain.")),
        "name_shared": Message(_("Nama toko ini juga dipakai: %(shops)s."), shops=SHOPS),
        "name_alone": Message(_("Nama toko belum dipakai toko lain.")),
        "photo_alike": Message(_("%(name)s mirip milik %(shop)s."), name=DOCUMENT, shop=TEXT),
        "photos_own": Message(_("Tidak ada foto yang mirip milik toko lain.")),
        "expired": Message(_("Sudah habis masa berlakunya: %(names)s."), names=DOCUMENTS),
        "ends_soon": Message(
            _("Berakhir dalam beberapa hari: %(names)s. Sesudahnya barang yang memerlukannya tidak tampil."),
            names=DOCUMENTS,
        ),
        "file_twice": Message(
            _("Berkas yang persis sama juga dikirim toko ini sebagai dokumen lain: %(names)s."), names=DOCUMENTS
        ),
        "files_differ": Message(_("Setiap dokumen berkasnya sendiri.")),
        "none_expired": Message(_("Tidak ada dokumen yang habis masa berlakunya.")),
        "pirt_well_built": Message(_("Susunan nomor P-IRT sesuai.")),
        "pirt_structure": Message(_("Nomor P-IRT terdiri dari 13 angka, tanda hubung, dan 2 angka tahun.")),
        "pirt_ended": Message(_("Menurut nomornya, P-IRT ini berakhir tahun %(year)s."), year=TEXT),
        "pirt_elsewhere": Message(
            _("P-IRT ini terbit di luar %(city)s (kode wilayah %(region)s)."), city=TEXT, region=TEXT
        ),
        "pirt_none": Message(_("Tidak melampirkan P-IRT. Tidak perlu untuk makanan siap saji.")),
        "halal_well_built": Message(_("Susunan nomor sertifikat halal sesuai.")),
        "halal_structure": Message(_("Nomor sertifikat halal biasanya ID diikuti 17 angka.")),
        "halal_goods_differ": Message(
            _("Barang toko ini memuat nomor sertifikat halal lain: %(numbers)s."), numbers=CONTACTS
        ),
        "halal_ask": Message(_("Tidak melampirkan sertifikat halal. Tanyakan bila menjual makanan.")),
        "halal_none": Message(_("Tidak melampirkan sertifikat halal.")),
        "numbers_well_built": Message(_("Susunan NIB dan NPWP sesuai, atau tidak diisi.")),
        "nib_length": Message(_("NIB tidak terdiri dari 13 angka.")),
        "npwp_length": Message(_("NPWP tidak terdiri dari 15 atau 16 angka.")),
        "npwp_other_than_nik": Message(_("NPWP 16 angka milik perorangan biasanya sama dengan NIK; ini berbeda.")),
        "pkp_small": Message(
            _(
                "Menyatakan diri PKP dan beromzet di bawah Rp500 juta setahun. Jarang benar keduanya; tanyakan "
                "dan minta suratnya."
            )
        ),
        "tax_plain": Message(_("Pernyataan pajaknya tidak bertentangan.")),
        "pin_none": Message(_("Titik peta tidak diisi.")),
        "pin_here": Message(_("Titik peta berada di sekitar %(city)s."), city=TEXT),
        "pin_elsewhere": Message(_("Titik peta berada di luar %(city)s."), city=TEXT),
        "court_here": Message(_("Kelurahan yang ditulis berada di kecamatan SWK-nya.")),
        "court_elsewhere": Message(
            _("%(court)s berada di Kecamatan %(district)s, tetapi kelurahan yang ditulis, %(ward)s, di %(other)s."),
            court=TEXT,
            district=TEXT,
            ward=TEXT,
            other=TEXT,
        ),
        "court_unplaced": Message(_("Kecamatan %(court)s belum dicatat. Cocokkan kelurahannya sendiri."), court=TEXT),
        "court_none": Message(_("Bukan stan SWK.")),
        "word_listed": Message(_("Kata “%(word)s”: %(reason)s"), word=TEXT, reason=REASON),
        "contact_inside": Message(
            _("Memuat %(found)s. Nomor dan alamat di luar e-Peken tidak ditulis di sini; minta penjual menghapusnya."),
            found=CONTACTS,
        ),
        "words_good": Message(_("Nama dan cerita toko tidak memuat nomor, alamat lain, atau kata yang perlu dilihat.")),
        "officer_same_phone": Message(
            _("Nomor telepon toko ini juga nomor akun petugas: %(people)s. Ia tidak ikut memutus."), people=SHOPS
        ),
        "officer_of_shop": Message(
            _(
                "Petugas ini mengurus atau pernah mengurus toko pemilik ini, atau tercatat serumah dengannya: "
                "%(people)s. Ia tidak ikut memutus."
            ),
            people=SHOPS,
        ),
        "officers_unlinked": Message(_("Tidak ada petugas yang terkait menurut data yang disimpan.")),
        "owner_civil_servant": Message(_("Akun pemilik tercatat sebagai ASN. Periksa benturan kepentingan.")),
        "owner_no_civil_servant": Message(_("Akun pemilik bukan ASN.")),
        "holder_same": Message(_("Nama pemilik rekening sama dengan pemilik usaha.")),
        "holder_other": Message(_("Nama pemilik rekening berbeda dengan pemilik usaha.")),
    }
)

passed, warned, failed, words = MESSAGES.passed, MESSAGES.warned, MESSAGES.failed, MESSAGES.words
