"""What the department's first page lists for its receiver, its treasurer, its head and the inspectorate."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from lxml import html

from epeken.core import clock
from epeken.core.i18n.times import ZONE_NAME, left_words
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards import agency_day, work_lists
from orders.billing.models import Invoice
from orders.billing.policies import approver_role
from orders.billing.querysets import InvoiceQuerySet
from orders.cancellations import services as cancellations
from orders.cancellations.models import Cancellation
from orders.disputes import services as disputes
from orders.orders.models import Order
from procurement.agencies.states import OfficerRole
from procurement.requests.models import PurchaseRequest
from tests.factories import addenda as changing
from tests.factories import orders as make
from tests.factories import procurement as offices
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db
PART = timedelta.resolution


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
def order(office: make.Office) -> Order:
    return make.make_issued(office, now=MONDAY)


def waits(office: make.Office, role: OfficerRole, now: datetime) -> list[dict[str, Any]]:
    (group,) = agency_day.groups(office.agency, [role], now, reads_all=False)
    assert group.count == len(group.items)
    return group.items


def test_the_receiver_opens_each_delivery_where_it_is_dealt_with(office: make.Office, order: Order) -> None:
    assert waits(office, OfficerRole.RECEIVER, MONDAY) == []
    delivery = make.shipped(make.accepted(order))
    page = reverse("orders:order-detail", args=[order.number])
    at = order.deliver_at
    hour = f"{at.astimezone(clock.ZONE):%H.%M}"
    assert delivery.due_at is not None and clock.last_day(delivery.due_at) > clock.local_date(at)
    for moment, left, urgent in [
        (at - PART, f"tiba paling lambat hari ini pukul {hour} {ZONE_NAME}", None),
        (at, left_words(delivery.due_at, at), False),  # by when it is to be recorded, as the order's page says
        (delivery.due_at, "Waktu habis", True),
    ]:
        (item,) = waits(office, OfficerRole.RECEIVER, moment)
        assert item["title"] == f"Catat barang tiba: {order.subject}"
        assert (item["href"], item["left"], item.get("now")) == (page, left, urgent)
        assert item["note"] == f"{order.number}, {order.seller.name}, {rupiah(order.total)}"
    make.arrived(delivery, office.receiver)
    delivery.refresh_from_db()
    assert delivery.due_at is not None
    (item,) = waits(office, OfficerRole.RECEIVER, delivery.due_at - HOUR)
    assert item["title"].startswith("Periksa barang: ")
    assert item["href"] == reverse("orders:delivery-inspect", args=[order.number, delivery.number])
    assert item["left"] == "Sisa 1 jam 0 menit"
    make.inspected(delivery, office.receiver, accept=0)
    (item,) = waits(office, OfficerRole.RECEIVER, MONDAY + 2 * DAY)
    assert item["title"].startswith("Nyatakan semua ditolak: ")
    seller = make.member_of(order)
    disputes.open_dispute(actor=seller, order=order, complaint="Semua baik saat diantar", now=MONDAY + 2 * DAY)
    (item,) = waits(office, OfficerRole.RECEIVER, MONDAY + 2 * DAY)
    assert item["href"] == reverse("orders:dispute-answer", args=[order.number])


def test_a_proposed_change_is_opened_where_it_is_answered(office: make.Office, order: Order) -> None:
    make.accepted(order)
    row = changing.proposed(order, make.member_of(order), quantity=2)
    (item,) = agency_day.changes(office.agency, changing.LATER).items
    assert item["href"] == reverse("orders:addendum-answer", args=[order.number, row.pk])
    with time_machine.travel(changing.LATER, tick=False):
        assert signed_in(office.pp).get(item["href"]).status_code == 200


def test_the_desk_says_which_of_two_officers_goes_on(office: make.Office, order: Order) -> None:
    make.accepted(order)
    cancellations.ask_cancellation(actor=make.member_of(order), order=order, reason="no_goods", now=MONDAY + 2 * HOUR)
    note = lambda viewer: agency_day.cancellations(office.agency, MONDAY + 3 * HOUR, viewer).items[0]["note"]  # noqa: E731
    assert note(office.pp).endswith("giliran Anda")
    assert f"giliran {office.pp}, yang menerbitkannya" in note(office.ppk)
    office.pp.appointments.update(valid_until=clock.local_date(MONDAY) - DAY)
    assert note(office.ppk).endswith("PP atau PPK, siapa yang lebih dahulu")


def test_who_issues_is_said_where_both_may() -> None:
    now = clock.now()
    office = offices.Office(now=now)
    offices.make_request(office, state="approved", now=now - 2 * HOUR)
    desk = reverse("site:agency-dashboard")
    assert "Giliran Anda." in signed_in(office.pp).get(desk).text
    assert "Giliran Pejabat pengadaan (PP); Anda juga dapat menerbitkannya." in signed_in(office.ppk).get(desk).text


def test_the_treasurer_opens_each_bill_where_it_is_dealt_with(office: make.Office, order: Order) -> None:
    make.taken_over(office, order)
    invoice = make.invoice_of(order)
    assert invoice.due_at is not None
    (item,) = waits(office, OfficerRole.TREASURER, invoice.due_at - DAY - PART)
    assert item["title"] == f"Periksa berkas tagihan: {order.title}"
    assert item["href"] == reverse("orders:invoice-verify", args=[order.number, invoice.number])
    assert item["note"] == f"{invoice.number}, {order.seller.name}, {rupiah(invoice.net)}"
    assert (item["left"], item["now"]) == ("Sisa 1 hari kerja", False)
    make.clear(office, invoice, MONDAY + 2 * DAY)
    (item,) = waits(office, OfficerRole.TREASURER, invoice.due_at - PART)
    assert item["title"] == f"Catat pembayaran: {order.title}"
    assert item["href"] == reverse("orders:payment-create", args=[order.number, invoice.number])
    assert (item["left"], item["now"]) == ("Hari ini batasnya", True)
    make.pay(office, order)
    assert waits(office, OfficerRole.TREASURER, invoice.due_at) == []


@pytest.mark.parametrize(("roles", "reads_all"), [([OfficerRole.HEAD], False), ([], True)])
def test_head_and_inspectorate_see_what_is_late(
    office: make.Office, order: Order, roles: Collection[str], reads_all: bool
) -> None:
    make.taken_over(office, order)
    invoice = make.invoice_of(order)
    sent = offices.make_request(office, [(order.lines.get().product, 1)], state="submitted", now=MONDAY)
    PurchaseRequest.objects.filter(pk=sent.pk).update(due_at=invoice.due_at)
    assert invoice.due_at is not None

    def counts(now: datetime) -> list[int]:
        return [group.count for group in agency_day.groups(office.agency, roles, now, reads_all=reads_all)]

    assert counts(invoice.due_at - PART) == []
    assert counts(invoice.due_at) == [1, 1]
    late, bills = agency_day.groups(office.agency, roles, invoice.due_at, reads_all=reads_all)
    assert str(office.pp) in late.items[0]["note"]
    assert bills.items[0]["href"] == reverse("orders:order-detail", args=[order.number])
    assert agency_day.groups(make.make_office().agency, roles, invoice.due_at, reads_all=reads_all) == []


def test_a_long_list_says_how_many_more(office: make.Office, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    make.taken_over(office, order)
    Invoice.objects.update(due_at=clock.now() - DAY)
    monkeypatch.setattr(work_lists, "SHOWN", 1)
    page = " ".join(signed_in(office.treasurer).get(reverse("site:agency-dashboard")).content.decode().split())
    assert 'Tagihan menunggu Anda <span class="count">1</span>' in page
    assert "lagi." not in page
    make.taken_over(office, make.make_issued(office, now=MONDAY))
    Invoice.objects.update(due_at=clock.now() - DAY)
    page = " ".join(signed_in(office.treasurer).get(reverse("site:agency-dashboard")).content.decode().split())
    assert 'Tagihan menunggu Anda <span class="count">2</span>' in page
    assert "Dan 1 lagi." in page


def test_a_new_request_comes_before_what_waits(office: make.Office) -> None:
    """On a phone the side stands below every list; the first thing a requester does is not there."""
    page = signed_in(office.requester).get(reverse("site:agency-dashboard")).content.decode()
    side, new = page.index("<aside"), page.index(f'href="{reverse("procurement:request-create")}"')
    assert new < page.index("with-side") < side
    assert reverse("procurement:template-list") in page[:side]


def test_the_head_is_led_to_what_the_compliance_figure_counts() -> None:
    head = signed_in(offices.Office(now=clock.now()).head)
    page = head.get(reverse("site:agency-dashboard")).text
    assert "Kurang Rp" in page
    (counted,) = html.fromstring(page).xpath("//a[contains(., 'Apa saja yang dihitung')]/@href")
    assert head.get(counted).status_code == 200


def test_a_late_bill_stands_once_on_the_desk_of_who_approves_it(office: make.Office, order: Order) -> None:
    make.taken_over(office, order)
    invoice = make.invoice_of(order)
    now = MONDAY + 40 * DAY
    roles = {OfficerRole.HEAD, approver_role(clock.local_date(now))}

    def times() -> int:
        groups = agency_day.groups(office.agency, roles, now, reads_all=False)
        return sum(invoice.number in item["note"] for group in groups for item in group.items)

    assert times() == 1
    make.check(office, invoice, now)
    assert times() == 1


def test_what_ends_first_stands_first_whatever_it_is() -> None:
    """The decisions of a PP beside the answers to sellers: the earlier end is at the top, drafts are at the end."""
    now = clock.now()
    office = offices.Office(now=now)
    sent = offices.make_request(office, state="submitted", now=now - HOUR)
    order = make.make_issued(office, now=now - 3 * HOUR)
    make.accepted(order, now=now - 2 * HOUR)
    cancellations.ask_cancellation(actor=make.member_of(order), order=order, reason="no_goods", now=now - HOUR)
    ends = {"Menunggu keputusan Anda": now + DAY, "Pembatalan menunggu Anda": now + 2 * DAY}
    for first, second in (tuple(ends), tuple(reversed(ends))):
        PurchaseRequest.objects.filter(pk=sent.pk).update(due_at=now + (1 if first.startswith("Menunggu") else 2) * DAY)
        Cancellation.objects.update(due_at=now + (2 if first.startswith("Menunggu") else 1) * DAY)
        page = signed_in(office.pp).get(reverse("site:agency-dashboard")).text
        assert page.index(first) < page.index(second)
    offices.make_request(office, now=now)
    page = signed_in(office.requester).get(reverse("site:agency-dashboard"))
    assert [group.title for group in page.context["work"]][-2:] == ["Draf Anda", "Sedang di meja lain"]


def test_nothing_late_takes_no_room_on_the_heads_desk(office: make.Office) -> None:
    assert agency_day.groups(office.agency, {OfficerRole.HEAD}, MONDAY, reads_all=False) == []


def test_who_may_waive_a_paper_reads_which_bills_wait_for_one(office: make.Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    (group,) = [
        one
        for one in agency_day.groups(office.agency, [OfficerRole.PPK], MONDAY + DAY, reads_all=False)
        if "berkas yang belum ada" in one.title
    ]
    (item,) = group.items
    assert order.title in item["title"] and "Daftar hadir" in item["title"]
    assert item["href"] == reverse("orders:order-detail", args=[order.number]) + "#berkas"
    late = MONDAY + 20 * DAY
    shown = agency_day.groups(office.agency, [OfficerRole.HEAD], late, reads_all=False)
    rows = [row for group in shown for row in group.items if order.title in row["title"]]
    assert [row["now"] for row in rows] == [True], "once, and as late as it is"
    make.bring(office, order, "invitation", "attendance", "minutes", "participants", "activity", "report")
    groups = agency_day.groups(office.agency, [OfficerRole.PPK], MONDAY + DAY, reads_all=False)
    assert not [one for one in groups if "berkas yang belum ada" in one.title]


def test_bills_that_lack_papers_are_found_without_a_question_a_row(
    office: make.Office, django_assert_max_num_queries: Any
) -> None:
    for _order in range(3):
        make.taken_over(office, make.make_meeting(office))
    with django_assert_max_num_queries(8):
        assert agency_day.lacking_papers(office.agency, MONDAY + DAY, brings=True).count == 3


def test_own_late_work_stands_above_what_is_late_with_others() -> None:
    group = lambda title, end, **over: work_lists.WorkList(title, 1, [{"due": end}], **over)  # noqa: E731
    groups = [
        work_lists.WorkList("kosong", 0, text="Tidak ada."),
        group("orang lain, paling lama", MONDAY - 3 * DAY, is_of_others=True),
        group("besok", MONDAY + DAY),
        work_lists.WorkList("tanpa batas", 1, [{}]),
        group("sendiri, tepat lewat", MONDAY),
        group("sendiri, lama", MONDAY - 2 * DAY),
    ]
    assert [one.title for one in work_lists.by_deadline(groups, MONDAY)] == [
        "sendiri, lama", "sendiri, tepat lewat", "besok", "tanpa batas", "orang lain, paling lama", "kosong",
    ]  # fmt: skip


def test_a_head_reads_own_late_approvals_above_the_late_work_of_others(office: make.Office, order: Order) -> None:
    """Whatever of the department others are late with is marked as theirs; what the head decides is not."""
    delivery = make.shipped(make.accepted(order))
    late = delivery.due_at + 30 * DAY
    deliveries = agency_day.not_recorded(office.agency, late)
    assert deliveries.is_of_others
    (missing, bills) = agency_day.missing_money(late, office.agency), agency_day.late_invoices(office.agency, late)
    assert missing.is_of_others and bills.is_of_others
    assert not agency_day.approvals(office.agency, late).is_of_others
    assert not agency_day.reversals(office.agency, late, decides=True).is_of_others
    assert agency_day.reversals(office.agency, late, decides=False).is_of_others
    assert agency_day.lacking_papers(office.agency, late, brings=False).is_of_others
    assert not agency_day.lacking_papers(office.agency, late, brings=True).is_of_others


def test_lists_of_bills_are_written_once_and_each_department_reads_its_own(
    office: make.Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their statements take longer to put together than the database takes to answer them."""
    other = make.make_office()
    bills = [make.invoice_of(make.taken_over(one, make.make_issued(one))) for one in (office, other)]
    late = max(bill.due_at for bill in bills if bill.due_at is not None)
    make.check(office, bills[0], MONDAY + 2 * DAY)

    def listed() -> list[tuple[int, int, int]]:
        return [
            (
                agency_day.late_invoices(one.agency, late, approves=approves).count,
                agency_day.approvals(one.agency, late).count,
                agency_day.invoices(one.agency, late).count,
            )
            for one in (office, other)
            for approves in (False, True)
        ]

    first = listed()
    assert first == [(1, 1, 0), (0, 1, 0), (1, 0, 1), (1, 0, 1)]
    assert agency_day.late_invoices(office.agency, late - PART).count == 0

    def anew(_rows: Any) -> Any:
        raise AssertionError("the statement is put together anew")

    monkeypatch.setattr(InvoiceQuerySet, "with_list", anew)
    assert listed() == first
