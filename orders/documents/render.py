"""JSON in, PDF out. The templates in `templates/orders/documents/typst/` lay out; people's text is only data."""

import json
import tempfile
import threading
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst
from django.conf import settings

# Archive and screen-reader profiles. A stranger's PDF inside the pages rules both out: those stay plain tagged PDF.
STANDARDS = ["a-2a", "ua-1"]

_local = threading.local()


def render(parts: Sequence[Mapping[str, Any]], files: Mapping[str, bytes], *, title: str, moment: datetime) -> bytes:
    """One PDF of all parts in order. `files` are the pictures and PDF the parts name.

    The same input gives the same bytes: nothing is read but the input, and `moment` is the time it carries.
    """
    data = {"title": title, "day": moment.date().isoformat(), "parts": list(parts)}
    plain = any(name.endswith(".pdf") for name in files)
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        root = Path(folder)
        for template in _templates().glob("*.typ"):
            (root / template.name).write_bytes(template.read_bytes())
        for name, content in files.items():
            (root / name).write_bytes(content)
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        if not plain:
            try:
                return _compile(root, moment, STANDARDS)
            except typst.TypstError:
                # A character none of the fonts has (an emoji in a shop's name) is no reason to have no paper.
                pass
        return _compile(root, moment, [])


def pdf_pages(content: bytes) -> int:
    """How many pages of somebody's PDF can be laid into ours; 0 when it cannot be read."""
    with tempfile.TemporaryDirectory(prefix="papers-") as folder:
        root = Path(folder)
        (root / "x.pdf").write_bytes(content)
        # Asking for a page that cannot be there makes the compiler say how many there are.
        (root / "main.typ").write_text('#image("x.pdf", page: 1000000)', encoding="utf-8")
        pages = 0
        try:
            _compile(root, None, [])
        except typst.TypstError as problem:
            digits = [word for hint in problem.hints for word in hint.split() if word.isdigit()]
            pages = int(digits[0]) if len(digits) == 1 else 0
        except BaseException as problem:
            _survive(problem)
        if not pages:
            return 0
        (root / "main.typ").write_text(f'#for n in range({pages}) {{ image("x.pdf", page: n + 1) }}', encoding="utf-8")
        try:
            _compile(root, None, [])
        except BaseException as problem:
            _survive(problem)
            return 0
        return pages


def qr_svg(text: str) -> bytes:
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=0, dark="#1b2721", scale=4)
    return out.getvalue()


def _compile(root: Path, moment: datetime | None, standards: list[Any]) -> bytes:
    made = _compiler().compile(
        str(root / "main.typ"), root=str(root), format="pdf", pdf_standards=standards, timestamp=moment
    )
    if not isinstance(made, bytes):
        raise TypeError("The compiler gave no PDF.")
    return made


def _compiler() -> typst.Compiler:
    """Warm after the first paper: 1 ms instead of 180."""
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


def _survive(problem: BaseException) -> None:
    """A fault inside the PDF reader (it surfaces outside Exception) costs this file, not the worker."""
    if isinstance(problem, KeyboardInterrupt | SystemExit | GeneratorExit):
        raise problem
    _local.compiler = None
