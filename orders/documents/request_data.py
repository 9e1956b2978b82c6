"""What the file of a purchase for a machine says of its request: money, comparison, negotiation, draws."""

from datetime import datetime
from typing import Any

from orders.billing import charges
from orders.documents import acts
from orders.documents.layout import facts
from orders.documents.layout.negotiating import negotiated
from orders.orders.models import Order
from procurement.budgets.data import line_data
from procurement.negotiations import results
from procurement.requests.models import PurchaseRequest
from procurement.rotation import results as rotation
from procurement.sourcing import sheets
from procurement.sourcing.models import SheetOffer


def time_text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def request_data(order: Order) -> dict[str, Any] | None:
    """None of an order without a request."""
    request = order.request
    if request is None:
        return None
    return {
        "number": request.number,
        "office_number": request.office_number,
        "title": request.title,
        "approved_at": time_text(request.approved_at),
        "approver_role": request.approver_role,
        "frame": {"number": request.frame.number, "decree": request.frame.decree} if request.frame else None,
        "budget": line_data(request.line) if request.line else None,
        "charges": [
            {**line_data(one.line), "amount": one.amount}
            for one in facts.charged(order, charges.of_order(order, order.lines.all()))
        ],
        "acts": acts.acts_on_request(order),
        "comparison": _comparison(request),
        "negotiation": _negotiation(order),
        "draws": [
            {
                "number": draw.number,
                "list": draw.list_text,
                "list_hash": draw.list_hash,
                "commitment": draw.commitment,
                "secret": draw.secret,
                "public_value": draw.public_value,
                "seed": draw.seed,
                "order": [one.number for one in rotation.in_order(draw)],
            }
            for draw in rotation.followed_by(request, order.seller_id)
        ],
    }


def _negotiation(order: Order) -> dict[str, Any] | None:
    found = negotiated(order)
    if found is None:
        return None
    return {
        "number": found.number,
        "result": found.state,
        "opened_at": time_text(found.opened_at),
        "closed_at": time_text(found.closed_at),
        "rounds": [
            {
                "number": one.number,
                "side": one.side,
                "at": time_text(one.at),
                "delivery_cost": one.delivery_cost,
                "deliver_at": time_text(one.deliver_at),
                "words": one.words,
                "prices": [
                    {"name": row.name, "quantity": str(row.quantity), "price": row.price, "amount": row.amount}
                    for row in one.prices.all()
                ],
            }
            for one in results.rounds_of(found)
        ],
    }


def _comparison(request: PurchaseRequest) -> dict[str, Any] | None:
    found = sheets.kept(request)
    if found is None:
        return None
    return {
        "number": found.sheet.number,
        "drawn_at": time_text(found.sheet.drawn_at),
        "total": found.sheet.total,
        "above": found.sheet.above,
        "owners_asked": found.sheet.asked,
        "goods": [
            {
                "category": goods.goods.name,
                "unit": goods.goods.unit,
                "owners_not_chosen": len(goods.owners),
                "offers": [_offer(offer) for offer in [*goods.chosen, *goods.others]],
            }
            for goods in found.goods
        ],
    }


def _offer(offer: SheetOffer) -> dict[str, Any]:
    return {
        "name": offer.name,
        "seller": offer.seller_name,
        "is_chosen": offer.is_chosen,
        "price": offer.price,
        "quantity": str(offer.quantity),
        "delivery_cost": offer.delivery_cost,
        "most": str(offer.most),
        "earliest": offer.earliest.isoformat() if offer.earliest else None,
        "reason": offer.reason,
        "note": offer.reason_note,
    }
