"""What a verifier sees of one case: data beside documents, findings, changes since the last round. Reads only."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import DomainError
from epeken.core.reasons import LEAST_REASON
from epeken.core.web.templatetags.uang import tanggal
from epeken.users.models import User
from umkm.area_checks.models import AreaCheck
from umkm.assisted.models import AssistedRegistration
from umkm.findings import CheckResult
from umkm.sellers import remarks, steps
from umkm.sellers.models import Seller
from umkm.sellers.pages import application as application_pages
from umkm.sellers.policies import ties_of
from umkm.verification import checks, evidence, querysets, ready_reasons
from umkm.verification.models import CaseCheck, SellerDocument, VerificationCase
from umkm.verification.states import OPEN_STATES, CaseState, SellerDocumentKind


@dataclass(frozen=True)
class Row:
    """One field. `before` is what the earlier round said, when it differs."""

    name: str
    label: str
    value: str
    secret: bool
    changed: bool
    before: str


@dataclass(frozen=True)
class Group:
    title: str
    rows: list[Row]


@dataclass(frozen=True)
class Sheet:
    """One current document; `is_new` since the earlier round."""

    document: SellerDocument
    is_picture: bool
    is_new: bool
    note: str


def rounds_beside(case: VerificationCase) -> tuple[VerificationCase | None, VerificationCase | None]:
    """The round before this one, and the newest of the shop where this one is not."""
    rounds = list(case.seller.cases.order_by("pk"))
    before, after = [one for one in rounds if one.pk < case.pk], [one for one in rounds if one.pk > case.pk]
    return (before[-1] if before else None), (after[-1] if after else None)


@dataclass(frozen=True)
class Origin:
    """Why the round was opened: `appeal`, `return` of a shop that had left, or "" as the applicant sent it; and what a
    verifier has to know of it."""

    kind: str
    facts: list[dict[str, str]]


def origin_of(case: VerificationCase, earlier: VerificationCase | None) -> Origin:
    facts = []
    brought = case.seller.events.filter(at=case.opened_at, action__in=["reopen", "return"]).last()
    kind = {"reopen": "appeal", "return": "return"}[brought.action] if brought is not None else ""
    appeal = getattr(earlier, "appeal", None) if kind == "appeal" else None
    if earlier is not None and appeal is not None:
        decision = appeal.events.filter(action__in=["grant", "lapse"]).select_related("actor").last()
        who = decision.actor if decision is not None and decision.actor else _("tidak diputus pada waktunya")
        facts = [
            {"label": _("Penolakan dahulu"), "value": f"{earlier.get_reject_reason_display()}. {earlier.note}"},
            {"label": _("Alasan banding"), "value": appeal.words},
            {"label": _("Dikabulkan"), "value": f"{who}. {appeal.note}".strip()},
        ]
    facts += [
        {"label": _("Sanksi yang berlaku"), "value": f"{one.get_level_display()} {one.number}. {one.note}"}
        for one in case.seller.sanctions.in_force()
    ]
    return Origin(kind, facts)


@dataclass(frozen=True)
class AskedAgain:
    """What the earlier round asked for. `is_unchanged`: it came back as it was."""

    label: str
    reason: str
    is_unchanged: bool


def asked_before(case: VerificationCase, earlier: VerificationCase | None) -> list[AskedAgain]:
    if earlier is None:
        return []
    asked = list(earlier.remarks.all())
    same = {remark.pk for remark in remarks.unchanged(case.seller, earlier, asked)}
    return [AskedAgain(steps.label_of(one.field), one.reason, one.pk in same) for one in asked]


def sent_back_for(case: VerificationCase) -> list[dict[str, str]]:
    """What the applicant was asked to put right; nothing of a case that did not go back, without a query."""
    if case.state != CaseState.SENT_BACK:
        return []
    return [{"label": steps.label_of(one.field), "reason": one.reason} for one in case.remarks.all()]


def _as_sent(case: VerificationCase) -> Seller:
    """The shop as the case judged it, whatever was corrected since; as it is while the case is open, and where what it
    had said was destroyed."""
    if case.state in OPEN_STATES:
        return case.seller
    kept = {value.field: value.value for value in case.values.all()}
    return steps.from_plain(case.seller.kind, kept) if kept else case.seller


def groups(case: VerificationCase, earlier: VerificationCase | None, shown: dict[str, str]) -> list[Group]:
    """The registration by page. `shown`: secrets whose whole number was asked for just now."""
    seller = _as_sent(case)
    before = {value.field: value.value for value in earlier.values.all()} if earlier else {}
    past = steps.from_plain(seller.kind, before)
    asked = steps.fields_of(seller)
    found = []
    for step in steps.STEPS:
        rows = []
        for name in step.fields:
            if name not in asked or name == "longitude":
                continue
            changed = name in before and not steps.is_same(seller, name, before)
            value = steps.plain_value(seller, name) if shown.get(name) else application_pages.shown(seller, name)
            secret = name in steps.SECRETS
            told = application_pages.shown(past, name) if changed else ""
            rows.append(Row(name, steps.label_of(name), value, secret and bool(getattr(seller, name)), changed, told))
        if rows:
            found.append(Group(_("Pemilik") if step is steps.OWNER else str(step.title), rows))
    return found


def sheets(documents: Iterable[SellerDocument], earlier: VerificationCase | None) -> list[Sheet]:
    found = []
    order = SellerDocumentKind.values
    for document in sorted(documents, key=lambda document: order.index(document.kind)):
        told = [document.number, _("berlaku sampai %(day)s") % {"day": tanggal(document.expires_on)}]
        told = [text for text, there in zip(told, (document.number, document.expires_on), strict=True) if there]
        found.append(
            Sheet(
                document=document,
                is_picture=document.content_type.startswith("image/"),
                is_new=bool(earlier and document.uploaded_at > earlier.opened_at),
                note=", ".join(told),
            )
        )
    return found


@dataclass(frozen=True)
class NamedShop:
    """Another shop a finding names: its newest file, and the document that looks like one of this shop's."""

    name: str
    url: str  # "" while it never sent a registration
    photo: str = ""
    is_picture: bool = True


