"""Who is told that a file was put beside a request."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import TEXT
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from procurement.attachments.models import RequestAttachment
from procurement.requests import officers
from procurement.requests.states import OPEN

KINDS = {
    "request.file_added": notice(
        _("Lampiran baru pada permintaan %(title)s"),
        _("%(who)s menambahkan %(file)s."),
        title=TEXT,
        who=TEXT,
        file=TEXT,
    ),
}


def file_added(attachment: RequestAttachment, *, now: datetime) -> None:
    """Once the request was sent: its requester, and whoever decides on it or orders it, but not who added the file."""
    request, actor = attachment.request, attachment.uploaded_by
    if request.state in OPEN:
        return
    people = [request.requester, *officers.people_of(request, clock.local_date(now))]
    notify(
        [person for person in people if person != actor],
        kind="request.file_added",
        url=reverse("procurement:request-detail", args=[request.number]),
        key=f"request-{request.pk}-file-{attachment.pk}",
        now=now,
        title=request.title,
        who=str(actor),
        file=attachment.title or str(attachment.get_kind_display()),
    )
