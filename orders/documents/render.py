"""JSON in, PDF out. The templates in `templates/orders/documents/typst/` lay out; people's text is only data."""

import json
import tempfile
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

from epeken.core.clock import ZONE, local_date

# Archive and screen-reader profiles.
STANDARDS = ["a-2a", "ua-1"]
BUNDLED = ["a-2u"]  # what a bundle keeps of them

_local = threading.local()


def render(part: Mapping[str, Any], files: Mapping[str, bytes], *, title: str, moment: datetime) -> bytes:
    """The PDF of one document. `files` are the pictures it names.

    The same input gives the same bytes: nothing is read but the input, and `moment` is the time it carries.
    """
    return _made(
        "main.typ", {"title": title, "day": local_date(moment).isoformat(), "part": part}, files, moment, STANDARDS
    )


def page_numbers(name: str, total: int, *, moment: datetime) -> bytes:
    """A PDF with a small page for each page of a bundle called `name`, saying which of `total` it is."""
    return _made("page_numbers.typ", {"title": name, "total": total}, {}, moment, BUNDLED)


def labels(rows: Sequence[Mapping[str, str]], files: Mapping[str, bytes], *, title: str, moment: datetime) -> bytes:
    """Sheets of labels: `name price unit tiers shop url qr` of each, `qr` naming one of the files."""
    return _made("labels.typ", {"title": title, "labels": list(rows)}, files, moment, BUNDLED)


def _made(
    entry: str, data: Mapping[str, Any], files: Mapping[str, bytes], moment: datetime, standards: list[str]
) -> bytes:
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        root = Path(folder)
        for template in _templates().glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        for name, content in files.items():
            (root / name).write_bytes(content)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        try:
            return _compile(root / entry, moment, standards)
        except typst.TypstError:
            # A character none of the fonts has (an emoji in a shop's name) is no reason to have no document.
            return _compile(root / entry, moment, [])


def qr_svg(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, dark="#1b2721", scale=4)
    return out.getvalue()


def _compile(entry: Path, moment: datetime, standards: list[Any]) -> bytes:
    # Typst wants a fixed offset: the one the city has at that moment.
    local = moment.astimezone(ZONE)
    stamped = local.replace(microsecond=0, tzinfo=timezone(local.utcoffset() or timedelta()))
    made = _compiler().compile(
        str(entry), root=str(entry.parent), format="pdf", pdf_standards=standards, timestamp=stamped
    )
    if not isinstance(made, bytes):
        raise TypeError("The compiler gave no PDF.")
    return made


def _compiler() -> typst.Compiler:
    """Warm after the first document: 1 ms instead of 180."""
    compiler: typst.Compiler | None = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(font_paths=_fonts(), ignore_system_fonts=True)
    return compiler


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_templates() / "fonts")]
    )


def _templates() -> Path:
    return Path(settings.BASE_DIR) / "templates" / "orders" / "documents" / "typst"
