# ruff: noqa: E402
"""Writes the tables of an app anew as one migration, as its migrations up to now leave them, with all that it replaces.

`python bin/join_migrations.py umkm orders`, in the order in which they depend on each other. What `RunPython` and
`RunSQL` of the replaced files did for a new database is moved by hand (into the file of reference data), as are the
names in `dependencies` and `run_before` of what stays; then the schema of a database made each way is compared with
`pg_dump`. docs/operations.md says what an older database does.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epeken.settings")

import django

django.setup()

from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter

from epeken.core.create_tables import CreateTables


def main() -> None:
    loader = MigrationLoader(None)
    state = loader.project_state()
    renamed: dict[tuple[str, str], str] = {}
    for label in sys.argv[1:]:
        _join(loader, state, label, renamed)


def _join(loader: MigrationLoader, state: ProjectState, label: str, renamed: dict[tuple[str, str], str]) -> None:
    files = {name: one for (app, name), one in sorted(loader.disk_migrations.items()) if app == label}
    first = min(files)
    kept = [name for name in files if name.startswith("0002_")]  # reference data stays a file of its own
    gone = [name for name in files if name not in kept]
    name = f"0001_squashed_{gone[-1]}"
    replaced = list(files[first].replaces or []) + [(label, one) for one in gone]
    found = {key[1]: one for key, one in state.models.items() if key[0] == label}
    tables = [
        migrations.CreateModel(model.name, list(model.fields.items()), model.options, model.bases, model.managers)
        for model in _in_order(found, label)
    ]
    migration = type("Migration", (migrations.Migration,), {})(name, label)
    migration.replaces, migration.initial = replaced, True
    migration.dependencies = _dependencies(files, label, gone, renamed)
    migration.operations = [CreateTables(tables)]
    folder = Path(apps.get_app_config(label).path) / "migrations"
    text = MigrationWriter(migration, include_header=False).as_string()
    for one in gone:
        (folder / f"{one}.py").unlink()
    (folder / f"{name}.py").write_text(
        '"""Every table of this app, in the order of their foreign keys."""\n\n' + text, encoding="utf-8"
    )
    renamed |= {(label, one): name for one in gone}
    print(f"{folder / name}.py: {len(tables)} tables, {len(gone)} files replaced")


def _in_order(models: dict[str, ModelState], label: str) -> Iterator[ModelState]:
    """Each after those it points to, as far as they do not point to each other."""
    left, done = dict(models), set()
    while left:
        name = min(left, key=lambda key: len(_targets(left[key], label) - done - {key}))
        done.add(name)
        yield left.pop(name)


def _targets(model: ModelState, label: str) -> set[str]:
    related = (getattr(field.remote_field, "model", None) for field in model.fields.values())
    names = (to.lower().split(".") for to in related if isinstance(to, str) and "." in to)
    return {name for app, name in names if app == label}


def _dependencies(
    files: dict[str, Any], label: str, gone: list[str], renamed: dict[tuple[str, str], str]
) -> list[tuple[str, str]]:
    """The last of each other app that any of the replaced files asks for."""
    found: dict[str, tuple[str, str]] = {}
    for name in gone:
        for dependency in files[name].dependencies:
            app, wanted = dependency
            if app == label:
                continue
            wanted = renamed.get((app, wanted), wanted)
            if isinstance(dependency, SwappableTuple):
                found["settings"] = ("__setting__", "AUTH_USER_MODEL")  # the only model that is swapped
            elif app not in found or found[app][1] < wanted:
                found[app] = (app, wanted)
    return list(found.values())


if __name__ == "__main__":
    main()
