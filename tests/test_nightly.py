"""What the nightly tools make of what they are told: the scanner's report, and what an advisory service answers; and
which files the restore drill compares."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings


def tool(name: str) -> Any:
    spec = importlib.util.spec_from_file_location(name, Path(settings.BASE_DIR) / "bin" / f"{name}.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def scan() -> Any:
    return tool("scan")


@pytest.fixture(scope="module")
def advisories() -> Any:
    return tool("advisories")


def report(**found: list[dict[str, Any]]) -> dict[str, Any]:
    """The parts of a report of Wapiti 3.2.3 that are read."""
    return {
        "vulnerabilities": {"SQL Injection": found.get("sql", []), "Reflected Cross Site Scripting": []},
        "anomalies": {"Internal Server Error": found.get("errors", [])},
        "additionals": {"Fingerprint web technology": [{"method": "GET", "path": "/", "info": "nginx"}]},
    }


INJECTION = {"method": "GET", "path": "/cari/", "parameter": "q", "info": "SQL Injection via injection in q\n"}
FAULT = {"method": "POST", "path": "/keranjang/", "parameter": None, "info": "500 HTTP error code"}


def test_weaknesses_and_faults_are_findings_and_told_once(scan: Any) -> None:
    told = report(sql=[INJECTION], errors=[FAULT])
    found = [*scan.findings_in(told, "visitor"), *scan.findings_in(told, "citizen")]
    result = scan.judged(found, [])
    assert [(one["role"], one["category"], one["parameter"]) for one in result["findings"]] == [
        ("visitor", "SQL Injection", "q"),
        ("visitor", "Internal Server Error", ""),
    ]
    assert result["accepted"] == []


def test_only_what_an_entry_describes_is_accepted(scan: Any) -> None:
    (found,) = scan.findings_in(report(sql=[INJECTION]), "visitor")
    why = {"category": "SQL Injection", "why": "a reason of more than twenty letters"}
    assert scan.reason(found, [why]) == why["why"]
    assert scan.reason(found, [{**why, "path": "^/cari/$", "parameter": "^q$", "about": "via"}]) == why["why"]
    for other in ({"category": "CRLF Injection"}, {"path": "^/cari/kue/"}, {"parameter": "^urut$"}, {"about": "blind"}):
        assert scan.reason(found, [{**why, **other}]) == ""


def test_an_accepted_finding_needs_a_reason(scan: Any, tmp_path: Path) -> None:
    assert all(entry["why"] for entry in scan.accepted())
    for text in (
        'category = "X"',
        'category = "X"\nwhy = "fine"',
        'category = "X"\nwhy = "long enough to read it"\nurl = "/"',
    ):
        (tmp_path / "list.toml").write_text(f"[[accepted]]\n{text}\n")
        with pytest.raises(SystemExit):
            scan.accepted(tmp_path / "list.toml")


def test_nothing_but_a_demo_is_attacked(scan: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["scan.py"])
    monkeypatch.setenv("DEMO", "0")
    monkeypatch.setenv("SITE_URL", "http://127.0.0.1:9")
    with pytest.raises(SystemExit, match="Only a demo"):
        scan.main()


def test_the_drill_compares_every_file_of_which_a_digest_is_kept() -> None:
    found = set(tool("restore_drill").kept_files())
    assert found >= {
        ("orders_document", "file", "sha256"), ("orders_payment", "proof", "proof_sha256"),
        ("orders_cancellation", "evidence", "evidence_sha256"), ("orders_taxdeposit", "file", "sha256"),
        ("procurement_requestattachment", "file", "sha256"), ("umkm_taxpaper", "file", "sha256"),
    }  # fmt: skip


def answering(folder: Path, told: Any) -> Path:
    """A program that answers as pip-audit does."""
    text = told if isinstance(told, str) else json.dumps(told)
    (folder / "answer").write_text(text)
    program = folder / "pip-audit"
    program.write_text(f"#!/bin/sh\ncat {folder / 'answer'}\n")
    program.chmod(0o755)
    return program


OLD = {"name": "jinja2", "version": "2.4.1", "vulns": [{"id": "PYSEC-2014-8", "fix_versions": ["2.7.2"]}]}
GOOD = {"name": "django", "version": "5.2.19", "vulns": []}


def test_a_known_weakness_is_told_with_what_mends_it(advisories: Any, tmp_path: Path) -> None:
    told = advisories.ask(answering(tmp_path, {"dependencies": [OLD, GOOD]}), "pypi", tmp_path / "list")
    assert advisories.weak(told) == ["jinja2 2.4.1: PYSEC-2014-8, mended in 2.7.2"]


@pytest.mark.parametrize(
    "told", ["", "ConnectionError", {"dependencies": [GOOD, {"name": "x", "skip_reason": "not found"}]}]
)
def test_a_service_that_does_not_know_every_version_has_not_answered(
    advisories: Any, tmp_path: Path, told: Any
) -> None:
    assert advisories.ask(answering(tmp_path, told), "pypi", tmp_path / "list") is None


@pytest.mark.parametrize(("told", "status"), [({"dependencies": [GOOD]}, 2), ({"dependencies": [OLD]}, 1)])
def test_a_service_that_finds_nothing_in_a_weak_version_is_not_believed(
    advisories: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: Any, status: int
) -> None:
    program = answering(tmp_path, told)
    (tmp_path / "var" / "advisories").mkdir(parents=True)
    for lock in advisories.LOCKS:
        (tmp_path / lock).touch()
    monkeypatch.setattr(advisories, "ROOT", tmp_path)
    monkeypatch.setattr(advisories, "tool", lambda folder: program)
    assert advisories.main() == status
