"""The queue of appeals, for the other officers and the head of the office. Decisions are services."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.admin import ServiceAdmin, due_words, post_only
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, due_today, every
from epeken.users.fetch import person
from umkm.appeals import pages, policies, services
from umkm.appeals.models import Appeal
from umkm.appeals.querysets import OPEN, READERS
from umkm.appeals.states import OPEN_STATES, AppealState
from umkm.identity.forms import NoteForm
from umkm.verification.policies import can_verify

QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: OPEN),
    QueuePart("kepala", __("Pada kepala dinas"), lambda user, now: Q(state=AppealState.WITH_HEAD), is_urgent=True),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: OPEN & due_today("due_at", now)),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


@admin.register(Appeal)
class AppealAdmin(QueuePage, ServiceAdmin):
    queue_parts = QUEUE
    queue_columns = ("shop", "against", "told_state", "due")
    list_display = ("due", "shop", "against", "told_state")
    list_display_links = ("due", "shop")
    list_filter = (QueueFilter,)
    search_fields = ("seller__name", "seller__owner_name")
    list_per_page = 50
    ordering = ("due_at", "pk")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return any(person(request).has_perm(name) for name in READERS)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appeal]:
        found: QuerySet[Appeal] = Appeal.objects.visible_to(person(request))
        return found.select_related("seller", "case", "sanction", "filed_by", "decided_first_by")

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, appeal: Appeal) -> str:
        return due_words(appeal.due_at if appeal.decided_at is None else None)

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, appeal: Appeal) -> str:
        return str(appeal.seller)

    @admin.display(description=__("Terhadap"))
    def against(self, appeal: Appeal) -> str:
        return appeal.sanction.get_level_display() if appeal.sanction else _("Penolakan pendaftaran")

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, appeal: Appeal) -> str:
        return appeal.get_state_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/kabulkan/", view(self.grant), name="umkm_appeal_grant"),
            path("<int:pk>/tolak/", view(self.refuse), name="umkm_appeal_refuse"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._appeal(request, int(object_id) if object_id.isdecimal() else 0))

    @post_only
    def grant(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._decided(request, pk, services.grant_appeal, _("Banding dikabulkan; penjual sudah dikabari."))

    @post_only
    def refuse(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._decided(request, pk, services.refuse_appeal, _("Banding ditolak; alasannya sudah dikirim."))

    def _decided(self, request: HttpRequest, pk: int, service: Any, said: str) -> HttpResponse:
        appeal, form = self._appeal(request, pk), NoteForm(request.POST)
        if not form.is_valid():
            return self._desk(request, appeal, form=form, status=422)
        try:
            service(actor=person(request), appeal=appeal, note=form.cleaned_data["reason"], now=clock.now())
        except DomainError as problem:
            return self._desk(request, appeal, error=problem, form=form)
        messages.success(request, said)
        return redirect("admin:umkm_appeal_changelist")

    def _appeal(self, request: HttpRequest, pk: int) -> Appeal:
        if not self.has_view_permission(request):
            raise PermissionDenied
        appeal: Appeal = get_object_or_404(self.get_queryset(request), pk=pk)
        return appeal

    def _desk(
        self,
        request: HttpRequest,
        appeal: Appeal,
        *,
        error: DomainError | None = None,
        form: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            appeal, status = self._appeal(request, appeal.pk), error.status
        is_open = appeal.state in OPEN_STATES
        seller_url = reverse("admin:umkm_seller_change", args=[appeal.seller_id])
        context = {
            **self.admin_site.each_context(request),
            "title": str(appeal.seller),
            "opts": self.model._meta,
            "appeal": appeal,
            "against": self.against(appeal),
            "late": is_open and clock.is_over(appeal.due_at, clock.now()),
            "file_url": reverse("admin:umkm_verificationcase_change", args=[appeal.case_id])
            if appeal.case_id is not None and can_verify(person(request))
            else seller_url,
            "events": pages.history(appeal),
            "own": is_open and not policies.is_impartial(person(request), appeal),
            "can_decide": is_open and policies.can_decide(person(request), appeal),
            "form": form or NoteForm(),
            "error": error,
        }
        return render(request, "umkm/appeals/appeal_page.html", context, status=status)
