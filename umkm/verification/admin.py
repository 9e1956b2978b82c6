"""The verifier's queue and case page."""

from collections import Counter
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.ids import read_id
from epeken.core.models import Kecamatan
from epeken.core.web.admin import ServiceAdmin, due_words, post_only
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, due_today, every
from epeken.users.fetch import person
from umkm.area_checks import pages as area_pages
from umkm.area_checks import policies as area_policies
from umkm.area_checks import querysets as area_querysets
from umkm.assisted.policies import has_assisted
from umkm.findings import CheckResult
from umkm.requirements import pages as requirement_pages
from umkm.requirements.status import lacking, status_of
from umkm.sellers import policies as sellers_policies
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.pages import history
from umkm.verification import openings, pages, policies, querysets, services
from umkm.verification.forms import RejectForm
from umkm.verification.models import CaseCheck, VerificationCase
from umkm.verification.states import ASKED_PURPOSES, OPEN_STATES, CaseState, SellerDocumentKind


def _ready(user: Any, now: datetime) -> Q:
    return querysets.ready()


QUEUE = (
    QueuePart("", __("Menunggu keputusan"), _ready),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: querysets.OPEN & due_today("due_at", now)),
    QueuePart("lewat", __("Lewat tenggat"), lambda user, now: querysets.late(now), is_urgent=True),
    QueuePart("saya", __("Di meja saya"), lambda user, now: querysets.OPEN & Q(officer_id=user.pk)),
    QueuePart("bebas", __("Belum diambil"), lambda user, now: querysets.ready() & querysets.free()),
    QueuePart(
        "dijawab",
        __("Dikembalikan, sudah dijawab"),
        lambda user, now: (
            querysets.OPEN
            & Q(Exists(VerificationCase.objects.filter(seller=OuterRef("seller"), state=CaseState.SENT_BACK)))
        ),
    ),
    QueuePart("wilayah", __("Pada petugas wilayah"), lambda user, now: querysets.with_area()),
    QueuePart("semua", __("Semua, juga yang diputuskan"), every, is_figure=False),
)


class DistrictFilter(admin.SimpleListFilter):
    title = __("kecamatan")
    parameter_name = "kecamatan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Kecamatan.objects.values_list("code", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[VerificationCase]) -> QuerySet[VerificationCase]:
        return queryset.filter(seller__kelurahan__kecamatan_id=self.value()) if self.value() else queryset


