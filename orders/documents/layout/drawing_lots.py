"""The minutes of a draw of turns: the list as it was published, the seed and what it rests on, and the order drawn."""

from typing import Any

from epeken.core import clock
from epeken.core.i18n.times import full_time, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from orders.documents.layout import continued, facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from procurement.rotation import results
from procurement.rotation.models import RotationDraw, RotationEntrant
from umkm.catalogue.states import Unit


def draw_minutes(trail: Trail, document: Document) -> Paper:
    order = trail.order
    draws = results.followed_by(order.request, order.seller_id) if order.request else []
    if order.request is None or not draws:
        raise ValueError("No draw gave this order its seller.")
    first = draws[0]
    paper = facts.base(
        document,
        title="Berita Acara Undian Giliran",
        numbers=[f"Nomor {first.number}", f"Permintaan {order.request.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.data |= {
        "draws": [_draw(draw, order.seller_id) for draw in draws],
        "remark": "Daftar, aturan, dan komitmen diumumkan sebelum nilai publik ada. Benih adalah SHA-256 dari sidik "
        "daftar, rahasia, dan nilai publik; siapa pun dapat mengundi ulang dari halaman publik undian ini.",
        "statements": continued.statements(trail, order.request),
        "signs": [facts.signed("Pemesan", _act(trail, first), "Diundi")],
    }
    return paper


def _act(trail: Trail, draw: RotationDraw) -> Event | None:
    done = [event for event in draw.events.all() if event.action == "draw"]
    return done[-1] if done and (trail.as_of is None or done[-1].at <= trail.as_of) else None


def _draw(draw: RotationDraw, seller: int) -> dict[str, Any]:
    left_out = ", ".join(one.seller.name for one in draw.entrants.all() if not one.number)
    return {
        "facts": [
            ("Undian", draw.number),
            ("Barang", f"{Unit(draw.unit).counted(draw.quantity)}, {draw.category}"),
            ("Barang tiba paling lambat", long_time(clock.told_end(draw.deliver_at))),
            ("Diumumkan", full_time(draw.opened_at)),
            ("Diundi", full_time(draw.drawn_at) if draw.drawn_at else "–"),
            ("Sidik daftar", draw.list_hash),
            ("Komitmen", draw.commitment),
            ("Rahasia", draw.secret),
            ("Nilai publik", draw.public_value),
            ("Benih", draw.seed),
        ],
        "owners": [_owner(one, seller) for one in results.in_order(draw)],
        "left_out": f"Tidak ikut karena terkait pejabat dinas yang membeli: {left_out}." if left_out else "",
    }


def _owner(one: RotationEntrant, seller: int) -> dict[str, str]:
    passed = getattr(one, "passed", None)
    note = f"terlewat: {passed.why}" if passed else "dipesan" if one.seller_id == seller else ""
    return {
        "place": str(one.place.place),
        "number": str(one.number),
        "shop": one.seller.name,
        "note": note,
        "cost": rupiah(one.cost),
        "orders": str(one.orders),
        "weight": str(one.weight),
    }
