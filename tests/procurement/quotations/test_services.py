"""Publishing, sealing, opening, awarding: what each act changes, who may do it, what is refused."""

import hashlib
import json
import re
from datetime import timedelta
from decimal import Decimal

import pgtrigger
import pytest
import time_machine
from cryptography.fernet import Fernet
from django.db import connection
from django.urls import reverse

from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken
from epeken.core.idempotency import KeyReused, new_key
from epeken.core.models import Claim, Job
from epeken.notifications.models import Notification
from orders.orders.services import agreement
from procurement.quotations import pages, seals, terms
from procurement.quotations.models import (
    Invitation,
    Quotation,
    QuotationLook,
    QuotationOffer,
    QuotationSeal,
    SealedOffer,
)
from procurement.quotations.services import offering, opening, publishing, reminders
from procurement.quotations.states import NotInvited, OfferObstacle, PassReason, QuotationCancelReason, RankingRule
from procurement.requests.errors import OwnShop, PricesChanged, SamePerson
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, decisions, drafts, holds
from procurement.rotation import services as rotation
from tests.factories import umkm as make
from tests.factories.places import far_away, home
from tests.factories.procurement import DAY, HOUR, MONDAY, Office, make_line, make_officer
from tests.factories.quotations import (
    CLOSES,
    DELIVER,
    NOTE,
    OPENED,
    Auction,
    goods_asked,
    make_auction,
    quotation_values,
)
from tests.factories.rules import set_rule
from tests.factories.states import put
from tests.factories.users import signed_in
from tests.orders.books import balanced, refused
from tests.test_house import ROOT
from umkm.catalogue.models import Product
from umkm.owners.models import Owner, TurnoverMonth
from umkm.owners.rules import CAP
from umkm.sellers.models import SellerMember
from umkm.sellers.states import SellerState

pytestmark = pytest.mark.django_db
SECRET = 87_654  # a unit price no other figure of the database holds


def notices_of(person: object, kind: str) -> int:
    return Notification.objects.filter(person=person, kind=f"quotation.{kind}").count()


# --- Publication ---


def test_every_seller_who_qualifies_is_invited_and_the_others_say_why() -> None:
    auction = make_auction(shops=2, areas=[home().kecamatan])
    category = auction.category
    frozen = make.make_product(make.make_seller(state=SellerState.FROZEN), category=category).seller
    elsewhere = make.make_product(make.make_seller(kelurahan=far_away()), category=category).seller
    unsold = make.make_product(category=category, state="submitted").seller
    tied = make.make_product(category=category).seller
    make.make_member(tied, auction.office.requester)
    other_goods = make.make_product(category=make.make_category()).seller
    child = make.make_product(category=make.make_category(parent=category)).seller
    auction.publish()
    found = dict(Invitation.objects.filter(quotation=auction.quotation).values_list("seller", "reason"))
    assert found == {
        auction.seller(0).pk: "", auction.seller(1).pk: "", child.pk: "",
        frozen.pk: NotInvited.NOT_ACTIVE, elsewhere.pk: NotInvited.ELSEWHERE, unsold.pk: NotInvited.NO_GOODS,
        tied.pk: NotInvited.RELATED,
    }  # fmt: skip
    assert other_goods.pk not in found


def test_each_invited_person_is_told_once_by_a_job() -> None:
    auction = make_auction()
    auction.publish()
    assert Job.objects.filter(name="procurement.invite_sellers").count() == 1
    assert notices_of(auction.keeper(), "invited") == 0
    for _again in range(2):
        publishing.tell_invited(quotation=auction.row, now=MONDAY)
    assert notices_of(auction.keeper(0), "invited") == notices_of(auction.keeper(1), "invited") == 1


def test_nobody_is_asked_in_a_unit_in_which_nobody_sells() -> None:
    """Nobody could choose goods of theirs; and half a piece is asked of nobody."""
    auction = make_auction(shops=1)
    problems = terms.goods_problems(auction.category, {1: ("box", Decimal(4)), 2: ("pcs", Decimal("2.5"))})
    assert [(problem.field, problem.code) for problem in problems] == [
        ("unit_1", "unit_unsold"), ("quantity_2", "not_whole"),
    ]  # fmt: skip
    asked = [publishing.GoodsAsked("Map", "box", Decimal(4), "Kertas tebal")]
    save = {"actor": auction.office.requester, "quotation": auction.quotation, "areas": [], "now": MONDAY}
    values = quotation_values(auction.office, auction.category)
    refused(RuleBroken, lambda: publishing.save_quotation(**save, values=values, goods=asked), "unit_unsold")
    boxed = make.make_product(category=auction.category, unit="box").seller
    publishing.save_quotation(**save, values=values, goods=asked)
    auction.publish()
    found = dict(Invitation.objects.filter(quotation=auction.quotation).values_list("seller", "reason"))
    assert found == {boxed.pk: "", auction.seller(0).pk: NotInvited.NO_GOODS}


