"""The comparison sheet: every offer of the same goods that could come, as it was kept when the request was sent."""

from collections.abc import Collection
from typing import Any

from epeken.core import clock
from epeken.core.i18n.times import full_time, long_time, numeric_date
from epeken.core.i18n.words import rupiah
from orders.documents.layout import continued, facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import ChoiceReason
from procurement.sourcing import reasons, sheets
from procurement.sourcing.models import SheetOffer
from procurement.sourcing.sheets import ComparedGoods
from umkm.catalogue.states import Unit

NEAR = {0: "sekelurahan", 1: "sekecamatan", 2: "kecamatan lain"}


def comparison_sheet(trail: Trail, document: Document) -> Paper:
    request = trail.order.request
    found = sheets.kept(request) if request else None
    if request is None or found is None:
        raise ValueError("The request of this order has no comparison sheet.")
    sheet = found.sheet
    paper = facts.base(
        document,
        title="Lembar Perbandingan",
        numbers=[f"Nomor {sheet.number}", f"Permintaan {request.number}"],
        head=facts.agency_head(trail.order.buyer_party),
    )
    dropped = {line.product_id for line in request.lines.all() if line.dropped_at is not None}
    paper.data |= {
        "facts": [
            ("Ditarik sistem", full_time(sheet.drawn_at)),
            ("Barang tiba paling lambat", long_time(clock.told_end(sheet.deliver_at))),
            ("Kelurahan tujuan", sheet.place or "–"),
            ("Jumlah permintaan", rupiah(sheet.total)),
            ("Aturan", f"di atas {rupiah(sheet.above)} dibandingkan {sheet.asked} pemilik yang tidak dipilih"),
        ],
        "goods": [_goods(goods, dropped) for goods in found.goods],
        "remark": "Sistem menarik semua penawaran barang sekategori dan sesatuan yang sanggup tiba pada waktunya. Toko "
        "satu pemilik dihitung satu; pemilik yang dibeli dalam permintaan ini tidak dihitung sebagai pembanding.",
        "statements": [*continued.statements(trail, request), *_over_frame(request)],
        "signs": [
            facts.signed("Pemesan", continued.act(trail, request, "submit"), "Diajukan"),
        ],
    }
    return paper


def _goods(goods: ComparedGoods, dropped: Collection[int]) -> dict[str, Any]:
    unit = Unit(goods.goods.unit)
    have = f"{len(goods.owners)} pemilik yang tidak dipilih dibandingkan, diminta {goods.asked}."
    if goods.is_single:
        said = ["Hanya pemilik yang dipilih yang sanggup, jadi harganya wajib dinegosiasikan."]
    elif goods.is_short:
        said = [f"{have} Selain itu tidak ada yang sanggup."]
    else:
        said = [have]
    if not goods.is_cheapest:
        said.append("Yang dipilih bukan yang termurah.")
    said += [_explained(offer) for offer in goods.chosen if reasons.is_asked(goods, offer)]
    return {
        "title": f"{goods.goods.name} per {unit.label}",
        "counted": unit.counted(goods.goods.quantity),
        "offers": [_offer(goods, offer, dropped) for offer in [*goods.chosen, *goods.others]],
        "said": said,
    }


def _offer(goods: ComparedGoods, offer: SheetOffer, dropped: Collection[int]) -> dict[str, str]:
    if offer.is_chosen:
        standing = "dilepas pejabat" if offer.product_id in dropped else "dipilih"
    else:
        standing = "pembanding" if offer.owner_id in goods.owners else "pemilik yang dipilih"
    return {
        "name": offer.name,
        "shop": ", ".join(filter(None, [offer.seller_name, offer.place, NEAR[offer.nearness]])),
        "standing": standing,
        "most": Unit(goods.goods.unit).counted(offer.most),
        "earliest": f"paling cepat {numeric_date(offer.earliest)}" if offer.earliest else "",
        "price": rupiah(offer.price),
        "fee": rupiah(offer.delivery_cost) if offer.is_delivered else "diambil",
        "total": _total(goods, offer),
    }


def _total(goods: ComparedGoods, offer: SheetOffer) -> str:
    """Of the amount that is compared, or of what the offer sells no less than."""
    amount = goods.goods.quantity if offer.is_chosen else offer.quantity
    said = rupiah(sheets.cost(offer, amount))
    return said if amount == goods.goods.quantity else f"{said} untuk {Unit(goods.goods.unit).counted(amount)}"


def _explained(offer: SheetOffer) -> str:
    reason = str(ChoiceReason(offer.reason).label) if offer.reason else ""
    return f"{offer.seller_name}: " + ". ".join(filter(None, [reason, offer.reason_note]))


def _over_frame(request: PurchaseRequest) -> list[str]:
    """Why so many owners are asked for where the request itself is small."""
    if request.frame is None:
        return []
    return [f"Pembanding diminta menurut jumlah seluruh kerangka {request.frame.number} dan yang sejenisnya."]
