"""The office's side of sellers and goods. Admin pages call services; states are read-only here."""

from umkm.admin import cases, catalogue, sellers  # noqa: F401 - registers
