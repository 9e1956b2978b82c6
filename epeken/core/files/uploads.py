"""The one way a file is stored, for forms, the API and the admin alike.

What arrives is judged by its bytes, never by its name. Pictures are decoded and written anew, so nothing but pixels
survives: no place, no camera, no text, no second file behind the first. Of a PDF the pages survive and nothing that
acts. Every stored file has a generated name and a row that counts against its sender's quota. Public pictures go to
MEDIA_ROOT; everything else to the private store, which no URL maps to and only a view with its own permission check may
open.
"""

import hashlib
import io
import logging
import re
import secrets
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken, require
from epeken.core.files import bounded, picture_forms
from epeken.core.models import Upload

logger = logging.getLogger(__name__)

_LOCK_SPACE = 5079  # first key of the advisory lock that makes one person's quota race-free
PRIVATE_SIDE = 2400
PUBLIC_LETTERS = 20  # of a public picture's name: it stands five times in every card of a page of results
# Of the public forms: file endings, and what libaom is asked for. At this speed AVIF takes less work than WebP.
KINDS = {"WEBP": "webp", "AVIF": "avif", "JPEG": "jpg"}
AVIF = {"quality": 55, "speed": 8, "max_threads": 1}
Answer = TypeVar("Answer", bound=HttpResponseBase)
MOST_PHOTOS = 8  # of one act: an inspection, a complaint, an answer


@dataclass(frozen=True)
class Stored:
    """`name` is relative to its store; `sha256` is of the stored bytes; `dhash` is '' and sizes are 0 for a PDF."""

    name: str
    content_type: str
    size: int
    sha256: str
    dhash: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Encoded:
    """A file written anew, not yet stored. `dhash` is '' and `pixels` are 0 for a PDF."""

    data: bytes
    content_type: str
    suffix: str
    dhash: str = ""
    pixels: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class StoredPicture:
    """Names of two of its forms (`core.files.picture_forms`): the widest and that of a card, which may be the same."""

    large: str
    small: str
    sha256: str
    dhash: str


def store_public_image(
    file: Any, *, user: Any, folder: str, square: bool = False, least_side: int = 0, field: str = "photo"
) -> StoredPicture:
    """A picture everybody may see, in all its forms. `least_side`: what its shorter edge must have, in pixels.

    Raises RuleBroken with the reason and the way out.
    """
    with _refusals(field, least_side=least_side):
        made = bounded.read_pieces(_read(file, field), _public_pieces(square), least_side=least_side)
    return _store_forms(made, _stem(folder, PUBLIC_LETTERS), square=square, user=user, field=field)


def encode_own_image(data: bytes) -> bounded.Decoded:
    """A picture that we drew ourselves, cut square, in all its forms; for `store_own_image`."""
    return bounded.read_own_pieces(data, _public_pieces(True))


def store_own_image(made: bounded.Decoded, *, user: Any, folder: str) -> StoredPicture:
    """Raises RuleBroken when the quota is used up."""
    return _store_forms(made, _stem(folder, PUBLIC_LETTERS), square=True, user=user, field="photo")


def renew_public_image(name: str, *, square: bool) -> StoredPicture:
    """All forms of a picture of before, under a name of their own; it stays, and nobody's quota is charged. Raises
    FileNotFoundError, RuleBroken."""
    with storages["default"].open(name) as file:
        data = file.read()
    with _refusals("photo"):
        made = bounded.read_pieces(data, _public_pieces(square))
    return _store_forms(made, _stem(name.split("/")[0], PUBLIC_LETTERS), square=square, user=None, field="photo")


def store_private_image(file: Any, *, user: Any, folder: str, field: str = "photo") -> Stored:
    """A picture only a checked view may show: JPEG, longest edge 2,400 pixels. Raises RuleBroken."""
    return _store_private(_encode_image(_read(file, field), field=field), user=user, folder=folder, field=field)


def store_private_images(files: Sequence[Any], *, user: Any, folder: str, field: str = "photos") -> list[Stored]:
    """Several pictures of one act, each as `store_private_image` keeps it. Raises RuleBroken."""
    require(
        len(files) <= MOST_PHOTOS,
        _("Paling banyak %(most)s foto. Pilih yang paling jelas.") % {"most": MOST_PHOTOS},
        field=field,
        code="too_many_photos",
    )
    return [store_private_image(file, user=user, folder=folder, field=field) for file in files]


