"""A draft is written with the requester: the event and the goods. Choices are explained in sourcing/services."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, editing, idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.money import share
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.policies import holders
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.requests import asked_ceilings, contents, notices, obstacles, policies
from procurement.requests.errors import MethodNews, PriceNews
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.states import OPEN
from procurement.rotation import results
from procurement.schedules import reading as schedules
from umkm.catalogue import feasibility
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import tier_from, unit_price
from umkm.sellers import policies as shops
from umkm.sellers.models import Seller

WRITABLE = (
    "title",
    "purpose",
    "line",
    "event_kind",
    "event_at",
    "event_place",
    "attendees",
    "deliver_at",
    "delivery_place",
    "delivery_kelurahan",
)
# Of these what won a request for quotation was offered for.
FIXED_BY_QUOTATION = ("deliver_at", "delivery_place", "delivery_kelurahan")


@service
def create_request(
    *, actor: User, agency: Agency, values: Mapping[str, Any], now: datetime, key: str = ""
) -> PurchaseRequest:
    """A draft with its own number lies with the requester. `values`: any of WRITABLE. The same `key` of the same person
    gives the same draft.

    Raises: NotAllowed, RuleBroken, KeyReused.
    """
    if not policies.can_request(actor, agency, clock.local_date(now)):
        raise NotAllowed(_("Hanya pemesan yang ditunjuk dinas ini yang dapat membuat permintaan."))
    who, body = f"user:{actor.pk}", {"agency": agency.pk, **values}
    if key and (earlier := idempotency.claim(person=who, key=key, body=body)) is not None:
        return PurchaseRequest.objects.get(number=earlier)
    year = clock.local_date(now).year
    request = PurchaseRequest(agency=agency, requester=actor, created_at=now)
    _write(request, values, now)
    request.number = next_number("PM", year)
    request.save()
    begin(request, actor=actor, now=now)
    idempotency.settle(person=who, key=key, result=request.number)
    return request


@service
def save_request(
    *, actor: User, request: PurchaseRequest, values: Mapping[str, Any], now: datetime, shown: str | None = None
) -> PurchaseRequest:
    """The draft keeps `values` (of WRITABLE). `shown`: what the page that posts showed (`core.editing`).

    Raises: NotAllowed, InvalidMove, RuleBroken, ChangedMeanwhile. Locks: PurchaseRequest.
    """
    request = locked_draft(actor, request, now)
    editing.check_unchanged(shown, written(request), values)
    _check_offered(request, values)
    require(
        not request.scheduled_days or values.get("deliver_at", request.deliver_at) == request.deliver_at,
        _("Permintaan ini punya jadwal pengiriman, jadi waktu tibanya diubah di jadwal itu."),
        field="deliver_at",
        code="scheduled",
    )
    _write(request, values, now)
    results.check_as_announced(request)
    request.save(update_fields=[name for name in WRITABLE if name in values])
    return request


@service
def put_line(
    *,
    actor: User,
    request: PurchaseRequest,
    product: Product,
    quantity: Decimal,
    note: str,
    now: datetime,
    shown: str | None = None,
    charged_to: int | None = None,
) -> RequestLine:
    """The draft holds exactly `quantity` of the product, at today's price; its seller's delivery cost is refreshed.

    `charged_to`: the budget line, by its pk, that paid for what the product comes in place of; a product that is in the
    draft already keeps its own. `shown`: what the page that posts showed of the line (`core.editing`, over
    `amount_of`).

    Raises: NotAllowed, InvalidMove, RuleBroken, ChangedMeanwhile. Locks: PurchaseRequest.
    """
    request = locked_draft(actor, request, now)
    check_goods_open(request)
    note = note.strip()[:200]
    wanted = {"quantity": quantity, "note": note}
    before = request.lines.filter(product=product).first()
    editing.check_unchanged(shown, amount_of(before), wanted)
    require(
        before is None or before.dropped_at is None,
        _("%(name)s sudah dilepas pejabat dari permintaan ini. Minta di permintaan baru bila masih perlu.")
        % {"name": product.name},
        field="product",
        code="line_dropped",
    )
    product = Product.objects.select_related("seller").get(pk=product.pk)
    feasibility.check(product, quantity, None)
    # A civil servant may own a shop; buying from it for the office is a conflict of interest.
    require(not shops.is_tied(actor, product.seller), obstacles.own_shop_words(), field="product", code="own_shop")
    values = {**as_sold(product, quantity), "note": note, "quoted_price": None}
    line, _made = RequestLine.objects.update_or_create(
        request=request,
        product=product,
        defaults=values,
        create_defaults={**values, "charged_to_id": charged_to},
    )
    RequestSeller.objects.update_or_create(
        request=request,
        seller=product.seller,
        defaults={**as_delivered(product.seller, _times(request, product.seller_id)), "quoted_cost": None},
    )
    results.check_as_announced(request, contents.goods_of(product))
    return line


def as_sold(product: Product, quantity: Decimal) -> dict[str, Any]:
    """Of a line of `quantity` of the product: what it is and costs today."""
    price = unit_price(product, quantity)
    return {
        "seller": product.seller,
        "name": product.name,
        "unit": product.unit,
        "food_kind": product.food_kind,
        "price": price,
        "tier_from": tier_from(product, quantity, price),
        "quantity": quantity,
        "amount": share(price, quantity),
    }


def as_delivered(seller: Seller, times: int = 1) -> dict[str, Any]:
    """Of a seller's part: how its goods come today, and what bringing them so often costs."""
    return {"delivery_cost": seller.delivery_price * times, "is_delivered": seller.offers_delivery}


