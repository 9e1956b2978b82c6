"""What keeps a purchase lawful, met at a browser: a pooled order whose stall declines, a purchase that is split, an
officer who belongs to the shop, and an appointment that ends while the page of the decision is open."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from epeken.core import clock
from orders.orders.models import Order
from procurement.agencies.models import AgencyMember
from procurement.guards.models import GuardFinding
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, Office, make_officer, make_request
from tests.factories.rules import set_rule
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import StockMode
from umkm.sellers.models import FoodCourt

pytestmark = pytest.mark.django_db(transaction=True)
Visit = Callable[..., Visitor]


def _stall(court: FoodCourt, number: int) -> Product:
    return make.make_product(
        make.make_seller(name=f"Stan {number}", kind="swk", food_court=court, delivery_fee=0),
        name="Nasi pecel", unit="portion", price=20_000, keeps="cooked", food_kind="shop",
        category=Category.objects.filter(parent__isnull=False).order_by("pk")[0],
        stock_mode=StockMode.DAILY, daily_capacity=Decimal(60),
    )  # fmt: skip


def test_a_stall_that_declines_is_replaced_by_another_of_its_court(visit: Visit) -> None:
    """One request and one moment of delivery, a surat pesanan a stall; one elsewhere is cheaper."""
    now = clock.now() - HOUR
    set_rule("order.answer_food_days_before", 1)
    court, elsewhere = FoodCourt.objects.order_by("pk")[:2]
    dishes = [_stall(court, number) for number in range(1, 4)]
    Product.objects.filter(pk=_stall(elsewhere, 9).pk).update(price=15_000)
    office = Office(now=now)
    draft = make_request(office, [], now=now, title="Makan siang pawai", attendees=60)

    requester = visit(width=360, height=740).sign_in(office.requester, second_factor=True)
    requester.open(reverse("procurement:request-plan", args=[draft.number]))
    requester.fill(swk=court.slug, jumlah=60, penjual=2).press("Susun rencana").sees("2 penjual.", "Rp1.200.000")
    requester.press("Masukkan ke permintaan").sees("Barang, dari 2 penjual")
    requester.press("Kirim permintaan ke PP").sees("Menunggu persetujuan")
    officer = visit().sign_in(office.pp, second_factor=True)
    officer.open(reverse("procurement:approval-detail", args=[draft.number]))
    officer.press("Setujui permintaan").press("Terbitkan surat pesanan")
    keeps, declines = Order.objects.order_by("pk")
    assert keeps.deliver_at == declines.deliver_at and keeps.seller != declines.seller
    (spare,) = (dish.seller for dish in dishes if dish.seller not in (keeps.seller, declines.seller))

    owner = declines.seller.members.get().user
    seller = visit(width=360, height=740).sign_in(owner)
    seller.open(reverse("orders:order-detail", args=[declines.number])).press("Tidak sanggup")
    seller.fill(note="Gas habis").press("Tolak pesanan").sees("Gas habis")

    request = reverse("procurement:request-detail", args=[draft.number])
    officer.open(request).sees("3 penjual lain bisa, barang dan waktunya sama.", f"{court.name}, sentra yang sama")
    proposed = officer.page.get_by_role("button", name="Pesan dari").all_inner_texts()
    # First the stall that brings nothing of the meal yet, then the one that has its half; the cheaper one is elsewhere.
    assert proposed == [f"Pesan dari {shop}" for shop in (spare.name, keeps.seller.name, "Stan 9")]
    officer.press(f"Pesan dari {spare.name}")
    replaced = Order.objects.get(seller=spare)
    assert (replaced.total, replaced.deliver_at) == (600_000, keeps.deliver_at)
    requester.open(request).sees("Dialihkan ke", replaced.request.number)
    office.line.refresh_from_db()
    assert (office.line.reserved, office.line.committed) == (0, 1_200_000)


def test_a_split_purchase_is_caught_and_judged(visit: Visit) -> None:
    """Nothing is sent without a choice; merging keeps the draft, a reason sends it, and the officer judges."""
    now = clock.now() - HOUR
    set_rule("purchase.compare_two_above", 2_000_000)
    office, category = Office(now=now), make.make_category(name="Hiasan meja")
    one, other = (make.make_product(price=120_000, category=category) for _shop in range(2))
    sent = make_request(office, [(one, 10)], state="submitted", now=now)
    draft = make_request(office, [(other, 10)], now=now, title="Hiasan rapat kedua")

    page = reverse("procurement:request-detail", args=[draft.number])
    requester = visit(width=360, height=740).sign_in(office.requester, second_factor=True).open(page)
    requester.sees(
        "Belanja Hiasan meja", "menjadi Rp2.400.000 tanpa ongkir bersama permintaan ini: 2 permintaan, 2 toko"
    )
    requester.sees("tidak melewati ambang Rp2.000.000", sent.number)
    requester.press("Kirim permintaan").sees("Belum terkirim")
    choice = requester.page.locator("main [name^=choice_goods]").first.get_attribute("name") or ""
    reason = choice.replace("choice", "reason", 1)
    requester.fill(**{choice: "justify"}).press("Kirim permintaan").sees("Belum terkirim")
    assert PurchaseRequest.objects.get(pk=draft.pk).state == "draft" and not GuardFinding.objects.exists()
    requester.fill(**{choice: "justify", reason: "Dua acara yang berbeda"}).press("Kirim permintaan")
    requester.sees("Menunggu persetujuan")

    officer = visit().sign_in(office.pp, second_factor=True)
    approval = reverse("procurement:approval-detail", args=[draft.number])
    officer.open(approval).sees("Rp2.400.000", "Dua acara yang berbeda", str(office.requester))
    # Locked until it is judged, and by a violation; free again with the reason accepted, without loading the page.
    approve = officer.page.get_by_role("button", name="Setujui permintaan")
    expect(approve).to_be_disabled()
    officer.sees("Belum dapat disetujui", "Belum Anda nilai")
    (finding,) = GuardFinding.objects.all()
    officer.fill(**{f"outcome_{finding.pk}": "accepted"})
    expect(approve).to_be_disabled()
    officer.sees("tanpa menulis mengapa").fill(note="Dua acara di dua kantor")
    expect(approve).to_be_enabled()
    officer.fill(**{f"outcome_{finding.pk}": "confirmed"})
    expect(approve).to_be_disabled()
    officer.sees("Anda menilainya pelanggaran")
    officer.fill(**{f"outcome_{finding.pk}": "confirmed", "note": "Gabungkan saja"}).press("Kembalikan ke pemesan")
    finding.refresh_from_db()
    assert (finding.outcome, finding.answered_by) == ("confirmed", office.pp)
    requester.open(page).sees("Dikembalikan untuk diperbaiki.", "Gabungkan saja")
    requester.fill(**{choice: "merge"}).press("Kirim permintaan")
    # Merged: nothing is sent, and the goods wait beside those of the request before.
    assert PurchaseRequest.objects.get(pk=draft.pk).state == "sent_back"


def test_a_split_purchase_is_escalated(visit: Visit) -> None:
    now = clock.now() - HOUR
    set_rule("purchase.compare_two_above", 2_000_000)
    office, category = Office(now=now), make.make_category(name="Hiasan meja")
    one, other = (make.make_product(price=120_000, category=category) for _shop in range(2))
    make_request(office, [(one, 10)], state="submitted", now=now)
    draft = make_request(office, [(other, 10)], now=now, title="Hiasan rapat kedua")
    requester = visit().sign_in(office.requester, second_factor=True)
    requester.open(reverse("procurement:request-detail", args=[draft.number]))
    choice = requester.page.locator("main [name^=choice_goods]").first.get_attribute("name") or ""
    why = choice.replace("choice", "reason", 1)
    requester.fill(**{choice: "escalate", why: "Dua acara yang berbeda bidangnya"}).press("Kirim permintaan").sees(
        "Menunggu persetujuan"
    )
    approval = reverse("procurement:approval-detail", args=[draft.number])
    pp = visit().sign_in(office.pp, second_factor=True).open("/dinas/persetujuan/")
    pp.sees("Menunggu pejabat lain", draft.number).open(approval)
    assert "Setujui permintaan" not in pp.said()
    ppk = visit().sign_in(office.ppk, second_factor=True).open("/dinas/persetujuan/")
    ppk.press(draft.title, within="main").sees("Rp2.400.000", "Naikkan keputusannya ke PPK")
    (finding,) = GuardFinding.objects.all()
    ppk.fill(**{f"outcome_{finding.pk}": "accepted"}).fill(note="Dua acara di dua kantor")
    expect(ppk.page.get_by_role("button", name="Setujui permintaan")).to_be_enabled()
    ppk.press("Setujui permintaan")
    assert PurchaseRequest.objects.get(pk=draft.pk).state == "approved"


def test_an_officer_who_belongs_to_the_shop_is_refused_at_each_act(visit: Visit) -> None:
    """Each joins a shop of the seller's owner while the page is open before them: the act is refused with a sentence,
    and another officer takes over."""
    now = clock.now() - HOUR
    office = Office(now=now)
    goods = make.make_product(name="Map lipat", price=50_000)
    request = make_request(office, [(goods, 10)], state="submitted", now=now, title="Map arsip")
    approval = reverse("procurement:approval-detail", args=[request.number])
    detail = reverse("procurement:request-detail", args=[request.number])

    pp = visit().sign_in(office.pp, second_factor=True).open(approval)
    make.tie(office.pp, goods.seller, "sister")
    pp.is_refused("Setujui permintaan", 403)
    pp.sees(f"Anda pengurus {goods.seller}", "ditangani pejabat lain")
    assert PurchaseRequest.objects.get(pk=request.pk).state == "submitted"

    ppk = visit().sign_in(office.ppk, second_factor=True).open("/dinas/persetujuan/")
    ppk.press("Map arsip", within="main").press("Setujui permintaan").open(detail)
    make.tie(office.ppk, goods.seller, "former")
    ppk.is_refused("Terbitkan surat pesanan", 403)
    ppk.sees(f"Anda pengurus {goods.seller}", "ditangani pejabat lain")
    assert not Order.objects.exists()
    second = visit().sign_in(make_officer("ppk", office.agency), second_factor=True)
    second.open(detail).press("Terbitkan surat pesanan")
    order = Order.objects.get()

    seller = visit(width=360, height=740).sign_in(goods.seller.members.earliest("pk").user).open("/penjual/")
    seller.press("Sanggupi pesanan").open(f"/pesanan/{order.number}/").press("Catat pengiriman", within="main")
    seller.fill(carrier="Kurir sendiri").press("Kirim sekarang")
    page = reverse("orders:order-detail", args=[order.number])
    receiver = visit(width=360, height=740).sign_in(office.receiver, second_factor=True).open(page)
    make.tie(office.receiver, goods.seller, "same_nik")
    receiver.is_refused("Barang sudah tiba", 403)
    receiver.sees("pengurus toko penjual atau toko lain pemiliknya")
    assert order.deliveries.get().state == "shipped"
    other = visit(width=360, height=740).sign_in(make_officer("receiver", office.agency), second_factor=True)
    other.open(page).press("Barang sudah tiba")
    assert order.deliveries.get().state == "arrived"


def test_an_appointment_that_ends_leaves_nothing_stuck(visit: Visit) -> None:
    """The PP's page was open when their last day passed; so was the PPK's, after the approval."""
    now = clock.now() - HOUR
    office = Office(now=now)
    request = make_request(
        office, [(make.make_product(price=50_000), 10)], state="submitted", now=now, title="Map arsip"
    )
    approval = reverse("procurement:approval-detail", args=[request.number])
    detail = reverse("procurement:request-detail", args=[request.number])
    yesterday = clock.local_date(clock.now()) - DAY

    pp = visit().sign_in(office.pp, second_factor=True).open(approval)
    AgencyMember.objects.filter(user=office.pp).update(valid_until=yesterday)
    pp.is_refused("Setujui permintaan", 404)
    pp.sees("Penunjukan Anda sebagai Pejabat pengadaan (PP)", "Pekerjaannya diteruskan pejabat lain")
    assert PurchaseRequest.objects.get(pk=request.pk).state == "submitted"
    ppk = visit().sign_in(office.ppk, second_factor=True).open("/dinas/persetujuan/")
    ppk.press("Map arsip", within="main").press("Setujui permintaan").open(detail)
    AgencyMember.objects.filter(user=office.ppk).update(valid_until=yesterday)
    ppk.is_refused("Terbitkan surat pesanan", 404)
    ppk.sees("Penunjukan Anda sebagai Pejabat pembuat komitmen (PPK)")
    requester = visit(width=360, height=740).sign_in(office.requester, second_factor=True)
    requester.open(detail).sees("Minta kepala dinas mengajukan PP atau PPK kepada admin kota.")
    successor = visit().sign_in(make_officer("ppk", office.agency), second_factor=True).open(detail)
    successor.press("Terbitkan surat pesanan")
    office.line.refresh_from_db()
    assert (Order.objects.get().total, office.line.reserved, office.line.committed) == (510_000, 0, 510_000)
