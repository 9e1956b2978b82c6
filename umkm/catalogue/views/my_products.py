"""The seller's own goods: the list, and the page to offer one from a photo."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.idempotency import new_key
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.catalogue.defaults import usual
from umkm.catalogue.forms import NewProductForm, ShelfForm
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.pages import my_product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.pages.prices import usual_prices
from umkm.catalogue.services import products
from umkm.catalogue.states import ProductState, StockMode
from umkm.catalogue.tiers import words_of
from umkm.catalogue.views.my_product import list_url, warn_of_price
from umkm.sellers import fetch
from umkm.sellers.models import Seller
from umkm.sellers.states import RUNNING, SellerState
from umkm.validity import services as validity

PAGE_SIZE = 50
# What asks for work comes first.
FIRST = [
    ProductState.LAPSED,
    ProductState.SENT_BACK,
    ProductState.DRAFT,
    ProductState.SUBMITTED,
    ProductState.PUBLISHED,
]


def _shops(request: HttpRequest) -> list[Seller]:
    return list(Seller.objects.of_member(person(request)).order_by("pk"))


def _can_add(shop: Seller) -> bool:
    return shop.state not in (SellerState.REJECTED, SellerState.FROZEN)


@login_required
@require_GET
def product_mine(request: HttpRequest) -> HttpResponse:
    return page(request)


NOT_SELLING = (SellerState.FROZEN, SellerState.LEFT)  # their goods keep their state and are on no page of buyers


def page(request: HttpRequest, refused: ShelfForm | None = None) -> HttpResponse:
    """The list of one shop's goods. `refused`: what was typed into the form of one of them, with what is wrong; 422."""
    shops = _shops(request)
    seller = refused.product.seller if refused else fetch.named_shop(request, shops)
    state = request.GET.get("keadaan", "")
    goods = Product.objects.of_member(person(request)).filter(seller=seller).select_related("seller", "category")
    counted = list(goods.values_list("state", "group"))
    every = [one for one, _group in counted]
    # What was taken back is looked for, not met.
    goods = goods.filter(state=state) if state in ProductState.values else goods.exclude(state=ProductState.WITHDRAWN)
    words = request.GET.get("q", "").strip()[:80]
    if words:
        goods = goods.filter(name__icontains=words)
    by_work = Case(*(When(state=s, then=place) for place, s in enumerate(FIRST)), default=len(FIRST))
    found = Paginator(goods.order_by(by_work, "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    day = clock.today()
    grounds = {seller.pk: validity.grounds_of(seller, day)} if seller and ProductState.LAPSED in every else {}
    waiting = set(ChangeProposal.objects.visible_to(person(request)).waiting().values_list("product_id", flat=True))
    can_add = seller is not None and _can_add(seller)
    context = {
        "seller": seller,
        "rows": [_row(each, waiting, refused, can_copy=can_add) | _lapse(each, grounds, day) for each in found],
        "count": sum(one != ProductState.WITHDRAWN for one in every),
        "tabs": [
            {"value": s.value, "text": s.label, "count": every.count(s.value), "on": s.value == state}
            for s in ProductState
            if s.value in every
        ],
        "has_variants": any(group for _state, group in counted),
        "state": state,
        "words": words,
        "page": found,
        "can_add": can_add,
        "is_hidden": seller is not None and seller.state in NOT_SELLING,
        "is_running": seller is not None and seller.state in RUNNING,
        "refused": refused,
    }
    return render(request, "umkm/catalogue/product_mine.html", context, status=422 if refused else 200)


def _row(product: Product, waiting: set[int], refused: ShelfForm | None, *, can_copy: bool) -> dict[str, Any]:
    is_refused = refused is not None and refused.product.pk == product.pk
    return {
        "product": product,
        "tag": my_product.TAGS[ProductState(product.state)],
        "waiting": product.pk in waiting,
        "left": my_product.left(product),
        "tiers": words_of(product.unit, product.tiers),
        "is_out": product.stock_mode == StockMode.STOCK and product.on_hand < product.minimum,
        "form": (refused if is_refused else ShelfForm(product=product)) if my_product.is_open(product) else None,
        "open": is_refused,
        "copy_key": new_key() if can_copy else "",
    }


def _lapse(product: Product, grounds: dict[int, validity.Grounds], day: date) -> dict[str, str]:
    """`lapsed`: why goods are off the shelf without the seller's doing."""
    if product.state != ProductState.LAPSED:
        return {}
    return {"lapsed": validity.lapsed_words(product, grounds[product.seller_id], day)}


@login_required
@require_http_methods(["GET", "POST"])
def product_create(request: HttpRequest) -> HttpResponse:
    shops = [shop for shop in _shops(request) if _can_add(shop)]
    seller = fetch.named_shop(request, shops)
    if seller is None:
        return redirect("umkm:product-mine")
    categories = product_pages.category_tree()
    now = clock.now()
    form = NewProductForm(
        request.POST or None, request.FILES or None, categories=categories, seller=seller, day=clock.local_date(now)
    )
    if request.method == "POST" and form.is_valid():
        send = request.POST.get("lalu") != "simpan"
        try:
            product = products.offer_product(
                actor=person(request),
                seller=seller,
                values=form.values(),
                photo=form.cleaned_data["photo"],
                send=send,
                key=form.cleaned_data["key"],
                now=now,
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            if product.state == ProductState.SUBMITTED:
                messages.success(
                    request, _("%(name)s dikirim. Kurator menjawab paling lama dua hari.") % {"name": product.name}
                )
                if warn_of_price(request, product):
                    return redirect("umkm:product-edit", product.pk)
                return redirect(list_url(seller.pk))
            messages.success(request, _("%(name)s tersimpan sebagai draf.") % {"name": product.name})
            return redirect("umkm:product-edit", product.pk)
    context = {
        "form": form,
        "seller": seller,
        "shops": shops,
        "is_active": seller.state == SellerState.ACTIVE,
        "usual_prices": _usual_prices(form, seller, clock.local_date(now)),
    }
    return form_page(request, "umkm/catalogue/product_create.html", context)


def _usual_prices(form: NewProductForm, seller: Seller, day: date) -> list[str]:
    """Of the category that was chosen; nothing before one is."""
    category = form.cleaned_data.get("category") if form.is_bound else None
    if category is None:
        return []
    return usual_prices(seller, category, form.cleaned_data.get("unit") or usual(category)["unit"], day)
