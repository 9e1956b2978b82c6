"""How fast residents of imported lists are asked."""

from epeken.core.rules import Count

TEXTS = Count("seller.import_texts")  # a minute, over all imports: what the channel sends and the help desk answers
