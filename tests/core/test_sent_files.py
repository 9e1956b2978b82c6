"""What is sent to browsers: templates without their indents, static files under addresses that are made once."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, engines
from django.template.base import TextNode

from epeken.core.files.static_names import StaticStorage
from epeken.core.web.template_files import without_indents


def test_indents_stay_at_home_and_lines_stay_lines() -> None:
    text = '<ul>\n  <li\n      class="a">\n\t {{ b }}\n  </li>\n</ul>\n'
    assert without_indents(text) == '<ul>\n<li\nclass="a">\n{{ b }}\n</li>\n</ul>\n'
    words = "{% blocktranslate count n=n %}\n  {{ n }} kotak\n{% plural %}\n  {{ n }} kotak\n{% endblocktranslate %}"
    assert without_indents(f"<p>\n  {words}\n</p>") == f"<p>\n{words}\n</p>"
    engine = engines["django"].engine
    template = engine.get_template("layouts/public.html")
    assert "\n " not in "".join(node.s for node in template.nodelist.get_nodes_by_type(TextNode))
    assert "<main" in engine.get_template("base.html").render(Context({"city": settings.CITY}))


def test_no_template_shows_blanks_as_they_are_written() -> None:
    strange = []
    for path in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        text = path.read_text()
        if "<pre" in text or "white-space" in text:
            strange.append(path.name)
        # What stands between the tags of a text field is its value.
        strange += [path.name for part in text.split("<textarea")[1:] if "\n" in part.split("</")[0].split(">", 1)[-1]]
    assert strange == [], "The loader of templates leaves blanks out (core.web.template_files)."


def test_an_address_of_a_static_file_is_made_once(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = False
    storage = StaticStorage(location=tmp_path, base_url="/static/")
    asked: list[str] = []

    def named(name: str) -> str:
        asked.append(name)
        return f"{name}.0123"

    monkeypatch.setattr(storage, "stored_name", named)
    assert {storage.url("img/icons.svg") for _n in range(3)} == {"/static/img/icons.svg.0123"}
    assert storage.url("img/icons.svg#bell") == "/static/img/icons.svg.0123#bell"
    assert len(asked) == 2
