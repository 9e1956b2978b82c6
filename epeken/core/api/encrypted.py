"""Plain HTTP is refused to machines. A redirect would hide that the key was sent in the open, each time anew."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _


class EncryptedApiMiddleware:
    """403 `https_required` for the addresses of `PLAIN_HTTP_REFUSED`, where everything else is redirected to https."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.refused = re.compile(settings.PLAIN_HTTP_REFUSED)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            settings.SECURE_SSL_REDIRECT
            and not request.is_secure()
            and self.refused.match(request.path.removeprefix("/"))
        ):
            words = _("API ini hanya menjawab lewat https. Kunci yang sudah terkirim lewat http sebaiknya diganti.")
            return JsonResponse({"code": "https_required", "message": words, "field": None}, status=403)
        return self.get_response(request)
