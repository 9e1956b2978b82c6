"""What a machine sends, with its text cleaned as a form's is."""

from collections.abc import Mapping
from typing import Any

from rest_framework.parsers import JSONParser

from epeken.core.text import clean_text


class CleanJSONParser(JSONParser):
    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        return _cleaned(super().parse(stream, media_type, parser_context))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, dict):
        return {clean_text(name): _cleaned(inner) for name, inner in value.items()}
    return [_cleaned(inner) for inner in value] if isinstance(value, list) else value
