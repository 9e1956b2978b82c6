"""What a department paid, for its accounting."""

import logging

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from epeken.core import clock, exports
from epeken.core.errors import NotAllowed, require
from epeken.users.fetch import person
from orders.realisation import pages
from orders.realisation.forms import RealisationFilter
from procurement.agencies import fetch

PAGE_SIZE = 25
logger = logging.getLogger(__name__)


@require_safe
@login_required
def realisation_list(request: HttpRequest) -> HttpResponse:
    """By day of payment; as a file it holds the sellers' NPWP, and who took it is logged."""
    user = person(request)
    agencies = fetch.agencies_of(user, clock.now())
    if not agencies:
        raise NotAllowed(_("Halaman ini untuk pejabat dinas. Masuk dengan akun dinas Anda."))
    form = RealisationFilter(request.GET, agencies=agencies)
    chosen = form.read()
    wanted = [one for one in agencies if chosen.get("dinas") in (None, "", str(one.pk))]
    found = pages.realised(wanted, chosen.get("sejak"), chosen.get("sampai"))
    compensated = list(pages.compensations(wanted, chosen.get("sejak"), chosen.get("sampai")))
    kind = request.GET.get("unduh")
    if kind in ("csv", "xlsx"):
        form.check_file()
        count = found.count()
        require(
            count <= exports.MOST_ROWS,
            _("Paling banyak %(most)d tagihan untuk satu berkas, di sini %(count)d. Persempit tanggalnya.")
            % {"most": exports.MOST_ROWS, "count": count},
            code="too_many",
        )
        logger.info("realisation taken: invoices=%s person=%s", count, user.pk)
        rows = [*pages.rows_of(pages.with_rows(found)), *compensated]
        return exports.as_file(kind, _("realisasi-belanja"), pages.file_head(), rows, pages.file_cells)
    page = Paginator(pages.with_rows(found), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": pages.rows_of(page),
        "sums": (sums := pages.sums(found)),
        "lead": pages.lead(page.paginator.count, sums, sum(one.amount for one in compensated)),
        "compensated": compensated,
        "paid_in_part": pages.paid_in_part(wanted),
        "several": len(agencies) > 1,
        "is_filtered": any(chosen.values()),
    }
    return render(request, "orders/realisation/realisation_list.html", context)
