"""Goods that their receiver, or a decision, refused: they are for sale again only when the seller says that they are
back on the shelf. Each movement is an entry of the stock's ledger."""

from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from epeken.core import idempotency
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.services import service
from epeken.ledger.services import post
from epeken.users.models import User
from umkm.catalogue.listing import check_whole
from umkm.catalogue.models import Product
from umkm.catalogue.states import Unit
from umkm.returns.policies import is_sold_again
from umkm.sellers import policies
from umkm.stock import services as stock
from umkm.stock.models import StockEntry
from umkm.stock.states import StockMove

ZERO = Decimal(0)
DECIDED = "remedy-"  # begins the name, in the stock ledger, of goods that a decision counts as accepted


@service
def refuse_goods(
    *,
    product: Product,
    quantity: Decimal,
    reference: str,
    part: str,
    is_held: bool,
    actor: User | None,
    now: datetime,
) -> None:
    """Of what the order `reference` had, `quantity` was refused at its receipt: it is not for sale until the seller
    says so, and what spoils in hours never is. `is_held`: the order still holds it; otherwise it let go of it before,
    in this transaction. `part` names the delivery, which does this once. Goods made per day change nothing.

    Locks: Product.
    """
    if quantity <= 0 or not stock.is_off_shelf(product, reference):
        return
    Product.objects.locked().get(pk=product.pk)
    before = {"held" if is_held else "on_hand": -quantity}
    if is_sold_again(product):
        _post(product, StockMove.REFUSE, reference, actor, now, part, **before, refused=quantity)
    else:
        _post(product, StockMove.DISCARD, reference, actor, now, part, **before)


@service
def answer_return(
    *, actor: User, product: Product, reference: str, asked: Decimal, back: Decimal, now: datetime, key: str
) -> None:
    """Of the `asked` that was refused of the order `reference`, `back` is on the shelf and for sale again; the rest is
    sold no more. The same `key` of the same person counts once.

    Raises: NotAllowed, InvalidMove, RuleBroken, KeyReused. Locks: Product.
    """
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah stok."))
    who = f"user:{actor.pk}"
    body = {"return": product.pk, "reference": reference, "asked": f"{asked:.3f}", "back": f"{back:.3f}"}
    if idempotency.claim(person=who, key=key, body=body) is not None:
        return
    locked = Product.objects.locked().get(pk=product.pk)
    waiting = waiting_returns(locked).get(reference, ZERO)
    if not waiting:
        raise InvalidMove(_("Barang yang tidak diterima dari pesanan ini sudah dijawab. Muat ulang halaman."))
    require(
        waiting == asked,
        _("Yang tidak diterima dari pesanan ini sekarang %(n)s. Hitung lagi, lalu jawab.")
        % {"n": Unit(locked.unit).counted(waiting)},
        field="back",
        code="return_changed",
    )
    require(back >= 0, _("Jumlah stok tidak boleh kurang dari nol."), field="back", code="quantity_negative")
    require(
        back <= asked,
        _("Paling banyak %(n)s, sebanyak yang tidak diterima.") % {"n": Unit(locked.unit).counted(asked)},
        field="back",
        code="return_too_much",
    )
    check_whole(locked, back, field="back")
    if back > 0:
        _post(locked, StockMove.RESHELVE, reference, actor, now, on_hand=back, refused=-back)
    if back < asked:
        _post(locked, StockMove.DISCARD, reference, actor, now, refused=back - asked)
    idempotency.settle(person=who, key=key, result=reference)


@service
def deliver_refused(
    *, product: Product, quantity: Decimal, reference: str, decision: int, actor: User | None, now: datetime
) -> None:
    """A decision counts `quantity` of what was refused of the order as accepted: it is the buyer's. First what the
    seller has not answered, then what is back on the shelf; what is sold no more changes nothing. `decision`: its
    pk.

    Raises: RuleBroken `goods_gone` saying what is left. Locks: Product.
    """
    if not stock.is_off_shelf(product, reference):
        return
    locked, part = Product.objects.locked().get(pk=product.pk), f"{DECIDED}{decision}"
    waiting = min(waiting_returns(locked).get(reference, ZERO), quantity)
    if waiting > 0:
        _post(locked, StockMove.DELIVER, reference, actor, now, f"{part}-refused", refused=-waiting)
    shelf = min(_reshelved(locked, reference), quantity - waiting)
    if shelf <= 0:
        return
    if shelf > locked.on_hand:
        raise RuleBroken(
            _("%(name)s yang ditolak sudah kembali ke toko dan terjual: tinggal %(left)s. Pilih hasil lain.")
            % {"name": locked.name, "left": Unit(locked.unit).counted(locked.on_hand + waiting)},
            field="quantity",
            code="goods_gone",
        )
    stock.take_stock(product=locked, quantity=shelf, reference=reference, days=[], actor=actor, now=now)
    stock.deliver_stock(
        product=locked, held=shelf, delivered=shelf, reference=reference, part=part, actor=actor, now=now
    )


@service
def refuse_delivered(
    *, product: Product, quantity: Decimal, reference: str, decision: int, actor: User | None, now: datetime
) -> None:
    """A decision refuses `quantity` of what the order `reference` had received: the goods are the seller's again, and
    for sale when the seller says so; what spoils in hours is not asked about. Goods made per day change nothing.
    `decision`: its pk, which does this once for the goods.

    Locks: Product.
    """
    if quantity <= 0 or not is_sold_again(product) or not stock.is_off_shelf(product, reference):
        return
    locked = Product.objects.locked().get(pk=product.pk)
    _post(locked, StockMove.REFUSE, reference, actor, now, f"{DECIDED}{decision}", refused=quantity)


def waiting_returns(product: Product) -> dict[str, Decimal]:
    """What was refused and not answered, by the number of its order, the oldest first. One query."""
    entries: QuerySet[StockEntry] = StockEntry.objects.filter(product=product).exclude(refused_delta=0)
    found: dict[str, Decimal] = {}
    for reference, delta in entries.order_by("pk").values_list("reference", "refused_delta"):
        found[reference] = found.get(reference, ZERO) + delta
    return {reference: left for reference, left in found.items() if left > 0}


def _reshelved(product: Product, reference: str) -> Decimal:
    """What of the order's refused goods is back on the shelf, less what decisions took off it again."""
    entries = StockEntry.objects.filter(product=product, reference=reference)
    back = entries.filter(kind=StockMove.RESHELVE).aggregate(sum=Sum("on_hand_delta"))["sum"] or ZERO
    decided = entries.filter(kind=StockMove.DELIVER, key__startswith=f"{StockMove.DELIVER}:{reference}:{DECIDED}")
    taken = decided.aggregate(sum=Sum("held_delta"))["sum"] or ZERO
    return back + taken


def _post(
    product: Product, kind: StockMove, reference: str, actor: User | None, now: datetime, part: str = "",
    **deltas: Decimal,
) -> None:  # fmt: skip
    key = f"{kind}:{reference}:{part}" if part else ""
    post(StockEntry, product.pk, deltas=deltas, now=now, actor=actor, reference=reference, key=key, kind=kind)
