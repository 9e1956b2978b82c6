"""Why goods stand where they stand among those that fit alike, in the same words for buyer, seller and auditor: out of
the recorded figures alone."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core.quantity import grouped, part_of, percent
from umkm.exposure import policy

Fact = tuple[str, str]  # icon, sentence


def of_place(standing: int, turn: int, figures: Mapping[str, int] | None, *, nearly_full: bool) -> list[Fact]:
    """Of goods in a list. `figures`: the columns of the shop's newest `Standing`; None before the first."""
    facts: list[Fact] = []
    if group := policy.price_group(standing):
        facts.append(("tag", _price_words(group)))
    if turn > 1:
        text = _("Barang ke-%(turn)s dari pemilik yang sama: barang pemilik lain berdiri di antaranya.")
        facts.append(("rotate-ccw", text % {"turn": turn}))
    facts += of_shop(figures)
    if nearly_full:
        facts.append(("hourglass", _("Batas bulan toko ini hampir penuh, jadi yang lain didahulukan.")))
    return facts


def of_shop(figures: Mapping[str, int] | None) -> list[Fact]:
    """Of all goods of a shop in one category."""
    if figures is None:
        return [("scale", _("Toko ini belum masuk perhitungan urutan, jadi berdiri di tengah."))]
    facts = [("scale", _even(figures))]
    if known := figures["kept"] + figures["broken"]:
        text = _("Toko ini menepati %(kept)s dari %(all)s pesanan yang sudah berakhir.")
        words = {"kept": grouped(Decimal(figures["kept"])), "all": grouped(Decimal(known))}
        facts.append(("check", text % words))
    return facts


def _even(figures: Mapping[str, int]) -> str:
    """Its parts of attention and orders in the city, of even ones."""
    weight = _of_even(figures["weight"], figures["weight_city"], figures["owners_city"])
    orders = _of_even(figures["orders"], figures["orders_city"], figures["owners_city"])
    if weight is None and orders is None:
        return _("Belum ada toko sekategori yang tampil atau dipesan, jadi semua sama.")
    if orders is None:
        text = _("Perhatian yang didapat toko ini %(weight)s dari bagian rata toko sekategori.")
    elif weight is None:
        text = _("Pesanan toko ini %(orders)s dari bagian rata toko sekategori.")
    else:
        text = _(
            "Perhatian yang didapat toko ini %(weight)s, dan pesanannya %(orders)s, dari bagian rata toko sekategori."
        )
    words = text % {"weight": percent(weight or Decimal(0)), "orders": percent(orders or Decimal(0))}
    if min(part for part in (weight, orders) if part is not None) < 1:
        return f"{words} {_('Yang di bawah bagian rata didahulukan.')}"
    return words


def _of_even(own: int, whole: int, owners: int) -> Decimal | None:
    return part_of(own * owners, whole) if whole else None


def _price_words(group: int) -> str:
    if group == 1:
        return _("Harganya di atas harga pasar, jadi berdiri sesudah yang biasa.")
    return _("Harganya jauh di atas harga pasar, jadi berdiri paling akhir.")
