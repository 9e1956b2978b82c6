"""How much a department may put beside one request."""

from epeken.core.rules import Count

MOST_FILES = Count("purchase.files_most")
MOST_MEGABYTES = Count("purchase.files_megabytes")  # of all files of a request together, as they are stored
