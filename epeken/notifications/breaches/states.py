"""Kinds of personal data, and the states of a recorded breach."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class BreachedData(TextChoices):
    IDENTITY = "identity", _("nama, NIK, atau foto KTP")
    CONTACT = "contact", _("nomor telepon, surel, atau alamat")
    BANK = "bank", _("nomor rekening")
    TAX = "tax", _("NPWP atau surat pajak")
    SHOPPING = "shopping", _("pesanan dan belanja")
    ACCOUNT = "account", _("kata sandi atau akses akun")


class BreachState(TextChoices):
    OPEN = "open", _("Sedang ditangani")
    CLOSED = "closed", _("Selesai")


BREACH = Machine(BreachState.OPEN, {(BreachState.OPEN, "close"): BreachState.CLOSED})
