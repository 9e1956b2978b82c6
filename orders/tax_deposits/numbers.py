"""The numbers of a deposit: NTPN and billing code, as long as the rule of its day says."""

from datetime import date

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.text import read_serial
from orders.tax_deposits import rules


def read_ntpn(text: str, day: date) -> str:
    """Letters and digits, in capitals. Source: PER-05/PB/2014 [?] (16 characters). Raises: RuleBroken."""
    length = rules.NTPN_LENGTH.on(day)
    ntpn = read_serial(text, length, signs="0-9A-Z")
    if ntpn is None:
        raise RuleBroken(
            _("NTPN terdiri dari %(length)d huruf atau angka. Salin dari bukti penerimaan negara (BPN).")
            % {"length": length},
            field="ntpn",
            code="ntpn_wrong",
        )
    return ntpn


def read_billing_code(text: str, day: date) -> str:
    """Raises: RuleBroken."""
    digits = rules.BILLING_DIGITS.on(day)
    code = read_serial(text, digits)
    if code is None:
        raise RuleBroken(
            _("Kode billing terdiri dari %(digits)d angka. Salin dari bukti penerimaan negara (BPN).")
            % {"digits": digits},
            field="billing_code",
            code="billing_code_wrong",
        )
    return code
