"""States of a request up to the surat pesanan."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class RequestState(TextChoices):
    DRAFT = "draft", _("Draf")
    SUBMITTED = "submitted", _("Menunggu persetujuan")
    SENT_BACK = "sent_back", _("Perlu perbaikan")
    APPROVED = "approved", _("Disetujui, belum dipesan")
    ORDERED = "ordered", _("Surat pesanan terbit")
    REJECTED = "rejected", _("Ditolak")
    WITHDRAWN = "withdrawn", _("Ditarik pemesan")
    LAPSED = "lapsed", _("Waktu tahan habis")


class EventKind(TextChoices):
    """What the goods are for. With the account it says which papers the file of the purchase needs."""

    MEETING = "meeting", _("Rapat")
    TRAINING = "training", _("Pelatihan atau sosialisasi")
    GUESTS = "guests", _("Jamuan tamu")
    GOODS = "goods", _("Belanja barang, tanpa acara")


REQUEST = Machine(
    RequestState.DRAFT,
    {
        (RequestState.DRAFT, "submit"): RequestState.SUBMITTED,
        (RequestState.SENT_BACK, "submit"): RequestState.SUBMITTED,
        # A seller's part has other figures, agreed with that seller.
        (RequestState.SUBMITTED, "negotiate"): RequestState.SUBMITTED,
        # One of the signatures that were asked for before the decision (`chain`).
        (RequestState.SUBMITTED, "sign"): RequestState.SUBMITTED,
        (RequestState.SUBMITTED, "approve"): RequestState.APPROVED,
        # By the frame it is inside of, at the moment it is sent.
        (RequestState.SUBMITTED, "approve_by_frame"): RequestState.APPROVED,
        (RequestState.SUBMITTED, "send_back"): RequestState.SENT_BACK,
        (RequestState.SUBMITTED, "reject"): RequestState.REJECTED,
        # Under the approval of the request it continues.
        (RequestState.DRAFT, "reissue"): RequestState.APPROVED,
        (RequestState.SUBMITTED, "withdraw"): RequestState.WITHDRAWN,
        (RequestState.DRAFT, "withdraw"): RequestState.WITHDRAWN,
        (RequestState.SENT_BACK, "withdraw"): RequestState.WITHDRAWN,
        (RequestState.APPROVED, "issue"): RequestState.ORDERED,
        (RequestState.APPROVED, "withdraw"): RequestState.WITHDRAWN,
        (RequestState.APPROVED, "send_back"): RequestState.SENT_BACK,
        (RequestState.SUBMITTED, "lapse"): RequestState.LAPSED,
        (RequestState.APPROVED, "lapse"): RequestState.LAPSED,
        (RequestState.LAPSED, "withdraw"): RequestState.WITHDRAWN,
        # Its requester told the head that the ceiling does not bear it, with the figures of that moment.
        (RequestState.DRAFT, "ask_ceiling"): RequestState.DRAFT,
        (RequestState.SENT_BACK, "ask_ceiling"): RequestState.SENT_BACK,
        # By another requester, when its own is none any longer.
        (RequestState.DRAFT, "take_over"): RequestState.DRAFT,
        (RequestState.SENT_BACK, "take_over"): RequestState.SENT_BACK,
        # A wrong file is taken out again (`attachments`).
        (RequestState.DRAFT, "take_out"): RequestState.DRAFT,
        (RequestState.SENT_BACK, "take_out"): RequestState.SENT_BACK,
    },
)

# Holds budget, prices, goods, capacity and cap room.
LIVE = (RequestState.SUBMITTED, RequestState.APPROVED)
# Its requester writes it.
OPEN = (RequestState.DRAFT, RequestState.SENT_BACK)
# Over without an order: what such a request continued may be sourced once more.
ENDED = (RequestState.REJECTED, RequestState.WITHDRAWN, RequestState.LAPSED)
# Nothing more is decided on it, so what it asked for may be asked for again in a request of its own.
CLOSED = (RequestState.ORDERED, *ENDED)


class UnfilledReason(TextChoices):
    """Why a seller's order was closed without goods."""

    NO_ANSWER = "no_answer", _("Penjual tidak menjawab")
    DECLINED = "declined", _("Penjual menolak")
    CANCELLED = "cancelled", _("Dibatalkan dinas")
    RELEASED = "released", _("Penjual mundur dengan persetujuan dinas")
    REJECTED = "rejected", _("Semua barang ditolak")
    MISSING = "missing", _("Barang tidak datang")


class CeilingOutcome(TextChoices):
    """How the asking for a higher ceiling ended."""

    PUT = "put", _("Diajukan ke pengelola anggaran kota")
    DECLINED = "declined", _("Tidak diajukan")
    BORNE = "borne", _("Pagunya sudah cukup")  # written by the system, when money came free or goods were taken out


class ChoiceReason(TextChoices):
    """Why an offer was chosen although the comparison has a cheaper one; all but QUALITY are held against its facts."""

    DELIVERY = "delivery", _("Dengan ongkirnya, yang lain tidak lebih murah")
    SOONER = "sooner", _("Barangnya bisa datang lebih cepat")
    NEARER = "nearer", _("Penjualnya lebih dekat dengan tempat antar")
    CAPACITY = "capacity", _("Yang lain tidak sanggup seluruh jumlahnya")
    QUALITY = "quality", _("Mutu atau isinya yang dibutuhkan")
    DRAW = "draw", _("Mendapat giliran dalam undian")  # written by the draw alone


# What a requester may give as a reason. Whatever stands on a sheet can come when it is asked for, so none is sooner.
CHOOSABLE = [
    (reason.value, reason.label) for reason in ChoiceReason if reason not in (ChoiceReason.DRAW, ChoiceReason.SOONER)
]
