"""Finding goods: words, places and conditions in; a page of goods, its count and its reasons out.

The order is a rule anyone may read: how well the words fit (name before category and description), then goods far
above the market's price after the others, then each owner in turn with one of its goods, by the level of the shop
(`umkm.exposure.policy`), then what was published later. Nothing else moves it and nobody can buy a place. Variants of
one group are one result: of those that fit the one that can be had, then the one that fits best. One statement gives
count, facets and page; facets look at `POOL` matches, which are those that stand first.
"""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import connection

from epeken.core import clock
from epeken.core.queries import written_once
from umkm.catalogue.models import Category, Product
from umkm.discovery.places import Place
from umkm.discovery.synonyms import Synonyms, Words, also_of, texts_of
from umkm.discovery.words import goods_words, split, words_of
from umkm.exposure.policy import LEVELS, PRICE_GROUPS
from umkm.sellers import hours
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.states import SellerKind

PAGE = 24
POOL = 1200
SHOWN_MOST = 1000  # beyond this the count reads "1.000+"
SORTS = ("cocok", "dekat", "baru", "murah", "mahal")


@dataclass(frozen=True)
class Query:
    """What is looked for. Every value is checked by the form before it comes here."""

    text: str = ""
    category: Category | None = None
    kecamatan: str = ""
    wards: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    price_from: int | None = None
    price_to: int | None = None
    halal: bool = False
    today: bool = False
    court: FoodCourt | None = None
    seller: Seller | None = None
    among: tuple[int, ...] | None = None  # only these goods, by their pk
    sort: str = "cocok"
    after: str = ""
    exact: bool = False  # no mending of words, and none that mean the same
    reasons: bool = False  # with the figures behind the place of each card
    named: str = ""  # goods of this name before the others, where no words are looked for and the order is `cocok`

    @property
    def words(self) -> list[str]:
        return words_of(self.text)

    @property
    def is_unusable(self) -> bool:
        """A text without a letter or digit: nothing fits it."""
        return bool(self.text.strip()) and not self.words


@dataclass(frozen=True)
class GroupPrices:
    """All variants on show of one group: how many, and what they cost, whole rupiah."""

    count: int
    low: int
    high: int


@dataclass(frozen=True)
class Hit:
    """A card: the goods, and the recorded facts that put it where it is."""

    product: Product
    in_name: bool
    nearness: int  # 0 same kelurahan, 1 same kecamatan, 2 elsewhere or unknown
    nearly_full: bool
    group: GroupPrices | None = None  # of variants
    turn: int = 1  # of the goods of its owner, among those that fit alike
    figures: dict[str, int] | None = None  # the shop's newest `exposure.Standing`, where reasons were asked for


@dataclass(frozen=True)
class Facets:
    """How many of the matches have each property; exact while the pool is not full."""

    kinds: dict[str, int] = field(default_factory=dict)
    wards: dict[str, int] = field(default_factory=dict)
    halal: int = 0
    today: int = 0
    exact: bool = True


@dataclass(frozen=True)
class SearchResult:
    query: Query
    hits: list[Hit]
    count: int
    facets: Facets
    next: str = ""  # cursor of the next page, '' at the end
    mended: str = ""  # the text that was looked for instead, '' when it was the typed one
    also: tuple[str, ...] = ()  # what was looked for besides: words that mean the same
    named: int = 0  # of `count`: those with all the words in their name; the others are of the kind or only tell of it

    @property
    def is_capped(self) -> bool:
        return self.count > SHOWN_MOST


@dataclass(frozen=True)
class Matches:
    """`in_name`: by pk of the goods, in their order, whether all the words stand in the name."""

    in_name: dict[int, bool]
    mended: str = ""


def search(
    query: Query,
    *,
    now: datetime,
    place: Place | None = None,
    categories: list[Category] | None = None,
    keep: Callable[[list[int]], Iterable[int]] | None = None,
) -> SearchResult:
    """A page of what fits. Two statements; one more with words; two more when they had to be mended; one more with an
    amount among them and with `keep`.

    `categories`: the whole tree when the caller has it, to find goods through the name of their category. `keep`: is
    given the pks of all that fits, at most POOL of them in their order, and returns those that stay; what it drops is
    neither counted nor shown.
    """
    tree = categories or []
    synonyms = _synonyms(query, now)
    if keep is None:
        found, mended = _run_mended(query, now, place, tree, synonyms, most=PAGE)
    else:
        every = _matches(query, now, place, tree, synonyms)
        mended = every.mended
        query = replace(query, text=mended or query.text, among=tuple(keep(list(every.in_name))))
        found = _run(query, now, place, tree, synonyms)
    query = replace(query, text=mended or query.text)
    also = also_of(synonyms.ways_of(query.words)) if synonyms else []
    return _result(query, found, mended=mended, also=tuple(also))


