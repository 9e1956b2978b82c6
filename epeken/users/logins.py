"""What somebody writes to say whose account they want: an address, or a number however it is written."""

from epeken.core.errors import RuleBroken
from epeken.core.phones import read_phone

LONGEST = 254


def one_spelling(login: object) -> str:
    """`0812-3456-7890` and `+62 812 3456 7890` are one number, `A@b.id ` and `a@b.id` one address."""
    text = str(login).strip().lower()[:LONGEST]
    if "@" in text:
        return text
    try:
        return read_phone(text)
    except RuleBroken:
        return text
