"""Two at once, on real threads: a payment is reversed once, and never mixed up with one that is recorded."""

import pytest

from orders.billing.models import Payment
from orders.billing.states import InvoiceState
from orders.orders.models import Order
from orders.reversals import services
from orders.reversals.models import PaymentReversal
from orders.reversals.states import ReversalState
from procurement.budgets.models import BudgetEntry
from procurement.budgets.states import EntryKind
from tests.factories import orders as make
from tests.factories import reversals as undo
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.books import balanced
from tests.racing import together

pytestmark = pytest.mark.django_db(transaction=True)
NOW = MONDAY + 3 * DAY


@pytest.fixture
def office() -> make.Office:
    return make.make_office()


def test_two_requests(office: make.Office) -> None:
    order = undo.paid(office)
    said = together([lambda: undo.asked(office, order)] * 3)
    assert said == {"ok": 1, "invalid_move": 2}
    assert PaymentReversal.objects.count() == 1


def test_two_releases_and_a_refusal(office: make.Office) -> None:
    order = undo.paid(office)
    row, head = undo.asked(office, order), make.head_of(office)
    release = lambda: undo.released(office, row)  # noqa: E731
    refuse = lambda: services.refuse_reversal(actor=head, reversal=row, note="Benar", now=NOW + HOUR)  # noqa: E731
    said = together([release, refuse, release])
    assert said == {"ok": 1, "invalid_move": 2}
    row.refresh_from_db()
    is_open = row.state == ReversalState.RELEASED
    assert make.invoice_of(order).state == (InvoiceState.VERIFIED if is_open else InvoiceState.PAID)
    assert BudgetEntry.objects.filter(kind=EntryKind.REVERSE).count() == int(is_open)
    balanced()


def test_release_of_a_part_and_payment_of_the_rest(office: make.Office) -> None:
    """Whichever comes first, the invoice is paid by what stands of it, no more. Released first, the approval is gone
    and the rest is not paid."""
    order = make.cleared(office, make.make_issued(office))
    part = make.pay(office, order, amount=100_000)
    row = undo.asked(office, order, payment=part)
    rest = make.invoice_of(order).outstanding
    said = together(
        [
            lambda: undo.released(office, row),
            lambda: make.pay(office, order, amount=rest, reference="SP2D-2", now=NOW + HOUR),
        ]
    )
    assert said in ({"ok": 2}, {"ok": 1, "invalid_move": 1})
    invoice = make.invoice_of(order)
    left = 100_000 if said["ok"] == 2 else invoice.net
    assert (invoice.state, invoice.outstanding) == (InvoiceState.VERIFIED, left)
    assert Order.objects.get(pk=order.pk).state == "accepted"
    balanced()


def test_a_freed_number_is_used_once(office: make.Office) -> None:
    first, second, third = (make.cleared(office, make.make_issued(office)) for _n in range(3))
    make.pay(office, first, method="transfer", reference="TRX-9")
    undo.released(office, undo.asked(office, first))
    said = together(
        [
            lambda order=order: make.pay(office, order, method="transfer", reference="TRX-9", now=NOW + 2 * HOUR)  # type: ignore[misc]
            for order in (second, third)
        ]
    )
    assert said == {"ok": 1, "reference_used": 1}
    assert Payment.objects.standing().filter(reference="TRX-9").count() == 1
    balanced()