def _times(request: PurchaseRequest, seller: int) -> int:
    """How often the seller brings something of what the request asks for now."""
    return schedules.times_of(request, set(request.lines.filter(seller=seller).values_list("product", flat=True)))


@service
def add_to_draft(
    *, actor: User, agency: Agency, product: Product, quantity: Decimal, note: str, now: datetime, number: str = ""
) -> RequestLine:
    """`quantity` more of the product lies in the requester's draft `number`; without one in the newest, else in a new.
    Never more than can come on the day of the draft.

    Without a `note` the one the line has stays. A `number` that is no draft of theirs any more is refused: the goods
    were meant for that purchase.
    A refusal leaves no empty draft behind. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    drafts = PurchaseRequest.objects.open_of(actor).filter(agency=agency)
    draft = drafts.filter(number=number).first() if number else drafts.first()
    if draft is None and number:
        own = PurchaseRequest.objects.filter(requester=actor, agency=agency, number=number, state__in=OPEN).first()
        if own is not None:
            check_goods_open(own)
        text = _("%(number)s bukan draf Anda lagi, jadi %(name)s tidak ditambahkan. Buka permintaannya lebih dahulu.")
        raise InvalidMove(text % {"number": number, "name": product.name})
    if draft is None:
        values = {
            "title": product.name[:120],
            "delivery_place": agency.address,
            "delivery_kelurahan": agency.kelurahan,
        }
        draft = create_request(actor=actor, agency=agency, values=values, now=now)
    draft = locked_draft(actor, draft, now)
    held = amount_of(draft.lines.filter(product=product).first())
    line = put_line(
        actor=actor,
        request=draft,
        product=product,
        quantity=held["quantity"] + quantity,
        note=note.strip() or held["note"],
        now=now,
    )
    _check_able(draft, line, held["quantity"], now)
    return line


def _check_able(draft: PurchaseRequest, line: RequestLine, before: Decimal, now: datetime) -> None:
    """Raises RuleBroken when so much of the line cannot come, whatever the day; `before`: how much of it the draft held
    already."""
    on = obstacles.calendar_of(draft, [line.product], now)
    faults = feasibility.faults(line.product, line.quantity, on)
    text = next((fault.text for fault in faults if fault.field == "quantity"), "")
    text = text or feasibility.problem_of(line.product, line.quantity)
    if text:
        held = _("Draf ini sudah berisi %(count)s.") % {"count": Unit(line.unit).counted(before)} if before else ""
        raise RuleBroken(f"{held} {text}".strip(), field="quantity", code="out_of_stock")


@service
def remove_line(
    *, actor: User, request: PurchaseRequest, product: Product, now: datetime, by: Product | None = None
) -> None:
    """The product leaves the draft, and with its last product the seller. A second call changes nothing.

    `by`: what the caller puts in its place. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = locked_draft(actor, request, now)
    check_goods_open(request)
    request.lines.filter(product=product, dropped_at__isnull=True).delete()
    way = request.sellers.filter(seller_id=product.seller_id)
    if not request.lines.filter(seller_id=product.seller_id).exists():
        way.delete()
    elif request.scheduled_days:  # the goods that are left may come on fewer dates
        seller = Seller.objects.get(pk=product.seller_id)
        way.update(**as_delivered(seller, _times(request, seller.pk)))
    goods = contents.goods_of(product)
    if by is None or contents.goods_of(by) != goods:
        results.check_as_announced(request, goods)


