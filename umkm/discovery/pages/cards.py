"""What a card shows of goods, and why it stands where it stands. Pure: rows in, words out."""

import re
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from umkm.catalogue.models import Product
from umkm.catalogue.policies import can_be_had
from umkm.discovery.places import Place, nearness
from umkm.discovery.search import GroupPrices, Hit, Query, SearchResult
from umkm.exposure import reasons
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind

TOLD = "mengapa"  # in an address: of which goods the reasons for their place are told


def product_url(product: Product) -> str:
    return reverse("umkm:product-detail", args=[product.pk, slugify(product.name) or "barang"])


def card(product: Product, *, nearly_full: bool = False, group: GroupPrices | None = None) -> dict[str, Any]:
    return {
        "product": product,
        "name": shared_name(product) if group else product.name,
        "href": product_url(product),
        "proofs": badges(product, nearly_full=nearly_full),
        "group": group,
    }


def shared_name(product: Product) -> str:
    """The name without the values of its options, for a card with the prices of all variants of the group. Goods that
    were joined to a group keep the name they had, so the values may stand behind a blank as well as behind a comma."""
    name = product.name
    for value in (product.option_2, product.option_1):
        if value and name.lower().endswith(value.lower()):
            name = name[: -len(value)].rstrip(" ,-–·/(")
    return name or product.name


def hit_card(hit: Hit) -> dict[str, Any]:
    return card(hit.product, nearly_full=hit.nearly_full, group=hit.group)


def grouped_cards(goods: list[Product]) -> list[dict[str, Any]]:
    """All goods of a shop in their order, variants of a group as one card at the place of the first that can be had."""
    by_group: dict[int, list[Product]] = {}
    for product in goods:
        by_group.setdefault(product.group_id or -product.pk, []).append(product)
    cards = []
    for mine in by_group.values():
        prices = [product.price for product in mine]
        group = GroupPrices(len(mine), min(prices), max(prices)) if len(mine) > 1 else None
        cards.append(card(next(filter(can_be_had, mine), mine[0]), group=group))
    return cards


def row(product: Product) -> dict[str, Any]:
    return {
        "title": product.name,
        "href": product_url(product),
        "picture": product.picture,
        "from": f"{product.seller.name} · {product.seller.place}",
        "price": product.price,
        "unit": product.get_unit_display(),
    }


def badges(product: Product, *, nearly_full: bool = False) -> list[dict[str, str]]:
    found = []
    if product.is_halal_certified:
        found.append({"icon": "badge-check", "text": _("Bersertifikat halal")})
    if nearly_full:
        found.append({"icon": "hourglass", "text": _("Hampir penuh bulan ini"), "kind": "full"})
    elif product.seller.kind == SellerKind.UMKM:
        found.append({"icon": "chef-hat", "text": _("Buatan sendiri")})
    return found


def results(result: SearchResult, place: Place | None, *, first_rank: int = 0) -> list[dict[str, Any]]:
    """Cards with their reasons. `first_rank` 0 leaves the places unnumbered (later pages)."""
    return [
        {
            **hit_card(hit),
            "why": why(hit, result.query, place),
            "rank": first_rank + n if first_rank else 0,
        }
        for n, hit in enumerate(result.hits)
    ]


def public_results(
    result: SearchResult, place: Place | None, *, asked: QueryDict, told: int | None
) -> list[dict[str, Any]]:
    """Cards as anybody sees them: the reasons are fetched of one when somebody asks. `asked`: the address of the
    search. `told`: pk of the goods whose reasons stand on the page."""
    address = asked.copy()
    address.pop(TOLD, None)
    search = f"?{address.urlencode()}&{TOLD}=" if address else f"?{TOLD}="
    return [
        hit_card(hit) | ({"why": why(hit, result.query, place)} if hit.product.pk == told else {})
        | {"why_href": f"{search}{hit.product.pk}#b{hit.product.pk}"}
        for hit in result.hits
    ]  # fmt: skip


def why(hit: Hit, query: Query, place: Place | None) -> list[dict[str, str]]:
    """The recorded facts behind a card's place, in the order in which they count."""
    facts = []
    words = " ".join(query.words)
    if words and hit.in_name:
        facts.append(("check", _("Nama barang cocok dengan “%(words)s”.") % {"words": words}))
    elif words:
        facts.append(
            ("check", _("Keterangan atau kategori %(category)s cocok dengan “%(words)s”.")
             % {"category": hit.product.category.title, "words": words})
        )  # fmt: skip
    elif query.category is not None:
        facts.append(("tag", _("Kategori %(category)s.") % {"category": hit.product.category.title}))
    facts.append(("map-pin", _where(hit, place)))
    if query.sort == "murah":
        facts.append(("arrow-up-down", _("Anda meminta urutan dari harga terendah.")))
    elif query.sort == "mahal":
        facts.append(("arrow-up-down", _("Anda meminta urutan dari harga tertinggi.")))
    elif query.sort == "baru":
        facts.append(("arrow-up-down", _("Anda meminta urutan dari yang paling baru tayang.")))
    else:
        facts += reasons.of_place(hit.product.standing, hit.turn, hit.figures, nearly_full=hit.nearly_full)
    if hit.product.published_at and query.sort not in ("murah", "mahal"):
        facts.append(("clock", _("Tayang sejak %(day)s.") % {"day": tanggal(hit.product.published_at)}))
    return [{"icon": icon, "text": text} for icon, text in facts]


