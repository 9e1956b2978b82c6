"""Why an offer was chosen, held against the facts of the sheet. Pure; the service and the page ask the same."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from procurement.requests.states import ChoiceReason
from procurement.sourcing.models import SheetOffer
from procurement.sourcing.sheets import ComparedGoods, Comparison, amount_of, cost
from umkm.catalogue.states import Unit

WORDS = 15  # letters of an account that says something


@dataclass(frozen=True)
class Objection:
    """What the requester still owes about one choice. `field`: "reason" or "note"."""

    code: str
    field: str
    text: str
    product_id: int


def objections(comparison: Comparison) -> list[Objection]:
    """Of every choice on the sheet that is still to be explained, or whose explanation is not true."""
    return [found for goods, chosen in comparison.choices if (found := objection(goods, chosen)) is not None]


def is_asked(goods: ComparedGoods, chosen: SheetOffer) -> bool:
    """Whether this choice must be explained: something cheaper could come, or nobody else could; or a draw made it."""
    alone = goods.is_single and not goods.is_beyond
    return chosen.reason == ChoiceReason.DRAW or alone or goods.is_dearer(chosen)


def why_nothing_is_asked(goods: ComparedGoods) -> str:
    """Of goods that fewer can bring than is asked for and of which no choice is explained; "" of all others."""
    if not goods.is_short or any(is_asked(goods, offer) for offer in goods.chosen):
        return ""
    return _("Yang dipilih yang termurah sekategori, jadi alasannya tidak diminta.")


def objection(goods: ComparedGoods, chosen: SheetOffer) -> Objection | None:
    words = {"name": chosen.name, "shop": chosen.seller_name}

    def said(code: str, field: str, text: str) -> Objection:
        return Objection(code, field, text, chosen.product_id)

    if chosen.reason == ChoiceReason.DRAW:
        return None  # nobody chose; the draw is published
    if goods.is_dearer(chosen):
        if not chosen.reason:
            text = _("%(name)s dari %(shop)s bukan yang termurah sekategori. Pilih alasannya.")
            return said("reason_missing", "reason", text % words)
        for text in untrue(goods, chosen):
            return said("reason_untrue", "reason", text)
        if chosen.reason == ChoiceReason.QUALITY and len(chosen.reason_note.strip()) < WORDS:
            text = _("Tulis mutu atau isi apa pada %(name)s yang dibutuhkan dan tidak ada pada yang lebih murah.")
            return said("note_missing", "note", text % words)
    if goods.is_single and not goods.is_beyond and len(chosen.reason_note.strip()) < WORDS:
        text = _(
            "Hanya pemilik yang dipilih yang sanggup memenuhi %(goods)s, jadi harganya wajib dinegosiasikan. "
            "Tulis mengapa harga %(name)s wajar."
        )
        return said("justification_missing", "note", text % {**words, "goods": str(goods.goods)})
    return None


def untrue(goods: ComparedGoods, chosen: SheetOffer) -> Iterator[str]:
    """For each cheaper offer that the coded reason is not true of: what the sheet says instead."""
    check = CHECKS.get(chosen.reason)
    if check is not None:
        yield from filter(None, (check(goods, chosen, other) for other in goods.cheaper(chosen)))


def _delivery(_goods: ComparedGoods, chosen: SheetOffer, other: SheetOffer) -> str:
    if other.delivery_cost <= chosen.delivery_cost:
        text = _("Ongkir %(shop)s %(fee)s, tidak lebih mahal dari ongkir %(own)s, %(mine)s.")
        words = {"fee": rupiah(other.delivery_cost), "mine": rupiah(chosen.delivery_cost)}
        return text % {**_shops(chosen, other), **words}
    total, mine = cost(other, amount_of(other, chosen.quantity)), cost(chosen, chosen.quantity)
    if total < mine:
        text = _("Dengan ongkirnya pun %(shop)s lebih murah: %(total)s, sedangkan %(own)s %(mine)s.")
        return text % {**_shops(chosen, other), "total": rupiah(total), "mine": rupiah(mine)}
    return ""


def _sooner(goods: ComparedGoods, chosen: SheetOffer, other: SheetOffer) -> str:
    """Before the day nobody needs it. Of a schedule no first day is known: all on the sheet can come on its dates."""
    asked = clock.last_day(goods.goods.sheet.deliver_at)
    if other.earliest is not None and other.earliest > asked:
        return ""
    text = _("%(shop)s juga bisa datang pada waktu yang diminta, %(day)s. Pilih alasan lain.")
    return text % {**_shops(chosen, other), "day": long_date(asked)}


def _nearer(_goods: ComparedGoods, chosen: SheetOffer, other: SheetOffer) -> str:
    if chosen.nearness < other.nearness:
        return ""
    return _("%(shop)s tidak lebih jauh dari tempat antar daripada %(own)s.") % _shops(chosen, other)


def _capacity(goods: ComparedGoods, chosen: SheetOffer, other: SheetOffer) -> str:
    whole = goods.from_shop(chosen)
    if other.most < whole:
        return ""
    counted = Unit(goods.goods.unit).counted
    text = _("%(shop)s sanggup sampai %(most)s, cukup untuk %(whole)s.")
    return text % {**_shops(chosen, other), "most": counted(other.most), "whole": counted(whole)}


def _shops(chosen: SheetOffer, other: SheetOffer) -> dict[str, str]:
    return {"shop": other.seller_name, "own": chosen.seller_name}


CHECKS: dict[str, Callable[[ComparedGoods, SheetOffer, SheetOffer], str]] = {
    ChoiceReason.DELIVERY: _delivery,
    ChoiceReason.SOONER: _sooner,
    ChoiceReason.NEARER: _nearer,
    ChoiceReason.CAPACITY: _capacity,
}
