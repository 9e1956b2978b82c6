"""Files of strangers are decoded in a process of their own (`decoder.py`); the system ends it when it takes too much.

A web worker never holds the pixels of an upload, and a file that breaks the decoder breaks nothing else. One process of
ours decodes `UPLOAD_DECODERS` files at a time; more wait for their turn.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings

from epeken.core.files import decoder

_PROGRAM = Path(__file__).with_name("decoder.py")
_turn = threading.BoundedSemaphore(settings.UPLOAD_DECODERS)


class FileRefused(Exception):
    """Why the file was not taken: `too_many_pixels`, `pdf_locked` … (`core.files.uploads` says it in words)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Decoded:
    """`files` as asked; `pictures` are their sizes in pixels, `dhash` the fingerprint, `colour` what most of it looks
    like, `pages` those of a PDF."""

    files: list[bytes]
    pictures: list[tuple[int, int]] = field(default_factory=list)
    dhash: str = ""
    colour: str = ""
    pages: int = 0


@dataclass(frozen=True)
class Piece:
    """The picture written as `kind` with its `options`. `fit`: `decoder.fitted`."""

    side: int
    fit: str
    kind: str
    options: dict[str, Any]


def read_picture(data: bytes, *, kind: str, pieces: list[tuple[int, bool]], **options: Any) -> Decoded:
    """The picture in each (longest edge, cut square?) of `pieces`, written as `kind`. Raises FileRefused."""
    return read_pieces(
        data, [Piece(side, "square" if is_square else "edge", kind, options) for side, is_square in pieces]
    )


def read_pieces(data: bytes, pieces: list[Piece], *, least_side: int = 0) -> Decoded:
    """The picture as each of `pieces`. `least_side`: of what is taken, where it is more than of any picture. Raises
    FileRefused."""
    return _run(data, **_picture_wish(pieces, least_side))


def read_own_pieces(data: bytes, pieces: list[Piece]) -> Decoded:
    """The same of a file that we made ourselves: in this process."""
    answer, files = decoder.picture(data, _picture_wish(pieces, 0))
    return _decoded(answer, files)


def _picture_wish(pieces: list[Piece], least_side: int) -> dict[str, Any]:
    return {
        "what": "picture",
        "pieces": [(piece.side, piece.fit, piece.kind, piece.options) for piece in pieces],
        "pixels": settings.UPLOAD_MAX_PIXELS,
        "decoded": settings.UPLOAD_MAX_DECODED_BYTES,
        "scans": settings.UPLOAD_MAX_SCANS,
        "least_side": max(least_side, settings.UPLOAD_LEAST_SIDE),
        "greatest_side": settings.UPLOAD_GREATEST_SIDE,
    }


def read_pdf(data: bytes) -> Decoded:
    """The same pages in a new PDF without anything that acts. Raises FileRefused."""
    return _run(data, what="pdf", pages=settings.UPLOAD_MAX_PAGES, unpacked=settings.UPLOAD_MAX_UNPACKED_BYTES)


def _run(data: bytes, **wish: Any) -> Decoded:
    wish |= {"memory": settings.UPLOAD_DECODER_MEMORY, "seconds": settings.UPLOAD_DECODER_SECONDS}
    if not _turn.acquire(timeout=settings.UPLOAD_DECODER_SECONDS):
        raise FileRefused("decoder_busy")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM)],
            input=json.dumps(wish).encode() + b"\n" + data,
            capture_output=True,
            timeout=2 * settings.UPLOAD_DECODER_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise FileRefused(f"{wish['what']}_too_complex") from None
    finally:
        _turn.release()
    if done.returncode != 0:
        # Ended by the system: too much memory or time.
        raise FileRefused(f"{wish['what']}_too_complex")
    head, _line, rest = done.stdout.partition(b"\n")
    answer = json.loads(head)
    if "refused" in answer:
        raise FileRefused(answer["refused"])
    files, at = [], 0
    for size in answer["sizes"]:
        files.append(rest[at : at + size])
        at += size
    return _decoded(answer, files)


def _decoded(answer: dict[str, Any], files: list[bytes]) -> Decoded:
    return Decoded(
        files,
        pictures=[tuple(size) for size in answer.get("pictures", [])],
        dhash=answer.get("dhash", ""),
        colour=answer.get("colour", ""),
        pages=answer.get("pages", 0),
    )
