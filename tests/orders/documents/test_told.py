"""Who holds a bill that waits for papers is told, and told when it waits no more."""

import pytest
from django.urls import reverse

from epeken.notifications.models import Notification
from epeken.notifications.rendering import render
from epeken.users.models import User
from orders.billing.states import InvoiceState
from orders.documents import services as documents
from orders.documents import slots
from orders.documents.states import WaiverReason
from orders.orders.models import Order
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def waits(person: User, kind: str) -> bool:
    return Notification.objects.unread().filter(person=person, kind=kind).exists()


def empty(order: Order) -> list[slots.Slot]:
    found = Order.objects.get(pk=order.pk)
    return [slot for slot in slots.slots_of(found) if slot.stops(make.invoice_of(order).number) and slot.is_by_office]


def test_the_requester_is_told_which_papers_the_bill_waits_for(office: make.Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    assert told("invoice.bring") == {office.requester.pk}
    (said,) = Notification.objects.filter(kind="invoice.bring")
    words = render(said, "id")
    assert "menunggu berkas dari Anda" in words.title
    assert all(slot.label in words.body for slot in empty(order))
    assert said.url == reverse("orders:order-detail", args=[order.number])
    assert told("invoice.issued_lacking") == {office.treasurer.pk}
    assert told("invoice.issued") == set()


def test_the_treasurer_is_told_once_the_last_paper_came(office: make.Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    lacking = [slot.kind for slot in empty(order)]
    assert len(lacking) > 1
    *earlier, last = lacking
    make.bring(office, order, *earlier)
    assert waits(office.requester, "invoice.bring")
    assert told("invoice.issued") == set(), "one of them still lacks"
    make.bring(office, order, last)
    assert not waits(office.requester, "invoice.bring")
    assert waits(office.treasurer, "invoice.issued")
    assert not waits(office.treasurer, "invoice.issued_lacking")


def test_a_paper_that_is_not_asked_for_any_more_counts_as_well(office: make.Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    *earlier, last = empty(order)
    make.bring(office, order, *(slot.kind for slot in earlier))
    assert last.is_waivable
    documents.waive_slot(
        actor=make.head_of(office), order=order, kind=last.kind, reason=WaiverReason.values[0],
        note="Acara tidak bernotula", now=MONDAY + DAY + 4 * HOUR,
    )  # fmt: skip
    assert not waits(office.requester, "invoice.bring")
    assert waits(office.treasurer, "invoice.issued")


def test_nobody_is_asked_for_papers_of_a_bill_that_has_them(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    assert not empty(order)
    assert told("invoice.bring") == set()
    assert told("invoice.issued") == {office.treasurer.pk}


@pytest.mark.parametrize("meeting", [True, False])
def test_the_flash_of_the_bast_says_who_has_the_bill_as_the_page_does(office: make.Office, *, meeting: bool) -> None:
    order = make.accepted(make.make_meeting(office) if meeting else make.make_issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    make.inspected(delivery, office.receiver)
    sign = reverse("orders:bast-create", args=[order.number, delivery.number])
    page = signed_in(office.receiver).post(sign, {"office_number": ""}, follow=True).text
    assert make.invoice_of(order).state == InvoiceState.ISSUED
    assert ("Tagihan sampai ke bendahara" in page) is not meeting
    assert ("Menunggu berkas dari pemesan; sesudah itu bendahara memeriksa tagihannya." in page) is meeting


def test_a_bill_in_place_of_another_asks_for_its_papers_anew(office: make.Office) -> None:
    order = make.taken_over(office, make.make_meeting(office), accept=9)
    mend.decided(order, make.member_of(order), mend.acceptance(order, 1), now=MONDAY + 2 * DAY)
    invoice = make.invoice_of(order)
    waiting = Notification.objects.unread().filter(kind="invoice.bring", person=office.requester)
    (said,) = waiting
    assert f":{invoice.pk}:" in said.key


def test_a_paper_taken_out_asks_for_it_anew_and_the_treasurer_again_once_it_came(office: make.Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    make.bring(office, order)
    assert waits(office.treasurer, "invoice.issued") and not waits(office.requester, "invoice.bring")
    for wrong in (1, 2):  # the same once more, with another wrong paper
        paper = order.attachments.filter(kind="attendance", removed_at__isnull=True).get()
        now = MONDAY + wrong * DAY + 5 * HOUR
        for _click in range(2):
            documents.remove_attachment(actor=office.requester, attachment=paper, note="Rapat lain", now=now)
        (said,) = Notification.objects.unread().filter(kind="invoice.bring")
        assert (said.person, said.parameters["papers"].partition(" (")[0]) == (office.requester, "Daftar hadir")
        assert waits(office.treasurer, "invoice.issued_lacking") and not waits(office.treasurer, "invoice.issued")
        documents.add_attachment(
            actor=office.requester, order=order, kind="attendance", title="", file=make.photo(colour=f"#33446{wrong}"),
            now=now + HOUR,
        )  # fmt: skip
        assert not waits(office.requester, "invoice.bring") and not waits(office.treasurer, "invoice.issued_lacking")
        assert waits(office.treasurer, "invoice.issued")


def test_a_paper_nobody_asked_for_is_taken_out_in_silence(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    make.bring(office, order, "other")
    before = Notification.objects.count()
    documents.remove_attachment(
        actor=office.requester, attachment=order.attachments.get(), note="Salah", now=MONDAY + DAY
    )
    assert Notification.objects.count() == before
