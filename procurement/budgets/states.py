"""Kinds of budget entry, and what the system says beside one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import Message


class EntryKind(TextChoices):
    RESERVE = "reserve", _("Ditahan")
    RELEASE = "release", _("Dilepas")
    COMMIT = "commit", _("Dipesan")
    UNCOMMIT = "uncommit", _("Pesanan batal")
    REALISE = "realise", _("Dibayar")


DROPPED = "lines_dropped"
NOT_ACCEPTED = "not_all_accepted"
NOTES = {
    DROPPED: Message(_("Barang dilepas saat persetujuan")),
    NOT_ACCEPTED: Message(_("Tidak semua barang diterima")),
}