def test_the_draft_is_to_be_published_while_sellers_still_have_their_time() -> None:
    set_rule("quotation.open_hours", 72)
    auction = make_auction(closes_at=MONDAY + 4 * DAY)
    last = terms.publishable_until(auction.quotation.closes_at, MONDAY)
    assert last == MONDAY + DAY
    refused(RuleBroken, lambda: auction.publish(now=last + timedelta(minutes=1)), "too_short")
    assert auction.publish(now=last).state == "published"


def test_sellers_have_the_dated_hours_and_the_requester_is_told_so() -> None:
    set_rule("quotation.open_hours", 72)
    exact = MONDAY + timedelta(hours=72)
    auction = make_auction(closes_at=exact)
    refusal = refused(RuleBroken, lambda: auction.save(closes_at=exact - timedelta(minutes=1)), "too_short")
    assert refusal.field == "closes_at" and "72 jam" in refusal.message
    assert auction.publish().state == "published"
    late = make_auction(closes_at=exact)
    refused(RuleBroken, lambda: late.publish(now=MONDAY + timedelta(minutes=1)), "too_short")


def test_an_officer_returns_a_draft_and_its_requester_hands_it_in_again() -> None:
    auction = make_auction()
    office = auction.office
    refused(SamePerson, lambda: auction.send_back(actor=office.requester))
    for who in (office.receiver, office.treasurer, office.head, make_officer("pp"), auction.keeper()):
        refused(NotAllowed, lambda who=who: auction.send_back(actor=who))
    refused(RuleBroken, lambda: auction.send_back(note="  "), "note_missing")
    key = new_key()
    for _twice in range(2):
        auction.send_back(key=key)
    assert auction.row.state == "returned" and notices_of(office.requester, "returned") == 1
    event = auction.quotation.events.latest("pk")
    assert (event.action, event.note, event.acted_as) == ("return", NOTE, "pp")
    refused(InvalidMove, auction.publish)
    auction.save()
    assert auction.row.state == "draft" and auction.row.lines.get().quantity == 11
    auction.send_back()
    assert notices_of(office.requester, "returned") == 2
    publishing.discard_quotation(actor=office.requester, quotation=auction.quotation, now=MONDAY)
    refused(InvalidMove, auction.send_back)


def test_who_publishes() -> None:
    auction = make_auction()
    office = auction.office
    refused(SamePerson, lambda: auction.publish(actor=office.requester))
    for who in (office.receiver, office.treasurer, office.head, make_officer("pp"), auction.keeper()):
        refused(NotAllowed, lambda who=who: auction.publish(actor=who))
    assert auction.publish(actor=office.ppk).publisher == office.ppk


def test_without_a_ceiling_or_above_the_limit_the_ppk_publishes() -> None:
    auction = make_auction(ceiling=None)
    refused(NotAllowed, auction.publish)
    auction.publish(actor=auction.office.ppk)
    set_rule("purchase.pp_limit", 5_000_000)
    for ceiling, is_pp in ((5_000_000, True), (5_000_001, False)):
        other = make_auction(ceiling=ceiling)
        if is_pp:
            other.publish()
        else:
            refused(NotAllowed, other.publish)


def test_what_is_asked_stays_fixed_after_publication() -> None:
    auction = make_auction("published")
    values = quotation_values(auction.office, auction.category, title="Lain")
    save = lambda: publishing.save_quotation(  # noqa: E731
        actor=auction.office.requester, quotation=auction.quotation, values=values, areas=[], goods=goods_asked(1),
        now=MONDAY,
    )  # fmt: skip
    refused(InvalidMove, save)


def test_a_draft_changed_since_the_page_is_not_published() -> None:
    auction = make_auction()
    shown = publishing.editing.shown_of(publishing.written(auction.row))
    publishing.save_quotation(
        actor=auction.office.requester, quotation=auction.quotation, areas=[], goods=goods_asked(11), now=MONDAY,
        values=quotation_values(auction.office, auction.category),
    )  # fmt: skip
    refused(RuleBroken, lambda: auction.publish(shown=shown), "quotation_changed")
    fresh = publishing.editing.shown_of(publishing.written(auction.row))
    assert auction.publish(shown=fresh).state == "published"


