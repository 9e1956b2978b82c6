"""The draw itself, against an implementation of its own; and that weights weigh as they say."""

import hashlib
import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import strategies as some

from epeken.core.canonical import canonical, text_fingerprint
from procurement.rotation import drawing
from procurement.rotation.lists import weight_of

WEIGHTS = some.lists(some.integers(1, 200), min_size=1, max_size=12)


def independent(list_text: str, secret: str, value: str) -> tuple[str, list[int]]:
    """As the public page tells it, written without the product's code."""

    def sha(text: str) -> bytes:
        return hashlib.sha256(text.encode("utf-8")).digest()

    seed = sha(sha(list_text).hex() + ":" + secret + ":" + value).hex()
    tickets = {row["number"]: row["weight"] for row in json.loads(list_text)["owners"]}
    result: list[int] = []
    for turn in range(1, len(tickets) + 1):
        line = [number for number in sorted(tickets) if number not in result for _n in range(tickets[number])]
        result.append(line[int.from_bytes(sha(f"{seed}:{turn}"), "big") % len(line)])
    return seed, result


def published(weights: list[int], secret: str = "ab" * 32, value: str = "7.123,45") -> dict[str, Any]:
    owners = [{"number": n, "shop": f"Toko {n}", "weight": weight} for n, weight in enumerate(weights, start=1)]
    text = canonical({"commitment": text_fingerprint(secret), "owners": owners})
    seed = drawing.seed_of(text_fingerprint(text), secret, value)
    return {
        "list": text,
        "list_hash": text_fingerprint(text),
        "commitment": text_fingerprint(secret),
        "secret": secret,
        "public_value": value,
        "seed": seed,
        "order": drawing.drawn_order(seed, list(enumerate(weights, start=1))),
    }


@given(weights=WEIGHTS, secret=some.text("0123456789abcdef", min_size=64, max_size=64), value=some.text(max_size=20))
def test_anybody_gets_the_same_order(weights: list[int], secret: str, value: str) -> None:
    told = published(weights, secret, value)
    assert independent(told["list"], secret, value) == (told["seed"], told["order"])
    assert drawing.rerun(told).order == told["order"]
    assert sorted(told["order"]) == list(range(1, len(weights) + 1))


def test_a_known_draw_stays_as_it_is() -> None:
    """Of fixed figures: whoever changes the way of drawing changes what was published."""
    told = published([60, 30, 20, 60])
    assert told["seed"] == independent(told["list"], told["secret"], told["public_value"])[0]
    assert told["order"] == independent(told["list"], told["secret"], told["public_value"])[1]
    assert drawing.drawn_order("00" * 32, [(1, 60), (2, 30), (3, 20), (4, 60)]) == KNOWN


KNOWN = [1, 2, 4, 3]


def test_first_turns_come_by_weight() -> None:
    """20,000 seeds counted upwards; each share within four standard deviations of what its weight says."""
    weights, draws = [60, 30, 20, 15, 1], 20_000
    firsts = Counter(
        drawing.drawn_order(text_fingerprint(f"benih-{n}"), list(enumerate(weights, start=1)))[0] for n in range(draws)
    )
    for number, weight in enumerate(weights, start=1):
        part = weight / sum(weights)
        spread = (draws * part * (1 - part)) ** 0.5
        assert abs(firsts[number] - draws * part) < 4 * spread, (number, firsts[number], draws * part)


def test_second_turns_come_by_the_weights_that_are_left() -> None:
    draws = 20_000
    seconds = Counter(
        tuple(drawing.drawn_order(text_fingerprint(f"benih-{n}"), [(1, 60), (2, 30), (3, 10)])[:2])
        for n in range(draws)
    )
    expected = {
        (a, b): wa / 100 * wb / (100 - wa)
        for a, wa in ((1, 60), (2, 30), (3, 10))
        for b, wb in ((1, 60), (2, 30), (3, 10))
        if a != b
    }
    for pair, part in expected.items():
        assert abs(seconds[pair] - draws * part) < 4 * (draws * part * (1 - part)) ** 0.5, pair


@pytest.mark.parametrize(("orders", "weight"), [(0, 60), (1, 30), (2, 20), (3, 15), (59, 1), (60, 1), (500, 1)])
def test_the_quiet_weigh_more_and_nobody_weighs_nothing(orders: int, weight: int) -> None:
    assert weight_of(orders, 60) == weight


@pytest.mark.parametrize("what", ["list", "list_hash", "commitment", "secret", "public_value", "seed", "order"])
def test_whatever_is_changed_afterwards_is_found(what: str) -> None:
    told = published([60, 30, 20])
    if what == "order":
        told["order"] = told["order"][::-1]
    elif what == "list":
        told["list"] = told["list"].replace('"weight":20', '"weight":90')
    else:
        told[what] = told[what].replace(told[what][0], "3" if told[what][0] != "3" else "4")
    with pytest.raises(drawing.DrawDiffers):
        drawing.rerun(told)


def test_another_secret_with_a_new_commitment_does_not_pass() -> None:
    """Both can be changed together, but the list that was published names the first one."""
    told = published([60, 30, 20])
    told["secret"] = "cd" * 32
    told["commitment"] = text_fingerprint(told["secret"])
    told["seed"] = drawing.seed_of(told["list_hash"], told["secret"], told["public_value"])
    with pytest.raises(drawing.DrawDiffers, match="commitment"):
        drawing.rerun(told)


def test_the_command_draws_from_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "undian.json"
    told = published([60, 30, 20])
    file.write_text(json.dumps(told), encoding="utf-8")
    out = StringIO()
    call_command("rerun_draw", str(file), stdout=out)
    assert f"1. number {told['order'][0]}, Toko {told['order'][0]}" in out.getvalue()
    assert "The same as published." in out.getvalue()
    file.write_text(json.dumps({**told, "order": told["order"][::-1]}), encoding="utf-8")
    with pytest.raises(CommandError, match="differs"):
        call_command("rerun_draw", str(file))
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="no published draw"):
        call_command("rerun_draw", str(file))
