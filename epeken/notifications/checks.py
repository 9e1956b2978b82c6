from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def letters_go_somewhere(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Mails hold one-time links; on the console they end in a log."""
    if not settings.DEMO and settings.MAIL_TRANSPORT.endswith("console.EmailBackend"):
        message = "Letters, one-time links included, are written to the log."
        return [Warning(message, hint="Set EMAIL_URL to a mail server.", id="notifications.W001")]
    return []
