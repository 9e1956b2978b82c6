from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class CoreConfig(AppConfig):
    name = "epeken.core"
    label = "core"

    def ready(self) -> None:
        # Web processes enqueue by name, so they need the same registry the worker has.
        autodiscover_modules("tasks")
