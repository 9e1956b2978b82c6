"""Bring the catalogues in step with the source strings."""

from typing import Any

from django.core.management.base import BaseCommand

from epeken.core.i18n import catalogue


class Command(BaseCommand):
    help = "Add new source strings to locale/*/LC_MESSAGES/django.po, drop those that are gone, keep translations."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for language in catalogue.TRANSLATED:
            entries = catalogue.load(language)
            added, removed = catalogue.merge(entries, catalogue.sources(language))
            catalogue.path_of(language).parent.mkdir(parents=True, exist_ok=True)
            entries.save(str(catalogue.path_of(language)))
            left = len(entries) - len(entries.translated_entries())
            self.stdout.write(f"{language}: {added} added, {removed} removed, {left} to translate of {len(entries)}")
