"""How often a machine may ask. Counted in the shared cache, so all web processes count together."""

from typing import Any

from rest_framework.throttling import UserRateThrottle


class PersonRateThrottle(UserRateThrottle):
    """Per signed-in person only: visitors are counted once, by AnonRateThrottle, and not a second time here."""

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if not request.user.is_authenticated:
            return None
        return super().get_cache_key(request, view)
