"""Price and stock of several of the shop's goods in one form."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.ids import read_id
from epeken.core.web.answers import form_page, is_sure
from epeken.users.fetch import person
from umkm.catalogue import low_prices
from umkm.catalogue.forms import ShelfTableForm
from umkm.catalogue.models import Product
from umkm.catalogue.pages import my_product
from umkm.catalogue.services import shelf
from umkm.catalogue.states import CLOSED, ProductState
from umkm.catalogue.views.my_product import ask_price
from umkm.sellers import fetch
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING

PAGE_SIZE = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def shelf_table(request: HttpRequest) -> HttpResponse:
    """All that can be changed now, by name; of what was sent the goods that were on the page."""
    shops = Seller.objects.of_member(person(request)).filter(state__in=RUNNING).order_by("pk")
    seller = fetch.named_shop(request, shops)
    if seller is None:
        return redirect("umkm:product-mine")
    mine = Product.objects.filter(seller=seller).exclude(state__in=CLOSED).select_related("seller", "category")
    page = Paginator(mine.order_by("name", "pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    back = f"{reverse('umkm:shelf-table')}?toko={seller.pk}&page={page.number}"
    goods = _sent(request, mine) if request.method == "POST" else list(page)
    form = ShelfTableForm(request.POST if request.method == "POST" else None, goods=goods)
    if request.method == "POST" and form.is_valid():
        try:
            saved = shelf.change_shelves(
                actor=person(request), goods=mine, key=form.cleaned_data["key"], shown=form.cleaned_data["shown"],
                now=clock.now(), is_sure=is_sure(request), **form.values(),
            )  # fmt: skip
        except DomainError as problem:
            if problem.code == low_prices.CODE:
                return ask_price(request, problem, back=back)
            form.refuse(problem)
        else:
            if any(getattr(one, "waiting_proposal", None) for one in saved):
                messages.success(request, _("Tersimpan. Harga yang lebih tinggi berlaku sesudah kurator melihatnya."))
            else:
                messages.success(request, _("Perubahan tersimpan.") if saved else _("Tidak ada yang berubah."))
            return redirect(back)
    waiting = my_product.waiting_words(goods)
    context = {
        "seller": seller,
        "form": form,
        "page": page,
        "rows": [
            {
                "product": one,
                "tag": my_product.TAGS[ProductState(one.state)],
                "waiting": waiting.get(one.pk, ""),
                "left": my_product.left(one),
                "fields": form.fields_of(one),
                "tiers_refused": one.pk in form.tiers_refused,
            }
            for one in goods
        ],
    }
    return form_page(request, "umkm/catalogue/shelf_table.html", context)


def _sent(request: HttpRequest, mine: QuerySet[Product]) -> list[Product]:
    """Goods that came or went since the page was opened move nothing."""
    pks = [read_id(name.removeprefix("price_")) for name in request.POST if name.startswith("price_")]
    return list(mine.filter(pk__in=[pk for pk in pks if pk]).order_by("name", "pk"))
