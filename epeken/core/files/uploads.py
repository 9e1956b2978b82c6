"""The one way a file is stored, for forms, the API and the admin alike.

What arrives is judged by its bytes, never by its name. Pictures are decoded and written anew, so nothing but pixels
survives: no place, no camera, no text, no second file behind the first. Every stored file has a generated name and a
row that counts against its sender's quota. Public pictures go to MEDIA_ROOT; everything else to the private store,
which no URL maps to and only a view with its own permission check may open.
"""

import hashlib
import io
import re
import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.db import connection, transaction
from django.db.models import Sum
from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from epeken.core.errors import RuleBroken
from epeken.core.files.pdf import check_pdf
from epeken.core.models import Upload

_LOCK_SPACE = 5079  # first key of the advisory lock that makes one person's quota race-free
_FORMATS = ("JPEG", "PNG", "WEBP")
PRIVATE_SIDE = 2400


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


def store_public_image(
    file: Any,
    *,
    user: Any,
    folder: str,
    sides: tuple[int, ...] = (1280, 640),
    square: bool = False,
    field: str = "photo",
) -> list[Stored]:
    """A picture everybody may see: one WebP per side (longest edge; never enlarged), in the order of `sides`.

    Raises RuleBroken with the reason and the way out.
    """
    image = _decode(_read(file, field), field, most=max(sides))
    print_ = dhash(image)
    stem = _stem(folder)
    made = []
    for side in sides:
        piece = _square(image, side) if square else _fitted(image, side)
        made.append((f"{stem}-{side}.webp", _encode(piece, "WEBP", quality=80, method=4), piece.size))
    _count(user, sum(len(data) for _name, data, _size in made), field)
    return [
        _save(storages["default"], name, data, "image/webp", user=user, dhash=print_, size=size)
        for name, data, size in made
    ]


def store_private_image(file: Any, *, user: Any, folder: str, field: str = "photo") -> Stored:
    """A picture only a checked view may show: JPEG, longest edge 2,400 pixels. Raises RuleBroken."""
    return _store_private_image(_read(file, field), user=user, folder=folder, field=field)


def store_private_document(file: Any, *, user: Any, folder: str, field: str = "file") -> Stored:
    """A document: a photo of it, or a PDF that only shows pages. Raises RuleBroken."""
    data = _read(file, field)
    if data.lstrip()[:5] == b"%PDF-":
        check_pdf(data, field=field)
        _count(user, len(data), field)
        return _save(storages["private"], f"{_stem(folder)}.pdf", data, "application/pdf", user=user)
    return _store_private_image(data, user=user, folder=folder, field=field, or_pdf=True)


def write_private(folder: str, data: bytes, suffix: str, *, content_type: str = "application/pdf") -> Stored:
    """Keep a file the system made itself. `suffix` is `.pdf`, `.xlsx`…"""
    return _save(storages["private"], f"{_stem(folder)}.{suffix.lstrip('.')}", data, content_type, user=None)


def read_private(name: str) -> bytes:
    """Raises FileNotFoundError."""
    with storages["private"].open(name) as file:
        content: bytes = file.read()
    return content


def private_response(name: str, *, content_type: str, filename: str, inline: bool = False) -> HttpResponse:
    """The file as an answer no cache keeps and no browser runs. The caller has checked who asks, and logs it.

    `inline` is honoured for pictures and PDF only. Raises Http404 when the store has lost the file.
    """
    try:
        data = read_private(name)
    except FileNotFoundError:
        raise Http404(name) from None
    return file_response(data, content_type=content_type, filename=filename, inline=inline)


def file_response(data: bytes, *, content_type: str, filename: str, inline: bool = False) -> HttpResponse:
    """The same careful headers for bytes already in hand (an export made on the spot)."""
    shown = inline and content_type in {"image/jpeg", "image/webp", "image/png", "application/pdf"}
    response = HttpResponse(data, content_type=content_type)
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


