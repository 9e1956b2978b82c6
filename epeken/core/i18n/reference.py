"""Words of reference data that comes with the product, in the reader's language."""

from django.utils.translation import gettext


def in_language(text: str) -> str:
    """What stands in one of the registry's `translated_columns`; what an office typed itself stays as it typed it."""
    return gettext(text) if text else ""