def store_private_document(
    file: Any,
    *,
    user: Any,
    folder: str,
    field: str = "file",
    smallest: int = 0,
    look: Callable[[bytes], None] | None = None,
) -> Stored:
    """A document: a photo of it, or a PDF, of which the pages are written anew and nothing else. Raises RuleBroken.

    `smallest`: what the shorter edge of a photo must have, in pixels. `look`: raises where a photo, as it would be
    stored, is not to be kept.
    """
    made = encode_document(file, field=field)
    if made.content_type != "application/pdf" and min(made.pixels) < smallest:
        raise RuleBroken(
            _("Foto ini terlalu kecil (%(edge)d piksel); tulisannya tidak akan terbaca. Ambil foto baru dari dekat.")
            % {"edge": min(made.pixels)},
            field=field,
            code="picture_too_small",
        )
    if made.content_type != "application/pdf" and look is not None:
        look(made.data)
    return _store_private(made, user=user, folder=folder, field=field)


def encode_document(file: Any, *, field: str = "file") -> Encoded:
    """What `store_private_document` stores of it. Raises RuleBroken."""
    data = _read(file, field)
    # Readers look for the mark in the first kilobyte, so we do too.
    if b"%PDF-" in data[:1024]:
        with _refusals(field):
            (pages,) = bounded.read_pdf(data).files
        return Encoded(pages, "application/pdf", "pdf")
    return _encode_image(data, field=field, or_pdf=True)


def encode_table(file: Any, *, field: str = "file") -> Encoded:
    """As it came: whoever reads the table judges it. Raises RuleBroken."""
    return Encoded(_read(file, field), "application/octet-stream", "tabel")


def thumbnail(picture: bytes) -> bytes:
    """A small WebP of a picture we wrote."""
    (small,) = bounded.read_picture(picture, kind="WEBP", pieces=[(320, False)], quality=70).files
    return small


def write_private(folder: str, data: bytes, suffix: str, *, content_type: str = "application/pdf") -> Stored:
    """Keep a file the system made itself. `suffix` is `.pdf`, `.xlsx`…"""
    return _save(storages["private"], f"{_stem(folder)}.{suffix.lstrip('.')}", data, content_type, user=None)


def store_private_archive(file: Any, *, user: Any, folder: str, field: str = "archive") -> Stored:
    """A ZIP as it came, for a job that takes the pictures out of it and then removes it. Raises RuleBroken."""
    most = settings.UPLOAD_MAX_ARCHIVE_BYTES
    data = _read(file, field, most)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise RuleBroken(
            _("Berkas ini bukan ZIP. Kumpulkan fotonya dalam satu ZIP."), field=field, code="not_an_archive"
        )
    _count(user, len(data), field)
    return _save(storages["private"], f"{_stem(folder)}.zip", data, "application/zip", user=user)


def remove_private(name: str) -> None:
    """The file is gone once the transaction holds."""
    Upload.objects.filter(public=False, name=name).delete()
    transaction.on_commit(lambda: storages["private"].delete(name))


def read_private(name: str) -> bytes:
    """Raises FileNotFoundError."""
    with storages["private"].open(name) as file:
        content: bytes = file.read()
    return content


def private_response(
    name: str, *, reader: int | None, content_type: str, filename: str, inline: bool = False
) -> HttpResponse:
    """The file as an answer no cache keeps and no browser runs. The caller has checked who asks; that `reader`, a
    person's pk, opened it is logged here.

    `inline` is honoured for pictures and PDF only. Raises Http404 when the store has lost the file.
    """
    try:
        data = read_private(name)
    except FileNotFoundError:
        raise Http404(name) from None
    logger.info("private file opened: %s as %s person=%s", name, filename, reader)
    return file_response(data, content_type=content_type, filename=filename, inline=inline)


