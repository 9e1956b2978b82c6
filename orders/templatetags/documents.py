"""`{% documents_of order request.user as document_list %}`: the documents of an order for this reader."""

from django import template

from epeken.core import clock
from epeken.users.models import User
from orders.documents.pages import DocumentList, document_list_of
from orders.orders.models import Order

register = template.Library()


@register.simple_tag
def documents_of(order: Order, user: User) -> DocumentList:
    return document_list_of(order, user, clock.now())
