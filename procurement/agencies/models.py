"""City departments (OPD) and their dated appointments."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext_lazy

from epeken.core.models import Kelurahan
from procurement.agencies import querysets
from procurement.agencies.states import Capacity, OfficerRole, office_code, office_label


class Agency(models.Model):
    name = models.CharField(_("nama"), max_length=120, unique=True)
    short_name = models.CharField(_("nama singkat"), max_length=40, unique=True)
    code = models.CharField(_("kode OPD"), max_length=40, unique=True)
    address = models.CharField(_("alamat"), max_length=200)
    kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    # Of its office; the distance of photos taken at this address is measured from here.
    latitude = models.DecimalField(_("garis lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("garis bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    npwp = models.CharField(_("NPWP dinas"), max_length=20, blank=True)
    # Under the address on its papers.
    phone = models.CharField(_("telepon kantor"), max_length=40, blank=True)
    email = models.EmailField(_("surel kantor"), blank=True)
    website = models.CharField(_("laman kantor"), max_length=80, blank=True)

    objects = querysets.AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("dinas")
        verbose_name_plural = ngettext_lazy("dinas", "dinas", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="agency_point_whole",
                violation_error_message=_("Isi garis lintang dan garis bujur kantor bersama-sama, dalam derajat."),
            )
        ]
        permissions = [("inspect_all", gettext_noop("boleh membaca belanja semua dinas (inspektorat)"))]

    def __str__(self) -> str:
        return self.name


class AgencyMember(models.Model):
    """An appointment: this person holds this role in this department between these days.

    Who stands in for a holder on leave has a row of their own, in force while that leave lasts (`querysets`).
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="members", verbose_name=_("dinas"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name=_("pejabat")
    )
    role = models.CharField(_("peran"), max_length=12, choices=OfficerRole)
    decree = models.CharField(_("nomor SK"), max_length=80, blank=True)
    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)
    capacity = models.CharField(_("sifat"), max_length=3, choices=Capacity, blank=True, default=Capacity.HOLDER)
    # Of a Plh.: the appointment they stand in for, and the leave during which they do.
    stands_in_for = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        editable=False,
        verbose_name=_("menggantikan"),
    )
    leave = models.ForeignKey(
        "procurement.OfficerLeave",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="stand_ins",
        editable=False,
        verbose_name=_("selama cuti"),
    )

    objects = querysets.MemberQuerySet.as_manager()

    class Meta:
        ordering = ["agency", "role", "-valid_from"]
        verbose_name = _("penunjukan pejabat")
        verbose_name_plural = ngettext_lazy("penunjukan pejabat", "penunjukan pejabat", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                name="appointment_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.UniqueConstraint(
                fields=["agency", "user", "role", "valid_from"],
                condition=Q(leave__isnull=True),
                name="appointment_once",
            ),
            models.UniqueConstraint(
                fields=["leave", "stands_in_for"], condition=Q(leave__isnull=False), name="appointment_one_stand_in"
            ),
            models.CheckConstraint(
                condition=Q(capacity=Capacity.PLH, leave__isnull=False, stands_in_for__isnull=False)
                | (~Q(capacity=Capacity.PLH) & Q(leave__isnull=True, stands_in_for__isnull=True)),
                name="appointment_plh_during_leave",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.office_label}"

    @property
    def office(self) -> str:
        """What an act of this appointment records."""
        return office_code(self.role, self.capacity)

    @property
    def office_label(self) -> str:
        return office_label(self.office)
