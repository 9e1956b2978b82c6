"""A registration the officer of a kelurahan typed for a resident, who has not confirmed it yet."""

from datetime import datetime, timedelta

from epeken.site.demo.market import nik, paper
from epeken.site.demo.offices import APPLICANT_PHONE
from epeken.users.models import User
from umkm.area_checks.models import AreaPosting
from umkm.assisted import services as assisted
from umkm.sellers import services as sellers


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
