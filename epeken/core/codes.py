"""Codes by which anybody who holds a paper asks whether it is genuine."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without signs that are read as another


def new_code() -> str:
    """24 signs that cannot be guessed."""
    return "".join(secrets.choice(_ALPHABET) for _n in range(24))
