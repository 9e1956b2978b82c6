"""What a treasurer decides of the facts a bill is taxed on."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from umkm.catalogue.states import FoodKind


class TaxSubject(TextChoices):
    SPLIT = "split", _("Pembelian yang dipecah")
    FOOD = "food", _("Katering atau makanan toko")


# Between these the treasurer corrects; that something is food, and bears no PPN, nobody decides here.
MEALS = (FoodKind.CATERING, FoodKind.SHOP)
