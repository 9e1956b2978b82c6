"""The kinds of notices. Each noun's `notices.py` holds its own in a table `KINDS`; its app names the module."""

import functools
from importlib import import_module

from epeken.core import registry
from epeken.core.i18n.messages import Format, Message


def notice(title: object, body: object = "", /, **parameters: Format) -> Message:
    """A kind of notice: lazily translated title and body, and the formats of the parameters they name."""
    return Message(title, body, **parameters)


@functools.cache
def kinds() -> dict[str, Message]:
    """Every kind by its code, `area.what`."""
    found: dict[str, Message] = {}
    for module in registry.notice_modules():
        table: dict[str, Message] = import_module(module).KINDS
        if twice := found.keys() & table.keys():
            raise ValueError(f"Two notices are called {sorted(twice)}")
        found |= table
    return found
