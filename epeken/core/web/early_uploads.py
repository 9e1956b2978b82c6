"""Photos that travel before their form, so that a connection which breaks costs one photo and not the form."""

import re

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from epeken.core.errors import DomainError
from epeken.core.web.kept_uploads import keep_file

_TOKEN = re.compile(r"[0-9a-f]{32}")


@require_POST
@login_required
def keep(request: HttpRequest) -> JsonResponse:
    """One file, kept under the token the page made for it; the same token again is the same file. What is refused here
    is refused again, and said, by the form it belongs to."""
    file, token = request.FILES.get("file"), request.POST.get("token", "")
    if file is None or not _TOKEN.fullmatch(token) or request.user.pk is None:
        return JsonResponse({"message": _("Pilih berkasnya sekali lagi.")}, status=422)
    try:
        row = keep_file(request.user.pk, file, token=token)
    except DomainError as problem:
        return JsonResponse({"message": problem.message}, status=422)
    return JsonResponse({"token": row.token})
