"""The inspectorate's lists: who opens them, what a filter leaves, what a file holds, how many questions a page asks."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from epeken.core import clock, exports
from epeken.core.i18n.words import rupiah
from epeken.core.idempotency import new_key
from epeken.users.models import User
from orders.billing.models import Invoice
from orders.documents import services as documents
from orders.orders.models import Order
from orders.oversight import money, purchases
from orders.oversight.flags import Flag
from orders.oversight.forms import ANY
from procurement.agencies.models import Agency
from procurement.attachments import services as attachments
from procurement.guards.states import Outcome
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY, Office
from tests.factories.procurement import make_request
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.oversight.test_flags import finding
from tests.statements import statements_of
from umkm.sellers import services as sellers
from umkm.verification.models import DocumentView

pytestmark = pytest.mark.django_db
LISTS = ["orders:purchase-list", "orders:removed-list", "orders:look-list", "site:inspector-dashboard"]


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
@kept
def inspector() -> User:
    return goods.make_staff("procurement.inspect_all")


def numbers(**values: Any) -> set[str]:
    found = purchases.filtered(Order.objects.filter(agency__isnull=False), values, MONDAY + DAY)
    return set(found.values_list("number", flat=True))


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def file_of(person: User, name: str, **query: Any) -> list[list[str]]:
    answer = signed_in(person).get(reverse(name), {"unduh": "csv", **query})
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(body(answer).decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("name", LISTS)
def test_for_the_inspectorate_alone(name: str, office: Office, inspector: User) -> None:
    for person in (office.requester, make.head_of(office), goods.make_user(), goods.make_staff("umkm.verify_seller")):
        for query in ({}, {"unduh": "csv"}):
            assert signed_in(person).get(reverse(name), query).status_code == 403
    assert signed_in(inspector).get(reverse(name)).status_code == 200
    assert signed_in(inspector).post(reverse(name)).status_code == 405


def test_purchases_of_people_are_not_listed(office: Office, inspector: User, citizen: User) -> None:
    make.place(citizen, (goods.make_product(), 1))
    order = make.make_issued(office)
    assert [row[0] for row in file_of(inspector, "orders:purchase-list")[1:]] == [order.number]


def test_a_filter_takes_what_its_edge_includes(office: Office) -> None:
    order = make.make_issued(office, delivery=0)  # 1.000.000
    sister = goods.make_seller(owner=order.seller.owner)
    other = make.make_issued(make.make_office(), goods.make_product(sister, price=100_000), delivery=0, quantity=20)
    assert numbers() == {order.number, other.number}
    assert numbers(dinas=str(office.agency.pk)) == {order.number}
    assert numbers(pemilik=order.seller.owner_id) == {order.number, other.number}
    assert numbers(pemilik=goods.make_seller().owner_id) == set()
    assert numbers(paling_sedikit=1_000_001) == {other.number}
    assert numbers(paling_sedikit=1_000_000, paling_banyak=1_999_999) == {order.number}
    assert numbers(paling_banyak=2_000_000, tanda=ANY) == set()
    finding(order, Outcome.ACCEPTED)
    assert numbers(tanda=ANY) == numbers(tanda=Flag.JUSTIFIED.value) == {order.number}
    assert numbers(tanda=Flag.LATE.value) == set()
    day = clock.local_date(MONDAY)
    assert numbers(sejak=day, sampai=day) == {order.number, other.number}
    assert numbers(sejak=day + DAY) == numbers(sampai=day - DAY) == set()


def test_the_file_is_the_list_as_it_is_filtered(office: Office, inspector: User) -> None:
    order = make.make_issued(office, title="=HYPERLINK(1)")
    Order.objects.filter(pk=order.pk).update(close_note="x")
    make.make_issued(make.make_office())
    finding(order, Outcome.ACCEPTED)
    head, *rows = file_of(inspector, "orders:purchase-list", tanda=Flag.JUSTIFIED.value)
    (row,) = (dict(zip(head, cells, strict=True)) for cells in rows)
    assert (row["Nomor surat pesanan"], row["Nama"]) == (order.number, "'=HYPERLINK(1)")
    assert (row[str(Flag.JUSTIFIED.label)], row[str(Flag.LATE.label)]) == ("ya", "")
    assert row["Nomor kelompok pemilik"] == str(order.seller.owner_id)
    query = {"tanda": Flag.JUSTIFIED.value, "unduh": "xlsx"}
    sheet = load_workbook(io.BytesIO(signed_in(inspector).get(reverse("orders:purchase-list"), query).content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet["A"]] == [head[0], order.number]
    wrong = signed_in(inspector).get(reverse("orders:purchase-list"), {"sejak": "2026-02-30", "unduh": "csv"})
    assert wrong.status_code == 422


def test_a_streamed_file_holds_every_row_in_the_language_of_the_reader(
    office: Office, inspector: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [make.make_issued(office, quantity=1).number for _n in range(5)]
    monkeypatch.setattr(exports, "CHUNK", 2)
    monkeypatch.setattr(exports, "MOST_ROWS", 3)
    assert [row[0] for row in file_of(inspector, "orders:purchase-list", urut="nomor")[1:]] == made
    inspector.language = "en"
    inspector.save(update_fields=["language"])
    browser = signed_in(inspector)
    answer = browser.get(reverse("orders:purchase-list"), {"unduh": "csv"})
    assert answer.streaming
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    text = body(answer).decode("utf-8-sig")
    assert "Waiting for the seller" in text
    assert "Menunggu" not in text


def test_what_was_taken_out_says_why_and_who(office: Office, inspector: User) -> None:
    order, later = make.make_issued(office), MONDAY + 2 * DAY
    kept, gone = (
        documents.add_attachment(
            actor=office.requester, order=order, kind="other", title=title, file=make.photo(colour=colour), now=later
        )
        for title, colour in [("Denah", "#112233"), ("Surat", "#223344")]
    )
    documents.remove_attachment(actor=office.requester, attachment=gone, note="Salah\x07 berkas", now=later + DAY)
    head, *rows = file_of(inspector, "orders:removed-list")
    (row,) = (dict(zip(head, cells, strict=True)) for cells in rows)
    assert (row["Judul"], row["Sebab dikeluarkan"]) == ("Surat", "Salah berkas")
    assert row["Dikeluarkan oleh"] == str(office.requester)
    page = signed_in(inspector).get(reverse("orders:removed-list"), {"q": order.number}).content.decode()
    assert "Surat" in page
    assert kept.title not in page
    assert file_of(inspector, "orders:removed-list", q="tidak ada")[1:] == []
    day = clock.local_date(later + DAY)
    assert len(file_of(inspector, "orders:removed-list", sejak=day, sampai=day)) == 2
    assert len(file_of(inspector, "orders:removed-list", sampai=day - DAY)) == 1
    link = reverse("orders:attachment-file", args=[order.number, gone.pk])
    assert link in page
    assert signed_in(inspector).get(link).status_code == 200


def test_what_was_taken_out_of_a_request_stands_in_the_same_list(office: Office, inspector: User) -> None:
    request, order = make_request(office), make.make_issued(office)
    of_request = attachments.attach_file(
        actor=office.requester, request=request, kind="invitation", title="Undangan lama", file=make.photo(),
        key=new_key(), now=MONDAY,
    )  # fmt: skip
    attachments.take_out_file(actor=office.requester, attachment=of_request, note="Rapat lain", now=MONDAY + DAY)
    of_order = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="Notulen lama", file=make.photo(), now=MONDAY
    )
    documents.remove_attachment(actor=office.requester, attachment=of_order, note="Salah", now=MONDAY + 2 * DAY)
    head, *rows = file_of(inspector, "orders:removed-list")
    told = [dict(zip(head, cells, strict=True)) for cells in rows]
    assert [(one["Judul"], one["Sebab dikeluarkan"], one["Dikeluarkan oleh"]) for one in told] == [
        ("Notulen lama", "Salah", office.requester.name), ("Undangan lama", "Rapat lain", office.requester.name),
    ]  # fmt: skip
    for query, titles in (
        ({"urut": "berkas"}, ["Undangan lama", "Notulen lama"]), ({"urut": "-nomor"}, None),
        ({"urut": "waktu"}, ["Undangan lama", "Notulen lama"]), ({"q": "Rapat lain"}, ["Undangan lama"]),
        ({"dinas": office.agency.pk, "q": request.number}, ["Undangan lama"]),
        ({"sejak": clock.local_date(MONDAY + 2 * DAY)}, ["Notulen lama"]),
    ):  # fmt: skip
        found = [row[4] for row in file_of(inspector, "orders:removed-list", **query)[1:]]
        assert found == titles if titles else len(found) == 2
    page = signed_in(inspector).get(reverse("orders:removed-list")).text
    for name, number, made in (
        ("procurement:request-attachment", request.number, of_request),
        ("orders:attachment-file", order.number, of_order),
    ):
        link = reverse(name, args=[number, made.pk])
        assert link in page
        assert signed_in(inspector).get(link).status_code == 200


def test_who_looked_at_whose_data(inspector: User, verifier: User) -> None:
    shop, other = goods.make_seller(name="Dapur Lirih"), goods.make_seller(name="Warung Teduh")
    sellers.show_secret(actor=verifier, seller=shop, field="nik", purpose="match", now=MONDAY)
    sellers.show_secret(actor=verifier, seller=other, field="bank_account", purpose="report", now=MONDAY + DAY)
    assert DocumentView.objects.count() == 2
    rows = file_of(inspector, "orders:look-list")[1:]
    assert [row[1:] for row in rows] == [
        [str(verifier), "nomor rekening", "Warung Teduh", "menindaklanjuti laporan atau keluhan"],
        [str(verifier), "NIK", "Dapur Lirih", "mencocokkan dengan dokumen aslinya"],
    ]  # fmt: skip
    assert len(file_of(inspector, "orders:look-list", jenis="nik")) == 2
    page = signed_in(inspector).get(reverse("orders:look-list"), {"q": "Lirih"}).content.decode()
    assert "Dapur Lirih" in page
    assert shop.nik not in page
    assert "Warung Teduh" not in page


@pytest.mark.parametrize("name", ["orders:purchase-list", "site:inspector-dashboard"])
def test_as_many_questions_for_many_purchases_as_for_few(name: str, office: Office, inspector: User) -> None:
    browser = signed_in(inspector)
    for _n in range(2):
        finding(make.taken_over(office, make.make_issued(office, quantity=1)), Outcome.ACCEPTED)
    browser.get(reverse(name))
    _answer, few = statements_of(browser, reverse(name))
    for _n in range(4):
        finding(make.taken_over(office, make.make_issued(office, quantity=1)), Outcome.ACCEPTED)
    _answer, many = statements_of(browser, reverse(name))
    assert many.count == few.count <= 34


def test_what_is_owed_stands_beside_what_the_order_was_worth(office: Office, inspector: User) -> None:
    order = make.taken_over(office, make.make_issued(office), accept=8)
    owed, total = make.invoice_of(order).outstanding, order.total
    assert owed < total
    text = " ".join(signed_in(inspector).get(reverse("orders:purchase-list")).content.decode().split())
    assert rupiah(owed) in text
    head, row = file_of(inspector, "orders:purchase-list")[:2]
    told = dict(zip(head, row, strict=True))
    assert (told["Jumlah pesanan"], told["Belum dibayar"]) == (str(total), str(owed))


def test_an_order_paid_late_keeps_its_working_days(office: Office, inspector: User) -> None:
    """Up to the day its last payment left, in the list and in the file; one paid on its last day has none."""
    last, first = (make.cleared(office, make.make_issued(office)) for _n in range(2))
    due = make.invoice_of(first).due_at
    assert due is not None
    day = clock.last_day(due)
    make.pay(office, last, paid_on=day, now=due + 9 * DAY)
    make.pay(office, first, paid_on=day + 5 * DAY, now=due + 9 * DAY, reference="SP2D-002/2026")
    days = clock.working_days_between(day, day + 5 * DAY, clock.holidays_between(day, day + 5 * DAY))
    rows = purchases.with_rows(Order.objects.order_by("pk"), due + 20 * DAY)
    assert [row["late"] for row in purchases.rows(rows, due + 20 * DAY)] == [None, days]
    cells = purchases.file_cells(rows, due + 20 * DAY)
    assert [cells(row)[11] for row in rows] == [None, days] and days > 0


def test_money_that_was_sent_already_leads_by_its_words() -> None:
    cell = money._cells(Agency(pk=7, short_name="X"), {"dibatalkan": money.Waiting(2, 0)})[2]
    told = "uangnya sudah dikirim, catatannya dibetulkan"
    assert (cell["text"], cell["note"]) == ("2 tagihan", told) and cell["href"]


def test_late_money_is_sorted_by_days_and_amount_and_its_days_stand_in_the_file(
    office: Office, inspector: User
) -> None:
    """Of two bills the older is the smaller; an order in time and one of which a complaint stops the clock besides."""
    longest, largest, fine, stopped = (
        make.taken_over(office, make.make_issued(office, quantity=quantity, now=MONDAY)) for quantity in (2, 9, 5, 1)
    )
    now = clock.now()
    dues = {longest: now - 9 * DAY, largest: now - 4 * DAY, fine: now + 5 * DAY, stopped: now - 5 * DAY}
    for order, due in dues.items():
        Invoice.objects.filter(order=order).update(due_at=due)
    mend.opened(stopped, office.receiver, now=now - 4 * DAY)
    read = lambda urut: [row[0] for row in file_of(inspector, "orders:purchase-list", urut=urut)[1:]]  # noqa: E731
    assert read("-terlambat") == [longest.number, largest.number, stopped.number, fine.number]
    assert read("-belum-dibayar") == [one.number for one in (largest, fine, longest, stopped)]
    head, *rows = file_of(inspector, "orders:purchase-list", urut="-terlambat")
    told = [dict(zip(head, row, strict=True))["Hari kerja terlambat"] for row in rows]
    day = make.local(now)
    days = [clock.working_days_between(clock.last_day(dues[one]), day) for one in (longest, largest)]
    assert told == [*map(str, days), told[2], ""]
    assert int(told[2]) <= 1, "as far as it went before the complaint"
    page = signed_in(inspector).get(reverse("orders:purchase-list"), {"urut": "-terlambat"})
    assert [row["late"] for row in page.context["rows"]][:2] == days
    desk = signed_in(inspector).get(reverse("site:inspector-dashboard")).text
    assert "urut=-terlambat" in desk
