"""Pages as a person asks for them, and as they read."""

import re
from typing import Any

from django.test import Client


def browse(person: Any = None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def words(response: Any) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(text.split())
