"""Small parts of pages: `{% icon "bell" %}`, `{% mark %}`, `{% control field %}`, `{% segments parts total as bits %}`,
`{% here url %}`, `{% chosen_filters cl as chosen %}`, `{{ name|initials }}`, `{{ path|media }}`, `{{ bytes|berkas }}`,
`{{ quantity|angka }}`, `{{ quantity|isian }}`, `{{ error|named:label }}`, `{{ address|surel }}`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.paginator import Page
from django.forms import BoundField
from django.forms import widgets as w
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from epeken.core import exports
from epeken.core.files import picture_forms
from epeken.core.quantity import plain
from epeken.core.web import targets

register = template.Library()

# Forms of address carry no initial.
_TITLES = {"bu", "pak", "mbok", "mbah", "mak", "cak", "ning", "mas", "mbak", "h.", "hj.", "dr.", "drs.", "ir."}


@register.simple_tag
def icon(name: str, size: str = "", label: str = "") -> SafeString:
    """One Lucide icon of the sprite. With `label` it speaks, without it is decoration. `size`: `s`, `l` or empty."""
    return _icon(name, size, str(label))


@lru_cache(maxsize=2000)
def _icon(name: str, size: str, label: str) -> SafeString:
    """A page of results has a hundred of a dozen."""
    classes = f"icon icon--{size}" if size else "icon"
    href = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}"><use href="{}"/></svg>', classes, label, href)
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', classes, href)


@register.filter
def named(error: Any, label: Any) -> str:
    """A fault behind the name of its field, in a list of faults; one that names the field itself is left as it is."""
    said, name = str(error), str(label)
    return said if name.lower() in said.lower() else f"{name}: {said}"


@register.simple_tag
def chosen_filters(changelist: Any) -> list[str]:
    """What a list of the admin is narrowed to, in words; of a queue also the part it shows without a choice."""
    found = []
    for spec in changelist.filter_specs:
        for place, choice in enumerate(spec.choices(changelist)):
            if choice.get("selected") and choice.get("display") and (place or hasattr(spec, "parts")):
                found.append(str(choice["display"]))
    return found


@register.simple_tag
def kept_files(field: BoundField) -> list[Any]:
    """Files of the refused form that need not be chosen again (`core.web.kept_uploads.Kept`)."""
    found: list[Any] = getattr(field.form, "kept", {}).get(field.name, [])
    return found


@register.simple_tag
def most_rows() -> int:
    """How many rows a file of a list holds at most."""
    return exports.MOST_ROWS


@register.simple_tag
def mark(css: str = "brand__mark") -> SafeString:
    """The semanggi mark: four leaves and a turmeric seed."""
    sprite = static("img/icons.svg")
    return format_html(
        '<svg class="{}" viewBox="0 0 32 32" aria-hidden="true"><use href="{}#semanggi"/>'
        '<use class="biji" href="{}#semanggi-biji"/></svg>',
        css,
        sprite,
        sprite,
    )


@register.simple_tag(takes_context=True)
def list_above(context: Context) -> str:
    """Of an address that is not there, the page that lists its kind (`core.web.targets.list_above`)."""
    request = context.get("request")
    return targets.list_above(request) if request is not None else ""


@register.simple_tag(takes_context=True)
def here(context: Context, url: str, *also: str, exact: bool = False) -> SafeString:
    """`aria-current="page"` when the visitor stands at `url` or, unless `exact`, below it or one of `also`."""
    request = context.get("request")
    path = getattr(request, "path", "")
    below = [] if exact or url == "/" else [one for one in (url, *also) if one]
    if url and (path == url or any(path.startswith(one) for one in below)):
        return SafeString(' aria-current="page"')
    return SafeString("")


@register.filter
def initials(name: object) -> str:
    """`Dapur Bu Lirih` → `DL`."""
    words = [word for word in str(name).split() if word[:1].isalnum()]
    plain = [word for word in words if word.lower() not in _TITLES] or words
    return "".join(word[0] for word in plain[:2]).upper()


@register.filter
def media(path: object) -> str:
    """Address of a public picture. An address is handed through; without one, the placeholder picture."""
    if not path:
        return static("img/tanpa-foto.svg")
    return str(path) if str(path).startswith("/") else default_storage.url(str(path))


@dataclass(frozen=True)
class Frame:
    """How a picture stands on a page: the widest form it may take, how wide it is drawn there, and its shape."""

    most: int
    sizes: str
    box: tuple[int, int]


FRAMES = {
    "thumb": Frame(320, "", (320, 320)),
    "card": Frame(640, "(min-width:40rem) 17rem,46vw", (640, 640)),
    "result": Frame(640, "(min-width:40rem) 22rem,7rem", (640, 640)),
    "page": Frame(1280, "(min-width:76rem) 36rem,(min-width:48rem) 48vw,92vw", (1280, 1280)),
    "pick": Frame(1280, "(min-width:48rem) 9rem,23vw", (320, 320)),  # opens large in the page
    "head": Frame(1280, "(min-width:76rem) 40rem,(min-width:48rem) 56vw,92vw", (1280, 720)),
}


@register.simple_tag
def picture(name: str, frame: str, alt: str = "", *, lazy: bool = True, css: str = "", plain: str = "") -> SafeString:
    """A public picture in the width and the best format that the visitor's browser takes (`core.files.picture_forms`).

    On one line: a page of results has two dozen of them. Until the pixels come, its place has the colour most of it
    has: `data-tone` is one hex digit of red, green and blue each (static/css/base.css). A picture of before has one
    form: `plain`, where it is not the one named.
    """
    shape = FRAMES[frame]
    forms = picture_forms.forms_of(name)
    how = SafeString('loading="lazy"' if lazy else 'fetchpriority="high"')
    if css:
        how = format_html('class="{}" {}', css, how)
    if forms is None:
        return format_html(
            '<img src="{}" alt="{}" width="{}" height="{}" {}>', media(plain or name), alt, *shape.box, how
        )
    stem = default_storage.url(f"{forms.stem}-{forms.colour}")
    widths = [width for width in forms.widths if width <= shape.most] or forms.widths[:1]
    wide = [f"{stem}-{width}.%s {width}w" for width in widths] if shape.sizes else [f"{stem}-{widths[-1]}.%s"]
    sizes = format_html(' sizes="{}"', shape.sizes) if shape.sizes else SafeString("")
    sources = format_html_join(
        "",
        '<source type="image/{}" srcset="{}"{}>',
        [(kind, ",".join(wide).replace("%s", kind), sizes) for kind in ("avif", "webp")],
    )
    return format_html(
        '<picture>{}<img src="{}-{}.jpg" data-tone="{}" alt="{}" width="{}" height="{}" {}></picture>',
        sources, stem, forms.small, ".".join(forms.colour[::2]), alt, *shape.box, how,
    )  # fmt: skip


@register.simple_tag
def photo_least_side() -> int:
    """What the shorter edge of a photo of goods or of a shop must have, in pixels."""
    return int(settings.PHOTO_LEAST_SIDE)


@register.filter
def thumbnail(name: str) -> str:
    """Address of its narrowest form."""
    return media(picture_forms.narrowest(name))


@register.filter
def absolute(address: str, site_url: str) -> str:
    """An address of ours with its host, for those who read it elsewhere."""
    return address if "://" in address else f"{site_url}{address}"


@register.filter
def berkas(size: int) -> str:
    """`482133` → `471 KB`."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB".replace(".", ",")


