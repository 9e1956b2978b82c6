"""What of an active shop's identity changes by proposal, and how far a proposal is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from epeken.core.states import Machine


class IdentityKind(TextChoices):
    BANK = "bank", pgettext_lazy("bank", "Rekening")
    CONTACT = "contact", _("Telepon dan surel toko")
    OWNER = "owner", _("Nama pemilik dan NIK")
    PLACE = "place", _("Tempat usaha")
    NPWP = "npwp", _("NPWP")
    NIB = "nib", _("Surat NIB")
    PIRT = "pirt", _("Sertifikat P-IRT")
    HALAL = "halal", _("Sertifikat halal")
    TRANSFER = "transfer", _("Pemilik toko")


class ChangeState(TextChoices):
    OFFERED = "offered", _("Menunggu pemilik baru")
    CHECKING = "checking", _("Diperiksa otomatis")
    WAITING = "waiting", _("Menunggu verifikator")
    APPROVED = "approved", _("Disetujui, belum berlaku")
    APPLIED = "applied", _("Berlaku")
    SENT_BACK = "sent_back", _("Dikembalikan")
    WITHDRAWN = "withdrawn", _("Ditarik")
    HELD = "held", _("Ditahan: disangkal")
    CANCELLED = "cancelled", pgettext_lazy("usulan data", "Dibatalkan petugas")


CHANGE = Machine(
    ChangeState.CHECKING,
    {
        # A shop that is to pass to another person begins here and waits for their word.
        (ChangeState.OFFERED, "take"): ChangeState.CHECKING,
        (ChangeState.OFFERED, "decline"): ChangeState.WITHDRAWN,
        (ChangeState.OFFERED, "lapse"): ChangeState.WITHDRAWN,
        (ChangeState.OFFERED, "withdraw"): ChangeState.WITHDRAWN,
        (ChangeState.OFFERED, "deny"): ChangeState.HELD,
        (ChangeState.HELD, "offer_again"): ChangeState.OFFERED,
        (ChangeState.CHECKING, "check"): ChangeState.WAITING,
        (ChangeState.WAITING, "approve"): ChangeState.APPROVED,
        (ChangeState.WAITING, "send_back"): ChangeState.SENT_BACK,
        (ChangeState.APPROVED, "apply"): ChangeState.APPLIED,
        (ChangeState.CHECKING, "withdraw"): ChangeState.WITHDRAWN,
        (ChangeState.WAITING, "withdraw"): ChangeState.WITHDRAWN,
        (ChangeState.APPROVED, "withdraw"): ChangeState.WITHDRAWN,
        # "That was not me", from the address the shop had before or by one of its members.
        (ChangeState.CHECKING, "deny"): ChangeState.HELD,
        (ChangeState.WAITING, "deny"): ChangeState.HELD,
        (ChangeState.APPROVED, "deny"): ChangeState.HELD,
        (ChangeState.APPLIED, "deny"): ChangeState.HELD,
        # A verifier looked: a change that was in force is so again, any other is judged from the beginning.
        (ChangeState.HELD, "confirm"): ChangeState.APPLIED,
        (ChangeState.HELD, "release"): ChangeState.CHECKING,
        (ChangeState.HELD, "cancel"): ChangeState.CANCELLED,
        # The shop passed to another person, who asks for their own.
        (ChangeState.CHECKING, "overtake"): ChangeState.CANCELLED,
        (ChangeState.WAITING, "overtake"): ChangeState.CANCELLED,
        (ChangeState.APPROVED, "overtake"): ChangeState.CANCELLED,
    },
)
