"""Tax a treasurer withholds from one invoice. Pure: the same facts and rates always give the same lines.

Source: PMK 231/PMK.03/2019 jo. PMK 59/PMK.03/2022 (treasurer regime); PP 55/2022 and PMK 164/2023 (final rate and
nil rate); UU PPh article 23 and PMK 141/PMK.03/2015 (catering); PMK 131/2024 (PPN 12 % × 11/12). Rates, minimum and
dates are rows of TaxRate. Explanations are Indonesian whatever the reader's language: they stand on a legal sheet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from epeken.core.i18n.words import rupiah
from epeken.core.money import share, split
from epeken.core.quantity import plain
from orders.billing.models import TaxLine, TaxRate
from orders.billing.states import PaymentMethod, TaxKind
from umkm.catalogue.states import FoodKind

GOODS, FINAL, CATERING, PPN = "pph22_goods", "pph22_final", "pph23_catering", "ppn"
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
    """`method` is None until the treasurer pays. `is_split`: the true value of the purchase is above this document."""

    lines: tuple[TaxedLine, ...]
    delivery: int
    seller: TaxedSeller
    day: date
    method: str | None = None
    is_split: bool = False


@dataclass(frozen=True)
class TaxResult:
    rule: TaxRate
    kind: str
    base: int
    rate: Decimal
    amount: int
    explanation: str


def rates_on(day: date) -> dict[str, TaxRate]:
    """The rates in force on `day`, by code. Raises LookupError when one is missing: a configuration fault."""
    rows = TaxRate.objects.filter(valid_from__lte=day).filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
    found = {row.code: row for row in rows.order_by("code", "valid_from")}
    missing = {GOODS, FINAL, CATERING, PPN} - found.keys()
    if missing:
        raise LookupError(f"No tax rate in force on {day:%Y-%m-%d} for {sorted(missing)}")
    return found


def compute(invoice: TaxInput, rates: Mapping[str, TaxRate]) -> list[TaxResult]:
    """At most one line per kind of tax; a tax that was looked at and collects nothing has amount 0 and says why.

    Delivery follows the goods, in proportion. Whole rupiah, half up, per document.
    """
    parts = _with_delivery(invoice)
    ppn = rates[PPN]
    taxed = sum(a for a, line in parts if line.food_kind == FoodKind.NONE and not line.is_staple)
    meals = sum(a for a, line in parts if line.food_kind != FoodKind.NONE)
    staple = sum(a for a, line in parts if line.food_kind == FoodKind.NONE and line.is_staple)
    catering = sum(a for a, line in parts if line.food_kind == FoodKind.CATERING)
    included = taxed - share(taxed, ONE / (ONE + _effective(ppn))) if invoice.seller.is_pkp else 0
    document = taxed + meals + staple - included
    results = []
    if document - catering > 0:
        results.append(_pph22(invoice, rates, base=document - catering, document=document))
    if catering > 0:
        results.append(_pph23(invoice, rates[CATERING], catering))
    results.append(_ppn(invoice, ppn, taxed=taxed, included=included, meals=meals, document=document))
    return results


def total(lines: Iterable[TaxResult | TaxLine]) -> int:
    """What is withheld from the payment."""
    return sum(line.amount for line in lines)


def in_force(lines: Iterable[TaxLine]) -> list[TaxLine]:
    """A invoice's valid lines: a later line of the same kind replaces the earlier one (paid by government card)."""
    latest = {line.kind: line for line in sorted(lines, key=lambda line: line.pk)}
    return sorted(latest.values(), key=lambda line: list(TaxKind).index(TaxKind(line.kind)))


def _with_delivery(invoice: TaxInput) -> list[tuple[int, TaxedLine]]:
    weights = [line.amount for line in invoice.lines]
    if not any(weights):
        return []
    extra = split(invoice.delivery, weights)
    return [(line.amount + more, line) for line, more in zip(invoice.lines, extra, strict=True)]


def _effective(rate: TaxRate) -> Decimal:
    return rate.rate * rate.base_numerator / rate.base_denominator


def _percent(rate: Decimal) -> str:
    return f"{plain(rate * 100)}%"


def _is_small(invoice: TaxInput, rate: TaxRate, document: int) -> bool:
    return document <= rate.minimum and not invoice.is_split


