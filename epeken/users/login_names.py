"""By what name an account of somebody else is asked for: one that people here can sign in with."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken, require
from epeken.core.phones import read_mobile
from epeken.users import codes
from epeken.users.logins import is_number, one_spelling
from epeken.users.models import User


def read_login(text: str, *, field: str) -> str:
    """The account somebody else is asked by, whether there is one or not: an address or, where codes are sent, a mobile
    number, in its one spelling. Raises: RuleBroken at `field`."""
    name = one_spelling(text)
    if is_number(name):
        require(
            codes.are_sent(),
            _("Di sini kode tidak dikirim ke nomor ponsel. Tulis surelnya."),
            field=field,
            code="number_not_taken",
        )
        return read_mobile(name, field=field)
    try:
        validate_email(name)
    except ValidationError as problem:
        raise RuleBroken(problem.messages[0], field=field, code="email_invalid") from None
    return name


def check_of_another(actor: User, name: str, *, field: str) -> None:
    """`name`: as `read_login` gives it. Raises: RuleBroken `own_address` when the actor signs in with it."""
    require(
        name not in actor.sign_in_names,
        _("Itu surel atau nomor akun Anda sendiri. Tulis milik orang yang Anda maksud."),
        field=field,
        code="own_address",
    )
