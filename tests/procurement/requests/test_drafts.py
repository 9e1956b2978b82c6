"""What may lie in a draft, and who writes in it."""

from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from procurement.requests import contents, obstacles
from procurement.requests.forms import RequestForm
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, drafts
from tests.factories import umkm as make
from tests.factories.procurement import HOUR, MONDAY, Office, make_request, values_for
from tests.orders.books import refused
from tests.pages import browse, words
from umkm.catalogue.states import ProductState, Unit
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


def put(office: Office, request: PurchaseRequest, product: Any, quantity: Any, **over: Any) -> Any:
    values = {"actor": office.requester, "note": "", "now": MONDAY, **over}
    return drafts.put_line(request=request, product=product, quantity=Decimal(quantity), **values)


def test_a_draft_gets_a_number_and_its_first_event(office: Office) -> None:
    request = drafts.create_request(actor=office.requester, agency=office.agency, values={"title": "Rapat"}, now=MONDAY)
    assert request.number.startswith("PM-2026-")
    assert [(e.action, e.to_state) for e in request.events.all()] == [("create", "draft")]


@pytest.mark.parametrize("who", ["pp", "ppk", "receiver", "treasurer", "head"])
def test_only_the_requester_membership_creates(office: Office, who: str) -> None:
    actor = getattr(office, who)
    refused(
        NotAllowed,
        lambda: drafts.create_request(actor=actor, agency=office.agency, values={"title": "Rapat"}, now=MONDAY),
    )


def test_a_requester_of_another_department_creates_nothing_here(office: Office, other_office: Office) -> None:
    refused(
        NotAllowed,
        lambda: drafts.create_request(
            actor=other_office.requester, agency=office.agency, values={"title": "Rapat"}, now=MONDAY
        ),
    )


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"title": "  "}, "title_missing"),
        ({"deliver_at": MONDAY - HOUR}, "deliver_past"),
        ({"attendees": 0}, "attendees"),
    ],
)
def test_saving_refuses(office: Office, over: dict[str, Any], code: str) -> None:
    request = make_request(office)
    refused(
        RuleBroken,
        lambda: drafts.save_request(actor=office.requester, request=request, values=over, now=MONDAY),
        code,
    )


def test_the_line_of_another_department_is_refused(office: Office, other_office: Office) -> None:
    request = make_request(office)
    values = {"line": other_office.line}
    refused(
        RuleBroken,
        lambda: drafts.save_request(actor=office.requester, request=request, values=values, now=MONDAY),
        "other_agency",
    )


def test_a_colleague_with_the_same_membership_cannot_write_in_it(office: Office) -> None:
    from tests.factories.procurement import make_officer

    colleague = make_officer("requester", office.agency)
    request = make_request(office)
    product = request.lines.get().product
    for act in (
        lambda: drafts.save_request(actor=colleague, request=request, values={"title": "X"}, now=MONDAY),
        lambda: put(office, request, product, 3, actor=colleague),
        lambda: drafts.remove_line(actor=colleague, request=request, product=product, now=MONDAY),
        lambda: drafts.refresh_prices(actor=colleague, request=request, now=MONDAY),
        lambda: decisions.submit_request(actor=colleague, request=request, key="a" * 32, now=MONDAY),
        lambda: decisions.withdraw_request(actor=colleague, request=request, now=MONDAY),
    ):
        refused(NotAllowed, act)


def test_a_line_keeps_price_name_and_exact_amount(office: Office) -> None:
    product = make.make_product(price=13_333, unit=Unit.KG, step=Decimal("0.25"), minimum=Decimal("0.5"))
    request = make_request(office, [])
    line = put(office, request, product, "1.25", note="Yang muda")
    assert (line.price, line.quantity, line.amount, line.note) == (13_333, Decimal("1.25"), 16_666, "Yang muda")
    assert request.sellers.get().delivery_cost == 10_000


@pytest.mark.parametrize(
    ("quantity", "code"), [("0.25", "below_minimum"), ("0.6", "off_step"), ("-1", "below_minimum")]
)
def test_minimum_and_step(office: Office, quantity: str, code: str) -> None:
    product = make.make_product(unit=Unit.KG, step=Decimal("0.25"), minimum=Decimal("0.5"))
    request = make_request(office, [])
    refused(RuleBroken, lambda: put(office, request, product, quantity), code)


@pytest.mark.parametrize("hidden", ["product", "seller"])
def test_what_is_not_for_sale_cannot_be_put_in(office: Office, hidden: str) -> None:
    product = (
        make.make_product(state=ProductState.HIDDEN)
        if hidden == "product"
        else make.make_product(make.make_seller(state=SellerState.FROZEN))
    )
    request = make_request(office, [])
    refused(RuleBroken, lambda: put(office, request, product, 1), "not_for_sale")


def test_nobody_buys_from_a_shop_of_their_own(office: Office) -> None:
    product = make.make_product(make.make_seller(member=office.requester))
    request = make_request(office, [])
    refused(RuleBroken, lambda: put(office, request, product, 1), "own_shop")


