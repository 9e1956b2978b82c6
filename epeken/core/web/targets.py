"""Where a form that was opened from another page leads back to."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def own_target(request: HttpRequest, *asked: str | None) -> str:
    """The first of the asked addresses that is one of ours; '' when none is. A bare word is no address."""
    for target in asked:
        if (
            target
            and "/" in target
            and url_has_allowed_host_and_scheme(
                target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
            )
        ):
            return target
    return ""
