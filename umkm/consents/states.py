"""What the processing of personal data rests on, and how a person gave their consent."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LawfulBasis(TextChoices):
    """Source: UU 27/2022 art. 20 (2)."""

    CONSENT = "consent", _("persetujuan Anda")
    CONTRACT = "contract", _("perjanjian dengan Anda")
    LAW = "law", _("kewajiban hukum")


class ConsentWay(TextChoices):
    SELF = "self", _("dicentang sendiri")
    ASSISTED = "assisted", _("dengan kode di ponsel, sesudah pendaftaran diisi petugas")


# The purposes a datum of ours hangs on; their words and days are rows of ProcessingPurpose.
LOW_INCOME = "low_income"
PHOTO_PLACE = "photo_place"
