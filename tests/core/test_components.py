"""The design system keeps its own rules: everything shown, documented, tied by id, free of inline code, and small."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.test import Client
from django.urls import reverse

from epeken.core.web import css
from epeken.core.web.templatetags import ui
from epeken.site.styleguide import samples

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "static"
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))
# Mail programs know no style sheets, and Typst sources are not HTML.
PAGES = sorted(path for path in TEMPLATES.rglob("*.html") if "emails" not in path.parts)


def _name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@pytest.fixture
def shown(client: Client, settings: Any, db: None) -> Any:
    settings.SHOW_STYLEGUIDE = True
    response = client.get(reverse("styleguide"))
    assert response.status_code == 200
    return response


def test_every_component_is_shown(shown: Any) -> None:
    rendered = {template.name for template in shown.templates}
    missing = [_name(path) for path in COMPONENTS if _name(path) not in rendered]
    assert missing == [], "Show these on /gaya/ (templates/site/styleguide/styleguide.html)."


def test_every_component_is_used_by_a_page() -> None:
    """One that only the pattern page draws is a promise nobody keeps: used where it fits, or deleted."""
    pages = [path for path in TEMPLATES.rglob("*.html") if "styleguide" not in path.parts]
    code = [path for app in ("epeken", "umkm", "procurement", "orders") for path in (ROOT / app).rglob("*.py")]
    said = {path: path.read_text() for path in [*pages, *code]}
    assert [name for name in map(_name, COMPONENTS)
            if not any(name in text for path, text in said.items() if path != TEMPLATES / name)] == []  # fmt: skip


@pytest.mark.parametrize("path", COMPONENTS, ids=_name)
def test_a_component_names_its_inputs(path: Path) -> None:
    assert re.match(r"\{# inputs: .+ #\}$", path.read_text().splitlines()[0])


def test_the_pattern_page_stays_inside(client: Client, settings: Any, db: None) -> None:
    settings.SHOW_STYLEGUIDE = settings.DEBUG = False
    assert client.get(reverse("styleguide")).status_code == 404


def test_the_bundle_is_fresh() -> None:
    assert css.BUNDLE.read_text() == css.bundle(), "Run python -m epeken.core.web.css and commit static/css/app.css."


def test_the_bundle_is_whole() -> None:
    text = css.bundle()
    assert text.count("{") == text.count("}")
    assert "url(../../" not in text and 'url("../../' not in text
    for address in re.findall(r'url\("([^"]+)"\)', text):
        assert (css.ROOT / address).resolve().is_file(), address


@pytest.mark.parametrize("path", css.sources(), ids=lambda path: path.name)
def test_colours_come_from_tokens(path: Path) -> None:
    if path.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/|url\([^)]*\)", "", path.read_text(), flags=re.DOTALL)
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch)\((?!var)", text)


def test_a_token_is_dark_for_the_system_and_for_the_visitor() -> None:
    """The sources name both lights once; the bundle writes them out for browsers that do not know `light-dark()`."""
    text = css.both_lights(":root { --ink: light-dark(oklch(26% 0 163 / 1), #eee); --thin: light-dark(1px, 2px); }")
    light, *darks = re.split(r"@media screen", text)
    assert re.findall(r"--\w+: [^;]+", light) == ["--ink: oklch(26% 0 163 / 1)", "--thin: 1px"]
    for dark, selector in zip(darks, [':root:not([data-theme="light"])', ':root[data-theme="dark"]'], strict=True):
        assert selector in dark
        written = re.findall(r"^([\w-]+: .+);$", dark, flags=re.MULTILINE)
        assert written == ["color-scheme: dark", "--ink: #eee", "--thin: 2px"]
    assert "light-dark(" not in css.bundle()


def _selectors(path: Path) -> Iterator[str]:
    text = re.sub(r"/\*.*?\*/|\([^()]*(?:\([^()]*\)[^()]*)*\)", "", path.read_text(), flags=re.DOTALL)
    for heads in re.findall(r"([^{};]+)\{", text):
        if "@" not in heads:
            yield from (head.strip() for head in heads.split(","))


def test_a_block_is_styled_in_one_file() -> None:
    """The first class of a selector says whose rule it is; print.css alone speaks of everybody's."""
    homes: dict[str, set[str]] = {}
    for path in css.sources():
        for selector in _selectors(path) if path.name != "print.css" else ():
            if first := re.match(r"[^.#\[\s]*\.([a-z][\w-]*)", selector):
                homes.setdefault(re.split("__|--", first[1])[0], set()).add(path.name)
    assert len(homes) > 100
    assert {block: names for block, names in homes.items() if len(names) > 1} == {}


