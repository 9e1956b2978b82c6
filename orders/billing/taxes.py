"""Tax a treasurer withholds from one invoice. Pure: the same facts and rates always give the same lines.

Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022 (treasurer regime); PMK 58/PMK.03/2022 (platform regime: the
marketplace collects PPh 22 of every payment, goods and services alike, and PPN); PP 55/2022 and PMK 164/2023 (final
rate and nil rate); UU PPh article 23 and PMK 141/PMK.03/2015 (catering); PMK 131/2024 (PPN 12 % × 11/12). Rates,
minimum and dates are rows of TaxRate. Explanations are Indonesian whatever the reader's language, because they are kept
for a legal sheet; a page asks for its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import override

from epeken.core.clock import valid_on
from epeken.core.i18n.words import rupiah
from epeken.core.money import share, split
from epeken.core.quantity import percent
from orders.billing import rules
from orders.billing.models import TaxLine, TaxRate
from orders.billing.states import PaymentMethod, TaxKind, TaxRegime
from umkm.catalogue.states import FoodKind

GOODS, FINAL, CATERING, PPN = "pph22_goods", "pph22_final", "pph23_catering", "ppn"
PLATFORM_PPH22, PLATFORM_PPN = "pph22_platform", "ppn_platform"
USED = {
    TaxRegime.TREASURER: {GOODS, FINAL, CATERING, PPN},
    TaxRegime.PLATFORM: {PLATFORM_PPH22, FINAL, PLATFORM_PPN},
}
COMPUTED = frozenset().union(*USED.values())
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


@dataclass(frozen=True)
class TaxResult:
    rule: TaxRate
    kind: str
    base: int
    rate: Decimal
    amount: int
    explanation: str


@dataclass(frozen=True)
class Rates:
    """What is in force on a day: who collects, and the rates by code."""

    regime: TaxRegime
    by_code: Mapping[str, TaxRate]

    def __getitem__(self, code: str) -> TaxRate:
        return self.by_code[code]

    @property
    def ppn(self) -> TaxRate:
        return self[PLATFORM_PPN if self.regime == TaxRegime.PLATFORM else PPN]


def rates_on(day: date) -> Rates:
    """The regime and the rates in force on `day`. Raises LookupError when one is missing: a configuration fault."""
    regime = TaxRegime(rules.REGIME.on(day))
    rows = TaxRate.objects.filter(valid_on(day))
    found = {row.code: row for row in rows.order_by("code", "valid_from")}
    missing = USED[regime] - found.keys()
    if missing:
        raise LookupError(f"No tax rate in force on {day} for {sorted(missing)}")
    return Rates(regime, found)


def compute(invoice: TaxInput, rates: Rates, *, language: str = "id") -> list[TaxResult]:
    """At most one line per kind of tax; a tax that was looked at and collects nothing has amount 0 and says why.

    Delivery follows the goods, in proportion. Whole rupiah, half up, per document. `language` of the explanations.
    """
    with override(language):
        return _results(invoice, rates)


def _results(invoice: TaxInput, rates: Rates) -> list[TaxResult]:
    parts = _with_delivery(invoice.lines, invoice.delivery)
    taxed, meals, staple, included = _shares(parts, invoice.seller, rates.ppn)
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
            results.append(_pph23(invoice, rates[CATERING], catering))
    collector = _("penyelenggara pasar") if by_platform else _("bendahara")
    results.append(_ppn(invoice, rates.ppn, collector, taxed=taxed, included=included, meals=meals, document=document))
    return results


def value_without_ppn(lines: Sequence[TaxedLine], delivery: int, seller: TaxedSeller, rates: Rates) -> int:
    """What these lines and their delivery are worth without PPN, in rupiah."""
    taxed, meals, staple, included = _shares(_with_delivery(lines, delivery), seller, rates.ppn)
    return taxed + meals + staple - included


def total(lines: Iterable[TaxResult | TaxLine]) -> int:
    """What is withheld from the payment."""
    return sum(line.amount for line in lines)


def nothing_left(line: TaxLine) -> TaxResult:
    """In the place of a line of which a deduction left nothing to tax."""
    with override("id"):
        why = _("%(tax)s tidak dipungut: yang dikenai pajak sudah dipotong seluruhnya menurut keputusan keluhan.") % {
            "tax": TaxKind(line.kind).label
        }
    return TaxResult(line.rule, line.kind, 0, line.rate, 0, why)


def in_force(lines: Iterable[TaxLine]) -> list[TaxLine]:
    """A invoice's valid lines: a later line of the same kind replaces the earlier one (paid by government card)."""
    latest = {line.kind: line for line in sorted(lines, key=lambda line: line.pk)}
    return sorted(latest.values(), key=lambda line: list(TaxKind).index(TaxKind(line.kind)))


