"""Keeps NIK, bank and phone numbers out of logs."""

import logging
import re

# 10 digits or more in a row (with an optional leading +): identity, bank and phone numbers. Times and ids are shorter.
_LONG_NUMBER = re.compile(r"\+?\d{10,}")


class MaskFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if _LONG_NUMBER.search(message):
            record.msg = _LONG_NUMBER.sub("[angka]", message)
            record.args = ()
        return True
