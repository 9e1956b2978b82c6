"""What a page of the admin says."""

import re
from collections.abc import Iterator

from lxml import html

SPOKEN = ("placeholder", "title", "aria-label", "alt", "data-label")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def told(page: bytes) -> Iterator[str]:
    """Every piece of text a person sees or hears on the page; icons are drawn from their names."""
    tree = html.document_fromstring(page.decode())
    for element in tree.xpath(
        "//comment() | //script | //style | //*[contains(@class, 'material-symbols')] | //textarea"
    ):
        element.drop_tree()
    found = [*tree.itertext()]
    for element in tree.iter(html.etree.Element):
        found += [element.get(name, "") for name in SPOKEN]
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            found.append(element.get("value", ""))
    yield from (words for words in (" ".join(text.split()) for text in found) if words)
