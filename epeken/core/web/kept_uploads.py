"""Files of a form that was refused for something else, or that travelled before it (`early_uploads`): kept, so that the
form is sent without choosing them anew.

Without this a browser forgets them, since no page may fill in a file field. The page carries each file's token under
`kept-<field>`; a file chosen anew takes the place of the kept ones.
"""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from epeken.core import registry
from epeken.core.errors import DomainError, RuleBroken
from epeken.core.files import uploads
from epeken.core.models import KeptUpload
from epeken.core.web.forms import ArchiveFormField, HouseForm, TableFormField

PREFIX = "kept-"
MOST = 8  # of one person; no form takes more at once


@dataclass(frozen=True)
class Kept:
    """What a page shows of it: `picture` is a small picture as a data URI, '' for a PDF."""

    token: str
    name: str
    picture: str


class KeptFile(SimpleUploadedFile):
    """A kept file as the form gets it."""

    def __init__(self, row: KeptUpload) -> None:
        super().__init__(row.name, bytes(row.data), content_type=row.content_type)
        self.row = row


class KeptUploadsMiddleware:
    """Puts kept files back among those of the request; once the form is taken they are no longer kept."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        rows = _put_back(request) if request.method == "POST" else []
        response = self.get_response(request)
        if rows and response.status_code == 302:
            KeptUpload.objects.filter(pk__in=[row.pk for row in rows]).delete()
        return response


def _put_back(request: HttpRequest) -> list[KeptUpload]:
    """Only the person's own."""
    found: list[KeptUpload] = []
    for name, tokens in request.POST.lists():
        field = name.removeprefix(PREFIX)
        if field == name or field in request.FILES or not request.user.is_authenticated:
            continue
        rows = list(KeptUpload.objects.filter(person_id=request.user.pk, token__in=tokens[:MOST]).order_by("pk"))
        request.FILES.setlist(field, [KeptFile(row) for row in rows])
        found += rows
    return found


def keep_files(request: HttpRequest, form: HouseForm) -> None:
    """Of a refused form: every photo, PDF and table nothing is wrong with. One that cannot be read is said at once."""
    for name, field in form.fields.items():
        files = form.files.getlist(form.add_prefix(name)) if isinstance(field, forms.FileField) and form.files else []
        if not files or name in form.errors or not request.user.is_authenticated:
            continue
        if isinstance(field, ArchiveFormField):
            continue  # too large to be kept
        encode = uploads.encode_table if isinstance(field, TableFormField) else uploads.encode_document
        if request.path.startswith(registry.unlinked_paths()):
            continue
        try:
            rows = [
                getattr(file, "row", None) or _keep(request.user.pk, encode(file, field=name), str(file.name))
                for file in files[:MOST]
            ]
        except DomainError as problem:
            form.add_error(name, problem.message)
            continue
        form.kept[name] = [Kept(row.token, row.name, _picture(row)) for row in rows]
        form[name].initial = rows  # so that the browser no longer asks for one


def keep_file(person_id: int, file: Any, *, token: str) -> KeptUpload:
    """A photo or PDF before its form, under the page's own token; sent twice it is kept once. Raises: DomainError."""
    mine = KeptUpload.objects.filter(person_id=person_id, token=token)
    before = mine.first()
    if before is not None:
        return before
    made = uploads.encode_document(file, field="file")
    try:
        return _keep(person_id, made, str(file.name), token=token)
    except IntegrityError:
        found = mine.first()  # its first sending was still under way
        if found is None:
            raise RuleBroken(_("Pilih berkasnya sekali lagi."), field="file", code="token_taken") from None
        return found


def _keep(person_id: int, made: uploads.Encoded, name: str, *, token: str = "") -> KeptUpload:
    with transaction.atomic():
        row = KeptUpload.objects.create(
            person_id=person_id,
            token=token or get_random_string(32),
            name=name[-100:],
            content_type=made.content_type,
            data=made.data,
        )
    newest = KeptUpload.objects.filter(person_id=person_id).order_by("-pk").values("pk")[:MOST]
    KeptUpload.objects.filter(person_id=person_id).exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    return row


def _picture(row: KeptUpload) -> str:
    if not row.content_type.startswith("image/"):
        return ""
    return f"data:image/webp;base64,{b64encode(uploads.thumbnail(bytes(row.data))).decode()}"
