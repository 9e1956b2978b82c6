"""Sanctions given and lifted by the real services."""

from datetime import datetime
from typing import Any

from tests.factories import umkm as make
from umkm.sanctions import services
from umkm.sanctions.models import Sanction
from umkm.sellers.models import Seller


def give(shop: Seller, now: datetime, level: str = "sp1", *, actor: Any = None, **over: Any) -> Sanction:
    values = {"reason": "late", "note": "Tiga pesanan terlambat", **over}
    officer = actor or make.make_staff("umkm.freeze_seller")
    return services.sanction_shop(actor=officer, seller=shop, level=level, now=now, **values)


def freeze(shop: Seller, now: datetime, *, actor: Any = None, note: str = "Barang tidak sesuai") -> Sanction:
    """At once, for a grave reason."""
    return give(shop, now, "freeze", actor=actor, reason="fraud", note=note)


def lift(shop: Seller, now: datetime, *, actor: Any = None, note: str = "Sudah diperbaiki") -> Sanction:
    """The one that keeps the shop frozen."""
    officer = actor or make.make_staff("umkm.freeze_seller")
    sanction = shop.sanctions.in_force().get(level="freeze")
    return services.lift_sanction(actor=officer, sanction=sanction, note=note, now=now)
