"""Similar words: pg_trgm ships with PostgreSQL and may be created by the database's owner."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("umkm", "0005_categories")]

    operations = [TrigramExtension()]
