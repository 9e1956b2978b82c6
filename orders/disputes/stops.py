"""What a complaint about an order stops, in words: told before it is sent, and while it is undecided."""

from django.utils.translation import gettext as _

from epeken.core.i18n.times import long_end
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from orders.deliveries.states import WITHOUT_RESULT, DeliveryState
from orders.disputes.models import Dispute
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
        waits.append(_("pembayaran %(amount)s") % {"amount": rupiah(sum(one.owed for one in unpaid))})
    if not waits:
        return _("Hitungan waktu pesanan ini berhenti sampai keluhan selesai.")
    said = _("Yang menunggu sampai keluhan ini selesai: %(what)s.") % {"what": _(" dan ").join(waits)}
    if not unpaid and not good:
        return said
    return " ".join(
        (said, _("Pembayarannya menunggu seluruhnya, karena putusan keluhan dapat mengubah jumlah tagihannya."))
    )


def silence_words(dispute: Dispute) -> str:
    """By when the undecided dispute is answered or decided, and what silence comes to. Both sides read it."""
    if not dispute.is_for_city or dispute.decide_due_at is None:
        return _("Bila tidak dijawab sampai itu, petugas kota memutus tanpa jawaban.")
    who = _("petugas kota, kepala dinas, dan Inspektorat") if dispute.order.agency_id else _("petugas kota")
    said = _("Batas putusannya %(due)s. Bila lewat, %(who)s diberi tahu.") % {
        "due": long_end(dispute.decide_due_at), "who": who,
    }  # fmt: skip
    if dispute.ends_at is None:
        return " ".join((said, _("Keluhan penjual tetap terbuka sampai diputus.")))
    then = _("Bila sampai %(end)s tetap tidak diputus, keluhan berakhir tanpa hasil dan hitungan waktu berjalan lagi.")
    return " ".join(filter(None, (said, then % {"end": long_end(dispute.ends_at)}, payment_words(dispute))))


def payment_words(dispute: Dispute) -> str:
    """That a department gains no time to pay by a complaint that comes to nothing; "" where it owes nothing."""
    if dispute.order.agency_id is None or dispute.opened_by_seller or not unpaid_of(dispute.order):
        return ""
    return _("Bila berakhir tanpa hasil dan tanpa putusan, hari selama keluhan tetap dihitung sebagai waktu membayar.")


def _to_be_billed(order: Order) -> int:
    """What goods of a department that were counted as good come to, and no invoice bears before their BAST."""
    if order.agency_id is None:
        return 0
    counted = [one for one in order.deliveries.all() if one.state == DeliveryState.INSPECTED and not one.remedy_id]
    return sum(share(line.order_line.price, line.kept) for one in counted for line in one.lines.all() if line.kept)
