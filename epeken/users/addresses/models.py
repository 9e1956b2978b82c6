"""Where a person has goods brought to, kept for the next order. An order copies it and asks it never again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Kelurahan
from epeken.core.phones import PhoneField
from epeken.users.addresses.querysets import AddressQuerySet


class Address(models.Model):
    # Gone with the account: nobody else has a use for it.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="addresses")
    label = models.CharField(_("nama alamat"), max_length=40)
    recipient = models.CharField(_("nama penerima"), max_length=120)
    phone = PhoneField(_("nomor telepon"))
    street = models.CharField(_("alamat"), max_length=200)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+")
    is_default = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("alamat")
        verbose_name_plural = ngettext_lazy("alamat", "alamat", 2)
        constraints = [
            models.UniqueConstraint("user", Lower("label"), name="address_label_once"),
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="address_one_default"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def choice(self) -> str:
        """How a page names it with what it says, so that the address is asked again after a change."""
        return f"{self.pk}.{self.changed_at.timestamp():.6f}"

    @property
    def line(self) -> str:
        """`Jl. Mawar 3, Kalirungkut, Rungkut`."""
        return f"{self.street}, {self.kelurahan.name}, {self.kelurahan.kecamatan.name}"
