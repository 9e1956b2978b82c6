"""The queue of contested ties, for officers who verified neither shop and the head of the office."""

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
from umkm.sellers.models import Seller
from umkm.separations import pages, policies, services
from umkm.separations.models import SeparationRequest
from umkm.separations.querysets import READERS, before_office_of
from umkm.separations.states import OPEN_STATES, SeparationState
from umkm.verification.forms import NoteForm
from umkm.verification.policies import can_verify
from umkm.verification.shop_queue import ShopQueueAdmin

QUEUE = (
    QueuePart("", __("Menunggu keputusan"), lambda user, now: before_office_of(user)),
    QueuePart("kepala", __("Pada kepala dinas"), lambda user, now: Q(state=SeparationState.WITH_HEAD)),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: before_office_of(user) & due_today("due_at", now)),
    QueuePart(
        "lewat",
        __("Lewat tenggat"),
        lambda user, now: before_office_of(user) & clock.over("due_at", now),
        is_urgent=True,
    ),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


@admin.register(SeparationRequest)
class SeparationRequestAdmin(ShopQueueAdmin):
    queue_parts = QUEUE
    queue_columns = ("shop", "from_whom", "told_state", "due")
    list_display = ("due", "shop", "from_whom", "told_state")
    list_filter = (QueueFilter,)
    noun = "separation"
    read_with = ("seller", "other", "filed_by")

    def may_read(self, user: User) -> bool:
        return any(user.has_perm(name) for name in READERS)

    @admin.display(description=__("Terikat dengan"), ordering="other__name")
    def from_whom(self, row: SeparationRequest) -> str:
        return str(row.other)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/pisahkan/", view(self.separate), name="umkm_separationrequest_separate"),
            path("<int:pk>/tetap/", view(self.keep), name="umkm_separationrequest_keep"),
            *super().get_urls(),
        ]

    @post_only
    def separate(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.separate_shops, _("Dipisahkan; pemilik kedua toko sudah dikabari."))

    @post_only
    def keep(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self.noted(request, pk, services.keep_together, _("Tetap satu pemilik; alasannya sudah dikirim."))

    def desk(
        self,
        request: HttpRequest,
        row: SeparationRequest,
        *,
        error: DomainError | None = None,
        form: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        wanted = row
        if error is not None:
            wanted, status = self.found(request, row.pk), error.status
        reader, is_open = person(request), wanted.state in OPEN_STATES
        shops = list(Seller.objects.filter(owner=wanted.seller.owner_id).order_by("pk"))
        found = policies.separation_of(wanted.seller, wanted.other, shops) if wanted.other in shops else None
        earlier = SeparationRequest.objects.of_pair(wanted.seller_id, wanted.other_id).exclude(pk=wanted.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": str(wanted),
            "opts": self.model._meta,
            "wanted": wanted,
            "late": is_open and clock.is_over(wanted.due_at, clock.now()),
            "may_see_shops": can_verify(reader),
            "found": found if is_open else None,
            "leaving": pages.names_of(found.leaving) if found else "",
            "staying": pages.names_of(found.staying) if found else "",
            "one_phone": found is not None and policies.have_one_phone(found.leaving, found.staying),
            "photos": [photo.pk for photo in wanted.photos.exclude(file="")],
            "earlier": [pages.told(one) for one in earlier.order_by("pk")],
            "events": pages.history(wanted),
            "own": is_open and not policies.impartial([reader], wanted),
            "can_decide": is_open and policies.can_decide(reader, wanted),
            "form": form or NoteForm(),
            "error": error,
        }
        return render(request, "umkm/separations/separation_page.html", context, status=status)
