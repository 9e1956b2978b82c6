"""Price and stock from the list of the shop's goods, and a copy of goods to begin others from."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import is_sure
from epeken.core.web.forms import KeyedForm
from epeken.users.fetch import person
from umkm.catalogue import low_prices
from umkm.catalogue.forms import ShelfForm
from umkm.catalogue.models import Product
from umkm.catalogue.services import shelf
from umkm.catalogue.views.my_product import ask_price, list_url, mine
from umkm.catalogue.views.my_products import page


@login_required
@require_POST
def shelf_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the same place in the list, whose conditions stand in the address."""
    product = mine(request, pk)
    form = ShelfForm(request.POST, product=product)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            saved = shelf.change_shelf(
                actor=person(request), product=product, price=typed["price"], added=typed.get("added"),
                capacity=typed.get("daily_capacity"), key=typed["key"], shown=typed["shown"], now=clock.now(),
                is_sure=is_sure(request),
            )  # fmt: skip
        except DomainError as problem:
            if problem.code == low_prices.CODE:
                return ask_price(request, problem, back=_list(request, product))
            form.refuse(problem)
        else:
            words = {"name": product.name}
            if getattr(saved, "waiting_proposal", None):
                messages.success(request, _("%(name)s: harga baru berlaku sesudah kurator melihatnya.") % words)
            else:
                messages.success(request, _("%(name)s tersimpan.") % words)
            return redirect(_list(request, product))
    return page(request, form)


def _list(request: HttpRequest, product: Product) -> str:
    conditions = request.GET.copy()
    conditions["toko"] = str(product.seller_id)
    return f"{reverse('umkm:product-mine')}?{conditions.urlencode()}#b{product.pk}"


@login_required
@require_POST
def product_copy(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    form = KeyedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Formulir ini rusak. Muat ulang halaman."))
        return redirect(list_url(product.seller_id))
    try:
        made = shelf.copy_product(actor=person(request), product=product, key=form.cleaned_data["key"], now=clock.now())
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect(list_url(product.seller_id))
    messages.success(request, _("Salinannya tersimpan sebagai draf. Ganti nama dan tambahkan fotonya."))
    return redirect("umkm:product-edit", made.pk)
