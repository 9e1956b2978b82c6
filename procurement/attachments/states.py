"""Kinds of files a department puts beside its request."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RequestFileKind(TextChoices):
    """What an office has before it orders; each has its place in the order's file (orders.documents.states)."""

    TERMS = "terms", _("Kerangka acuan kegiatan (KAK)")
    ESTIMATE = "estimate", _("Rincian anggaran (RAB)")
    INVITATION = "invitation", _("Undangan")
    PARTICIPANTS = "participants", _("Daftar peserta")
    OTHER = "other", _("Lainnya")


# How the field calls each, in the name of its file.
FILE_SLUGS: dict[str, str] = {
    RequestFileKind.TERMS: "kak",
    RequestFileKind.ESTIMATE: "rab",
    RequestFileKind.INVITATION: "undangan",
    RequestFileKind.PARTICIPANTS: "daftar-peserta",
    RequestFileKind.OTHER: "lainnya",
}
