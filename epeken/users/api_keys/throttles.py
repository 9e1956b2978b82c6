"""How often a machine may ask. Counted in the shared cache, so all web processes count together."""

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

from epeken.users.api_keys.models import ApiKey


class PersonRateThrottle(SimpleRateThrottle):
    """A limit per signed-in person over all their keys and pages, and a lower one per key, in one entry of the cache.

    More keys give nobody more requests, and one program in a loop leaves room for the person's others. Visitors are
    counted once, by AnonRateThrottle, and not a second time here.
    """

    scope = "user"

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        if not request.user.is_authenticated:
            return None
        return self.cache_format % {"scope": self.scope, "ident": request.user.pk}

    def allow_request(self, request: Any, view: Any) -> bool:
        entry = self.get_cache_key(request, view)
        if entry is None:
            return True
        key = request.auth.pk if isinstance(request.auth, ApiKey) else 0
        self.now = now = self.timer()
        # Newest first: (moment, key), 0 for a request without one.
        made = [pair for pair in self.cache.get(entry, []) if pair[0] > now - self._rate("user")[1]]
        if not self._has_room("user", [moment for moment, _key in made]):
            return False
        if key and not self._has_room("key", [moment for moment, used in made if used == key]):
            return False
        self.cache.set(entry, [(now, key), *made], self._rate("user")[1])
        return True

    def _has_room(self, scope: str, moments: list[float]) -> bool:
        """Keeps what `wait` computes Retry-After from."""
        self.num_requests, self.duration = most, seconds = self._rate(scope)
        self.history = [moment for moment in moments if moment > self.now - seconds]
        return len(self.history) < most

    def _rate(self, scope: str) -> tuple[int, int]:
        """Requests and seconds."""
        most, seconds = self.parse_rate(self.THROTTLE_RATES[scope])
        if most is None or seconds is None:
            raise ValueError(f"No rate for {scope}")
        return most, seconds
