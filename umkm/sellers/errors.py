"""Refusals of sellers that carry more than a sentence."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken

if TYPE_CHECKING:
    from umkm.sellers.steps import Missing


class NotChanged(RuleBroken):
    """422: what a verifier sent back is still as it was, and the applicant has not said that it is right."""

    code = "not_changed"

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__(
            _("Yang diminta petugas belum diubah: %(names)s. Ubah dahulu, atau nyatakan bahwa isinya memang benar.")
            % {"names": ", ".join(names)},
            field="unchanged_is_right",
        )


class NotComplete(RuleBroken):
    """422: the registration lacks what `missing` lists."""

    code = "not_complete"

    def __init__(self, missing: Sequence["Missing"]) -> None:
        self.missing = list(missing)
        names = ", ".join(str(item.label) for item in self.missing)
        super().__init__(_("Pendaftaran belum dapat dikirim. Yang belum ada: %(names)s.") % {"names": names})
