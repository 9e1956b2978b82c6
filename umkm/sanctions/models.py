"""A warning to a shop, or its freezing, with the day it ends."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.codes import new_code
from epeken.core.models import AppendOnly, Event
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.sanctions import querysets
from umkm.sanctions.states import SANCTION, FactKind, SanctionLevel, SanctionReason, SanctionState
from umkm.sellers.models import Seller


class Sanction(models.Model):
    number = models.CharField(_("nomor surat"), max_length=30, unique=True, editable=False)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="sanctions", verbose_name=_("penjual"))
    level = models.CharField(_("sanksi"), max_length=6, choices=SanctionLevel, editable=False)
    reason = models.CharField(_("alasan"), max_length=16, choices=SanctionReason, editable=False)
    note = models.CharField(_("penjelasan"), max_length=300)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=SanctionState, default=SANCTION.initial, editable=False
    )
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("petugas"))
    given_at = models.DateTimeField(_("dikeluarkan"))
    ends_at = models.DateTimeField(_("berlaku sampai"))
    ended_at = models.DateTimeField(_("berakhir"), null=True, editable=False)
    # Who signed, as what, and the code by which anybody who holds the letter asks whether it is genuine.
    given_as = models.CharField(_("jabatan"), max_length=120, editable=False)
    code = models.CharField(_("kode surat"), max_length=24, unique=True, default=new_code, editable=False)
    # Whom the letter is addressed to, as they were that day.
    shop_name = models.CharField(max_length=80)
    owner_name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)

    objects = querysets.SanctionQuerySet.as_manager()
    machine = SANCTION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-given_at", "-pk"]
        verbose_name = _("sanksi toko")
        verbose_name_plural = ngettext_lazy("sanksi toko", "sanksi toko", 2)
        constraints = [
            valid_states(SANCTION, "sanction_state_known"),
            models.UniqueConstraint(
                fields=["seller", "level"], condition=Q(state=SanctionState.IN_FORCE), name="sanction_once_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state=SanctionState.IN_FORCE, ended_at__isnull=True)
                | (~Q(state=SanctionState.IN_FORCE) & Q(ended_at__isnull=False)),
                name="sanction_ended_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SanctionFact(AppendOnly):
    """One thing of the shop's record a sanction rests on, as it was when it was given."""

    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="facts")
    kind = models.CharField(_("jenis"), max_length=10, choices=FactKind)
    number = models.CharField(_("nomor"), max_length=30)  # of the order
    at = models.DateTimeField(_("terjadi"))
    promised_at = models.DateTimeField(_("dijanjikan"), null=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("dasar sanksi")
        verbose_name_plural = ngettext_lazy("dasar sanksi", "dasar sanksi", 2)
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sanction", "kind", "number", "at"], name="sanction_fact_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class SanctionEvent(Event):
    sanction = models.ForeignKey(Sanction, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat sanksi")
        verbose_name_plural = _("riwayat sanksi")
