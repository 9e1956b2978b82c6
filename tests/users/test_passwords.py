"""Passwords that are short, or of nothing but words of the city or of this site, are refused."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import get_default_password_validators, validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from epeken.users.models import User
from epeken.users.passwords import CityWordsValidator, LengthValidator, length_words, words
from tests.factories.places import WARD_NAME
from tests.factories.umkm import PASSWORD, make_user

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


LENGTH = "Paling sedikit 12 huruf atau angka."


@pytest.fixture
def twelve(settings: Any) -> None:
    rules = [one for one in settings.AUTH_PASSWORD_VALIDATORS if "LengthValidator" not in one["NAME"]]
    length = {"NAME": "epeken.users.passwords.LengthValidator", "OPTIONS": {"min_length": 12}}
    settings.AUTH_PASSWORD_VALIDATORS = [length, *rules]


@pytest.mark.django_db
@pytest.mark.usefixtures("twelve")
@pytest.mark.parametrize("name", ["account_signup", "account_change_password"])
def test_how_long_a_password_is_stands_once_on_its_page(client: Client, name: str) -> None:
    """Also after a refusal, which says that it is too short and not once more how long it has to be."""
    body = {"name": "Warga", "email": "baru@contoh.invalid", "oldpassword": PASSWORD, "password1": "kjsdf"}
    if name == "account_change_password":
        client.force_login(make_user())
    empty = client.get(reverse(name)).text
    refused = client.post(reverse(name), {**body, "password2": "kjsdf"}).text
    for text in (empty, refused):
        assert text.count(LENGTH) == 1
        assert len(re.findall(r"\b\d+ (?:huruf|karakter)", text)) == 1
    assert "Kata sandi ini terlalu pendek." in refused and "terlalu pendek" not in empty


def test_the_words_of_the_length_follow_the_rule() -> None:
    least = next(one for one in get_default_password_validators() if isinstance(one, LengthValidator)).min_length
    assert str(least) in length_words()
    with pytest.raises(ValidationError) as refused:
        validate_password("a" + "z" * (least - 2))
    assert "password_too_short" in [error.code for error in refused.value.error_list]
    validate_password("qv7" + "hujan pagi di sawah"[: least - 3])
