"""`{% papers_of order request.user as drawer %}`: the papers drawer of an order for this reader."""

from typing import Any

from django import template

from epeken.core import clock
from orders.models import Order
from orders.papers.drawer import Drawer, drawer_of

register = template.Library()


@register.simple_tag
def papers_of(order: Order, user: Any) -> Drawer:
    return drawer_of(order, user, clock.now())
