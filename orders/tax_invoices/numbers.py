"""The serial number of a tax invoice (NSFP)."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.text import read_serial
from orders.billing import rules as billing_rules
from orders.billing.states import TaxRegime
from orders.tax_invoices import rules


def read_number(text: str, day: date) -> str:
    """Its digits, as many as the rule of its day says. Source: PER-03/PJ/2022 (16), PER-11/PJ/2025 (17) [?].

    Raises: RuleBroken.
    """
    digits = rules.DIGITS.on(day)
    number = read_serial(text, digits, between=r"\s.\-/")
    if number is None:
        raise RuleBroken(
            _("Nomor seri faktur pajak bertanggal itu terdiri dari %(digits)d angka, misalnya %(sample)s.")
            % {"digits": digits, "sample": "02002600123456789"[:digits]},
            field="number",
            code="tax_invoice_number",
        )
    return number


def wrong_code(number: str, day: date) -> str:
    """For the treasurer: that the number says the PPN is collected by somebody else; "" where it fits."""
    code = rules.COLLECTED_CODE.on(day)
    if billing_rules.REGIME.on(day) != TaxRegime.TREASURER or number.startswith(code):
        return ""
    return _("Kode transaksinya %(is)s; PPN yang dipungut bendahara berkode %(code)s.") % {
        "is": number[:2], "code": code,
    }  # fmt: skip
