"""What a department agreed to owe is charged by its head, paid by its treasurer with proof, and told everywhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.audit import checks as audit
from epeken.site.dashboards import agency_day
from orders.attestations import verifying
from orders.compensations.models import Compensation
from orders.compensations.states import CompensationState
from orders.documents import archive, build
from orders.orders.errors import RoleAlreadyHeld
from orders.orders.models import Order
from procurement.agencies.states import OfficerRole
from tests.factories import cancellations as cancelling
from tests.factories import compensations as owing
from tests.factories import identity as changes
from tests.factories import orders as make
from tests.factories import umkm as goods
from tests.factories.cancellations import LATER
from tests.factories.orders import DAY, HOUR
from tests.factories.procurement import make_line
from tests.factories.users import signed_in
from tests.kept_steps import kept
from tests.orders.books import balanced, refused
from umkm.identity import services as identity
from umkm.verification.models import DocumentView

pytestmark = pytest.mark.django_db
AFTER = LATER + 2 * HOUR
THAT_DAY = clock.local_date(AFTER)


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


@pytest.fixture
@kept
def owed(office: make.Office) -> Compensation:
    order = make.accepted(make.make_issued(office))
    return cancelling.agreed(cancelling.claimed(cancelling.asked(order, office.pp)), office.ppk)


def charge(row: Compensation, office: make.Office, **over: Any) -> Compensation:
    given = {"head": make.head_of(office), "line": office.line, "now": AFTER, **over}
    return owing.charged(row, **given)


def pay(row: Compensation, office: make.Office, **over: Any) -> Compensation:
    given = {"treasurer": office.treasurer, "now": AFTER + HOUR, "paid_on": THAT_DAY, **over}
    return owing.paid(row, **given)


def waits(office: make.Office, role: str) -> list[str]:
    found = agency_day.groups(office.agency, [role], AFTER, reads_all=False)
    return [item["href"] for group in found for item in group.items]


def told(kind: str) -> set[int]:
    return set(Notification.objects.filter(kind=kind).values_list("person", flat=True))


def test_from_the_agreement_to_the_money_with_its_proof(office: make.Office, owed: Compensation) -> None:
    order = owed.order
    page, head = reverse("orders:compensation-detail", args=[owed.number]), make.head_of(office)
    assert (owed.state, owed.amount, owed.cancellation.answer) == ("agreed", 250_000, "Bahannya terlanjur dibeli")
    assert page in waits(office, OfficerRole.HEAD) and page not in waits(office, OfficerRole.TREASURER)
    assert told("cancellation.compensation_agreed") == {head.pk}
    for _press in range(2):  # a double click binds once
        owed = charge(owed, office)
    office.line.refresh_from_db()
    assert (owed.state, office.line.committed, office.line.realised) == ("charged", 250_000, 0)
    assert page in waits(office, OfficerRole.TREASURER) and page not in waits(office, OfficerRole.HEAD)
    ledger = signed_in(head).get(reverse("procurement:budget-detail", args=[office.line.pk])).text
    assert ledger.count(page) == 2  # held and bound; each opens its paper
    assert told("cancellation.compensation_charged") == {office.treasurer.pk}
    balanced()
    key = new_key()
    for _press in range(2):
        owed = pay(owed, office, key=key)
    office.line.refresh_from_db()
    assert (owed.state, office.line.committed, office.line.realised) == ("paid", 0, 250_000)
    assert page not in waits(office, OfficerRole.TREASURER)
    assert make.member_of(order).pk in told("cancellation.compensation_paid")
    balanced()
    assert [check.code for check in audit.checks() if check.rows()] == []
    assert list(verifying.verify(order.number)) == []
    said = archive.purchase_data(build.order_for_papers(order.pk))
    sha256 = owed.payments.get().proof_sha256
    assert said["compensation"]["payment"]["proof_sha256"] == sha256
    assert sha256 in {paper["sha256"] for paper in said["attachments"]}
    refused(InvalidMove, lambda: pay(owed, office))
    refused(InvalidMove, lambda: charge(owed, office, line=make_line(office.agency, year=2026)))


def test_who_may_and_who_may_not(office: make.Office, owed: Compensation) -> None:
    for actor in (office.ppk, office.treasurer, goods.make_user()):
        refused(NotAllowed, lambda a=actor: charge(owed, office, head=a))
    refused(InvalidMove, lambda: pay(owed, office))  # no budget bears it yet
    charge(owed, office)
    for actor in (office.ppk, make.head_of(office), make.member_of(owed.order)):
        refused(NotAllowed, lambda a=actor: pay(owed, office, treasurer=a))
    # One who agreed to it and was made treasurer since.
    make.membership(office.agency, office.ppk, OfficerRole.TREASURER)
    refused(RoleAlreadyHeld, lambda: pay(owed, office, treasurer=office.ppk))


def test_only_a_line_of_this_department_and_year_with_room(office: make.Office, owed: Compensation) -> None:
    for line, code in (
        (make_line(make.make_office().agency, year=2026, rup_id="1"), "line_unknown"),
        (make_line(office.agency, year=2027, rup_id="2"), "line_unknown"),
        (make_line(office.agency, year=2026, rup_id=""), "line_unknown"),
        (make_line(office.agency, year=2026, rup_id="3", pagu=249_999), "budget_short"),
    ):
        refused(RuleBroken, lambda x=line: charge(owed, office, line=x), code=code)
    exact = make_line(office.agency, year=2026, rup_id="4", pagu=250_000)
    charge(owed, office)
    charge(owed, office, line=exact)  # another one instead: the first is free again
    office.line.refresh_from_db()
    exact.refresh_from_db()
    assert (office.line.committed, exact.committed, exact.available) == (0, 250_000, 0)
    balanced()


def test_a_payment_has_its_number_its_day_and_its_proof(office: make.Office, owed: Compensation) -> None:
    charge(owed, office)
    for wrong, code in (
        ({"method": "kkpd"}, "method_unknown"), ({"reference": " "}, "reference_missing"),
        ({"paid_on": THAT_DAY - DAY}, "paid_on_outside"), ({"paid_on": THAT_DAY + DAY}, "paid_on_outside"),
        ({"proof": None}, "proof_missing"),
    ):  # fmt: skip
        refused(RuleBroken, lambda w=wrong: pay(owed, office, **w), code=code)
    # The year of its line ended: the head names one of the new year first.
    later = AFTER + timedelta(days=130)
    given = {"now": later, "paid_on": clock.local_date(later)}
    refused(RuleBroken, lambda: pay(owed, office, **given), code="year_over")
    charge(owed, office, line=make_line(office.agency, year=2027, rup_id="5"), now=later)
    assert pay(owed, office, **given).state == CompensationState.PAID
    balanced()


def test_the_pages_say_it_to_both_sides(office: make.Office, owed: Compensation) -> None:
    order = owed.order
    page = reverse("orders:compensation-detail", args=[owed.number])
    of_order = reverse("orders:order-detail", args=[order.number])
    head, seller = signed_in(make.head_of(office)), signed_in(make.member_of(order))
    for client in (head, seller):
        text = client.get(of_order).text
        assert "Ganti rugi Rp250.000" in text and page in text
        assert "idak ada yang dibayar" not in text
    assert "Simpan mata anggaran" in head.get(page).text and "Simpan mata anggaran" not in seller.get(page).text
    assert order.seller.bank_account not in head.get(page).text + seller.get(page).text
    assert signed_in(goods.make_user()).get(page).status_code == 404
    with pytest.raises(DomainError):
        pay(owed, office)
    assert Order.objects.get(pk=order.pk).commitment.state == "void"


def test_who_pays_reads_the_account_and_the_shop_reads_who_did(office: make.Office, owed: Compensation) -> None:
    shop = owed.order.seller
    page = reverse("orders:compensation-detail", args=[owed.number])
    treasurer = signed_in(office.treasurer)
    assert shop.bank_account not in treasurer.get(page).text  # nothing to pay yet
    charge(owed, office)
    assert not DocumentView.objects.exists()
    assert shop.bank_account in treasurer.get(page).text
    look = DocumentView.objects.get()
    assert (look.viewer, look.what, look.reference, look.purpose) == (
        office.treasurer, "bank_account", owed.number, "payment",
    )  # fmt: skip


def test_an_account_its_owner_denies_is_not_paid_to(office: make.Office, owed: Compensation, verifier: Any) -> None:
    charge(owed, office)
    change = changes.in_force(owed.order.seller, verifier, AFTER)
    identity.deny_change(change=change, now=AFTER)
    refused(RuleBroken, lambda: pay(owed, office), code="account_held")
    identity.uphold_change(actor=verifier, change=change, note="Benar pemiliknya", now=AFTER)
    assert pay(owed, office).state == CompensationState.PAID
