"""Disputes by page, for both sides and the city's officer."""

import zipfile
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery, InspectionPhoto
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.documents import archive
from orders.orders.models import Order
from orders.remedies import rooms
from tests.factories import cancellations as cancelling
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.users import signed_in
from tests.html_forms import form_of, shown_on
from tests.orders.books import unchanged
from tests.orders.pages import to_arrived, url
from umkm.catalogue.states import Unit

pytestmark = pytest.mark.django_db


def test_a_dispute_by_page(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    receiver, seller = signed_in(office.receiver), signed_in(make.member_of(order))
    number = order.number
    assert receiver.get(url("dispute-create", number)).status_code == 200
    assert receiver.post(url("dispute-create", number), {"complaint": ""}).status_code == 422
    assert receiver.post(url("dispute-create", number), {"complaint": "Basi", "wish": "replacement"}).status_code == 302
    assert "Ini mencabut permintaan Anda: Barangnya diganti" in receiver.get(url("dispute-settle", number)).text
    assert seller.get(url("dispute-answer", number)).status_code == 200
    assert seller.post(url("dispute-answer", number), {"answer": "Kami ganti"}).status_code == 302
    assert receiver.post(url("dispute-settle", number), {"decision": "Sudah diganti"}).status_code == 302
    assert Dispute.objects.get().decision == "Sudah diganti"
    assert "Sudah diganti" in seller.get(url("order-detail", number)).content.decode()


def test_the_answer_asks_for_figures_only_with_the_offer_they_belong_to(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=clock.now())
    seller = signed_in(make.member_of(order))
    form = seller.get(url("dispute-answer", order.number)).context["form"]
    assert {field.name: field.field.asked for field in form if hasattr(field.field, "asked")} == {
        "amount": "money", "quantity": "goods", "until": "goods",
    }  # fmt: skip
    assert form["amount"].help_text == f"Paling banyak {rupiah(rooms.deductible(order.deliveries.get()))}."
    assert form["quantity"].field.suffix == Unit(order.lines.get().unit).plural
    answer = seller.post(
        url("dispute-answer", order.number), {"answer": "Maaf", "outcome": "deduction", "amount": "999.999.999"}
    )
    assert answer.status_code == 422
    assert "boleh kosong" not in answer.content.decode().split("asked--money")[1].split("asked--goods")[0]


def test_no_dispute_no_answer(order: Order) -> None:
    assert signed_in(make.member_of(order)).get(url("dispute-answer", order.number)).status_code == 409


def test_a_dispute_is_decided_in_the_officers_room(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    now = clock.now()
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=now)
    officer = goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order")
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    client = signed_in(officer)
    assert client.get(room).status_code == 200
    data = {
        "decision": "Diterima sembilan",
        "result": "nothing",
        "confirmed": "on",
        "shown": shown_on(client, room),
        "events-TOTAL_FORMS": 0,
        "events-INITIAL_FORMS": 0,
    }
    assert client.post(room, data).status_code == 302
    dispute.refresh_from_db()
    assert dispute.decision == "Diterima sembilan"


def test_the_officer_chooses_the_result_and_reads_it_once_more(order: Order, office: make.Office) -> None:
    """Nothing is decided by what stood there before, and no figure is dropped unseen."""
    delivery = to_arrived(order, office)
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=clock.now())
    client = signed_in(goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order"))
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    page = client.get(room).content.decode()
    most = rupiah(rooms.deductible(delivery))
    assert f"Paling banyak dipotong {most}" in page and reverse("admin:orders_order_change", args=[order.pk]) in page
    assert "Putuskan dan kabari kedua pihak" in page and 'name="_continue"' not in page
    form = {**form_of(client, room), "decision": "Potongan untuk kotak dingin"}
    assert form["result"] == [""]

    def answered(**over: str) -> str:
        return client.post(room, {**form, **over}).content.decode()

    unchosen = client.post(room, {**form, "amount": "5.000", "confirmed": "on"})
    # What is wrong is named above, and leads to its field.
    assert '<a class="underline" href="#id_result">Hasilnya</a>' in unchosen.content.decode()
    assert "result" in unchosen.context["adminform"].form.errors
    assert "Tidak dipakai untuk hasil" in answered(result="nothing", amount="5.000", confirmed="on")
    assert "Tidak dipakai untuk hasil" in answered(result="deduction", amount="5.000", quantity="2", confirmed="on")
    assert "Tulis jumlah uangnya" in answered(result="deduction", confirmed="on")
    decided = f"Tagihan kiriman {delivery.number} dipotong Rp5.000."
    assert f"Yang akan diputuskan: {decided}" in answered(result="deduction", amount="5.000")
    assert Dispute.objects.undecided().get() == dispute
    sent = client.post(room, {**form, "result": "deduction", "amount": "5.000", "confirmed": "on"}, follow=True)
    assert "Keluhan diputuskan. Kedua pihak dikabari." in sent.content.decode()
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.remedies.get().amount) == (DisputeOutcome.DEDUCTION, 5_000)