def _where(hit: Hit, place: Place | None) -> str:
    seller = hit.product.seller
    near = nearness(place, seller.kelurahan_id)
    if place is not None and near == 0:
        return _("Dijual di kelurahan Anda, %(place)s.") % {"place": place.name}
    if near == 1:
        return _("Dijual di %(ward)s, satu kecamatan dengan Anda.") % {"ward": seller.place}
    return _("Dijual di %(place)s.") % {"place": seller.place or settings.CITY.name}


def share_words(share: int) -> str:
    """`share`: of the cap, as in `owners.Room.quarter`."""
    return [
        _("Toko ini belum menerima pesanan bulan ini, jadi didahulukan di antara yang sama cocoknya."),
        _("Pesanan toko ini bulan ini masih di bawah seperempat batasnya, jadi cukup didahulukan."),
        _("Pesanan toko ini bulan ini di antara seperempat dan setengah batasnya."),
        _("Pesanan toko ini bulan ini sudah lewat setengah batasnya, jadi yang lain didahulukan."),
        _("Pesanan toko ini bulan ini mendekati batasnya, jadi yang lain didahulukan."),
    ][min(share, 4)]


def sentence(query: Query, kecamatan_name: str, ward_names: list[str]) -> tuple[str, str]:
    """The search as one sentence: what is looked for, and the conditions (`, halal, di Rungkut`)."""
    typed = query.text.strip()[:100]  # as the visitor wrote it
    head = typed or (query.category.title if query.category else _("Semua barang"))
    parts = []
    if query.category is not None and query.text.strip():
        parts.append(_("kategori %(name)s") % {"name": query.category.title})
    if query.halal:
        parts.append(_("bersertifikat halal"))
    if query.today:
        parts.append(_("siap hari ini"))
    if query.kinds and len(query.kinds) < 3:
        parts.append(_("dari %(kinds)s") % {"kinds": _joined([kind_words(kind) for kind in query.kinds])})
    if query.court is not None:
        parts.append(_("di %(place)s") % {"place": query.court.name})
    if ward_names:
        parts.append(_("di %(place)s") % {"place": _joined(ward_names)})
    elif kecamatan_name:
        parts.append(_("di Kecamatan %(place)s") % {"place": kecamatan_name})
    low, high = query.price_from, query.price_to
    if low is not None and high is not None:
        parts.append(_("%(low)s sampai %(high)s") % {"low": rupiah(low), "high": rupiah(high)})
    elif high is not None:
        parts.append(_("paling mahal %(high)s") % {"high": rupiah(high)})
    elif low is not None:
        parts.append(_("mulai %(low)s") % {"low": rupiah(low)})
    return head, "".join(f", {part}" for part in parts)


def kind_words(kind: str) -> str:
    return {
        SellerKind.UMKM: _("UMKM pembuatnya"),
        SellerKind.SWK: _("stan SWK"),
        SellerKind.KELONTONG: _("toko kelontong"),
    }[SellerKind(kind)]


def count_words(count: int, capped: bool) -> str:
    return "1.000+" if capped else thousands(count)


def named_words(result: SearchResult) -> str:
    """Where not all that was found bears the words in its name: how many do, and what the others are."""
    rest = result.count - result.named
    if not result.query.words or not rest:
        return ""
    if not result.named:
        return _("Tidak ada yang bernama itu. Ini barang sejenis, atau yang menyebutnya di keterangan.")
    words = {"named": thousands(result.named), "words": result.query.text.strip(), "rest": thousands(rest)}
    if result.also:
        if result.is_capped:
            return _("%(named)s bernama “%(words)s” atau padanannya, lainnya sejenis atau menyebutnya.") % words
        return _("%(named)s bernama “%(words)s” atau padanannya, %(rest)s lain sejenis atau menyebutnya.") % words
    if result.is_capped:
        return _("%(named)s bernama “%(words)s”, lainnya sejenis atau menyebutnya di keterangan.") % words
    return _("%(named)s bernama “%(words)s”, %(rest)s lain sejenis atau menyebutnya di keterangan.") % words


def thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def first_sentence(text: str, most: int = 140) -> str:
    """Of a shop's story, what fits on a card."""
    text = " ".join(text.split())
    found = re.match(r"(.{20,}?[.!?])(\s|$)", text)
    text = found.group(1) if found else text
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def shop_card(seller: Seller, picture: str, opening: str = "") -> dict[str, str]:
    return {
        "name": seller.name,
        "href": reverse("umkm:shop-detail", args=[seller.slug]),
        "picture": picture,
        "place": f"{kind_title(seller.kind)} · {seller.place}",
        "words": first_sentence(seller.about),
        "open": opening,
    }


def kind_title(kind: str) -> str:
    return {
        SellerKind.UMKM: _("UMKM"),
        SellerKind.SWK: _("Stan SWK"),
        SellerKind.KELONTONG: _("Toko kelontong"),
    }[SellerKind(kind)]


def _joined(names: list[str]) -> str:
    if len(names) > 3:
        return _("%(names)s, dan %(n)s lainnya") % {"names": ", ".join(names[:2]), "n": len(names) - 2}
    return _(" dan ").join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
