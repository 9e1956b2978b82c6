"""The ways a text leaves: one function each, `(number, text, message_id) -> None`, named by settings.SMS_TRANSPORT.

Raises NotSentYet to be tried again and RefusedForGood for what will never be taken. Neither names number or text: they
end up in a log.
"""

import json
from collections.abc import Callable
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from django.conf import settings

from epeken.notifications.channels.attempts import NotSentYet, RefusedForGood
from epeken.notifications.channels.email.models import DemoMail

TIMEOUT = 10  # seconds
# What a gateway answers of a number or a text it will not take. Everything else may be mended at either side: a token
# that ran out, too many at once, a gateway that is down.
REFUSED = {400, 404, 410, 413, 422}

Transport = Callable[[str, str, str], None]


class _NoRedirect(HTTPRedirectHandler):
    """The token goes to the configured address and nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


_opener: OpenerDirector = build_opener(_NoRedirect)


def post_to_gateway(number: str, text: str, message_id: str) -> None:
    """POST of SMS_GATEWAY_BODY with its places filled in: what SMS and WhatsApp gateways have in common."""
    values = {"{to}": number, "{digits}": number.removeprefix("+"), "{text}": text, "{id}": message_id}
    body = _filled(settings.SMS_GATEWAY_BODY, values)
    headers = {
        "Authorization": f"Bearer {settings.SMS_GATEWAY_TOKEN}",
        "Content-Type": "application/json",
        # The same at every attempt: a gateway that keeps to it sends the text once.
        "Idempotency-Key": message_id,
    }
    request = Request(settings.SMS_GATEWAY_URL, json.dumps(body).encode(), headers, method="POST")  # noqa: S310  # ours
    try:
        with _opener.open(request, timeout=TIMEOUT):
            return
    except HTTPError as answer:
        if answer.code in REFUSED:
            raise RefusedForGood(f"The gateway refuses this text ({answer.code}).") from None
        raise NotSentYet(f"The gateway answered {answer.code}.") from None
    except (OSError, HTTPException) as problem:
        raise NotSentYet(f"The gateway was not reached ({type(problem).__name__}).") from None


def keep_in_the_demo(number: str, text: str, message_id: str) -> None:
    """In the mailbox of the demo, among its letters."""
    row = DemoMail(message_id=message_id, recipient=number, subject=text.partition(".")[0][:300], body=text)
    DemoMail.objects.bulk_create([row], ignore_conflicts=True)


TRANSPORTS: dict[str, Transport] = {"gateway": post_to_gateway, "demo": keep_in_the_demo}


def send(number: str, text: str, message_id: str) -> None:
    transport = TRANSPORTS.get(settings.SMS_TRANSPORT)
    if transport is None:
        raise NotSentYet("No gateway is configured.")
    transport(number, text, message_id)


def _filled(shape: Any, values: dict[str, str]) -> Any:
    """The shape with its places filled: a text of it that is nothing but the name of one."""
    if isinstance(shape, dict):
        return {key: _filled(part, values) for key, part in shape.items()}
    if isinstance(shape, list):
        return [_filled(part, values) for part in shape]
    return values.get(shape, shape) if isinstance(shape, str) else shape
