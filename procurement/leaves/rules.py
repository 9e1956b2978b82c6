"""How long somebody may act in an office that is not theirs."""

from epeken.core.rules import Days

ENDING = Days("office.ending_days")  # an end of an appointment is told so many days before
ACTING = Days("office.acting_days")  # one decree of a Plt. or Plh. names at most so many days
