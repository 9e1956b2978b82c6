"""Places for papers in an order's file: by account and event, filled, waived or empty, and no payment while empty."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Prefetch
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.i18n.times import short_date
from epeken.core.models import Job
from epeken.notifications.models import Notification
from epeken.site.dashboards import agency_day, seller_day
from orders.billing import notices as billing_notices
from orders.billing import pages as billing_pages
from orders.billing import standing
from orders.billing.models import Invoice, Payment
from orders.billing.states import InvoiceState
from orders.documents import archive, build, completeness, slots
from orders.documents import services as documents
from orders.documents.entries import entries_of
from orders.documents.models import Document, SlotRule, SlotWaiver
from orders.documents.slots import filled, is_asked
from orders.documents.states import AFTER_EVENT, AttachmentKind, DocumentKind
from orders.orders import status
from orders.orders.models import Order
from orders.orders.next_step import Task, Turn, steps_of, turn_of_invoice
from procurement.agencies.states import OfficerRole
from procurement.attachments import services as attachments
from procurement.budgets.models import Account
from procurement.requests import event_kinds
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import drafts
from procurement.requests.states import EventKind
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.procurement import make_line, make_request
from tests.factories.umkm import make_product
from tests.factories.users import signed_in

pytestmark = pytest.mark.django_db

MEALS = make.MEALS
LATER = MONDAY + 2 * DAY
CITY = settings.CITY.rows("document_slots.csv")


@pytest.fixture
def office() -> Office:
    return make.make_office()


def rule(kind: str = "minutes", prefix: str = "", event: str = "", **over: Any) -> SlotRule:
    values = {"valid_from": date(2021, 1, 1), "source": "Uji", **over}
    return SlotRule(kind=kind, account_prefix=prefix, event_kind=event, **values)


def states(order: Order) -> dict[str, str]:
    return {slot.kind: slot.state for slot in slots.slots_of(Order.objects.get(pk=order.pk))}


def waive(office: Office, order: Order, kind: str, **over: Any) -> SlotWaiver:
    values = {"actor": office.ppk, "reason": "not_made", "note": "Rapat mendadak", "now": LATER, **over}
    return documents.waive_slot(order=order, kind=kind, **values)


@pytest.mark.parametrize(
    ("prefix", "event", "accounts", "kind", "asked"),
    [
        ("", "", [MEALS], "goods", True),
        (MEALS, "", [MEALS], "goods", True),
        (MEALS, "meeting", [MEALS], "meeting", True),
        (MEALS, "meeting", [MEALS], "training", False),
        (MEALS, "", ["5.1.02.01.01.0064"], "meeting", False),
        ("5.1.02", "", ["5.1.02.01.01.0064"], "goods", True),
        ("5.1.02.01.01.005", "", [MEALS], "meeting", False),  # a prefix ends where a segment does
        (MEALS, "", ["5.1.02.01.01.0024", MEALS], "goods", True),  # goods of one order on two accounts
        (MEALS, "", [], "meeting", False),
    ],
)
def test_which_rule_speaks_of_an_order(prefix: str, event: str, accounts: list[str], kind: str, asked: bool) -> None:
    assert is_asked(rule(prefix=prefix, event=event), accounts, kind) is asked


def test_a_place_is_required_when_any_rule_says_so_and_waived_only_when_all_let_it() -> None:
    mild, strict = rule(is_required=False), rule(prefix=MEALS, is_waivable=False)
    [slot] = filled([mild, strict], [MEALS], "meeting", [], [], {})
    assert (slot.is_required, slot.is_waivable, slot.is_empty, slot.state) == (True, False, True, "empty")
    [slot] = filled([mild], [MEALS], "meeting", [], [], {})
    assert (slot.is_empty, slot.state) == (False, "optional")
    assert filled([], [MEALS], "meeting", [], [], {}) == []


def test_places_stand_in_filing_order() -> None:
    rules = [rule(kind) for kind in ("minutes", "invitation", "attendance")]
    assert [slot.kind for slot in filled(rules, [], "", [], [], {})] == ["invitation", "attendance", "minutes"]


@pytest.mark.parametrize("row", CITY, ids=lambda row: f"{row['account_prefix']}-{row['event_kind']}-{row['kind']}")
def test_every_row_of_the_city_is_in_the_table(row: dict[str, str]) -> None:
    found = SlotRule.objects.get(account_prefix=row["account_prefix"], event_kind=row["event_kind"], kind=row["kind"])
    found.full_clean(validate_unique=False)
    assert (found.is_required, found.source) == (row["required"] == "1", row["source"])
    assert Account.objects.filter(code__startswith=row["account_prefix"]).exists()


@pytest.mark.parametrize("prefix", ["5.1.", ".5", "meja", "5..1", "5.1.*"])
def test_a_prefix_is_an_account_or_its_beginning(prefix: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(prefix=prefix).full_clean()
    assert set(refused.value.message_dict) == {"account_prefix"}


def test_uniforms_and_stationery_are_not_asked_for_minutes(office: Office) -> None:
    assert "minutes" not in states(make.make_issued(office))
    line = make_line(office.agency, account=Account.objects.get(code="5.1.02.01.01.0064"))
    uniforms = states(make.make_issued(office, line=line))
    assert "minutes" not in uniforms and "empty" not in uniforms.values()
    assert states(make.make_meeting(office))["attendance"] == "empty"


def test_the_order_keeps_what_its_request_was_for(office: Office) -> None:
    """A change of the request or of the account's usual event afterwards changes no order."""
    order = make.make_meeting(office)
    assert order.event_kind == EventKind.MEETING
    Account.objects.update(usual_event=EventKind.TRAINING)
    assert Order.objects.get(pk=order.pk).event_kind == EventKind.MEETING
    said = make.make_meeting(office, event_kind=EventKind.GOODS)
    assert said.event_kind == EventKind.GOODS
    assert states(said)["attendance"] == "empty"  # whatever was said, somebody ate