def test_photos_beside_complaint_and_answer_are_for_the_two_sides_and_the_officer(
    order: Order, office: make.Office
) -> None:
    to_arrived(order, office)
    receiver, seller = signed_in(office.receiver), signed_in(make.member_of(order))
    number = order.number
    sent = {
        "complaint": "Dua kotak penyok",
        "wish": "nothing",
        "photos": [make.photo("a.jpg"), make.photo("b.jpg", "#aa0000")],
    }
    assert receiver.post(url("dispute-create", number), sent).status_code == 302
    dispute = Dispute.objects.get()
    said = [url("dispute-photo", number, pk) for pk in dispute.complaint_photos]
    assert len(said) == 2
    page = seller.get(url("dispute-answer", number)).content.decode()
    assert all(address in page for address in said), "whoever answers sees what is shown"
    sent = {"answer": "Penyok di jalan", "photos": [make.photo("c.jpg", "#0000aa")]}
    assert seller.post(url("dispute-answer", number), sent).status_code == 302
    (answered,) = (url("dispute-photo", number, pk) for pk in dispute.answer_photos)
    officer = signed_in(goods.make_staff("orders.decide_dispute", "orders.view_dispute"))
    counted = InspectionPhoto.objects.create(
        delivery=order.deliveries.get(), file=dispute.photos.earliest("pk").file, content_type="image/jpeg", size=1,
        sha256="a", uploaded_by=office.receiver, uploaded_at=dispute.opened_at,
    )  # fmt: skip
    Delivery.objects.filter(order=order).update(remark="Satu botol bocor")
    seen = url("inspection-photo", number, counted.pk)
    told = officer.get(reverse("admin:orders_dispute_change", args=[dispute.pk])).content.decode()
    assert seen in told and "Satu botol bocor" in told
    assert [client.get(seen).status_code for client in (officer, receiver)] == [200, 200]
    assert signed_in(goods.make_user()).get(seen).status_code == 404
    counted.delete()
    room = officer.get(reverse("admin:orders_dispute_change", args=[dispute.pk])).content.decode()
    shown = receiver.get(url("order-detail", number)).content.decode()
    for address in [*said, answered]:
        assert address in room
        assert shown.count(f'src="{address}"') == 2, "in the open complaint and in the timeline"
        for client in (receiver, seller, officer):
            answer = client.get(address)
            assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert signed_in(goods.make_user()).get(address).status_code == 404
    assert officer.get(url("dispute-photo", "SP-0", dispute.answer_photos[0])).status_code == 404
    with zipfile.ZipFile(archive.write_zip(dispute.order)) as bundle:
        kept = [name.partition("/")[2] for name in bundle.namelist() if "/foto-keluhan/" in name]
    assert kept == [f"foto-keluhan/{name}.jpg" for name in ("01-keluhan", "02-keluhan", "03-jawaban")]


