"""Who is told of a contested tie: the owners, and whoever may decide it."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, SENTENCE, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from umkm.sellers.models import Seller, SellerMember
from umkm.separations import policies
from umkm.separations.models import SeparationRequest
from umkm.separations.states import OPEN_STATES, SeparationState
from umkm.verification.notices import officers

KINDS = {
    "separation.filed": notice(
        _("Sanggahan ikatan %(shop)s dengan %(other)s kami terima"),
        _("Diputus petugas yang tidak memeriksa kedua toko, paling lambat %(due)s."),
        shop=TEXT,
        other=TEXT,
        due=LAST_DAY,
    ),
    "separation.climbed": notice(
        _("Sanggahan ikatan %(shop)s naik ke kepala dinas"),
        _("Petugas tidak memutusnya pada waktunya. Kepala dinas diminta memutus paling lambat %(due)s."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "separation.to_decide": notice(
        _("Ikatan %(shop)s dengan %(other)s disanggah"),
        _("Periksa buktinya, lalu putuskan paling lambat %(due)s."),
        shop=TEXT,
        other=TEXT,
        due=LAST_DAY,
    ),
    "separation.near": notice(
        _("Sanggahan ikatan %(shop)s belum diputus"),
        _("Putuskan paling lambat %(due)s. Bila lewat, permohonan naik ke kepala dinas."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "separation.near_with_head": notice(
        _("Sanggahan ikatan %(shop)s belum diputus"),
        _("Putuskan paling lambat %(due)s."),
        shop=TEXT,
        due=LAST_DAY,
    ),
    "separation.separated": notice(
        _("%(shop)s dan %(other)s tidak lagi dihitung satu pemilik"),
        _("%(note)s Mulai sekarang batas omzetnya masing-masing; yang sudah terjual tetap dihitung pada tokonya."),
        shop=TEXT,
        other=TEXT,
        note=SENTENCE,
    ),
    "separation.kept": notice(
        _("%(shop)s dan %(other)s tetap dihitung satu pemilik"),
        _("%(note)s Dapat diajukan lagi bila ada bukti baru."),
        shop=TEXT,
        other=TEXT,
        note=SENTENCE,
    ),
}


def filed(request: SeparationRequest, *, now: datetime) -> None:
    _tell(request.seller, request, "filed", now, other=str(request.other), due=request.due_at)


def climbed(request: SeparationRequest, *, now: datetime) -> None:
    _tell(request.seller, request, "climbed", now, due=request.due_at)


def kept(request: SeparationRequest, *, now: datetime) -> None:
    _tell(request.seller, request, "kept", now, other=str(request.other), note=request.note)
    _close(request, now)


def withdrawn(request: SeparationRequest, *, now: datetime) -> None:
    _close(request, now)


def separated(request: SeparationRequest, found: policies.Separation, *, now: datetime) -> None:
    """The owners of every shop whose cap is another one now."""
    for shops, other in ((found.leaving, request.other), (found.staying, request.seller)):
        for shop in shops:
            _tell(shop, request, "separated", now, other=str(other), note=request.note)
    _close(request, now)


def to_decide(request: SeparationRequest, *, now: datetime) -> None:
    """Told again when it climbs, then to the head of the office."""
    key = f"separation-{request.pk}-{request.state}"
    _tell_deciders(request, "to_decide", key, now, other=str(request.other))


def near(request: SeparationRequest, *, now: datetime) -> None:
    kind = "near_with_head" if request.state == SeparationState.WITH_HEAD else "near"
    _tell_deciders(request, kind, f"separation-{request.pk}-{request.state}-near", now)


def _close(request: SeparationRequest, now: datetime) -> None:
    """Nobody has to decide it any more."""
    keys = [f"separation-{request.pk}-{state}" for state in OPEN_STATES]
    mark_done(*keys, *(f"{key}-near" for key in keys), now=now)


def _tell_deciders(request: SeparationRequest, what: str, key: str, now: datetime, **more: Any) -> None:
    notify(
        policies.impartial(officers(policies.permission_of(request)), request),
        kind=f"separation.{what}",
        url=reverse("admin:umkm_separationrequest_change", args=[request.pk]),
        key=key,
        now=now,
        shop=str(request.seller),
        due=request.due_at,
        **more,
    )


def _tell(shop: Seller, request: SeparationRequest, what: str, now: datetime, **parameters: Any) -> None:
    notify(
        _owners_of(shop),
        kind=f"separation.{what}",
        url=reverse("umkm:application", args=[shop.pk]),
        key=f"separation-{request.pk}-{what}-{shop.pk}",
        now=now,
        shop=str(shop),
        **parameters,
    )


def _owners_of(shop: Seller) -> list[User]:
    members = shop.members.filter(until__isnull=True, role=SellerMember.Role.OWNER).select_related("user")
    return [member.user for member in members.order_by("user_id")]
