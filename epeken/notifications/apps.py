from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class NotificationsConfig(registry.HouseConfig):
    name = "epeken.notifications"
    label = "notifications"
    verbose_name = _("Pemberitahuan")
    notice_modules = ["epeken.notifications.breaches.notices"]
    beat_schedule = {
        "remind-breaches": {
            "task": "notifications.remind_breaches",
            "schedule": crontab(minute=35),
            "options": {"expires": 600},
        },
    }

    def ready(self) -> None:
        from epeken.notifications import checks  # noqa: F401  registers itself
