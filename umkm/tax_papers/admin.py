"""The verifier's queue of tax papers. Decisions are services."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.admin import ServiceAdmin, due_words, post_only
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, due_today, every
from epeken.users.fetch import person
from umkm.sellers.policies import is_tied
from umkm.tax_papers import pages, querysets, services
from umkm.tax_papers.forms import PaperEndForm, PaperRejectForm
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperState
from umkm.verification.policies import can_verify

QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: querysets.WAITING),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: querysets.WAITING & due_today("due_at", now)),
    QueuePart("lewat", __("Lewat tenggat"), lambda user, now: querysets.late(now), is_urgent=True),
    QueuePart("semua", __("Semua, juga yang diputuskan"), every, is_figure=False),
)


@admin.register(TaxPaper)
class TaxPaperAdmin(QueuePage, ServiceAdmin):
    queue_parts = QUEUE
    queue_columns = ("shop", "told_kind", "told_state", "due")
    list_display = ("due", "shop", "told_kind", "number", "told_state")
    list_display_links = ("due", "shop")
    list_filter = (QueueFilter, "kind")
    search_fields = ("seller__name", "seller__owner_name", "number")
    list_per_page = 50
    ordering = ("due_at", "pk")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_verify(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_verify(person(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[TaxPaper]:
        found: QuerySet[TaxPaper] = TaxPaper.objects.visible_to(person(request))
        return found.select_related("seller__kelurahan", "seller__food_court", "uploaded_by")

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, paper: TaxPaper) -> str:
        return due_words(paper.due_at if paper.decided_at is None else None)

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, paper: TaxPaper) -> str:
        return str(paper.seller)

    @admin.display(description=__("Surat"), ordering="kind")
    def told_kind(self, paper: TaxPaper) -> str:
        return paper.get_kind_display()

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, paper: TaxPaper) -> str:
        return paper.get_state_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/setujui/", view(self.verify), name="umkm_taxpaper_verify"),
            path("<int:pk>/tolak/", view(self.reject), name="umkm_taxpaper_reject"),
            path("<int:pk>/cabut/", view(self.end), name="umkm_taxpaper_end"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._paper(request, int(object_id) if object_id.isdecimal() else 0))

    @post_only
    def verify(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper = self._paper(request, pk)
        try:
            services.verify_paper(actor=person(request), paper=paper, now=clock.now())
        except DomainError as problem:
            return self._desk(request, paper, error=problem)
        messages.success(request, _("Surat diverifikasi; penjual sudah dikabari."))
        return redirect("admin:umkm_taxpaper_changelist")

    @post_only
    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper, form = self._paper(request, pk), PaperRejectForm(request.POST)
        if not form.is_valid():
            return self._desk(request, paper, form=form, status=422)
        try:
            note = form.cleaned_data["reason"]
            services.reject_paper(actor=person(request), paper=paper, note=note, now=clock.now())
        except DomainError as problem:
            return self._desk(request, paper, error=problem, form=form)
        messages.success(request, _("Surat ditolak; alasannya sudah dikirim."))
        return redirect("admin:umkm_taxpaper_changelist")

    @post_only
    def end(self, request: HttpRequest, pk: int) -> HttpResponse:
        paper, form = self._paper(request, pk), PaperEndForm(request.POST)
        if not form.is_valid():
            return self._desk(request, paper, form=form, status=422)
        said = {"last_day": form.cleaned_data["last_day"], "note": form.cleaned_data["reason"]}
        try:
            services.end_paper(actor=person(request), paper=paper, now=clock.now(), **said)
        except DomainError as problem:
            return self._desk(request, paper, error=problem, form=form)
        messages.success(request, _("Surat dicabut; penjual sudah dikabari."))
        return redirect("admin:umkm_taxpaper_changelist")

    def _paper(self, request: HttpRequest, pk: int) -> TaxPaper:
        if not can_verify(person(request)):
            raise PermissionDenied
        paper: TaxPaper = get_object_or_404(self.get_queryset(request), pk=pk)
        return paper

    def _desk(
        self,
        request: HttpRequest,
        paper: TaxPaper,
        *,
        error: DomainError | None = None,
        form: PaperRejectForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            paper, status = self._paper(request, paper.pk), error.status
        own = is_tied(person(request), paper.seller)
        is_waiting, is_verified = paper.state == TaxPaperState.WAITING, paper.state == TaxPaperState.VERIFIED
        context = {
            **self.admin_site.each_context(request),
            "title": str(paper.seller),
            "opts": self.model._meta,
            "paper": paper,
            "seller": paper.seller,
            "late": is_waiting and clock.is_over(paper.due_at, clock.now()),
            "facts": pages.facts_of(paper),
            "same": pages.same_paper(paper),
            "is_picture": paper.content_type.startswith("image/"),
            "events": pages.history(paper),
            "own": own,
            "can_decide": is_waiting and not own,
            "can_end": is_verified and not own,
            "form": form or (PaperEndForm() if is_verified else PaperRejectForm()),
            "error": error,
        }
        return render(request, "umkm/tax_papers/tax_paper_page.html", context, status=status)
