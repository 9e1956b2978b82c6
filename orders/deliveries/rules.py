"""How long the buyer's side may stay silent about goods, and what follows."""

from epeken.core.rules import Count, Hours, WorkingDays
from umkm.catalogue.states import Keeps

# After a recorded arrival silence means accepted, after this long.
SILENCE = {
    Keeps.COOKED: Hours("delivery.silence_cooked"),
    Keeps.FRESH: Hours("delivery.silence_fresh"),
    Keeps.DRY: Hours("delivery.silence_dry"),
    Keeps.OTHER: Hours("delivery.silence_other"),
}
# After the agreed time the arrival is to be recorded within this; then the question goes on: to the department's head,
# and after as many working days again to the inspectorate.
REPORT = Hours("delivery.report_hours")
ESCALATION = WorkingDays("delivery.escalation_days")
# How many photos the inspection of a department's meals has at least.
MEAL_PHOTOS = Count("delivery.meal_photos")
# How long before its moment cooked food is recorded as sent at the earliest.
COOKED_AHEAD = Hours("delivery.cooked_ahead_hours")
# Within this the seller fetches what was refused; after it the receiver need not keep it. Cooked food spoils in hours.
FETCH = WorkingDays("delivery.fetch_days")
FETCH_COOKED = Hours("delivery.fetch_cooked_hours")
# How many wrong numbers are typed for a delivery before its PIN no longer counts.
PIN_TRIES = Count("delivery.pin_tries")
