"""What an agreed compensation means for both sides, in the words of the pages and of the paper."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_end, working_days
from epeken.core.i18n.words import rupiah
from orders.billing.rules import PAYMENT
from orders.cancellations.models import Cancellation
from orders.cancellations.states import CancellationState
from orders.orders.notices import buyer_name


def compensation_words(row: Cancellation, now: datetime) -> str:
    """Who pays what both sides agreed to, from what, and by when: the days are those of an invoice; for both of them,
    and before either agrees."""
    order = row.order
    words = {"agency": buyer_name(order), "shop": order.seller.name}
    if row.state == CancellationState.AGREED and row.ended_at is not None:
        due = clock.due_after_working_days(row.ended_at, PAYMENT.on(clock.local_date(row.ended_at)))
        words |= {"amount": rupiah(row.claimed or 0), "due": long_end(due)}
        text = _(
            "%(agency)s membayar %(amount)s kepada %(shop)s paling lambat %(due)s. Bendahara dinas membayarnya dari "
            "mata anggaran yang ditunjuk kepala dinas; anggaran pesanan ini sudah bebas dan tidak dipakai."
        )
        return text % words
    text = _(
        "Ganti rugi yang disepakati dibayar %(agency)s kepada %(shop)s paling lambat %(days)s sesudahnya. "
        "Bendahara dinas membayarnya dari mata anggaran yang ditunjuk kepala dinas, bukan dari anggaran pesanan ini."
    )
    return text % {**words, "days": working_days(PAYMENT.on(clock.local_date(now)))}
