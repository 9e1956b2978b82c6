"""How much a template asks for: kept by head where heads count the goods, and set anew from the people who come."""

from decimal import ROUND_DOWN, Decimal

from epeken.core.quantity import PLACES
from procurement.request_templates.models import TemplateLine
from procurement.sourcing.offers import is_per_person, whole_steps
from umkm.catalogue.models import Product


def kept(product: Product, quantity: Decimal, people: int | None) -> tuple[Decimal, bool]:
    """The amount of a line, and whether it is for each person: it is when nobody got less than one.

    Rounded down, so that as many people get what was asked for and not one step more.
    """
    if people and quantity >= people and is_per_person(product):
        return (quantity / people).quantize(PLACES, rounding=ROUND_DOWN), True
    return quantity, False


def wanted(line: TemplateLine, people: int | None) -> Decimal:
    """For so many people; not yet in the steps of a product."""
    return line.amount * (people or 1) if line.is_per_person else line.amount


def of_product(line: TemplateLine, product: Product, people: int | None) -> Decimal:
    return whole_steps(product, wanted(line, people))
