"""How long a password is, and which words are too little for one: what anybody guesses who knows city and site."""

import re
from functools import cache

from django.conf import settings
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.phones import read_phone

# The site, its people and what it is for, in both languages of the pages. The city's own words come from its folder.
WORDS = [
    "epeken", "peken", "pasar", "market", "toko", "warung", "dinas", "kota", "pemkot", "pemerintah",
    "penjual", "pembeli", "bendahara", "admin", "belanja", "pesanan", "sandi", "kata", "password", "rahasia",
]  # fmt: skip
# Letters that have to be left when the words are taken out.
LEAST_LEFT = 4
_LOOKALIKES = {"a": "a4@", "b": "b8", "e": "e3", "i": "i1!", "o": "o0", "s": "s5$", "t": "t7"}


@cache
def words() -> tuple[str, ...]:
    """The list in small letters, the longest first: the site's words, the city's, the names of wards and districts.

    Names of wards count as a whole: their parts are words of every day (baru, panjang, tengah).
    """
    city = settings.CITY
    named = [city.name, *city.name.split(), *city.government.split()]
    named += [row[column] for row in city.rows("wilayah.csv") for column in ("kelurahan", "kecamatan")]
    letters = {re.sub(r"[^a-z]", "", name.lower()) for name in named}
    return tuple(sorted({*WORDS, *(word for word in letters if len(word) >= LEAST_LEFT)}, key=lambda w: (-len(w), w)))


@cache
def _listed() -> re.Pattern[str]:
    """Each word with the signs that stand for its letters."""
    return re.compile("|".join("".join(f"[{_LOOKALIKES.get(sign, sign)}]" for sign in word) for word in words()))


class LengthValidator(MinimumLengthValidator):
    """How long it has to be stands above its box; what is refused does not say it again in other words."""

    def get_error_message(self) -> str:
        return _("Kata sandi ini terlalu pendek.")

    def get_help_text(self) -> str:
        return _("Paling sedikit %(n)s huruf atau angka.") % {"n": self.min_length}


def length_words() -> str:
    """What stands above the box."""
    found = next(one for one in get_default_password_validators() if isinstance(one, LengthValidator))
    return found.get_help_text()


class PhoneNumberValidator:
    """Refuses a telephone number: the first guess at an account that signs in with one."""

    def validate(self, password: str, user: object = None) -> None:
        try:
            read_phone(password)
        except RuleBroken:
            return
        raise ValidationError(_("Jangan memakai nomor telepon sebagai kata sandi."), code="password_is_a_phone")

    def get_help_text(self) -> str:
        return _("Jangan memakai nomor telepon.")


class CityWordsValidator:
    """Refuses a password of which fewer than `LEAST_LEFT` letters remain without those words, however spelt."""

    def validate(self, password: str, user: object = None) -> None:
        signs = re.sub(r"[^\w@$!]|_", "", password.lower())
        rest, times = _listed().subn("", signs)
        if times and sum(sign.isalpha() for sign in rest) < LEAST_LEFT:
            raise ValidationError(
                _("Kata sandi ini hanya memuat kata yang mudah ditebak, seperti nama kota atau nama layanan ini."),
                code="password_of_the_city",
            )

    def get_help_text(self) -> str:
        return _("Jangan hanya memakai nama kota, kelurahan, atau layanan ini.")
