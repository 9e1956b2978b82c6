"""Public pictures, where no web server in front answers /media/ (SERVE_MEDIA)."""

import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

# Generated names only: lower-case folders, one WebP. Nothing else is ever public.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9-]*)*\.webp")


@require_safe
def serve(request: HttpRequest, name: str) -> FileResponse:
    """The picture, for a year: a name is never used again for other pixels."""
    if not _NAME.fullmatch(name):
        raise Http404
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name))
        file = path.open("rb")
    except (SuspiciousFileOperation, OSError):
        raise Http404 from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
