"""Leave of an officer: the days on which they hold none of their offices in a department."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.i18n.times import full_date
from procurement.agencies.models import Agency
from procurement.leaves import querysets


class OfficerLeave(models.Model):
    """Who stands in for each office meanwhile: `stand_ins` (AgencyMember)."""

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="leaves", verbose_name=_("dinas"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves", verbose_name=_("pejabat"))
    decree = models.CharField(_("nomor surat"), max_length=80)
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai"))  # the last day away
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("dicatat oleh")
    )
    recorded_at = models.DateTimeField(_("dicatat"), editable=False)
    # Shortened (`valid_until` is then earlier than planned) or withdrawn: by whom and when.
    planned_until = models.DateField(_("rencana sampai"), editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name=_("diakhiri oleh"),
    )
    ended_at = models.DateTimeField(_("diakhiri"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("dibatalkan"), null=True, editable=False)

    objects = querysets.LeaveQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        verbose_name = _("cuti pejabat")
        verbose_name_plural = ngettext_lazy("cuti pejabat", "cuti pejabat", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from"), planned_until__gte=F("valid_until")),
                name="leave_dates",
                violation_error_message=_("Hari terakhir tidak boleh sebelum hari mulai."),
            ),
            models.CheckConstraint(condition=~Q(decree=""), name="leave_has_decree"),
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True, ended_at__isnull=True, withdrawn_at__isnull=True)
                | Q(ended_by__isnull=False, ended_at__isnull=False),
                name="leave_end_says_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {full_date(self.valid_from)} – {full_date(self.valid_until)}"
