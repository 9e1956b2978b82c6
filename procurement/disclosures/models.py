"""Protected complaints about officials, sealed to the inspectorate before they are stored.

No row here names who sent it, and what a sender does is dated by the day alone: neither a time nor the number that
events of all tables share, which would place it between two acts of known people. Acts of inspectors say who and when.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, Event
from epeken.core.states import StateIsLastEvent, valid_states
from procurement.disclosures import querysets
from procurement.disclosures.sealing import fingerprint, from_text
from procurement.disclosures.states import (
    DISCLOSURE_CASE,
    INSPECTORATE_KEY,
    SENT,
    DisclosureState,
    InspectorateKeyState,
    MessagePart,
    StopReason,
)


def _inspector(name: Any, *, null: bool = False) -> "models.ForeignKey[models.Model, models.Model]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=null, related_name="+", editable=False, verbose_name=name
    )


class InspectorateKey(models.Model):
    """The public half of a key pair. The private half is made by an inspector's browser and never comes here."""

    public = models.CharField(_("kunci umum"), max_length=90, unique=True, editable=False)
    state = models.CharField(
        _("keadaan"),
        max_length=10,
        choices=InspectorateKeyState,
        default=INSPECTORATE_KEY.initial,
        editable=False,
    )
    proposed_by = _inspector(_("dibuat oleh"))
    proposed_at = models.DateTimeField(_("dibuat"), editable=False)
    confirmed_by = _inspector(_("disahkan oleh"), null=True)
    confirmed_at = models.DateTimeField(_("disahkan"), null=True, editable=False)
    valid_from = models.DateField(_("berlaku sejak"), null=True, editable=False)
    stopped_at = models.DateTimeField(_("dihentikan"), null=True, editable=False)
    stop_reason = models.CharField(_("alasan"), max_length=8, choices=StopReason, blank=True, editable=False)

    objects = querysets.InspectorateKeyQuerySet.as_manager()
    machine = INSPECTORATE_KEY

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("kunci inspektorat")
        verbose_name_plural = ngettext_lazy("kunci inspektorat", "kunci inspektorat", 2)
        triggers = [StateIsLastEvent()]
        constraints = [
            valid_states(INSPECTORATE_KEY, "inspectorate_key_state_known"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="inspectorate_key_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[InspectorateKeyState.PROPOSED, InspectorateKeyState.WITHDRAWN],
                    confirmed_by__isnull=True,
                    valid_from__isnull=True,
                )
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, valid_from__isnull=False),
                name="inspectorate_key_confirmed_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.fingerprint

    @property
    def fingerprint(self) -> str:
        return fingerprint(from_text(self.public))


class InspectorateKeyEvent(Event):
    inspectorate_key = models.ForeignKey(InspectorateKey, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat kunci inspektorat")
        verbose_name_plural = _("riwayat kunci inspektorat")


class Disclosure(AppendOnly):
    """One complaint. `number` and `opening_hash` come from the sender's code, which is kept nowhere."""

    number = models.CharField(_("nomor"), max_length=12, unique=True)
    opening_hash = models.CharField(max_length=64, unique=True)
    day = models.DateField(_("hari"))
    key = models.ForeignKey(InspectorateKey, models.PROTECT, related_name="+")

    objects = querysets.DisclosureQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        verbose_name = _("pengaduan tersegel")
        verbose_name_plural = ngettext_lazy("pengaduan tersegel", "pengaduan tersegel", 2)

    def __str__(self) -> str:
        return self.number


class DisclosureMessage(AppendOnly):
    """Something sealed: what the sender wrote, or an answer. Only an answer has an author."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="messages")
    part = models.CharField(max_length=10, choices=MessagePart)
    day = models.DateField()
    sealed = models.BinaryField()
    # To which key of the inspectorate; an answer is sealed to the sender's code.
    key = models.ForeignKey(InspectorateKey, models.PROTECT, null=True, related_name="+")
    author = _inspector(_("dijawab oleh"), null=True)
    token = models.CharField(max_length=32, unique=True)  # of the page it was sent from: twice sent is once kept

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("pesan tersegel")
        verbose_name_plural = ngettext_lazy("pesan tersegel", "pesan tersegel", 2)
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=SENT, author__isnull=True, key__isnull=False)
                | Q(part=MessagePart.ANSWER, author__isnull=False, key__isnull=True),
                name="disclosure_sender_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id}/{self.pk}"


class DisclosureCase(models.Model):
    """What the inspectorate does with a complaint; begins with its first opening."""

    disclosure = models.OneToOneField(Disclosure, models.PROTECT, related_name="case")
    state = models.CharField(max_length=10, choices=DisclosureState, default=DISCLOSURE_CASE.initial, editable=False)

    objects = querysets.DisclosureCaseQuerySet.as_manager()
    machine = DISCLOSURE_CASE

    class Meta:
        verbose_name = _("penanganan pengaduan")
        verbose_name_plural = ngettext_lazy("penanganan pengaduan", "penanganan pengaduan", 2)
        triggers = [StateIsLastEvent()]
        constraints = [valid_states(DISCLOSURE_CASE, "disclosure_case_state_known")]

    def __str__(self) -> str:
        return str(self.disclosure)


class DisclosureEvent(Event):
    case = models.ForeignKey(DisclosureCase, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat penanganan pengaduan")
        verbose_name_plural = _("riwayat penanganan pengaduan")


class DisclosureLook(AppendOnly):
    """An inspector fetched what is sealed, up to and with the message `newest`. Whether they could read it, their key
    decides."""

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="looks")
    inspector = _inspector(_("dibuka oleh"))
    at = models.DateTimeField()
    newest = models.ForeignKey(DisclosureMessage, models.PROTECT, related_name="+")

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("pembukaan pengaduan")
        verbose_name_plural = ngettext_lazy("pembukaan pengaduan", "pembukaan pengaduan", 2)

    def __str__(self) -> str:
        return f"{self.disclosure_id}/{self.inspector_id}"
