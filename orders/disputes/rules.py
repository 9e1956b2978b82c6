"""Answers in a dispute, and the times of what a decision gives."""

from epeken.core.rules import WorkingDays

ANSWER = WorkingDays("dispute.answer_days")
DECIDE = WorkingDays("dispute.decide_days")  # for the city's officer, after the answer or the time for it
CLIMB = WorkingDays("dispute.climb_days")  # from one time that others are told it is not decided to the next
SILENCE = WorkingDays("dispute.silence_days")  # after the time to decide: then it ends without a decision
# How far ahead a replacement may be promised: payment waits for it.
REPLACED_WITHIN = WorkingDays("dispute.replacement_days")
REFUND = WorkingDays("dispute.refund_days")  # for the seller to return money
CONFIRM = WorkingDays("dispute.confirm_days")  # for the buyer to say whether it came
# After a person paid and the order is finished, how long they may still complain.
AFTER_PAYMENT = WorkingDays("dispute.after_payment_days")
