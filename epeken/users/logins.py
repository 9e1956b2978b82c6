"""What somebody writes to say whose account they want: an address, or a number however it is written."""

from epeken.core.errors import RuleBroken
from epeken.core.phones import phone_words, read_phone

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


def is_number(name: str) -> bool:
    """Of a name in its one spelling."""
    return "@" not in name


def login_words(name: str) -> str:
    """A name in its one spelling, for a reader."""
    return phone_words(name) if is_number(name) else name
