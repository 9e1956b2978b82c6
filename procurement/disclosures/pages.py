"""What the pages of sealed complaints say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from epeken.core.i18n.times import full_time, long_date
from epeken.users.models import User
from procurement.disclosures import sealing
from procurement.disclosures.models import Disclosure, DisclosureMessage, InspectorateKey
from procurement.disclosures.states import SENT, DisclosureState, InspectorateKeyState, MessagePart, StopReason

KINDS = {
    DisclosureState.RECEIVED: "now",
    DisclosureState.OPENED: "now",
    DisclosureState.ANSWERED: "done",
    DisclosureState.CLOSED: "",
}


@dataclass(frozen=True)
class FollowedMessage:
    """`text` where the server opened it for a sender without scripts; else `sealed`, for the sender's browser."""

    title: str
    day: date
    text: str = ""
    sealed: str = ""
    is_broken: bool = False


@dataclass(frozen=True)
class Followed:
    """What a sender sees with their code."""

    number: str
    state: str
    kind: str
    day: date
    said: str
    messages: list[FollowedMessage]
    can_add: bool
    is_lost: bool


def followed(found: Disclosure, answers: bytes | None) -> Followed:
    """`answers`: the key of the answers, where the server was given the code."""
    case = getattr(found, "case", None)
    state = DisclosureState(case.state if case else DisclosureState.RECEIVED)
    return Followed(
        number=found.number,
        state=str(state.label),
        kind=KINDS[state],
        day=found.day,
        said=_said(state),
        messages=[_followed(message, found.number, answers) for message in found.messages.all()],
        can_add=state != DisclosureState.CLOSED,
        is_lost=found.key.stop_reason == StopReason.LOST,
    )


def _said(state: DisclosureState) -> str:
    return {
        DisclosureState.RECEIVED: _("Pengaduan tersimpan tersegel. Inspektorat belum membukanya."),
        DisclosureState.OPENED: _("Inspektorat sudah membukanya dan belum menjawab."),
        DisclosureState.ANSWERED: _("Inspektorat menjawab. Anda masih dapat menambahkan sesuatu."),
        DisclosureState.CLOSED: _(
            "Inspektorat menutupnya. Bila ada hal baru, kirim pengaduan baru dan sebutkan nomor ini di dalamnya."
        ),
    }[state]


def _followed(message: DisclosureMessage, number: str, answers: bytes | None) -> FollowedMessage:
    title = str(MessagePart(message.part).label)
    if message.part != MessagePart.ANSWER:
        return FollowedMessage(title, message.day)
    sealed = bytes(message.sealed)
    if answers is None:
        return FollowedMessage(title, message.day, sealed=sealing.to_text(sealed))
    text = sealing.open_answer(answers, sealed, number=number)
    return FollowedMessage(title, message.day, text=text, is_broken=not text)


@dataclass(frozen=True)
class DisclosureRow:
    number: str
    day: date
    size: int
    state: str
    kind: str
    note: str


def disclosure_rows(rows: Iterable[Any]) -> list[DisclosureRow]:
    """Rows of `listed`, with their keys."""
    return [
        DisclosureRow(
            row.number, row.day, row.size, str(DisclosureState(row.case_state).label), KINDS[row.case_state], _note(row)
        )
        for row in rows
    ]


def _note(row: Any) -> str:
    if row.key.stop_reason == StopReason.LOST:
        return _("Kuncinya hilang: tidak dapat dibuka lagi.")
    if row.is_unread and row.case_state != DisclosureState.RECEIVED:
        return _("Ada tambahan pengirim yang belum dibuka.")
    return ""


@dataclass(frozen=True)
class KeyCard:
    pk: int
    fingerprint: str
    state: str
    kind: str
    is_in_force: bool
    history: list[str]
    can_confirm: bool
    can_withdraw: bool
    can_stop: bool


def key_cards(keys: Iterable[InspectorateKey], in_force: InspectorateKey | None, viewer: User) -> list[KeyCard]:
    return [_card(key, in_force, viewer) for key in keys]


def _card(key: InspectorateKey, in_force: InspectorateKey | None, viewer: User) -> KeyCard:
    proposed, is_in_force = key.state == InspectorateKeyState.PROPOSED, key == in_force
    kinds = {InspectorateKeyState.PROPOSED: "now", InspectorateKeyState.STOPPED: "no"}
    return KeyCard(
        pk=key.pk,
        fingerprint=key.fingerprint,
        state=_("Berlaku") if is_in_force else str(InspectorateKeyState(key.state).label),
        kind="done" if is_in_force else kinds.get(InspectorateKeyState(key.state), ""),
        is_in_force=is_in_force,
        history=_history(key),
        can_confirm=proposed and key.proposed_by_id != viewer.pk,
        can_withdraw=proposed,
        can_stop=key.state == InspectorateKeyState.CONFIRMED,
    )


def _history(key: InspectorateKey) -> list[str]:
    told = [_("Dibuat oleh %(who)s, %(when)s") % {"who": key.proposed_by, "when": full_time(key.proposed_at)}]
    if key.valid_from is not None:
        told.append(
            _("Disahkan oleh %(who)s, dipakai sejak %(day)s")
            % {"who": key.confirmed_by, "day": long_date(key.valid_from)}
        )
    if key.stopped_at is not None:
        told.append(
            _("Dihentikan %(when)s: %(why)s")
            % {"when": full_time(key.stopped_at), "why": StopReason(key.stop_reason).label}
        )
    return told


def opened(messages: Iterable[DisclosureMessage]) -> list[dict[str, str]]:
    """What an inspector's browser opens."""
    return [
        {
            "part": message.part,
            "title": str(MessagePart(message.part).label),
            "day": long_date(message.day),
            "by": str(message.author) if message.author else "",
            "key": message.key.fingerprint if message.key else "",
            "sealed": sealing.to_text(bytes(message.sealed)),
        }
        for message in messages
    ]


def looks(found: Disclosure) -> list[str]:
    """Who opened it and when, the newest first."""
    rows = found.looks.select_related("inspector").order_by("-pk")[:50]
    return [_("%(who)s, %(when)s") % {"who": row.inspector, "when": full_time(row.at)} for row in rows]


def keys_needed(found: Disclosure) -> list[str]:
    """The fingerprints of the keys to which its sender's messages are sealed, in their order."""
    sent = found.messages.filter(part__in=SENT).select_related("key")
    return list(dict.fromkeys(message.key.fingerprint for message in sent if message.key))