def findings(case: VerificationCase, is_verifier: bool = True) -> list[dict[str, Any]]:
    """Refusals first, then what wants a look, then what is fine. Only a verifier opens the other shops they name."""
    order = {CheckResult.FAIL: 0, CheckResult.WARN: 1, CheckResult.PASS: 2}
    names = checks.labels()
    shared = evidence.sharing(case.seller) if is_verifier else {}
    rows = sorted(
        case.checks.select_related("acknowledged_by"), key=lambda row: (order[CheckResult(row.result)], row.pk)
    )
    return [
        {
            "key": row.pk,
            "label": names.get(row.code, row.code),
            "result": row.result,
            "word": row.get_result_display(),
            "text": row.words,
            "named": _named(case.seller, row, shared) if is_verifier else [],
            "who": row.acknowledged_by,
            "when": row.acknowledged_at,
        }
        for row in rows
    ]


def _named(seller: Seller, row: CaseCheck, shared: Mapping[str, QuerySet[Seller]]) -> list[NamedShop]:
    """For a verifier, who may open every file. Of what the finding named, what is still so. `shared`: by
    `evidence.sharing`."""
    if row.result == CheckResult.PASS:
        return []
    if row.finding == "photo_alike":
        found = evidence.alike_documents(seller, list(seller.documents.current().order_by("pk")))
        other = found.get((row.parameters["name"], row.parameters["shop"]))
        if other is None:
            return []
        newest = other.seller.cases.order_by("-pk").values_list("pk", flat=True).first()
        return [_shop(other.seller, newest, other, row.case)]
    if row.finding not in evidence.SHARED:
        return []
    newest = VerificationCase.objects.filter(seller=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    others = shared[row.finding].annotate(newest_case=Subquery(newest))
    return [_shop(one, one.newest_case) for one in others if str(one) in row.parameters["shops"]]


def _shop(
    other: Seller, case: int | None, document: SellerDocument | None = None, beside: VerificationCase | None = None
) -> NamedShop:
    """`case`: the newest one of the other shop. `beside`: the case whose picture looks like the document."""
    return NamedShop(
        name=str(other),
        url=reverse("admin:umkm_verificationcase_change", args=[case]) if case is not None else "",
        photo=f"{reverse('umkm:document-file', args=[document.pk])}?banding={beside.pk}" if document and beside else "",
        is_picture=document is None or document.content_type.startswith("image/"),
    )


def next_case(case: VerificationCase, actor: User) -> VerificationCase | None:
    """The next waiting case by deadline that the actor may decide, is on no other desk and no area still looks at."""
    found: VerificationCase | None = (
        VerificationCase.objects.filter(querysets.ready(), querysets.free() | Q(officer=actor), state=CaseState.WAITING)
        .exclude(pk=case.pk)
        .exclude(seller__in=ties_of(actor))
        .exclude(seller__in=AssistedRegistration.objects.filter(officer=actor).values("seller"))
        .exclude(pk__in=AreaCheck.objects.filter(officer=actor).values("case"))
        .exclude(not_by=actor)
        .order_by("due_at", "pk")
        .first()
    )
    return found


def asked_parts(
    names: Iterable[str],
    *,
    ticked: Collection[str] = (),
    written: Mapping[str, str] | None = None,
    error: DomainError | None = None,
) -> list[dict[str, Any]]:
    """What may be sent back, as it was filled in, with reasons to pick from. `error` of each that was ticked without
    the reason it needs, and `focus` at the first field that is to be mended: the page opens there."""
    typed = written or {}
    found: list[dict[str, Any]] = []
    for name in names:
        is_ticked, reason = name in ticked, typed.get(name, "")
        is_wrong = error is not None and (error.field == name or (is_ticked and _lacks_reason(error, reason)))
        said = error.message if error is not None and is_wrong else ""
        found.append(
            {
                "name": name, "label": steps.label_of(name), "reason": reason, "ticked": is_ticked, "error": said,
                "ready": ready_reasons.of_part(name, clock.today()),
            }
        )  # fmt: skip
    if error is not None and found:
        next((part for part in found if part["error"]), found[0])["focus"] = True
    return found


def _lacks_reason(error: DomainError, reason: str) -> bool:
    least = {"reason_missing": 1, "reason_too_short": LEAST_REASON}.get(error.code or "", 0)
    return len(reason.strip()) < least