def test_a_request_is_for_what_its_requester_says_else_for_what_its_account_is(office: Office) -> None:
    request = make_request(office)
    assert event_kinds.of_request(request) == EventKind.GOODS
    drafts.save_request(actor=office.requester, request=request, values={"event_kind": EventKind.TRAINING}, now=MONDAY)
    request.refresh_from_db()
    assert event_kinds.of_request(request) == EventKind.TRAINING
    request.line, request.event_kind = None, ""
    assert event_kinds.of_request(request) == ""


def test_goods_of_one_order_on_two_accounts_have_the_places_of_both(office: Office) -> None:
    order = make.make_issued(office)
    meals = make_line(office.agency, account=Account.objects.get(code=MEALS))
    order.lines.update(charged_to=meals)
    assert states(order)["attendance"] == "empty"


def test_a_rule_asks_of_orders_placed_while_it_holds(office: Office) -> None:
    order = make.make_issued(office)
    day = clock.local_date(order.placed_at)
    rule("report", valid_from=day + timedelta(days=1)).save()
    rule("terms", valid_from=day - timedelta(days=9), valid_until=day - timedelta(days=1)).save()
    assert states(order) == {}
    rule("estimate", valid_from=day, valid_until=day).save()
    assert states(order) == {"estimate": "empty"}


def test_a_file_of_the_request_fills_a_place_and_one_taken_out_does_not(office: Office) -> None:
    order = make.make_meeting(office)
    assert order.request is not None
    assert states(order)["invitation"] == "empty"
    attachments.attach_file(
        actor=office.requester, request=order.request, kind="invitation", title="", file=make.photo(),
        key="a" * 32, now=MONDAY + HOUR,
    )  # fmt: skip
    assert states(order)["invitation"] == "filled"
    make.bring(office, order, "attendance")
    assert states(order)["attendance"] == "filled"
    kept = order.attachments.get()
    documents.remove_attachment(actor=office.requester, attachment=kept, note="Keliru", now=LATER)
    assert states(order)["attendance"] == "empty"


