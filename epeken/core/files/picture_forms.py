"""The forms of a public picture: the same picture in three widths and three formats.

All of it stands in the name of a form, so that a list of goods needs no join: `products/ab/abcd…-e8c39a-640.webp` says
the colour most of the picture has and how wide this form is. The narrower ones, the same as AVIF and one as JPEG lie
beside it under the same name. Pictures of before have no colour in their name and one format; they are shown as they
are (`manage.py renew_pictures` makes the forms of them).
"""

import re
from dataclasses import dataclass

WIDTHS = (320, 640, 1280)  # pixels; no picture is enlarged, so its widest form may be narrower
SMALL = 640  # of a card; the one there is a JPEG of
_NAME = re.compile(r"(?P<stem>[a-z0-9/-]+)-(?P<colour>[0-9a-f]{6})-(?P<width>\d+)\.webp")


@dataclass(frozen=True)
class Forms:
    """`colour`: six hex digits, red, green, blue. `width`: of the widest form."""

    stem: str
    colour: str
    width: int

    @property
    def widths(self) -> list[int]:
        return [width for width in WIDTHS if width < self.width] + [self.width]

    @property
    def small(self) -> int:
        """The width of a card."""
        return min(SMALL, self.width)

    def name(self, width: int, kind: str = "webp") -> str:
        return f"{self.stem}-{self.colour}-{width}.{kind}"


def forms_of(name: str) -> Forms | None:
    """The forms up to the one with this name; None of a picture of before, and of one that is not ours."""
    found = _NAME.fullmatch(name)
    return Forms(found["stem"], found["colour"], int(found["width"])) if found else None


def narrowest(name: str) -> str:
    """The name of its form for a thumbnail; of a picture of before its own."""
    forms = forms_of(name)
    return forms.name(forms.widths[0]) if forms else name
