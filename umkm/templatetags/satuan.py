"""Quantities with their unit: `{{ line.quantity|satuan:line.unit }}`."""

from decimal import Decimal

from django import template

from umkm.catalogue.states import Unit

register = template.Library()


@register.filter
def satuan(quantity: Decimal, unit: str) -> str:
    return Unit(unit).counted(quantity)


@register.filter
def jamak(unit: str) -> str:
    """For a box of any number: `kotak`; in English `boxes`."""
    return Unit(unit).plural
