from django.utils.translation import gettext_lazy as _

from epeken.core import registry


class LedgerConfig(registry.HouseConfig):
    name = "epeken.ledger"
    label = "ledger"
    verbose_name = _("Buku besar")
