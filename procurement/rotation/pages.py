"""What the pages of draws say: the list, the order, the steps by which anybody draws once more; the published JSON."""

import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from epeken.core.quantity import grouped
from procurement.requests.contents import goods_of
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.rotation import results
from procurement.rotation.lists import TurnList
from procurement.rotation.models import RotationDraw, RotationEntrant
from procurement.rotation.states import DrawState
from umkm.catalogue.states import Unit

TAGS = {DrawState.ANNOUNCED: "info", DrawState.DRAWN: "done", DrawState.CANCELLED: ""}


def published(draw: RotationDraw) -> dict[str, Any]:
    """As the public page gives it; `list` byte by byte as it was published. What is not there yet is null."""
    is_drawn = draw.state == DrawState.DRAWN
    order = results.in_order(draw)
    return {
        "draw": draw.number,
        "state": draw.state,
        "list": draw.list_text,
        "list_hash": draw.list_hash,
        "commitment": draw.commitment,
        "secret": draw.secret if is_drawn else None,
        "public_value": draw.public_value or None,
        "seed": draw.seed or None,
        "order": [one.number for one in order] if is_drawn else None,
        "passed_over": [{"number": one.number, "why": one.passed.why} for one in order if hasattr(one, "passed")],
        "cancelled_because": draw.get_cancel_reason_display() or None,
    }


def head() -> list[dict[str, Any]]:
    return [
        {"text": _("Penjual")}, {"text": pgettext("nomor", "No.")}, {"text": _("Biaya dengan ongkir"), "n": True},
        {"text": _("Pesanan bulan ini"), "n": True}, {"text": _("Bobot"), "n": True}, {"text": _("Giliran")},
    ]  # fmt: skip


def rows(draw: RotationDraw) -> list[dict[str, Any]]:
    """For `components/table.html`: in the order of the turns, before the draw in that of the list."""
    listed = results.in_order(draw) or [one for one in draw.entrants.all() if one.number]
    turn = results.chosen(draw)
    return [_row(one, turn) for one in listed]


def _row(one: RotationEntrant, turn: RotationEntrant | None) -> dict[str, Any]:
    passed = getattr(one, "passed", None)
    place = str(one.place.place) if hasattr(one, "place") else _("belum diundi")
    note = _("Terlewat: %(why)s") % {"why": passed.why} if passed else _("mendapat giliran") if one == turn else ""
    row = _cells(str(one.number), one.seller.name, one.product.name, one.cost, one.orders, one.weight)
    row["cells"].append({"text": place, "note": note, "label": _("Giliran").lower()})
    return row


def _cells(number: str, shop: str, goods: str, cost: int, orders: int, weight: int) -> dict[str, Any]:
    return {
        "cells": [
            {"text": shop, "note": goods},
            {"text": number, "label": _("nomor daftar")},
            {"text": rupiah(cost), "n": True, "label": _("Biaya dengan ongkir").lower()},
            {"text": orders, "n": True, "label": _("Pesanan bulan ini").lower()},
            {"text": weight, "n": True, "label": _("Bobot").lower()},
        ]
    }


def preview_rows(turns: TurnList) -> list[dict[str, Any]]:
    """As the list would be published now."""
    return [
        _cells(str(n), one.offer.seller.name, one.offer.product.name, one.offer.total, one.orders, one.weight)
        for n, one in enumerate(turns.entrants, start=1)
    ]


def left_out(draw: RotationDraw) -> str:
    return ", ".join(one.seller.name for one in draw.entrants.all() if not one.number)


def left_out_words(names: str) -> str:
    if not names:
        return ""
    return _("Tidak ikut karena terkait pejabat dinas yang membeli: %(names)s.") % {"names": names}


def goods_words(draw: RotationDraw) -> str:
    return f"{Unit(draw.unit).counted(draw.quantity)}, {results.goods_words(draw)}"


def said(draw: RotationDraw) -> tuple[str, str]:
    """The state in a sentence, and the kind of note."""
    if draw.state == DrawState.CANCELLED:
        why = draw.get_cancel_reason_display()
        return _("Dibatalkan sebelum diundi: %(why)s. Undian ini tidak diulang.") % {"why": why}, "no"
    if draw.state == DrawState.ANNOUNCED:
        words = {"when": long_time(clock.told_end(draw.draw_from))}
        return _("Daftar dan komitmennya sudah diumumkan; diundi sesudah %(when)s.") % words, "info"
    turn = results.chosen(draw)
    if turn is None:
        return _("Sudah diundi; semua yang terundi tidak sanggup lagi."), "now"
    return _("Giliran %(shop)s.") % {"shop": turn.seller.name}, "good"


