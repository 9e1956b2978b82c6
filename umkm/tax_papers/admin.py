"""The verifier's queue of tax papers. Decisions are services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.admin import post_only
from epeken.core.web.queue import QueuePart, due_today, every
from epeken.users.fetch import person
from umkm.sellers.policies import is_tied
from umkm.tax_papers import pages, querysets, services
from umkm.tax_papers.forms import PaperEndForm
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperState
from umkm.verification.forms import NoteForm
from umkm.verification.shop_queue import ShopQueueAdmin

QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: querysets.WAITING),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: querysets.WAITING & due_today("due_at", now)),
    QueuePart("lewat", __("Lewat tenggat"), lambda user, now: querysets.late(now), is_urgent=True),
    QueuePart("semua", __("Semua, juga yang diputuskan"), every, is_figure=False),
)


@admin.register(TaxPaper)
class TaxPaperAdmin(ShopQueueAdmin):
    queue_parts = QUEUE
    list_display = ("due", "shop", "told_kind", "number", "told_state")
    search_fields = ("seller__name", "seller__owner_name", "number")
    noun = "paper"
    read_with = ("seller__kelurahan", "seller__food_court", "uploaded_by")

    @admin.display(description=__("Surat"), ordering="kind")
    def told_kind(self, paper: TaxPaper) -> str:
        return paper.get_kind_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/setujui/", view(self.verify), name="umkm_taxpaper_verify"),
            path("<int:pk>/tolak/", view(self.reject), name="umkm_taxpaper_reject"),
            path("<int:pk>/cabut/", view(self.end), name="umkm_taxpaper_end"),
            *super().get_urls(),
        ]

    @post_only
    def verify(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = _("Surat diverifikasi; penjual sudah dikabari.")
        return self.decided(request, self.found(request, pk), services.verify_paper, said)

    @post_only
    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.reject_paper, _("Surat ditolak; alasannya sudah dikirim."))

    @post_only
    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper, form = self.found(request, pk), PaperEndForm(request.POST)
        said = _("Surat dicabut; penjual sudah dikabari.")
        return self.decided(request, paper, services.end_paper, said, form=form, last_day="last_day", note="reason")

    def desk(
        self,
        request: HttpRequest,
        row: TaxPaper,
        *,
        error: DomainError | None = None,
        form: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        paper = row
        if error is not None:
            paper, status = self.found(request, row.pk), error.status
        own = is_tied(person(request), paper.seller)
        is_picture = paper.content_type.startswith("image/")
        is_waiting, is_verified = paper.state == TaxPaperState.WAITING, paper.state == TaxPaperState.VERIFIED
        context = {
            **self.admin_site.each_context(request),
            "title": str(paper.seller),
            "opts": self.model._meta,
            "paper": paper,
            "seller": paper.seller,
            "case": paper.seller.cases.order_by("-pk").first(),
            "late": is_waiting and clock.is_over(paper.due_at, clock.now()),
            "facts": pages.facts_of(paper),
            "same": pages.same_paper(paper),
            "remarks": pages.remarks_of(paper),
            # A picture stands open on this page, which opens it.
            "unopened": [] if is_picture or services.has_opened(person(request), paper) else [paper.get_kind_display()],
            "is_picture": is_picture,
            "events": pages.history(paper),
            "own": own,
            "can_decide": is_waiting and not own,
            "can_end": is_verified and not own,
            "form": form or (PaperEndForm() if is_verified else NoteForm()),
            "error": error,
        }
        return render(request, "umkm/tax_papers/tax_paper_page.html", context, status=status)
