"""A telephone number: as people write it, as it is stored, as it is shown."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from epeken.core.errors import RuleBroken
from epeken.core.phones import phone_words, read_phone, whatsapp_url
from epeken.core.web.forms import PhoneFormField
from epeken.users.models import User
from orders.carts.forms import CheckoutForm
from orders.orders.models import Order
from umkm.sellers.forms import OwnerForm
from umkm.sellers.models import Seller

WRITTEN = [
    ("0812-3456-7890", "+6281234567890"),
    ("0812 3456 7890", "+6281234567890"),
    ("+62 812-3456-7890", "+6281234567890"),
    (" 081234567890 ", "+6281234567890"),
    ("0812.3456.7890", "+6281234567890"),
    ("031-5678901", "+62315678901"),
    ("0812–3456–7890", "+6281234567890"),  # en dashes, as a word processor makes them
    ("8123456789", "+628123456789"),
    ("6281234567890", "+6281234567890"),
    ("+62 (812) 3456.7890", "+6281234567890"),
    ("0812\u00a03456\u00a07890", "+6281234567890"),
    ("+65 6123 4567", "+6561234567"),
]
REFUSED = [
    "0812", "halo", "+0812345678", "0812345678901234567", "08١٢34567890", "0812-FLOWERS", "081234567890 ext 5",
    "telp 081234567890", "tel:+6281234567890", "081234567890, 081234567891", "110", "+", "-",
    "+65 1234 5678", "0210000",
]  # fmt: skip


@pytest.mark.parametrize(("text", "stored"), WRITTEN)
def test_a_number_is_stored_in_one_form(text: str, stored: str) -> None:
    assert read_phone(text) == stored
    assert PhoneFormField().clean(text) == stored
    assert read_phone(stored) == stored


@pytest.mark.parametrize("text", ["", "   ", *REFUSED])
def test_what_no_telephone_has_is_refused(text: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        read_phone(text, field="recipient_phone")
    assert (refused.value.field, refused.value.code) == ("recipient_phone", "phone_invalid")


@pytest.mark.parametrize("text", REFUSED)
def test_the_form_says_why(text: str) -> None:
    with pytest.raises(ValidationError, match=r"Tulis seperti 0812 3456 7890|paling banyak 24"):
        PhoneFormField().clean(text)


def test_an_optional_number_stays_empty() -> None:
    assert PhoneFormField(required=False).clean("  ") == ""


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+6281234567890", "0812-3456-7890"), ("+62315678901", "(031) 5678901"), ("+6561234567", "+65 6123 4567"),
     ("", ""), ("rusak", "rusak")],
)  # fmt: skip
def test_a_reader_sees_the_number_as_it_is_dialled(stored: str, shown: str) -> None:
    assert phone_words(stored) == shown


def test_what_a_page_shows_can_be_typed_again() -> None:
    for _text, stored in WRITTEN:
        assert read_phone(phone_words(stored)) == stored


@pytest.mark.parametrize("field", [User._meta.get_field("phone"), Seller._meta.get_field("phone"),
                                   Order._meta.get_field("recipient_phone")], ids=str)  # fmt: skip
def test_every_column_takes_one_form_only(field: models.Field[str, str]) -> None:
    assert field.clean("+6281234567890", None) == "+6281234567890"
    for wrong in ("081234567890", "+62 81234567890", "+6212", "halo"):
        with pytest.raises(ValidationError):
            field.clean(wrong, None)
    assert isinstance(field.formfield(), PhoneFormField)


def test_every_form_reads_with_the_same_field() -> None:
    assert isinstance(OwnerForm.base_fields["phone"], PhoneFormField)
    assert isinstance(CheckoutForm.base_fields["recipient_phone"], PhoneFormField)


def test_a_chat_link_is_for_mobiles_only() -> None:
    link = whatsapp_url("+6281234567890", "Halo & salam, pesanan PS-1?")
    assert link == "https://wa.me/6281234567890?text=Halo%20%26%20salam%2C%20pesanan%20PS-1%3F"
    assert [whatsapp_url(stored, "x") for stored in ("+62315678901", "", "rusak")] == ["", "", ""]
