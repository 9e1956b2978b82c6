"""A key a program signs in with, for its person and within its scopes."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.users.api_keys.querysets import ApiKeyQuerySet


class ApiKey(models.Model):
    """The key itself is shown once and not kept: `digest` is its SHA-256, which is enough for 256 random bits."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("nama kunci"), max_length=60)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    # How the key begins, by which a person finds it again in a program's configuration.
    start = models.CharField(max_length=12, editable=False)
    # What it opens: names that apps declare (`HouseConfig.api_scopes`).
    scopes = ArrayField(models.CharField(max_length=40))
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # To the minute: written at most once a minute, however often the key is used.
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("kunci API")
        verbose_name_plural = ngettext_lazy("kunci API", "kunci API", 2)
        constraints = [
            models.CheckConstraint(condition=Q(scopes__len__gt=0), name="api_key_opens_something"),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="api_key_expires_after_creation"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.start}…)"
