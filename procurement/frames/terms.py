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
from umkm.catalogue.states import Unit
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


def whole(frame: ApprovalFrame, day: date) -> Whole:
    """What thresholds are asked over: several frames of one kind of goods are one purchase. Four queries.

    A frame that has ended counts with what was bought under it. Source: Perpres 16/2018 art. 20.
    """
    window = timedelta(days=SPLIT_WINDOW.on(day))
    kinds = {row.category.parent_id or row.category_id for row in frame.goods.all()}
    near = (
        ApprovalFrame.objects.filter(
            agency=frame.agency_id,
            line__account=frame.line.account_id,
            state__in=[FrameState.SIGNED, FrameState.ENDED],
            valid_from__lte=frame.valid_until + window,
            valid_until__gte=frame.valid_from - window,
        )
        .exclude(pk=frame.pk)
        .prefetch_related("goods__category")
        .order_by("pk")
    )
    others = [
        (other.number, other.amount if other.state == FrameState.SIGNED else other.drawn)
        for other in near
        if kinds & {row.category.parent_id or row.category_id for row in other.goods.all()}
    ]
    counted = [(number, amount) for number, amount in others if amount]
    return Whole(
        amount=frame.amount + sum(amount for _number, amount in counted),
        numbers=tuple(number for number, _amount in counted),
    )


def names_any(frame: ApprovalFrame, held: RequestContents) -> bool:
    """Whether the request asks for anything the frame is about, in whatever unit and at whatever price."""
    kinds = {row.category.parent_id or row.category_id for row in frame.goods.all()}
    return any(kind_of(line.product) in kinds for line in held.kept)


def objections(frame: ApprovalFrame, request: PurchaseRequest, held: RequestContents, now: datetime) -> Iterator[str]:
    """Why the frame itself does not cover the request, one sentence each. Two queries at most."""
    yield from _days(frame, request, now)
    for line in held.kept:
        yield from _goods(frame, line)
    yield from _amounts(frame, held)
    named = {seller.pk for seller in frame.sellers.all()}
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
    if row is None:
        unit = Unit(line.product.unit).label
        yield _("%(name)s per %(unit)s tidak ada di kerangka ini.") % {"name": line.name, "unit": unit}
    elif line.price > row.price_limit:
        words = {"name": line.name, "price": rupiah(line.price), "limit": rupiah(row.price_limit)}
        yield _("%(name)s %(price)s, sedangkan kerangka ini paling tinggi %(limit)s.") % words


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
    tied = shops.tied_people(signers, [part.seller for part in held.parts if part.kept])
    for person in signers:
        if person.pk in tied:
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
