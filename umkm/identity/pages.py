"""What the shop and a verifier see of changes of its identity. Reads only."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.i18n.times import long_date, long_end, long_time
from epeken.users.logins import login_words
from umkm.identity import policies, rules
from umkm.identity.models import IdentityChange, IdentityValue
from umkm.identity.notices import denial_path
from umkm.identity.querysets import OPEN
from umkm.identity.states import ChangeState, IdentityKind
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.pages import application as application_pages
from umkm.sellers.pages.history import rows_of
from umkm.validity.periods import HIDES
from umkm.verification.models import SellerDocument
from umkm.verification.states import SellerDocumentKind

WITHDRAWABLE = {ChangeState.OFFERED, ChangeState.CHECKING, ChangeState.WAITING, ChangeState.APPROVED}
HIDDEN = {"longitude", "owner_since"}  # told with the latitude, or by the page itself
DENIABLE = {*WITHDRAWABLE, ChangeState.APPLIED}


@dataclass(frozen=True)
class Part:
    """What one kind of change is about: as the shop has it, and the newest change of it."""

    kind: str
    title: str
    rows: list[dict[str, str]]
    change: IdentityChange | None
    state: str  # of the newest change, or that the paper has ended; "" without either
    standing: str
    tag: str
    wanted: list[dict[str, str]]  # what it asks for, while it is not in force
    may_withdraw: bool
    denial: str  # where one says that it was somebody else, "" when there is nothing to deny
    may_propose: bool
    is_over: bool = False  # the paper the shop has has ended

    @property
    def verb(self) -> str:
        return _("Ajukan yang baru") if self.is_over else _("Usulkan perubahan")


def parts_of(seller: Seller, changes: list[IdentityChange], *, may: bool, now: datetime) -> list[Part]:
    """`changes`: of the shop with their values, the newest first. `may`: whether the visitor may propose one."""
    is_held = any(change.state == ChangeState.HELD for change in changes)
    documents = {document.kind: document for document in seller.documents.current()}
    kinds = policies.kinds_of(seller, clock.local_date(now))
    return [_part(seller, kind, changes, documents, may=may and not is_held, now=now) for kind in kinds]


def _part(
    seller: Seller, kind: IdentityKind, changes: list[IdentityChange], documents: dict[str, SellerDocument], *,
    may: bool, now: datetime,
) -> Part:  # fmt: skip
    change = next((one for one in changes if one.kind == kind), None)
    is_open = change is not None and change.state in {*WITHDRAWABLE, ChangeState.HELD}
    paper = documents.get(policies.PAPERS[kind]) if kind in policies.PAPERS else None
    ended = _ended(paper, clock.local_date(now))
    is_past = bool(ended) and (change is None or change.state == ChangeState.APPLIED)
    return Part(
        kind=kind.value,
        title=str(kind.label),
        rows=_rows(seller, policies.fields_of(kind, seller)) if kind not in policies.PAPERS else _paper(paper, now),
        change=change,
        state=_("Berakhir") if is_past else str(change.get_state_display()) if change else "",
        standing=ended if is_past else standing_of(change, now) if change else "",
        tag="no" if is_past else tag_of(change) if change else "",
        wanted=_wanted(change, kind, now) if change and is_open else [],
        may_withdraw=may and change is not None and change.state in WITHDRAWABLE,
        denial=denial_path(change) if change is not None and change.state in DENIABLE else "",
        may_propose=may and not is_open,
        is_over=bool(ended),
    )


def _ended(document: SellerDocument | None, day: date) -> str:
    """That a document the shop has is over: it holds through its last day. "" while it holds, or has no end."""
    if document is None or document.expires_on is None or document.expires_on >= day:
        return ""
    return _("Berakhir %(day)s.") % {"day": long_date(document.expires_on)}


def _wanted(change: IdentityChange, kind: IdentityKind, now: datetime) -> list[dict[str, str]]:
    if kind in policies.PAPERS:
        return _paper(change.documents.order_by("pk").first(), now)
    return _rows(policies.changed(change), policies.fields_of(kind, change.seller))


def _paper(document: SellerDocument | None, now: datetime) -> list[dict[str, str]]:
    """What a document says of itself, and what follows once it ends."""
    if document is None:
        return [{"label": _("Keadaan"), "value": _("Belum ada")}]
    end = long_date(document.expires_on) if document.expires_on else _("tanpa hari terakhir")
    rows = [
        {"label": _("Nomor dokumen"), "value": document.number or _("tidak ditulis")},
        {"label": _("Berlaku sampai"), "value": end},
    ]
    kind = SellerDocumentKind(document.kind)
    if document.expires_on and kind in HIDES and HIDES[kind].on(clock.local_date(now)):
        rows.append(
            {"label": _("Sesudahnya"), "value": _("Barang yang memerlukannya tidak tampil, sampai ada yang baru.")}
        )
    return rows


def _rows(seller: Seller, names: tuple[str, ...]) -> list[dict[str, str]]:
    return [
        {"label": steps.label_of(name), "value": application_pages.shown(seller, name)}
        for name in names
        if name != "longitude"
    ]


def tag_of(change: IdentityChange) -> str:
    return {
        ChangeState.APPLIED: "done",
        ChangeState.SENT_BACK: "no",
        ChangeState.HELD: "no",
        ChangeState.CANCELLED: "no",
    }.get(ChangeState(change.state), "now" if change.state != ChangeState.WITHDRAWN else "")


def standing_of(change: IdentityChange, now: datetime) -> str:
    """Where it is, and what comes next."""
    state = ChangeState(change.state)
    if state == ChangeState.OFFERED:
        return _("Ditawarkan kepada %(who)s; berlaku sampai %(due)s. Toko tetap milik pemiliknya.") % {
            "who": login_words(change.successor_address), "due": long_end(change.due_at),
        }  # fmt: skip
    if state in {ChangeState.CHECKING, ChangeState.WAITING}:
        return _("Diusulkan %(day)s. Petugas memeriksanya paling lambat %(due)s.") % {
            "day": long_date(change.proposed_at), "due": long_date(clock.last_day(change.due_at)),
        }  # fmt: skip
    if state == ChangeState.APPROVED and change.in_force_at is not None:
        return _("Disetujui. Mulai berlaku %(when)s; sampai saat itu data yang lama yang dipakai.") % {
            "when": long_time(change.in_force_at)
        }
    if state == ChangeState.APPLIED and change.applied_at is not None:
        return _("Berlaku sejak %(when)s.") % {"when": long_time(change.applied_at)}
    if state == ChangeState.HELD:
        return _("Ditahan karena disangkal. Petugas memeriksanya dahulu; hubungi dinas bila mendesak.")
    if state == ChangeState.WITHDRAWN:
        return _("Ditarik. Data yang lama tetap dipakai.")
    return _("%(state)s. %(note)s") % {"state": state.label, "note": change.note}


def beside(change: IdentityChange, now: datetime) -> list[IdentityChange]:
    """Other changes of the shop that are not in force yet, or are since so short a time that they may be denied."""
    days = timedelta(days=rules.DENIAL.on(clock.local_date(now)))
    recent = Q(state=ChangeState.APPLIED, applied_at__gt=now - days)
    others = IdentityChange.objects.filter(OPEN | recent, seller=change.seller_id)
    return list(others.exclude(pk=change.pk).order_by("-proposed_at"))


@dataclass(frozen=True)
class ChangedField:
    """One field of a change beside what the shop has. `secret`: its whole number is shown on demand."""

    name: str
    label: str
    old: str
    new: str
    secret: bool


def differences(change: IdentityChange, shown: dict[str, str], now: datetime) -> list[ChangedField]:
    """What changes; secrets masked, apart from those `shown` just now."""
    if change.kind in policies.PAPERS:
        return _new_paper(change, now)
    values: list[IdentityValue] = list(change.values.all())
    before = steps.from_plain(change.seller.kind, {value.field: value.old for value in values})
    after = steps.from_plain(change.seller.kind, {value.field: value.new for value in values})
    moved = {value.field for value in values if value.old != value.new}
    if "longitude" in moved:
        moved.add("latitude")
    return [
        ChangedField(
            name=value.field,
            label=steps.label_of(value.field),
            old=application_pages.shown(before, value.field),
            new=shown.get(value.field) or application_pages.shown(after, value.field),
            secret=value.field in steps.SECRETS,
        )
        for value in values
        if value.field in moved and value.field not in HIDDEN
    ]


def _new_paper(change: IdentityChange, now: datetime) -> list[ChangedField]:
    """Number and last day of the document, beside those of the one the shop has."""
    documents = change.seller.documents
    kind = policies.PAPERS[IdentityKind(change.kind)]
    old = documents.filter(kind=kind, is_proposed=False).exclude(change=change).order_by("pk").last()
    before = {row["label"]: row["value"] for row in _paper(old, now)}
    return [
        ChangedField(
            name="paper", label=row["label"], old=before.get(row["label"], "–"), new=row["value"], secret=False
        )
        for row in _paper(change.documents.order_by("pk").first(), now)
    ]


def history(change: IdentityChange) -> list[dict[str, Any]]:
    words = {
        "create": _("Diusulkan"),
        "take": _("Diambil pemilik baru dengan datanya sendiri"),
        "decline": _("Ditolak pemilik baru"),
        "lapse": _("Tidak diambil pada waktunya"),
        "offer_again": _("Sangkalan diperiksa: ditawarkan lagi"),
        "overtake": _("Dibatalkan: toko beralih pemilik"),
        "check": _("Pemeriksaan otomatis selesai"),
        "approve": _("Disetujui"),
        "apply": _("Berlaku"),
        "send_back": _("Dikembalikan"),
        "withdraw": _("Ditarik"),
        "deny": _("Disangkal: “bukan saya”"),
        "confirm": _("Sangkalan diperiksa: tetap berlaku"),
        "release": _("Sangkalan diperiksa: dinilai lagi"),
        "cancel": _("Dibatalkan"),
    }
    return rows_of(change, words)
