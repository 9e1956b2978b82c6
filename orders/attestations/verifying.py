"""Was anything changed after the act? Every chain, row, event and stored file against what the acts state.

Reads only. A batch of orders is in memory at a time, a file a piece at a time.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import storages

from epeken.core.canonical import canonical, text_fingerprint
from orders.attestations import content, services
from orders.attestations.content import BY_LABEL, Columns, OrderFile, Place
from orders.attestations.models import Attestation, DailySeal
from orders.orders.models import Order

BATCH = 100
_PIECE = 1024 * 1024
_AGREED = ("orders.AddendumEvent", "agree")
# Of an attestation and of the event it attests: columns that say the same.
_COPIED = {"event": "sequence", "action": "action", "person_id": "actor_id", "name": "actor_name", "nip": "actor_nip",
           "acted_as": "acted_as", "at": "at"}  # fmt: skip


@dataclass(frozen=True)
class Difference:
    """`sequence`: the act after which it was changed, or that was changed; None where no act stands for it."""

    order: str
    sequence: int | None
    what: str


def verify(number: str = "") -> Iterator[Difference]:
    """Of one order, or of all and of the daily seals."""
    orders = Order.objects.filter(number=number) if number else Order.objects.all()
    numbers: dict[int, str] = {}
    for pk, each in orders.order_by("pk").values_list("pk", "number").iterator(chunk_size=BATCH):
        numbers[pk] = each
        if len(numbers) == BATCH:
            yield from _batch(numbers)
            numbers = {}
    yield from _batch(numbers)
    yield from seals(number)


def _batch(numbers: dict[int, str]) -> Iterator[Difference]:
    files = content.files_of(numbers) if numbers else {}
    for pk, number in numbers.items():
        yield from _order(number, files.get(pk, OrderFile({}, [])))


def _order(number: str, file: OrderFile) -> Iterator[Difference]:
    if not file.attestations:
        yield Difference(number, None, "has no act on record")
        return
    said: dict[Place, Columns] = {}
    last_said: dict[Place, int] = {}
    attested: dict[int, int] = {}  # number of the event → sequence
    previous = ""
    agreed: set[str] = set()  # when both sides agreed to a change: all acts of that moment
    for expected, act in enumerate(file.attestations, 1):
        sequence = act["sequence"]
        if (act["noun"], act["action"]) == _AGREED:
            agreed.add(act["at"])
        found = list(_chained(act, expected, previous))
        found += _said(act, said, last_said, is_amending=act["at"] in agreed)
        found += _event(act, file)
        yield from (Difference(number, sequence, what) for what in found)
        previous = act["hash"]
        if act["event"] is not None:
            attested[act["event"]] = sequence
    yield from _rows(number, file, said, last_said)
    for (label, key), columns in file.rows.items():
        if BY_LABEL[label].is_event and columns["sequence"] not in attested:
            yield Difference(number, None, f"{label} {key} ({columns['action']}) was written by no act")


def _chained(act: Columns, expected: int, previous: str) -> Iterator[str]:
    if act["sequence"] != expected:
        yield f"stands in the place of act {expected}"
    if act["previous"] != previous:
        yield "does not follow the act before it"
    if text_fingerprint(act["content"]) != act["sha256"]:
        yield "its content was changed"
    if services.hash_of(act) != act["hash"]:
        yield "its person, role, time or hash was changed"


def _said(
    act: Columns, said: dict[Place, Columns], last: dict[Place, int], *, is_amending: bool
) -> Iterator[str]:  # fmt: skip
    """Takes over what the act states. What is fixed is stated once, but for what an addendum changes; what is filled
    in is not replaced."""
    try:
        rows = json.loads(act["content"])["rows"]
    except (ValueError, KeyError):
        return  # reported as changed
    for label, each in rows.items():
        table = BY_LABEL.get(label)
        for key, columns in each.items():
            place = (label, int(key))
            if columns is None:
                yield f"{label} {key} was gone"
                said.pop(place, None)
                continue
            before = said.setdefault(place, {})
            for name, value in columns.items():
                was = before.get(name)
                if table and is_amending and name in table.amended:
                    continue
                is_filled = name in before and was not in (None, "", 0)
                if table and ((name in before and table.is_fixed(name)) or (is_filled and name in table.once)):
                    yield f"{label} {key}: {name} was {_shown(was)} before, {_shown(value)} from this act on"
            before.update(columns)
            last[place] = act["sequence"]


def _event(act: Columns, file: OrderFile) -> Iterator[str]:
    if act["event"] is None:
        return
    try:
        stated = json.loads(act["content"])["event"]
    except (ValueError, KeyError):
        return
    now = file.rows.get((act["noun"], stated.get("id")))
    if now is None:
        yield f"{act['noun']} {stated.get('id')} ({act['action']}) is gone"
        return
    yield from _differing(f"{act['noun']} {now['id']}", stated, now)
    if any(canonical(act[mine]) != canonical(stated.get(its)) for mine, its in _COPIED.items()):
        yield "names another person, role or time than the event it stands for"


def _rows(number: str, file: OrderFile, said: dict[Place, Columns], last: dict[Place, int]) -> Iterator[Difference]:
    for place, columns in said.items():
        label, key = place
        table = BY_LABEL.get(label)
        if table is None:
            continue  # a table of an earlier version
        if place not in file.rows:
            yield Difference(number, last[place], f"{label} {key} is gone")
            continue
        now = content.stated(place, file.rows[place])
        for what in _differing(f"{label} {key}", columns, now):
            yield Difference(number, last[place], what)
        for stored in table.files:
            for what in _file(now.get(stored.name), now.get(stored.sha256)):
                yield Difference(number, last[place], f"{label} {key}: {what}")
    for place in file.rows.keys() - said.keys():
        table = BY_LABEL[place[0]]
        if not table.is_event and not table.borrowed:
            yield Difference(number, None, f"{place[0]} {place[1]} was written by no act")


def _differing(row: str, stated: Columns, now: Columns) -> Iterator[str]:
    """Columns a later version of the product dropped are not asked for."""
    for name, value in stated.items():
        if name in now and canonical(now[name]) != canonical(value):
            yield f"{row}: {name} is {_shown(now[name])}, stated was {_shown(value)}"


def _file(name: str | None, sha256: str | None) -> Iterator[str]:
    if not name:
        return
    digest = hashlib.sha256()
    try:
        with storages["private"].open(name) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
    except FileNotFoundError:
        yield f"file {name} is gone"
        return
    if digest.hexdigest() != sha256:
        yield f"file {name} is not what was stored"


def seals(number: str = "") -> Iterator[Difference]:
    """Each day follows the one before, and the chains still reach as far as it says."""
    previous = ""
    for seal in DailySeal.objects.order_by("day").iterator(chunk_size=10):
        name = f"seal of {seal.day.isoformat()}"
        if not number:
            if seal.previous != previous:
                yield Difference(name, None, "does not follow the seal before it")
            if services.hash_of_seal(seal.day, seal.previous, seal.heads) != seal.hash:
                yield Difference(name, None, "was changed")
        previous = seal.hash
        try:
            heads = json.loads(seal.heads)
        except ValueError:
            continue  # reported as changed
        yield from _cut_off(name, [head for head in heads if number in ("", head[0])])


def _cut_off(seal: str, heads: list[list[Any]]) -> Iterator[Difference]:
    for first in range(0, len(heads), 1000):
        part = heads[first : first + 1000]
        found = _hashes(part)
        for order, sequence, hash_ in part:
            if found.get((order, sequence)) != hash_:
                yield Difference(order, sequence, f"is not the act that the {seal} names")


def _hashes(heads: Iterable[list[Any]]) -> dict[tuple[str, int], str]:
    wanted = {(order, sequence) for order, sequence, _hash in heads}
    found = Attestation.objects.filter(
        order__number__in={order for order, _n in wanted}, sequence__in={n for _order, n in wanted}
    ).values_list("order__number", "sequence", "hash")
    return {(order, sequence): hash_ for order, sequence, hash_ in found.iterator(chunk_size=2000)}


def _shown(value: Any) -> str:
    text = canonical(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
