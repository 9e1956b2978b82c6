"""Sixty invented shops. Every name is made up; where each stands is in the city's demo_places.csv."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shop:
    name: str
    owner: str
    kind: str  # SellerKind
    trade: str  # key of goods.TRADES
    story: str
    opens: str = "07:00"
    closes: str = "17:00"
    days: str = "123456"
    npwp: bool = True
    pkp: bool = False
    statement: bool = False
    certificate: bool = False
    fee: int = 15000
    delivers: bool = False  # a stall; others always do


SHOPS = [
    # --- UMKM: what they make themselves ---
    Shop("Dapur Bu Lirih", "Lirih Kenanga", "umkm", "dapur",
         "Memasak nasi kotak sejak anak-anak masih sekolah. Dua puluh kotak atau dua ratus, bumbunya sama.", fee=25000, statement=True),
    Shop("Boga Mbah Kukus", "Kukus Melati", "umkm", "dapur",
         "Nasi kotak dengan lauk rumahan. Pesan sehari sebelumnya, kami antar sebelum rapat dimulai.", fee=35000),
    Shop("Pawon Tirta", "Tirta Bening", "umkm", "dapur",
         "Dapur tiga bersaudara. Sambalnya dibuat pagi itu juga.", fee=20000, certificate=True),
    Shop("Katering Daun Jati", "Jati Rimbun", "umkm", "dapur",
         "Porsi kantor, porsi hajatan, porsi anak sekolah.", fee=30000, pkp=True),
    Shop("Nasi Kotak Puspa Pagi", "Puspa Pagi", "umkm", "dapur",
         "Kami mulai menanak pukul dua pagi supaya hangat sampai di meja Anda.", fee=15000, npwp=False),
    Shop("Jajan Sekar Telon", "Sekar Telon", "umkm", "jajan",
         "Jajan pasar dibungkus daun. Tidak ada yang menginap.", statement=True),
    Shop("Kue Basah Embun", "Embun Lestari", "umkm", "jajan",
         "Dua puluh macam kue basah, dipilih sendiri isinya."),
    Shop("Donat Awan Gulung", "Awan Gulung", "umkm", "jajan", "Kentang di dalam adonan, itulah rahasianya."),
    Shop("Jamu Mbah Kunir", "Kunir Wangi", "umkm", "jamu",
         "Jamu gendong yang sekarang bisa dipesan dari meja kantor.", fee=10000, statement=True),
    Shop("Sinom Simpang Lima", "Simpang Asri", "umkm", "jamu", "Sinom segar setiap pagi, botol boleh dikembalikan."),
    Shop("Kopi Pak Kebul", "Kebul Harum", "umkm", "kopi", "Menyangrai di teras rumah, aromanya sampai ujung gang."),
    Shop("Kopi Gang Delapan", "Delapan Windu", "umkm", "kopi", "Biji Jawa Timur, disangrai tiap Rabu."),
    Shop("Sambal Bu Pawon Tua", "Pawon Sepuh", "umkm", "sambal",
         "Sambal bawang saya ulek pagi hari, habis sebelum magrib. Pedasnya bisa dipesan.", statement=True),
    Shop("Bumbu Rahayu", "Rahayu Tirta", "umkm", "sambal", "Bumbu masak yang tinggal tuang."),
    Shop("Renyah Bu Tela", "Tela Kencana", "umkm", "keripik", "Keripik ubi dari kebun sendiri."),
    Shop("Camilan Kampung Ijo", "Ijo Royo", "umkm", "keripik", "Digoreng sekali pakai minyak, dijemur matahari."),
    Shop("Kerupuk Ombak", "Ombak Segara", "umkm", "keripik", "Dari laut ke toples Anda."),
    Shop("Roti Oven Lama", "Oven Sagara", "umkm", "roti",
         "Roti sobek isi srikaya dan kelapa. Untuk rapat pagi, saya antar sebelum pukul tujuh."),
    Shop("Bolu Ndalem", "Ndalem Wening", "umkm", "roti", "Bolu pandan resep nenek."),
    Shop("Batik Godhong Telu", "Godhong Arum", "umkm", "batik",
         "Motif semanggi, dicap dan dijemur di halaman.", certificate=True),
    Shop("Batik Kali Mas", "Kali Kencana", "umkm", "batik", "Pewarna alam, tiap helai berbeda."),
    Shop("Konveksi Benang Lurus", "Benang Lurus", "umkm", "konveksi",
         "Seragam, kaus, rompi. Sembilan penjahit dari satu gang.", pkp=True, fee=0),
    Shop("Jahit Rukun Warga", "Rukun Setia", "umkm", "konveksi", "Kelompok jahit ibu-ibu RW."),
    Shop("Anyaman Godhong Papat", "Papat Lestari", "umkm", "anyaman",
         "Keranjang pandan untuk bingkisan. Dua puluh buah bisa saya kerjakan dalam sepekan."),
    Shop("Kayu Ukir Lintang", "Lintang Kayu", "umkm", "anyaman", "Plakat dan suvenir dari kayu sisa."),
    Shop("Kertas Lintang", "Lintang Seruni", "umkm", "cetak", "Cetak dan jilid tangan, kecil tetapi rapi."),
    Shop("Cetak Kilat Bambu", "Bambu Runcing", "umkm", "cetak", "Spanduk jadi sore, sertifikat jadi lusa."),
    Shop("Kebun Gang Wangi", "Wangi Sekar", "umkm", "tanaman", "Bibit dari gang dua meter."),
    Shop("Hidroponik Lorong Hijau", "Hijau Permai", "umkm", "tanaman", "Selada dipetik pagi, diantar pagi."),
    Shop("Sabun Lestari", "Lestari Buana", "umkm", "sabun", "Minyak bekas jadi sabun, kali jadi bersih."),
    Shop("Tempe Daun Mbok Sari", "Sari Mulia", "umkm", "segar", "Tempe bungkus daun, tiga generasi."),
    Shop("Lebah Kampung Ijo", "Randu Ijo", "umkm", "segar", "Madu randu dan telur asin dari kampung."),
    # --- SWK stalls ---
    Shop("Warung Kuah Senja", "Senja Kuah", "swk", "stan-berkuah", "Soto dan rawon, kuahnya dua panci sehari.", "10:00", "21:00", "1234567"),
    Shop("Rawon Pak Gempol", "Gempol Sari", "swk", "stan-berkuah", "Kluwek pekat, daging empuk.", "16:00", "23:00", "1234567"),
    Shop("Bakso Mas Kelereng", "Kelereng Jaya", "swk", "stan-berkuah", "Urat kasar, kuah bening.", "10:00", "21:00"),
    Shop("Lontong Balap Cak Panah", "Panah Api", "swk", "stan-berkuah", "Lentho digoreng saat dipesan.", "09:00", "20:00", "1234567"),
    Shop("Sate Ayam Pelangi", "Pelangi Senja", "swk", "stan-bakar", "Arang batok, bumbu kacang.", "15:00", "22:00", "1234567"),
    Shop("Ikan Bakar Layar", "Layar Samudra", "swk", "stan-bakar", "Ikan pagi, dibakar sore.", "11:00", "21:00"),
    Shop("Ayam Bakar Lesung", "Lesung Padi", "swk", "stan-bakar", "Kecap dan madu.", "10:00", "21:00", "1234567"),
    Shop("Jagung Bakar Kembang", "Kembang Api", "swk", "stan-bakar", "Setiap malam.", "16:00", "22:00"),
    Shop("Pecel Mbok Titir", "Titir Wangi", "swk", "stan-nasi", "Pecel Madiun, rempeyek sendiri.", "06:00", "14:00", "1234567"),
    Shop("Nasi Campur Bu Kendil", "Kendil Mas", "swk", "stan-nasi", "Empat lauk, satu harga.", "07:00", "16:00", delivers=True),
    Shop("Nasi Goreng Wajan Besi", "Wajan Besi", "swk", "stan-nasi", "Wajan tua, rasa lama.", "15:00", "22:00"),
    Shop("Rujak Cingur Bu Lumpang", "Lumpang Ayu", "swk", "stan-nasi", "Diulek per porsi.", "09:00", "18:00"),
    Shop("Es Dawet Pak Cendol", "Cendol Pandan", "swk", "stan-es", "Dawet pandan, gula aren asli.", "09:00", "20:00", "1234567"),
    Shop("Es Campur Gunung Es", "Gunung Tirta", "swk", "stan-es", "Serut halus, sirop sendiri.", "10:00", "20:00"),
    Shop("Jus Kebun Pagi", "Kebun Pagi", "swk", "stan-es", "Buah hari ini saja.", "08:00", "17:00"),
    # --- Neighbourhood groceries ---
    Shop("Toko Pagi Lumintu", "Lumintu Pagi", "kelontong", "kelontong", "Buka sebelum azan subuh selesai.", "05:30", "21:00", "1234567", fee=0),
    Shop("Toko Sumber Rukun", "Rukun Sumber", "kelontong", "kelontong", "Sembako RW lima sejak dua puluh tahun.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Berkah Gang Tiga", "Berkah Tiga", "kelontong", "kelontong", "Eceran boleh, karungan boleh.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Mawar Putih", "Mawar Putih", "kelontong", "kelontong", "Diantar becak langganan.", "06:00", "20:00", "1234567", fee=5000),
    Shop("Toko Sinar Kampung", "Sinar Kampung", "kelontong", "kelontong", "Langganan dua sekolah dan satu puskesmas.", "06:00", "21:00", "1234567", fee=8000),
    Shop("Toko Lima Saudara", "Lima Saudara", "kelontong", "kelontong", "Lima saudara, satu warung.", "06:00", "21:00", "1234567", fee=7000, certificate=True),
    Shop("Toko Adem Ayem", "Adem Ayem", "kelontong", "kelontong", "Air galon, gas, beras, senyum.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Jaya Sentosa Kecil", "Sentosa Kecil", "kelontong", "kelontong", "Dekat pasar ikan.", "06:00", "20:00", "1234567", fee=8000),
    Shop("Toko Pojok Tanjung", "Tanjung Pojok", "kelontong", "kelontong", "Di pojok, jadi gampang dicari.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Padi Menguning", "Padi Kuning", "kelontong", "kelontong", "Beras dari sawah sebelah.", "06:00", "20:00", "1234567", fee=9000),
    Shop("Toko Gotong Royong", "Gotong Royong", "kelontong", "kelontong", "Milik paguyuban gang.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Kecil Bahagia", "Kecil Bahagia", "kelontong", "kelontong", "Kecil tempatnya, lengkap isinya.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Serba Ada Wening", "Ada Wening", "kelontong", "kelontong", "Alat tulis sampai sabun.", "06:00", "21:00", "1234567", fee=5000),
]  # fmt: skip
