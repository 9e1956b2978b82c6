"""What every page of the admin says to an administrator, and the words of both languages."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import django
import polib
from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from lxml import html

from epeken.core.i18n import catalogue
from epeken.users import services as users

SPOKEN = ("placeholder", "title", "aria-label", "alt", "data-label")
# Of our apps and of the libraries whose pages the admin shows.
SHOWN = ("django.contrib.admin", "django.contrib.auth", *catalogue.LIBRARIES)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def told(page: bytes) -> Iterator[str]:
    """Every piece of text a person sees or hears on the page; icons are drawn from their names."""
    tree = html.document_fromstring(page.decode())
    for element in tree.xpath(
        "//comment() | //script | //style | //*[contains(@class, 'material-symbols')] | //textarea"
    ):
        element.drop_tree()
    found = [*tree.itertext()]
    for element in tree.iter(html.etree.Element):
        found += [element.get(name, "") for name in SPOKEN]
        if element.tag == "input" and element.get("type") in {"submit", "button"}:
            found.append(element.get("value", ""))
    yield from (words for words in (" ".join(text.split()) for text in found) if words)


def addresses(boss: Any) -> Iterator[str]:
    """Lists, lists without a row, forms, questions before a deletion and histories with a line."""
    yield from (reverse("admin:index"), reverse("admin:password_change"))
    for model, page in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        changelist = reverse(f"{name}_changelist")
        yield from (changelist, f"{changelist}?q=tidakadayangbegini", reverse(f"{name}_add"))
        yield reverse("admin:app_list", args=[model._meta.app_label])
        for act in ("import", "export"):
            with suppress(NoReverseMatch):
                yield reverse(f"{name}_{act}")
        row = model._default_manager.order_by("-pk").first()
        if row is None:
            continue
        page.log_change(_request(boss), row, [{"changed": {"fields": _names(model)}}])
        yield from (reverse(f"{name}_{act}", args=[row.pk]) for act in ("change", "delete", "history"))


def _request(boss: Any) -> Any:
    request = HttpRequest()
    request.user = boss
    return request


def _names(model: Any) -> list[str]:
    """As Django keeps the names of changed fields: untranslated."""
    with override(None):
        return [str(field.verbose_name) for field in model._meta.fields if field.editable]


def texts(boss: Any, language: str) -> dict[str, set[str]]:
    """What each page says, by address; pages that refuse are left out. Also the questions of deletions in bulk."""
    client, found = Client(), {}
    client.force_login(boss)
    users.choose_language(actor=boss, language=language)
    for address in dict.fromkeys(addresses(boss)):
        answer = client.get(address, follow=True)
        if answer.status_code == 200:
            found[address] = set(told(answer.content))
    for model in admin.site._registry:
        row = model._default_manager.order_by("-pk").first()
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        if row is not None:
            answer = client.post(url, {"action": "delete_selected", "_selected_action": [row.pk]}, follow=True)
            found[f"{url}#delete"] = set(told(answer.content))
    return found


def words(text: str) -> set[str]:
    """In lower case; codes, addresses and file names are no words."""
    parts = [part.strip("()[]{}:;,.!?“”\"'…•·|<>=+*-–→") for part in text.split()]
    plain = (part for part in parts if not re.search(r"[0-9@_./\\#]|[A-Z].*[A-Z]", part))
    return {word for part in plain for word in re.findall(r"[a-z]{2,}", part.lower())}


def vocabulary() -> tuple[set[str], set[str]]:
    """The Indonesian words of all our sentences and translations; the English ones of libraries and of identifiers."""
    indonesian: set[str] = set()
    english: set[str] = set()
    for entry in polib.pofile(str(catalogue.path_of("en"))):
        indonesian |= words(PLACEHOLDER.sub(" ", entry.msgid)) | words(PLACEHOLDER.sub(" ", entry.msgid_plural))
    folders = [Path(django.__file__).parent / "conf", *(Path(config.path) for config in apps.get_app_configs())]
    files = [folder / "locale" / "id" / "LC_MESSAGES" / "django.mo" for folder in folders]
    known = [entry for path in files if path.is_file() for entry in polib.mofile(str(path))]
    for entry in [*known, *polib.pofile(str(catalogue.path_of("id")))]:
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            indonesian |= words(PLACEHOLDER.sub(" ", text))
    for _context, text in catalogue.library_strings(SHOWN):
        english |= words(PLACEHOLDER.sub(" ", text))
    for model in apps.get_models():
        english |= {part for field in model._meta.get_fields() for part in field.name.split("_") if len(part) > 1}
        english |= words(re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__))
    for page in admin.site._registry.values():
        english |= {part for name in dir(type(page)) for part in name.split("_") if len(part) > 1}
    return indonesian, english - indonesian
