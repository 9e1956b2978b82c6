"""Dated appointments of a department's officers."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from epeken.core.errors import NotAllowed, require
from procurement.models import Agency, AgencyMember
from procurement.states import OfficerRole


@transaction.atomic
def appoint_officer(
    *, actor: Any, agency: Agency, user: Any, role: str, decree: str, valid_from: date, valid_until: date | None
) -> AgencyMember:
    """The person holds the role in the department from `valid_from` on. Raises: NotAllowed, RuleBroken."""
    _check_hand(actor)
    require(role in OfficerRole.values, _("Pilih peran pejabat."), field="role")
    require(
        valid_until is None or valid_until >= valid_from,
        _("Tanggal akhir penunjukan tidak boleh sebelum tanggal mulainya."),
        field="valid_until",
    )
    overlapping = AgencyMember.objects.on(valid_from).filter(agency=agency, user=user, role=role)
    require(not overlapping.exists(), _("Orang ini sudah memegang peran itu pada tanggal tersebut."), field="user")
    return AgencyMember.objects.create(
        agency=agency, user=user, role=role, decree=decree.strip()[:80], valid_from=valid_from, valid_until=valid_until
    )


@transaction.atomic
def end_appointment(*, actor: Any, appointment: AgencyMember, last_day: date) -> AgencyMember:
    """The appointment ends after `last_day`; what was done under it stays. Raises: NotAllowed, RuleBroken."""
    _check_hand(actor)
    require(
        last_day >= appointment.valid_from - timedelta(days=1),
        _("Hari terakhir tidak boleh sebelum penunjukan dimulai."),
        field="valid_until",
    )
    appointment.valid_until = max(last_day, appointment.valid_from)
    appointment.save(update_fields=["valid_until"])
    return appointment


def _check_hand(actor: Any) -> None:
    if not actor.has_perm("procurement.change_agencymember"):
        raise NotAllowed(_("Penunjukan pejabat dicatat oleh admin kota."))
