"""Writing down what was done, in the transaction in which it is done."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from epeken.core import clock, events
from epeken.core.canonical import canonical, fingerprint, text_fingerprint
from epeken.core.factors import Factor, factor_now
from epeken.core.rows import insert_new
from epeken.core.services import at_end, service
from epeken.core.states import owner_field
from epeken.users.models import User
from orders.attestations import content
from orders.attestations.events import AttestedEvent
from orders.attestations.models import Attestation, DailySeal
from orders.orders.models import Order, OrderEvent

_LOCKS = 17745  # the upper 16 bits of the locks' keys; the lower 48 are an order's primary key
_SEALING = 17746 << 48  # the lock of whoever writes a daily seal
_TOGETHER = 200  # orders whose files are in memory at once


@dataclass(frozen=True)
class Act:
    """What is to be attested: an event, or something done to a row that has none."""

    order_pk: int
    noun: str
    key: int
    action: str
    person_pk: int | None
    name: str
    nip: str
    at: datetime
    event_pk: int | None = None  # `key` is then that of the row that moved


def act_of(event: AttestedEvent) -> Act:
    """What `attest` needs to know of an event that was written."""
    owner = getattr(event, owner_field(type(event)).name)
    return Act(
        _order_pk(owner), event._meta.label, owner.pk, event.action, event.actor_id, event.actor_name,
        event.actor_nip, event.at, event.pk,
    )  # fmt: skip


@service
def attest_row(order_pk: int, row: Any, action: str, *, actor: User | None, now: datetime) -> None:
    """An act that has no event: something done to a document or an attachment. Locks: none; called with the Order, or
    the Document, locked."""
    pk, name, nip = (actor.pk, actor.name, actor.nip) if actor else (None, "", "")
    act = Act(order_pk, row._meta.label, row.pk, action, pk, name, nip, now)
    at_end(attest, act)


def attest(acts: Collection[Act]) -> None:
    """One attestation each, chained per order; the rows they changed stand in the last of an order's.

    Two transactions of one order come one after the other: an advisory lock, taken when everything else is written, is
    held to the end of the transaction. An order that is made in this one is seen by no other yet, so nobody waits.
    """
    by_order: dict[int, list[Act]] = defaultdict(list)
    for act in acts:
        by_order[act.order_pk].append(act)
    made_now = {act.order_pk for act in acts if (act.noun, act.action) == (OrderEvent._meta.label, "create")}
    orders = sorted(by_order)
    for first in range(0, len(orders), _TOGETHER):
        part = orders[first : first + _TOGETHER]
        _wait_for(set(part) - made_now)
        files = content.files_of(part)
        made = [row for pk in part if pk in files for row in _attested(pk, by_order[pk], files[pk])]
        Attestation.objects.bulk_create(made)


@service
def seal_day(*, now: datetime) -> DailySeal | None:
    """Writes the seal of today: of every chain that grew since the last one. None when today has one.

    Acts of transactions that still run stand in the next. Locks: none; two at once wait for each other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SEALING])
    day = clock.local_date(now)
    last = DailySeal.objects.order_by("day").last()
    if last is not None and last.day >= day:
        return None
    since = last.until if last is not None else 0
    until = max(events.settled(), since)
    grown = Attestation.objects.filter(number__gt=since, number__lte=until)
    heads = (
        grown.order_by("order__number", "-sequence")
        .distinct("order__number")
        .values_list("order__number", "sequence", "hash")
    )
    text = canonical([list(head) for head in heads])
    previous = last.hash if last is not None else ""
    seal = DailySeal(
        day=day, made_at=now, until=until, chains=len(heads), acts=grown.count(), heads=text, previous=previous,
        hash=hash_of_seal(day, previous, text),
    )  # fmt: skip
    return seal if insert_new(seal) else None


def hash_of(columns: dict[str, Any]) -> str:
    """Of an attestation: of all its columns but `content`, which `sha256` stands for."""
    names = ("order_id", "sequence", "noun", "key", "event", "action", "person_id", "name", "nip", "acted_as", "at",
             "factor", "sha256", "previous")  # fmt: skip
    at = datetime.fromisoformat(columns["at"]).astimezone(UTC).isoformat()  # PostgreSQL leaves zeros away
    return fingerprint({name: columns[name] for name in names} | {"at": at})


def hash_of_seal(day: date, previous: str, heads: str) -> str:
    """Of a daily seal: of its day, the seal before it and the ends it names."""
    return fingerprint({"day": day.isoformat(), "previous": previous, "heads": heads})


def _attested(order_pk: int, acts: list[Act], file: content.OrderFile) -> list[Attestation]:
    before = content.replay(file.attestations)
    sequence, previous = 0, ""
    if file.attestations:
        sequence, previous = file.attestations[-1]["sequence"], file.attestations[-1]["hash"]
    # A nested transaction may have taken some of them back.
    standing = [act for act in acts if act.event_pk is None or (act.noun, act.event_pk) in file.rows]
    made = []
    for act in standing:
        event = file.rows[act.noun, act.event_pk] if act.event_pk is not None else {}
        rows = _changes(before, file.rows) if act is standing[-1] else {}
        text = canonical({"event": event, "rows": rows})
        sequence += 1
        columns = {
            "order_id": order_pk,
            "sequence": sequence,
            "noun": act.noun,
            "key": act.key,
            "event": event.get("sequence"),
            "action": act.action,
            "person_id": act.person_pk,
            "name": act.name,
            "nip": act.nip,
            "acted_as": event.get("acted_as", ""),
            "at": act.at.isoformat(),
            "factor": factor_now() if act.person_pk is not None else Factor.SYSTEM.value,
            "sha256": text_fingerprint(text),
            "previous": previous,
        }
        previous = hash_of(columns)
        made.append(Attestation(**columns | {"at": act.at}, content=text, hash=previous))
    return made


def _changes(before: dict[content.Place, content.Columns], rows: dict[content.Place, content.Columns]) -> Any:
    """By model and row: the columns that are new, or differ from what was stated last; None of a row that is gone."""
    changed: dict[str, dict[str, Any]] = defaultdict(dict)
    for place, columns in rows.items():
        label, key = place
        if content.BY_LABEL[label].is_event:
            continue
        said, now = before.get(place, {}), content.stated(place, columns)
        new = {name: value for name, value in now.items() if name not in said or said[name] != value}
        if new:
            changed[label][str(key)] = new
    for label, key in before.keys() - rows.keys():
        changed[label][str(key)] = None
    return dict(changed)


def _wait_for(orders: Collection[int]) -> None:
    """In the order of their primary keys, as everybody waits."""
    if not orders:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock((%s::bigint << 48) | found) FROM unnest(%s::bigint[]) AS found",
            [_LOCKS, sorted(orders)],
        )


def _order_pk(noun: Any) -> int:
    if isinstance(noun, Order):
        return noun.pk
    if hasattr(noun, "order_id"):
        return int(noun.order_id)
    payment = noun.payment
    return int((payment.invoice if hasattr(payment, "invoice") else payment.compensation).order_id)
