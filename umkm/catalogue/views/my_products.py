"""The seller's own goods: the list, and the page to offer one from a photo."""

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
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.catalogue.forms import NewProductForm
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.pages import my_product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.services import products
from umkm.catalogue.states import ProductState, StockMode
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState

PAGE_SIZE = 50
# What asks for work comes first.
FIRST = [ProductState.SENT_BACK, ProductState.DRAFT, ProductState.SUBMITTED, ProductState.PUBLISHED]


def _shops(request: HttpRequest) -> list[Seller]:
    return list(Seller.objects.of_member(person(request)).order_by("pk"))


@login_required
@require_GET
def product_mine(request: HttpRequest) -> HttpResponse:
    shops = _shops(request)
    state = request.GET.get("keadaan", "")
    goods = Product.objects.of_member(person(request)).select_related("seller")
    every = list(goods.values_list("state", flat=True))
    if state in ProductState.values:
        goods = goods.filter(state=state)
    by_work = Case(*(When(state=s, then=place) for place, s in enumerate(FIRST)), default=len(FIRST))
    page = Paginator(goods.order_by(by_work, "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    waiting = set(ChangeProposal.objects.visible_to(person(request)).waiting().values_list("product_id", flat=True))
    context = {
        "seller": shops[0] if shops else None,
        "shops": shops,
        "rows": [
            {
                "product": product,
                "tag": my_product.TAGS[ProductState(product.state)],
                "waiting": product.pk in waiting,
                "left": my_product.left(product),
                "is_out": product.stock_mode == StockMode.STOCK and product.on_hand < product.minimum,
            }
            for product in page
        ],
        "count": len(every),
        "tabs": [
            {"value": s.value, "text": s.label, "count": every.count(s.value), "on": s.value == state}
            for s in ProductState
            if s.value in every
        ],
        "state": state,
        "page": page,
        "can_add": any(s.state not in (SellerState.REJECTED, SellerState.FROZEN) for s in shops),
    }
    return render(request, "umkm/catalogue/product_mine.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def product_create(request: HttpRequest) -> HttpResponse:
    shops = [s for s in _shops(request) if s.state not in (SellerState.REJECTED, SellerState.FROZEN)]
    if not shops:
        return redirect("umkm:product-mine")
    wanted = request.POST.get("toko") or request.GET.get("toko") or ""
    seller = next((s for s in shops if str(s.pk) == wanted), shops[0])
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
                return redirect("umkm:product-mine")
            messages.success(request, _("%(name)s tersimpan sebagai draf.") % {"name": product.name})
            return redirect("umkm:product-edit", product.pk)
    context = {
        "form": form,
        "seller": seller,
        "shops": shops,
        "is_active": seller.state == SellerState.ACTIVE,
    }
    return form_page(request, "umkm/catalogue/product_create.html", context)
