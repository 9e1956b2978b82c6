"""What waits for an officer."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import deadline_words
from epeken.core.i18n.words import rupiah
from epeken.core.web.templatetags.uang import tanggal
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.policies import holders_of
from procurement.agencies.states import OFFICES, OfficerRole, office_in_sentence
from procurement.budgets.charges import Charge
from procurement.negotiations import pages as negotiation_pages
from procurement.requests import asked_ceilings, unfilled
from procurement.requests.models import PurchaseRequest, RequestEvent, RequestSeller
from procurement.requests.next_step import BY_REQUESTER, RequestTask, turn_of
from procurement.requests.officers import APPROVERS
from procurement.requests.pages import deadlines
from procurement.requests.pages.requests import tag
from procurement.requests.states import LIVE, OPEN, RequestState
from procurement.sourcing import replacements

REFUSED_SHOWN = timedelta(days=7)  # so long a rejected request stands on its requester's desk
SHOWN = 10  # of each kind; the list of requests has the rest


def held_words(members: Sequence[AgencyMember]) -> str:
    """The offices, as Plt. or Plh. where the person only stands in."""
    held = {member.office for member in members}
    return ", ".join(str(label) for office, label in OFFICES.items() if office in held)


def waiting(user: User, agency: Agency, members: Sequence[AgencyMember], now: datetime) -> list[dict[str, Any]]:
    """What waits for this person, by kind of work: `title items count more`. Groups without work are left out. An item
    has its `due` where the reader's own time ends.

    `members`: the person's appointments in the department.
    """
    sent = Q(requester=user, state__in=LIVE)
    if not any(member.role == OfficerRole.REQUESTER for member in members):
        sent = Q(pk__in=[])
    found = PurchaseRequest.objects.filter(agency=agency).with_step().with_total_now()
    refused = Q(requester=user, state=RequestState.REJECTED, closed_at__gt=now - REFUSED_SHOWN)
    is_head = any(member.role == OfficerRole.HEAD for member in members)
    lacks = asked_ceilings.unanswered() & ~Q(requester=user) if is_head else Q(pk__in=[])
    turns = turn_of(user, members) | sent | refused | lacks
    found = found.with_officer(clock.local_date(now), viewer=user).filter(turns)
    last = RequestEvent.objects.filter(request=OuterRef("pk")).order_by("-sequence")
    found = found.annotate(
        moved_at=Subquery(last.values("at")[:1]), may_be_covered=replacements.may_be_covered(now)
    )  # fmt: skip
    by_task: dict[str | None, list[Any]] = defaultdict(list)
    rejected, asked = [], []
    shops = ("sourced_again_from__request", "sourced_again_from__seller")
    for row in found.select_related("requester", "line", *shops).order_by("due_at", "-pk"):
        if is_head and row.requester_id != user.pk and row.state in OPEN:
            if short := asked_ceilings.missing(row, now):
                asked.append((row, short))
            continue
        if row.state == RequestState.REJECTED:
            rejected.append(row)
            continue
        is_elsewhere = row.requester_id == user.pk and row.task not in BY_REQUESTER
        by_task[None if is_elsewhere else row.task].append(row)
    detail, decision = "procurement:request-detail", "procurement:approval-detail"
    drafts = by_task[RequestTask.COMPLETE]
    again = [row for row in drafts if row.sourced_again_from_id is not None]
    mend = _group(_("Kirim draf pengganti"), again, detail, now, urgent=True)
    for item, row in zip(mend["items"], again, strict=False):
        item["note"] = f"{item['note']}. {_again_words(row)}"
    source = _group(_("Perlu penjual lain"), by_task[RequestTask.SOURCE], detail, now, urgent=True)
    _say_unfilled(source["items"], by_task[RequestTask.SOURCE][:SHOWN], user, now)
    decide = _group(_("Menunggu keputusan Anda"), by_task[RequestTask.DECIDE], decision, now)
    _say_negotiations(decide["items"], by_task[RequestTask.DECIDE][:SHOWN], now)
    issue = _group(_("Siap menjadi surat pesanan"), by_task[RequestTask.ISSUE], detail, now, urgent=True)
    _say_turns(issue["items"], by_task[RequestTask.ISSUE][:SHOWN], members)
    elsewhere = _group(_("Sedang di meja lain"), by_task[None], detail, now)
    _say_desks(elsewhere["items"], by_task[None][:SHOWN], agency, clock.local_date(now))
    for item in elsewhere["items"]:
        item["due"] = None
    elsewhere["is_of_others"] = True
    groups = [
        decide,
        issue,
        source,
        mend,
        _group(_("Waktu tahan habis, susun ulang"), by_task[RequestTask.REBUILD], detail, now, urgent=True),
        _group(_("Perlu Anda perbaiki"), by_task[RequestTask.MEND], detail, now, urgent=True),
        _group(_("Draf Anda"), [row for row in drafts if row not in again], detail, now),
        elsewhere,
        _ceilings(asked, detail),
        _group(
            _("Ditolak pekan ini"), sorted(rejected, key=lambda row: row.closed_at or now, reverse=True), detail, now
        ),
    ]
    return [group for group in groups if group["items"]]


def _ceilings(found: list[tuple[PurchaseRequest, list[Charge]]], view: str) -> dict[str, Any]:
    """For the head: drafts whose budget lines do not bear them, for which a higher ceiling was asked."""
    items = [
        {
            "title": _("Ajukan pagu: %(title)s") % {"title": row.title},
            "href": reverse(view, args=[row.number]),
            "note": ", ".join([row.number, str(row.requester), asked_ceilings.short_words(short)]),
        }
        for row, short in found[:SHOWN]
    ]
    title = _("Pagu yang diminta pemesan")
    return {"title": title, "items": items, "count": len(found), "more": len(found) - SHOWN}


def _say_unfilled(items: list[dict[str, Any]], found: list[Any], user: User, now: datetime) -> None:
    """Each item says which order of which shop brought nothing, how long there is until the goods are wanted, and for
    an officer who has to approve anew, who asks for it."""
    if not found:
        return
    said: dict[int, list[str]] = defaultdict(list)
    for part in RequestSeller.objects.to_source().filter(request__in=found).select_related("seller").order_by("pk"):
        said[part.request_id].append(unfilled.said(part))
    for item, row in zip(items, found, strict=True):
        wanted = _("%(said)s: cari penjual lain") % {"said": "; ".join(said[row.pk])}
        item["note"] = ", ".join(part for part in (wanted, _event(row)) if part)
        if row.requester_id != user.pk and not row.may_be_covered:
            said_of = _("Perlu persetujuan baru, yang diajukan pemesannya, %(who)s.") % {"who": row.requester}
            item["note"] = f"{item['note']}. {said_of}"
        if row.deliver_at is not None:
            item |= {"left": deadline_words(_("Barang harus tiba"), row.deliver_at, now), "due": row.deliver_at}


def _again_words(draft: PurchaseRequest) -> str:
    """Of a draft that goes on from what an order did not bring: what nobody supplies until it is sent."""
    part = draft.sourced_again_from
    assert part is not None
    words = {"shop": part.seller.name, "number": part.request.number}
    said = _("Menggantikan %(shop)s di %(number)s; belum ada yang memasok sampai draf ini dikirim.") % words
    if draft.deliver_at is None:
        return said
    return f"{said} " + _("Barang harus tiba %(day)s.") % {"day": tanggal(clock.last_day(draft.deliver_at))}


def _say_desks(items: list[dict[str, Any]], found: list[Any], agency: Agency, day: date) -> None:
    """Each item says on whose desk it lies, and since when: by name where the office is one person's. One query."""
    offices = {row.officer for row in found if row.officer}
    people = holders_of(agency.pk, offices, day) if offices else {}
    for item, row in zip(items, found, strict=True):
        if not row.officer:
            continue
        names = [person.name for person in people[row.officer] if person.pk != row.requester_id]
        desk = OfficerRole(row.officer).label
        who = f"{names[0]}, {office_in_sentence(row.officer)}" if len(names) == 1 else desk
        said = _("Di meja %(who)s sejak %(day)s.") % {"who": who, "day": tanggal(row.moved_at)}
        item["note"] = f"{item['note']}. {said}"


