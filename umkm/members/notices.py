"""Who is told of an invitation, and of who helps in a shop."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core.i18n.messages import LAST_DAY, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify, notify_address
from epeken.users.logins import is_number
from epeken.users.models import User
from umkm.members.models import MemberInvitation
from umkm.sellers.models import Seller

KINDS = {
    "seller.helper_invited": notice(
        __("Anda diundang membantu toko %(shop)s"),
        __("Terima atau tolak paling lambat %(until)s. Abaikan bila Anda tidak mengenal toko ini."),
        shop=TEXT,
        until=LAST_DAY,
    ),
    "seller.helper_joined": notice(
        __("%(who)s sekarang membantu %(shop)s"),
        __("Ia dapat mengurus pesanan, barang, dan stok. Anda dapat mengeluarkannya kapan saja."),
        who=TEXT,
        shop=TEXT,
    ),
    "seller.helper_declined": notice(
        __("%(who)s tidak ikut membantu %(shop)s"), __("Undangannya ditolak."), who=TEXT, shop=TEXT
    ),
    "seller.helper_left": notice(
        __("%(who)s tidak lagi membantu %(shop)s"),
        __("Ia tidak dapat lagi membuka meja toko ini."),
        who=TEXT,
        shop=TEXT,
    ),
}


def helper_invited(invitation: MemberInvitation, *, now: datetime) -> None:
    """Whoever has the address or number, with an account or without."""
    path = reverse("umkm:invitation", args=[invitation.pk])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Anda diundang membantu toko %(shop)s di e-Peken") % {"shop": invitation.seller}
        ask = how_to_answer(invitation.address)
    notify_address(
        address=invitation.address, subject=subject, ask=ask, kind="seller.helper_invited", url=path,
        key=f"invitation-{invitation.pk}", now=now, shop=str(invitation.seller), until=invitation.until,
    )  # fmt: skip


def how_to_answer(address: str) -> str:
    """What a letter or text says to whom something of a shop is offered by an address or number."""
    if is_number(address):
        return _("Masuk atau daftar dengan nomor ini, lalu jawab. Tidak mau? Abaikan saja.")
    return _("Masuk atau daftar di e-Peken dengan surel ini, lalu buka alamat di bawah. Tidak mau? Abaikan saja.")


def helper_answered(invitation: MemberInvitation, user: User, what: str, *, now: datetime) -> None:
    """`what`: joined or declined."""
    _tell([invitation.invited_by], invitation.seller, user, what, f"invitation-{invitation.pk}-{what}", now)


def helper_left(seller: Seller, user: User, people: Iterable[User], *, now: datetime) -> None:
    _tell(people, seller, user, "left", f"helper-{seller.pk}-{user.pk}-{now.isoformat()}", now)


def _tell(people: Iterable[User], seller: Seller, user: User, what: str, key: str, now: datetime) -> None:
    url = f"{reverse('umkm:shop-people')}?toko={seller.pk}"
    notify(people, kind=f"seller.helper_{what}", url=url, key=key, now=now, who=str(user), shop=str(seller))
