"""What a file may call the values of a choice, and what is said of its columns."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation


@dataclass(frozen=True)
class ExplainedColumn:
    """`needed`: when the cell may not be empty."""

    name: str
    needed: str
    text: str
    example: str


@cache
def choice_words(choices: Any) -> dict[str, str]:
    """Values of a choice by what a file may call them, as the city says it, and by their code."""
    with translation.override(settings.LANGUAGE_CODE):
        words = {str(label).casefold(): value for value, label in choices.choices}
    return words | {value: value for value in choices.values}


def listed_words(choices: Any) -> list[str]:
    """What a file is offered of a choice: as the city says it."""
    with translation.override(settings.LANGUAGE_CODE):
        return [str(label) for label in choices.labels]