def file_response(data: bytes, *, content_type: str, filename: str, inline: bool = False) -> HttpResponse:
    """The same careful headers for bytes already in hand (an export made on the spot)."""
    return with_file_headers(HttpResponse(data, content_type=content_type), filename=filename, inline=inline)


def with_file_headers(response: Answer, *, filename: str, inline: bool = False) -> Answer:
    """The headers of a file on an answer, which may also be one that is sent in pieces."""
    content_type = response.headers["Content-Type"]
    shown = inline and content_type in {"image/jpeg", "image/webp", "image/png", "application/pdf"}
    response["Content-Disposition"] = content_disposition_header(as_attachment=not shown, filename=filename) or ""
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    # A sandboxed document cannot start the browser's PDF viewer, so a PDF on show gets the rest of the policy only.
    sandbox = "" if shown and content_type == "application/pdf" else "; sandbox"
    response["Content-Security-Policy"] = f"default-src 'none'; frame-ancestors 'none'{sandbox}"
    return response


def used_by(user: Any) -> int:
    """Bytes this person's files take."""
    return Upload.objects.filter(person_id=user.pk).aggregate(total=Sum("size"))["total"] or 0


def _public_pieces(square: bool) -> list[bounded.Piece]:
    """WebP and AVIF in every width, JPEG in that of a card."""
    fit = "square" if square else "width"
    pieces = [bounded.Piece(width, fit, "WEBP", {"quality": 80, "method": 4}) for width in picture_forms.WIDTHS]
    pieces += [bounded.Piece(width, fit, "AVIF", AVIF) for width in picture_forms.WIDTHS]
    return [*pieces, bounded.Piece(picture_forms.SMALL, fit, "JPEG", {"quality": 80, "optimize": True})]


def _store_forms(made: bounded.Decoded, stem: str, *, square: bool, user: Any, field: str) -> StoredPicture:
    """One file for each width and format: a narrow picture has fewer."""
    forms = picture_forms.Forms(stem, made.colour, max(width for width, _height in made.pictures))
    wanted = zip(_public_pieces(square), made.files, made.pictures, strict=True)
    files = {forms.name(size[0], KINDS[piece.kind]): data for piece, data, size in wanted}
    _count(user, sum(len(data) for data in files.values()), field)
    with transaction.atomic():
        # The rows first, as `_save` says.
        Upload.objects.bulk_create(
            [Upload(person_id=user and user.pk, name=name, public=True, size=len(data)) for name, data in files.items()]
        )
        for name, data in files.items():
            _write(storages["default"], name, data)
    large = forms.name(forms.width)
    return StoredPicture(large, forms.name(forms.small), hashlib.sha256(files[large]).hexdigest(), made.dhash)


def _encode_image(data: bytes, *, field: str, or_pdf: bool = False) -> Encoded:
    with _refusals(field, or_pdf=or_pdf):
        made = bounded.read_picture(data, kind="JPEG", pieces=[(PRIVATE_SIDE, False)], quality=85, optimize=True)
    (encoded,), (size,) = made.files, made.pictures
    return Encoded(encoded, "image/jpeg", "jpg", made.dhash, size)


def _store_private(made: Encoded, *, user: Any, folder: str, field: str) -> Stored:
    _count(user, len(made.data), field)
    name = f"{_stem(folder)}.{made.suffix}"
    return _save(storages["private"], name, made.data, made.content_type, user=user, dhash=made.dhash, size=made.pixels)


@contextmanager
def _refusals(field: str, *, or_pdf: bool = False, least_side: int = 0) -> Iterator[None]:
    """What the decoder refuses, in words."""
    try:
        yield
    except bounded.FileRefused as refusal:
        raise RuleBroken(_words(refusal.code, or_pdf, least_side), field=field, code=refusal.code) from None


