"""Departments, officers, budget lines and requests. Rows are plain; a request is written through the real services."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.ledger.services import post
from epeken.users.models import User
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import Account, BudgetLine, CeilingRevision
from procurement.frames import services as frames
from procurement.frames.models import ApprovalFrame
from procurement.leaves import cover
from procurement.leaves import services as leaves
from procurement.leaves.models import OfficerLeave
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, drafts, holds
from tests.factories import umkm as make
from tests.factories.places import home
from tests.factories.users import enrol, enrol_all
from tests.kept_steps import RowsByName, kept
from umkm.catalogue.models import Product

_next = count(1)
# A Monday morning in September: no holiday near.
MONDAY = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@kept
def make_agency(**over: Any) -> Agency:
    number = next(_next)
    values = {
        "name": f"Dinas Contoh P{number}",
        "short_name": f"DCP{number}",
        "code": f"8.{number}",
        "address": "Jl. Contoh 1",
        **over,
    }
    values.setdefault("kelurahan", home())
    return Agency.objects.create(**values)


@kept
def make_officer(role: str, agency: Agency | None = None, *, user: Any = None, **over: Any) -> Any:
    """A person with an enrolled second factor who holds the role since January; `user`: somebody known."""
    agency = agency or make_agency()
    if user is None:
        user = enrol(make.make_user(name=f"{OfficerRole(role).label} {next(_next)}"))
    _appointment(agency, user, role, **over).save()
    return user


def _appointment(agency: Agency, user: Any, role: str, **over: Any) -> AgencyMember:
    return AgencyMember(
        agency=agency, user=user, role=role, **{"valid_from": date(2026, 1, 1), "decree": "SK-1", **over}
    )


@kept
def make_leave(
    office: "Office", user: Any, stand_in: Any = None, *, actor: Any = None, now: datetime = MONDAY, **over: Any
) -> OfficerLeave:
    """The person is away from the day of `now` on, three days unless `over` says otherwise; `stand_in`: in all their
    offices but the requester's."""
    first = clock.local_date(now)
    days = {"first_day": first, "last_day": first + 2 * DAY, **over}
    offices = cover.offices_of(office.agency, user, days["first_day"], days["last_day"])
    named = {each.pk: stand_in for each in offices if stand_in is not None and each.role != OfficerRole.REQUESTER}
    return leaves.record_leave(
        actor=actor or user,
        agency=office.agency,
        user=user,
        stand_ins=named,
        now=now,
        **{"decree": "800/1/2026", "key": new_key(), **days},
    )


@kept
def make_line(agency: Agency | None = None, **over: Any) -> BudgetLine:
    number = next(_next)
    values = {
        "agency": agency or make_agency(),
        "year": 2026,
        "activity_code": f"2.17.02.{number}",
        "activity_name": "Rapat koordinasi",
        "rup_id": f"6{number:07d}",
        "pagu": 100_000_000,
        **over,
    }
    values.setdefault("account", Account.objects.order_by("code").first())
    pagu = values.pop("pagu")
    line = BudgetLine.objects.create(**values)
    set_ceiling(line, pagu)
    return line


@kept
@transaction.atomic
def set_ceiling(line: BudgetLine, pagu: int) -> None:
    """As the budget of January set it."""
    post(
        CeilingRevision, line.pk, deltas={"pagu": pagu - line.pagu}, now=MONDAY - 240 * DAY, reference="DPA-1",
        decree_on=date(2026, 1, 2),
    )  # fmt: skip
    line.refresh_from_db()


class Office(RowsByName):
    """A department with one person per membership and one budget line, of the year in which goods of `now` arrive."""

    agency: Agency
    requester: User
    pp: User
    ppk: User
    receiver: User
    treasurer: User
    head: User
    line: BudgetLine

    def __init__(self, *, pagu: int = 100_000_000, now: datetime = MONDAY, **over: Any) -> None:
        vars(self).update(_office(pagu, now, over))


@kept
def _office(pagu: int, now: datetime, over: dict[str, Any]) -> dict[str, Any]:
    agency = make_agency(**over)
    roles = list(OfficerRole)
    people = dict(
        zip(roles, enrol_all(make.make_users([f"{role.label} {next(_next)}" for role in roles])), strict=True)
    )
    AgencyMember.objects.bulk_create(_appointment(agency, user, role) for role, user in people.items())
    line = make_line(agency, pagu=pagu, year=clock.local_date(now + 10 * DAY).year)
    return {"agency": agency, "line": line, **{role.value: user for role, user in people.items()}}


