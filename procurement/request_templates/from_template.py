"""What a draft says of the template it was made from. Nothing is written here."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.quantity import plain
from procurement.request_templates import amounts
from procurement.request_templates.models import RequestTemplate, TemplateLine
from procurement.requests import copied
from procurement.requests.contents import RequestContents
from procurement.requests.models import PurchaseRequest
from umkm.catalogue.states import Unit
from umkm.sellers import policies as shops


@dataclass(frozen=True)
class Open:
    """Goods of the template that are not in the draft: how much, why, and where the market offers them."""

    name: str
    counted: str
    why: str
    href: str


@dataclass(frozen=True)
class FromTemplate:
    template: RequestTemplate
    open: list[Open]
    unpaid: list[str]  # accounts of the template that have no one budget line

    @property
    def unchosen(self) -> list[str]:
        """`Air minum botol, 30 botol`: each of the goods that are still to be chosen."""
        return [f"{row.name}, {row.counted}" for row in self.open]


def read(request: PurchaseRequest, held: RequestContents, ties: frozenset[int]) -> FromTemplate | None:
    """Of a draft made from a template; None for any other. Two queries. `ties`: of its requester."""
    if request.from_template is None:
        return None
    products = {line.product_id for line in held.kept}
    lines = list(request.from_template.lines.select_related("product__seller", "category"))
    asked = {line.product_id for line in lines}
    # Of what the requester chose beside the template's own products.
    chosen = {line.product.category_id for line in held.kept if line.product_id not in asked}
    rows = []
    for line in lines:
        quantity = amounts.wanted(line, request.attendees)
        if line.product is None:
            why = _("pilih penawaran yang sanggup hari itu")
        else:
            quantity = amounts.of_product(line, line.product, request.attendees)
            why = "" if line.product_id in products else copied.why_not(line.product, line.unit, quantity, ties)
        if why and line.category_id not in chosen:
            rows.append(Open(line.words, _counted(line, quantity), why, _search(request, line, quantity)))
    accounts = {line.product_id: line.account_id for line in lines if line.product_id and line.account_id}
    main = request.from_template.account_id or ""
    return FromTemplate(request.from_template, rows, copied.unpaid(request, held, accounts, main))


def unchosen(request: PurchaseRequest, held: RequestContents) -> list[str]:
    """The same of any draft; nothing where no template made it."""
    made = read(request, held, shops.ties_of(request.requester))
    return made.unchosen if made else []


def _counted(line: TemplateLine, quantity: Decimal) -> str:
    return Unit(line.unit).counted(quantity)


def _search(request: PurchaseRequest, line: TemplateLine, quantity: Decimal) -> str:
    """The market's search for this request, of the kind and amount. Words of a template are the city's or those of a
    shop's goods; as words to look for they would hide the others of their kind."""
    asked = {"kategori": line.category.slug, "jumlah": plain(quantity)}
    return f"{reverse('procurement:request-goods', args=[request.number])}?{urlencode(asked)}"
