"""Admin pages of the city's rules, holidays and places; read-only pages of jobs."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin, messages
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from unfold.widgets import UnfoldAdminSelectWidget

from epeken.core import clock, jobs, reference, rules
from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from epeken.core.models import UNITS, WAITING, Holiday, Job, Kecamatan, Kelurahan, ReferenceRow, Rule
from epeken.core.quantity import grouped, percent, plain
from epeken.core.web.admin import DatedAdmin, DatedForm, HouseAdmin
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every


class ReadOnlyAdmin(HouseAdmin):
    """To look at, not to change."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RuleForm(DatedForm):
    """A new row belongs to a rule some code reads, and fits that rule's unit."""

    code = forms.ChoiceField(label=gettext_lazy("Aturan"), widget=UnfoldAdminSelectWidget)

    class Meta:
        model = Rule
        fields = ["code", "name", "value", "text", "valid_from", "valid_until", "source"]
        help_texts = {
            "value": gettext_lazy("Dalam satuan di belakang nama aturannya; 0 bila satuannya teks."),
            "text": gettext_lazy("Hanya untuk aturan yang satuannya teks."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "code" in self.fields:
            named = {row.code: in_language(row.name) for row in rules.holding(clock.today())}
            told = {code: f"{named.get(code, code)} ({UNITS[rule.unit]})" for code, rule in rules.declared().items()}
            found = sorted((name, code) for code, name in told.items())
            self.fields["code"].choices = [("", "---------"), *((code, name) for name, code in found)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        self._check_gap(values)
        if "code" not in self.fields:
            return values  # in force: its value stands
        rule = rules.declared().get(values.get("code", ""))
        if rule is None:
            return values  # refused at its field
        if "value" in values and (wrong := rule.problem(values["value"], values.get("text", ""))):
            self.add_error("text" if isinstance(rule, rules.Text) and not values["value"] else "value", wrong)
        else:
            self.instance.unit = rule.unit
        return values

    def _check_gap(self, values: dict[str, Any]) -> None:
        """After its last day another row holds: whatever asks the rule needs one on each day."""
        last = values.get("valid_until")
        if last is None or "valid_until" not in self.changed_data or "valid_until" in self.errors:
            return
        code, begins = values.get("code", self.instance.code), values.get("valid_from", self.instance.valid_from)
        after = last + timedelta(days=1)
        if not rules.is_covered(code, after, besides=begins):
            told = _("Sejak %(day)s tidak ada aturan ini lagi. Tambahkan dahulu penggantinya, atau kosongkan.")
            self.add_error("valid_until", told % {"day": full_date(after)})


class HoldsFilter(admin.SimpleListFilter):
    title = gettext_lazy("berlaku")
    parameter_name = "berlaku"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ya", _("Berlaku hari ini")), ("nanti", _("Mulai nanti")), ("tidak", _("Tidak berlaku lagi"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Rule]) -> QuerySet[Rule]:
        today, later = clock.today(), Q(valid_from__gt=clock.today())
        if self.value() == "nanti":
            return queryset.filter(later)
        held = Q(pk__in=rules.holding(today).order_by().values("pk"))
        asked = {"ya": held, "tidak": ~held & ~later}.get(self.value() or "")
        return queryset if asked is None else queryset.filter(asked)


class ColumnFilter(admin.SimpleListFilter):
    """By the values of the column `parameter_name`, which have other names for people."""

    parameter_name: str

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.parameter_name: self.value()}) if self.value() else queryset


class TableFilter(ColumnFilter):
    title = gettext_lazy("tabel")
    parameter_name = "table"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        tables = ReferenceRow.objects.order_by("table").values_list("table", flat=True).distinct()
        return [(label, _table_words(label)) for label in tables]


@admin.register(ReferenceRow)
class ReferenceRowAdmin(ReadOnlyAdmin):
    """Which dated rows an update added."""

    list_display = ["told_table", "told_row", "was_added", "noted_at"]
    list_display_links = None
    list_filter = ["was_added", TableFilter]
    search_fields = ["key"]
    ordering = ["-pk"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The list, which says all there is."""
        return obj is None and super().has_view_permission(request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        found = super().get_changelist_instance(request)
        names = reference.names()
        for row in found.result_list:
            row.words = names.get((row.table, row.key), row.key)
        return found

    @admin.display(description=gettext_lazy("baris"), ordering="key")
    def told_row(self, row: Any) -> str:
        """As its table names it; by its key where it is gone."""
        return str(row.words)

    @admin.display(description=gettext_lazy("tabel"), ordering="table")
    def told_table(self, row: ReferenceRow) -> str:
        """A table of an earlier release may be gone."""
        return _table_words(row.table)


def _table_words(label: str) -> str:
    try:
        words = str(apps.get_model(label)._meta.verbose_name_plural)
    except LookupError:
        return label
    return words[:1].upper() + words[1:]


@admin.register(Rule)
class RuleAdmin(DatedAdmin):
    """A rule that was in force stays what it was: it is ended, and a new one begins."""

    list_display = ["told_name", "told_value", "told_state", "valid_from", "valid_until", "code"]
    list_filter = [HoldsFilter, "unit", "valid_from"]
    search_fields = ["code", "name", "source"]
    form = RuleForm
    worded = ("name", "source")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rule]:
        held = rules.holding(clock.today()).order_by().filter(pk=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_held=Exists(held))

    def get_fields(self, request: HttpRequest, obj: Rule | None = None) -> list[str]:
        if obj is None:
            return ["code", "name", "value", "text", "valid_from", "valid_until", "source"]
        if self._is_fixed(request, obj):
            return ["told_state", "name", "told_value", "valid_from", "valid_until", "source", "code", "successor"]
        return ["code", "name", "value", "text", "unit", "valid_from", "valid_until", "source"]

    def get_readonly_fields(self, request: HttpRequest, obj: Rule | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "unit", "told_value", "told_state", "successor"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What holds today, when the address names its code."""
        row = rules.holding(clock.today()).filter(code=request.GET.get("code", "")).first()
        found = {} if row is None else {"name": row.name, "value": plain(row.value), "text": row.text}
        return {**found, **super().get_changeform_initial_data(request)}

    def has_delete_permission(self, request: HttpRequest, obj: Rule | None = None) -> bool:
        if obj is None or not super().has_delete_permission(request, obj):
            return False
        return rules.is_covered(obj.code, obj.valid_from, besides=obj.valid_from)

    @admin.display(description=gettext_lazy("nama"), ordering="name")
    def told_name(self, rule: Rule) -> str:
        return in_language(rule.name)

    @admin.display(description=gettext_lazy("nilai"), ordering="value")
    def told_value(self, rule: Rule) -> str:
        if rule.unit == "text":
            return rule.text
        if rule.unit == "rate":
            return percent(rule.value)
        if rule.unit == "rupiah":
            return rupiah(int(rule.value))
        return grouped(rule.value) if rule.unit == "count" else f"{grouped(rule.value)} {rule.get_unit_display()}"

    @admin.display(description=gettext_lazy("keadaan"))
    def told_state(self, rule: Any) -> str:
        if rule.valid_from > clock.today():
            return _("Mulai nanti")
        return _("Berlaku hari ini") if rule.is_held else _("Tidak berlaku lagi")

    @admin.display(description=gettext_lazy("penggantinya"))
    def successor(self, rule: Rule) -> SafeString:
        address = reverse("admin:core_rule_add", query={"code": rule.code})
        return format_html('<a href="{}">{}</a>', address, _("Ubah mulai tanggal lain"))

    def _is_fixed(self, request: HttpRequest, rule: Rule | None) -> bool:
        return rule is not None and (self.has_begun(rule) or not self.has_change_permission(request, rule))


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


class JobFilter(ColumnFilter):
    title = gettext_lazy("nama")
    parameter_name = "name"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(jobs.labels().items(), key=lambda one: one[1])


@admin.register(Job)
class JobAdmin(QueuePage, ReadOnlyAdmin):
    """What the workers did, will do, and gave up on. The one thing to do here is to try again."""

    queue_parts = JOBS
    not_ends = ("due_at",)  # when it runs
    list_display = ["told_name", "created_at", "due_at", "attempts", "done_at", "dead_at", "last_error"]
    list_filter = [QueueFilter, JobFilter]
    search_fields = ["name", "key", "last_error"]
    ordering = ["-pk"]
    actions = ["try_again"]

    @admin.display(description=gettext_lazy("nama"), ordering="name")
    def told_name(self, job: Job) -> str:
        return jobs.labels().get(job.name, job.name)

    @admin.action(description=gettext_lazy("Coba lagi pekerjaan yang menyerah"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        count = jobs.revive(list(queryset.values_list("pk", flat=True)), now=clock.now())
        messages.success(
            request,
            ngettext("%(count)d pekerjaan akan dicoba lagi.", "%(count)d pekerjaan akan dicoba lagi.", count)
            % {"count": count},
        )
