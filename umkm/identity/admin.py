"""The verifier's queue of changes of shops' identities. Decisions are services."""

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
from umkm.findings import CheckResult
from umkm.identity import pages, policies, services
from umkm.identity.forms import NoteForm
from umkm.identity.models import IdentityChange
from umkm.identity.querysets import AT_OFFICE
from umkm.identity.states import ChangeState
from umkm.sellers import steps
from umkm.verification import checks
from umkm.verification.policies import can_verify

HELD = Q(state=ChangeState.HELD)
QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: AT_OFFICE),
    QueuePart("disangkal", __("Disangkal"), lambda user, now: HELD, is_urgent=True),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: AT_OFFICE & due_today("due_at", now)),
    QueuePart("lewat", __("Lewat tenggat"), lambda user, now: AT_OFFICE & clock.over("due_at", now), is_urgent=True),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


@admin.register(IdentityChange)
class IdentityChangeAdmin(QueuePage, ServiceAdmin):
    queue_parts = QUEUE
    queue_columns = ("shop", "told_kind", "told_state", "due")
    list_display = ("due", "shop", "told_kind", "told_state")
    list_display_links = ("due", "shop")
    list_filter = (QueueFilter, "kind")
    search_fields = ("seller__name", "seller__owner_name")
    list_per_page = 50
    ordering = ("due_at", "pk")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_verify(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_verify(person(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[IdentityChange]:
        found: QuerySet[IdentityChange] = IdentityChange.objects.visible_to(person(request))
        return found.select_related("seller__kelurahan__kecamatan", "seller__food_court", "proposed_by")

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, change: IdentityChange) -> str:
        return due_words(change.due_at if change.decided_at is None else None)

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, change: IdentityChange) -> str:
        return str(change.seller)

    @admin.display(description=__("Yang berubah"), ordering="kind")
    def told_kind(self, change: IdentityChange) -> str:
        return change.get_kind_display()

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, change: IdentityChange) -> str:
        return change.get_state_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/temuan/", view(self.acknowledge), name="umkm_identitychange_acknowledge"),
            path("<int:pk>/setujui/", view(self.approve), name="umkm_identitychange_approve"),
            path("<int:pk>/kembalikan/", view(self.send_back), name="umkm_identitychange_send_back"),
            path("<int:pk>/lanjutkan/", view(self.uphold), name="umkm_identitychange_uphold"),
            path("<int:pk>/batalkan/", view(self.cancel), name="umkm_identitychange_cancel"),
            path("<int:pk>/nomor/<slug:field>/", view(self.secret), name="umkm_identitychange_secret"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._change(request, int(object_id) if object_id.isdecimal() else 0))

    @post_only
    def acknowledge(self, request: HttpRequest, pk: int) -> HttpResponse:
        change, chosen = self._change(request, pk), request.POST.get("finding", "")
        check = get_object_or_404(change.checks, pk=int(chosen) if chosen.isdecimal() else 0)
        try:
            services.acknowledge_finding(actor=person(request), check=check, now=clock.now())
        except DomainError as problem:
            return self._desk(request, change, error=problem)
        return redirect(f"{reverse('admin:umkm_identitychange_change', args=[pk])}#temuan")

    @post_only
    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        change = self._change(request, pk)
        try:
            services.approve_change(actor=person(request), change=change, now=clock.now())
        except DomainError as problem:
            return self._desk(request, change, error=problem)
        messages.success(request, _("Perubahan disetujui; penjual dan alamat lamanya sudah dikabari."))
        return redirect("admin:umkm_identitychange_changelist")

    @post_only
    def send_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._noted(request, pk, services.send_back_change, _("Dikembalikan; alasannya sudah dikirim."))

    @post_only
    def uphold(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._noted(request, pk, services.uphold_change, _("Sangkalan selesai diperiksa; penjual dikabari."))

    @post_only
    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._noted(request, pk, services.cancel_change, _("Perubahan dibatalkan; penjual sudah dikabari."))

    @post_only
    def secret(self, request: HttpRequest, pk: int, field: str) -> HttpResponse:
        change = self._change(request, pk)
        if field not in steps.SECRETS or not change.values.filter(field=field).exists():
            return redirect("admin:umkm_identitychange_change", pk)
        value = services.show_value(actor=person(request), change=change, field=field, now=clock.now())
        answer = self._desk(request, change, shown={field: value})
        answer["Cache-Control"] = "no-store"
        return answer

    def _noted(self, request: HttpRequest, pk: int, service: Any, said: str) -> HttpResponse:
        change, form = self._change(request, pk), NoteForm(request.POST)
        if not form.is_valid():
            return self._desk(request, change, form=form, status=422)
        try:
            service(actor=person(request), change=change, note=form.cleaned_data["reason"], now=clock.now())
        except DomainError as problem:
            return self._desk(request, change, error=problem, form=form)
        messages.success(request, said)
        return redirect("admin:umkm_identitychange_changelist")

    def _change(self, request: HttpRequest, pk: int) -> IdentityChange:
        if not can_verify(person(request)):
            raise PermissionDenied
        change: IdentityChange = get_object_or_404(self.get_queryset(request), pk=pk)
        return change

    def _desk(
        self,
        request: HttpRequest,
        change: IdentityChange,
        *,
        error: DomainError | None = None,
        shown: dict[str, str] | None = None,
        form: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            change, status = self._change(request, change.pk), error.status
        own = policies.is_related(person(request), change)
        names = checks.labels()
        findings = [
            {
                "key": row.pk, "label": names.get(row.code, row.code), "result": row.result,
                "word": row.get_result_display(), "text": row.words, "who": row.acknowledged_by,
                "when": row.acknowledged_at,
            }
            for row in change.checks.select_related("acknowledged_by").order_by("pk")
        ]  # fmt: skip
        context = {
            **self.admin_site.each_context(request),
            "title": str(change.seller),
            "opts": self.model._meta,
            "change": change,
            "seller": change.seller,
            "late": change.decided_at is None and clock.is_over(change.due_at, clock.now()),
            "differences": pages.differences(change, shown or {}),
            "shown": shown or {},
            "findings": [row for row in findings if row["result"] != CheckResult.PASS],
            "passed": [row for row in findings if row["result"] == CheckResult.PASS],
            "unacknowledged": change.checks.unacknowledged().count(),
            "papers": [
                {"document": paper, "is_picture": paper.content_type.startswith("image/")}
                for paper in change.documents.order_by("pk")
            ],
            "events": pages.history(change),
            "own": own,
            "can_decide": not own and change.state == ChangeState.WAITING,
            "can_settle": not own and change.state == ChangeState.HELD,
            "is_checking": change.state == ChangeState.CHECKING,
            "form": form or NoteForm(),
            "error": error,
        }
        return render(request, "umkm/identity/change_page.html", context, status=status)