@service
def charge_goods(
    *,
    actor: User,
    request: PurchaseRequest,
    payers: Mapping[int, BudgetLine | None],
    now: datetime,
    shown: str | None = None,
) -> None:
    """The goods of the draft are charged to these budget lines of the department (`payers`: by product pk; None: to the
    request's own). What `payers` does not name stays as it is.

    `shown`: what the page that posts showed (`core.editing`, over `payers_of`). Raises: NotAllowed, InvalidMove,
    RuleBroken, ChangedMeanwhile. Locks: PurchaseRequest.
    """
    request = locked_draft(actor, request, now)
    require(
        request.line_id is not None,
        _("Pilih dahulu mata anggaran permintaan ini, lalu bagi bebannya."),
        code="budget_missing",
    )
    _check_line_free(request)
    lines = {line.product_id: line for line in request.lines.filter(dropped_at__isnull=True)}
    require(
        payers.keys() <= lines.keys(),
        _("Barang di permintaan berubah sejak halaman ini dibuka. Muat ulang halaman."),
        code="request_changed",
    )
    for payer in payers.values():
        require(
            payer is None or payer.agency_id == request.agency_id,
            _("Mata anggaran ini milik dinas lain. Pilih mata anggaran dinas Anda."),
            code="other_agency",
        )
    wanted = {payer_field(pk): (payer.pk if payer else request.line_id) for pk, payer in payers.items()}
    editing.check_unchanged(shown, payers_of(request, lines.values()), wanted)
    for product, line in lines.items():
        if product in payers:
            pk = wanted[payer_field(product)]
            line.charged_to_id = None if pk == request.line_id else pk
            line.save(update_fields=["charged_to"])


def payer_field(product: int) -> str:
    """Of the form that says which budget line pays for a product."""
    return f"beban-{product}"


def payers_of(request: PurchaseRequest, lines: Iterable[RequestLine]) -> dict[str, int | None]:
    """Which budget line pays for each of the goods, by field of the form."""
    return {payer_field(line.product_id): line.charged_to_id or request.line_id for line in lines}


@service
def refresh_prices(*, actor: User, request: PurchaseRequest, now: datetime) -> list[PriceNews | MethodNews]:
    """The draft's lines and delivery costs take today's prices; returns what moved.

    Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest.
    """
    request = locked_draft(actor, request, now)
    held = contents.read(request, now)
    news = held.news  # told before the lines take the new price
    for line in held.kept:
        reached = tier_from(line.product, line.quantity, line.price_now)
        if (line.price, line.tier_from) != (line.price_now, reached):
            line.price, line.tier_from = line.price_now, reached
            line.amount = share(line.price, line.quantity)
            line.save(update_fields=["price", "tier_from", "amount"])
    for part in held.parts:
        request.sellers.filter(seller=part.seller).update(
            delivery_cost=part.fee_now, is_delivered=part.seller.offers_delivery
        )
    return news


