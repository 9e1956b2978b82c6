"""Ways to reach a seller outside the market, found in what the seller writes for everybody to read."""

import re
import unicodedata
from urllib.parse import urlsplit

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken
from epeken.core.phones import REGION

# Read as the digit they stand for: "kosong delapan satu dua", "O812", "08I2".
_DIGITS = {
    word: str(digit)
    for digit, words in enumerate(
        ("nol kosong", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
    )
    for word in words.split()
}
_DIGIT_WORD = re.compile(rf"\b(?:{'|'.join(_DIGITS)})\b")
_LOOKALIKE = re.compile(r"(?<![^\W\d_])o(?=\d)|(?<=\d)[oil|](?=[\doil|])")
# 812 3456 7890: a mobile number without its first digit; a price has a full stop there.
_BARE = re.compile(r"(?<![\w.,])8[1-9]\d(?:[ -]?\d{3,4}){2}\d?(?![\w.,]*\d)")
# What such a number has between its digits and no reader of numbers knows.
_BETWEEN = re.compile(r"(?<=\d)\s*(?:_|[^\w\s.()+/-])+\s*(?=\d)")

_ENDS = "app biz com ee gl id io link ly me net online org shop site store xyz"
_ADDRESS = re.compile(
    r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+\.[\w.-]*\w"
    r"|https?://\S+|\bwww\.\S+"
    rf"|(?<![\w@.-])[a-z0-9](?:[\w-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.(?:{'|'.join(_ENDS.split())})\b(?:/\S*)?"
)
# @sambal_lirih and "IG: sambal lirih", not the @kemasan of a price.
_HANDLE = re.compile(
    r"(?<![\w@.])@(?=\w*[a-z])(?:\w*[._\d]\w[\w.]*|\w{9,})"
    r"|\b(?:wa|whatsapp|ig|instagram|fb|facebook|telegram|tiktok|line)\s?[:=@]\s?@?[\w.]{3,}"
)


def contacts_in(text: str) -> list[str]:
    """Telephone numbers, e-mail and web addresses and names in messengers, each as it was read, none twice.

    Numbers are found with letters or words for digits and signs between them. Addresses of the market itself are none.
    """
    plain = unicodedata.normalize("NFKC", text).lower()
    found = [match[0].strip() for match in _ADDRESS.finditer(plain) if not _is_ours(match[0])]
    rest = _ADDRESS.sub(" ; ", plain)
    found += [match[0].strip() for match in _HANDLE.finditer(rest)]
    found += _numbers_in(_HANDLE.sub(" ; ", rest))
    return list(dict.fromkeys(found))


def check_contacts(text: str, *, shown: str, field: str) -> None:
    """For what everybody reads at once, before any officer does.

    Raises: RuleBroken `contact_inside` at `field` when the text has a contact that is not `shown` already.
    """
    if new := set(contacts_in(text)) - set(contacts_in(shown)):
        raise RuleBroken(
            _("Hapus %(found)s. Nomor dan alamat di luar e-Peken tidak ditulis di sini.")
            % {"found": ", ".join(sorted(new))},
            field=field,
            code="contact_inside",
        )


def _numbers_in(plain: str) -> list[str]:
    written = _DIGIT_WORD.sub(lambda match: _DIGITS[match[0]], plain)
    written = _LOOKALIKE.sub(lambda match: "0" if match[0] == "o" else "1", written)
    written = _BETWEEN.sub("-", written)
    known = [match.raw_string for match in phonenumbers.PhoneNumberMatcher(written, REGION)]
    for raw in known:
        written = written.replace(raw, " ; ")
    return [*known, *(match[0] for match in _BARE.finditer(written))]


def _is_ours(address: str) -> bool:
    host = urlsplit(address if "//" in address else f"//{address}").hostname
    return host is not None and host == urlsplit(settings.SITE_URL).hostname
