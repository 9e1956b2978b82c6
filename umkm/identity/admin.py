"""The verifier's queue of changes of shops' identities. Decisions are services."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.ids import read_id
from epeken.core.web.admin import post_only
from epeken.core.web.queue import QueuePart, due_today, every
from epeken.users.fetch import person
from umkm.findings import CheckResult
from umkm.identity import pages, policies, services
from umkm.identity.models import IdentityChange
from umkm.identity.querysets import AT_OFFICE
from umkm.identity.states import ChangeState
from umkm.sellers import steps
from umkm.verification import checks, openings
from umkm.verification.forms import NoteForm
from umkm.verification.shop_queue import ShopQueueAdmin
from umkm.verification.states import ASKED_PURPOSES

HELD = Q(state=ChangeState.HELD)
QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: AT_OFFICE),
    QueuePart("disangkal", __("Disangkal"), lambda user, now: HELD, is_urgent=True),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: AT_OFFICE & due_today("due_at", now)),
    QueuePart("lewat", __("Lewat tenggat"), lambda user, now: AT_OFFICE & clock.over("due_at", now), is_urgent=True),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


@admin.register(IdentityChange)
class IdentityChangeAdmin(ShopQueueAdmin):
    queue_parts = QUEUE
    list_display = ("due", "shop", "told_kind", "told_state")
    noun = "change"
    read_with = ("seller__kelurahan__kecamatan", "seller__food_court", "proposed_by")

    @admin.display(description=__("Yang berubah"), ordering="kind")
    def told_kind(self, change: IdentityChange) -> str:
        return change.get_kind_display()

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

    @post_only
    def acknowledge(self, request: HttpRequest, pk: int) -> HttpResponse:
        change, chosen = self.found(request, pk), request.POST.get("finding", "")
        check = get_object_or_404(change.checks, pk=read_id(chosen))
        try:
            services.acknowledge_finding(actor=person(request), check=check, now=clock.now())
        except DomainError as problem:
            return self.desk(request, change, error=problem)
        return redirect(f"{reverse('admin:umkm_identitychange_change', args=[pk])}#temuan")

    @post_only
    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = _("Perubahan disetujui; penjual dan alamat lamanya sudah dikabari.")
        return self.decided(request, self.found(request, pk), services.approve_change, said)

    @post_only
    def send_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.send_back_change, _("Dikembalikan; alasannya sudah dikirim."))

    @post_only
    def uphold(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.uphold_change, _("Sangkalan selesai diperiksa; penjual dikabari."))

    @post_only
    def cancel(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.cancel_change, _("Perubahan dibatalkan; penjual sudah dikabari."))

    @post_only
    def secret(self, request: HttpRequest, pk: int, field: str) -> HttpResponse:
        change = self.found(request, pk)
        if field not in steps.SECRETS or not change.values.filter(field=field).exists():
            return redirect("admin:umkm_identitychange_change", pk)
        purpose = request.POST.get("untuk", "")
        try:
            value = services.show_value(
                actor=person(request), change=change, field=field, purpose=purpose, now=clock.now()
            )
        except DomainError as problem:
            return self.desk(request, change, error=problem)
        answer = self.desk(request, change, shown={field: value})
        answer["Cache-Control"] = "no-store"
        return answer

    def desk(
        self,
        request: HttpRequest,
        row: IdentityChange,
        *,
        error: DomainError | None = None,
        form: NoteForm | None = None,
        status: int = 200,
        shown: dict[str, str] | None = None,
    ) -> HttpResponse:
        change = row
        if error is not None:
            change, status = self.found(request, row.pk), error.status
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
            "differences": pages.differences(change, shown or {}, clock.now()),
            "others": pages.beside(change, clock.now()),
            "shown": shown or {},
            "findings": [row for row in findings if row["result"] != CheckResult.PASS],
            "passed": [row for row in findings if row["result"] == CheckResult.PASS],
            "unacknowledged": change.checks.unacknowledged().count(),
            "papers": [
                {"document": paper, "is_picture": paper.content_type.startswith("image/")}
                for paper in change.documents.order_by("pk")
            ],
            "unopened": openings.unopened_names(person(request), services.evidence_of(change), change.proposed_at),
            "events": pages.history(change),
            "purposes": ASKED_PURPOSES,
            "is_open": change.state in openings.JUDGED,
            "own": own,
            "can_decide": not own and change.state == ChangeState.WAITING,
            "can_settle": not own and change.state == ChangeState.HELD,
            "is_checking": change.state == ChangeState.CHECKING,
            "form": form or NoteForm(),
            "error": error,
        }
        return render(request, "umkm/identity/change_page.html", context, status=status)
