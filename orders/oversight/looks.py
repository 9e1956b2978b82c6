"""Who looked at sellers' identity and bank data: the log each seller reads of their own, for all of them."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import brief_time
from epeken.core.web.sorting import Column
from umkm.verification.models import DocumentView


def kinds() -> list[tuple[str, str]]:
    """What was looked at so far, with its name."""
    found = DocumentView.objects.order_by("what").values_list("what", flat=True).distinct()
    return [(what, DocumentView(what=what).label) for what in found]


def filtered(values: Mapping[str, Any]) -> QuerySet[DocumentView]:
    """By the fields of LookFilter; with all that a row reads."""
    found = DocumentView.objects.select_related("seller", "viewer")
    for word in (values.get("q") or "").split():
        found = found.filter(Q(viewer__name__icontains=word) | Q(seller__name__icontains=word))
    if values.get("jenis"):
        found = found.filter(what=values["jenis"])
    return found.filter(clock.on_days("at", values.get("sejak"), values.get("sampai")))


def columns() -> list[Column]:
    return [
        Column(_("Dibuka"), "waktu", "at"),
        Column(_("Petugas"), "petugas", "viewer__name"),
        Column(pgettext("dibuka", "Data"), "data", "what"),
        Column(pgettext("satu", "Toko"), "toko", "seller__name"),
        Column(_("Untuk apa"), "untuk", "purpose"),
    ]


def rows(found: Iterable[Any]) -> list[dict[str, Any]]:
    """For `components/table.html`."""
    return [
        {
            "cells": [
                {"text": brief_time(one.at)},
                {"text": str(one.viewer), "label": _("Petugas")},
                {"text": one.label, "label": pgettext("dibuka", "Data")},
                {"text": one.seller.name, "label": pgettext("satu", "Toko")},
                {"text": one.get_purpose_display() or "–", "label": _("Untuk apa")},
            ]
        }
        for one in found
    ]


def file_head() -> list[str]:
    return [column.text for column in columns()]


def file_cells(one: Any) -> list[exports.Cell]:
    return [one.at, str(one.viewer), one.label, one.seller.name, one.get_purpose_display()]