def test_budget_and_year_bound_what_is_published() -> None:
    set_rule("purchase.pp_limit", 200_000_000)  # so that the PP decides both
    auction = make_auction(ceiling=100_000_000)
    refused(RuleBroken, lambda: auction.save(ceiling=100_000_001), "ceiling_above_budget")
    refused(RuleBroken, lambda: auction.save(deliver_at=MONDAY + 200 * DAY), "after_year")
    little = make_line(auction.office.agency, pagu=1_000, year=auction.office.line.year)
    Quotation.objects.update(line=little)  # the line lost what it had
    refused(RuleBroken, auction.publish, "ceiling_above_budget")
    Quotation.objects.update(line=auction.office.line)
    assert auction.publish().state == "published"


def test_nobody_to_invite() -> None:
    auction = make_auction(shops=0)
    refused(RuleBroken, auction.publish, "nobody_to_invite")


@pytest.mark.parametrize(("price", "time", "distance"), [(50, 20, 20), (0, 50, 50), (101, 0, 0)])
def test_weights_are_hundred_and_price_counts(price: int, time: int, distance: int) -> None:
    weights = {"price_weight": price, "time_weight": time, "distance_weight": distance}
    refused(RuleBroken, lambda: make_auction(rule=RankingRule.POINTS, **weights), "weights")


# --- Sealed offers ---


