"""Which form of contract a department's purchase has, by how it is bought, its value and the day it is issued.

Source: Perpres 16/2018 article 28 jo. Perpres 12/2021 and 46/2025 [?]; rows of Rule say each bound with its own.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from epeken.core.i18n.words import rupiah
from epeken.core.rules import Rupiah, Text

E_PURCHASING = "e-purchasing"
# Whether what is bought in this market counts as e-purchasing, or as a purchase without it.
BOUGHT_BY = Text("contract.bought_by", choices=frozenset({E_PURCHASING, "langsung"}))
RECEIPT_MOST = Rupiah("contract.receipt_most")
KUITANSI_MOST = Rupiah("contract.kuitansi_most")
WORK_ORDER_MOST = Rupiah("contract.work_order_most")


class ContractForm(TextChoices):
    RECEIPT = "receipt", gettext_lazy("bukti pembelian atau pembayaran")
    KUITANSI = "kuitansi", gettext_lazy("kuitansi")
    WORK_ORDER = "work_order", gettext_lazy("surat perintah kerja (SPK)")
    AGREEMENT = "agreement", gettext_lazy("surat perjanjian")
    PURCHASE_ORDER = "purchase_order", gettext_lazy("surat pesanan")


@dataclass(frozen=True)
class Contract:
    """`source`: of the rule that decides."""

    form: ContractForm
    source: str
    words: str


def contract_of(total: int, day: date) -> Contract:
    """Of a purchase of `total` rupiah, PPN included, issued on the day."""
    if BOUGHT_BY.on(day) == E_PURCHASING:
        why = _("e-purchasing")
        return _told(ContractForm.PURCHASE_ORDER, why, BOUGHT_BY.source_on(day))
    bounds = (
        (RECEIPT_MOST, ContractForm.RECEIPT),
        (KUITANSI_MOST, ContractForm.KUITANSI),
        (WORK_ORDER_MOST, ContractForm.WORK_ORDER),
    )
    for rule, form in bounds:
        if total <= rule.on(day):
            why = _("sampai %(most)s") % {"most": rupiah(rule.on(day))}
            return _told(form, why, rule.source_on(day))
    why = _("di atas %(most)s") % {"most": rupiah(WORK_ORDER_MOST.on(day))}
    return _told(ContractForm.AGREEMENT, why, WORK_ORDER_MOST.source_on(day))


def _told(form: ContractForm, why: str, source: str) -> Contract:
    said = {"form": form.label, "why": why, "source": source}
    return Contract(form, source, _("Bentuk kontrak: %(form)s (%(why)s), menurut %(source)s.") % said)
