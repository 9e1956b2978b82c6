"""Who fetches goods that were refused, where they lie and until when. What the seller brought the seller fetches where
it was brought; what a person fetched is refused at the counter, and is not brought anywhere."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_time
from orders.deliveries import rules
from orders.deliveries.models import Delivery, DeliveryLine
from orders.orders.models import Order
from orders.orders.states import DeliveryMethod
from orders.remedies.states import RemedyKind
from umkm.catalogue.states import Keeps


def until(line: DeliveryLine, since: datetime) -> datetime:
    """The end of the time in which the seller fetches what was refused of it at `since`. After it the receiver need not
    keep it any longer."""
    day = clock.local_date(since)
    if line.order_line.keeps == Keeps.COOKED:
        return since + timedelta(hours=rules.FETCH_COOKED.on(day))
    return clock.due_after_working_days(since, rules.FETCH.on(day))


def left_behind(order: Order, delivery: Delivery) -> list[tuple[DeliveryLine, datetime]]:
    """What lies with the receiver for the seller to fetch, each with the end of its time. The delivery's lines and the
    order's remedies are loaded."""
    since = _refused_at(order, delivery)
    if order.method == DeliveryMethod.PICKUP or since is None:
        return []
    return [(line, until(line, since)) for line in delivery.lines.all() if line.left_behind > 0]


def is_awaited(order: Order, now: datetime) -> bool:
    """Whether goods lie with the receiver, and the time to fetch them runs."""
    return any(not clock.is_over(end, now) for one in order.deliveries.all() for _line, end in left_behind(order, one))


def words(order: Order, delivery: Delivery) -> str:
    """The sentence for both sides; "" where nothing lies with the receiver."""
    found = left_behind(order, delivery)
    if not found:
        return ""
    return _(
        "Penjual mengambil kembali yang tidak diterima di %(place)s dengan biaya sendiri, %(until)s. Sesudah itu "
        "penerima tidak wajib menyimpannya lagi."
    ) % {"place": _place(order, delivery), "until": _until_words(found)}


def words_before(order: Order, delivery: Delivery, now: datetime) -> str:
    """For the receiver who is about to refuse: what becomes of it."""
    if order.method == DeliveryMethod.PICKUP:
        return _(
            "Yang tidak Anda terima tetap milik penjual: tinggalkan di %(outlet)s tempat Anda mengambilnya. Bila sudah "
            "terbawa, sepakati dengan penjual kapan dikembalikan."
        ) % {"outlet": order.seller.outlet}
    ends = [(line, until(line, now)) for line in delivery.lines.all()]
    return _(
        "Yang tidak Anda terima dibawa kembali oleh pembawanya bila ia masih di tempat. Bila tidak, penjual "
        "mengambilnya di %(place)s dengan biaya sendiri, %(until)s. Sesudah itu Anda tidak wajib menyimpannya lagi."
    ) % {"place": _place(order, delivery), "until": _until_words(ends)}


def _until_words(found: Iterable[tuple[DeliveryLine, datetime]]) -> str:
    """`paling lambat …`; of goods with ends of their own each by name."""
    goods: dict[datetime, list[str]] = {}
    for line, end in found:
        goods.setdefault(end, []).append(line.order_line.name)
    told = {end: long_time(clock.told_end(end)) for end in goods}
    if len(goods) == 1:
        return _("paling lambat %(until)s") % {"until": told.popitem()[1]}
    said = _("%(goods)s paling lambat %(until)s")
    return "; ".join(said % {"goods": ", ".join(goods[end]), "until": told[end]} for end in sorted(goods))


def _place(order: Order, delivery: Delivery) -> str:
    day = delivery.due_day
    return (day.place if day is not None else "") or order.delivery_place or _("tempat penerimaan")


def _refused_at(order: Order, delivery: Delivery) -> datetime | None:
    """When something of it was refused last: at its inspection, or by a decision since."""
    decided = [
        remedy.granted_at
        for remedy in order.remedies.all()
        if remedy.delivery_id == delivery.pk and remedy.kind == RemedyKind.REFUSAL
    ]
    moments = [*decided, *([delivery.inspected_at] if delivery.inspected_at else [])]
    return max(moments, default=None)
