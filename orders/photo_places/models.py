"""Where a phone says that it was when a photo was added, and a person's leave to keep that."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly
from orders.deliveries.models import InspectionPhoto
from orders.photo_places.states import MeasuredFrom


class PlaceConsent(models.Model):
    """From when until when a person lets the place of their phone be kept with the photos of an inspection."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="place_consents", verbose_name=_("orang")
    )
    given_at = models.DateTimeField(_("diberikan"), editable=False)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("persetujuan lokasi foto")
        verbose_name_plural = ngettext_lazy("persetujuan lokasi foto", "persetujuan lokasi foto", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(withdrawn_at__isnull=True), name="place_consent_one_in_force"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
                name="place_consent_times",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}"


class PhotoPlace(AppendOnly):
    """A claim of the phone, kept beside the time of the server. What a file says of itself is stripped and never read.

    It belongs to the photo, so it is seen by whom the photo is seen, and goes with it.
    """

    photo = models.OneToOneField(InspectionPhoto, models.PROTECT, related_name="place", verbose_name=_("foto"))
    consent = models.ForeignKey(PlaceConsent, models.PROTECT, related_name="places", verbose_name=_("persetujuan"))
    latitude = models.DecimalField(_("garis lintang"), max_digits=9, decimal_places=6)
    longitude = models.DecimalField(_("garis bujur"), max_digits=9, decimal_places=6)
    accuracy = models.PositiveIntegerField(_("ketelitian (meter)"))
    claimed_at = models.DateTimeField(_("menurut jam ponsel"))
    # As the delivery place was known then; None and "" where no point of it was.
    distance = models.PositiveIntegerField(_("jarak dari tempat antar (meter)"), null=True)
    measured_from = models.CharField(_("diukur dari"), max_length=6, choices=MeasuredFrom, blank=True)

    class Meta(AppendOnly.Meta):
        verbose_name = _("lokasi foto")
        verbose_name_plural = ngettext_lazy("lokasi foto", "lokasi foto", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="photo_place_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(distance__isnull=True, measured_from="") | Q(distance__isnull=False) & ~Q(measured_from=""),
                name="photo_place_distance_of_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.latitude}, {self.longitude}"
