"""docker-compose.yml and its files: what must hold before anybody starts them."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from tests import production

ROOT = Path(settings.BASE_DIR)
NEW_SECRETS = ROOT / "deploy" / "new_secrets.sh"
# Read by the script that makes the database, not by the service itself.
INIT = {"postgres": {"database_password"}}


@pytest.fixture
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return found


def test_secrets_are_files_and_stand_in_no_environment(compose: dict[str, Any], tmp_path: Path) -> None:
    """What the script makes is what the file names, each service gets those it reads, and nginx none."""
    ran = subprocess.run(["sh", NEW_SECRETS, tmp_path / "secrets"], check=True, capture_output=True, text=True)
    made = {path.name for path in (tmp_path / "secrets").iterdir()}
    assert ran.stdout.count("made ") == len(made) == 8
    assert {name: told["file"] for name, told in compose["secrets"].items()} == {
        name: f"${{SECRETS_DIR:-./secrets}}/{name}" for name in made
    }
    for name, service in compose["services"].items():
        words = yaml.safe_dump({key: service.get(key) for key in ("environment", "command", "healthcheck")})
        assert set(re.findall(r"/run/secrets/(\w+)", words)) == set(service.get("secrets", [])) - INIT.get(name, set())
        assert not re.search(r"\$\{\w*(PASSWORD|KEY|SECRET)", words), name
    assert "secrets" not in compose["services"]["nginx"]
    assert INIT["postgres"] == set(
        re.findall(r"/run/secrets/(\w+)", (ROOT / "deploy" / "postgres-init.sh").read_text())
    )


def test_new_secrets_are_the_owners_are_kept_and_start_the_app(compose: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    subprocess.run(["sh", NEW_SECRETS, folder], check=True, capture_output=True)
    before = {path.name: path.read_text() for path in folder.iterdir()}
    (folder / "email_url").chmod(0o644)
    (folder / "email_url").write_text("smtp+tls://user:secret@mail.example:587\n")
    subprocess.run(["sh", NEW_SECRETS, folder], check=True, capture_output=True)
    after = {path.name: path.read_text() for path in folder.iterdir()}
    assert {name for name in before if before[name] != after[name]} == {"email_url"}
    assert folder.stat().st_mode & 0o777 == 0o700
    files = {
        name: value.replace("/run/secrets", str(folder))
        for name, value in compose["services"]["web"]["environment"].items()
        if name.endswith("_FILE") or name in {"DATABASE_URL", "REDIS_URL"}
    }
    ran = production.run(production.SECURITY, **dict.fromkeys(production.SECRETS, ""), **files)
    assert ran.returncode == 0, ran.stderr


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
    # What this release reads and the database lacks is there before anybody asks for it.
    said = services["migrate"]["command"][-1]
    assert said.index(" migrate ") < said.index(" fill_reference ") < said.index(" check ")
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
    read = re.findall(
        r'(?:env\.?\w*|environment\.\w+|_secret)\(\s*"([A-Z_]+)"', (ROOT / "epeken" / "settings.py").read_text()
    )
    told = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert sorted(set(read) - told) == []
