"""What every page passes through: clean input, headers, refusals, site context."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"city": settings.CITY, "DEMO": settings.DEMO, "SHOW_STYLEGUIDE": settings.SHOW_STYLEGUIDE}
