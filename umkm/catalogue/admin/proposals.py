"""The curator's queue of changes of published goods. Decisions are services."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext_lazy

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.i18n.words import rupiah
from epeken.core.ids import read_id
from epeken.core.web.admin import due_words, post_only
from epeken.core.web.queue import QueueFilter, QueuePart, due_today, every
from epeken.users.fetch import person
from umkm.catalogue import listing, policies, querysets
from umkm.catalogue.admin.products import CuratorAdmin, findings_context
from umkm.catalogue.changed import shown_changes
from umkm.catalogue.forms import CurationForm
from umkm.catalogue.models import ChangeProposal, Product
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.services import curation, proposals
from umkm.catalogue.states import ProposalState, Unit
from umkm.catalogue.tiers import dearer_at, words_of
from umkm.discovery.pages import cards as cards_pages
from umkm.sellers import policies as sellers_policies

QUEUE = (
    QueuePart("", __("Menunggu kurasi"), lambda user, now: querysets.WAITING),
    QueuePart("hari-ini", __("Tenggat hari ini"), lambda user, now: querysets.WAITING & due_today("due_at", now)),
    QueuePart(
        "lewat", __("Lewat tenggat"), lambda user, now: querysets.WAITING & clock.over("due_at", now), is_urgent=True
    ),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


def _short(words: str) -> str:
    """In a row of the list; the page of the proposal says it whole."""
    return Truncator(words).chars(60)


@admin.register(ChangeProposal)
class ProposalAdmin(CuratorAdmin):
    queue_parts = QUEUE
    queue_columns = ("what", "shop", "difference", "due")
    list_display = ("what", "shop", "difference", "due", "told_state")
    list_filter = (QueueFilter,)
    search_fields = ("name", "product__name", "product__seller__name")
    ordering = ("due_at", "pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeProposal]:
        found: QuerySet[ChangeProposal] = ChangeProposal.objects.visible_to(person(request))
        return found.select_related("product__seller", "product__category", "category", "proposed_by")

    @admin.display(description=__("Barang"), ordering="product__name")
    def what(self, proposal: ChangeProposal) -> str:
        return proposal.product.name

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="product__seller__name")
    def shop(self, proposal: ChangeProposal) -> str:
        return proposal.product.seller.name

    @admin.display(description=__("Yang berubah"))
    def difference(self, proposal: ChangeProposal) -> str:
        changes = shown_changes(proposal, proposal.product)
        told = (f"{_short(change['old'])} → {_short(change['new'])}" for change in changes)
        return "; ".join(told) or _("foto baru")

    @admin.display(description=__("Tenggat"), ordering="due_at")
    def due(self, proposal: ChangeProposal) -> str:
        return due_words(proposal.due_at if proposal.state == ProposalState.WAITING else None)

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, proposal: ChangeProposal) -> str:
        return proposal.get_state_display()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/temuan/", view(self.acknowledge), name="umkm_changeproposal_acknowledge"),
            path("<int:pk>/terapkan/", view(self.apply), name="umkm_changeproposal_apply"),
            path("<int:pk>/tolak/", view(self.reject), name="umkm_changeproposal_reject"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._proposal(request, read_id(object_id)))

    @post_only
    def acknowledge(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal, keys = self._proposal(request, pk), request.POST.getlist("finding")
        try:
            curation.acknowledge_findings(
                actor=person(request), product=proposal.product, proposal=proposal, keys=keys, now=clock.now()
            )
        except DomainError as problem:
            return self._desk(request, proposal, error=problem)
        return redirect(f"{reverse('admin:umkm_changeproposal_change', args=[pk])}#temuan")

    @post_only
    def apply(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._proposal(request, pk)
        try:
            proposals.apply_proposal(
                actor=person(request), proposal=proposal, now=clock.now(), shown=request.POST.get("shown", "")
            )
        except DomainError as problem:
            return self._desk(request, proposal, error=problem)
        messages.success(request, _("Perubahan %(name)s tayang; penjual sudah dikabari.") % {"name": proposal.name})
        return redirect("admin:umkm_changeproposal_changelist")

    @post_only
    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        proposal = self._proposal(request, pk)
        form = CurationForm(request.POST)
        if not form.is_valid():
            return self._desk(request, proposal, form=form, status=422)
        try:
            proposals.reject_proposal(
                actor=person(request), proposal=proposal, note=form.cleaned_data["note"], now=clock.now()
            )
        except DomainError as problem:
            return self._desk(request, proposal, error=problem, form=form)
        messages.success(request, _("Usulan ditolak; alasannya sudah dikirim."))
        return redirect("admin:umkm_changeproposal_changelist")

    def _proposal(self, request: HttpRequest, pk: int) -> ChangeProposal:
        if not policies.can_curate(person(request)):
            raise PermissionDenied
        proposal: ChangeProposal = get_object_or_404(self.get_queryset(request), pk=pk)
        return proposal

    def _desk(
        self,
        request: HttpRequest,
        proposal: ChangeProposal,
        *,
        error: DomainError | None = None,
        form: CurationForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            proposal, status = self._proposal(request, proposal.pk), error.status
        product = proposal.product
        own = sellers_policies.is_tied(person(request), product.seller)
        photos = product_pages.photos_of(product, waiting=True)
        context = {
            **self.admin_site.each_context(request),
            "title": product.name,
            "opts": self.model._meta,
            "proposal": proposal,
            "product": product,
            "shown": listing.shown_of(product),
            "seller": product.seller,
            "seller_kind": cards_pages.kind_title(product.seller.kind),
            "differences": shown_changes(proposal, product),
            "tiers": words_of(product.unit, product.tiers),
            "why": _why(proposal, product) if proposal.state == ProposalState.WAITING else "",
            **findings_context(product, proposal),
            "photos": [photo for photo in photos if not photo.is_waiting],
            "new_photos": [photo for photo in photos if photo.is_waiting],
            "own": own,
            "can_decide": not own and proposal.state == ProposalState.WAITING,
            "late": proposal.state == ProposalState.WAITING and clock.is_over(proposal.due_at, clock.now()),
            "form": form or CurationForm(),
            "error": error,
        }
        return render(request, "umkm/catalogue/proposal_page.html", context, status=status)


def _why(proposal: ChangeProposal, product: Product) -> str:
    """Why the change waits for a curator, however small it is."""
    more = proposal.price - product.price
    dearer = [
        _("%(quantity)s menjadi %(after)s per %(unit)s, sebelumnya %(before)s")
        % {
            "quantity": Unit(product.unit).counted(quantity), "after": rupiah(after), "before": rupiah(before),
            "unit": product.get_unit_display(),
        }
        for quantity, before, after in dearer_at(product.tiers, proposal.tiers, product.price)
    ]  # fmt: skip
    if dearer:
        if more > 0:
            dearer.insert(0, _("Harganya naik %(more)s") % {"more": rupiah(more)})
        return _("%(dearer)s. Kenaikan berapa pun dilihat kurator dahulu.") % {"dearer": "; ".join(dearer)}
    if more <= 0:
        return _("Menunggu kurator karena yang dibaca atau diandalkan pembeli berubah.")
    return _(
        "Harganya naik %(more)s. Kenaikan berapa pun dilihat kurator dahulu, kecuali diloloskan kurasi otomatis."
    ) % {"more": rupiah(more)}
