"""What was taken out of departments' files: which paper, why, by whom, when."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import brief_time
from epeken.core.web.sorting import Column
from orders.documents.querysets import AttachmentQuerySet


def filtered(found: AttachmentQuerySet, values: Mapping[str, Any]) -> AttachmentQuerySet:
    """By the fields of RemovedFilter; with all that a row reads."""
    for word in (values.get("q") or "").split():
        found = found.filter(
            Q(order__number__icontains=word)
            | Q(order__title__icontains=word)
            | Q(title__icontains=word)
            | Q(removal_note__icontains=word)
            | Q(removed_by__name__icontains=word)
        )
    if values.get("dinas"):
        found = found.filter(order__agency=values["dinas"])
    found = found.filter(clock.on_days("removed_at", values.get("sejak"), values.get("sampai")))
    return found.select_related("order__agency", "removed_by", "uploaded_by")


def columns() -> list[Column]:
    return [
        Column(pgettext("satu", "Berkas"), "berkas", "kind"),
        Column(pgettext("satu", "Pesanan"), "nomor", "order__number"),
        Column(_("Sebab dikeluarkan")),
        Column(_("Dikeluarkan"), "waktu", "removed_at"),
    ]


def rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    """For `components/table.html`."""
    return [
        {
            "cells": [
                {
                    "text": one.title or one.get_kind_display(),
                    "href": reverse("orders:attachment-file", args=[one.order.number, one.pk]) + "?lihat=1",
                    "note": one.get_kind_display() if one.title else "",
                },
                {
                    "text": one.order.number,
                    "href": reverse("orders:order-detail", args=[one.order.number]) + "#berkas",
                    "note": f"{one.order.agency.short_name}, {one.order.title}",
                },
                {"text": one.removal_note, "label": _("Sebab dikeluarkan")},
                {"text": str(one.removed_by), "note": brief_time(one.removed_at), "label": _("Dikeluarkan")},
            ]
        }
        for one in found
    ]


def file_head() -> list[str]:
    return [
        _("Nomor surat pesanan"), _("Nama"), _("Dinas"), _("Jenis berkas"), _("Judul"), _("Diunggah"),
        _("Diunggah oleh"), _("Dikeluarkan"), _("Dikeluarkan oleh"), _("Sebab dikeluarkan"), _("Sidik berkas"),
    ]  # fmt: skip


def file_cells(one: Any) -> list[exports.Cell]:
    return [
        one.order.number, one.order.title, one.order.agency.short_name, one.get_kind_display(), one.title,
        one.uploaded_at, str(one.uploaded_by), one.removed_at, str(one.removed_by), one.removal_note, one.sha256,
    ]  # fmt: skip
