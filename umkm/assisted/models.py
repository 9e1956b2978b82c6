"""A registration that an officer fills in at a resident's table, and the resident confirms on their own phone."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from epeken.core.models import Event, Kelurahan
from epeken.core.phones import PhoneField
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.assisted import querysets
from umkm.assisted.states import ASSISTED, OPEN, AssistedState
from umkm.sellers.models import Seller


class AssistedRegistration(models.Model):
    """It is addressed to whoever signs in with the number, whatever account that is. The shop has no owner until they
    confirm."""

    seller = models.OneToOneField(Seller, models.PROTECT, related_name="assisted", verbose_name=_("pendaftaran"))
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assisted_registrations", verbose_name=_("petugas")
    )
    # Where the officer is posted and the shop has to be.
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    # As the officer typed them; "" once it is over.
    name = models.CharField(_("nama warga"), max_length=120, blank=True)
    phone = PhoneField(_("nomor ponsel warga"), blank=True)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=AssistedState, default=ASSISTED.initial, editable=False
    )
    started_at = models.DateTimeField(_("dimulai"))
    due_at = models.DateTimeField(_("paling lambat"))
    handed_over_at = models.DateTimeField(_("diminta dipastikan"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("diingatkan"), null=True, editable=False)
    # Who showed that they know the NIK, of what was handed over last.
    resident = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("warga")
    )
    wrong_answers = models.PositiveSmallIntegerField(default=0, editable=False)
    # Of what came in a list of residents (`seller_imports`): its row.
    import_row = models.OneToOneField(
        "umkm.SellerImportRow", models.PROTECT, null=True, editable=False, related_name="assisted"
    )

    objects = querysets.AssistedQuerySet.as_manager()
    machine = ASSISTED

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("pendaftaran dibantu")
        verbose_name_plural = ngettext_lazy("pendaftaran dibantu", "pendaftaran dibantu", 2)
        permissions = [("assist_seller", gettext_noop("boleh membantu warga mendaftar di semua kelurahan"))]
        constraints = [
            valid_states(ASSISTED, "assisted_state_known"),
            models.UniqueConstraint(fields=["phone"], condition=Q(state__in=OPEN), name="assisted_one_open_per_number"),
            models.CheckConstraint(
                condition=Q(state__in=OPEN) & ~Q(phone="") & ~Q(name="") | ~Q(state__in=OPEN) & Q(phone="", name=""),
                name="assisted_number_only_while_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssistedState.WAITING) | Q(handed_over_at__isnull=False),
                name="assisted_waits_since",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"


class AssistedRegistrationEvent(Event):
    assisted = models.ForeignKey(AssistedRegistration, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat pendaftaran dibantu")
        verbose_name_plural = _("riwayat pendaftaran dibantu")
