"""Public pictures, where no web server in front answers /media/ (SERVE_MEDIA)."""

import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import FileResponse, Http404, HttpRequest
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

# Generated names only: lower-case folders, one WebP or a form of it (`core.files.picture_forms`). Nothing else is ever
# public.
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*(?:\.(webp)|-[0-9a-f]{6}-\d+\.(avif|jpg))")
_TYPES = {"webp": "image/webp", "avif": "image/avif", "jpg": "image/jpeg"}


@require_safe
def serve(request: HttpRequest, name: str) -> FileResponse:
    """The picture, for a year: a name is never used again for other pixels."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise Http404
    try:
        path = Path(safe_join(settings.MEDIA_ROOT, name))
        file = path.open("rb")
    except (SuspiciousFileOperation, OSError):
        raise Http404 from None
    response = FileResponse(file, content_type=_TYPES[found[1] or found[2]])
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