@service
def ask_head(*, actor: User, request: PurchaseRequest, now: datetime) -> None:
    """The heads of the department know how much each budget line of the draft lacks; told once a day. Its event keeps
    the figures they were told.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = locked_draft(actor, request, now)
    short = obstacles.shortages(request, contents.read(request, now))
    require(
        short,
        _("Pagunya cukup untuk permintaan ini, jadi tidak ada yang perlu ditanyakan."),
        code="budget_enough",
    )
    heads = holders(request.agency_id, OfficerRole.HEAD, clock.local_date(now))
    require(heads, _("Belum ada kepala dinas yang ditunjuk. Minta admin menunjuknya."), code="no_head")
    if not asked_ceilings.may_ask(request, now):
        return
    for charge in short:
        notices.budget_asked(request, heads, line=charge.line, total=charge.amount, now=now)
    move(
        request, "ask_ceiling", actor=actor, now=now, acted_as=OfficerRole.REQUESTER,
        note=asked_ceilings.recorded_words(short), ceiling_asked_at=now,
    )  # fmt: skip


def amount_of(line: RequestLine | None) -> dict[str, Any]:
    """What the requester wrote about one product; a line that was removed asks for none."""
    return {"quantity": line.quantity, "note": line.note} if line else {"quantity": Decimal(0), "note": ""}


def written(request: PurchaseRequest) -> dict[str, Any]:
    """What the requester wrote about the event, by field of WRITABLE."""
    return {name: getattr(request, name) for name in WRITABLE}


def _write(request: PurchaseRequest, values: Mapping[str, Any], now: datetime) -> None:
    unknown = set(values) - set(WRITABLE)
    if unknown:
        raise ValueError(f"Not fields of a request: {sorted(unknown)}")
    for name, value in values.items():
        setattr(request, name, value)
    require(request.title.strip(), _("Tulis nama kegiatannya."), field="title", code="title_missing")
    line = request.line
    require(
        line is None or line.agency_id == request.agency_id,
        _("Mata anggaran ini milik dinas lain. Pilih mata anggaran dinas Anda."),
        field="line",
        code="other_agency",
    )
    require(
        not clock.is_over(values.get("deliver_at"), now),
        _("Waktu ini sudah lewat. Pilih waktu yang akan datang."),
        field="deliver_at",
        code="deliver_past",
    )
    require(
        request.attendees is None or request.attendees > 0,
        _("Jumlah peserta paling sedikit satu orang."),
        field="attendees",
        code="attendees",
    )


def check_goods_open(request: PurchaseRequest) -> None:
    """What won a request for quotation is bought as it was offered, with nothing beside it."""
    require(
        request.from_quotation_id is None,
        _("Isi permintaan ini pemenang permintaan penawaran, jadi barang dan jumlahnya tetap. Buat draf lain."),
        code="quoted_goods",
    )


def _check_line_free(request: PurchaseRequest) -> None:
    """The money of an award stays where it is held."""
    require(
        not policies.holds_award(request),
        _("Uang penetapan ini sudah ditahan di mata anggaran permintaan penawarannya, jadi mata anggarannya tetap."),
        field="line",
        code="quoted_line",
    )


def _check_offered(request: PurchaseRequest, values: Mapping[str, Any]) -> None:
    """The winner of a request for quotation brings the goods when and where it offered to: the others offered for the
    same."""
    if request.from_quotation_id is None:
        return
    if "line" in values and values["line"] != request.line:
        _check_line_free(request)
    for name in FIXED_BY_QUOTATION:
        require(
            name not in values or values[name] == getattr(request, name),
            _("Waktu dan tempat antar ditawar bersama harganya, jadi tetap. Rundingkan dengan penjualnya bila perlu."),
            field=name,
            code="quoted_terms",
        )


def locked_draft(actor: User, request: PurchaseRequest, now: datetime) -> PurchaseRequest:
    """The draft, locked, while it lies with the actor, who is its requester today. Raises: NotAllowed, InvalidMove."""
    locked: PurchaseRequest = PurchaseRequest.objects.locked().get(pk=request.pk)
    if actor.pk != locked.requester_id:
        raise NotAllowed(_("Isi permintaan ini hanya dapat diubah oleh pemesannya."))
    if not policies.is_requester(actor, locked, clock.local_date(now)):
        raise NotAllowed(_("Penunjukan Anda sebagai pemesan tidak berlaku hari ini. Hubungi kepegawaian dinas."))
    if locked.state not in OPEN:
        raise InvalidMove(_("Permintaan ini sudah dikirim, jadi isinya tidak dapat diubah. Tarik dahulu bila perlu."))
    return locked
