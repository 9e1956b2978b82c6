"""`manage.py fill_reference`: after `migrate`, at every update."""

from typing import Any

from django.core.management.base import BaseCommand

from epeken.core import clock, reference


class Command(BaseCommand):
    help = "Add dated rules and rows that this release reads and the database lacks; none that is there is changed."

    def handle(self, *args: Any, **options: Any) -> None:
        added = reference.fill_missing(now=clock.now())
        for row in added:
            self.stdout.write(f"added {row.table} {row.key}")
        self.stdout.write(f"{len(added)} rows added.")
