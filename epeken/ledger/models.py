"""The base of every ledger's entries."""

from collections.abc import Mapping
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import Message
from epeken.core.models import AppendOnly


class LedgerEntry(AppendOnly):
    """One posting to one account. A child names its account, balances and ceiling, and has for each balance two fields,
    `<balance>_delta` and `<balance>_after` (written by the database), and in its Meta `EntryFollows` and `once`.
    """

    account: ClassVar[str]  # the relation to the account
    balances: ClassVar[tuple[str, ...]]  # columns of the account
    ceiling: ClassVar[str] = ""  # the account's column that the sum of its balances must not pass
    notes: ClassVar[Mapping[str, Message]] = {}  # what the system says of an entry, by code

    reference = models.CharField(_("nomor atau alasan"), max_length=40, blank=True)  # number of the document, or why
    # The same key on one account counts once; empty where the document's own state machine sees to it.
    key = models.CharField(_("kunci"), max_length=60, blank=True, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    at = models.DateTimeField(_("waktu"))
    note = models.CharField(_("catatan"), max_length=200, blank=True)  # what a person wrote
    # What the system says: a code and its scalar parameters, put into words for whoever reads.
    note_code = models.CharField(_("kode catatan"), max_length=40, blank=True)
    note_parameters = models.JSONField(_("isi catatan"), default=dict, blank=True)

    class Meta(AppendOnly.Meta):
        abstract = True
        ordering = ["pk"]

    @property
    def words(self) -> str:
        """What a person wrote, else what the system says, in the active language."""
        if self.note_code not in self.notes:
            return self.note
        return self.notes[self.note_code].words(self.note_parameters, get_language() or "id")[0]

    def __str__(self) -> str:
        deltas = "/".join(str(getattr(self, f"{name}_delta")) for name in self.balances)
        return f"{self.reference} {deltas}"


def once(account: str, name: str) -> models.UniqueConstraint:
    """The constraint by which a key counts once on an account."""
    return models.UniqueConstraint(fields=[account, "key"], condition=~Q(key=""), name=name)
