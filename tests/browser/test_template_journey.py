"""Snack boxes for tomorrow, from a template to the issued surat pesanan: how many clicks and typed fields it takes."""

import time as clocks
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from epeken.core import clock
from epeken.core.idempotency import new_key
from orders.orders.models import Order
from procurement.budgets.models import Account
from procurement.request_templates import services as templates
from procurement.requests.models import PurchaseRequest
from tests.browser.visitor import Visitor
from tests.factories import procurement as offices
from tests.factories import umkm as make
from tests.factories.rules import set_rule
from umkm.catalogue.models import Category
from umkm.catalogue.states import FoodKind, Keeps, StockMode, Unit

Visit = Callable[..., Visitor]

MEETING, PRICE, PEOPLE = "5.1.02.01.01.0052", 15_000, 60
# What an office clerk needs for one click with reading what it leads to, and for one typed field, in seconds.
A_CLICK, A_FIELD, TWO_MINUTES = 8, 6, 120


@dataclass
class Counted:
    """A visitor whose clicks and typed fields are counted, and the seconds the product kept them waiting."""

    visitor: Visitor
    clicks: int = 0
    fields: int = 0
    waited: float = 0

    def press(self, name: str, **where: Any) -> None:
        self.clicks += 1
        button = self.visitor.page.locator(where.get("within", "body"))
        target = button.get_by_role("button", name=name).or_(button.get_by_role("link", name=name)).first
        began = clocks.monotonic()
        with self.visitor.page.expect_navigation(wait_until="load"):
            target.click()
        self.waited += clocks.monotonic() - began
        self.visitor.look()

    def type(self, **values: Any) -> None:
        self.fields += len(values)
        self.visitor.fill(**values)


def _kitchen() -> Any:
    return make.make_product(
        make.make_seller(name="Dapur Kudapan Contoh"), name="Kudapan kotak isi tiga", price=PRICE, unit=Unit.BOX,
        category=Category.objects.get(slug="kotak-jajan"), food_kind=FoodKind.CATERING, keeps=Keeps.COOKED,
        stock_mode=StockMode.DAILY, daily_capacity=Decimal(200), lead_days=0,
    )  # fmt: skip


def test_snack_boxes_for_tomorrow_from_template_to_issue(visit: Visit, picture: Callable[[str], Path]) -> None:
    set_rule("order.answer_food_days_before", 1)
    now = clock.now()
    tomorrow = (now + timedelta(days=1)).astimezone(clock.ZONE)
    office = offices.Office()
    office.line = offices.make_line(
        office.agency, year=tomorrow.year, account=Account.objects.get(code=MEETING), pagu=10_000_000
    )
    earlier = offices.make_request(
        office, [(_kitchen(), 40)], now=now, event_at=tomorrow.replace(hour=14, minute=0, second=0, microsecond=0),
        deliver_at=tomorrow.replace(hour=13, minute=30, second=0, microsecond=0),
    )  # fmt: skip
    templates.save_template(
        actor=office.pp, request=earlier, name="Rapat dengan kudapan kita", activity="meeting", key=new_key(), now=now
    )
    clerk, officer = Counted(visit()), Counted(visit())
    clerk.visitor.sign_in(office.requester, second_factor=True).open("/dinas/permintaan/")
    officer.visitor.sign_in(office.pp, second_factor=True).open("/dinas/")

    clerk.press("Pakai template", within="main")
    clerk.press("Pakai template Rapat dengan kudapan kita")
    clerk.type(day=f"{tomorrow:%Y-%m-%d}", attendees=PEOPLE)  # hour and place are the template's
    clerk.press("Buat draf")
    draft = PurchaseRequest.objects.get(from_template__isnull=False)
    assert (draft.lines.get().quantity, draft.line) == (PEOPLE, office.line)
    clerk.visitor.sees("Dari template Rapat dengan kudapan kita", "Rp910.000")
    clerk.press("Kirim permintaan ke PP")
    clerk.visitor.sees("Menunggu persetujuan")

    officer.press("Persetujuan")
    officer.press(draft.title, within="main")
    officer.press("Setujui permintaan")
    officer.press("Terbitkan surat pesanan")
    order = Order.objects.get()
    assert (order.request, order.total) == (draft, PEOPLE * PRICE + 10_000)

    clicks, fields = clerk.clicks + officer.clicks, clerk.fields + officer.fields
    waited = clerk.waited + officer.waited
    whole = clicks * A_CLICK + fields * A_FIELD + waited
    print(f"template to surat pesanan: {clicks} clicks, {fields} typed fields, {waited:.1f} s waited, {whole:.0f} s")
    assert (clicks, fields) == (8, 2)
    assert whole < TWO_MINUTES


def test_templates_and_files_on_a_phone(visit: Visit, picture: Callable[[str], Path]) -> None:
    """Kept, changed, used and retired at 360 pixels; a file is added and taken out."""
    office = offices.Office(now=clock.now())
    request = offices.make_request(office, [(_kitchen(), 40)], now=clock.now())
    clerk = visit(width=360, height=760)
    clerk.sign_in(office.requester, second_factor=True).open(f"/dinas/permintaan/{request.number}/")
    clerk.press("Tambah lampiran").fill(kind="terms", title="KAK rapat", file=picture("kertas"))
    clerk.press("Simpan lampiran").sees("KAK rapat")
    clerk.press("keluarkan").fill(note="Berkas itu milik rapat lain")
    clerk.press("Keluarkan dari permintaan")
    assert not request.attachments.kept().exists()
    clerk.press("Simpan sebagai template").fill(name="Rapat kecil").press("Simpan template").fill(place="Aula")
    clerk.press("Simpan template").sees("Rapat kecil", "Aula", "1 kotak per orang")
    clerk.press("Pakai template Rapat kecil").sees("Diantar ke")
    clerk.open("/dinas/template/").press("Berhenti dipakai").press("Berhenti memakai template")
    assert "Rapat kecil, " not in clerk.said()
