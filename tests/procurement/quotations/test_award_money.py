"""The money of an award is held for its draft from the award on, and free once, whatever ends it."""

from typing import Any

import pytest
from django.urls import reverse

from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import short_end
from epeken.core.idempotency import new_key
from epeken.notifications.models import Notification
from epeken.site.audit.checks import run
from orders.year_end import commitments
from procurement.budgets import services as budgets
from procurement.quotations import outcome
from procurement.requests import contents, obstacles
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import awards, decisions, drafts, reminders
from tests.factories.procurement import HOUR, Office, make_line
from tests.factories.quotations import OPENED, make_auction
from tests.factories.rules import set_rule
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused

pytestmark = pytest.mark.django_db
WON, LATER = 910_000, OPENED + 2 * HOUR


def books() -> None:
    balanced()
    wrong = [row.detail for found in run() for row in found.findings if found.check.number == 2]
    assert wrong == []


def row(draft: PurchaseRequest) -> PurchaseRequest:
    return PurchaseRequest.objects.get(pk=draft.pk)


def reserved(office: Office) -> int:
    office.line.refresh_from_db()
    return office.line.reserved


def send(auction: Any, draft: PurchaseRequest) -> PurchaseRequest:
    return decisions.submit_request(actor=auction.office.requester, request=row(draft), key=new_key(), now=LATER)


def test_the_requester_is_reminded_before_the_money_of_an_award_is_free() -> None:
    auction = make_auction("opened")
    draft = row(auction.award())
    end = draft.held_until
    assert [reminders.remind_ahead(now=end - 25 * HOUR), reminders.remind_ahead(now=end - 24 * HOUR)] == [0, 1]
    assert reminders.remind_ahead(now=end - HOUR) == 0
    notice = Notification.objects.get(kind="request.award_near")
    assert (notice.person, notice.read_at) == (auction.office.requester, None)
    send(auction, draft)
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_nothing_else_takes_the_money_of_an_award() -> None:
    auction = make_auction("opened", office=Office(pagu=20_000_000))
    office = auction.office
    draft = auction.award()
    assert (reserved(office), row(draft).total) == (WON, WON)
    take = {"line": office.line, "reference": "PM-0", "actor": office.pp, "now": LATER}
    refused(RuleBroken, lambda: budgets.reserve(amount=20_000_000 - WON + 1, **take), "budget_short")
    budgets.reserve(amount=20_000_000 - WON, **take)
    assert send(auction, draft).state == "submitted"
    assert reserved(office) == 20_000_000
    budgets.release(amount=20_000_000 - WON, **take)
    books()


def test_the_money_of_an_award_is_free_when_its_draft_ends() -> None:
    auction = make_auction("opened")
    draft = auction.award()
    books()
    set_rule("year_end.list_days", 365)
    [held] = commitments.held_budget(LATER, agency=auction.office.agency)
    assert (held.row, held.amount) == (draft, WON)
    refused(
        RuleBroken,
        lambda: decisions.withdraw_request(actor=auction.office.requester, request=draft, note="ok", now=LATER),
        "award_unexplained",
    )
    decisions.withdraw_request(
        actor=auction.office.requester, request=draft, note="Kegiatannya dibatalkan wali kota", now=LATER
    )
    told = Notification.objects.filter(kind="request.withdrawn").values_list("person", flat=True)
    assert set(told) == {auction.office.pp.pk, auction.office.ppk.pk}
    assert reserved(auction.office) == 0
    books()


def test_the_money_of_an_award_is_kept_while_it_is_mended() -> None:
    auction = make_auction("opened")
    sent = send(auction, auction.award())
    back = decisions.send_back_request(actor=auction.office.pp, request=sent, note="Jam acaranya", now=LATER + HOUR)
    assert (row(back).state, reserved(auction.office)) == ("sent_back", WON)
    books()
    decisions.submit_request(actor=auction.office.requester, request=row(back), key=new_key(), now=LATER + 2 * HOUR)
    assert reserved(auction.office) == WON
    books()


def test_the_money_of_an_award_is_held_as_long_as_the_offers_bind() -> None:
    auction = make_auction("opened")
    draft, until = auction.award(), outcome.valid_until(auction.row)
    assert awards.lapse_awards(now=until - HOUR) == 0
    assert [awards.lapse_awards(now=until), awards.lapse_awards(now=until)] == [1, 0]
    assert (row(draft).state, reserved(auction.office)) == ("draft", 0)
    books()


def test_the_money_of_an_award_stays_on_its_line() -> None:
    auction = make_auction("opened")
    draft, other = auction.award(), make_line(auction.office.agency)
    mine = {"actor": auction.office.requester, "request": draft, "now": LATER}
    refused(RuleBroken, lambda: drafts.save_request(values={"line": other}, **mine), "quoted_line")
    goods = draft.lines.get().product_id
    refused(RuleBroken, lambda: drafts.charge_goods(payers={goods: other}, **mine), "quoted_line")
    drafts.save_request(values={"line": auction.office.line}, **mine)


def test_the_draft_of_an_award_says_what_is_held_and_offers_no_fewer_goods() -> None:
    from epeken.core import clock

    now = clock.now()
    office = Office(now=now, pagu=20_000_000)
    auction = make_auction("opened", office=office, now=now - 5 * 24 * HOUR)
    draft = auction.award(now=now)
    address = reverse("procurement:request-detail", args=[draft.number])
    clerk = signed_in(office.requester)
    page = clerk.get(address).text
    assert "Rp910.000, ditahan" in page and "kurang Rp" not in page
    assert "akan ditahan dari anggaran" not in page
    # The offer binds for longer than the goods can wait.
    found = row(draft)
    by = obstacles.order_by(found, contents.read(found, now), now, {})
    assert by is not None and found.held_until is not None and found.deliver_at is not None
    assert by <= found.deliver_at < found.held_until
    assert f"Kirim draf ini paling lambat {short_end(by)}, supaya" in " ".join(page.split())
    awards.lapse_awards(now=outcome.valid_until(auction.row))
    budgets.reserve(line=office.line, amount=20_000_000 - WON + 1, reference="PM-0", actor=office.pp, now=now)
    page = clerk.get(address).text
    assert "Barang dan jumlahnya tetap" in " ".join(page.split()) and "Kurangi barang" not in page
