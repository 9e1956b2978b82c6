"""What the page of API keys says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from epeken.core import clock, registry
from epeken.core.registry import Label
from epeken.users.api_keys.models import ApiKey


@dataclass(frozen=True)
class KeyRow:
    pk: int
    name: str
    start: str
    opens: list[Label]
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    is_expired: bool


def key_rows(keys: Iterable[ApiKey], now: datetime) -> list[KeyRow]:
    labels = dict(registry.api_scopes())
    return [
        KeyRow(
            pk=key.pk,
            name=key.name,
            start=key.start,
            opens=[labels.get(scope, scope) for scope in key.scopes],
            created_at=key.created_at,
            expires_at=key.expires_at,
            last_used_at=key.last_used_at,
            is_expired=clock.is_over(key.expires_at, now),
        )
        for key in keys
    ]
