"""A payment of a compensation that was wrong is taken back by two people, then paid or recorded again."""

import zipfile
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.audit import checks as audit
from epeken.site.dashboards import agency_day
from orders.attestations import verifying
from orders.billing.models import Payment
from orders.compensations import lateness, pages
from orders.compensations.models import Compensation, CompensationPayment
from orders.compensations.services import reversing
from orders.documents import archive, build
from orders.orders import status
from orders.orders.models import Order
from orders.orders.services import reminders
from orders.oversight import money
from orders.oversight.flags import Flag, flags_of, with_flags
from orders.reversals import rules
from procurement.agencies.states import OfficerRole
from tests.factories import cancellations as cancelling
from tests.factories import compensations as owing
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR, Office
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
PAID = LATER + 3 * HOUR
ASKED = PAID + DAY


@pytest.fixture
def office() -> Office:
    return make.make_office()


@pytest.fixture
@kept
def owed(office: Office) -> Compensation:
    order = make.accepted(make.make_issued(office))
    row = cancelling.agreed(cancelling.claimed(cancelling.asked(order, office.pp)), office.ppk)
    return owing.charged(row, make.head_of(office), office.line, now=PAID - HOUR)


@pytest.fixture
def paid(office: Office, owed: Compensation) -> Compensation:
    return owing.paid(owed, office.treasurer, now=PAID, method="ls", reference="SP2D-1")


def of(row: Compensation) -> Compensation:
    found: Compensation = Compensation.objects.get(pk=row.pk)
    return found


def undone(paid: Compensation, office: Office, **over: Any) -> Compensation:
    asked = owing.asked(paid.payments.get(), office.treasurer, now=ASKED, **over)
    owing.released(asked, make.head_of(office), now=ASKED + HOUR)
    return of(paid)


def returned(**over: Any) -> dict[str, Any]:
    return {"reason": "returned", "returned_on": clock.local_date(ASKED), "proof": make.photo(), **over}


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind, read_at=None).values_list("person", flat=True))


def whole(order: Any) -> None:
    balanced()
    assert [check.code for check in audit.checks() if check.rows()] == []
    assert list(verifying.verify(order.number)) == []


def test_money_that_was_sent_is_recorded_anew_by_two_people(office: Office, paid: Compensation) -> None:
    """From the wrong number to the right one; the first payment, its proof and its reason stay to be read."""
    payment, head, order, key = paid.payments.get(), make.head_of(office), paid.order, new_key()
    page = reverse("orders:compensation-detail", args=[paid.number])
    for _press in range(2):
        asked = owing.asked(payment, office.treasurer, now=ASKED, key=key)
    assert told("invoice.reversal_asked") == {head.pk}
    assert page in desk(office, OfficerRole.HEAD, ASKED)
    text = signed_in(head).get(page).text
    assert "Seharusnya TRX-2" in text and "Simpan keputusan" in text
    seller = signed_in(make.member_of(order))
    assert "Seharusnya TRX-2" not in seller.get(page).text
    office.line.refresh_from_db()
    assert office.line.realised == 250_000, "until it is decided it stands"
    key = new_key()
    for _press in range(2):
        reversing.release_compensation_reversal(actor=head, reversal=asked, key=key, now=ASKED + HOUR)
    row = of(paid)
    office.line.refresh_from_db()
    assert (row.state, row.paid_on, row.correcting, office.line.committed, office.line.realised) == (
        "charged", None, payment, 250_000, 0,
    )  # fmt: skip
    days = rules.CORRECTED_WITHIN.on(make.local(ASKED))
    assert row.due_at == max(paid.due_at, clock.due_after_working_days(ASKED + HOUR, days))
    assert not told("invoice.reversal_asked") and make.member_of(order).pk in told(
        "cancellation.compensation_corrected"
    )
    for client in (seller, signed_in(head)):
        text = client.get(page).text
        assert "Uang sudah dikirim, catatannya dibetulkan" in text and "SP2D-1" in text and "Salah nomor bukti" in text
    text = signed_in(office.treasurer).get(page).text
    assert 'value="SP2D-1"' not in text, "the wrong number is not offered again"
    whole(order)
    again = {"method": "ls", "reference": "SP2D-2", "paid_on": payment.paid_on, "proof": make.photo(colour="#112233")}
    owing.paid(row, office.treasurer, now=ASKED + DAY, **again)
    assert of(paid).correcting is None
    papers = build.order_for_papers(order.pk)
    said = archive.purchase_data(papers)
    assert said["compensation"]["payment"]["reference"] == "SP2D-2"
    assert [one["reference"] for one in said["compensation"]["reversed_payments"]] == ["SP2D-1"]
    assert {("compensation_reversal", "release"), ("compensation", "reverse")} <= {
        (act["noun"], act["action"]) for act in said["acts"]
    }
    assert payment.proof_sha256 not in {paper["sha256"] for paper in said["attachments"]}
    with zipfile.ZipFile(archive.write_zip(papers)) as bundle:
        assert f"{order.number}/dibatalkan/bukti-bayar-01.jpg" in bundle.namelist()
    whole(order)


