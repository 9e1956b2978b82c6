"""What a request is for: as its requester says, else as its account is usually for."""

from procurement.requests.models import PurchaseRequest
from procurement.requests.states import EventKind


def of_request(request: PurchaseRequest) -> str:
    """One of `EventKind`; '' while neither it nor its main budget line is chosen. Reads the line's account."""
    if request.event_kind or request.line is None:
        return request.event_kind
    return str(EventKind(request.line.account.usual_event))
