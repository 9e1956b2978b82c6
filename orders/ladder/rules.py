"""When a late invoice is brought before the next desk, in working days after its last day."""

from epeken.core.rules import WorkingDays
from orders.ladder.states import LateLevel

AFTER = {
    LateLevel.HEAD: WorkingDays("late.head_days"),
    LateLevel.OFFICE: WorkingDays("late.office_days"),
    LateLevel.INSPECTORATE: WorkingDays("late.inspectorate_days"),
}
# The seller's own time to send a letter; then the step is taken by itself. Between two steps lies as much at least.
OWN = WorkingDays("late.own_days")