def values_for(office: Office, now: datetime = MONDAY, **over: Any) -> dict[str, Any]:
    return {
        "title": "Rapat koordinasi",
        "purpose": "Rapat bulanan",
        "line": office.line,
        "event_at": now + 10 * DAY + HOUR,
        "event_place": "Ruang Teratai",
        "attendees": 40,
        "deliver_at": now + 10 * DAY,
        "delivery_place": "Jl. Contoh 1",
        "delivery_kelurahan": office.agency.kelurahan,
        **over,
    }


@kept
def make_request(
    office: Office | None = None,
    goods: list[tuple[Product, int | Decimal]] | None = None,
    *,
    state: str = "draft",
    now: datetime = MONDAY,
    charged: Mapping[Product, BudgetLine] | None = None,
    **over: Any,
) -> PurchaseRequest:
    """A request in the state, with its ledger and events, one product unless `goods` says otherwise; `charged`: goods
    that another budget line than the office's pays for."""
    office = office or Office()
    request = drafts.create_request(
        actor=office.requester, agency=office.agency, values=values_for(office, now, **over), now=now
    )
    if goods is None:
        goods = [(make.make_product(price=100_000), 10)]
    for product, quantity in goods:
        drafts.put_line(
            actor=office.requester, request=request, product=product, quantity=Decimal(quantity), note="", now=now
        )
    if charged:
        payers = {product.pk: line for product, line in charged.items()}
        drafts.charge_goods(actor=office.requester, request=request, payers=payers, now=now)
    if state in ("draft", "withdrawn"):
        if state == "withdrawn":
            decisions.withdraw_request(actor=office.requester, request=request, now=now)
        return PurchaseRequest.objects.get(pk=request.pk)
    decisions.submit_request(actor=office.requester, request=request, key=new_key(), now=now)
    request = PurchaseRequest.objects.get(pk=request.pk)
    approver = office.pp if request.needed_role == OfficerRole.PP else office.ppk
    later = now + HOUR
    if state == "lapsed":
        assert request.held_until is not None
        holds.lapse_request(request=request, now=request.held_until)
    if state in ("approved", "ordered"):
        decisions.approve_request(actor=approver, request=request, dropped={}, note="", key=new_key(), now=later)
    if state == "sent_back":
        decisions.send_back_request(actor=approver, request=request, note="Perbaiki jumlahnya", now=later)
    if state == "rejected":
        decisions.reject_request(actor=approver, request=request, note="Digabung bulan depan", now=later)
    if state == "ordered":
        from orders.orders.services import agreement

        agreement.issue_orders(actor=approver, request=request, key=new_key(), now=later)
    return PurchaseRequest.objects.get(pk=request.pk)


@kept
def make_frame(
    office: Office,
    *,
    products: Sequence[Product] = (),
    category: Any = None,
    unit: str = "box",
    price_limit: int = 1_000_000,
    state: str = "signed",
    sellers: Sequence[Any] = (),
    now: datetime = MONDAY,
    proposer: Any = None,
    head: Any = None,
    **over: Any,
) -> ApprovalFrame:
    """Proposed by the PPK (or `proposer`), signed by the head (or `head`)."""
    goods = [frames.AllowedGoods(price_limit=price_limit, product=product) for product in products]
    if category is not None:
        goods.append(frames.AllowedGoods(price_limit=price_limit, category=category, unit=unit))
    day = clock.local_date(now)
    values: dict[str, Any] = {
        "title": "Konsumsi rapat mingguan",
        "line": office.line,
        "amount": 5_000_000,
        "order_limit": 2_000_000,
        "valid_from": day,
        "valid_until": day + timedelta(days=27),
        "is_issued_at_once": False,
        "ceiling_reason": "Harga naik menjelang hari raya",
        **over,
    }
    frame = frames.propose_frame(
        actor=proposer or office.ppk, agency=office.agency, goods=goods, sellers=sellers, key=new_key(), now=now,
        **values,
    )  # fmt: skip
    if state == "refused":
        frames.refuse_frame(actor=head or office.head, frame=frame, note="Belum perlu", now=now)
    if state == "withdrawn":
        frames.refuse_frame(actor=proposer or office.ppk, frame=frame, note="Keliru", now=now)
    if state in ("signed", "ended"):
        decree = f"188/{day:%m%d}/2026"  # one decree has one day
        frames.sign_frame(actor=head or office.head, frame=frame, decree=decree, key=new_key(), now=now)
    if state == "ended":
        frames.end_frame(actor=head or office.head, frame=frame, note="Kegiatan berhenti", now=now)
    office.line.refresh_from_db()
    return ApprovalFrame.objects.get(pk=frame.pk)
