"""Encrypted columns: unreadable in the database, searchable by keyed hash, movable to a new key."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.db import InternalError, connection, transaction

from epeken.core.key_rotation import encrypted_columns
from epeken.core.secret import blind_index, masked
from orders.orders.models import OrderSeller
from tests.factories import orders as make_orders
from tests.factories.umkm import make_seller, make_user
from tests.factories.users import enrol
from umkm.sellers.models import Seller

pytestmark = pytest.mark.django_db

NIK = "1234011708790001"


def stored(seller: Seller) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nik FROM umkm_seller WHERE id = %s", [seller.pk])
        (value,) = cursor.fetchone()
    return str(value)


def seller_with_nik() -> Seller:
    seller = make_seller()
    Seller.objects.filter(pk=seller.pk).update(nik=NIK)
    return seller


def test_the_database_never_sees_the_number() -> None:
    seller = seller_with_nik()
    assert NIK not in stored(seller)
    assert Seller.objects.get(pk=seller.pk).nik == NIK


def test_nothing_stays_nothing() -> None:
    seller = make_seller()
    Seller.objects.filter(pk=seller.pk).update(nik="")
    assert stored(seller) == ""


def test_equal_numbers_have_equal_indexes_that_say_nothing(settings: Any) -> None:
    one = blind_index(NIK)
    assert one == blind_index(NIK) != blind_index("1234011708790002")
    assert NIK not in one
    settings.INDEX_KEY = "another key"
    assert blind_index(NIK) != one
    assert blind_index("") == ""


@pytest.mark.parametrize(("value", "shown"), [(NIK, "••••••••••••0001"), ("", ""), ("12", "12")])
def test_masked(value: str, shown: str) -> None:
    assert masked(value) == shown


def test_the_identity_columns_are_among_the_encrypted() -> None:
    found = {f"{model._meta.label}.{field.name}" for model, field in encrypted_columns()}
    assert {"umkm.Seller.nik", "umkm.Seller.npwp", "umkm.Seller.bank_account"} <= found


def test_rotation_lets_the_old_key_go(settings: Any) -> None:
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    sellers = [seller_with_nik() for _ in range(3)]
    holder = enrol(make_user())
    settings.FIELD_KEYS = [new, old]
    assert Seller.objects.get(pk=sellers[0].pk).nik == NIK
    before = stored(sellers[0])
    call_command("rotate_field_keys", verbosity=0)
    after = stored(sellers[0])
    assert after != before
    call_command("rotate_field_keys", verbosity=0)
    assert stored(sellers[0]) == after, "a second run changes nothing"

    settings.FIELD_KEYS = [new]
    assert {s.nik for s in Seller.objects.filter(pk__in=[s.pk for s in sellers])} == {NIK}
    from allauth.mfa.adapter import get_adapter

    assert get_adapter().decrypt(Authenticator.objects.get(user=holder).data["secret"])
    settings.FIELD_KEYS = [old]
    with pytest.raises(InvalidToken):
        Seller.objects.get(pk=sellers[0].pk)


def test_rotation_goes_through_every_batch(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from epeken.core import key_rotation

    monkeypatch.setattr(key_rotation, "BATCH", 2)
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    sellers = [seller_with_nik() for _ in range(5)]
    settings.FIELD_KEYS = [new, old]
    assert key_rotation.rotate_column(Seller, Seller._meta.get_field("nik")) >= 5
    settings.FIELD_KEYS = [new]
    assert set(Seller.objects.filter(pk__in=[s.pk for s in sellers]).values_list("nik", flat=True)) == {NIK}


def test_rotation_reaches_rows_that_are_written_once(settings: Any) -> None:
    """What an order states about its seller is re-encrypted, says the same, and is closed again afterwards."""
    office = make_orders.make_office()
    seller = make_seller(npwp="012345678901234")
    order = make_orders.make_issued(office, make_orders.make.make_product(seller, price=100_000))
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_field_keys", verbosity=0)
    settings.FIELD_KEYS = [new]
    assert OrderSeller.objects.get(order=order).npwp == "012345678901234"
    with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
        OrderSeller.objects.filter(order=order).update(npwp="")


def test_rotation_without_the_old_key_says_so_and_changes_nothing(settings: Any) -> None:
    seller = seller_with_nik()
    before = stored(seller)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(CommandError, match="none of FIELD_KEYS"):
        call_command("rotate_field_keys", verbosity=0)
    assert stored(seller) == before