@register.filter
def angka(value: object) -> str:
    """A number for a script: decimal point, no grouping, no idle zeros. `Decimal("10.000")` → `10`."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return "" if value is None else str(value)


@register.filter
def isian(value: object) -> str:
    """A quantity for a field people write in: decimal comma. What somebody typed is handed back as it was."""
    return plain(value) if isinstance(value, Decimal) else "" if value is None else str(value)


@register.filter
def percent_of(part: int, whole: int) -> int:
    """Whole percent, never outside 0–100."""
    return max(0, min(100, round(100 * int(part) / int(whole)))) if whole else 0


@register.simple_tag
def segments(parts: Iterable[Mapping[str, Any]], total: int) -> list[dict[str, Any]]:
    """The pieces of a bar, left to right, as percent strings for SVG attributes.

    `parts`: mappings with `value` and `kind` (`a`, `b`, `c`, `now`). What would leave the bar is cut at its end.
    """
    bits: list[dict[str, Any]] = []
    at = 0.0
    for part in parts:
        width = min(100.0 - at, 100.0 * int(part["value"]) / int(total)) if total else 0.0
        if width > 0:
            bits.append(
                {"x": f"{at:.2f}%", "width": f"{width:.2f}%", "end": f"{at + width:.2f}%", "kind": part["kind"]}
            )
            at += width
    return bits


@register.simple_tag
def stalls(total: int, count: int, shops: int | None = None, per_row: int = 12) -> dict[str, Any]:
    """Squares of a food court, one per stall; the first `count` are open, those beyond `shops` do not sell online."""
    online = int(total) if shops is None else int(shops)
    squares = [
        {
            "x": f"{(n % per_row) * 20}.5",
            "y": f"{(n // per_row) * 20}.5",
            "kind": "open" if n < count else "shut" if n < online else "offline",
        }
        for n in range(int(total))
    ]
    rows = -(-int(total) // per_row) or 1
    return {"squares": squares, "box": f"0 0 {per_row * 20 - 2} {rows * 20 - 2}"}


@register.simple_tag
def kind_of(field: BoundField) -> str:
    """Which way `components/field.html` lays this field out: tick, choices, file, hidden, secret or input."""
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, w.CheckboxInput):
        return "tick"
    if isinstance(widget, w.RadioSelect | w.CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, w.FileInput):
        return "file"
    return "secret" if isinstance(widget, w.PasswordInput) else "input"


@register.simple_tag
def control(field: BoundField, **attrs: Any) -> SafeString:
    """The field's widget with our classes. Django ties hint and error to it (`aria-describedby`)."""
    widget = field.field.widget
    css = widget.attrs.get("class", "")
    if isinstance(widget, w.Select):
        css = f"{css} input input--select".strip()
    elif not isinstance(widget, w.CheckboxInput | w.RadioSelect | w.CheckboxSelectMultiple | w.FileInput):
        css = f"{css} input".strip()
    extra = {name.replace("_", "-"): value for name, value in attrs.items() if value not in ("", None, False)}
    if css:
        extra["class"] = css
    if isinstance(widget, w.Textarea):
        # Django's own default of ten rows frightens; a form that means ten says eleven.
        rows = str(widget.attrs.get("rows", "10"))
        extra.setdefault("rows", "4" if rows == "10" else rows)
    return field.as_widget(attrs=extra)