def desk(office: Office, role: str, now: datetime) -> list[str]:
    found = agency_day.groups(office.agency, [role], now, reads_all=False)
    return [item["href"] for group in found for item in group.items]


def test_who_counts_what_was_paid_and_who_inspects_meet_it(office: Office, paid: Compensation) -> None:
    """The realisation adds up to the budget with it; the list of payments names it while it is to be paid."""
    treasurer, realised = signed_in(office.treasurer), reverse("orders:realisation-list")
    text = treasurer.get(realised).text
    assert "Ganti rugi Rp250.000" in text and paid.number in text
    file = treasurer.get(realised, {"unduh": "csv"}).content.decode("utf-8-sig").splitlines()
    row = dict(zip(file[0].split(";"), file[1].split(";"), strict=True))
    assert (row["Nomor tagihan"], row["Jumlah belanja"], row["Nomor bukti"]) == (paid.number, "250000", "SP2D-1")
    flags = lambda: flags_of(with_flags(Order.objects.filter(pk=paid.order_id), ASKED).get())  # noqa: E731
    assert Flag.REVERSED not in flags()
    assert paid.number not in treasurer.get(reverse("orders:treasurer")).text
    undone(paid, office)
    assert Flag.REVERSED in flags()
    assert paid.number in treasurer.get(reverse("orders:treasurer")).text
    assert paid.number not in treasurer.get(realised).text
    page = treasurer.get(reverse("orders:compensation-detail", args=[paid.number])).text
    assert "Jangan kirim lagi" in page and "Rekening penjual hari ini" not in page


def test_who_asks_does_not_decide_and_each_says_why(office: Office, paid: Compensation) -> None:
    payment, head = paid.payments.get(), make.head_of(office)
    for wrong, code in (
        ({"note": " "}, "note_missing"), ({"reason": "amount"}, "reason_unknown"),
        (returned(proof=None), "proof_missing"),
        (returned(returned_on=payment.paid_on - DAY), "returned_on_outside"),
    ):  # fmt: skip
        refused(RuleBroken, lambda w=wrong: owing.asked(payment, office.treasurer, now=ASKED, **w), code=code)
    for actor in (head, office.ppk, make.member_of(paid.order)):
        refused(NotAllowed, lambda a=actor: owing.asked(payment, a, now=ASKED))
    asked = owing.asked(payment, office.treasurer, now=ASKED)
    make.membership(office.agency, office.treasurer, OfficerRole.HEAD)
    for actor in (office.treasurer, office.ppk):
        refused(NotAllowed, lambda a=actor: owing.released(asked, a, now=ASKED))
    refused(InvalidMove, lambda: owing.asked(payment, office.treasurer, now=ASKED))
    given = {"reversal": asked, "now": ASKED}
    refused(
        RuleBroken, lambda: reversing.refuse_compensation_reversal(actor=head, note=" ", **given), code="note_missing"
    )
    reversing.refuse_compensation_reversal(actor=head, note="Nomornya benar", **given)
    again = owing.asked(payment, office.treasurer, now=ASKED)
    reversing.withdraw_compensation_reversal(actor=office.treasurer, reversal=again, note="Keliru", now=ASKED)
    refused(InvalidMove, lambda: owing.released(again, head, now=ASKED))
    assert of(paid).state == "paid"
    # The books of its year are closed.
    late = ASKED + timedelta(days=200)
    refused(RuleBroken, lambda: owing.asked(payment, office.treasurer, now=late), code="year_closed")
    whole(paid.order)


