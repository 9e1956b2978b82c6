"""Amounts, days, hours, quantities and telephone numbers in templates: `{{ amount|rupiah }}`, `{{ day|tanggal }}`."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils import formats, timezone, translation

from epeken.core import quantity as quantities
from epeken.core.i18n import words
from epeken.core.money import check_rupiah
from epeken.core.phones import phone_words

register = template.Library()


@register.filter
def rupiah(amount: int) -> str:
    """Raises on a wrong type: an amount that is not whole rupiah must not reach a page."""
    return words.rupiah(amount)


@register.filter
def terbilang(amount: int) -> str:
    return words.in_words(check_rupiah(amount))


@register.filter
def tanggal(day: date | datetime | None) -> str:
    if day is None:
        return ""
    if translation.get_language() == "id":
        return words.long_date(day)
    local = timezone.localtime(day) if isinstance(day, datetime) else day
    return formats.date_format(local, "l, j F Y")


@register.filter
def tanggal_jam(moment: datetime | None) -> str:
    if moment is None:
        return ""
    if translation.get_language() == "id":
        return words.long_time(moment)
    return formats.date_format(timezone.localtime(moment), "l, j F Y H:i") + " WIB"


@register.filter
def jam(moment: datetime | None) -> str:
    return "" if moment is None else timezone.localtime(moment).strftime("%H.%M")


@register.filter
def telepon(number: str) -> str:
    return phone_words(number)


@register.filter
def jumlah(quantity: Decimal) -> str:
    return quantities.plain(quantity)