def dhash(image: Image.Image) -> str:
    """64-bit difference hash as 16 hex digits: near-identical pictures differ in few bits."""
    small = image.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    pixels = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (pixels[at] > pixels[at + 1])
    return f"{bits:016x}"


def _store_private_image(data: bytes, *, user: Any, folder: str, field: str, or_pdf: bool = False) -> Stored:
    image = _decode(data, field, most=PRIVATE_SIDE, or_pdf=or_pdf)
    piece = _fitted(image, PRIVATE_SIDE)
    encoded = _encode(piece, "JPEG", quality=85, optimize=True)
    _count(user, len(encoded), field)
    name = f"{_stem(folder)}.jpg"
    return _save(storages["private"], name, encoded, "image/jpeg", user=user, dhash=dhash(image), size=piece.size)


def _read(file: Any, field: str) -> bytes:
    most = settings.UPLOAD_MAX_BYTES
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


def _decode(data: bytes, field: str, *, most: int, or_pdf: bool = False) -> Image.Image:
    """The picture as upright RGB pixels; nothing is decoded before its size is known to be bearable."""
    unknown = (
        _("Berkas ini bukan foto atau PDF yang dapat dibuka. Unggah foto JPG, PNG, atau WebP, atau berkas PDF.")
        if or_pdf
        else _("Berkas ini bukan foto yang dapat dibuka. Unggah foto JPG, PNG, atau WebP.")
    )
    too_many = _("Foto ini terlalu besar ukurannya dalam piksel. Kecilkan dahulu, lalu unggah lagi.")
    broken = _("Foto ini rusak atau belum terunggah seluruhnya. Coba unggah lagi, atau pakai foto lain.")
    try:
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        raise RuleBroken(too_many, field=field, code="too_many_pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, OverflowError):
        raise RuleBroken(unknown, field=field, code="not_a_picture") from None
    with image:
        width, height = image.size
        if width * height > settings.UPLOAD_MAX_PIXELS:
            raise RuleBroken(too_many, field=field, code="too_many_pixels")
        # Phones write MPO: an ordinary JPEG with a depth map or a second lens behind it. Its first frame is the photo.
        if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
            raise RuleBroken(
                _("Gambar bergerak tidak diterima. Unggah foto biasa."), field=field, code="moving_picture"
            )
        try:
            image.draft("RGB", (most, most))  # JPEG only: decodes near the wanted size, a fraction of the memory
            image.load()
            upright = ImageOps.exif_transpose(image)
            return _flat(upright)
        except (OSError, ValueError, SyntaxError, OverflowError, MemoryError, Image.DecompressionBombError):
            raise RuleBroken(broken, field=field, code="picture_broken") from None


def _flat(image: Image.Image) -> Image.Image:
    """RGB on white. A new image, so that nothing of the old one's metadata comes along."""
    if image.mode.startswith("I") or image.mode == "F":
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        flat = Image.new("RGB", layer.size, "white")
        flat.paste(layer, mask=layer.getchannel("A"))
        return flat
    flat = Image.new("RGB", image.size)
    flat.paste(image.convert("RGB"))
    return flat


def _fitted(image: Image.Image, side: int) -> Image.Image:
    piece = image.copy()
    piece.thumbnail((side, side), Image.Resampling.LANCZOS)
    return piece


def _square(image: Image.Image, side: int) -> Image.Image:
    side = min(side, *image.size)
    return ImageOps.fit(image, (side, side), Image.Resampling.LANCZOS)


def _encode(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _stem(folder: str) -> str:
    if not re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", folder):
        raise ValueError(f"Not a folder of the store: {folder!r}")
    token = uuid.uuid4().hex
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
        kept = store.save(name, ContentFile(data))
    if kept != name:
        raise RuntimeError(f"The store renamed {name}")
    digest = hashlib.sha256(data).hexdigest()
    return Stored(name, content_type, len(data), digest, dhash, *size)