def test_a_citizens_order_has_no_places(stranger: Any) -> None:
    from tests.factories.umkm import make_product

    order = make.place(stranger, (make_product(), 1))[0]
    rule("report").save()
    assert slots.slots_of(order) == []


def test_neither_completeness_nor_payment_is_recorded_while_a_place_is_empty(office: Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    invoice = make.invoice_of(order)
    with pytest.raises(completeness.SlotEmpty) as refused:
        make.check(office, invoice, LATER)
    assert refused.value.code == "slot_empty"
    assert {lack.kind for lack in refused.value.lacks} == {k for k, s in states(order).items() if s == "empty"}
    for lack in refused.value.lacks:
        assert f"{lack.name} ({lack.who})" in refused.value.message
    make.bring(office, order)
    make.clear(office, invoice, LATER)
    # Taken out between the check and the payment: the payment asks again.
    gone = order.attachments.filter(kind="attendance").get()
    documents.remove_attachment(actor=office.requester, attachment=gone, note="Keliru", now=LATER)
    with pytest.raises(completeness.SlotEmpty):
        make.pay(office, order)
    assert not Payment.objects.exists()
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.APPROVED
    make.bring(office, order, "attendance", now=LATER)
    make.pay(office, order)
    invoice.refresh_from_db()
    assert invoice.state == InvoiceState.PAID


def test_a_paper_that_could_not_be_made_counts_as_empty(office: Office) -> None:
    """While its job still tries it does not: the treasurer is not sent away for a second's work."""
    order = make.taken_over(office, make.make_issued(office))
    invoice = make.invoice_of(order)
    assert completeness.lacks_of(order, invoice) == []
    bast = Document.objects.get(order=order, kind=DocumentKind.BAST)
    Job.objects.filter(key=f"document:{bast.pk}").update(dead_at=LATER)
    with pytest.raises(completeness.SlotEmpty) as refused:
        make.check(office, invoice, LATER)
    [lack] = refused.value.lacks
    assert (lack.name, lack.kind) == (str(DocumentKind.BAST.label), "")
    assert "mengecualikan" not in refused.value.message  # nobody waives what the system owes
    Document.objects.filter(pk=bast.pk).update(made_at=LATER, file="papers/x.pdf")
    make.check(office, invoice, LATER)


def test_a_waiver_opens_payment_and_stands_in_the_file(office: Office, run_jobs: Any) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    make.bring(office, order, "attendance", "minutes")
    row = waive(office, order, "invitation")
    assert (row.given_name, row.acted_as, row.reason) == (office.ppk.name, "ppk", "not_made")
    assert states(order)["invitation"] == "waived"
    make.check(office, make.invoice_of(order), LATER)
    full = build.order_for_papers(order.pk)
    [told] = [row for row in archive.purchase_data(full)["slots"] if row["kind"] == "invitation"]
    assert told["state"] == "waived" and told["required"] is True
    assert told["waiver"] == {
        "reason": "not_made", "note": "Rapat mendadak", "by": office.ppk.name, "office": "ppk",
        "at": LATER.isoformat(),
    }  # fmt: skip
    assert json.loads(json.dumps(told)) == told
    entry = next(e for e in entries_of(full, for_agency=True) if e.kind == "invitation")
    assert not entry.is_missing and not entry.is_present
    spj = documents.request_spj(actor=office.treasurer, order=order, now=LATER + HOUR)
    run_jobs()
    words = text_of(spj)
    assert "dikecualikan" in words
    assert f"Rapat mendadak ({office.ppk.name}, Pejabat pembuat komitmen (PPK)" in words


def text_of(document: Document) -> str:
    from io import BytesIO

    from pypdf import PdfReader

    from epeken.core.files.uploads import read_private

    document.refresh_from_db()
    pages = PdfReader(BytesIO(read_private(document.file))).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def test_a_waiver_makes_the_pack_stale(office: Office) -> None:
    order = make.make_meeting(office)
    first = documents.request_spj(actor=office.treasurer, order=order, now=LATER)
    waive(office, order, "invitation", now=LATER + HOUR)
    assert documents.request_spj(actor=office.treasurer, order=order, now=LATER + 2 * HOUR) != first


def test_a_waiver_is_written_once_and_never_changed(office: Office) -> None:
    order = make.make_meeting(office)
    row = waive(office, order, "invitation")
    assert waive(office, order, "invitation", note="Lain") == row
    head = make.make.make_user(name="Kepala")
    make.membership(office.agency, head, OfficerRole.HEAD)
    with pytest.raises(InvalidMove):
        waive(office, order, "invitation", actor=head)
    for act in (lambda: SlotWaiver.objects.update(note="x"), lambda: SlotWaiver.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert SlotWaiver.objects.get().note == "Rapat mendadak"


@pytest.mark.parametrize("role", ["requester", "pp", "receiver", "treasurer"])
def test_only_the_ppk_or_head_waives(office: Office, role: str) -> None:
    order = make.make_meeting(office)
    with pytest.raises(NotAllowed):
        waive(office, order, "invitation", actor=getattr(office, role))
    assert not SlotWaiver.objects.exists()


@pytest.mark.parametrize("other", ["treasurer", "requester", "seller"])
def test_who_pays_asks_or_sells_does_not_waive_though_ppk(office: Office, other: str) -> None:
    order = make.make_meeting(office)
    person = {"treasurer": office.ppk, "requester": office.requester, "seller": make.member_of(order)}[other]
    make.membership(office.agency, person, OfficerRole.TREASURER if other == "treasurer" else OfficerRole.PPK)
    with pytest.raises(NotAllowed):
        waive(office, order, "invitation", actor=person)


def test_who_checked_an_invoice_of_the_order_does_not_waive_though_ppk_since(office: Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    make.invoice_of(order)
    order.invoices.update(verifier=office.ppk)
    with pytest.raises(NotAllowed):
        waive(office, order, "invitation")


def test_who_waived_pays_no_invoice_of_the_order(office: Office) -> None:
    """The head who waived yesterday and is treasurer today."""
    order = make.taken_over(office, make.make_meeting(office))
    make.bring(office, order, "attendance", "minutes")
    head = make.make.make_user(name="Kepala")
    held = make.membership(office.agency, head, OfficerRole.HEAD)
    waive(office, order, "invitation", actor=head)
    held.delete()
    make.membership(office.agency, head, OfficerRole.TREASURER)
    head = type(head).objects.get(pk=head.pk)
    with pytest.raises(NotAllowed):
        make.check(office, make.invoice_of(order), LATER + HOUR, actor=head)
    make.clear(office, make.invoice_of(order), LATER + HOUR)
    with pytest.raises(NotAllowed):
        make.pay(office, order, actor=head)


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"reason": "malas"}, RuleBroken), ({"reason": ""}, RuleBroken), ({"note": "  "}, RuleBroken),
        ({"kind": "other"}, InvalidMove), ({"kind": "attendance"}, InvalidMove), ({"kind": "bast"}, InvalidMove),
    ],
)  # fmt: skip
def test_what_is_no_empty_place_or_has_no_reason_is_not_waived(
    office: Office, over: dict[str, str], error: type[Exception]
) -> None:
    order = make.make_meeting(office)
    make.bring(office, order, "attendance")
    with pytest.raises(error):
        waive(office, order, **{"kind": "invitation", **over})
    assert not SlotWaiver.objects.exists()


