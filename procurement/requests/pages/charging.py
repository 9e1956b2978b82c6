"""What the pages of a request say about the budget lines that pay for it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from procurement.budgets.models import BudgetLine
from procurement.guards import about, budget_fit
from procurement.guards.concerns import Concern
from procurement.guards.models import GuardFinding
from procurement.guards.states import GuardKind
from procurement.requests import policies
from procurement.requests.contents import RequestContents
from procurement.requests.forms import ChargeForm
from procurement.requests.models import PurchaseRequest, RequestLine

NAMED = 3  # so many budget lines that fit are named, the others counted


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


def section(
    request: PurchaseRequest, held: RequestContents, lines: Iterable[BudgetLine], *, is_to_check: bool = False
) -> dict[str, Any] | None:
    """For `requests/_charging.html`; None where there is nothing to choose. `is_to_check`: the page says that goods
    are not charged as they should be."""
    found = choosable(request, held, lines)
    if len(found) < 2 or not held.kept:
        return None
    charged = held.charged(request.line)
    form = ChargeForm(request=request, goods=held.kept, lines=found)
    told = rows(held, request) if any(charge.line.pk != request.line_id for charge in charged) else []
    return {"form": form, "main": request.line, "rows": told, "is_open": bool(told) or is_to_check}


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


def choice(request: PurchaseRequest, section: dict[str, Any] | None) -> dict[str, str]:
    """`href` and `link` to where a draft chooses who pays; `section`: of `section`, which one line alone has not."""
    if section is not None:
        return _choice()
    edit = reverse("procurement:request-edit", args=[request.number])
    return {"href": f"{edit}#id_line", "link": _("Pilih mata anggaran")}


def _choice() -> dict[str, str]:
    return {"href": "#beban", "link": _("Bebankan ke mata anggaran lain")}


def remedies(
    request: PurchaseRequest, held: RequestContents, found: Iterable[Concern | GuardFinding], now: datetime
) -> dict[str, dict[str, str]]:
    """By the key of a warning about an account, a note for `components/guard.html`: to which other budget line its
    goods can be charged, or who can make one.

    In a draft its requester chooses it; of a request that was sent the officer gives it back. Nothing where the award
    of a request for quotation keeps its line. Two queries where there is such a warning, else none.
    """
    wrong = [one for one in found if one.kind == GuardKind.ACCOUNT]
    if not wrong or policies.holds_award(request):
        return {}
    lines = [line for line in choosable(request, held, spendable(request, now)) if line.rup_id.strip()]
    paid = budget_fit.paid_categories({line.account_id for line in lines}, held.day)
    told = {}
    for one in wrong:
        goods = about.lines_of(one, held.kept)
        fitting = [line for line in lines if budget_fit.pays(paid[line.account_id], goods)]
        able = [line for line in fitting if _bears(request, held, goods, line)]
        named = "; ".join(line.name for line in goods)
        told[one.key] = _remedy(policies.holds(request), named, _names(able or fitting), is_enough=bool(able))
    return told


def with_remedies(
    guards: Iterable[dict[str, Any]], told: Mapping[str, dict[str, str]], of: str
) -> list[dict[str, Any]]:
    """Warnings of a form, each with its remedy before its other notes; `of`: the name under which a row has its
    warning."""
    return [row | {"notes": [told[row[of].key], *row["notes"]]} if row[of].key in told else row for row in guards]


def _bears(request: PurchaseRequest, held: RequestContents, goods: Iterable[RequestLine], to: BudgetLine) -> bool:
    """Whether enough is left on the line for what it would pay with these goods and their delivery."""
    own = held.charges.get(to.pk, 0) if policies.holds(request) else 0  # reserved already
    return held.charges_if({line.pk: to.pk for line in goods}).get(to.pk, 0) <= to.available + own


def _remedy(is_sent: bool, goods: str, names: str, *, is_enough: bool) -> dict[str, str]:
    if not names:
        text = _(
            "Dinas ini tidak punya mata anggaran lain tahun itu yang menurut uraiannya membayar barang ini. Mata "
            "anggaran ditetapkan pengelola anggaran kota; kepala dinas yang mengajukannya."
        )
        return {"text": text}
    if not is_enough:
        text = _("%(lines)s, tetapi sisa pagunya kurang; kepala dinas dapat mengajukan tambahannya.")
        names = text % {"lines": names}
    if is_sent:
        return {"text": _("Kembalikan agar %(goods)s dibebankan ke %(lines)s") % {"goods": goods, "lines": names}}
    return {"text": names, **_choice()}


def _names(lines: Sequence[BudgetLine]) -> str:
    """`Rapat koordinasi (5.1.02.01.01.0052, sisa pagu Rp9.000.000)`, of the first few."""
    text = _("%(name)s (%(account)s, sisa pagu %(left)s)")
    names = [
        text % {"name": line.activity_name, "account": line.account_id, "left": rupiah(line.available)}
        for line in lines[:NAMED]
    ]
    if len(lines) > NAMED:
        names.append(_("dan %(count)d lagi") % {"count": len(lines) - NAMED})
    return "; ".join(names)