def matches(
    query: Query, *, now: datetime, place: Place | None = None, categories: list[Category] | None = None
) -> Matches:
    """All that fits, each variant for itself, at most POOL, in its order. One statement; two with words, four when they
    had to be mended, one more with an amount among them."""
    return _matches(query, now, place, categories or [], _synonyms(query, now))


def _matches(
    query: Query, now: datetime, place: Place | None, categories: list[Category], synonyms: Synonyms | None
) -> Matches:
    query = replace(query, after="")
    found, mended = _run_mended(query, now, place, categories, synonyms, most=POOL, each=True)
    return Matches({row["id"]: row["band"] == 1 for row in found["page"] or []}, mended)


def _synonyms(query: Query, now: datetime) -> Synonyms | None:
    return Synonyms(clock.local_date(now)) if query.words and not query.exact else None


def _run_mended(
    query: Query,
    now: datetime,
    place: Place | None,
    categories: list[Category],
    synonyms: Synonyms | None,
    *,
    most: int,
    each: bool = False,
) -> tuple[dict[str, Any], str]:
    """What was found, and the text that was looked for instead of a typed one that finds nothing; else ''."""
    found = _run(query, now, place, categories, synonyms, most=most, each=each)
    if found["count"] or synonyms is None:
        return found, ""
    looked_for = query.words
    goods = goods_words(looked_for)
    for better_words in (lambda: goods, lambda: mend(goods, synonyms.words)):
        words = better_words()
        if words == looked_for:
            continue
        looked_for, text = words, " ".join(words)
        better = _run(replace(query, text=text), now, place, categories, synonyms, most=most, each=each)
        if better["count"]:
            return better, text
    return found, ""


def mend(words: list[str], known: Collection[str] = ()) -> list[str]:
    """Each word that no goods know, replaced by the most alike that they do; those `known` stay. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT w.word, best.word
            FROM unnest(%s::text[]) WITH ORDINALITY AS w(word, place)
            LEFT JOIN LATERAL (
                SELECT v.word FROM umkm_searchword v
                WHERE v.word %% w.word
                ORDER BY v.word = w.word DESC, similarity(v.word, w.word) DESC, v.uses DESC, v.word LIMIT 1
            ) best ON length(w.word) > 2 AND w.word <> ALL(%s::text[])
            ORDER BY w.place
            """,
            [words, list(known)],
        )
        return [best or word for word, best in cursor.fetchall()]


def matching_shops(text: str, limit: int = 3) -> list[Seller]:
    """Active shops with all the words in their name. One statement."""
    words = words_of(text)
    if not words or max(len(word) for word in words) < 3:
        return []
    shops = Seller.objects.active().select_related("kelurahan", "food_court")
    for word in words:
        shops = shops.filter(name__icontains=word)
    return list(shops.only(*SHOP_FIELDS).order_by("name", "pk")[:limit])


SHOP_FIELDS = ["name", "slug", "kind", "picture", "kelurahan__name", "food_court__name", "food_court__slug"]


def matching_categories(text: str, categories: list[Category]) -> list[Category]:
    """Categories with all the words in their name, or their parent's; in the names of the active language, too."""
    words = words_of(text)
    if not words:
        return []

    def says(category: Category) -> bool:
        return any(
            all(any(name.startswith(word) for name in names) for word in words if len(word) > 2)
            for names in map(split, {category.name, category.title})
        )

    if not any(len(word) > 2 for word in words):
        return []
    own = {category.pk for category in categories if says(category)}
    return [c for c in categories if c.pk in own or c.parent_id in own]


def near_words(words: Sequence[str], most: int = 5) -> list[str]:
    """Words of goods on show that are a little like these, too little to be looked for instead. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT v.word FROM umkm_searchword v, unnest(%s::text[]) AS w(word)
            WHERE length(w.word) > 2 AND v.word <> w.word AND similarity(v.word, w.word) >= 0.2
            GROUP BY v.word ORDER BY max(similarity(v.word, w.word)) DESC, sum(v.uses) DESC, v.word LIMIT %s
            """,
            [list(words), most],
        )
        return [word for (word,) in cursor.fetchall()]


