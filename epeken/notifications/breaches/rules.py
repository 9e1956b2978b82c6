"""Within how long people and the authority are told, and who the authority is."""

from epeken.core.rules import Hours, Text

TELLING = Hours("privacy.breach_hours")
AUTHORITY = Text("privacy.authority")
