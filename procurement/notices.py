"""Who is told what about a department's request."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.words import long_date, rupiah
from epeken.notifications.services import notify
from procurement.models import AgencyMember, PurchaseRequest
from procurement.policies import approver_roles


def request_submitted(request: PurchaseRequest, *, now: datetime) -> None:
    """Those who may decide it, without the requester."""
    assert request.due_at is not None
    _tell_approvers(
        request,
        kind="request_submitted",
        title=_("Permintaan %(number)s menunggu keputusan Anda") % {"number": request.number},
        body=_("%(title)s, %(total)s. Paling lambat %(due)s.")
        % {"title": request.title, "total": rupiah(request.total), "due": long_date(request.due_at)},
        key=f"request-submitted:{request.pk}:{request.submitted_at:%Y%m%d%H%M%S}",
        now=now,
    )


def request_overdue(request: PurchaseRequest, *, now: datetime) -> None:
    """Once a day while it waits beyond its deadline."""
    _tell_approvers(
        request,
        kind="request_overdue",
        title=_("Permintaan %(number)s sudah lewat batas waktu") % {"number": request.number},
        body=_("%(title)s menunggu persetujuan. Acaranya tidak ikut mundur.") % {"title": request.title},
        key=f"request-overdue:{request.pk}:{clock.local_date(now):%Y%m%d}",
        now=now,
    )


def request_decided(request: PurchaseRequest, *, action: str, now: datetime) -> None:
    """The requester learns the outcome with the approver's words."""
    titles = {
        "approve": _("Permintaan %(number)s disetujui"),
        "send_back": _("Permintaan %(number)s dikembalikan untuk diperbaiki"),
        "reject": _("Permintaan %(number)s ditolak"),
    }
    notify(
        person=request.requester,
        kind=f"request_{action}",
        title=titles[action] % {"number": request.number},
        body=request.decision_note or request.title,
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{action}:{request.pk}:{now:%Y%m%d%H%M%S}",
        now=now,
    )


def _tell_approvers(request: PurchaseRequest, *, kind: str, title: str, body: str, key: str, now: datetime) -> None:
    seats = (
        AgencyMember.objects.on(clock.local_date(now))
        .filter(agency_id=request.agency_id, role__in=approver_roles(request))
        .exclude(user_id=request.requester_id)
        .select_related("user")
    )
    for person in {seat.user for seat in seats}:
        notify(
            person=person,
            kind=kind,
            title=title,
            body=body,
            url=reverse("procurement:approval-detail", args=[request.number]),
            key=key,
            now=now,
        )