def everything() -> str:
    """Every row of every table, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT t::text FROM "{table}" AS t')
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def names(text: str, said: object) -> bool:
    """As a word or number of its own: the digits may lie in a hash, a seal or a fraction of a second by chance."""
    return re.search(rf"(?<![\w.+/=-]){said}(?![\w.+/=-])", text) is not None


def test_the_database_holds_no_figure_of_an_offer_before_the_opening() -> None:
    auction = make_auction(shops=1)
    auction.publish()
    auction.offer(0, SECRET, cost=7_531, words="Rahasia dapur")
    auction.offer(0, SECRET - 1, cost=7_531, words="Rahasia dapur")
    auction.quotation.refresh_from_db()
    said = (SECRET, SECRET * 10, SECRET * 10 + 7_531, "Rahasia dapur")
    assert [one for one in said if names(everything(), one)] == []
    auction.open()
    text = everything()
    assert not names(text, SECRET)  # what was replaced is never read
    assert names(text, SECRET - 1)


def test_the_claim_of_an_offer_needs_the_key_of_the_city() -> None:
    """Prices are few: a plain digest of them could be found by trying."""
    auction = make_auction("published", shops=1)
    terms, key = auction.terms(0, 88_000), new_key()
    auction.offer(0, 88_000, key=key)
    claim = Claim.objects.get(key=key)
    said = [sorted(terms.goods.items()), terms.delivery_cost, terms.deliver_at.isoformat(), terms.words]
    for guess in (said, json.dumps(said)):
        body = {"offer": auction.quotation.pk, "seller": auction.seller().pk, "terms": guess}
        tried = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
        assert tried != claim.body_hash


def test_nothing_but_the_opening_unseals() -> None:
    """Who calls `unseal`, or reads the key of a seal, over the whole tree."""
    found = {
        path.relative_to(ROOT).as_posix()
        for folder in ("epeken", "umkm", "procurement", "orders")
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"unseal\(|\.seal\.key", path.read_text(encoding="utf-8"))
    }
    services = "procurement/quotations/services"
    assert found == {"procurement/quotations/seals.py", f"{services}/opening.py", f"{services}/offering.py"}
    assert "unseal(" not in (ROOT / services / "offering.py").read_text(encoding="utf-8")


def test_a_sealed_offer_tells_nothing_by_its_length() -> None:
    key = seals.new_key()
    line = seals.OfferedLine(1, 2, 3)
    small = seals.OfferContent((line,), 0, DELIVER, "")
    large = seals.OfferContent((seals.OfferedLine(1, 2, 30_000_000),), 9_999_999, DELIVER, "x" * 300)
    lengths = {len(seals.seal(one, key=key, quotation=1, seller=1)) for one in (small, large)}
    assert len(lengths) == 1


def test_an_offer_put_in_place_of_another_shops_is_unreadable_and_stops_nobody() -> None:
    auction = make_auction("published")
    rows = list(SealedOffer.objects.order_by("pk"))
    with pgtrigger.ignore("procurement.SealedOffer:append_only"):
        SealedOffer.objects.filter(pk=rows[1].pk).update(sealed=rows[0].sealed)
    auction.open()
    assert (auction.opened(0).rank, auction.opened(1).obstacle) == (1, OfferObstacle.UNREADABLE)


def test_the_key_is_gone_after_the_opening_and_after_a_cancellation() -> None:
    for state in ("opened", "cancelled"):
        auction = make_auction(state)
        seal = QuotationSeal.objects.get(quotation=auction.quotation)
        assert seal.key == ""
        assert seal.destroyed_at is not None
    live = QuotationSeal.objects.get(quotation=make_auction("published").quotation)
    Fernet(live.key.encode())
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM procurement_quotationseal WHERE id = %s", [live.pk])
        assert live.key not in cursor.fetchone()[0]


def test_the_last_offer_counts_and_one_taken_back_does_not() -> None:
    auction = make_auction("published")
    auction.offer(0, 80_000)
    auction.take_back(1)
    auction.open()
    assert list(QuotationOffer.objects.values_list("seller", "total")) == [(auction.seller(0).pk, 810_000)]


def test_one_taken_back_may_be_sent_again() -> None:
    auction = make_auction("published", shops=1)
    auction.take_back()
    refused(RuleBroken, auction.take_back, "no_offer")
    auction.offer(0, 70_000)
    auction.open()
    assert auction.opened().total == 710_000


def test_the_end_is_half_open() -> None:
    auction = make_auction("published")
    before = CLOSES - timedelta.resolution
    auction.offer(0, 85_000, now=before)
    refused(InvalidMove, lambda: auction.offer(0, 84_000, now=CLOSES), "offer_late")
    refused(InvalidMove, lambda: auction.take_back(0, now=CLOSES), "offer_late")
    refused(InvalidMove, lambda: auction.open(before))
    auction.open(CLOSES)
    assert auction.opened(0).total == 860_000


def test_the_same_key_sends_once_and_never_with_other_figures() -> None:
    auction = make_auction("published", shops=1)
    key = new_key()
    first = auction.offer(0, 88_000, key=key)
    assert auction.offer(0, 88_000, key=key).pk == first.pk
    refused(KeyReused, lambda: auction.offer(0, 87_000, key=key))


def test_who_offers() -> None:
    auction = make_auction("published")
    stranger = make.make_product(category=make.make_category()).seller
    for who in (auction.office.pp, auction.office.requester, auction.keeper(1), make.make_user()):
        refused(NotAllowed, lambda who=who: auction.offer(0, actor=who))
    keeper = stranger.members.get().user
    refused(NotAllowed, lambda: auction.offer(0, actor=keeper, seller=stranger))
    put(auction.seller(0), SellerState.FROZEN)
    refused(RuleBroken, lambda: auction.offer(0, 80_000), "seller_not_active")


@pytest.mark.parametrize("who", ["requester", "pp"])
def test_a_shop_tied_to_those_who_ask_cannot_offer(who: str) -> None:
    """Also where the tie came after the publication."""
    auction = make_auction("published", shops=1)
    make.make_member(auction.seller(), getattr(auction.office, who))
    refused(NotAllowed, lambda: auction.offer(0), "own_shop")


def test_two_shops_of_one_owner_are_one_bidder() -> None:
    owner = Owner.objects.create(created_at=MONDAY)
    one, two = make.make_seller(owner=owner), make.make_seller(owner=owner)
    auction = make_auction(seller_0=one, seller_1=two)
    auction.publish()
    auction.offer(0)
    refused(RuleBroken, lambda: auction.offer(1), "owner_offered")
    auction.take_back(0)
    auction.offer(1)


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"price": 0}, "price_bounds"),
        ({"price": 100_001}, "price_bounds"),
        ({"cost": 10_001}, "cost_bounds"),
        ({"deliver_at": DELIVER + HOUR}, "deliver_bounds"),
        ({"deliver_at": CLOSES}, "deliver_bounds"),
    ],
)
def test_bounds_of_an_offer(over: dict, code: str) -> None:
    auction = make_auction("published", shops=1)
    refused(RuleBroken, lambda: auction.offer(0, **over), code)
    auction.offer(0, 100_000, cost=10_000, deliver_at=CLOSES + timedelta.resolution)


def test_the_goods_are_the_shops_own_on_show_and_each_once() -> None:
    auction = make_auction("published", amounts=(10, 5), shops=2)
    lines = list(auction.quotation.lines.all())
    own, others = auction.shops[0], auction.shops[1]
    cases = {
        "product_unknown": {lines[0].pk: (others[0].pk, 1), lines[1].pk: (own[1].pk, 1)},
        "product_twice": {lines[0].pk: (own[0].pk, 1), lines[1].pk: (own[0].pk, 1)},
        "goods_incomplete": {lines[0].pk: (own[0].pk, 1)},
    }
    for code, goods in cases.items():
        terms = offering.OfferTerms(goods, 0, DELIVER, "")
        refused(RuleBroken, lambda terms=terms: auction.offer(0, terms=terms), code)
    Product.objects.filter(pk=own[0].pk).update(unit="kg")
    refused(RuleBroken, lambda: auction.offer(0), "other_unit")


# --- The opening ---


def test_offers_that_cannot_be_awarded_say_why() -> None:
    auction = make_auction("published", shops=6, ceiling=950_000)
    frozen, tied, full, closed, dear, fine = range(6)
    auction.offer(dear, 95_000)  # 960.000
    auction.offer(fine, 94_000)  # 950.000
    put(auction.seller(frozen), SellerState.FROZEN)
    make.make_member(auction.seller(tied), auction.office.requester)
    TurnoverMonth.objects.create(owner=auction.seller(full).owner, month=MONDAY.date().replace(day=1), cap=900_000)
    auction.seller(closed).__class__.objects.filter(pk=auction.seller(closed).pk).update(closed_until=DELIVER.date())
    auction.open()
    found = [auction.opened(shop).obstacle for shop in range(6)]
    assert found == [
        OfferObstacle.INACTIVE, OfferObstacle.RELATED, "", OfferObstacle.UNABLE, OfferObstacle.ABOVE_CEILING, "",
    ]  # fmt: skip
    assert "960.000" in auction.opened(dear).obstacle_note
    # Room may come until the award, which asks for it again.
    assert (auction.opened(full).rank, auction.opened(fine).rank) == (1, 2)
    problem = refused(RuleBroken, lambda: auction.award(full), "award_unable")
    assert "930.000" in problem.message


@pytest.mark.parametrize(("cap", "code"), [(909_999, "cap_full"), (910_000, "")])
def test_nobody_offers_more_than_its_owner_may_sell_in_the_month_of_the_opening(cap: int, code: str) -> None:
    auction = make_auction(shops=1, closes_at=CLOSES + 30 * DAY, deliver_at=DELIVER + 30 * DAY)
    auction.publish()
    owner = auction.seller().owner
    TurnoverMonth.objects.create(owner=owner, month=MONDAY.date().replace(day=1), cap=0)
    TurnoverMonth.objects.create(owner=owner, month=(CLOSES + 30 * DAY).date().replace(day=1), cap=cap)
    with time_machine.travel(MONDAY + HOUR, tick=False):
        page = signed_in(auction.keeper()).get(reverse("procurement:quotation-offer", args=[auction.quotation.number]))
    assert f"{cap:,}".replace(",", ".") in page.content.decode()
    if code:
        refused(RuleBroken, auction.offer, code)
    else:
        assert auction.offer().version == 1


def test_who_publishes_reads_that_nobody_may_sell_so_much() -> None:
    day = MONDAY.date()
    auction = make_auction(ceiling=CAP.on(day) + 1)
    said = pages.publishing_words(auction.row, [])
    assert "satu pemilik toko" in said and "rencana" in said
    assert any("satu pemilik toko" in note["text"] for note in pages.desk(auction.row, auction.officer, MONDAY).notes)
    assert "satu pemilik toko" not in pages.publishing_words(make_auction(ceiling=CAP.on(day)).row, [])


def test_the_ceiling_itself_is_allowed() -> None:
    auction = make_auction("published", shops=1, ceiling=910_000)
    auction.open()
    assert (auction.opened().total, auction.opened().rank) == (910_000, 1)


def test_an_owner_found_to_be_one_counts_once() -> None:
    auction = make_auction("published")
    auction.seller(1).__class__.objects.filter(pk=auction.seller(1).pk).update(owner=auction.seller(0).owner)
    auction.open()
    assert (auction.opened(0).rank, auction.opened(1).obstacle) == (1, OfferObstacle.SAME_OWNER)


def test_who_is_told_of_the_opening() -> None:
    auction = make_auction("published", shops=3)
    auction.take_back(2)
    auction.open()
    assert [notices_of(auction.keeper(shop), "opened_seller") for shop in range(3)] == [1, 1, 0]
    assert notices_of(auction.office.pp, "opened_buyer") == notices_of(auction.office.requester, "opened_buyer") == 1


def test_due_rows_are_opened_by_the_sweep_once() -> None:
    due, later = make_auction("published"), make_auction("published", closes_at=CLOSES + DAY)
    assert opening.open_due(now=CLOSES) == 1
    assert opening.open_due(now=CLOSES) == 0
    assert (due.row.state, later.row.state) == ("opened", "published")


def test_an_opening_that_breaks_off_leaves_everything_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when its worker is killed: the next run opens all of it, and the others are opened meanwhile."""
    broken, other = make_auction("published"), make_auction("published")
    told = opening.notices.opened

    def stop(quotation: Quotation, *, now: object) -> None:
        if quotation.pk == broken.quotation.pk:
            raise RuntimeError("killed")

    monkeypatch.setattr(opening.notices, "opened", stop)
    assert opening.open_due(now=CLOSES) == 1
    assert (broken.row.state, other.row.state) == ("published", "opened")
    assert not broken.quotation.offers.exists()
    assert QuotationSeal.objects.get(quotation=broken.quotation).key
    monkeypatch.setattr(opening.notices, "opened", told)
    assert opening.open_due(now=CLOSES) == 1
    assert broken.quotation.offers.count() == 2