def _with_delivery(lines: Sequence[TaxedLine], delivery: int) -> list[tuple[int, TaxedLine]]:
    weights = [line.amount for line in lines]
    if not any(weights):
        return []
    extra = split(delivery, weights)
    return [(line.amount + more, line) for line, more in zip(lines, extra, strict=True)]


def _shares(parts: Sequence[tuple[int, TaxedLine]], seller: TaxedSeller, ppn: TaxRate) -> tuple[int, int, int, int]:
    """Rupiah of taxable goods, meals and staples as sold, and the PPN included in the first."""
    taxed = sum(a for a, line in parts if line.food_kind == FoodKind.NONE and not line.is_staple)
    meals = sum(a for a, line in parts if line.food_kind != FoodKind.NONE)
    staple = sum(a for a, line in parts if line.food_kind == FoodKind.NONE and line.is_staple)
    included = taxed - share(taxed, ONE / (ONE + _effective(ppn))) if seller.is_pkp else 0
    return taxed, meals, staple, included


def _effective(rate: TaxRate) -> Decimal:
    return rate.rate * rate.base_numerator / rate.base_denominator


def _is_small(invoice: TaxInput, rate: TaxRate, document: int) -> bool:
    return max(document, invoice.purchase_value) <= rate.minimum and not invoice.is_split


def _worth(invoice: TaxInput, document: int) -> str:
    return rupiah(max(document, invoice.purchase_value))


def _pph22(invoice: TaxInput, rates: Rates, *, base: int, document: int) -> TaxResult:
    seller = invoice.seller
    if seller.is_person and seller.has_low_turnover_statement:
        return _nil_for_low_turnover(rates[FINAL], base)
    final = seller.has_final_tax_certificate
    rule = rates[FINAL] if final else rates[GOODS]
    kind = TaxKind.PPH22_FINAL if final else TaxKind.PPH22
    name = "PPh final" if final else "PPh 22"
    rate = rule.rate if seller.has_npwp else rule.rate * rule.no_npwp_factor
    if invoice.method == PaymentMethod.KKPD:
        why = _("%(tax)s tidak dipungut: dibayar dengan kartu kredit pemerintah daerah (KKPD).") % {"tax": name}
        return TaxResult(rule, kind, base, rate, 0, why)
    if _is_small(invoice, rule, document):
        why = _(
            "%(tax)s tidak dipungut: nilai belanja tanpa PPN %(worth)s, tidak lebih dari %(minimum)s, dan bukan "
            "belanja yang dipecah."
        ) % {"tax": name, "worth": _worth(invoice, document), "minimum": rupiah(rule.minimum)}
        return TaxResult(rule, kind, base, rate, 0, why)
    amount = share(base, rate)
    because = _(", karena penjual memegang surat keterangan PP 55") if final else ""
    if rate != rule.rate:
        because = _(", dua kali tarif karena penjual belum punya NPWP")
    if document <= rule.minimum and invoice.purchase_value > rule.minimum:
        worth = rupiah(invoice.purchase_value)
        because += _(". Dipungut karena tagihan ini bagian dari pesanan senilai %(worth)s") % {"worth": worth}
    elif invoice.is_split and document <= rule.minimum:
        least = rupiah(rule.minimum)
        because += _(". Dipungut walau tidak lebih dari %(minimum)s karena belanjanya dipecah") % {"minimum": least}
    words = {
        "tax": name, "rate": percent(rate), "base": rupiah(base), "amount": rupiah(amount), "because": because,
    }  # fmt: skip
    why = (
        _("%(tax)s: %(rate)s dari harga barang tanpa PPN %(base)s = %(amount)s%(because)s.")
        if seller.is_pkp
        else _("%(tax)s: %(rate)s dari harga barang %(base)s = %(amount)s%(because)s.")
    ) % words
    return TaxResult(rule, kind, base, rate, amount, why)


