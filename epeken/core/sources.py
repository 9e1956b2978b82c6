"""What a dated row cites, as pages and papers say it."""

from django.utils.translation import gettext as _

_UNPUBLISHED = "[?]"  # in the tables: a default of the city that nobody has published


def told(source: str) -> str:
    """For the office, which looks for the rows that are still to be confirmed."""
    return source.replace(_UNPUBLISHED, _("(belum dikonfirmasi)"))


def cited(source: str) -> str:
    """Without the mark by which the office finds the rows that are still to be confirmed."""
    return " ".join(source.replace(_UNPUBLISHED, "").split())
