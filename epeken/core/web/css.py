"""`python -m epeken.core.web.css` joins the hand-written style sheets into static/css/app.css, the one file pages load.

No tool beyond this page: comments and indentation go, order is fixed, the result is committed.
A test fails when it is stale.
"""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "static" / "css"
BUNDLE = ROOT / "app.css"
ORDER = "@layer reset, tokens, base, layout, components, utilities;\n"


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


def _squeeze(path: Path) -> str:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)
    text = text.replace('url("../../', 'url("../')
    text = re.sub(r"\s*\n\s*", "\n", text).strip()
    text = re.sub(r"([{;,])\n", r"\1", text)
    return re.sub(r"\s*\{", "{", text).replace(";\n}", "}").replace(";}", "}") + "\n"


if __name__ == "__main__":
    BUNDLE.write_text(bundle())
