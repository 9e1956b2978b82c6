"""An invitation to help in a shop."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event
from epeken.core.states import StateIsLastEvent, valid_states
from epeken.users.logins import LONGEST, login_words
from umkm.members import querysets
from umkm.members.states import INVITATION, InvitationState
from umkm.sellers.models import Seller


class MemberInvitation(models.Model):
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="invitations")
    # The account they are to come with, in its one spelling (`users.logins`); it may not be there yet.
    address = models.CharField(_("surel atau nomor ponsel"), max_length=LONGEST)
    state = models.CharField(
        _("keadaan"), max_length=9, choices=InvitationState, default=INVITATION.initial, editable=False
    )
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("diundang"))
    until = models.DateTimeField(_("berlaku sampai"))

    objects = querysets.MemberInvitationQuerySet.as_manager()
    machine = INVITATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-pk"]
        verbose_name = _("undangan membantu toko")
        verbose_name_plural = ngettext_lazy("undangan membantu toko", "undangan membantu toko", 2)
        constraints = [
            valid_states(INVITATION, "invitation_state_known"),
            models.UniqueConstraint(
                fields=["seller", "address"], condition=Q(state=InvitationState.OPEN), name="invitation_once_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address_words}, {self.seller}"

    @property
    def address_words(self) -> str:
        return login_words(self.address)


class MemberInvitationEvent(Event):
    invitation = models.ForeignKey(MemberInvitation, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat undangan membantu toko")
        verbose_name_plural = _("riwayat undangan membantu toko")
