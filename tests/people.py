"""Fixtures by role. Each is a person who may do one thing, so that a test says who acts."""

from typing import Any

import pytest

from tests.factories import umkm as make


@pytest.fixture
def citizen(db: None) -> Any:
    """Signed up, belongs to nothing."""
    return make.make_user(name="Warga Contoh")


@pytest.fixture
def stranger(db: None) -> Any:
    """Somebody else, with no link to what the test is about."""
    return make.make_user(name="Orang Lain")


@pytest.fixture
def seller_user(db: None) -> Any:
    """Owner of an active shop: `seller_user.shop_memberships.get().seller`."""
    user = make.make_user(name="Lirih Semanggi")
    make.make_seller(member=user)
    return user


@pytest.fixture
def shop(seller_user: Any) -> Any:
    """The active shop of `seller_user`."""
    return seller_user.shop_memberships.get().seller


@pytest.fixture
def colleague(shop: Any) -> Any:
    """Helps in the shop of `seller_user`."""
    user = make.make_user(name="Rekan Toko")
    make.make_member(shop, user, role="staff")
    return user


@pytest.fixture
def verifier(db: None) -> Any:
    return make.make_staff("umkm.verify_seller", name="Verifikator Contoh")


@pytest.fixture
def other_verifier(db: None) -> Any:
    return make.make_staff("umkm.verify_seller", name="Verifikator Kedua")


@pytest.fixture
def warden(db: None) -> Any:
    """May freeze and restore shops."""
    return make.make_staff("umkm.verify_seller", "umkm.freeze_seller", name="Pembina Contoh")


@pytest.fixture
def curator(db: None) -> Any:
    return make.make_staff("umkm.curate_product", name="Kurator Contoh")


@pytest.fixture
def admin_user(db: None) -> Any:
    return make.make_staff(name="Pengelola Contoh", is_superuser=True)
