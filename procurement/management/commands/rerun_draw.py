"""Draws turns once more out of what a draw published, without a database: anybody can check the result."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procurement.rotation.drawing import DrawDiffers, rerun


class Command(BaseCommand):
    help = "Draws turns once more from the JSON of a draw's public page; fails when anything differs."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the JSON of the public page; - for standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        name = options["file"]
        try:
            published = json.loads(sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8"))
            found = rerun(published)
        except DrawDiffers as difference:
            raise CommandError(f"The draw differs. {difference}") from None
        except (OSError, ValueError, KeyError, TypeError) as problem:
            raise CommandError(f"This is no published draw: {problem!r}") from None
        owners = {row["number"]: row for row in json.loads(published["list"])["owners"]}
        self.stdout.write(f"seed {found.seed}")
        for place, number in enumerate(found.order, start=1):
            row = owners[number]
            self.stdout.write(f"{place}. number {number}, {row['shop']}, weight {row['weight']}")
        self.stdout.write("The same as published.")
