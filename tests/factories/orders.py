"""Departments with their officers, approved requests, and orders brought to any stage by the real services."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image

from epeken.core import clock, states
from epeken.core.idempotency import new_key
from epeken.core.money import share
from epeken.users.models import User
from orders.billing import nearby
from orders.billing import policies as billing_policies
from orders.billing.models import Invoice
from orders.billing.services import approval, payments
from orders.billing.states import ChecklistItem, PaymentMethod
from orders.carts import services as carts
from orders.deliveries import policies as delivery_policies
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery
from orders.documents import services as documents
from orders.documents import slots
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import DeliveryMethod
from orders.tax_decisions import services as tax_decisions
from procurement.agencies.models import Agency, AgencyMember
from procurement.agencies.states import OfficerRole
from procurement.budgets.models import Account, BudgetLine
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestLine, RequestSeller
from procurement.requests.services import holds
from procurement.requests.states import RequestState
from procurement.sourcing import services as sourcing
from procurement.sourcing import sheets
from tests.factories import umkm as make
from tests.factories.places import home
from tests.factories.procurement import make_line
from tests.factories.tax_invoices import bring_if_wanted
from tests.kept_steps import RowsByName, kept
from umkm.catalogue.models import Product

_next = count(1)
# A Monday morning in September: no holiday near.
MONDAY = datetime(2026, 9, 7, 2, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass
class Office(RowsByName):
    """A department with one person per membership and one budget line."""

    agency: Agency
    requester: User
    pp: User
    ppk: User
    receiver: User
    treasurer: User
    line: BudgetLine


@kept
def membership(agency: Agency, user: User, role: str) -> AgencyMember:
    return AgencyMember.objects.create(agency=agency, user=user, role=role, valid_from=date(2026, 1, 1))


@kept
def make_office(*, pagu: int = 100_000_000, now: datetime = MONDAY) -> Office:
    """Its budget line is of the year of `now`."""
    number = next(_next)
    agency = Agency.objects.create(
        name=f"Dinas Contoh {number}",
        short_name=f"DC{number}",
        code=f"9.{number}",
        address="Jl. Contoh 1",
        kelurahan=home(),
    )
    people = {role: make.make_user(name=f"{role.label} {number}") for role in OfficerRole}
    for role, user in people.items():
        membership(agency, user, role)
    year = clock.local_date(now).year
    line = make_line(agency, year=year, activity_code=f"2.17.01.{number}", rup_id=f"5{number:07d}", pagu=pagu)
    return Office(
        agency=agency,
        requester=people[OfficerRole.REQUESTER],
        pp=people[OfficerRole.PP],
        ppk=people[OfficerRole.PPK],
        receiver=people[OfficerRole.RECEIVER],
        treasurer=people[OfficerRole.TREASURER],
        line=line,
    )


@kept
@transaction.atomic
def make_approved(
    office: Office,
    lines: list[tuple[Product, int | Decimal]],
    *,
    delivery: int = 25_000,
    deliver_at: datetime | None = None,
    now: datetime = MONDAY,
    explained: Mapping[Product, tuple[str, str]] | None = None,
    **over: Any,
) -> PurchaseRequest:
    """A request the PP has approved, with its budget reserved and its comparison drawn where the amount asks for one.

    `explained`: by product, why it was chosen (code, words).
    """
    number = f"2026-{next(_next):04d}"
    amounts = [share(product.price, Decimal(quantity)) for product, quantity in lines]
    sellers = {product.seller for product, _quantity in lines}
    total = sum(amounts) + delivery * len(sellers)
    request = PurchaseRequest.objects.create(
        **{
            "number": number,
            "agency": office.agency,
            "requester": office.requester,
            "approver": office.pp,
            "approver_role": OfficerRole.PP,
            "needed_role": OfficerRole.PP,
            "line": office.line,
            "state": RequestState.APPROVED,
            "title": "Rapat koordinasi",
            "event_at": now + 10 * DAY,
            "deliver_at": deliver_at or now + 10 * DAY,
            "delivery_place": "Ruang Teratai",
            "delivery_kelurahan": office.agency.kelurahan,
            "total": total,
            "created_at": now,
            "submitted_at": now,
            "approved_at": now,
            "held_until": now + 7 * DAY,
            **over,
        }
    )
    states.begin(request, actor=office.requester, now=now)
    acts = [("submit", office.requester, "requester"), ("approve", office.pp, "pp")]
    for action, actor, role in acts if request.approver else acts[:1]:
        request.events.create(
            action=action,
            from_state=request.state,
            to_state=request.state,
            actor=actor,
            at=now,
            actor_name=actor.name,
            actor_nip=actor.nip,
            acted_as=role,
        )
    for (product, quantity), amount in zip(lines, amounts, strict=True):
        RequestLine.objects.create(
            request=request,
            product=product,
            seller=product.seller,
            seller_name=product.seller.name,
            name=product.name,
            unit=product.unit,
            food_kind=product.food_kind,
            price=product.price,
            quantity=Decimal(quantity),
            amount=amount,
            **dict(zip(("choice_reason", "choice_note"), (explained or {}).get(product, ("", "")), strict=True)),
        )
    for seller in sellers:
        RequestSeller.objects.create(
            request=request, seller=seller, delivery_cost=delivery, is_delivered=seller.offers_delivery
        )
    request.locked_lines = holds.locked_with_budget(request).locked_lines
    held = contents.read(request, now)
    if (drawn := sheets.draw(request, held, now)) is not None:
        request.sheet_number = sourcing.keep_sheet(drawn)
    request.held_until = holds.hold(request=request, held=held, actor=office.requester, now=now)
    request.save(update_fields=["held_until", "sheet_number"])
    return request


@kept
def make_submitted(office: Office, lines: list[tuple[Product, int | Decimal]], **over: Any) -> PurchaseRequest:
    """As `make_approved`, before anybody approved it."""
    waits = {"state": RequestState.SUBMITTED, "approver": None, "approver_role": "", "approved_at": None}
    return make_approved(office, lines, **(waits | over))


@kept
def make_issued(office: Office, product: Product | None = None, *, quantity: int = 10, **over: Any) -> Order:
    """One surat pesanan waiting for its seller."""
    product = product or make.make_product(price=100_000)
    request = make_approved(office, [(product, quantity)], **over)
    return agreement.issue_orders(actor=office.pp, request=request, key=new_key(), now=over.get("now", MONDAY))[0]


MEALS = "5.1.02.01.01.0052"


@kept
def make_meeting(office: Office, product: Product | None = None, **over: Any) -> Order:
    """`make_issued` on the account of meals at meetings, of which the file needs an invitation, a list of who came and,
    where the city asks for them, minutes."""
    line = make_line(office.agency, year=office.line.year, account=Account.objects.get(code=MEALS))
    return make_issued(office, product, line=line, **over)


@kept
def bring(office: Office, order: Order, *kinds: str, now: datetime = MONDAY + DAY + 3 * HOUR) -> None:
    """The requester uploads these papers; without any, all that are required and not there."""
    empty = [slot.kind for slot in slots.slots_of(Order.objects.get(pk=order.pk)) if slot.is_empty]
    for number, kind in enumerate(kinds or empty):
        documents.add_attachment(
            actor=office.requester, order=order, kind=kind, title="", file=photo(colour=f"#1020{number + 10}"), now=now
        )


@kept
def member_of(order: Order) -> User:
    return order.seller.members.filter(until__isnull=True).order_by("pk")[0].user


@kept
def accepted(order: Order, now: datetime = MONDAY + HOUR) -> Order:
    return agreement.accept_order(actor=member_of(order), order=order, now=now)


@kept
def shipped(order: Order, now: datetime = MONDAY + DAY, **quantities: Any) -> Delivery:
    return deliveries.ship_order(
        actor=member_of(order), order=order, carrier="Kurir sendiri", quantities=quantities.get("sent", {}),
        key=quantities.get("key") or new_key(), now=now,
    )  # fmt: skip


@kept
def arrived(delivery: Delivery, actor: User, now: datetime = MONDAY + DAY + HOUR) -> Delivery:
    return deliveries.mark_arrived(actor=actor, delivery=delivery, now=now)


@kept
def inspected(
    delivery: Delivery,
    actor: User,
    *,
    accept: Decimal | int | None = None,
    photos: Any = (),
    now: datetime = MONDAY + DAY + 2 * HOUR,
) -> Delivery:
    """Everything arrived; `accept` of each line is good (all, unless given). Photos as many as the city asks for."""
    wanted = delivery_policies.photos_wanted(delivery, delivery.order, local(now))
    photos = photos or [photo() for _n in range(wanted)]
    findings = {}
    for line in delivery.lines.all():
        good = line.sent if accept is None else Decimal(accept)
        findings[line.pk] = (line.sent, good, "" if good == line.sent else "Sebagian penyok")
    return deliveries.inspect_delivery(
        actor=actor,
        delivery=delivery,
        findings=findings,
        came_at=None,
        remark="",
        photos=photos,
        key=new_key(),
        now=now,
    )


@kept
def taken_over(office: Office, order: Order, *, accept: Decimal | int | None = None) -> Order:
    """Accepted, shipped, arrived, inspected, BAST signed: the invoice is out (or everything was rejected)."""
    accepted(order)
    delivery = arrived(shipped(order), office.receiver)
    inspected(delivery, office.receiver, accept=accept)
    written = Delivery.objects.filter(order__agency=order.agency_id).exclude(office_number="").count()
    deliveries.sign_bast(
        actor=office.receiver, delivery=delivery, office_number=f"000.3/{12 + written}", now=MONDAY + DAY + 3 * HOUR
    )
    return Order.objects.get(pk=order.pk)


@kept
def invoice_of(order: Order) -> Invoice:
    """The order's only invoice."""
    return Invoice.objects.live().get(order=order)


