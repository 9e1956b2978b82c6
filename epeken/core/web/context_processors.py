"""What every template knows: the city, the site's mode, and the theme this visitor chose."""

from django.conf import settings
from django.http import HttpRequest

from epeken.core.web.middleware import is_indexable
from epeken.core.web.page_copies import theme_of


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "city": settings.CITY,
        "DEMO": settings.DEMO,
        "is_indexable": is_indexable(request),
        "canonical": f"{settings.SITE_URL}{request.path}",
        "site_url": settings.SITE_URL,
        "theme_cookie": settings.THEME_COOKIE_NAME,
        "theme": theme_of(request),
    }
