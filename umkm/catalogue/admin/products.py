"""The curator's queue of new goods, and the categories. States are read-only; decisions are services."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.i18n.words import rupiah
from epeken.core.ids import read_id
from epeken.core.web.admin import HouseAdmin, ServiceAdmin, due_words, post_only
from epeken.core.web.queue import QueueFilter, QueuePage, QueuePart, due_today, every
from epeken.core.web.templatetags.ui import thumbnail
from epeken.users.fetch import person
from umkm.catalogue import checks, listing, policies, querysets
from umkm.catalogue.forms import CurationForm
from umkm.catalogue.models import Category, ChangeProposal, Product, ProductEvent
from umkm.catalogue.pages import curation as curation_pages
from umkm.catalogue.pages import product as product_pages
from umkm.catalogue.services import curation, products
from umkm.catalogue.states import ON_SHOW, ProductState
from umkm.discovery.pages import cards as cards_pages
from umkm.findings import CheckResult
from umkm.sellers import policies as sellers_policies
from umkm.sellers.states import SellerKind
from umkm.variants.pages import siblings_of


def findings_context(product: Product, proposal: ChangeProposal | None) -> dict[str, Any]:
    """What the page of a decision says of the findings; `is_final`: one of them no note lifts."""
    rows = checks.checked_findings(product, proposal, clock.local_date(clock.now()))
    told = curation_pages.findings(rows, get_language() or "")
    return {
        "findings": told,
        "unacknowledged": sum(one["when"] is None for one in told),
        "is_final": any(row.finding.result == CheckResult.FAIL for row in rows),
    }


class CuratorAdmin(QueuePage, ServiceAdmin):
    """Seen and decided by curators only."""

    list_per_page = 50
    actions = None

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_curate(person(request))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.can_curate(person(request))


QUEUE = (
    QueuePart("", __("Menunggu kurasi"), lambda user, now: querysets.SUBMITTED),
    QueuePart(
        "hari-ini", __("Tenggat hari ini"), lambda user, now: querysets.SUBMITTED & due_today("review_due_at", now)
    ),
    QueuePart(
        "lewat",
        __("Lewat tenggat"),
        lambda user, now: querysets.SUBMITTED & clock.over("review_due_at", now),
        is_urgent=True,
    ),
    QueuePart(
        "dijawab",
        __("Dikembalikan, sudah dijawab"),
        lambda user, now: (
            querysets.SUBMITTED & Q(Exists(ProductEvent.objects.filter(product=OuterRef("pk"), action="send_back")))
        ),
    ),
    QueuePart("tayang", __("Tayang"), lambda user, now: Q(state=ProductState.PUBLISHED), is_figure=False),
    QueuePart("semua", __("Semua"), every, is_figure=False),
)


def _who(action: str) -> str:
    """Who did what no person did."""
    return _("Aturan bertanggal, bukan petugas") if action in ("approve", "lapse", "renew") else "–"


@admin.register(Product)
class ProductAdmin(CuratorAdmin):
    queue_parts = QUEUE
    queue_columns = ("name", "shop", "kind", "asked", "due")
    queue_order = ("review_due_at", "-pk")
    list_display = ("picture_of", "name", "shop", "kind", "category", "asked", "due", "told_state")
    list_display_links = ("picture_of", "name")
    list_filter = (QueueFilter, "seller__kind")
    search_fields = ("name", "seller__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Product]:
        found: QuerySet[Product] = Product.objects.visible_to(person(request))
        return found.select_related("seller", "category").order_by(F("review_due_at").asc(nulls_last=True), "-pk")

    @admin.display(description=__("Foto"))
    def picture_of(self, product: Product) -> str:
        return format_html(
            '<img class="decision__thumb" src="{}" alt="{}" width="48" height="48" loading="lazy">',
            thumbnail(product.picture),
            product.name,
        )

    @admin.display(description=pgettext_lazy("satu", "Toko"), ordering="seller__name")
    def shop(self, product: Product) -> str:
        return product.seller.name

    @admin.display(description=__("Jenis penjual"), ordering="seller__kind")
    def kind(self, product: Product) -> str:
        return cards_pages.kind_title(product.seller.kind)

    @admin.display(description=__("Harga"), ordering="price")
    def asked(self, product: Product) -> str:
        return f"{rupiah(product.price)} / {product.get_unit_display()}"

    @admin.display(description=__("Tenggat"), ordering="review_due_at")
    def due(self, product: Product) -> str:
        return due_words(product.review_due_at)

    @admin.display(description=__("Keadaan"), ordering="state")
    def told_state(self, product: Product) -> str:
        return product.get_state_display()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        waiting = self.queue_counts(request)[""]
        changes = ChangeProposal.objects.waiting().count()
        title = _("Kurasi barang: %(n)d menunggu, %(changes)d usulan perubahan") % {"n": waiting, "changes": changes}
        answer: HttpResponse = super().changelist_view(request, {"title": title, **(extra_context or {})})
        return answer

    def get_urls(self) -> list[Any]:
        def own(part: str, view: Any, name: str) -> Any:
            return path(f"<int:pk>/{part}/", self.admin_site.admin_view(view), name=f"umkm_product_{name}")

        return [
            own("temuan", self.acknowledge, "acknowledge"),
            own("setujui", self.approve, "approve"),
            own("kembalikan", self.send_back, "send_back"),
            own("tolak", self.reject, "reject"),
            own("turunkan", self.take_down, "take_down"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return self._desk(request, self._product(request, read_id(object_id)))

    @post_only
    def acknowledge(self, request: HttpRequest, pk: int) -> HttpResponse:
        product, keys = self._product(request, pk), request.POST.getlist("finding")
        try:
            curation.acknowledge_findings(actor=person(request), product=product, keys=keys, now=clock.now())
        except DomainError as problem:
            return self._desk(request, product, error=problem)
        return redirect(f"{reverse('admin:umkm_product_change', args=[pk])}#temuan")

    @post_only
    def approve(self, request: HttpRequest, pk: int) -> HttpResponse:
        product = self._product(request, pk)
        try:
            products.approve_product(
                actor=person(request), product=product, now=clock.now(), shown=request.POST.get("shown", "")
            )
        except DomainError as problem:
            return self._desk(request, product, error=problem)
        return self._onward(request, _("%(name)s tayang; penjual sudah dikabari.") % {"name": product.name})

    @post_only
    def send_back(self, request: HttpRequest, pk: int) -> HttpResponse:
        said = _("%(name)s dikembalikan dengan catatan Anda.")
        return self._with_note(request, pk, products.send_back_product, said)

    @post_only
    def reject(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._with_note(request, pk, products.reject_product, _("%(name)s ditolak; alasannya sudah dikirim."))

    @post_only
    def take_down(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._with_note(
            request, pk, products.take_down_product, _("%(name)s diturunkan; alasannya sudah dikirim.")
        )

    def _with_note(self, request: HttpRequest, pk: int, decide: Any, said: str) -> HttpResponse:
        product = self._product(request, pk)
        form = CurationForm(request.POST)
        if not form.is_valid():
            return self._desk(request, product, form=form, status=422)
        try:
            decide(actor=request.user, product=product, note=form.cleaned_data["note"], now=clock.now())
        except DomainError as problem:
            return self._desk(request, product, error=problem, form=form)
        return self._onward(request, said % {"name": product.name})

    def _product(self, request: HttpRequest, pk: int) -> Product:
        if not policies.can_curate(person(request)):
            raise PermissionDenied
        found = Product.objects.visible_to(person(request)).select_related(
            "category__parent", "seller__kelurahan__kecamatan", "seller__food_court", "group"
        )
        product: Product = get_object_or_404(found, pk=pk)
        return product

    def _onward(self, request: HttpRequest, said: str) -> HttpResponse:
        """To the next of the queue, so that ninety of them are ninety decisions and nothing else."""
        messages.success(request, said)
        following = self._following(request)
        if following is None:
            return redirect("admin:umkm_product_changelist")
        return redirect("admin:umkm_product_change", following.pk)

    def _following(self, request: HttpRequest, but: int = 0) -> Product | None:
        waiting = self.get_queryset(request).filter(querysets.SUBMITTED).exclude(pk=but)
        return waiting.exclude(seller__in=sellers_policies.ties_of(person(request))).first()

    def _desk(
        self,
        request: HttpRequest,
        product: Product,
        *,
        error: DomainError | None = None,
        form: CurationForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        if error is not None:
            product, status = self._product(request, product.pk), error.status  # what is true now
        own = sellers_policies.is_tied(person(request), product.seller)
        words = dict(ProductState.choices)
        context = {
            **self.admin_site.each_context(request),
            "title": product.name,
            "opts": self.model._meta,
            "product": product,
            "shown": listing.shown_of(product),
            "seller": product.seller,
            "seller_kind": cards_pages.kind_title(product.seller.kind),
            **findings_context(product, None),
            "photos": product_pages.photos_of(product, waiting=True),
            "facts": curation_pages.facts(product),
            "siblings": siblings_of(product),
            "events": [
                {
                    "title": words.get(e.to_state, e.to_state),
                    "who": e.actor or _who(e.action),
                    "when": e.at,
                    "note": e.note,
                }
                for e in product.events.select_related("actor")
            ],
            "own": own,
            "can_decide": not own and product.state == ProductState.SUBMITTED,
            "can_take_down": not own and product.state in ON_SHOW,
            "late": clock.is_over(product.review_due_at, clock.now()),
            "following": self._following(request, but=product.pk),
            "waiting": self.queue_waiting(request),
            "is_kelontong": product.seller.kind == SellerKind.KELONTONG,
            "form": form or CurationForm(),
            "error": error,
        }
        return render(request, "umkm/catalogue/product_page.html", context, status=status)


class CategoryForm(forms.ModelForm):
    """Two levels: a parent has none, and stands for its children."""

    class Meta:
        model = Category
        fields = [
            "parent", "name", "slug", "position", "for_umkm", "for_swk", "for_kelontong", "is_food", "is_staple",
            "is_low_risk",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "parent" in self.fields:
            own = self.instance.pk
            tops = Category.objects.filter(parent=None).exclude(pk=own)
            if own and self.instance.children.exists():
                tops = tops.none()
            self.fields["parent"].queryset = tops  # type: ignore[attr-defined]


@admin.register(Category)
class CategoryAdmin(HouseAdmin):
    """Reference data: which kind of seller may list where. Categories with goods are never deleted."""

    form = CategoryForm

    list_display = ("name", "parent", "umkm", "swk", "kelontong", "food", "untaxed", "low_risk", "position")
    list_filter = ("for_umkm", "for_swk", "for_kelontong", "is_food", "is_staple", "is_low_risk")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    list_select_related = ("parent",)

    # Short heads: the columns of ticks leave room to the names.
    @admin.display(description=__("UMKM"), boolean=True, ordering="for_umkm")
    def umkm(self, category: Category) -> bool:
        return category.for_umkm

    @admin.display(description=__("SWK"), boolean=True, ordering="for_swk")
    def swk(self, category: Category) -> bool:
        return category.for_swk

    @admin.display(description=__("Kelontong"), boolean=True, ordering="for_kelontong")
    def kelontong(self, category: Category) -> bool:
        return category.for_kelontong

    @admin.display(description=__("Makanan"), boolean=True, ordering="is_food")
    def food(self, category: Category) -> bool:
        return category.is_food

    @admin.display(description=__("Bebas PPN"), boolean=True, ordering="is_staple")
    def untaxed(self, category: Category) -> bool:
        return category.is_staple

    @admin.display(description=__("Risiko rendah"), boolean=True, ordering="is_low_risk")
    def low_risk(self, category: Category) -> bool:
        return category.is_low_risk

    def has_delete_permission(self, request: HttpRequest, obj: Category | None = None) -> bool:
        """One that was never used; what else refers to it is told on the page."""
        used = obj is None or obj.children.exists() or Product.objects.filter(category=obj).exists()
        return not used and super().has_delete_permission(request, obj)