def _say_turns(items: list[dict[str, Any]], found: list[Any], members: Sequence[AgencyMember]) -> None:
    """Each item says which of PP and PPK issues it, where both may."""
    mine = {member.role for member in members}
    for item, row in zip(items, found, strict=True):
        if row.officer in mine:
            said = _("Giliran Anda.")
        else:
            said = _("Giliran %(office)s; Anda juga dapat menerbitkannya.") % {
                "office": OfficerRole(row.officer).label if row.officer else _("pejabat lain")
            }
        item["note"] = f"{item['note']}. {said}"


def _say_negotiations(items: list[dict[str, Any]], found: list[Any], now: datetime) -> None:
    """Each item says on whom a negotiation of its request waits. Where that is the reader, its time is shown, and what
    ends first stands first."""
    answering = {row.pk for row in found if row.officer in APPROVERS}
    said = negotiation_pages.desk_notes(found, answering, now) if found else {}
    ends: dict[str, datetime] = {}
    for item, row in zip(items, found, strict=True):
        due = row.due_at or now
        if note := said.get(row.pk):
            item["note"] = f"{item['note']}. {note.text}"
            if note.due is not None and note.due < due:
                due = note.due
                words = deadline_words(_("Jawaban Anda"), due, now)
                item |= {"left": words, "now": clock.is_over(due, now), "due": due}
        ends[item["href"]] = due
    items.sort(key=lambda item: ends[item["href"]])


def _group(title: str, found: list[Any], view: str, now: datetime, *, urgent: bool = False) -> dict[str, Any]:
    return {
        "title": title,
        "items": [_todo(row, view, now, urgent) for row in found[:SHOWN]],
        "count": len(found),
        "more": len(found) - SHOWN,
    }


def _event(request: PurchaseRequest) -> str:
    return _("acara %(day)s") % {"day": tanggal(request.event_at)} if request.event_at else ""


def _todo(request: Any, view: str, now: datetime, urgent: bool) -> dict[str, Any]:
    notes = [request.number]
    if request.total_now:
        notes.append(rupiah(request.total_now))
    if event := _event(request):
        notes.append(event)
    item: dict[str, Any] = {
        "title": request.title,
        "href": reverse(view, args=[request.number]),
        "note": ", ".join(notes),
        "due": request.due_at,
    }
    if request.state in (RequestState.SENT_BACK, RequestState.REJECTED, RequestState.ORDERED, RequestState.LAPSED):
        item |= {
            "left": tag(request.state, request.task, is_empty=request.is_empty)[0],
            "now": urgent,
            "icon": "undo-2",
        }
    if request.state == RequestState.REJECTED:
        item["note"] = f"{item['note']}. “{request.decision_note}”"
    return item | deadlines.item(request, now)
