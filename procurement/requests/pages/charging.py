"""What the pages of a request say about the budget lines that pay for it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from procurement.budgets.models import BudgetLine
from procurement.guards import budget_fit
from procurement.requests.contents import RequestContents
from procurement.requests.forms import ChargeForm
from procurement.requests.models import PurchaseRequest


def spendable(request: PurchaseRequest, now: datetime) -> list[BudgetLine]:
    """Every budget line a request of the department may choose. One query."""
    found = BudgetLine.objects.spendable(request.agency, clock.local_date(now))
    return list(found.order_by("account", "activity_code", "pk"))


def choosable(request: PurchaseRequest, held: RequestContents, lines: Iterable[BudgetLine]) -> list[BudgetLine]:
    """Which of them may pay for goods of the draft: of the year of its own line, and with an RUP id; the own first.
    Those chosen before stay, so that the page says what there is."""
    main = request.line
    if main is None:
        return []
    chosen = {charge.line.pk: charge.line for charge in held.charged(main)}
    fitting = {line.pk: line for line in lines if line.year == main.year and line.rup_id.strip()}
    return list(({main.pk: main} | fitting | chosen).values())


def count_bearing(held: RequestContents, lines: Iterable[BudgetLine]) -> int:
    """How many of the lines could pay for the whole draft: with enough left, on an account that pays for its goods."""
    able = [line for line in lines if line.rup_id and line.available >= held.total]
    fitting = budget_fit.fitting_accounts(held, (line.account_id for line in able), held.day)
    return sum(line.account_id in fitting for line in able)


def section(request: PurchaseRequest, held: RequestContents, lines: Iterable[BudgetLine]) -> dict[str, Any] | None:
    """For `requests/_charging.html`; None where there is nothing to choose."""
    found = choosable(request, held, lines)
    if len(found) < 2 or not held.kept:
        return None
    charged = held.charged(request.line)
    form = ChargeForm(request=request, goods=held.kept, lines=found)
    return {
        "form": form,
        "main": request.line,
        "rows": rows(held, request) if any(charge.line.pk != request.line_id for charge in charged) else [],
    }


def rows(held: RequestContents, request: PurchaseRequest) -> list[dict[str, Any]]:
    """What each budget line bears, the request's own first; for `components/facts.html`."""
    return [
        {
            "label": charge.line.activity_name,
            "value": rupiah(charge.amount),
            "note": _("%(account)s, sisa pagu %(left)s")
            % {"account": charge.line.account_id, "left": rupiah(charge.line.available)},
        }
        for charge in held.charged(request.line)
    ]
