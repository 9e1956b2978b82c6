"""`python -m epeken.core.web.css` joins the hand-written style sheets into static/css/app.css, the one file pages load.

No tool beyond this page: comments and indentation go, order is fixed, `light-dark()` of a token is written out, the
result is committed. A test fails when it is stale.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "static" / "css"
BUNDLE = ROOT / "app.css"
ORDER = "@layer reset, tokens, base, vendor, layout, components, utilities;\n"
LIGHT_DARK = re.compile(r"(--[\w-]+):\s*light-dark\(((?:[^(),]|\([^()]*\))+),\s*((?:[^(),]|\([^()]*\))+)\)")
# Paper is always light. What the visitor chose (static/js/tema.js) goes before what the system says.
DARK = """@layer tokens {
@media screen and (prefers-color-scheme: dark) {
:root:not([data-theme="light"]) {
%(dark)s
}
}
@media screen {
:root[data-theme="dark"] {
%(dark)s
}
}
}
"""


def sources() -> list[Path]:
    """Every sheet, in the order of the cascade."""
    return [
        ROOT / "reset.css",
        ROOT / "tokens.css",
        ROOT / "base.css",
        ROOT / "layout.css",
        *sorted((ROOT / "components").glob("*.css")),
        ROOT / "utilities.css",
        ROOT / "print.css",
    ]


def bundle() -> str:
    return ORDER + "".join(_squeeze(path) for path in sources())


def both_lights(text: str) -> str:
    """Every `--token: light-dark(a, b)` as its value by day, and once more by night for the system's wish and for the
    visitor's: phones on Android 7 stay with Chrome 119, which does not know the function."""
    night = "".join(f"{name}: {dark};\n" for name, _light, dark in LIGHT_DARK.findall(text))
    if not night:
        return text
    return LIGHT_DARK.sub(r"\1: \2", text) + DARK % {"dark": f"color-scheme: dark;\n{night}".strip()}


def _squeeze(path: Path) -> str:
    text = both_lights(re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL))
    text = text.replace('url("../../', 'url("../')
    text = re.sub(r"\s*\n\s*", "\n", text).strip()
    text = re.sub(r"([{;,])\n", r"\1", text)
    return re.sub(r"\s*\{", "{", text).replace(";\n}", "}").replace(";}", "}") + "\n"


if __name__ == "__main__":
    BUNDLE.write_text(bundle())
