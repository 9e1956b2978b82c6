"""What is told of how fast registrations are decided, and when the head of the office hears of a late one."""

from epeken.core.rules import Count, Days, WorkingDays

FIGURE_DAYS = Days("seller.decision_figure_days")
FIGURE_LEAST = Count("seller.decision_figure_least")
HEAD_TOLD = WorkingDays("seller.late_to_head_days")  # after the deadline
