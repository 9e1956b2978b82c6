"""Who asks."""

from django.http import HttpRequest

from epeken.users.models import User


def person(request: HttpRequest) -> User:
    """The signed-in person, for views that require one (`login_required`, the admin)."""
    assert isinstance(request.user, User)
    return request.user