def test_more_than_eight_photos_complain_about_nothing(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    sent = {"complaint": "Basi", "wish": "nothing", "photos": [make.photo(f"{n}.jpg") for n in range(9)]}
    answer = signed_in(office.receiver).post(url("dispute-create", order.number), sent)
    assert answer.status_code == 422
    assert "Paling banyak 8 foto" in answer.content.decode()
    assert not Dispute.objects.exists()


def test_the_timeline_says_what_is_offered_and_who_may_take_it(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    now = clock.now()
    dispute = disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=now)
    offer = DisputeTerms(DisputeOutcome.DEDUCTION, delivery, amount=10_000)
    disputes.answer_dispute(actor=make.member_of(order), dispute=dispute, answer="Maaf", offer=offer, now=now)
    events = signed_in(office.receiver).get(url("order-detail", order.number)).context["events"]
    offered = f"Tagihan kiriman {delivery.number} dipotong Rp10.000."
    assert events[0].next
    assert events[0].note == offered
    assert f"{office.receiver.name} dapat menerima tawaran penjual sampai petugas kota memutus." in events[0].when
    (answered,) = (event for event in events if event.title == "Keluhan dijawab")
    assert answered.note == f"Maaf\nTawaran penjual: {offered}"


def test_the_officer_who_rules_opens_the_evidence_of_both_sides(order: Order, office: make.Office) -> None:
    officer = signed_in(goods.make_staff("orders.decide_dispute", "orders.view_dispute"))
    asked = cancelling.asked(make.accepted(order, clock.now()), office.pp, now=clock.now())
    claimed = cancelling.claimed(asked, amount=1_000, evidence=make.photo(), now=clock.now())
    dispute = disputes.open_dispute(actor=office.pp, order=order, complaint="Terlalu mahal", now=clock.now())
    address = url("cancellation-evidence", order.number, claimed.pk)
    assert address in officer.get(reverse("admin:orders_dispute_change", args=[dispute.pk])).content.decode()
    assert officer.get(address).status_code == 200


def test_the_answer_says_what_each_delivery_brought_the_newest_first(order: Order, office: make.Office) -> None:
    now, line = clock.now(), order.lines.get()
    make.accepted(order, now=now)
    for count in (4, 6):
        make.arrived(make.shipped(order, sent={line.pk: Decimal(count)}, now=now), office.receiver, now=now)
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Basi", now=now)
    form = signed_in(make.member_of(order)).get(url("dispute-answer", order.number)).context["form"]
    told = [str(label).partition(": ")[2] for _value, label in form.fields["delivery"].choices]
    assert told == [f"{Unit(line.unit).counted(Decimal(n))} {line.name}" for n in (6, 4)]


def left_out(order: Order, office: make.Office) -> Order:
    """One was refused when it was counted, so it is on no bill."""
    to_arrived(order, office)
    delivery = make.inspected(order.deliveries.get(), office.receiver, accept=9, now=clock.now())
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=clock.now())
    return Order.objects.get(pk=order.pk)


def test_who_complains_about_goods_left_out_of_the_bill_reads_that_they_are(order: Order, office: make.Office) -> None:
    order = left_out(order, office)
    page = signed_in(office.receiver).get(url("dispute-create", order.number))
    text = page.content.decode()
    assert "tidak diterima saat diperiksa dan sudah tidak ditagih" in text
    assert "BAST" not in text.split("<main")[1].split("<form")[0]
    assert f"pembayaran {rupiah(make.invoice_of(order).outstanding)}." in text
    assert "dapat mengubah jumlah tagihannya" in text
    sent = {"complaint": "Yang sembilan juga berbau"}
    assert signed_in(office.receiver).post(url("dispute-create", order.number), sent).status_code == 422
    assert not Dispute.objects.exists()
    sent["wish"] = "deduction"
    assert signed_in(office.receiver).post(url("dispute-create", order.number), sent).status_code == 302
    detail = signed_in(make.member_of(order)).get(url("order-detail", order.number)).content.decode()
    assert "Tagihannya dipotong" in detail
    assert f"Jawaban {order.seller.name} ditunggu sampai" in " ".join(detail.split())
    assert "Berhenti karena keluhan" in detail


