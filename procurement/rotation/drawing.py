"""How a seed orders weighted owners. Pure, whole numbers only, so that anybody gets the same with pen and SHA-256.

The seed is SHA-256 of `<hash of the list>:<secret>:<public value>`. For the first place SHA-256 of `<seed>:1`, read as
a number, is divided by the sum of all weights; the remainder falls into the share of one owner when the weights are
laid one after another in the order of the list. That owner is first and leaves the list; the second place is drawn with
`<seed>:2` among the others, and so on.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from epeken.core.canonical import text_fingerprint


class DrawDiffers(ValueError):
    """What was published does not lead to what was published."""


@dataclass(frozen=True)
class Rerun:
    seed: str
    order: list[int]  # numbers of the list, the first drawn first


def seed_of(list_hash: str, secret: str, public_value: str) -> str:
    return text_fingerprint(f"{list_hash}:{secret}:{public_value}")


def drawn_order(seed: str, weights: Sequence[tuple[int, int]]) -> list[int]:
    """Numbers of `weights` (number, weight above zero) in the order in which they are drawn."""
    left = list(weights)
    order: list[int] = []
    while left:
        rest = int(text_fingerprint(f"{seed}:{len(order) + 1}"), 16) % sum(weight for _number, weight in left)
        for place, (number, weight) in enumerate(left):
            if rest < weight:
                order.append(number)
                del left[place]
                break
            rest -= weight
    return order


def rerun(published: Mapping[str, Any]) -> Rerun:
    """The draw once more, out of what is published alone. Raises DrawDiffers at the first thing that does not fit."""
    text, secret = str(published["list"]), str(published["secret"])
    listed = json.loads(text)
    checks = [
        ("list_hash", text_fingerprint(text)),
        ("commitment", text_fingerprint(secret)),
        ("seed", seed_of(text_fingerprint(text), secret, str(published["public_value"]))),
    ]
    for name, found in checks:
        if published[name] != found:
            raise DrawDiffers(f"{name}: published {published[name]}, computed {found}")
    if listed["commitment"] != published["commitment"]:
        raise DrawDiffers("commitment: the list was published with another one")
    order = drawn_order(checks[-1][1], [(row["number"], row["weight"]) for row in listed["owners"]])
    if published["order"] != order:
        raise DrawDiffers(f"order: published {published['order']}, computed {order}")
    return Rerun(checks[-1][1], order)
