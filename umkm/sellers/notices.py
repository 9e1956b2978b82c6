"""Who is told what about a shop."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import SENTENCE, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from umkm.sellers.models import Seller
from umkm.sellers.policies import members_of

KINDS = {
    "seller.freeze": notice(
        _("%(shop)s dibekukan sementara"),
        _(
            "Alasan: %(reason)s Pesanan yang sedang berjalan tetap diselesaikan. Bila menurut Anda keliru, sampaikan "
            "kepada dinas; caranya ada di halaman Bantuan dan kontak."
        ),
        shop=TEXT,
        reason=SENTENCE,
    ),
    "seller.restore": notice(
        _("%(shop)s dibuka kembali"), _("Keterangan petugas: %(reason)s"), shop=TEXT, reason=SENTENCE
    ),
}


def seller_sanctioned(seller: Seller, *, action: str, reason: str, now: datetime) -> None:
    """`action`: freeze or restore."""
    key = f"seller-{seller.pk}-{action}-{now.isoformat()}"
    tell_applicant(seller, kind=f"seller.{action}", key=key, now=now, reason=reason)


def tell_applicant(seller: Seller, *, kind: str, key: str, now: datetime, **parameters: Any) -> None:
    """Everybody of the shop; `shop` is among the kind's parameters."""
    url = reverse("umkm:application", args=[seller.pk])
    notify(members_of(seller.pk), kind=kind, url=url, key=key, now=now, shop=str(seller), **parameters)
