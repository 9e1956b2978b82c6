"""What an applicant reads about a registration: its steps, who has it, what happened. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from epeken.core.clock import last_day, local_date
from epeken.core.i18n.reference import in_language
from epeken.core.i18n.times import clock_words, working_days
from epeken.core.i18n.words import rupiah
from epeken.core.phones import phone_words
from epeken.core.secret import masked
from epeken.core.web.templatetags.uang import tanggal
from umkm.area_checks import progress
from umkm.requirements.status import RequirementStatus
from umkm.sellers import hours, remarks, rules, steps
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import policies as verification_policies
from umkm.verification.models import SellerDocument, VerificationCase
from umkm.verification.states import CaseState, SellerDocumentKind

Statuses = Sequence[RequirementStatus]


@dataclass(frozen=True)
class RequiredDocument:
    """One asked document: what for, and the one that was brought."""

    kind: str
    title: str
    purpose: str
    required: bool
    href: str
    current: SellerDocument | None
    remark: str = ""
    waived: str = ""


@dataclass(frozen=True)
class ApplicationPart:
    """One page of the registration as a summary."""

    title: str
    href: str
    rows: list[dict[str, Any]] = field(default_factory=list)


def step_url(seller: Seller, slug: str) -> str:
    return reverse("umkm:application-step", args=[seller.pk, slug])


def place_url(seller: Seller, name: str) -> str:
    """The page and the field where `name`, a field or a document kind, is filled in."""
    step = steps.step_of(name)
    if step is steps.PAPERS:
        return reverse("umkm:document-create", args=[seller.pk, name])
    anchor = "consented" if name == "consented_at" else name
    return f"{step_url(seller, step.slug)}#id_{anchor}"


def missing(seller: Seller, found: Statuses, *, is_assisted: bool = False) -> list[steps.Missing]:
    """`is_assisted`: for the officer who types it, without what only the resident can say."""
    return [item for item in sellers.missing_of(seller, found) if not (is_assisted and item.field == "consented_at")]


def papers(seller: Seller, found: Statuses) -> list[RequiredDocument]:
    """One for each kind of document; what a category of goods asks for besides is told once."""
    asked = {remark.field: remark.reason for remark in remarks.still_open(seller)}
    asked_for: dict[str, RequiredDocument] = {}
    for one in found:
        need = one.requirement
        if need.subject not in SellerDocumentKind.values or need.subject in asked_for:
            continue
        asked_for[need.subject] = RequiredDocument(
            kind=need.subject,
            title=steps.label_of(need.subject),
            purpose=in_language(need.purpose),
            required=one.is_asked,
            href=place_url(seller, need.subject),
            current=one.document,
            remark=asked.get(need.subject, ""),
            waived=_("dikecualikan sampai %(day)s") % {"day": tanggal(one.waiver.valid_until)} if one.waiver else "",
        )
    return list(asked_for.values())


def tasks(seller: Seller, found: Sequence[steps.Missing], here: str = "") -> list[dict[str, Any]]:
    """The steps as a task list: done, sent back, or still to do. `found`: of `missing`."""
    lacking = {item.step for item in found}
    returned = {steps.step_of(remark.field).slug for remark in remarks.still_open(seller)}
    rows: list[dict[str, Any]] = []
    for step in steps.STEPS:
        if step is steps.SEND and lacking:
            state, text = "wait", _("belum bisa")
        elif step is steps.SEND:
            state, text = ("wait", _("menunggu perbaikan")) if returned else ("", _("siap dikirim"))
        elif step.slug in returned:
            state, text = "no", _("perlu perbaikan")
        elif step.slug in lacking:
            state, text = "", _("belum lengkap")
        elif seller.state == SellerState.DRAFT and steps.is_unseen(seller, step):
            state, text = "", _("belum disimpan")
        else:
            state, text = "done", _("lengkap")
        rows.append(
            {
                "title": step.title,
                "note": step.hint,
                "href": step_url(seller, step.slug),
                "state": state,
                "text": text,
                "here": step.slug == here,
            }
        )
    return rows


def all_seen(rows: list[dict[str, Any]]) -> bool:
    """Whether every page but the last is done."""
    return all(row["state"] == "done" for row in rows[:-1])


def go_on(rows: list[dict[str, Any]]) -> str:
    """The first page that is not done."""
    return next((str(row["href"]) for row in rows if row["state"] != "done"), "")


def chain(seller: Seller, found: Sequence[steps.Missing], here: str = "") -> list[dict[str, Any]]:
    """The same steps beside a form."""
    return [
        {
            "title": row["title"],
            "note": row["note"] if row["state"] != "no" else row["text"],
            "href": row["href"],
            "state": "now" if row["here"] else {"done": "done", "no": "late"}.get(row["state"], ""),
        }
        for row in tasks(seller, found, here)
    ]


def desks(case: VerificationCase, now: datetime, *, by_mail: bool) -> list[dict[str, Any]]:
    """A case passing from hand to hand, with who has it now and until when. `by_mail`: whoever reads it has an
    address to which the answer goes as well."""
    office = rules.OFFICE.on(local_date(now))
    checked, decided = case.checked_at is not None, case.decided_at is not None
    due = tanggal(last_day(case.due_at))
    holder = str(case.told_officer or _("menunggu petugas berikutnya"))
    late = verification_policies.is_late(case, now)
    areas = progress.desks(case, now)
    is_with_area = any(row["state"] != "done" for row in areas)
    told = _("Anda kami kabari lewat pemberitahuan dan surel") if by_mail else _("Anda kami kabari lewat pemberitahuan")
    return [
        {"title": _("Anda mengirim"), "note": tanggal(case.opened_at), "state": "done"},
        {
            "title": _("Pemeriksaan otomatis"),
            "note": tanggal(case.checked_at) if checked else _("Biasanya kurang dari satu menit"),
            "state": "done" if checked else "now",
        },
        *areas,
        {
            "title": _("Verifikator %(office)s") % {"office": office},
            "note": _("%(holder)s; paling lambat %(due)s") % {"holder": holder, "due": due}
            if not decided
            else _("%(holder)s, %(when)s") % {"holder": holder, "when": tanggal(case.decided_at)},
            "state": "done" if decided else ("late" if late else "now") if checked and not is_with_area else "",
        },
        {
            "title": case.get_state_display() if decided else _("Toko dibuka"),
            "note": "" if decided else told,
            "state": {CaseState.APPROVED: "done", CaseState.REJECTED: "no"}.get(CaseState(case.state), ""),
        },
    ]


def summary(seller: Seller, found: Statuses) -> list[ApplicationPart]:
    """Everything that was filled in, page by page; secrets masked."""
    asked = steps.fields_of(seller)
    parts = [
        ApplicationPart(
            title=str(step.title),
            href=step_url(seller, step.slug),
            rows=[
                {"label": steps.label_of(name), "value": shown(seller, name)}
                for name in step.fields
                if name in asked and name != "longitude"
            ],
        )
        for step in steps.STEPS
        if step.fields
    ]
    brought = [
        {
            "label": paper.title,
            "value": _document(paper.current) if paper.current else _not_yet(paper),
            "document": paper.current,
        }
        for paper in papers(seller, found)
    ]
    parts.append(ApplicationPart(title=str(steps.PAPERS.title), href=step_url(seller, steps.PAPERS.slug), rows=brought))
    return parts


def _document(document: SellerDocument) -> str:
    told = [document.number] if document.number else []
    if document.expires_on:
        told.append(_("berlaku sampai %(day)s") % {"day": tanggal(document.expires_on)})
    return ", ".join([*told, _("diunggah %(when)s") % {"when": tanggal(document.uploaded_at)}])


def _not_yet(paper: RequiredDocument) -> str:
    if paper.waived:
        return capfirst(paper.waived)
    return _("Belum ada") if paper.required else _("Tidak dilampirkan (boleh)")


def pin_words(latitude: Decimal, longitude: Decimal) -> str:
    """A point on the map, as it is typed."""
    return "; ".join(number_format(degrees, 6, use_l10n=True) for degrees in (latitude, longitude))


def shown(seller: Seller, name: str) -> str:
    """A field as a reader sees it: choices in words, secrets masked, emptiness said."""
    value = getattr(seller, name)
    if name in steps.SECRETS:
        return masked(value) or "–"
    if name == "consented_at":
        return (
            pgettext("data pribadi", "Disetujui pemilik %(when)s") % {"when": tanggal(value)}
            if value
            else pgettext("data pribadi", "Belum")
        )
    if name == "phone":
        return phone_words(value) or "–"
    if name == "open_days":
        return hours.days_text(value)
    if name == "delivery_fee":
        if not seller.offers_delivery:
            return "–"
        return rupiah(value) if value else _("Gratis")
    if name == "closes_at" and value and seller.opens_at and value < seller.opens_at:
        return _("%(hour)s hari berikutnya") % {"hour": clock_words(value)}
    if name in {"opens_at", "closes_at"}:
        return clock_words(value)
    if name == "latitude":
        if value is None or seller.longitude is None:
            return "–"
        return pin_words(value, seller.longitude)
    if isinstance(value, bool):
        return _("Ya") if value else _("Tidak")
    display = getattr(seller, f"get_{name}_display", None)
    return str(display() if display else value) if value not in (None, "") else "–"


def after_sending(seller: Seller, day: date) -> list[dict[str, Any]]:
    """What will happen once the registration is sent."""
    days = rules.VERIFICATION.on(day)
    extra = {
        SellerKind.UMKM: _("Petugas dapat berkunjung untuk melihat tempat produksi"),
        SellerKind.SWK: _("Nomor stan dicocokkan dengan pengelola SWK"),
        SellerKind.KELONTONG: _("Petugas dapat berkunjung ke toko"),
    }[SellerKind(seller.kind)]
    return [
        {"title": _("Pemeriksaan otomatis"), "note": _("Biasanya kurang dari satu menit"), "state": ""},
        {
            "title": rules.OFFICE.on(day),
            "note": _("%(visit)s. Paling lama %(days)s") % {"visit": extra, "days": working_days(days)},
            "state": "",
        },
        {"title": _("Toko dibuka"), "note": _("Lalu Anda menambah barang pertama"), "state": ""},
    ]
