"""Who is told what about shops and their goods. Rows only; the messages leave after the commit."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.sellers.models import Seller


def members_of(seller: Seller) -> list[User]:
    today = User.objects.filter(shop_memberships__seller=seller, shop_memberships__until__isnull=True)
    return list(today.order_by("pk"))


def seller_sanctioned(seller: Seller, *, action: str, reason: str, now: datetime) -> None:
    """`action`: freeze or restore."""
    frozen = action == "freeze"
    title = _("%(shop)s dibekukan sementara") if frozen else _("%(shop)s dibuka kembali")
    body = (
        _("Alasan: %(reason)s Pesanan yang sedang berjalan tetap diselesaikan.")
        if frozen
        else _("Keterangan petugas: %(reason)s")
    )
    tell_applicant(
        seller,
        kind=f"seller.{action}",
        title=title % {"shop": seller},
        body=body % {"reason": sentence(reason)},
        key=f"seller-{seller.pk}-{action}-{now.isoformat()}",
        now=now,
    )


def tell_applicant(seller: Seller, *, kind: str, title: str, body: str, key: str, now: datetime) -> None:
    url = reverse("umkm:application", args=[seller.pk])
    for person in members_of(seller):
        notify(person=person, kind=kind, title=title, body=body, url=url, key=key, now=now)


def sentence(note: str) -> str:
    note = note.strip()
    return note if note.endswith((".", "!", "?")) else f"{note}."
