"""How many complaints are taken: without knowing from whom, since no address or account is kept."""

from epeken.core.rules import Count

DAILY = Count("disclosure.daily_limit")  # messages of all senders in a day
ADDRESS = Count("disclosure.address_limit")  # messages from one address within ten minutes, for each web process
