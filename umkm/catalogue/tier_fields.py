"""Price tiers as a seller writes them: rows of a form, or one cell of a file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core.i18n.words import rupiah
from epeken.core.quantity import plain
from epeken.core.web.forms import CompoundFormField, QuantityFormField, RupiahFormField
from umkm.catalogue.tiers import MOST, PriceTier, Tiers

Written = list[tuple[str, str]]  # quantity and price of each row, as typed
_QUANTITY = QuantityFormField(required=False)
_PRICE = RupiahFormField(required=False, min_value=1)


@dataclass(frozen=True)
class TierRow:
    """The two boxes of one row: name and text of each. `is_wrong`: refused, or one of those that may be why."""

    number: int
    from_name: str
    from_text: str
    price_name: str
    price_text: str
    is_wrong: bool


class TiersWidget(forms.Widget):
    """Two boxes for each row, `<name>_from_<n>` and `<name>_price_<n>`; `umkm/catalogue/_tiers.html` lays them out."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Written:
        return [(data.get(f"{name}_from_{n}", ""), data.get(f"{name}_price_{n}", "")) for n in range(1, MOST + 1)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not any(f"{name}_from_{n}" in data for n in range(1, MOST + 1))

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_from_1" if id_ else id_


class TiersFormField(CompoundFormField):
    """Up to three rows of a quantity and a price; an empty row says nothing. Gives tiers, the least quantity first."""

    widget = TiersWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"label": gettext_lazy("Harga grosir"), "required": False, **kwargs})
        self.suffix: Any = ""  # the unit, where it is known

    def to_python(self, value: Any) -> Tiers:
        return read_rows(value or ())

    def prepare_value(self, value: Any) -> Written:
        rows = [written(one) if isinstance(one, PriceTier) else one for one in value or ()]
        return [*rows, *[("", "")] * (MOST - len(rows))]

    def rows(self, bound: forms.BoundField) -> list[TierRow]:
        name = bound.html_name
        problems = bound.errors.as_data()
        named = {problem.params["row"] for problem in problems if problem.params and "row" in problem.params}
        is_refused = bool(problems) and not named  # the rows are judged as one value
        return [
            TierRow(
                n,
                f"{name}_from_{n}",
                quantity,
                f"{name}_price_{n}",
                price,
                is_wrong=n in named or (is_refused and bool(quantity.strip() or price.strip())),
            )
            for n, (quantity, price) in enumerate(self.prepare_value(bound.value()), 1)
        ]

    def words(self, value: Tiers) -> str:
        """As a file writes them."""
        return in_words(value) or _("kosong")

    def fill(self, data: QueryDict, key: str, value: Tiers) -> None:
        for n, (quantity, price) in enumerate(self.prepare_value(value), 1):
            data[f"{key}_from_{n}"], data[f"{key}_price_{n}"] = quantity, price


def written(tier: PriceTier) -> tuple[str, str]:
    return plain(tier.from_quantity), rupiah(tier.price).removeprefix("Rp")


def in_words(tiers: Iterable[PriceTier]) -> str:
    """`50: 18.000; 100: 17.000`, as `read_text` reads it."""
    return "; ".join(": ".join(written(one)) for one in tiers)


def read_text(text: str) -> Tiers:
    """Of one cell of a file. Raises ValidationError."""
    rows = []
    for part in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        quantity, colon, price = part.partition(":")
        if not colon:
            raise forms.ValidationError(_("Tulis jumlah, titik dua, harga, misalnya 50: 18.000; 100: 17.000."))
        rows.append((quantity.strip(), price.strip()))
    return read_rows(rows)


def read_rows(rows: Iterable[tuple[str, str]]) -> Tiers:
    """Raises ValidationError, naming the row."""
    return tuple(sorted(_read(rows)))


def _read(rows: Iterable[tuple[str, str]]) -> Iterator[PriceTier]:
    for number, (quantity, price) in enumerate(rows, 1):
        if not quantity.strip() and not price.strip():
            continue
        if not quantity.strip() or not price.strip():
            text = _("Harga grosir %(row)d: isi jumlah dan harganya, atau kosongkan keduanya.")
            raise forms.ValidationError(text, code="tier_half", params={"row": number})
        try:
            yield PriceTier(_QUANTITY.clean(quantity), _PRICE.clean(price))
        except forms.ValidationError as problem:
            params = {"row": number, "why": " ".join(problem.messages)}
            raise forms.ValidationError(_("Harga grosir %(row)d: %(why)s"), code="tier_unread", params=params) from None
