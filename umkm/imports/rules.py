"""How long an import of goods waits for the shop's word."""

from epeken.core.rules import Days

KEPT = Days("import.kept_days")
