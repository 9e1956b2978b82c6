"""A test is as it would be alone, whatever the test before it took as its first steps."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection

from epeken.core.models import Rule
from tests.factories import umkm as make
from tests.kept_steps import Steps
from umkm.catalogue.models import Category

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps() -> Iterator[Steps]:
    """Apart from those of the suite."""
    steps = Steps()
    yield steps
    steps.end()


def named(name: str) -> Any:
    """A category, as a step."""
    taken.append(name)
    return make.make_category(name=name)


def renamed(category: Category, name: str) -> Category:
    """The step changes its argument and returns it."""
    taken.append(name)
    category.name = name
    category.save(update_fields=["name"])
    return category


taken: list[str] = []


def counted() -> int:
    return Category.objects.filter(name__startswith="Uji").count()


def test_the_same_first_steps_are_taken_once(steps: Steps) -> None:
    taken.clear()
    found = []
    for _test in range(3):
        with steps.of_test(may_keep=True):
            one = steps.take(named, ("Uji satu",), {})
            same = steps.take(renamed, (one, "Uji dua"), {})
            assert (same is one, one.name) == (True, "Uji dua"), "the argument is as the step leaves it"
            assert Category.objects.get(pk=one.pk).name == "Uji dua"
            found.append(one)
            Category.objects.filter(pk=one.pk).update(name="Uji tiga")
    assert taken == ["Uji satu", "Uji dua"]
    assert len({id(one) for one in found}) == 3 and len({one.pk for one in found}) == 1


def test_what_a_test_writes_itself_ends_with_it(steps: Steps) -> None:
    taken.clear()
    for _test in range(2):
        with steps.of_test(may_keep=True):
            one = steps.take(named, ("Uji satu",), {})
            assert counted() == 1
            renamed(one, "Uji dua")
            make.make_category(name="Uji tiga")
            assert counted() == 2
    assert taken == ["Uji satu", "Uji dua", "Uji dua"]


def test_steps_that_only_the_test_before_took_are_not_seen(steps: Steps) -> None:
    with steps.of_test(may_keep=True):
        steps.take(named, ("Uji satu",), {})
        steps.take(named, ("Uji dua",), {})
    with steps.of_test(may_keep=True):
        assert counted() == 0, "it took none"
    with steps.of_test(may_keep=True):
        steps.take(named, ("Uji satu",), {})
        steps.take(named, ("Uji lain",), {})
        names = Category.objects.filter(name__startswith="Uji").values_list("name", flat=True)
        assert set(names) == {"Uji satu", "Uji lain"}
    with steps.of_test(may_keep=False):
        assert counted() == 0, "it replaces what steps may depend on"


def test_an_argument_that_was_changed_is_another(steps: Steps) -> None:
    taken.clear()
    for price in (1, 1, 2):
        with steps.of_test(may_keep=True):
            one = steps.take(named, ("Uji satu",), {})
            one.position = price
            steps.take(renamed, (one, "Uji dua"), {})
    assert taken == ["Uji satu", "Uji dua", "Uji dua"]


def test_a_step_that_fails_leaves_nothing(steps: Steps) -> None:
    def fails() -> None:
        make.make_category(name="Uji gagal")
        raise ObjectDoesNotExist

    for _test in range(2):
        with steps.of_test(may_keep=True):
            steps.take(named, ("Uji satu",), {})
            with pytest.raises(ObjectDoesNotExist):
                steps.take(fails, (), {})
            assert counted() == 2, "what it wrote before, as without this"
    with steps.of_test(may_keep=True):
        steps.take(named, ("Uji satu",), {})
        assert counted() == 1


def test_a_test_may_break_its_transaction(steps: Steps) -> None:
    for _test in range(2):
        with steps.of_test(may_keep=True):
            one = steps.take(named, ("Uji satu",), {})
            with pytest.raises(IntegrityError), connection.cursor() as cursor:
                cursor.execute("INSERT INTO core_rule (id) VALUES (%s)", [Rule.objects.latest("pk").pk])
            connection.needs_rollback = True
    with steps.of_test(may_keep=True):
        assert steps.take(named, ("Uji satu",), {}).pk == one.pk
        assert counted() == 1


def test_what_the_database_checks_at_a_commit_is_checked(steps: Steps) -> None:
    with pytest.raises(IntegrityError), steps.of_test(may_keep=True):
        category = steps.take(named, ("Uji satu",), {})
        make.make_product(category=category)
        Category.objects.filter(pk=category.pk)._raw_delete(using="default")
    with steps.of_test(may_keep=True):
        steps.take(named, ("Uji satu",), {})
        assert counted() == 1
