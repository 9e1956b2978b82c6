"""Purchases of one department, written at past moments through the services everybody uses."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from epeken.core import clock
from epeken.core.models import Kelurahan
from epeken.site.demo import fulfilment
from epeken.site.demo.baskets import Basket, reason_for
from epeken.site.demo.offices import membership, working_moment
from epeken.users.models import User
from orders.orders.models import Order
from orders.orders.services import agreement
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import BudgetLine
from procurement.guards.concerns import concerns
from procurement.guards.models import GuardFinding
from procurement.guards.services import Answer
from procurement.guards.states import Choice, Outcome
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.services import decisions, drafts, holds, unfilled
from procurement.schedules import services as schedules
from procurement.schedules.services import PlannedDay
from procurement.sourcing import reasons, sheets
from procurement.sourcing import services as sourcing
from umkm.catalogue.models import Product

# After these the request has no order; the others end one of its orders.
UNORDERED = {"send_back", "reject", "lapse", "recalled", "split"}
WAITING = ("draft", "submitted", "approved")


@dataclass(frozen=True)
class Moments:
    """When a purchase was begun, when its event is, and when its surat pesanan went out."""

    begun: datetime
    event_at: datetime
    issued: datetime


class Diary:
    """Writes purchases of one department at past moments."""

    def __init__(self, agency: Agency, now: datetime) -> None:
        self.agency = agency
        self.now = now
        self.people: dict[OfficerRole, User] = {role: membership(agency, role) for role in OfficerRole}
        self.ward = Kelurahan.objects.get(pk=agency.kelurahan_id)

    def buy(
        self, basket: Basket, *, days_ago: int, until: str, ending: str = "", on_any_day: bool = False
    ) -> list[Order]:
        """One purchase up to the stage `until`. `ending`: of a request send_back, reject, lapse, split (sent back,
        since it was one purchase with another), recalled (sent back after its approval); of an order decline,
        source_again (after a decline), overdue, partial, waived, dispute, unseen, missed; of an accepted one asked, released, claimed, agreed,
        amended, amending.
        """
        is_ordered = until not in WAITING and ending not in UNORDERED
        when = self.moments(basket, days_ago, is_ordered=is_ordered, on_any_day=on_any_day)
        request = self.draft(basket, when.begun, when.event_at)
        self._explain(request, basket, when.begun)
        if until == "draft":
            return []
        key = self.key(basket, days_ago)
        request = self.send(request, key + "1", when.begun + timedelta(minutes=40))
        decided = when.begun + timedelta(hours=25)
        if ending in UNORDERED:
            self._fall_through(request, ending, key, decided)
            return []
        if until == "submitted":
            return []
        request = self._approve(request, key, decided)
        if until == "approved":
            return []
        placed = agreement.issue_orders(actor=self.approver(request), request=request, key=key + "3", now=when.issued)
        for order in placed:
            fulfilment.fulfil(self, order, until, when.issued, when.event_at, ending, key)
        if ending == "source_again":
            part = RequestSeller.objects.to_source().filter(request=request).earliest("pk")
            requester = self.people[OfficerRole.REQUESTER]
            unfilled.source_again(actor=requester, part=part, now=when.issued + timedelta(hours=4))
        return placed

    def buy_on(self, basket: Basket, begun: datetime, dates: Sequence[datetime]) -> Order:
        """A standing order of one shop: the basket on each of the dates."""
        request = self.draft(basket, begun, dates[0])
        amounts = {line.pk: line.quantity for line in request.lines.all()}
        schedules.save_schedule(
            actor=request.requester, request=request, days=[PlannedDay(moment, amounts) for moment in dates], now=begun
        )
        request = PurchaseRequest.objects.get(pk=request.pk)
        self._explain(request, basket, begun)
        key, then = self.key(basket, 0), begun + timedelta(minutes=40)
        request = self._approve(self.send(request, key + "1", then), key, begun + timedelta(hours=25))
        issued = agreement.issue_orders(
            actor=self.approver(request), request=request, key=key + "3", now=begun + timedelta(hours=26)
        )
        return issued[0]

    def moments(
        self, basket: Basket, days_ago: int, *, is_ordered: bool, minute: int = 0, on_any_day: bool = False
    ) -> Moments:
        """A purchase is of one budget year: that in which the goods come. Nothing is ordered before that year begins,
        so what would be, was begun earlier: its event is then the last working day of the year before."""
        minute = minute or days_ago % 40
        begun = working_moment(self.now, days_ago, 9, minute)
        if on_any_day:  # what waits for a decision was sent so many days ago, holidays or not
            begun = clock.start_of(clock.local_date(self.now) - timedelta(days=days_ago)) + timedelta(hours=9)
        event_on = clock.add_working_days(clock.local_date(begun), basket.days)
        issued = begun + timedelta(hours=26)
        if is_ordered and event_on.year > clock.local_date(issued).year:
            opens = clock.start_of(date(event_on.year, 1, 1)) + timedelta(hours=8)
            if opens + timedelta(hours=8) <= self.now and opens - begun < timedelta(days=6):
                issued = opens
            else:
                event_on = self._last_working_day(clock.local_date(begun).year)
                first = event_on
                while clock.add_working_days(first, basket.days) > event_on:
                    first -= timedelta(days=1)
                begun = clock.start_of(first) + timedelta(hours=9, minutes=minute)
                issued = begun + timedelta(hours=26)
        return Moments(begun, clock.start_of(event_on) + timedelta(hours=basket.hour), issued)

    def _last_working_day(self, year: int) -> date:
        day = date(year, 12, 31)
        while not clock.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def draft(self, basket: Basket, begun: datetime, event_at: datetime) -> PurchaseRequest:
        requester = self.people[OfficerRole.REQUESTER]
        year = clock.local_date(event_at).year
        request = drafts.create_request(
            actor=requester,
            agency=self.agency,
            values={
                "title": basket.title,
                "purpose": f"{basket.title}, {self.agency.short_name}",
                "line": self.line(basket.account, year),
                "event_kind": basket.event,
                "event_at": event_at,
                "event_place": "Ruang Teratai",
                "attendees": basket.attendees,
                "deliver_at": event_at - timedelta(minutes=30),
                "delivery_place": self.agency.address,
                "delivery_kelurahan": self.ward,
            },
            now=begun,
        )
        for shop, name, quantity in basket.goods:
            product = Product.objects.get(seller__name=shop, name=name)
            drafts.put_line(
                actor=requester, request=request, product=product, quantity=Decimal(quantity), note="", now=begun
            )
        payers = {request.lines.get(name=name).product_id: self.line(account, year) for name, account in basket.charged}
        if payers:
            drafts.charge_goods(actor=requester, request=request, payers=payers, now=begun)
        return request

    def line(self, account: str, year: int) -> BudgetLine:
        return BudgetLine.objects.get(agency=self.agency, account_id=account, year=year)

    def send(self, request: PurchaseRequest, key: str, sent: datetime) -> PurchaseRequest:
        """Whatever it is warned of is answered with a reason."""
        warned = concerns(request, contents.read(request, sent), sent)
        return decisions.submit_request(
            actor=self.people[OfficerRole.REQUESTER],
            request=request,
            key=key,
            now=sent,
            answers={concern.key: Answer(Choice.JUSTIFY, reason_for(concern, request)) for concern in warned},
        )

    def approver(self, request: PurchaseRequest) -> User:
        return self.people[OfficerRole.PP if request.needed_role == OfficerRole.PP else OfficerRole.PPK]

    def _approve(self, request: PurchaseRequest, key: str, decided: datetime) -> PurchaseRequest:
        findings = GuardFinding.objects.unanswered().filter(request=request)
        return decisions.approve_request(
            actor=self.approver(request),
            request=request,
            dropped={},
            note="Kebutuhannya memang berbeda menurut KAK masing-masing." if findings else "",
            key=key + "2",
            now=decided,
            outcomes={finding.pk: Outcome.FALSE_ALARM for finding in findings},
        )

    def _fall_through(self, request: PurchaseRequest, ending: str, key: str, decided: datetime) -> None:
        officer = self.approver(request)
        if ending == "send_back":
            note = "Sebutkan jumlah peserta per hari di keperluan."
            decisions.send_back_request(actor=officer, request=request, note=note, now=decided)
        elif ending == "split":
            findings = GuardFinding.objects.unanswered().filter(request=request)
            decisions.send_back_request(
                actor=officer,
                request=request,
                note="Ini satu pengadaan dengan seragam festival. Gabungkan permintaannya.",
                now=min(decided, self.now - timedelta(minutes=30)),
                outcomes={finding.pk: Outcome.CONFIRMED for finding in findings},
            )
        elif ending == "recalled":
            request = self._approve(request, key, decided)
            note = "Ruangannya pindah sesudah disetujui. Perbaiki tempat antarnya, lalu kirim lagi."
            decisions.send_back_request(actor=officer, request=request, note=note, now=decided + timedelta(hours=2))
        elif ending == "reject":
            note = "Kegiatan ini digabung dengan rapat bulan depan."
            decisions.reject_request(actor=officer, request=request, note=note, now=decided)
        else:
            assert request.held_until is not None
            holds.lapse_request(request=request, now=request.held_until)

    def _explain(self, request: PurchaseRequest, basket: Basket, now: datetime) -> None:
        """Every choice the comparison asks about, with the basket's own words."""
        drawn = sheets.draw(request, contents.read(request, now), now)
        for goods, chosen in drawn.choices if drawn else ():
            if reasons.is_asked(goods, chosen):
                sourcing.explain_choice(
                    actor=request.requester, request=request, product=chosen.product,
                    reason="quality" if goods.is_dearer(chosen) else "", note=basket.why, now=now,
                )  # fmt: skip

    def key(self, basket: Basket, days_ago: int) -> str:
        """31 hex digits, the same for the same purchase: a seed run twice buys once."""
        text = f"{self.agency.code}/{basket.title}/{days_ago}"
        return hashlib.sha256(text.encode()).hexdigest()[:31]
