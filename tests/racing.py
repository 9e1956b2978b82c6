"""Acts of several people at the same moment, each in a real thread with a connection of its own."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.db import connection

from epeken.core.errors import DomainError


def together(acts: list[Callable[[], Any]]) -> Counter[str]:
    """Run all at once; counts "ok", the codes of refusals and what else was raised."""
    start = threading.Barrier(len(acts))
    said: list[str] = []

    def run(act: Callable[[], Any]) -> None:
        try:
            start.wait(timeout=30)
            act()
            said.append("ok")
        except DomainError as problem:
            said.append(problem.code)
        except Exception as problem:
            said.append(repr(problem))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return Counter(said)
