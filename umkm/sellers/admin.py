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
from epeken.core.web.admin import HouseAdmin, ServiceAdmin, post_only
from epeken.users.fetch import person
from umkm.sellers import policies, services
from umkm.sellers.models import FoodCourt, Seller, SellerMember
from umkm.sellers.pages import application as application_pages
from umkm.sellers.states import SellerState
from umkm.verification import policies as verification_policies
from umkm.verification.forms import ReasonForm


@admin.register(Seller)
class SellerAdmin(ServiceAdmin):
    list_display = ("name", "kind", "told_state", "kelurahan", "approved_at")
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
            path("<int:pk>/bekukan/", self.admin_site.admin_view(self.freeze), name="umkm_seller_freeze"),
            path("<int:pk>/pulihkan/", self.admin_site.admin_view(self.restore), name="umkm_seller_restore"),
        ]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        seller = get_object_or_404(self.get_queryset(request), pk=int(object_id) if object_id.isdecimal() else 0)
        return self._page(request, seller, ReasonForm())

    @post_only
    def freeze(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._sanction(request, pk, services.freeze_seller, _("%(shop)s dibekukan; penjual sudah dikabari."))

    @post_only
    def restore(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._sanction(
            request, pk, services.restore_seller, _("%(shop)s dibuka kembali; penjual sudah dikabari.")
        )

    def _sanction(self, request: HttpRequest, pk: int, service: Any, said: str) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        seller = get_object_or_404(self.get_queryset(request), pk=pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._page(request, seller, form, status=422)
        try:
            service(actor=request.user, seller=seller, reason=form.cleaned_data["reason"], now=clock.now())
        except DomainError as problem:
            form.refuse(problem)
            return self._page(request, seller, form, status=problem.status)
        messages.success(request, said % {"shop": seller})
        return redirect("admin:umkm_seller_change", pk)

    def _page(self, request: HttpRequest, seller: Seller, form: ReasonForm, status: int = 200) -> HttpResponse:
        seller.refresh_from_db()
        case = seller.cases.order_by("-pk").first()
        owner, *others = application_pages.summary(seller, clock.local_date(clock.now()))
        context = {
            **self.admin_site.each_context(request),
            "title": str(seller),
            "opts": self.model._meta,
            "seller": seller,
            "parts": [replace(owner, title=_("Pemilik")), *others],
            "events": application_pages.history(seller),
            "case_url": reverse("admin:umkm_verificationcase_change", args=[case.pk])
            if case and verification_policies.can_verify(person(request))
            else "",
            "form": form,
            "can_freeze": policies.can_freeze(person(request)) and not policies.is_tied(person(request), seller),
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
