"""Where a sentence waits for the next page: in a cookie of this host alone or, when it is long, in the session."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookieStorage(CookieStorage):
    @property
    def cookie_name(self) -> str:  # type: ignore[override]
        name: str = settings.MESSAGE_COOKIE_NAME
        return name


class MessageStorage(FallbackStorage):
    storage_classes = (HostCookieStorage, SessionStorage)
