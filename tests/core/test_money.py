from decimal import Decimal
from random import Random

import pytest
from django.db import IntegrityError, connection, transaction

from epeken.core.money import RupiahField, check_rupiah, share, split


@pytest.mark.parametrize(
    ("amount", "rate", "expected"),
    [
        (1_000_000, Decimal("0.11"), 110_000),
        (5, Decimal("0.5"), 3),
        (-5, Decimal("0.5"), -3),
        (1, Decimal("0.4999"), 0),
        (27_500, Decimal("2.5"), 68_750),
        (999_999_999_999_999, Decimal(1), 999_999_999_999_999),
    ],
)
def test_share_rounds_half_up(amount: int, rate: Decimal, expected: int) -> None:
    assert share(amount, rate) == expected


@pytest.mark.parametrize("wrong", [1.0, True, "1", Decimal(1), None])
def test_only_int_is_money(wrong: object) -> None:
    with pytest.raises(TypeError):
        check_rupiah(wrong)
    with pytest.raises(TypeError):
        RupiahField().get_prep_value(wrong) if wrong is not None else check_rupiah(wrong)


def test_a_rate_is_a_decimal() -> None:
    with pytest.raises(TypeError):
        share(100, 0.11)  # type: ignore[arg-type]


def test_split_always_sums_and_is_fair() -> None:
    random = Random(7)
    for _ in range(500):
        total = random.randint(-1_000_000, 1_000_000)
        weights = [random.randint(0, 50) for _ in range(random.randint(1, 12))] + [1]
        parts = split(total, weights)
        assert sum(parts) == total
        exact = [Decimal(total) * w / sum(weights) for w in weights]
        assert all(abs(p - e) < 1 for p, e in zip(parts, exact, strict=True))


def test_split_gives_equal_remainders_to_the_earlier() -> None:
    assert split(10, [1, 1, 1]) == [4, 3, 3]
    assert split(-10, [1, 1, 1]) == [-4, -3, -3]


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [-1, 3]])
def test_split_needs_weight(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="Weights"):
        split(10, weights)


@pytest.mark.django_db
def test_the_database_refuses_negative_rupiah() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'c' AND conname LIKE '%price%check%'"
        )
        tables = {row[0] for row in cursor.fetchall()}
    assert "umkm_product" in tables
    from tests.factories.umkm import make_product, make_seller

    product = make_product(make_seller())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE umkm_product SET price = -1 WHERE id = %s", [product.pk])
