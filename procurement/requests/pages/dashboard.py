"""What waits for an officer."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.times import left_words
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from epeken.users.models import User
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.requests.models import PurchaseRequest
from procurement.requests.policies import APPROVERS
from procurement.requests.states import RequestState


def role_words(roles: set[str]) -> str:
    return ", ".join(str(OfficerRole(role).label) for role in OfficerRole if role in roles)


def waiting(user: User, agency: Agency, roles: set[str], now: datetime) -> list[dict[str, Any]]:
    """What waits for this person, by kind of work: `title items note href link`. Groups without work are left out."""
    mine = PurchaseRequest.objects.filter(agency=agency).select_related("requester").order_by("due_at", "-pk")
    groups = []
    if OfficerRole.REQUESTER in roles:
        drafts = list(mine.filter(requester=user, state=RequestState.DRAFT))
        back = list(mine.filter(requester=user, state=RequestState.SENT_BACK))
        groups.append(_group(_("Perlu Anda perbaiki"), back, "procurement:request-detail", now, urgent=True))
        groups.append(_group(_("Draf Anda"), drafts, "procurement:request-detail", now))
    memberships = [role for role in APPROVERS if role in roles]
    if memberships:
        decide = mine.submitted().filter(approver_role__in=memberships).exclude(requester=user)
        groups.insert(0, _group(_("Menunggu keputusan Anda"), list(decide), "procurement:approval-detail", now))
        issue = mine.approved().exclude(requester=user)
        if OfficerRole.PPK not in roles:
            issue = issue.exclude(~Q(approver=user) & Q(approver_role=OfficerRole.PPK))
        groups.insert(
            1, _group(_("Siap menjadi surat pesanan"), list(issue), "procurement:request-detail", now, urgent=True)
        )
    if OfficerRole.REQUESTER in roles:
        sent = mine.filter(requester=user, state__in=[RequestState.SUBMITTED, RequestState.APPROVED])
        groups.append(_group(_("Sedang di meja lain"), list(sent), "procurement:request-detail", now))
    return [group for group in groups if group["items"]]


def _group(
    title: str, found: list[PurchaseRequest], view: str, now: datetime, *, urgent: bool = False
) -> dict[str, Any]:
    return {"title": title, "items": [_todo(row, view, now, urgent) for row in found[:10]], "more": len(found) - 10}


def _todo(request: PurchaseRequest, view: str, now: datetime, urgent: bool) -> dict[str, Any]:
    notes = [request.number]
    if request.total:
        notes.append(rupiah(request.total))
    if request.event_at:
        notes.append(_("acara %(day)s") % {"day": tanggal(request.event_at)})
    item: dict[str, Any] = {
        "title": request.title,
        "href": reverse(view, args=[request.number]),
        "note": ", ".join(notes),
    }
    if request.state == RequestState.SUBMITTED and request.due_at:
        item |= {"left": left_words(request.due_at, now), "now": request.due_at <= now}
    elif request.state == RequestState.SENT_BACK:
        item |= {"left": _("Dikembalikan"), "now": urgent, "icon": "undo-2"}
    elif request.state == RequestState.APPROVED:
        item |= {"left": _("Disetujui"), "icon": "circle-check"}
    return item
