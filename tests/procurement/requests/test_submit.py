"""Sending: every obstacle refuses and changes nothing; what is sent holds its budget."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from epeken.notifications.models import Notification
from procurement.agencies.models import AgencyMember
from procurement.budgets.models import BudgetEntry, BudgetLine
from procurement.requests import asked_ceilings, officers, rules
from procurement.requests.errors import PricesChanged
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import ceilings, decisions, drafts
from tests.factories import umkm as make
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_line, make_officer, make_request
from tests.factories.rules import set_rule
from tests.factories.states import put
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, ProductState
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db


def submit(office: Office, request: PurchaseRequest, key: str | None = None, now: Any = MONDAY) -> PurchaseRequest:
    return decisions.submit_request(actor=office.requester, request=request, key=key or new_key(), now=now)


def test_a_sent_request_holds_its_budget_and_has_a_deadline(office: Office) -> None:
    request = submit(office, make_request(office))
    office.line.refresh_from_db()
    assert (request.state, request.total, request.needed_role) == ("submitted", 1_010_000, "pp")
    assert office.line.reserved == 1_010_000
    day = clock.local_date(MONDAY)
    assert clock.last_day(request.due_at) == clock.add_working_days(day, rules.APPROVAL.on(day))
    balanced()


def test_those_who_may_decide_are_told_and_the_requester_is_not(office: Office) -> None:
    AgencyMember.objects.create(agency=office.agency, user=office.requester, role="pp", valid_from=MONDAY.date())
    submit(office, make_request(office))
    told = Notification.objects.filter(kind="request.submitted").values_list("person", flat=True)
    assert set(told) == {office.pp.pk}


def test_above_the_limit_the_ppk_decides(office: Office) -> None:
    set_rule("purchase.pp_limit", 1_009_999)
    assert submit(office, make_request(office)).needed_role == "ppk"


def test_at_the_limit_the_pp_decides(office: Office) -> None:
    set_rule("purchase.pp_limit", 1_010_000)
    assert submit(office, make_request(office)).needed_role == "pp"


def test_where_the_requester_is_the_only_pp_the_ppk_decides(office: Office) -> None:
    AgencyMember.objects.filter(user=office.pp).delete()
    AgencyMember.objects.create(agency=office.agency, user=office.requester, role="pp", valid_from=MONDAY.date())
    request = submit(office, make_request(office))
    assert (request.needed_role, officers.office_of(request, MONDAY.date())) == ("pp", "ppk")


def test_without_anybody_to_decide_nothing_is_sent(office: Office) -> None:
    AgencyMember.objects.filter(user__in=[office.pp, office.ppk]).delete()
    request = make_request(office)
    refused(RuleBroken, lambda: submit(office, request), "no_approver")


def test_an_ended_requester_sends_nothing(office: Office) -> None:
    request = make_request(office)
    AgencyMember.objects.filter(user=office.requester).update(valid_until=(MONDAY - DAY).date())
    refused(NotAllowed, lambda: submit(office, request))


EVENT_FAULTS = [
    ({"line": None}, "budget_missing"),
    ({"deliver_at": None}, "deliver_missing"),
    ({"delivery_place": " "}, "place_missing"),
    ({"delivery_kelurahan": None}, "place_missing"),
    ({"event_at": MONDAY + 9 * DAY}, "deliver_after_event"),
    ({"deliver_at": MONDAY + 150 * DAY, "event_at": None}, "budget_year"),
]


@pytest.mark.parametrize(("over", "code"), EVENT_FAULTS)
def test_what_the_event_lacks(office: Office, over: dict[str, Any], code: str) -> None:
    request = make_request(office, **over)
    refused(RuleBroken, lambda: submit(office, request), code)


def test_no_rup_id_no_request(office: Office) -> None:
    line = make_line(office.agency, rup_id="")
    request = make_request(office, line=line)
    refused(RuleBroken, lambda: submit(office, request), "no_rup")


def test_a_delivery_that_passed_meanwhile(office: Office) -> None:
    request = make_request(office)
    refused(RuleBroken, lambda: submit(office, request, now=MONDAY + 11 * DAY), "deliver_past")


def test_an_empty_request(office: Office) -> None:
    request = make_request(office, [])
    refused(RuleBroken, lambda: submit(office, request), "no_lines")


def test_goods_that_left_the_window(office: Office) -> None:
    request = make_request(office)
    put(Product.objects.get(), ProductState.HIDDEN)
    refused(RuleBroken, lambda: submit(office, request), "not_for_sale")


def test_a_seller_frozen_meanwhile(office: Office) -> None:
    request = make_request(office)
    put(Seller.objects.get(), SellerState.FROZEN)
    refused(RuleBroken, lambda: submit(office, request), "not_for_sale")


@pytest.mark.parametrize(
    ("change", "code"), [({"minimum": Decimal(11)}, "below_minimum"), ({"step": Decimal(3)}, "off_step")]
)
def test_minimum_and_step_raised_meanwhile(office: Office, change: dict[str, Any], code: str) -> None:
    request = make_request(office)
    Product.objects.update(**change)
    refused(RuleBroken, lambda: submit(office, request), code)


def test_goods_that_need_more_days(office: Office) -> None:
    request = make_request(office, [(make.make_product(lead_days=11), 1)])
    refused(RuleBroken, lambda: submit(office, request), "too_soon")


def test_goods_that_need_exactly_these_days(office: Office) -> None:
    assert submit(office, make_request(office, [(make.make_product(lead_days=10), 1)])).state == "submitted"


def test_a_meal_for_today_cannot_be_answered_in_time(office: Office) -> None:
    product = make.make_product(food_kind=FoodKind.CATERING)
    request = make_request(office, [(product, 1)], deliver_at=MONDAY + 3 * HOUR, event_at=None)
    refused(RuleBroken, lambda: submit(office, request), "too_soon")


def test_a_budget_that_is_too_small(office: Office) -> None:
    line = make_line(office.agency, pagu=1_009_999)
    request = make_request(office, line=line)
    error = refused(RuleBroken, lambda: submit(office, request), "budget_short")
    assert "tinggal Rp1.009.999, sedangkan permintaan ini Rp1.010.000: kurang Rp1." in error.message


def test_a_short_budget_shows_the_ways_out() -> None:
    """Lines of the department that bear the request, and what each would have left."""
    now = clock.now()
    office = Office(now=now)
    short, _exact, _shorter = (
        make_line(office.agency, year=office.line.year, pagu=pagu) for pagu in (1_009_999, 1_010_000, 1_009_999)
    )
    request = make_request(office, line=short, now=now)
    client = signed_in(office.requester)
    page = " ".join(client.get(reverse("procurement:request-detail", args=[request.number])).text.split())
    assert (
        "Kurangi barang" in page
        and "Minta pagu ke kepala dinas" in page
        and "Pilih dari 2 mata anggaran yang cukup" in page
    )  # the office's own is the other
    page = client.get(reverse("procurement:request-edit", args=[request.number])).text
    assert "sesudah draf ini Rp98.990.000" in page and "sesudah draf ini Rp0" in page and "kurang Rp1" in page


def test_the_head_hears_once_a_day_how_much_is_short(office: Office) -> None:
    request = make_request(office, line=make_line(office.agency, pagu=1_009_999))
    asked = {"actor": office.requester, "request": request}
    for now in (MONDAY, MONDAY + HOUR, MONDAY + DAY):
        drafts.ask_head(now=now, **asked)
    told = Notification.objects.filter(kind="request.budget_asked", person=office.head)
    assert told.count() == 2 and told[0].parameters["short"] == 1
    enough = {**asked, "request": make_request(office, line=make_line(office.agency, pagu=1_010_000))}
    refused(RuleBroken, lambda: drafts.ask_head(now=MONDAY, **enough), "budget_enough")
    AgencyMember.objects.filter(user=office.head).update(valid_until=(MONDAY - DAY).date())
    refused(RuleBroken, lambda: drafts.ask_head(now=MONDAY, **asked), "no_head")


def test_an_asked_ceiling_waits_on_the_heads_desk_until_the_draft_is_borne() -> None:
    now = clock.now()
    office = Office(now=now)
    line = make_line(office.agency, year=office.line.year, pagu=1_009_999)
    request = make_request(office, line=line, now=now)
    page, desk = reverse("procurement:request-detail", args=[request.number]), reverse("site:agency-dashboard")
    requester, head = signed_in(office.requester), signed_in(office.head)
    read = lambda client, url: " ".join(client.get(url).text.split())  # noqa: E731
    assert "Ajukan pagu" not in read(head, desk) and "meminta pagu" not in read(head, page)
    assert "Pagu ditetapkan pengelola anggaran kota" in read(requester, page)
    assert requester.post(reverse("procurement:request-ask-head", args=[request.number])).status_code == 302
    told = Notification.objects.get(kind="request.budget_asked", person=office.head)
    assert told.url == page
    said = read(requester, page)
    assert "Pagu sudah diminta" in said and str(office.head) in said and "Minta pagu ke kepala dinas" not in said
    assert f"Ajukan pagu: {request.title}" in read(head, desk) and f'href="{page}"' in head.get(desk).text
    said = read(head, page)
    assert "tersisa Rp1.009.999, diperlukan Rp1.010.000, kurang Rp1" in said and "pengelola anggaran kota" in said
    answer = reverse("procurement:ceiling-answer", args=[request.number])
    assert f'href="{answer}"' in said and f'href="{answer}"' not in read(signed_in(office.ppk), page)
    assert request.title in read(head, reverse("procurement:budget-list"))
    PurchaseRequest.objects.update(ceiling_asked_at=now - DAY)
    assert "Minta pagu ke kepala dinas" in read(requester, page)  # once a day
    PurchaseRequest.objects.update(line=office.line)  # another budget line bears it
    assert "Ajukan pagu" not in read(head, desk) and "Pagunya kini cukup" in read(head, page)
    assert "Jawab permintaan pagu" not in read(head, page) and "Pagu sudah diminta" not in read(requester, page)


def test_the_figures_of_an_asking_are_kept() -> None:
    """Whatever becomes of the line afterwards, the head and the requester read what was asked for, and by whom."""
    now = clock.now()
    office = Office(now=now)
    line = make_line(office.agency, year=office.line.year, pagu=1_009_999)
    request = make_request(office, line=line, now=now)
    for _click in range(2):
        drafts.ask_head(actor=office.requester, request=request, now=now)
    event = request.events.get(action="ask_ceiling")
    assert (event.from_state, event.to_state, event.actor, event.acted_as) == (
        "draft", "draft", office.requester, "requester",
    )  # fmt: skip
    asked = f"{line.account_id} tersisa Rp1.009.999, diperlukan Rp1.010.000, kurang Rp1"
    assert event.note == asked
    request.refresh_from_db()
    said = asked_ceilings.state_words(request, now)[0]
    assert "dan angkanya masih sama: " + asked in said and "Menurut sisa pagu sekarang" not in said
    product = request.lines.get().product
    drafts.put_line(
        actor=office.requester, request=request, product=product, quantity=Decimal(11), note="", now=now
    )  # fmt: skip
    request = PurchaseRequest.objects.get(pk=request.pk)
    said = asked_ceilings.state_words(request, now)[0]
    assert f"{office.requester.name} meminta pagu" in said and f": “{asked}”. Menurut sisa pagu sekarang:" in said
    assert said.endswith("tersisa Rp1.009.999, diperlukan Rp1.110.000, kurang Rp100.001.")
    page = " ".join(
        signed_in(office.head).get(reverse("procurement:request-detail", args=[request.number])).text.split()
    )
    assert "Pagu diminta ke kepala dinas" in page and f"“{asked}”" in page
    with translation.override("en"):
        assert f"“{asked}”" in asked_ceilings.state_words(request, now)[0]


def test_the_head_ends_an_asked_ceiling_and_its_requester_reads_how() -> None:
    now = clock.now()
    office = Office(now=now)
    line = make_line(office.agency, year=office.line.year, pagu=1_009_999)
    request = make_request(office, line=line, now=now)
    drafts.ask_head(actor=office.requester, request=request, now=now)
    page, desk = reverse("procurement:request-detail", args=[request.number]), reverse("site:agency-dashboard")
    answer = reverse("procurement:ceiling-answer", args=[request.number])
    head = signed_in(office.head)
    assert head.post(answer, {"outcome": "put", "reference": "", "sent_on": ""}).status_code == 422
    day = clock.local_date(now)
    late = {"outcome": "put", "reference": "900/12", "sent_on": (day + DAY).isoformat()}
    early = {**late, "sent_on": (day - DAY).isoformat()}
    for sent in (late, early):  # of a letter not yet written, and of one older than the request
        assert head.post(answer, sent).status_code == 422 and not request.ceiling_answers.exists()
    assert head.post(answer, {**late, "sent_on": day.isoformat()}).status_code == 302
    told = Notification.objects.get(person=office.requester, kind="request.ceiling_put")
    assert told.parameters["reference"] == "900/12"
    assert Notification.objects.get(kind="request.budget_asked").read_at is not None
    assert "Ajukan pagu" not in head.get(desk).text and "900/12" in head.get(page).text
    assert f"{office.head} (kepala dinas) sudah mengajukan" in signed_in(office.requester).get(page).text
    assert "surat 900/12" in signed_in(office.requester).get(page).text
    # The requester waits, and asks nobody again on the day of the answer.
    waits = signed_in(office.requester).get(page)
    said = " ".join(waits.text.split())
    assert "Menunggu pagu dari pengelola anggaran kota:" in said and "kurang Rp1. Draf ini tidak perlu diubah" in said
    assert "Minta pagu ke kepala dinas" not in said and "Kurangi barang" not in said
    assert "Barang, Menunggu pagu" in said and "perlu diperbaiki" not in said
    request.refresh_from_db()
    assert not asked_ceilings.may_ask(request, now) and asked_ceilings.may_ask(request, now + DAY)
    assert head.post(answer, {**late, "sent_on": day.isoformat()}).status_code == 409
    assert request.ceiling_answers.count() == 1
    # Asked again it may be declined, with a reason; by nobody but a head.
    later = now + DAY
    drafts.ask_head(actor=office.requester, request=request, now=later)
    request.refresh_from_db()
    letter = {"reference": "900/13", "sent_on": day, "now": later + DAY}
    with transaction.atomic():
        ceilings.put_to_city(actor=office.head, request=request, **letter)
        # Asked yesterday, answered today.
        assert not asked_ceilings.may_ask(request, later + DAY) and asked_ceilings.may_ask(request, later + 2 * DAY)
        transaction.set_rollback(True)
    said = {"request": request, "reason": "Ditunda sampai perubahan anggaran berikutnya.", "now": later}
    refused(NotAllowed, lambda: ceilings.decline_ceiling(actor=office.ppk, **said))
    refused(RuleBroken, lambda: ceilings.decline_ceiling(actor=office.head, **{**said, "reason": "Tidak"}))
    ceilings.decline_ceiling(actor=office.head, **said)
    refused(InvalidMove, lambda: ceilings.decline_ceiling(actor=office.head, **said))
    assert "Ditunda sampai perubahan anggaran" in signed_in(office.requester).get(page).text


def test_who_asked_for_a_ceiling_hears_when_it_is_enough(office: Office) -> None:
    request = make_request(office, line=make_line(office.agency, pagu=1_009_999))
    drafts.ask_head(actor=office.requester, request=request, now=MONDAY)
    assert ceilings.tell_all_borne(now=MONDAY) == 0
    PurchaseRequest.objects.update(line=office.line)
    assert ceilings.tell_all_borne(now=MONDAY + HOUR) == 1 and ceilings.tell_all_borne(now=MONDAY + DAY) == 0
    told = Notification.objects.filter(kind="request.ceiling_borne")
    assert {one.person for one in told} == {office.requester, office.head}
    assert Notification.objects.get(kind="request.budget_asked").read_at is not None
    refused(
        InvalidMove,
        lambda: ceilings.put_to_city(
            actor=office.head, request=request, reference="900/1", sent_on=MONDAY.date(), now=MONDAY + DAY
        ),
    )


def test_a_budget_that_just_fits(office: Office) -> None:
    line = make_line(office.agency, pagu=1_010_000)
    submit(office, make_request(office, line=line))
    assert BudgetLine.objects.get(pk=line.pk).available == 0


# --- Prices ---


def test_a_moved_price_is_refused_once_and_then_sent(office: Office) -> None:
    request = make_request(office)
    Product.objects.update(price=120_000)
    error = refused(PricesChanged, lambda: submit(office, request), "price_changed")
    assert "Rp100.000 menjadi Rp120.000" in error.message
    news = drafts.refresh_prices(actor=office.requester, request=request, now=MONDAY)
    assert [(item.old, item.new) for item in news] == [(100_000, 120_000)]
    assert submit(office, request).total == 1_210_000


def test_a_moved_delivery_cost_is_told_too(office: Office) -> None:
    request = make_request(office)
    Seller.objects.update(delivery_fee=15_000)
    refused(PricesChanged, lambda: submit(office, request))
    drafts.refresh_prices(actor=office.requester, request=request, now=MONDAY)
    assert submit(office, request).total == 1_015_000


def test_goods_that_are_fetched_cost_no_delivery(office: Office) -> None:
    product = make.make_product(make.make_seller(offers_delivery=False), price=100_000)
    assert submit(office, make_request(office, [(product, 10)])).total == 1_000_000


def test_a_requester_who_joined_the_shop_after_drafting_does_not_send(office: Office) -> None:
    request = make_request(office)
    sister = make.make_seller(owner=request.lines.get().seller.owner)
    SellerMember.objects.create(seller=sister, user=office.requester, since=MONDAY)
    refused(RuleBroken, lambda: submit(office, request), "own_shop")


# --- Once ---


def test_the_same_key_submits_once(office: Office) -> None:
    request, key = make_request(office), new_key()
    first, second = submit(office, request, key), submit(office, request, key)
    assert first.pk == second.pk
    assert BudgetEntry.objects.count() == 1
    assert Notification.objects.filter(kind="request.submitted").count() == 1


def test_the_same_key_for_another_request_is_refused(office: Office) -> None:
    key = new_key()
    submit(office, make_request(office), key)
    other = make_request(office)
    refused(KeyReused, lambda: submit(office, other, key))


def test_overdue_approvers_are_reminded_once_a_day(office: Office) -> None:
    late = clock.due_after_working_days(MONDAY, rules.APPROVAL.on(clock.local_date(MONDAY))) + HOUR
    make_request(office, state="submitted")
    assert decisions.remind_overdue(now=late) == 1
    decisions.remind_overdue(now=late + HOUR)
    told = Notification.objects.filter(kind="request.overdue")
    assert [row.person for row in told.all()] == [office.pp]
    decisions.remind_overdue(now=late + DAY)
    assert told.count() == 2


def test_nobody_is_reminded_before_the_deadline(office: Office) -> None:
    make_officer("pp", office.agency)
    make_request(office, state="submitted")
    assert decisions.remind_overdue(now=MONDAY + DAY) == 0
    assert not Notification.objects.filter(kind="request.overdue").exists()
