"""What goods of a category usually are: the values a seller need not type. Data: `data/categories.csv`."""

import csv
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from umkm.catalogue.models import Category
from umkm.catalogue.states import FoodKind, Keeps, StockMode, Unit

DATA = Path(__file__).resolve().parent.parent / "data" / "categories.csv"
WHOLE_UNITS = frozenset(set(Unit) - {Unit.KG, Unit.LITRE, Unit.METRE})


@cache
def _rows() -> dict[str, dict[str, Any]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return {
            row["slug"]: {
                "unit": row["unit"],
                "minimum": Decimal(row["minimum"]),
                "stock_mode": row["stock_mode"],
                "lead_days": int(row["lead_days"]),
                "food_kind": row["food_kind"],
                "keeps": row["keeps"],
            }
            for row in csv.DictReader(file)
        }


def usual(category: Category) -> dict[str, Any]:
    """unit, minimum, stock_mode, lead_days, food_kind, keeps; the parent's for a category added later."""
    rows = _rows()
    if category.slug in rows:
        return dict(rows[category.slug])
    if category.parent_id and category.parent and category.parent.slug in rows:
        return dict(rows[category.parent.slug])
    ready = category.is_food and category.for_swk
    return {
        "unit": Unit.PCS.value,
        "minimum": Decimal(1),
        "stock_mode": StockMode.STOCK.value,
        "lead_days": 0,
        "food_kind": (FoodKind.SHOP if ready else FoodKind.NONE).value,
        "keeps": (Keeps.COOKED if ready else Keeps.DRY if category.is_food else Keeps.OTHER).value,
    }


def is_ready_food(category: Category) -> bool:
    """Prepared food and drink: the only thing an SWK stall sells, and what catering tax can concern."""
    return category.is_food and category.for_swk