def test_refused_goods_do_not_come_again_without_a_bill(order: Order, office: make.Office) -> None:
    """Nine of ten were accepted and billed: whoever offers goods again says that they are for some of the nine."""
    order = left_out(order, office)
    now = clock.now()
    disputes.open_dispute(actor=office.receiver, order=order, complaint="Satu ditolak", now=now)
    client, answer = signed_in(make.member_of(order)), url("dispute-answer", order.number)
    until = clock.local_date(now) + timedelta(days=1)
    sent = {"answer": "Kami ganti", "outcome": "replacement", "quantity": "1", "until": f"{until}T10:00"}
    with unchanged():
        refused = client.post(answer, sent)
    assert set(refused.context["form"].errors) == {"of_billed"}
    assert client.post(answer, {**sent, "of_billed": "on"}).status_code == 302
    said = "Yang diganti sudah diterima dan ditagih, jadi tanpa tagihan baru; yang ditolak tidak diganti."
    assert said in signed_in(office.receiver).get(url("order-detail", order.number)).content.decode()


def test_only_what_the_order_allows_is_asked_for_and_by_buyers(order: Order, office: make.Office) -> None:
    order = left_out(order, office)
    for actor, wish in ((office.receiver, "refund"), (make.member_of(order), "deduction")):
        with pytest.raises(RuleBroken) as refused:
            disputes.open_dispute(actor=actor, order=order, complaint="Basi", wish=wish, now=clock.now())
        assert refused.value.code == "wish_unknown"
    assert (
        "wish" not in signed_in(make.member_of(order)).get(url("dispute-create", order.number)).context["form"].fields
    )


def test_who_complains_reads_before_sending_that_the_good_part_waits_too(order: Order, office: make.Office) -> None:
    delivery = to_arrived(order, office)
    make.inspected(delivery, office.receiver, accept=8, now=clock.now())
    line = delivery.lines.select_related("order_line").get()
    owed = rupiah(share(line.order_line.price, line.accepted))
    client = signed_in(office.receiver)
    for page in ("dispute-create", "order-detail"):
        said = f"BAST dan tagihan {owed} untuk yang sudah diterima baik"
        assert said in " ".join(client.get(url(page, order.number)).content.decode().split()), page
        if page == "dispute-create":
            disputes.open_dispute(actor=office.receiver, order=order, complaint="Penyok", now=clock.now())


def complained_of(order: Order, office: make.Office) -> Dispute:
    """Five of the goods were refused, and the seller says that they were good."""
    to_arrived(order, office)
    delivery = make.inspected(order.deliveries.get(), office.receiver, accept=5, now=clock.now())
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=clock.now())
    seller = make.member_of(order)
    return disputes.open_dispute(actor=seller, order=order, complaint="Semuanya baik", now=clock.now())


def test_the_receiver_offers_that_goods_count_as_accepted_and_the_seller_takes_it(
    order: Order, office: make.Office
) -> None:
    complained_of(order, office)
    answer, settle = url("dispute-answer", order.number), url("dispute-settle", order.number)
    for other in (office.requester, office.pp):
        assert 'value="acceptance"' not in signed_in(other).get(answer).content.decode()
    receiver = signed_in(office.receiver)
    page = receiver.get(answer).content.decode()
    assert 'value="acceptance"' in page
    for money in ("deduction", "replacement", "refund"):
        assert f'value="{money}"' not in page
    said = {"answer": "Kami hitung ulang", "outcome": "acceptance"}
    many = receiver.post(answer, {**said, "quantity": "99"})
    assert many.status_code == 422 and "yang ditolak dan tidak diganti" in many.content.decode()
    assert receiver.post(answer, {**said, "quantity": "2"}).status_code == 302
    seller = signed_in(make.member_of(order))
    detail = seller.get(url("order-detail", order.number)).content.decode()
    assert "Tawaran pembeli" in detail and "Jawab tawaran pembeli" in detail and "Tawaran penjual" not in detail
    assert "dihitung diterima, milik pembeli, dan ditagih" in seller.get(settle).content.decode()
    assert seller.post(settle, {"choice": "offer", "decision": "Sepakat"}).status_code == 302
    assert order.deliveries.get().lines.get().decided == 2
    told = signed_in(office.receiver).get(url("order-detail", order.number)).content.decode()
    assert "diterima menurut keputusan keluhan, bukan menurut pemeriksaan" in " ".join(told.split())


