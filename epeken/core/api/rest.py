"""One handler turns every refusal into JSON: {"code", "message", "field"}."""

import logging
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views import defaults
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler

from epeken.core.errors import DomainError, OutOfRange
from epeken.core.web.unavailable import is_away, unavailable

logger = logging.getLogger(__name__)


def refusal_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The domain's refusals and DRF's own in one shape. `errors` lists every field when more than one is wrong."""
    if isinstance(exc, DataError):
        logger.error("Input beyond its column", exc_info=exc)
        exc = OutOfRange()
    if isinstance(exc, DomainError):
        return Response({"code": exc.code, "message": exc.message, "field": exc.field}, status=exc.status)
    response = exception_handler(exc, context)
    if response is None:
        return None
    if isinstance(exc, exceptions.ValidationError):
        found = list(_flat(exc.detail))
        field, message = found[0] if found else (None, _("Data tidak sesuai."))
        response.data = {
            "code": "invalid",
            "message": message,
            "field": field,
            "errors": [{"field": name, "message": text} for name, text in found],
        }
        return response
    if isinstance(exc, Http404):
        response.data = {"code": "not_found", "message": _("Tidak ditemukan."), "field": None}
        return response
    detail = response.data.get("detail", "") if isinstance(response.data, dict) else ""
    code = getattr(detail, "code", None) or getattr(exc, "default_code", "error")
    response.data = {"code": str(code), "message": str(detail), "field": None}
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What never reached a view, in the same shape below /api/; elsewhere as a page.

    503 where the database was lost while the session was stored: Django takes it for one deleted meanwhile.
    """
    if is_away(exception):
        return unavailable(request)
    if request.path.startswith("/api/"):
        return _refused("bad_request", _("Permintaan ini tidak dapat dibaca."), 400)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address nobody answers, in the same shape below /api/; elsewhere as a page."""
    if request.path.startswith("/api/"):
        return _refused("not_found", _("Tidak ditemukan."), 404)
    return defaults.page_not_found(request, exception)


def _refused(code: str, message: str, status: int) -> HttpResponse:
    return JsonResponse({"code": code, "message": message, "field": None}, status=status)


def _flat(detail: Any, name: str = "") -> Any:
    """(field, message) pairs, nested names joined by dots; None for what belongs to no field."""
    if isinstance(detail, dict):
        for key, value in detail.items():
            yield from _flat(value, f"{name}.{key}" if name else str(key))
    elif isinstance(detail, list):
        nested = any(isinstance(item, dict) for item in detail)
        for number, item in enumerate(detail):
            yield from _flat(item, f"{name}.{number}" if nested and name else name)
    else:
        field = None if name in {"", "non_field_errors"} or name.endswith(".non_field_errors") else name
        yield field, str(detail)
