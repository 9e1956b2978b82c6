"""What a new shop has still to do before it sells, from facts alone. Reads only."""

from collections.abc import Set
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from umkm.catalogue.states import GONE, ON_SHOW, ProductState
from umkm.sellers.models import Seller
from umkm.tax_papers.policies import standing_of
from umkm.tax_papers.states import TaxPaperState

SENT = ON_SHOW | {ProductState.SUBMITTED}


def first_steps(seller: Seller, goods: Set[str], day: date) -> list[dict[str, Any]]:
    """As components/tasks.html lists them; none once all are done. `goods`: the states of the shop's goods.

    One query of a shop that says it has a tax paper, none of any other.
    """
    shop, create, mine, tax = (
        f"{reverse(f'umkm:{name}')}?toko={seller.pk}"
        for name in ("seller-profile", "product-create", "product-mine", "tax-papers")
    )
    is_sent, is_on_show = bool(goods & SENT), bool(goods & ON_SHOW)
    waits = _("Menunggu kurator") if is_sent else ""
    rows = [
        (_("Jam dan hari buka"), shop, bool(seller.open_days), ""),
        (_("Cara barang sampai ke pembeli"), shop, seller.offers_pickup or seller.offers_delivery, ""),
        (_("Barang pertama: foto, nama, dan harga"), create, bool(goods - GONE), ""),
        (_("Barang dikirim ke kurator"), mine, is_sent, ""),
        (_("Barang tampil bagi pembeli"), mine, is_on_show, waits),
        *_tax_paper(seller, tax, day),
    ]
    if all(is_done for _title, _href, is_done, _text in rows):
        return []
    following = next((title for title, _href, is_done, text in rows if not is_done and not text), "")
    return [
        {
            "title": title,
            "href": href,
            "state": "done" if is_done else "now" if title == following else "",
            "text": _("Selesai") if is_done else text or pgettext("langkah", "Belum"),
        }
        for title, href, is_done, text in rows
    ]


def _tax_paper(seller: Seller, url: str, day: date) -> list[tuple[str, str, bool, str]]:
    """Of a shop that said at its registration that it has one: until a verifier saw it, it lowers no tax."""
    if not (seller.has_low_turnover_statement or seller.has_final_tax_certificate or seller.is_pkp):
        return []
    papers = list(seller.tax_papers.all())
    waits = any(paper.state == TaxPaperState.WAITING for paper in papers)
    is_done = not standing_of(seller, papers, day).unproven
    return [(_("Surat pajak, supaya potongannya benar"), url, is_done, _("Menunggu verifikator") if waits else "")]
