"""Texts to a telephone on their way."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.phones import PhoneField
from epeken.core.secret import EncryptedField, masked


class OutgoingText(models.Model):
    """A text that is no notice (a code, a warning to a former number), kept until it has left.

    It may hold a code: encrypted while it waits, forgotten once sent or given up.
    """

    phone = PhoneField(_("nomor"))
    text = EncryptedField(_("isi"), blank=True)
    message_id = models.CharField(_("nomor pesan"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("dibuat"))
    # A code that comes later than this helps nobody.
    useful_until = models.DateTimeField(_("berguna sampai"))
    sent_at = models.DateTimeField(_("terkirim"), null=True)
    dead_at = models.DateTimeField(_("menyerah"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pesan ponsel")
        verbose_name_plural = ngettext_lazy("pesan ponsel", "pesan ponsel", 2)

    def __str__(self) -> str:
        return masked(self.phone)
