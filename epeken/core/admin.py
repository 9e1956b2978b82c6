"""Admin pages of the city's rules, holidays and places; read-only pages of jobs."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from epeken.core import clock, jobs, rules
from epeken.core.i18n.reference import in_language
from epeken.core.i18n.words import rupiah
from epeken.core.models import WAITING, Holiday, Job, Kecamatan, Kelurahan, Rule
from epeken.core.quantity import plain
from epeken.core.web.admin import HouseAdmin
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every


class ReadOnlyAdmin(HouseAdmin):
    """To look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RuleForm(forms.ModelForm):
    """A new row belongs to a rule some code reads, and fits that rule's unit."""

    class Meta:
        model = Rule
        fields = ["code", "name", "value", "text", "valid_from", "valid_until", "source"]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if "code" not in self.fields:
            return values  # in force: its value stands
        rule = rules.declared().get(values.get("code", ""))
        if rule is None:
            self.add_error("code", _("Aturan ini tidak dikenal. Pakai kode aturan yang sudah ada."))
        elif "value" in values and (wrong := rule.problem(values["value"], values.get("text", ""))):
            self.add_error("text" if isinstance(rule, rules.Text) and not values["value"] else "value", wrong)
        else:
            self.instance.unit = rule.unit
        return values


@admin.register(Rule)
class RuleAdmin(HouseAdmin):
    """A rule that was in force stays what it was: it is ended, and a new one begins."""

    list_display = ["code", "told_name", "told_value", "text", "unit", "valid_from", "valid_until"]
    list_filter = ["unit", "valid_from"]
    search_fields = ["code", "name", "source"]
    form = RuleForm

    def get_fields(self, request: HttpRequest, obj: Rule | None = None) -> list[str]:
        value = "told_value" if self._is_fixed(request, obj) else "value"
        return ["code", "name", value, "text", "unit", "valid_from", "valid_until", "source"]

    def get_readonly_fields(self, request: HttpRequest, obj: Rule | None = None) -> list[str]:
        return ["code", "told_value", "text", "unit", "valid_from"] if self._is_fixed(request, obj) else ["unit"]

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        return obj is not None and not self._has_begun(obj) and super().has_delete_permission(request, obj)

    @admin.display(description=gettext_lazy("nama"), ordering="name")
    def told_name(self, rule: Rule) -> str:
        return in_language(rule.name)

    @admin.display(description=gettext_lazy("nilai"), ordering="value")
    def told_value(self, rule: Rule) -> str:
        return rupiah(int(rule.value)) if rule.unit == "rupiah" else plain(rule.value)

    def _is_fixed(self, request: HttpRequest, rule: Rule | None) -> bool:
        return rule is not None and (self._has_begun(rule) or not self.has_change_permission(request, rule))

    def _has_begun(self, rule: Rule) -> bool:
        return rule.valid_from <= clock.local_date(clock.now())


@admin.register(Holiday)
class HolidayAdmin(HouseAdmin):
    list_display = ["day", "name", "source"]
    search_fields = ["name", "source"]
    date_hierarchy = "day"


@admin.register(Kecamatan)
class KecamatanAdmin(ReadOnlyAdmin):
    list_display = ["name", "code"]
    search_fields = ["name", "code"]


@admin.register(Kelurahan)
class KelurahanAdmin(ReadOnlyAdmin):
    list_display = ["name", "kecamatan", "postcode", "code"]
    list_filter = ["kecamatan"]
    list_select_related = ["kecamatan"]
    search_fields = ["name", "code", "postcode", "kecamatan__name"]


def _late(user: Any, now: datetime) -> Q:
    return WAITING & clock.over("due_at", now - timedelta(seconds=jobs.LATE_SECONDS))


JOBS = (
    QueuePart("", gettext_lazy("Semua"), every, is_figure=False),
    QueuePart("menunggu", pgettext_lazy("keadaan", "Menunggu"), lambda user, now: WAITING, is_figure=False),
    QueuePart("terlambat", gettext_lazy("Terlambat"), _late, is_urgent=True),
    QueuePart("mati", gettext_lazy("Menyerah"), lambda user, now: Q(dead_at__isnull=False), is_urgent=True),
    QueuePart("selesai", gettext_lazy("Selesai"), lambda user, now: Q(done_at__isnull=False), is_figure=False),
)


@admin.register(Job)
class JobAdmin(QueuePage, ReadOnlyAdmin):
    """What the workers did, will do, and gave up on. The one thing to do here is to try again."""

    queue_parts = JOBS
    list_display = ["name", "created_at", "due_at", "attempts", "done_at", "dead_at", "last_error"]
    list_filter = [QueueFilter, "name"]
    search_fields = ["name", "key", "last_error"]
    ordering = ["-pk"]
    show_full_result_count = False
    actions = ["try_again"]

    @admin.action(description=gettext_lazy("Coba lagi pekerjaan yang menyerah"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        count = jobs.revive(list(queryset.values_list("pk", flat=True)), now=clock.now())
        messages.success(
            request,
            ngettext("%(count)d pekerjaan akan dicoba lagi.", "%(count)d pekerjaan akan dicoba lagi.", count)
            % {"count": count},
        )
