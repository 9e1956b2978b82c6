from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class NotificationsConfig(registry.HouseConfig):
    name = "epeken.notifications"
    label = "notifications"
    verbose_name = _("Pemberitahuan")

    def ready(self) -> None:
        from epeken.notifications import checks  # noqa: F401  registers itself
