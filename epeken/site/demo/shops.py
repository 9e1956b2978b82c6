"""Sixty invented shops over the city. Every name is made up."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shop:
    name: str
    owner: str
    kind: str  # SellerKind
    trade: str  # key of goods.TRADES
    kelurahan: str  # name; for SWK stalls the food court's name
    story: str
    opens: str = "07:00"
    closes: str = "17:00"
    days: str = "123456"
    npwp: bool = True
    pkp: bool = False
    statement: bool = False
    certificate: bool = False
    fee: int = 15000


SHOPS = [
    # --- UMKM: what they make themselves ---
    Shop("Dapur Bu Lirih", "Lirih Kenanga", "umkm", "dapur", "Kalirungkut",
         "Memasak nasi kotak sejak anak-anak masih sekolah. Dua puluh kotak atau dua ratus, bumbunya sama.", fee=25000, statement=True),
    Shop("Boga Mbah Kukus", "Kukus Melati", "umkm", "dapur", "Kedung Baruk",
         "Nasi kotak dengan lauk rumahan. Pesan sehari sebelumnya, kami antar sebelum rapat dimulai.", fee=35000),
    Shop("Pawon Tirta", "Tirta Bening", "umkm", "dapur", "Wonokromo",
         "Dapur tiga bersaudara. Sambalnya dibuat pagi itu juga.", fee=20000, certificate=True),
    Shop("Katering Daun Jati", "Jati Rimbun", "umkm", "dapur", "Sawunggaling",
         "Porsi kantor, porsi hajatan, porsi anak sekolah.", fee=30000, pkp=True),
    Shop("Nasi Kotak Puspa Pagi", "Puspa Pagi", "umkm", "dapur", "Mojo",
         "Kami mulai menanak pukul dua pagi supaya hangat sampai di meja Anda.", fee=15000, npwp=False),
    Shop("Jajan Sekar Telon", "Sekar Telon", "umkm", "jajan", "Medokan Ayu",
         "Jajan pasar dibungkus daun. Tidak ada yang menginap.", statement=True),
    Shop("Kue Basah Embun", "Embun Lestari", "umkm", "jajan", "Ploso",
         "Dua puluh macam kue basah, dipilih sendiri isinya."),
    Shop("Donat Awan Gulung", "Awan Gulung", "umkm", "jajan", "Kedung Cowek", "Kentang di dalam adonan, itulah rahasianya."),
    Shop("Jamu Mbah Kunir", "Kunir Wangi", "umkm", "jamu", "Jambangan",
         "Jamu gendong yang sekarang bisa dipesan dari meja kantor.", fee=10000, statement=True),
    Shop("Sinom Simpang Lima", "Simpang Asri", "umkm", "jamu", "Karah", "Sinom segar setiap pagi, botol boleh dikembalikan."),
    Shop("Kopi Pak Kebul", "Kebul Harum", "umkm", "kopi", "Peneleh", "Menyangrai di teras rumah, aromanya sampai ujung gang."),
    Shop("Kopi Gang Delapan", "Delapan Windu", "umkm", "kopi", "Lidah kulon", "Biji Jawa Timur, disangrai tiap Rabu."),
    Shop("Sambal Bu Pawon Tua", "Pawon Sepuh", "umkm", "sambal", "Rungkut Kidul",
         "Sambal bawang saya ulek pagi hari, habis sebelum magrib. Pedasnya bisa dipesan.", statement=True),
    Shop("Bumbu Rahayu", "Rahayu Tirta", "umkm", "sambal", "Tambaksari", "Bumbu masak yang tinggal tuang."),
    Shop("Renyah Bu Tela", "Tela Kencana", "umkm", "keripik", "Rungkut Menanggal", "Keripik ubi dari kebun sendiri."),
    Shop("Camilan Kampung Ijo", "Ijo Royo", "umkm", "keripik", "Keputih", "Digoreng sekali pakai minyak, dijemur matahari."),
    Shop("Kerupuk Ombak", "Ombak Segara", "umkm", "keripik", "Kenjeran", "Dari laut Kenjeran ke toples Anda."),
    Shop("Roti Oven Lama", "Oven Sagara", "umkm", "roti", "Genteng",
         "Roti sobek isi srikaya dan kelapa. Untuk rapat pagi, saya antar sebelum pukul tujuh."),
    Shop("Bolu Ndalem", "Ndalem Wening", "umkm", "roti", "Gubeng", "Bolu pandan resep nenek."),
    Shop("Batik Godhong Telu", "Godhong Arum", "umkm", "batik", "Dukuh Kupang",
         "Motif semanggi Surabaya, dicap dan dijemur di halaman.", certificate=True),
    Shop("Batik Kali Mas", "Kali Kencana", "umkm", "batik", "Krembangan Utara", "Pewarna alam, tiap helai berbeda."),
    Shop("Konveksi Benang Lurus", "Benang Lurus", "umkm", "konveksi", "Kapasan",
         "Seragam, kaus, rompi. Sembilan penjahit dari satu gang.", pkp=True, fee=0),
    Shop("Jahit Rukun Warga", "Rukun Setia", "umkm", "konveksi", "Sidotopo", "Kelompok jahit ibu-ibu RW."),
    Shop("Anyaman Godhong Papat", "Papat Lestari", "umkm", "anyaman", "Sukolilo Baru",
         "Keranjang pandan untuk bingkisan. Dua puluh buah bisa saya kerjakan dalam sepekan."),
    Shop("Kayu Ukir Lintang", "Lintang Kayu", "umkm", "anyaman", "Manukan Kulon", "Plakat dan suvenir dari kayu sisa."),
    Shop("Kertas Lintang", "Lintang Seruni", "umkm", "cetak", "Bubutan", "Cetak dan jilid tangan, kecil tetapi rapi."),
    Shop("Cetak Kilat Bambu", "Bambu Runcing", "umkm", "cetak", "Embong Kaliasin", "Spanduk jadi sore, sertifikat jadi lusa."),
    Shop("Kebun Gang Wangi", "Wangi Sekar", "umkm", "tanaman", "Simokerto", "Bibit dari gang dua meter."),
    Shop("Hidroponik Lorong Hijau", "Hijau Permai", "umkm", "tanaman", "Balas Klumprik", "Selada dipetik pagi, diantar pagi."),
    Shop("Sabun Lestari", "Lestari Buana", "umkm", "sabun", "Ngagel", "Minyak bekas jadi sabun, kali jadi bersih."),
    Shop("Tempe Daun Mbok Sari", "Sari Mulia", "umkm", "segar", "Tenggilis Mejoyo", "Tempe bungkus daun, tiga generasi."),
    Shop("Lebah Kampung Ijo", "Randu Ijo", "umkm", "segar", "Gunung Anyar", "Madu randu dan telur asin dari kampung."),
    # --- SWK stalls ---
    Shop("Warung Kuah Senja", "Senja Kuah", "swk", "stan-berkuah", "SWK Semolowaru", "Soto dan rawon, kuahnya dua panci sehari.", "10:00", "21:00", "1234567"),
    Shop("Rawon Pak Gempol", "Gempol Sari", "swk", "stan-berkuah", "SWK Taman Bungkul", "Kluwek pekat, daging empuk.", "16:00", "23:00", "1234567"),
    Shop("Bakso Mas Kelereng", "Kelereng Jaya", "swk", "stan-berkuah", "SWK Convention Hall (Arif Rahman Hakim)", "Urat kasar, kuah bening.", "10:00", "21:00"),
    Shop("Lontong Balap Cak Panah", "Panah Api", "swk", "stan-berkuah", "SWK Jambangan", "Lentho digoreng saat dipesan.", "09:00", "20:00", "1234567"),
    Shop("Sate Ayam Pelangi", "Pelangi Senja", "swk", "stan-bakar", "SWK Bratang Binangun", "Arang batok, bumbu kacang.", "15:00", "22:00", "1234567"),
    Shop("Ikan Bakar Layar", "Layar Samudra", "swk", "stan-bakar", "SWK Klampis Ngasem", "Ikan pagi, dibakar sore.", "11:00", "21:00"),
    Shop("Ayam Bakar Lesung", "Lesung Padi", "swk", "stan-bakar", "SWK Manukan Lor", "Kecap dan madu.", "10:00", "21:00", "1234567"),
    Shop("Jagung Bakar Kembang", "Kembang Api", "swk", "stan-bakar", "SWK Karang Asem", "Malam di Karang Asem.", "16:00", "22:00"),
    Shop("Pecel Mbok Titir", "Titir Wangi", "swk", "stan-nasi", "SWK Wiyung", "Pecel Madiun, rempeyek sendiri.", "06:00", "14:00", "1234567"),
    Shop("Nasi Campur Bu Kendil", "Kendil Mas", "swk", "stan-nasi", "SWK Urip Sumoharjo", "Empat lauk, satu harga.", "07:00", "16:00"),
    Shop("Nasi Goreng Wajan Besi", "Wajan Besi", "swk", "stan-nasi", "SWK Dharmawangsa", "Wajan tua, rasa lama.", "15:00", "22:00"),
    Shop("Rujak Cingur Bu Lumpang", "Lumpang Ayu", "swk", "stan-nasi", "SWK Siwalankerto", "Diulek per porsi.", "09:00", "18:00"),
    Shop("Es Dawet Pak Cendol", "Cendol Pandan", "swk", "stan-es", "SWK Taman Prestasi", "Dawet pandan, gula aren asli.", "09:00", "20:00", "1234567"),
    Shop("Es Campur Gunung Es", "Gunung Tirta", "swk", "stan-es", "SWK Babat Jerawat", "Serut halus, sirop sendiri.", "10:00", "20:00"),
    Shop("Jus Kebun Pagi", "Kebun Pagi", "swk", "stan-es", "SWK Ikan Duyung", "Buah hari ini saja.", "08:00", "17:00"),
    # --- Neighbourhood groceries ---
    Shop("Toko Pagi Lumintu", "Lumintu Pagi", "kelontong", "kelontong", "Penjaringansari", "Buka sebelum azan subuh selesai.", "05:30", "21:00", "1234567", fee=0),
    Shop("Toko Sumber Rukun", "Rukun Sumber", "kelontong", "kelontong", "Banyu Urip", "Sembako RW lima sejak dua puluh tahun.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Berkah Gang Tiga", "Berkah Tiga", "kelontong", "kelontong", "Putat Jaya", "Eceran boleh, karungan boleh.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Mawar Putih", "Mawar Putih", "kelontong", "kelontong", "Kapasmadya Baru", "Diantar becak langganan.", "06:00", "20:00", "1234567", fee=5000),
    Shop("Toko Sinar Kampung", "Sinar Kampung", "kelontong", "kelontong", "Wonorejo", "Langganan dua sekolah dan satu puskesmas.", "06:00", "21:00", "1234567", fee=8000),
    Shop("Toko Lima Saudara", "Lima Saudara", "kelontong", "kelontong", "Sememi", "Lima saudara, satu warung.", "06:00", "21:00", "1234567", fee=7000, certificate=True),
    Shop("Toko Adem Ayem", "Adem Ayem", "kelontong", "kelontong", "Menanggal", "Air galon, gas, beras, senyum.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Jaya Sentosa Kecil", "Sentosa Kecil", "kelontong", "kelontong", "Bulak", "Dekat pasar ikan.", "06:00", "20:00", "1234567", fee=8000),
    Shop("Toko Pojok Tanjung", "Tanjung Pojok", "kelontong", "kelontong", "Perak Barat", "Di pojok, jadi gampang dicari.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Padi Menguning", "Padi Kuning", "kelontong", "kelontong", "Made", "Beras dari sawah sebelah.", "06:00", "20:00", "1234567", fee=9000),
    Shop("Toko Gotong Royong", "Gotong Royong", "kelontong", "kelontong", "Asem Rowo", "Milik paguyuban gang.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Kecil Bahagia", "Kecil Bahagia", "kelontong", "kelontong", "Tandes", "Kecil tempatnya, lengkap isinya.", "06:00", "21:00", "1234567", fee=5000),
    Shop("Toko Serba Ada Wening", "Ada Wening", "kelontong", "kelontong", "Kupang Krajan", "Alat tulis sampai sabun.", "06:00", "21:00", "1234567", fee=5000),
]  # fmt: skip
