"""What else is looked for when somebody types a word that shops do not write. Reads only."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice, product

from umkm.discovery.models import Synonym

Words = tuple[str, ...]
MOST_TEXTS = 8  # ways of saying one text that categories are asked for


class Synonyms:
    """Those in force on a day. One statement."""

    def __init__(self, day: date) -> None:
        self.means: dict[Words, list[Words]] = {}
        for said, means in Synonym.objects.in_force(day).order_by("said", "means").values_list("said", "means"):
            self.means.setdefault(tuple(said.split()), []).append(tuple(means.split()))
        self.longest = max((len(said) for said in self.means), default=0)

    @property
    def words(self) -> frozenset[str]:
        """All that stand in the table: nobody mistyped these."""
        every: Iterable[Words] = (*self.means, *(means for others in self.means.values() for means in others))
        return frozenset(word for words in every for word in words)

    def ways_of(self, words: Sequence[str]) -> list[list[Words]]:
        """The text part by part, each with all ways to say it, as it was typed first. The longest phrase of the table
        that begins at a word is a part."""
        found: list[list[Words]] = []
        place = 0
        while place < len(words):
            for length in range(min(self.longest, len(words) - place), 0, -1):
                said = tuple(words[place : place + length])
                if said in self.means:
                    break
            else:
                said = (words[place],)
            found.append([said, *self.means.get(said, [])])
            place += len(said)
        return found


def texts_of(ways: list[list[Words]]) -> list[str]:
    """Whole texts, as it was typed first."""
    return [" ".join(word for part in parts for word in part) for parts in islice(product(*ways), MOST_TEXTS)]


def also_of(ways: list[list[Words]]) -> list[str]:
    """What is looked for besides what was typed."""
    return [" ".join(way) for part in ways for way in part[1:]]