# What a component is made of where it has no block of its own; `language` is styled by the foot it stands in.
COMPOSED = {
    "account_menu": "drop", "bell": "top", "cap": "card", "confirm": "card", "downloads": "btn",
    "kept_files": "photo-input", "language": "foot", "more": "pagination", "table": "lines",
    "sheet_head": "sheet", "table_head": "lines", "toasts": "toast", "card_body": "product",
    "upload_status": "photo-input",
}  # fmt: skip


def test_a_sheet_styles_the_block_it_is_named_after() -> None:
    """`x.css` styles `.x` and its list `.xs`; what a page or a row wears (`has-…`, `is-…`) goes with it."""
    strange = {}
    for path in (STATIC / "css" / "components").glob("*.css"):
        firsts = [re.match(r"[^.#\[\s]*\.([a-z][\w-]*)", selector) for selector in _selectors(path)]
        blocks = {re.split("__|--", first[1])[0] for first in firsts if first}
        own = {path.stem, f"{path.stem}s", path.stem.removesuffix("s")}
        others = {block for block in blocks - own if not block.startswith(("has-", "is-"))}
        if others or not blocks & own:
            strange[path.name] = sorted(blocks)
    assert strange == {}


def test_a_component_has_the_sheet_of_its_name() -> None:
    sheets = {path.stem for path in (STATIC / "css" / "components").glob("*.css")}
    missing = {path.stem for path in COMPONENTS if path.stem.replace("_", "-") not in sheets}
    assert missing == set(COMPOSED)
    assert set(COMPOSED.values()) <= sheets


_QUOTED = re.compile(r"\"([^\"\n]*)\"")
_WORD = re.compile(r"[a-z][\w-]*")


def _used_classes() -> set[str]:
    """What class attributes hold, what scripts and template tags write, and `tag--now` where `tag--{{ kind }}` stands
    and Python says "now"; `class="{{ day.kind }}"` may be any word of Python's."""
    pages = "\n".join(path.read_text() for path in TEMPLATES.rglob("*.html"))
    python = {
        p: p.read_text() for app in ("epeken", "umkm", "procurement", "orders") for p in (ROOT / app).rglob("*.py")
    }
    attribute = r"class=\"((?:[^\"{]|\{\{.*?\}\}|\{%.*?%\}|\{)*)\""
    texts = re.findall(attribute, "\n".join([pages, *python.values()]), flags=re.DOTALL)
    texts += re.findall(r"\{% (?:mark|picture|block \w+_class)[^%]*%\}[^{]*", pages)
    for path in [*(STATIC / "js").glob("*.js"), Path(ui.__file__)]:
        texts += _QUOTED.findall(path.read_text())
    said = {quoted for text in python.values() for quoted in _QUOTED.findall(text) if _WORD.fullmatch(quoted)}
    kinds = said | set(_WORD.findall(pages))
    starts = {*re.findall(r"([\w-]+-)\{\{", pages), "icon--"}
    used = {word for text in texts for word in _WORD.findall(text)} | said
    return used | {start + kind for start in starts for kind in kinds}