def test_the_turn_is_of_who_brings_the_missing_paper(office: Office) -> None:
    """By account, event, day, waiver and upload as the file says it, until none lacks; then the treasurer's again."""
    order = make.taken_over(office, make.make_meeting(office, now=clock.now()))
    invoice = make.invoice_of(order)

    def turn(event: str = "") -> str:
        lacks = any(slot.is_empty for slot in slots.slots_of(Order.objects.get(pk=order.pk)))
        found = Order.objects.filter(pk=order.pk)
        who, task = turn_of_invoice(Invoice.objects.get(pk=invoice.pk))
        assert (task == Task.BRING) is lacks
        assert found.waiting_to(task, now=LATER).exists() and found.waiting_for(who, LATER).exists()
        assert Invoice.objects.of_treasurer().filter(pk=invoice.pk).exists() is not lacks
        # List, file, order and the seller's money name the same holder.
        row = Invoice.objects.filter(pk=invoice.pk).with_list().get()
        office_words = f"Menunggu berkas{event} dari pemesan"
        words = {Turn.REQUESTER: office_words, Turn.TREASURER: "Menunggu bendahara"}[Turn(who)]
        (shown,) = billing_pages.list_rows([row], LATER, frozenset())
        told = status.of(Order.objects.get(pk=order.pk), LATER)
        cells = billing_pages.file_cells(Invoice.objects.filter(pk=row.pk).with_list(), LATER)(row)
        assert (shown.state, cells[7], told.headline, told.chips[2].text) == (words,) * 4
        held = "Diperiksa bendahara" if who == Turn.TREASURER else words
        assert billing_pages.holder_words(row, LATER.date()).startswith(f"{held}, sejak ")
        listed = billing_pages.filtered(Invoice.objects.all(), {"keadaan": "berkas"}, LATER)
        assert listed.filter(pk=invoice.pk).exists() is lacks
        return who

    assert turn() == Turn.REQUESTER
    page = reverse("orders:order-detail", args=[order.number])
    assert "Giliran pemesan" in signed_in(office.treasurer).get(page).text
    assert "Daftar hadir" in signed_in(office.requester).get(reverse("site:agency-dashboard")).text
    make.bring(office, order, "attendance", "minutes")
    assert turn() == Turn.REQUESTER
    waive(office, order, "invitation")
    assert turn() == Turn.TREASURER
    brought = order.attachments.get(kind="minutes")
    documents.remove_attachment(actor=office.requester, attachment=brought, note="Salah berkas", now=LATER)
    assert order.request is not None
    assert turn(f" acara {short_date(order.request.event_at)}") == Turn.REQUESTER
    SlotRule.objects.filter(kind="minutes").update(valid_from=date(2099, 1, 1))
    assert turn() == Turn.TREASURER
    SlotRule.objects.filter(kind="minutes").update(valid_from=date(2021, 1, 1), account_prefix="5.1.02.01.01.005")
    assert turn() == Turn.TREASURER


