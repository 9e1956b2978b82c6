"""What the pages of an import say."""

from collections import defaultdict
from typing import Any

from django.core.paginator import Page
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from umkm.catalogue.defaults import usual
from umkm.catalogue.findings import MESSAGES
from umkm.catalogue.models import Category, Product
from umkm.catalogue.services.products import waits
from umkm.catalogue.states import ON_SHOW, Unit
from umkm.imports import columns
from umkm.imports.changes import changes_of, far_prices
from umkm.imports.columns import ADDED, PHOTOS, CategoryNames
from umkm.imports.models import GoodsImport, GoodsImportProblem, GoodsImportRow
from umkm.imports.states import ImportState, RowOutcome, RowPlan
from umkm.price_standards.standards import standards_of, words_of

PLAN_TAGS = {RowPlan.CREATE: "info", RowPlan.CHANGE: "info", RowPlan.SAME: "", RowPlan.WRONG: "no"}
OUTCOME_TAGS = {
    RowOutcome.DONE: "done",
    RowOutcome.REFUSED: "no",
    RowOutcome.UNDONE: "",
    RowOutcome.PARTLY: "now",
    RowOutcome.KEPT: "now",
}


def rows_of(goods_import: GoodsImport, page: Page[GoodsImportRow]) -> list[dict[str, Any]]:
    """`number name price tag kind product problems changes warnings` of the rows on the page, whose goods are loaded.
    Five queries."""
    problems: dict[int, list[GoodsImportProblem]] = defaultdict(list)
    for problem in goods_import.problems.filter(number__in=[row.number for row in page]):
        problems[problem.number].append(problem)
    names = CategoryNames(Category.objects.select_related("parent"))
    changes = {row.number: changes_of(row, names) for row in page if row.plan == RowPlan.CHANGE}
    is_asked = goods_import.state == ImportState.CHECKED
    above = _above_standard(page, changes) if is_asked else {}
    rows = []
    for row in page:
        said = _row(row, problems[row.number], names)
        if row.plan == RowPlan.CHANGE:
            said["changes"] = _told_changes(row, changes[row.number], is_asked=is_asked)
        if is_asked:
            said["warnings"] = far_prices(row, names, clock.today()) if row.price_is_far else []
            said["warnings"] += above.get(row.number, [])
        rows.append(said)
    return rows


def _above_standard(page: Page[GoodsImportRow], changes: dict[int, list[dict[str, Any]]]) -> dict[int, list[str]]:
    """By row, that offices may not simply buy at its new price. Two queries."""
    wanted: dict[int, tuple[Product, int]] = {}
    for row in page:
        for change in changes.get(row.number, []):
            if change["name"] == "price" and row.product is not None:
                wanted[row.number] = (row.product, change["value"])
    day = clock.today()
    standards = standards_of([product for product, _price in wanted.values()], day)
    said = {}
    for number, (product, price) in wanted.items():
        standard = standards.get(product.pk)
        if standard is not None and not standard.allows(price):
            told = {"price": price, "unit": product.unit, **words_of(standard)}
            said[number] = [MESSAGES.words("price_above_standard", told, get_language() or "")]
    return said


def _told_changes(row: GoodsImportRow, changes: list[dict[str, Any]], *, is_asked: bool) -> list[dict[str, str]]:
    """`label old new when`; `when` of goods on show before the import runs."""
    product = row.product
    assert product is not None
    cells = columns.by_name(row.cells)
    told = [
        {
            "label": change["label"],
            "old": change["old"],
            "new": change["new"],
            "when": _when(waits(product, change["name"], change["value"])),
        }
        for change in changes
    ]
    if cells[ADDED]:
        told.append({"label": _("Stok"), "old": "", "new": f"+ {cells[ADDED]}", "when": _when(False)})
    if cells[PHOTOS]:
        told.append({"label": _("Foto"), "old": "", "new": cells[PHOTOS], "when": _when(True)})
    if not is_asked or product.state not in ON_SHOW:
        return [{**change, "when": ""} for change in told]
    return told


def _when(is_waiting: bool) -> str:
    return _("menunggu kurator") if is_waiting else _("langsung")


def _price(row: GoodsImportRow, cells: dict[str, str], names: CategoryNames) -> str:
    """With its unit where the row can be read, else as it is written."""
    values = columns.read_row(cells, names).values
    if row.plan == RowPlan.WRONG or "price" not in values:
        return cells["harga"]
    unit = values.get("unit") or (row.product.unit if row.product else usual(values["category"])["unit"])
    return f"{rupiah(values['price'])} / {Unit(unit).label}"


def _row(row: GoodsImportRow, problems: list[GoodsImportProblem], names: CategoryNames) -> dict[str, Any]:
    cells = columns.by_name(row.cells)
    ended = row.outcome != RowOutcome.WAITING
    kind = OUTCOME_TAGS[RowOutcome(row.outcome)] if ended else PLAN_TAGS[RowPlan(row.plan)]
    return {
        "number": row.number,
        "name": cells["nama"] or (row.product.name if row.product else _("(tanpa nama)")),
        "price": _price(row, cells, names),
        "tag": row.get_outcome_display() if ended else row.get_plan_display(),
        "kind": kind,
        "product": row.product_id,
        "problems": problems,
    }
