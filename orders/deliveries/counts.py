"""What amounts a delivery can carry: judged box by box while they are typed, and again when they are recorded."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core.errors import RuleBroken
from epeken.core.quantity import grouped
from orders.deliveries.models import DeliveryLine
from orders.orders.models import OrderLine
from umkm.catalogue.defaults import WHOLE_UNITS
from umkm.catalogue.listing import whole_problem, whole_words
from umkm.catalogue.states import Unit

ZERO = Decimal(0)


def sent_problems(line: OrderLine, quantity: Decimal, most: Decimal) -> Iterator[RuleBroken]:
    """What goes of a line, at `sent_<order line>`; `most`: what of it is still to be sent now."""
    if not ZERO <= quantity <= most:
        text = _("%(name)s: yang dikirim paling banyak %(most)s.")
        text %= {"name": line.name, "most": Unit(line.unit).counted(most)}
        yield RuleBroken(text, field=f"sent_{line.pk}", code="too_many")
    yield from _whole(line, quantity, f"sent_{line.pk}")


def _whole(line: OrderLine, quantity: Decimal, field: str) -> Iterator[RuleBroken]:
    """Half a box is sent, comes and is accepted by nobody."""
    problem = whole_problem(line.name, line.unit, quantity, field=field)
    if problem is not None:
        yield problem


class CountWords(NamedTuple):
    """What is said of a count that cannot be, also on a phone without network. `whole` is "" where halves are sold."""

    sent: str
    whole: str
    arrived_empty: str
    accepted_empty: str
    too_many_arrived: str
    too_many_accepted: str
    remark_missing: str
    differs: str


def words_of(line: DeliveryLine) -> CountWords:
    name = {"name": line.order_line.name, "most": grouped(line.sent)}
    return CountWords(
        sent=str(line.sent),
        whole=whole_words(line.order_line.name, line.order_line.unit) if line.order_line.unit in WHOLE_UNITS else "",
        arrived_empty=_("%(name)s: isi berapa yang tiba.") % name,
        accepted_empty=_("%(name)s: isi berapa yang diterima baik.") % name,
        too_many_arrived=_("%(name)s: yang tiba paling banyak %(most)s.") % name,
        too_many_accepted=_("%(name)s: yang diterima baik paling banyak sejumlah yang tiba.") % name,
        remark_missing=_("%(name)s: jumlahnya berbeda, tulis sebabnya.") % name,
        differs=_("%(name)s: angkanya lain dari yang dikirim. Hapus centang “semua baik”, atau betulkan angkanya.")
        % name,
    )


def finding_problems(
    line: DeliveryLine, arrived: Decimal | None, accepted: Decimal | None, remark: str
) -> Iterator[RuleBroken]:
    """What came of a line and what of it is good, at `arrived_`, `accepted_` and `remark_<delivery line>`.

    An amount that could not be read is not judged, nor is what follows from it.
    """
    words = words_of(line)
    for figure, field in ((arrived, f"arrived_{line.pk}"), (accepted, f"accepted_{line.pk}")):
        if figure is not None:
            yield from _whole(line.order_line, figure, field)
    if arrived is not None and not ZERO <= arrived <= line.sent:
        yield RuleBroken(words.too_many_arrived, field=f"arrived_{line.pk}", code="too_many")
    if arrived is None or accepted is None:
        return
    if not ZERO <= accepted <= arrived:
        yield RuleBroken(words.too_many_accepted, field=f"accepted_{line.pk}", code="too_many")
    if not remark.strip() and not arrived == line.sent == accepted:
        yield RuleBroken(words.remark_missing, field=f"remark_{line.pk}", code="remark_missing")


def conforming_problems(line: DeliveryLine, arrived: Decimal | None, accepted: Decimal | None) -> Iterator[RuleBroken]:
    """A count beside the word that all came as sent, where the two do not say the same."""
    for figure, field in ((arrived, f"arrived_{line.pk}"), (accepted, f"accepted_{line.pk}")):
        if figure is not None and figure != line.sent:
            yield RuleBroken(words_of(line).differs, field=field, code="count_differs")


def photo_problems(given: int, wanted: int) -> Iterator[RuleBroken]:
    """Too few photos, at `photos`."""
    if given < wanted:
        yield RuleBroken(photo_words(wanted - given), field="photos", code="photo_missing")


def photo_words(lacking: int) -> str:
    text = ngettext(
        "Makanan untuk dinas difoto saat diperiksa: tambahkan paling sedikit %(count)d foto.",
        "Makanan untuk dinas difoto saat diperiksa: tambahkan paling sedikit %(count)d foto.",
        lacking,
    )
    return text % {"count": lacking}
