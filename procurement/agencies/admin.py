"""Admin pages of departments and their dated appointments."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.web.admin import HouseAdmin
from epeken.core.web.forms import CoordinateFormField
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.agencies import services
from procurement.agencies.models import Agency, AgencyMember


class InForceFilter(admin.SimpleListFilter):
    title = __("berlaku")
    parameter_name = "berlaku"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ya", _("Berlaku hari ini")), ("tidak", _("Tidak berlaku hari ini"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        today = AgencyMember.objects.on(clock.local_date(clock.now())).values("pk")
        if self.value() == "ya":
            return queryset.filter(pk__in=today)
        return queryset.exclude(pk__in=today) if self.value() == "tidak" else queryset


class AgencyForm(forms.ModelForm):
    latitude = CoordinateFormField(label=__("Garis lintang"), required=False, min_value=-90, max_value=90)
    longitude = CoordinateFormField(label=__("Garis bujur"), required=False, min_value=-180, max_value=180)

    class Meta:
        model = Agency
        fields = [
            "name", "short_name", "code", "address", "kelurahan", "latitude", "longitude", "npwp", "phone",
            "email", "website",
        ]  # fmt: skip


@admin.register(Agency)
class AgencyAdmin(HouseAdmin):
    form = AgencyForm
    list_display = ["name", "short_name", "code", "kelurahan"]
    list_select_related = ["kelurahan__kecamatan"]
    search_fields = ["name", "short_name", "code"]
    autocomplete_fields = ["kelurahan"]


class AppointmentForm(forms.ModelForm):
    """Asks what the service asks, and shows its refusal at the field."""

    actor: User | None = None

    class Meta:
        model = AgencyMember
        fields = ["agency", "user", "role", "capacity", "decree", "valid_from", "valid_until"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        wanted = {"agency", "user", "role", "valid_from"}
        if self.instance.pk is None and wanted <= data.keys():
            try:
                services.check_overlap(
                    agency=data["agency"],
                    user=data["user"],
                    role=data["role"],
                    valid_from=data["valid_from"],
                    valid_until=data.get("valid_until"),
                )
                services.check_ties(agency=data["agency"], user=data["user"], role=data["role"])
                services.check_capacity(
                    agency=data["agency"],
                    role=data["role"],
                    decree=data.get("decree", ""),
                    valid_from=data["valid_from"],
                    valid_until=data.get("valid_until"),
                    capacity=data.get("capacity", ""),
                )
            except DomainError as problem:
                raise forms.ValidationError({problem.field or NON_FIELD_ERRORS: problem.message}) from problem
        if self.instance.pk is not None and "valid_until" in self.changed_data and "valid_until" not in self.errors:
            self._check_end(data.get("valid_until"))
        return data

    def _check_end(self, last_day: date | None) -> None:
        if last_day is None:
            told = _(
                "Penunjukan ini sudah punya hari terakhir. Untuk memperpanjang, buat penunjukan baru dengan SK baru."
            )
            self.add_error("valid_until", told)
            return
        try:
            services.check_end(self.instance, last_day, clock.now())
        except DomainError as problem:
            self.add_error("valid_until", problem.message)


@admin.register(AgencyMember)
class AgencyMemberAdmin(HouseAdmin):
    """An appointment is made and ended; it is never rewritten or erased."""

    form = AppointmentForm
    fields = AppointmentForm.Meta.fields
    list_display = ["user", "role", "capacity", "agency", "decree", "valid_from", "valid_until"]
    list_filter = [InForceFilter, "role", "agency"]
    list_select_related = ["user", "agency"]
    search_fields = ["user__name", "user__email", "agency__name", "decree"]
    autocomplete_fields = ["agency", "user"]
    date_hierarchy = "valid_from"
    actions = ["end_today"]

    def get_readonly_fields(self, request: HttpRequest, obj: AgencyMember | None = None) -> list[str]:
        shown = ["agency", "user", "role", "capacity", "decree", "valid_from"]
        if obj is None:
            return []
        is_over = obj.valid_from <= clock.today() and not clock.is_valid_on(obj, clock.today())
        return [*shown, "valid_until"] if is_over or obj.leave_id is not None else shown

    def has_delete_permission(self, request: HttpRequest, obj: AgencyMember | None = None) -> bool:
        """Only what has not begun goes, as whoever may end it decides."""
        may = self.has_change_permission(request, obj)
        return may and obj is not None and services.is_withdrawable(obj, clock.now())

    def delete_model(self, request: HttpRequest, obj: AgencyMember) -> None:
        services.withdraw_appointment(actor=person(request), appointment=obj, now=clock.now())

    def save_model(self, request: HttpRequest, obj: AgencyMember, form: Any, change: bool) -> None:
        if change:
            if "valid_until" in form.changed_data:
                before = AgencyMember.objects.get(pk=obj.pk)
                services.end_appointment(
                    actor=person(request), appointment=before, last_day=form.cleaned_data["valid_until"],
                    now=clock.now(),
                )  # fmt: skip
            return
        made = services.appoint_officer(
            actor=person(request),
            agency=obj.agency,
            user=obj.user,
            role=obj.role,
            decree=obj.decree,
            valid_from=obj.valid_from,
            valid_until=obj.valid_until,
            capacity=obj.capacity,
            now=clock.now(),
        )
        obj.pk = made.pk
        for caution in services.cautions(made):
            messages.warning(request, caution)

    @admin.action(description=__("Akhiri penunjukan hari ini"), permissions=["change"])
    def end_today(self, request: HttpRequest, queryset: Any) -> None:
        now = clock.now()
        for appointment in queryset:
            try:
                services.end_appointment(
                    actor=person(request), appointment=appointment, last_day=clock.local_date(now), now=now
                )
            except DomainError as problem:
                messages.error(request, f"{appointment}: {problem.message}")
            else:
                messages.success(request, _("%(who)s berlaku sampai hari ini.") % {"who": appointment})
