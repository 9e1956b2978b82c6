"""Files of a request: what the office has on paper before anything is ordered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from procurement.attachments import querysets
from procurement.attachments.states import RequestFileKind
from procurement.requests.models import PurchaseRequest


class RequestAttachment(models.Model):
    """A PDF or a picture in the private store. What was taken out keeps its row and its file."""

    request = models.ForeignKey(
        PurchaseRequest, models.PROTECT, related_name="attachments", verbose_name=_("permintaan")
    )
    kind = models.CharField(_("jenis"), max_length=12, choices=RequestFileKind)
    title = models.CharField(_("judul"), max_length=120, blank=True)
    file = models.CharField(pgettext_lazy("satu", "Berkas"), max_length=200)
    content_type = models.CharField(_("jenis berkas"), max_length=60)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(_("sidik berkas"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pengunggah")
    )
    uploaded_name = models.CharField(_("nama pengunggah"), max_length=120)  # on that day
    uploaded_at = models.DateTimeField(_("diunggah"))
    removed_at = models.DateTimeField(_("dikeluarkan"), null=True)
    # None and "" of what was taken out before they were kept.
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dikeluarkan oleh"),
    )  # fmt: skip
    removal_note = models.CharField(_("sebab dikeluarkan"), max_length=200, blank=True, editable=False)

    objects = querysets.RequestAttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("lampiran permintaan")
        verbose_name_plural = ngettext_lazy("lampiran permintaan", "lampiran permintaan", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["request", "kind", "sha256"],
                condition=Q(removed_at__isnull=True),
                name="request_attachment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"
