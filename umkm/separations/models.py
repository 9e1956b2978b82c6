"""An owner's request to count their shop no longer as one owner with another shop."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.appeals.photos import SentPhoto
from umkm.owners.models import TieFact
from umkm.sellers.models import Seller
from umkm.separations import querysets
from umkm.separations.states import OPEN_STATES, SEPARATION, SeparationState


class SeparationRequest(models.Model):
    """`fact` ties the two shops and is contested; `value`: what both showed of it as it was filed, "" of a record."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="separations", verbose_name=_("penjual"))
    other = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("toko yang lain"))
    fact = models.CharField(_("yang mengikat"), max_length=10, choices=TieFact, editable=False)
    value = models.CharField(_("data yang mengikat"), max_length=44, blank=True, editable=False)
    state = models.CharField(
        _("keadaan"), max_length=12, choices=SeparationState, default=SEPARATION.initial, editable=False
    )
    words = models.TextField(_("alasan pemilik"), max_length=1000)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("diajukan oleh")
    )
    filed_at = models.DateTimeField(_("diajukan"))
    due_at = models.DateTimeField(_("tenggat"))
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    note = models.CharField(_("alasan keputusan"), max_length=300, blank=True)

    objects = querysets.SeparationQuerySet.as_manager()
    machine = SEPARATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("permohonan pemisahan pemilik")
        verbose_name_plural = ngettext_lazy("permohonan pemisahan pemilik", "permohonan pemisahan pemilik", 2)
        constraints = [
            valid_states(SEPARATION, "separation_state_known"),
            models.CheckConstraint(condition=~Q(seller=F("other")), name="separation_of_two_shops"),
            models.CheckConstraint(
                condition=Q(fact=TieFact.BANK) & ~Q(value="") | Q(fact=TieFact.RECORD, value=""),
                name="separation_fact_contestable",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, decided_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(decided_at__isnull=False)),
                name="separation_decided_has_moment",
            ),
            # One at a time for a tie, whichever side asks.
            models.UniqueConstraint(
                Least("seller", "other"),
                Greatest("seller", "other"),
                condition=Q(state__in=OPEN_STATES),
                name="separation_open_once",
                violation_error_message=_("Ikatan ini sedang diperiksa petugas."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller} | {self.other}"


class SeparationPhoto(SentPhoto):
    """What the owner shows as proof."""

    request = models.ForeignKey(
        SeparationRequest, models.PROTECT, related_name="photos", verbose_name=_("permohonan pemisahan pemilik")
    )

    class Meta(SentPhoto.Meta):
        verbose_name = _("bukti pemisahan pemilik")
        verbose_name_plural = ngettext_lazy("bukti pemisahan pemilik", "bukti pemisahan pemilik", 2)


class SeparationRequestEvent(Event):
    request = models.ForeignKey(SeparationRequest, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat pemisahan pemilik")
        verbose_name_plural = _("riwayat pemisahan pemilik")
