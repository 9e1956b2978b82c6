"""Letters that are no notice, and the demo's mailbox page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.secret import EncryptedField


class OutgoingMail(models.Model):
    """A mail of the account pages (confirm an address, reset a password), kept until it has left.

    Its text holds a one-time link: encrypted while it waits, forgotten once sent.
    """

    recipient = models.CharField(_("penerima"), max_length=254)
    subject = models.CharField(_("perihal"), max_length=300)
    text = EncryptedField(_("isi"), blank=True)
    html = EncryptedField(_("isi (HTML)"), blank=True)
    message_id = models.CharField(_("nomor surat"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("dibuat"))
    sent_at = models.DateTimeField(_("terkirim"), null=True)
    dead_at = models.DateTimeField(_("menyerah"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("surel akun")
        verbose_name_plural = ngettext_lazy("surel akun", "surel akun", 2)

    def __str__(self) -> str:
        return f"{self.subject}: {self.recipient}"


class DemoMail(models.Model):
    """A mail the demo city sent, readable on a demo-only page."""

    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("surat demo")
        verbose_name_plural = ngettext_lazy("surat demo", "surat demo", 2)
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
