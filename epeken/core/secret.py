"""Identity and bank numbers: encrypted at rest, searchable only for equality through a keyed hash."""

import base64
import hashlib
import hmac
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import models


@lru_cache(maxsize=4)
def _fernet(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key.encode()) for key in keys])


def fernet() -> MultiFernet:
    """The first key encrypts, every key decrypts."""
    return _fernet(tuple(settings.FIELD_KEYS))


def blind_index(value: str) -> str:
    """HMAC-SHA256 of the value, base64: equal values have equal indexes, and nothing can be read back. '' for ''."""
    if not value:
        return ""
    digest = hmac.new(settings.INDEX_KEY.encode(), value.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class EncryptedField(models.TextField):
    """Text stored as a Fernet token; '' stays ''. Not searchable: keep a `blind_index` beside it."""

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return fernet().encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        return fernet().decrypt(value.encode()).decode() if value else value


def masked(value: str, *, shown: int = 4) -> str:
    """`••••••••••••1234`: what a page shows unless a reason to see more was recorded."""
    return "•" * max(len(value) - shown, 0) + value[-shown:] if value else ""
