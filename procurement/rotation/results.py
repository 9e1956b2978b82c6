"""Whose turn a draw says it is, and what a request must do about it. The only place that answers this."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import require
from epeken.core.i18n.times import long_time
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
    """In the reader's language."""
    return draw.category.title


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


def objections(request: PurchaseRequest, held: RequestContents) -> Iterator[tuple[str, str]]:
    """What keeps the request from being sent: code, and a sentence with the way out. Goods not bought are free."""
    for draw in draws_of(request) if request.pk else ():
        words = {"number": draw.number, "goods": goods_words(draw)}
        lines = [line for line in held.kept if goods_of(line.product) == goods_drawn(draw)]
        if draw.state == DrawState.ANNOUNCED:
            text = _("Undian %(number)s untuk %(goods)s sudah diumumkan. Undi, atau batalkan dengan alasan.")
            yield "draw_waiting", text % words
        elif draw.state == DrawState.DRAWN and lines and (turn := chosen(draw)) is not None:
            text = _("Undian %(number)s memberi giliran %(goods)s kepada %(shop)s.") % {**words, "shop": turn.seller}
            if any(line.product_id != turn.product_id for line in lines):
                yield "draw_not_followed", f"{text} {_to_follow(draw, turn, lines)}"
            elif why := unlike(draw, request, lines):
                yield "draw_changed", f"{text} {why} {_to_restore(draw, request, lines)}"


def _to_follow(draw: RotationDraw, turn: RotationEntrant, lines: list[RequestLine]) -> str:
    """The way back to the shop whose turn it is. `lines`: of the goods drawn, some of another shop."""
    wrong = [line for line in lines if line.product_id != turn.product_id]
    words = {
        "wrong": ", ".join(f"{line.name} ({line.seller})" for line in wrong),
        "name": goods_words(draw),
        "shop": turn.seller,
        "count": Unit(draw.unit).counted(draw.quantity),
    }
    if len(wrong) < len(lines):
        return _("Hapus %(wrong)s dari permintaan ini.") % words
    text = _(
        "Ganti %(wrong)s dengan %(name)s dari %(shop)s, %(count)s, atau hapus barang itu bila tidak diperlukan lagi."
    )
    return text % words


def _to_restore(draw: RotationDraw, request: PurchaseRequest, lines: list[RequestLine]) -> str:
    """What to put back so that the draft asks for what was announced."""
    counted = Unit(draw.unit).counted
    if lines[0].quantity != draw.quantity:
        text = _(
            "Kembalikan jumlahnya dari %(now)s menjadi %(count)s, atau hapus barang itu bila tidak diperlukan lagi."
        )
        return text % {"now": counted(lines[0].quantity), "count": counted(draw.quantity)}
    if request.deliver_at != draw.deliver_at:
        text = _("Kembalikan waktu tibanya menjadi %(when)s, atau hapus barang itu bila tidak diperlukan lagi.")
        return text % {"when": long_time(clock.told_end(draw.deliver_at))}
    return _("Kembalikan kelurahan antarnya seperti di undian itu, atau hapus barang itu bila tidak diperlukan lagi.")


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
