"""What the pages of frames say: rows, figures, goods, history."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from epeken.core import clock
from epeken.core.i18n.times import brief_date
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from procurement.frames import ceilings
from procurement.frames.models import ApprovalFrame
from procurement.frames.states import FrameState
from procurement.requests.models import PurchaseRequest
from procurement.requests.pages import requests as requests_pages
from umkm.catalogue.states import Unit
from umkm.discovery.pages.cards import product_url

STATE_TAGS = {
    FrameState.PROPOSED: "info",
    FrameState.SIGNED: "done",
    FrameState.REFUSED: "no",
    FrameState.WITHDRAWN: "",
    FrameState.ENDED: "",
}
EVENT_TITLES = {
    "create": gettext_lazy("Diusulkan"),
    "sign": gettext_lazy("Ditandatangani"),
    "refuse": gettext_lazy("Tidak ditandatangani"),
    "withdraw": gettext_lazy("Usulan ditarik"),
    "end": gettext_lazy("Diakhiri"),
}


def tag(frame: ApprovalFrame, day: date) -> tuple[str, str]:
    """Words and kind: the state, or why a signed frame approves nothing today."""
    state = FrameState(frame.state)
    if state == FrameState.SIGNED:
        if not frame.left:
            return _("Habis terpakai"), ""
        if day < frame.valid_from:
            return _("Belum mulai"), "info"
        if day > frame.valid_until:
            return _("Lewat masa berlakunya"), ""
    return str(state.label), STATE_TAGS[state]


def list_head() -> list[dict[str, Any]]:
    return [
        {"text": _("Kerangka")},
        {"text": _("Berlaku")},
        {"text": _("Keadaan")},
        {"text": _("Terpakai"), "n": True},
        {"text": _("Sisa"), "n": True},
    ]


def list_rows(found: Iterable[ApprovalFrame], day: date) -> list[dict[str, Any]]:
    rows = []
    for frame in found:
        words, kind = tag(frame, day)
        rows.append(
            {
                "cells": [
                    {
                        "text": frame.title,
                        "href": reverse("procurement:frame-detail", args=[frame.number]),
                        "note": f"{frame.number} · {frame.line.account_id}",
                    },
                    {"label": _("Berlaku"), "nowrap": True} | _days(frame),
                    {"text": words, "tag": True, "kind": kind},
                    _sum(_("Terpakai"), frame.drawn if frame.signed_at else None),
                    _sum(_("Sisa"), frame.left if frame.state == FrameState.SIGNED else None),
                ]
            }
        )
    return rows


def _days(frame: ApprovalFrame) -> dict[str, Any]:
    last = _("sampai %(day)s") % {"day": brief_date(frame.valid_until)}
    return {"text": brief_date(_begins(frame)), "note": last}


def _begins(frame: ApprovalFrame) -> date:
    """No frame approves anything before it is signed."""
    return max(frame.valid_from, clock.local_date(frame.signed_at)) if frame.signed_at else frame.valid_from


def _sum(label: str, amount: int | None) -> dict[str, Any]:
    """None: a frame that is not in force has none."""
    if amount is None:
        return {"n": True, "label": label, "text": "–", "empty": True}
    return {"n": True, "label": label, "text": rupiah(amount)}


def bar(frame: ApprovalFrame) -> dict[str, Any]:
    """For `components/bar.html`."""
    words = {"drawn": rupiah(frame.drawn), "amount": rupiah(frame.amount), "left": rupiah(frame.left)}
    return {
        "parts": [{"value": frame.drawn, "kind": "b", "label": _("Terpakai")}],
        "total": frame.amount,
        "label": _("Terpakai %(drawn)s dari %(amount)s, sisa %(left)s") % words,
    }


def facts(frame: ApprovalFrame) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {
            "label": _("Mata anggaran"),
            "value": frame.line.activity_name,
            "note": str(frame.line.account),
            "href": reverse("procurement:budget-detail", args=[frame.line_id]),
        },
        {"label": _("Berlaku"), "value": f"{tanggal(_begins(frame))} – {tanggal(frame.valid_until)}"},
        {"label": _("Tiap permintaan"), "value": _("paling banyak %(limit)s") % {"limit": rupiah(frame.order_limit)}},
        {"label": _("Diusulkan oleh"), "value": frame.proposer, "note": frame.get_proposer_role_display()},
    ]
    if frame.signer:
        rows.append(
            {
                "label": _("Ditandatangani oleh"),
                "value": frame.signer,
                "note": _("%(decree)s, %(day)s") % {"decree": frame.decree, "day": tanggal(frame.signed_at)},
            }
        )
    at_once = _("langsung terbit, atas nama %(who)s") % {"who": frame.proposer}
    rows.append(
        {
            "label": _("Surat pesanan"),
            "value": at_once if frame.is_issued_at_once else _("diterbitkan PP atau PPK"),
        }
    )
    return rows


def goods_head() -> list[dict[str, Any]]:
    return [{"text": _("Barang")}, {"text": _("Satuan")}, {"text": _("Harga paling tinggi"), "n": True}]


def goods_rows(frame: ApprovalFrame) -> list[dict[str, Any]]:
    rows = []
    for row in frame.goods.all():
        if row.product is not None:
            note = _("Hanya barang ini dari %(shop)s; pesan dari halamannya") % {"shop": row.product.seller.name}
            name: dict[str, Any] = {"text": row.product.name, "href": product_url(row.product), "note": note}
        else:
            name = {"text": row.category.title, "note": _("Semua barang di kategori ini")}
        unit = {"text": str(Unit(row.unit).label), "label": _("Satuan")}
        price = {"text": rupiah(row.price_limit), "n": True, "label": _("Harga paling tinggi")}
        rows.append({"cells": [name, unit, price]})
    return rows


def ceiling_warnings(frame: ApprovalFrame) -> list[dict[str, Any]]:
    """For `components/warns.html`: prices far above the market as they were told when it was proposed, and why."""
    told = [{"kind": "now", "text": text} for text in ceilings.sentences(frame.goods.all())]
    if told:
        words = {"who": frame.proposer, "reason": frame.ceiling_reason}
        told[-1]["note"] = _("Alasan %(who)s: “%(reason)s”") % words
    return told


def rest_words(frame: ApprovalFrame) -> str:
    """What of the budget line is left for everything else once the frame is signed."""
    line = frame.line
    words = {
        "amount": rupiah(frame.amount),
        "left": rupiah(line.available),
        "line": line.account_id,
        "rest": rupiah(abs(line.available - frame.amount)),
        "day": tanggal(frame.valid_until),
    }
    if frame.amount > line.available:
        text = _("Sisa pagu %(line)s %(left)s: kurang %(rest)s untuk kerangka ini, jadi belum dapat ditandatangani.")
        return text % words
    text = _(
        "%(amount)s ditahan dari sisa pagu %(left)s. Untuk belanja lain dari %(line)s tersisa %(rest)s sampai %(day)s, "
        "kecuali kerangkanya diakhiri lebih awal."
    )
    return text % words


def sellers_words(frame: ApprovalFrame) -> str:
    names = [seller.name for seller in frame.sellers.all()]
    if not names and all(row.product_id for row in frame.goods.all()):
        return _("Hanya dari toko yang disebut pada tiap barang.")
    if not names:
        return _("Terbuka untuk semua penjual yang sanggup.")
    return _("Hanya dari %(names)s.") % {"names": ", ".join(names)}


def request_head() -> list[dict[str, Any]]:
    return [{"text": _("Permintaan")}, {"text": _("Keadaan")}, {"text": pgettext("uang", "Jumlah"), "n": True}]


def request_rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    """`found`: `with_step`."""
    rows = []
    for row in found:
        words, kind = requests_pages.tag(row.state, row.task, is_empty=row.is_empty)
        rows.append(
            {
                "cells": [
                    {
                        "text": row.title,
                        "href": reverse("procurement:request-detail", args=[row.number]),
                        "note": f"{row.number} · {row.requester}",
                    },
                    {"text": words, "tag": True, "kind": kind},
                    {"text": rupiah(row.total), "n": True},
                ]
            }
        )
    return rows


def events(frame: ApprovalFrame) -> list[dict[str, Any]]:
    """Newest first."""
    return [
        {
            "title": EVENT_TITLES[event.action],
            "who": str(event.actor) if event.actor else _("Sistem"),
            "when": event.at,
            "automatic": event.actor is None,
            "note": event.note,
        }
        for event in frame.events.select_related("actor").order_by("-sequence")
    ]


def requests_of(frame: ApprovalFrame) -> Any:
    return PurchaseRequest.objects.filter(frame=frame).with_step().select_related("requester").order_by("-pk")