def test_what_no_rule_lets_be_waived_is_brought(office: Office) -> None:
    SlotRule.objects.filter(kind="invitation").update(is_waivable=False)
    order = make.make_meeting(office)
    with pytest.raises(RuleBroken) as refused:
        waive(office, order, "invitation")
    assert refused.value.code == "not_waivable"


def test_the_page_offers_a_waiver_to_who_may_give_it(office: Office) -> None:
    inspector = make.make.make_staff("procurement.inspect_all")
    order = make.make_meeting(office, now=clock.now())
    page, address = (
        reverse("orders:order-detail", args=[order.number]),
        reverse("orders:slot-waive", args=[order.number, "invitation"]),
    )
    assert address in signed_in(office.ppk).get(page).text
    for other in (office.requester, office.treasurer, inspector):
        assert address not in signed_in(other).get(page).text
    client = signed_in(office.ppk)
    assert client.post(address, {"reason": "not_made", "note": ""}).status_code == 422
    assert client.post(address, {"reason": "not_made", "note": "Rapat mendadak"}).status_code == 302
    assert address not in client.get(page).text
    told = signed_in(inspector).get(page).text
    assert "Rapat mendadak" in told and office.ppk.name in told


def test_what_everybody_says_of_the_places_is_the_same(office: Office, run_jobs: Any) -> None:
    """The list on the page, the cover of the pack, the JSON and what keeps from paying."""
    order = make.taken_over(office, make.make_meeting(office))
    make.bring(office, order, "attendance")
    full = build.order_for_papers(order.pk)
    empty = {slot.label for slot in slots.slots_of(full) if slot.is_empty}
    assert empty
    listed = {e.label for e in entries_of(full, for_agency=True) if e.is_upload and e.is_missing}
    data = {AttachmentKind(r["kind"]).label for r in archive.purchase_data(full)["slots"] if r["state"] == "empty"}
    kept = {lack.name for lack in completeness.lacks_of(full, make.invoice_of(order))}
    assert empty == listed == data == kept
    spj = documents.request_spj(actor=office.treasurer, order=order, now=LATER)
    run_jobs()
    told = text_of(spj).partition("Belum ada: ")[2].partition(". Sesudah ada")[0]
    assert empty <= set(told.split(", "))


