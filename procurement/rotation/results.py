"""Whose turn a draw says it is, and what a request must do about it. The only place that answers this."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from epeken.core.errors import require
from procurement.requests.contents import RequestContents, goods_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.unfilled import chain_of
from procurement.rotation.models import RotationDraw, RotationEntrant
from procurement.rotation.states import DrawState
from umkm.catalogue.states import Unit


def draws_of(request: PurchaseRequest) -> list[RotationDraw]:
    """All of the request, with what a page tells of them. Four queries, one without draws; none for a request whose
    draws a page read (`read_draws`)."""
    if "told_draws" in request.__dict__:
        return request.told_draws
    return list(_told().filter(request=request))


def read_draws(request: PurchaseRequest) -> None:
    """Once for a page, which asks for obstacles and tells of the draws."""
    request.told_draws = draws_of(request)


def _told() -> QuerySet[RotationDraw]:
    found = RotationDraw.objects.select_related("category").order_by("pk")
    return found.prefetch_related("entrants__seller", "entrants__place", "entrants__passed")


def in_order(draw: RotationDraw) -> list[RotationEntrant]:
    """Who takes part, as drawn; empty before."""
    drawn = [one for one in draw.entrants.all() if hasattr(one, "place")]
    return sorted(drawn, key=lambda one: one.place.place)


def chosen(draw: RotationDraw) -> RotationEntrant | None:
    """Whose turn it is: the first drawn who was not passed over. None before the draw and when all were."""
    return next((one for one in in_order(draw) if not hasattr(one, "passed")), None)


def goods_drawn(draw: RotationDraw) -> tuple[int, str]:
    return draw.category_id, draw.unit


def goods_words(draw: RotationDraw) -> str:
    return str(draw.category)


def unlike(draw: RotationDraw, request: PurchaseRequest, lines: list[RequestLine]) -> str:
    """What of the published terms the request no longer asks for; "" when it still does."""
    if len(lines) != 1 or lines[0].quantity != draw.quantity:
        return _("Jumlahnya bukan lagi yang diumumkan.")
    if request.deliver_at != draw.deliver_at or (request.delivery_kelurahan_id or "") != draw.place:
        return _("Waktu atau tempat antarnya bukan lagi yang diumumkan.")
    return ""


def check_as_announced(request: PurchaseRequest, goods: tuple[int, str] | None = None) -> None:
    """Raises RuleBroken `draw_fixed` when the draft asks for goods otherwise than a draw that waits says.

    `goods`: of one kind alone. One query where nothing was announced.
    """
    for draw in RotationDraw.objects.announced().filter(request=request).select_related("category"):
        if goods not in (None, goods_drawn(draw)):
            continue
        lines = request.lines.filter(
            product__category=draw.category_id, product__unit=draw.unit, dropped_at__isnull=True
        )
        words = {
            "number": draw.number,
            "goods": goods_words(draw),
            "count": Unit(draw.unit).counted(draw.quantity),
        }
        text = _(
            "Undian %(number)s sudah diumumkan untuk %(count)s (%(goods)s). Jumlah, waktu, dan tempatnya tetap sampai "
            "diundi. Bila berubah, batalkan dahulu undiannya dengan alasan."
        )
        require(not unlike(draw, request, list(lines)), text % words, code="draw_fixed")


def fixed(request: PurchaseRequest, lines: Iterable[RequestLine]) -> set[int]:
    """By product pk, the lines whose quantity stays because a draw of them was announced and waits."""
    waiting = {goods_drawn(draw) for draw in draws_of(request) if draw.state == DrawState.ANNOUNCED}
    return {line.product_id for line in lines if goods_of(line.product) in waiting}


def objections(request: PurchaseRequest, held: RequestContents) -> Iterator[tuple[str, str, int | None]]:
    """What keeps the request from being sent: code, sentence, pk of the line. Goods that are not bought are free."""
    for draw in draws_of(request) if request.pk else ():
        words = {"number": draw.number, "goods": goods_words(draw)}
        lines = [line for line in held.kept if goods_of(line.product) == goods_drawn(draw)]
        if draw.state == DrawState.ANNOUNCED:
            text = _("Undian %(number)s untuk %(goods)s sudah diumumkan. Undi, atau batalkan dengan alasan.")
            yield "draw_waiting", text % words, lines[0].pk if lines else None
        elif draw.state == DrawState.DRAWN and lines and (turn := chosen(draw)) is not None:
            words["shop"] = turn.seller.name
            if any(line.product_id != turn.product_id for line in lines):
                text = _("Undian %(number)s memberi giliran %(goods)s kepada %(shop)s. Pakai hasilnya.")
                yield "draw_not_followed", text % words, lines[0].pk
            elif why := unlike(draw, request, lines):
                text = _("Undian %(number)s: %(why)s Kembalikan seperti yang diumumkan.")
                yield "draw_changed", text % {**words, "why": why}, lines[0].pk


def places_for(request: PurchaseRequest) -> dict[int, tuple[int, str]]:
    """By owner: its place and the number of the draw, for goods of the request or of what it continues.

    Two queries where nothing was drawn and the request continues nothing.
    """
    found: dict[int, tuple[int, str]] = {}
    rows = RotationEntrant.objects.filter(
        draw__request__in=[request, *chain_of(request)], place__isnull=False
    ).select_related("place", "draw")
    for row in rows.order_by("draw", "place__place"):
        found.setdefault(row.owner_id, (row.place.place, row.draw.number))
    return found


def followed_by(request: PurchaseRequest, seller: int) -> list[RotationDraw]:
    """Draws in which the shop's turn came, of the request or of those it goes on from, the oldest first."""
    found = RotationDraw.objects.filter(
        request__in=[request, *chain_of(request)], entrants__seller=seller, entrants__place__isnull=False
    ).select_related("category")
    return list(
        found.prefetch_related("entrants__seller", "entrants__place", "entrants__passed", "events")
        .distinct()
        .order_by("pk")
    )
