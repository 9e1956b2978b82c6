"""Each kind of seller registers from a small phone: on a slow line, and without scripts; then the shop opens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from tests.browser.visitor import Visitor
from tests.factories import umkm
from tests.factories.places import WARD
from tests.umkm.drafts import looked_at
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import services as verification
from umkm.verification.models import VerificationCase

Visit = Callable[..., Visitor]
Picture = Callable[[str], Path]

NIK = "1234015708790001"
# A phone at the edge of the network: 400 kbit a second each way, 400 ms to the first answer.
SLOW_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
# What each kind tells of its place, and the photos it is asked for.
PLACES: dict[str, dict[str, Any]] = {
    SellerKind.UMKM: {"address": "Jl. Kembang Turi 12", "kelurahan": WARD},
    SellerKind.SWK: {"stall_number": "A7", "kelurahan": WARD},
    SellerKind.KELONTONG: {"address": "Jl. Sudut Pagi 3", "kelurahan": WARD},
}
PAPERS = {
    SellerKind.UMKM: ("KTP", "produksi", "depan"),
    SellerKind.SWK: ("KTP", "stan", "pengelola"),
    SellerKind.KELONTONG: ("KTP", "depan"),
}
PHOTOS = ("kertas", "jahit", "toko")


@pytest.mark.parametrize("scripts", [True, False], ids=["on a slow line", "without scripts"])
@pytest.mark.parametrize("kind", SellerKind.values)
def test_a_resident_registers(kind: str, scripts: bool, visit: Visit, picture: Picture, verifier: Any) -> None:
    person = umkm.make_user(name="Senja Pertama")
    court = umkm.food_court()
    phone = visit(width=360, height=740, is_mobile=True, has_touch=True, java_script_enabled=scripts)
    if scripts:
        line = phone.page.context.new_cdp_session(phone.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", SLOW_LINE)
    phone.sign_in(person).open("/daftar-berjualan/").fill(kind=kind).press("Mulai mendaftar", within="main")
    phone.fill(owner_name="Senja Pertama", nik=NIK, phone="0812 3456 7890", consented=True).press("Simpan dan lanjut")
    place = PLACES[kind] | ({"food_court": court.pk} if kind == SellerKind.SWK else {})
    phone.fill(name="Sudut Senja", about="Dari rumah sendiri.", **place).press("Simpan dan lanjut")
    phone.fill(opens_at="08:00", closes_at="17:00", offers_pickup=True).press("Simpan dan lanjut")
    phone.fill(form="person").press("Simpan dan lanjut")
    # What is wrong is said beside its field, and the rest of what was typed stays.
    phone.fill(bank_name="Bank Contoh", bank_account="tujuh", bank_holder="Senja Pertama").press("Simpan dan lanjut")
    assert phone.field("bank_holder").input_value() == "Senja Pertama"
    phone.fill(bank_account="7000123456").press("Simpan dan lanjut")
    for title, photo in zip(PAPERS[SellerKind(kind)], PHOTOS, strict=False):
        phone.press(title, within=".papers").fill(file=picture(photo)).press("Simpan", within="main form")
    phone.press("Lanjut: Periksa dan kirim").press("Kirim pendaftaran ke dinas").sees("Pendaftaran sudah dikirim")
    _approve(verifier)
    shop = Seller.objects.get()
    assert (shop.kind, shop.state, shop.open_days != "") == (kind, SellerState.ACTIVE, True)
    phone.open(reverse("umkm:shop-detail", args=[shop.slug])).sees("Sudut Senja")
    if kind == SellerKind.SWK:
        phone.open(reverse("umkm:swk-detail", args=[court.slug])).sees("Sudut Senja")
    phone.open("/penjual/").sees("Barang")


def _approve(officer: Any) -> None:
    """As the worker and an officer do: `test_journey` goes that way through the pages."""
    now = clock.now()
    case = verification.check_case(case=VerificationCase.objects.get(), now=now)
    looked_at(case, officer, now)
    verification.check_again(actor=officer, case=case, now=now)
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=officer, check=check, now=now)
    verification.approve_case(actor=officer, case=case, now=now)
