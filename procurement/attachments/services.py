"""Files are put beside a request, and taken out while nobody has decided on them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import DomainError, InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import uploads
from epeken.core.services import service
from epeken.core.states import move
from epeken.users.models import User
from procurement.agencies.states import OfficerRole
from procurement.attachments import notices, policies, rules
from procurement.attachments.models import RequestAttachment
from procurement.attachments.states import RequestFileKind
from procurement.requests import policies as requests_policies
from procurement.requests.models import PurchaseRequest
from procurement.requests.states import ENDED

MEGABYTE = 1024 * 1024
DECISIONS = ("approve", "send_back", "reject", "reissue")  # of the history of a request


@service
def attach_file(
    *, actor: User, request: PurchaseRequest, kind: str, title: str, file: Any, key: str, now: datetime
) -> RequestAttachment:
    """The file lies beside the request, for its department and the inspectorate.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    who = f"user:{actor.pk}"
    body = {"attach": request.pk, "kind": kind, "title": title, "file": [file.name, file.size] if file else None}
    earlier = idempotency.claim(person=who, key=key, body=body)
    if earlier is not None:
        return RequestAttachment.objects.get(pk=int(earlier))
    request = PurchaseRequest.objects.locked().get(pk=request.pk)
    day = clock.local_date(now)
    if not policies.can_attach(actor, request, day):
        raise refusal(request)
    require(kind in RequestFileKind.values, _("Pilih jenis lampiran."), field="kind", code="kind_unknown")
    kept = request.attachments.kept()
    most, count = rules.MOST_FILES.on(day), kept.count()
    require(
        count < most,
        _("Permintaan ini sudah punya %(count)d lampiran, paling banyak %(most)d. Gabungkan beberapa menjadi satu PDF.")
        % {"count": count, "most": most},
        field="file",
        code="too_many",
    )
    stored = uploads.store_private_document(file, user=actor, folder=f"requests/{request.number.lower()}", field="file")
    if kept.filter(kind=kind, sha256=stored.sha256).exists():
        raise RuleBroken(_("Berkas yang sama sudah ada di sini."), field="file", code="same_file")
    _check_room(kept.bytes(), stored.size, rules.MOST_MEGABYTES.on(day))
    made = RequestAttachment.objects.create(
        request=request,
        kind=kind,
        title=title.strip()[:120],
        file=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        uploaded_by=actor,
        uploaded_name=actor.name[:120],
        uploaded_at=now,
    )
    notices.file_added(made, now=now)
    idempotency.settle(person=who, key=key, result=str(made.pk))
    return made


@service
def take_out_file(*, actor: User, attachment: RequestAttachment, note: str, now: datetime) -> None:
    """A wrong file leaves the request: who took it out and why stands in its history and beside the file, and the
    store keeps it. A second call changes nothing.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().get(pk=attachment.request_id)
    day = clock.local_date(now)
    if not requests_policies.is_requester(actor, request, day):
        raise NotAllowed(_("Lampiran dikeluarkan oleh pemesan permintaan ini."))
    if not policies.can_take_out(actor, attachment, request, decided_at(request), day):
        raise InvalidMove(
            _("Pejabat menilai permintaan ini dengan lampiran itu, jadi tidak dikeluarkan. Tambahkan yang benar.")
        )
    note = note.strip()
    require(note, _("Tulis sebabnya. Pemeriksa membacanya."), field="note", code="note_missing")
    removed = RequestAttachment.objects.kept().filter(pk=attachment.pk)
    if removed.update(removed_at=now, removed_by=actor, removal_note=note[:200]):
        named = attachment.title or str(attachment.get_kind_display())
        move(
            request, "take_out", actor=actor, now=now, note=f"{named}: {note[:200]}", acted_as=OfficerRole.REQUESTER
        )  # fmt: skip


def refusal(request: PurchaseRequest) -> DomainError:
    """Why nothing is added by a person who may not."""
    if request.state in ENDED:
        return InvalidMove(_("Permintaan ini sudah berhenti, jadi lampirannya tidak bertambah lagi."))
    return NotAllowed(
        _("Lampiran ditambahkan oleh pemesan permintaan ini; sesudah dikirim, juga oleh PP atau PPK dinas.")
    )


def decided_at(request: PurchaseRequest) -> datetime | None:
    """When an officer last decided on the request; None when nobody did."""
    moment: datetime | None = (
        request.events.filter(action__in=DECISIONS).order_by("-pk").values_list("at", flat=True).first()
    )
    return moment


def carry(request: PurchaseRequest, draft: PurchaseRequest) -> None:
    """The draft that goes on with the same purchase has its files; called by the service that writes it."""
    rows = list(request.attachments.kept())
    for row in rows:
        row.pk, row.request = None, draft
        row._state.adding = True
    RequestAttachment.objects.bulk_create(rows)


def _check_room(used: int, size: int, most: int) -> None:
    require(
        used + size <= most * MEGABYTE,
        _(
            "Lampiran satu permintaan paling besar %(most)d MB bersama-sama. Sudah terpakai %(used)s MB, berkas ini "
            "%(size)s MB; kecilkan dahulu."
        )
        % {"most": most, "used": _megabytes(used), "size": _megabytes(size)},
        field="file",
        code="files_too_large",
    )


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.1f}".replace(".", ",")
