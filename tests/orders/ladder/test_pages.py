"""What both sides, the city hall and the inspectorate read of a late invoice; its letters."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from epeken.core import clock
from epeken.core.i18n.times import full_date
from orders.billing import standing
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.documents import completeness
from orders.ladder import letter, rules, services, steps
from orders.ladder.models import LateStep
from orders.ladder.pages import late_page
from orders.ladder.states import LateLevel
from orders.orders.models import Order
from procurement.agencies.states import OfficerRole
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import HOUR
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db


def text_of(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
@kept
def invoice(office: make.Office, now: datetime) -> Invoice:
    """Late for some weeks: pages ask the real clock."""
    order = make.accepted(make.make_issued(office, now=now), now)
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    row = make.invoice_of(order)
    assert row.due_at is not None
    Invoice.objects.filter(pk=row.pk).update(due_at=row.due_at - timedelta(days=60))
    return Invoice.objects.get(pk=row.pk)


def step(invoice: Invoice, level: LateLevel, days_ago: int) -> LateStep:
    """Taken that long ago, as by itself."""
    return LateStep.objects.create(
        invoice=invoice, delivery=invoice.delivery, waits_since=steps.waits_since(invoice), level=level,
        sent_at=clock.now() - timedelta(days=days_ago), due_on=clock.last_day(invoice.due_at),  # type: ignore[arg-type]
        days_late=3, outstanding=invoice.outstanding, holder="bendahara (Uji)",
    )  # fmt: skip


def page(client: Client, invoice: Invoice) -> str:
    found = client.get(reverse("orders:late-invoice", args=[invoice.order.number, invoice.number]))
    assert found.status_code == 200
    return found.content.decode()


def own(invoice: Invoice) -> str:
    return reverse("orders:seller-invoice", args=[invoice.number])


def test_the_seller_comes_to_it_in_two_taps(office: make.Office, invoice: Invoice) -> None:
    client = signed_in(make.member_of(invoice.order))
    for start in ("site:seller-dashboard", "site:seller-money"):
        assert f'href="{own(invoice)}"' in client.get(reverse(start)).content.decode()
    said = client.get(own(invoice)).content.decode()
    assert str(office.treasurer) in said
    assert "Surat sudah siap" in said


def test_no_day_that_has_passed_is_promised(invoice: Invoice) -> None:
    """The job that passes it on has not run since: nothing is told of a day before today, nor skipped to."""
    now = clock.now()
    told = late_page(invoice, now, is_seller=True)
    assert told.by_itself == "Bila tidak Anda kirim, e-Peken meneruskannya sendiri dalam sejam."
    assert "dalam sejam" in told.ladder[0]["note"]
    rungs = steps.rungs_of(invoice, [], today=clock.local_date(now))
    assert all(clock.last_day(one.opens) >= clock.local_date(now) for one in rungs[1:])
    step(invoice, LateLevel.TREASURER, 1)
    coming = steps.next_of(steps.rungs_of(invoice, steps.steps_of_wait(invoice), today=clock.local_date(now)))
    assert coming is not None and coming.opens == rungs_after(invoice, 1)


def rungs_after(invoice: Invoice, days_ago: int) -> datetime:
    """The end of the seller's own time after a step taken that long ago."""
    told = clock.start_of(clock.local_date(clock.now() - timedelta(days=days_ago)))
    assert invoice.due_at is not None
    return clock.working_days_later(told, rules.OWN.on(clock.last_day(invoice.due_at)))