def _read(file: Any, field: str, most: int | None = None) -> bytes:
    most = most or settings.UPLOAD_MAX_BYTES
    if file is None:
        raise RuleBroken(_("Pilih berkasnya dahulu."), field=field, code="file_missing")
    if hasattr(file, "seek"):
        file.seek(0)
    data: bytes = file.read(most + 1)
    if not data:
        raise RuleBroken(_("Berkas ini kosong. Pilih berkas lain."), field=field, code="file_empty")
    if len(data) > most:
        raise RuleBroken(
            _("Berkas ini terlalu besar. Paling besar %(most)d MB; kecilkan dahulu, lalu unggah lagi.")
            % {"most": most // (1024 * 1024)},
            field=field,
            code="file_too_large",
        )
    return data


def _words(code: str, or_pdf: bool, least_side: int) -> str:
    """What to do about a refusal of the decoder."""
    reprint = _("PDF ini terlalu rumit. Cetak ulang ke PDF, lalu unggah lagi.")
    not_a_picture = (
        _("Berkas ini bukan foto atau PDF yang dapat dibuka. Unggah foto JPG, PNG, atau WebP, atau berkas PDF.")
        if or_pdf
        else _("Berkas ini bukan foto yang dapat dibuka. Unggah foto JPG, PNG, atau WebP.")
    )
    return {
        "not_a_picture": not_a_picture,
        "too_many_pixels": _("Foto ini terlalu besar ukurannya dalam piksel. Kecilkan dahulu, lalu unggah lagi."),
        "too_few_pixels": _(
            "Foto ini terlalu kecil: tiap sisinya paling sedikit %(least)d piksel. Unggah foto yang lebih besar."
        )
        % {"least": max(least_side, settings.UPLOAD_LEAST_SIDE)},
        "moving_picture": _("Gambar bergerak tidak diterima. Unggah foto biasa."),
        "picture_broken": _("Foto ini rusak atau belum terunggah seluruhnya. Coba unggah lagi, atau pakai foto lain."),
        "picture_too_complex": _("Foto ini terlalu rumit untuk dibuka. Simpan ulang sebagai JPG, lalu unggah lagi."),
        "pdf_incomplete": _("PDF ini tidak lengkap. Coba unduh atau pindai ulang, lalu unggah lagi."),
        "pdf_locked": _("PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."),
        "pdf_dynamic": _(
            "PDF ini berisi formulir berskrip atau kumpulan berkas. Cetak ulang ke PDF, lalu unggah lagi."
        ),
        "pdf_without_pages": _("PDF ini tidak berisi halaman. Simpan ulang sebagai PDF, lalu unggah lagi."),
        "pdf_too_long": _("PDF ini berisi terlalu banyak halaman; paling banyak %(most)d. Pisahkan dahulu berkasnya.")
        % {"most": settings.UPLOAD_MAX_PAGES},
        "pdf_too_complex": reprint,
        "decoder_busy": _("Sedang banyak unggahan. Tunggu sebentar, lalu unggah lagi."),
    }[code]


def _stem(folder: str, letters: int = 32) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", folder):
        raise ValueError(f"Not a folder of the store: {folder!r}")
    token = secrets.token_hex(letters // 2)
    return f"{folder}/{token[:2]}/{token}"


def _count(user: Any, size: int, field: str) -> None:
    """Refuse what would pass the quota. Holds the person's quota lock until the transaction ends."""
    if user is None:
        return
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_SPACE, user.pk % 2**31])
    if used_by(user) + size > settings.UPLOAD_QUOTA_BYTES:
        raise RuleBroken(
            _("Jatah penyimpanan Anda (%(quota)d MB) sudah penuh. Hubungi pengelola bila perlu lebih.")
            % {"quota": settings.UPLOAD_QUOTA_BYTES // (1024 * 1024)},
            field=field,
            code="quota_full",
        )


def _save(
    store: Storage,
    name: str,
    data: bytes,
    content_type: str,
    *,
    user: Any,
    dhash: str = "",
    size: tuple[int, int] = (0, 0),
) -> Stored:
    with transaction.atomic():
        # The row first: when the disk is full it goes too, and a file without a row is found by `clean_uploads`.
        Upload.objects.create(
            person_id=user and user.pk, name=name, public=store is storages["default"], size=len(data)
        )
        _write(store, name, data)
    digest = hashlib.sha256(data).hexdigest()
    return Stored(name, content_type, len(data), digest, dhash, *size)


def _write(store: Storage, name: str, data: bytes) -> None:
    kept = store.save(name, ContentFile(data))
    if kept != name:
        raise RuntimeError(f"The store renamed {name}")
