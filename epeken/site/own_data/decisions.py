"""Of a person's own data, what was asked, said and decided about their shop beside its registration."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from epeken.users.models import User
from umkm.identity.models import IdentityChange
from umkm.identity.states import IdentityKind
from umkm.requirements.models import RequirementWaiver
from umkm.sellers.models import Seller
from umkm.tax_papers.models import TaxPaper


def of_shop(seller: Seller, user: User) -> dict[str, Any]:
    """What an earlier owner asked for is theirs; sanctions and waivers are the shop's, whoever it belongs to."""
    appeals = _own(seller.appeals.order_by("pk"), seller, user, "filed")
    separations = _own(seller.separations.select_related("other").order_by("pk"), seller, user, "filed")
    changes = _own(IdentityChange.objects.filter(seller=seller).order_by("pk"), seller, user, "proposed")
    papers = TaxPaper.objects.filter(seller=seller).visible_to(user).distinct().order_by("pk")
    return {
        "sanctions": [
            {
                "number": one.number, "level": one.get_level_display(), "reason": one.get_reason_display(),
                "note": one.note, "given_at": one.given_at, "ends_at": one.ends_at, "ended_at": one.ended_at,
                "state": one.get_state_display(),
            }
            for one in seller.sanctions.order_by("pk")
        ],
        "appeals": [{**_asked(one), "against": str(one.sanction or one.case)} for one in appeals],
        "separations": [
            {**_asked(one), "other": str(one.other), "fact": one.get_fact_display()} for one in separations
        ],
        "tax_papers": [
            {
                "kind": one.get_kind_display(), "number": one.number, "state": one.get_state_display(),
                "issued_on": one.issued_on, "valid_from": one.valid_from, "valid_until": one.valid_until,
                "ended_on": one.ended_on, "uploaded_at": one.uploaded_at, "decided_at": one.decided_at,
                "note": one.note, "address": reverse("umkm:tax-paper-file", args=[one.pk]) if one.file else "",
            }
            for one in papers
        ],
        "identity_changes": [_change(one, user) for one in changes.prefetch_related("values")],
        "waivers": [
            {
                "subject": one.label, "reason": one.reason, "given_at": one.given_at, "valid_from": one.valid_from,
                "valid_until": one.valid_until, "ended_at": one.ended_at,
            }
            for one in RequirementWaiver.objects.filter(seller=seller).order_by("pk")
        ],
    }  # fmt: skip


def taken_by(user: User) -> list[dict[str, Any]]:
    """Shops the person asked for when they were offered to them, with what they wrote."""
    found = IdentityChange.objects.filter(kind=IdentityKind.TRANSFER, successor=user).select_related("seller")
    return [{"shop": str(one.seller), **_change(one, user)} for one in found.prefetch_related("values").order_by("pk")]


def _own(rows: QuerySet[Any], seller: Seller, user: User, act: str) -> QuerySet[Any]:
    """Those since the shop is its owner's, and those of the person themselves. `act`: `filed` or `proposed`."""
    if seller.owner_since is None:
        return rows
    return rows.filter(Q(**{f"{act}_at__gte": seller.owner_since}) | Q(**{f"{act}_by": user}))


def _asked(one: Any) -> dict[str, Any]:
    """An appeal, or a tie that is contested."""
    return {
        "words": one.words, "filed_at": one.filed_at, "state": one.get_state_display(), "decided_at": one.decided_at,
        "note": one.note,
    }  # fmt: skip


def _change(change: IdentityChange, user: User) -> dict[str, Any]:
    """Of a shop that passes on, the values to whoever wrote them alone, and nothing of the owner before."""
    passes = change.kind == IdentityKind.TRANSFER
    values = [] if passes and change.successor_id != user.pk else list(change.values.all())
    return {
        "kind": change.get_kind_display(),
        "reason": "" if passes and change.proposed_by_id != user.pk else change.reason,
        "state": change.get_state_display(), "proposed_at": change.proposed_at, "decided_at": change.decided_at,
        "applied_at": change.applied_at, "note": change.note,
        "values": [
            {"field": one.field, "new": one.new, **({} if passes else {"old": one.old})}
            for one in values
        ],
    }  # fmt: skip
