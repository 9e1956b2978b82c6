"""Ids of rows as addresses, forms and files name them."""

DIGITS = 18  # all that a column of ids holds; Python refuses to read a number of thousands of digits


def read_id(text: str) -> int:
    """0, which no row has, for what is no id."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0
