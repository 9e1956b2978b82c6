"""What invented shops sell, by trade. Prices in rupiah; a picture names the objects of a scene, what is sold first, or a
tile in static/img/demo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Good:
    name: str
    category: str  # slug
    price: int
    unit: str
    picture: str
    food: str = "none"  # FoodKind
    keeps: str = "other"  # Keeps
    lead: int = 0
    daily: int = 0  # capacity per day; 0 means stock
    stock: int = 60
    step: str = "1"
    minimum: str = "1"
    about: str = ""
    until: str = ""  # the hour from which an order counts as of the next day
    tiers: tuple[tuple[int, int], ...] = ()  # from a quantity on, hundredths of the price


def meal(name: str, price: int, picture: str, about: str, category: str = "nasi-kotak", minimum: str = "10") -> Good:
    return Good(name, category, price, "box", picture, "catering", "cooked", 1, 150, 0, "1", minimum, about)


def snack(
    name: str, price: int, picture: str, about: str, unit: str = "pcs", daily: int = 200, category: str = "jajan-pasar"
) -> Good:
    return Good(name, category, price, unit, picture, "shop", "cooked", 1, daily, 0, "1", "5", about)


def drink(
    name: str, price: int, picture: str, about: str, unit: str = "bottle", category: str = "es-minuman-segar"
) -> Good:
    return Good(name, category, price, unit, picture, "shop", "cooked", 0, 120, 0, "1", "1", about)


def plate(name: str, price: int, picture: str, about: str, category: str = "nasi-bungkus") -> Good:
    return Good(name, category, price, "portion", picture, "shop", "cooked", 0, 80, 0, "1", "1", about)


def shelf(name: str, category: str, price: int, unit: str, picture: str, about: str, **more: object) -> Good:
    return Good(name, category, price, unit, picture, about=about, **more)  # type: ignore[arg-type]


# fmt: off
TRADES: dict[str, list[Good]] = {
    "dapur": [
        meal("Nasi kotak ayam bakar", 27500, "bento ayam cabai sayur", "Nasi pulen, ayam bakar madu, sambal terasi, lalap, buah."),
        meal("Nasi kotak ayam kremes", 25000, "ayam sayur tomat nasi", "Ayam kampung goreng kremes, tahu tempe, lalap, sambal."),
        meal("Nasi kotak empal suwir", 31000, "bento daging wortel sayur", "Empal sapi suwir, urap sayur, perkedel kentang."),
        meal("Nasi kuning kotak lengkap", 24000, "nasi telur cabai mentimun", "Nasi kuning, telur balado, kering tempe, mi goreng."),
        meal("Nasi bakar tongkol kemangi", 19000, "lemper ikan daun-bumbu cabai", "Dibakar dalam daun pisang, tongkol pedas dan kemangi."),
        meal("Tumpeng mini per orang", 35000, "nasi ayam telur daun-bumbu", "Tumpeng kecil dengan tujuh lauk, cocok untuk syukuran.", category="tumpeng-prasmanan"),
        meal("Bubur ayam kotak sarapan", 16000, "mangkuk ayam bawang-merah daun-bumbu", "Bubur beras dengan suwiran ayam, cakwe dan kerupuk.", category="nasi-kotak"),
    ],
    "jajan": [
        snack("Lemper ayam suwir", 4000, "lemper daun-bumbu ayam", "Ketan gurih isi ayam suwir, dibungkus daun pisang."),
        snack("Kudapan kotak isi tiga", 15000, "kotak puding lemper kacang", "Lemper, puding, kacang bawang dan air gelas.", "box", 300, category="kotak-jajan"),
        snack("Dadar gulung kelapa", 3000, "kelapa daun-bumbu pancake", "Kulit pandan, isi kelapa dan gula merah."),
        snack("Puding gula merah", 7000, "puding kelapa sendok", "Puding lembut dengan santan dan gula merah.", "glass"),
        snack("Donat kentang, isi enam", 21000, "donat", "Adonan kentang, empuk sampai sore.", "box", 60, category="roti-donat"),
        snack("Onde-onde wijen", 3500, "bakso dango teh", "Isi kacang hijau, digoreng pagi hari.", category="gorengan"),
        snack("Pastel sayur telur", 4500, "pangsit wortel telur kentang", "Kulit renyah, isi wortel, kentang dan telur.", category="gorengan"),
        snack("Kue lapis pelangi", 2500, "kue teh kembang", "Tepung beras dan santan, tujuh lapis."),
    ],
    "jamu": [
        drink("Beras kencur botol", 5000, "stoples padi jahe", "Beras kencur segar tanpa pengawet, 250 ml.", category="jamu"),
        drink("Kunyit asam botol", 5000, "jus jahe jeruk", "Kunyit, asam jawa dan gula aren, 250 ml.", category="jamu"),
        drink("Sinom segar botol", 6000, "teko daun-bumbu jeruk", "Daun asam muda, dingin lebih enak.", category="jamu"),
        drink("Temulawak botol", 6000, "madu jahe stoples", "Temulawak rebus dengan sedikit madu, 250 ml.", category="jamu"),
        drink("Wedang jahe serai", 8000, "teh jahe daun-bumbu", "Jahe bakar dan serai, diseduh saat dipesan.", "glass", category="jamu"),
    ],
    "kopi": [
        shelf("Kopi robusta Dampit 200 gram", "minuman-kemasan", 38000, "pack", "kopi kacang paket", "Disangrai sendiri tiap Rabu, digiling sesuai pesanan.", keeps="dry"),
        shelf("Kopi arabika Ijen 200 gram", "minuman-kemasan", 62000, "pack", "paket kopi jeruk kembang", "Sangrai sedang, aroma bunga dan jeruk.", keeps="dry"),
        drink("Kopi susu gula aren", 14000, "boba susu es-batu", "Espresso ganda, susu segar, gula aren.", "glass", category="kopi-teh"),
        drink("Es kopi serai", 13000, "gelas es-batu daun-bumbu kopi", "Kopi seduh dingin dengan serai.", "glass", category="kopi-teh"),
        shelf("Teh bunga telang kering 50 gram", "minuman-kemasan", 27000, "pack", "bunga-telang teko teh", "Dipetik dan dijemur di kebun kampung.", keeps="dry"),
    ],
    "sambal": [
        shelf("Sambal bawang botol 150 gram", "sambal", 22000, "bottle", "stoples cabai bawang-merah", "Diulek pagi hari, pedasnya bisa dipesan.", keeps="dry", tiers=((12, 95), (50, 90))),
        shelf("Sambal cumi asin 150 gram", "sambal", 34000, "bottle", "cabai kerang stoples", "Cumi asin Kenjeran dan cabai rawit.", keeps="dry"),
        shelf("Bumbu rawon siap pakai", "bumbu-dapur", 18000, "pack", "bawang-merah bawang-putih jahe daging", "Kluwek pilihan, untuk 1 kg daging.", keeps="dry"),
        shelf("Serundeng kelapa 200 gram", "bumbu-dapur", 20000, "pack", "kelapa cabai jahe", "Manis gurih, tahan dua minggu.", keeps="dry"),
        shelf("Petis udang 250 gram", "bumbu-dapur", 26000, "pack", "udang stoples bawang-putih", "Petis hitam kental dari udang segar.", keeps="dry"),
    ],
    "keripik": [
        shelf("Keripik ubi ungu 250 gram", "keripik-kerupuk", 14000, "pack", "ubi keranjang paket", "Diiris tipis, digoreng sekali minyak.", keeps="dry"),
        shelf("Keripik tempe sagu 200 gram", "keripik-kerupuk", 16000, "pack", "kentang daun-bumbu keranjang", "Renyah, daun jeruk dan ketumbar.", keeps="dry"),
        shelf("Kacang bawang gurih 300 gram", "keripik-kerupuk", 18000, "pack", "kacang bawang-putih stoples", "Kacang kulit ari, bawang putih asli.", keeps="dry"),
        shelf("Rengginang mentah 500 gram", "keripik-kerupuk", 21000, "pack", "padi keranjang kukis", "Beras ketan jemur, tinggal digoreng.", keeps="dry"),
        shelf("Popcorn karamel 150 gram", "keripik-kerupuk", 15000, "pack", "popcorn jagung kelapa", "Jagung lokal dan gula kelapa.", keeps="dry"),
        shelf("Stik bawang keju 200 gram", "keripik-kerupuk", 19000, "pack", "keju bawang-merah roti-panjang", "Panjang, renyah, keju asli.", keeps="dry"),
    ],
    "roti": [
        snack("Roti sobek srikaya", 18000, "roti mentega stoples", "Lembut sampai dua hari, srikaya buatan sendiri.", "pack", 40, category="roti-donat"),
        snack("Roti isi cokelat", 5500, "croissant cokelat susu", "Cokelat leleh, dipanggang subuh.", category="roti-donat"),
        snack("Bolu pandan loyang kecil", 42000, "pai daun-bumbu teh", "Tanpa pewarna, pandan asli.", "pcs", 15, category="roti-donat"),
        snack("Kue ulang tahun 16 cm", 145000, "tart hadiah kembang", "Hiasan sederhana, nama bisa ditulis.", "pcs", 6, category="roti-donat"),
        snack("Kue kering nastar 400 gram", 68000, "kukis stoples teh", "Selai nanas sendiri, mentega penuh.", "pack", 20, category="kue-kering"),
        snack("Roti tawar gandum", 21000, "roti-panjang padi keju", "Tanpa pengawet, dipotong delapan.", "pack", 30, category="roti-donat"),
    ],
    "batik": [
        shelf("Kain batik semanggi 2 meter", "batik", 165000, "sheet", "kimono daun-bumbu gulungan", "Batik cap motif semanggi, katun primisima.", stock=25),
        shelf("Kemeja batik lengan panjang", "batik", 215000, "pcs", "kemeja kimono benang", "Katun, ukuran S sampai XXL, tulis di catatan.", stock=30, lead=2),
        shelf("Gaun batik kombinasi", "batik", 245000, "pcs", "gaun tas-tangan kembang", "Batik cap dan katun polos, bisa ukuran sendiri.", stock=12, lead=3, until="15:00"),
        shelf("Selendang batik sutra", "batik", 185000, "sheet", "syal kimono kembang", "Pewarna alam, setiap helai berbeda.", stock=10),
        shelf("Dompet batik resleting", "tas-sepatu", 35000, "pcs", "dompet kimono jarum", "Sisa kain batik, lapis dalam kuat.", stock=80),
    ],
    "konveksi": [
        shelf("Kaus kegiatan sablon satu warna", "kaus-rompi-topi", 58000, "pcs", "kaus benang jarum", "Katun 24s, sablon depan, minimal 12.", minimum="12", stock=0, daily=60, lead=5),
        shelf("Seragam olahraga setelan", "seragam", 135000, "set", "kaus topi benang", "Bahan lotto, sablon nama kantor.", minimum="10", stock=0, daily=30, lead=7),
        shelf("Rompi lapangan bordir", "kaus-rompi-topi", 98000, "pcs", "rompi jarum benang", "Drill tebal, bordir logo dada.", minimum="5", stock=0, daily=25, lead=5),
        shelf("Topi bordir", "kaus-rompi-topi", 38000, "pcs", "topi benang jarum", "Rafel, bordir depan, ukuran bisa disetel.", minimum="12", stock=0, daily=80, lead=4),
        shelf("Tas seminar kanvas", "suvenir", 42000, "pcs", "tas-belanja buku bolpoin", "Kanvas 12 oz, sablon satu warna.", minimum="20", stock=0, daily=80, lead=5, tiers=((50, 95), (200, 88))),
    ],
    "anyaman": [
        shelf("Keranjang pandan bingkisan", "anyaman-kriya", 48000, "pcs", "keranjang hadiah jeruk", "Anyaman pandan, bisa dua puluh dalam sepekan.", stock=40, lead=2),
        shelf("Kotak tisu anyaman", "anyaman-kriya", 32000, "pcs", "tisu keranjang bunga", "Pandan dan kain, rapi luar dalam.", stock=30),
        shelf("Plakat kayu ukir", "plakat-piala", 125000, "pcs", "piala gulungan bunga", "Kayu mahoni, tulisan ukir laser.", stock=15, lead=3),
        shelf("Gantungan kunci semanggi", "suvenir", 9000, "pcs", "kunci label daun-bumbu", "Kayu sisa, minimal 20.", minimum="20", stock=400),
        shelf("Boneka kain maskot", "suvenir", 65000, "pcs", "boneka benang jarum", "Jahit tangan, isi dakron.", stock=20),
        shelf("Vas bunga daur ulang", "anyaman-kriya", 54000, "pcs", "vas bunga kembang", "Kaca daur ulang, dilukis tangan.", stock=18),
    ],
    "cetak": [
        shelf("Buku catatan jahit tangan", "kertas-buku", 32000, "pcs", "buku benang bolpoin", "Kertas daur ulang 80 lembar, jahit benang.", stock=90, tiers=((25, 92), (100, 85))),
        shelf("Cetak spanduk per meter", "spanduk", 22000, "metre", "gulungan pengeras penggaris", "Bahan 280 gram, termasuk mata ayam.", step="0.5", minimum="1", stock=0, daily=60, lead=1),
        shelf("Sertifikat A4 kertas linen", "undangan-sertifikat", 4500, "sheet", "kertas piala bolpoin", "Cetak laser, nama dari daftar Anda.", minimum="10", stock=0, daily=500, lead=2),
        shelf("Map berlogo isi 10", "pena-map", 45000, "pack", "map map-buka klip", "Karton 260 gram, cetak dua warna.", stock=60, lead=3),
        shelf("Papan nama meja akrilik", "spanduk", 38000, "pcs", "label bolpoin map", "Akrilik 3 mm, huruf timbul.", stock=0, daily=20, lead=2),
    ],
    "tanaman": [
        shelf("Bibit cabai rawit", "bibit", 6500, "pcs", "bibit cabai ember", "Umur empat minggu, siap pindah pot.", stock=300),
        shelf("Bibit terong ungu", "bibit", 6000, "pcs", "terong bibit ember", "Tahan panas, cocok di gang sempit.", stock=200),
        shelf("Tanaman sirih gading pot gantung", "tanaman-hias", 28000, "pcs", "tanaman daun-bumbu ember", "Rimbun, pot dan gantungan.", stock=45),
        shelf("Kaktus mini", "tanaman-hias", 17000, "pcs", "kaktus tanaman vas", "Pot semen warna, tahan lupa disiram.", stock=70),
        shelf("Pupuk kompos 5 kg", "pupuk-kompos", 20000, "pack", "paket bibit ember", "Dari rumah kompos kampung, sudah diayak.", stock=120),
        shelf("Sayur hidroponik selada 250 gram", "sayur-buah", 12000, "pack", "sayur ember tomat", "Dipanen pagi hari pesanan.", keeps="fresh", stock=0, daily=40, lead=1),
    ],
    "sabun": [
        shelf("Sabun cuci piring 1 liter", "sabun-pembersih", 14000, "bottle", "losion lemon piring spons", "Jeruk nipis, buatan rumah tangga.", stock=120),
        shelf("Sabun batang minyak jelantah", "sabun-pembersih", 8000, "pcs", "sabun spons ember", "Dari minyak bekas warga, untuk cuci lap.", stock=150),
        shelf("Pembersih lantai serai 1 liter", "sabun-pembersih", 16000, "bottle", "ember losion daun-bumbu", "Wangi serai, aman untuk anak.", stock=100),
        shelf("Lilin aroma serai", "suvenir", 27000, "pcs", "lilin daun-bumbu kembang", "Lilin kedelai, nyala 20 jam.", stock=60),
        shelf("Sapu lidi gagang panjang", "alat-rumah", 18000, "pcs", "sapu ember", "Lidi kelapa pilihan.", stock=70),
    ],
    "segar": [
        shelf("Tempe daun per papan", "tahu-tempe", 7000, "pcs", "lemper kacang daun-bumbu", "Kedelai pilihan, bungkus daun pisang.", keeps="fresh", stock=0, daily=150, lead=1),
        shelf("Tahu putih isi 10", "tahu-tempe", 9000, "pack", "mentega kacang daun-bumbu", "Tanpa pengawet, dibuat subuh.", keeps="fresh", stock=0, daily=120, lead=1),
        shelf("Telur asin isi 6", "lauk-sayur-matang", 27000, "pack", "telur keranjang garam", "Bebek kampung, masir.", keeps="dry", stock=60, food="shop"),
        shelf("Madu randu 350 ml", "madu-selai", 85000, "bottle", "madu bunga stoples", "Lebah kampung, disaring dua kali.", keeps="dry", stock=35),
        shelf("Ikan asap Kenjeran 500 gram", "daging-ikan", 48000, "pack", "ikan bawang-putih lemon", "Diasap sabut kelapa, diantar pagi.", keeps="fresh", stock=0, daily=25, lead=1),
        shelf("Bandeng tanpa duri", "makanan-beku", 32000, "pcs", "ikan es-batu daun-bumbu", "Dicabut durinya, beku.", keeps="fresh", stock=40),
    ],
    "stan-berkuah": [
        plate("Soto ayam Lamongan", 17000, "sup ayam telur jeruk", "Koya gurih, telur setengah.", category="mi-bakso-soto"),
        plate("Rawon daging", 24000, "mangkuk daging telur bawang-merah", "Kluwek pekat, daging empuk, telur asin tambah.", category="mi-bakso-soto"),
        plate("Bakso urat campur", 18000, "mi-kuah bakso cabai", "Urat kasar, tahu bakso, mi kuning.", category="mi-bakso-soto"),
        plate("Lontong balap", 14000, "mi kerang cabai", "Taoge, lentho dan sate kerang.", category="mi-bakso-soto"),
        plate("Sup buntut", 38000, "sup daging wortel tomat", "Direbus empat jam.", category="mi-bakso-soto"),
        drink("Es teh manis", 4000, "gelas es-batu teko", "Teh melati, gelas besar.", "glass"),
    ],
    "stan-bakar": [
        plate("Sate ayam 10 tusuk", 22000, "oden ayam kacang", "Bumbu kacang, lontong.", category="lauk-sayur-matang"),
        plate("Sate kerang 10 tusuk", 18000, "kerang oden cabai", "Kerang Kenjeran, bumbu manis pedas.", category="lauk-sayur-matang"),
        plate("Ikan bakar sambal terasi", 32000, "ikan cabai tomat lemon", "Ikan nila, lalap dan nasi.", category="lauk-sayur-matang"),
        plate("Ayam bakar kecap", 23000, "ayam tomat nasi mentimun", "Nasi, lalap, sambal tomat.", category="lauk-sayur-matang"),
        plate("Jagung bakar keju", 12000, "jagung keju mentega", "Jagung manis, keju parut.", category="gorengan"),
        drink("Es jeruk peras", 8000, "jeruk gelas es-batu", "Jeruk Siam peras langsung.", "glass"),
    ],
    "stan-nasi": [
        plate("Nasi pecel Madiun", 13000, "sayur nasi kacang", "Bumbu kacang pedas sedang, rempeyek."),
        plate("Nasi goreng jawa", 17000, "wajan ceplok cabai", "Wajan besi, telur dadar."),
        plate("Nasi campur", 21000, "nasi ceplok sayur ayam", "Empat lauk, serundeng, sambal."),
        plate("Gado-gado", 16000, "salad telur kacang kentang", "Bumbu diulek per porsi.", category="lauk-sayur-matang"),
        plate("Rujak cingur", 22000, "salad mangga mentimun cabai", "Petis, cingur empuk, buah segar.", category="lauk-sayur-matang"),
        plate("Mi goreng telur", 15000, "mi ceplok sayur", "Mi telur, sawi, bakso.", category="mi-bakso-soto"),
    ],
    "stan-es": [
        drink("Es dawet gula aren", 9000, "boba kelapa es-batu", "Dawet pandan, santan segar.", "glass"),
        drink("Es campur", 12000, "es-serut semangka alpukat", "Kolang-kaling, tape, sirop.", "glass"),
        drink("Jus alpukat", 13000, "alpukat gelas cokelat", "Alpukat mentega, susu cokelat.", "glass"),
        drink("Es kelapa muda", 11000, "kelapa gelas es-batu", "Kelapa muda utuh atau gelas.", "glass"),
        plate("Pisang goreng keju 5 potong", 12000, "pisang keju piring", "Pisang kepok, keju parut.", category="gorengan"),
        drink("Jus semangka", 10000, "semangka gelas es-batu", "Tanpa gula tambahan.", "glass"),
    ],
    "kelontong": [
        shelf("Beras premium 5 kg", "beras", 76000, "pack", "padi nasi paket", "Pulen, panen Jawa Timur.", keeps="dry", stock=80),
        shelf("Telur ayam negeri per kg", "telur", 28000, "kg", "telur keranjang", "Datang tiap pagi.", keeps="fresh", step="0.25", minimum="0.25", stock=60),
        shelf("Minyak goreng 1 liter", "minyak-goreng", 19500, "bottle", "zaitun stoples jagung", "Kemasan bantal atau botol.", keeps="dry", stock=120),
        shelf("Gula pasir per kg", "gula-garam", 17500, "kg", "stoples sendok teh", "Gula tebu.", keeps="dry", step="0.5", minimum="0.5", stock=100),
        shelf("Air minum gelas, dus isi 48", "minuman-kemasan", 25500, "carton", "susu es-batu paket", "220 ml, cocok untuk rapat.", keeps="dry", stock=90),
        shelf("Mi instan isi 5", "tepung-mi-instan", 15500, "pack", "mi-kuah telur sayur", "Rasa ayam bawang.", keeps="dry", stock=150),
        shelf("Tisu wajah 250 lembar", "tisu-kertas", 10500, "pack", "tisu paket", "Dua lapis.", stock=140),
        shelf("Sabun mandi batang isi 4", "sabun-pembersih", 14500, "pack", "sabun spons losion", "Wangi ringan.", stock=90),
        shelf("Kertas HVS A4 70 gram", "kertas-buku", 48000, "ream", "kertas paket pensil", "500 lembar.", stock=110),
        shelf("Pulpen hitam isi 12", "pena-map", 24000, "pack", "bolpoin buku penggaris", "Tinta lancar.", stock=90),
        shelf("Garam dapur 500 gram", "gula-garam", 6000, "pack", "garam sendok tomat", "Beryodium.", keeps="dry", stock=100),
        shelf("Kecap manis 520 ml", "bumbu-dapur", 23500, "bottle", "stoples kacang mangkuk", "Kedelai hitam.", keeps="dry", stock=60),
    ],
}
# fmt: on
