"""A small city for the access table: one order at every stage, with real files, and one person per role."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from epeken.core import clock, editing, jobs
from epeken.core.files import uploads
from epeken.core.idempotency import new_key
from epeken.core.models import Job
from epeken.core.states import begin
from epeken.notifications.models import Notification
from orders.billing.models import Invoice, Payment
from orders.billing.services import holding, payments
from orders.carts import services as carts
from orders.deliveries import services as deliveries
from orders.deliveries.models import Delivery, InspectionPhoto
from orders.departures import services as departures
from orders.disputes import services as disputes
from orders.documents import services as documents
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.drafts.pages import person_token
from orders.ladder import services as ladder
from orders.ladder.states import LateLevel
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.orders.states import CloseReason
from orders.pins.pins import pin_of
from orders.tax_invoices.policies import ppn_of
from orders.year_end.ending import last_day_of
from procurement.agencies.states import OfficerRole
from procurement.attachments import services as attachments
from procurement.budgets.models import BudgetLine
from procurement.disclosures import sealing, senders
from procurement.disclosures.services import handling
from procurement.disclosures.services import keys as keys_of_inspectorate
from procurement.quotations.models import Quotation
from procurement.quotations.services import publishing
from procurement.quotations.services import questions as asking
from procurement.request_templates import services as templates
from procurement.request_templates.models import RequestTemplate
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions, drafts, holds
from procurement.sourcing.replacements import replacements_of
from tests.factories import addenda as amending
from tests.factories import appeals, areas, sanctions, separations, transfers
from tests.factories import assisted as helping
from tests.factories import cancellations as cancelling
from tests.factories import compensations as owing
from tests.factories import confirmations as word
from tests.factories import disclosures as whistles
from tests.factories import identity as identity_changes
from tests.factories import orders as make_orders
from tests.factories import procurement as make_offices
from tests.factories import quotations as auctions
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import tax_deposits as putting
from tests.factories import tax_invoices as taxing
from tests.factories import tax_papers as papers
from tests.factories import tax_slips as slipping
from tests.factories import umkm as make
from tests.factories import users as make_users
from tests.factories.negotiations import Table
from tests.factories.places import WARD
from tests.factories.rules import set_rule
from tests.procurement.rotation.world import Turns
from tests.umkm.drafts import waiting
from tests.umkm.goods import family
from tests.umkm.imports import files as goods_files
from tests.umkm.pictures import photo as identity_photo
from umkm.catalogue.services import photos, proposals
from umkm.consents.states import LOW_INCOME
from umkm.identity.notices import denial_path
from umkm.imports import services as imports
from umkm.members import services as members
from umkm.returns import services as returns
from umkm.sellers.models import FoodCourt, Seller
from umkm.sellers.states import SellerKind
from umkm.stock import services as stock
from umkm.verification.models import SellerDocument, VerificationCase

ROLES = [
    "anonymous", "stranger", "citizen", "seller", "other_seller", "requester", "approver", "receiver", "treasurer",
    "other_officer", "inspector", "verifier", "area_officer", "curator", "admin",
]  # fmt: skip

# Which order or request an address is tried on: the one at the stage where somebody may use it. "paid" otherwise.
STAGE = {
    "procurement:frame-close": "framed",
    "procurement:frame-detail": "framed",
    "procurement:frame-sign": "proposed",
    "api:agency-request-detail": "submitted",
    "api:seller-order-accept": "new",
    "api:seller-order-decline": "new",
    "orders:attachment-remove": "billed",
    "orders:slot-waive": "meeting",
    "orders:bast-create": "inspected",
    "orders:cash-create": "billed_to_citizen",
    "orders:delivery-arrive": "sent",
    "orders:delivery-confirm": "sent_to_citizen",
    "orders:delivery-create": "accepted",
    "orders:delivery-hand-over": "sent_to_citizen",
    "orders:delivery-missing": "overdue",
    "orders:delivery-pin": "sent",
    "orders:delivery-withdraw": "sent",
    "orders:pin-renew": "sent",
    "orders:delivery-inspect": "arrived",
    "orders:cancellation-answer": "asked",
    "orders:cancellation-create": "accepted",
    "orders:cancellation-evidence": "claimed",
    "orders:cancellation-withdraw": "asked",
    "orders:addendum-answer": "changing",
    "orders:addendum-create": "accepted",
    "orders:addendum-withdraw": "changing",
    "orders:dispute-answer": "disputed",
    "orders:dispute-create": "billed",
    "orders:dispute-photo": "disputed",
    "orders:dispute-settle": "disputed",
    "orders:invoice-hold": "checked",
    "orders:invoice-resume": "held",
    "orders:invoice-return": "checked",
    "orders:invoice-verify": "billed",
    "orders:tax-invoice-create": "taxed",
    "orders:tax-invoice-file": "taxed",
    "orders:order-again": "returned",
    "orders:remedy-check": "returned",
    "orders:remedy-fulfil": "owed",
    "orders:remedy-proof": "returned",
    "orders:invoice-reissue": "billed",
    "orders:tax-decision-create": "billed",
    "orders:order-accept": "new",
    "orders:order-close": "new",
    "orders:order-issue": "approved",
    "orders:part-reissue": "unfilled",
    "orders:payment-create": "cleared",
    "orders:rest-close": "partly_sent",
    "orders:late-invoice": "late",
    "orders:late-letter": "late",
    "orders:year-end-order": "accepted",
    "orders:year-end-finish": "billed",
    "orders:year-end-withdraw": "billed",
    "orders:year-end-debt": "billed",
    "orders:year-end-carry": "billed",
    "orders:late-letter-send": "late",
    "orders:seller-invoice": "late",
    "orders:confirmation-create": "billed",
    "orders:confirmation-object": "billed",
    "orders:receipt-deny": "reversing",
    "orders:receipt-answer": "paid",
    "orders:reversal-answer": "reversing",
    "orders:reversal-proof": "reversing",
    "orders:reversal-withdraw": "reversing",
    "procurement:approval-detail": "submitted",
    "procurement:disclosure-detail": "disclosed",
    "procurement:disclosure-open": "disclosed",
    "procurement:disclosure-answer": "disclosure_opened",
    "procurement:disclosure-close": "disclosure_answered",
    "procurement:draw-detail": "draw_waits",
    "procurement:draw-data": "draw_waits",
    "procurement:draw-cancel": "draw_waits",
    "procurement:draw-make": "draw_due",
    "procurement:draw-pass": "draw_done",
    "procurement:request-draw": "draw_new",
    "procurement:negotiation-create": "submitted",
    "procurement:negotiation-detail": "negotiated",
    "orders:negotiated-order": "negotiated",
    "procurement:negotiation-accept": "negotiated",
    "procurement:negotiation-counter": "negotiated",
    "procurement:negotiation-refuse": "negotiated",
    "procurement:negotiation-withdraw": "countered",
    "procurement:quotation-detail": "quotation_opened",
    "procurement:quotation-edit": "quotation_draft",
    "procurement:quotation-discard": "quotation_draft",
    "procurement:quotation-publish": "quotation_draft",
    "procurement:quotation-return": "quotation_draft",
    "procurement:quotation-cancel": "quotation_opened",
    "procurement:quotation-pass": "quotation_opened",
    "procurement:quotation-award": "quotation_opened",
    "procurement:quotation-reopen": "quotation_fallen",
    "procurement:quotation-answer": "quotation_published",
    "procurement:quotation-ask": "quotation_published",
    "procurement:quotation-offer": "quotation_published",
    "procurement:quotation-offer-send": "quotation_published",
    "procurement:quotation-offer-withdraw": "quotation_published",
    "procurement:quotation-public": "quotation_awarded",
    "procurement:request-source-again": "unfilled",
    "procurement:request-sourcing-end": "unfilled",
    "procurement:request-rebuild": "lapsed",
    "procurement:request-copy": "lapsed",
    "procurement:request-send-back": "approved",
    "procurement:request-ask-head": "short",
    "procurement:ceiling-answer": "short",
    "procurement:request-withdraw": "submitted",
    "procurement:request-take-over": "left",
}


@dataclass
class World:
    people: dict[str, Any] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    # Values of the addresses: "<route> <argument>" first, else "<argument>".
    values: dict[str, Any] = field(default_factory=dict)
    # What a person who may sends with a POST; a function, because keys are used once.
    forms: dict[str, Callable[[], dict[str, Any]]] = field(default_factory=dict)

    def argument(self, route: str, name: str) -> Any:
        if name == "number" and f"{route} number" not in self.values:
            default = "draft" if route.startswith("procurement:") else "paid"
            return self.numbers[STAGE.get(route, default)]
        if name in ("delivery", "invoice"):
            return self.part(self.argument(route, "number"), name)
        return self.values.get(f"{route} {name}", self.values.get(name, "1"))

    def part(self, number: str, name: str) -> str:
        """The number of the only delivery or invoice of an order."""
        found = {"delivery": Delivery, "invoice": Invoice}[name].objects.filter(order__number=number).first()
        return found.number if found else "SJ-0"

    def form(self, route: str) -> dict[str, Any]:
        return self.forms[route]() if route in self.forms else {}


def build() -> World:
    world = World()
    now = clock.now() - timedelta(hours=2)
    owner, office = make.make_user(name="Pemilik Uji"), make_offices.Office(now=now)
    shop = make.make_seller(member=owner)
    buyer, other_owner = make.make_user(name="Warga Uji"), make.make_user(name="Pemilik Lain")
    make.make_seller(member=other_owner)
    world.people = {
        "anonymous": None,
        "stranger": make.make_user(name="Orang Lain"),
        "citizen": buyer,
        "seller": owner,
        "other_seller": other_owner,
        "requester": office.requester,
        "approver": office.pp,
        "receiver": office.receiver,
        "treasurer": office.treasurer,
        "other_officer": make_offices.make_officer(OfficerRole.REQUESTER, make_offices.make_agency()),
        "inspector": make.make_staff("procurement.inspect_all", name="Inspektur Uji"),
        "verifier": make.make_staff("umkm.verify_seller", name="Verifikator Uji"),
        "area_officer": make.make_staff(name="Petugas Wilayah Uji"),
        "curator": make.make_staff("umkm.curate_product", name="Kurator Uji"),
        "admin": make.make_staff(is_superuser=True, name="Admin Uji"),
    }
    for role in ["requester", "approver", "receiver", "treasurer"]:
        if not world.people[role].authenticator_set.exists():
            make_users.enrol(world.people[role])
    product = make.make_product(shop, price=50_000)
    _orders(world, office, product, buyer, now)
    _sellers(world, shop, product, owner, now)
    _requests(world, office, product, now)
    _draws(world, office, now)
    _quotations(world, office, shop, now)
    _disclosures(world, now)
    return world


def _disclosures(world: World, now: Any) -> None:
    """A key in force, one to be confirmed, and complaints at each stage."""
    inspector, colleague = world.people["inspector"], whistles.make_inspector(name="Inspektur Kedua")
    key = whistles.make_key(whistles.make_pair(), proposer=inspector, confirmer=colleague, now=now)
    public = sealing.to_text(whistles.make_pair().public)
    proposed = keys_of_inspectorate.propose_key(actor=colleague, public=public, now=now)
    world.values |= {
        "procurement:inspectorate-key-confirm pk": proposed.pk,
        "procurement:inspectorate-key-withdraw pk": proposed.pk,
        "procurement:inspectorate-key-stop pk": key.pk,
    }
    code, answer = sealing.new_code(), sealing.seal_answer(bytes(32), "Kami periksa", number="LA-0000-0000")
    for stage in ("disclosed", "disclosure_opened", "disclosure_answered"):
        found = whistles.make_disclosure(key, code if stage == "disclosed" else sealing.new_code(), now=now)
        world.numbers[stage] = found.number
        if stage != "disclosed":
            handling.open_disclosure(actor=inspector, disclosure=found, now=now)
        if stage == "disclosure_answered":
            told = {"sealed": answer, "token": new_key(), "now": now}
            handling.answer_disclosure(actor=inspector, disclosure=found, **told)

    def written(**more: Any) -> dict[str, Any]:
        # All roles send from one address.
        senders.forget()
        return {"key": new_key(), "text": "Ia meminta amplop", **more}

    def sealed() -> dict[str, Any]:
        senders.forget()
        made = whistles.sealed_message(key, sealing.new_code())
        return {
            "key": made.token, "part": "complaint", "number": made.number, "opening": made.opening.hex(),
            "fingerprint": made.fingerprint, "sealed": SimpleUploadedFile("tersegel", made.sealed),
        }  # fmt: skip

    world.forms |= {
        "procurement:disclosure-create": lambda: written(code=sealing.new_code(), about="Bendahara"),
        "procurement:disclosure-receive": sealed,
        "procurement:disclosure-follow": lambda: {"code": code},
        "procurement:disclosure-look": lambda: {"opening": sealing.keys_of(code).opening.hex()},
        "procurement:disclosure-add": lambda: written(code=code),
        "procurement:disclosure-answer": lambda: {"key": new_key(), "sealed": sealing.to_text(answer)},
        "procurement:inspectorate-key-propose": lambda: {"public": sealing.to_text(whistles.make_pair().public)},
        "procurement:inspectorate-key-confirm": lambda: {"compared": "on"},
        "procurement:inspectorate-key-stop": lambda: {"reason": "leaked"},
    }


def _orders(world: World, office: Any, product: Any, buyer: Any, now: Any) -> None:
    owner = make_orders.member_of(Order(seller=product.seller))

    def issued() -> Order:
        return make_orders.make_issued(office, product, quantity=2, now=now)

    def sent(order: Order) -> Any:
        return make_orders.shipped(make_orders.accepted(order, now), now)

    def replacement(part: Any) -> dict[str, Any]:
        # As the page of the moment in which it is sent, not of the one in which the world began.
        by = replacements_of(part.request, part, clock.now())[0]
        return {"key": new_key(), "seller": by.seller.pk, "shown": by.shown}

    def partly_sent(order: Order) -> Order:
        line = make_orders.accepted(order, now).lines.get()
        make_orders.shipped(order, now, sent={line.pk: Decimal(1)})
        return order

    def overdue(order: Order) -> Order:
        """Sent in time, and its time to come is over."""
        Order.objects.filter(pk=order.pk).update(deliver_at=now - timedelta(hours=1))
        order.deliveries.update(shipped_at=now - timedelta(hours=2))
        return order

    def asked() -> Any:
        """The department asks to cancel."""
        return cancelling.asked(make_orders.accepted(issued(), now), office.pp, now=now)

    def inspected(order: Order, *pictures: Any) -> Any:
        delivery = make_orders.arrived(sent(order), office.receiver, now)
        return make_orders.inspected(delivery, office.receiver, photos=pictures, now=now)

    def billed(order: Order, *pictures: Any) -> Order:
        delivery = inspected(order, *pictures)
        deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=now)
        return order

    def checked(order: Order, *pictures: Any) -> Order:
        make_orders.check(office, Invoice.objects.get(order=billed(order, *pictures)), now)
        return order

    def cleared(order: Order, *pictures: Any) -> Order:
        make_orders.approve(office, Invoice.objects.get(order=checked(order, *pictures)), now)
        return order

    def held(order: Order) -> Order:
        invoice = Invoice.objects.get(order=billed(order))
        holding.hold_invoice(actor=office.treasurer, invoice=invoice, reason="papers", note="Kurang notulen", now=now)
        return order

    def bought() -> Order:
        return make_orders.place(buyer, (product, 2), now=now)[0]

    # Another shop can bring what this one declines.
    make.make_product(price=50_000, name=product.name, category=product.category, unit=product.unit)
    declined = issued()
    agreement.close_order(actor=owner, order=declined, reason=CloseReason.SELLER_DECLINED, note="Oven rusak", now=now)
    assert declined.request is not None
    new, accepted, disputed = issued(), make_orders.accepted(issued(), now), billed(issued())
    pictured = [make_orders.photo(colour="#665544")]
    complaint = disputes.open_dispute(
        actor=office.receiver, order=disputed, complaint="Dua kotak penyok", photos=pictured, now=now
    )
    world.values["orders:dispute-photo pk"] = complaint.photos.get().pk
    arrived = make_orders.arrived(sent(issued()), office.receiver, now)
    to_citizen = bought()
    deliveries.confirm_received(actor=buyer, delivery=sent(to_citizen), now=now)
    carts.put_in_cart(user=buyer, key="", product=product, quantity=Decimal(1), now=now)
    lapsed = make_orders.make_approved(office, [(product, 1)], now=now - 10 * make_orders.DAY)
    holds.lapse_request(request=lapsed, now=now)
    claimed = cancelling.claimed(asked(), amount=1_000, evidence=make_orders.photo(colour="#334455"), now=now)
    late = partly_sent(issued())
    Order.objects.filter(pk=late.pk).update(deliver_at=now + timedelta(hours=1))
    world.values["orders:cancellation-evidence pk"] = claimed.pk
    for state, names in COMPENSATION_PAGES.items():
        row = _compensated(state, cancelling.claimed(asked(), amount=1_000, now=now), office, now)
        payment = row.payments.first()
        for name in names:
            world.values[f"orders:compensation-{name} number"] = row.number
            if payment is not None:
                world.values[f"orders:compensation-{name} pk"] = (payment.reversal or payment).pk
    changing = make_orders.accepted(issued(), now)
    change = amending.proposed(changing, office.pp, deliver_at=changing.deliver_at + timedelta(hours=2), now=now)
    for name in ("answer", "withdraw"):
        world.values[f"orders:addendum-{name} pk"] = change.pk
    owed = _replaced(billed(issued()), office, now)
    repaid = bought()
    deliveries.confirm_received(actor=buyer, delivery=sent(repaid), now=now)
    returned = _refunded(repaid, buyer, now)
    world.values["orders:remedy-fulfil pk"] = owed.pk
    world.values["orders:remedy-check pk"] = world.values["orders:remedy-proof pk"] = returned.pk
    world.numbers |= {
        "new": new.number,
        "accepted": accepted.number,
        "asked": asked().order.number,
        "changing": changing.number,
        "claimed": claimed.order.number,
        "owed": owed.order.number,
        "returned": returned.order.number,
        "sent": sent(issued()).order.number,
        "partly_sent": late.number,
        "overdue": overdue(sent(issued()).order).number,
        "arrived": arrived.order.number,
        "inspected": inspected(issued()).order.number,
        "billed": billed(issued()).number,
        "meeting": make_orders.make_meeting(office, product, now=now).number,
        "checked": checked(issued()).number,
        "cleared": cleared(issued()).number,
        "cleared_too": cleared(issued()).number,
        "held": held(issued()).number,
        "disputed": disputed.number,
        "unfilled": declined.request.number,
        "sent_to_citizen": sent(bought()).order.number,
        "billed_to_citizen": to_citizen.number,
        "lapsed": lapsed.number,
        "approved": make_orders.make_approved(office, [(product, 2)], now=now).number,
    }
    wrong = documents.add_attachment(
        actor=office.requester, order=Order.objects.get(number=world.numbers["billed"]), kind="minutes", title="",
        file=make_orders.photo(colour="#334455"), now=now,
    )  # fmt: skip
    world.values["orders:attachment-remove pk"] = wrong.pk
    Seller.objects.filter(pk=product.seller_id).update(is_pkp=True)
    taxed = billed(issued())
    Seller.objects.filter(pk=product.seller_id).update(is_pkp=False)
    taxing.brought(make_orders.invoice_of(taxed), now, actor=owner)
    world.numbers["taxed"] = taxed.number
    dear = make.make_product(price=3_000_000)
    _withheld(world, office, [cleared(make_orders.make_issued(office, dear, quantity=1, now=now)) for _n in "ab"], now)
    world.values["orders:slot-waive kind"] = "invitation"
    world.values["orders:scorecard-cases code"] = "tepat-waktu"
    _paid(world, office, cleared(issued(), make_orders.photo()), owner, now)
    world.numbers["late"] = _late(billed(issued()), now)
    world.values["orders:late-letter level"] = LateLevel.TREASURER
    set_rule("year_end.list_days", 365)
    world.values["orders:year-end-carry invoice"] = Invoice.objects.get(order__number=world.numbers["billed"]).number
    reversing = cleared(issued())
    make_orders.pay(office, reversing, now=now, paid_on=clock.local_date(now), reference="SP2D-77")
    row = undo.asked(office, reversing, proof=make_orders.photo(colour="#556677"), now=now)
    world.numbers["reversing"] = reversing.number
    for act in ("answer", "proof", "withdraw"):
        world.values[f"orders:reversal-{act} pk"] = row.pk
    _confirmations(world, now)
    for route in ("procurement:request-source-again", "procurement:request-sourcing-end", "orders:part-reissue"):
        world.values[f"{route} pk"] = declined.request.sellers.get().pk

    def chosen() -> str:
        """The checked invoice as its page shows it."""
        invoice = Invoice.objects.with_stamp().get(order__number=world.numbers["checked"])
        return f"{invoice.pk}:{invoice.stamp}"  # type: ignore[attr-defined]

    def cleared_ones() -> list[str]:
        """What waits for its treasurer's payment, as the page that pays several shows it."""
        found = Invoice.objects.filter(order__number__in=[world.numbers["cleared"], world.numbers["cleared_too"]])
        return [f"{invoice.pk}:{invoice.outstanding}" for invoice in found]

    def paid_by_sp2d() -> dict[str, Any]:
        day = str(clock.local_date(now))
        return {"key": new_key(), "method": "ls", "reference": "SP2D-9", "paid_on": day, "proof": make_orders.photo()}

    line, found = accepted.lines.get(), arrived.lines.get()
    world.forms |= {
        "api:seller-order-decline": lambda: {"note": "Habis"},
        "orders:verify": lambda: {"file": make_orders.photo()},
        "orders:bast-create": lambda: {"office_number": "000.3/1"},
        "orders:cart-add": lambda: {"product": product.pk, "quantity": "2"},
        "orders:cart-change": lambda: {f"quantity_{product.pk}": "2"},
        "users:address-create": lambda: make_users.address_values(f"Alamat {new_key()[:8]}"),
        "users:address-change": lambda: make_users.address_values("Rumah"),
        "orders:cash-create": lambda: {"key": new_key()},
        "orders:delivery-create": lambda: {"key": new_key(), "carrier": "Kurir", f"sent_{line.pk}": "2"},
        "orders:delivery-inspect": lambda: {
            "key": new_key(), f"arrived_{found.pk}": "2", f"accepted_{found.pk}": "2",
        },
        "orders:cancellation-answer": lambda: {"answer": "consent"},
        "orders:cancellation-create": lambda: {"way": "ask", "reason": "force", "note": "Banjir"},
        "orders:compensation-charge": lambda: {"line": office.line.pk},
        "orders:compensation-pay": lambda: paid_by_sp2d() | {"method": "up_gu", "reference": ""},
        "orders:compensation-reverse": lambda: {"key": new_key(), "reason": "date", "note": "Seharusnya kemarin"},
        "orders:compensation-reversal-answer": lambda: {"key": new_key(), "answer": "refuse", "note": "Sudah benar"},
        "orders:compensation-reversal-withdraw": lambda: {"key": new_key(), "note": "Sudah benar"},
        "orders:addendum-answer": lambda: {"answer": "agree"},
        "orders:addendum-create": lambda: _moved(accepted),
        "orders:dispute-answer": lambda: {"answer": "Kami ganti"},
        "orders:attachment-remove": lambda: {"note": "Salah berkas"},
        "orders:slot-waive": lambda: {"reason": "not_made", "note": "Rapat mendadak"},
        "orders:delivery-missing": lambda: {"note": "Tidak ada kurir"},
        "orders:delivery-withdraw": lambda: {"note": "Belum berangkat"},
        "orders:place-consent": lambda: {"answer": "yes"},
        "orders:draft-create": lambda: {
            "key": new_key(), "person": person_token(office.receiver), "act": "arrive", "claimed_at": now.isoformat(),
            "delivery": Delivery.objects.get(order__number=world.numbers["sent"]).number,
        },
        "orders:delivery-pin": lambda: {"pin": pin_of(Delivery.objects.get(order__number=world.numbers["sent"]))},
        "orders:dispute-create": lambda: {"complaint": "Dua kotak penyok", "wish": "deduction"},
        "orders:dispute-settle": lambda: {"decision": "Sudah diganti"},
        "orders:remedy-check": lambda: {"answer": "yes"},
        "orders:remedy-fulfil": lambda: {"carrier": "Kurir"},
        "orders:order-close": lambda: {"note": "Acara batal"},
        "orders:rest-close": lambda: {"note": "Acara sudah lewat"},
        "orders:late-letter-send": lambda: {"level": LateLevel.HEAD},
        "orders:year-end-withdraw": lambda: {"reason": "Kas dinas kosong."},
        "orders:year-end-finish": lambda: {
            "finish_by": str(last_day_of(clock.local_date(now).year)), "reason": "Acaranya besok pagi",
        },
        "orders:year-end-debt": lambda: {"reason": "Kas dinas kosong."},
        "orders:year-end-carry": lambda: {f"line_{office.line.pk}": office.line.pk, "basis": "DPA 1/2027"},
        "orders:reversal-create": lambda: {"key": new_key(), "reason": "date", "note": "Seharusnya kemarin"},
        "orders:reversal-answer": lambda: {"key": new_key(), "answer": "refuse", "note": "Tanggalnya benar"},
        "orders:reversal-withdraw": lambda: {"key": new_key(), "note": "Tanggalnya benar"},
        "orders:invoice-hold": lambda: {"reason": "bank", "note": "Nomornya kurang satu angka"},
        "orders:invoice-return": lambda: {"reason": "Faktur pajaknya salah"},
        "orders:invoice-verify": lambda: {"ticked": ["papers"]},
        "orders:payment-approvals": lambda: {"key": new_key(), "chosen": [chosen()]},
        "orders:joint-payment": lambda: {**paid_by_sp2d(), "chosen": cleared_ones()},
        "orders:tax-invoice-create": lambda: {
            "number": f"0200{clock.local_date(now):%y}00000000001", "dated_on": clock.local_date(now),
            "file": make_orders.photo(),
            "ppn": ppn_of(Invoice.objects.live().get(order__number=world.numbers["taxed"])),
        },
        "orders:tax-deposit-create": lambda: {
            "key": new_key(), "chosen": [f"{pk}:{left}" for pk, left in putting.open_of(office).items()],
            "amount": sum(putting.open_of(office).values()), "ntpn": "Z9" * 8, "billing_code": "820261100000001",
            "deposited_on": clock.local_date(now), "file": make_orders.photo(),
        },
        "orders:tax-deposit-withdraw": lambda: {"reason": "NTPN keliru"},
        "orders:tax-slip-create": lambda: {
            "key": new_key(), "chosen": ["{}:{}".format(*next(iter(slipping.open_of(office).items())))],
            "number": "2611ZZZZZ", "dated_on": clock.local_date(now), "file": make_orders.photo(),
        },
        "orders:tax-slip-withdraw": lambda: {"reason": "Nomornya keliru"},
        "orders:tax-decision-create": lambda: {"is_split": "0", "reason": "Acara yang lain"},
        "orders:invoice-reissue": lambda: {"reason": "Rekening penjual salah"},
        "orders:order-issue": lambda: {"key": new_key(), "shown": shown(world.numbers["approved"])},
        "orders:part-reissue": lambda: replacement(declined.request.sellers.get()),
        "orders:attachment-create": lambda: {"kind": "minutes", "file": make_orders.photo(colour="#445566")},
        "orders:payment-create": paid_by_sp2d,
    }  # fmt: skip


