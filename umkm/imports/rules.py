"""How long an import waits to be confirmed."""

from epeken.core.rules import Days

KEPT = Days("import.kept_days")
