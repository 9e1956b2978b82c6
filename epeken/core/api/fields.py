"""Fields of what a machine sends."""

import re
from typing import Any

from rest_framework import serializers


class WholeField(serializers.IntegerField):
    """Digits alone. DRF's own field reads `1.000` as 1."""

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not re.fullmatch(r"-?\d{1,18}", str(data), flags=re.ASCII):
            self.fail("invalid")
        return int(data)
