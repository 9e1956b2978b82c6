"""What was taken out of departments' files, beside a request and beside an order: which paper, why, by whom, when."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core import clock, exports
from epeken.core.i18n.times import brief_time
from epeken.core.web.sorting import Column
from epeken.users.models import User
from orders.documents.models import Attachment
from orders.documents.states import AttachmentKind
from procurement.attachments.models import RequestAttachment

_READ = ("kind", "title", "uploaded_at", "uploaded_name", "removed_at", "removal_note", "sha256")
_NAMED = ("beside", "number", "purchase", "agency", "remover")


def found(user: User, day: date, values: Mapping[str, Any]) -> QuerySet[Any]:
    """By the fields of RemovedFilter: a dict a row, in one statement."""
    of_orders = Attachment.objects.removed().visible_to(user, day)
    of_requests = RequestAttachment.objects.taken_out().visible_to(user, day)
    return _chosen(of_orders, "order", values).union(_chosen(of_requests, "request", values), all=True)


def _chosen(taken: Any, noun: str, values: Mapping[str, Any]) -> QuerySet[Any]:
    for word in (values.get("q") or "").split():
        taken = taken.filter(
            Q(**{f"{noun}__number__icontains": word})
            | Q(**{f"{noun}__title__icontains": word})
            | Q(title__icontains=word)
            | Q(removal_note__icontains=word)
            | Q(removed_by__name__icontains=word)
        )
    if values.get("dinas"):
        taken = taken.filter(**{f"{noun}__agency": values["dinas"]})
    taken = taken.filter(clock.on_days("removed_at", values.get("sejak"), values.get("sampai"))).order_by()
    named: QuerySet[Any] = taken.annotate(
        beside=Value(noun), number=F(f"{noun}__number"), purchase=F(f"{noun}__title"),
        agency=F(f"{noun}__agency__short_name"), remover=F("removed_by__name"),
    ).values("pk", *_READ, *_NAMED)  # fmt: skip
    return named


def columns() -> list[Column]:
    return [
        Column(pgettext("satu", "Berkas"), "berkas", "kind"),
        Column(_("Pesanan atau permintaan"), "nomor", "number"),
        Column(_("Sebab dikeluarkan")),
        Column(_("Dikeluarkan"), "waktu", "removed_at"),
    ]


def rows(page: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """For `components/table.html`."""
    return [
        {
            "cells": [
                {
                    "text": one["title"] or _kind(one),
                    "href": reverse(_FILE[one["beside"]], args=[one["number"], one["pk"]]) + "?lihat=1",
                    "note": _kind(one) if one["title"] else "",
                },
                {
                    "text": one["number"],
                    "href": reverse(_PAGE[one["beside"]], args=[one["number"]]) + _PLACE[one["beside"]],
                    "note": f"{one['agency']}, {one['purchase']}",
                },
                {"text": one["removal_note"] or "–", "label": _("Sebab dikeluarkan")},
                {"text": one["remover"] or "–", "note": brief_time(one["removed_at"]), "label": _("Dikeluarkan")},
            ]
        }
        for one in page
    ]


_FILE = {"order": "orders:attachment-file", "request": "procurement:request-attachment"}
_PAGE = {"order": "orders:order-detail", "request": "procurement:request-detail"}
_PLACE = {"order": "#berkas", "request": "#r"}


def _kind(one: Mapping[str, Any]) -> str:
    return str(AttachmentKind(one["kind"]).label)


def file_head() -> list[str]:
    return [
        _("Nomor surat pesanan atau permintaan"), _("Nama"), _("Dinas"), _("Jenis berkas"), _("Judul"),
        _("Diunggah"), _("Diunggah oleh"), _("Dikeluarkan"), _("Dikeluarkan oleh"), _("Sebab dikeluarkan"),
        _("Sidik berkas"),
    ]  # fmt: skip


def file_cells(one: Mapping[str, Any]) -> list[exports.Cell]:
    return [
        one["number"], one["purchase"], one["agency"], _kind(one), one["title"], one["uploaded_at"],
        one["uploaded_name"], one["removed_at"], one["remover"] or "", one["removal_note"], one["sha256"],
    ]  # fmt: skip
