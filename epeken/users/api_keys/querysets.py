from datetime import datetime
from typing import Any, Self

from django.db import models


class ApiKeyQuerySet(models.QuerySet[Any]):
    def live(self, now: datetime) -> Self:
        """Neither revoked nor expired."""
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)
