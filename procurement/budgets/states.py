"""Kinds of budget entry, and what the system says beside one."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.i18n.messages import Message


class EntryKind(TextChoices):
    RESERVE = "reserve", pgettext_lazy("anggaran", "Ditahan")
    RELEASE = "release", _("Dilepas")
    COMMIT = "commit", _("Dipesan")
    UNCOMMIT = "uncommit", _("Pesanan batal atau berkurang")
    REALISE = "realise", _("Dibayar")
    REVERSE = "reverse", _("Pembayaran dibatalkan")


class ChangeKind(TextChoices):
    """What a line of a budget file does to the line of the books."""

    REFUSED = "refused", _("Ditolak")
    NEW = "new", _("Baru")
    RAISED = "raised", _("Naik")
    LOWERED = "lowered", _("Turun")
    RENAMED = "renamed", _("Nama berubah")
    SAME = "same", _("Tetap")


DROPPED = "lines_dropped"
NOT_ACCEPTED = "not_all_accepted"
NEGOTIATED = "negotiated"
MISSED = "date_missed"
AMENDED = "amended"
DECIDED = "decided"
CARRIED = "carried"
FRAME_DRAWN = "frame_drawn"
FRAME_RETURNED = "frame_returned"
NOTES = {
    AMENDED: Message(_("Adendum surat pesanan")),
    DECIDED: Message(_("Diputus diterima menurut keputusan keluhan")),
    CARRIED: Message(_("Utang tahun anggaran sebelumnya")),
    DROPPED: Message(_("Barang dilepas saat persetujuan")),
    FRAME_DRAWN: Message(_("Dipakai permintaan dalam kerangka")),
    FRAME_RETURNED: Message(_("Tidak jadi dibeli, kembali ke kerangka")),
    MISSED: Message(_("Tanggal jadwal terlewat")),
    NEGOTIATED: Message(_("Harga turun sesudah negosiasi")),
    NOT_ACCEPTED: Message(_("Tidak semua barang diterima")),
}
