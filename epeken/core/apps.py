from celery.schedules import crontab
from django.conf import settings
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

from epeken.core import database, registry


class CoreConfig(registry.HouseConfig):
    name = "epeken.core"
    label = "core"
    verbose_name = _("Kota dan sistem")
    second_factor_paths = ["/admin/", "/api/"]
    beat_schedule = {
        "heartbeat": {"task": "core.heartbeat", "schedule": 10, "options": {"expires": 10, "priority": 0}},
        "sweep-jobs": {"task": "core.sweep_jobs", "schedule": 10, "options": {"expires": 10}},
        "tidy": {"task": "core.tidy", "schedule": crontab(hour=2, minute=40), "options": {"expires": 3600}},
    }

    def ready(self) -> None:
        self.translated_columns = [(str(settings.CITY.folder / "rules.csv"), "name")]
        database.install()
        # Web processes enqueue by name, so they need the same registry the worker has.
        autodiscover_modules("tasks")
        # Every rule the code reads is declared before rows are compared with it.
        autodiscover_modules("rules")
        autodiscover_modules("reference")
        # Core's own rules.py is what declares; these register system checks and declare the rules of reminders.
        from epeken.core import checks, reminders  # noqa: F401
        from epeken.core.web import list_headers

        list_headers.install()
