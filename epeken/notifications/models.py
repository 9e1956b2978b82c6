"""What a person was told, and how each message was sent."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.notifications.breaches.models import AffectedPerson, DataBreach, DataBreachEvent
from epeken.notifications.channels.email.models import DemoMail, OutgoingMail
from epeken.notifications.channels.text.models import OutgoingText

__all__ = [
    "AffectedPerson", "DataBreach", "DataBreachEvent", "DemoMail", "Notification", "NotificationDelivery",
    "OutgoingMail", "OutgoingText", "Preference",
]  # fmt: skip

UNREAD = models.Q(read_at__isnull=True)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: object) -> Self:
        return self.filter(person=user) if getattr(user, "is_authenticated", False) else self.none()

    def told_by(self, now: datetime) -> Self:
        """Never one of a moment that has not come."""
        return self.filter(created_at__lte=now)

    def unread(self) -> Self:
        return self.filter(UNREAD)

    def unread_first(self) -> Self:
        read = models.ExpressionWrapper(models.Q(read_at__isnull=False), output_field=models.BooleanField())
        return self.alias(is_read=read).order_by("is_read", "-created_at", "-pk")


class Notification(models.Model):
    """One line in a person's inbox, put into words when it is read (epeken.notifications.rendering).

    `kind` is a code of epeken.notifications.kinds, `parameters` what its texts name. `key` makes telling the same
    thing twice impossible.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=60)
    parameters = models.JSONField(default=dict)  # plain values: text, whole numbers, ISO dates and moments
    url = models.CharField(max_length=300, blank=True)
    key = models.CharField(max_length=160)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("pemberitahuan")
        verbose_name_plural = ngettext_lazy("pemberitahuan", "pemberitahuan", 2)
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="notification_once")]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="notification_inbox"),
            models.Index(fields=["person"], name="notification_unread", condition=UNREAD),
            models.Index(OpClass("key", "text_pattern_ops"), name="notification_waiting", condition=UNREAD),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class NotificationDelivery(models.Model):
    """A notification on its way through one channel. Sent exactly when `sent_at` is set, given up when `dead_at` is."""

    class Channel(models.TextChoices):
        EMAIL = "email", _("Surel")
        TEXT = "text", _("Pesan ponsel")

    notification = models.ForeignKey(
        Notification, models.CASCADE, related_name="deliveries", verbose_name=_("pemberitahuan")
    )
    channel = models.CharField(_("saluran"), max_length=20, choices=Channel.choices)
    # Stable across retries, so a receiving server can drop a repeat.
    message_id = models.CharField(_("nomor surat"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("dibuat"))
    sent_at = models.DateTimeField(_("terkirim"), null=True)
    dead_at = models.DateTimeField(_("menyerah"), null=True)
    reason = models.CharField(_("alasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("pengiriman")
        verbose_name_plural = ngettext_lazy("pengiriman", "pengiriman", 2)
        constraints = [models.UniqueConstraint(fields=["notification", "channel"], name="delivery_once")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"


class Preference(models.Model):
    """A channel a person has switched off for an area of notices (`order`, `request`…). No row means on."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences")
    kind = models.CharField(max_length=60)
    channel = models.CharField(max_length=20, choices=NotificationDelivery.Channel.choices)

    class Meta:
        verbose_name = _("pilihan pemberitahuan")
        verbose_name_plural = ngettext_lazy("pilihan pemberitahuan", "pilihan pemberitahuan", 2)
        constraints = [models.UniqueConstraint(fields=["person", "kind", "channel"], name="preference_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.channel}"
