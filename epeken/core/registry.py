"""What each app declares about itself, as plain attributes of its AppConfig. The platform asks here, naming no app."""

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.apps import AppConfig, apps
from django.utils.functional import Promise
from django.utils.module_loading import import_string

Label = str | Promise


class HouseConfig(AppConfig):
    """An app of ours. Import this module and subclass `registry.HouseConfig`: Django takes a class it finds in
    `apps.py` for the app's own."""

    # What a person can mute by e-mail: (the part of a notice's kind before the dot, its name). Not what changes their
    # rights or tells of an account that somebody else took over.
    notification_areas: Sequence[tuple[str, Label]] = ()
    # Kinds of notices in those areas that nobody can mute all the same: they decide what a person may do from now on.
    unmutable_notices: Sequence[str] = ()
    # Kinds that can be muted, and go as a text to an account without an address where the city pays for it: dotted path
    # of a function of a day, by kind.
    texted_notices: Mapping[str, str] = {}
    # Who is asked about an area that not everybody hears of: dotted path of a function of a person, by area.
    notification_hearers: Mapping[str, str] = {}
    # Modules with a table `KINDS` of the notices the app sends (epeken.notifications.kinds).
    notice_modules: Sequence[str] = ()
    # Starts of paths that a person who owes a second factor may not even look at without one.
    second_factor_paths: Sequence[str] = ()
    # Starts of paths at which nothing is kept that says who sent something, nor what: no line of the log, no session,
    # no file on disk, no repeated answer.
    unlinked_paths: Sequence[str] = ()
    # Dotted paths of functions of a person and a day: whether what they hold that day makes them owe a second factor.
    second_factor_duties: Sequence[str] = ()
    # Entries of Celery's beat schedule by name.
    beat_schedule: Mapping[str, Mapping[str, Any]] = {}
    # Names of pages that show every visitor the same: a copy is shown while the database is away.
    public_pages: Sequence[str] = ()
    # Where people of an office work: (start of the paths, layout of the pages, name of the first page, its name).
    desks: Sequence[tuple[str, str, str, Label]] = ()
    # Starts of paths that people of several desks open: what is said there stands in the layout of their own.
    shared_paths: Sequence[str] = ()
    # Dotted path of a function of a person: the layout of the desk they work at, "" for whoever has none.
    own_layout: str = ""
    # What this app knows of another's rows, and that one shows: its name, with the dotted path of a function that gives
    # an expression over the row.
    row_facts: Mapping[str, str] = {}
    # What an office must have on paper before it pays: dotted path of a function of accounts and a day, that gives by
    # what the goods are for (name of the paper, whether an event makes it).
    required_papers: str = ""
    # What an API key may open: (the scope a view declares, its name).
    api_scopes: Sequence[tuple[str, Label]] = ()
    # Who can use a scope that is not everybody's: dotted path of a function of a person, by scope.
    api_scope_holders: Mapping[str, str] = {}
    # Columns of tables that come with the product and are shown in the reader's language: (path, column).
    translated_columns: Sequence[tuple[str, str]] = ()
    # Names of choices in the OpenAPI schema: name → dotted path of the TextChoices.
    api_enums: Mapping[str, str] = {}


def house_apps() -> list[HouseConfig]:
    """Our apps in the order of INSTALLED_APPS."""
    return [config for config in apps.get_app_configs() if isinstance(config, HouseConfig)]


def source_folders() -> list[str]:
    """The folders at the root of the repository that hold our Python: `epeken` and every app beside it."""
    return list(dict.fromkeys(config.name.partition(".")[0] for config in house_apps()))


def notification_areas() -> list[tuple[str, Label]]:
    return [area for config in house_apps() for area in config.notification_areas]


@functools.cache
def unmutable_notices() -> frozenset[str]:
    return frozenset(kind for config in house_apps() for kind in config.unmutable_notices)


def texted_notices(day: date) -> set[str]:
    """Kinds of notices that can be muted and go out as a text on this day."""
    paid = {kind: path for config in house_apps() for kind, path in config.texted_notices.items()}
    return {kind for kind, path in paid.items() if import_string(path)(day)}


def notification_areas_of(person: Any) -> list[tuple[str, Label]]:
    """Those of which the person may hear."""
    hearers = {area: path for config in house_apps() for area, path in config.notification_hearers.items()}
    return [
        (area, label)
        for area, label in notification_areas()
        if area not in hearers or import_string(hearers[area])(person)
    ]


def notice_modules() -> list[str]:
    return [module for config in house_apps() for module in config.notice_modules]


def second_factor_paths() -> tuple[str, ...]:
    return tuple(path for config in house_apps() for path in config.second_factor_paths)


@functools.cache
def unlinked_paths() -> tuple[str, ...]:
    return tuple(path for config in house_apps() for path in config.unlinked_paths)


@functools.cache
def second_factor_duties() -> tuple[Callable[[Any, date], bool], ...]:
    return tuple(import_string(path) for config in house_apps() for path in config.second_factor_duties)


def beat_schedule() -> dict[str, dict[str, Any]]:
    return {name: dict(entry) for config in house_apps() for name, entry in config.beat_schedule.items()}


def public_pages() -> list[str]:
    return [name for config in house_apps() for name in config.public_pages]


def desk_of(path: str) -> tuple[str, str, str, Label] | None:
    """The desk the path stands under."""
    return next((desk for config in house_apps() for desk in config.desks if path.startswith(desk[0])), None)


def is_shared(path: str) -> bool:
    return any(path.startswith(start) for config in house_apps() for start in config.shared_paths)


def layout_of(person: Any) -> str:
    """In which layout somebody reads what belongs to no desk, as their inbox."""
    asked = (import_string(config.own_layout)(person) for config in house_apps() if config.own_layout)
    return next((layout for layout in asked if layout), "layouts/public.html")


def row_fact(name: str) -> Any:
    """The expression. Raises KeyError where no app knows it."""
    paths = {known: path for config in house_apps() for known, path in config.row_facts.items()}
    return import_string(paths[name])()


def required_papers(accounts: Iterable[str], day: date) -> dict[str, list[tuple[str, bool]]]:
    """By what the goods are for: each paper's name in the reader's language, and whether an event makes it."""
    (path,) = (config.required_papers for config in house_apps() if config.required_papers)
    found: dict[str, list[tuple[str, bool]]] = import_string(path)(accounts, day)
    return found


def api_scopes() -> list[tuple[str, Label]]:
    return [scope for config in house_apps() for scope in config.api_scopes]


def api_scopes_of(person: Any) -> list[tuple[str, Label]]:
    """Those that open something to the person."""
    holders = _api_scope_holders()
    return [
        (scope, label) for scope, label in api_scopes() if scope not in holders or import_string(holders[scope])(person)
    ]


def has_own_api_scope(person: Any) -> bool:
    """Whether one of them is not everybody's."""
    holders = _api_scope_holders()
    return any(scope in holders for scope, _label in api_scopes_of(person))


def _api_scope_holders() -> dict[str, str]:
    return {scope: path for config in house_apps() for scope, path in config.api_scope_holders.items()}


def translated_columns() -> list[tuple[str, str]]:
    return [column for config in house_apps() for column in config.translated_columns]


def api_enums() -> dict[str, str]:
    return {name: path for config in house_apps() for name, path in config.api_enums.items()}
