"""What names of goods say: whether two are the same name, and whether two goods may be called alike by them.

Sellers choose their own names, so neither decides what a purchase is compared with (`umkm/market_prices/references.py`:
category and unit); a page that calls goods alike asks here.
"""

import re


def same_name(one: str, other: str) -> bool:
    """The same words in the same order, however they are spaced or capitalised."""
    return _spaced(one) == _spaced(other)


def is_alike(one: str, other: str) -> bool:
    """Whether one name says all the words of the other and both the same numbers: "Soto ayam" and "Soto ayam kampung",
    not "Soto ayam" and "Rawon", nor a pack of 12 and a pack of 24."""
    words, others = letter_words(one), letter_words(other)
    if not words or not others or numbers(one) != numbers(other):
        return False
    return words <= others or others <= words


def share_a_word(one: str, other: str) -> bool:
    """Whether a word of some length stands in both; of texts without any, nothing is said."""
    words, others = ({word for word in letter_words(text) if len(word) > 3} for text in (one, other))
    return not words or not others or bool(words & others)


def letter_words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", name.casefold()))


def numbers(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"\d+", name))


def _spaced(name: str) -> str:
    return " ".join(name.casefold().split())
