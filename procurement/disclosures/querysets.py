"""Reads of sealed complaints and of the inspectorate's keys."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, Sum
from django.db.models.functions import Coalesce, Length

from epeken.users.models import Visitor
from procurement.disclosures.policies import is_recipient
from procurement.disclosures.states import SENT, DisclosureState, InspectorateKeyState


class InspectorateKeyQuerySet(models.QuerySet[Any]):
    def locked(self) -> Self:
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: Visitor) -> Self:
        return self if is_recipient(user) else self.none()

    def proposed(self) -> Self:
        """Made by one inspector, the oldest first, and to be confirmed by another."""
        return self.filter(state=InspectorateKeyState.PROPOSED).order_by("pk")

    def in_force(self, day: date) -> Any:
        """The key complaints of the day are sealed to. None when there is none, and when the last one was stopped: an
        earlier one does not come back."""
        given = self.filter(
            state__in=[InspectorateKeyState.CONFIRMED, InspectorateKeyState.STOPPED], valid_from__lte=day
        )
        newest = given.order_by("-valid_from", "-confirmed_at", "-pk").first()
        return newest if newest is not None and newest.state == InspectorateKeyState.CONFIRMED else None


class DisclosureQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Visitor) -> Self:
        """The inspectorate alone: no other officer, and no administrator."""
        return self if is_recipient(user) else self.none()

    def listed(self) -> Self:
        """With `size` in bytes, `case_state` and `is_unread`: something its sender wrote waits for a first opening."""
        from procurement.disclosures.models import DisclosureLook, DisclosureMessage

        sent = DisclosureMessage.objects.filter(disclosure=OuterRef("pk"), part__in=SENT)
        newest = sent.values("disclosure").annotate(newest=Max("pk")).values("newest")
        size = DisclosureMessage.objects.filter(disclosure=OuterRef("pk")).values("disclosure")
        looked = DisclosureLook.objects.filter(disclosure=OuterRef("pk"), newest_id__gte=OuterRef("newest_sent"))
        return (
            self.annotate(
                newest_sent=newest,
                size=size.annotate(size=Sum(Length("sealed"))).values("size"),
                case_state=Coalesce("case__state", models.Value(DisclosureState.RECEIVED.value)),
            )
            .annotate(is_unread=~Exists(looked))
            .order_by("-day", "-pk")
        )

    def unread(self) -> Self:
        """What nobody has opened. What was sealed to a lost key waits for nobody."""
        return self.listed().filter(is_unread=True).exclude(Q(key__stop_reason="lost"))

    def unread_before(self, day: date) -> Self:
        """`unread`, of what came before the day."""
        return self.unread().filter(day__lt=day)


class DisclosureCaseQuerySet(models.QuerySet[Any]):
    def locked(self) -> Self:
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)
