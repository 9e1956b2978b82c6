from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections


@pytest.fixture
def together() -> Callable[..., list[Any]]:
    """Run `work(number)` in `count` real threads, each with its own connection; the results in order."""

    def run(work: Callable[[int], Any], count: int) -> list[Any]:
        def one(number: int) -> Any:
            try:
                return work(number)
            finally:
                connections.close_all()

        with ThreadPoolExecutor(count) as pool:
            return list(pool.map(one, range(count)))

    return run
