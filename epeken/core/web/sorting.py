"""Lists sorted by their heads: `?urut=jumlah`, downwards `?urut=-jumlah`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import F, QuerySet
from django.http import HttpRequest

Rows = TypeVar("Rows", bound=QuerySet[Any])


@dataclass(frozen=True)
class Column:
    """What the head of a column says. With a `code` the list can be sorted by `field`; `n`: a number."""

    text: str
    code: str = ""
    field: str = ""
    n: bool = False


def in_order(request: HttpRequest, found: Rows, columns: Sequence[Column], *usual: str) -> Rows:
    """By the column the address asks for, rows without a value last; otherwise by `usual`."""
    asked = request.GET.get("urut", "")
    column = next((column for column in columns if column.code and column.code == asked.removeprefix("-")), None)
    if column is None:
        return found.order_by(*usual)
    value = F(column.field)
    down = asked.startswith("-")
    return found.order_by(value.desc(nulls_last=True) if down else value.asc(nulls_last=True), "-pk")


def heads(request: HttpRequest, columns: Sequence[Column]) -> list[dict[str, Any]]:
    """For `components/table_head.html`; a second press turns the order round."""
    asked = request.GET.get("urut", "")
    cells = []
    for column in columns:
        cell: dict[str, Any] = {"text": column.text, "n": column.n}
        if column.code:
            up, down = asked == column.code, asked == f"-{column.code}"
            query = request.GET.copy()
            query["urut"] = f"-{column.code}" if up else column.code
            query.pop("page", None)
            cell |= {"href": f"?{query.urlencode()}", "sorted": "ascending" if up else "descending" if down else ""}
        cells.append(cell)
    return cells
