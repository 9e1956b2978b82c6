"""What the API's views share: pages by cursor, and how a refusal is described."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination


class CheckedCursor(CursorPagination):
    """A cursor that is none is the caller's fault: 400 at `cursor`, where the library says 404."""

    def decode_cursor(self, request: Any) -> Any:
        try:
            return super().decode_cursor(request)
        except NotFound:
            raise ValidationError({"cursor": _("Halaman ini tidak ada. Mulai lagi dari halaman pertama.")}) from None


class Newest(CheckedCursor):
    """Newest first; the cursor stays right while rows are added."""

    ordering = "-pk"
    page_size = 24


class ByName(CheckedCursor):
    ordering = ("name", "pk")
    page_size = 24


class RefusedField(serializers.Serializer[Any]):
    field = serializers.CharField(allow_null=True)
    message = serializers.CharField()


class Refusal(serializers.Serializer[Any]):
    """`code` is stable, `message` is for people, `field` names the input to point at."""

    code = serializers.CharField()
    message = serializers.CharField()
    field = serializers.CharField(allow_null=True)
    errors = RefusedField(many=True, required=False)  # type: ignore[assignment]


_MEANING = {
    400: "The input is not well formed.",
    401: "Sign in, or send an API key that is still valid.",
    403: "Seen, but not yours to do, or not within the scopes of this key.",
    404: "Not there, or not for you to see.",
    409: "It is no longer in the state this starts from, or the key came with something else before.",
    422: "A rule says no; the message says which and what to do.",
    429: "Too many requests; wait as long as Retry-After says.",
}


def answers(found: Any, *statuses: int, status: int = 200) -> dict[int, Any]:
    """Responses of an operation: what is found, and the refusals it may give.

    A wrong key, a key without the scope and too many requests are refused everywhere.
    """
    refusals = sorted({401, 403, 429, *statuses})
    return {status: found} | {code: OpenApiResponse(Refusal, _MEANING[code]) for code in refusals}


class HourField(OpenApiSerializerFieldExtension):
    """Hours of the day without a zone: `time` of JSON Schema would demand one."""

    target_class = "rest_framework.fields.TimeField"

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9](:[0-5][0-9])?$", "example": "08:00:00"}
