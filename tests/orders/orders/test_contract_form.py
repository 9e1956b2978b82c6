"""The form of contract follows the value at its bounds, unless the market's purchases are e-purchasing."""

from datetime import date

import pytest

from orders.orders.contract_form import ContractForm, contract_of
from tests.factories.rules import end_rule

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 7)


def test_e_purchasing_has_a_surat_pesanan_at_any_value() -> None:
    for total in (1, 10_000_001, 900_000_000):
        found = contract_of(total, DAY)
        assert found.form == ContractForm.PURCHASE_ORDER
        assert (
            found.words == "Bentuk kontrak: surat pesanan (e-purchasing), menurut Perpres 16/2018 pasal 28 jo. 12/2021."
        )


@pytest.mark.parametrize(
    ("total", "form"),
    [
        (10_000_000, "receipt"), (10_000_001, "kuitansi"), (50_000_000, "kuitansi"), (50_000_001, "work_order"),
        (200_000_000, "work_order"), (200_000_001, "agreement"),
    ],
)  # fmt: skip
def test_without_it_the_value_decides(total: int, form: str) -> None:
    end_rule("contract.bought_by", DAY, text="langsung")
    found = contract_of(total, DAY)
    assert found.form == form and "pasal 28 ayat" in found.source
