"""Words of goods on show, for mending typing errors in a search."""

from django.db import connection

from epeken.core.services import service
from umkm.discovery.models import SearchWord
from umkm.discovery.words import spoken


@service
def learn(name: str) -> None:
    """The words of one name can be suggested from now on. Locks: nothing (one upsert, words in order)."""
    words = sorted(set(spoken(name)))
    if not words:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO umkm_searchword (word, uses) SELECT unnest(%s::text[]), 1 "
            "ON CONFLICT (word) DO UPDATE SET uses = umkm_searchword.uses + 1",
            [words],
        )


@service
def rebuild() -> int:
    """The vocabulary is exactly the words of goods on show, categories and shops; how many. Locks: SearchWord (all)."""
    with connection.cursor() as cursor:
        # Readers keep the old words until the commit; a second rebuild waits.
        cursor.execute("LOCK TABLE umkm_searchword IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM umkm_searchword")
        cursor.execute(
            """
            INSERT INTO umkm_searchword (word, uses)
            SELECT word, count(*) FROM (
                SELECT name FROM umkm_product WHERE state = 'published'
                UNION ALL
                SELECT name FROM umkm_category
                UNION ALL
                SELECT name FROM umkm_seller WHERE state = 'active'
            ) AS named, string_to_table(epeken_split(name), ' ') AS word
            WHERE word ~ '^[a-z]{3,40}$' GROUP BY word
            """
        )
    return SearchWord.objects.count()
