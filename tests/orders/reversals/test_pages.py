"""What pages, files and the API say about a payment that is asked to be reversed, or was."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from epeken.core import clock
from orders.deliveries import services as deliveries
from orders.documents import archive, build, schedule
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.pages.timeline import timeline
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalState
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories.orders import DAY
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(now: datetime) -> make.Office:
    return make.make_office(now=now)


@pytest.fixture
def order(office: make.Office) -> Order:
    """Paid today: pages ask the real clock."""
    now = clock.now()
    order = make.accepted(make.make_issued(office, now=now), now)
    delivery = make.arrived(make.shipped(order, now), office.receiver, now)
    make.inspected(delivery, office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
    make.clear(office, make.invoice_of(order), now)
    make.pay(office, order, now=now, paid_on=clock.local_date(now))
    return Order.objects.get(pk=order.pk)


def page(person: Any, order: Order) -> str:
    found = signed_in(person).get(reverse("orders:order-detail", args=[order.number]))
    assert found.status_code == 200
    return found.content.decode()


def test_from_the_treasurer_to_the_head_and_back(office: make.Office, order: Order) -> None:
    treasurer, head, seller = office.treasurer, make.head_of(office), make.member_of(order)
    payment = undo.last_payment(order)
    ask = reverse("orders:reversal-create", args=[order.number, payment.pk])
    assert ask in page(treasurer, order)
    assert ask not in page(head, order)
    client = signed_in(treasurer)
    form = client.get(ask).context["form"]
    key = form["key"].value() or form.initial["key"]
    answer = client.post(ask, {"key": key, "reason": "reference", "note": "Seharusnya SP2D-002"})
    assert answer.status_code == 302
    assert client.post(ask, {"key": key, "reason": "reference", "note": "Seharusnya SP2D-002"}).status_code == 302
    row = PaymentReversal.objects.get()
    decide = reverse("orders:reversal-answer", args=[order.number, row.pk])
    assert decide in page(head, order)
    assert f'"{decide}"' not in page(treasurer, order)
    assert "Diminta dibatalkan" in page(treasurer, order)
    assert "Diminta dibatalkan" not in page(seller, order)
    assert "pembatalan pembayaran diminta" not in page(seller, order).lower()
    assert decide in signed_in(head).get(reverse("site:agency-dashboard")).content.decode()
    shown = signed_in(treasurer).get(reverse("site:agency-dashboard")).content.decode()
    assert "Pembatalan pembayaran menunggu kepala dinas" in shown
    client = signed_in(head)
    found = client.get(decide)
    assert "Anggaran: Rp1.025.000 pindah" in found.content.decode()
    form = found.context["form"]
    key = form["key"].value() or form.initial["key"]
    assert client.post(decide, {"key": key, "answer": "release"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ReversalState.RELEASED
    for person in (treasurer, head, seller, office.pp):
        text = page(person, order)
        assert "Uang sudah dikirim" in text
        assert "Pembayaran dibatalkan, tagihan menunggu persetujuan lagi" in text  # the timeline
        assert ask not in text
    assert "Seharusnya SP2D-002" not in page(seller, order)
    pay = reverse("orders:payment-create", args=[order.number, make.invoice_of(order).number])
    assert pay not in page(treasurer, order)
    assert "Menunggu persetujuan bayar" in signed_in(treasurer).get(reverse("orders:treasurer")).content.decode()
    make.approve(office, make.invoice_of(order), clock.now())
    assert pay in page(treasurer, order)
    found = signed_in(treasurer).get(reverse("orders:treasurer"))
    assert "Uang sudah dikirim" in found.content.decode()
    found = signed_in(treasurer).get(reverse("orders:treasurer"), {"keadaan": "dibatalkan"})
    assert order.title in found.content.decode()
    money = signed_in(seller).get(reverse("site:seller-money"))
    received = money.content.decode().split('id="diterima"')[1]
    assert order.title not in received and "Belum ada." in received
    assert "Uang sudah dikirim, catatannya dibetulkan" in money.content.decode()
    assert money.context["money"].received == 0


def test_who_may_not_is_told_why_before_a_form(office: make.Office, order: Order) -> None:
    ask = reverse("orders:reversal-create", args=[order.number, undo.last_payment(order).pk])
    assert signed_in(office.receiver).get(ask).status_code == 403
    row = undo.asked(office, order, now=clock.now())
    again = signed_in(office.treasurer).get(ask)
    assert again.status_code == 409
    decide = reverse("orders:reversal-answer", args=[order.number, row.pk])
    assert signed_in(office.treasurer).get(decide).status_code == 403
    assert signed_in(make.member_of(order)).get(decide).status_code == 404


def test_the_three_states_say_that_a_reversal_waits_to_those_who_read_it(office: make.Office, order: Order) -> None:
    undo.asked(office, order, now=clock.now())
    said = "pembatalan Rp1.025.000 menunggu kepala dinas"
    assert said in page(office.treasurer, order) and said in page(make.head_of(office), order)
    assert said not in page(make.member_of(order), order)


def test_the_timeline_tells_each_payment(office: make.Office, order: Order) -> None:
    now = clock.now()
    undo.released(office, undo.asked(office, order, now=now), now=now)
    make.pay_again(office, order, reference="SP2D-2", now=clock.now(), paid_on=clock.local_date(now))
    order = Order.objects.get(pk=order.pk)
    told = [entry.title for entry in timeline(order, [], for_agency=True)]
    assert told.count("Dibayar Rp1.025.000") == 2
    assert told.count("Pembayaran dibatalkan, tagihan menunggu persetujuan lagi") == 1
    assert told.count("Pembatalan pembayaran diminta") == 1
    assert told.count("Pesanan dibuka lagi sampai dibayar") == 1
    seller = [entry.title for entry in timeline(order, [], for_agency=False)]
    assert "Pembatalan pembayaran diminta" not in seller


def test_a_document_states_only_what_stood_then(office: make.Office, order: Order) -> None:
    paid_then = Document.objects.get(order=order, kind=DocumentKind.PAYMENT)
    now = clock.now()
    row = undo.released(office, undo.asked(office, order, now=now), now=now)
    receipt = Document.objects.get(order=order, kind=DocumentKind.KUITANSI, replaced_at__isnull=True)
    full = build.order_for_papers(order.pk)
    trail = schedule.trail_for(receipt, full)
    assert (trail.payments, len(trail.reversed), trail.paid_at) == ((), 1, None)
    assert trail.act(trail.invoice, "pay") is None
    assert len(schedule.trail_for(paid_then, full).payments) == 1
    invoice = archive.purchase_data(full)["invoices"][0]
    assert invoice["payments"] == []
    assert invoice["reversed_payments"][0]["reason"] == "reference"
    assert "dicatat ulang" not in checked(paid_then)
    assert "belum ada pembayaran lain yang tercatat" in checked(paid_then)
    make.pay_again(office, order, reference="SP2D-2", now=now + DAY / 24, paid_on=clock.local_date(now))
    again = Document.objects.get(order=order, kind=DocumentKind.PAYMENT, replaced_at__isnull=True)
    content, pages, *_ = build.make(again)
    assert content.startswith(b"%PDF")
    assert pages
    facts = dict(
        build.BUILDERS[DocumentKind.PAYMENT](schedule.trail_for(again, build.order_for_papers(order.pk)), again).data[
            "facts"
        ]
    )
    assert "salah nomor bukti" in facts["Menggantikan pencatatan"]
    verified = checked(paid_then)
    assert "Tidak berlaku sejak" in verified
    assert "Salah nomor bukti" in verified
    assert "dicatat ulang" in verified
    assert row.ended_at == paid_then.replaced_at
    # The second record is reversed too: nothing stands.
    later = now + DAY / 12
    undo.released(office, undo.asked(office, order, now=later), now=later)
    assert "dicatat ulang" not in checked(paid_then)


def checked(document: Document) -> str:
    """Its public page, as if the file had been laid out."""
    Document.objects.filter(pk=document.pk).update(made_at=clock.now(), file="x", sha256="0" * 64)
    document.refresh_from_db()
    return Client().get(reverse("orders:verify", args=[document.code])).text


def test_the_api_says_which_payment_counts(office: make.Office, order: Order) -> None:
    now = clock.now()
    row = undo.released(office, undo.asked(office, order, now=now), now=now)
    found = signed_in(make.member_of(order)).get(f"/api/v1/seller/orders/{order.number}/")
    assert found.status_code == 200
    (invoice,) = found.json()["invoices"]
    assert (invoice["paid"], invoice["state"]) == (0, "verified")
    assert row.ended_at is not None
    assert invoice["payments"][0]["reversed_at"] is not None
