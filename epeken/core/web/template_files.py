"""Templates as they are sent: written for people, who indent them, and read by browsers, which do not."""

import re

from django.template import Origin
from django.template.loaders import filesystem

_INDENTED = re.compile(r"\n[ \t]+")
# Words that are looked up as they are written, with the blanks between them.
_WORDS = re.compile(r"(\{%\s*blocktranslate\b.*?\{%\s*endblocktranslate\b.*?%\})", re.DOTALL)


class Loader(filesystem.Loader):
    """Reads our templates; of HTML the blanks at the beginning of a line are left out, a third of a page. The lines
    stay, so that an error names the right one. No template may have a `<pre>` (tests/core/test_sent_files.py)."""

    def get_contents(self, origin: Origin) -> str:
        text = super().get_contents(origin)
        return without_indents(text) if str(origin.name).endswith(".html") else text


def without_indents(text: str) -> str:
    parts = _WORDS.split(text)
    return "".join(part if n % 2 else _INDENTED.sub("\n", part) for n, part in enumerate(parts))
