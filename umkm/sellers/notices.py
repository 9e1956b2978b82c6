"""Who is told what about a shop."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.sellers.models import Seller
from umkm.sellers.policies import members_of

KINDS = {
    "case.shop_picture": notice(
        _("%(shop)s mengganti foto tokonya"),
        _("Fotonya sudah tampil. Lihat halamannya; bila tidak pantas, hubungi tokonya atau laporkan ke pembina."),
        shop=TEXT,
    ),
}


def picture_changed(seller: Seller, *, now: datetime) -> None:
    """To curators, once a day for each shop."""
    notify(
        User.objects.officers_with("umkm.curate_product"),
        kind="case.shop_picture",
        url=reverse("umkm:shop-detail", args=[seller.slug]),
        key=f"seller-{seller.pk}-picture-{clock.local_date(now)}",
        now=now,
        shop=str(seller),
    )


def tell_applicant(seller: Seller, *, kind: str, key: str, now: datetime, **parameters: Any) -> None:
    """Everybody of the shop; `shop` is among the kind's parameters."""
    url = reverse("umkm:application", args=[seller.pk])
    notify(members_of(seller.pk), kind=kind, url=url, key=key, now=now, shop=str(seller), **parameters)
