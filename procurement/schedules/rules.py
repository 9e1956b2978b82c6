"""What a delivery schedule may hold."""

from epeken.core.rules import Count

MOST_DATES = Count("schedule.most_dates")
