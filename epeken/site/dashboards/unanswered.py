"""Surat pesanan whose seller has not answered, for who asked for the goods."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.site.dashboards.work_lists import WorkList, first
from epeken.users.models import User
from orders.orders.models import Order
from procurement.agencies.models import Agency


def unanswered(agency: Agency, viewer: User, now: datetime) -> WorkList:
    """Of requests of this person; what lapses first at the top. One statement."""
    found = Order.objects.placed().filter(agency=agency, request__requester=viewer).select_related("seller")
    count, rows = first(found.order_by("answer_due_at", "pk"))
    return WorkList(
        _("Menunggu jawaban penjual"),
        count,
        [
            {
                "title": order.title,
                "href": reverse("orders:order-detail", args=[order.number]),
                "note": ", ".join([order.number, order.seller.name, rupiah(order.total)]),
                "left": left_words(order.answer_due_at, now),
                "due": order.answer_due_at,
            }
            for order in rows
        ],
        f"{reverse('orders:agency-orders')}?tahap=menunggu",
        _("Lihat semua yang menunggu penjual"),
    )
