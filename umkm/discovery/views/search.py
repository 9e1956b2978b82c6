"""Looking for goods: the search page and the category pages, which are searches with a head of their own."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.core.i18n.words import rupiah
from umkm.catalogue.models import Category
from umkm.catalogue.pages import product as product_pages
from umkm.discovery.forms import SearchForm
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.places import Place, districts, place_of, places, wards_of
from umkm.discovery.search import Query, matching_categories, matching_shops, search
from umkm.sellers.models import FoodCourt
from umkm.sellers.states import SellerKind


@require_GET
def search_page(request: HttpRequest) -> HttpResponse:
    categories = product_pages.category_tree()
    form = SearchForm(request.GET)
    values = form.read()
    category = next((c for c in categories if c.slug == values.get("kategori")), None)
    return _answer(request, form, categories, category, reverse("umkm:search"), "umkm/discovery/search.html")


@require_GET
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    categories = product_pages.category_tree()
    category = next((c for c in categories if c.slug == slug), None)
    if category is None:
        raise Http404(slug)
    form = SearchForm(request.GET)
    if form.read().get("q"):
        # Words are looked for on the search page, inside this category.
        query = request.GET.copy()
        query["kategori"] = slug
        return redirect(f"{reverse('umkm:search')}?{query.urlencode()}")
    action = reverse("umkm:category-detail", args=[slug])
    return _answer(request, form, categories, category, action, "umkm/discovery/category_detail.html")


def _answer(
    request: HttpRequest,
    form: SearchForm,
    categories: list[Category],
    category: Category | None,
    action: str,
    template: str,
) -> HttpResponse:
    place, values = place_of(request), form.read()
    query = _query(values, category, place)
    result = search(query, day=clock.local_date(clock.now()), place=place, categories=categories)
    first_page = not query.after
    links = Links(request.GET, action)
    context: dict[str, Any] = {
        "action": action,
        "query": query,
        "values": values,
        "left_out": form.left_out,
        "place": place,
        "result": result,
        "cards": cards_pages.results(result, place, first_rank=1 if first_page else 0),
        "next": links.with_(dari=result.next) if result.next else "",
        "facets": result.facets if result.facets.exact else None,
    }
    head, tail = cards_pages.sentence(
        result.query, districts().get(query.kecamatan, ""), [places()[w].name for w in query.wards]
    )
    context |= {
        "head": head,
        "tail": tail,
        "count": cards_pages.count_words(result.count, result.is_capped),
        "chips": (chips := _chips(query, links, place)),
        "active_filters": sum("on" in chip for chip in chips),
        "exact_href": links.with_(persis="1"),
        "clear_href": f"{action}?q={query.text}" if query.text else action,
        "districts": districts(),
        "wards": [
            {"place": ward, "on": ward.code in query.wards, "count": result.facets.wards.get(ward.code, 0)}
            for ward in _wards(query)
        ],
        "kinds": [
            {"value": kind.value, "text": cards_pages.kind_title(kind), "on": kind in query.kinds,
             "count": result.facets.kinds.get(kind, 0)}
            for kind in SellerKind
        ],
        "sorts": _sorts(place),
        "category": category,
        "children": [c for c in categories if category is not None and c.parent_id == category.pk],
        "parent": next((c for c in categories if category is not None and c.pk == category.parent_id), None),
        "top": [c for c in categories if c.parent_id is None],
    }  # fmt: skip
    if query.text and first_page:
        context["shops"] = matching_shops(query.text)
        context["in_categories"] = [c for c in matching_categories(query.text, categories) if c != category][:3]
    if not result.count:
        context["single_words"] = query.words if len(query.words) > 1 else []
    return render(request, template, context)


def _query(values: dict[str, Any], category: Category | None, place: Place | None) -> Query:
    low, high = values.get("min"), values.get("maks")
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = values.get("urut", "cocok")
    kecamatan = values.get("kec", "")
    wards = [code for code in values.get("kel", []) if not kecamatan or code.startswith(f"{kecamatan}.")]
    court = FoodCourt.objects.filter(slug=values["swk"]).first() if values.get("swk") else None
    return Query(
        text=values.get("q", ""),
        category=category,
        kecamatan=kecamatan,
        wards=tuple(wards),
        kinds=tuple(values.get("jenis", [])),
        price_from=low,
        price_to=high,
        halal="halal" in values,
        today="hari_ini" in values,
        court=court,
        sort="cocok" if sort == "dekat" and place is None else sort,
        after=values.get("dari", ""),
        exact="persis" in values,
    )


def _wards(query: Query) -> list[Place]:
    if query.kecamatan:
        return wards_of(query.kecamatan)
    return [places()[code] for code in query.wards]


def _sorts(place: Place | None) -> list[tuple[str, str]]:
    rows = [
        ("cocok", _("Paling cocok")),
        ("baru", _("Paling baru")),
        ("murah", _("Harga terendah")),
        ("mahal", _("Harga tertinggi")),
    ]
    if place is not None:
        rows.insert(1, ("dekat", _("Terdekat dari %(place)s") % {"place": place.name}))
    return rows


class Links:
    """This search with one thing changed. The page number never travels along."""

    def __init__(self, query: QueryDict, action: str) -> None:
        self.query = query
        self.action = action

    def with_(self, **values: str) -> str:
        query = self._copy()
        for name, value in values.items():
            query[name] = value
        return self._href(query)

    def without(self, name: str, value: str | None = None) -> str:
        query = self._copy()
        left = [v for v in query.getlist(name) if value is not None and v != value]
        query.setlist(name, left)
        return self._href(query)

    def _copy(self) -> QueryDict:
        query = self.query.copy()
        query.pop("dari", None)
        return query

    def _href(self, query: QueryDict) -> str:
        for name in [name for name, values in query.lists() if not any(values)]:
            del query[name]
        text = query.urlencode()
        return f"{self.action}?{text}" if text else self.action


def _chips(query: Query, links: Links, place: Place | None) -> list[dict[str, Any]]:
    """What is set, to take off; then what could be set with one touch."""
    on: list[dict[str, Any]] = []

    def set_(text: str, href: str) -> None:
        on.append({"text": text, "href": href, "on": True})

    if query.category is not None and query.text:
        set_(query.category.name, links.without("kategori"))
    if query.halal:
        set_(_("Bersertifikat halal"), links.without("halal"))
    if query.today:
        set_(_("Siap hari ini"), links.without("hari_ini"))
    for code in query.wards:
        set_(places()[code].name, links.without("kel", code))
    if query.kecamatan:
        without = links.without("kec")
        set_(_("Kec. %(name)s") % {"name": districts()[query.kecamatan]}, without)
    for kind in query.kinds:
        set_(cards_pages.kind_title(kind), links.without("jenis", kind))
    if query.court is not None:
        set_(query.court.name, links.without("swk"))
    if query.price_from is not None:
        set_(_("Mulai %(price)s") % {"price": rupiah(query.price_from)}, links.without("min"))
    if query.price_to is not None:
        set_(_("Sampai %(price)s") % {"price": rupiah(query.price_to)}, links.without("maks"))
    off: list[dict[str, Any]] = []
    if not query.today:
        off.append({"text": _("Siap hari ini"), "href": links.with_(hari_ini="1"), "icon": "plus"})
    if not query.halal:
        off.append({"text": _("Bersertifikat halal"), "href": links.with_(halal="1"), "icon": "plus"})
    if place is not None and not query.wards and not query.kecamatan:
        text = _("Di %(place)s") % {"place": place.kecamatan_name}
        off.append({"text": text, "href": links.with_(kec=place.kecamatan), "icon": "plus"})
    return on + off
