"""What the list of files of a request says to one reader."""

from dataclasses import dataclass
from datetime import date

from epeken.users.models import User
from procurement.attachments import policies, services
from procurement.attachments.models import RequestAttachment
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest


@dataclass(frozen=True)
class AttachmentRow:
    attachment: RequestAttachment
    can_take_out: bool

    @property
    def name(self) -> str:
        kind, title = self.attachment.get_kind_display(), self.attachment.title
        return f"{kind}: {title}" if title else str(kind)


@dataclass(frozen=True)
class RequestFiles:
    rows: list[AttachmentRow]
    can_attach: bool


def files_of(request: PurchaseRequest, user: User, day: date) -> RequestFiles:
    """One query, and one more for who may take files out."""
    kept = list(request.attachments.kept().select_related("uploaded_by"))
    is_open = bool(kept) and requests_policies.can_edit(user, request, day)
    decided_at = services.decided_at(request) if is_open else None
    return RequestFiles(
        rows=[AttachmentRow(each, policies.can_take_out(user, each, request, decided_at, day)) for each in kept],
        can_attach=policies.can_attach(user, request, day),
    )
