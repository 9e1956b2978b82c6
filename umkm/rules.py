"""The dated rules of the app's nouns, found by core at the start."""

from umkm.catalogue import rules as catalogue
from umkm.owners import rules as owners
from umkm.sellers import rules as sellers

__all__ = ["catalogue", "owners", "sellers"]
