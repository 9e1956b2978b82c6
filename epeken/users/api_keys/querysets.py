from datetime import datetime
from typing import Any, Self

from django.db import models

from epeken.core.clock import running


class ApiKeyQuerySet(models.QuerySet[Any]):
    def live(self, now: datetime) -> Self:
        """Neither revoked nor expired."""
        return self.filter(running("expires_at", now), revoked_at__isnull=True)
