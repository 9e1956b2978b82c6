"""What a row of a file changes in goods that are there, as it was found when the file was read."""

from copy import copy
from datetime import date
from typing import Any

from umkm.catalogue import low_prices
from umkm.catalogue.changed import changes
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


def far_prices(row: GoodsImportRow, names: CategoryNames, day: date) -> list[str]:
    """Each price that the row puts so far from what it was that it is asked about. Its goods are loaded."""
    assert row.product is not None
    new, old = (columns.read_row(columns.by_name(cells), names).values for cells in (row.cells, row.before))
    was = copy(row.product)
    was.price, was.tiers = old["price"], old.get("tiers", ())
    asked = low_prices.changed_prices(was, new)
    return [low_prices.words_of(one) for one in asked if low_prices.is_far(one.price, one.usual, day)]