def _confirmations(world: World, now: Any) -> None:
    """A BAST and money the seller is asked about, and money that did not come."""
    by_number = {name: Order.objects.get(number=world.numbers[name]) for name in ("billed", "reversing", "paid")}
    missing = word.denied(word.of_payment(by_number["paid"]), now=now)
    world.values |= {
        "orders:confirmation-create pk": word.of_bast(by_number["billed"]).pk,
        "orders:confirmation-object pk": word.of_bast(by_number["billed"]).pk,
        "orders:receipt-deny pk": word.of_payment(by_number["reversing"]).pk,
        "orders:receipt-answer pk": missing.pk,
    }
    world.forms |= {
        "orders:confirmation-create": lambda: {"edition": word.edition(word.of_bast(by_number["billed"])).pk},
        "orders:confirmation-object": lambda: {"complaint": "Jumlahnya keliru"},
        "orders:receipt-deny": lambda: {"note": "Rekening sudah dicek"},
        "orders:receipt-answer": lambda: {"note": "Masuk Selasa"},
    }


def _moved(order: Order) -> dict[str, Any]:
    """The order two hours later."""
    later = (order.deliver_at + timedelta(hours=2)).astimezone(clock.ZONE)
    amounts = {f"quantity_{line.pk}": str(int(line.quantity)) for line in order.lines.all()}
    return {
        **amounts, "deliver_at": f"{later:%Y-%m-%dT%H:%M}", "place": order.delivery_place,
        "kelurahan": order.delivery_kelurahan_id, "reason": "Acara mundur dua jam",
    }  # fmt: skip