@written_once
def _cards(day: Any, pks: Any) -> Any:
    return Product.objects.as_cards(day).filter(pk__in=pks)


def _result(query: Query, found: dict[str, Any], *, mended: str, also: tuple[str, ...]) -> SearchResult:
    rows = found["page"] or []
    more = len(rows) > PAGE
    rows = rows[:PAGE]
    goods = {p.pk: p for p in _cards(clock.today(), tuple(row["id"] for row in rows))} if rows else {}
    hits = [
        Hit(
            goods[row["id"]],
            row["band"] == 1,
            row["near"],
            row["nearly"],
            _group(row["variants"]),
            row.get("turn", 1),
            row.get("figures"),
        )
        for row in rows
        if row["id"] in goods
    ]
    facets = Facets(
        kinds=found["kinds"] or {},
        wards=found["wards"] or {},
        halal=found["halal"],
        today=found["today"],
        exact=found["count"] < POOL,
    )
    cursor = _cursor(query.sort, rows[-1]) if more and rows else ""
    return SearchResult(query, hits, found["count"], facets, cursor, mended, also, found["named"])


def _group(found: dict[str, int] | None) -> GroupPrices | None:
    """None where the group has one left: ordinary goods."""
    return GroupPrices(**found) if found and found["count"] > 1 else None


# --- SQL --------------------------------------------------------------------------------------------------------------
_COLUMNS = """
    p.id, p.price, p.group_id, (extract(epoch FROM p.published_at) * 1000000)::bigint AS at, ({halal}) AS is_halal,
    s.kind, s.kelurahan_id, p.seller_id, p.category_id, coalesce(s.owner_id, -s.id) AS owner,
    {band} AS band, {near} AS near, {price_group} AS price_group, {level} AS level,
    m.id IS NOT NULL AND m.used >= m.cap * warn.share AS nearly,
    ({today}) AS today
"""
# `policy.price_group` and the level in `policy.standing`.
_PRICE_GROUP, _LEVEL = f"{PRICE_GROUPS - 1} - p.standing / {LEVELS}", f"p.standing %% {LEVELS}"
# `catalogue.querysets.has_checked_halal`: only goods that bear a number look up the one paper of their shop.
_HALAL = """p.halal_number <> '' AND EXISTS (
    SELECT 1 FROM umkm_sellerdocument d
    WHERE d.seller_id = p.seller_id AND d.kind = 'halal' AND d.replaced_at IS NULL AND NOT d.is_proposed
    AND (d.uploaded_at <= s.approved_at OR d.change_id IS NOT NULL AND s.approved_at IS NOT NULL)
    AND (d.expires_on IS NULL OR d.expires_on >= %(day)s)
    AND upper(regexp_replace(d.number, '[^[:alnum:]]', '', 'g'))
        = upper(regexp_replace(p.halal_number, '[^[:alnum:]]', '', 'g')))"""


def _within(place: str, end: str) -> str:
    """Whether the shop or court works up to this hour of the day: `hours._is_within` just before it."""
    from_, to = f"{place}.opens_at < {end}", f"{end} <= {place}.closes_at"
    return f"(CASE WHEN {place}.opens_at < {place}.closes_at THEN {from_} AND {to} ELSE {from_} OR {to} END)"


def _last_hour() -> str:
    """`hours.last_moment` in SQL: the latest of the closing hours and midnight up to which shop and court both work."""
    ends = ("s.closes_at", "c.closes_at", "time '24:00'")
    both = "CASE WHEN {own} AND (c.id IS NULL OR {court}) THEN {end} END"
    worked = [both.format(own=_within("s", end), court=_within("c", end), end=end) for end in ends]
    return f"coalesce(greatest({', '.join(worked)}), s.closes_at)"


# `Supply.free` of the day, by which the least order can be had: of goods made per day what its capacity has left.
_FREE_TODAY = """(CASE WHEN p.stock_mode = 'daily' THEN coalesce((
        SELECT coalesce(d.planned, p.daily_capacity) - d.used FROM umkm_capacityday d
        WHERE d.product_id = p.id AND d.day = %(day)s
    ), p.daily_capacity) ELSE p.on_hand END) >= p.minimum"""
