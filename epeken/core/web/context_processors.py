"""What every template knows: the city, the site's mode, and the theme this visitor chose."""

from django.conf import settings
from django.http import HttpRequest

from epeken.core.web.middleware import is_indexable


def site(request: HttpRequest) -> dict[str, object]:
    chosen = request.COOKIES.get(settings.THEME_COOKIE_NAME)
    return {
        "city": settings.CITY,
        "DEMO": settings.DEMO,
        "is_indexable": is_indexable(request),
        "canonical": f"{settings.SITE_URL}{request.path}",
        "site_url": settings.SITE_URL,
        "theme_cookie": settings.THEME_COOKIE_NAME,
        "theme": chosen if chosen in ("dark", "light") else "",
    }
