"""One record of the log begins one line, and carries no NIK, bank or phone number."""

import json
import logging
import re
from copy import copy
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from epeken.core import registry

# 10 digits or more in a row (with an optional leading +): identity, bank and phone numbers. Times and ids are shorter.
_LONG_NUMBER = re.compile(r"\+?\d{10,}")
# What ends a line somewhere or steers a terminal: control characters, and the separators of Unicode.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """Text from outside, in a message or in an error, begins no line: control characters are written as escapes.

    The lines of a traceback follow their record, each indented; a request that was refused has none.
    """

    def format(self, record: logging.LogRecord) -> str:
        told = copy(record)
        told.msg, told.args = _escaped(record.getMessage()), ()
        if _is_refusal(record):
            vars(told).update(exc_info=None, exc_text=None)
        head, *trace = super().format(told).split("\n")
        text = "\n".join([head, *("    " + _escaped(line) for line in trace)])
        return _LONG_NUMBER.sub("[angka]", text)


class NotUnlinked(logging.Filter):
    """Leaves out what a request came to where nothing is kept that says when somebody sent something. What broke on our
    side is told: without it nobody would mend it."""

    def filter(self, record: logging.LogRecord) -> bool:
        request: Any = getattr(record, "request", None)
        if getattr(record, "status_code", 0) >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return True
        return request is None or not request.path.startswith(registry.unlinked_paths())


def _is_refusal(record: logging.LogRecord) -> bool:
    """Whether it tells of an answer 4xx. Django adds the trace to each 400 and 403 it makes of an exception."""
    return HTTPStatus.BAD_REQUEST <= getattr(record, "status_code", 0) < HTTPStatus.INTERNAL_SERVER_ERROR


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode("ascii"), text)


class JsonFormatter(logging.Formatter):
    """The same as an object on one line: time (ISO 8601 with its zone), level, logger, message and, if any, trace."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _LONG_NUMBER.sub("[angka]", record.getMessage()),
        }
        if record.exc_info and not _is_refusal(record):
            told["trace"] = _LONG_NUMBER.sub("[angka]", self.formatException(record.exc_info))
        return json.dumps(told)
