"""A breach of personal data: what happened, whose data, who was told and when."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event
from epeken.core.states import StateIsLastEvent, valid_states
from epeken.notifications.breaches import querysets
from epeken.notifications.breaches.states import BREACH, BreachedData, BreachState


class DataBreach(models.Model):
    """Source: UU 27/2022 art. 46: within 3 × 24 hours the people and the authority are told in writing which data, when
    and how they came out, and what is done about it."""

    state = models.CharField(_("keadaan"), max_length=6, choices=BreachState, default=BREACH.initial, editable=False)
    found_at = models.DateTimeField(_("diketahui"))
    happened_at = models.DateTimeField(_("terjadi sejak"))
    due_at = models.DateTimeField(_("tenggat"), editable=False)
    data = ArrayField(models.CharField(max_length=8, choices=BreachedData), verbose_name=_("data yang terdampak"))
    what = models.CharField(_("apa yang terjadi"), max_length=1000)
    handling = models.CharField(_("apa yang dilakukan"), max_length=1000)
    advice = models.CharField(_("apa yang sebaiknya dilakukan orangnya"), max_length=1000)
    reported_at = models.DateTimeField(_("dilaporkan ke lembaga"), null=True, editable=False)
    report_number = models.CharField(_("nomor laporan"), max_length=80, blank=True, editable=False)
    closed_at = models.DateTimeField(_("selesai"), null=True, editable=False)
    closing_note = models.CharField(_("hasil akhirnya"), max_length=1000, blank=True, editable=False)

    objects = querysets.BreachQuerySet.as_manager()
    machine = BREACH

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-found_at", "-pk"]
        verbose_name = _("kebocoran data pribadi")
        verbose_name_plural = ngettext_lazy("kebocoran data pribadi", "kebocoran data pribadi", 2)
        permissions = [("handle_breach", _("boleh menangani kebocoran data pribadi"))]
        constraints = [
            valid_states(BREACH, "breach_state_known"),
            models.CheckConstraint(condition=Q(happened_at__lte=F("found_at")), name="breach_found_after_it_happened"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DataBreachEvent(Event):
    breach = models.ForeignKey(DataBreach, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat kebocoran data pribadi")
        verbose_name_plural = _("riwayat kebocoran data pribadi")


class AffectedPerson(models.Model):
    """Somebody whose data are concerned, and when they were told."""

    breach = models.ForeignKey(DataBreach, models.PROTECT, related_name="affected")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("orang yang terdampak")
        verbose_name_plural = ngettext_lazy("orang yang terdampak", "orang yang terdampak", 2)
        constraints = [models.UniqueConstraint(fields=["breach", "user"], name="affected_once")]

    def __str__(self) -> str:
        return str(self.user)
