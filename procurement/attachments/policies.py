"""Who may put a file beside a request, and take it out again."""

from datetime import date, datetime

from epeken.users.models import User
from procurement.agencies.policies import memberships
from procurement.attachments.models import RequestAttachment
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.officers import APPROVERS
from procurement.requests.states import ENDED, OPEN


def can_attach(actor: User, request: PurchaseRequest, day: date) -> bool:
    """The requester as long as it goes on; once it was sent, also a PP or PPK of the department."""
    if request.state in ENDED:
        return False
    if requests_policies.is_requester(actor, request, day):
        return True
    return request.state not in OPEN and bool(memberships(actor, request.agency_id, day) & set(APPROVERS))


def can_take_out(
    actor: User, attachment: RequestAttachment, request: PurchaseRequest, decided_at: datetime | None, day: date
) -> bool:
    """The requester, while the request lies with them, and no officer decided with the file before them.

    `decided_at`: when an officer last decided on the request.
    """
    return requests_policies.can_edit(actor, request, day) and not (
        decided_at is not None and attachment.uploaded_at <= decided_at
    )
