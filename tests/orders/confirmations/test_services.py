"""A seller confirms a BAST and money, objects, or says nothing: what is signed, what is stated, who is refused."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from epeken.core.canonical import fingerprint
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.notifications.models import Notification
from epeken.site.audit import checks
from orders.attestations import verifying
from orders.attestations.models import Attestation
from orders.confirmations import services
from orders.confirmations.models import SellerConfirmation
from orders.confirmations.states import ConfirmationState
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.disputes.models import Dispute
from orders.documents import build, schedule
from orders.documents.build import order_for_papers
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.services.reminders import remind_ahead
from orders.orders.states import SELLER_SIDE, OrderState
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.umkm import make_staff, make_user
from tests.kept_steps import kept
from tests.orders.books import balanced, refused, unchanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
@kept
def handed_over(office: Office) -> Order:
    return make.taken_over(office, make.make_issued(office))


@pytest.fixture
@kept
def paid(office: Office) -> Order:
    return undo.paid(office)


def stated(order: Order, kind: str) -> Any:
    """The newest edition of it, as it is laid out."""
    document = Document.objects.filter(order=order, kind=kind, replaced_at__isnull=True).latest("pk")
    found = order_for_papers(order.pk)
    return build.BUILDERS[kind](schedule.trail_for(document, found), document).data


def bast_words(order: Order) -> str:
    data = stated(order, DocumentKind.BAST)
    return "\n".join([data["opening"], data["statement"], *data["clauses"], *(s["note"] for s in data["signs"])])


def receipt_words(order: Order) -> str:
    data = stated(order, DocumentKind.KUITANSI)
    return "\n".join([*data["receipts"], *(s["note"] for s in data["signs-top"])])


# The BAST


def test_a_bast_names_no_signature_of_a_seller_who_said_nothing(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    data = stated(handed_over, DocumentKind.BAST)
    first, second = data["signs"]
    assert row.state == ConfirmationState.WAITING
    assert (first["event"], first["note"]) == (None, "Belum dikonfirmasi penjual")
    assert second["event"] is not None
    assert "yang bertanda tangan di bawah ini" not in data["opening"]
    assert "PIHAK PERTAMA mengirim dan PIHAK KEDUA menyatakan menerima" in data["statement"]


def test_a_confirmed_bast_states_person_role_time_and_what_was_confirmed(handed_over: Order, run_jobs: Any) -> None:
    row = word.of_bast(handed_over)
    shown, seller = word.edition(row), make.member_of(handed_over)
    row = word.confirmed(row)
    run_jobs()
    shown.refresh_from_db()
    assert (row.document_id, row.sha256) == (shown.pk, shown.stated_sha256)
    first = stated(handed_over, DocumentKind.BAST)["signs"][0]
    assert (first["name"], first["acted_as"], first["at"]) == (seller.name, SELLER_SIDE, row.changed_at.isoformat())
    current = Document.objects.get(order=handed_over, kind=DocumentKind.BAST, replaced_at__isnull=True)
    assert current.pk != shown.pk
    signature = current.signatures.get(role="PIHAK PERTAMA")
    act = Attestation.objects.get(event=signature.event)
    assert (act.person_id, act.acted_as, act.order_id) == (seller.pk, SELLER_SIDE, handed_over.pk)
    assert list(verifying.verify(handed_over.number)) == []
    words = bast_words(handed_over)
    assert "kami yang bertanda tangan di bawah ini" in words
    assert row.sha256[:16] in words


def test_what_is_confirmed_before_the_job_ran_has_the_hash_the_job_stores(handed_over: Order, run_jobs: Any) -> None:
    row = word.of_bast(handed_over)
    shown = word.edition(row)
    assert shown.made_at is None
    early = build.stated_sha256(shown)
    word.confirmed(row)
    run_jobs()
    shown.refresh_from_db()
    assert shown.stated_sha256 == early == SellerConfirmation.objects.get(pk=row.pk).sha256


def test_a_page_older_than_the_document_signs_nothing(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    with unchanged():
        refused(InvalidMove, lambda: word.confirmed(row, edition=word.edition(row).pk - 1))


def test_a_second_click_signs_nothing_more(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    shown = word.edition(row).pk
    word.confirmed(row)
    with unchanged():
        word.confirmed(row, edition=shown, now=row.changed_at + 2 * HOUR)


def test_only_the_seller_confirms(office: Office, handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    for stranger in (office.receiver, office.treasurer, make_user()):
        with unchanged():
            refused(NotAllowed, lambda stranger=stranger: word.confirmed(row, actor=stranger))


def test_silence_is_stated_with_its_day_and_signs_nothing(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    assert services.lapse_overdue(now=row.due_at - timedelta(minutes=1)) == 0
    assert services.lapse_overdue(now=row.due_at + timedelta(minutes=1)) == 1
    assert "Penjual tidak menanggapi sampai" in bast_words(handed_over)
    assert stated(handed_over, DocumentKind.BAST)["signs"][0]["event"] is None
    assert services.lapse_overdue(now=row.due_at + DAY) == 0


def test_silence_keeps_no_money_back(office: Office, handed_over: Order) -> None:
    invoice = make.invoice_of(handed_over)
    due = invoice.due_at
    row = word.of_bast(handed_over)
    services.lapse(row=row, now=row.due_at + HOUR)
    make.clear(office, invoice)
    make.pay(office, handed_over)
    invoice.refresh_from_db()
    assert (invoice.due_at, invoice.outstanding) == (due, 0)
    handed_over.refresh_from_db()
    assert handed_over.state == OrderState.FINISHED


def test_a_word_after_the_end_still_counts_from_its_own_moment(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    row = services.lapse(row=row, now=row.due_at + HOUR)
    row = word.confirmed(row, now=row.due_at + DAY)
    words = bast_words(handed_over)
    assert row.state == ConfirmationState.CONFIRMED
    assert "tidak menanggapi" not in words
    assert stated(handed_over, DocumentKind.BAST)["signs"][0]["at"] == row.changed_at.isoformat()


def test_an_objection_opens_the_complaint_and_the_bast_says_so(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    now = row.changed_at + HOUR
    said = {"actor": make.member_of(handed_over), "row": row, "complaint": "Jumlahnya keliru", "now": now}
    row = services.object_to_bast(**said)
    dispute = Dispute.objects.get(order=handed_over)
    assert (dispute.opened_by_seller, dispute.complaint) == (True, "Jumlahnya keliru")
    assert row.state == ConfirmationState.OBJECTED
    assert "PIHAK PERTAMA berkeberatan" in bast_words(handed_over)
    with unchanged():  # a second click
        services.object_to_bast(**said)


def test_an_objection_without_words_changes_nothing(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    said = {"actor": make.member_of(handed_over), "row": row, "complaint": " ", "now": row.changed_at + HOUR}
    with unchanged():
        refused(RuleBroken, lambda: services.object_to_bast(**said), "complaint_missing")


def test_an_objection_after_payment_is_stated_and_opens_nothing(office: Office, paid: Order) -> None:
    row = word.of_bast(paid)
    said = {"actor": make.member_of(paid), "row": row, "complaint": "Jumlahnya keliru", "now": row.due_at - HOUR}
    row = services.object_to_bast(**said)
    assert (row.state, row.said) == (ConfirmationState.OBJECTED, "Jumlahnya keliru")
    assert not Dispute.objects.filter(order=paid).exists()
    paid.refresh_from_db()
    assert paid.state == OrderState.FINISHED
    assert "sesudah tagihannya dibayar: “Jumlahnya keliru”" in bast_words(paid)
    told = Notification.objects.filter(kind="delivery.paid_objection")
    people = {office.receiver.pk, office.treasurer.pk, make.head_of(office).pk}
    assert people <= set(told.values_list("person_id", flat=True))
    with unchanged():  # a second click
        services.object_to_bast(**said)
    word.confirmed(row)
    assert not told.filter(read_at__isnull=True).exists()
    balanced()


def test_an_objection_after_payment_ends_with_the_stated_day(paid: Order) -> None:
    row = word.of_bast(paid)
    assert services.lapse_overdue(now=row.due_at + HOUR) >= 1
    said = {"actor": make.member_of(paid), "row": row, "complaint": "Jumlahnya keliru", "now": row.due_at + HOUR}
    with unchanged():
        refused(InvalidMove, lambda: services.object_to_bast(**said))


def test_an_objection_after_payment_without_words_changes_nothing(paid: Order) -> None:
    row = word.of_bast(paid)
    said = {"actor": make.member_of(paid), "row": row, "complaint": " ", "now": row.due_at - HOUR}
    with unchanged():
        refused(RuleBroken, lambda: services.object_to_bast(**said), "objection_missing")


def test_a_complaint_stops_the_sellers_time_and_gives_it_back(office: Office, handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    mend.opened(handed_over, office.receiver, now=row.changed_at + HOUR)
    assert services.lapse_overdue(now=row.due_at + HOUR) == 0
    dispute = Dispute.objects.get(order=handed_over)
    disputes.decide_dispute(actor=office.receiver, dispute=dispute, decision="Selesai", now=row.due_at + HOUR)
    later = SellerConfirmation.objects.get(pk=row.pk)
    assert later.due_at > row.due_at
    assert services.lapse_overdue(now=row.due_at + HOUR) == 0


def test_goods_accepted_by_silence_may_be_confirmed_by_the_seller(office: Office) -> None:
    order = make.make_issued(office)
    delivery = make.arrived(make.shipped(make.accepted(order)), office.receiver)
    deliveries.accept_by_silence(now=delivery.arrived_at + 30 * DAY)
    word.confirmed(word.of_bast(order))
    words = bast_words(order)
    assert "PIHAK PERTAMA menyatakan menyerahkan dan PIHAK KEDUA dianggap menerima" in words
    assert "yang bertanda tangan di bawah ini" not in words


def test_each_part_has_a_confirmation_of_its_own(office: Office) -> None:
    order = make.accepted(make.make_issued(office))
    line = order.lines.get()
    parts = []
    for n, quantity in enumerate((4, 6)):
        now = MONDAY + (1 + n) * DAY
        delivery = make.arrived(
            make.shipped(order, now=now, sent={line.pk: Decimal(quantity)}), office.receiver, now + HOUR
        )
        make.inspected(delivery, office.receiver, now=now + 2 * HOUR)
        deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now + 3 * HOUR)
        parts.append(delivery)
    word.confirmed(word.of_bast(order, parts[0]))
    assert word.of_bast(order, parts[1]).state == ConfirmationState.WAITING


def test_a_persons_order_asks_its_seller_for_nothing_more() -> None:
    order = mend.bought(make_user())
    assert not SellerConfirmation.objects.filter(order=order).exists()


def test_the_shop_is_reminded_before_its_silence_is_stated(handed_over: Order) -> None:
    row = word.of_bast(handed_over)
    kinds = Notification.objects.filter(kind="delivery.confirm_near")
    remind_ahead(now=row.due_at - HOUR)
    assert kinds.filter(person=make.member_of(handed_over)).count() == 1
    remind_ahead(now=row.due_at - HOUR / 2)
    assert kinds.filter(person=make.member_of(handed_over)).count() == 1


# The kuitansi


def test_a_kuitansi_of_money_that_was_sent_says_that_nobody_confirmed_it(paid: Order) -> None:
    data = stated(paid, DocumentKind.KUITANSI)
    receiver = data["signs-top"][1]
    assert (receiver["event"], receiver["note"]) == (None, "Belum dikonfirmasi penjual")
    assert "Belum dikonfirmasi penjual; ditunggu sampai" in receipt_words(paid)


def test_an_unpaid_kuitansi_states_no_receipt(handed_over: Order) -> None:
    receiver = stated(handed_over, DocumentKind.KUITANSI)["signs-top"][1]
    assert (receiver["event"], receiver["note"]) == (None, "Belum dibayar")


def test_a_confirmed_receipt_signs_the_kuitansi(paid: Order) -> None:
    row = word.confirmed(word.of_payment(paid))
    receiver = stated(paid, DocumentKind.KUITANSI)["signs-top"][1]
    assert (receiver["name"], receiver["at"]) == (make.member_of(paid).name, row.changed_at.isoformat())
    assert "Uang diterima menurut" in receipt_words(paid)
    assert list(verifying.verify(paid.number)) == []


def test_a_part_that_came_is_no_receipt_for_the_whole(office: Office) -> None:
    order = make.cleared(office, make.make_issued(office))
    make.pay(office, order, amount=100_000)
    word.confirmed(word.of_payment(order))
    data = stated(order, DocumentKind.KUITANSI)
    assert data["signs-top"][1]["event"] is None
    assert "Uang diterima menurut" in data["receipts"][0]
    make.pay(office, order, reference="SP2D-002/2026", now=MONDAY + 3 * DAY)
    data = stated(order, DocumentKind.KUITANSI)
    assert data["signs-top"][1]["event"] is None
    assert len(data["receipts"]) == 2
    word.confirmed(word.of_payment(order))
    assert stated(order, DocumentKind.KUITANSI)["signs-top"][1]["event"] is not None


def test_a_reversed_payments_receipt_is_none_any_more(office: Office, paid: Order) -> None:
    row = word.confirmed(word.of_payment(paid))
    undo.released(office, undo.asked(office, paid, now=row.changed_at + HOUR))
    row.refresh_from_db()
    assert row.state == ConfirmationState.VOID
    data = stated(paid, DocumentKind.KUITANSI)
    assert (data["receipts"], data["signs-top"][1]["event"]) == ([], None)
    with unchanged():
        refused(InvalidMove, lambda: services.deny_receipt(
            actor=make.member_of(paid), row=row, note="", now=row.changed_at + HOUR
        ))  # fmt: skip
    balanced()
    assert [result for result in checks.run() if result.findings] == []


def test_money_that_did_not_come_is_told_to_those_who_can_look(office: Office, paid: Order) -> None:
    head = make.head_of(office)
    row = word.denied(word.of_payment(paid), note="Rekening dicek Senin")
    told = set(Notification.objects.filter(kind="invoice.money_missing").values_list("person_id", flat=True))
    assert {office.treasurer.pk, head.pk} <= told
    assert row.trace_due_at is not None
    words = receipt_words(paid)
    assert "Penjual menyatakan uang belum masuk" in words
    assert "Bendahara menjawab paling lambat" in words
    with unchanged():  # a second click
        word.denied(row)


def told_of_silence() -> set[int]:
    return set(Notification.objects.filter(kind="invoice.money_unanswered").values_list("person_id", flat=True))


def test_a_treasurers_silence_about_missing_money_climbs_by_itself(office: Office, paid: Order) -> None:
    inspector, head = make_staff("procurement.inspect_all"), make.head_of(office)
    row = word.denied(word.of_payment(paid))
    said_at, first = row.changed_at, row.climbs_at
    assert first == row.trace_due_at
    assert services.climb_overdue(now=first - timedelta(seconds=1)) == 0
    assert services.climb_overdue(now=first) == 1
    assert services.climb_overdue(now=first) == 0  # two workers tell once
    row.refresh_from_db()
    assert (row.state, row.escalations, row.changed_at) == (ConfirmationState.OBJECTED, 1, said_at)
    assert told_of_silence() == {head.pk}
    assert Notification.objects.filter(kind="invoice.missing_passed_on").exists()
    assert services.climb_overdue(now=row.climbs_at) == 1
    assert told_of_silence() == {head.pk, inspector.pk}
    row.refresh_from_db()
    assert (row.escalations, row.climbs_at, row.trace_due_at) == (2, None, first)
    assert services.climb_overdue(now=first + timedelta(days=99)) == 0  # nobody is left to be told


def test_a_treasurer_who_answered_is_told_on_to_nobody(office: Office, paid: Order) -> None:
    row = word.denied(word.of_payment(paid))
    first = row.climbs_at
    services.answer_missing(actor=office.treasurer, row=row, note="Terkirim", now=row.changed_at + HOUR)
    assert services.climb_overdue(now=first + timedelta(days=99)) == 0
    assert told_of_silence() == set()


def test_the_treasurer_answers_and_the_seller_is_asked_again(office: Office, paid: Order) -> None:
    row = word.denied(word.of_payment(paid))
    now = row.changed_at + HOUR
    with unchanged():
        refused(NotAllowed, lambda: services.answer_missing(
            actor=office.receiver, row=row, note="Sudah", now=now
        ))  # fmt: skip
        refused(RuleBroken, lambda: services.answer_missing(
            actor=office.treasurer, row=row, note=" ", now=now
        ), "note_missing")  # fmt: skip
    row = services.answer_missing(actor=office.treasurer, row=row, note="Masuk Selasa ke rekening 221", now=now)
    assert (row.state, row.trace_due_at) == (ConfirmationState.WAITING, None)
    assert Notification.objects.filter(kind="invoice.missing_answered", person=make.member_of(paid)).count() == 1
    assert word.confirmed(row).state == ConfirmationState.CONFIRMED


def test_silence_about_money_is_no_receipt(paid: Order) -> None:
    row = word.of_payment(paid)
    services.lapse(row=row, now=row.due_at + HOUR)
    assert "itu bukan tanda terima" in receipt_words(paid)
    assert stated(paid, DocumentKind.KUITANSI)["signs-top"][1]["event"] is None


def test_what_was_confirmed_stays_what_it_was(handed_over: Order, run_jobs: Any) -> None:
    row = word.confirmed(word.of_bast(handed_over))
    run_jobs()
    SellerConfirmation.objects.filter(pk=row.pk).update(sha256=fingerprint({"other": "content"}))
    assert any("sha256" in one.what for one in verifying.verify(handed_over.number))