@register.filter
def surel(text: Any) -> Any:
    """A mail address in a narrow column breaks after its @, not within a word; anything else as it is."""
    name, at, domain = str(text).partition("@")
    if not (name and at and "." in domain) or " " in str(text):
        return text
    return format_html("{}@<wbr>{}", name, domain)


@register.simple_tag
def segments_of_cap(used: int, limit: int) -> list[dict[str, Any]]:
    """The monthly cap as one piece; turmeric from nine tenths on."""
    return [{"value": used, "kind": "now" if limit and int(used) * 10 >= int(limit) * 9 else "a"}]


SCALE_EDGE = 8  # percent left free at both ends of a price scale
SCALE_LEAST = 16  # percent of its width that a range takes at least


@register.simple_tag
def price_scale(
    price: int, low: int | None = None, high: int | None = None, limit: int | None = None
) -> dict[str, str | None]:
    """Where a price, the range of the others and the city standard stand on one line (percent strings): the lowest of
    these figures near the left end, the highest near the right end, a single figure in the middle."""
    known = [int(value) for value in (price, low, high, limit) if value]
    least, span = min(known), max(known) - min(known)

    def at(value: int) -> float:
        return SCALE_EDGE + (100 - 2 * SCALE_EDGE) * (int(value) - least) / span if span else 50.0

    usual_x = usual_width = None
    if low and high:
        # Wider than the dot, which would hide the range of others who all ask the same.
        usual_width = max(at(high) - at(low), SCALE_LEAST)
        usual_x = min(max((at(low) + at(high) - usual_width) / 2, 0.0), 100 - usual_width)
    return {
        "here_x": f"{at(price):.1f}%",
        "usual_x": None if usual_x is None else f"{usual_x:.1f}%",
        "usual_width": None if usual_width is None else f"{usual_width:.1f}%",
        "limit_x": f"{at(limit):.1f}%" if limit else None,
    }


@register.simple_tag
def page_numbers(page: Page) -> list[int | str]:
    """`1 2 3 … 9`, with this page's neighbours."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))
