"""What the inspectorate does with a complaint. Who did what, and when, is kept."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import NotAllowed, require
from epeken.core.rows import insert_new
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.notifications.services import mark_done
from epeken.users.models import User
from procurement.disclosures import notices, policies, sealing
from procurement.disclosures.models import Disclosure, DisclosureCase, DisclosureLook, DisclosureMessage
from procurement.disclosures.states import MessagePart

MOST_ANSWER = 64 * 1024  # bytes, sealed


@service
def open_disclosure(*, actor: User, disclosure: Disclosure, now: datetime) -> list[DisclosureMessage]:
    """The inspector gets what is sealed; the first to do so begins the case, and each opening is kept.

    Raises: NotAllowed. Locks: none.
    """
    _check(actor)
    case = DisclosureCase(disclosure=disclosure)
    if insert_new(case):
        begin(case, actor=actor, now=now)
    messages = list(disclosure.messages.select_related("key", "author"))
    DisclosureLook.objects.create(disclosure=disclosure, inspector=actor, at=now, newest=messages[-1])
    if not Disclosure.objects.unread_before(clock.local_date(now) + timedelta(days=1)).exists():
        mark_done(notices.WAITING, now=now)
    return messages


@service
def answer_disclosure(
    *, actor: User, disclosure: Disclosure, sealed: bytes, token: str, now: datetime
) -> DisclosureCase:
    """An answer, sealed by the inspector's browser to the sender's code, lies with the complaint. The same token
    answers once.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: DisclosureCase.
    """
    _check(actor)
    case: DisclosureCase = DisclosureCase.objects.locked().get(disclosure=disclosure)
    least = len(sealing.VERSION) + sealing.NONCE + sealing.TAG
    require(
        sealed[:1] == sealing.VERSION and least < len(sealed) <= MOST_ANSWER,
        _("Jawaban ini kosong, terlalu panjang, atau tidak tersegel. Tulis lagi, lalu kirim."),
        code="answer_not_sealed",
    )
    answer = DisclosureMessage(
        disclosure=disclosure,
        part=MessagePart.ANSWER,
        day=clock.local_date(now),
        sealed=sealed,
        author=actor,
        token=token,
    )
    if insert_new(answer):
        move(case, "answer", actor=actor, now=now)
    return case


@service
def close_disclosure(*, actor: User, disclosure: Disclosure, now: datetime) -> DisclosureCase:
    """The complaint is dealt with; its sender has been answered and adds nothing more.

    Raises: NotAllowed, InvalidMove. Locks: DisclosureCase.
    """
    _check(actor)
    case: DisclosureCase = DisclosureCase.objects.locked().get(disclosure=disclosure)
    move(case, "close", actor=actor, now=now)
    return case


@service
def tell_waiting(*, now: datetime) -> int:
    """The inspectorate hears of what came before today and nobody has opened: once a day, so that the hour of the
    notice tells nothing about the hour of a complaint. Returns how many wait. Locks: none."""
    day = clock.local_date(now)
    waiting = Disclosure.objects.unread_before(day).count()
    if waiting:
        notices.waiting(waiting, day=day, now=now)
    return waiting


def _check(actor: User) -> None:
    if not policies.is_recipient(actor):
        raise NotAllowed(_("Pengaduan tersegel dibuka oleh inspektorat saja."))
