"""What the page of a search says: its sentence, its filters and the addresses of the same search changed."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from epeken.core.i18n.words import rupiah
from umkm.catalogue.models import Category
from umkm.discovery import conditions
from umkm.discovery.forms import SearchForm
from umkm.discovery.pages import cards as cards_pages
from umkm.discovery.places import Place, districts, places, wards_of
from umkm.discovery.search import PAGE, Query, SearchResult, near_words
from umkm.discovery.words import NO_GOODS, goods_words
from umkm.exposure.impressions import Impressions, impressions_of, looked_for_in
from umkm.sellers.models import FoodCourt
from umkm.sellers.states import SellerKind


def asked(data: QueryDict) -> SearchForm:
    """The search an address asks for."""
    return SearchForm(data)


def spelled_out(form: SearchForm, data: QueryDict) -> str:
    """The query of the address in which conditions among the words are filters, which people see and take off; "" where
    there are none, or everything is looked for as it was typed. What was chosen already stays."""
    values = form.read()
    typed = values.get("q", "")
    text, found = conditions.read(typed)
    if text == typed or values.get("persis"):
        return ""
    address = data.copy()
    address["q"] = text
    if {"kec", "kel"} & values.keys():
        found = {name: value for name, value in found.items() if name not in ("kec", "kel")}
    for name, value in found.items():
        if name not in values:
            address[name] = value
    return address.urlencode()


def context(
    form: SearchForm,
    result: SearchResult,
    query: Query,
    *,
    links: "Links",
    place: Place | None,
    categories: list[Category],
) -> dict[str, Any]:
    """For `_search_filters.html` and `_search_body.html`; the cards are the caller's. `query`: as it was typed."""
    action, category = links.action, query.category
    head, tail = cards_pages.sentence(
        result.query, districts().get(query.kecamatan, ""), [places()[w].name for w in query.wards]
    )
    return {
        "action": action,
        "carried": links.carried,
        "query": query,
        "values": form.read(),
        "left_out": form.left_out,
        "place": place,
        "result": result,
        "next": links.with_(dari=result.next) if result.next else "",
        "facets": result.facets if result.facets.exact else None,
        "head": head,
        "tail": tail,
        "count": cards_pages.count_words(result.count, result.is_capped),
        "named_words": cards_pages.named_words(result),
        "chips": (chips := _chips(query, links, place)),
        "active_filters": sum("on" in chip for chip in chips),
        "exact_href": links.with_(persis="1"),
        "clear_href": links.cleared(query.text),
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
        "single_words": _other_words(query, result),
    }  # fmt: skip


def offered(result: SearchResult, place: Place | None) -> Impressions:
    """What the page of results offers, for the figures of attention."""
    query = result.query
    return impressions_of(
        [hit.product for hit in result.hits],
        kecamatan=looked_for_in(query.court.kecamatan_id or "" if query.court else query.kecamatan, place),
        before=PAGE if query.after else 0,
    )


def _other_words(query: Query, result: SearchResult) -> list[str]:
    """What else may be looked for where nothing fits: the words one by one, and words of goods that are alike."""
    if result.count or not query.words:
        return []
    words = [word for word in goods_words(query.words) if not word.isdigit() and word not in NO_GOODS]
    alone = words if len(words) > 1 else []
    return [*alone, *(word for word in near_words(words) if word not in alone and not word.isdigit())]


def query_of(values: dict[str, Any], category: Category | None, place: Place | None) -> Query:
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
    """This search with one thing changed. The page number never travels along; what is named in `always` does, also
    when all filters are taken off."""

    def __init__(self, query: QueryDict, action: str, always: tuple[str, ...] = ()) -> None:
        self.query = query
        self.action = action
        self.always = always

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What every form of the page carries along, by name."""
        return [(name, value) for name in self.always for value in self.query.getlist(name) if value]

    def cleared(self, words: str) -> str:
        """The same words without filters."""
        query = QueryDict(mutable=True)
        for name, value in [("q", words), *self.carried]:
            query.appendlist(name, value)
        return self._href(query)

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
        query.pop(cards_pages.TOLD, None)
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
        set_(query.category.title, links.without("kategori"))
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