def test_first_looks_are_kept_and_only_after_the_opening() -> None:
    auction = make_auction("published")
    look = lambda who: opening.record_look(actor=who, quotation=auction.row, now=OPENED)  # noqa: E731
    refused(NotAllowed, lambda: look(auction.office.pp))
    auction.open()
    assert [look(auction.office.pp), look(auction.office.pp), look(auction.office.head)] == [True, False, True]
    refused(NotAllowed, lambda: look(auction.keeper()))
    assert QuotationLook.objects.count() == 2


# --- The award ---


def test_the_award_is_a_draft_at_the_offered_prices_that_goes_the_way_of_every_request() -> None:
    auction = make_auction("opened")
    draft = auction.award()
    line, part = draft.lines.get(), draft.sellers.get()
    assert (draft.state, draft.requester, draft.from_quotation) == ("draft", auction.office.requester, auction.row)
    assert (line.price, line.quoted_price, line.amount, line.quantity) == (90_000, 90_000, 900_000, Decimal(10))
    assert (part.delivery_cost, part.quoted_cost) == (10_000, 10_000)
    now = OPENED + 2 * HOUR
    sent = decisions.submit_request(actor=auction.office.requester, request=draft, key=new_key(), now=now)
    assert sent.total == 910_000
    approved = decisions.approve_request(
        actor=auction.office.pp, request=sent, dropped={}, note="", key=new_key(), now=now
    )
    order = agreement.issue_orders(actor=auction.office.pp, request=approved, key=new_key(), now=now)[0]
    assert (order.total, order.lines.get().price) == (910_000, 90_000)
    balanced()


