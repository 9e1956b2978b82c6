"""Approval and comparison of a department's purchases."""

from epeken.core.rules import Days, Hours, Rupiah, WorkingDays

PP_LIMIT = Rupiah("purchase.pp_limit")  # the pejabat pengadaan approves up to and including this
TWO_ABOVE = Rupiah("purchase.compare_two_above")  # more than this: two sellers looked at
THREE_ABOVE = Rupiah("purchase.compare_three_above")  # more than this: three
APPROVAL = WorkingDays("purchase.approval_days")
ANSWER_MARGIN = Hours("purchase.answer_margin_hours")  # between the decision, a seller's answer and the last order
HOLD = Days("purchase.hold_days")  # a sent request holds prices, goods and cap room this long
