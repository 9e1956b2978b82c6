"""Prints one page with the rules of every field, for those who review or translate them."""

from typing import Any

from django.core.management import BaseCommand

from epeken.site import field_rules


class Command(BaseCommand):
    help = "Print the rules of every column and form field, as Markdown."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(field_rules.page(), ending="")