# `hours.first_day` is today: the goods need no day to be made, an order counts as of today (`policies.cut_off_of`), the
# shop opens on the day (`SellerQuerySet.open_at`), and works for longer than it needs for one more order. And enough of
# them is free on it (`feasibility.earliest_day`).
_TODAY = f"""p.lead_days = 0 AND coalesce(p.order_until, s.order_until, '24:00') > %(hour)s
    AND strpos(s.open_days, %(weekday)s) > 0 AND (s.closed_until IS NULL OR s.closed_until < %(day)s)
    AND {_last_hour()} > %(prepared)s
    AND {_FREE_TODAY}"""
# What can be had at all: any of its least orders.
_ABLE = "(p.stock_mode = 'daily' OR p.on_hand >= p.minimum)"
_VARIANTS = """CASE WHEN page.group_id IS NOT NULL THEN (
    SELECT json_build_object('count', count(*), 'low', min(q.price), 'high', max(q.price))
    FROM umkm_product q WHERE q.group_id = page.group_id AND q.state = 'published') END"""
_FIGURES = """, (
    SELECT to_json(f) FROM umkm_standing f WHERE f.seller_id = page.seller_id AND f.category_id = page.category_id
    ORDER BY f.edition_id DESC LIMIT 1) AS figures"""
_FROM = """
    FROM umkm_product p
    JOIN umkm_seller s ON s.id = p.seller_id AND s.state = 'active'
    LEFT JOIN umkm_foodcourt c ON c.id = s.food_court_id
    LEFT JOIN umkm_turnovermonth m ON m.owner_id = s.owner_id AND m.month = %(month)s
    CROSS JOIN warn
    WHERE p.state = 'published' AND (m.id IS NULL OR m.used < m.cap)
"""
_STATEMENT = """
WITH warn AS MATERIALIZED (
    SELECT coalesce((
        SELECT value FROM core_rule
        WHERE code = 'seller.cap_warn_share' AND valid_from <= %(day)s
          AND (valid_until IS NULL OR valid_until >= %(day)s)
        ORDER BY valid_from DESC LIMIT 1
    ), 1) AS share
),
pool AS MATERIALIZED (
    SELECT fitting.*, row_number() OVER owners AS turn FROM ({pool}) fitting
    WINDOW owners AS (PARTITION BY band, near, price_group, owner ORDER BY level DESC, at, id)
),
page AS ({page})
SELECT json_build_object(
    'count', (SELECT count(*) FROM pool),
    'named', (SELECT count(*) FROM pool WHERE band = 1),
    'halal', (SELECT count(*) FROM pool WHERE is_halal),
    'today', (SELECT count(*) FROM pool WHERE today),
    'kinds', (SELECT json_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM pool GROUP BY kind) k),
    'wards', (SELECT json_object_agg(kelurahan_id, n) FROM (
        SELECT kelurahan_id, count(*) AS n FROM pool WHERE kelurahan_id IS NOT NULL GROUP BY kelurahan_id) w),
    'page', (SELECT json_agg(page) FROM (SELECT page.*, {variants} AS variants{figures} FROM page) page)
)
"""
_FIRST = "p.standing DESC, p.published_at DESC, p.id DESC"
# The order of a page, its key as text, and the condition that continues it. `at` and `id` are whole numbers.
_BY_RANK = (
    "band, near, price_group, turn, level DESC, at DESC, id DESC",
    "(band, near, price_group, turn, -level, -at, -id) > (%s, %s, %s, %s, -(%s), -(%s)::bigint, -(%s)::bigint)",
)
_DIRECT = {
    "baru": (
        "p.published_at DESC, p.id DESC",
        "(p.published_at, p.id) < (to_timestamp(%s / 1000000.0), %s)",
        ("at", "id"),
    ),
    "murah": ("p.price, p.id", "(p.price, p.id) > (%s, %s)", ("price", "id")),
    "mahal": ("p.price DESC, p.id DESC", "(p.price, p.id) < (%s, %s)", ("price", "id")),
}
_RANK_KEYS = ("band", "near", "price_group", "turn", "level", "at", "id")


def _cursor(sort: str, row: dict[str, Any]) -> str:
    keys = _DIRECT[sort][2] if sort in _DIRECT else _RANK_KEYS
    return "-".join(str(row[key]) for key in keys)


