import os
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.urls import URLResolver, get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epeken.settings")


def _read(resolver: Any) -> None:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            _read(pattern)


application = get_wsgi_application()
# All pages are read here, once, and not by the first visitor of each worker.
_read(get_resolver())
