"""docker-compose.yml and its files: what must hold before anybody starts them."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
SECRETS = {"SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "POSTGRES_PASSWORD", "POSTGRES_ADMIN_PASSWORD", "REDIS_PASSWORD"}


@pytest.fixture
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


def test_no_secret_has_a_default() -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    asked = re.findall(r"\$\{(\w+)(.?.?)", text)
    assert {name for name, _ in asked} >= SECRETS
    assert [name for name, how in asked if name in SECRETS and how != ":?"] == []


def test_only_nginx_is_published_and_only_to_this_machine(compose: dict[str, Any]) -> None:
    published = {name: service["ports"] for name, service in compose["services"].items() if "ports" in service}
    assert published == {"nginx": ["${PUBLISH:-127.0.0.1:8080}:8080"]}


def test_nginx_reaches_neither_database_nor_queue_nor_private_files(compose: dict[str, Any]) -> None:
    services = compose["services"]
    nginx = services["nginx"]
    assert nginx["networks"] == ["front"]
    assert {name for name, service in services.items() if "front" in service["networks"]} == {"nginx", "web"}
    assert not any("private" in volume for volume in nginx["volumes"])
    configured = (ROOT / "deploy" / "nginx.conf").read_text()
    assert "client_header_timeout 10s" in configured
    assert "client_body_timeout 10s" in configured
    assert "client_max_body_size 12m" in configured


def test_the_queue_has_a_password_a_journal_and_never_drops(compose: dict[str, Any]) -> None:
    command = " ".join(compose["services"]["redis"]["command"])
    for wanted in ("requirepass", "appendonly yes", "maxmemory-policy noeviction"):
        assert wanted in command


def test_the_app_waits_for_one_migration_run(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert services["migrate"]["restart"] == "no"
    for name in ("web", "worker", "beat"):
        waits = services[name]["depends_on"]["migrate"]["condition"]
        assert waits == "service_completed_successfully"


def test_every_part_that_serves_is_watched(compose: dict[str, Any]) -> None:
    watched = {name for name, service in compose["services"].items() if "test" in service.get("healthcheck", {})}
    # web brings the image's own check; beat shows in the worker's; nginx answers or does not.
    assert watched == {"postgres", "redis", "worker"}
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()


def test_the_app_gets_production_settings_and_few_rights(compose: dict[str, Any]) -> None:
    for name in ("web", "worker", "beat", "migrate"):
        service = compose["services"][name]
        assert not {"DEBUG", "DEMO", "INSECURE_HTTP"} & set(service["environment"])
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
    assert "USER epeken" in (ROOT / "Dockerfile").read_text()


def test_the_example_of_settings_names_every_variable() -> None:
    read = re.findall(r'(?:env\.?\w*|_secret)\(\s*"([A-Z_]+)"', (ROOT / "epeken" / "settings.py").read_text())
    told = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert sorted(set(read) - told) == []
