"""An appeal against a rejected registration or a sanction."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from epeken.core.models import Event
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.appeals import querysets
from umkm.appeals.photos import SentPhoto
from umkm.appeals.states import APPEAL, OPEN_STATES, AppealState
from umkm.sanctions.models import Sanction
from umkm.sellers.models import Seller
from umkm.verification.models import VerificationCase


class Appeal(models.Model):
    """Against the rejection of a registration (`case`) or against a sanction; once for each."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="appeals", verbose_name=_("penjual"))
    case = models.OneToOneField(
        VerificationCase,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="appeal",
        verbose_name=_("berkas verifikasi"),
    )
    sanction = models.OneToOneField(
        Sanction, models.PROTECT, null=True, editable=False, related_name="appeal", verbose_name=_("sanksi toko")
    )
    state = models.CharField(_("keadaan"), max_length=12, choices=AppealState, default=APPEAL.initial, editable=False)
    words = models.TextField(_("alasan banding"), max_length=1000)
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("diajukan oleh")
    )
    filed_at = models.DateTimeField(_("diajukan"))
    # Who took the decision that is appealed against, and so takes none on the appeal.
    decided_first_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False,
        verbose_name=_("keputusan pertama oleh"),
    )  # fmt: skip
    due_at = models.DateTimeField(_("tenggat"))
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    note = models.CharField(_("alasan keputusan"), max_length=300, blank=True)

    objects = querysets.AppealQuerySet.as_manager()
    machine = APPEAL

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("banding penjual")
        verbose_name_plural = ngettext_lazy("banding penjual", "banding penjual", 2)
        permissions = [("decide_appeal", gettext_noop("boleh memutus banding sebagai kepala dinas"))]
        constraints = [
            valid_states(APPEAL, "appeal_state_known"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, sanction__isnull=True) | Q(case__isnull=True, sanction__isnull=False),
                name="appeal_against_one_decision",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN_STATES, decided_at__isnull=True)
                | (~Q(state__in=OPEN_STATES) & Q(decided_at__isnull=False)),
                name="appeal_decided_has_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.seller}"


class AppealPhoto(SentPhoto):
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="photos", verbose_name=_("banding"))

    class Meta(SentPhoto.Meta):
        verbose_name = _("foto banding")
        verbose_name_plural = ngettext_lazy("foto banding", "foto banding", 2)


class AppealEvent(Event):
    appeal = models.ForeignKey(Appeal, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat banding")
        verbose_name_plural = _("riwayat banding")
