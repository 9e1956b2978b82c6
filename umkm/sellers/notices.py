"""Who is told what about a shop."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from epeken.notifications.services import notify
from umkm.sellers.models import Seller
from umkm.sellers.policies import members_of


def tell_applicant(seller: Seller, *, kind: str, key: str, now: datetime, **parameters: Any) -> None:
    """Everybody of the shop; `shop` is among the kind's parameters."""
    url = reverse("umkm:application", args=[seller.pk])
    notify(members_of(seller.pk), kind=kind, url=url, key=key, now=now, shop=str(seller), **parameters)
