"""What to write in each column of a file of goods, for the page and for the template."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from umkm.catalogue.states import FoodKind, Keeps, StockMode, Unit
from umkm.imports.columns import ADDED, NAMES, NUMBER, PHOTOS, TIERS, VARIANT_OF, YES
from umkm.imports.words import ExplainedColumn


def explained() -> list[ExplainedColumn]:
    """In the order of the file."""
    new, food, free = _("wajib untuk barang baru"), _("wajib untuk makanan"), _("boleh kosong")
    listed = _("Pilih dari lembar Pilihan di contoh berkas.")
    with translation.override(settings.LANGUAGE_CODE):  # a file says choices as the city does
        box, daily, kind, keeps = (str(one.label) for one in (Unit.BOX, StockMode.DAILY, FoodKind.SHOP, Keeps.COOKED))
    said = {
        NUMBER: (_("kosong untuk barang baru"), _("Nomor barang yang diubah, seperti di berkas Barang Anda."), "2"),
        "nama": (new, _("Paling panjang 120 huruf."), "Nasi kotak ayam bakar"),
        "kategori": (new, listed, ""),
        "harga": (new, _("Rupiah untuk satu satuan, tanpa sen."), "27.500"),
        "satuan": (free, listed, box),
        "cara_hitung": (free, listed, daily),
        "kapasitas_per_hari": (_("wajib bila dihitung per hari"), _("Berapa banyak sanggup dibuat sehari."), "150"),
        "minimum": (free, _("Pesanan paling sedikit, kelipatan dari kolom kelipatan."), "10"),
        "kelipatan": (free, _("1 bila dijual satu demi satu, 0,5 bila tiap setengah kilo."), "1"),
        "isi_varian": (free, _("Isi pembeda varian, juga tertulis di namanya, misalnya M atau merah."), "M"),
        "isi_varian_2": (free, _("Isi pembeda kedua, bila variannya dibedakan oleh dua hal."), "merah"),
        VARIANT_OF: (free, _("Nomor barang yang sudah punya varian: barang baru di baris ini menjadi variannya."), ""),
        TIERS: (
            free,
            _("Harga untuk pembelian banyak: jumlah, titik dua, harga. Paling banyak tiga; tanda - menghapusnya."),
            "50: 25.000; 100: 24.000",
        ),
        "jam_batas_pesan": (
            free,
            _("Pesanan mulai jam ini dihitung untuk hari berikutnya. Tanda - kembali mengikuti jam toko."),
            "15.00",
        ),
        "siap_hari": (free, _("Berapa hari sesudah dipesan barang siap. 0 berarti siap hari itu juga."), "1"),
        "jenis_makanan": (free, listed, kind),
        "daya_tahan": (free, listed, keeps),
        "halal": (food, _("ya bila bahan dan cara membuatnya halal, selain itu tidak."), YES[0]),
        "nomor_halal": (free, _("ID dan 17 angka. Tanda - mengosongkannya."), "ID35110001234560125"),
        "nomor_pirt": (free, _("13 angka, tanda hubung, 2 angka. Tanda - mengosongkannya."), "2061234010012-30"),
        "keterangan": (free, _("Isi, ukuran, rasa, atau bahan. Tanda - mengosongkannya."), "Nasi, ayam bakar, lalap"),
        ADDED: (free, _("Berapa yang datang, ditambahkan ke stok yang ada. Bukan jumlah seluruhnya."), "10"),
        PHOTOS: (free, _("Nama berkas foto di dalam ZIP. Beberapa foto dipisah dengan koma."), "ayam-bakar.jpg"),
    }
    return [ExplainedColumn(name, *said[name]) for name in NAMES]
