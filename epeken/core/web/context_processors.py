"""What every template knows: name of the site, its mode, the language."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    return {"city": settings.CITY, "DEMO": settings.DEMO, "SHOW_STYLEGUIDE": settings.SHOW_STYLEGUIDE}