@kept
def head_of(office: Any) -> User:
    """The head every test office has."""
    found: User = office.agency.members.filter(role=OfficerRole.HEAD).order_by("pk")[0].user
    return found


@kept
def approver_of(office: Any, now: datetime) -> User:
    role = billing_policies.approver_role(local(now))
    found: User = office.agency.members.filter(role=role).order_by("pk")[0].user
    return found


@kept
def check(office: Office, invoice: Invoice, now: datetime = MONDAY + 2 * DAY, actor: User | None = None) -> Invoice:
    """The treasurer calls it complete, and no part of a larger purchase where that is asked; its seller brought the tax
    invoice it wants."""
    bring_if_wanted(invoice, now)
    treasurer = actor or office.treasurer
    answer_split(treasurer, invoice, now)
    return payments.verify_invoice(actor=treasurer, invoice=invoice, ticked=ChecklistItem.values, now=now)


@kept
def answer_split(treasurer: User, invoice: Invoice, now: datetime) -> None:
    """Where it is asked, the bill is no part of a larger purchase."""
    if nearby.unanswered(invoice.order, invoice):
        tax_decisions.decide_taxes(
            actor=treasurer, invoice=invoice, is_split=False, food_kinds={}, reason="Acara yang lain", now=now
        )


@kept
def approve(office: Office, invoice: Invoice, now: datetime = MONDAY + 2 * DAY, actor: User | None = None) -> Any:
    """Whoever approves payments by the city's rule does so, as it is."""
    chosen = dict(Invoice.objects.filter(pk=invoice.pk).with_stamp().values_list("pk", "stamp"))
    return approval.approve_payments(actor=actor or approver_of(office, now), chosen=chosen, key=new_key(), now=now)


