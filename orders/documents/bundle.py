"""Many PDF made one. Pages are copied as they are, never laid out again; each keeps its own code and foot, and gains
its number in the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf

MM = 72 / 25.4
# Where a page's number stands: this far from the top and the right of what is seen of the page.
_FROM_TOP, _FROM_RIGHT = 5 * MM, 19 * MM
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


def merge(parts: Sequence[BundlePart], numbers: bytes = b"") -> bytes:
    """One PDF of all pages in order, with a bookmark for each part. The same parts give the same bytes.

    `numbers`: a PDF of ours with one small page for each page of the whole, to be laid at its top right.
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
        if numbers:
            _number(whole, numbers)
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


def _number(whole: pikepdf.Pdf, numbers: bytes) -> None:
    with pikepdf.open(BytesIO(numbers)) as small:
        for position, (page, label) in enumerate(zip(whole.pages, small.pages, strict=True), start=1):
            # Pages of one file may share their resources: the name differs from page to page.
            name = pikepdf.Name(f"/PageInBundle{position}")
            form = page.add_resource(label.as_form_xobject(), pikepdf.Name.XObject, name)
            place = _corner(page, pikepdf.Page(label))
            drawn = page.calc_form_xobject_placement(page.resources.XObject[form], form, place)
            page.contents_add(b"q\n", prepend=True)
            page.contents_add(b"\nQ\n" + drawn)


def _corner(page: pikepdf.Page, label: pikepdf.Page) -> pikepdf.Rectangle:
    """The top right of the page as it is seen: /Rotate turns it clockwise by quarters."""
    seen = pikepdf.Rectangle(page.cropbox)
    turned = int(page.get("/Rotate", 0)) % 360
    across = seen.height if turned in (90, 270) else seen.width
    size = pikepdf.Rectangle(label.mediabox)
    width, height = min(size.width, across), size.height
    right = min(_FROM_RIGHT, across - width)
    if turned == 90:
        left, bottom, width, height = seen.llx + _FROM_TOP, seen.ury - right - width, height, width
    elif turned == 180:
        left, bottom = seen.llx + right, seen.lly + _FROM_TOP
    elif turned == 270:
        left, bottom, width, height = seen.urx - _FROM_TOP - height, seen.lly + right, height, width
    else:
        left, bottom = seen.urx - right - width, seen.ury - _FROM_TOP - height
    return pikepdf.Rectangle(left, bottom, left + width, bottom + height)


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
