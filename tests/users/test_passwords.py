"""Passwords made of nothing but words of the city or of this site are refused."""

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from epeken.users.models import User
from epeken.users.passwords import CityWordsValidator, words
from tests.factories.places import WARD_NAME

CITY = settings.CITY.name.lower()
LOOKALIKE = CITY.translate(str.maketrans("aeio", "4310")).replace(" ", "_")


@pytest.mark.parametrize(
    "password",
    [
        f"{CITY}2026", f"{CITY.upper()}!!", f"{LOOKALIKE}1345", f"2026-{CITY}-abc", f"epeken {CITY}", "e-Peken-12345",
        f"{WARD_NAME}99", "KataSandi123", "p@$$w0rd-k0ta", f"pasar{CITY}admin", "bendahara01",
    ],
)  # fmt: skip
def test_words_of_the_city_alone_are_refused(password: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CityWordsValidator().validate(password)
    assert refused.value.code == "password_of_the_city"


@pytest.mark.parametrize(
    "password",
    [f"{CITY} hujan", "semanggi-pagi-hari", "sandi baru panjang", "9182736450", f"{CITY} \u017eluva", "kotak-merah"],
)
def test_a_password_with_other_words_is_taken(password: str) -> None:
    CityWordsValidator().validate(password)


def test_the_list_follows_the_city() -> None:
    assert {CITY.replace(" ", ""), "epeken", "bendahara"} <= set(words())
    assert len(words()) > 40


@pytest.mark.django_db
def test_sign_up_says_so_at_the_field(client: Client) -> None:
    with pytest.raises(ValidationError):
        validate_password(f"{CITY}2026")
    body = {"name": "Warga Baru", "email": "baru@contoh.invalid", "phone": "", "password1": f"{CITY}-2026"}
    answer = client.post(reverse("account_signup"), body)
    assert "mudah ditebak" in answer.content.decode()
    assert not User.objects.exists()