def fits_cursor(query: Query) -> bool:
    """Whether `query.after` is empty or a place in this order of results."""
    return not query.after or _after(query) is not None


def _after(query: Query) -> list[int] | None:
    """The numbers of a cursor, or None when there is none that fits this sort."""
    keys = _DIRECT[query.sort][2] if query.sort in _DIRECT else _RANK_KEYS
    if not re.fullmatch(r"\d{1,18}(-\d{1,18})*", query.after, flags=re.ASCII):
        return None
    numbers = [int(number) for number in query.after.split("-")]
    return numbers if len(numbers) == len(keys) else None


def _run(
    query: Query,
    now: datetime,
    place: Place | None,
    categories: list[Category],
    synonyms: Synonyms | None,
    *,
    most: int = PAGE,
    each: bool = False,
) -> dict[str, Any]:
    """`each`: every variant is a result of its own."""
    where, values = _conditions(replace(query, among=()) if query.is_unusable else query)
    day, hour = clock.local_date(now), now.astimezone(clock.ZONE).time()
    values |= {"month": day.replace(day=1), "day": day, "hour": hour, "weekday": str(day.isoweekday())}
    # No shop works past the end of the day.
    ready = (now + hours.PREPARE).astimezone(clock.ZONE)
    values["prepared"] = ready.time() if ready.date() == day else "24:00"
    words = query.words
    near = "2"
    if place is not None and query.sort == "dekat":
        near = "CASE WHEN s.kelurahan_id = %(ward)s THEN 0 WHEN s.kelurahan_id LIKE %(district)s THEN 1 ELSE 2 END"
        values |= {"ward": place.code, "district": f"{place.kecamatan}.%"}
    base = _FROM + where

    any_fit, in_name = "TRUE", "TRUE"
    if words:
        ways: list[list[Words]] = synonyms.ways_of(words) if synonyms else [[(word,)] for word in words]
        values |= tsquery(ways)
        any_fit = "p.search @@ to_tsquery('indonesian', %(fits)s)"
        in_name = "p.search @@ to_tsquery('indonesian', %(names)s)"
        beside = [c.pk for text in texts_of(ways) for c in matching_categories(text, categories)]
        if beside:
            any_fit = f"({any_fit} OR p.category_id = ANY(%(beside)s))"
            values["beside"] = beside
    first = _DIRECT[query.sort][0] if query.sort in _DIRECT else "p.published_at DESC, p.id DESC"
    fitting = f"p.state = 'published' AND {any_fit}{where}"
    one = "TRUE" if each else _one_of_group(fitting, f"NOT {_ABLE}, NOT {in_name}, {first}")
    base += f" AND {one}"

    def columns(band: str) -> str:
        halal, today = (_HALAL, _TODAY) if each else (_in_group(_HALAL, fitting), _in_group(_TODAY, fitting))
        return _COLUMNS.format(band=band, near=near, today=today, halal=halal, price_group=_PRICE_GROUP, level=_LEVEL)

    if words:
        first_of_all = f"ORDER BY {_FIRST} LIMIT {POOL}"
        # Constants of this page only; what was typed travels as a value.
        named = f"(SELECT {columns('1')} {base} AND {in_name} {first_of_all})"
        beyond = f"(SELECT {columns('2')} {base} AND {any_fit} AND NOT {in_name} {first_of_all})"
        pool = f"{named} UNION ALL {beyond} LIMIT {POOL}"
        direct = f"SELECT {columns(f'CASE WHEN {in_name} THEN 1 ELSE 2 END')} {base} AND {any_fit}"
    else:
        band = "1"
        if query.named:  # as `names.same_name`
            band = r"CASE WHEN lower(regexp_replace(trim(p.name), '\s+', ' ', 'g')) = %(named)s THEN 1 ELSE 2 END"
            values["named"] = " ".join(query.named.lower().split())
        direct = f"SELECT {columns(band)} {base}"
        # Any matches do for counting; the order of relevance looks at those that stand first.
        order = "" if query.sort in _DIRECT else f" ORDER BY {_FIRST}"
        pool = f"{direct}{order} LIMIT {POOL}"
    after = _after(query)
    if query.sort in _DIRECT:
        order, condition, _keys = _DIRECT[query.sort]
        page = (
            direct
            + (f" AND {_named(condition, after, values)}" if after else "")
            + f" ORDER BY {order} LIMIT {most + 1}"
        )
    else:
        order, condition = _BY_RANK
        page = "SELECT * FROM pool"
        if after:
            page += f" WHERE {_named(condition, after, values)}"
        page += f" ORDER BY {order} LIMIT {most + 1}"
    with connection.cursor() as cursor:
        cursor.execute(
            _STATEMENT.format(pool=pool, page=page, variants=_VARIANTS, figures=_FIGURES if query.reasons else ""),
            values,
        )
        found = cursor.fetchone()[0]
    return dict(found)