def test_the_page_of_one_paper_asks_for_that_paper_alone(office: make.Office) -> None:
    order = make.make_meeting(office)
    officer = signed_in(office.requester)
    address = reverse("orders:attachment-create", args=[order.number])
    page = officer.get(address, {"jenis": "attendance"}).content.decode()
    assert "Unggah daftar hadir" in page and "Notulen" not in page
    sent = {"kind": "attendance", "title": "", "file": make.photo()}
    assert officer.post(f"{address}?jenis=attendance", sent).status_code == 302
    assert order.attachments.get().kind == "attendance"
    assert "Notulen" in officer.get(address).content.decode()


def test_papers_of_an_event_wait_for_it(office: Office) -> None:
    """Nobody has a list of who came before they came: not asked for today, not late, and said from when."""
    order = make.taken_over(office, make.make_meeting(office))
    assert order.request is not None
    event, day = order.request.event_at, short_date(order.request.event_at)
    found = {slot.kind: slot for slot in slots.slots_of(order)}
    assert {kind for kind, slot in found.items() if slot.event_at is not None} <= set(AFTER_EVENT)
    assert (found["attendance"].event_at, found["invitation"].event_at) == (event, None)
    assert found["attendance"].is_before_event(event - HOUR) and not found["attendance"].is_before_event(event)
    assert not found["invitation"].is_before_event(LATER)
    said = {lack.name: lack.who for lack in completeness.lacks_of(order, make.invoice_of(order))}
    assert said["Daftar hadir"].endswith(f"sesudah acara {day}") and "acara" not in said["Undangan"]
    listed = " ".join(signed_in(office.requester).get(reverse("orders:order-detail", args=[order.number])).text.split())
    assert listed.count(f"wajib sebelum dibayar, sesudah acara {day}") == len(
        [slot for slot in found.values() if slot.is_empty and slot.kind in AFTER_EVENT]
    )


