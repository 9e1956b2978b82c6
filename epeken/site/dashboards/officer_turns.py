"""Who of PP and PPK is to act where both may: one desk is not left to the other."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from epeken.users.models import User


def turn_words(begun_by: User | None, officers: Collection[User], viewer: User | None) -> str:
    """`begun_by`: who began it and so goes on with it, while they hold the office (`officers`)."""
    if begun_by is None or begun_by not in officers:
        return _("PP atau PPK, siapa yang lebih dahulu")
    if viewer is not None and begun_by.pk == viewer.pk:
        return _("giliran Anda")
    return _("giliran %(who)s, yang memulainya; PP atau PPK lain juga dapat") % {"who": begun_by}
