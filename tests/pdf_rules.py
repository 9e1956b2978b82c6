"""What ISO 14289-1 (PDF/UA-1), ISO 19005-2 (PDF/A-2) and qpdf ask of a PDF, as far as it can be read from the file.

Asked: qpdf's own check of syntax and streams; no password, script or action; fonts embedded and mapped to Unicode;
title, language and the declarations; every drawn thing tagged or an artifact; the tags one tree of known types, its
marks and those of the pages the same; tables with heads that say for what they stand, lists, links and pictures with
their words. Not asked: contrast, the order of reading, whether a tag or a picture's words are the fitting ones, and
fonts' inner tables. That needs eyes, or veraPDF.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

import pikepdf
from pypdf import PdfReader

# Of ISO 32000-1, 14.8.4.
STANDARD = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl"
    " LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu"
    " WT WP Figure Formula Form".split()
)
PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TD": {"TR"}, "TH": {"TR"}, "LI": {"L"}, "LBody": {"LI"}}
# Operators that draw: paths, shadings, XObjects, inline pictures, text.
DRAWS = set("f F f* B B* b b* S s sh Do BI INLINE IMAGE Tj TJ ' \"".split())
RUPIAH = re.compile(r"Rp\d+(?:\.\d{3})*")


def faults(content: bytes) -> list[str]:
    """Of one paper of ours. An empty list: none found."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return [*_of_any(pdf), *_declared(pdf), *_tagged(pdf)]


def faults_of_bundle(content: bytes) -> list[str]:
    """Of many papers in one file, which has no tree of tags and must not say that it has."""
    with pikepdf.open(BytesIO(content)) as pdf:
        metadata = pdf.open_metadata()
        found = list(_of_any(pdf))
        found += [f"declares {name}" for name in ("pdfuaid:part",) if metadata.get(name)]
        found += ["says it is tagged"] if "/MarkInfo" in pdf.Root or "/StructTreeRoot" in pdf.Root else []
        return found


def text_of(content: bytes) -> str:
    """All words, page after page."""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def figures(data: Any) -> set[str]:
    """Every amount of rupiah in the data of a paper."""
    if isinstance(data, dict):
        data = list(data.values())
    if isinstance(data, list | tuple):
        return set().union(*map(figures, data))
    return set(RUPIAH.findall(data)) if isinstance(data, str) else set()


def missing_figures(data: Any, content: bytes) -> list[str]:
    """Amounts of the data that are not among the words of the PDF. Whether each stands in each of its places is for the
    papers' golden files to say."""
    return sorted(figures(data) - set(RUPIAH.findall(text_of(content))))


def _of_any(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from (f"qpdf: {problem}" for problem in pdf.check_pdf_syntax())
    if pdf.is_encrypted:
        yield "is locked"
    yield from (f"has {name}" for name in ("/OpenAction", "/AA", "/AcroForm") if name in pdf.Root)
    yield from (f"has {name}" for name in ("/JavaScript", "/EmbeddedFiles") if name in pdf.Root.get("/Names", {}))
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font":
            yield from _font(each)


def _font(font: pikepdf.Dictionary) -> Iterator[str]:
    if font.Subtype == "/Type0":
        if "/ToUnicode" not in font:
            yield f"{font.BaseFont} is not mapped to Unicode"
    elif font.Subtype != "/Type3":
        described = font.get("/FontDescriptor", {})
        if not any(name in described for name in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"{font.get('/BaseFont')} is not embedded"


def _declared(pdf: pikepdf.Pdf) -> Iterator[str]:
    root, metadata = pdf.Root, pdf.open_metadata()
    wanted = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
    yield from (f"{name} is {metadata.get(name)}" for name, value in wanted.items() if metadata.get(name) != value)
    if not str(metadata.get("dc:title") or "").strip():
        yield "has no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "does not show its title"
    if root.get("/Lang") is None:
        yield "names no language"
    if not root.get("/MarkInfo", {}).get("/Marked") or root.MarkInfo.get("/Suspects"):
        yield "is not marked as tagged"


def _tagged(pdf: pikepdf.Pdf) -> Iterator[str]:
    tree = pdf.Root.get("/StructTreeRoot")
    if tree is None:
        yield "has no tree of tags"
        return
    marks: set[tuple[Any, int]] = set()
    levels: list[int] = []
    for node, kind, above in _nodes(tree, pdf, None, marks):
        if kind not in STANDARD:
            yield f"unknown tag {kind}"
        if above not in PARENTS.get(kind, {above}):
            yield f"{kind} in {above}"
        if kind in ("Figure", "Formula") and not str(node.get("/Alt") or node.get("/ActualText") or "").strip():
            yield f"{kind} without words"
        if kind == "TH" and not any("/Scope" in one for one in _attributes(node)):
            yield "TH that does not say for what it stands"
        if re.fullmatch(r"H\d", kind):
            levels.append(int(kind[1]))
    if not levels:
        yield "has no heading"
    yield from (f"H{after} after H{before}" for before, after in pairwise([0, *levels]) if after > before + 1)
    for number, page in enumerate(pdf.pages, 1):
        drawn: set[int] = set()
        yield from (f"page {number}: {fault}" for fault in _page(page, drawn))
        known = {mark for where, mark in marks if where == page.objgen}
        if drawn != known:
            yield f"page {number}: marks {sorted(drawn ^ known)} are only on the page or only in the tree"


def _nodes(
    node: Any, pdf: pikepdf.Pdf, page: Any, marks: set[tuple[Any, int]], above: str = ""
) -> Iterator[tuple[pikepdf.Dictionary, str, str]]:
    """Each element of the tree, its type and that of the one above it; gathers the marks they hold."""
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    children = node.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, int):
            marks.add((page, child))
        elif child.get("/Type") == "/MCR":
            marks.add((child.Pg.objgen if "/Pg" in child else page, int(child.MCID)))
        elif child.get("/Type") != "/OBJR":
            kind = str(child.S)
            kind = str(roles.get(kind, kind))[1:]
            yield child, kind, above
            yield from _nodes(child, pdf, child.Pg.objgen if "/Pg" in child else page, marks, kind)


def _attributes(node: pikepdf.Dictionary) -> list[Any]:
    found = node.get("/A", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _page(page: pikepdf.Page, drawn: set[int]) -> Iterator[str]:
    opened: list[str] = []
    properties = page.get("/Resources", {}).get("/Properties", {})
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            tag = str(operands[0])
            opened.append(tag)
            if name == "BDC":
                given = operands[1] if isinstance(operands[1], pikepdf.Dictionary) else properties[operands[1]]
                if "/MCID" in given:
                    drawn.add(int(given.MCID))
                elif tag != "/Artifact" and "/ActualText" not in given and "/Lang" not in given:
                    yield f"{tag} is neither in the tree nor an artifact"
        elif name == "EMC":
            opened.pop()
        elif name in DRAWS and not opened:
            yield f"{name} is neither tagged nor an artifact"
    for annotation in page.get("/Annots", []):
        if page.get("/Tabs") != "/S":
            yield "has links in no order"
        if annotation.get("/Subtype") == "/Link" and not str(annotation.get("/Contents") or "").strip():
            yield "a link without words"
        if "/StructParent" not in annotation:
            yield "an annotation outside of the tags"
        if "/S" in annotation.get("/A", {}) and annotation.A.S not in ("/URI", "/GoTo"):
            yield f"an action {annotation.A.S}"
