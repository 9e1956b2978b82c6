"""An invoice keeps its account; whoever pays reads what became of it, and pays nobody who is denied."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import RuleBroken
from orders.billing import payee
from orders.billing.models import Payment
from orders.billing.services import correction
from tests.factories import identity as changes
from tests.factories import orders as make
from tests.factories import transfers
from tests.factories import umkm as goods
from tests.factories.orders import DAY, MONDAY, invoice_of
from tests.factories.users import signed_in
from umkm.identity import services
from umkm.identity.policies import as_of
from umkm.sellers.models import Seller
from umkm.verification.models import DocumentView

pytestmark = pytest.mark.django_db
THEN = MONDAY + 2 * DAY


@pytest.fixture
def office() -> Any:
    return make.make_office()


def shop_of(order: Any) -> Seller:
    return Seller.objects.get(pk=order.seller_id)


def read_again(order: Any) -> Any:
    return type(order).objects.get(pk=order.pk)


def test_an_invoice_of_the_hours_between_names_the_old_account(office: Any, verifier: Any) -> None:
    order = make.make_issued(office)
    old = order.seller.bank_account
    changes.approved(shop_of(order), verifier, THEN - timedelta(hours=1))
    order = make.cleared(office, read_again(order))
    assert invoice_of(order).seller_party.bank_account == old
    assert "akan berubah" in payee.account_words(invoice_of(order))


def test_the_account_is_asked_again_when_money_leaves(office: Any, verifier: Any) -> None:
    order = make.cleared(office, make.make_issued(office))
    old = invoice_of(order).seller_party.bank_account
    changes.in_force(shop_of(order), verifier, THEN)
    order = read_again(order)
    page = signed_in(office.treasurer).get(
        reverse("orders:payment-create", args=[order.number, invoice_of(order).number])
    )
    assert f"berakhiran {old[-4:]}" in page.text and old in page.text
    # The page names the whole account, so the seller can read who saw it.
    assert DocumentView.objects.filter(seller=shop_of(order), what="bank_account", viewer=office.treasurer).exists()
    with pytest.raises(RuleBroken, match="Cocokkan rekeningnya"):
        make.pay(office, order)
    assert not Payment.objects.exists()
    make.pay(office, order, account_confirmed=True)
    assert invoice_of(order).seller_party.bank_account == old


def test_nothing_is_asked_while_the_account_is_the_shops(office: Any, verifier: Any) -> None:
    order = make.cleared(office, make.make_issued(office))
    changes.proposed(shop_of(order), THEN)
    assert payee.account_words(invoice_of(read_again(order))) == ""
    make.pay(office, read_again(order))


def test_a_denied_account_is_not_paid_to_until_a_verifier_looked(office: Any, verifier: Any) -> None:
    order = make.make_issued(office, goods.make_product(price=50_000))
    change = changes.in_force(shop_of(order), verifier, MONDAY)
    order = make.cleared(office, read_again(order))
    assert invoice_of(order).seller_party.bank_account == "911122223333"
    services.deny_change(change=change, now=THEN)
    with pytest.raises(RuleBroken, match="menyangkal rekening"):
        make.pay(office, read_again(order))
    services.uphold_change(actor=verifier, change=change, note="Benar pemiliknya", now=THEN)
    make.pay(office, read_again(order))


def test_an_invoice_issued_anew_names_the_account_in_force(office: Any, verifier: Any) -> None:
    order = make.taken_over(office, make.make_issued(office))
    changes.in_force(shop_of(order), verifier, THEN)
    order = read_again(order)
    made = correction.reissue_invoice(
        actor=office.treasurer, invoice=invoice_of(order), reason="Rekening berubah", now=THEN
    )
    assert made.seller_party.bank_account == "911122223333"


def test_orders_placed_before_a_shop_passed_to_another_person_are_paid_to_who_took_them(
    office: Any, verifier: Any
) -> None:
    order = make.make_issued(office)
    shop, old, giver = shop_of(order), order.seller.bank_account, changes.owner_of(shop_of(order))
    change = transfers.passed(shop, goods.make_user(), THEN)
    order = make.cleared(office, read_again(order))
    party = invoice_of(order).seller_party
    assert (party.bank_account, party.owner_name) == (old, shop.owner_name)
    assert "beralih pemilik" in payee.account_words(invoice_of(order))
    shop.refresh_from_db()
    assert as_of(shop, change.applied_at).bank_account == transfers.ACCOUNT
    with pytest.raises(RuleBroken, match="Cocokkan rekeningnya"):
        make.pay(office, order)
    make.pay(office, order, account_confirmed=True)
    page = reverse("orders:earlier-orders", args=[change.pk])
    said = signed_in(giver).get(page).text
    assert order.number in said and f"••••{old[-4:]}" in said and "Dibayar" in said
    assert signed_in(change.successor).get(page).status_code == 404
