"""Offers under seal: encrypted with a key of their request for quotation, which is itself encrypted at rest.

Nothing but the opening calls `unseal`; a test reads the tree for it. The key is destroyed when the offers are opened or
the request is cancelled, so that what was replaced, taken back or never opened can be read by nobody any more (copies
of the database made before that keep the key, under the field keys of the city: docs/decisions.md).
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

BLOCK = 1024  # every content is filled up to a multiple of it, so that its length says nothing of the figures


class BrokenSeal(ValueError):
    """The content was not sealed with this key for this shop, or was changed since."""


@dataclass(frozen=True)
class OfferedLine:
    line: int  # pk of the line asked for
    product: int  # pk of the shop's goods
    price: int  # whole rupiah for one unit


@dataclass(frozen=True)
class OfferContent:
    lines: tuple[OfferedLine, ...]
    delivery_cost: int
    deliver_at: datetime
    words: str


def new_key() -> str:
    return Fernet.generate_key().decode()


def seal(content: OfferContent, *, key: str, quotation: int, seller: int) -> str:
    """What can be kept: it opens with the key, for this quotation and seller only."""
    body = asdict(content) | {
        "deliver_at": content.deliver_at.isoformat(), "quotation": quotation, "seller": seller,
    }  # fmt: skip
    text = json.dumps(body, sort_keys=True).encode()
    text += b" " * (-len(text) % BLOCK)
    return Fernet(key.encode()).encrypt(text).decode()


def unseal(sealed: str, *, key: str, quotation: int, seller: int) -> OfferContent:
    """Raises BrokenSeal."""
    try:
        body: dict[str, Any] = json.loads(Fernet(key.encode()).decrypt(sealed.encode()))
    except (InvalidToken, ValueError) as problem:
        raise BrokenSeal from problem
    if (body.pop("quotation"), body.pop("seller")) != (quotation, seller):
        raise BrokenSeal
    return OfferContent(
        lines=tuple(OfferedLine(**line) for line in body["lines"]),
        delivery_cost=body["delivery_cost"],
        deliver_at=datetime.fromisoformat(body["deliver_at"]),
        words=body["words"],
    )