def test_the_seller_sends_a_letter_and_sees_it_sent(office: make.Office, invoice: Invoice) -> None:
    step(invoice, LateLevel.TREASURER, 20)
    client = signed_in(make.member_of(invoice.order))
    address = reverse("orders:late-letter-send", args=[invoice.number])
    for _click in range(2):
        answer = client.post(address, {"level": LateLevel.HEAD})
        assert answer.status_code == 302
    assert [one.level for one in steps.steps_of_wait(invoice)] == [LateLevel.TREASURER, LateLevel.HEAD]
    said = client.get(own(invoice)).content.decode()
    assert "surat penjual dikirim" in said
    assert "Kirim surat ini" not in said
    assert client.post(address, {"level": LateLevel.OFFICE}).status_code == 409
    assert client.post(address, {"level": "wali"}).status_code == 409


def test_the_department_and_the_inspectorate_see_what_was_sent(office: make.Office, invoice: Invoice) -> None:
    step(invoice, LateLevel.TREASURER, 20)
    step(invoice, LateLevel.HEAD, 10)
    head = office.agency.members.get(role=OfficerRole.HEAD).user
    inspector = goods.make_staff("procurement.inspect_all", name="Inspektur Uji")
    for person in (office.treasurer, head, inspector):
        said = page(signed_in(person), invoice)
        assert "diberi tahu sendiri oleh e-Peken" in said
        assert "Kirim surat ini" not in said
    for person in (office.treasurer, head):
        desk = signed_in(person).get(reverse("site:agency-dashboard")).content.decode()
        assert "terlambat, sudah sampai ke Kepala dinas (PA/KPA)" in desk


def test_the_city_hall_sees_it_once_it_came_there(invoice: Invoice) -> None:
    follower = goods.make_staff("orders.follow_late_invoice", name="Petugas Uji")
    client = signed_in(follower)
    address = reverse("orders:late-invoice", args=[invoice.order.number, invoice.number])
    step(invoice, LateLevel.HEAD, 10)
    assert client.get(address).status_code == 404
    step(invoice, LateLevel.OFFICE, 5)
    assert client.get(address).status_code == 200
    listed = client.get(reverse("admin:orders_latestep_changelist")).content.decode()
    assert invoice.number in listed
    first = client.get(reverse("admin:index")).content.decode()
    assert "Sampai ke balai kota, belum dibayar" in first


def test_strangers_see_nothing(office: make.Office, invoice: Invoice) -> None:
    client = signed_in(goods.make_user(name="Orang Lain"))
    for name, args in (
        ("orders:late-invoice", [invoice.order.number, invoice.number]),
        ("orders:seller-invoice", [invoice.number]),
        ("orders:late-letter", [invoice.order.number, invoice.number, LateLevel.TREASURER]),
    ):
        assert client.get(reverse(name, args=args)).status_code == 404
    # The seller's own address is the seller's, and what was not sent yet is shown to nobody else.
    treasurer = signed_in(office.treasurer)
    assert treasurer.get(own(invoice)).status_code == 404
    draft = reverse("orders:late-letter", args=[invoice.order.number, invoice.number, LateLevel.TREASURER])
    assert treasurer.get(draft).status_code == 404


def test_the_letter_states_facts_only(office: make.Office, invoice: Invoice) -> None:
    step(invoice, LateLevel.TREASURER, 20)
    client = signed_in(make.member_of(invoice.order))
    args = [invoice.order.number, invoice.number]
    ready = text_of(client.get(reverse("orders:late-letter", args=[*args, LateLevel.HEAD])).content)
    assert "belum dikirim lewat e-Peken" in ready
    assert invoice.number in ready
    services.send_letter(actor=make.member_of(invoice.order), invoice=invoice, level=LateLevel.HEAD, now=clock.now())
    sent = text_of(client.get(reverse("orders:late-letter", args=[*args, LateLevel.HEAD])).content)
    assert "Dikirim lewat e-Peken" in sent
    assert f"Nomor {invoice.number}/2" in sent
    by_itself = text_of(client.get(reverse("orders:late-letter", args=[*args, LateLevel.TREASURER])).content)
    assert "Dikirim sendiri oleh e-Peken" in by_itself and "sah tanpa tanda tangan" in by_itself
    assert client.get(reverse("orders:late-letter", args=[*args, LateLevel.OFFICE])).status_code == 409