def _late(order: Order, now: Any) -> str:
    """Late for weeks; its treasurer was reminded some days ago."""
    invoice = Invoice.objects.get(order=order)
    assert invoice.due_at is not None
    Invoice.objects.filter(pk=invoice.pk).update(due_at=invoice.due_at - timedelta(days=60))
    ladder.take_step(invoice=invoice, now=now - timedelta(days=10))
    return order.number


def _replaced(order: Order, office: Any, now: Any) -> Any:
    """One piece of it is to come again tomorrow."""
    mend.decided(order, office.receiver, mend.replacement(order, 1, now + make_orders.DAY), now=now - make_orders.HOUR)
    return mend.remedy_of(order)


def _refunded(order: Order, buyer: Any, now: Any) -> Any:
    """Its cash was paid, and a part of it is recorded as given back."""
    seller = make_orders.member_of(order)
    payments.record_cash(actor=seller, invoice=make_orders.invoice_of(order), key=new_key(), now=now)
    order.refresh_from_db()
    mend.decided(order, buyer, mend.refund(order, 1_000), now=now - make_orders.HOUR)
    return mend.returned(mend.remedy_of(order), now=now)


def _withheld(world: World, office: Any, orders: list[Order], now: Any) -> None:
    """Tax of two bills: of one it is deposited, of the other it is to be."""
    for number, order in enumerate(orders):
        make_orders.pay(office, order, now=now, paid_on=clock.local_date(now), reference=f"SP2D-5{number}")
        if number == 0:
            deposit = putting.deposited(office, now, period=clock.month_of(now))
            slip = slipping.recorded(office, now)
    rooms = {"deposit": deposit.pk, "slip": slip.pk}
    world.values |= {
        f"orders:tax-{room}-{page} pk": pk for room, pk in rooms.items() for page in ("detail", "file", "withdraw")
    } | {
        "orders:tax-slip-create line": next(iter(slipping.open_of(office))),
        "orders:tax-deposit-create agency": office.agency.pk,
        "orders:tax-deposit-create kind": "pph22",
        "orders:tax-deposit-create period": f"{clock.month_of(now):%Y-%m}",
    }


