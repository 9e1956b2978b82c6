"""Many PDF made one. Pages are copied as they are, never laid out again; each keeps its own code and foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

# Conformance of ISO 19005-2 (PDF/A-2) a bundle keeps: archived text that can be searched. Level "a" would need one tree
# of tags over all parts.
_PART, _LEVEL = "2", "U"


@dataclass(frozen=True)
class BundlePart:
    """A whole PDF and what its bookmark says; `is_ours` when we laid it out."""

    title: str
    content: bytes
    is_ours: bool = True


def page_count(content: bytes) -> int:
    """The number of pages. Raises pikepdf.PdfError when it is no PDF: ask `usable_pages` of a stranger's."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def usable_pages(content: bytes) -> int:
    """How many pages of a stranger's PDF can be copied into ours; 0 when it cannot be read or copied."""
    try:
        with pikepdf.open(BytesIO(content)) as source, pikepdf.new() as copy:
            copy.pages.extend(source.pages)
            copy.save(BytesIO())
            return len(copy.pages)
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError):
        return 0


def merge(parts: Sequence[BundlePart]) -> bytes:
    """One PDF of all pages in order, with a bookmark for each part. The same parts give the same bytes.

    The first part gives title, language and colour profile. The bundle declares PDF/A-2u when every part is ours and
    declares PDF/A-2 itself; a stranger's page proves nothing, so with one the declaration is gone.
    Raises pikepdf.PdfError when a part cannot be read: ask `usable_pages` first.
    """
    with pikepdf.open(BytesIO(parts[0].content)) as whole:
        archived = _declares_archive(whole) and parts[0].is_ours
        starts = [(parts[0].title, 0)]
        for part in parts[1:]:
            with pikepdf.open(BytesIO(part.content)) as source:
                archived = archived and part.is_ours and _declares_archive(source)
                starts.append((part.title, len(whole.pages)))
                whole.pages.extend(source.pages)
        _drop_tags(whole)
        for page in whole.pages:
            if "/AA" in page:  # no action runs when a page is opened
                del page["/AA"]
        with whole.open_outline() as outline:
            outline.root[:] = [pikepdf.OutlineItem(title, page) for title, page in starts]
        with whole.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for name in ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance"):
                metadata.pop(name, None)
            if archived:
                metadata["pdfaid:part"], metadata["pdfaid:conformance"] = _PART, _LEVEL
        out = BytesIO()
        whole.save(out, deterministic_id=True)
        return out.getvalue()


def _declares_archive(pdf: pikepdf.Pdf) -> bool:
    return bool(pdf.open_metadata().get("pdfaid:part") == _PART)


def _drop_tags(pdf: pikepdf.Pdf) -> None:
    """The first part's tree of tags describes its own pages only; over the whole it would be false."""
    for name in ("/StructTreeRoot", "/MarkInfo"):
        if name in pdf.Root:
            del pdf.Root[name]
    for page in pdf.pages:
        if "/StructParents" in page:
            del page["/StructParents"]
