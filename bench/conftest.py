"""Benches that pytest runs stand on what the tests stand on: the same database, store and people."""

pytest_plugins = ["tests.conftest"]
