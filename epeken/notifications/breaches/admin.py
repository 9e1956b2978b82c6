"""The register of breaches: a queue by the clock of the law, and the page of one. Decisions are services."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.ids import read_id
from epeken.core.web.admin import ServiceAdmin, due_words, post_only
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, every
from epeken.notifications.breaches import notices, policies, querysets, rules, services
from epeken.notifications.breaches.forms import AffectedForm, BreachCloseForm, BreachForm, ReportForm
from epeken.notifications.breaches.models import DataBreach
from epeken.notifications.breaches.states import BreachState
from epeken.users.fetch import person

QUEUE = (
    QueuePart("", __("Sedang ditangani"), lambda user, now: querysets.OPEN),
    QueuePart("lewat", __("Lewat 3 × 24 jam"), lambda user, now: querysets.late(now), is_urgent=True),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)
WORDS = {
    "create": __("Dicatat"),
    "add": __("Orang yang terdampak ditambah"),
    "tell": __("Orang yang terdampak dikabari"),
    "report": __("Dilaporkan ke lembaga"),
    "close": __("Kebocoran ditutup"),
}


@admin.register(DataBreach)
class BreachAdmin(QueuePage, ServiceAdmin):
    queue_parts = QUEUE
    queue_columns = ("told_data", "told_state", "due")
    list_display = ("found_at", "told_data", "told_state", "due")
    list_filter = (QueueFilter,)
    search_fields = ("what", "report_number")
    ordering = ("due_at", "pk")
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_handle(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_handle(person(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return policies.can_handle(person(request))

    @admin.display(description=__("Data yang terdampak"))
    def told_data(self, breach: DataBreach) -> str:
        return notices.data_words(breach.data)

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, breach: DataBreach) -> str:
        return breach.get_state_display()

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, breach: DataBreach) -> str:
        return due_words(breach.due_at if breach.state == BreachState.OPEN else None)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/orang/", view(self.add_people), name="notifications_databreach_people"),
            path("<int:pk>/kabari/", view(self.tell), name="notifications_databreach_tell"),
            path("<int:pk>/lapor/", view(self.report), name="notifications_databreach_report"),
            path("<int:pk>/tutup/", view(self.close), name="notifications_databreach_close"),
            *super().get_urls(),
        ]

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = BreachForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                breach = services.record_breach(actor=person(request), now=clock.now(), **form.values())
            except DomainError as problem:
                form.refuse(problem)
            else:
                messages.success(request, _("Tercatat. Tenggatnya berjalan sejak diketahui."))
                return redirect("admin:notifications_databreach_change", breach.pk)
        hours = rules.TELLING.on(clock.today())
        context = {**self._base(request, _("Catat kebocoran data")), "form": form, "hours": hours}
        return render(request, "notifications/breaches/breach_add.html", context, status=422 if form.errors else 200)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._found(request, read_id(object_id)))

    @post_only
    def add_people(self, request: HttpRequest, pk: int) -> HttpResponse:
        breach, form = self._found(request, pk), AffectedForm(request.POST)
        if not form.is_valid():
            return self._desk(request, breach, affected_form=form, status=422)
        given = {
            "addresses": form.cleaned_data["addresses"].splitlines(), "everybody": form.cleaned_data["everybody"],
        }  # fmt: skip
        try:
            unknown = services.add_affected(actor=person(request), breach=breach, now=clock.now(), **given)
        except DomainError as problem:
            return self._desk(request, breach, error=problem)
        if unknown:
            words = _("Tidak punya akun di sini, kabari lewat surat: %(names)s")
            messages.warning(request, words % {"names": ", ".join(unknown[:20])})
        return redirect("admin:notifications_databreach_change", pk)

    @post_only
    def tell(self, request: HttpRequest, pk: int) -> HttpResponse:
        breach = self._found(request, pk)
        try:
            count = services.tell_affected(actor=person(request), breach=breach, now=clock.now())
        except DomainError as problem:
            return self._desk(request, breach, error=problem)
        messages.success(request, ngettext("%(n)d orang dikabari.", "%(n)d orang dikabari.", count) % {"n": count})
        return redirect("admin:notifications_databreach_change", pk)

    @post_only
    def report(self, request: HttpRequest, pk: int) -> HttpResponse:
        breach, form = self._found(request, pk), ReportForm(request.POST)
        if form.is_valid():
            try:
                services.record_report(actor=person(request), breach=breach, now=clock.now(), **form.cleaned_data)
            except DomainError as problem:
                return self._desk(request, breach, error=problem, report_form=form)
            return redirect("admin:notifications_databreach_change", pk)
        return self._desk(request, breach, report_form=form, status=422)

    @post_only
    def close(self, request: HttpRequest, pk: int) -> HttpResponse:
        breach, form = self._found(request, pk), BreachCloseForm(request.POST)
        if form.is_valid():
            try:
                services.close_breach(actor=person(request), breach=breach, now=clock.now(), **form.cleaned_data)
            except DomainError as problem:
                return self._desk(request, breach, error=problem, close_form=form)
            return redirect("admin:notifications_databreach_change", pk)
        return self._desk(request, breach, close_form=form, status=422)

    def _found(self, request: HttpRequest, pk: int) -> DataBreach:
        if not self.has_change_permission(request):
            raise PermissionDenied
        return get_object_or_404(DataBreach, pk=pk)

    def _base(self, request: HttpRequest, title: str) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "title": title, "opts": self.model._meta}

    def _desk(
        self,
        request: HttpRequest,
        breach: DataBreach,
        *,
        error: DomainError | None = None,
        affected_form: AffectedForm | None = None,
        report_form: ReportForm | None = None,
        close_form: BreachCloseForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            breach = self._found(request, breach.pk)
        untold = breach.affected.filter(told_at__isnull=True).count()
        events = breach.events.select_related("actor")
        context = {
            **self._base(request, notices.data_words(breach.data)),
            "breach": breach,
            "is_open": breach.state == BreachState.OPEN,
            "late": policies.is_late(breach, clock.now()),
            "authority": rules.AUTHORITY.on(clock.today()),
            "data": notices.data_words(breach.data),
            "affected": breach.affected.count(),
            "untold": untold,
            "affected_form": affected_form or AffectedForm(),
            "report_form": report_form or ReportForm(),
            "close_form": close_form or BreachCloseForm(),
            "events": [
                {"title": WORDS.get(one.action, one.action), "who": one.actor, "when": one.at, "note": one.note}
                for one in events
            ],
            "error": error,
        }
        status = error.status if error is not None else status
        return render(request, "notifications/breaches/breach_page.html", context, status=status)
