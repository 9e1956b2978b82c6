"""Registrations the officer of a kelurahan made for residents, who have not confirmed them yet: typed one by one, and
out of a list."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from epeken.core.idempotency import new_key
from epeken.core.models import Kelurahan
from epeken.site.demo.market import nik, paper
from epeken.site.demo.offices import APPLICANT_PHONE
from epeken.users.models import User
from umkm.area_checks.models import AreaPosting
from umkm.assisted import services as assisted
from umkm.seller_imports import services as lists
from umkm.sellers import services as sellers

# Name, kind and shop of the residents of a list.
LISTED = [
    ("Wulan Peraga", "UMKM (produsen)", "Keripik Wulan"),
    ("Bagus Peraga", "Toko kelontong", "Toko Bagus"),
    ("Ningsih Peraga", "UMKM (produsen)", "Jahit Ningsih"),
    ("Slamet Peraga", "Toko kelontong", "Sembako Slamet"),
]


def make_assisted(accounts: dict[str, User], now: datetime) -> None:
    """One waits for the resident, who signs in with the published number; one the officer still types."""
    officer, begun = accounts["kelurahan"], now - timedelta(hours=5)
    ward = AreaPosting.objects.filter(user=officer, kelurahan__isnull=False).earliest("pk").kelurahan
    assert ward is not None
    name = accounts["applicant"].name
    asked = assisted.start_assisted(
        actor=officer, name=name, phone=APPLICANT_PHONE, kind="kelontong", kelurahan=ward, now=begun
    )
    values = {
        "nik": nik(701), "name": "Toko Gang Kenanga", "about": "Sembako dan jajanan anak.",
        "address": "Jalan Peraga 702", "bank_name": "Bank Jatim", "bank_account": "7000000701", "bank_holder": name,
    }  # fmt: skip
    sellers.save_seller(actor=officer, seller=asked.seller, values=values, now=begun)
    for number, kind in enumerate(("ktp", "shop_front"), 4801):
        file = paper(kind.replace("_", " "), name, number)
        sellers.add_document(actor=officer, seller=asked.seller, kind=kind, file=file, now=begun)
    assisted.hand_over(actor=officer, assisted=asked, now=begun + timedelta(minutes=25))
    assisted.start_assisted(
        actor=officer, name="Sekar Peraga", phone="+6281234500702", kind="umkm", kelurahan=ward, now=now
    )
    _import_list(officer, ward, now - timedelta(hours=3))


def _import_list(officer: User, ward: Kelurahan, now: datetime) -> None:
    """Run, without its last row, whose NIK is too short; those on it are asked on their phones."""
    head = "nama;nik;ponsel;jenis;kelurahan;nama_toko;alamat"
    rows = [
        f"{name};{nik(710 + n)};0812345007{10 + n};{kind};{ward.code};{shop};Jalan Peraga {710 + n}"
        for n, (name, kind, shop) in enumerate(LISTED)
    ]
    rows[-1] = rows[-1].replace(nik(709 + len(rows)), nik(709 + len(rows))[:-1])
    file = SimpleUploadedFile("pelaku-usaha-kelurahan.csv", "\n".join([head, *rows]).encode())
    reason = "Pendataan pelaku usaha bersama RT dan RW"
    made = lists.upload_list(actor=officer, file=file, reason=reason, key=new_key(), now=now)
    made = lists.read_list(seller_import=made, now=now + timedelta(minutes=1))
    lists.confirm_list(actor=officer, seller_import=made, now=now + timedelta(minutes=6))
    lists.run_piece(seller_import=made, now=now + timedelta(minutes=7))
    lists.ask_piece(seller_import=made, now=now + timedelta(minutes=8))
