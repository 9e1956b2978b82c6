"""What the demo's shops sell looks like what it is called."""

import json
import re

from django.conf import settings

from epeken.site.demo.goods import TRADES

PICTURES = settings.BASE_DIR / "static" / "img" / "demo"
INDEX: dict[str, list[str]] = json.loads((PICTURES / "index.json").read_text())


def named(word: str) -> set[str]:
    """The pictures whose words have it."""
    return {name.removesuffix(".webp") for name, said in INDEX.items() if word in " ".join(said).split()}


def test_every_picture_is_there() -> None:
    wanted = {good.picture for goods in TRADES.values() for good in goods}
    assert {name for name in wanted if f"{name}.webp" not in INDEX} == set()


def test_what_is_worn_is_shown_as_what_it_is() -> None:
    wrong = []
    for good in (*TRADES["batik"], *TRADES["konveksi"]):
        fitting = named(re.findall(r"\w+", good.name.lower())[0])
        if fitting and good.picture not in fitting:
            wrong.append(f"{good.name}: {good.picture}")
    assert wrong == []
    assert named("kaus") == {"kaus"} and "pangkas" not in {good.picture for goods in TRADES.values() for good in goods}
