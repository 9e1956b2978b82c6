"""Invented people and departments. Nobody here exists."""

from dataclasses import dataclass

DOMAIN = "demo.epeken.test"
PASSWORD = "semanggi-pagi-hari"  # noqa: S105 - published on purpose, demo city only


@dataclass(frozen=True)
class DemoPerson:
    role: str
    name: str
    note: str

    @property
    def email(self) -> str:
        return f"{self.role.replace('_', '.')}@{DOMAIN}"


ACCOUNTS = [
    DemoPerson("applicant", "Cempaka Awal", "calon penjual, pendaftarannya belum dikirim"),
    DemoPerson("seller_umkm", "Lirih Kenanga", "pemilik Dapur Bu Lirih"),
    DemoPerson("seller_swk", "Senja Kuah", "pemilik Warung Kuah Senja"),
    DemoPerson("seller_kelontong", "Lumintu Pagi", "pemilik Toko Pagi Lumintu"),
    DemoPerson("verifier", "Teliti Cahaya", "verifikator penjual, lewat admin"),
    DemoPerson("kelurahan", "Rukun Wicaksana", "petugas kelurahan, memeriksa tempat usaha"),
    DemoPerson("kecamatan", "Tertib Sasmita", "petugas kecamatan, memeriksa tempat usaha"),
    DemoPerson("office_head", "Prabaswara Teduh", "kepala dinas yang membina penjual, memutus banding"),
    DemoPerson("curator", "Pilih Kencana", "kurator barang, lewat admin"),
    DemoPerson("requester", "Nawang Kenanga", "pemesan, Dinas Taman Baca"),
    DemoPerson("approver_pp", "Satriya Wening", "pejabat pengadaan, Dinas Taman Baca"),
    DemoPerson("approver_ppk", "Panji Lokananta", "PPK, Dinas Taman Baca"),
    DemoPerson("receiver", "Jaladri Embun", "penerima barang, Dinas Taman Baca"),
    DemoPerson("treasurer", "Gading Purnama", "bendahara, Dinas Taman Baca"),
    DemoPerson("head", "Ratri Pangayoman", "kepala, Dinas Taman Baca"),
    DemoPerson("inspector", "Waskita Jernih", "inspektorat, hanya membaca"),
    DemoPerson("inspector_second", "Titis Tulus", "inspektorat, mengesahkan kunci pengaduan"),
    DemoPerson("asn", "Abdi Praja", "pegawai kota yang berbelanja"),
    DemoPerson("citizen", "Warga Asih", "pembeli"),
    DemoPerson("admin", "Admin Demo", "semua hak di admin"),
]


@dataclass(frozen=True)
class Department:
    name: str
    short: str
    code: str
    address: str
    surname: str  # shared by its invented officers


DEPARTMENTS = [
    Department("Dinas Taman Baca", "Taman Baca", "1.23.01", "Jalan Teratai Demo 12", ""),
    Department("Dinas Kampung Hijau", "Kampung Hijau", "1.23.02", "Jalan Trembesi Demo 3", "Trembesi"),
    Department("Dinas Sungai dan Taman", "Sungai Taman", "1.23.03", "Jalan Kali Demo 45", "Kalimas"),
    Department("Dinas Balai Seni", "Balai Seni", "1.23.04", "Jalan Gamelan Demo 7", "Gamelan"),
    Department("Dinas Pos Sehat Warga", "Pos Sehat", "1.23.05", "Jalan Kunyit Demo 21", "Kunyit"),
    Department("Dinas Olahraga Kampung", "Olahraga Kampung", "1.23.06", "Jalan Bola Demo 10", "Cakra"),
    Department("Dinas Arsip Ingatan Kota", "Arsip Ingatan", "1.23.07", "Jalan Tinta Demo 8", "Lontar"),
    Department("Dinas Sekolah Alam", "Sekolah Alam", "1.23.08", "Jalan Mangrove Demo 5", "Bakau"),
]

GIVEN = ["Arum", "Bayu", "Citra", "Damar", "Elok", "Fajar"]  # one per officer role, in the order of OfficerRole

ACTIVITIES = [
    ("1.23.02.2.01.0003", "Rapat koordinasi dan konsultasi", "5.1.02.01.01.0052", 48_000_000),
    ("1.23.02.2.01.0004", "Jamuan tamu dan kunjungan", "5.1.02.01.01.0053", 24_000_000),
    ("1.23.01.2.06.0002", "Penyediaan alat tulis kantor", "5.1.02.01.01.0024", 30_000_000),
    ("1.23.03.2.02.0001", "Lomba dan kegiatan warga", "5.1.02.01.01.0035", 36_000_000),
    ("1.23.03.2.04.0007", "Seragam petugas lapangan", "5.1.02.01.01.0064", 66_000_000),
    ("1.23.01.2.06.0005", "Perlengkapan kebersihan kantor", "5.1.02.01.01.0036", 15_000_000),
]
