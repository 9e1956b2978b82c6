"""What every template knows: the city, the site's mode, and the theme this visitor chose."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    chosen = request.COOKIES.get("tema")
    return {
        "city": settings.CITY,
        "DEMO": settings.DEMO,
        "SHOW_STYLEGUIDE": settings.SHOW_STYLEGUIDE,
        "theme": chosen if chosen in ("dark", "light") else "",
    }