def test_money_that_came_back_is_late_as_before_and_its_number_is_used(office: Office, paid: Compensation) -> None:
    row = undone(paid, office, **returned())
    assert (row.correcting, row.due_at) == (None, paid.due_at)
    page = reverse("orders:compensation-detail", args=[paid.number])
    assert "Pembayaran dibatalkan, menunggu dibayar lagi" in signed_in(make.member_of(paid.order)).get(page).text
    given = {"now": ASKED + DAY, "method": "ls"}
    refused(RuleBroken, lambda: owing.paid(row, office.treasurer, reference="sp2d-1", **given), code="reference_used")
    owing.paid(row, office.treasurer, reference="SP2D-2", **given)
    whole(paid.order)


def test_a_number_means_one_day_and_a_transfer_one_shop_whatever_it_pays(office: Office, owed: Compensation) -> None:
    """Bills and compensations share the numbers of their department."""
    bill = make.cleared(office, make.make_issued(office))
    day = make.local(PAID)
    owing.paid(owed, office.treasurer, now=PAID, reference="TRX-9")
    later = PAID + 3 * DAY
    given = {"now": later, "paid_on": make.local(later)}
    refused(RuleBroken, lambda: make.pay(office, bill, method="transfer", reference="trx-9", **given), "reference_used")
    other = make.cleared(office, make.make_issued(office))
    make.pay(office, other, method="ls", reference="SP2D-5", **given)
    owing.asked(CompensationPayment.objects.get(), office.treasurer, now=later)
    undo = owed.payments.get().reversal
    owing.released(undo, make.head_of(office), now=later)
    again = {"now": later, "method": "ls", "reference": "SP2D-5"}
    refused(RuleBroken, lambda: owing.paid(of(owed), office.treasurer, paid_on=day, **again), "reference_of_other_day")
    owing.paid(of(owed), office.treasurer, **again)
    assert Payment.objects.filter(reference="SP2D-5").count() == 1
    whole(owed.order)


def test_whoever_holds_it_is_reminded_before_and_after_its_last_day(office: Office, owed: Compensation) -> None:
    """And where nobody acts, desk after desk hears of it on the days of late bills, each person once."""
    head, treasurer = make.head_of(office), office.treasurer
    for _run in range(2):
        reminders.remind_ahead(now=owed.due_at - HOUR)
    near = Notification.objects.filter(kind="cancellation.compensation_near")
    assert list(near.values_list("person", flat=True)) == [treasurer.pk]
    lateness.climb(now=owed.due_at - HOUR)
    assert not told("cancellation.compensation_late")
    page = reverse("orders:compensation-detail", args=[owed.number])
    at = [page in desk(office, OfficerRole.HEAD, now) for now in (owed.due_at - HOUR, owed.due_at)]
    assert at == [False, True]
    for _run in range(2):
        lateness.climb(now=owed.due_at)
    assert told("cancellation.compensation_late") == {treasurer.pk}
    lateness.climb(now=owed.due_at + 60 * DAY)
    assert told("cancellation.compensation_late") == {treasurer.pk, head.pk}
    assert Notification.objects.filter(kind="cancellation.compensation_late").count() == 2
    row = owing.paid(of(owed), treasurer, now=owed.due_at + 61 * DAY)
    assert not told("cancellation.compensation_late")
    assert lateness.climb(now=owed.due_at + 62 * DAY) == 0
    # One that nobody has named a line for is the head's.
    order = make.accepted(make.make_issued(office))
    other = cancelling.agreed(cancelling.claimed(cancelling.asked(order, office.pp)), office.ppk)
    lateness.climb(now=other.due_at)
    assert told("cancellation.compensation_late") == {head.pk}
    assert row.state == "paid"


