"""What a complaint about an order stops, in words: told before it is sent, and while it is undecided."""

from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from orders.deliveries.states import WITHOUT_RESULT
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
    unpaid = unpaid_of(order)
    if unpaid:
        waits.append(_("pembayaran %(amount)s") % {"amount": rupiah(sum(one.outstanding for one in unpaid))})
    if not waits:
        return _("Hitungan waktu pesanan ini berhenti sampai keluhan selesai.")
    said = _("Yang menunggu sampai keluhan ini selesai: %(what)s.") % {"what": _(" dan ").join(waits)}
    if not unpaid:
        return said
    return " ".join(
        (said, _("Pembayarannya menunggu seluruhnya, karena putusan keluhan dapat mengubah jumlah tagihannya."))
    )
