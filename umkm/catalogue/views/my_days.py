"""What the shop makes of its goods on the days to come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.i18n.times import long_date
from epeken.core.web.answers import form_page
from epeken.users.fetch import person
from umkm.catalogue.pages import my_days
from umkm.catalogue.states import StockMode, Unit
from umkm.catalogue.views.my_product import mine
from umkm.stock import services as stock
from umkm.stock.forms import DayPlanForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def product_days(request: HttpRequest, pk: int) -> HttpResponse:
    product = mine(request, pk)
    if product.stock_mode != StockMode.DAILY:
        raise Http404
    now = clock.now()
    form = DayPlanForm(request.POST if request.method == "POST" else None, unit=product.unit)
    if request.method == "POST" and form.is_valid():
        try:
            over = stock.plan_days(actor=person(request), product=product, now=now, **form.values())
        except DomainError as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Kesanggupan hari itu tersimpan."))
            closed = my_days.closed_among(product.seller, **form.days())
            if closed and form.cleaned_data["capacity"]:
                said = _("Toko tutup %(days)s, jadi kesanggupan itu baru dipakai bila toko buka.")
                messages.warning(request, said % {"days": ", ".join(long_date(day) for day in closed)})
            for row in over:
                said = _("%(day)s sudah dipesan %(n)s; pesanan itu tetap harus dibuat.")
                messages.warning(request, said % {"day": long_date(row.day), "n": Unit(product.unit).counted(row.used)})
            return redirect("umkm:product-days", pk)
    rows = my_days.rows_of(product, now)
    context = {
        "product": product,
        "seller": product.seller,
        "form": form,
        "head": my_days.head(),
        "rows": [row for row in rows if not row["as_usual"]],
        "usual": [row for row in rows if row["as_usual"]],
    }
    return form_page(request, "umkm/catalogue/product_days.html", context)
