"""Text as people paste it, made into text that can be stored, printed, compared and put into any file."""

import re
import unicodedata

_PLAIN = re.compile(r"[\n\t -~]*", flags=re.ASCII)
# Word writes a line break as a vertical tab, others as one of these.
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, marks of direction, soft hyphen, letters without a shape, annotations, tags; halves of a pair;
# what Unicode will never assign.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u206f\u2800\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
    + "".join(f"{chr((plane << 16) | 0xFFFE)}{chr((plane << 16) | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
# A joiner means something between signs of other scripts and between the parts of a picture, nowhere else.
_JOINERS = re.compile("(?<![^\x00-\u024f\u2000-\u206f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\u024f\u2000-\u206f])")
# The bullets of Word's symbol fonts; whatever else lies in the private area shows as an empty box elsewhere.
_BULLETS = re.compile("[\uf0a7\uf0b7\uf0d8\uf0fc]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_QUOTES = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4", "'")
    | dict.fromkeys("\u201c\u201d\u201e\u201f\u2033", '"')
)
_GAPS = re.compile(r"[ \t\n]+")


def clean_text(text: str) -> str:
    """The text in NFC with `\\n` as line break, plain spaces and straight quotes, and nothing that cannot be seen.

    What has nothing to see at all becomes empty. Cleaning twice changes nothing.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _SPACES.sub(" ", _BREAKS.sub("\n", text))
    text = _JOINERS.sub("", _UNSEEN.sub("", text))
    text = unicodedata.normalize("NFC", _PRIVATE.sub("", _BULLETS.sub("\u2022", text)))
    text = text.translate(_QUOTES)
    return text if any(unicodedata.category(sign)[0] in "LNPS" for sign in text) else ""


def clean_line(text: str) -> str:
    """`clean_text` on one line, without spaces around it or more than one inside."""
    return _GAPS.sub(" ", clean_text(text)).strip()


def read_serial(text: str, length: int, *, signs: str = "0-9", between: str = r"\s.\-") -> str | None:
    """A number on somebody else's paper, without what stands `between` its signs; None when it is not of this length or
    repeats one sign only. `signs` and `between`: as in a class of a regular expression."""
    found = re.sub(f"[{between}]", "", text).upper()
    return found if re.fullmatch(f"[{signs}]{{{length}}}", found) and found.strip(found[0]) else None