def test_a_bill_that_waits_for_an_event_is_nobodys_delay_before_it(office: Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    assert order.request is not None
    event = order.request.event_at
    read = lambda: Invoice.objects.with_lacks().get(order=order)  # noqa: E731
    step = lambda: next(one for one in steps_of(read_order(order), LATER) if one.what == Task.BRING)  # noqa: E731
    bill = read()
    assert bill.due_at < event
    # The invitation could be there.
    assert (standing.paper_words(bill), step().due) == ("Menunggu berkas dari pemesan", bill.due_at)
    empty = [slot.kind for slot in slots.slots_of(order) if slot.is_empty and slot.kind not in AFTER_EVENT]
    make.bring(office, order, *empty)
    for bill in (read(), make.invoice_of(order)):  # read with what it lacks, and asked for it
        assert standing.paper_words(bill) == f"Menunggu berkas acara {short_date(event)} dari pemesan"
    assert step().due == clock.end_of(clock.local_date(event))
    late = bill.due_at + DAY
    assert late < event
    (row,) = agency_day.lacking_papers(office.agency, late, brings=True).items
    assert row["title"].startswith(f"Daftar hadir (sesudah acara {short_date(event)})")
    assert "left" not in row and "now" not in row
    (row,) = agency_day.lacking_papers(office.agency, event + HOUR, brings=True).items
    assert "belum ada" in row["title"] and "Lewat" in row["left"] and row["now"]
    billing_notices.payment_near(make.invoice_of(order), now=LATER)
    told = Notification.objects.filter(kind="invoice.bring_near", person=office.requester).latest("pk")
    assert f"Daftar hadir (sesudah acara {short_date(event)})" in told.parameters["papers"]
    # Of an event before the last day to pay that day counts.
    PurchaseRequest.objects.filter(pk=order.request_id).update(event_at=MONDAY + DAY)
    assert step().due == bill.due_at
    # Of goods without a known event as for any other paper.
    PurchaseRequest.objects.filter(pk=order.request_id).update(event_at=None)
    assert standing.paper_words(read()) == "Menunggu berkas dari pemesan" and step().due == bill.due_at


def test_a_seller_is_promised_no_day_before_the_event_whose_papers_are_required(office: Office) -> None:
    order = make.taken_over(office, make.make_meeting(office))
    assert order.request is not None
    seller, event = make.member_of(order), order.request.event_at
    told = lambda: Notification.objects.filter(person=seller, kind__startswith="delivery.accepted").get()  # noqa: E731
    assert (told().kind, told().parameters["event"]) == (
        "delivery.accepted_before_event",
        make.local(event).isoformat(),
    )
    said = f"Dibayar sesudah berkas acara {short_date(event)} ada"
    for bill in (Invoice.objects.with_lacks().get(order=order), make.invoice_of(order)):
        clock_of = billing_pages.payment_clock(bill, LATER)
        assert clock_of is not None and clock_of.title == said
    late = billing_pages.payment_clock(bill, bill.due_at + DAY)
    assert late is not None and late.title != said
    money = seller_day.seller_money(order.seller, LATER)
    assert (money.moving_due, money.moving_event) == (None, make.local(event))
    # What can be there by the last day to pay is no reason for another day.
    PurchaseRequest.objects.filter(pk=order.request_id).update(event_at=bill.due_at - HOUR)
    assert standing.event_words(make.invoice_of(order)) == ""
    money = seller_day.seller_money(order.seller, LATER)
    assert (money.moving_due, money.moving_event) == (clock.last_day(bill.due_at), None)
    # Nor is what is there already.
    PurchaseRequest.objects.filter(pk=order.request_id).update(event_at=event)
    make.bring(office, order, *(slot.kind for slot in slots.slots_of(order) if slot.kind in AFTER_EVENT))
    assert standing.event_words(make.invoice_of(order)) == ""


def read_order(order: Order) -> Order:
    return Order.objects.prefetch_related(Prefetch("invoices", Invoice.objects.with_lacks())).get(pk=order.pk)


def test_what_will_be_required_is_said_from_the_draft_on(office: Office) -> None:
    """The same papers that then keep the bill from being paid; without an event an account of meals is doubted."""
    line = make_line(office.agency, year=office.line.year, account=Account.objects.get(code=make.MEALS))
    draft = make_request(office, [(make_product(), 1)], line=line, event_kind=EventKind.GOODS)
    client = signed_in(office.requester)
    address = reverse("procurement:request-detail", args=[draft.number])
    shown = client.get(address).text
    assert "Wajib sebelum dibayar: Daftar hadir<" in shown and "tanpa acara, tetapi mata anggaran ini meminta" in shown
    form = client.get(reverse("procurement:request-edit", args=[draft.number])).text
    names = slots.required_before_payment([make.MEALS], clock.local_date(MONDAY))
    for kind in EventKind:
        assert f"{kind.label}: {', '.join(name for name, _is_of_event in names[kind])}" in form
    sent = make.make_submitted(office, [(make_product(), 1)], line=line, event_kind=EventKind.MEETING)
    order = make.make_meeting(office, event_kind=EventKind.MEETING)
    asked = [slot.label for slot in slots.slots_of(order) if slot.is_empty]
    told = f"Wajib sebelum dibayar: {', '.join(asked)}<"
    assert told in signed_in(office.pp).get(reverse("procurement:approval-detail", args=[sent.number])).text
    assert told in client.get(reverse("procurement:request-detail", args=[sent.number])).text
    plain = make_request(office, [(make_product(), 1)], event_kind=EventKind.GOODS)
    assert "Wajib sebelum" not in client.get(reverse("procurement:request-detail", args=[plain.number])).text
