"""Searches that complete what somebody types: names of goods on show, categories, shops. Reads only."""

from django.db import connection

from umkm.catalogue.models import Category
from umkm.discovery.search import matching_categories, matching_shops, tsquery
from umkm.discovery.words import words_of

MOST = 8
LEAST_LETTERS = 3  # of what is typed; with fewer nearly everything fits
_LOOKED_AT = 300  # goods whose names are compared: any will do, and no name costs more than a page of results
_NAMES, _CATEGORIES, _SHOPS = 5, 2, 2


def suggested(text: str, categories: list[Category]) -> list[str]:
    """At most MOST, each once. Two statements; none for less than LEAST_LETTERS."""
    words = words_of(text)
    if sum(map(len, words)) < LEAST_LETTERS:
        return []
    found = _names(words)
    found += [category.title for category in matching_categories(text, categories)[:_CATEGORIES]]
    found += [shop.name for shop in matching_shops(text, _SHOPS)]
    by_words = {" ".join(words_of(name)): name for name in reversed(found)}
    return [name for name in found if by_words[" ".join(words_of(name))] is name][:MOST]


def _names(words: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT min(name) FROM (
                SELECT p.name FROM umkm_product p JOIN umkm_seller s ON s.id = p.seller_id AND s.state = 'active'
                WHERE p.state = 'published' AND p.search @@ to_tsquery('indonesian', %s) LIMIT %s
            ) AS named GROUP BY epeken_split(name) ORDER BY count(*) DESC, length(min(name)), min(name) LIMIT %s
            """,
            [tsquery([[(word,)] for word in words])["names"], _LOOKED_AT, _NAMES],
        )
        return [name for (name,) in cursor.fetchall()]
