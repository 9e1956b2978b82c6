"""A closed request is asked for once more: what it costs today, what is left behind, and which day can bring it."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed
from procurement.budgets.models import Account
from procurement.requests import contents, copied, obstacles
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, decisions, drafts
from procurement.requests.states import CLOSED, RequestState
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_line, make_request
from tests.factories.states import put
from tests.factories.users import signed_in
from tests.html_forms import form_of
from tests.kept_steps import kept
from tests.orders.books import refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps, ProductState, StockMode, Unit
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db


@kept
def closed(office: Office, goods: list[tuple[Product, int]], **over: Any) -> PurchaseRequest:
    draft = make_request(office, [(product, quantity) for product, quantity in goods], **over)
    return decisions.withdraw_request(actor=office.requester, request=draft, now=MONDAY)


def repeat(office: Office, request: PurchaseRequest, now: Any = MONDAY + DAY) -> PurchaseRequest:
    return copies.repeat_request(actor=office.requester, request=request, now=now)


def said(draft: PurchaseRequest, office: Office) -> copied.Copied:
    found = copied.read(draft, contents.read(draft, MONDAY + DAY), shops.ties_of(office.requester))
    assert found is not None
    return found


def test_a_copy_costs_what_it_costs_today_and_forgets_the_reasons(office: Office) -> None:
    cheap, same = make.make_product(price=10_000), make.make_product(price=20_000)
    source = closed(office, [(cheap, 5), (same, 2)])
    source.lines.update(choice_reason="quality", choice_note="Lebih tebal", note="Tanpa kacang")
    Product.objects.filter(pk=cheap.pk).update(price=12_000, name="Nama baru")
    Seller.objects.filter(pk=cheap.seller_id).update(delivery_fee=7_000)
    draft = repeat(office, source)
    line = draft.lines.get(product=cheap)
    assert (line.price, line.amount, line.name, line.note) == (12_000, 60_000, "Nama baru", "Tanpa kacang")
    assert (line.choice_reason, line.choice_note) == ("", "")
    assert draft.sellers.get(seller=cheap.seller_id).delivery_cost == 7_000
    assert (draft.deliver_at, draft.event_at, draft.state) == (None, None, RequestState.DRAFT)
    assert (draft.title, draft.attendees, draft.line) == (source.title, source.attendees, source.line)
    assert contents.read(draft, MONDAY + DAY).news == []
    before = source.lines.get(product=cheap)
    assert said(draft, office).moved == [f"{before.name}: Rp10.000 menjadi Rp12.000"]
    assert said(draft, office).left == []
    # Nothing of the source goes on: it may be copied as often as it is needed.
    assert (draft.rebuilt_from, draft.sourced_again_from) == (None, None)
    assert repeat(office, source) != draft


def test_what_cannot_be_bought_any_more_is_said_line_by_line(office: Office) -> None:
    goods = {name: make.make_product(price=10_000, name=name) for name in ("Habis", "Lusin", "Milik sendiri", "Mahal")}
    source = closed(office, [(product, 1_000) for product in goods.values()])
    kept = make.make_product(price=10_000, name="Tetap")
    drop = source.lines.create(
        product=kept, dropped_at=MONDAY, dropped_reason="Sudah ada", **drafts.as_sold(kept, Decimal(3))
    )
    put(goods["Habis"], ProductState.HIDDEN)
    Product.objects.filter(pk=goods["Lusin"].pk).update(unit=Unit.KG)
    Product.objects.filter(pk=goods["Mahal"].pk).update(price=9_999_999_999_999)
    make.make_member(goods["Milik sendiri"].seller, office.requester)
    draft = repeat(office, source)
    assert [line.name for line in draft.lines.all()] == ["Habis"]
    held = contents.read(draft, MONDAY + DAY)
    faults = obstacles.line_faults(draft, held, MONDAY + DAY)
    assert [fault.code for _line, found in faults for fault in found] == ["not_for_sale"]
    told = dict(text.split(": ", 1) for text in said(draft, office).left)
    assert set(told) == {"Lusin", "Milik sendiri", "Mahal", drop.name}
    assert told[drop.name] == "dilepas pejabat: Sudah ada"
    assert "sekarang per" in told["Lusin"]
    # A line the requester took away by hand is none of these.
    draft.lines.all().delete()
    assert set(dict(text.split(": ", 1) for text in said(draft, office).left)) == set(told)


def test_a_budget_line_of_a_past_year_is_chosen_anew(office: Office) -> None:
    source = closed(office, [(make.make_product(price=10_000), 1)])
    assert repeat(office, source, now=MONDAY + 365 * DAY).line is None


def test_the_line_of_the_same_account_pays_where_there_is_one(office: Office) -> None:
    meal, paper = make.make_product(price=10_000), make.make_product(price=5_000)
    account = Account.objects.create(code="5.1.02.99.99.0001", name="Contoh")
    second = make_line(office.agency, account=account)
    source = closed(office, [(meal, 1), (paper, 1)], charged={paper: second})
    assert repeat(office, source).lines.get(product=paper).charged_to == second
    later = MONDAY + 365 * DAY
    main = make_line(office.agency, account=office.line.account, year=second.year + 1)
    draft = repeat(office, source, now=later)
    assert (draft.line, draft.lines.get(product=paper).charged_to) == (main, None)
    found = copied.read(draft, contents.read(draft, later), frozenset())
    assert found is not None
    assert found.unpaid == [
        f"{paper.name}: rekening {account.pk} belum punya mata anggaran tahun {main.year}. "
        "Pilih siapa yang membayarnya."
    ]
    page = signed_in(office.requester).get(reverse("procurement:request-detail", args=[draft.number]))
    assert found.unpaid[0] in page.content.decode()
    paid = make_line(office.agency, account=account, year=main.year)
    assert repeat(office, source, now=later).lines.get(product=paper).charged_to == paid


@pytest.mark.parametrize("state", RequestState)
def test_only_what_is_closed_is_copied(office: Office, state: RequestState) -> None:
    if state in (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.APPROVED):
        request = make_request(office, state=state.value)
        refused(InvalidMove, lambda: repeat(office, request))
    elif state == RequestState.SENT_BACK:
        request = make_request(office, state="submitted")
        decisions.send_back_request(actor=office.pp, request=request, note="Ubah", now=MONDAY + HOUR)
        refused(InvalidMove, lambda: repeat(office, request))
    else:
        assert state in CLOSED
        if state == RequestState.REJECTED:
            request = make_request(office, state="submitted")
            decisions.reject_request(actor=office.pp, request=request, note="Tidak", now=MONDAY + HOUR)
        else:
            request = make_request(office, state=state.value)
        refused(NotAllowed, lambda: copies.repeat_request(actor=office.pp, request=request, now=MONDAY))
        assert repeat(office, request).copied_from == request


def test_the_first_day_proposed_is_one_every_shop_can_serve(office: Office) -> None:
    """Wednesday's meal is too soon for the tailor; the tailor is closed on the first day it could."""
    meal = make.make_product(
        make.make_seller(open_days="1234567"), price=20_000, food_kind=FoodKind.CATERING, keeps=Keeps.COOKED,
        stock_mode=StockMode.DAILY, daily_capacity=Decimal(100), lead_days=1,
    )  # fmt: skip
    closes = make.make_seller(open_days="12356")
    sewn = make.make_product(closes, price=20_000, stock_mode=StockMode.DAILY, daily_capacity=Decimal(50), lead_days=2)
    sold_out = make.make_product(price=1_000, on_hand=0)
    source = closed(office, [(meal, 10), (sewn, 5)])
    draft = repeat(office, source, now=MONDAY + DAY)
    held = contents.read(draft, MONDAY + DAY)
    day = copied.first_able(held, MONDAY + DAY, time(14))
    assert day is not None
    monday = clock.local_date(MONDAY)
    # Tuesday and two days is Thursday, on which the tailor is closed.
    assert day == monday + timedelta(days=4)
    PurchaseRequest.objects.filter(pk=draft.pk).update(deliver_at=clock.end_of(day) - 10 * HOUR)
    draft.refresh_from_db()
    assert all(not found for _line, found in obstacles.line_faults(draft, held, MONDAY + DAY))
    # What no day would mend stands in no day's way.
    other = closed(office, [(meal, 10)])
    other.lines.create(product=sold_out, **drafts.as_sold(sold_out, Decimal(1)))
    held = contents.read(repeat(office, other), MONDAY + DAY)
    assert copied.first_able(held, MONDAY + DAY, time(14)) is not None


def test_the_page_proposes_the_day_and_the_draft_says_what_it_copies(office: Office) -> None:
    now = clock.now()
    office = Office(now=now)
    product = make.make_product(price=10_000)
    source = make_request(office, [(product, 5)], state="withdrawn", now=now)
    client = signed_in(office.requester)
    detail = reverse("procurement:request-detail", args=[source.number])
    copy = reverse("procurement:request-copy", args=[source.number])
    assert copy in client.get(detail).content.decode()
    assert copy not in signed_in(office.pp).get(detail).content.decode()
    answer, again = (client.post(copy, form_of(client, detail, action=copy) | {"key": "a" * 32}) for _time in range(2))
    assert again["Location"] == answer["Location"]
    draft = PurchaseRequest.objects.get(copied_from=source)
    assert answer["Location"].startswith(reverse("procurement:request-edit", args=[draft.number]) + "?tiba=")
    page = client.get(answer["Location"])
    assert page.context["form"].initial["deliver_at"] > now
    assert draft.deliver_at is None
    Product.objects.filter(pk=product.pk).update(price=11_000)
    text = client.get(reverse("procurement:request-detail", args=[draft.number])).content.decode()
    assert source.number in text
    assert "Harganya masih sama." in text
