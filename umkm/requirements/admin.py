"""Requirements as dated data of the office, and the page on which a shop is excused from one."""

from datetime import date, timedelta
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
from epeken.core.i18n.reference import in_language
from epeken.core.ids import read_id
from epeken.core.web.admin import DatedAdmin, ServiceAdmin, post_only
from epeken.users.fetch import person
from umkm.requirements import pages, policies, rules, services
from umkm.requirements.forms import RequirementWaiverForm
from umkm.requirements.models import Requirement, RequirementWaiver
from umkm.requirements.states import WaiverState
from umkm.requirements.status import RequirementStatus, status_of
from umkm.sellers.models import Seller
from umkm.verification.forms import NoteForm


def _waivable() -> QuerySet[Seller]:
    """Shops that may be excused from a requirement."""
    found: QuerySet[Seller] = Seller.objects.filter(state__in=services.WAIVED_IN)
    return found


@admin.register(Requirement)
class RequirementAdmin(DatedAdmin):
    """Dated: a change is a new row, the old one ends."""

    list_display = (
        "seller_kind", "told_label", "told_means", "required", "waivable", "told_purpose", "valid_from", "valid_until",
    )  # fmt: skip
    list_display_links = ("seller_kind", "told_label")
    list_filter = ("seller_kind", "required", "waivable")
    list_select_related = ("category",)
    worded = ("purpose", "position", "source")

    @admin.display(description=__("syarat"), ordering="subject")
    def told_label(self, requirement: Requirement) -> str:
        return requirement.label

    @admin.display(description=__("cara terpenuhi"))
    def told_means(self, requirement: Requirement) -> str:
        return str(requirement.means.label)

    @admin.display(description=__("untuk apa"), ordering="purpose")
    def told_purpose(self, requirement: Requirement) -> str:
        return in_language(requirement.purpose)


@admin.register(RequirementWaiver)
class RequirementWaiverAdmin(ServiceAdmin):
    list_display = ("shop", "told_label", "told_state", "valid_from", "valid_until", "given_by")
    list_display_links = ("shop", "told_label")
    list_filter = ("state", "seller_kind")
    search_fields = ("seller__name",)
    search_help_text = __("Nomor pendaftaran membuka halaman tokonya, juga yang belum dikirim.")
    list_select_related = ("seller", "category", "given_by")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_waive(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RequirementWaiver]:
        found: QuerySet[RequirementWaiver] = RequirementWaiver.objects.visible_to(person(request))
        return found

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, waiver: RequirementWaiver) -> str:
        return str(waiver.seller)

    @admin.display(description=__("syarat"), ordering="subject")
    def told_label(self, waiver: RequirementWaiver) -> str:
        return waiver.label

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, waiver: RequirementWaiver) -> str:
        return waiver.get_state_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("toko/<int:pk>/", view(self.shop_page), name="umkm_requirementwaiver_shop"),
            path("<int:pk>/cabut/", view(self.withdraw), name="umkm_requirementwaiver_withdraw"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return redirect("admin:umkm_requirementwaiver_shop", self._waiver(request, read_id(object_id)).seller_id)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The number of a registration, typed into the search, opens the page of that shop."""
        pk = read_id(request.GET.get("q", "").strip())
        if self.has_view_permission(request) and _waivable().filter(pk=pk).exists():
            return redirect("admin:umkm_requirementwaiver_shop", pk)
        answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer

    def shop_page(self, request: HttpRequest, pk: int) -> HttpResponse:
        seller = self._seller(request, pk)
        now = clock.now()
        found = status_of(seller, clock.local_date(now))
        form = self._form(found, clock.local_date(now), request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            shown = [read_id(text) for text in request.POST.getlist("shown")]
            try:
                services.give_waiver(actor=person(request), seller=seller, shown=shown, now=now, **form.cleaned_data)
            except DomainError as problem:
                form.refuse(problem)
                return self._page(request, seller, form=form, status=problem.status)
            messages.success(request, _("%(shop)s dikecualikan; penjual sudah dikabari.") % {"shop": seller})
            return redirect("admin:umkm_requirementwaiver_shop", pk)
        return self._page(request, seller, form=form, status=422 if form.is_bound else 200)

    @post_only
    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        waiver, form = self._waiver(request, pk), NoteForm(request.POST)
        if not form.is_valid():
            return self._page(request, waiver.seller, note=form, status=422)
        try:
            services.withdraw_waiver(
                actor=person(request), waiver=waiver, reason=form.cleaned_data["reason"], now=clock.now()
            )
        except DomainError as problem:
            form.refuse(problem)
            return self._page(request, waiver.seller, note=form, status=problem.status)
        messages.success(request, _("Pengecualian dicabut; penjual sudah dikabari."))
        return redirect("admin:umkm_requirementwaiver_shop", waiver.seller_id)

    def _form(self, found: list[RequirementStatus], day: date, data: Any = None) -> RequirementWaiverForm:
        offered = [one.requirement.pk for one in found if one.is_asked and not one.is_met and one.requirement.waivable]
        return RequirementWaiverForm(data, offered=offered, first=day, last=day + timedelta(days=rules.MOST.on(day)))

    def _seller(self, request: HttpRequest, pk: int) -> Seller:
        if not self.has_view_permission(request):
            raise PermissionDenied
        seller: Seller = get_object_or_404(_waivable(), pk=pk)
        return seller

    def _waiver(self, request: HttpRequest, pk: int) -> RequirementWaiver:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found: RequirementWaiver = get_object_or_404(self.get_queryset(request).select_related("seller"), pk=pk)
        return found

    def _page(
        self,
        request: HttpRequest,
        seller: Seller,
        *,
        form: RequirementWaiverForm | None = None,
        note: NoteForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        day = clock.local_date(clock.now())
        found = status_of(seller, day)
        given = list(seller.waivers.select_related("given_by", "category"))
        own = not policies.can_waive_for(person(request), seller)
        form = form or self._form(found, day)
        context = {
            **self.admin_site.each_context(request),
            "title": str(seller) or seller.get_kind_display(),
            "opts": self.model._meta,
            "seller": seller,
            "own": own,
            "rows": pages.rows(found),
            "form": form,
            "can_give": not own and form.offers_any,
            "note": note or NoteForm(),
            "given": [(one, pages.waiver_events(one)) for one in given],
            "in_force": [one for one in given if one.state == WaiverState.IN_FORCE],
        }
        return render(request, "umkm/requirements/waiver_page.html", context, status=status)
