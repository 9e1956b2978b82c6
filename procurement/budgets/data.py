"""What the data of a purchase says of a budget line."""

from typing import Any

from procurement.budgets.models import BudgetLine


def line_data(line: BudgetLine) -> dict[str, Any]:
    return {
        "year": line.year,
        "activity": line.activity_code,
        "account": line.account_id,
        "rup_id": line.rup_id,
    }
