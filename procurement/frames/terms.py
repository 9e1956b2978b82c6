"""What a frame allows, and why a request is not inside it, in figures. Nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.clock import is_valid_on
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from procurement.agencies.states import OfficerRole
from procurement.frames.models import ApprovalFrame, FrameGoods
from procurement.frames.states import FrameState
from procurement.guards.rules import SPLIT_WINDOW
from procurement.requests import officers
from procurement.requests.contents import RequestContents, kind_of
from procurement.requests.models import PurchaseRequest, RequestLine
from umkm.catalogue.models import Product
from umkm.catalogue.names import same_name
from umkm.catalogue.states import Unit
from umkm.catalogue.tiers import lowest_price
from umkm.sellers import policies as shops


@dataclass(frozen=True)
class Whole:
    """A frame together with the department's other frames of such goods on the account, in days near its own."""

    amount: int
    numbers: tuple[str, ...]  # of the others

    @property
    def words(self) -> str:
        if not self.numbers:
            return rupiah(self.amount)
        return _("%(amount)s bersama %(numbers)s") % {
            "amount": rupiah(self.amount),
            "numbers": ", ".join(self.numbers),
        }


def allowed(goods: Iterable[FrameGoods], product: Product) -> FrameGoods | None:
    """The row that names the product, else that of its category or the one above, in its unit."""
    near = {product.category_id: 1, product.category.parent_id: 2}
    found = [
        (0 if row.product_id else near[row.category_id], row.pk, row)
        for row in goods
        if row.unit == product.unit and (row.product_id == product.pk if row.product_id else row.category_id in near)
    ]
    return min(found)[2] if found else None


def whole(frame: ApprovalFrame, day: date, known: Iterable[ApprovalFrame] | None = None) -> Whole:
    """What thresholds are asked over: several frames of one kind of goods are one purchase.

    A frame that has ended counts with what was bought under it. `known`: the frames of the department's account where
    they are read already (`of_account`), else two queries. Source: Perpres 16/2018 art. 20.
    """
    window = timedelta(days=SPLIT_WINDOW.on(day))
    every = ApprovalFrame.objects.of_account(frame.line).exclude(pk=frame.pk) if known is None else known
    counted = [
        (other.number, other.amount if other.state == FrameState.SIGNED else other.drawn)
        for other in sorted(every, key=lambda other: other.pk)
        if other.pk != frame.pk
        and other.valid_from <= frame.valid_until + window
        and other.valid_until >= frame.valid_from - window
        and kinds_of(other) & kinds_of(frame)
    ]
    return Whole(
        amount=frame.amount + sum(amount for _number, amount in counted),
        numbers=tuple(number for number, amount in counted if amount),
    )


def kinds_of(frame: ApprovalFrame) -> set[int]:
    """Goods are of one kind when their categories share a parent (`contents.kind_of`)."""
    return {row.category.parent_id or row.category_id for row in frame.goods.all()}


def in_force(request: PurchaseRequest, now: datetime) -> list[ApprovalFrame]:
    """Signed frames of the request's budget line that approve today. Two queries; none while it has no line."""
    if request.line is None:
        return []
    day = clock.local_date(now)
    return [
        frame
        for frame in ApprovalFrame.objects.of_account(request.line)
        if frame.state == FrameState.SIGNED and frame.line_id == request.line_id and is_valid_on(frame, day)
    ]


def names_goods(frame: ApprovalFrame, product: Product) -> bool:
    """Whether a request for so much of the product that its price is the lowest of today could be inside the frame."""
    row = allowed(frame.goods.all(), product)
    named = set(frame.named)
    return row is not None and lowest_price(product) <= row.price_limit and (not named or product.seller_id in named)


def names_any(frame: ApprovalFrame, held: RequestContents) -> bool:
    """Whether the request asks for anything the frame is about, in whatever unit and at whatever price."""
    kinds = kinds_of(frame)
    return any(kind_of(line.product) in kinds for line in held.kept)


