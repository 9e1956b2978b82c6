"""What the law gives a tax paper at most."""

from epeken.core.rules import Count

# Tax years a person may pay the final tax, from the one it registered in: no certificate holds longer.
FINAL_YEARS = Count("tax.final_years")
