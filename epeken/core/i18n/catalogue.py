"""Source strings and their translation, without gettext's programs, which a fresh machine does not have."""

import ast
import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import django
import polib
from django.apps import apps
from django.conf import settings
from django.utils.translation.template import templatize

from epeken.core import registry

# The functions that mark a string: how many strings they take, and whether a context comes first.
_PLAIN = {"_", "__", "gettext", "gettext_lazy", "gettext_noop"}
_PLURAL = {"ngettext", "ngettext_lazy"}
_CONTEXT = {"pgettext", "pgettext_lazy"}
_CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
MARKS = _PLAIN | _PLURAL | _CONTEXT | _CONTEXT_PLURAL
_TEMPLATE_MARK = re.compile(r"\b(npgettext|ngettext|pgettext|gettext|_)\((?=u?['\"])")
ACCOUNTS = ("allauth.account", "allauth.mfa")
# Apps of libraries whose pages the product shows and whose own Indonesian is missing or has gaps.
LIBRARIES = ("unfold", "unfold.contrib.import_export", "import_export", "axes")
# What the Indonesian of Django and of the library of accounts says wrongly: counts people as things ("3 buah (65
# total)"), leaves English words or misspells, calls a history "change the history", or a thing otherwise than the house
# does (surel, Ruang pengelola). Our catalogue says it anew.
REWORDED = {
    "%(model_name)s with this %(field_label)s already exists.",
    "Designates that this user has all permissions without explicitly assigning them.",
    "Designates whether the user can log into this admin site.",
    "Email address",
    "Enter a valid email address.",
    "This object doesn’t have a change history. It probably wasn’t added via this admin site.",
    "email address",
    "staff status",
    "superuser status",
    "A user is already registered with this email address.",
    "Email",
    "Email (again)",
    "Email (optional)",
    "Email address confirmation",
    "Email or phone",
    "Failed to mark {email} as verified.",
    "Mark selected email addresses as verified",
    "Marked {email} as verified.",
    "The email address and/or password you specified are not correct.",
    "The email address is not assigned to any user account.",
    "This email address is already associated with this account.",
    "Username or email",
    "Username, email or phone",
    "You cannot activate two-factor authentication until you have verified your email address.",
    "You cannot add an email address to an account protected by two-factor authentication.",
    "You cannot add more than %d email addresses.",
    "You cannot remove your primary email address.",
    "You must type the same email each time.",
    "Your primary email address must be verified.",
    "email addresses",
    "email confirmation",
    "email confirmations",
    "%(counter)s result",
    "%(full_result_count)s total",
    "Any date",
    "Breadcrumbs",
    "Change history: %s",
    "Change or view list link",
    "Click here to select the objects across all pages",
    "Deleting %(class_name)s %(instance)s would require deleting the following protected related objects: "
    "%(related_objects)s",
    "Disable password-based authentication",
    "Enable password-based authentication",
    "Filter navigation items",
    "Items must be selected in order to perform actions on them. No items have been changed.",
    "None",
    "Please correct the error below.",
    "Sidebar",
    "Successfully deleted %(count)d %(items)s.",
    "You may edit it again below.",
    "entry",
}
# The source strings of the product are Indonesian, those of the libraries English.
TRANSLATED = ("en", "id")
_PLURAL_FORMS = {"en": "nplurals=2; plural=(n != 1);", "id": "nplurals=1; plural=0;"}
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


def sources(language: str = "en") -> dict[tuple[str | None, str], Source]:
    """Every marked string to be put into the language, by context and text: for Indonesian those of the libraries
    that neither Django nor the library translates, and what is `REWORDED`; else those of the product."""
    if language == "id":
        known = _translated_by_libraries(language) - {(None, text) for text in REWORDED}
        reworded = {k: v for k, v in _strings_of_frameworks().items() if k[1] in REWORDED}
        return reworded | {k: v for k, v in library_strings(LIBRARIES).items() if k not in known}
    root = Path(settings.BASE_DIR)
    found: dict[tuple[str | None, str], Source] = {}
    for folder in registry.source_folders():
        _add(found, root / folder, root, python=True, templates=False)
    _add(found, root / "templates", root, python=False, templates=True)
    for path, column in registry.translated_columns():
        with (root / path).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found.setdefault((None, row[column]), Source(row[column])).files.add(Path(path).name)
    return found


def library_strings(names: Iterable[str]) -> dict[tuple[str | None, str], Source]:
    """Every marked string of the installed apps of these names, by context and text."""
    found: dict[tuple[str | None, str], Source] = {}
    for config in apps.get_app_configs():
        if config.name in names:
            folder = Path(config.path)
            _add(found, folder, folder.parents[config.name.count(".")], python=True, templates=True)
    return found


def _strings_of_frameworks() -> dict[tuple[str | None, str], Source]:
    """What the pages, their forms and fields take from Django and from the library of accounts, by context and
    text."""
    found = library_strings(["django.contrib.admin", "django.contrib.auth", *ACCOUNTS])
    folder = Path(django.__file__).parent
    for part in ("core", "db", "forms"):
        _add(found, folder / part, folder.parent, python=True, templates=False)
    return found


def _add(
    found: dict[tuple[str | None, str], Source], folder: Path, root: Path, *, python: bool, templates: bool
) -> None:
    for path in sorted(folder.rglob("*")):
        # An app below an app (`unfold.contrib`) is installed, or not, for itself.
        if {"migrations", "contrib"} & set(path.relative_to(folder).parts):
            continue
        if path.suffix == ".py" and python:
            marked = _in_python(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and templates:
            marked = _in_template(path.read_text(encoding="utf-8"))
        else:
            continue
        for source in marked:
            kept = found.setdefault(source.key, source)
            kept.plural = kept.plural or source.plural
            kept.files.add(str(path.relative_to(root)))


def _translated_by_libraries(language: str) -> set[tuple[str | None, str]]:
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    compiled = [folder / "locale" / language / "LC_MESSAGES" / "django.mo" for folder in folders]
    return {
        (entry.msgctxt, entry.msgid)
        for path in compiled
        if path.is_file()
        for entry in polib.mofile(str(path)).translated_entries()
    }


def _in_python(text: str) -> Iterator[Source]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in MARKS:
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
        "Plural-Forms": _PLURAL_FORMS[language],
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
            forms = 1 if "nplurals=1" in catalogue.metadata["Plural-Forms"] else 2
            entry.msgstr_plural = {0: entry.msgstr, **dict.fromkeys(range(1, forms), "")}
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
