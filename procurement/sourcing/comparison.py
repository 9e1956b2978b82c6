"""Sentences an approver reads before deciding: refusals first, then what to weigh, then what is in order."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from procurement.requests import obstacles
from procurement.requests.contents import ComparedGoods, RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import RequestState

ORDER = {"no": 0, "now": 1, "ok": 2}


def warnings(request: PurchaseRequest, held: RequestContents, now: datetime) -> list[dict[str, str]]:
    """Items for `components/warns.html`."""
    found = [
        _held(),
        *_goods(request, held, now),
        *_prices(held),
        *_compared(held),
        _requester(request, now),
    ]
    return sorted(found, key=lambda item: ORDER[item["kind"]])


def _held() -> dict[str, str]:
    return {
        "kind": "ok",
        "text": _("Stok atau kapasitas, ruang penjualan, dan anggarannya sudah ditahan untuk permintaan ini."),
    }


def _goods(request: PurchaseRequest, held: RequestContents, now: datetime) -> list[dict[str, str]]:
    found = [
        {"kind": "no", "text": fault.text, "note": _("Lepas barisnya, atau kembalikan ke pemesan.")}
        for _line, faults in obstacles.line_faults(request, held, now)
        for fault in faults
    ]
    if clock.is_over(request.deliver_at, now):
        found.append(
            {
                "kind": "no",
                "text": _("Waktu barang tiba sudah lewat."),
                "note": _("Kembalikan ke pemesan supaya diberi waktu baru."),
            }
        )
    return found


def _prices(held: RequestContents) -> list[dict[str, str]]:
    """The price kept in the request against today's price, and against the offers compared."""
    found = []
    for line in held.kept:
        if line.product.price < line.price:
            found.append(
                {
                    "kind": "now",
                    "text": _("%(name)s sekarang dijual %(new)s, di permintaan ini %(old)s.")
                    % {"name": line.name, "new": rupiah(line.product.price), "old": rupiah(line.price)},
                    "note": _("Kembalikan ke pemesan bila ingin memakai harga yang lebih murah."),
                }
            )
        elif line.product.price > line.price:
            found.append(
                {
                    "kind": "ok",
                    "text": _("%(name)s naik menjadi %(new)s, tetapi harga di sini tetap %(old)s.")
                    % {"name": line.name, "new": rupiah(line.product.price), "old": rupiah(line.price)},
                }
            )
    return found


def _compared(held: RequestContents) -> list[dict[str, str]]:
    return [_compared_goods(goods) for goods in held.compared if goods.asked or goods.offers]


def _compared_goods(goods: ComparedGoods) -> dict[str, str]:
    """Red where too few were looked at, amber where nobody else sells it or a cheaper offer was not chosen."""
    words = {"goods": goods.name, "have": len(goods.owners), "needed": goods.needed}
    if not goods.is_compared:
        text = ngettext(
            "%(goods)s: baru %(have)s penjual yang tidak dipilih dibandingkan, perlu %(needed)s.",
            "%(goods)s: baru %(have)s penjual yang tidak dipilih dibandingkan, perlu %(needed)s.",
            len(goods.owners),
        )
        return {"kind": "no", "text": text % words}
    if not goods.owners:
        text = (
            _("%(goods)s: semua pemilik yang menjualnya ikut dipilih, jadi tidak ada penawaran di luar pilihan.")
            if len(goods.chosen) > 1
            else _("%(goods)s: tidak ada pemilik lain yang menjualnya, jadi harganya tidak terbanding.")
        )
        return {"kind": "now", "text": text % words, "note": _("Pastikan harganya wajar sebelum menyetujui.")}
    link = {"href": "#perbandingan", "link": _("Lihat perbandingan")}
    text = ngettext(
        "%(goods)s: %(have)s penjual yang tidak dipilih dibandingkan.",
        "%(goods)s: %(have)s penjual yang tidak dipilih dibandingkan.",
        len(goods.owners),
    )
    if goods.cheaper:
        note = "; ".join(f"{row.seller}: {row.note}" for row in goods.cheaper)
        return {"kind": "now", "text": text % words + " " + _("Yang dipilih bukan yang termurah."), "note": note} | link
    return {"kind": "ok", "text": text % words} | link


def _requester(request: PurchaseRequest, now: datetime) -> dict[str, str]:
    since = now - timedelta(days=90)
    earlier = PurchaseRequest.objects.filter(
        agency=request.agency_id, requester=request.requester_id, submitted_at__gte=since
    ).exclude(pk=request.pk)
    states = list(earlier.values_list("state", flat=True))
    if not states:
        return {
            "kind": "ok",
            "text": _("Ini permintaan pertama %(who)s dalam 90 hari.") % {"who": request.requester},
        }
    good = sum(state in (RequestState.APPROVED, RequestState.ORDERED) for state in states)
    return {
        "kind": "ok",
        "text": _("%(who)s mengajukan %(count)s permintaan lain dalam 90 hari, %(good)s disetujui.")
        % {"who": request.requester, "count": len(states), "good": good},
        "note": _("Acara ini: %(day)s.") % {"day": tanggal(request.event_at)} if request.event_at else "",
    }