# By how it stands, the pages of a compensation that may be used then.
COMPENSATION_PAGES = {
    "agreed": ("detail", "charge"),
    "charged": ("pay",),
    "paid": ("proof", "reverse"),
    "asked": ("reversal-answer", "reversal-withdraw", "reversal-proof"),
}


def _compensated(state: str, claim: Any, office: Any, now: Any) -> Any:
    row = cancelling.agreed(claim, office.pp, amount=1_000, now=now)
    if state == "agreed":
        return row
    owing.charged(row, office.head, office.line, now=now)
    if state == "charged":
        return row
    payment = owing.paid(row, office.treasurer, now=now, method="up_gu", reference="").payments.get()
    if state == "asked":
        given = {"reason": "returned", "returned_on": clock.local_date(now), "proof": make_orders.photo()}
        owing.asked(payment, office.treasurer, now=now, **given)
    return row


def _paid(world: World, office: Any, order: Order, owner: Any, now: Any) -> None:
    """An order at its end, every kind of private file in it: photo of inspection, proof, attachment, documents."""
    order = Order.objects.get(pk=order.pk)
    make_orders.pay(office, order, now=now, paid_on=clock.local_date(now))
    attachment = documents.add_attachment(
        actor=office.requester, order=order, kind="minutes", title="", file=make_orders.photo(), now=now
    )
    documents.request_spj(actor=office.treasurer, order=order, now=now)
    kinds = [DocumentKind.PURCHASE_ORDER, DocumentKind.DELIVERY_NOTE, DocumentKind.SPJ]
    wanted = Document.objects.filter(order=order, kind__in=kinds)
    for job in Job.objects.filter(name__startswith="orders.make_").order_by("pk"):
        if job.arguments["document_pk"] in {document.pk for document in wanted}:
            jobs.run(job.pk)
    world.numbers["paid"] = order.number
    world.values |= {
        "orders:inspection-photo pk": InspectionPhoto.objects.get(delivery__order=order).pk,
        "orders:payment-proof pk": Payment.objects.get(invoice__order=order).pk,
        "orders:reversal-create pk": Payment.objects.get(invoice__order=order).pk,
        "orders:document-of kind": "delivery_note",
        "orders:document-of of": Delivery.objects.get(order=order).number,
        "orders:attachment-file pk": attachment.pk,
        "orders:document-file kind": "purchase_order",
        "orders:document-file#spj kind": "spj",
        "orders:verify code": wanted.get(kind=DocumentKind.PURCHASE_ORDER).code,
        **dict.fromkeys(
            (f"users:address-{act} pk" for act in ("change", "default", "remove")), make_users.make_address(owner).pk
        ),
        "sitemap-section section": "barang",
        "users:key-revoke pk": make_users.make_key(owner)[0].pk,
        "users:session-end pk": UserSession.objects.create(user=owner, ip="127.0.0.1", session_key="uji").pk,
        "notifications:open pk": Notification.objects.filter(person=owner).values_list("pk", flat=True)[0],
    }