def test_the_same_letter_has_the_same_bytes(invoice: Invoice) -> None:
    row = step(invoice, LateLevel.TREASURER, 20)
    made = {letter.make(invoice, letter.of_step(row), [row]) for _time in range(2)}
    assert len(made) == 1


def test_the_page_says_that_a_complaint_is_open(office: make.Office, invoice: Invoice) -> None:
    disputes.open_dispute(
        actor=office.receiver, order=Order.objects.get(pk=invoice.order_id), complaint="Rusak", now=clock.now()
    )
    said = signed_in(make.member_of(invoice.order)).get(own(invoice)).content.decode()
    assert "Ada keluhan terbuka sejak" in said
    assert "Kirim surat ini" not in said


def test_a_paid_invoice_is_said_to_be_paid(office: make.Office, invoice: Invoice) -> None:
    now = clock.now()
    make.clear(office, invoice, now)
    make.pay(office, invoice.order, now=now, paid_on=clock.local_date(now))
    said = signed_in(make.member_of(invoice.order)).get(own(invoice)).content.decode()
    assert "Tagihan ini sudah lunas" in said


def test_a_complaint_does_not_take_a_late_invoice_off_the_heads_list(office: make.Office, invoice: Invoice) -> None:
    head = office.agency.members.get(role=OfficerRole.HEAD).user
    order = Order.objects.get(pk=invoice.order_id)
    desk = lambda: signed_in(head).get(reverse("site:agency-dashboard")).content.decode()  # noqa: E731
    assert invoice.number in desk()
    assert "keluhan sejak" not in desk()
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Rusak", now=clock.now())
    assert invoice.number in desk()
    assert "keluhan sejak" in desk()


def test_a_seller_reads_what_they_may_do_and_from_when() -> None:
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    assert invoice.due_at is not None
    before, after = invoice.due_at - HOUR, invoice.due_at + HOUR
    said = {
        moment: next(row["value"] for row in late_page(invoice, moment, is_seller=True).facts if "Anda" in row["label"])
        for moment in (before, after)
    }
    assert f"mulai {full_date(clock.local_date(invoice.due_at))}" in said[before]
    assert said[after].startswith("Kirim surat ke Bendahara") and said[after].endswith("sekarang.")
    assert not any("Anda" in row["label"] for row in late_page(invoice, after, is_seller=False).facts)
    rhythm = late_page(invoice, after, is_seller=False).rhythm
    assert f"sesudah {rules.AFTER[LateLevel.HEAD].on(clock.last_day(invoice.due_at))} hari kerja" in rhythm


def test_papers_that_lack_are_named_and_no_letter_asks_for_what_waits_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = make.make_office()
    order = make.taken_over(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    assert invoice.due_at is not None
    before, after = invoice.due_at - HOUR, invoice.due_at + HOUR
    assert late_page(invoice, before, is_seller=True).rhythm.startswith("Bendahara diberi tahu begitu")
    assert "begitu batas bayar lewat" not in late_page(invoice, after, is_seller=True).rhythm
    assert late_page(invoice, after, is_seller=True).sends is not None
    monkeypatch.setattr(standing, "awaits_papers", lambda _invoice: (True, False))
    monkeypatch.setattr(completeness, "lacks_of", lambda *_rows: [completeness.Lack("Foto acara", "pemesan")])
    found = late_page(invoice, after, is_seller=True)
    facts = {row["label"]: row["value"] for row in found.facts}
    assert facts["Berkas yang belum ada"] == "Foto acara (pemesan)" and found.sends is None
    assert "berkasnya lengkap" in facts["Yang bisa Anda lakukan"]
    notes = [row.get("note", "") for row in [*found.facts, *found.ladder]]
    assert sum("begitu berkasnya lengkap" in note for note in notes) == 2
    assert not any("sekarang" in note for note in notes)
