"""Refusals of what a decision gave."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import long_end


class ReplacementAwaited(RuleBroken):
    """The goods of the invoice come again first."""

    code = "replacement_awaited"

    def __init__(self, until: datetime | None) -> None:
        said = _("Tagihan ini dibayar sesudah barang penggantinya diperiksa.")
        if until is not None:
            said += " " + _("Batas berikutnya %(end)s; sesudah itu jumlahnya pasti.") % {"end": long_end(until)}
        super().__init__(said)
