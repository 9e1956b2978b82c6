"""What the API's views share: pages by cursor, and how a refusal is described."""

from typing import Any

from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.pagination import CursorPagination


class Newest(CursorPagination):
    """Newest first; the cursor stays right while rows are added."""

    ordering = "-pk"
    page_size = 24


class ByName(CursorPagination):
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
    409: "It is no longer in the state this starts from.",
    422: "A rule says no; the message says which and what to do.",
    429: "Too many requests; wait as long as Retry-After says.",
}


def answers(found: Any, *statuses: int, status: int = 200) -> dict[int, Any]:
    """Responses of an operation: what is found, and the refusals it may give.

    A wrong key, a key without the scope and too many requests are refused everywhere.
    """
    refusals = sorted({401, 403, 429, *statuses})
    return {status: found} | {code: OpenApiResponse(Refusal, _MEANING[code]) for code in refusals}
