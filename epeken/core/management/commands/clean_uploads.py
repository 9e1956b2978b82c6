"""`manage.py clean_uploads`: files whose transaction was cancelled, so that no row knows them.

Only names of the shape this house generates are looked at, and only when they are older than a day: a file being
stored right now has no committed row yet.
"""

import re
from datetime import timedelta
from typing import Any

from django.core.files.storage import Storage, storages
from django.core.management.base import BaseCommand, CommandParser

from epeken.core import clock
from epeken.core.models import Upload

AGE = timedelta(days=1)
_OURS = re.compile(r"([a-z0-9-]+/)+([0-9a-f]{2})/\2[0-9a-f]{18,30}(-[0-9a-f]{6})?(-\d+)?\.[a-z0-9]+")


class Command(BaseCommand):
    help = "List files no row knows; remove them with --delete."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="Remove what is listed.")

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for public, alias in ((True, "default"), (False, "private")):
            store = storages[alias]
            known = set(Upload.objects.filter(public=public).values_list("name", flat=True))
            for name in _names(store):
                young = store.get_modified_time(name) > clock.now() - AGE
                if name in known or young or not _OURS.fullmatch(name):
                    continue
                count += 1
                self.stdout.write(f"{alias}: {name}")
                if options["delete"]:
                    store.delete(name)
        self.stdout.write(f"{count} files without a row{', removed' if options['delete'] else ''}.")


def _names(store: Storage, folder: str = "") -> list[str]:
    try:
        folders, files = store.listdir(folder)
    except FileNotFoundError:
        return []
    names = [f"{folder}{file}" for file in files]
    for inner in folders:
        names += _names(store, f"{folder}{inner}/")
    return names