def _of_sibling(sql: str) -> str:
    """A condition on goods `p` of a seller, asked of another variant `q` of the group. Only constants come here."""
    return re.sub(r"\bp\.", "q.", sql)


def _one_of_group(fitting: str, order: str) -> str:
    """Whether the goods stand for their group: of its variants that fit, the first in this order."""
    sibling = f"""SELECT q.id FROM umkm_product q WHERE q.group_id = p.group_id AND {_of_sibling(fitting)}
        ORDER BY {_of_sibling(order)} LIMIT 1"""  # noqa: S608
    return f"(p.group_id IS NULL OR p.id = ({sibling}))"


def _in_group(condition: str, fitting: str) -> str:
    """Whether it holds of the goods, or of another variant of the group that fits."""
    sibling = f"""SELECT 1 FROM umkm_product q WHERE q.group_id = p.group_id
        AND {_of_sibling(fitting)} AND {_of_sibling(condition)}"""  # noqa: S608
    return f"(({condition}) OR (p.group_id IS NOT NULL AND EXISTS ({sibling})))"


def _named(condition: str, numbers: list[int], values: dict[str, Any]) -> str:
    """`%s` → `%(after_n)s`, since the statement names its values."""
    for n, number in enumerate(numbers):
        condition = condition.replace("%s", f"%(after_{n})s", 1)
        values[f"after_{n}"] = number
    return condition


def tsquery(ways: list[list[Words]]) -> dict[str, str]:
    """All parts of the text, each in one of its ways, the last typed word as a beginning; `names` wants them in the
    name (weight A). Words hold no syntax."""
    fits, names = [], []
    for place, part in enumerate(ways, 1):
        said = [[*way] for way in part]
        if place == len(ways):
            said[0][-1] += ":*"
        fits.append(" | ".join(" & ".join(way) for way in said))
        names.append(" | ".join(" & ".join(_of_name(word) for word in way) for way in said))
    return {name: " & ".join(f"({part})" for part in parts) for name, parts in (("fits", fits), ("names", names))}


def _of_name(word: str) -> str:
    return f"{word}A" if word.endswith(":*") else f"{word}:A"


def _conditions(query: Query) -> tuple[str, dict[str, Any]]:
    where = ""
    values: dict[str, Any] = {}
    if query.category is not None:
        # A parent stands for its children.
        where += (
            " AND p.category_id IN (SELECT id FROM umkm_category WHERE id = %(category)s OR parent_id = %(category)s)"
        )
        values["category"] = query.category.pk
    if query.wards:
        where += " AND s.kelurahan_id = ANY(%(wards)s)"
        values["wards"] = list(query.wards)
    elif query.kecamatan:
        where += " AND s.kelurahan_id LIKE %(kecamatan)s"
        values["kecamatan"] = f"{query.kecamatan}.%"
    if query.kinds and set(query.kinds) != set(SellerKind.values):
        where += " AND s.kind = ANY(%(kinds)s)"
        values["kinds"] = list(query.kinds)
    if query.price_from is not None:
        where += " AND p.price >= %(price_from)s"
        values["price_from"] = query.price_from
    if query.price_to is not None:
        where += " AND p.price <= %(price_to)s"
        values["price_to"] = query.price_to
    if query.halal:
        where += f" AND {_HALAL}"
    if query.today:
        where += f" AND {_TODAY}"
    if query.among is not None:
        where += " AND p.id = ANY(%(among)s)"
        values["among"] = list(query.among)
    if query.court is not None:
        where += " AND s.food_court_id = %(court)s"
        values["court"] = query.court.pk
    if query.seller is not None:
        where += " AND s.id = %(seller)s"
        values["seller"] = query.seller.pk
    return where, values
