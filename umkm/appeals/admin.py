"""The queue of appeals, for the other officers and the head of the office. Decisions are services."""

from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.admin import post_only
from epeken.core.web.queue import QueueFilter, QueuePart, due_today, every
from epeken.users.fetch import person
from epeken.users.models import User
from umkm.appeals import pages, policies, services
from umkm.appeals.models import Appeal
from umkm.appeals.querysets import READERS, before_office_of
from umkm.appeals.states import OPEN_STATES, AppealState
from umkm.sanctions.pages import words_of
from umkm.verification.forms import NoteForm
from umkm.verification.shop_queue import ShopQueueAdmin

QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: before_office_of(user)),
    QueuePart("kepala", __("Pada kepala dinas"), lambda user, now: Q(state=AppealState.WITH_HEAD)),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: before_office_of(user) & due_today("due_at", now)),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


@admin.register(Appeal)
class AppealAdmin(ShopQueueAdmin):
    queue_parts = QUEUE
    queue_columns = ("shop", "against", "told_state", "due")
    list_display = ("due", "shop", "against", "told_state")
    list_filter = (QueueFilter,)
    noun = "appeal"
    read_with = ("seller", "case", "sanction", "filed_by", "decided_first_by")

    def may_read(self, user: User) -> bool:
        return any(user.has_perm(name) for name in READERS)

    @admin.display(description=__("Terhadap"))
    def against(self, appeal: Appeal) -> str:
        return appeal.sanction.get_level_display() if appeal.sanction else _("Penolakan pendaftaran")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/kabulkan/", view(self.grant), name="umkm_appeal_grant"),
            path("<int:pk>/tolak/", view(self.refuse), name="umkm_appeal_refuse"),
            *super().get_urls(),
        ]

    @post_only
    def grant(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.grant_appeal, _("Banding dikabulkan; penjual sudah dikabari."))

    @post_only
    def refuse(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.refuse_appeal, _("Banding ditolak; alasannya sudah dikirim."))

    def desk(
        self,
        request: HttpRequest,
        row: Appeal,
        *,
        error: DomainError | None = None,
        form: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        appeal = row
        if error is not None:
            appeal, status = self.found(request, row.pk), error.status
        is_open = appeal.state in OPEN_STATES
        reader = person(request)
        context = {
            **self.admin_site.each_context(request),
            "title": str(appeal.seller),
            "opts": self.model._meta,
            "appeal": appeal,
            "against": self.against(appeal),
            "late": is_open and clock.is_over(appeal.due_at, clock.now()),
            "file_url": pages.file_url(appeal, reader),
            "facts": [words_of(fact) for fact in appeal.sanction.facts.all()] if appeal.sanction else [],
            "photos": [photo.pk for photo in appeal.photos.exclude(file="")],
            "events": pages.history(appeal),
            "own": is_open and not policies.is_impartial(reader, appeal),
            "can_decide": is_open and policies.can_decide(reader, appeal),
            "has_other": appeal.case_id is None or bool(policies.other_verifiers(appeal)),
            "form": form or NoteForm(),
            "error": error,
        }
        return render(request, "umkm/appeals/appeal_page.html", context, status=status)