def test_a_shop_that_became_dearer_is_bought_from_as_offered_and_a_cheaper_one_as_today() -> None:
    auction = make_auction("opened")
    draft, product = auction.award(), auction.shops[0][0]
    now = OPENED + 2 * HOUR
    submit = lambda: decisions.submit_request(  # noqa: E731
        actor=auction.office.requester, request=draft, key=new_key(), now=now
    )
    Product.objects.filter(pk=product.pk).update(price=80_000)
    refused(PricesChanged, submit)
    drafts.refresh_prices(actor=auction.office.requester, request=draft, now=now)
    Product.objects.filter(pk=product.pk).update(price=150_000)
    refused(PricesChanged, submit)
    drafts.refresh_prices(actor=auction.office.requester, request=draft, now=now)
    assert submit().total == 910_000


def test_its_goods_stay_as_they_were_offered() -> None:
    auction = make_auction("opened")
    draft, product = auction.award(), auction.shops[0][0]
    mine = {"actor": auction.office.requester, "request": draft, "product": product, "now": OPENED + 2 * HOUR}
    refused(RuleBroken, lambda: drafts.put_line(**mine, quantity=Decimal(20), note=""), "quoted_goods")
    refused(RuleBroken, lambda: drafts.remove_line(**mine), "quoted_goods")
    other = drafts.add_to_draft(
        actor=auction.office.requester, agency=auction.office.agency, product=product, quantity=Decimal(1), note="",
        now=OPENED + 2 * HOUR,
    )  # fmt: skip
    assert other.request_id != draft.pk
    assert other.quoted_price is None