@kept
def clear(office: Office, invoice: Invoice, now: datetime = MONDAY + 2 * DAY) -> Invoice:
    """Checked and approved: it may be paid."""
    approve(office, check(office, invoice, now), now)
    return Invoice.objects.get(pk=invoice.pk)


@kept
def cleared(office: Office, order: Order) -> Order:
    """Taken over, its invoice checked and approved."""
    taken_over(office, order)
    clear(office, invoice_of(order))
    return Order.objects.get(pk=order.pk)


@kept
def pay(office: Office, order: Order, **over: Any) -> Any:
    values = {
        "actor": office.treasurer,
        "invoice": over.pop("invoice", None) or invoice_of(order),
        "method": PaymentMethod.LS,
        "reference": "SP2D-001/2026",
        "paid_on": date(2026, 9, 9),
        "proof": photo(),
        "key": new_key(),
        "now": MONDAY + 2 * DAY + HOUR,
        **over,
    }
    answer_split(office.treasurer, values["invoice"], values["now"])
    return payments.record_payment(**values)


@kept
def pay_again(office: Office, order: Order, **over: Any) -> Any:
    """After a payment was reversed: approved anew, and paid."""
    approve(office, over.get("invoice") or invoice_of(order), over.get("now", MONDAY + 2 * DAY + HOUR))
    return pay(office, order, **over)


def photo(name: str = "bukti.jpg", colour: str = "#7fb77e") -> SimpleUploadedFile:
    """A real JPEG of one colour."""
    out = BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def checkout_values(*products: Product, method: str = DeliveryMethod.SELLER, **over: Any) -> dict[str, Any]:
    return {
        "recipient": "Warga Contoh",
        "recipient_phone": "+6281234567890",
        "delivery_place": "Jl. Mawar 3",
        "delivery_kelurahan": home(),
        "groups": {product.seller_id: {"method": method} for product in products},
        **over,
    }


@kept
def place(user: User, *wanted: tuple[Product, int | Decimal], now: datetime = MONDAY, **over: Any) -> list[Order]:
    """What a person's cart becomes."""
    cart = None
    for product, quantity in wanted:
        cart = carts.put_in_cart(user=user, key="", product=product, quantity=Decimal(quantity), now=now)
    key = over.pop("key", None) or new_key()
    values = checkout_values(*(product for product, _quantity in wanted), **over)
    return carts.place_orders(actor=user, cart=cart, values=values, key=key, now=now)


def local(moment: datetime) -> date:
    return clock.local_date(moment)
