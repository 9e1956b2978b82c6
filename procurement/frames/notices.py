"""Who is told what about frames. Rows only; the messages leave after the commit."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import DAY, END, RUPIAH, TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import mark_done, notify
from epeken.users.models import User
from procurement.agencies import policies
from procurement.agencies.states import OfficerRole
from procurement.frames.models import ApprovalFrame

KINDS = {
    "request.frame_proposed": notice(
        _("Kerangka %(title)s menunggu tanda tangan Anda"),
        _("%(who)s mengusulkan %(amount)s dari mata anggaran %(account)s, sampai %(until)s."),
        title=TEXT,
        who=TEXT,
        amount=RUPIAH,
        account=TEXT,
        until=DAY,
    ),
    "request.frame_near": notice(
        _("Kerangka %(title)s belum ditandatangani"),
        _("Tandatangani atau tolak paling lambat %(due)s; permintaan di dalamnya menunggu."),
        title=TEXT,
        due=END,
    ),
    "request.frame_signed": notice(
        _("Kerangka %(title)s berlaku"),
        _(
            "Permintaan di dalamnya langsung disetujui saat dikirim, seluruhnya paling banyak %(amount)s, "
            "sampai %(until)s."
        ),
        title=TEXT,
        amount=RUPIAH,
        until=DAY,
    ),
    "request.frame_closed": notice(
        _("Kerangka %(title)s diakhiri"), _("%(who)s: %(note)s"), title=TEXT, who=TEXT, note=TEXT
    ),
    "request.frame_over": notice(
        _("Masa kerangka %(title)s habis"),
        _("Terpakai %(drawn)s, dan sisanya %(left)s sudah kembali ke mata anggaran."),
        title=TEXT,
        drawn=RUPIAH,
        left=RUPIAH,
    ),
}


def frame_proposed(frame: ApprovalFrame, *, now: datetime) -> None:
    """The heads of the department."""
    _tell(
        policies.holders(frame.agency_id, OfficerRole.HEAD, clock.local_date(now)),
        frame,
        "request.frame_proposed",
        now,
        who=str(frame.proposer),
        amount=frame.amount,
        account=frame.line.account_id,
        until=frame.valid_until,
    )


def frame_near(frame: ApprovalFrame, *, now: datetime) -> None:
    """The heads who may sign it; who proposed it does not."""
    heads = policies.holders(frame.agency_id, OfficerRole.HEAD, clock.local_date(now))
    people = [person for person in heads if person.pk != frame.proposer_id]
    _tell(people, frame, "request.frame_near", now, due=frame.due_at)


def frame_signed(frame: ApprovalFrame, *, now: datetime) -> None:
    """Who proposed it, and those who send requests."""
    _decided(frame, now)
    people = [frame.proposer, *policies.holders(frame.agency_id, OfficerRole.REQUESTER, clock.local_date(now))]
    _tell(people, frame, "request.frame_signed", now, amount=frame.amount, until=frame.valid_until)


def frame_closed(frame: ApprovalFrame, *, note: str, actor: User, now: datetime) -> None:
    """Who proposed and who signed it, and those who send requests; not who ended it."""
    _decided(frame, now)
    people = [
        frame.proposer,
        *([frame.signer] if frame.signer else []),
        *policies.holders(frame.agency_id, OfficerRole.REQUESTER, clock.local_date(now)),
    ]
    others = [person for person in people if person.pk != actor.pk]
    _tell(others, frame, "request.frame_closed", now, who=str(actor), note=note)


def frame_over(frame: ApprovalFrame, *, now: datetime) -> None:
    """Who proposed and who signed it; of a proposal nobody signed no head is asked any more."""
    if frame.signer is None:
        _decided(frame, now)
        return
    people = [frame.proposer, *([frame.signer] if frame.signer else [])]
    _tell(people, frame, "request.frame_over", now, drawn=frame.drawn, left=frame.left)


def _tell(people: list[Any], frame: ApprovalFrame, kind: str, now: datetime, **parameters: Any) -> None:
    notify(
        people,
        kind=kind,
        url=reverse("procurement:frame-detail", args=[frame.number]),
        key=f"{_about(frame)}{kind.removeprefix('request.frame_')}",
        now=now,
        title=frame.title,
        **parameters,
    )


def _decided(frame: ApprovalFrame, now: datetime) -> None:
    """No head is asked any more."""
    mark_done(f"{_about(frame)}proposed", f"{_about(frame)}near", now=now)


def _about(frame: ApprovalFrame) -> str:
    return f"frame-{frame.pk}-"