def test_its_time_and_place_stay_as_they_were_offered_for() -> None:
    """The others offered for the same; the event's own words and the budget line may still be written."""
    auction = make_auction("opened")
    draft, now = auction.award(), OPENED + 2 * HOUR
    mine = {"actor": auction.office.requester, "request": draft, "now": now}
    for name, value in [
        ("deliver_at", draft.deliver_at - DAY), ("delivery_place", "Jl. Lain 2"),
        ("delivery_kelurahan", far_away()),
    ]:  # fmt: skip
        moved = {name: value}
        problem = refused(RuleBroken, lambda m=moved: drafts.save_request(**mine, values=m), "quoted_terms")
        assert problem.field == name
    kept = drafts.written(draft) | {"attendees": 40, "event_place": "Balai RW"}
    assert drafts.save_request(**mine, values=kept).attendees == 40
    refused(
        RuleBroken,
        lambda: drafts.add_to_draft(
            actor=auction.office.requester, agency=auction.office.agency, product=auction.shops[0][0],
            quantity=Decimal(1), note="", now=now, number=draft.number,
        ),
        "quoted_goods",
    )  # fmt: skip
    refused(
        RuleBroken,
        lambda: rotation.announce_draw(
            actor=auction.office.requester, request=draft, product=auction.shops[0][0], now=now
        ),
        "quoted_goods",
    )


def test_a_lapsed_purchase_is_rebuilt_at_the_offered_prices() -> None:
    auction = make_auction("opened")
    sent = decisions.submit_request(
        actor=auction.office.requester, request=auction.award(), key=new_key(), now=OPENED + 2 * HOUR
    )
    holds.lapse_request(request=sent, now=sent.held_until)
    lapsed = PurchaseRequest.objects.get(pk=sent.pk)
    rebuilt = copies.rebuild_request(actor=auction.office.requester, request=lapsed, now=OPENED + 2 * HOUR)
    assert (rebuilt.from_quotation, rebuilt.lines.get().quoted_price) == (auction.row, 90_000)


def test_everybody_who_offered_is_told_with_figures_and_why() -> None:
    auction = make_auction("published", shops=4)
    put(auction.seller(3), SellerState.FROZEN)
    auction.open()
    auction.pass_over(0)
    auction.award(1)
    told = {
        shop: Notification.objects.get(
            person=auction.keeper(shop), kind__in=[f"quotation.{kind}" for kind in ("won", "lost", "passed", "dropped")]
        )
        for shop in range(4)
    }
    kinds = [told[shop].kind.removeprefix("quotation.") for shop in range(4)]
    assert kinds == ["passed", "won", "lost", "dropped"]
    assert told[2].parameters == {"title": "Map rapat", "rank": 3, "own": 930_000, "total": 920_000}
    assert told[0].parameters["note"] == NOTE
    assert (told[3].parameters["reason"], told[3].parameters["total"]) == (OfferObstacle.INACTIVE, 920_000)


def test_only_the_best_left_is_awarded() -> None:
    auction = make_auction("opened")
    refused(InvalidMove, lambda: auction.award(1))
    refused(InvalidMove, lambda: auction.pass_over(1))
    auction.pass_over(0)
    refused(InvalidMove, lambda: auction.award(0))
    assert auction.award(1).lines.get().price == 91_000


def test_passing_over_needs_a_reason_its_facts_do_not_deny() -> None:
    auction = make_auction("opened")
    for reason in (PassReason.UNABLE, PassReason.RELATED):
        refused(RuleBroken, lambda reason=reason: auction.pass_over(0, reason), "reason_denied")
    refused(RuleBroken, lambda: auction.pass_over(0, note="Pendek"), "note_short")
    refused(RuleBroken, lambda: auction.pass_over(0, "lain"), "reason_missing")
    put(auction.seller(0), SellerState.FROZEN)
    refused(RuleBroken, lambda: auction.award(0), "award_unable")
    refused(RuleBroken, lambda: auction.pass_over(0, PassReason.SPECIFICATION), "reason_denied")
    auction.pass_over(0, PassReason.UNABLE)
    auction.award(1)


def test_an_officer_tied_to_a_shop_that_offered_decides_nothing() -> None:
    auction = make_auction("opened")
    second = make_officer("pp", auction.office.agency)
    make.make_member(auction.seller(1), second, role=SellerMember.Role.HOUSEHOLD, until=MONDAY)
    for act in (auction.award, auction.pass_over, auction.cancel):
        refused(OwnShop, lambda act=act: act(actor=second))
    auction.award()


def test_who_decides() -> None:
    auction = make_auction("opened")
    office = auction.office
    for act in (auction.award, auction.pass_over, auction.cancel):
        refused(SamePerson, lambda act=act: act(actor=office.requester))
        for who in (office.head, office.receiver, make_officer("ppk"), auction.keeper()):
            refused(NotAllowed, lambda act=act, who=who: act(actor=who))
    assert auction.award(actor=office.ppk).state == "draft"


