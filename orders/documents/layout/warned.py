"""What a request was warned of, as its paper states it: the warning, what the requester answered, how it was judged."""

from datetime import datetime

from epeken.core.i18n.times import full_time
from epeken.core.models import Event
from epeken.users.models import User
from orders.documents.schedule import Trail
from procurement.agencies.states import office_label
from procurement.guards.models import GuardFinding
from procurement.requests.models import PurchaseRequest
from procurement.requests.unfilled import chain_of


def rows(trail: Trail, request: PurchaseRequest) -> list[dict[str, str]]:
    """Every warning of the request and of those whose approval covers it, in the order in which they were answered.

    One query."""
    chain = [request, *chain_of(request)]
    events = [event for one in chain for event in trail.events(one)]
    found = (
        GuardFinding.objects.filter(request__in=chain)
        .select_related("chosen_by", "answered_by")
        .order_by("chosen_at", "pk")
    )
    return [_row(trail, one, events) for one in found if trail.as_of is None or one.chosen_at <= trail.as_of]


def _row(trail: Trail, finding: GuardFinding, events: list[Event]) -> dict[str, str]:
    asked = _act(finding.chosen_by, finding.chosen_at, events)
    said = ". ".join(part.rstrip(".") for part in (finding.get_choice_display(), finding.reason) if part)
    return {
        "warning": finding.words,
        "law": finding.law,
        "answer": f"{said}.",
        "requester": _by(_name(finding.chosen_by, asked), "Pemesan", finding.chosen_at),
        **_judgement(trail, finding, events),
    }


def _judgement(trail: Trail, finding: GuardFinding, events: list[Event]) -> dict[str, str]:
    at = finding.answered_at
    if at is None or (trail.as_of is not None and at > trail.as_of):
        return {"outcome": "Belum dinilai", "judge": ""}
    if finding.answered_by is None:
        return {"outcome": str(finding.get_outcome_display()), "judge": _by("Sistem", "", at)}
    act = _act(finding.answered_by, at, events)
    office = (act.acted_as if act else "") or finding.owner_role
    who = _by(_name(finding.answered_by, act), office_label(office), at)
    return {"outcome": str(finding.get_outcome_display()), "judge": who}


def _by(name: str, office: str, at: datetime) -> str:
    return ", ".join(part for part in (name, office, full_time(at)) if part)


def _act(person: User, at: datetime, events: list[Event]) -> Event | None:
    """The event written with the answer: it has the person as they were then."""
    return next((one for one in events if one.actor_id == person.pk and one.at == at), None)


def _name(person: User, act: Event | None) -> str:
    return (act.actor_name if act else "") or str(person)
