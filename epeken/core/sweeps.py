"""What falls due by itself: each row in its own transaction, so that one broken row stops no other."""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from epeken.core.errors import InvalidMove

logger = logging.getLogger(__name__)
BATCH = 200  # rows one run takes at most; the next run takes the others


def sweep(
    due: QuerySet[Any],
    act: Callable[[Any], object],
    *,
    failure: str,
    most: int | None = BATCH,
    passed_over: tuple[type[Exception], ...] = (InvalidMove,),
) -> int:
    """How many rows were acted on. `act` takes its own transaction and looks again under its lock.

    Safe in parallel: whoever comes second meets InvalidMove and goes on, as with the other errors in `passed_over`.
    Any other is logged as `failure`, which has a place for the number of the row, or its key where people know it by
    none. `most`: rows this run takes, None for what no other run would take today.
    """
    done = 0
    for row in due[:most]:
        try:
            act(row)
            done += 1
        except passed_over:
            continue
        except Exception:  # reported, and the next row still gets its turn
            logger.exception(failure, row.number if hasattr(row, "number") else row.pk)
    return done
