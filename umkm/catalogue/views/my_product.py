"""The page of one of the seller's own goods: change it, send it to the curator, hide and show it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.answers import ask_first, ask_sure, is_sure
from epeken.core.web.kept_uploads import keep_files
from epeken.users.fetch import person
from umkm.catalogue import low_prices
from umkm.catalogue.forms import EditProductForm, PhotoForm
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.pages import my_product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.pages.prices import price_notes
from umkm.catalogue.services import products, proposals
from umkm.catalogue.states import DELETABLE, ProductState
from umkm.stock.forms import CorrectForm, ReceiveForm


def list_url(seller_pk: int) -> str:
    """The list of this shop's goods."""
    return f"{reverse('umkm:product-mine')}?toko={seller_pk}"


def mine(request: HttpRequest, pk: int) -> Product:
    """Goods of a shop of the visitor's; anybody else's do not exist for them."""
    found = Product.objects.of_member(person(request)).select_related("seller", "category__parent", "group")
    product: Product = get_object_or_404(found, pk=pk)
    return product


@login_required
@require_http_methods(["GET", "POST"])
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    if request.method == "GET":
        return page(request, product)
    form = _form(product, request.POST)
    if form.is_valid():
        try:
            saved = products.save_product(
                actor=person(request),
                product=product,
                values=form.values(),
                now=clock.now(),
                shown=form.cleaned_data["shown"],
                is_sure=is_sure(request),
            )
        except DomainError as problem:
            if problem.code == low_prices.CODE:
                return ask_price(request, problem, back=request.path)
            form.refuse(problem)
        else:
            if saved.waiting_proposal:
                said = _("Tersimpan. Yang dibaca pembeli berubah sesudah kurator melihatnya.")
            else:
                said = _("Perubahan tersimpan.")
            messages.success(request, said)
            return redirect("umkm:product-edit", product.pk)
    return page(request, product, form=form)


def ask_price(request: HttpRequest, problem: DomainError, *, back: str) -> HttpResponse:
    """A price far below today's is on show at once, so it is asked about before."""
    return ask_sure(
        request,
        title=_("Harganya benar?"),
        text=f"{problem.message} {_('Pembeli langsung melihat harga ini dan dapat memesannya.')}",
        verb=_("Ya, pakai harga ini"),
        back=back,
        layout="layouts/seller.html",
    )


def _form(product: Product, data: Any = None) -> EditProductForm:
    initial = {name: getattr(product, name) for name in products.FIELDS}
    initial |= {"category": product.category_id}
    return EditProductForm(
        data,
        initial=initial,
        current=initial,
        categories=product_pages.category_tree(),
        seller=product.seller,
        product=product,
    )


def page(request: HttpRequest, product: Product, **forms: Any) -> HttpResponse:
    """The page with whichever form was refused; a refused one makes it 422."""
    wrong = any(form.errors for form in forms.values())
    if "photo_form" in forms:
        keep_files(request, forms["photo_form"])
    product = mine(request, product.pk)
    facts = my_product.facts(product, refused=forms.pop("alt_form", None), answered=forms.pop("return_form", None))
    context = facts | {
        "form": forms.get("form") or _form(product),
        "photo_form": forms.get("photo_form") or PhotoForm(),
        "receive_form": forms.get("receive_form") or ReceiveForm(prefix="masuk", unit=product.unit),
        "correct_form": forms.get("correct_form") or CorrectForm(prefix="hitung", unit=product.unit),
    }
    return render(request, "umkm/catalogue/product_edit.html", context, status=422 if wrong else 200)


def run(request: HttpRequest, pk: int, act: Callable[[Product], Any], said: str) -> HttpResponse:
    """One button of the page: done and said, or refused on a page that says why."""
    product = mine(request, pk)
    try:
        act(product)
    except DomainError as problem:
        messages.error(request, problem.message)
    else:
        messages.success(request, said % {"name": product.name})
    return redirect("umkm:product-edit", pk)


@login_required
@require_POST
def product_submit(request: HttpRequest, pk: int) -> HttpResponse:
    answer = run(
        request,
        pk,
        lambda p: products.submit_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s dikirim. Kurator menjawab paling lama dua hari."),
    )
    warn_of_price(request, mine(request, pk))
    return answer


def warn_of_price(request: HttpRequest, product: Product) -> bool:
    """Goods that were just sent at a price far from the usual, a slip of the finger perhaps: whether it was said."""
    found = price_notes(product, clock.today()).warnings if product.state == ProductState.SUBMITTED else []
    for text in found:
        messages.warning(request, f"{text} {_('Salah ketik? Tarik kembali ke draf, lalu betulkan.')}")
    return bool(found)


@login_required
@require_POST
def product_recall(request: HttpRequest, pk: int) -> HttpResponse:
    return run(
        request,
        pk,
        lambda p: products.recall_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s ditarik dari kurator. Betulkan, lalu kirim lagi."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def product_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Goods that never were on show leave the shop's list."""
    product = mine(request, pk)
    if request.method != "POST":
        if product.state not in DELETABLE:
            raise Http404(pk)
        return ask_first(
            request,
            title=_("Hapus %(name)s?") % {"name": product.name},
            text=_("Barang ini hilang dari daftar Anda dan tidak bisa dikembalikan. Pembeli belum pernah melihatnya."),
            verb=_("Hapus barang ini"),
            back=reverse("umkm:product-edit", args=[pk]),
            layout="layouts/seller.html",
        )
    try:
        products.withdraw_product(actor=person(request), product=product, now=clock.now())
    except DomainError as problem:
        messages.error(request, problem.message)
        return redirect("umkm:product-edit", pk)
    messages.success(request, _("%(name)s dihapus.") % {"name": product.name})
    return redirect(list_url(product.seller_id))


@login_required
@require_POST
def product_hide(request: HttpRequest, pk: int) -> HttpResponse:
    return run(
        request,
        pk,
        lambda p: products.hide_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s disembunyikan. Pesanan yang sudah ada tetap jalan."),
    )


@login_required
@require_POST
def product_show(request: HttpRequest, pk: int) -> HttpResponse:
    return run(
        request,
        pk,
        lambda p: products.show_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s tampil lagi."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        product = mine(request, pk)
        get_object_or_404(ChangeProposal.objects.waiting(), product=product)
        return ask_first(
            request,
            title=_("Tarik usulan untuk %(name)s?") % {"name": product.name},
            text=_("Isi usulan ini hilang. Yang tampil bagi pembeli tetap seperti sekarang."),
            verb=_("Tarik usulan ini"),
            back=reverse("umkm:product-edit", args=[pk]),
            layout="layouts/seller.html",
        )

    def act(product: Product) -> None:
        waiting = get_object_or_404(ChangeProposal.objects.waiting(), product=product)
        proposals.withdraw_proposal(actor=person(request), proposal=waiting, now=clock.now())

    return run(request, pk, act, _("Usulan perubahan ditarik. Yang tampil tetap seperti semula."))