def _area_check(world: World, now: Any) -> tuple[Any, Any, Any]:
    """A grocery that its kelurahan is asked about, one of its pictures, and a picture of a visit to it."""
    officer = world.people["area_officer"]
    areas.post("kelurahan", officer)
    case = waiting(world.people["seller"], now, number=88, kind="kelontong")
    check = areas.looked(areas.running(case), officer, now)
    stored = uploads.store_private_image(make_orders.photo("kunjungan.jpg"), user=officer, folder="penjual")
    visit = check.photos.create(
        file=stored.name, content_type=stored.content_type, size=stored.size, sha256=stored.sha256,
        uploaded_by=officer, uploaded_at=now,
    )  # fmt: skip
    return check, case.seller.documents.current().get(kind="shop_front"), visit


def _sellers(world: World, shop: Any, product: Any, owner: Any, now: Any) -> None:
    # Before there is a draft, which a new registration of its kind would take up again.
    rejected = appeals.rejected(owner, now, number=77).seller
    appeal = appeals.appealed(owner, now, photos=[make_orders.photo("pesan.jpg")], number=78)
    draft = make.make_seller(member=owner, state="draft", name="Draf Uji", kind=SellerKind.UMKM)
    ktp = uploads.store_private_image(make_orders.photo("ktp.jpg"), user=owner, folder="penjual")
    document = SellerDocument.objects.create(
        seller=draft, kind="ktp", file=ktp.name, content_type=ktp.content_type, size=ktp.size, sha256=ktp.sha256,
        uploaded_by=owner, uploaded_at=now,
    )  # fmt: skip
    case = VerificationCase.objects.create(seller=draft, opened_at=now, due_at=now + timedelta(days=3))
    begin(case, actor=None, now=now)
    check, seen, visit = _area_check(world, now)
    resident = world.people["citizen"]
    resident.phone, resident.phone_verified_at = helping.NUMBER, now
    resident.save()
    typed = helping.typed(world.people["area_officer"], now, number=78, phone="+6281277770001")
    asked = helping.waiting(world.people["area_officer"], now, number=79)
    invited = {
        person: members.invite_helper(actor=owner, seller=shop, address=world.people[person].email, now=now).pk
        for person in ("stranger", "citizen")
    }
    helper = make.make_seller(owner).members.create(user=make.make_user(), role="staff", since=now)
    proposed = make.make_product(shop, price=40_000, state="draft")
    offered = make.make_product(shop, price=40_000, state="submitted")
    alike = family("S", "M", seller=shop)
    apart = [make.make_product(shop, name=f"Topi {size}", category=alike[0].category) for size in ("S", "M")]
    for colour in ["#7fb77e", "#b77e7f"]:
        picture = photos.add_photo(
            actor=owner, product=proposed, file=make_orders.photo(colour=colour), alt="Kotak", now=now
        )
    public = uploads.store_public_image(make_orders.photo(), user=owner, folder="toko")
    hidden = make.make_product(shop, price=30_000, state="hidden")
    daily = make.make_product(shop, price=30_000, stock_mode="daily", daily_capacity=Decimal(9))
    changing = make.make_product(shop, price=20_000)
    proposals.propose_change(actor=owner, product=changing, values={"price": 21_000}, now=now)
    returned = make.make_product(shop, price=20_000)
    taken: dict[str, Any] = {"product": returned, "quantity": Decimal(2), "actor": None, "now": now}
    taken["reference"] = "SP-RETUR"
    stock.take_stock(**taken, days=[])
    returns.refuse_goods(**taken, part="SJ-RETUR", is_held=True)
    account = identity_changes.waiting(shop, now, actor=owner)
    passed = transfers.passed(make.make_seller(owner), make.make_user(), now)
    handed = transfers.offered(make.make_seller(owner), world.people["citizen"], now, actor=owner)
    shown = papers.sent(shop, actor=owner)
    row = {**goods_files.GOODS, "kategori": product.category.slug}
    run = goods_files.checked(shop, goods_files.csv({**row, "nama": "Impor pertama"}), actor=owner, now=now)
    imports.confirm_import(actor=owner, goods_import=run, now=now)
    imports.run_piece(goods_import=run, now=now)
    checked = goods_files.checked(draft, goods_files.csv({**row, "nama": "Impor kedua"}), actor=owner, now=now)
    warned = sanctions.give(shop, now)
    joined, brought = separations.tied(owner)
    stolen = waiting(make.make_user(), now, number=87, kind="kelontong", nik=make.make_seller(owner).nik)
    gone = departures.leave_market(actor=owner, seller=make.make_seller(owner), now=now)
    world.values |= {
        "umkm:import-detail pk": checked.pk,
        "umkm:import-refused pk": checked.pk,
        "umkm:import-confirm pk": checked.pk,
        "umkm:import-cancel pk": checked.pk,
        "umkm:import-undo pk": run.pk,
        "umkm:goods-export kind": "csv",
        "pk": product.pk,
        "umkm:return-answer pk": returned.pk,
        "umkm:return-answer number": "SP-RETUR",
        "umkm:case-appeal pk": rejected.pk,
        "umkm:appeal-withdraw pk": appeal.pk,
        "umkm:appeal-photo pk": appeal.photos.get().pk,
        "umkm:application-discard pk": make.make_seller(owner, state="draft").pk,
        "umkm:application-retry pk": rejected.pk,
        "umkm:nik-deny pk": stolen.pk,
        "umkm:nik-denial-back pk": stolen.pk,
        "umkm:separation-create pk": joined.pk,
        "umkm:separation-create other_pk": brought.pk,
        "umkm:separation-withdraw pk": separations.asked(now, actor=owner).pk,
        "umkm:separation-photo pk": separations.asked(now, actor=owner).photos.get().pk,
        "umkm:application-return pk": gone.pk,
        "orders:shop-leave pk": make.make_seller(owner).pk,
        "umkm:sanction-appeal pk": warned.pk,
        "umkm:sanction-list pk": shop.pk,
        "sanction-letter pk": warned.pk,
        "orders:earlier-orders pk": passed.pk,
        "umkm:transfer-create pk": shop.pk,
        "umkm:transfer-page pk": handed.pk,
        "umkm:transfer-decline pk": handed.pk,
        "umkm:identity-create pk": shop.pk,
        "umkm:identity-create kind": "place",
        "umkm:identity-withdraw pk": account.pk,
        "umkm:identity-deny token": denial_path(account).split("/")[-2],
        "umkm:tax-paper-withdraw pk": shown.pk,
        "umkm:tax-paper-file pk": shown.pk,
        **{f"umkm:invitation{act} pk": invited["stranger"] for act in ("", "-accept")},
        **{f"umkm:invitation{act} pk": invited["citizen"] for act in ("-decline", "-withdraw")},
        "umkm:member-end pk": helper.pk,
        "umkm:product-days pk": daily.pk,
        "umkm:area-check pk": check.pk,
        "umkm:area-check-send-back pk": check.pk,
        "umkm:area-document pk": check.pk,
        "umkm:area-document document_pk": seen.pk,
        "umkm:visit-photo pk": visit.pk,
        **{f"umkm:assisted-{act} pk": typed.pk for act in ("hand-over", "withdraw")},
        **{f"umkm:assisted-{act} pk": asked.pk for act in ("correct", "detail", "confirm", "refuse")},
        "umkm:application pk": draft.pk,
        "umkm:application-step pk": draft.pk,
        "umkm:document-create pk": draft.pk,
        "umkm:document-file pk": document.pk,
        "umkm:product-submit pk": proposed.pk,
        "umkm:product-withdraw pk": proposed.pk,
        "umkm:product-recall pk": offered.pk,
        "umkm:variant-release pk": alike[0].pk,
        "umkm:variant-join pk": apart[0].pk,
        "umkm:product-show pk": hidden.pk,
        "umkm:proposal-withdraw pk": changing.pk,
        "umkm:photo-first pk": proposed.pk,
        "umkm:photo-remove pk": proposed.pk,
        "umkm:photo-describe pk": proposed.pk,
        "photo_pk": picture.pk,
        "step": "pemilik",
        "kind": "ktp",
        "slug": "tidak-ada",
        "umkm:shop-detail slug": shop.slug,
        "api:shop-detail slug": shop.slug,
        "umkm:swk-detail slug": FoodCourt.objects.order_by("pk")[0].slug,
        "umkm:category-detail slug": product.category.slug,
        "umkm:product-detail slug": slugify(product.name),
        "media name": public.large,
        "code": "x" * 24,
        "consent-answer code": LOW_INCOME,
    }
    world.forms |= {
        "consent-answer": lambda: {"answer": "yes"},
        "umkm:application-return": lambda: {"consented": "on"},
        "umkm:area-check": lambda: {"answer": "sesuai"},
        "umkm:assisted-list": lambda: {
            "name": "Warga Uji",
            "phone": "081277770002",
            "kind": "umkm",
            "kelurahan": WARD,
        },
        "umkm:assisted-confirm": lambda: {"consented": "on", "shown": ""},
        "umkm:assisted-detail": lambda: {"nik_end": "0000"},
        "umkm:shop-people": lambda: {"address": "pembantu@contoh.invalid"},
        "umkm:area-check-send-back": lambda: {"bagian": "name", "alasan-name": "Kurang jelas namanya"},
        "umkm:case-appeal": lambda: {"words": "Saya membuatnya sendiri"},
        "umkm:sanction-appeal": lambda: {"words": "Pesanan itu datang tepat waktu"},
        "umkm:separation-create": lambda: {
            "key": new_key(),
            "words": "Rekening koperasi",
            "photos": make_orders.photo(),
        },
        "umkm:document-file": lambda: {"purpose": "report"},
        "umkm:tax-paper-file": lambda: {"purpose": "report"},
        "umkm:document-create": lambda: {"file": identity_photo()},
        "umkm:photo-create": lambda: {"photo": make_orders.photo(colour="#123456"), "alt": "Kotak"},
        "umkm:photo-describe": lambda: {"alt": "Kotak nasi", "shown": editing.shown_of({"alt": picture.alt})},
        "umkm:seller-picture": lambda: {"picture": make_orders.photo()},
        "umkm:register": lambda: {"kind": "umkm"},
        "umkm:product-edit": lambda: {"name": product.name, "category": product.category_id, "price": "51000"},
        "users:profile": lambda: {"name": "Nama Baru"},
        "umkm:product-copy": lambda: {"key": new_key()},
        "umkm:import-list": lambda: {
            "key": new_key(),
            "toko": shop.pk,
            "file": goods_files.csv({**row, "nama": "Buku uji"}),
        },
        "umkm:shelf-change": lambda: {
            "key": new_key(),
            "price": product.price,
            "shown": editing.shown_of({"price": product.price, "daily_capacity": product.daily_capacity}),
            "added" if product.stock_mode == "stock" else "daily_capacity": "5",
        },
        "umkm:variant-add": lambda: {
            "key": new_key(),
            "kind_1": "size",
            "own_1": "M",
            "value_1_0": "L",
            "price_0": "51.000",
            "amount_0": "5",
        },
        "umkm:variant-join": lambda: {
            "key": new_key(),
            "kind_1": "size",
            f"value_1_{apart[0].pk}": "S",
            f"value_1_{apart[1].pk}": "M",
        },
        "umkm:variant-save": lambda: {"key": new_key(), "shown": ""},
        "umkm:product-days": lambda: {"first": clock.today().isoformat(), "capacity": "5"},
        "umkm:stock-receive": lambda: {"masuk-key": new_key(), "masuk-quantity": "5"},
        "umkm:return-answer": lambda: {"kembali-key": new_key(), "kembali-asked": "2.000", "kembali-back": "1"},
        "umkm:stock-correct": lambda: {
            "hitung-key": new_key(),
            "hitung-counted": "500",
            "hitung-reason": "Hitung ulang",
        },
    }