def test_the_last_line_takes_its_seller_along(office: Office) -> None:
    request = make_request(office)
    product = request.lines.get().product
    drafts.remove_line(actor=office.requester, request=request, product=product, now=MONDAY)
    drafts.remove_line(actor=office.requester, request=request, product=product, now=MONDAY)
    assert not request.lines.exists()
    assert not request.sellers.exists()


def test_goods_from_the_shop_window_add_up_in_the_newest_draft(office: Office) -> None:
    older, newest = make_request(office, []), make_request(office, [])
    product = make.make_product()
    for _time in range(2):
        line = drafts.add_to_draft(
            actor=office.requester, agency=office.agency, product=product, quantity=Decimal(3), note="", now=MONDAY
        )
    assert (line.request_id, line.quantity) == (newest.pk, 6)
    assert not older.lines.exists()


def test_without_a_draft_one_is_made_and_a_refusal_leaves_none(office: Office) -> None:
    product = make.make_product(minimum=Decimal(5))
    add = lambda quantity: drafts.add_to_draft(  # noqa: E731
        actor=office.requester, agency=office.agency, product=product, quantity=Decimal(quantity), note="", now=MONDAY
    )
    refused(RuleBroken, lambda: add(4), "below_minimum")
    assert not PurchaseRequest.objects.exists()
    assert add(5).request.title == product.name


@pytest.mark.parametrize("state", ["submitted", "approved", "rejected", "withdrawn"])
def test_a_sent_request_cannot_be_rewritten(office: Office, state: str) -> None:
    request = make_request(office, state=state)
    product = request.lines.get().product
    refused(InvalidMove, lambda: put(office, request, product, 3))
    refused(
        InvalidMove,
        lambda: drafts.save_request(actor=office.requester, request=request, values=values_for(office), now=MONDAY),
    )


def test_the_form_says_what_cannot_be_sent_without(office: Office) -> None:
    """Each field of a request that could be sent is emptied in turn: those that keep it from being sent say so."""
    request = make_request(office)
    needed = set()
    for name in RequestForm.base_fields.keys() - {"title", "shown"}:
        setattr(request, name, "" if isinstance(getattr(request, name), str) else None)
        held = contents.read(request, MONDAY)
        if any(item.is_missing for item in obstacles.obstacles(request, held, MONDAY, [], None)):
            needed.add(name)
        request.refresh_from_db()
    assert needed == set(RequestForm.BEFORE_SENDING)
    form = RequestForm(agency=office.agency, day=clock.local_date(MONDAY), current={})
    assert "wajib sebelum dikirim" in render_to_string("components/field.html", {"field": form["line"]})
    assert "wajib sebelum dikirim" not in render_to_string("components/field.html", {"field": form["purpose"]})


def test_more_of_the_same_keeps_the_note_to_the_seller(office: Office) -> None:
    product, request = make.make_product(price=1_000), make_request(office, [])
    put(office, request, product, 2, note="Tanpa kacang")
    more = {"actor": office.requester, "agency": office.agency, "product": product, "quantity": Decimal(1)}
    line = drafts.add_to_draft(**more, note=" ", now=MONDAY, number=request.number)
    assert (line.quantity, line.note) == (3, "Tanpa kacang")
    line = drafts.add_to_draft(**more, note="Pedas", now=MONDAY, number=request.number)
    assert (line.quantity, line.note) == (4, "Pedas")


def test_goods_meant_for_a_request_that_was_sent_go_into_no_other() -> None:
    now = clock.now()
    office = Office(now=now)
    sent = make_request(office, [(make.make_product(price=20_000), 10)], state="submitted", now=now)
    water = make.make_product(price=1_000, name="Air minum")
    page = browse(office.requester)
    values = {"product": water.pk, "quantity": "1", "note": ""}
    answer = page.post(reverse("procurement:request-goods", args=[sent.number]), values)
    assert answer.status_code == 409
    assert f"{sent.number} bukan draf Anda lagi, jadi Air minum tidak ditambahkan." in words(answer)
    assert list(PurchaseRequest.objects.all()) == [sent]
    # Without a request named, a new draft is meant.
    assert page.post(reverse("procurement:request-line-add"), values).status_code == 302
    assert PurchaseRequest.objects.count() == 2


def test_a_request_that_came_back_counts_what_is_written_now() -> None:
    now = clock.now()
    office = Office(now=now)
    goods = [(make.make_product(price=20_000), 40)]
    request = make_request(office, goods, state="submitted", now=now, attendees=40)
    decisions.send_back_request(actor=office.pp, request=request, note="Ubah", now=now)
    line = request.lines.get()
    drafts.put_line(
        actor=office.requester, request=request, product=line.product, quantity=Decimal(80), note="", now=now
    )
    page = words(browse(office.requester).get(reverse("procurement:request-detail", args=[request.number])))
    assert "Rp40.250 per orang" in page
    assert "Rp20.250 per orang" not in page
