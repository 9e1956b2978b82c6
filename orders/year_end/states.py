"""What may be decided about what a budget year leaves open, and whose turn it is when nobody decides."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class YearEndChoice(TextChoices):
    FINISH = "finish", _("Selesaikan dan bayar tahun ini")
    DEBT = "debt", _("Akui sebagai utang, bayar dari DPA tahun berikutnya")
    WITHDRAWN = "withdraw", _("Keputusan ditarik")  # nothing is decided any more


class YearEndLevel(TextChoices):
    """Who is asked: first the PPK, then the head, then the inspectorate hears of it."""

    PPK = "ppk", _("PPK")
    HEAD = "head", _("Kepala dinas")
    INSPECTORATE = "inspectorate", _("Inspektorat")


class LatePayment(TextChoices):
    """How an invoice of a budget year that is over is paid."""

    CARRY = "carry", _("Dari mata anggaran tahun baru")
    BASIS = "basis", _("Dari mata anggaran lama dengan dasar tertulis")
