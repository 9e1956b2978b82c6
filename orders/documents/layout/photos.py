"""Photos of the private store in a paper, at the size they are printed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol

from PIL import Image

from epeken.core.files.uploads import read_private
from epeken.core.i18n.times import full_time
from orders.documents.layout.facts import Paper

SIDE = 1400  # pixels; enough for half a page at 300 dpi


class Photo(Protocol):
    pk: int
    file: str
    uploaded_at: datetime


def put(
    paper: Paper, photos: Iterable[Photo], said: str = "Foto", claim: Callable[[Any], str] = lambda _photo: ""
) -> list[dict[str, str]]:
    """Adds the pictures to the paper's files; the rows that show them. What cannot be read is left out. `claim`: what
    a phone said of one, below the time at which it came."""
    rows = []
    for n, photo in enumerate(photos, 1):
        picture = _printed(photo)
        if picture is None:
            continue
        name = f"{type(photo).__name__.lower()}-{photo.pk}.jpg"
        paper.files[name] = picture
        caption = f"{said} {n}, {full_time(photo.uploaded_at)}"
        if words := claim(photo):
            caption = f"{caption} menurut waktu e-Peken. {words}"
        rows.append({"file": name, "caption": caption})
    return rows


def _printed(photo: Photo) -> bytes | None:
    """Eight camera photos must not make a pack nobody can mail."""
    try:
        with Image.open(BytesIO(read_private(photo.file))) as picture:
            small = picture.convert("RGB")
    except (OSError, ValueError):
        return None
    small.thumbnail((SIDE, SIDE))
    out = BytesIO()
    small.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
