"""How long sellers have to ask and to offer, and how long the department then has to decide."""

from epeken.core.rules import Count, Days, Hours, WorkingDays

OPEN = Hours("quotation.open_hours")  # from publication to the end of the time for offers, at least
ASK = Hours("quotation.question_hours")  # before that end the last question is asked
ANSWER = Hours("quotation.answer_hours")  # before that end the last question is answered, so that offers can follow it
QUESTIONS = Count("quotation.questions_most")  # of one shop
MEAL_EARLY = Hours("quotation.meal_early_hours")  # before it is wanted, a meal comes no earlier
DECIDE = WorkingDays("quotation.decide_days")  # from the opening; then it ends without an award
VALID = Days("quotation.valid_days")  # from the opening sellers stand by what they offered