def shown(number: str) -> str:
    """What the page of this request would post back."""
    return contents.read(PurchaseRequest.objects.get(number=number), clock.now()).shown


def explained(product: int) -> dict[str, Any]:
    """Why the goods of the draft were chosen, above the amount from which they are compared."""
    set_rule("purchase.compare_two_above", 1)
    return {"product": product, "reason": "quality", "note": "Kertasnya lebih tebal, tahan lama"}


def _asked(office: Any, product: Any, now: Any) -> Table:
    """A negotiation in which the shop is asked."""
    request = make_offices.make_request(office, [(product, 2)], state="submitted", now=now)
    table = Table(office, request, product)
    table.open(table.terms(45_000), now=now)
    return table


def changed(template: RequestTemplate) -> dict[str, Any]:
    """What the page of the template would post back with another name."""
    lines = list(template.lines.all())
    amounts = {f"amount_{line.pk}": "2" for line in lines}
    shown = editing.shown_of(templates.written(template, lines))
    return {"name": "Rapat besar", "activity": template.activity, "shown": shown, **amounts}


def _frames(office: Any, product: Any, now: Any) -> dict[str, str]:
    """One that the approver, as head of the department, is asked to sign, and one they signed."""
    make_offices.make_officer(OfficerRole.HEAD, office.agency, user=office.pp)
    proposed, signed = (
        make_offices.make_frame(
            office, products=[make.make_product()], amount=1_000, order_limit=1_000, state=state, now=now,
            head=office.pp, **_frame_days(office, now),
        )
        for state in ("proposed", "signed")
    )  # fmt: skip
    return {"proposed": proposed.number, "framed": signed.number}


