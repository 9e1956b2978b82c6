"""One handler turns refusals of the domain into JSON: {"code", "message", "field"}."""

from typing import Any

from rest_framework.response import Response
from rest_framework.views import exception_handler

from epeken.core.errors import DomainError


def refusal_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    if isinstance(exc, DomainError):
        return Response({"code": exc.code, "message": exc.message, "field": exc.field}, status=exc.status)
    return exception_handler(exc, context)