def own_words(draw: RotationDraw, shops: Iterable[int]) -> list[str]:
    """For who acts for shops on the list: the place of each and what it means. `shops`: pks."""
    mine, order = set(shops), results.in_order(draw)
    turn, found = results.chosen(draw), []
    for one in [row for row in draw.entrants.all() if row.seller_id in mine and row.number]:
        words = {"shop": one.seller.name, "number": one.number, "many": len(order)}
        if draw.state != DrawState.DRAWN:
            if draw.state == DrawState.ANNOUNCED:
                found.append(_("%(shop)s ada di nomor %(number)s daftar ini.") % words)
            continue
        words["place"] = one.place.place
        if hasattr(one, "passed"):
            text = _("%(shop)s di urutan %(place)s dari %(many)s; gilirannya terlewat.")
        elif one == turn:
            text = _("%(shop)s di urutan %(place)s dari %(many)s dan mendapat giliran. Surat pesanannya menyusul.")
        else:
            text = _(
                "%(shop)s di urutan %(place)s dari %(many)s. "
                "Gilirannya datang bila semua yang sebelumnya tidak sanggup."
            )
        found.append(text % words)
    return found


def rule_words(draw: RotationDraw) -> list[str]:
    """The rules as they were published with the list."""
    listed = json.loads(draw.list_text)
    rule = listed["rules"]
    percent = f"{grouped(Decimal(rule['price_band']) * 100)}%"
    return [
        _("Ikut: setiap pemilik yang sanggup pada waktu dan tempat itu, satu kali, dengan penawaran termurahnya."),
        _("Setara: biaya dengan ongkir sampai %(band)s di atas yang terendah; paling sedikit %(least)d pemilik.")
        % {"band": percent, "least": rule["owners_least"]},
        _(
            "Bobot: %(full)d dibagi satu lebih banyak dari pesanan semua dinas bulan ini sampai daftar diumumkan, "
            "dibulatkan ke bawah, paling sedikit 1. Pesanan yang ditolak penjual ikut dihitung."
        )
        % {"full": rule["weight"]},
        _("Nilai publik: %(source)s.") % {"source": listed["public_value"]},
    ]


def steps() -> list[str]:
    return [
        _("Sidik daftar adalah SHA-256 teks daftar; komitmen adalah SHA-256 rahasia."),
        _("Benih adalah SHA-256 dari sidik daftar, rahasia, dan nilai publik, dipisah tanda titik dua."),
        _(
            "Untuk giliran pertama, SHA-256 dari benih, titik dua, dan 1 dibaca sebagai bilangan lalu dibagi jumlah "
            "bobot. Sisanya jatuh pada bobot satu pemilik bila bobot dijajarkan menurut nomor daftar."
        ),
        _("Pemilik itu keluar dari daftar; giliran kedua memakai angka 2, dan seterusnya."),
        _("Berkas JSON halaman ini memuat semua yang diperlukan; perintah rerun_draw menghitung ulang darinya."),
    ]


def proofs(draw: RotationDraw) -> list[tuple[str, str]]:
    """Label and value, in the order in which they came about."""
    found = [(_("Sidik daftar"), draw.list_hash), (_("Komitmen"), draw.commitment)]
    if draw.state == DrawState.DRAWN:
        found += [(_("Rahasia"), draw.secret), (_("Nilai publik"), draw.public_value), (_("Benih"), draw.seed)]
    return found


def list_rows(found: Iterable[RotationDraw]) -> list[dict[str, Any]]:
    return [
        {
            "cells": [
                {"text": one.number, "href": reverse("procurement:draw-detail", args=[one.number]), "nowrap": True},
                {"text": one.request.agency.short_name, "note": goods_words(one)},
                {"text": one.get_state_display(), "tag": True, "kind": TAGS[DrawState(one.state)]},
                {"text": long_time(one.opened_at), "label": _("Diumumkan").lower(), "note": _drawn_words(one)},
            ]
        }
        for one in found
    ]


def _drawn_words(draw: RotationDraw) -> str:
    """When it was drawn, or from when on it is."""
    if draw.drawn_at is not None:
        return _("Diundi %(when)s") % {"when": long_time(draw.drawn_at)}
    if draw.state == DrawState.ANNOUNCED:
        return _("Diundi paling cepat %(when)s") % {"when": long_time(draw.draw_from)}
    return ""


def list_head() -> list[dict[str, Any]]:
    return [{"text": text} for text in (_("Undian"), _("Dinas dan barang"), _("Keadaan"), _("Diumumkan"))]


def notes(request: PurchaseRequest, lines: Iterable[RequestLine]) -> list[dict[str, Any]]:
    """For the draft: each draw of it in a sentence, and its page among the department's, else its public one."""
    by_goods = {goods_of(line.product): line.product_id for line in lines}
    found = []
    for draw in results.draws_of(request):
        text, kind = said(draw)
        words = {"number": draw.number, "goods": goods_words(draw), "said": text}
        product = by_goods.get(results.goods_drawn(draw))
        found.append(
            {
                "text": _("Undian giliran %(number)s, %(goods)s. %(said)s") % words,
                "kind": kind,
                "product": product,
                "url": reverse("procurement:request-draw", args=[request.number, product])
                if product
                else reverse("procurement:draw-detail", args=[draw.number]),
            }
        )
    return found
