"""What the departments of the demo city buy, and why they buy it in spite of a warning."""

from dataclasses import dataclass

from procurement.guards.concerns import Concern
from procurement.guards.states import GuardKind
from procurement.requests.models import PurchaseRequest


@dataclass(frozen=True)
class Basket:
    """What a department buys for: the account it is booked on, and goods as (shop, product, quantity)."""

    title: str
    account: str
    goods: tuple[tuple[str, str, int], ...]
    attendees: int = 40
    days: int = 7  # working days from the first note of it to the event
    why: str = ""  # of a choice that the comparison asks about
    charged: tuple[tuple[str, str], ...] = ()  # goods that another account pays for: (product, account)
    hour: int = 9  # of the event
    event: str = ""  # its kind, where that is not the usual one of the account


MEETING = "5.1.02.01.01.0052"
BASKETS = [
    Basket("Rapat koordinasi duta baca", MEETING, (("Dapur Bu Lirih", "Nasi kotak ayam bakar", 60), ("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 10), ("Jajan Sekar Telon", "Kudapan kotak isi tiga", 60)), 60),
    Basket("Bimbingan teknis petugas", MEETING, (("Boga Mbah Kukus", "Nasi kotak ayam kremes", 45), ("Jamu Mbah Kunir", "Beras kencur botol", 45)), 45),
    Basket("Rapat anggaran triwulan", MEETING, (("Pawon Tirta", "Nasi kotak empal suwir", 30), ("Toko Pagi Lumintu", "Air minum gelas, dus isi 48", 2)), 30),
    Basket("Kunjungan kerja tamu daerah", "5.1.02.01.01.0053", (("Katering Daun Jati", "Tumpeng mini per orang", 25), ("Sinom Simpang Lima", "Sinom segar botol", 25)), 25),
    Basket("Alat tulis bulanan", "5.1.02.01.01.0024", (("Toko Pagi Lumintu", "Kertas HVS A4 70 gram", 12), ("Toko Pagi Lumintu", "Pulpen hitam isi 12", 6), ("Kertas Lintang", "Buku catatan jahit tangan", 20)), 12),
    Basket("Hadiah lomba warga", "5.1.02.01.01.0035", (("Anyaman Godhong Papat", "Plakat kayu ukir", 6), ("Batik Godhong Telu", "Dompet batik resleting", 20)), 80),
    Basket("Rompi petugas lapangan", "5.1.02.01.01.0064", (("Konveksi Benang Lurus", "Rompi lapangan bordir", 20),), 20),
    Basket("Perlengkapan kebersihan kantor", "5.1.02.01.01.0036", (("Sabun Lestari", "Pembersih lantai serai 1 liter", 20), ("Toko Sumber Rukun", "Tisu wajah 250 lembar", 24)), 15),
    Basket("Rapat persiapan festival", MEETING, (("Nasi Kotak Puspa Pagi", "Nasi kuning kotak lengkap", 50), ("Kue Basah Embun", "Kudapan kotak isi tiga", 50)), 50),
    Basket("Sarapan kerja bakti", MEETING, (("Nasi Kotak Puspa Pagi", "Bubur ayam kotak sarapan", 40), ("Toko Sinar Kampung", "Air minum gelas, dus isi 48", 1)), 40),
]  # fmt: skip
# A plaque on the account of meeting food.
WARNED = Basket("Plakat narasumber rapat", MEETING, (("Anyaman Godhong Papat", "Plakat kayu ukir", 3),))
# Bought again and again, within a frame.
CLEANING = Basket("Kebersihan ruang baca", "5.1.02.01.01.0036", (("Sabun Lestari", "Pembersih lantai serai 1 liter", 8), ("Toko Sumber Rukun", "Tisu wajah 250 lembar", 12)), 20)  # fmt: skip
# Routine goods of which several shops are equally able: one draw is made, one is published.
TURNS = [
    Basket("Kertas kantor bulanan", "5.1.02.01.01.0024", (("Toko Pagi Lumintu", "Kertas HVS A4 70 gram", 15),), 12, 12),
    Basket("Kertas cetak triwulan", "5.1.02.01.01.0024", (("Toko Pagi Lumintu", "Kertas HVS A4 70 gram", 20),), 12, 12),
]
# Asked to be cancelled after its seller, who has a published account, accepted.
EVALUATION = Basket("Rapat evaluasi layanan", MEETING, (("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 15),), 15)
# Changed after its seller accepted: fewer came to one, of the other it waits for the seller's answer.
CHANGED = [
    Basket("Rapat tim katalog", MEETING, (("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 24),), 24),
    Basket("Kelas arsip keluarga", MEETING, (("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 20),), 20),
]
# By one surat pesanan on several dates, so much each time.
STANDING = Basket("Kelas menulis dua kali sepekan", MEETING, (("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 12),), 12)
# Food and notebooks in one request, each on its own account.
TRAINING = Basket(
    "Pelatihan pengelola taman baca", MEETING,
    (("Boga Mbah Kukus", "Nasi kotak ayam kremes", 30), ("Kertas Lintang", "Buku catatan jahit tangan", 30)), 30,
    charged=(("Buku catatan jahit tangan", "5.1.02.01.01.0024"),), event="training",
)  # fmt: skip
# One purchase with the uniforms of the festival, asked for beside them.
SPLIT = [
    Basket("Kaus relawan festival", "5.1.02.01.01.0064", (("Jahit Rukun Warga", "Kaus kegiatan sablon satu warna", 100),), 100, 14),
    Basket("Topi panitia festival", "5.1.02.01.01.0064", (("Jahit Rukun Warga", "Topi bordir", 140),), 140, 14),
]  # fmt: skip
# More than is left of its budget line, so the head is asked for a higher ceiling.
UNFUNDED = Basket("Rompi layanan baca keliling", "5.1.02.01.01.0064", (("Konveksi Benang Lurus", "Rompi lapangan bordir", 160),), 160, 20)  # fmt: skip
# Nobody has decided on the first; the second was approved, and then its room changed.
URGENT = [
    Basket("Alat tulis lomba baca", "5.1.02.01.01.0024", (("Kertas Lintang", "Buku catatan jahit tangan", 30),), 30, 9),
    Basket("Kudapan penutupan kelas menulis", MEETING, (("Jajan Sekar Telon", "Kudapan kotak isi tiga", 40),), 40, 9),
]  # fmt: skip
# Sent in time: nobody recorded the arrival of the first, the second did not come.
UNSEEN = Basket("Buku catatan kelas menulis", "5.1.02.01.01.0024", (("Kertas Lintang", "Buku catatan jahit tangan", 10),), 10, 5)  # fmt: skip
LATE = Basket(
    "Cendera mata narasumber", "5.1.02.01.01.0035", (("Batik Godhong Telu", "Dompet batik resleting", 6),), 6, 5
)
MISSED = Basket("Kudapan kelas dongeng", MEETING, (("Jajan Sekar Telon", "Kudapan kotak isi tiga", 20),), 20, 5)
# Why a requester buys in spite of a warning, by its kind; requests take them in turn.
# (shop, goods): what somebody bought in the past months was on show before.
BOUGHT = {
    (shop, name)
    for basket in [
        *BASKETS, WARNED, CLEANING, *TURNS, EVALUATION, *CHANGED, STANDING, TRAINING, *SPLIT, *URGENT, UNSEEN, LATE, MISSED
    ]
    for shop, name, _quantity in basket.goods
}  # fmt: skip

REASONS = {
    GuardKind.ACCOUNT: (
        "%(name)s dipakai pada kegiatan ini menurut kerangka acuannya, yang dibiayai rekening ini.",
        "Rincian DPA menyebut %(name)s sebagai bagian dari kegiatan ini, bukan belanja tersendiri.",
        "PPTK memastikan %(name)s dibayar dari rekening ini; notanya dilampirkan pada SPJ.",
        "Jumlah %(name)s mengikuti daftar penerima kegiatan ini, dan satuan biayanya sudah di dalam paketnya.",
    ),
    GuardKind.SPLIT_GOODS: (
        "Kegiatannya berbeda dan baru dijadwalkan sesudah permintaan %(name)s yang terdahulu dikirim.",
        "%(name)s untuk bidang lain, yang kegiatannya disusun sendiri di DPA.",
    ),
    GuardKind.SPLIT_OWNER: (
        "Barang dari %(name)s kali ini lain dari yang dibeli sebelumnya, untuk kegiatan lain.",
        "Hanya %(name)s yang sanggup mengantar pada hari kegiatan.",
    ),
    GuardKind.PRICE: (
        "%(name)s dipesan dengan ukiran nama kota; penawaran lain yang sanggup lebih mahal.",
        "Ukuran %(name)s lebih besar dari yang ada di keputusan.",
    ),
    GuardKind.MARKET: (
        "%(name)s lain isinya dari yang dijual lebih murah; rinciannya ada di kerangka acuan kegiatan.",
        "%(name)s dibuat khusus untuk kegiatan ini, termasuk bordir dan ukurannya.",
    ),
    GuardKind.YEAR_EARLY: ("Kegiatan awal tahun; pengadaannya didahulukan sesudah DPA disetujui.",),
    GuardKind.YEAR_END: ("Kegiatannya di akhir tahun; penjual menagih pada hari barang diterima.",),
}
# Above the amount from which offers are compared: vests and uniforms of which nobody else is able, shirts and water of
# which others are, some of them cheaper.
FESTIVAL = Basket("Seragam petugas Festival Literasi Kota", "5.1.02.01.01.0064", (("Konveksi Benang Lurus", "Seragam olahraga setelan", 170), ("Jahit Rukun Warga", "Rompi lapangan bordir", 230), ("Batik Kali Mas", "Kemeja batik lengan panjang", 25), ("Toko Pagi Lumintu", "Air minum gelas, dus isi 48", 20)), 230, 14, "Mutunya sama dengan yang dipakai petugas tahun lalu dan terbukti tahan")  # fmt: skip


def reason_for(concern: Concern, request: PurchaseRequest) -> str:
    reasons = REASONS[concern.kind]
    return reasons[request.pk % len(reasons)] % {"name": concern.parameters.get("name", "")}
