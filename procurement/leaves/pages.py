"""What the page of a department's officers says: who holds what, who is away, who stands in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from epeken.core import clock
from epeken.core.i18n.times import long_date
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OFFICES, office_in_sentence
from procurement.leaves import cover, policies
from procurement.leaves.models import OfficerLeave
from procurement.requests import officers as officers_of

NAMED = 5  # requests a warning names


def officers(agency: Agency, user: User, day: date) -> dict[str, Any]:
    """A row for each person appointed today, in the order of their offices: `head rows`."""
    found = AgencyMember.objects.filter(agency=agency).appointed(day).with_away(day).select_related("user")
    order = {office: place for place, office in enumerate(OFFICES)}
    people: dict[int, list[Any]] = {}
    for member in sorted(found, key=lambda member: (order[member.office], member.pk)):
        people.setdefault(member.user_id, []).append(member)
    for_others = policies.records_for_others(user, agency, day)
    return {
        "head": [{"text": _("Pejabat")}, {"text": _("Jabatan")}, {"text": _("Keadaan")}, {"text": _("Cuti")}],
        "rows": [_officer(members, for_others or members[0].user_id == user.pk) for members in people.values()],
    }


def _officer(members: list[Any], can_record: bool) -> dict[str, Any]:
    person = members[0].user
    ends = [member.valid_until for member in members if member.leave_id is None and member.valid_until]
    state = _("Cuti") if members[0].is_away else _("Bertugas")
    link = f"{reverse('procurement:leave-create')}?pejabat={person.pk}"
    return {
        "cells": [
            {"text": str(person), "label": ""},
            {
                "text": ", ".join(str(member.office_label) for member in members),
                "label": _("Jabatan"),
                "note": _("Penunjukan sampai %(day)s") % {"day": long_date(min(ends))} if ends else "",
            },
            {
                "text": state,
                "tag": True,
                "kind": "now" if members[0].is_away else "done",
                "label": _("Keadaan"),
            },
            {"text": _("Catat cuti"), "href": link, "label": _("Cuti")}
            if can_record
            else {"text": "–", "empty": True, "label": _("Cuti")},
        ]
    }


def own_words(leave: OfficerLeave) -> list[str]:
    """What each stand-in does not decide on because it is their own, and who does on the first day."""
    found = []
    for row, requests in cover.own_requests(leave):
        offices = {officers_of.office_of(one, row.valid_from) for one in requests}
        words = {
            "who": row.user,
            "numbers": _numbers([one.number for one in requests]),
            "count": len(requests),
            "office": office_in_sentence(row.office),
            "others": ", ".join(sorted(office_in_sentence(office) for office in offices if office)),
        }
        text = ngettext(
            "%(who)s pemesan %(count)s permintaan yang menunggu (%(numbers)s), jadi sebagai %(office)s tidak "
            "memutuskannya.",
            "%(who)s pemesan %(count)s permintaan yang menunggu (%(numbers)s), jadi sebagai %(office)s tidak "
            "memutuskannya.",
            len(requests),
        )
        after = _("Selama itu diputuskan %(others)s.") if words["others"] else officers_of.nobody_words()
        found.append(" ".join([text % words, after % words if words["others"] else after]))
    return found


def both_words(leave: OfficerLeave) -> list[str]:
    """Of each stand-in who has a further office that signs, decides, receives or pays: what that keeps them from."""
    found = []
    for row in leave.stand_ins.all():
        held = cover.offices_of(leave.agency, row.user, row.valid_from, row.valid_until)
        others = {office_in_sentence(one.office) for one in held if one.pk != row.pk and one.role != row.role}
        if others:
            words = {
                "who": row.user,
                "office": office_in_sentence(row.office),
                "others": ", ".join(sorted(others)),
            }
            text = _(
                "%(who)s %(office)s dan juga %(others)s. Satu pembelian tidak ia pegang di dua sisi: yang ia "
                "minta, usulkan, tanda tangani, atau putuskan sebagai yang satu tidak dapat ia tanda tangani, "
                "putuskan, terima, atau bayar sebagai yang lain. Pilih pengganti lain bila tidak ada orang ketiga."
            )
            found.append(text % words)
    return found


def _numbers(numbers: list[str]) -> str:
    return ", ".join(numbers[:NAMED]) + (_(" dan lainnya") if len(numbers) > NAMED else "")


def leave_rows(leaves: Iterable[OfficerLeave], user: User, day: date) -> list[dict[str, Any]]:
    """`title text stand_ins state links`, the latest to begin first."""
    return [_leave(leave, user, day) for leave in leaves]


def _leave(leave: OfficerLeave, user: User, day: date) -> dict[str, Any]:
    may = policies.can_record(user, leave.agency, leave.user, day)
    links = []
    if may and policies.can_withdraw(leave, day):
        links.append((reverse("procurement:leave-withdraw", args=[leave.pk]), _("Batalkan cuti")))
    if may and policies.can_shorten(leave, day):
        links.append((reverse("procurement:leave-shorten", args=[leave.pk]), _("Akhiri lebih awal")))
    text, kind = state_words(leave, day)
    return {
        "title": str(leave.user),
        "days": days_words(leave),
        "note": _("Surat %(decree)s, dicatat %(who)s.") % {"decree": leave.decree, "who": leave.recorded_by},
        "end": _end_words(leave),
        "stand_ins": [f"{row.office_label}: {row.user}" for row in leave.stand_ins.all()],
        "state": text,
        "kind": kind,
        "links": links,
    }


def days_words(leave: OfficerLeave) -> str:
    return _("%(first)s sampai %(last)s") % {
        "first": long_date(leave.valid_from),
        "last": long_date(leave.valid_until),
    }


def _end_words(leave: OfficerLeave) -> str:
    if leave.ended_by is None:
        return ""
    if leave.withdrawn_at is not None:
        return _("Dibatalkan oleh %(who)s.") % {"who": leave.ended_by}
    planned = leave.planned_until
    return _("Rencananya sampai %(day)s; dipersingkat oleh %(who)s.") % {
        "day": long_date(planned),
        "who": leave.ended_by,
    }


def state_words(leave: OfficerLeave, day: date) -> tuple[str, str]:
    """The words, and the kind of tag they stand in."""
    if leave.withdrawn_at is not None:
        return _("Dibatalkan"), ""
    if day < leave.valid_from:
        return _("Akan datang"), "info"
    return (_("Sedang cuti"), "now") if clock.is_valid_on(leave, day) else (_("Selesai"), "")


def away_words(user: User, agency: Agency, day: date) -> str:
    """What an officer on leave reads on their desk; "" for who is there."""
    leave = OfficerLeave.objects.on(day).filter(agency=agency, user=user).first()
    if leave is None:
        return ""
    return _(
        "Anda tercatat cuti sampai %(day)s. Selama itu Anda membaca semuanya dan tidak bertindak untuk dinas; "
        "pengganti Anda yang bertindak."
    ) % {"day": long_date(leave.valid_until)}
