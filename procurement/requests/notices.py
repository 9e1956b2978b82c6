"""Who is told what about a department's requests. Rows only; the messages leave after the commit."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.times import long_date
from epeken.core.i18n.words import rupiah
from epeken.notifications.services import notify
from procurement.agencies import policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import RequestState


def approvers(request: PurchaseRequest, now: datetime) -> list[Any]:
    """Those who may decide on it: never its requester."""
    people = policies.holders(request.agency_id, request.approver_role, clock.local_date(now))
    return [person for person in people if person.pk != request.requester_id]


def request_submitted(request: PurchaseRequest, *, now: datetime) -> None:
    for person in approvers(request, now):
        notify(
            person=person,
            kind="request.submitted",
            title=_("Permintaan %(title)s menunggu keputusan Anda") % {"title": request.title},
            body=_("%(who)s mengajukan %(total)s. Putuskan paling lambat %(due)s.")
            % {
                "who": request.requester,
                "total": rupiah(request.total),
                "due": long_date(request.due_at) if request.due_at else "",
            },
            url=reverse("procurement:approval-detail", args=[request.number]),
            key=f"request-{request.pk}-submitted-{now.isoformat()}",
            now=now,
        )


def request_approved(request: PurchaseRequest, *, dropped: int, now: datetime) -> None:
    body = _("Disetujui %(total)s oleh %(who)s. Surat pesanan segera diterbitkan.") % {
        "total": rupiah(request.total),
        "who": request.approver,
    }
    if dropped:
        body += " " + ngettext("%(count)d barang dilepas.", "%(count)d barang dilepas.", dropped) % {"count": dropped}
    _tell_requester(
        request,
        kind="request.approved",
        title=_("Permintaan %(title)s disetujui") % {"title": request.title},
        body=body,
        now=now,
    )


def request_sent_back(request: PurchaseRequest, *, now: datetime) -> None:
    _tell_requester(
        request,
        kind="request.sent_back",
        title=_("Permintaan %(title)s perlu diperbaiki") % {"title": request.title},
        body=_("Catatan: %(note)s") % {"note": request.decision_note},
        now=now,
    )


def request_rejected(request: PurchaseRequest, *, now: datetime) -> None:
    _tell_requester(
        request,
        kind="request.rejected",
        title=_("Permintaan %(title)s ditolak") % {"title": request.title},
        body=_("Alasan: %(note)s") % {"note": request.decision_note},
        now=now,
    )


def request_ordered(request: PurchaseRequest, *, now: datetime) -> None:
    _tell_requester(
        request,
        kind="request.ordered",
        title=_("Surat pesanan untuk %(title)s sudah terbit") % {"title": request.title},
        body=_("Penjual sudah diberi tahu dan sedang diminta menyanggupi."),
        now=now,
    )


def request_withdrawn(request: PurchaseRequest, *, was: str, now: datetime) -> None:
    """Whoever had it on the desk: the one who approved, or those who might have."""
    people = approvers(request, now)
    if was == RequestState.APPROVED and request.approver:
        people = [request.approver]
    for person in people:
        notify(
            person=person,
            kind="request.withdrawn",
            title=_("Permintaan %(title)s ditarik pemesan") % {"title": request.title},
            body=_("Anggaran yang ditahan sudah dilepas. Anda tidak perlu berbuat apa-apa."),
            url=reverse("procurement:request-detail", args=[request.number]),
            key=f"request-{request.pk}-withdrawn",
            now=now,
        )


def request_overdue(request: PurchaseRequest, *, now: datetime) -> None:
    """Once a day per request."""
    for person in approvers(request, now):
        notify(
            person=person,
            kind="request.overdue",
            title=_("Permintaan %(title)s lewat batas keputusan") % {"title": request.title},
            body=_("Batasnya %(due)s. Pemesan dan penjual menunggu keputusan Anda.")
            % {"due": long_date(request.due_at) if request.due_at else ""},
            url=reverse("procurement:approval-detail", args=[request.number]),
            key=f"request-{request.pk}-overdue-{clock.local_date(now):%Y-%m-%d}",
            now=now,
        )


def _tell_requester(request: PurchaseRequest, *, kind: str, title: str, body: str, now: datetime) -> None:
    notify(
        person=request.requester,
        kind=kind,
        title=title,
        body=body,
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"{kind}-{request.pk}-{now.isoformat()}",
        now=now,
    )
