"""Pages of the office tell an end and a telephone number as every other page does."""

from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from epeken.core.clock import end_of
from epeken.core.i18n.times import full_date, long_end
from orders.addenda.models import Addendum
from orders.cancellations.models import Cancellation
from orders.compensations.models import Compensation
from orders.disputes import services as disputes
from orders.orders.models import Order
from orders.reversals.models import PaymentReversal
from procurement.requests.models import PurchaseRequest
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.umkm import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def page(url: str, *permissions: str) -> str:
    client = Client()
    client.force_login(make_staff(*permissions))
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_order_and_its_request_end_on_their_last_day(office: make.Office) -> None:
    day = make.local(MONDAY + 2 * DAY)
    order = make.make_issued(office, deliver_at=end_of(day))
    Order.objects.filter(pk=order.pk).update(recipient_phone="+6281234567890")
    for model, pk in ((Order, order.pk), (PurchaseRequest, order.request_id)):
        label = model._meta.label_lower.replace(".", "_")
        text = page(
            reverse(f"admin:{label}_change", args=[pk]), f"{model._meta.app_label}.view_{model._meta.model_name}"
        )
        assert long_end(end_of(day)) in text
        assert full_date(day + DAY) not in text
        assert ("0812-3456-7890" in text and "+6281234567890" not in text) == (model is Order)


def test_a_dispute_and_an_invoice_end_on_their_last_day(office: make.Office) -> None:
    order = make.taken_over(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=MONDAY + 2 * DAY)
    for end, name, permission in [
        (invoice.due_at, "orders_invoice", "orders.view_invoice"),
        (dispute.due_at, "orders_dispute", "orders.view_dispute"),
    ]:
        assert end is not None
        assert long_end(end) in page(reverse(f"admin:{name}_changelist"), permission)


@pytest.mark.parametrize("model", [Addendum, Cancellation, Compensation, PaymentReversal])
def test_a_page_tells_a_deadline_as_its_list_does(model: Any, rf: RequestFactory) -> None:
    room, row = admin.site._registry[model], model(due_at=end_of(date(2026, 11, 25)))
    request = rf.get("/")
    request.user = make_staff(f"orders.view_{model._meta.model_name}")
    fields = [name for _title, given in room.get_fieldsets(request, row) for name in given["fields"]]
    listed = [column(row) for column in room.get_list_display(request) if callable(column)]
    told = long_end(row.due_at)
    assert "due_at" not in fields and told in listed
    assert told in [one(row) for one in fields if callable(one)]


def test_invoices_are_late_from_the_moment_their_time_ends(office: make.Office, time_machine: object) -> None:
    invoice = make.invoice_of(make.taken_over(office, make.make_issued(office)))
    url = reverse("admin:orders_invoice_changelist")
    assert invoice.due_at is not None
    for moment, late in [(invoice.due_at - HOUR, False), (invoice.due_at, True)]:
        time_machine.move_to(moment, tick=False)  # type: ignore[attr-defined]
        assert (invoice.number in page(f"{url}?tenggat=lewat", "orders.view_invoice")) is late
        assert (invoice.number in page(f"{url}?tenggat=berjalan", "orders.view_invoice")) is not late
