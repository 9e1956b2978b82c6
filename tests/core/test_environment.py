"""Secrets from variables and from files, passwords beside their addresses, and the age of keys."""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from epeken.core import clock, environment
from tests import production
from tests.factories.umkm import PASSWORD, make_user

ODD = "a/b@c:d%e #?&\u00e9'"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "secret"


def test_a_secret_is_a_variable_or_the_text_of_a_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setenv("X_KEY", "shown")
    assert environment.secret("X_KEY") == "shown"
    monkeypatch.delenv("X_KEY")
    assert environment.secret("X_KEY", "standard") == "standard"
    file.write_text("hidden\n")
    monkeypatch.setenv("X_KEY_FILE", str(file))
    assert environment.secret("X_KEY", "standard") == "hidden"


@pytest.mark.parametrize(
    ("text", "says"), [(None, "cannot be read"), ("\n", "is empty"), (b"\xff\xfe", "cannot be read")]
)
def test_a_file_without_a_secret_is_named(monkeypatch: pytest.MonkeyPatch, file: Path, text: Any, says: str) -> None:
    if text is not None:
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    monkeypatch.setenv("X_KEY_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match=f"X_KEY_FILE.*{says}"):
        environment.secret("X_KEY")


def test_two_sources_of_one_secret_are_refused(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    """Which of them counts would be a guess, and the other a forgotten key."""
    monkeypatch.setenv("X_KEY", "one")
    monkeypatch.setenv("X_KEY_FILE", str(file))
    with pytest.raises(ImproperlyConfigured, match="both set"):
        environment.secret("X_KEY")


@pytest.mark.parametrize("who", ["epeken@", "epeken:@"])
def test_a_password_beside_its_address_may_hold_any_character(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setenv("X_URL", f"postgres://{who}db:5432/epeken?sslmode=verify-full")
    monkeypatch.setenv("X_PASSWORD", ODD)
    read = environ.Env.db_url_config(environment.url("X_URL"))
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["NAME"]) == ("epeken", ODD, "db", "epeken")
    assert read["OPTIONS"] == {"sslmode": "verify-full"}


def test_an_address_without_an_account_takes_a_password_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X_URL", "redis://@queue:6379/0")
    monkeypatch.setenv("X_PASSWORD", "a/b")
    assert environment.url("X_URL") == "redis://:a%2Fb@queue:6379/0"
    monkeypatch.setenv("X_URL", "redis://:other@queue:6379/0")
    with pytest.raises(ImproperlyConfigured, match="a password of its own"):
        environment.url("X_URL")


def test_production_reads_its_secrets_from_files(tmp_path: Path) -> None:
    """The whole of the settings, in a process of their own, with not one secret in its environment."""
    given = {**production.SECRETS, "SECRET_KEY_FALLBACKS": "old,older", "DATABASE_PASSWORD": ODD, "REDIS_PASSWORD": ODD}
    files = {}
    for name, value in given.items():
        (tmp_path / name).write_text(f"{value}\n")
        files[f"{name}_FILE"] = str(tmp_path / name)
    words = (
        "from django.conf import settings as s; print(s.SECRET_KEY, s.SECRET_KEY_FALLBACKS, s.FIELD_KEYS, s.INDEX_KEY,"
        " s.EMAIL_HOST_PASSWORD, ascii(s.DATABASES['default']['PASSWORD']), s.REDIS_URL)"
    )
    places = {"DATABASE_URL": "postgres://epeken@db/epeken", "REDIS_URL": "rediss://@queue/0", "PYTHONUTF8": "1"}
    ran = production.run(["-c", words], **dict.fromkeys(production.SECRETS, ""), **files, **places)
    assert ran.stdout.split(" ", 1) == [
        production.SECRETS["SECRET_KEY"],
        f"['old', 'older'] ['{production.SECRETS['FIELD_KEYS']}'] an-example password {ODD!a}"
        " rediss://:a%2Fb%40c%3Ad%25e%20%23%3F%26%C3%A9%27@queue/0\n",
    ], ran.stderr


@pytest.mark.parametrize(("name", "days"), [("SECRET_KEY", 365), ("FIELD_KEYS", 730), ("REDIS_PASSWORD", 365)])
def test_a_key_used_past_its_lifetime_is_told(
    monkeypatch: pytest.MonkeyPatch, file: Path, name: str, days: int
) -> None:
    def told() -> list[str]:
        return [str(one.msg) for one in run_checks(tags=["keys"], include_deployment_checks=True)]

    assert told() == []
    file.write_text("x")
    monkeypatch.setenv(f"{name}_FILE", str(file))
    for age, count in [(timedelta(days=days, hours=-1), 0), (timedelta(days=days, hours=1), 1)]:
        made = (clock.now() - age).timestamp()
        os.utime(file, (made, made))
        assert len(told()) == count
    assert f"{name} has been in use for {days} days" in told()[0]


BOTH = {"DATABASE_URL", "REDIS_URL"}
CA = "sslmode=verify-full&sslrootcert=/ca.pem"


@pytest.mark.parametrize(
    ("database", "queue", "told"),
    [
        ("postgres://e:p@postgres/e", "redis://:p@redis/0", set()),
        ("postgres://e:p@127.0.0.1/e", "redis://:p@[::1]/0", set()),
        (f"postgres://e:p@db.city.example/e?{CA}", "rediss://:p@q.city.example/0?ssl_cert_reqs=required", set()),
        ("postgres://e:p@db.city.example/e?sslmode=require", "rediss://:p@10.0.0.3/0", BOTH),
        (
            "postgres://e:p@10.0.0.2/e",
            "redis://:p@q.city.example/0?ssl_cert_reqs=required",
            {"DATABASE_URL", "REDIS_URL"},
        ),
        (
            "postgres://e:p@[fd00::2]/e",
            "rediss://:p@q.city.example/0?ssl_cert_reqs=none",
            {"DATABASE_URL", "REDIS_URL"},
        ),
    ],
)
def test_a_plain_way_to_another_machine_is_told(database: str, queue: str, told: set[str]) -> None:
    ran = production.run(production.SECURITY, DATABASE_URL=database, REDIS_URL=queue)
    found = {name for name in ("DATABASE_URL", "REDIS_URL") if f"{name} names another machine" in ran.stderr}
    assert (found, ran.returncode) == (told, 1 if told else 0), ran.stderr


@pytest.mark.django_db
def test_a_new_secret_key_signs_nobody_out_until_the_old_one_goes(client: Client, settings: Any) -> None:
    settings.SECRET_KEY = "k" * 50
    client.post(reverse("account_login"), {"login": make_user().email, "password": PASSWORD})
    profile = reverse("users:profile")
    assert client.get(profile).status_code == 200
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 50, ["k" * 50]
    assert client.get(profile).status_code == 200
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "z" * 50, []
    assert stranger.get(profile).status_code == 302
