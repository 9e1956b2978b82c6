"""Sanctions given and lifted by the real services."""

from datetime import datetime, timedelta
from typing import Any

from tests.factories import umkm as make
from tests.kept_steps import kept
from umkm.sanctions import services
from umkm.sanctions.models import Sanction
from umkm.sanctions.policies import StatedFact
from umkm.sellers.models import Seller


@kept
def give(shop: Seller, now: datetime, level: str = "sp1", *, actor: Any = None, **over: Any) -> Sanction:
    late = StatedFact("late", "SP-2026-000001", now - timedelta(days=2), now - timedelta(days=2, hours=3))
    values = {"reason": "late", "note": "Tiga pesanan terlambat", "facts": [late], **over}
    officer = actor or make.make_staff("umkm.freeze_seller")
    return services.sanction_shop(actor=officer, seller=shop, level=level, now=now, **values)


@kept
def freeze(
    shop: Seller, now: datetime, *, actor: Any = None, note: str = "Barang tidak sesuai", **over: Any
) -> Sanction:
    """At once, for a grave reason."""
    return give(shop, now, "freeze", actor=actor, reason="fraud", note=note, **over)


@kept
def lift(shop: Seller, now: datetime, *, actor: Any = None, note: str = "Sudah diperbaiki") -> Sanction:
    """The one that keeps the shop frozen."""
    officer = actor or make.make_staff("umkm.freeze_seller")
    sanction = shop.sanctions.in_force().get(level="freeze")
    return services.lift_sanction(actor=officer, sanction=sanction, note=note, now=now)
