"""What one side offers, and whether it may: asked when it is offered and again when it is agreed."""

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken, refuse_first, require
from epeken.core.i18n.times import long_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.money import check_rupiah, share
from procurement.guards import budget_fit
from procurement.guards.models import GuardFinding
from procurement.guards.states import GuardKind
from procurement.negotiations import results
from procurement.negotiations.models import Negotiation, NegotiationRound
from procurement.negotiations.states import Side
from procurement.requests import obstacles
from procurement.requests.contents import RequestContents, SellerPart
from procurement.requests.models import PurchaseRequest
from umkm.catalogue import feasibility
from umkm.catalogue.low_prices import OfferedPrice
from umkm.sellers.models import Seller


@dataclass(frozen=True)
class Terms:
    """Unit prices by product pk, the delivery cost (whole rupiah), and by when the goods are there."""

    prices: Mapping[int, int]
    delivery_cost: int
    deliver_at: datetime


def part_of(held: RequestContents, seller: Seller) -> SellerPart:
    """Raises RuleBroken `unknown_part` when nothing is bought of the seller (any more)."""
    part = next((part for part in held.parts if part.seller.pk == seller.pk and part.kept), None)
    require(part is not None, _("Tidak ada barang dari toko ini di permintaan."), code="unknown_part")
    assert part is not None
    return part


def terms_of(request: PurchaseRequest, part: SellerPart) -> Terms:
    """As they stand in the request."""
    deliver_at = part.deliver_at or request.deliver_at
    assert deliver_at is not None
    return Terms({line.product_id: line.price for line in part.kept}, part.delivery_cost, deliver_at)


def terms_of_round(one: NegotiationRound) -> Terms:
    return Terms(results.prices_of(one), one.delivery_cost, one.deliver_at)


def ceiling_of(request: PurchaseRequest, part: SellerPart, standing: Terms | None = None) -> Terms:
    """No price or cost goes above the request's, nor above what the shop asks of everybody today.

    `standing`: what the shop asks in this negotiation, above which the department does not bid.
    """
    now = terms_of(request, part)
    listed = {line.product_id: min(line.price, line.listed_now) for line in part.kept}
    cost = min(now.delivery_cost, part.fee_now)
    if standing is not None:
        listed = {pk: min(price, standing.prices.get(pk, price)) for pk, price in listed.items()}
        cost = min(cost, standing.delivery_cost)
    return Terms(listed, cost, now.deliver_at)


def standing_for(negotiation: Negotiation | None, side: Side | None) -> Terms | None:
    """The shop's last offer, where it is the department that answers it."""
    offer = results.last_of(negotiation, Side.SELLER) if negotiation is not None and side == Side.BUYER else None
    return None if offer is None else terms_of_round(offer)


def check_terms(
    request: PurchaseRequest, held: RequestContents, part: SellerPart, terms: Terms, now: datetime,
    standing: Terms | None = None,
) -> None:  # fmt: skip
    """Raises RuleBroken when this cannot be offered or agreed: a price, the delivery cost, the moment, or the goods."""
    most = ceiling_of(request, part, standing)
    require(
        terms.prices.keys() == most.prices.keys(),
        _("Barang di permintaan berubah sejak halaman ini dibuka. Muat ulang halaman."),
        code="request_changed",
    )
    refuse_first(bound_problems(part, most, terms.prices, terms.delivery_cost))
    require(
        not request.scheduled_days or terms.deliver_at == request.deliver_at,
        _("Permintaan ini punya jadwal pengiriman, jadi yang dirundingkan harga dan ongkirnya, bukan waktunya."),
        field="deliver_at",
        code="scheduled",
    )
    _check_moment(request, held, terms.deliver_at, now)
    _check_able(request, part, terms.deliver_at, now)


def offered_prices(part: SellerPart, terms: Terms) -> Iterator[OfferedPrice]:
    """Beside what the goods cost in the request."""
    for line in part.kept:
        yield OfferedPrice(line.name, line.unit, terms.prices[line.product_id], line.price)


def bound_problems(
    part: SellerPart, most: Terms, prices: Mapping[int, int], delivery_cost: int
) -> Iterator[RuleBroken]:  # fmt: skip
    """Every price and the cost that stand above `most`, each at its box. A price that is not given is not judged."""
    for line in part.kept:
        if line.product_id not in prices:
            continue
        price, limit = check_rupiah(prices[line.product_id]), most.prices[line.product_id]
        if not (1 <= price <= limit and share(price, line.quantity) >= 1):
            text = _("Isi dari %(least)s sampai %(most)s.")
            text %= {"least": rupiah(1), "most": rupiah(limit)}
            yield RuleBroken(text, field=f"price_{line.product_id}", code="price_bounds")
    if not 0 <= check_rupiah(delivery_cost) <= most.delivery_cost:
        text = _("Ongkos antar paling tinggi %(most)s.")
        text %= {"most": rupiah(most.delivery_cost)}
        yield RuleBroken(text, field="delivery_cost", code="cost_bounds")


def _check_moment(request: PurchaseRequest, held: RequestContents, deliver_at: datetime, now: datetime) -> None:
    require(
        not clock.is_over(deliver_at, now),
        _("Waktu ini sudah lewat. Pilih waktu yang akan datang."),
        field="deliver_at",
        code="deliver_past",
    )
    require(
        request.event_at is None or deliver_at <= request.event_at,
        _("Barang harus tiba paling lambat saat acara dimulai, %(when)s.")
        % {"when": long_time(request.event_at) if request.event_at else ""},
        field="deliver_at",
        code="deliver_after_event",
    )
    line = request.line
    require(
        line is None or line.year == clock.last_day(deliver_at).year,
        _("Mata anggaran permintaan ini untuk tahun %(year)s. Pilih waktu di tahun itu.")
        % {"year": line.year if line else ""},
        field="deliver_at",
        code="budget_year",
    )
    moved = copy.copy(request)
    moved.deliver_at = deliver_at
    for kind, key, parameters, _amount in budget_fit.year_misfits(moved, held, now):
        if kind != GuardKind.YEAR_END:
            continue
        # The requester explained the request's own day; a later one nobody did.
        require(
            GuardFinding.objects.filter(request=request, key=key).exists(),
            _("Barang yang tiba %(arrives)s baru dibayar %(due)s, di luar tahun anggaran. Pilih waktu yang lebih awal.")
            % {name: long_date(parameters[name]) for name in ("arrives", "due")},
            field="deliver_at",
            code="year_end",
        )


def _check_able(request: PurchaseRequest, part: SellerPart, deliver_at: datetime, now: datetime) -> None:
    """The shop sells these goods, hands them over as before, and can have them there by this moment."""
    require(
        not part.method_is_gone,
        _("Cara barang sampai dari %(shop)s berubah. Kembalikan permintaannya ke pemesan.")
        % {"shop": part.seller.name},
        code="method_gone",
    )
    on = obstacles.calendar_of(request, [line.product for line in part.kept], now)
    on = obstacles.calendar_for(on, deliver_at, now)
    if on is not None and deliver_at != terms_of(request, part).deliver_at:
        on = replace(on, is_held=False)
    for line in part.kept:
        for fault in feasibility.faults(line.product, line.quantity, on):
            raise fault.refusal("deliver_at" if fault.field == "day" else None)