def objections(frame: ApprovalFrame, request: PurchaseRequest, held: RequestContents, now: datetime) -> Iterator[str]:
    """Why the frame itself (one of `of_account`) does not cover the request, one sentence each. One query, and those of
    the shops of who signed it where they have any."""
    yield from _days(frame, request, now)
    if set(held.charges) - {frame.line_id}:
        yield _("Sebagian barangnya dibebankan ke mata anggaran lain, sedangkan kerangka ini satu mata anggaran.")
    for line in held.kept:
        yield from _goods(frame, line)
    yield from _amounts(frame, held)
    named = set(frame.named)
    for part in held.parts:
        if named and part.kept and part.seller.pk not in named:
            yield _("%(shop)s bukan penjual yang disebut kerangka ini.") % {"shop": part.seller.name}
    yield from _people(frame, request, held)


def _days(frame: ApprovalFrame, request: PurchaseRequest, now: datetime) -> Iterator[str]:
    words = {"first": full_date(frame.valid_from), "last": full_date(frame.valid_until)}
    if frame.state != FrameState.SIGNED or not is_valid_on(frame, clock.local_date(now)):
        yield _("Kerangka ini berlaku %(first)s sampai %(last)s, dan hari ini tidak.") % words
    elif request.deliver_at is not None and not is_valid_on(frame, clock.last_day(request.deliver_at)):
        words["day"] = full_date(clock.last_day(request.deliver_at))
        yield _("Barang tiba %(day)s, sedangkan kerangka ini berlaku %(first)s sampai %(last)s.") % words


def _goods(frame: ApprovalFrame, line: RequestLine) -> Iterator[str]:
    row = allowed(frame.goods.all(), line.product)
    if row is None and (named := _shops_of(frame, line)):
        words = {"name": line.name, "shops": ", ".join(named), "shop": line.seller.name}
        yield _("%(name)s di kerangka ini hanya dari %(shops)s, bukan dari %(shop)s.") % words
    elif row is None:
        unit = Unit(line.product.unit).label
        yield _("%(name)s per %(unit)s tidak ada di kerangka ini.") % {"name": line.name, "unit": unit}
    elif line.price > row.price_limit:
        words = {"name": line.name, "price": rupiah(line.price), "limit": rupiah(row.price_limit)}
        yield _("%(name)s %(price)s, sedangkan kerangka ini paling tinggi %(limit)s.") % words


def _shops_of(frame: ApprovalFrame, line: RequestLine) -> list[str]:
    """The shops whose goods of the same name the frame holds, where it holds single goods."""
    found = [
        row.product.seller.name
        for row in frame.goods.all()
        if row.product is not None and row.unit == line.product.unit and same_name(row.product.name, line.name)
    ]
    return list(dict.fromkeys(found))


def _amounts(frame: ApprovalFrame, held: RequestContents) -> Iterator[str]:
    words = {"total": rupiah(held.total), "limit": rupiah(frame.order_limit), "left": rupiah(frame.left)}
    if held.total > frame.order_limit:
        words["more"] = rupiah(held.total - frame.order_limit)
        yield _("Jumlahnya %(total)s, paling banyak %(limit)s tiap permintaan: lebih %(more)s.") % words
    if held.total > frame.left:
        words["more"] = rupiah(held.total - frame.left)
        yield _("Jumlahnya %(total)s, sisa kerangka %(left)s: lebih %(more)s.") % words


def _people(frame: ApprovalFrame, request: PurchaseRequest, held: RequestContents) -> Iterator[str]:
    """Requester, head and officer are three people, and nobody of them is tied to a seller of the request."""
    signers: list[User] = [person for person in (frame.signer, frame.proposer) if person is not None]
    for person in signers:
        if person.pk == request.requester_id:
            yield _("Kerangka ini ditandatangani atau diusulkan oleh pemesannya sendiri.")
    asked = {part.seller.pk for part in held.parts if part.kept}
    ties = shops.ties_by_person(signers)
    for person in signers:
        if asked & ties.get(person.pk, frozenset()):
            yield _("%(who)s, yang menandatangani atau mengusulkan kerangka ini, terkait dengan penjualnya.") % {
                "who": person
            }


def office_objection(frame: ApprovalFrame, together: Whole, day: date) -> str:
    """Why the office that proposed the frame may not answer for so much; empty when it may.

    Source: Perpres 16/2018 art. 12 (the PP buys up to the dated amount; above it the PPK).
    """
    needed = officers.needed_role(together.amount, day)
    if needed != OfficerRole.PPK or frame.proposer_role == OfficerRole.PPK:
        return ""
    return _("Nilainya %(amount)s, wewenang PPK, sedangkan kerangka ini diusulkan PP.") % {"amount": together.words}
