"""Looking for goods: the search page and the category pages, which are searches with a head of their own."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from epeken.core import clock
from epeken.core.ids import read_id
from umkm.catalogue.models import Category
from umkm.catalogue.pages import product as product_pages
from umkm.discovery.forms import SearchForm
from umkm.discovery.page_copies import copied
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.pages import results
from umkm.discovery.places import Place, place_of
from umkm.discovery.search import Query, matching_categories, matching_shops, search
from umkm.discovery.suggestions import suggested
from umkm.exposure import impressions


@require_GET
@copied
def search_page(request: HttpRequest) -> HttpResponse:
    categories = product_pages.category_tree()
    form = SearchForm(request.GET)
    if spelled := results.spelled_out(form, request.GET):
        return redirect(f"{reverse('umkm:search')}?{spelled}")
    values = form.read()
    category = next((c for c in categories if c.slug == values.get("kategori")), None)
    return _answer(request, form, categories, category, reverse("umkm:search"), "umkm/discovery/search.html")


@require_GET
def suggestions(request: HttpRequest) -> HttpResponse:
    """`{"suggestions": [text, …]}` for the `q` typed so far."""
    text = SearchForm(request.GET).read().get("q", "")
    answer = JsonResponse({"suggestions": suggested(text, product_pages.category_tree())})
    answer["Cache-Control"] = "private, max-age=60"
    return answer


@require_GET
@copied
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
    place = place_of(request)
    query = results.query_of(form.read(), category, place)
    told = read_id(request.GET.get(cards_pages.TOLD, ""))
    if told and request.headers.get("HX-Request"):
        return _reasons(request, query, told, place, categories)
    found = search(replace(query, reasons=bool(told)), now=clock.now(), place=place, categories=categories)
    links = results.Links(request.GET, action)
    context = results.context(form, found, query, links=links, place=place, categories=categories)
    context["cards"] = cards_pages.public_results(found, place, asked=request.GET, told=told)
    if query.text and not query.after:
        context["shops"] = matching_shops(query.text)
        context["in_categories"] = [c for c in matching_categories(query.text, categories) if c != category][:3]
    response = render(request, template, context)
    # With reasons it is the same page once more.
    return response if told else impressions.offering(response, results.offered(found, place))


def _reasons(
    request: HttpRequest, query: Query, pk: int, place: Place | None, categories: list[Category]
) -> HttpResponse:
    """Why these goods stand where they stand in the search, for their card; 404 where they do not stand in it."""
    found = search(
        replace(query, among=(pk,), after="", reasons=True), now=clock.now(), place=place, categories=categories
    )
    if not found.hits:
        raise Http404(pk)
    (card,) = cards_pages.results(found, place)
    response = render(request, "components/why.html", {"card": card})
    response["Cache-Control"] = "no-store"  # the same address without the header is a whole page
    return response