def _pph22_platform(invoice: TaxInput, rates: Rates, base: int) -> TaxResult:
    """Goods and services alike, catering too, whatever the amount. Source: PMK 58/PMK.03/2022.

    A certificate holder's tax is final at the same rate, and a statement of low turnover holds as with a treasurer
    (PP 55/2022, PMK 164/2023) [?].
    """
    seller = invoice.seller
    if seller.is_person and seller.has_low_turnover_statement:
        return _nil_for_low_turnover(rates[FINAL], base)
    final = seller.has_final_tax_certificate
    rule = rates[FINAL] if final else rates[PLATFORM_PPH22]
    kind, name = (TaxKind.PPH22_FINAL, "PPh final") if final else (TaxKind.PPH22, "PPh 22")
    amount = share(base, rule.rate)
    why = _(
        "%(tax)s: %(rate)s dari pembayaran tanpa PPN %(base)s = %(amount)s. Penyelenggara pasar memungut dan "
        "menyetorkannya."
    ) % {"tax": name, "rate": percent(rule.rate), "base": rupiah(base), "amount": rupiah(amount)}
    return TaxResult(rule, kind, base, rule.rate, amount, why)


def _nil_for_low_turnover(rule: TaxRate, base: int) -> TaxResult:
    return TaxResult(
        rule, TaxKind.PPH22, base, Decimal(0), 0,
        _(
            "PPh 22 tidak dipungut: penjual perorangan sudah menyerahkan surat pernyataan omzet di bawah Rp500 juta "
            "setahun."
        ),
    )  # fmt: skip


def _pph23(invoice: TaxInput, rule: TaxRate, base: int) -> TaxResult:
    rate = rule.rate if invoice.seller.has_npwp else rule.rate * rule.no_npwp_factor
    amount = share(base, rate)
    because = _(", dua kali tarif karena penjual belum punya NPWP") if rate != rule.rate else ""
    why = _(
        "PPh 23 jasa boga: %(rate)s dari %(base)s = %(amount)s%(because)s. Makanan diantar dan disajikan di tempat "
        "pemesan adalah katering, tanpa batas nilai terendah."
    ) % {"rate": percent(rate), "base": rupiah(base), "amount": rupiah(amount), "because": because}
    if invoice.seller.has_low_turnover_statement or invoice.seller.has_final_tax_certificate:
        why += " " + _(
            "e-Peken menerapkan surat pernyataan omzet dan surat keterangan PP 55 pada PPh 22; PPh 23 dipotong dengan "
            "tarif di atas."
        )
    return TaxResult(rule, TaxKind.PPH23, base, rate, amount, why)


def _ppn(
    invoice: TaxInput, rule: TaxRate, collector: str, *, taxed: int, included: int, meals: int, document: int
) -> TaxResult:
    base = taxed - included
    if taxed == 0:
        why = (
            _("PPN tidak ada: makanan dan minuman dikenai pajak daerah, bukan PPN.")
            if meals
            else _("PPN tidak ada: semua barang adalah kebutuhan pokok yang dibebaskan dari PPN.")
        )
        return TaxResult(rule, TaxKind.PPN, 0, rule.rate, 0, why)
    if not invoice.seller.is_pkp:
        why = _("PPN tidak dipungut: penjual bukan Pengusaha Kena Pajak (PKP).")
        return TaxResult(rule, TaxKind.PPN, base, rule.rate, 0, why)
    if _is_small(invoice, rule, document):
        why = _(
            "PPN %(included)s sudah termasuk harga dan disetor sendiri oleh penjual: nilai belanja tanpa PPN "
            "%(worth)s, tidak lebih dari %(minimum)s, dan bukan belanja yang dipecah."
        ) % {"included": rupiah(included), "worth": _worth(invoice, document), "minimum": rupiah(rule.minimum)}
        return TaxResult(rule, TaxKind.PPN, base, rule.rate, 0, why)
    fraction = f" × {rule.base_numerator}/{rule.base_denominator}" if rule.base_denominator != 1 else ""
    why = _(
        "PPN: %(rate)s dari harga tanpa PPN %(base)s = %(amount)s. Sudah termasuk harga; %(collector)s memungut dan "
        "menyetorkannya."
    ) % {
        "rate": percent(rule.rate) + fraction, "base": rupiah(base), "amount": rupiah(included),
        "collector": collector,
    }  # fmt: skip
    return TaxResult(rule, TaxKind.PPN, base, rule.rate, included, why)
