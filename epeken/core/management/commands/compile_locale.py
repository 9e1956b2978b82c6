"""Compile the translations (.po → .mo), or check that they are complete."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from epeken.core.i18n import catalogue


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po; --check: fail when a string is missing, fuzzy or not translated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing, only look")

    def handle(self, *args: Any, **options: Any) -> None:
        for language in catalogue.TRANSLATED:
            entries = catalogue.load(language)
            if options["check"]:
                faults = catalogue.faults(entries, catalogue.sources(language))
                if faults:
                    raise CommandError("\n".join([*faults, f"{language}: {len(faults)} faults. Run: make messages"]))
                self.stdout.write(f"{language}: complete, {len(entries)} strings")
            elif catalogue.path_of(language).is_file():
                compiled = catalogue.path_of(language).with_suffix(".mo")
                half = compiled.with_suffix(".half")
                entries.save_as_mofile(str(half))
                half.rename(compiled)
                self.stdout.write(f"{language}: {len(entries.translated_entries())} strings compiled")
