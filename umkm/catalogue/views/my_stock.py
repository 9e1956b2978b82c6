"""The stock of the seller's own goods: what came in, what was counted, what of refused goods is back."""

from decimal import Decimal

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from epeken.core import clock
from epeken.core.errors import DomainError, InvalidMove
from epeken.users.fetch import person
from umkm.catalogue.states import Unit
from umkm.catalogue.views.my_product import mine, page
from umkm.returns import services as returns
from umkm.returns.forms import RefusedGoodsForm
from umkm.stock import services as stock
from umkm.stock.forms import CorrectForm, ReceiveForm


@login_required
@require_POST
def stock_receive(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    form = ReceiveForm(request.POST, prefix="masuk", unit=product.unit)
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
    return page(request, product, receive_form=form)


@login_required
@require_POST
def stock_correct(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    form = CorrectForm(request.POST, prefix="hitung", unit=product.unit)
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
                words = {"missing": Unit(product.unit).counted(missing)}
                messages.warning(
                    request,
                    _(
                        "Pesanan yang berjalan menunggu %(missing)s lebih banyak daripada yang ada di rak. "
                        "Tambah barangnya sebelum dikirim, atau hubungi pemesan."
                    )
                    % words,
                )
            return redirect("umkm:product-edit", pk)
    return page(request, product, correct_form=form)


@login_required
@require_POST
def return_answer(request: HttpRequest, pk: int, number: str) -> HttpResponse:
    """`number`: of the order whose receiver refused the goods."""
    product = mine(request, pk)
    form = RefusedGoodsForm(request.POST, product=product, reference=number)
    if form.is_valid():
        back: Decimal = form.cleaned_data["back"]
        try:
            returns.answer_return(
                actor=person(request),
                product=product,
                reference=number,
                asked=form.cleaned_data["asked"],
                back=back,
                key=form.cleaned_data["key"],
                now=clock.now(),
            )
        except InvalidMove as problem:
            messages.error(request, problem.message)
            return redirect("umkm:product-edit", pk)
        except DomainError as problem:
            form.refuse(problem)
        else:
            words = {"n": Unit(product.unit).counted(back)}
            said = _("%(n)s kembali ke rak dan dapat dipesan lagi.") if back else _("Dicatat: tidak dijual lagi.")
            messages.success(request, said % words)
            return redirect("umkm:product-edit", pk)
    return page(request, product, return_form=form)
