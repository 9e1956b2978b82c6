"""Shops as the office sees them: freezing and restoring, food courts, required documents."""

from dataclasses import replace
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.ids import read_id
from epeken.core.web.admin import HouseAdmin, ServiceAdmin, post_only
from epeken.users.fetch import person
from umkm.area_checks import pages as area_pages
from umkm.requirements import pages as requirement_pages
from umkm.requirements.status import status_of
from umkm.sanctions import policies as sanction_policies
from umkm.sanctions import services as sanctions
from umkm.sanctions.forms import LiftForm
from umkm.sanctions.models import Sanction
from umkm.sellers import policies, services, steps
from umkm.sellers.models import FoodCourt, Seller, SellerMember
from umkm.sellers.pages import application as application_pages
from umkm.sellers.pages import history
from umkm.sellers.states import SellerState
from umkm.tax_papers import pages as tax_pages
from umkm.verification import policies as verification_policies


@admin.register(Seller)
class SellerAdmin(ServiceAdmin):
    list_display = ("name", "kind", "told_state", "kelurahan", "approved_at")
    list_per_page = 25  # of many columns, which stand below each other on a phone
    list_filter = ("state", "kind")
    search_fields = ("name", "owner_name", "phone", "slug")
    list_select_related = ("kelurahan__kecamatan",)
    ordering = ("-pk",)
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return verification_policies.can_verify(person(request)) or policies.can_freeze(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_view_permission(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Seller]:
        return Seller.objects.exclude(state=SellerState.DRAFT)

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, seller: Seller) -> str:
        return seller.get_state_display()

    def get_urls(self) -> list[Any]:
        own = [
            path(
                "<int:pk>/cabut-sanksi/<int:sanction>/", self.admin_site.admin_view(self.lift), name="umkm_seller_lift"
            ),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        seller = get_object_or_404(self.get_queryset(request), pk=read_id(object_id))
        return self._page(request, seller)

    @post_only
    def lift(self, request: HttpRequest, pk: int, sanction: int) -> HttpResponse:
        seller, form = self._seller(request, pk), LiftForm(request.POST)
        found: Sanction = get_object_or_404(seller.sanctions, pk=sanction)
        if not form.is_valid():
            return self._page(request, seller, lifting=form, status=422)
        try:
            sanctions.lift_sanction(actor=person(request), sanction=found, now=clock.now(), **form.cleaned_data)
        except DomainError as problem:
            form.refuse(problem)
            return self._page(request, seller, lifting=form, status=problem.status)
        said = {"shop": seller, "level": found.get_level_display()}
        messages.success(request, _("%(level)s %(shop)s dicabut; penjual sudah dikabari.") % said)
        return redirect("admin:umkm_seller_change", pk)

    def _seller(self, request: HttpRequest, pk: int) -> Seller:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found: Seller = get_object_or_404(self.get_queryset(request), pk=pk)
        return found

    def _page(
        self,
        request: HttpRequest,
        seller: Seller,
        *,
        lifting: LiftForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        seller.refresh_from_db()
        case = seller.cases.order_by("-pk").first()
        owner, *others = application_pages.summary(seller, status_of(seller, clock.local_date(clock.now())))
        counted = {
            steps.label_of(name): text
            for name, text in tax_pages.counted_words(seller, clock.local_date(clock.now())).items()
        }
        for row in [row for part in others for row in part.rows]:
            row["value"] = counted.get(row["label"], row["value"])
        given = list(seller.sanctions.select_related("given_by"))
        in_force = [one for one in given if one.ended_at is None]
        highest = sanction_policies.highest(in_force)
        context = {
            **self.admin_site.each_context(request),
            "title": str(seller),
            "opts": self.model._meta,
            "seller": seller,
            "parts": [replace(owner, title=_("Pemilik")), *others],
            "events": history.history_of(seller),
            "case_url": reverse("admin:umkm_verificationcase_change", args=[case.pk])
            if case and verification_policies.can_verify(person(request))
            else "",
            "waiver_url": requirement_pages.waiver_url(person(request), seller),
            "areas": area_pages.findings(case, person(request))
            if case and verification_policies.can_verify(person(request))
            else [],
            "lifting": lifting or LiftForm(),
            "given": given,
            "highest": highest,
            "can_sanction": sanction_policies.can_sanction(person(request), seller),
        }
        return render(request, "umkm/sellers/seller_page.html", context, status=status)


class HouseholdForm(forms.ModelForm):
    class Meta:
        model = SellerMember
        fields = ["seller", "user"]
        help_texts = {
            "user": __(
                "Orang ini tinggal serumah dengan pemilik toko. Ia tidak mengurus tokonya, dan tidak mengambil bagian "
                "dalam pembelian dinas dari toko pemilik itu."
            )
        }

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if "seller" in values and "user" in values:
            try:
                services.check_household(values["seller"], values["user"])
            except DomainError as problem:
                self.add_error("user", problem.message)
        self.instance.role = SellerMember.Role.HOUSEHOLD
        self.instance.since = self.instance.until = clock.now()
        return values


@admin.register(SellerMember)
class HouseholdAdmin(HouseAdmin):
    """Who lives with a shop's owner, and so takes no side of an office's purchase from it. Members come and go with
    the shop's own pages."""

    form = HouseholdForm
    list_display = ("user", "seller", "role", "since")
    list_select_related = ("user", "seller")
    search_fields = ("user__name", "user__email", "seller__name")
    autocomplete_fields = ("seller", "user")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SellerMember]:
        return SellerMember.objects.filter(role=SellerMember.Role.HOUSEHOLD)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: SellerMember, form: Any, change: bool) -> None:
        made = services.record_household(actor=person(request), seller=obj.seller, user=obj.user, now=clock.now())
        obj.pk = made.pk


@admin.register(FoodCourt)
class FoodCourtAdmin(HouseAdmin):
    list_display = ("name", "kecamatan", "stalls", "opens_at", "closes_at")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