def test_the_budget_must_still_be_there() -> None:
    auction = make_auction("opened", office=Office(pagu=20_000_000))
    line = auction.office.line
    from procurement.budgets import services as budgets

    budgets.reserve(line=line, amount=19_090_001, reference="PM-0", actor=auction.office.pp, now=OPENED)
    refused(RuleBroken, auction.award, "budget_short")
    budgets.release(line=line, amount=1, reference="PM-0", actor=auction.office.pp, now=OPENED)
    assert auction.award().state == "draft"


def test_when_the_requester_left_another_one_gets_the_draft() -> None:
    auction = make_auction("opened")
    auction.office.agency.members.filter(role="requester").update(valid_until=MONDAY.date())
    refused(RuleBroken, auction.award, "no_requester")
    second = make_officer("requester", auction.office.agency)
    assert auction.award().requester == second


# --- Ends without an award ---


@pytest.mark.parametrize("state", ["published", "opened"])
def test_a_cancellation_tells_every_invited_shop_why(state: str) -> None:
    auction = make_auction(state, shops=3)
    auction.cancel(now=OPENED + HOUR)
    row = auction.row
    assert (row.state, row.cancel_reason, row.cancel_note) == ("cancelled", "need", NOTE)
    assert [notices_of(auction.keeper(shop), "cancelled") for shop in range(3)] == [1, 1, 1]
    assert notices_of(auction.office.requester, "cancelled") == 1
    assert QuotationOffer.objects.exists() == (state == "opened")


def test_reasons_of_a_cancellation_are_held_against_facts() -> None:
    auction = make_auction("published")
    for reason in (QuotationCancelReason.BUDGET_GONE, QuotationCancelReason.NO_OFFER):
        refused(RuleBroken, lambda reason=reason: auction.cancel(reason), "reason_denied")
    refused(RuleBroken, lambda: auction.cancel(QuotationCancelReason.LAPSED), "reason_missing")
    refused(RuleBroken, lambda: auction.cancel(note="Pendek"), "note_short")
    auction.open()
    refused(RuleBroken, lambda: auction.cancel(QuotationCancelReason.NO_OFFER, now=OPENED + HOUR), "reason_denied")
    auction.pass_over(0)
    auction.pass_over(1)
    assert auction.cancel(QuotationCancelReason.NO_OFFER, now=OPENED + HOUR).state == "cancelled"


def test_without_a_decision_it_ends_and_binds_nobody() -> None:
    auction = make_auction("opened")
    due = auction.row.due_at
    assert opening.lapse_due(now=due - timedelta.resolution) == 0
    assert opening.lapse_due(now=due) == 1
    assert (auction.row.state, auction.row.cancel_reason) == ("cancelled", "lapsed")
    assert notices_of(auction.keeper(1), "cancelled") == 1
    refused(InvalidMove, lambda: auction.award(now=due))
    assert not PurchaseRequest.objects.exists()


def test_reminders_come_once_for_each_end_and_to_bidders_and_others_alike() -> None:
    auction = make_auction("published", shops=2)
    auction.take_back(1)
    for _again in range(2):
        reminders.remind_ahead(now=CLOSES - 2 * HOUR)
    assert [notices_of(auction.keeper(shop), "closing_near") for shop in range(2)] == [1, 1]
    auction.open()
    due = auction.row.due_at
    for _again in range(2):
        reminders.remind_ahead(now=due - 2 * HOUR)
    assert notices_of(auction.office.pp, "decision_near") == 1
    assert notices_of(auction.office.requester, "decision_near") == 0


def test_whoever_has_the_draft_is_reminded_of_the_last_moment_to_publish_it() -> None:
    auction = make_auction(closes_at=CLOSES + DAY, deliver_at=DELIVER)
    end = terms.publishable_until(CLOSES + DAY, MONDAY)
    assert reminders.remind_ahead(now=end - DAY - HOUR) == 0
    assert [reminders.remind_ahead(now=end - DAY), reminders.remind_ahead(now=end - HOUR)] == [1, 0]
    assert notices_of(auction.officer, "publish_near") == 1
    assert notices_of(auction.office.requester, "publish_near") == 0
    auction.publish()
    assert not Notification.objects.unread().filter(kind="quotation.publish_near").exists()
    returned = make_auction("returned", closes_at=CLOSES + DAY, deliver_at=DELIVER)
    assert [reminders.remind_ahead(now=end - HOUR), reminders.remind_ahead(now=end)] == [1, 0]
    assert notices_of(returned.office.requester, "publish_near") == 1
    assert notices_of(returned.officer, "publish_near") == 0


def test_nothing_of_a_draft_is_public() -> None:
    auction: Auction = make_auction("draft")
    assert not Quotation.objects.public().exists()
    assert not Quotation.objects.invited(auction.keeper()).exists()
