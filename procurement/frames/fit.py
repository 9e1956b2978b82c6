"""Whether a request is inside a frame of its budget line: then sending it is enough. Asked by the page and by the act.

Inside means that the frame allows it and that nothing of it would have to be weighed by an officer: no guard warns,
and the comparison, asked over the whole frame, shows nothing cheaper. Else it goes the usual way, and says why.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from procurement.agencies.states import OfficerRole
from procurement.frames import terms
from procurement.frames.models import ApprovalFrame
from procurement.frames.states import FrameState
from procurement.guards.concerns import concerns
from procurement.requests import chain, officers
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from procurement.sourcing import comparison, sheets
from procurement.sourcing.sheets import Comparison


@dataclass(frozen=True)
class Fit:
    """`objections`: why the request is not inside, one sentence each; `sheet`: its comparison over the whole frame."""

    frame: ApprovalFrame
    objections: tuple[str, ...]
    sheet: Comparison | None = None
    needed_role: OfficerRole = OfficerRole.PPK  # the office that orders, by the whole frame

    @property
    def is_inside(self) -> bool:
        return not self.objections

    @property
    def why_not(self) -> str:
        return " ".join(self.objections)


def find(request: PurchaseRequest, held: RequestContents, now: datetime) -> Fit | None:
    """The frame that covers the request, else the nearest one with what it lacks; None when none is about its goods.

    Of several that cover it the one that ends first. One query where the account has no frame.
    """
    if request.line is None or not held.kept:
        return None
    known = list(ApprovalFrame.objects.of_account(request.line))
    found = [
        Fit(frame, tuple(terms.objections(frame, request, held, now)))
        for frame in known
        if frame.state == FrameState.SIGNED and frame.line_id == request.line.pk and terms.names_any(frame, held)
    ]
    if not found:
        return None
    nearest = min(found, key=lambda fit: len(fit.objections))
    return nearest if nearest.objections else _weighed(nearest.frame, known, request, held, now)


def _weighed(
    frame: ApprovalFrame, known: list[ApprovalFrame], request: PurchaseRequest, held: RequestContents, now: datetime
) -> Fit:
    together = terms.whole(frame, clock.local_date(now), known)
    over = held.compared_over(together.amount)
    sheet = sheets.draw(request, over, now)
    needed = officers.needed_role(together.amount, clock.local_date(now))
    return Fit(frame, tuple(_weighing(frame, request, over, sheet, together, now)), sheet, needed)


def _weighing(
    frame: ApprovalFrame,
    request: PurchaseRequest,
    held: RequestContents,
    sheet: Comparison | None,
    together: terms.Whole,
    now: datetime,
) -> Iterator[str]:
    """What an officer would have to weigh."""
    if office := terms.office_objection(frame, together, clock.local_date(now)):
        yield office
    if held.asked and sheet is None:
        yield _("Penawarannya belum dapat dibandingkan.")
    for concern in concerns(request, held, now, frame=frame):
        yield concern.words
    # The head signed the frame; another office that has to sign has not.
    for rule in chain.needed(request, held, OfficerRole.HEAD, clock.local_date(now)):
        yield _("Permintaan ini perlu tanda tangan %(office)s.") % {"office": rule.get_office_display()}
    yield from comparison.to_weigh(request, held, sheet)
