"""Pure yes or no: who may do what with a shop and its goods."""

from epeken.users.models import User


def can_curate(actor: User) -> bool:
    return bool(getattr(actor, "is_authenticated", False) and actor.has_perm("umkm.curate_product"))