@pytest.mark.parametrize("path", sorted((STATIC / "css").rglob("*.css")), ids=lambda path: path.name)
def test_a_class_is_used(path: Path, used_classes: set[str]) -> None:
    if path.name == "app.css":
        return
    classes = {name for selector in _selectors(path) for name in re.findall(r"\.([a-z][\w-]*)", selector)}
    assert sorted(classes - used_classes) == []


@pytest.fixture(scope="module")
def used_classes() -> set[str]:
    return _used_classes()


_INLINE = {
    "script without src": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "htmx handler": re.compile(r"\s(data-)?hx-on", re.IGNORECASE),
    "htmx attribute that is not valid HTML": re.compile(r"\shx-[a-z]", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_no_inline_code(path: Path) -> None:
    text = path.read_text()
    assert [what for what, pattern in _INLINE.items() if pattern.search(text)] == []


def _icons() -> Iterator[tuple[str, str]]:
    for path in PAGES:
        for name in re.findall(r"\{% icon \"([\w-]+)\"", path.read_text()):
            yield _name(path), name
    for path in [*ROOT.glob("*/**/views/*.py"), *ROOT.glob("*/**/pages*.py"), *ROOT.glob("*/**/pages/*.py")]:
        for name in re.findall(r"[\"']icon[\"']: [\"']([\w-]+)[\"']", path.read_text()):
            yield path.name, name
    for name in re.findall(r'"icon": "([\w-]+)"', Path(samples.__file__).read_text()):
        yield "gaya_samples.py", name


def test_every_icon_used_is_in_the_sprite() -> None:
    have = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "img" / "icons.svg").read_text()))
    assert sorted({(where, name) for where, name in _icons() if name not in have}) == []