@admin.register(VerificationCase)
class CaseAdmin(QueuePage, ServiceAdmin):
    queue_parts = QUEUE
    queue_columns = ("shop", "kind", "place", "findings", "due")
    list_display = ("due", "shop", "kind", "place", "findings", "desk_of", "told_state")
    list_display_links = ("due", "shop")
    list_filter = (QueueFilter, "seller__kind", DistrictFilter)
    search_fields = ("seller__name", "seller__owner_name", "seller__phone", "seller__address")
    list_per_page = 25
    ordering = ("due_at", "pk")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_see_queue(person(request)) if obj is None else policies.can_read(person(request), obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_verify(person(request))

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return super().get_list_display_links(request, list_display) if self.has_change_permission(request) else None

    def get_queryset(self, request: HttpRequest) -> QuerySet[VerificationCase]:
        found: QuerySet[VerificationCase] = VerificationCase.objects.visible_to(person(request))
        # Read for the rows of a page; counted in the query, they would be for all that wait before it is cut.
        concerns = CaseCheck.objects.filter(result__in=[CheckResult.FAIL, CheckResult.WARN])
        return (
            found.select_related("seller__kelurahan__kecamatan", "seller__food_court", "officer", "appeal")
            .prefetch_related(Prefetch("checks", concerns, to_attr="concerns"))
            .annotate(**area_querysets.of_cases())
        )

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, case: VerificationCase) -> str:
        return due_words(case.due_at if case.decided_at is None else None)

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, case: VerificationCase) -> str:
        return str(case.seller)

    @admin.display(description=__("Jenis"), ordering="seller__kind")
    def kind(self, case: VerificationCase) -> str:
        return case.seller.get_kind_display()

    @admin.display(description=__("Kelurahan"), ordering="seller__kelurahan__name")
    def place(self, case: VerificationCase) -> str:
        return str(case.seller.kelurahan or "–")

    @admin.display(description=__("Temuan"))
    def findings(self, case: Any) -> str:
        """What is still to be looked at; what an area objected to stays until the decision."""
        if case.state == CaseState.CHECKING:
            return _("sedang diperiksa")
        objects = case.area_objects and case.decided_at is None
        told = [_("wilayah keberatan")] if objects else []
        left = Counter(check.result for check in case.concerns if check.acknowledged_at is None)
        if not left and not told:
            return _("temuan sudah diperiksa") if case.concerns else _("tanpa temuan")
        if left[CheckResult.FAIL]:
            told.append(_("%(n)d tidak sesuai") % {"n": left[CheckResult.FAIL]})
        if left[CheckResult.WARN]:
            told.append(_("%(n)d perlu dilihat") % {"n": left[CheckResult.WARN]})
        kind = "decision__late" if left[CheckResult.FAIL] or objects else "decision__warn"
        return format_html('<span class="{}">{}</span>', kind, ", ".join(told))

    @admin.display(description=__("Di meja"), ordering="officer__name")
    def desk_of(self, case: VerificationCase) -> str:
        return str(case.told_officer or "–")

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, case: Any) -> str:
        return area_pages.waits_for(case.area_asked) or str(case.get_state_display())

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = _("Antrean verifikasi: %(n)d menunggu") % {"n": self.queue_counts(request)[""]}
        answer: HttpResponse = super().changelist_view(request, {"title": title, **(extra_context or {})})
        return answer

    def get_urls(self) -> list[Any]:
        own = [
            path("<int:pk>/ambil/", self.admin_site.admin_view(self.take), name="umkm_case_take"),
            path(
                "<int:pk>/temuan/",
                self.admin_site.admin_view(self.acknowledge),
                name="umkm_case_acknowledge",
            ),
            path("<int:pk>/temuan-petugas/", self.admin_site.admin_view(self.found_by_officer), name="umkm_case_found"),
            path("<int:pk>/setujui/", self.admin_site.admin_view(self.approve), name="umkm_case_approve"),
            path("<int:pk>/kembalikan/", self.admin_site.admin_view(self.send_back), name="umkm_case_send_back"),
            path("<int:pk>/tolak/", self.admin_site.admin_view(self.reject), name="umkm_case_reject"),
            path("<int:pk>/nomor/<slug:field>/", self.admin_site.admin_view(self.secret), name="umkm_case_secret"),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not policies.can_see_queue(person(request)):
            raise PermissionDenied
        case = self._case(request, read_id(object_id))
        if not policies.can_read(person(request), case):
            raise PermissionDenied
        return self._desk(request, case)

    @post_only
    def take(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self._posted(request, pk)
        over = read_id(request.POST.get("dari", ""))
        try:
            services.take_case(actor=person(request), case=case, now=clock.now(), over=over)
        except DomainError as problem:
            messages.error(request, problem.message)
        else:
            messages.success(request, _("Berkas ini sekarang di meja Anda."))
        return redirect("admin:umkm_verificationcase_change", pk)

    @post_only
    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self._posted(request, pk)
        by: dict[str, Any] = {"actor": person(request), "case": case, "now": clock.now()}
        try:
            services.approve_case(**by, note=request.POST.get("note", "").replace("\x00", ""))
        except DomainError as problem:
            with suppress(DomainError):  # decided by somebody else meanwhile: the page says so
                services.check_again(**by)
            return self._desk(request, case, error=problem)
        return self._onward(request, case, _("%(shop)s disetujui; pendaftar sudah dikabari."))

    @post_only
    def acknowledge(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self._posted(request, pk)
        chosen = request.POST.get("finding", "")
        check = get_object_or_404(case.checks, pk=read_id(chosen))
        try:
            services.acknowledge_finding(actor=person(request), check=check, now=clock.now())
        except DomainError as problem:
            return self._desk(request, case, error=problem)
        return redirect(f"{reverse('admin:umkm_verificationcase_change', args=[pk])}#temuan")

    @post_only
    def found_by_officer(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self._posted(request, pk)
        given = {name: request.POST.get(name, "").replace("\x00", "") for name in ("subject", "note")}
        try:
            services.record_finding(actor=person(request), case=case, now=clock.now(), **given)
        except DomainError as problem:
            return self._desk(request, case, error=problem)
        return redirect(f"{reverse('admin:umkm_verificationcase_change', args=[pk])}#syarat")

    @post_only
    def send_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self._posted(request, pk)
        chosen = request.POST.getlist("bagian")
        written = {
            key.removeprefix("alasan-"): request.POST.get(key, "").replace("\x00", "")
            for key in request.POST
            if key.startswith("alasan-")
        }
        remarks = {name: written.get(name, "") for name in chosen}
        try:
            services.send_back_case(actor=person(request), case=case, remarks=remarks, now=clock.now())
        except DomainError as problem:
            return self._desk(request, case, error=problem, written=written, ticked=chosen)
        return self._onward(request, case, _("%(shop)s dikembalikan dengan alasan Anda."))

    @post_only
    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        case = self._posted(request, pk)
        form = RejectForm(request.POST)
        if form.is_valid():
            try:
                services.reject_case(actor=person(request), case=case, now=clock.now(), **form.cleaned_data)
            except DomainError as problem:
                return self._desk(request, case, error=problem, form=form)
            return self._onward(request, case, _("%(shop)s ditolak; alasannya sudah dikirim."))
        return self._desk(request, case, form=form, status=422)

    @post_only
    def secret(self, request: HttpRequest, pk: int, field: str) -> HttpResponse:
        case = self._posted(request, pk)
        if field not in steps.SECRETS:
            return redirect("admin:umkm_verificationcase_change", pk)
        purpose = request.POST.get("untuk", "")
        try:
            value = sellers.show_secret(
                actor=person(request), seller=case.seller, field=field, purpose=purpose, now=clock.now()
            )
        except DomainError as problem:
            return self._desk(request, case, error=problem)
        answer = self._desk(request, case, shown={field: value})
        answer["Cache-Control"] = "no-store"
        return answer

    def _case(self, request: HttpRequest, pk: int) -> VerificationCase:
        cases = VerificationCase.objects.visible_to(person(request)).select_related(
            "seller__kelurahan__kecamatan", "seller__food_court", "officer", "appeal"
        )
        found: VerificationCase = get_object_or_404(cases, pk=pk)
        return found

    def _posted(self, request: HttpRequest, pk: int) -> VerificationCase:
        if not policies.can_verify(person(request)):
            raise PermissionDenied
        return self._case(request, pk)

    def _onward(self, request: HttpRequest, case: VerificationCase, said: str) -> HttpResponse:
        messages.success(request, said % {"shop": case.seller})
        following = pages.next_case(case, person(request))
        if following is None:
            return redirect("admin:umkm_verificationcase_changelist")
        return redirect("admin:umkm_verificationcase_change", following.pk)

    def _desk(
        self,
        request: HttpRequest,
        case: VerificationCase,
        *,
        error: DomainError | None = None,
        shown: dict[str, str] | None = None,
        written: dict[str, str] | None = None,
        ticked: Collection[str] = (),
        form: RejectForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            case = self._case(request, case.pk)  # what is true now, not what the form assumed
        seller = case.seller
        decided_before = case.not_by_id == person(request).pk
        answered = area_policies.has_decided(person(request), case.pk)
        typed = has_assisted(person(request), seller)
        own = decided_before or answered or typed or sellers_policies.is_tied(person(request), seller)
        areas = area_pages.findings(case, person(request))
        verifies = policies.can_verify(person(request))
        findings = pages.findings(case, verifies)
        earlier, later = pages.rounds_beside(case)
        papers = list(services.papers_of(seller))
        requirements = status_of(seller, clock.today())
        fields = [name for name in steps.fields_of(seller) if name != "longitude"]
        asked = [*fields, *dict.fromkeys(one.requirement.subject for one in requirements)]
        asked = [name for name in dict.fromkeys(asked) if name in fields or name in SellerDocumentKind.values]
        context = {
            **self.admin_site.each_context(request),
            "title": str(seller),
            "decision_label": _("Keputusan dan dokumen"),
            "opts": self.model._meta,
            "case": case,
            "seller": seller,
            "late": policies.is_late(case, clock.now()),
            "groups": pages.groups(case, earlier, shown or {}),
            "shown": shown or {},
            "sheets": pages.sheets(papers, earlier),
            "findings": [row for row in findings if row["result"] != CheckResult.PASS],
            "unacknowledged": sum(row["result"] != CheckResult.PASS and row["when"] is None for row in findings),
            "passed": [row for row in findings if row["result"] == CheckResult.PASS],
            "earlier": earlier,
            "later": later if verifies else None,
            "origin": pages.origin_of(case, earlier),
            "asked_before": pages.asked_before(case, earlier),
            "sent_back_for": pages.sent_back_for(case),
            "unopened": openings.unopened_names(person(request), papers, case.opened_at),
            "nik_unseen": not openings.saw_nik(person(request), seller, case.opened_at),
            "requirements": requirement_pages.rows(requirements),
            "lacking": [one.requirement.label for one in lacking(requirements)],
            "waiver_url": requirement_pages.waiver_url(person(request), seller),
            "events": history.history_of(seller),
            "own": own,
            "can_decide": case.state == CaseState.WAITING and verifies and not own,
            "decided_before": decided_before,
            "answered_for_area": answered,
            "typed": typed,
            "areas": areas,
            "area_runs": next((area.place for area in areas if area.is_running), ""),
            "state_words": area_pages.waits_for(next((area.level for area in areas if area.is_running), None)),
            "objected": any(area.is_objection for area in areas),
            "following": pages.next_case(case, person(request)) if verifies else None,
            "waiting": self.queue_waiting(request),
            "parts": pages.asked_parts(
                asked, ticked=ticked, written=written, error=error if written is not None else None
            ),
            "send_back_opened": written is not None,
            "form": form or RejectForm(),
            "error": error,
            "viewers": seller.views.select_related("viewer")[:10],
            "purposes": ASKED_PURPOSES if verifies else (),
            "is_open": case.state in OPEN_STATES or not verifies,
        }
        return render(request, "umkm/verification/case_page.html", context, status=error.status if error else status)
