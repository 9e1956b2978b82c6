"""A kept notice in words. The one place, for the inbox, every channel and any API."""

import logging
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from epeken.notifications.kinds import kinds
from epeken.notifications.models import Notification

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    title: str
    body: str


def render(notification: Notification, language: str) -> Words:
    """The notice in the language. One this version cannot put into words still leads to what it is about."""
    try:
        title, body = kinds()[notification.kind].words(notification.parameters, language)
    except (KeyError, TypeError, ValueError):
        logger.exception("Notification %s of kind %s has no words", notification.pk, notification.kind)
        with translation.override(language):
            return Words(_("Ada kabar untuk Anda"), "")
    return Words(title, body)
