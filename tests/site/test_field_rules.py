"""One page names every rule of every field: no column, constraint or form field of ours is missing from it."""

import pytest
from django.core.management import call_command

from epeken.site.field_rules import house_forms, house_models, page


@pytest.fixture(scope="module")
def sections() -> dict[str, str]:
    """Heading → what stands below it."""
    return {part.partition("\n")[0]: part for part in page().split("\n### ")[1:]}


def test_every_column_and_constraint_is_named(sections: dict[str, str]) -> None:
    models = house_models()
    assert len(models) > 60
    for model in models:
        told = sections[model._meta.label]
        for column in model._meta.local_concrete_fields:
            assert f"\n| {column.name} | {type(column).__name__} | " in told
        for constraint in model._meta.constraints:
            assert f"\n`{constraint.name}`, {type(constraint).__name__}" in told


def test_every_form_field_is_named(sections: dict[str, str]) -> None:
    forms = house_forms()
    assert len(forms) > 50
    for form in forms:
        told = sections[f"{form.__module__}.{form.__qualname__}"]
        for name, field in form.base_fields.items():  # type: ignore[attr-defined]
            assert f"\n| {name} | {type(field).__name__} | {'yes' if field.required else ''} | " in told


def test_rules_are_told_in_words(sections: dict[str, str]) -> None:
    user = sections["users.User"]
    assert "| name | CharField | yes | at most 120 characters |" in user
    assert "| language | CharField |  | at most 7 characters; one of id, en |" in user
    assert "| kelurahan | ForeignKey |  | of core.Kelurahan |" in user
    assert "| id | BigAutoField |  | unique |" in user
    assert "\n| name | LineField | yes | at most 120 characters |" in sections["epeken.users.forms.SignUpForm"]


def test_the_command_prints_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("field_rules")
    assert capsys.readouterr().out == page()
