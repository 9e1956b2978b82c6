"""What a complaint about an order stops, in words: told before it is sent, and while it is undecided."""

from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.orders.models import Order
from orders.orders.next_step import unpaid_of
from orders.orders.states import OrderState


def words_of(order: Order) -> str:
    """ "" where nothing waits: of an order that is finished."""
    if order.state == OrderState.FINISHED:
        return ""
    waits = []
    if any(delivery.state in WITHOUT_RESULT for delivery in order.deliveries.all()):
        waits.append(_("BAST") if order.agency_id is not None else _("penerimaan"))
    good = _to_be_billed(order)
    if good:
        waits.append(_("tagihan %(amount)s untuk yang sudah diterima baik") % {"amount": rupiah(good)})
    unpaid = unpaid_of(order)
    if unpaid:
        waits.append(_("pembayaran %(amount)s") % {"amount": rupiah(sum(one.outstanding for one in unpaid))})
    if not waits:
        return _("Hitungan waktu pesanan ini berhenti sampai keluhan selesai.")
    said = _("Yang menunggu sampai keluhan ini selesai: %(what)s.") % {"what": _(" dan ").join(waits)}
    if not unpaid and not good:
        return said
    return " ".join(
        (said, _("Pembayarannya menunggu seluruhnya, karena putusan keluhan dapat mengubah jumlah tagihannya."))
    )


def _to_be_billed(order: Order) -> int:
    """What goods of a department that were counted as good come to, and no invoice bears before their BAST."""
    if order.agency_id is None:
        return 0
    counted = [one for one in order.deliveries.all() if one.state == DeliveryState.INSPECTED and not one.remedy_id]
    return sum(
        share(line.order_line.price, line.accepted) for one in counted for line in one.lines.all() if line.accepted
    )
