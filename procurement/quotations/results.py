"""What the opening found and what came of it, read once. Nothing is written here."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from procurement.quotations.models import OfferPassing, Quotation, QuotationOffer
from procurement.quotations.states import PassReason, QuotationState, RankingRule


def offers_of(quotation: Quotation) -> list[QuotationOffer]:
    """What the opening found; none before it. The ranked first."""
    if quotation.opened_at is None:
        return []
    rows = quotation.offers.select_related("seller", "passing").prefetch_related("prices__line")
    return sorted(rows, key=lambda offer: (offer.rank is None, offer.rank or 0, offer.pk))


def rule_words(quotation: Quotation) -> str:
    """The whole rule, with how ties end."""
    if quotation.rule == RankingRule.LOWEST:
        text = _("Jumlah barang dan ongkir terendah, dari penawaran yang sesuai spesifikasi.")
    else:
        text = _(
            "Nilai dari 100: harga %(price)s (terendah dibagi jumlahnya), waktu tiba %(time)s (paling awal penuh, "
            "paling akhir nol), jarak %(distance)s (sekelurahan penuh, sekecamatan setengah)."
        ) % {
            "price": quotation.price_weight,
            "time": quotation.time_weight,
            "distance": quotation.distance_weight,
        }
    ties = (
        _("Bila sama: tiba lebih awal, lalu lebih dekat, lalu dikirim lebih dahulu.")
        if quotation.rule == RankingRule.LOWEST
        else _("Bila sama: jumlah lebih rendah, lalu tiba lebih awal, lalu lebih dekat, lalu dikirim lebih dahulu.")
    )
    return f"{text} {ties}"


def winner_in(offers: Iterable[QuotationOffer], quotation: Quotation) -> QuotationOffer | None:
    return best_of(offers) if quotation.state == QuotationState.AWARDED else None


def best_of(offers: Iterable[QuotationOffer]) -> QuotationOffer | None:
    return next(iter(left_in(offers)), None)


def left_in(offers: Iterable[QuotationOffer]) -> list[QuotationOffer]:
    """Of offers of `offers_of` those that may still win, the best first."""
    return [offer for offer in offers if offer.rank is not None and passing_of(offer) is None]


def has_fallen(offer: QuotationOffer) -> bool:
    """Whether it had won, and its purchase came to nothing."""
    passing = passing_of(offer)
    return passing is not None and passing.reason == PassReason.FELL_THROUGH


def passing_of(offer: QuotationOffer) -> OfferPassing | None:
    return getattr(offer, "passing", None)
