"""Whoever reads our papers with a screen reader, or in thirty years: each rule of `tests/pdf_rules.py` sees its fault.

The papers themselves are asked where their words are: `test_golden.py` makes every kind of them.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from orders.deliveries import services as deliveries
from orders.documents import build
from orders.documents.states import DocumentKind
from tests import pdf_rules
from tests.factories import orders as make
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.orders.documents.test_golden import GOLDEN

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("pdf rules")]


@pytest.fixture(scope="module")
def papers(module_transaction: None) -> dict[str, build.Made]:
    """A delivery inspected with a photo."""
    office = make.make_office()
    order = make.accepted(make.make_issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    make.inspected(delivery, office.receiver, photos=[make.photo()])
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="12", now=MONDAY + DAY + 3 * HOUR)
    return {document.kind: build.make(document) for document in order.documents.filter(replaced_at__isnull=True)}


@pytest.fixture
def _django_db_helper(papers: Any, savepoint: None) -> None:
    """In place of pytest-django's: the transaction around the whole module holds the order."""


def elements(pdf: pikepdf.Pdf, wanted: str) -> list[Any]:
    nodes = pdf_rules._nodes(pdf.Root.StructTreeRoot, pdf, None, set())
    return [node for node, kind, _above in nodes if kind == wanted]


def undeclared(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        del metadata["pdfuaid:part"]


def untitled(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = " "


def hidden_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def unmarked(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def no_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def strange_tag(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "P")[0].S = Name.Paragraph


def cell_without_row(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "TR")[0].S = Name.Div


def head_for_nothing(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "TH")[0].A


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    elements(pdf, "H1")[0].S = Name.H3


def silent_picture(pdf: pikepdf.Pdf) -> None:
    for name in ("/Alt", "/ActualText"):
        if name in elements(pdf, "Figure")[0]:
            del elements(pdf, "Figure")[0][name]


def untagged_words(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q 0 0 10 10 re f Q")


def words_outside_the_tree(pdf: pikepdf.Pdf) -> None:
    node = elements(pdf, "P")[0]
    node.K = Array([])


def mark_without_words(pdf: pikepdf.Pdf) -> None:
    node = elements(pdf, "P")[0]
    node.K = Array([*(node.K if isinstance(node.K, Array) else [node.K]), 9999])


def borrowed_font(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and each.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile", "/FontFile2", "/FontFile3"):
                if name in each:
                    del each[name]


def no_letters(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, Dictionary) and "/ToUnicode" in each:
            del each.ToUnicode


def silent_link(pdf: pikepdf.Pdf) -> None:
    link = Dictionary(
        Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=Dictionary(S=Name.Launch, F="a.exe"),
    )  # fmt: skip
    pdf.pages[0]["/Annots"], pdf.pages[0]["/Tabs"] = Array([link]), Name.R


FAULTS: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (undeclared, "pdfuaid:part is None"),
    (untitled, "has no title"),
    (hidden_title, "does not show its title"),
    (no_language, "names no language"),
    (unmarked, "is not marked as tagged"),
    (no_tree, "has no tree of tags"),
    (script, "has /OpenAction"),
    (strange_tag, "unknown tag Paragraph"),
    (cell_without_row, " in Div"),
    (head_for_nothing, "TH that does not say for what it stands"),
    (skipped_heading, "H3 after H0"),
    (silent_picture, "Figure without words"),
    (untagged_words, "f is neither tagged nor an artifact"),
    (words_outside_the_tree, "are only on the page or only in the tree"),
    (mark_without_words, "9999"),
    (borrowed_font, "is not embedded"),
    (no_letters, "is not mapped to Unicode"),
    (silent_link, "a link without words"),
    (silent_link, "has links in no order"),
    (silent_link, "an annotation outside of the tags"),
    (silent_link, "an action /Launch"),
]


@pytest.mark.parametrize(("plant", "said"), FAULTS, ids=[f"{plant.__name__}: {said}" for plant, said in FAULTS])
def test_each_fault_is_seen(papers: dict[str, build.Made], plant: Callable[[pikepdf.Pdf], None], said: str) -> None:
    whole = papers[DocumentKind.INSPECTION].content
    assert pdf_rules.faults(whole) == []
    with pikepdf.open(BytesIO(whole)) as pdf:
        plant(pdf)
        out = BytesIO()
        pdf.save(out)
    found = pdf_rules.faults(out.getvalue())
    assert any(said in fault for fault in found), found


def test_a_damaged_file_is_seen(papers: dict[str, build.Made]) -> None:
    whole = papers[DocumentKind.INSPECTION].content
    assert any(fault.startswith("qpdf: ") for fault in pdf_rules.faults(whole[:-200]))


def test_a_figure_that_is_not_on_the_paper_is_missed(papers: dict[str, build.Made]) -> None:
    made = papers[DocumentKind.INVOICE]
    stated = pdf_rules.figures(made.paper.data)
    assert len(stated) >= 3
    assert pdf_rules.missing_figures(made.paper.data, made.content) == []
    assert pdf_rules.missing_figures([made.paper.data, "Rp1.234.567"], made.content) == ["Rp1.234.567"]
    assert pdf_rules.missing_figures(made.paper.data, papers[DocumentKind.DELIVERY_NOTE].content) == sorted(stated)


def test_a_bundle_that_says_it_is_tagged_is_seen(papers: dict[str, build.Made]) -> None:
    whole = papers[DocumentKind.INSPECTION].content
    assert pdf_rules.faults_of_bundle(whole) == ["declares pdfuaid:part", "says it is tagged"]


def test_every_kind_is_among_the_papers_that_are_asked() -> None:
    kinds = {path.stem.split("-")[1] for path in GOLDEN.glob("*.txt")}
    assert kinds == set(DocumentKind)