class _Page(HTMLParser):
    """Ids, what points at them, and headings."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.pointers: set[str] = set()
        self.tags: Counter[str] = Counter()
        self.unnamed_images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags[tag] += 1
        if found.get("id"):
            self.ids[str(found["id"])] += 1
        for name in ("for", "aria-describedby", "aria-labelledby"):
            self.pointers.update((found.get(name) or "").split())
        if tag == "img" and "alt" not in found:
            self.unnamed_images.append(str(found.get("src")))


def test_ids_are_unique_and_pointers_lead_somewhere(shown: Any) -> None:
    page = _Page()
    page.feed(shown.content.decode())
    assert [name for name, count in page.ids.items() if count > 1] == []
    assert sorted(page.pointers - set(page.ids)) == []
    assert page.tags["h1"] == 1
    assert page.unnamed_images == []


# Loaded by the pages of sealed complaints alone: the format, its forms, and one of its two sides.
OF_COMPLAINTS = {"sealing", "sealed_form", "disclosure", "inspection"}
# Loaded where a delivery is under way: what is written down without network, and what the page itself refuses.
OF_DRAFTS = {"outbox", "offline", "counted", "typed"}
# Beside what every page loads: where a pin is put on a map, where goods are inspected and photos are sent, where rows
# are ticked, where a request or a file is decided, where results say why they stand where they stand; on pages with the
# market's search, what completes it.
OF_PAGES = (
    {"map", "pin", "suggest"}, {"place", "uploads", "suggest"}, {"chosen"}, {"decision"}, {"plan"}, {"why", "suggest"},
)  # fmt: skip
OF_ADMIN = {"admin"}


def test_own_scripts_of_a_page_stay_small() -> None:
    sizes = {path.stem: path.stat().st_size for path in (STATIC / "js").glob("*.js")}
    base = set(re.findall(r"js/(\w+)\.js", (ROOT / "templates" / "base.html").read_text(encoding="utf-8")))
    assert set(sizes) == base.union(OF_COMPLAINTS, OF_DRAFTS, OF_ADMIN, *OF_PAGES)
    of_all = sum(sizes[name] for name in base)
    for more in OF_PAGES:
        assert of_all + sum(sizes[name] for name in more) <= 30 * 1024, more
    assert sum(sizes[name] for name in OF_DRAFTS) <= 22 * 1024
    for side in ("disclosure", "inspection"):
        assert sizes["sealing"] + sizes["sealed_form"] + sizes[side] <= 20 * 1024
    layouts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates" / "layouts").glob("*.html")]
    for name in OF_COMPLAINTS | OF_DRAFTS | {"map", "pin", "place", "chosen", "uploads"}:
        assert not any(f"js/{name}.js" in layout for layout in layouts), name


def test_demo_pictures_have_words() -> None:
    folder = STATIC / "img" / "demo"
    index = json.loads((folder / "index.json").read_text())
    assert set(index) == {path.name for path in folder.glob("*.webp")}
    assert all(words and all(isinstance(word, str) and word for word in words) for words in index.values())
    assert (folder / "LICENSE.txt").is_file()


# --- Tags and filters ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Dapur Bu Lirih", "DL"), ("Jajan Sekar Telon", "JS"), ("Bu", "B"), ("Mbok", "M"), ("toko 88", "T8"), ("", "")],
)
def test_initials_skip_forms_of_address(name: str, letters: str) -> None:
    assert ui.initials(name) == letters


def test_a_bar_never_leaves_its_frame() -> None:
    parts = [{"value": 80, "kind": "a"}, {"value": 50, "kind": "now"}]
    bits = ui.segments(parts, 100)
    assert [(bit["x"], bit["width"]) for bit in bits] == [("0.00%", "80.00%"), ("80.00%", "20.00%")]
    assert ui.segments(parts, 0) == []


def test_the_cap_turns_turmeric_at_nine_tenths() -> None:
    assert ui.segments_of_cap(89, 100)[0]["kind"] == "a"
    assert ui.segments_of_cap(90, 100)[0]["kind"] == "now"


def test_a_price_scale_without_references_has_one_point() -> None:
    scale = ui.price_scale(27_500)
    assert scale["here_x"] == "50.0%"
    assert scale["usual_x"] is scale["limit_x"] is None


@pytest.mark.parametrize(
    ("asked", "here", "usual"),
    [
        ((27_500, 27_500, 28_500), "8.0%", ("8.0%", "84.0%")),  # the cheapest of all
        ((28_000, 27_500, 28_500), "50.0%", ("8.0%", "84.0%")),
        ((28_500, 27_500, 28_500), "92.0%", ("8.0%", "84.0%")),  # the dearest
        ((16_000, 16_000, 16_000), "50.0%", ("42.0%", "16.0%")),  # all the same: the range is seen beside the dot
        ((30_000, 20_000, 20_000), "92.0%", ("0.0%", "16.0%")),
        ((10_000, 20_000, 20_000), "8.0%", ("84.0%", "16.0%")),
    ],
)
def test_a_price_stands_where_it_lies_between_the_lowest_and_the_highest(
    asked: tuple[int, int, int], here: str, usual: tuple[str, str]
) -> None:
    scale = ui.price_scale(*asked)
    assert (scale["here_x"], scale["usual_x"], scale["usual_width"], scale["limit_x"]) == (here, *usual, None)


def test_a_price_scale_reaches_to_the_city_standard() -> None:
    scale = ui.price_scale(27_500, 24_000, 31_000, 35_000)
    assert (scale["limit_x"], scale["usual_x"]) == ("92.0%", "8.0%")


def test_stalls_open_first() -> None:
    plan = ui.stalls(14, 3)
    assert [square["kind"] for square in plan["squares"]] == ["open"] * 3 + ["shut"] * 11
    assert plan["box"] == "0 0 238 38"
    plan = ui.stalls(6, 1, 3)
    assert [square["kind"] for square in plan["squares"]] == ["open"] + ["shut"] * 2 + ["offline"] * 3


# --- Pictures -----------------------------------------------------------------------------------------------------


def test_a_picture_is_offered_in_every_format_and_the_widths_of_its_frame() -> None:
    name = "products/ab/" + "ab" * 16 + "-e8c39a-640.webp"
    stem = f"/media/{name.removesuffix('-640.webp')}"
    drawn = ui.picture(name, "card", 'Kue "lapis"')
    for kind in ("avif", "webp"):
        assert f'<source type="image/{kind}" srcset="{stem}-320.{kind} 320w,{stem}-640.{kind} 640w" sizes="' in drawn
    assert f'<img src="{stem}-640.jpg" data-tone="e.c.9" alt="Kue &quot;lapis&quot;" width="640" height="640"' in drawn
    assert 'loading="lazy"' in drawn and drawn.index("avif") < drawn.index("webp") < drawn.index(".jpg")
    assert 'loading="lazy"' not in ui.picture(name, "card", lazy=False)
    # A thumbnail is one file, a narrow picture has no widths it has not.
    assert f'srcset="{stem}-320.avif">' in ui.picture(name, "thumb")
    narrow = ui.picture(name.replace("-640", "-500"), "page")
    assert f"{stem}-320.webp 320w,{stem}-500.webp 500w" in narrow and f"{stem}-500.jpg" in narrow
    wide = ui.picture(name.replace("-640", "-1280"), "page")
    assert f"{stem}-1280.avif 1280w" in wide and f"{stem}-640.jpg" in wide


def test_a_picture_of_before_is_shown_as_it_is() -> None:
    old = "products/ab/" + "ab" * 16 + "-1280.webp"
    drawn = ui.picture(old, "page", plain=old.replace("1280", "640"))
    assert drawn.startswith(f'<img src="/media/{old.replace("1280", "640")}" alt=""') and "srcset" not in drawn
    assert "tanpa-foto.svg" in ui.picture("", "card")
    assert ui.thumbnail(old) == f"/media/{old}"


def test_the_place_of_a_picture_has_its_colour() -> None:
    """Every digit of `data-tone` is styled: a colour that is not would leave the place of the one before it."""
    text = (STATIC / "css" / "base.css").read_text()
    for at, channel in [('^="{}"', "r"), ('*=".{}."', "g"), ('$="{}"', "b")]:
        for digit in range(16):
            head = f"[data-tone{at.format(f'{digit:x}')}]"
            assert re.search(re.escape(head) + rf" \{{\s+--{channel}: {digit * 17};", text), head


def test_media_falls_back_to_the_still_picture() -> None:
    assert ui.media("").endswith("tanpa-foto.svg")
    assert ui.media("shops/a.webp") == "/media/shops/a.webp"


def test_sizes_are_read_by_people() -> None:
    assert (ui.berkas(300), ui.berkas(482_133), ui.berkas(3_500_000)) == ("1 KB", "471 KB", "3,3 MB")


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("10.000"), "10"), (Decimal("0.25"), "0.25"), (Decimal(100), "100"), (60, "60"), (None, "")],
)
def test_numbers_for_number_fields(value: object, text: str) -> None:
    assert ui.angka(value) == text


def test_page_numbers_keep_neighbours() -> None:
    page = Paginator(range(214), 24).get_page(5)
    assert ui.page_numbers(page) == [1, "…", 4, 5, 6, "…", 9]


def test_here_marks_the_place_and_what_lies_below() -> None:
    context = {"request": SimpleNamespace(path="/penjual/barang/7/")}
    assert ui.here(context, "/penjual/barang/") == ' aria-current="page"'
    assert ui.here(context, "/penjual/", exact=True) == ""
    assert ui.here(context, "/") == ""


class _Form(forms.Form):
    name = forms.CharField(help_text="Seperti di KTP.", min_length=3)
    note = forms.CharField(widget=forms.Textarea, required=False)


def test_a_wrong_field_speaks_its_hint_and_error() -> None:
    html = ui.control(_Form({"name": "a"})["name"], autocomplete="name", placeholder="")
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'class="input"' in html and 'autocomplete="name"' in html and "placeholder" not in html


def test_a_text_area_is_not_frightening() -> None:
    assert 'rows="4"' in ui.control(_Form()["note"])
