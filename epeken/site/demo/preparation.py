"""What is done about a request before it is an order: negotiation, turns, templates, copies, frames, files."""

import hashlib
from datetime import date, datetime, timedelta

from epeken.core import clock
from epeken.site.demo import fulfilment
from epeken.site.demo.baskets import Basket
from epeken.site.demo.diary import Diary
from epeken.site.demo.market import paper
from epeken.site.demo.offices import working_moment
from orders.orders.services import agreement as order_services
from procurement.agencies.states import OfficerRole
from procurement.attachments import services as attachments
from procurement.attachments.states import RequestFileKind
from procurement.budgets.models import BudgetLine
from procurement.frames import services as frames
from procurement.frames.models import ApprovalFrame
from procurement.frames.rules import LEAST
from procurement.frames.services import AllowedGoods
from procurement.negotiations.services import rounds
from procurement.negotiations.terms import Terms, terms_of
from procurement.request_templates import services as templates
from procurement.request_templates.states import ActivityKind
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import copies, drafts
from procurement.rotation import services as rotation
from umkm.catalogue.models import Product


def negotiate(diary: Diary, basket: Basket, *, is_agreed: bool) -> None:
    """The officer asks the first shop of the submitted basket for a twentieth less; it agrees, or still thinks."""
    request = PurchaseRequest.objects.submitted().filter(agency=diary.agency, title=basket.title).latest("pk")
    assert request.submitted_at is not None
    officer = diary.people[OfficerRole.PP if request.needed_role == OfficerRole.PP else OfficerRole.PPK]
    part = contents.read(request, diary.now).parts[0]
    now_is = terms_of(request, part)
    asked = Terms(
        {product: price * 95 // 100 for product, price in now_is.prices.items()}, now_is.delivery_cost,
        now_is.deliver_at,
    )  # fmt: skip
    opened = request.submitted_at + timedelta(hours=2) if is_agreed else diary.now - timedelta(hours=2)
    negotiation = rounds.open_negotiation(
        actor=officer, request=request, seller=part.seller, terms=asked, key=diary.key(basket, 0) + "7",
        words="Kami memesan banyak sekaligus dan membayar tepat waktu.", now=opened,
    )  # fmt: skip
    if is_agreed:
        owner = part.seller.members.select_related("user").earliest("pk").user
        rounds.accept_offer(
            actor=owner, negotiation=negotiation, round_number=1, key=diary.key(basket, 0) + "8",
            now=opened + timedelta(hours=1),
        )  # fmt: skip


def draw_turns(diary: Diary, basket: Basket, *, days_ago: int, is_drawn: bool) -> None:
    """Several shops bring the goods at an equal cost: turns are drawn among them, or the list is published."""
    when = diary.moments(basket, days_ago, is_ordered=False, minute=20)
    begun = when.begun
    request, requester = diary.draft(basket, begun, when.event_at), diary.people[OfficerRole.REQUESTER]
    product = request.lines.get().product
    draw = rotation.announce_draw(actor=requester, request=request, product=product, now=begun)
    if is_drawn and clock.is_over(draw.draw_from, diary.now):  # in a long holiday it waits for its value
        rotation.make_draw(actor=requester, draw=draw, public_value="7.214,38", now=diary.now)


def keep_template(diary: Diary, basket: Basket, name: str) -> None:
    """The newest request of the basket becomes a template, and a draft is made from it."""
    requester = diary.people[OfficerRole.REQUESTER]
    source = PurchaseRequest.objects.filter(agency=diary.agency, title=basket.title).latest("pk")
    key = hashlib.sha256(f"{diary.agency.code}/{name}".encode()).hexdigest()[:31]
    template = templates.save_template(
        actor=requester,
        request=source,
        name=name,
        activity=ActivityKind.MEETING,
        key=key + "1",
        now=diary.now - timedelta(hours=1),
    )
    day = clock.add_working_days(clock.local_date(diary.now), 6)
    templates.use_template(
        actor=requester, template=template, agency=diary.agency, title="Rapat 60 orang", attendees=60, place="Ruang Seruni",
        event_at=clock.start_of(day) + timedelta(hours=9), key=key + "2", now=diary.now - timedelta(minutes=50),
    )  # fmt: skip


def frame(diary: Diary, basket: Basket, *, days_ago: int, is_signed: bool) -> ApprovalFrame | None:
    """The head approves the basket's goods beforehand, up to three times what it costs now; None where so few days
    of the budget year are left that no frame runs in them."""
    begun = working_moment(diary.now, days_ago, 8, 20)
    first = clock.local_date(begun)
    last = min(first + timedelta(days=60), date(first.year, 12, 31))
    if (last - first).days + 1 < LEAST.on(first):
        return None
    goods = [
        (Product.objects.select_related("category").get(seller__name=shop, name=name), quantity)
        for shop, name, quantity in basket.goods
    ]
    cost = sum(product.price * quantity for product, quantity in goods)
    key = hashlib.sha256(f"{diary.agency.code}/{basket.title}/frame".encode()).hexdigest()[:31]
    frame = frames.propose_frame(
        actor=diary.people[OfficerRole.PPK], agency=diary.agency, title=f"{basket.title}, triwulan berjalan",
        line=BudgetLine.objects.get(agency=diary.agency, account_id=basket.account, year=first.year),
        amount=3 * cost, order_limit=3 * cost // 2, valid_from=first, valid_until=last,
        goods=[AllowedGoods(price_limit=product.price * 11 // 10, product=product) for product, _much in goods],
        sellers=[], is_issued_at_once=False, key=key + "1", now=begun,
        ceiling_reason="Harga bahan pokok naik menjelang hari raya.",  # kept where a price asks for it
    )  # fmt: skip
    if is_signed:
        frames.sign_frame(
            actor=diary.people[OfficerRole.HEAD], frame=frame, decree=f"000.3.2/{frame.pk}/{first.year}",
            key=key + "2", now=begun + timedelta(hours=3),
        )  # fmt: skip
    return frame


def buy_framed(diary: Diary, basket: Basket, *, days_ago: int, is_issued: bool) -> None:
    """One request for the basket within its frame: approved as it is sent."""
    when = diary.moments(basket, days_ago, is_ordered=is_issued)
    request = diary.draft(basket, when.begun, when.event_at)
    key = diary.key(basket, days_ago)
    sent = when.begun + timedelta(minutes=20)
    request = diary.send(request, key + "a", sent)
    if is_issued and request.frame is not None:
        # Of a year that had not begun when it was sent: in its first days.
        is_of_the_year = clock.local_date(sent).year == clock.local_date(when.event_at).year
        issued = sent + timedelta(hours=1) if is_of_the_year else when.issued
        placed = order_services.issue_orders(
            actor=diary.people[OfficerRole.PP], request=request, key=key + "b", now=issued
        )
        for order in placed:
            fulfilment.fulfil(diary, order, "accepted", issued, when.event_at, "", key)


def ask_ceiling(diary: Diary, basket: Basket, *, days_ago: int) -> None:
    """A draft costs more than its budget line has left; its requester asks the head for a higher ceiling."""
    when = diary.moments(basket, days_ago, is_ordered=False)
    request = diary.draft(basket, when.begun, when.event_at)
    drafts.ask_head(actor=diary.people[OfficerRole.REQUESTER], request=request, now=when.begun + timedelta(minutes=10))


def attach(diary: Diary, basket: Basket, now: datetime) -> None:
    """Terms of reference and an invitation lie beside the request that waits."""
    request = PurchaseRequest.objects.filter(agency=diary.agency, title=basket.title).latest("pk")
    for number, (kind, title) in enumerate(
        [(RequestFileKind.TERMS, "KAK rapat persiapan"), (RequestFileKind.INVITATION, "Undangan rapat persiapan")]
    ):
        attachments.attach_file(
            actor=diary.people[OfficerRole.REQUESTER], request=request, kind=kind, title=title,
            file=paper(str(kind.label), request.number, number), now=now - timedelta(minutes=40),
            key=hashlib.sha256(f"{request.number}/{kind}".encode()).hexdigest()[:32],
        )  # fmt: skip


def copy(diary: Diary, basket: Basket) -> None:
    """The oldest purchase of the basket that came to its end is asked for once more."""
    source = PurchaseRequest.objects.filter(agency=diary.agency, title=basket.title, state="ordered").earliest("pk")
    copies.repeat_request(
        actor=diary.people[OfficerRole.REQUESTER], request=source, now=diary.now - timedelta(minutes=35)
    )
