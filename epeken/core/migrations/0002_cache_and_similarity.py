"""The table of the database cache, and similarity of words (pg_trgm)."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

CACHE = """
CREATE TABLE epeken_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX epeken_cache_expires ON epeken_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    # Its indexes on names need the extension.
    run_before = [("umkm", "0001_squashed_0048_refused_goods")]

    operations = [
        migrations.RunSQL(CACHE, "DROP TABLE epeken_cache"),
        TrigramExtension(),
    ]
