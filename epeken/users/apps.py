from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class UsersConfig(registry.HouseConfig):
    name = "epeken.users"
    label = "users"
    verbose_name = _("Pengguna")
