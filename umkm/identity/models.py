"""A change of what an active shop was verified by, proposed by the shop and decided by a verifier."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import Event
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from epeken.users.logins import LONGEST
from umkm.identity import querysets
from umkm.identity.states import CHANGE, ChangeState, IdentityKind
from umkm.owners.models import Owner
from umkm.sellers.models import Seller
from umkm.verification.models import FoundByCheck


class IdentityChange(models.Model):
    seller = models.ForeignKey(
        Seller, models.PROTECT, related_name="identity_changes", verbose_name=_("penjual"), editable=False
    )
    kind = models.CharField(_("yang berubah"), max_length=8, choices=IdentityKind, editable=False)
    state = models.CharField(_("keadaan"), max_length=12, choices=ChangeState, default=CHANGE.initial, editable=False)
    reason = models.CharField(_("alasan"), max_length=300)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diusulkan oleh")
    )
    proposed_at = models.DateTimeField(_("diusulkan"))
    due_at = models.DateTimeField(_("tenggat"))
    decided_at = models.DateTimeField(_("diputus"), null=True, editable=False)
    note = models.CharField(_("catatan petugas"), max_length=300, blank=True)
    in_force_at = models.DateTimeField(_("mulai berlaku"), null=True, editable=False)
    applied_at = models.DateTimeField(_("berlaku"), null=True, editable=False)

    # Of a transfer: who is to own the shop, by what they sign in with in its one spelling (`users.logins`), and whose
    # it was until then.
    successor_address = models.CharField(
        _("surel atau nomor ponsel pemilik baru"), max_length=LONGEST, blank=True, editable=False
    )
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("pemilik baru"),
    )  # fmt: skip
    left_owner = models.ForeignKey(
        Owner, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("pemilik lama")
    )
    left_nik_index = models.CharField(
        _("sidik NIK pemilik lama"), max_length=44, blank=True, editable=False, db_index=True
    )

    objects = querysets.ChangeQuerySet.as_manager()
    machine = CHANGE

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["due_at", "pk"]
        verbose_name = _("usulan perubahan identitas toko")
        verbose_name_plural = ngettext_lazy("usulan perubahan identitas toko", "usulan perubahan identitas toko", 2)
        constraints = [
            valid_states(CHANGE, "identity_change_state_known"),
            models.UniqueConstraint(
                fields=["seller", "kind"],
                condition=Q(state__in=querysets.OPEN_STATES, applied_at__isnull=True),
                name="identity_change_one_open",
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.APPROVED) | Q(in_force_at__isnull=False),
                name="identity_change_approved_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(kind=IdentityKind.TRANSFER) ^ Q(successor_address=""), name="identity_change_successor"
            ),
            models.CheckConstraint(
                condition=~Q(state=ChangeState.APPLIED) | Q(applied_at__isnull=False),
                name="identity_change_applied_has_moment",
            ),
        ]
        indexes = [models.Index(fields=["seller", "state"], name="identity_change_by_seller")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.seller}"


class IdentityChangeEvent(Event):
    change = models.ForeignKey(IdentityChange, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat perubahan identitas")
        verbose_name_plural = _("riwayat perubahan identitas")


class IdentityValue(models.Model):
    """One field of a change, as `steps.plain_value` writes it: what the shop had, and what it asks for."""

    change = models.ForeignKey(IdentityChange, models.CASCADE, related_name="values")
    field = models.CharField(max_length=40)
    old = EncryptedField(blank=True)
    new = EncryptedField(blank=True)

    class Meta:
        verbose_name = _("isi perubahan identitas")
        verbose_name_plural = ngettext_lazy("isi perubahan identitas", "isi perubahan identitas", 2)
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["change", "field"], name="identity_value_once")]

    def __str__(self) -> str:
        return self.field


class IdentityCheck(FoundByCheck):
    """One thing a check found in the data as they would be."""

    change = models.ForeignKey(IdentityChange, models.CASCADE, related_name="checks")

    class Meta(FoundByCheck.Meta):
        verbose_name = _("temuan atas perubahan identitas")
        verbose_name_plural = ngettext_lazy("temuan atas perubahan identitas", "temuan atas perubahan identitas", 2)
        constraints = [
            models.UniqueConstraint(fields=["change", "code", "finding", "parameters"], name="finding_once_per_change"),
            models.CheckConstraint(
                condition=Q(acknowledged_by__isnull=True, acknowledged_at__isnull=True)
                | Q(acknowledged_by__isnull=False, acknowledged_at__isnull=False),
                name="change_finding_who_and_when",
            ),
        ]
