"""What a row of a file changes in goods that are there, as it was found when the file was read."""

from typing import Any

from umkm.catalogue.changed import changes
from umkm.catalogue.low_prices import OfferedPrice
from umkm.catalogue.states import Unit
from umkm.imports import columns
from umkm.imports.columns import CAN_BE_EMPTIED, CategoryNames
from umkm.imports.models import GoodsImportRow


def changes_of(row: GoodsImportRow, names: CategoryNames) -> list[dict[str, Any]]:
    """`name label old new value` of each field the row changes. Its goods are loaded."""
    assert row.product is not None
    old = CAN_BE_EMPTIED | columns.read_row(columns.by_name(row.before), names).values
    new = columns.read_row(columns.by_name(row.cells), names).values
    old = {name: old.get(name) for name in new}
    return [{**change, "value": new[change["name"]]} for change in changes(Unit(row.product.unit), old, new)]


def price_of(row: GoodsImportRow) -> OfferedPrice:
    """Of a row that changes the price. Its goods are loaded."""
    assert row.product is not None
    new, old = (columns.read_price(columns.by_name(cells)) for cells in (row.cells, row.before))
    return OfferedPrice(row.product.name, row.product.unit, price=new, usual=old)
