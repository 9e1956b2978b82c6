"""The sample of what the rule let on show, for curators to look at."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.admin import ServiceAdmin
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every
from epeken.users.fetch import person
from umkm.automatic import services
from umkm.automatic.models import AutomaticDecision
from umkm.automatic.states import ASKED, Verdict
from umkm.catalogue import policies

ASKED_FOR = Q(is_sample=True, verdict="")
QUEUE = (
    QueuePart("", __("Contoh yang belum dilihat"), lambda user, now: ASKED_FOR),
    QueuePart("keliru", __("Ditemukan keliru"), lambda user, now: Q(verdict=Verdict.WRONG), is_figure=False),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


def _judging(verdict: Verdict, words: Any) -> Callable[..., None]:
    @admin.action(description=words)
    def judge(page: "DecisionAdmin", request: HttpRequest, chosen: QuerySet[AutomaticDecision]) -> None:
        done = 0
        for decision in chosen.select_related("product"):
            try:
                services.judge_decision(actor=person(request), decision=decision, verdict=verdict, now=clock.now())
            except DomainError as problem:
                messages.error(request, f"{decision.product}: {problem.message}")
            else:
                done += 1
        messages.success(request, _("Diperiksa: %(n)d.") % {"n": done})

    judge.__name__ = f"judge_{verdict.value}"
    return judge


@admin.register(AutomaticDecision)
class DecisionAdmin(QueuePage, ServiceAdmin):
    """What was let on show without a curator; the sample is looked at, anything else can be."""

    queue_parts = QUEUE
    queue_columns = ()
    list_display = ("goods", "shop", "what", "price", "median", "decided_at", "verdict_words", "judged_by")
    list_display_links = None
    list_filter = (QueueFilter,)
    list_select_related = ("product__seller", "proposal", "judged_by")
    search_fields = ("product__name", "product__seller__name")
    actions = (
        _judging(Verdict.RIGHT, __("Tandai benar")),
        _judging(Verdict.WRONG, __("Tandai keliru: barang toko ini menunggu kurator lagi")),
    )

    def has_view_permission(self, request: HttpRequest, obj: AutomaticDecision | None = None) -> bool:
        return policies.can_curate(person(request))

    def has_change_permission(self, request: HttpRequest, obj: AutomaticDecision | None = None) -> bool:
        return False

    @admin.display(description=__("Barang"), ordering="product__name")
    def goods(self, decision: AutomaticDecision) -> str:
        url = reverse("admin:umkm_product_change", args=[decision.product_id])
        return format_html('<a href="{}">{}</a>', url, decision.product.name)

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="product__seller__name")
    def shop(self, decision: AutomaticDecision) -> str:
        return decision.product.seller.name

    @admin.display(description=__("Yang diputus"))
    def what(self, decision: AutomaticDecision) -> str:
        return _("perubahan") if decision.proposal_id else _("barang baru")

    @admin.display(description=__("Hasil pemeriksaan"))
    def verdict_words(self, decision: AutomaticDecision) -> str:
        return decision.get_verdict_display() or (str(ASKED) if decision.is_sample else "–")
