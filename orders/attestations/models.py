"""What was done in an order's file, one row an act, each bound to the one before by its hash."""

from django.conf import settings
from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.factors import Factor
from epeken.core.i18n.times import full_date
from epeken.core.models import AppendOnly
from orders.orders.models import Order


class Attestation(AppendOnly):
    """One act: an event, an edition of a document, an attachment. Whoever signs a document does it by such an act.

    `content` is the canonical text of what was done and of every row it changed; `hash` covers the columns above it and
    the hash of the order's act before. `number` lets the daily seal read all of them without a gap (`core.events`).
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="attestations", verbose_name=_("pesanan"))
    sequence = models.PositiveIntegerField(_("urutan"))
    noun = models.CharField(_("tentang"), max_length=40)  # the label of a model
    key = models.BigIntegerField(_("nomor baris"))
    # The number of the event it attests; none of a document or an attachment.
    event = models.BigIntegerField(_("nomor riwayat"), null=True, unique=True)
    action = models.CharField(_("tindakan"), max_length=40)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("pelaku")
    )
    # Of the person at that moment; `acted_as` only where an office or a side acted.
    name = models.CharField(_("nama pelaku"), max_length=120, blank=True)
    nip = models.CharField(_("NIP pelaku"), max_length=18, blank=True)
    acted_as = models.CharField(_("bertindak sebagai"), max_length=16, blank=True)
    at = models.DateTimeField(_("waktu"))
    # '' where no session was there to ask: a job, a command.
    factor = models.CharField(_("cara membuktikan diri"), max_length=20, choices=Factor, blank=True)
    content = models.TextField(_("isi"))
    sha256 = models.CharField(_("sidik isi"), max_length=64)
    previous = models.CharField(_("sidik sebelumnya"), max_length=64, blank=True)
    hash = models.CharField(_("sidik"), max_length=64, unique=True)
    number = models.BigIntegerField(
        _("nomor"),
        db_default=Func(function="epeken_next_event", output_field=models.BigIntegerField()),
        unique=True,
        editable=False,
    )

    class Meta(AppendOnly.Meta):
        ordering = ["order", "sequence"]
        verbose_name = _("pengesahan")
        verbose_name_plural = ngettext_lazy("pengesahan", "pengesahan", 2)
        constraints = [models.UniqueConstraint(fields=["order", "sequence"], name="attestation_one_chain")]

    def __str__(self) -> str:
        return f"{self.order} {self.sequence}"


class DailySeal(AppendOnly):
    """The ends of all chains that grew since the seal before, published: whoever cuts off an end meets this.

    `heads` is the canonical text [[order number, sequence, hash], …] sorted by number; `hash` covers it, the day and
    the hash of the day before.
    """

    day = models.DateField(_("hari"), unique=True)
    made_at = models.DateTimeField(_("dibuat"))
    until = models.BigIntegerField(_("sampai nomor"))  # of `Attestation.number`
    chains = models.PositiveIntegerField(_("berkas pesanan"))
    acts = models.PositiveIntegerField(_("tindakan"))
    heads = models.TextField(_("ujung"))
    previous = models.CharField(_("sidik sebelumnya"), max_length=64, blank=True)
    hash = models.CharField(_("sidik"), max_length=64, unique=True)

    class Meta(AppendOnly.Meta):
        ordering = ["day"]
        verbose_name = _("segel harian")
        verbose_name_plural = ngettext_lazy("segel harian", "segel harian", 2)

    def __str__(self) -> str:
        return full_date(self.day)
