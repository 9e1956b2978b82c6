"""Amounts, days, hours, quantities and telephone numbers in templates: `{{ amount|rupiah }}`, `{{ day|tanggal }}`."""

from datetime import date, datetime, time
from decimal import Decimal

from django import template

from epeken.core import quantity as quantities
from epeken.core.clock import told_end
from epeken.core.i18n import times, words
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
    return "" if day is None else times.long_date(day)


@register.filter
def tanggal_pendek(day: date | datetime | None) -> str:
    return "" if day is None else times.short_date(day)


@register.filter
def tanggal_tabel(day: date | datetime | None) -> str:
    return "" if day is None else times.brief_date(day)


@register.filter
def jam_tabel(moment: datetime | None) -> str:
    return "" if moment is None else times.brief_time(moment)


@register.filter
def iso(moment: date | datetime) -> str:
    """For the `datetime` attribute: what machines read."""
    return moment.isoformat()


@register.filter
def tanggal_jam(moment: datetime | None) -> str:
    return "" if moment is None else times.long_time(moment)


@register.filter
def batas(end: datetime | None) -> datetime | None:
    """The end of a period as people are told it, to go before a filter above: `{{ order.due_at|batas|tanggal }}`."""
    return None if end is None else told_end(end)


@register.filter
def jam(moment: datetime | time | None) -> str:
    return "" if moment is None else times.clock_words(moment)


@register.filter
def telepon(number: str) -> str:
    return phone_words(number)


@register.filter
def jumlah(quantity: Decimal) -> str:
    return quantities.grouped(quantity)
