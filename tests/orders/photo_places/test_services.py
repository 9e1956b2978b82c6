"""The place of a photo: a claim of the phone, kept for who agreed, told beside the server's time, and asked for where
the city's rows say so."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from epeken.core import clock
from epeken.core.errors import NotAllowed
from epeken.core.files.uploads import read_private
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.documents import archive, build, completeness, slots
from orders.documents.models import Document, SlotRule
from orders.documents.states import DocumentKind
from orders.drafts.pages import person_token
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, turn_of_invoice
from orders.photo_places import claims, services
from orders.photo_places.models import PhotoPlace, PlaceConsent
from procurement.agencies.models import Agency
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.users import signed_in
from tests.kept_steps import kept

pytestmark = pytest.mark.django_db

OFFICE = (Decimal("-6.257500"), Decimal("106.752100"))
SAID = "-6.257900 106.752900 12 2026-03-02T02:10:00.000Z"


@pytest.fixture
def office() -> make.Office:
    made = make.make_office(now=clock.now())
    Agency.objects.filter(pk=made.agency.pk).update(latitude=OFFICE[0], longitude=OFFICE[1])
    made.agency.refresh_from_db()
    return made


@kept
def come(office: make.Office, **over: Any) -> Delivery:
    now = clock.now()
    product = goods.make_product(price=10_000, on_hand=50)
    over = {"deliver_at": now - HOUR, "delivery_place": office.agency.address, **over}
    then = now - 2 * DAY  # in time for its seller, at whatever hour this runs
    order = make.make_issued(office, product, now=then, **over)
    sent = make.shipped(make.accepted(order, now=then), now=now - 3 * HOUR)
    return make.arrived(sent, office.receiver, now=now - 2 * HOUR)


def look(delivery: Delivery, person: User, said: str = SAID, **over: Any) -> Any:
    """As the page posts it."""
    page = reverse("orders:delivery-inspect", args=[delivery.order.number, delivery.number])
    data = {"key": new_key(), "conforms": "on", "photos": make.photo(), "place": said, "remark": "", **over}
    return signed_in(person).post(page, data)


def test_a_place_is_kept_for_who_agreed_and_only_while_they_do(office: make.Office) -> None:
    """Also of what was written before the consent was withdrawn and comes after."""
    assert look(come(office), office.receiver).status_code == 302
    assert not PhotoPlace.objects.exists()
    page = reverse("orders:place-consent")
    client = signed_in(office.receiver)
    for _twice in range(2):
        assert client.post(page, {"answer": "yes"}).status_code == 302
    consent = PlaceConsent.objects.get()
    assert "Anda setuju sejak" in client.get(page).text
    assert 'href="/pesanan/SP-1/"' in client.get(page, {"next": "/pesanan/SP-1/"}).text
    assert look(come(office), office.receiver).status_code == 302
    place = PhotoPlace.objects.get()
    assert (place.consent, place.accuracy, place.measured_from) == (consent, 12, "office")
    assert place.distance is not None and 90 < place.distance < 110
    told = client.get(f"/pesanan/{place.photo.delivery.order.number}/").text
    assert f"{place.latitude}; {place.longitude}".replace(".", ",") in told
    assert f"openstreetmap.org/?mlat={place.latitude}&amp;mlon={place.longitude}#map" in told
    client.post(page, {"answer": "no"})
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    late = come(office)
    draft = {
        "key": new_key(), "person": person_token(office.receiver), "act": "inspect", "delivery": late.number,
        "claimed_at": clock.now().isoformat(), "conforms": "on", "photos": make.photo(), "place": SAID,
    }  # fmt: skip
    assert client.post("/luring/kirim/", draft).status_code == 200
    assert late.photos.count() == 1
    assert PhotoPlace.objects.count() == 1


def test_a_place_written_without_network_comes_with_its_draft(office: make.Office) -> None:
    services.give_consent(actor=office.receiver, now=clock.now())
    sent = come(office, delivery_place="Balai RW 3")
    draft = {
        "key": new_key(), "person": person_token(office.receiver), "act": "inspect", "delivery": sent.number,
        "claimed_at": clock.now().isoformat(), "conforms": "on", "photos": make.photo(), "place": SAID,
    }  # fmt: skip
    assert signed_in(office.receiver).post("/luring/kirim/", draft).status_code == 200
    place = PhotoPlace.objects.get(photo__delivery=sent)
    assert (place.distance, place.measured_from) == (None, "")  # no point of that address is known


def test_a_persons_own_purchase_has_no_place(office: make.Office) -> None:
    buyer = office.receiver
    with pytest.raises(NotAllowed):
        services.give_consent(actor=goods.make_user(), now=MONDAY)
    services.give_consent(actor=buyer, now=clock.now())
    sent = make.shipped(make.accepted(make.place(buyer, (goods.make_product(price=10_000, on_hand=5), 1))[0]))
    kept = make.inspected(sent, buyer, photos=[make.photo()])
    services.keep_place(kept.photos.all(), claims.read(SAID), order=kept.order, actor=buyer)
    assert not PhotoPlace.objects.exists()


@pytest.mark.parametrize(
    "said",
    [
        "", "di kantor", "-6.2 106.7 5 2026-03-02T02:10:00.000Z", "-96.257900 106.752900 5 2026-03-02T02:10:00.000Z",
        "-6.257900 192.752900 5 2026-03-02T02:10:00.000Z", "-6.257900 106.752900 999999 2026-03-02T02:10:00.000Z",
        "-6.257900 106.752900 5 2026-13-02T02:10:00.000Z", "-6.257900 106.752900 5 9026-03-02T02:10:00.000Z",
    ],
)  # fmt: skip
def test_what_is_no_place_is_none(said: str) -> None:
    assert claims.read(said) is None


def test_what_the_file_says_of_itself_is_stripped_and_not_believed(office: make.Office) -> None:
    services.give_consent(actor=office.receiver, now=clock.now())
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "N", 2: (1.0, 2.0, 3.0), 3: "E", 4: (100.0, 1.0, 1.0)})
    exif[0x0132] = "2020:01:01 00:00:00"
    out = BytesIO()
    Image.new("RGB", (300, 300), "#225544").save(out, "JPEG", exif=exif)
    sent = come(office)
    look(sent, office.receiver, said="", photos=SimpleUploadedFile("a.jpg", out.getvalue(), "image/jpeg"))
    photo = sent.photos.get()
    assert not PhotoPlace.objects.exists()
    assert not dict(Image.open(BytesIO(read_private(photo.file))).getexif())


def test_the_papers_tell_it_as_the_phones_claim_to_those_of_the_file(office: make.Office) -> None:
    services.give_consent(actor=office.receiver, now=clock.now())
    sent = come(office)
    look(sent, office.receiver)
    document = Document.objects.filter(delivery=sent, kind=DocumentKind.INSPECTION).latest("pk")
    (shown,) = build.make(document).paper.data["photos"]
    for words in ("menurut waktu e-Peken", "Menurut ponsel penerima", "-6,257900; 106,752900", "dari kantor dinas"):
        assert words in shown["caption"]
    page = reverse("orders:order-detail", args=[sent.order.number])
    assert "Menurut ponsel penerima" in signed_in(make.member_of(sent.order)).get(page).text
    assert signed_in(goods.make_user()).get(page).status_code == 404


def test_where_it_is_asked_for_each_bill_has_one_or_a_reason(office: make.Office) -> None:
    """A rule by account, from its day on; a photo without a place fills nothing; what the office uploads does."""
    services.give_consent(actor=office.receiver, now=clock.now())
    today = clock.local_date(clock.now())
    SlotRule.objects.create(kind="placed_photo", valid_from=date(2021, 1, 1), valid_until=today, source="Uji")
    with_place, without = come(office), come(office)
    for sent, said in ((with_place, SAID), (without, "")):
        assert slot_of(sent).is_empty
        look(sent, office.receiver, said=said)
        deliveries.sign_bast(actor=office.receiver, delivery=sent, office_number="", now=clock.now())
    assert slot_of(with_place).is_filled
    bill = without.order.invoices.get()
    assert slot_of(without).wanting == (bill.number,)
    order = Order.objects.get(pk=without.order_id)
    assert [lack.kind for lack in completeness.lacks_of(order, bill)] == ["placed_photo"]
    assert turn_of_invoice(Invoice.objects.get(pk=bill.pk)) == (Turn.REQUESTER, Task.BRING)
    assert turn_of_invoice(with_place.order.invoices.get())[0] == Turn.TREASURER
    make.bring(office, order, "placed_photo", now=clock.now())
    assert slot_of(without).is_filled
    page = build.order_for_papers(with_place.order_id)
    (told,) = [row for row in archive.purchase_data(page)["slots"] if row["kind"] == "placed_photo"]
    assert (told["state"], told["papers"]) == ("filled", [with_place.photos.get().sha256])


def slot_of(delivery: Delivery) -> slots.Slot:
    found = slots.slots_of(Order.objects.get(pk=delivery.order_id))
    return next(slot for slot in found if slot.kind == "placed_photo")
