from typing import Any

import pytest

from procurement.disclosures import senders
from tests.factories import disclosures as make


@pytest.fixture(autouse=True)
def _nobody_sent_yet() -> None:
    senders.forget()


@pytest.fixture
def inspector(db: None) -> Any:
    return make.make_inspector(name="Inspektur Uji")


@pytest.fixture
def pair() -> make.KeyPair:
    return make.make_pair()


@pytest.fixture
def key(db: None, pair: make.KeyPair, inspector: Any) -> Any:
    """In force today; the inspector confirmed it."""
    return make.make_key(pair, confirmer=inspector)