def _frame_days(office: Any, now: Any) -> dict[str, Any]:
    """In the year of the office's budget line."""
    first = max(clock.local_date(now), date(office.line.year, 1, 1))
    return {"valid_from": first, "valid_until": date(office.line.year, 12, 31)}


def _draws(world: World, office: Any, now: Any) -> None:
    """A draft of goods to be drawn for, a draw that waits, one whose day came, and one that is done."""
    long_ago = now - timedelta(days=6)
    new, waits, due, done = (Turns(office=office, now=moment) for moment in (now, now, long_ago, long_ago))
    drawn = done.draw(done.announce(now=long_ago), now=now)
    done.hide(done.request.lines.get().product)
    world.numbers |= {
        "draw_new": new.request.number, "draw_waits": waits.announce(now=now).number,
        "draw_due": due.announce(now=long_ago).number, "draw_done": drawn.number,
    }  # fmt: skip
    world.values["procurement:request-draw pk"] = new.products[0].pk
    world.forms |= {
        "procurement:request-draw": lambda: {"sure": "1"},
        "procurement:draw-make": lambda: {"public_value": "7.123,45"},
        "procurement:draw-cancel": lambda: {"reason": "changed"},
    }


def _quotations(world: World, office: Any, shop: Any, now: Any) -> None:
    """One in each of the states in which somebody may do something."""
    past = now - timedelta(days=5)
    draft = auctions.make_auction(office=office, seller_0=shop, now=now)
    published = auctions.make_auction("published", office=office, seller_0=shop, now=now)
    opened = auctions.make_auction("opened", office=office, seller_0=shop, now=past)
    awarded = auctions.make_auction("awarded", office=office, seller_0=shop, now=past)
    by_state = {"draft": draft, "published": published, "opened": opened, "awarded": awarded}
    fallen = auctions.make_auction("awarded", office=office, seller_1=shop, now=past)
    decisions.withdraw_request(
        actor=office.requester, request=PurchaseRequest.objects.get(from_quotation=fallen.quotation), now=now,
        note="Tokonya dibekukan",
    )  # fmt: skip
    fallen.freeze()
    by_state["fallen"] = fallen
    question = asking.ask_question(
        actor=published.keeper(), quotation=published.quotation, seller=shop, text="Apakah boleh per dus?",
        key=new_key(), now=now,
    )  # fmt: skip
    world.values["procurement:quotation-answer pk"] = question.pk
    world.numbers |= {f"quotation_{state}": auction.quotation.number for state, auction in by_state.items()}

    def typed() -> dict[str, Any]:
        """What the page of the draft would post back."""
        local = {
            name: getattr(draft.quotation, name).astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
            for name in ("deliver_at", "closes_at")
        }
        return {
            "key": new_key(), "title": "Map kantor", "line": office.line.pk, "category": draft.category.pk,
            "delivery_place": "Jl. Contoh 1", "delivery_kelurahan": office.agency.kelurahan_id, "rule": "lowest",
            "name_1": "Map", "quantity_1": "10", "unit_1": "pcs", "specification_1": "Tebal", **local,
        }  # fmt: skip

    def priced() -> dict[str, Any]:
        line, product = published.quotation.lines.get(), published.shops[0][0]
        moment = published.quotation.deliver_at.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
        return {
            "key": new_key(), f"product_{line.pk}": product.pk, f"price_{line.pk}": "80000", "delivery_cost": "0",
            "deliver_at": moment, "checked": "1",
        }  # fmt: skip

    reason = {"note": auctions.NOTE}
    world.forms |= {
        "procurement:quotation-create": typed,
        "procurement:quotation-edit": lambda: typed() | {
            "shown": editing.shown_of(publishing.written(Quotation.objects.get(pk=draft.quotation.pk)))
        },
        "procurement:quotation-publish": lambda: {"key": new_key(), "sure": "1"},
        "procurement:quotation-return": lambda: {"key": new_key(), **reason},
        "procurement:quotation-cancel": lambda: {"key": new_key(), "reason": "need", **reason},
        "procurement:quotation-pass": lambda: {
            "key": new_key(), "offer": opened.opened(0).pk, "reason": "spec", **reason,
        },
        "procurement:quotation-award": lambda: {"key": new_key(), "offer": opened.opened(0).pk, "sure": "1"},
        "procurement:quotation-reopen": lambda: {"key": new_key(), **reason},
        "procurement:quotation-ask": lambda: {"key": new_key(), "text": "Apakah kertasnya boleh putih?"},
        "procurement:quotation-answer": lambda: {"key": new_key(), "text": "Boleh putih atau krem."},
        "procurement:quotation-offer-send": priced,
        "procurement:quotation-offer-withdraw": lambda: {"key": new_key()},
    }  # fmt: skip


