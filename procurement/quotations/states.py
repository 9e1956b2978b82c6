"""States of a request for quotation, and the coded reasons of its acts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from epeken.core.states import Machine


class QuotationState(TextChoices):
    DRAFT = "draft", _("Draf")
    RETURNED = "returned", _("Dikembalikan ke pemesan")
    PUBLISHED = "published", _("Menerima penawaran")
    OPENED = "opened", _("Penawaran dibuka")
    AWARDED = "awarded", _("Pemenang ditetapkan")
    CANCELLED = "cancelled", _("Dibatalkan")
    DISCARDED = "discarded", _("Draf dibuang")


QUOTATION = Machine(
    QuotationState.DRAFT,
    {
        (QuotationState.DRAFT, "publish"): QuotationState.PUBLISHED,
        (QuotationState.DRAFT, "discard"): QuotationState.DISCARDED,
        # The officer does not publish it as it is; saved anew it is with the officer again.
        (QuotationState.DRAFT, "return"): QuotationState.RETURNED,
        (QuotationState.RETURNED, "hand_in"): QuotationState.DRAFT,
        (QuotationState.RETURNED, "discard"): QuotationState.DISCARDED,
        (QuotationState.PUBLISHED, "open"): QuotationState.OPENED,
        (QuotationState.PUBLISHED, "cancel"): QuotationState.CANCELLED,
        (QuotationState.OPENED, "cancel"): QuotationState.CANCELLED,
        (QuotationState.OPENED, "lapse"): QuotationState.CANCELLED,
        (QuotationState.OPENED, "award"): QuotationState.AWARDED,
        # What was awarded came to nothing: the next offer may win, or none does.
        (QuotationState.AWARDED, "reopen"): QuotationState.OPENED,
        (QuotationState.AWARDED, "cancel"): QuotationState.CANCELLED,
    },
)

# Anybody may know of it.
PUBLIC = (QuotationState.PUBLISHED, QuotationState.OPENED, QuotationState.AWARDED, QuotationState.CANCELLED)
# Whoever brings what was asked for is found in its ranking.
RANKED = (QuotationState.OPENED, QuotationState.AWARDED)
WITH_DEPARTMENT = (QuotationState.DRAFT, QuotationState.RETURNED, QuotationState.OPENED)
# It ended without a purchase, so it may be asked for anew.
OVER = (QuotationState.CANCELLED, QuotationState.DISCARDED)
# The requester may still write it.
WRITTEN = (QuotationState.DRAFT, QuotationState.RETURNED)


class RankingRule(TextChoices):
    """How offers are ranked; chosen before publication and fixed by it."""

    LOWEST = "lowest", _("Jumlah terendah dari penawaran yang sesuai spesifikasi")
    POINTS = "points", _("Nilai dari harga, waktu tiba, dan jarak")


class NotInvited(TextChoices):
    """Why a seller of the goods category is not invited."""

    NOT_ACTIVE = "inactive", _("Toko belum disetujui atau dibekukan")
    NO_GOODS = "no_goods", _("Tidak ada barang yang tayang di kategori dan satuan yang diminta")
    ELSEWHERE = "elsewhere", _("Toko di luar wilayah yang diminta")
    RELATED = "related", _("Terkait dengan pemesan atau pejabat yang mengumumkan")


class OfferObstacle(TextChoices):
    """Why an opened offer is not ranked."""

    UNREADABLE = "unreadable", _("Isinya tidak dapat dibaca")
    INACTIVE = "inactive", _("Toko tidak lagi aktif")
    RELATED = "related", _("Terkait dengan pemesan atau pejabat yang mengumumkan")
    ABOVE_CEILING = "ceiling", _("Jumlahnya di atas batas tertinggi")
    UNABLE = "unable", _("Barangnya tidak dapat disiapkan")
    NO_ROOM = "no_room", _("Batas penjualan bulan ini tidak cukup")
    SAME_OWNER = "owner", _("Toko lain dari pemilik yang sama menawar lebih baik")


class PassReason(TextChoices):
    """Why the best ranked offer does not win; all but the first are held against facts."""

    SPECIFICATION = "spec", _("Barangnya tidak sesuai spesifikasi")
    UNABLE = "unable", _("Penjual tidak lagi sanggup")
    RELATED = "related", _("Penjual terkait dengan pemesan atau pejabat")
    PRICE = "price", _("Harganya tidak wajar")
    FELL_THROUGH = "fell", _("Pembeliannya tidak jadi")  # it had won


# What an officer may give as a reason to pass over an offer.
PASSABLE = [(reason.value, reason.label) for reason in PassReason if reason != PassReason.FELL_THROUGH]


class QuotationCancelReason(TextChoices):
    NEED_GONE = "need", _("Kebutuhannya tidak ada lagi")
    CHANGED = "changed", _("Isi permintaannya keliru dan harus diumumkan ulang")
    BUDGET_GONE = "budget", _("Anggarannya tidak lagi cukup")
    NO_OFFER = "no_offer", _("Tidak ada penawaran yang dapat ditetapkan")
    # Written by the system alone.
    LAPSED = "lapsed", _("Dinas tidak memutuskan sampai batas waktunya")


BY_OFFICER = tuple(reason for reason in QuotationCancelReason if reason != QuotationCancelReason.LAPSED)
