"""Papers of a shop that end."""

from datetime import date
from typing import Any

from epeken.core import clock
from umkm.verification.models import SellerDocument


def paper(shop: Any, kind: str, *, ends: date, **over: Any) -> SellerDocument:
    """A current one, as if a verifier had seen it."""
    values = {
        "file": "penjual/uji.jpg", "content_type": "image/jpeg", "size": 1, "sha256": "0" * 64,
        "uploaded_by": shop.members.get().user, "uploaded_at": clock.start_of(ends), **over,
    }  # fmt: skip
    found: SellerDocument = shop.documents.create(kind=kind, expires_on=ends, **values)
    return found
