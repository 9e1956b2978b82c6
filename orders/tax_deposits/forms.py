"""What a treasurer writes of a deposit."""

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from epeken.core.errors import RuleBroken
from epeken.core.web.forms import DayFormField, HouseForm, KeyedForm, LineField, PaperFormField, RupiahFormField
from orders.billing.forms import ChosenField
from orders.tax_deposits import numbers


class TaxDepositForm(KeyedForm):
    """`chosen`: tax lines by pk, with what the page said was still to be deposited of each."""

    chosen = ChosenField(label=_("Tagihan"), error_messages={"required": _("Pilih tagihan yang pajaknya disetor.")})
    billing_code = LineField(
        label=_("Kode billing"),
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ntpn = LineField(
        label=_("NTPN"),
        max_length=30,
        help_text=_("Nomor transaksi penerimaan negara, dari bukti penerimaan negara (BPN)."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    deposited_on = DayFormField(label=_("Tanggal setor"))
    amount = RupiahFormField(
        label=_("Jumlah disetor"), min_value=1, help_text=_("Sama dengan pajak tagihan yang dipilih, sampai rupiahnya.")
    )
    file = PaperFormField(label=_("Bukti penerimaan negara (BPN)"))

    def clean(self) -> dict[str, Any]:
        """Both numbers at once: the service would name the first that is wrong."""
        given = super().clean() or {}
        day = given.get("deposited_on")
        for name, read in (("ntpn", numbers.read_ntpn), ("billing_code", numbers.read_billing_code)):
            if day is None or name not in given:
                continue
            try:
                read(given[name], day)
            except RuleBroken as problem:
                self.add_error(name, problem.message)
        return given


class TaxDepositWithdrawForm(HouseForm):
    reason = forms.CharField(
        label=_("Yang keliru"),
        max_length=200,
        help_text=_("Inspektorat membacanya."),
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": 200}),
    )


def read_period(text: str) -> date | None:
    """`2026-11` as its first day; None for anything else."""
    return date.fromisoformat(f"{text}-01") if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", text) else None