def test_the_officer_decides_that_goods_count_as_accepted(order: Order, office: make.Office) -> None:
    dispute = complained_of(order, office)
    client = signed_in(goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order"))
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    form = {**form_of(client, room), "decision": "Fotonya baik", "result": "acceptance", "quantity": "99"}
    assert "yang ditolak dan tidak diganti" in client.post(room, {**form, "confirmed": "on"}).content.decode()
    assert "dihitung diterima" in client.post(room, {**form, "quantity": "3"}).content.decode()
    assert Dispute.objects.undecided().exists()
    sent = client.post(room, {**form, "quantity": "3", "confirmed": "on"}, follow=True)
    assert "Keluhan diputuskan. Kedua pihak dikabari." in sent.content.decode()
    assert order.deliveries.get().lines.get().decided == 3
    assert "diputus diterima" in client.get(room).content.decode()


def test_the_seller_offers_to_take_goods_back_and_the_receiver_takes_it(order: Order, office: make.Office) -> None:
    to_arrived(order, office)
    delivery = make.inspected(order.deliveries.get(), office.receiver, now=clock.now())
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=clock.now())
    receiver, seller = signed_in(office.receiver), signed_in(make.member_of(order))
    create, answer, settle = (
        url(name, order.number) for name in ("dispute-create", "dispute-answer", "dispute-settle")
    )
    assert "Barangnya saya kembalikan dan tidak dibayar" in receiver.get(create).content.decode()
    asked = {"complaint": "Merek lain", "wish": "refusal"}
    assert receiver.post(create, asked).status_code == 302
    assert "Barangnya saya ambil kembali, dan tidak dibayar" in seller.get(answer).content.decode()
    said = {"answer": "Keliru kirim", "outcome": "refusal"}
    many = seller.post(answer, {**said, "quantity": "99"})
    assert many.status_code == 422 and "yang ditolak paling banyak" in many.content.decode()
    assert seller.post(answer, {**said, "quantity": "2"}).status_code == 302
    assert "ditolak dan kembali ke" in receiver.get(settle).content.decode()
    assert receiver.post(settle, {"choice": "offer", "decision": ""}).status_code == 302
    assert order.deliveries.get().lines.get().rejected == 2
    told = receiver.get(url("order-detail", order.number)).content.decode()
    assert "ditolak menurut keputusan keluhan dan kembali ke penjual" in " ".join(told.split())


def test_the_officer_refuses_a_whole_delivery_by_naming_no_goods(order: Order, office: make.Office) -> None:
    dispute = complained_of(order, office)
    client = signed_in(goods.make_staff("orders.decide_dispute", "orders.view_dispute", "orders.view_order"))
    room = reverse("admin:orders_dispute_change", args=[dispute.pk])
    form = {**form_of(client, room), "decision": "Bukan yang dipesan", "result": "refusal"}
    assert "ditolak seluruhnya dan kembali ke" in client.post(room, form).content.decode()
    assert Dispute.objects.undecided().exists()
    sent = client.post(room, {**form, "confirmed": "on"}, follow=True)
    assert "Keluhan diputuskan. Kedua pihak dikabari." in sent.content.decode()
    assert order.deliveries.get().lines.get().kept == 0
