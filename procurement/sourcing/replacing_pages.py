"""What the page of a request says of sellers who could bring what an order did not."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.users.models import User
from procurement.requests import policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.unfilled import UnfilledPart, must_change_seller
from procurement.sourcing.pages import NEAR
from procurement.sourcing.replacements import Replacement, replacements_of
from umkm.catalogue.states import Unit
from umkm.sellers.models import Seller

SHOWN = 3  # shops proposed; all are counted


@dataclass(frozen=True)
class ReplacementRow:
    """`can_order`: this viewer orders it under the approval there was; `can_ask`: or asks for one of its own."""

    by: Replacement
    goods: str
    place: str
    difference: str
    can_order: bool
    can_ask: bool


@dataclass(frozen=True)
class ReplacementCard:
    said: str
    rows: list[ReplacementRow]


def with_cards(
    request: PurchaseRequest, parts: Iterable[UnfilledPart], user: User, now: datetime
) -> list[UnfilledPart]:
    """The parts, with who could bring them for whoever may go on from them; nobody else is told who could."""
    day = clock.local_date(now)
    waits = [row for row in parts if row.waits and not row.is_late and must_change_seller(row.part)]
    can_order = bool(waits) and policies.can_reissue(user, request, day)
    return [
        replace(row, replacing=_card(request, row, user, now, can_order=can_order))
        if row in waits and (can_order or row.can_source)
        else row
        for row in parts
    ]


def _place(one: Replacement, before: Seller) -> str:
    """Where the shop stands; of a stall its food court, and whether that is the one of the stall before."""
    if one.seller.food_court is None:
        return f"{one.seller.get_kind_display()}, {NEAR[one.offers[0].nearness]}"
    if one.seller.food_court_id == before.food_court_id:
        return _("%(court)s, sentra yang sama") % {"court": one.seller.food_court}
    return f"{one.seller.food_court}, {NEAR[one.offers[0].nearness]}"


def _card(
    request: PurchaseRequest, row: UnfilledPart, user: User, now: datetime, *, can_order: bool
) -> ReplacementCard:
    found = replacements_of(request, row.part, now, actor=user)
    return ReplacementCard(
        said=_said(found),
        rows=[
            ReplacementRow(
                by=one,
                goods=", ".join(
                    f"{Unit(offer.product.unit).counted(offer.quantity)} {offer.product.name}" for offer in one.offers
                ),
                place=_place(one, row.part.seller),
                difference=_difference(one.difference) if one.is_same else "",
                can_order=can_order and one.is_covered,
                can_ask=row.can_source and not one.is_covered,
            )
            for one in found[:SHOWN]
        ],
    )


def _said(found: list[Replacement]) -> str:
    """How many can, and whether with the goods that were approved or with others of their kind."""
    if not found:
        return _("Tidak ada satu penjual pun yang sanggup semuanya.")
    same = sum(one.is_same for one in found)
    words = {"count": len(found), "same": same, "shown": SHOWN}
    if same == len(found):
        text = ngettext(
            "%(count)d penjual lain bisa, barang dan waktunya sama.",
            "%(count)d penjual lain bisa, barang dan waktunya sama.",
            len(found),
        )
    elif same:
        text = _("%(count)d penjual lain bisa pada waktu yang sama: %(same)d dengan barang yang sama, lainnya sejenis.")
    else:
        text = ngettext(
            "Tidak ada yang sanggup dengan barang yang sama. %(count)d penjual lain bisa dengan barang yang mirip.",
            "Tidak ada yang sanggup dengan barang yang sama. %(count)d penjual lain bisa dengan barang yang mirip.",
            len(found),
        )
    more = " " + _("Tampil %(shown)d teratas.") if len(found) > SHOWN else ""
    return (text + more) % words


def _difference(amount: int) -> str:
    if amount == 0:
        return _("sama dengan yang disetujui")
    if amount < 0:
        return _("%(less)s lebih murah dari yang disetujui") % {"less": rupiah(-amount)}
    return _("%(more)s lebih mahal dari yang disetujui") % {"more": rupiah(amount)}
