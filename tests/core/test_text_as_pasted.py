"""Text as people paste it: what cannot be seen, stored or printed never comes in, by no way in."""

import io
import json
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from epeken.core import exports
from epeken.core.text import clean_line, clean_text
from epeken.core.web.forms import LineField
from epeken.users.models import User
from tests.factories.umkm import make_user
from tests.forms import every_field
from tests.html_forms import shown_on

PASTED = [
    ("Rapat kerja\vbidang", "Rapat kerja bidang"),
    ("Asih\nBcc: x@y.test", "Asih Bcc: x@y.test"),
    ("\u202egnp.exe", "gnp.exe"),
    ("Jl. Kapten \u202egnaduR 12 \u2013 RT 03/RW 04", "Jl. Kapten gnaduR 12 \u2013 RT 03/RW 04"),
    ("Toko\u00a0Ibu\u202fSari", "Toko Ibu Sari"),
    ("nasi\u200b goreng\ufeff", "nasi goreng"),
    ("ka\u00adbel", "kabel"),
    ("Jum\u2019at \u201cberkah\u201d", "Jum'at \"berkah\""),
    ("Cafe\u0301", "Caf\u00e9"),
    ("a\ufffeb\U0001ffffc\ufdd0", "abc"),
    ("a\x07b\x1bc\x7f\x9f", "abc"),
    ("\uf0b7 satu", "\u2022 satu"),
    ("\U0001f469\u200d\U0001f373 masak", "\U0001f469\u200d\U0001f373 masak"),  # a cook is two signs and a joiner
    ("a\u200db", "ab"),
    ("  dua   kata ", "dua kata"),
    ("\ua9b2\ua9c0\u200d", "\ua9b2\ua9c0"),
]  # fmt: skip
BLANK = ["\u200b\u200b", "\u3164", "\u2800", "\u00ad", "\u034f", "\ufe0f", "\u2028", " \u00a0\u3000", "\ue000"]


# Codes, which must match, and a name we do not ask for.
FROM_LIBRARY = {"LoginForm.login", "AuthenticateForm.code", "ReauthenticateCodeForm.code", "ActivateTOTPForm.code",
                "SignUpForm.username", "DisclosureForm.code", "CarriedForm.code", "FollowForm.code",
                "PublicKeyForm.public", "SealedAnswerForm.sealed",
                "ConfirmCodeForm.code", "VerifyPhoneForm.code"}  # fmt: skip


@pytest.mark.parametrize(("pasted", "kept"), PASTED)
def test_one_line_keeps_what_can_be_seen(pasted: str, kept: str) -> None:
    assert clean_line(pasted) == LineField().clean(pasted) == kept


@pytest.mark.parametrize("pasted", BLANK)
def test_what_shows_nothing_is_empty(pasted: str) -> None:
    assert clean_line(pasted) == clean_text(pasted) == ""
    with pytest.raises(forms.ValidationError):
        LineField().clean(pasted)


def test_lines_of_a_longer_text_stay() -> None:
    assert clean_text("satu\r\ndua\vtiga\u2028empat\tlima") == "satu\ndua\ntiga\nempat\tlima"


@given(st.text())
def test_clean_text_is_clean(text: str) -> None:
    for made in (clean_text(text), clean_line(text)):
        assert clean_text(made) == made
        assert unicodedata.is_normalized("NFC", made)
        made.encode("utf-8")
        assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Co"} and sign not in "\n\t" for sign in made)
    assert clean_line(clean_line(text)) == clean_line(text)


@pytest.mark.django_db
def test_every_one_line_field_is_one_line() -> None:
    lines = [
        (name, field)
        for name, field in every_field()
        if type(field) is forms.CharField and not isinstance(field.widget, forms.Textarea | forms.PasswordInput)
    ]
    assert {name for name, _field in lines} <= FROM_LIBRARY


@pytest.fixture
def person(db: None) -> User:
    return make_user(name="Semula")


@pytest.mark.parametrize(("pasted", "kept"), [*PASTED, *[(text, "Semula") for text in BLANK]])
def test_a_name_is_stored_as_it_is_seen(client: Client, person: User, pasted: str, kept: str) -> None:
    client.force_login(person)
    answer = client.post(
        reverse("users:profile"), {"name": pasted, "phone": "", "shown": shown_on(client, reverse("users:profile"))}
    )
    assert answer.status_code == (422 if kept == "Semula" else 302)
    person.refresh_from_db()
    assert person.name == kept


def test_text_of_a_machine_is_cleaned_too(rf: Any) -> None:
    from rest_framework.request import Request
    from rest_framework.settings import api_settings

    body = json.dumps({"note": "habis\v\u202e\ud800", "deep": [{"a\u200b": "\u200b"}], "n": 1})
    parsers = [kind() for kind in api_settings.DEFAULT_PARSER_CLASSES]
    request = Request(rf.post("/", body, content_type="application/json"), parsers=parsers)
    assert request.data == {"note": "habis\n", "deep": [{"a": ""}], "n": 1}


def test_a_password_is_taken_as_it_is_typed(client: Client, db: None) -> None:
    person = make_user(name="Kata Sandi")
    person.set_password("rahasia\u00a0\u2019panjang")
    person.save()
    client.post(reverse("account_login"), {"login": person.email, "password": "rahasia\u00a0\u2019panjang"})
    assert "_auth_user_id" in client.session


def test_a_search_finds_what_was_pasted(client: Client, db: None) -> None:
    page = client.get(reverse("umkm:search"), {"q": "nasi\u00a0\u200bgoreng\v"})
    assert 'value="nasi goreng"' in page.content.decode()


def test_a_sheet_holds_no_sign_a_sheet_refuses() -> None:
    """Rows written before, or by another way, must not close the list for ever."""
    answer = exports.as_xlsx("daftar", ["judul"], [["Rapat\vkerja\ufffe"], ["=1+1"], ["\u200b=1+1"], ["\uff1d1"]])
    cells = [row[0].value for row in load_workbook(io.BytesIO(answer.content)).active]
    assert cells == ["judul", "Rapat\nkerja", "'=1+1", "'=1+1", "'\uff1d1"]


def test_a_list_for_indonesian_excel_is_separated_by_semicolons() -> None:
    answer = exports.as_csv("daftar", ["nama", "jumlah"], [["Beras, pulen; baru", 1000], ["Baris\vdua", None]])
    assert answer.content == '\ufeffnama;jumlah\r\n"Beras, pulen; baru";1000\r\n"Baris\ndua";\r\n'.encode()


def test_a_sheet_writes_each_cell_as_what_it_is() -> None:
    row = [1_915_000, exports.Number(2026), Decimal("0.05"), exports.Percents("0.5"), date(2026, 11, 23), None]
    cells = load_workbook(io.BytesIO(exports.as_xlsx("daftar", ["a"] * 6, [row]).content)).active[2]
    assert [cell.number_format for cell in cells[:5]] == ["#,##0", "General", "0.0%", "General", "yyyy-mm-dd"]
    assert [cell.value for cell in cells[:4]] == [1_915_000, 2026, 0.05, 0.5]
    assert isinstance(cells[0].value, int) and isinstance(cells[3].value, float)
