"""The seller's own goods: list, one page to offer from a photo, one page to keep."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.quantity import plain
from epeken.users.fetch import person
from umkm.catalogue.forms import AltForm, EditProductForm, NewProductForm, PhotoForm
from umkm.catalogue.models import ChangeProposal, Product, ProductPhoto
from umkm.catalogue.pages import curation as curation_pages
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.policies import is_for_sale
from umkm.catalogue.services import photos, products, proposals
from umkm.catalogue.states import ProductState, StockMode
from umkm.discovery.pages import cards as cards_pages
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.stock import services as stock
from umkm.stock.forms import CorrectForm, ReceiveForm

TAGS = {
    ProductState.DRAFT: "",
    ProductState.SUBMITTED: "info",
    ProductState.PUBLISHED: "done",
    ProductState.SENT_BACK: "now",
    ProductState.REJECTED: "no",
    ProductState.HIDDEN: "",
}
PAGE_SIZE = 50
# What asks for work comes first.
FIRST = [ProductState.SENT_BACK, ProductState.DRAFT, ProductState.SUBMITTED, ProductState.PUBLISHED]


def _shops(request: HttpRequest) -> list[Seller]:
    return list(Seller.objects.of_member(person(request)).order_by("pk"))


def _mine(request: HttpRequest, pk: int) -> Product:
    """Goods of a shop of the visitor's; anybody else's do not exist for them."""
    found = Product.objects.of_member(person(request)).select_related("seller", "category__parent")
    product: Product = get_object_or_404(found, pk=pk)
    return product


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
                "tag": TAGS[ProductState(product.state)],
                "waiting": product.pk in waiting,
                "left": _left(product),
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


def _left(product: Product) -> str:
    unit = product.get_unit_display()
    if product.stock_mode == StockMode.DAILY:
        return _("Sanggup %(n)s %(unit)s per hari") % {"n": plain(product.daily_capacity or 0), "unit": unit}  # type: ignore[arg-type]
    held = _(", %(n)s ditahan pesanan") % {"n": plain(product.held)} if product.held else ""
    return _("Sisa %(n)s %(unit)s%(held)s") % {"n": plain(product.on_hand), "unit": unit, "held": held}


@login_required
@require_http_methods(["GET", "POST"])
def product_create(request: HttpRequest) -> HttpResponse:
    shops = [s for s in _shops(request) if s.state not in (SellerState.REJECTED, SellerState.FROZEN)]
    if not shops:
        return redirect("umkm:product-mine")
    wanted = request.POST.get("toko") or request.GET.get("toko") or ""
    seller = next((s for s in shops if str(s.pk) == wanted), shops[0])
    categories = product_pages.category_tree()
    form = NewProductForm(request.POST or None, request.FILES or None, categories=categories, seller=seller)
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
                now=clock.now(),
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
    return render(request, "umkm/catalogue/product_create.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def product_edit(request: HttpRequest, pk: int) -> HttpResponse:
    product = _mine(request, pk)
    if request.method == "GET":
        return _page(request, product)
    form = _form(product, request.POST)
    if form.is_valid():
        try:
            saved = products.save_product(
                actor=person(request),
                product=product,
                values=form.values(),
                now=clock.now(),
                shown=form.cleaned_data["shown"],
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            if saved.waiting_proposal:
                said = _("Tersimpan. Nama, kategori, dan kenaikan harga tampil sesudah kurator melihatnya.")
            else:
                said = _("Perubahan tersimpan.")
            messages.success(request, said)
            return redirect("umkm:product-edit", product.pk)
    return _page(request, product, form=form)


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


def _page(request: HttpRequest, product: Product, **forms: Any) -> HttpResponse:
    """The page with whichever form was refused; a refused one makes it 422."""
    wrong = any(form.errors for form in forms.values())
    product = _mine(request, product.pk)
    pictures = product_pages.photos_of(product, waiting=True)
    editable = product.state not in (ProductState.SUBMITTED, ProductState.REJECTED)
    waiting = ChangeProposal.objects.waiting().filter(product=product).select_related("category").first()
    alt_form: AltForm | None = forms.get("alt_form")
    context = {
        "product": product,
        "unit": product.get_unit_display(),
        "seller": product.seller,
        "tag": TAGS[ProductState(product.state)],
        "form": forms.get("form") or _form(product),
        "photo_form": forms.get("photo_form") or PhotoForm(),
        "receive_form": forms.get("receive_form") or ReceiveForm(prefix="masuk"),
        "correct_form": forms.get("correct_form") or CorrectForm(prefix="hitung"),
        "photos": [
            {
                "photo": p,
                "form": alt_form if alt_form and alt_form.photo == p else _alt_form(p),
                "acts": product_pages.photo_acts(product, p, is_first=p == pictures[0]),
            }
            for p in pictures
        ],
        "can_add_photo": editable and len(pictures) < photos.MOST,
        "editable": editable,
        "act": product_pages.next_act(product),
        "counts_stock": product.stock_mode == StockMode.STOCK,
        "left": _left(product),
        "waiting": waiting,
        "changes": curation_pages.proposed_changes(waiting, product) if waiting else [],
        "new_pictures": sum(p.is_waiting for p in pictures),
        "public_url": cards_pages.product_url(product) if is_for_sale(product) else "",
        "prices": list(product.price_changes.order_by("-pk")[:5]),
        "entries": list(product.stock_entries.order_by("-pk")[:8]) if product.stock_mode == StockMode.STOCK else [],
    }
    return render(request, "umkm/catalogue/product_edit.html", context, status=422 if wrong else 200)


def _act(request: HttpRequest, pk: int, act: Callable[[Product], Any], said: str) -> HttpResponse:
    """One button of the page: done and said, or refused on a page that says why."""
    product = _mine(request, pk)
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
    return _act(
        request,
        pk,
        lambda p: products.submit_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s dikirim. Kurator menjawab paling lama dua hari."),
    )


@login_required
@require_POST
def product_hide(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda p: products.hide_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s disembunyikan. Pesanan yang sudah ada tetap jalan."),
    )


@login_required
@require_POST
def product_show(request: HttpRequest, pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda p: products.show_product(actor=person(request), product=p, now=clock.now()),
        _("%(name)s tampil lagi."),
    )


@login_required
@require_POST
def proposal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    def act(product: Product) -> None:
        waiting = get_object_or_404(ChangeProposal.objects.waiting(), product=product)
        proposals.withdraw_proposal(actor=person(request), proposal=waiting, now=clock.now())

    return _act(request, pk, act, _("Usulan perubahan ditarik. Yang tampil tetap seperti semula."))


@login_required
@require_POST
def photo_create(request: HttpRequest, pk: int) -> HttpResponse:
    product = _mine(request, pk)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            photo = photos.add_photo(
                actor=person(request),
                product=product,
                file=form.cleaned_data["photo"],
                alt=form.cleaned_data["alt"],
                now=clock.now(),
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            said = _("Foto tersimpan dan menunggu kurator.") if photo.is_waiting else _("Foto tersimpan.")
            messages.success(request, said)
            return redirect("umkm:product-edit", pk)
    return _page(request, product, photo_form=form)


def _photo(product: Product, photo_pk: int) -> ProductPhoto:
    return get_object_or_404(product.photos, pk=photo_pk)


@login_required
@require_POST
def photo_first(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda p: photos.move_photo(actor=person(request), photo=_photo(p, photo_pk), now=clock.now()),
        _("Foto ini sekarang yang pertama."),
    )


@login_required
@require_POST
def photo_remove(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    return _act(
        request,
        pk,
        lambda p: photos.remove_photo(actor=person(request), photo=_photo(p, photo_pk), now=clock.now()),
        _("Foto dihapus."),
    )


@login_required
@require_POST
def photo_describe(request: HttpRequest, pk: int, photo_pk: int) -> HttpResponse:
    product = _mine(request, pk)
    photo = _photo(product, photo_pk)
    form = _alt_form(photo, request.POST)
    if form.is_valid():
        try:
            photos.describe_photo(actor=person(request), photo=photo, now=clock.now(), **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Keterangan foto tersimpan."))
            return redirect("umkm:product-edit", pk)
    return _page(request, product, alt_form=form)


def _alt_form(photo: ProductPhoto, data: Any = None) -> AltForm:
    return AltForm(data, photo=photo, auto_id=f"id_%s_{photo.pk}")


@login_required
@require_POST
def stock_receive(request: HttpRequest, pk: int) -> HttpResponse:
    product = _mine(request, pk)
    form = ReceiveForm(request.POST, prefix="masuk")
    if form.is_valid():
        try:
            stock.receive_stock(
                actor=person(request),
                product=product,
                quantity=form.cleaned_data["quantity"],
                reference=_("stok masuk"),
                key=form.cleaned_data["key"],
                now=clock.now(),
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Stok bertambah."))
            return redirect("umkm:product-edit", pk)
    return _page(request, product, receive_form=form)


@login_required
@require_POST
def stock_correct(request: HttpRequest, pk: int) -> HttpResponse:
    product = _mine(request, pk)
    form = CorrectForm(request.POST, prefix="hitung")
    if form.is_valid():
        try:
            missing = stock.correct_stock(
                actor=person(request),
                product=product,
                counted=form.cleaned_data["counted"],
                reason=form.cleaned_data["reason"],
                key=form.cleaned_data["key"],
                now=clock.now(),
            )
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Stok sudah sesuai hitungan Anda."))
            if missing:
                words = {"missing": plain(missing), "unit": product.get_unit_display()}
                messages.warning(
                    request,
                    _(
                        "Pesanan yang berjalan menunggu %(missing)s %(unit)s lebih banyak daripada yang ada di rak. "
                        "Tambah barangnya sebelum dikirim, atau hubungi pemesan."
                    )
                    % words,
                )
            return redirect("umkm:product-edit", pk)
    return _page(request, product, correct_form=form)