def _requests(world: World, office: Any, product: Any, now: Any) -> None:
    draft = make_offices.make_request(office, [(product, 2)], now=now)
    submitted = make_offices.make_request(office, [(product, 2)], state="submitted", now=now)
    other = make.make_product(price=45_000, category=product.category)
    little = make_offices.make_line(office.agency, pagu=1_000, year=office.line.year)
    short = make_offices.make_request(office, [(product, 2)], line=little, now=now)
    drafts.ask_head(actor=office.requester, request=short, now=now)
    asked, answered = _asked(office, product, now), _asked(office, product, now)
    answered.counter(answered.shopkeeper, answered.terms(47_000), now=now)
    world.numbers |= {
        "draft": draft.number, "submitted": submitted.number, "short": short.number, "negotiated": asked.talk.number,
        "countered": answered.talk.number,
    }  # fmt: skip
    world.values["procurement:negotiation-create seller"] = product.seller_id

    def offered(price: str) -> dict[str, Any]:
        moment = submitted.deliver_at.astimezone(clock.ZONE).strftime("%Y-%m-%dT%H:%M")
        return {"key": new_key(), f"price_{product.pk}": price, "delivery_cost": "5000", "deliver_at": moment}

    line = submitted.lines.get()
    kak = attachments.attach_file(
        actor=office.requester, request=draft, kind="terms", title="", file=make_orders.photo(), key=new_key(), now=now
    )
    template = templates.save_template(
        actor=office.requester, request=draft, name="Rapat", activity="meeting", key=new_key(), now=now
    )
    world.numbers |= _frames(office, product, now)
    left = make_offices.make_request(office, [(product, 2)], now=now)
    PurchaseRequest.objects.filter(pk=left.pk).update(requester=make.make_user(name="Pemesan Dahulu"))
    world.numbers["left"] = left.number
    coming = clock.local_date(now) + timedelta(days=30)
    away = make_offices.make_leave(
        office, office.treasurer, office.head, now=now, first_day=coming, last_day=coming + timedelta(days=3)
    )
    world.values |= {
        **{f"procurement:leave-{act} pk": away.pk for act in ("shorten", "withdraw")},
        "procurement:budget-detail pk": BudgetLine.objects.get(pk=office.line.pk).pk,
        "procurement:request-attachment pk": kak.pk,
        **{f"procurement:template-{act} pk": template.pk for act in ("change", "use", "retire")},
        "procurement:request-attachment-take-out pk": kak.pk,
    }
    world.forms |= {
        "procurement:request-attachment-take-out": lambda: {"note": "Salah berkas"},
        "procurement:agency-select": lambda: {"agency": office.agency.pk},
        "procurement:approval-detail": lambda: {
            "key": new_key(),
            "decision": "approve",
            f"keep_{line.pk}": "on",
            "shown": shown(submitted.number),
        },
        "procurement:negotiation-create": lambda: offered("45000"),
        "procurement:negotiation-accept": lambda: {"key": new_key(), "round": "1"},
        "procurement:negotiation-counter": lambda: offered("46000"),
        "procurement:negotiation-refuse": lambda: {"key": new_key()},
        "procurement:negotiation-withdraw": lambda: {"key": new_key()},
        "procurement:choice-explain": lambda: explained(product.pk),
        "api:agency-request-list": lambda: {"agency": office.agency.short_name, "title": "Rapat kerja"},
        "procurement:request-attachment-add": lambda: {
            "key": new_key(),
            "kind": "other",
            "file": make_orders.photo(colour="#445566"),
        },
        "procurement:frame-create": lambda: {
            "key": new_key(),
            "title": "Rapat",
            "line": office.line.pk,
            "amount": "5000",
            "order_limit": "5000",
            **{name: str(value) for name, value in _frame_days(office, clock.now()).items()},
            "product_1": str(product.pk),
            "price_1": "1000",
        },
        "procurement:frame-sign": lambda: {"key": new_key(), "decree": "188/1"},
        "procurement:frame-close": lambda: {"note": "Diganti"},
        "procurement:template-save": lambda: {"key": new_key(), "name": f"Rapat {new_key()[:6]}", "activity": "other"},
        "procurement:template-use": lambda: {
            "key": new_key(),
            "title": "Rapat",
            "day": str(clock.local_date(now + timedelta(days=9))),
            "hour": "09:00",
            "attendees": "5",
        },
        "procurement:template-change": lambda: changed(template),
        # The offices of a requester and of a PP are held by others meanwhile.
        "procurement:leave-create": lambda: {
            "key": new_key(),
            "first_day": str(coming),
            "last_day": str(coming),
            "decree": "800/2",
        },
        "procurement:leave-shorten": lambda: {"last_day": str(coming)},
        "procurement:ceiling-answer": lambda: {
            "outcome": "put",
            "reference": "900/1",
            "sent_on": str(clock.today()),
        },
        "procurement:request-copy": lambda: {"key": new_key()},
        "procurement:request-create": lambda: {"key": new_key(), "title": "Rapat kerja"},
        "procurement:request-edit": lambda: {
            "title": "Rapat kerja",
            "shown": editing.shown_of(drafts.written(draft)),
        },
        "procurement:request-line-add": lambda: {"product": product.pk, "quantity": "2"},
        "procurement:request-goods": lambda: {"product": product.pk, "quantity": "2"},
        "procurement:request-line-put": lambda: {
            "product": product.pk,
            "quantity": "3",
            "shown": editing.shown_of(drafts.amount_of(draft.lines.filter(product=product).first())),
        },
        "procurement:request-charge": lambda: {
            drafts.payer_field(product.pk): str(draft.line_id),
            "shown": editing.shown_of(drafts.payers_of(draft, draft.lines.all())),
        },
        "procurement:request-plan": lambda: {f"banyak-{other.pk}": "1", "key": new_key()},
        "procurement:request-line-replace": lambda: {"product": other.pk, "replaced": product.pk},
        "procurement:request-line-remove": lambda: {"product": product.pk},
        "procurement:request-submit": lambda: {"key": new_key(), "shown": shown(draft.number)},
        "procurement:request-send-back": lambda: {"key": new_key(), "note": "Ubah jumlahnya"},
        "procurement:request-withdraw": lambda: {"note": "Batal"},
    }
