"""Every rule a single field is held to, read from the code: columns, what the database refuses, and forms."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.apps import apps
from django.core import validators
from django.db import models
from django.urls import get_resolver
from django.utils import translation

OURS = ("epeken", "umkm", "procurement", "orders")
MANY = 12  # choices beyond this are counted, not listed


def page() -> str:
    """One page of Markdown, its messages in the language the code is written in."""
    with translation.override("id"):
        return "\n".join(_lines()) + "\n"


def house_models() -> list[type[models.Model]]:
    found = [model for model in apps.get_models() if model.__module__.split(".")[0] in OURS]
    return sorted(found, key=lambda model: model._meta.label)


def house_forms() -> list[type[forms.BaseForm]]:
    """Every form class of ours that has fields; forms the admin makes on the fly are not among them."""

    def below(kind: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
        for one in kind.__subclasses__():
            yield one
            yield from below(one)

    _ = get_resolver().url_patterns  # reads every module with a view, and so every form
    found = {form for form in below(forms.BaseForm) if form.__module__.split(".")[0] in OURS}
    return sorted(
        (form for form in found if getattr(form, "base_fields", {})),
        key=lambda form: (form.__module__, form.__qualname__),
    )


def _lines() -> Iterator[str]:
    yield "# Rules of every field\n\nMade by `manage.py field_rules`; rules between fields: docs/decisions.md."
    yield "\n## Columns"
    for model in house_models():
        yield f"\n### {model._meta.label}\n\n| Column | Kind | Must be there | Rule |\n|---|---|---|---|"
        for column in model._meta.local_concrete_fields:
            must = "" if column.blank or column.has_default() else "yes"
            yield _row(column.name, type(column).__name__, must, _column_rules(column))
        for constraint in model._meta.constraints:
            told = str(constraint.violation_error_message)
            words = "" if told == str(constraint.default_violation_error_message) else f": {told}"
            yield f"\n`{constraint.name}`, {type(constraint).__name__}{words}"
    yield "\n## Forms"
    for form in house_forms():
        yield f"\n### {form.__module__}.{form.__qualname__}"
        yield "\n| Field | Kind | Must be there | Rule |\n|---|---|---|---|"
        for name, field in form.base_fields.items():  # type: ignore[attr-defined]
            yield _row(name, type(field).__name__, "yes" if field.required else "", _form_rules(field))


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.replace("|", "/").replace("\n", " ") for cell in cells) + " |"


def _column_rules(column: "models.Field[Any, Any]") -> str:
    found = []
    if column.max_length:
        found.append(f"at most {column.max_length} characters")
    if isinstance(column, models.DecimalField):
        found.append(f"{column.max_digits} digits, {column.decimal_places} after the comma")
    if column.unique:
        found.append("unique")
    if column.remote_field:
        found.append(f"of {column.remote_field.model._meta.label}")
    found += _listed(column.flatchoices)
    # A number the database gives has no rule of ours.
    bounds = [] if isinstance(column, models.AutoField) else _bounds(column.validators)
    return "; ".join(dict.fromkeys([*found, *bounds]))


def _form_rules(field: forms.Field) -> str:
    choices = getattr(field, "choices", None)
    fixed = [] if isinstance(field, forms.ModelChoiceField) or not choices else list(choices)
    return "; ".join([*_listed([pair for pair in fixed if pair[0] != ""]), *_bounds(field.validators)])


def _listed(pairs: Any) -> list[str]:
    values = [str(value) for value, _label in pairs]
    if not values:
        return []
    return ["one of " + ", ".join(values)] if len(values) <= MANY else [f"one of {len(values)}"]


def _bounds(rules: Any) -> list[str]:
    """The library's validators in words, ours by their name."""
    found = []
    for rule in rules:
        if isinstance(rule, validators.ProhibitNullCharactersValidator):
            continue
        limit = getattr(rule, "limit_value", None)
        value = limit() if callable(limit) else limit
        if isinstance(rule, validators.MinValueValidator):
            found.append(f"at least {value}")
        elif isinstance(rule, validators.MaxValueValidator):
            found.append(f"at most {value}")
        elif isinstance(rule, validators.MinLengthValidator):
            found.append(f"at least {value} characters")
        elif isinstance(rule, validators.MaxLengthValidator):
            found.append(f"at most {value} characters")
        elif isinstance(rule, validators.RegexValidator):
            found.append(f"matches `{rule.regex.pattern}`")  # type: ignore[union-attr]
        else:
            found.append(getattr(rule, "__name__", type(rule).__name__))
    return list(dict.fromkeys(found))
