"""Before a request is late, or what is held for it is free again, whoever must act hears of it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from epeken.core import clock, reminders
from epeken.core.services import service
from epeken.core.sweeps import sweep
from procurement.requests import notices
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.states import RequestState
from umkm.catalogue.querysets import meals


@service
def remind_decision(*, request: PurchaseRequest, now: datetime) -> None:
    """Those who may decide hear that their time ends; once. Raises: InvalidMove. Locks: PurchaseRequest."""
    request = PurchaseRequest.objects.locked().select_related("agency", "requester").get(pk=request.pk)
    assert request.due_at is not None
    reminders.mark(request, _undecided(now), request.due_at)
    notices.decision_near(request, now=now)


@service
def remind_hold(*, request: PurchaseRequest, now: datetime) -> None:
    """Requester and officer hear that the hold ends; once. Raises: InvalidMove. Locks: PurchaseRequest."""
    request = PurchaseRequest.objects.locked().select_related("agency", "requester").get(pk=request.pk)
    assert request.held_until is not None
    reminders.mark(request, _held(now), request.held_until)
    notices.hold_near(request, now=now)


@service
def remind_award(*, request: PurchaseRequest, now: datetime) -> None:
    """The requester hears that the money of an award is held no longer; once. Raises: InvalidMove.

    Locks: PurchaseRequest.
    """
    request = PurchaseRequest.objects.locked().select_related("agency", "requester").get(pk=request.pk)
    assert request.held_until is not None
    reminders.mark(request, _awarded(now), request.held_until)
    notices.award_near(request, now=now)


def remind_ahead(*, now: datetime) -> int:
    """Of each decision, each hold and each award's money whose time ends soon, in transactions of their own; how many.

    Locks: PurchaseRequest.
    """
    decisions = sweep(
        _undecided(now).order_by("due_at"),
        lambda request: remind_decision(request=request, now=now),
        failure="Nobody could be reminded of the decision on request %s",
    )
    holds = sweep(
        _held(now).order_by("held_until"),
        lambda request: remind_hold(request=request, now=now),
        failure="Nobody could be reminded of the hold of request %s",
    )
    awards = sweep(
        _awarded(now).order_by("held_until"),
        lambda request: remind_award(request=request, now=now),
        failure="Nobody could be reminded of the award of request %s",
    )
    return decisions + holds + awards


def _undecided(now: datetime) -> QuerySet[Any]:
    ends = reminders.ending("submitted_at", "due_at", now, food=_meals())
    return PurchaseRequest.objects.submitted().filter(ends)


def _held(now: datetime) -> QuerySet[Any]:
    """While a decision is still in time, its own end is the one that is told."""
    lasts = Q(state=RequestState.APPROVED) | clock.over("due_at", now)
    ends = reminders.ending("submitted_at", "held_until", now, food=_meals())
    return PurchaseRequest.objects.live().filter(lasts, ends)


def _awarded(now: datetime) -> QuerySet[Any]:
    return PurchaseRequest.objects.awarded().filter(reminders.ending("created_at", "held_until", now))


def _meals() -> Q:
    """Requests with a meal: their sellers' answers come within hours."""
    cooked = RequestLine.objects.filter(meals(keeps="product__keeps"), request=OuterRef("pk"), dropped_at__isnull=True)
    return Q(Exists(cooked))
