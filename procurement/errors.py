"""Refusals of a department's purchase that carry more than a sentence."""

from epeken.core.errors import NotAllowed, RuleBroken


class PricesChanged(RuleBroken):
    """422: prices moved since the goods were put in; the request now shows the new ones."""

    code = "prices_changed"


class SamePerson(NotAllowed):
    """403: one person may not hold two sides of one purchase."""

    code = "same_person"
