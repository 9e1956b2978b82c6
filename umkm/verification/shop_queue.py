"""What a shop sent and an officer decides on a page of its own: the list and the answers they all share."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.ids import read_id
from epeken.core.web.admin import ServiceAdmin, due_words
from epeken.core.web.queue import QueueFilter, QueuePage
from epeken.users.fetch import person
from epeken.users.models import User
from umkm.verification.forms import NoteForm
from umkm.verification.policies import can_verify


class ShopQueueAdmin(QueuePage, ServiceAdmin):
    """Of rows with `seller`, `state`, `due_at` and `decided_at`. `desk` shows the page of one of them."""

    queue_columns = ("shop", "told_kind", "told_state", "due")
    list_display_links = ("due", "shop")
    list_filter: Any = (QueueFilter, "kind")
    search_fields: Any = ("seller__name", "seller__owner_name")
    list_per_page = 50
    ordering = ("due_at", "pk")
    actions = None
    noun: str  # as the services name a row
    read_with: tuple[str, ...] = ()  # what a row shows of others

    def desk(
        self, request: HttpRequest, row: Any, *, error: DomainError | None = None, form: Any = None, status: int = 200
    ) -> HttpResponse:
        """`error`: the answer has its status, and shows the row as it is now."""
        raise NotImplementedError

    def may_read(self, user: User) -> bool:
        return can_verify(user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_read(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_read(person(request))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model._default_manager.visible_to(person(request))
        return found.select_related(*self.read_with)

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, row: Any) -> str:
        return due_words(row.due_at if row.decided_at is None else None)

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, row: Any) -> str:
        return str(row.seller)

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, row: Any) -> str:
        return str(row.get_state_display())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self.desk(request, self.found(request, read_id(object_id)))

    def found(self, request: HttpRequest, pk: int) -> Any:
        """One of those the person sees. Raises: PermissionDenied, Http404."""
        if not self.may_read(person(request)):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def noted(self, request: HttpRequest, pk: int, service: Any, said: str) -> HttpResponse:
        """`decided`, with a reason the shop reads."""
        return self.decided(request, self.found(request, pk), service, said, form=NoteForm(request.POST), note="reason")

    def decided(
        self, request: HttpRequest, row: Any, service: Any, said: str, *, form: Any = None, **given: Any
    ) -> HttpResponse:
        """The service decided and the list follows, or the page says why not. `given`: by the service's argument the
        field of the form."""
        if form is not None and not form.is_valid():
            return self.desk(request, row, form=form, status=422)
        values = {name: form.cleaned_data[field] for name, field in given.items()} if form is not None else {}
        try:
            service(actor=person(request), now=clock.now(), **{self.noun: row}, **values)
        except DomainError as problem:
            return self.desk(request, row, error=problem, form=form)
        messages.success(request, said)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