def _pph22(invoice: TaxInput, rates: Mapping[str, TaxRate], *, base: int, document: int) -> TaxResult:
    seller = invoice.seller
    if seller.is_person and seller.has_low_turnover_statement:
        return TaxResult(
            rates[FINAL], TaxKind.PPH22, base, Decimal(0), 0,
            "PPh 22 tidak dipungut: penjual perorangan sudah menyerahkan surat pernyataan omzet "
            "di bawah Rp500 juta setahun.",
        )  # fmt: skip
    final = seller.has_final_tax_certificate
    rule = rates[FINAL] if final else rates[GOODS]
    kind = TaxKind.PPH22_FINAL if final else TaxKind.PPH22
    name = "PPh final" if final else "PPh 22"
    rate = rule.rate if seller.has_npwp else rule.rate * rule.no_npwp_factor
    if invoice.method == PaymentMethod.KKPD:
        why = f"{name} tidak dipungut: dibayar dengan kartu kredit pemerintah daerah (KKPD)."
        return TaxResult(rule, kind, base, rate, 0, why)
    if _is_small(invoice, rule, document):
        why = (
            f"{name} tidak dipungut: nilai belanja tanpa PPN {rupiah(document)}, tidak lebih dari "
            f"{rupiah(rule.minimum)}, dan bukan belanja yang dipecah."
        )
        return TaxResult(rule, kind, base, rate, 0, why)
    amount = share(base, rate)
    because = ", karena penjual memegang surat keterangan PP 55" if final else ""
    if rate != rule.rate:
        because = ", dua kali tarif karena penjual belum punya NPWP"
    if invoice.is_split and document <= rule.minimum:
        because += f". Dipungut walau tidak lebih dari {rupiah(rule.minimum)} karena belanjanya dipecah"
    without = " tanpa PPN" if seller.is_pkp else ""
    why = f"{name}: {_percent(rate)} dari harga barang{without} {rupiah(base)} = {rupiah(amount)}{because}."
    return TaxResult(rule, kind, base, rate, amount, why)


def _pph23(invoice: TaxInput, rule: TaxRate, base: int) -> TaxResult:
    rate = rule.rate if invoice.seller.has_npwp else rule.rate * rule.no_npwp_factor
    amount = share(base, rate)
    because = ", dua kali tarif karena penjual belum punya NPWP" if rate != rule.rate else ""
    why = (
        f"PPh 23 jasa boga: {_percent(rate)} dari {rupiah(base)} = {rupiah(amount)}{because}. "
        "Makanan diantar dan disajikan di tempat pemesan adalah katering, tanpa batas nilai terendah."
    )
    return TaxResult(rule, TaxKind.PPH23, base, rate, amount, why)


def _ppn(invoice: TaxInput, rule: TaxRate, *, taxed: int, included: int, meals: int, document: int) -> TaxResult:
    base = taxed - included
    if taxed == 0:
        why = (
            "PPN tidak ada: makanan dan minuman dikenai pajak daerah, bukan PPN."
            if meals
            else "PPN tidak ada: semua barang adalah kebutuhan pokok yang dibebaskan dari PPN."
        )
        return TaxResult(rule, TaxKind.PPN, 0, rule.rate, 0, why)
    if not invoice.seller.is_pkp:
        why = "PPN tidak dipungut: penjual bukan Pengusaha Kena Pajak (PKP)."
        return TaxResult(rule, TaxKind.PPN, base, rule.rate, 0, why)
    if _is_small(invoice, rule, document):
        why = (
            f"PPN {rupiah(included)} sudah termasuk harga dan disetor sendiri oleh penjual: nilai belanja tanpa PPN "
            f"{rupiah(document)}, tidak lebih dari {rupiah(rule.minimum)}, dan bukan belanja yang dipecah."
        )
        return TaxResult(rule, TaxKind.PPN, base, rule.rate, 0, why)
    fraction = f" × {rule.base_numerator}/{rule.base_denominator}" if rule.base_denominator != 1 else ""
    why = (
        f"PPN: {_percent(rule.rate)}{fraction} dari harga tanpa PPN {rupiah(base)} = {rupiah(included)}. "
        "Sudah termasuk harga; bendahara memungut dan menyetorkannya."
    )
    return TaxResult(rule, TaxKind.PPN, base, rule.rate, included, why)
