"""The number of unread notices."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from epeken.core import clock
from epeken.notifications.models import Notification


def unread(request: HttpRequest) -> dict[str, object]:
    """`unread_count`: one indexed query, only on pages that show the bell, capped at 99."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    told = Notification.objects.visible_to(user).told_by(clock.now()).unread()
    return {"unread_count": SimpleLazyObject(lambda: told[:99].count())}
