"""Refusals of sellers that carry more than a sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken

if TYPE_CHECKING:
    from umkm.sellers.steps import Missing


class NotComplete(RuleBroken):
    """422: the registration lacks what `missing` lists."""

    code = "not_complete"

    def __init__(self, missing: Sequence["Missing"]) -> None:
        self.missing = list(missing)
        names = ", ".join(str(item.label) for item in self.missing)
        super().__init__(_("Pendaftaran belum dapat dikirim. Yang belum ada: %(names)s.") % {"names": names})
