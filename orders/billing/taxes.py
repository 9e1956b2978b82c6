"""Tax a treasurer withholds from one invoice. Pure: the same facts and rates always give the same lines.

Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022 (treasurer regime); PMK 58/PMK.03/2022 (platform regime: the
marketplace collects PPh 22 of every payment, goods and services alike, and PPN); PP 55/2022 and PMK 164/2023 (final
rate and nil rate); UU PPh article 23 and PMK 141/PMK.03/2015 (catering); PMK 131/2024 (PPN 12 % × 11/12). Rates,
minimum and dates are rows of TaxRate; each reason for which a tax is not collected is a row of TaxExemption, and holds
on the days of that row alone. Everything is read on the day of the invoice, however and whenever it is paid.
Explanations are Indonesian whatever the reader's language, because they are kept for a legal sheet; a page asks for its
own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _
from django.utils.translation import override

from epeken.core.clock import valid_on
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.core.money import share, split
from epeken.core.quantity import percent
from epeken.core.sources import cited
from orders.billing import rules
from orders.billing.models import TaxExemption, TaxLine, TaxRate
from orders.billing.states import PaymentMethod, TaxKind, TaxRegime
from umkm.catalogue.states import FoodKind

GOODS, FINAL, CATERING, PPN = "pph22_goods", "pph22_final", "pph23_catering", "ppn"
ABOVE_MINIMUM = (GOODS, FINAL, PPN)  # collected by a treasurer, of purchases above a minimum
PLATFORM_PPH22, PLATFORM_PPN = "pph22_platform", "ppn_platform"
# Each rate that is computed, and the kind of tax it is of.
COMPUTED = {
    GOODS: TaxKind.PPH22,
    FINAL: TaxKind.PPH22_FINAL,
    CATERING: TaxKind.PPH23,
    PPN: TaxKind.PPN,
    PLATFORM_PPH22: TaxKind.PPH22,
    PLATFORM_PPN: TaxKind.PPN,
}
CARD_PPH22, CARD_FINAL, CARD_PPN = "card_pph22", "card_final", "card_ppn"
SMALL_PPH22, SMALL_FINAL, SMALL_PPN = "small_pph22", "small_final", "small_ppn"
SMALL = (SMALL_PPH22, SMALL_FINAL, SMALL_PPN)  # nothing is collected of a purchase that stands by itself
TURNOVER, TURNOVER_CATERING = "turnover_pph22", "turnover_catering"
CERTIFICATE_CATERING = "certificate_catering"
LOCAL_FOOD, STAPLE, NOT_PKP = "local_food", "staple", "not_pkp"
# Each exemption that is asked for, and the kind of tax that is then not collected.
EXEMPTIONS = {
    CARD_PPH22: TaxKind.PPH22,
    CARD_FINAL: TaxKind.PPH22_FINAL,
    CARD_PPN: TaxKind.PPN,
    SMALL_PPH22: TaxKind.PPH22,
    SMALL_FINAL: TaxKind.PPH22_FINAL,
    SMALL_PPN: TaxKind.PPN,
    TURNOVER: TaxKind.PPH22,
    TURNOVER_CATERING: TaxKind.PPH23,
    CERTIFICATE_CATERING: TaxKind.PPH23,
    LOCAL_FOOD: TaxKind.PPN,
    STAPLE: TaxKind.PPN,
    NOT_PKP: TaxKind.PPN,
}
ONE = Decimal(1)


@dataclass(frozen=True)
class TaxedLine:
    """What was accepted of one order line, in rupiah as sold (a PKP's price includes PPN)."""

    amount: int
    food_kind: str = FoodKind.NONE
    is_staple: bool = False


@dataclass(frozen=True)
class TaxedSeller:
    is_person: bool = True
    is_pkp: bool = False
    has_npwp: bool = True
    has_low_turnover_statement: bool = False
    has_final_tax_certificate: bool = False


@dataclass(frozen=True)
class TaxInput:
    """What one invoice is taxed on.

    `method` is None until the treasurer pays. `is_split`: the department bought the same day from the same owner once
    more. `purchase_value`: the whole order in rupiah without PPN, when this invoice is one of several; it is what is
    compared with the minimum.
    """

    lines: tuple[TaxedLine, ...]
    delivery: int
    seller: TaxedSeller
    day: date
    method: str | None = None
    is_split: bool = False
    purchase_value: int = 0


class NoRates(RuleBroken):
    """No row of the tax table holds on that day: nothing can be computed, and nothing is guessed."""

    def __init__(self, tax: str, day: date) -> None:
        self.tax, self.day = tax, day
        told = _(
            "Pajak tidak dapat dihitung: tabel pajak belum memuat ketentuan %(tax)s yang berlaku %(day)s. Minta "
            "pengelola e-Peken melengkapi tabelnya; tagihan tidak terbit sebelum itu."
        )
        super().__init__(told % {"tax": tax, "day": full_date(day)}, code="no_tax_rates")


@dataclass(frozen=True)
class TaxResult:
    """`exemptions`: why nothing is collected, or why this tax takes the place of another."""

    rule: TaxRate
    kind: str
    base: int
    rate: Decimal
    amount: int
    explanation: str
    exemptions: tuple[TaxExemption, ...] = ()
    is_collected: bool = True

    @property
    def basis(self) -> str:
        """What the result cites: for nothing collected the exemption's source alone, never the rate's."""
        told = [one.source for one in self.exemptions]
        sources = [self.rule.source, *told] if self.is_collected or not told else told
        return "; ".join(dict.fromkeys(cited(source) for source in sources))


@dataclass(frozen=True)
class Rates:
    """What is in force on a day: who collects, and the rates and exemptions by code."""

    day: date
    regime: TaxRegime
    by_code: Mapping[str, TaxRate]
    exemptions: Mapping[str, TaxExemption]

    def __getitem__(self, code: str) -> TaxRate:
        """Raises NoRates. Only what an invoice needs is asked for."""
        if code not in self.by_code:
            raise NoRates(str(COMPUTED[code].label), self.day)
        return self.by_code[code]

    @property
    def ppn(self) -> TaxRate:
        return self[PLATFORM_PPN if self.regime == TaxRegime.PLATFORM else PPN]


def rates_on(day: date) -> Rates:
    """The regime, rates and exemptions in force on `day`. Raises NoRates where not even the regime is known."""
    try:
        regime = TaxRegime(rules.REGIME.on(day))
    except LookupError:
        raise NoRates(_("pajak"), day) from None
    names = ("id", "code", "kind", "name", "source", "valid_from")
    exempt = TaxExemption.objects.filter(valid_on(day)).order_by("code", "valid_from")
    together = ArraySubquery(exempt.values(row=JSONObject(**{name: name for name in names})))  # one statement for both
    rows = list(TaxRate.objects.filter(valid_on(day)).annotate(exempt=together).order_by("code", "valid_from"))
    exemptions = [_exemption(row) for row in rows[0].exempt] if rows else []
    return Rates(day, regime, {row.code: row for row in rows}, {one.code: one for one in exemptions})


def _exemption(row: dict[str, Any]) -> TaxExemption:
    return TaxExemption(**row | {"valid_from": date.fromisoformat(row["valid_from"])})


def compute(invoice: TaxInput, rates: Rates, *, language: str = "id") -> list[TaxResult]:
    """At most one line per kind of tax; a tax that was looked at and collects nothing has amount 0 and says why.

    Delivery follows the goods, in proportion. Whole rupiah, half up, per document. `language` of the explanations.
    """
    try:
        with override(language):
            return _results(invoice, rates)
    except NoRates as gap:
        raise NoRates(gap.tax, gap.day) from None  # in the reader's language


def _results(invoice: TaxInput, rates: Rates) -> list[TaxResult]:
    parts = _with_delivery(invoice.lines, invoice.delivery)
    taxed, meals, staple, included = _shares(parts, invoice.seller, rates)
    by_platform = rates.regime == TaxRegime.PLATFORM
    catering = sum(a for a, line in parts if line.food_kind == FoodKind.CATERING)
    document = taxed + meals + staple - included
    results = []
    if by_platform:
        if document > 0:
            results.append(_pph22_platform(invoice, rates, document))
    else:
        if document - catering > 0:
            results.append(_pph22(invoice, rates, base=document - catering, document=document))
        if catering > 0:
            results.append(_of_catering(invoice, rates, catering))
        results = _merged(results)
    results.append(_ppn(invoice, rates, taxed=taxed, included=included, meals=meals, staple=staple, document=document))
    return results


def _merged(results: list[TaxResult]) -> list[TaxResult]:
    """Goods and catering of one bill may both be taxed finally: one line, since there is one of each kind.

    Both are of one rate, so the tax is computed and rounded once, on the sum of what bears it.
    """
    if len({result.kind for result in results}) == len(results):
        return results
    goods, catering = results
    bearing = [result for result in results if result.is_collected] or results
    base = sum(result.base for result in bearing)
    amount = share(base, catering.rate) if any(result.is_collected for result in results) else 0
    said = [result.explanation for result in results]
    if len(bearing) == len(results):
        told = {"rate": percent(catering.rate), "base": rupiah(base), "amount": rupiah(amount)}
        said.append(_("Seluruhnya %(rate)s dari %(base)s = %(amount)s.") % told)
    exemptions = (*catering.exemptions, *goods.exemptions)
    return [replace(catering, base=base, amount=amount, explanation=" ".join(said), exemptions=exemptions)]


def value_without_ppn(lines: Sequence[TaxedLine], delivery: int, seller: TaxedSeller, rates: Rates) -> int:
    """What these lines and their delivery are worth without PPN, in rupiah."""
    taxed, meals, staple, included = _shares(_with_delivery(lines, delivery), seller, rates)
    return taxed + meals + staple - included


def total(lines: Iterable[TaxResult | TaxLine]) -> int:
    """What is withheld from the payment."""
    return sum(line.amount for line in lines)


def replacing(kept: Iterable[TaxLine], results: Sequence[TaxResult], *, is_deducted: bool = False) -> list[TaxResult]:
    """What is to be written so that `results` are in force: those that say something else than the lines in force
    (`kept`), and a line of nothing for each kind that is not computed any more. `is_deducted`: by a decision."""
    lines = {line.kind: line for line in kept}
    new = {result.kind for result in results}
    changed = [
        result
        for result in results
        if (line := lines.get(result.kind)) is None
        or (line.base, line.amount, line.explanation) != (result.base, result.amount, result.explanation)
    ]
    gone = [line for line in lines.values() if line.kind not in new and (line.base or line.amount)]
    return [*changed, *(_nothing_left(line, is_deducted=is_deducted) for line in gone)]


def _nothing_left(line: TaxLine, *, is_deducted: bool) -> TaxResult:
    """In the place of a line whose tax is not computed any more: a deduction left nothing of it, or the rules that were
    in force on the invoice's day, entered since, put another tax in its place."""
    with override("id"):
        words = (
            _("%(tax)s tidak dipungut: yang dikenai pajak sudah dipotong seluruhnya menurut keputusan keluhan.")
            if is_deducted
            else _("%(tax)s tidak dipungut: menurut ketentuan pada hari tagihan, pajak lain menggantikannya.")
        )
        why = words % {"tax": TaxKind(line.kind).label}
    return TaxResult(line.rule, line.kind, 0, line.rate, 0, why)


def in_force(lines: Iterable[TaxLine]) -> list[TaxLine]:
    """A invoice's valid lines: a later line of the same kind replaces the earlier one (paid by government card)."""
    latest = {line.kind: line for line in sorted(lines, key=lambda line: line.pk)}
    return sorted(latest.values(), key=lambda line: list(TaxKind).index(TaxKind(line.kind)))


def is_by_platform(lines: Iterable[TaxLine]) -> bool:
    """Of lines in force, read with their rule: who runs the marketplace collects these taxes, not a treasurer. A bill
    of either regime has a line about PPN."""
    return any(line.rule.code == PLATFORM_PPN for line in lines)


def is_ppn_collected(lines: Iterable[TaxLine]) -> bool:
    """Of lines in force: the seller has a tax invoice for it."""
    return any(line.kind == TaxKind.PPN and line.amount for line in lines)


def _with_delivery(lines: Sequence[TaxedLine], delivery: int) -> list[tuple[int, TaxedLine]]:
    weights = [line.amount for line in lines]
    if not any(weights):
        return []
    extra = split(delivery, weights)
    return [(line.amount + more, line) for line, more in zip(lines, extra, strict=True)]


def _shares(parts: Sequence[tuple[int, TaxedLine]], seller: TaxedSeller, rates: Rates) -> tuple[int, int, int, int]:
    """Rupiah of taxable goods, meals and staples as sold, and the PPN included in the first."""
    meals = sum(a for a, line in parts if _is_meal(line, rates))
    staple = sum(a for a, line in parts if _is_staple(line, rates))
    taxed = sum(a for a, _line in parts) - meals - staple
    included = taxed - share(taxed, ONE / (ONE + _effective(rates.ppn))) if seller.is_pkp else 0
    return taxed, meals, staple, included


def _is_meal(line: TaxedLine, rates: Rates) -> bool:
    return line.food_kind != FoodKind.NONE and LOCAL_FOOD in rates.exemptions


def _is_staple(line: TaxedLine, rates: Rates) -> bool:
    return line.is_staple and line.food_kind == FoodKind.NONE and STAPLE in rates.exemptions


def _effective(rate: TaxRate) -> Decimal:
    return rate.rate * rate.base_numerator / rate.base_denominator


def _rate_for(seller: TaxedSeller, rule: TaxRate) -> Decimal:
    return rule.rate if seller.has_npwp else rule.rate * rule.no_npwp_factor


def _is_small(invoice: TaxInput, rate: TaxRate, document: int) -> bool:
    return max(document, invoice.purchase_value) <= rate.minimum and not invoice.is_split


def _nil(rule: TaxRate, kind: str, base: int, rate: Decimal, exemption: TaxExemption, why: str) -> TaxResult:
    return TaxResult(rule, kind, base, rate, 0, why, (exemption,), is_collected=False)


def _worth(invoice: TaxInput, document: int) -> str:
    return rupiah(max(document, invoice.purchase_value))


def _pph22(invoice: TaxInput, rates: Rates, *, base: int, document: int) -> TaxResult:
    seller = invoice.seller
    if (exempt := _low_turnover(invoice, rates, TURNOVER)) is not None:
        return _nil_for_low_turnover(rates[GOODS], base, exempt)
    final = seller.has_final_tax_certificate
    rule = rates[FINAL] if final else rates[GOODS]
    card = rates.exemptions.get(CARD_FINAL if final else CARD_PPH22)
    small = rates.exemptions.get(SMALL_FINAL if final else SMALL_PPH22)
    kind = TaxKind.PPH22_FINAL if final else TaxKind.PPH22
    name = "PPh final" if final else "PPh 22"
    rate = _rate_for(seller, rule)
    if card is not None and invoice.method == PaymentMethod.KKPD:
        why = _("%(tax)s tidak dipungut: dibayar dengan kartu kredit pemerintah daerah (KKPD).") % {"tax": name}
        return _nil(rule, kind, base, rate, card, why)
    if small is not None and _is_small(invoice, rule, document):
        why = _(
            "%(tax)s tidak dipungut: nilai belanja tanpa PPN %(worth)s, tidak lebih dari %(minimum)s, dihitung "
            "berdiri sendiri."
        ) % {"tax": name, "worth": _worth(invoice, document), "minimum": rupiah(rule.minimum)}
        return _nil(rule, kind, base, rate, small, why)
    amount = share(base, rate)
    because = _(", karena penjual memegang surat keterangan PP 55") if final else ""
    if rate != rule.rate:
        because = _(", dua kali tarif karena penjual belum punya NPWP")
    if document <= rule.minimum and invoice.purchase_value > rule.minimum:
        worth = rupiah(invoice.purchase_value)
        because += _(". Dipungut karena tagihan ini bagian dari pesanan senilai %(worth)s") % {"worth": worth}
    elif invoice.is_split and document <= rule.minimum:
        least = rupiah(rule.minimum)
        because += _(
            ". Dipungut walau tidak lebih dari %(minimum)s karena dihitung satu pembelian dengan yang lain"
        ) % {"minimum": least}
    words = {
        "tax": name, "rate": percent(rate), "base": rupiah(base), "amount": rupiah(amount), "because": because,
        "of": _("harga barang dan ongkos antar") if invoice.delivery else _("harga barang"),
    }  # fmt: skip
    why = (
        _("%(tax)s: %(rate)s dari %(of)s tanpa PPN %(base)s = %(amount)s%(because)s.")
        if seller.is_pkp
        else _("%(tax)s: %(rate)s dari %(of)s %(base)s = %(amount)s%(because)s.")
    ) % words
    return TaxResult(rule, kind, base, rate, amount, why)


def _pph22_platform(invoice: TaxInput, rates: Rates, base: int) -> TaxResult:
    """Goods and services alike, catering too, whatever the amount. Source: PMK 58/PMK.03/2022.

    A certificate holder's tax is final at the same rate, and a statement of low turnover holds as with a treasurer
    (PP 55/2022, PMK 164/2023) [?].
    """
    seller = invoice.seller
    if (exempt := _low_turnover(invoice, rates, TURNOVER)) is not None:
        return _nil_for_low_turnover(rates[PLATFORM_PPH22], base, exempt)
    final = seller.has_final_tax_certificate
    rule = rates[FINAL] if final else rates[PLATFORM_PPH22]
    kind, name = (TaxKind.PPH22_FINAL, "PPh final") if final else (TaxKind.PPH22, "PPh 22")
    amount = share(base, rule.rate)
    why = _(
        "%(tax)s: %(rate)s dari pembayaran tanpa PPN %(base)s = %(amount)s. Penyelenggara pasar memungut dan "
        "menyetorkannya."
    ) % {"tax": name, "rate": percent(rule.rate), "base": rupiah(base), "amount": rupiah(amount)}
    return TaxResult(rule, kind, base, rule.rate, amount, why)


def _low_turnover(invoice: TaxInput, rates: Rates, code: str) -> TaxExemption | None:
    """The exemption of a person who filed the statement; a body's statement changes nothing."""
    seller = invoice.seller
    return rates.exemptions.get(code) if seller.is_person and seller.has_low_turnover_statement else None


def _nil_for_low_turnover(rule: TaxRate, base: int, exemption: TaxExemption) -> TaxResult:
    why = _(
        "PPh 22 tidak dipungut: penjual perorangan sudah menyerahkan surat pernyataan omzet di bawah Rp500 juta "
        "setahun."
    )
    return _nil(rule, TaxKind.PPH22, base, Decimal(0), exemption, why)


def _of_catering(invoice: TaxInput, rates: Rates, base: int) -> TaxResult:
    """PPh 23, or in its place the final tax of who holds a certificate, or nothing for a person with the statement.

    None of them knows a minimum, and a government card changes none of them: it lifts what is *collected* under PPh 22,
    and these are withheld as PPh 23 is [?].
    Source: UU PPh article 23; PMK 141/PMK.03/2015; PMK 164/2023 article 8.
    """
    seller = invoice.seller
    if (exempt := _low_turnover(invoice, rates, TURNOVER_CATERING)) is not None:
        why = _(
            "PPh 23 jasa boga tidak dipotong: penjual perorangan sudah menyerahkan surat pernyataan omzet di bawah "
            "Rp500 juta setahun."
        )
        return _nil(rates[CATERING], TaxKind.PPH23, base, Decimal(0), exempt, why)
    exempt = rates.exemptions.get(CERTIFICATE_CATERING) if seller.has_final_tax_certificate else None
    rule = rates[CATERING] if exempt is None else rates[FINAL]
    rate = _rate_for(seller, rule)
    amount = share(base, rate)
    words = {"rate": percent(rate), "base": rupiah(base), "amount": rupiah(amount)}
    if exempt is not None:
        why = (
            _(
                "PPh final jasa boga: %(rate)s dari %(base)s = %(amount)s, karena penjual memegang surat keterangan "
                "PP 55; PPh 23 tidak dipotong. Tanpa batas nilai terendah."
            )
            % words
        )
        return TaxResult(rule, TaxKind.PPH22_FINAL, base, rate, amount, why, (exempt,))
    words["because"] = _(", dua kali tarif karena penjual belum punya NPWP") if rate != rule.rate else ""
    why = (
        _(
            "PPh 23 jasa boga: %(rate)s dari %(base)s = %(amount)s%(because)s. Makanan diantar dan disajikan di tempat "
            "pemesan adalah katering, tanpa batas nilai terendah."
        )
        % words
    )
    return TaxResult(rule, TaxKind.PPH23, base, rate, amount, why)


def _ppn(
    invoice: TaxInput, rates: Rates, *, taxed: int, included: int, meals: int, staple: int, document: int
) -> TaxResult:
    rule, base = rates.ppn, taxed - included
    by_platform = rates.regime == TaxRegime.PLATFORM
    card, small = rates.exemptions.get(CARD_PPN), rates.exemptions.get(SMALL_PPN)
    if taxed == 0 and (meals or staple):
        if meals and staple:
            why = _("PPN tidak ada: makanan dan minuman dikenai pajak daerah, dan kebutuhan pokok dibebaskan dari PPN.")
        elif meals:
            why = _("PPN tidak ada: makanan dan minuman dikenai pajak daerah, bukan PPN.")
        else:
            why = _("PPN tidak ada: semua barang adalah kebutuhan pokok yang dibebaskan dari PPN.")
        codes = [code for code, found in ((LOCAL_FOOD, meals), (STAPLE, staple)) if found]
        exemptions = tuple(rates.exemptions[code] for code in codes)
        return TaxResult(rule, TaxKind.PPN, 0, rule.rate, 0, why, exemptions, is_collected=False)
    if not invoice.seller.is_pkp:
        if NOT_PKP not in rates.exemptions:
            raise NoRates(str(TaxKind.PPN.label), rates.day)
        why = _("PPN tidak dipungut: penjual bukan Pengusaha Kena Pajak (PKP).")
        return _nil(rule, TaxKind.PPN, base, rule.rate, rates.exemptions[NOT_PKP], why)
    if card is not None and invoice.method == PaymentMethod.KKPD and not by_platform:
        why = _(
            "PPN %(included)s sudah termasuk harga dan disetor sendiri oleh penjual: dibayar dengan kartu kredit "
            "pemerintah daerah (KKPD)."
        ) % {"included": rupiah(included)}
        return _nil(rule, TaxKind.PPN, base, rule.rate, card, why)
    if small is not None and _is_small(invoice, rule, document):
        why = _(
            "PPN %(included)s sudah termasuk harga dan disetor sendiri oleh penjual: nilai belanja tanpa PPN "
            "%(worth)s, tidak lebih dari %(minimum)s, dihitung berdiri sendiri."
        ) % {"included": rupiah(included), "worth": _worth(invoice, document), "minimum": rupiah(rule.minimum)}
        return _nil(rule, TaxKind.PPN, base, rule.rate, small, why)
    fraction = f" × {rule.base_numerator}/{rule.base_denominator}" if rule.base_denominator != 1 else ""
    why = _(
        "PPN: %(rate)s dari harga tanpa PPN %(base)s = %(amount)s. Sudah termasuk harga; %(collector)s memungut dan "
        "menyetorkannya."
    ) % {
        "rate": percent(rule.rate) + fraction, "base": rupiah(base), "amount": rupiah(included),
        "collector": _("penyelenggara pasar") if by_platform else _("bendahara"),
    }  # fmt: skip
    return TaxResult(rule, TaxKind.PPN, base, rule.rate, included, why)
