"""The questions of `audit_books`, by what they ask about. Two columns each: what is wrong, and how."""
