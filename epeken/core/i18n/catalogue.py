"""Source strings and their translation, without gettext's programs, which a fresh machine does not have."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

from epeken.core import registry

# The functions that mark a string: how many strings they take, and whether a context comes first.
_PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
_MARKS = _PLAIN | _PLURAL | _CONTEXT | _CONTEXT_PLURAL
_TEMPLATE_MARK = re.compile(r"\b(npgettext|ngettext|pgettext|gettext|_)\((?=u?['\"])")
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%([sd])|\{(\w*)\}")


@dataclass
class Source:
    """One string of ours and the files it stands in."""

    text: str
    context: str | None = None
    plural: str | None = None
    files: set[str] = field(default_factory=set)

    @property
    def key(self) -> tuple[str | None, str]:
        return self.context, self.text


def sources() -> dict[tuple[str | None, str], Source]:
    """Every marked string of the product, by context and text."""
    found: dict[tuple[str | None, str], Source] = {}
    root = Path(settings.BASE_DIR)
    for folder in [*registry.source_folders(), "templates"]:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix == ".py" and "migrations" not in path.parts:
                marked = _in_python(path.read_text(encoding="utf-8"))
            elif path.suffix in {".html", ".txt"} and folder == "templates":
                marked = _in_template(path.read_text(encoding="utf-8"))
            else:
                continue
            for source in marked:
                kept = found.setdefault(source.key, source)
                kept.plural = kept.plural or source.plural
                kept.files.add(str(path.relative_to(root)))
    return found


def _in_python(text: str) -> Iterator[Source]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in _MARKS:
                yield from _source(name, node.args)


def _in_template(text: str) -> Iterator[Source]:
    python = templatize(text)
    for mark in _TEMPLATE_MARK.finditer(python):
        # The call ends at the first bracket that makes it whole; brackets inside the strings do not.
        for end in re.finditer(r"\)", python[mark.end() :]):
            try:
                call = ast.parse(python[mark.start() : mark.end() + end.end()].strip(), mode="eval").body
            except SyntaxError:
                continue
            assert isinstance(call, ast.Call)
            yield from _source(mark.group(1), call.args)
            break


def _source(name: str, arguments: list[ast.expr]) -> Iterator[Source]:
    wanted = 1 + (name in _PLURAL | _CONTEXT_PLURAL) + (name in _CONTEXT | _CONTEXT_PLURAL)
    strings = [a.value for a in arguments[:wanted] if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if len(strings) < wanted or not strings[-1]:
        return
    context = strings.pop(0) if name in _CONTEXT | _CONTEXT_PLURAL else None
    yield Source(text=strings[0], context=context, plural=strings[1] if len(strings) > 1 else None)


def path_of(language: str) -> Path:
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> polib.POFile:
    path = path_of(language)
    if path.is_file():
        return polib.pofile(str(path), wrapwidth=110)
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Project-Id-Version": "e-Peken",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def merge(catalogue: polib.POFile, found: dict[tuple[str | None, str], Source]) -> tuple[int, int]:
    """Bring the catalogue in step with the source strings; translations stay. Returns (added, removed)."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    gone = [entry for key, entry in entries.items() if key not in found]
    for entry in gone:
        catalogue.remove(entry)
    added = 0
    for key, source in found.items():
        entry = entries.get(key)
        if entry is None:
            entry = polib.POEntry(msgid=source.text, msgctxt=source.context)
            catalogue.append(entry)
            added += 1
        if source.plural and not entry.msgid_plural:
            entry.msgid_plural = source.plural
            entry.msgstr_plural = {0: entry.msgstr, 1: ""}
            entry.msgstr = ""
        entry.occurrences = [(file, "") for file in sorted(source.files)]
        entry.flags = [flag for flag in entry.flags if flag != "python-format"]
        if re.search(r"%(\(\w+\))?[sd]", source.text):
            entry.flags.append("python-format")
    catalogue.sort(key=lambda entry: (entry.occurrences[0][0], entry.msgid))
    return added, len(gone)


def faults(catalogue: polib.POFile, found: dict[tuple[str | None, str], Source]) -> list[str]:
    """What keeps the catalogue from being complete and right, one line each."""
    entries = {(entry.msgctxt, entry.msgid): entry for entry in catalogue if not entry.obsolete}
    lines = [
        f"{sorted(source.files)[0]}: not in the catalogue: {source.text!r}"
        for key, source in found.items()
        if key not in entries
    ]
    for key, entry in entries.items():
        if key not in found:
            lines.append(f"no longer in the source: {entry.msgid!r}")
        elif entry.fuzzy:
            lines.append(f"fuzzy: {entry.msgid!r}")
        elif not entry.translated():
            lines.append(f"not translated: {entry.msgid!r}")
        elif wrong := _wrong_placeholders(entry):
            lines.append(f"other placeholders than the source, {wrong}: {entry.msgid!r}")
    return lines


def _wrong_placeholders(entry: polib.POEntry) -> str:
    wanted = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        difference = _placeholders(text) ^ wanted if text else set()
        # A plural's "one item" may leave its number out; naming one that is not there never works.
        if difference and (not entry.msgid_plural or difference - wanted):
            return ", ".join(sorted(difference))
    return ""


def _placeholders(text: str) -> set[str]:
    return {match.group(0) for match in _PLACEHOLDER.finditer(text or "")}
