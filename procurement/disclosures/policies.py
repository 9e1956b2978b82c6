"""Who receives sealed complaints. Pure yes or no."""

from epeken.users.models import User, Visitor
from procurement.agencies.policies import is_inspector


def is_recipient(actor: Visitor) -> bool:
    """The inspectorate. An administrator holds every permission, but is not of the inspectorate."""
    return isinstance(actor, User) and not actor.is_superuser and is_inspector(actor)
