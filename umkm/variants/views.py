"""The variants of one of the seller's own goods: added, changed in one table, released."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import form_page, is_sure
from epeken.users.fetch import person
from umkm.catalogue import low_prices
from umkm.catalogue.models import Product
from umkm.catalogue.pages import my_product
from umkm.catalogue.states import ProductState
from umkm.catalogue.views.my_product import ask_price, mine
from umkm.variants import joining, services
from umkm.variants.forms import JoinGoodsForm, NewVariantsForm, VariantTableForm
from umkm.variants.pages import preview_of, variants_of, words_of


@login_required
@require_GET
def variant_list(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, mine(request, pk))


@login_required
@require_POST
def variant_add(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    form = NewVariantsForm(request.POST, product=product)
    if form.is_valid():
        try:
            made = services.add_variants(
                actor=person(request),
                product=product,
                key=form.cleaned_data["key"],
                now=clock.now(),
                **form.values(),
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            said = ngettext(
                "%(n)s varian tersimpan sebagai draf. Periksa fotonya, lalu kirim ke kurator.",
                "%(n)s varian tersimpan sebagai draf. Periksa fotonya, lalu kirim ke kurator.",
                len(made),
            )
            messages.success(request, said % {"n": len(made)})
            return redirect("umkm:variant-list", product.pk)
    return _page(request, product, form=form)


@login_required
@require_POST
def variant_save(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    table = VariantTableForm(request.POST, goods=_open(product))
    if table.is_valid():
        try:
            saved = services.save_variants(
                actor=person(request),
                product=product,
                key=table.cleaned_data["key"],
                shown=table.cleaned_data["shown"],
                now=clock.now(),
                is_sure=is_sure(request),
                **table.values(),
            )
        except DomainError as problem:
            if problem.code == low_prices.CODE:
                return ask_price(request, problem, back=reverse("umkm:variant-list", args=[pk]))
            table.refuse(problem)
        else:
            if any(getattr(one, "waiting_proposal", None) for one in saved):
                messages.success(request, _("Tersimpan. Harga yang lebih tinggi berlaku sesudah kurator melihatnya."))
            else:
                messages.success(request, _("Perubahan tersimpan."))
            return redirect("umkm:variant-list", product.pk)
    return _page(request, product, table=table)


@login_required
@require_POST
def variant_release(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    others = [one for one in variants_of(product) if one.pk != product.pk]
    try:
        services.release_variant(actor=person(request), product=product, now=clock.now())
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect("umkm:variant-list", product.pk)
    messages.success(request, _("%(name)s tidak lagi menjadi varian.") % {"name": product.name})
    return redirect("umkm:variant-list", others[0].pk if others else product.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def variant_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods the shop has already become variants; with `lihat` the page shows the card they would have."""
    product = mine(request, pk)
    data = request.POST if request.method == "POST" else None
    form = JoinGoodsForm(data, product=product, others=joining.candidates(product))
    preview = None
    if data is not None and form.is_valid():
        try:
            if "lihat" in data:
                preview = preview_of(joining.read_joining(product, **form.values()))
            else:
                made = joining.join_goods(
                    actor=person(request), product=product, key=form.cleaned_data["key"], now=clock.now(),
                    **form.values(),
                )  # fmt: skip
                said = ngettext(
                    "%(n)s barang digabungkan menjadi varian.", "%(n)s barang digabungkan menjadi varian.", len(made)
                )
                messages.success(request, said % {"n": len(made)})
                return redirect("umkm:variant-list", product.pk)
        except DomainError as problem:
            form.refuse(problem)
    context = {"form": form, "product": product, "seller": product.seller, "preview": preview}
    return form_page(request, "umkm/variants/variant_join.html", context)


def _open(product: Product) -> list[Product]:
    return [one for one in variants_of(product) if my_product.is_open(one)]


def _page(
    request: HttpRequest, product: Product, form: NewVariantsForm | None = None, table: VariantTableForm | None = None
) -> HttpResponse:
    """`form`, `table`: the one that was refused; 422."""
    wrong = form is not None or table is not None
    product = mine(request, product.pk)
    table = table or VariantTableForm(goods=_open(product))
    variants = variants_of(product)
    waiting = my_product.waiting_words(variants)
    context: dict[str, Any] = {
        "product": product,
        "seller": product.seller,
        "titles": ", ".join(product.group.titles) if product.group else "",
        "rows": [
            {
                "product": one,
                "words": words_of(one),
                "tag": my_product.TAGS[ProductState(one.state)],
                "waiting": waiting.get(one.pk, ""),
                "left": my_product.left(one),
                "fields": table.fields_of(one),
            }
            for one in variants
        ],
        "table": table,
        "form": (form or NewVariantsForm(product=product)) if my_product.is_open(product) else None,
    }
    return render(request, "umkm/variants/variant_list.html", context, status=422 if wrong else 200)