def test_the_inspectorate_finds_what_it_counts_also_before_the_head_named_a_line(office: Office) -> None:
    order = make.accepted(make.make_issued(office))
    row = cancelling.agreed(cancelling.claimed(cancelling.asked(order, office.pp)), office.ppk)
    assert money.waiting(clock.now())[office.agency.pk][money.COMPENSATION] == money.Waiting(1, row.amount)
    inspector = signed_in(goods.make_staff("procurement.inspect_all"))
    address = f"{reverse('orders:treasurer')}?dinas={office.agency.pk}#ganti-rugi"
    assert f'href="{address}"' in inspector.get(reverse("site:inspector-dashboard")).text
    listed = inspector.get(address).text
    assert 'id="ganti-rugi"' in listed and row.number in listed and row.get_state_display() in listed
    assert inspector.get(reverse("orders:compensation-detail", args=[row.number])).status_code == 200
    assert row.number not in signed_in(office.treasurer).get(reverse("orders:treasurer")).text  # nothing to pay yet


def test_past_its_end_every_page_says_so_and_the_inspectorate_counts_it(office: Office, owed: Compensation) -> None:
    end, before = owed.due_at, owed.due_at - HOUR
    assert pages.late_words(owed, before) == pages.turn_words(owed) and not pages.is_late(owed, before)
    assert pages.late_words(owed, end).startswith(f"{pages.turn_words(owed)}, lewat batas")
    order = Order.objects.get(pk=owed.order_id)
    assert [("lewat batas" in status.of(order, now).chips[2].note) for now in (before, end)] == [False, True]
    assert (money.waiting(before), money.waiting(end)) == (
        {},
        {office.agency.pk: {money.COMPENSATION: money.Waiting(1, owed.amount)}},
    )
    assert end <= clock.now(), "the pages below read the clock"
    for address in (
        reverse("orders:compensation-detail", args=[owed.number]),
        reverse("orders:order-detail", args=[order.number]),
        reverse("orders:treasurer"),
    ):
        assert "lewat batas" in signed_in(office.treasurer).get(address).text.lower()
    inspector = signed_in(goods.make_staff("procurement.inspect_all"))
    assert "1 ganti rugi" in inspector.get(reverse("site:inspector-dashboard")).text
    text = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).text
    assert "ganti ruginya harus dibayar" in text
    row = owing.paid(owed, office.treasurer, now=PAID)
    assert not pages.is_late(row, end + 60 * DAY) and money.waiting(end + 60 * DAY) == {}
    text = signed_in(office.treasurer).get(reverse("orders:order-detail", args=[order.number])).text
    assert "ganti ruginya sudah dibayar" in text
    # Money that was sent, and is recorded anew, waits for nobody to send it.
    undone(row, office)
    assert money.waiting(end + 60 * DAY) == {}


def test_the_shop_reads_what_is_agreed_due_and_paid_beside_its_money(office: Office, owed: Compensation) -> None:
    seller = signed_in(make.member_of(owed.order))
    money, month = reverse("site:seller-money"), reverse("orders:sales") + f"?bulan={make.local(PAID):%Y-%m}"
    page = reverse("orders:compensation-detail", args=[owed.number])
    text = seller.get(money).text
    assert page in text and "Rp250.000" in text and "Menunggu dibayar bendahara" in text
    assert "Ganti rugi belum dibayar" in seller.get(month).text
    owing.paid(owed, office.treasurer, now=PAID)
    assert "Dibayar " in seller.get(money).text
    text = seller.get(month).text
    assert "Ganti rugi dibayar bulan ini" in text and "Ganti rugi belum dibayar" not in text
