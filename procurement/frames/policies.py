"""Who proposes, signs and ends a department's frames. Yes or no; the services say why not."""

from datetime import date

from epeken.users.models import User
from procurement.agencies.policies import first_office, memberships
from procurement.agencies.states import OfficerRole
from procurement.frames.models import ApprovalFrame
from procurement.frames.states import FrameState


def proposing_office(actor: User, agency_id: int, day: date) -> str:
    """The office in which the person proposes a frame, the higher one first; "" for anybody else."""
    return first_office(actor, agency_id, (OfficerRole.PPK, OfficerRole.PP), day)


def is_head(actor: User, agency_id: int, day: date) -> bool:
    return OfficerRole.HEAD in memberships(actor, agency_id, day)


def closing_office(actor: User, agency_id: int, day: date) -> str:
    """The office in which the person refuses a frame, takes it back or ends it: the head's, else who may propose."""
    return first_office(actor, agency_id, (OfficerRole.HEAD, OfficerRole.PPK, OfficerRole.PP), day)


def can_propose(actor: User, agency_id: int, day: date) -> bool:
    return bool(proposing_office(actor, agency_id, day))


def can_sign(actor: User, frame: ApprovalFrame, day: date) -> bool:
    return (
        frame.state == FrameState.PROPOSED
        and actor.pk != frame.proposer_id
        and is_head(actor, frame.agency_id, day)
        and frame.valid_until >= day
    )


def can_close(actor: User, frame: ApprovalFrame, day: date) -> bool:
    """Whether to offer to refuse a proposed frame, or to end a signed one."""
    return frame.state in (FrameState.PROPOSED, FrameState.SIGNED) and bool(closing_office(actor, frame.agency_id, day))
