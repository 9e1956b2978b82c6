"""The app that holds accounts after wrong passwords, under a name officers understand."""

from axes.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HeldAccountsConfig(AppConfig):
    verbose_name = _("Akun tertahan")
