"""Double clicks, retries and two browsers: one effect per (person, key)."""

import hashlib
import json
import uuid
from typing import Any

from django.utils.translation import gettext as _

from epeken.core.errors import DomainError
from epeken.core.models import Claim
from epeken.core.rows import insert_new


class KeyReused(DomainError):
    """409: the same key came back with another body."""

    status = 409
    code = "key_reused"


def new_key() -> str:
    return uuid.uuid4().hex


def claim(*, person: str, key: str, body: Any) -> str | None:
    """None when this caller is the first; the stored result when the effect already happened.

    Call first thing inside the service's transaction and finish with `settle`. A second caller waits on the unique
    index until the first commits, so it always sees the result. `person` is `user:<pk>` or `session:<key>`.
    Raises KeyReused when the body differs.
    """
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()
    if insert_new(Claim(person=person, key=key, body_hash=digest)):
        return None
    earlier = Claim.objects.get(person=person, key=key)
    if earlier.body_hash != digest:
        raise KeyReused(_("Formulir ini sudah dikirim dengan isi lain. Muat ulang halaman lalu coba lagi."))
    return earlier.result


def settle(*, person: str, key: str, result: str) -> None:
    Claim.objects.filter(person=person, key=key).update(result=result)
