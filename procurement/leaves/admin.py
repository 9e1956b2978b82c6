"""Admin page of the leave of officers: the city records it where nobody of the department can."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.idempotency import new_key
from epeken.core.web.admin import HouseAdmin
from epeken.users.fetch import person
from epeken.users.models import User
from procurement.agencies.policies import APPOINT
from procurement.agencies.states import OfficerRole
from procurement.leaves import cover, limits, policies, services
from procurement.leaves.models import OfficerLeave


class OfficerLeaveForm(forms.ModelForm):
    """Asks what the service asks, and shows its refusal at the field. One stand-in for all the person's offices."""

    actor: User
    stand_in = forms.ModelChoiceField(
        label=_("Pengganti (Plh.)"),
        queryset=User.objects.filter(is_active=True),
        required=False,
        help_text=_("Pejabat dinas yang sama. Kosongkan bila jabatannya dipegang pejabat lain."),
    )

    class Meta:
        model = OfficerLeave
        fields = ["agency", "user", "decree", "valid_from", "valid_until"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.instance.pk is None and {"agency", "user", "valid_from", "valid_until"} <= data.keys():
            try:
                limits.check_leave(actor=self.actor, now=clock.now(), **self.asked())
            except DomainError as problem:
                names = {"first_day": "valid_from", "last_day": "valid_until"}
                field = names.get(problem.field or "", "stand_in" if problem.field else NON_FIELD_ERRORS)
                raise forms.ValidationError({field: problem.message}) from problem
        return data

    def asked(self) -> dict[str, Any]:
        """What `check_leave` and `record_leave` take."""
        data = self.cleaned_data
        agency, user, first, last = (data[name] for name in ("agency", "user", "valid_from", "valid_until"))
        offices = cover.offices_of(agency, user, first, last) if data.get("stand_in") else []
        return {
            "agency": agency,
            "user": user,
            "first_day": first,
            "last_day": last,
            "stand_ins": {office.pk: data["stand_in"] for office in offices if office.role != OfficerRole.REQUESTER},
        }


@admin.register(OfficerLeave)
class OfficerLeaveAdmin(HouseAdmin):
    """Recorded, shortened or withdrawn; never rewritten or erased."""

    form = OfficerLeaveForm
    list_display = ["user", "agency", "valid_from", "valid_until", "decree", "recorded_by", "withdrawn_at"]
    list_filter = ["agency"]
    list_select_related = ["user", "agency", "recorded_by"]
    search_fields = ["user__name", "user__email", "agency__name", "decree"]
    autocomplete_fields = ["agency", "user"]
    date_hierarchy = "valid_from"
    actions = ["withdraw", "end_yesterday"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.actor = person(request)
        return form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = ["agency", "user", "decree", "valid_from", "valid_until"]
        ended = ["recorded_by", "recorded_at", "planned_until", "ended_by", "ended_at", "withdrawn_at"]
        return [*shown, *ended] if obj else [*shown, "stand_in"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return self.get_fields(request, obj) if obj else []

    def has_add_permission(self, request: HttpRequest) -> bool:
        return person(request).has_perm(APPOINT)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return person(request).has_perm(APPOINT)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: OfficerLeave, form: Any, change: bool) -> None:
        if not change:
            made = services.record_leave(
                actor=person(request), decree=obj.decree, key=new_key(), now=clock.now(), **form.asked()
            )
            obj.pk = made.pk

    @admin.action(description=_("Batalkan cuti"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: Any) -> None:
        now = clock.now()
        for leave in queryset:
            try:
                services.withdraw_leave(actor=person(request), leave=leave, now=now)
            except DomainError as problem:
                messages.error(request, f"{leave}: {problem.message}")
            else:
                messages.success(request, f"{leave}: {_('Dibatalkan')}")

    @admin.action(description=_("Akhiri cuti secepatnya"), permissions=["change"])
    def end_yesterday(self, request: HttpRequest, queryset: Any) -> None:
        now = clock.now()
        for leave in queryset:
            last = policies.earliest_end(leave, clock.local_date(now))
            try:
                services.shorten_leave(actor=person(request), leave=leave, last_day=last, now=now)
            except DomainError as problem:
                messages.error(request, f"{leave}: {problem.message}")
            else:
                messages.success(request, f"{leave}: {_('Selesai')}")
