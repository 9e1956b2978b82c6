"""How much somebody writes at least where a reason is asked for in words."""

LEAST_REASON = 15  # letters; less explains nothing
