"""A photo or a screenshot an owner sends with what they write against a decision, in the private store."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from epeken.core.files.uploads import Stored


class SentPhoto(models.Model):
    file = models.CharField(_("berkas"), max_length=200)
    content_type = models.CharField(_("jenis berkas"), max_length=60)
    size = models.PositiveIntegerField(_("ukuran berkas"))
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    uploaded_at = models.DateTimeField(_("diunggah"))
    # The file is gone with the shop's documents; `file` and what it was known by are empty.
    destroyed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"


def fields_of(stored: Stored, now: datetime) -> dict[str, Any]:
    """Of a `SentPhoto`."""
    return {
        "file": stored.name, "content_type": stored.content_type, "size": stored.size, "sha256": stored.sha256,
        "uploaded_at": now,
    }  # fmt: skip
