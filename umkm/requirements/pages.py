"""What the applicant, an area's officer and the office read of the requirements of one shop. Reads only."""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import full_date
from epeken.users.models import User
from umkm.area_checks.states import FIELDS, PAPERS
from umkm.requirements.models import RequirementWaiver
from umkm.requirements.policies import can_waive
from umkm.requirements.states import Means, OfficerFinding, WhoActs
from umkm.requirements.status import WRITTEN, RequirementStatus
from umkm.sellers.models import Seller
from umkm.sellers.pages.application import place_url
from umkm.sellers.pages.history import rows_of

KINDS = {"met": "", "waived": "warn", "lacking": "fail", "open": ""}  # of the mark a row stands under


@dataclass(frozen=True)
class RequirementRow:
    """`state`: met, waived, lacking, or open for what is not compulsory. `who`: whose turn it is, of what is lacking.
    `can_record`: an officer writes down what they found."""

    subject: str
    label: str
    means: str
    state: str
    word: str
    who: str
    note: str
    purpose: str
    can_record: bool
    kind: str


def rows(found: Iterable[RequirementStatus]) -> list[RequirementRow]:
    """What is lacking first, as officers read it."""
    order = ["lacking", "waived", "open", "met"]
    return sorted((_row(one) for one in found), key=lambda row: order.index(row.state))


def _row(one: RequirementStatus, *, to_seller: bool = False) -> RequirementRow:
    state = "met" if one.is_met else "waived" if one.waiver else "lacking" if one.is_asked else "open"
    words = {
        "met": _("terpenuhi"), "waived": _("dikecualikan"), "lacking": _("belum terpenuhi"), "open": _("tidak wajib"),
    }  # fmt: skip
    note = one.found if one.is_met else one.why
    if state == "waived" and one.waiver is not None:
        note = waiver_words(one.waiver)
    return RequirementRow(
        subject=one.requirement.subject,
        label=one.requirement.label,
        means=str(one.requirement.means.label),
        state=state,
        word=words[state],
        who=_turn(one, to_seller) if state == "lacking" else "",
        note=note,
        purpose=in_language(one.requirement.purpose),
        can_record=not one.is_met and one.requirement.means == Means.VERIFIED,
        kind=KINDS[state],
    )


def _turn(one: RequirementStatus, to_seller: bool) -> str:
    if one.place:
        return one.place
    return _("Pendaftar") if one.who == WhoActs.SELLER and not to_seller else str(one.who.label)


def waiver_words(waiver: RequirementWaiver) -> str:
    return _("dikecualikan sampai %(day)s: %(reason)s") % {
        "day": full_date(waiver.valid_until),
        "reason": waiver.reason,
    }


def checklist(seller: Seller, found: Iterable[RequirementStatus]) -> list[dict[str, Any]]:
    """For `components/todo.html`: what is unmet or waived, with whose turn it is; what is met is told by its number."""
    listed = []
    for row, one in ((_row(one, to_seller=True), one) for one in found):
        if row.state in ("met", "open"):
            continue
        mine = one.who == WhoActs.SELLER and one.waiver is None
        acts = seller.state in WRITTEN and mine and one.requirement.means == Means.ATTESTED
        told = _("%(who)s: %(why)s") % {"who": row.who, "why": row.note} if row.who else row.note
        listed.append(
            {
                "title": row.label,
                "href": place_url(seller, row.subject) if acts else "",
                "note": told,
                "mine": mine,
                "state": row.state,
            }
        )
    return sorted(listed, key=lambda item: (item["state"] == "waived", not item["mine"]))


def with_returned(found: Iterable[RequirementStatus], returned: Container[str]) -> list[RequirementStatus]:
    """For the applicant: what a verifier sent back and is still as it was (`sellers.remarks`) is not met."""
    why = _("dikembalikan petugas, belum diperbaiki")
    return [
        replace(one, is_met=False, who=WhoActs.SELLER, why=why)
        if one.is_met and one.requirement.subject in returned
        else one
        for one in found
    ]


def met(found: Iterable[RequirementStatus]) -> int:
    return sum(one.is_met for one in found)


def of_place(found: Iterable[RequirementStatus]) -> list[RequirementRow]:
    """What an area's officer reads: what officers find elsewhere, and what is asked of the place; nothing of a person's
    identity, tax or money. Whether the place is visited is asked of the area's own check."""
    named = {*PAPERS, *FIELDS}
    told = (one for one in found if one.requirement.subject != OfficerFinding.PLACE_SEEN)
    return rows(one for one in told if one.requirement.means == Means.VERIFIED or one.requirement.subject in named)


def waiver_url(actor: User, seller: Seller) -> str:
    """ "" for who may not excuse shops."""
    return reverse("admin:umkm_requirementwaiver_shop", args=[seller.pk]) if can_waive(actor) else ""


def waiver_events(waiver: RequirementWaiver) -> list[dict[str, Any]]:
    words = {
        "create": _("Diberikan"),
        "end": _("Berakhir pada harinya"),
        "withdraw": _("Dicabut"),
        "replace": _("Diganti yang baru"),
    }
    return rows_of(waiver, words)
