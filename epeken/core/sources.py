"""What a dated row cites, as pages and papers say it."""

_UNPUBLISHED = "[?]"  # in the tables: a default of the city that nobody has published


def cited(source: str) -> str:
    """Without the mark by which the office finds the rows that are still to be confirmed."""
    return " ".join(source.replace(_UNPUBLISHED, "").split())
