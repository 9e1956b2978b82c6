"""Every service called once (or in each of its branches): a flow yields (service, arguments) and is sent the result.

`args` among the arguments are positional. What a flow needs before a step is made by factories and not looked at.
"""

import dataclasses
from collections.abc import Callable, Generator
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from allauth.usersessions.models import UserSession

from epeken.core import clock
from epeken.core.idempotency import new_key
from epeken.core.states import move
from epeken.notifications import services as notifications
from epeken.notifications.breaches import services as breaches
from epeken.notifications.channels.email import delivery as mail
from epeken.notifications.channels.email import services as letters
from epeken.notifications.channels.text import delivery as text_delivery
from epeken.notifications.channels.text import services as texts
from epeken.notifications.models import Notification, OutgoingMail, OutgoingText
from epeken.users import services as users
from epeken.users.addresses import services as addresses
from epeken.users.addresses.models import Address
from epeken.users.api_keys import services as api_keys
from epeken.users.sessions import services as sessions
from orders.addenda import services as addenda
from orders.attestations import services as attestations
from orders.billing.models import Invoice, Payment
from orders.billing.services import approval, correction, holding, invoices, joint_payments, payments
from orders.billing.states import ChecklistItem
from orders.cancellations import services as cancellations
from orders.carts import services as carts
from orders.compensations.models import Compensation
from orders.compensations.services import payments as compensations
from orders.compensations.services import reversing as undoing
from orders.confirmations import services as confirmations
from orders.deliveries import services as deliveries
from orders.departures import services as departures
from orders.disputes import services as disputes
from orders.documents import services as documents
from orders.documents.states import VoidReason
from orders.drafts import services as phones
from orders.drafts.services import Draft
from orders.drafts.states import DraftAct
from orders.ladder import services as ladder
from orders.orders.models import Order
from orders.orders.services import agreement, completion, framed, placing, replacing, room
from orders.orders.services import reminders as order_reminders
from orders.photo_places import services as photo_places
from orders.pins import services as pins
from orders.pins.pins import pin_of
from orders.remedies import services as remedies
from orders.reversals import services as reversals
from orders.tax_decisions import services as tax_decisions
from orders.tax_deposits import services as tax_deposits
from orders.tax_invoices import services as tax_invoices
from orders.tax_invoices.policies import ppn_of
from orders.tax_slips import services as tax_slips
from orders.year_end import services as year_end
from procurement.agencies import services as agencies
from procurement.agencies.models import AgencyMember
from procurement.attachments import services as attachments
from procurement.budgets import services as budgets
from procurement.budgets.ceilings import WantedLine
from procurement.disclosures import sealing
from procurement.disclosures.services import handling, receiving
from procurement.disclosures.services import keys as inspectorate_keys
from procurement.disclosures.states import StopReason
from procurement.frames import reminders as frame_reminders
from procurement.frames import services as frames
from procurement.guards import services as guards
from procurement.guards.states import Outcome
from procurement.leaves import services as leaves
from procurement.negotiations.services import ending, rounds
from procurement.negotiations.services import reminders as talk_reminders
from procurement.quotations import outcome
from procurement.quotations.services import awarding, offering, opening, publishing
from procurement.quotations.services import questions as asking
from procurement.quotations.services import reminders as quotation_reminders
from procurement.request_templates import services as templates
from procurement.requests import contents
from procurement.requests.services import (
    awards,
    ceilings,
    closures,
    copies,
    decisions,
    drafts,
    holds,
    signing,
    takeovers,
    unfilled,
)
from procurement.requests.services import reminders as request_reminders
from procurement.rotation import services as rotation
from procurement.schedules import services as schedules
from procurement.signatures.models import ApprovalRule
from procurement.sourcing import services as sourcing
from procurement.sourcing import sheets
from procurement.sourcing.replacements import replacements_of
from tests.factories import addenda as changing
from tests.factories import appeals as make_appeals
from tests.factories import areas
from tests.factories import assisted as helping
from tests.factories import cancellations as cancelling
from tests.factories import confirmations as word
from tests.factories import disclosures as whistles
from tests.factories import identity as identity_changes
from tests.factories import negotiations as tables
from tests.factories import orders as make_orders
from tests.factories import procurement as offices
from tests.factories import quotations as auctions
from tests.factories import remedies as mend
from tests.factories import reversals as undo
from tests.factories import sanctions as make_sanctions
from tests.factories import schedules as planned
from tests.factories import separations as make_separations
from tests.factories import tax_deposits as putting
from tests.factories import tax_slips as slipping
from tests.factories import transfers as make_transfers
from tests.factories import umkm as make
from tests.factories.orders import DAY, HOUR, MONDAY
from tests.factories.places import home
from tests.factories.rules import set_rule
from tests.procurement.rotation.world import Turns
from tests.umkm.drafts import filled, looked_at, ready, waiting
from tests.umkm.goods import offer, on_show
from tests.umkm.goods import values as typed
from tests.umkm.imports import files as goods_files
from tests.umkm.pictures import as_before, photo
from tests.umkm.seller_imports import files as list_files
from tests.umkm.validity import papers as shop_papers
from umkm.appeals import services as appeals
from umkm.area_checks import services as area_checks
from umkm.area_checks.models import AreaPosting, AreaStage
from umkm.assisted import services as assisting
from umkm.automatic import services as automatic
from umkm.catalogue import checks
from umkm.catalogue.services import curation, photos, price_returns, products, proposals, shelf
from umkm.catalogue.states import Keeps, StockMode
from umkm.consents import services as consents
from umkm.consents.states import LOW_INCOME
from umkm.discovery import services as discovery
from umkm.exposure import services as exposure
from umkm.exposure.buffer import Attention, Key
from umkm.identity import services as identity
from umkm.identity import transfers
from umkm.imports import services as imports
from umkm.market_prices.references import MarketPrice
from umkm.members import services as members
from umkm.owners import services as owners
from umkm.price_standards import services as price_standards
from umkm.price_standards.imports import WantedPrice
from umkm.requirements import services as requirements
from umkm.requirements.models import Requirement
from umkm.reservations import services as reservations
from umkm.returns import services as returns
from umkm.sanctions import services as sanctions
from umkm.sanctions.models import Sanction
from umkm.seller_imports import services as lists
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.separations import services as separations
from umkm.stock import services as stock
from umkm.tax_papers import services as tax_papers
from umkm.validity import services as validity
from umkm.variants import joining
from umkm.variants import services as variants
from umkm.variants.services import NewVariant
from umkm.verification import retention
from umkm.verification import services as verification

Flow = Generator[tuple[Callable[..., Any], dict[str, Any]], Any, None]
MUCH = Decimal(10)


def accounts() -> Flow:
    person, admin = make.make_user(), make.make_staff(is_superuser=True)
    yield users.save_profile, {"actor": person, "values": {"name": "Nama Baru"}}
    yield users.choose_language, {"actor": person, "language": "en"}
    session = UserSession.objects.create(user=person, ip="127.0.0.1", session_key="kunci", user_agent="")
    yield sessions.end_session, {"actor": person, "session": session}
    yield sessions.end_other_sessions, {"user": person, "kept": None}
    key, _text = yield api_keys.create_key, {
        "actor": person, "name": "Uji", "scopes": ["catalogue"], "days": 30, "now": MONDAY,
    }  # fmt: skip
    yield api_keys.revoke_key, {"actor": person, "key": key, "now": MONDAY}
    yield users.remove_second_factor, {"actor": admin, "user": person, "now": MONDAY}
    told = {"shop": "Dapur Bu Lirih", "number": "SP-1", "at": MONDAY}
    line = {"people": [person], "kind": "order.accepted", "key": "uji", "now": MONDAY, **told}
    yield notifications.notify, line
    yield notifications.set_muted, {"person": person, "areas": {"case"}}
    yield notifications.mark_read, {"person": person, "notification": Notification.objects.get(), "now": MONDAY}
    yield notifications.mark_done, {"args": ("order.accepted:SP-1:",), "now": MONDAY}
    yield notifications.mark_all_read, {"person": person, "now": MONDAY}
    letter = {"recipient": "uji@contoh.invalid", "subject": "Surat", "text": "Isi", "now": MONDAY}
    yield letters.keep_letter, letter
    yield mail.deliver_notice, {"notification_pk": Notification.objects.get().pk, "now": MONDAY}
    yield mail.send_outgoing, {"pk": OutgoingMail.objects.get().pk, "now": MONDAY}
    told = {"actor": admin, "now": MONDAY}
    facts = {"found_at": MONDAY, "happened_at": MONDAY, "data": ["contact"], "key": new_key()}
    words = dict.fromkeys(("what", "handling", "advice"), "Daftar alamat terkirim ke orang yang salah")
    breach = yield breaches.record_breach, {**told, **facts, **words}
    yield breaches.add_affected, {**told, "breach": breach, "addresses": [person.email]}
    yield breaches.remind_late, {"now": MONDAY + 30 * DAY}
    yield breaches.tell_affected, {**told, "breach": breach}
    yield breaches.record_report, {**told, "breach": breach, "reported_at": MONDAY, "number": "1/2026"}
    yield breaches.close_breach, {**told, "breach": breach, "note": "Alamat sudah dihapus oleh penerima"}
    yield texts.keep_text, {"phone": "+6281234567890", "text": "Isi", "now": MONDAY}
    yield text_delivery.send_outgoing_text, {"pk": OutgoingText.objects.get().pk, "now": MONDAY}
    yield users.confirm_phone, {"user": person, "phone": "+6281234567890", "now": MONDAY}
    yield users.release_phone, {"actor": admin, "user": person}
    yield users.prepare_account, {"phone": "+6281234567891", "name": "Warga Uji", "language": "id"}
    yield users.forget_prepared, {"phone": "+6281234567891"}


def sellers_and_cases() -> Flow:
    applicant, officer = make.make_user(), make.make_staff("umkm.verify_seller", "umkm.freeze_seller")
    blank = yield sellers.register_seller, {"actor": applicant, "kind": "umkm", "now": MONDAY}
    yield sellers.save_seller, {"actor": applicant, "seller": blank, "values": filled("umkm", 9), "now": MONDAY}
    yield sellers.add_document, {
        "actor": applicant, "seller": blank, "kind": "ktp", "file": photo(901), "now": MONDAY,
    }  # fmt: skip
    seller = ready(make.make_user(), MONDAY, number=2)
    case = yield sellers.submit_seller, {"actor": seller.members.get().user, "seller": seller, "now": MONDAY}
    yield verification.check_case, {"case": case, "now": MONDAY}
    yield verification.take_case, {"actor": officer, "case": case, "now": MONDAY}
    yield verification.check_again, {"actor": officer, "case": case, "now": MONDAY}
    for check in [*case.checks.unacknowledged(), case.checks.first()]:
        yield verification.acknowledge_finding, {"actor": officer, "check": check, "now": MONDAY}
    looked_at(case, officer, MONDAY)
    yield verification.approve_case, {"actor": officer, "case": case, "now": MONDAY}
    yield sellers.show_front, {"seller": seller, "now": MONDAY}
    stall, found = waiting(make.make_user(), MONDAY, kind="swk", number=6), "Dicocokkan lewat telepon"
    told = {"subject": "stall_confirmed", "note": found}
    yield verification.record_finding, {"actor": officer, "case": stall, **told, "now": MONDAY}
    head, open_shop = make.make_staff("umkm.waive_requirement"), make.make_seller()
    make.make_product(open_shop)
    given = {
        "actor": head, "seller": open_shop, "reason": "Depan toko sedang dibongkar", "now": MONDAY,
        "requirement": Requirement.objects.get(seller_kind="umkm", subject="shop_front"),
        "until": clock.local_date(MONDAY) + DAY,
    }  # fmt: skip
    waiver = yield requirements.give_waiver, given
    taken = {"actor": head, "waiver": waiver, "reason": "Sudah selesai dibongkar", "now": MONDAY}
    yield requirements.withdraw_waiver, taken
    waiver = yield requirements.give_waiver, given
    yield requirements.end_waiver, {"waiver": waiver, "now": MONDAY + 2 * DAY}
    case = waiting(make.make_user(), MONDAY, number=3)
    remarks = {"name": "Nama kurang jelas"}
    yield verification.send_back_case, {"actor": officer, "case": case, "remarks": remarks, "now": MONDAY}
    case = waiting(make.make_user(), MONDAY, number=4)
    yield verification.remind_overdue, {"now": MONDAY + 30 * DAY}
    reason = {"reason": "duplicate", "note": "Sudah ada tokonya"}
    yield verification.reject_case, {"actor": officer, "case": case, **reason, "now": MONDAY}

    helper, other = make.make_user(), make.make_user()
    boss = seller.members.get().user
    invitation = yield members.invite_helper, {"actor": boss, "seller": seller, "address": helper.email, "now": MONDAY}
    member = yield members.accept_invitation, {"actor": helper, "invitation": invitation, "now": MONDAY}
    yield members.end_membership, {"actor": boss, "member": member, "now": MONDAY}
    invitation = yield members.invite_helper, {"actor": boss, "seller": seller, "address": other.email, "now": MONDAY}
    yield members.decline_invitation, {"actor": other, "invitation": invitation, "now": MONDAY}
    invitation = yield members.invite_helper, {"actor": boss, "seller": seller, "address": other.email, "now": MONDAY}
    yield members.withdraw_invitation, {"actor": boss, "invitation": invitation, "now": MONDAY}
    yield members.invite_helper, {"actor": boss, "seller": seller, "address": other.email, "now": MONDAY}
    yield members.end_helpers, {"args": (seller, boss, MONDAY)}

    AreaStage.objects.all().update(asks_visit=False)
    ward, district = areas.post("kelurahan"), areas.post("kecamatan")
    case = waiting(make.make_user(), MONDAY, number=5, kind="kelontong")
    check = areas.looked(areas.running(case), ward, MONDAY)
    yield area_checks.decide_check, {"actor": ward, "check": check, "is_right": True, "now": MONDAY}
    check = areas.looked(areas.running(case), district, MONDAY)
    remarks = {"name": "Nama kurang jelas"}
    yield area_checks.send_back_check, {"actor": district, "check": check, "remarks": remarks, "now": MONDAY}
    case = waiting(make.make_user(), MONDAY, number=6, kind="kelontong")
    yield area_checks.pass_check, {"check": areas.running(case), "now": MONDAY + 30 * DAY}
    AreaPosting.objects.all().delete()

    yield from helped()

    member = make.make_user()
    shop = make.make_seller(member)
    yield sellers.save_profile, {"actor": member, "seller": shop, "values": {"about": "Jajan pasar"}, "now": MONDAY}
    yield sellers.set_shop_picture, {"actor": member, "seller": shop, "file": photo(5), "now": MONDAY}
    yield sellers.renew_picture, {"seller": shop}
    yield sellers.log_view, {"actor": officer, "seller": shop, "what": "nik", "now": MONDAY}
    yield sellers.show_secret, {"actor": officer, "seller": shop, "field": "nik", "purpose": "match", "now": MONDAY}
    kin = {"actor": make.make_staff(is_superuser=True), "seller": shop, "user": make.make_user(), "now": MONDAY}
    yield sellers.record_household, kin
    given = {
        "actor": officer,
        "seller": shop,
        "reason": "fraud",
        "note": "Aduan tiga pembeli",
        "facts": [],
        "now": MONDAY,
    }
    first = yield sanctions.sanction_shop, {**given, "level": "freeze"}
    yield (
        sanctions.lift_sanction,
        {"actor": officer, "sanction": first, "note": "Sudah selesai diperbaiki", "now": MONDAY},
    )
    again = yield sanctions.sanction_shop, {**given, "level": "freeze"}
    yield from appealed(again)
    yield from separated()
    again = yield sanctions.sanction_shop, {**given, "level": "freeze"}
    yield sanctions.end_sanction, {"sanction": again, "now": MONDAY + 400 * DAY}


def separated() -> Flow:
    """A tie is contested, climbs, is kept and at last separated."""
    shop, other = make_separations.tied(make.make_user())
    make.make_month(shop, month=clock.month_of(MONDAY), used=1_000_000)
    owner, officer = identity_changes.owner_of(shop), make.make_staff("umkm.verify_seller")
    asked = {"actor": owner, "seller": shop, "other": other, "words": "Rekening koperasi", "now": MONDAY}
    first = yield separations.request_separation, {**asked, "photos": [photo(1)], "key": new_key()}
    yield separations.remind_separation, {"separation": first, "now": first.due_at - DAY / 24}
    yield separations.pass_on_separation, {"separation": first, "now": first.due_at}
    head = make.make_staff("umkm.decide_appeal")
    said = {"note": "Buku rekeningnya sudah dilihat", "now": first.due_at}
    yield separations.keep_together, {"actor": head, "separation": first, **said}
    again = separations.request_separation(**asked, photos=[photo(2)], key=new_key())
    yield separations.withdraw_separation, {"actor": owner, "separation": again, "now": MONDAY}
    again = separations.request_separation(**asked, photos=[photo(2)], key=new_key())
    yield separations.separate_shops, {"actor": officer, "separation": again, **said}


def appealed(freeze: Sanction) -> Flow:
    """Appeals that climb, are granted and refused, and a new try."""
    owner, others = (
        identity_changes.owner_of(freeze.seller),
        make.make_staff("umkm.freeze_seller", "umkm.verify_seller"),
    )
    late, filed = MONDAY + 40 * DAY, {"words": "Bukan toko saya", "now": MONDAY}
    appeal = yield appeals.file_appeal, {"actor": owner, "decision": freeze, **filed}
    yield appeals.remind_appeal, {"appeal": appeal, "now": appeal.due_at - DAY / 24}
    yield appeals.pass_on_appeal, {"appeal": appeal, "now": late}
    yield appeals.pass_on_appeal, {"appeal": appeal, "now": late + 40 * DAY}
    withdrawn = appeals.file_appeal(actor=owner, decision=make_sanctions.freeze(freeze.seller, MONDAY), **filed)
    yield appeals.withdraw_appeal, {"actor": owner, "appeal": withdrawn, "now": MONDAY}
    make_sanctions.lift(freeze.seller, MONDAY)
    for number, act in enumerate((appeals.grant_appeal, appeals.refuse_appeal), 61):
        again = make_sanctions.freeze(freeze.seller, MONDAY)
        appeal = appeals.file_appeal(actor=owner, decision=again, **filed)
        yield act, {"actor": others, "appeal": appeal, "note": "Sudah dilihat lagi", "now": MONDAY}
        applicant = make.make_user()
        case = make_appeals.rejected(applicant, MONDAY, number=number)
        appeal = yield appeals.file_appeal, {"actor": applicant, "decision": case, **filed}
        yield act, {"actor": others, "appeal": appeal, "note": "Sudah dilihat lagi", "now": MONDAY}
    yield sellers.retry_seller, {"actor": applicant, "seller": case.seller, "now": MONDAY}
    make_sanctions.lift(freeze.seller, MONDAY)
    shop = make.make_seller(applicant)
    yield departures.leave_market, {"actor": applicant, "seller": shop, "now": MONDAY}
    yield sellers.return_seller, {"actor": applicant, "seller": shop, "consented": True, "now": MONDAY}


def identities() -> Flow:
    officer = make.make_staff("umkm.verify_seller")
    shop = make.make_seller(make.make_user())
    same, third = make.make_seller(bank_account="911122223333"), make.make_seller()
    for one in (shop, same, third):
        owners.reserve_turnover(seller=one, amount=1000, reference=f"i{one.pk}", now=MONDAY)
    owner, later = identity_changes.owner_of(shop), MONDAY + 9 * DAY
    given = {"seller": shop, "reason": "Ganti bank", "now": MONDAY}
    made = yield identity.propose_change, {
        **given, "actor": owner, "kind": "bank", "values": identity_changes.ACCOUNT, "file": photo(31),
        "key": new_key(),
    }  # fmt: skip
    change = yield identity.check_change, {"change": made, "now": MONDAY}
    for check in [*change.checks.unacknowledged(), change.checks.first()]:
        yield identity.acknowledge_finding, {"actor": officer, "check": check, "now": MONDAY}
    identity_changes.looked_at(change, officer, MONDAY)
    yield identity.approve_change, {"actor": officer, "change": change, "now": MONDAY}
    yield identity.apply_change, {"change": change, "now": later}
    yield identity.deny_change, {"change": change, "now": later}
    yield (
        identity.uphold_change,
        {"actor": officer, "change": change, "note": "Benar, pemiliknya sendiri", "now": later},
    )
    person = {"kind": "owner", "values": {"owner_name": third.owner_name, "nik": third.nik}}
    change = identity_changes.noted(identity_changes.waiting(shop, MONDAY, **person), officer, MONDAY)
    yield identity.approve_change, {"actor": officer, "change": change, "now": MONDAY}
    place = {"kind": "place", "values": {"address": "Jl. Baru 10"}}
    change = identity_changes.looked_at(identity_changes.waiting(shop, MONDAY, **place), officer, MONDAY)
    yield (
        identity.send_back_change,
        {"actor": officer, "change": change, "note": "Fotonya terlalu gelap", "now": MONDAY},
    )
    change = identity_changes.waiting(shop, MONDAY, **place)
    yield identity.withdraw_change, {"actor": owner, "change": change, "now": MONDAY}
    change = identity_changes.waiting(shop, MONDAY, **place)
    identity.deny_change(change=change, now=MONDAY)
    yield identity.cancel_change, {"actor": officer, "change": change, "note": "Bukan pemilik tokonya", "now": MONDAY}
    asked = {"actor": officer, "change": made, "field": "bank_account", "purpose": "match", "now": MONDAY}
    yield identity.show_value, asked
    yield from passed_on(make.make_seller(), officer)
    yield from destroyed()


def helped() -> Flow:
    """An officer types for two residents; one confirms after it was corrected, of the others nothing stays."""
    desk = make.make_staff("umkm.assist_seller")
    told = {"name": "Warga Uji", "kind": "kelontong", "kelurahan": home()}
    yield assisting.start_assisted, {"actor": desk, "phone": "+6281277770001", **told, "now": MONDAY}
    row = helping.typed(desk, MONDAY, number=91)
    yield assisting.hand_over, {"actor": desk, "assisted": row, "now": MONDAY}
    yield assisting.remind_resident, {"assisted": row, "now": MONDAY + 9 * DAY}
    yield assisting.correct_assisted, {"actor": desk, "assisted": row, "now": MONDAY}
    row, person = assisting.hand_over(actor=desk, assisted=row, now=MONDAY), helping.resident()
    yield assisting.show_assisted, {"actor": person, "assisted": row, "nik_end": row.seller.nik[-4:], "now": MONDAY}
    said = {"consented": True, "low_income": False, "shown": assisting.round_of(row)}
    yield assisting.confirm_assisted, {"actor": person, "assisted": row, **said, "now": MONDAY}
    said_yes = {"actor": person, "purpose": LOW_INCOME, "now": MONDAY}
    yield consents.give_consent, said_yes
    yield consents.withdraw_consent, said_yes
    yield consents.answer_purpose, {**said_yes, "is_yes": True}
    left = helping.started(desk, MONDAY)
    yield assisting.withdraw_assisted, {"actor": desk, "assisted": left, "now": MONDAY}
    left = helping.started(desk, MONDAY)
    yield assisting.expire_assisted, {"assisted": left, "now": MONDAY + 90 * DAY}


def destroyed() -> Flow:
    case = make_appeals.rejected(make.make_user(), MONDAY, number=63)
    yield retention.destroy_documents, {"seller": case.seller, "now": MONDAY + 400 * DAY}
    left = ready(make.make_user(), MONDAY, number=64)
    yield retention.tell_idle, {"seller": left, "now": MONDAY + 170 * DAY}
    yield retention.destroy_idle, {"seller": left, "now": MONDAY + 184 * DAY}
    owner = make.make_user()
    yield retention.discard_draft, {"actor": owner, "seller": ready(owner, MONDAY, number=71), "now": MONDAY}


def passed_on(shop: Seller, officer: Any) -> Flow:
    """A shop is offered, declined, offered and taken, passes over and is given back."""
    heir, owner = make.make_user(), identity_changes.owner_of(shop)
    owners.reserve_turnover(seller=shop, amount=1000, reference=f"i{shop.pk}", now=MONDAY)
    offer = {"actor": owner, "seller": shop, "address": heir.email, "reason": "Pindah kota", "now": MONDAY}
    change = yield transfers.offer_transfer, {**offer, "key": new_key()}
    yield transfers.lapse_offer, {"change": change, "now": MONDAY}
    yield transfers.decline_transfer, {"actor": heir, "change": change, "now": MONDAY}
    change = transfers.offer_transfer(**offer, key=new_key())
    change = yield transfers.take_transfer, {
        "actor": heir, "change": change, "values": make_transfers.data(), "files": make_transfers.papers(),
        "consented": True, "now": MONDAY,
    }  # fmt: skip
    change = identity.check_change(change=change, now=MONDAY)
    identity.approve_change(actor=officer, change=identity_changes.noted(change, officer, MONDAY), now=MONDAY)
    yield identity.apply_change, {"change": change, "now": MONDAY + 9 * DAY}
    identity.deny_change(change=change, now=MONDAY + 9 * DAY)
    yield (
        identity.cancel_change,
        {"actor": officer, "change": change, "note": "Bukan pemilik tokonya", "now": MONDAY + 9 * DAY},
    )


def shown_tax_papers() -> Flow:
    officer, member = make.make_staff("umkm.verify_seller"), make.make_user()
    shop, today = make.make_seller(member), MONDAY.date()
    given = {
        "actor": member, "seller": shop, "kind": "certificate", "issued_on": today, "valid_from": today,
        "valid_until": today + 300 * DAY, "file": photo(31), "now": MONDAY,
    }  # fmt: skip
    first = yield tax_papers.submit_paper, {**given, "number": "1", "key": new_key()}
    yield tax_papers.withdraw_paper, {"actor": member, "paper": first, "now": MONDAY}
    second = tax_papers.submit_paper(**given, number="2", key=new_key())
    tax_papers.open_paper(actor=officer, paper=second, now=MONDAY)
    yield (
        tax_papers.reject_paper,
        {"actor": officer, "paper": second, "note": "Salinannya terlalu buram", "now": MONDAY},
    )
    third = tax_papers.submit_paper(**given, number="3", key=new_key())
    yield tax_papers.open_paper, {"actor": officer, "paper": third, "now": MONDAY}
    yield tax_papers.verify_paper, {"actor": officer, "paper": third, "now": MONDAY}
    yield (
        tax_papers.end_paper,
        {"actor": officer, "paper": third, "last_day": today, "note": "Dicabut kantor pajak", "now": MONDAY},
    )
    tax_papers.submit_paper(**given, number="4", key=new_key())
    yield tax_papers.remind_overdue, {"now": MONDAY + 30 * DAY}


def brought_tax_invoice() -> Flow:
    office = make_orders.make_office()
    seller = make.make_seller(is_pkp=True, npwp="012345678901234")
    order = make_orders.taken_over(office, mend.issued(office, make.make_product(seller, price=600_000)))
    given = {
        "actor": make_orders.member_of(order), "invoice": make_orders.invoice_of(order), "dated_on": MONDAY.date(),
        "file": photo(31), "ppn": ppn_of(make_orders.invoice_of(order)), "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    yield tax_invoices.bring_tax_invoice, {**given, "number": "02002600000000001"}


def deposited_tax() -> Flow:
    office, product = make_orders.make_office(), make.make_product(price=300_000)
    make_orders.pay(office, make_orders.cleared(office, make_orders.make_issued(office, product)))
    chosen = putting.open_of(office)
    deposit = yield tax_deposits.record_deposit, {
        "actor": office.treasurer, "agency": office.agency, "kind": "pph22", "period": MONDAY.date().replace(day=1),
        "chosen": chosen, "billing_code": "820260900000001", "ntpn": putting.NTPN, "amount": sum(chosen.values()),
        "deposited_on": MONDAY.date() + 4 * DAY, "file": photo(34), "key": new_key(), "now": MONDAY + 5 * DAY,
    }  # fmt: skip
    yield tax_deposits.withdraw_deposit, {
        "actor": office.treasurer, "deposit": deposit, "reason": "Salah", "now": MONDAY + 6 * DAY,
    }  # fmt: skip


def recorded_slip() -> Flow:
    office, product = make_orders.make_office(), make.make_product(price=300_000)
    make_orders.pay(office, make_orders.cleared(office, make_orders.make_issued(office, product)))
    slip = yield tax_slips.record_slip, {
        "actor": office.treasurer, "agency": office.agency, "chosen": slipping.open_of(office),
        "number": slipping.NUMBER, "dated_on": MONDAY.date() + 4 * DAY, "file": photo(35), "key": new_key(),
        "now": MONDAY + 5 * DAY,
    }  # fmt: skip
    yield tax_slips.withdraw_slip, {
        "actor": office.treasurer, "slip": slip, "reason": "Salah", "now": MONDAY + 6 * DAY,
    }  # fmt: skip


def two_owners_become_one() -> Flow:
    officer = make.make_staff("umkm.verify_seller")
    case = waiting(make.make_user(), MONDAY, number=7)
    same = {"nik": case.seller.nik}, {"bank_account": case.seller.bank_account}
    shops = [make.make_seller(**over) for over in same]
    for shop in shops:
        yield owners.reserve_turnover, {"seller": shop, "amount": 1000, "reference": str(shop.pk), "now": MONDAY}
    related = yield owners.locked_with_relatives, {"seller": case.seller}
    assert len(related) == 3
    yield verification.check_again, {"actor": officer, "case": case, "now": MONDAY}
    for check in [*case.checks.unacknowledged(), case.checks.first()]:
        yield verification.acknowledge_finding, {"actor": officer, "check": check, "now": MONDAY}
    looked_at(case, officer, MONDAY)
    yield verification.approve_case, {"actor": officer, "case": case, "now": MONDAY}
    one, other = make.make_seller(), make.make_seller()
    for shop in (one, other):
        owners.reserve_turnover(seller=shop, amount=1000, reference=f"x{shop.pk}", now=MONDAY)
    yield owners.owner_for, {"seller": one, "related": [one, other], "now": MONDAY}
    held = {"seller": one, "reference": f"x{one.pk}", "to": "SP-8", "now": MONDAY}
    yield owners.transfer_turnover, held
    yield owners.reserve_more, {"seller": one, "amount": 500, "reference": "SP-8", "now": MONDAY}
    yield owners.release_turnover, {"reference": f"x{other.pk}", "now": MONDAY}


def by_rule() -> Flow:
    market = MarketPrice(median=25_000, low=20_000, high=30_000, owners=5)
    found = {"product": make.make_product(), "proposal": None, "market": market, "now": MONDAY}
    decision = yield automatic.record_decision, found
    curator = make.make_staff("umkm.curate_product")
    yield automatic.judge_decision, {"actor": curator, "decision": decision, "verdict": "right", "now": MONDAY}


def papers() -> Flow:
    officer, shop = make.make_staff("umkm.verify_seller"), make.make_seller(make.make_user())
    day, owner = clock.local_date(MONDAY), identity_changes.owner_of(shop)
    make.make_product(shop)
    shop_papers.paper(shop, "nib_letter", ends=day - DAY)
    yield validity.follow_papers, {"seller": shop, "now": MONDAY}
    asked: dict[str, Any] = {"values": {}, "number": "9120000000001", "expires_on": day + 9 * DAY}
    change = identity_changes.noted(identity_changes.waiting(shop, MONDAY, "nib", **asked), officer, MONDAY)
    yield identity.approve_change, {"actor": officer, "change": change, "now": MONDAY}
    yield identity.deny_change, {"change": change, "actor": owner, "now": MONDAY}
    yield identity.cancel_change, {"actor": officer, "change": change, "note": "Bukan pemiliknya", "now": MONDAY}
    yield validity.follow_product, {"product": make.make_product(shop), "now": MONDAY}


def goods_imports() -> Flow:
    member, category = make.make_user(), make.make_category()
    shop = make.make_seller(member)
    by_seller = {"actor": member, "now": MONDAY}
    file = goods_files.csv({**goods_files.GOODS, "nama": "Buku", "kategori": category.slug})
    made = yield imports.upload_import, {
        **by_seller, "seller": shop, "file": file, "archive": None, "sends": False, "key": new_key(),
    }  # fmt: skip
    one = yield imports.read_import, {"goods_import": made, "now": MONDAY}
    yield imports.confirm_import, {**by_seller, "goods_import": one}
    yield imports.run_piece, {"goods_import": one, "now": MONDAY}
    yield imports.undo_import, {**by_seller, "goods_import": one}
    yield imports.undo_piece, {"goods_import": one, "now": MONDAY}
    yield imports.expire_import, {"goods_import": one, "now": MONDAY}
    other = goods_files.csv({**goods_files.GOODS, "nama": "Map", "kategori": category.slug})
    two = goods_files.checked(shop, other, actor=member, now=MONDAY)
    yield imports.cancel_import, {**by_seller, "goods_import": two}
    product = make.make_product(shop, price=20_000)
    products.save_product(**by_seller, product=product, values={"price": 19_000})
    change = product.price_changes.get()
    yield price_returns.return_price, {**by_seller, "product": product, "change": change}


def seller_lists() -> Flow:
    """One list is run and taken back, the other stopped."""
    desk = make.make_staff("umkm.assist_seller")
    by_desk = {"actor": desk, "now": MONDAY}
    given = {**by_desk, "reason": "Daftar uji"}
    made = yield lists.upload_list, {**given, "file": goods_files.csv(list_files.row(71)), "key": new_key()}
    one = yield lists.read_list, {"seller_import": made, "now": MONDAY}
    yield lists.confirm_list, {**by_desk, "seller_import": one}
    yield lists.run_piece, {"seller_import": one, "now": MONDAY}
    yield lists.ask_piece, {"seller_import": one, "now": MONDAY}
    yield lists.undo_list, {**by_desk, "seller_import": one}
    yield lists.undo_piece, {"seller_import": one, "now": MONDAY}
    yield lists.expire_list, {"seller_import": one, "now": MONDAY}
    two = lists.upload_list(**given, file=goods_files.csv(list_files.row(72)), key=new_key())
    yield lists.cancel_list, {**by_desk, "seller_import": two}


def goods() -> Flow:
    member, curator = make.make_user(), make.make_staff("umkm.curate_product")
    shop = make.make_seller(member)
    by_seller, by_curator = {"actor": member, "now": MONDAY}, {"actor": curator, "now": MONDAY}
    product = yield products.create_product, {**by_seller, "seller": shop, "values": typed(name="Nasi original")}
    picture = yield photos.add_photo, {**by_seller, "product": product, "file": photo(11), "alt": "Kotak"}
    second = photos.add_photo(**by_seller, product=product, file=photo(12), alt="Kotak")
    yield photos.move_photo, {**by_seller, "photo": second}
    yield photos.describe_photo, {**by_seller, "photo": second, "alt": "Dua kotak"}
    yield photos.remove_photo, {**by_seller, "photo": picture}
    yield photos.renew_photo, {"photo": as_before(second)}
    yield products.save_product, {**by_seller, "product": product, "values": {"price": 26_000}}
    shelf_values = {"price": 26_000, "added": None, "capacity": Decimal(30), "key": new_key(), "shown": None}
    yield shelf.change_shelf, {**by_seller, "product": product, **shelf_values}
    table = {"goods": type(product).objects.filter(pk=product.pk), "prices": {product.pk: 25_500}, "amounts": {}}
    yield shelf.change_shelves, {**by_seller, **table, "key": new_key(), "shown": None}
    yield shelf.copy_product, {**by_seller, "product": product, "key": new_key()}
    first = make.make_product(shop, name="Kaus", state="draft", published_at=None)
    rows = {"rows": [NewVariant(("L", ""), 50_000, None)], "key": new_key()}
    kinds = {"kinds": ("size", ""), "own": ("M", "")}
    (large,) = yield variants.add_variants, {**by_seller, "product": first, **kinds, **rows}
    prices = {"prices": {large.pk: 49_000}, "amounts": {}, "key": new_key(), "shown": None}
    yield variants.save_variants, {**by_seller, "product": large, **prices}
    another = make.make_product(shop, name="Kaus, S", category=first.category, state="draft", published_at=None)
    yield variants.join_group, {**by_seller, "product": another, "group": large.group, "values": ("S", "")}
    yield variants.release_variant, {**by_seller, "product": another}
    apart = [make.make_product(another.seller, name=f"Topi {size}", category=another.category) for size in "SM"]
    sizes = {one.pk: (one.name[-1], "") for one in apart}
    joined = {"product": apart[0], "kinds": ("size", ""), "values": sizes, "key": new_key()}
    yield joining.join_goods, {**by_seller, **joined}
    yield products.submit_product, {**by_seller, "product": product}
    for row in checks.checked_findings(product, None, clock.local_date(MONDAY)):
        yield curation.acknowledge_findings, {**by_curator, "product": product, "keys": [row.key]}
    yield products.approve_product, {**by_curator, "product": product}
    yield products.hide_product, {**by_seller, "product": product}
    yield products.show_product, {**by_seller, "product": product}
    form = {"values": typed(name="Nasi kuning"), "photo": photo(13), "send": True, "key": new_key()}
    offered = yield products.offer_product, {**by_seller, "seller": shop, **form}
    yield products.recall_product, {**by_seller, "product": offered}
    offered = products.submit_product(**by_seller, product=offered)
    yield products.send_back_product, {**by_curator, "product": offered, "note": "Fotonya terlalu gelap"}
    refused = offer(member, shop, seed=14, key=new_key(), name="Nasi uduk")
    yield products.reject_product, {**by_curator, "product": refused, "note": "Bukan buatan sendiri"}

    change = {**by_seller, "product": product, "values": {"price": 30_000}}
    for decide in ("withdraw", "apply", "reject", "waiting"):
        proposal = yield proposals.propose_change, change
        if decide == "withdraw":
            yield proposals.withdraw_proposal, {**by_seller, "proposal": proposal}
        elif decide == "apply":
            yield proposals.apply_proposal, {**by_curator, "proposal": proposal}
            change = {**change, "values": {"price": 40_000}}
        elif decide == "reject":
            yield proposals.reject_proposal, {**by_curator, "proposal": proposal, "note": "Harganya terlalu mahal"}
        else:
            yield proposals.withdraw_waiting, {**by_seller, "product": product}
    yield proposals.keep_first, {"args": (product,)}
    before = {name: getattr(product, name) for name in checks.PROPOSED}
    yield proposals.follow_product, {"product": product, "before": {**before, "price": 1}}
    yield products.withdraw_product, {**by_seller, "product": products.create_product(
        **by_seller, seller=shop, values=typed(name="Nasi merah")
    )}  # fmt: skip
    shown = on_show(member, shop, seed=15, key=new_key(), name="Nasi goreng")
    yield products.take_down_product, {**by_curator, "product": shown, "note": "Barang ini dilarang"}
    yield discovery.learn, {"args": ("Nasi kotak",)}
    yield discovery.rebuild, {}
    attention = {Key(shop.pk, product.category_id, ""): Attention(1, 1000)}
    yield exposure.add_up, {"args": (date(2026, 9, 20), attention)}
    yield exposure.keep_standings, {"args": ([], MONDAY)}
    yield exposure.put_in_place, {"args": ([(product.pk, 201)],)}
    yield exposure.forget_old, {"args": (date(2026, 9, 20),)}


def shelves() -> Flow:
    member = make.make_user()
    shop = make.make_seller(member)
    shelf, daily = make.make_product(shop), make.make_product(shop, stock_mode="daily")
    by_seller = {"actor": member, "product": shelf, "now": MONDAY}
    yield stock.receive_stock, {**by_seller, "quantity": MUCH, "reference": "masuk", "key": new_key()}
    yield stock.correct_stock, {**by_seller, "counted": MUCH, "reason": "Hitung ulang"}
    for product, days in ((shelf, []), (daily, [date(2026, 9, 20)])):
        order = {"product": product, "reference": "uji", "actor": None, "now": MONDAY}
        yield stock.take_stock, {**order, "quantity": Decimal(2), "days": days}
        yield stock.return_stock, order
        stock.take_stock(**order, quantity=Decimal(2), days=days)
        yield stock.return_part, {**order, "quantity": Decimal(1)}
        if days:
            yield stock.retake_stock, {**order, "quantity": Decimal(2), "days": days}
            plan = {"first": days[0], "last": days[0], "capacity": Decimal(50)}
            yield stock.plan_days, {"actor": member, "product": product, "now": MONDAY, **plan}
            yield stock.move_part, {**order, "quantity": Decimal(1), "last": days[0], "days": days}
            yield stock.free_days, {**order, "quantity": Decimal(1), "first": days[0], "last": days[0]}
        stock.return_stock(**order)
        again = {**order, "reference": "lagi"}
        stock.take_stock(**again, quantity=Decimal(2), days=days)
        yield stock.deliver_stock, {**again, "part": "SJ-1", "held": Decimal(2), "delivered": Decimal(1)}
        if not days:
            stock.take_stock(**again, quantity=Decimal(2), days=[])
            yield returns.refuse_goods, {**again, "quantity": Decimal(2), "part": "SJ-2", "is_held": True}
            answer = {**by_seller, "reference": "lagi", "asked": Decimal(2), "back": Decimal(1), "key": new_key()}
            yield returns.answer_return, answer
            yield returns.deliver_refused, {**again, "quantity": Decimal(1), "decision": 1}
            yield returns.refuse_delivered, {**again, "quantity": Decimal(1), "decision": 2}
        stock.take_stock(**order, quantity=Decimal(1), days=days)
        yield stock.transfer_stock, {**order, "to": "SP-9"}
        goods = [reservations.Goods(product, Decimal(1), days)]
        part = reservations.Reservation(shop, f"PM-{product.pk}", 1000, goods)
        buyer = {"actor": member, "now": MONDAY}
        yield reservations.reserve, {"args": ([part],), **buyer}
        taken = dataclasses.replace(part, reference=f"SP-{product.pk}")
        yield reservations.transfer, {"args": ([taken],), "held_by": part.reference, **buyer}
        yield reservations.release, {"reference": taken.reference, "products": [product], **buyer}


def budget() -> Flow:
    book = {"line": offices.make_line(pagu=1000), "reference": "uji", "actor": None, "now": MONDAY}
    yield budgets.reserve, {**book, "amount": 900}
    yield budgets.release, {**book, "amount": 100}
    yield budgets.commit, {**book, "amount": 800}
    yield budgets.uncommit, {**book, "amount": 100}
    yield budgets.realise, {**book, "committed": 700, "paid": 600}
    line = offices.make_line(pagu=1000)
    book = {"lines": {line.pk: line}, "reference": "beban", "actor": None, "now": MONDAY}
    yield budgets.hold_charges, {**book, "wanted": {line.pk: 900}}
    yield budgets.commit_charges, {**book, "wanted": {line.pk: 900}}
    yield budgets.change_committed, {**book, "before": {line.pk: 900}, "after": {line.pk: 950}}
    yield budgets.keep_committed, {**book, "wanted": {line.pk: 600}}
    yield budgets.realise_charges, {**book, "paid": {line.pk: 600}, "document": "INV"}
    office, admin = offices.Office(), make.make_staff(is_superuser=True)
    old = office.line
    wanted = WantedLine(
        1, old.agency_id, old.year, old.activity_code, old.activity_name, old.account_id, old.rup_id, old.pagu + 1
    )
    decree = {"actor": admin, "decree": "DPPA-1", "decree_on": date(2026, 9, 1), "now": MONDAY}
    prices = {"wanted": [WantedPrice(2, "1.01", "Nasi kotak", "Kotak", 35_000, "")], "valid_from": date(2026, 9, 1)}
    yield price_standards.take_decree, {**prices, **decree}
    yield budgets.take_ceilings, {"wanted": [wanted, dataclasses.replace(wanted, rup_id="99")], **decree}
    yield budgets.revise_ceiling, {"line": old, "pagu": old.pagu, **decree}
    appointment = yield agencies.appoint_officer, {
        "actor": admin, "agency": office.agency, "user": make.make_user(), "role": "pp", "decree": "SK-9",
        "valid_from": date(2026, 9, 1), "now": MONDAY,
    }  # fmt: skip
    yield agencies.end_appointment, {
        "actor": admin, "appointment": appointment, "last_day": date(2026, 9, 30), "now": MONDAY,
    }  # fmt: skip
    later = make.make_user()
    planned = agencies.appoint_officer(
        actor=admin,
        agency=office.agency,
        user=later,
        role="pp",
        decree="SK-10",
        valid_from=date(2026, 10, 1),
        now=MONDAY,
    )
    yield agencies.withdraw_appointment, {"actor": admin, "appointment": planned, "now": MONDAY}
    away = {
        "actor": admin, "agency": office.agency, "user": office.ppk, "decree": "800/1", "now": MONDAY,
        "stand_ins": {AgencyMember.objects.get(user=office.ppk).pk: office.head},
    }  # fmt: skip
    for first, end in (
        (date(2026, 9, 8), lambda leave: (leaves.withdraw_leave, {})),
        (date(2026, 9, 7), lambda leave: (leaves.shorten_leave, {"last_day": date(2026, 9, 8)})),
    ):
        leave = yield leaves.record_leave, {**away, "first_day": first, "last_day": date(2026, 9, 9), "key": new_key()}
        service, more = end(leave)
        yield service, {"actor": admin, "leave": leave, "now": MONDAY, **more}
    yield leaves.remind_endings, {"now": MONDAY}
    ApprovalRule.objects.create(office="head", above=0, valid_from=date(2026, 9, 1), source="Uji")
    asked = offices.make_request(other := offices.Office())
    given = {"request": asked, "key": new_key(), "now": MONDAY}
    yield decisions.submit_request, {"actor": other.requester, **given}
    yield signing.sign_request, {"actor": other.head, "note": "", **given, "key": new_key()}
    ApprovalRule.objects.all().delete()
    draft, colleague = offices.make_request(office), offices.make_officer("requester", office.agency)
    AgencyMember.objects.filter(user=office.requester).update(valid_until=date(2026, 9, 6))
    yield takeovers.take_over_request, {"actor": colleague, "request": draft, "now": MONDAY}


def requests() -> Flow:
    office = offices.Office()
    product = make.make_product(price=100_000)
    other = make.make_product(price=110_000, category=product.category)
    mine = {"actor": office.requester, "now": MONDAY}
    request = yield drafts.create_request, {**mine, "agency": office.agency, "values": offices.values_for(office)}
    draft = {**mine, "request": request}
    yield drafts.save_request, {**draft, "values": {"title": "Rapat kerja"}}
    yield drafts.put_line, {**draft, "product": product, "quantity": MUCH, "note": ""}
    yield sourcing.replace_line, {**draft, "product": product, "by": other}
    yield sourcing.replace_line, {**draft, "product": other, "by": product}
    plan = {**draft, "wanted": {other.pk: MUCH}, "instead": None, "key": new_key()}
    yield sourcing.take_plan, plan
    yield drafts.refresh_prices, draft
    yield drafts.charge_goods, {**draft, "payers": {other.pk: offices.make_line(office.agency)}}
    yield drafts.charge_goods, {**draft, "payers": {other.pk: None}}
    kak = yield attachments.attach_file, {**draft, "kind": "terms", "title": "", "file": photo(33), "key": new_key()}
    template = yield templates.save_template, {
        **draft, "name": "Rapat", "activity": "meeting", "key": new_key(),
    }  # fmt: skip
    made = {**mine, "template": template}
    yield templates.change_template, {**made, "values": {"name": "Lain"}, "dropped": frozenset()}
    yield templates.use_template, {
        **made, "agency": office.agency, "event_at": MONDAY + 10 * DAY, "attendees": 5, "place": "", "key": new_key(),
        "title": "Rapat",
    }  # fmt: skip
    yield templates.retire_template, made
    yield attachments.take_out_file, {**mine, "attachment": kak, "note": "Salah berkas"}
    yield from _frames(office, product)
    short = offices.make_request(office, [(product, 1)], line=offices.make_line(office.agency, pagu=1))
    yield drafts.ask_head, {**mine, "request": short}
    several = offices.make_request(office)
    dates = planned.weekly(2, {several.lines.get().pk: 5})
    yield schedules.save_schedule, {**mine, "request": several, "days": dates}
    several.refresh_from_db()
    copy = offices.make_request(office, [(several.lines.get().product, 5)])
    yield schedules.carry, {"args": (several, copy, MONDAY)}
    by_head = {"actor": office.head, "request": short}
    yield ceilings.put_to_city, {**by_head, "reference": "900/1", "sent_on": MONDAY.date(), "now": MONDAY}
    drafts.ask_head(**{**mine, "request": short, "now": MONDAY + DAY})
    yield ceilings.decline_ceiling, {**by_head, "reason": "Menunggu perubahan anggaran", "now": MONDAY + DAY}
    drafts.remove_line(**{**mine, "request": short, "product": product, "now": MONDAY + DAY})
    yield ceilings.tell_borne, {"request": short, "now": MONDAY + DAY}
    lean = offices.make_request(office, [(product, 1)], line=offices.make_line(office.agency, pagu=1))
    drafts.ask_head(**{**mine, "request": lean})
    drafts.remove_line(**{**mine, "request": lean, "product": product})
    yield ceilings.tell_all_borne, {"now": MONDAY + DAY}
    more = {"agency": office.agency, "product": other, "quantity": MUCH, "note": "", "number": request.number}
    yield drafts.add_to_draft, {**mine, **more}
    yield drafts.remove_line, {**draft, "product": other}
    yield drafts.locked_draft, {"args": (office.requester, request, MONDAY)}
    yield decisions.submit_request, {**draft, "key": new_key()}
    yield closures.tell_closed, {"request": request, "now": MONDAY}
    yield closures.tell_all_closed, {"now": MONDAY}
    yield decisions.remind_overdue, {"now": MONDAY + 30 * DAY}
    decision = {"actor": office.pp, "now": MONDAY + HOUR}
    chosen = {"dropped": {}, "note": "", "key": new_key()}
    yield decisions.approve_request, {**decision, "request": request, **chosen}
    request.refresh_from_db()
    yield decisions.mark_ordered, {**decision, "request": request}
    for service in (decisions.send_back_request, decisions.reject_request):
        waits = offices.make_request(office, [(product, 1)], state="submitted")
        yield service, {**decision, "request": waits, "note": "Perbaiki"}
    waits = offices.make_request(office, [(product, 1)], state="submitted")
    yield decisions.withdraw_request, {**mine, "request": waits}
    draft = offices.make_request(office, [(product, 1)])
    with_budget = yield holds.locked_with_budget, {"args": (draft,)}
    yield holds.lock_sellers, {"args": (draft,)}
    held = contents.read(with_budget, MONDAY)
    yield holds.hold, {"request": with_budget, "held": held, "actor": office.requester, "now": MONDAY}
    lines = {with_budget.lines.get().pk: ""}
    free = dataclasses.replace(held, parts=[])
    yield holds.release_dropped, {
        "request": with_budget, "dropped": lines, "held": free, "actor": office.pp, "now": MONDAY,
    }  # fmt: skip
    warned = {"request": draft, "actor": office.pp, "now": MONDAY}
    yield guards.choose_merge, {**mine, "request": draft, "keys": []}
    yield guards.record_answers, {**warned, "answered": [], "owner_role": "pp"}
    judged = {"findings": [], "outcomes": {}, "office": "pp", "actor": office.pp, "now": MONDAY}
    yield guards.answer_on_approval, judged
    yield guards.close_findings, {**warned, "otherwise": Outcome.DROPPED}
    for service in (holds.lapse_request, holds.lapse_holds):
        waits = offices.make_request(office, [(product, 1)], state="submitted")
        one = {"request": waits} if service == holds.lapse_request else {}
        yield service, {**one, "now": MONDAY + 30 * DAY}
    two = offices.make_request(office, [(product, 1), (other, 1)], state="submitted")
    less = {"dropped": {two.lines.last().pk: "Sudah ada"}, "note": "", "key": new_key()}
    yield decisions.approve_request, {**decision, "request": two, **less}
    rebuilt = yield copies.rebuild_request, {**mine, "request": waits}
    yield copies.repeat_request, {**mine, "request": waits}
    yield copies.copy_request, {
        "actor": office.requester, "request": rebuilt, "sellers": rebuilt.sellers.all(), "deliver_at": None,
        "event_at": None, "now": MONDAY,
    }  # fmt: skip
    waits = offices.make_request(office, [(product, 1)], state="submitted")
    waits = yield holds.locked_with_budget, {"args": (waits,)}
    yield holds.release, {"request": waits, "actor": office.pp, "now": MONDAY}
    waits = offices.make_request(office, [(product, 1)], state="submitted")
    waits = yield holds.locked_with_budget, {"args": (waits,)}
    yield holds.charge, {"request": waits, "held": contents.read(waits, MONDAY).without(product.pk), **decision}


def _frames(office: Any, product: Any) -> Flow:
    """Proposed, signed, drawn from, given back, ended; and one request that is ordered at once."""
    line = offices.make_line(office.agency)
    day = clock.local_date(MONDAY)
    key = {"key": new_key(), "now": MONDAY}
    frame = yield frames.propose_frame, {
        "actor": office.ppk, "agency": office.agency, "title": "Rapat", "line": line, "amount": 4_000_000,
        "order_limit": 2_000_000, "valid_from": day, "valid_until": day + 20 * DAY, "sellers": [],
        "goods": [frames.AllowedGoods(price_limit=product.price, product=product)],
        "is_issued_at_once": True, **key,
    }  # fmt: skip
    yield frame_reminders.remind_frame, {"frame": frame, "now": frame.due_at - HOUR}
    yield frame_reminders.remind_ahead, {"now": frame.due_at - HOUR}
    yield frames.sign_frame, {
        "actor": office.head, "frame": frame, "decree": "1", "key": new_key(), "now": MONDAY,
    }  # fmt: skip
    frame.refresh_from_db()
    for service in (framed.issue_at_once, framed.issue_all_at_once):
        draft = offices.make_request(office, [(product, 1)], line=line)
        yield decisions.submit_request, {
            "actor": office.requester, "request": draft, "key": new_key(), "now": MONDAY,
        }  # fmt: skip
        one = {"request": draft} if service == framed.issue_at_once else {}
        yield service, {**one, "now": MONDAY + HOUR / 2}
    by = {"line": line, "amount": 100, "actor": office.requester, "now": MONDAY}
    draft.refresh_from_db()
    yield frames.draw, {**by, "frame": frame}
    back = {name: value for name, value in by.items() if name != "line"}
    yield frames.give_back, {**back, "lines": {line.pk: line}, "request": draft}
    yield frames.take_again, {**back, "lines": {line.pk: line}, "request": draft}
    by_head = {"actor": office.head, "note": "Cukup", "now": MONDAY}
    yield frames.end_frame, {**by_head, "frame": frame}
    refused = offices.make_frame(office, products=[product], line=line, state="proposed")
    yield frames.refuse_frame, {**by_head, "frame": refused}
    for service in (frames.lapse_frame, frames.lapse_frames):
        over = offices.make_frame(office, products=[product], line=line)
        one = {"frame": over} if service == frames.lapse_frame else {}
        yield service, {**one, "now": MONDAY + 60 * DAY}


def negotiations() -> Flow:
    """Agreed on another day of goods made per day; answered, refused, withdrawn, ended."""
    product = make.make_product(
        price=100_000, stock_mode=StockMode.DAILY, daily_capacity=MUCH, keeps=Keeps.FRESH, seller=make.make_seller()
    )
    table = tables.make_table(offices.Office(), product)
    moved = table.terms(deliver_at=table.terms().deliver_at - DAY)
    said = {"words": "", "key": new_key(), "now": MONDAY + HOUR}
    first = {"actor": table.officer, "request": table.request, "seller": table.seller, "terms": moved}
    talk = yield rounds.open_negotiation, {**first, **said}
    later = {"negotiation": talk, "key": new_key(), "now": MONDAY + 2 * HOUR}
    answer = {"actor": table.shopkeeper, "terms": table.terms(95_000, deliver_at=moved.deliver_at), "words": ""}
    yield rounds.counter_offer, {**later, **answer}
    yield rounds.accept_offer, {**later, "actor": table.officer, "round_number": 2, "key": new_key()}
    yield ending.restore_offers, {"request": table.request}
    refused, stopped, ended = tables.make_talk(), tables.make_talk("with_buyer"), tables.make_talk()
    yield rounds.refuse_offer, {**later, "actor": refused.shopkeeper, "negotiation": refused.talk, "note": ""}
    yield rounds.withdraw_offer, {**later, "actor": stopped.officer, "negotiation": stopped.talk, "note": ""}
    yield ending.end_negotiations, {"request": ended.request, "actor": None, "now": MONDAY}
    near, due = tables.make_talk(), tables.make_talk()
    yield talk_reminders.remind_answer, {"negotiation": near.talk, "now": near.talk.due_at - HOUR / 2}
    yield talk_reminders.tell_silence, {"negotiation": near.talk, "now": near.talk.due_at}
    yield talk_reminders.remind_ahead, {"now": due.talk.due_at - HOUR / 2}
    free = tables.make_table(offices.Office(), product)
    free.request.lines.update(price=90_000, amount=900_000)
    held = contents.read(free.request, MONDAY)
    yield holds.renegotiate, {
        "request": free.request, "held": held, "seller": free.seller, "is_moved": True, "actor": free.officer,
        "now": MONDAY,
    }  # fmt: skip


def quotations() -> Flow:
    """Published, offered on, opened, one passed over, awarded; cancelled, lapsed, given up."""
    open_one = auctions.make_auction(shops=2)
    office, quotation = open_one.office, open_one.quotation
    asked = {
        "values": auctions.quotation_values(office, open_one.category), "areas": [], "goods": auctions.goods_asked(10),
    }  # fmt: skip
    draft = yield publishing.create_quotation, {
        **asked, "actor": office.requester, "agency": office.agency, "key": new_key(), "now": MONDAY,
    }  # fmt: skip
    mine = {"actor": office.requester, "quotation": draft, "now": MONDAY}
    yield publishing.save_quotation, {**mine, **asked}
    returned = {"actor": office.pp, "quotation": draft, "note": "Perbaiki jumlahnya", "key": new_key(), "now": MONDAY}
    yield quotation_reminders.remind_publishing, {"quotation": draft, "now": MONDAY + DAY - HOUR / 2}
    yield publishing.return_quotation, returned
    yield publishing.discard_quotation, mine
    officer = {"actor": office.pp, "quotation": quotation, "now": MONDAY}
    yield publishing.publish_quotation, {**officer, "key": new_key()}
    yield publishing.tell_invited, {"quotation": open_one.row, "now": MONDAY}
    shop = {"actor": open_one.keeper(), "quotation": quotation, "seller": open_one.seller(), "now": MONDAY + HOUR}
    yield offering.send_offer, {**shop, "terms": open_one.terms(), "key": new_key()}
    yield offering.withdraw_offer, {**shop, "key": new_key()}
    question = yield asking.ask_question, {**shop, "text": "Apakah boleh dikirim per dus?", "key": new_key()}
    yield quotation_reminders.remind_answers, {"quotation": quotation, "now": MONDAY + 3 * DAY}
    replied = {"actor": office.pp, "question": question, "now": MONDAY + 2 * HOUR, "key": new_key()}
    yield asking.answer_question, {**replied, "text": "Boleh per dus atau per bungkus."}
    for place in range(2):
        open_one.offer(place, 90_000 + place)
    yield quotation_reminders.remind_quotation, {"quotation": quotation, "now": auctions.CLOSES - HOUR}
    yield opening.open_quotation, {"quotation": quotation, "now": auctions.OPENED}
    later = {**officer, "now": auctions.OPENED + HOUR}
    yield opening.record_look, {**later, "quotation": open_one.row}
    passed = {"offer": open_one.opened(0), "reason": "spec", "note": auctions.NOTE}
    yield awarding.pass_over, {**later, **passed, "key": new_key()}
    yield awarding.award_quotation, {**later, "offer": open_one.opened(1), "key": new_key()}
    for service in (awards.lapse_award, awards.lapse_awards):
        won = auctions.make_auction("opened")
        kept, until = won.award(), outcome.valid_until(won.row)
        yield service, {"now": until, **({"request": kept} if service == awards.lapse_award else {})}
    freed = yield holds.locked_with_budget, {"args": (auctions.make_auction("opened").award(),)}
    yield request_reminders.remind_award, {"request": freed, "now": freed.held_until - HOUR}
    yield awards.release_award, {"request": freed, "actor": office.pp, "now": MONDAY}
    yield awards.hold_award, {
        "request": freed, "line": freed.line, "amount": 5, "until": MONDAY + DAY, "actor": office.pp, "now": MONDAY,
    }  # fmt: skip
    fell, at = auctions.make_auction("opened"), auctions.OPENED + HOUR
    draft = fell.award()
    decisions.withdraw_request(actor=fell.office.requester, request=draft, note="Tokonya dibekukan", now=at)
    fell.freeze()
    yield awarding.reopen_quotation, {
        "actor": fell.officer, "quotation": fell.quotation, "note": auctions.NOTE, "key": new_key(), "now": at,
    }  # fmt: skip
    next_one = {"actor": fell.officer, "quotation": fell.quotation, "now": at}
    yield awarding.award_quotation, {**next_one, "offer": fell.opened(1), "key": new_key()}
    other, due = auctions.make_auction("published"), auctions.make_auction("published")
    cancelled = {"actor": other.officer, "quotation": other.quotation, "reason": "need", "note": auctions.NOTE}
    yield publishing.cancel_quotation, {**cancelled, "key": new_key(), "now": MONDAY + HOUR}
    yield quotation_reminders.remind_ahead, {"now": auctions.CLOSES - HOUR}
    yield opening.open_due, {"now": auctions.CLOSES}
    late = auctions.make_auction("opened")
    yield opening.lapse_quotation, {"quotation": late.quotation, "now": late.row.due_at}
    yield opening.lapse_due, {"now": due.row.due_at}


def comparison() -> Flow:
    set_rule("purchase.compare_two_above", 1)
    office, cheap = offices.Office(), make.make_product(price=100_000)
    dear = make.make_product(price=110_000, category=cheap.category)
    request = offices.make_request(office, [(dear, 1)])
    yield sourcing.explain_choice, {
        "actor": office.requester, "request": request, "product": dear, "reason": "quality",
        "note": "Kertasnya lebih tebal", "now": MONDAY,
    }  # fmt: skip
    yield sourcing.keep_sheet, {"args": (sheets.draw(request, contents.read(request, MONDAY), MONDAY),)}


def turns() -> Flow:
    world = Turns()
    mine = {"actor": world.office.requester}
    announced = yield rotation.announce_draw, {
        **mine, "request": world.request, "product": world.products[0], "now": MONDAY,
    }  # fmt: skip
    draw = yield rotation.make_draw, {**mine, "draw": announced, "public_value": "7.123,45", "now": MONDAY + 2 * DAY}
    world.hide(world.request.lines.get().product)
    yield rotation.pass_turn, {**mine, "draw": draw, "now": MONDAY + 2 * DAY}
    for service in (rotation.cancel_draw, rotation.end_draws):
        other = Turns()
        waits, actor = other.announce(), other.office.requester
        if service == rotation.cancel_draw:
            yield service, {"actor": actor, "draw": waits, "reason": "changed", "now": MONDAY}
        else:
            yield service, {"actor": actor, "request": other.request, "now": MONDAY}


def written_on_a_phone(office: Any) -> Flow:
    """Each act that is sent later, by what it becomes."""
    for act in DraftAct:
        order = make_orders.accepted(make_orders.make_issued(office, make.make_product(on_hand=50)))
        sent = make_orders.shipped(order)
        if act == DraftAct.INSPECT:
            sent = make_orders.arrived(sent, office.receiver)
        late = {"actor": office.receiver, "delivery": sent, "now": MONDAY + 20 * DAY}
        becomes: Any = {
            DraftAct.ARRIVE: partial(deliveries.mark_arrived, **late),
            DraftAct.MISS: partial(deliveries.report_missing, **late, note="Tidak ada kurir"),
            DraftAct.INSPECT: partial(deliveries.inspect_delivery, **inspection(office.receiver, sent, good=10)),
        }[act]
        draft = Draft(new_key(), act, MONDAY + DAY)
        yield phones.record_draft, {**late, "draft": draft, "becomes": becomes}
    yield photo_places.give_consent, {"actor": office.receiver, "now": MONDAY}
    yield photo_places.withdraw_consent, {"actor": office.receiver, "now": MONDAY}


def purchase() -> Flow:
    office, product = make_orders.make_office(), make.make_product(price=100_000)
    request = make_orders.make_approved(office, [(product, 10)])
    (order,) = yield agreement.issue_orders, {"actor": office.pp, "request": request, "key": new_key(), "now": MONDAY}
    member = make_orders.member_of(order)
    yield agreement.accept_order, {"actor": member, "order": order, "now": MONDAY + HOUR}
    delivery = yield deliveries.ship_order, {
        "actor": member, "order": order, "carrier": "Kurir", "quantities": {}, "key": new_key(),
        "now": MONDAY + DAY,
    }  # fmt: skip
    yield deliveries.mark_arrived, {"actor": office.receiver, "delivery": delivery, "now": MONDAY + DAY}
    yield from written_on_a_phone(office)
    yield deliveries.inspect_delivery, inspection(office.receiver, delivery, good=10)
    short = make_orders.accepted(make_orders.make_issued(office, make.make_product(on_hand=50)))
    lost = make_orders.shipped(short, sent={short.lines.get().pk: 3})
    late = {"actor": office.receiver, "note": "Tidak ada kurir", "now": MONDAY + 20 * DAY}
    completion.close_rest(actor=office.pp, order=short, note="Cukup", now=MONDAY + 20 * DAY)
    yield deliveries.report_missing, {**late, "delivery": lost}
    by_receiver = {"actor": office.receiver, "office_number": "", "now": MONDAY + 2 * DAY}
    yield deliveries.sign_bast, {**by_receiver, "delivery": delivery, "office_number": "000.3/77/2026"}
    for good in (4, 0):
        sent = make_orders.shipped(make_orders.accepted(make_orders.make_issued(office)))
        partly = make_orders.arrived(sent, office.receiver)
        make_orders.inspected(partly, office.receiver, accept=good)
        yield deliveries.sign_bast, {**by_receiver, "delivery": partly}

    dispute = yield disputes.open_dispute, {
        "actor": office.receiver, "order": order, "complaint": "Penyok", "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    yield disputes.pass_unanswered, {"dispute": dispute, "now": dispute.due_at}
    yield disputes.answer_dispute, {"actor": member, "dispute": dispute, "answer": "Diganti", "now": MONDAY + 3 * DAY}
    yield disputes.decide_dispute, {
        "actor": office.receiver, "dispute": dispute, "decision": "Selesai", "now": MONDAY + 3 * DAY,
    }  # fmt: skip
    silent = make_orders.arrived(
        make_orders.shipped(make_orders.accepted(make_orders.make_issued(office))), office.receiver
    )
    dispute = disputes.open_dispute(actor=office.receiver, order=silent.order, complaint="Penyok", now=MONDAY + 2 * DAY)
    yield order_reminders.remind_dispute, {"dispute": dispute, "now": dispute.due_at - HOUR}
    yield disputes.pass_overdue, {"now": dispute.due_at}
    dispute.refresh_from_db()
    yield order_reminders.remind_decision, {"dispute": dispute, "now": dispute.decide_due_at - HOUR}
    yield disputes.climb, {"dispute": dispute, "now": dispute.decide_due_at}
    yield disputes.lapse, {"dispute": dispute, "now": dispute.ends_at}
    silent = make_orders.arrived(
        make_orders.shipped(make_orders.accepted(make_orders.make_issued(office))), office.receiver
    )
    dispute = disputes.open_dispute(actor=office.receiver, order=silent.order, complaint="Penyok", now=MONDAY + 2 * DAY)
    disputes.pass_overdue(now=dispute.due_at)
    dispute.refresh_from_db()
    yield disputes.pass_on_overdue, {"now": dispute.ends_at}
    yield from decided(office)
    waits = make_orders.arrived(
        make_orders.shipped(make_orders.accepted(make_orders.make_issued(office))), office.receiver
    )
    dispute = disputes.open_dispute(actor=office.receiver, order=waits.order, complaint="Penyok", now=MONDAY + 2 * DAY)
    yield disputes.decide_dispute, {
        "actor": office.receiver, "dispute": dispute, "decision": "Selesai", "now": MONDAY + 3 * DAY,
    }  # fmt: skip

    invoice = Invoice.objects.get(order=order)
    now = MONDAY + 4 * DAY
    by_office = {"actor": office.requester, "order": order, "now": now}
    attachment = yield documents.add_attachment, {**by_office, "kind": "minutes", "title": "", "file": photo(32)}
    yield documents.remove_attachment, {
        "actor": office.requester, "attachment": attachment, "note": "Rapat lain", "now": now,
    }  # fmt: skip
    yield documents.waive_slot, {
        "actor": office.ppk, "order": make_orders.make_meeting(office), "kind": "invitation", "reason": "not_made",
        "note": "Rapat mendadak", "now": now,
    }  # fmt: skip
    by_treasurer = {"actor": office.treasurer, "invoice": invoice, "now": now}
    yield holding.hold_invoice, {**by_treasurer, "reason": "papers", "note": "Kurang notulen"}
    yield holding.resume_invoice, by_treasurer
    yield payments.verify_invoice, {**by_treasurer, "ticked": ChecklistItem.values}
    by_head = {"actor": make_orders.head_of(office), "now": now}
    yield approval.return_invoice, {**by_head, "invoice": invoice, "reason": "Periksa lagi"}
    make_orders.check(office, invoice, now + HOUR)
    stamp = Invoice.objects.with_stamp().get(pk=invoice.pk).stamp  # type: ignore[attr-defined]
    yield approval.approve_payments, {
        **by_head, "chosen": {invoice.pk: stamp}, "key": new_key(), "now": now + HOUR,
    }  # fmt: skip
    now += HOUR
    yield payments.record_payment, {
        "actor": office.treasurer, "invoice": invoice, "method": "transfer", "reference": "TRF-1", "proof": photo(31),
        "paid_on": make_orders.local(now), "key": new_key(), "now": now,
    }  # fmt: skip
    yield from confirmed_by_seller(order, now)
    yield from taken_back(office, order, now)
    rows = [make_orders.invoice_of(make_orders.cleared(office, make_orders.make_issued(office))) for _n in range(2)]
    yield joint_payments.record_joint_payment, {
        "actor": office.treasurer, "chosen": {row.pk: row.outstanding for row in rows}, "method": "ls",
        "reference": "SP2D-2", "proof": photo(33), "paid_on": make_orders.local(now), "key": new_key(), "now": now,
    }  # fmt: skip
    spj = yield documents.request_spj, by_office
    yield documents.store_document, {"document": spj, "content": b"%PDF-", "pages": 1, "now": now}
    yield documents.ensure_each, {"args": ([order], now)}
    yield attestations.attest_row, {"args": (order.pk, spj, "ask"), "actor": office.requester, "now": now}
    yield attestations.seal_day, {"now": now}

    order = make_orders.make_issued(office)
    yield agreement.close_order, {
        "actor": make_orders.member_of(order), "order": order, "reason": "seller_declined", "note": "Penuh",
        "now": MONDAY + HOUR,
    }  # fmt: skip
    part = order.request.sellers.get()
    by_requester = {"actor": office.requester, "part": part, "now": MONDAY + HOUR}
    continued = yield unfilled.source_again, by_requester
    decisions.withdraw_request(actor=office.requester, request=continued, now=MONDAY + HOUR)
    yield unfilled.end_sourcing, by_requester
    yield from replaced(office)
    yield from brought_up(office)
    order = make_orders.make_issued(office)
    yield unfilled.mark_cancellation, {"request": order.request, "seller": order.seller, "asked_at": MONDAY}
    yield unfilled.mark_unfilled, {
        "request": order.request, "seller": order.seller, "order_number": order.number, "reason": "declined",
        "now": MONDAY,
    }  # fmt: skip


def brought_up(office: Any) -> Flow:
    """A late invoice goes on by its seller's letter and by itself."""
    order = make_orders.taken_over(office, make_orders.make_issued(office))
    invoice = make_orders.invoice_of(order)
    yield ladder.take_step, {"invoice": invoice, "now": MONDAY + 40 * DAY}
    member = make_orders.member_of(order)
    yield ladder.send_letter, {"actor": member, "invoice": invoice, "level": "head", "now": MONDAY + 50 * DAY}
    yield ladder.tell_again, {"now": MONDAY + 50 * DAY}
    yield ladder.climb, {"now": MONDAY + 70 * DAY}
    yield from over_the_year(office, order)


def over_the_year(office: Any, order: Any) -> Flow:
    """What is not paid in its budget year is decided, and charged to the next one."""
    listed, new_year = MONDAY + 80 * DAY, clock.start_of(date(2027, 1, 1))
    yield year_end.decide_finish, {
        "actor": office.ppk, "order": order, "finish_by": date(2026, 12, 30),
        "reason": "Kas dinas tersedia", "now": listed,
    }  # fmt: skip
    head = make_orders.head_of(office)
    yield year_end.withdraw_decision, {"actor": head, "order": order, "reason": "Kas ternyata kosong", "now": listed}
    yield year_end.acknowledge_debt, {"actor": head, "order": order, "reason": "Kas dinas kosong.", "now": listed}
    lines = {office.line.pk: offices.make_line(office.agency, year=2027)}
    invoice = make_orders.invoice_of(order)
    yield year_end.carry_debt, {
        "actor": head, "invoice": invoice, "lines": lines, "basis": "DPA 1/2027", "now": new_year,
    }  # fmt: skip


def confirmed_by_seller(order: Any, now: Any) -> Flow:
    """What a seller says of a BAST and of money, or does not say."""
    member, office = make_orders.member_of(order), make_orders.make_office()
    bast, money = word.of_bast(order), word.of_payment(order)
    yield order_reminders.remind_confirmation, {"confirmation": bast, "now": bast.due_at - HOUR / 2}
    yield confirmations.lapse, {"row": bast, "now": bast.due_at}
    yield confirmations.confirm, {"actor": member, "row": bast, "edition": word.edition(bast).pk, "now": now + DAY}
    yield confirmations.deny_receipt, {"actor": member, "row": money, "note": "", "now": now}
    treasurer = order.invoices.get().verifier
    money.refresh_from_db()
    yield confirmations.climb, {"row": money, "now": money.climbs_at}
    money.refresh_from_db()
    yield confirmations.climb_overdue, {"now": money.climbs_at}
    yield confirmations.answer_missing, {"actor": treasurer, "row": money, "note": "Masuk Selasa", "now": now}
    yield confirmations.lapse_overdue, {"now": word.of_payment(order).due_at}
    other = make_orders.taken_over(office, make_orders.make_issued(office))
    said = {"complaint": "Jumlahnya keliru", "now": MONDAY + 2 * DAY}
    yield confirmations.object_to_bast, {"actor": make_orders.member_of(other), "row": word.of_bast(other), **said}


def compensation_taken_back(office: Any, owed: Compensation, now: Any) -> Flow:
    """Its payment is asked to be reversed: withdrawn, refused, released."""
    head = make_orders.head_of(office)
    asked = {"actor": office.treasurer, "payment": owed.payments.get(), "reason": "date", "note": "Salah"}
    ends = (
        undoing.withdraw_compensation_reversal, undoing.refuse_compensation_reversal,
        undoing.release_compensation_reversal,
    )  # fmt: skip
    for end in ends:
        row = yield undoing.ask_compensation_reversal, {**asked, "key": new_key(), "now": now}
        if end == undoing.withdraw_compensation_reversal:
            yield order_reminders.remind_compensation_reversal, {"reversal": row, "now": row.due_at - HOUR / 2}
        actor = office.treasurer if end == undoing.withdraw_compensation_reversal else head
        said = {"key": new_key()} if end == undoing.release_compensation_reversal else {"note": "Benar"}
        yield end, {"actor": actor, "reversal": row, "now": now, **said}


def taken_back(office: Any, order: Any, now: Any) -> Flow:
    """A payment somebody asks to reverse: withdrawn, refused, released."""
    head = make_orders.head_of(office)
    asked = {"actor": office.treasurer, "payment": undo.last_payment(order), "reason": "other", "note": "Salah"}
    for end in (reversals.withdraw_reversal, reversals.refuse_reversal, reversals.release_reversal):
        row = yield reversals.ask_reversal, {**asked, "key": new_key(), "now": now}
        if end == reversals.withdraw_reversal:
            yield order_reminders.remind_reversal, {"reversal": row, "now": row.due_at - HOUR / 2}
        actor = office.treasurer if end == reversals.withdraw_reversal else head
        said = {"key": new_key()} if end == reversals.release_reversal else {"note": "Benar"}
        yield end, {"actor": actor, "reversal": row, "now": now, **said}
    make_orders.approve(office, make_orders.invoice_of(order), now)
    # Of a part, nothing is realised yet.
    part = make_orders.pay(office, order, amount=1, paid_on=make_orders.local(now), reference="SP2D-1A", now=now)
    row = undo.asked(office, order, payment=part, reason="other", now=now)
    yield reversals.release_reversal, {"actor": head, "reversal": row, "key": new_key(), "now": now}
    make_orders.approve(office, make_orders.invoice_of(order), now)
    make_orders.pay(office, order, paid_on=make_orders.local(now), reference="SP2D-1B", now=now)
    invoice = make_orders.invoice_of(order)
    yield budgets.reverse_realised, {
        "lines": {office.line.pk: office.line}, "reference": order.number, "document": invoice.number, "actor": head,
        "now": now,
    }  # fmt: skip


def decided(office: Any) -> Flow:
    """Disputes that come to goods counted as accepted, or refused, a deduction, goods again that come or do not, and
    money back."""
    judge, now = mend.judge(), MONDAY + 3 * DAY
    order = make_orders.taken_over(office, make_orders.make_issued(office, make.make_product(on_hand=50)), accept=4)
    dispute = mend.opened(order, make_orders.member_of(order))
    yield disputes.decide_dispute, {
        "actor": judge, "dispute": dispute, "decision": "Foto jelas", "given": mend.acceptance(order, 3), "now": now,
    }  # fmt: skip
    order = make_orders.taken_over(office, make_orders.make_issued(office, make.make_product(on_hand=50)))
    dispute = mend.opened(order, office.receiver)
    yield disputes.decide_dispute, {
        "actor": judge, "dispute": dispute, "decision": "Bukan yang dipesan", "given": mend.refusal(order, None),
        "now": now,
    }  # fmt: skip
    for given in (mend.deduction, mend.replacement):
        order = make_orders.taken_over(office, make_orders.make_issued(office))
        dispute = mend.opened(order, office.receiver)
        terms = given(order, 3)
        yield disputes.decide_dispute, {
            "actor": judge, "dispute": dispute, "decision": "Foto jelas", "given": terms, "now": now,
        }  # fmt: skip
    remedy = mend.remedy_of(order)
    yield order_reminders.remind_remedy, {"remedy": remedy, "now": remedy.due_at - HOUR}
    seller = make_orders.member_of(order)
    yield deliveries.ship_again, {"actor": seller, "remedy": remedy, "carrier": "Kurir", "now": now}
    again = {"actor": seller, "delivery": remedy.shipments.latest("pk"), "note": "Belum berangkat", "now": now}
    yield deliveries.withdraw_shipment, again
    citizen = make.make_user()
    order = mend.bought(citizen)
    mend.decided(order, citizen, mend.refund(order, 1_000), by=judge)
    remedy, seller = mend.remedy_of(order), make_orders.member_of(order)
    kept = {"told": "Tunai", "proof": make_orders.photo()}
    yield remedies.record_refund, {**kept, "actor": seller, "remedy": remedy, "now": now}
    yield remedies.contest, {"actor": citizen, "remedy": remedy, "objection": "Belum", "now": now}
    remedy.refresh_from_db()
    yield order_reminders.remind_ruling, {"remedy": remedy, "now": remedy.decide_due_at - HOUR}
    for late in (remedies.pass_on, remedies.pass_on_overdue):
        yield late, {"now": remedy.climbs_at} | ({"remedy": remedy} if late == remedies.pass_on else {})
        remedy.refresh_from_db()
    yield remedies.rule, {"actor": judge, "remedy": remedy, "upheld": False, "ruling": "Belum", "now": now}
    kept = {"told": "Tunai", "proof": make_orders.photo(colour="#335577")}
    yield remedies.record_refund, {**kept, "actor": seller, "remedy": remedy, "now": now}
    yield remedies.confirm, {"actor": citizen, "remedy": remedy, "now": now}
    for late in (remedies.pass_due, remedies.pass_overdue):
        order = make_orders.taken_over(office, make_orders.make_issued(office))
        mend.decided(order, office.receiver, mend.replacement(order, 3))
        remedy = mend.remedy_of(order)
        yield late, {"now": remedy.due_at} | ({"remedy": remedy} if late == remedies.pass_due else {})


def replaced(office: Any) -> Flow:
    """A seller declined; another one has the same goods."""
    for service in (replacing.reissue_part, sourcing.take_replacement):
        order = make_orders.make_issued(office, delivery=10_000)
        sold = order.lines.get().product
        other = make.make_product(price=90_000, name=sold.name, category=sold.category, unit=sold.unit)
        member = make_orders.member_of(order)
        agreement.close_order(actor=member, order=order, reason="seller_declined", note="Penuh", now=MONDAY + HOUR)
        part = order.request.sellers.get()
        later = {"actor": office.pp, "part": part, "now": MONDAY + 2 * HOUR}
        if service == replacing.reissue_part:
            yield service, {**later, "seller": other.seller, "key": new_key()}
            continue
        found = replacements_of(order.request, part, MONDAY + 2 * HOUR)
        by = next(one for one in found if one.seller == other.seller)
        yield service, {**later, "request": order.request, "by": by, "office": "pp"}


def inspection(receiver: Any, delivery: Any, *, good: int) -> dict[str, Any]:
    return {
        "actor": receiver, "delivery": delivery, "came_at": None, "remark": "", "photos": (), "key": new_key(),
        "findings": {line.pk: (line.sent, Decimal(good), "Penyok") for line in delivery.lines.all()},
        "now": MONDAY + DAY + HOUR,
    }  # fmt: skip


def offer_of(product: Any) -> placing.OrderPart:
    """One piece of the product, as a checked cart would order it."""
    later = MONDAY + 5 * DAY
    line = placing.sale_line(product=product, quantity=Decimal(1), price=product.price, amount=product.price)
    return placing.OrderPart(product.seller, [line], 0, "pickup", later, MONDAY + DAY)


def silence() -> Flow:
    office = make_orders.make_office()
    make_orders.make_issued(office)
    yield agreement.close_overdue, {"now": MONDAY + 30 * DAY}
    for good in (None, 0):
        sent = make_orders.shipped(make_orders.accepted(make_orders.make_issued(office)))
        arrived = make_orders.arrived(sent, office.receiver)
        if good is not None:
            make_orders.inspected(arrived, office.receiver, accept=good)
    make_orders.shipped(make_orders.accepted(make_orders.make_issued(office)))
    yield deliveries.accept_by_silence, {"now": MONDAY + 60 * DAY}
    sent = make_orders.shipped(make_orders.accepted(make_orders.make_issued(office)))
    make_orders.inspected(make_orders.arrived(sent, office.receiver), office.receiver)
    issued = yield invoices.issue_invoice, {"delivery": sent, "now": MONDAY + 2 * DAY}
    yield invoices.write_taxes, {"invoice": issued, "results": []}
    sent.refresh_from_db()
    move(sent, "accept", actor=None, now=MONDAY + 2 * DAY)
    yield completion.complete_order, {"order": sent.order, "actor": None, "now": MONDAY + 2 * DAY}
    for good in (None, 0):
        part = partly_sent(make_orders.make_issued(office))
        make_orders.inspected(make_orders.arrived(part, office.receiver), office.receiver, accept=good)
        part.refresh_from_db()
        deliveries.sign_bast(actor=office.receiver, delivery=part, office_number="", now=MONDAY + 2 * DAY)
        rest = {"order": part.order, "note": "Acara lewat", "now": MONDAY + 11 * DAY}
        yield completion.close_rest, {"actor": office.pp, **rest}
    rejected = partly_sent(make_orders.make_issued(office))
    make_orders.inspected(make_orders.arrived(rejected, office.receiver), office.receiver, accept=0)
    deliveries.sign_bast(actor=office.receiver, delivery=rejected, office_number="", now=MONDAY + 2 * DAY)
    late = partly_sent(make_orders.make_issued(office))
    make_orders.inspected(make_orders.arrived(late, office.receiver), office.receiver)
    deliveries.sign_bast(actor=office.receiver, delivery=late, office_number="", now=MONDAY + 2 * DAY)
    yield completion.close_overdue_rests, {"now": MONDAY + 60 * DAY}
    wrong = Invoice.objects.get(delivery=late)
    yield documents.withdraw_documents, {"args": (wrong, MONDAY + 2 * DAY, VoidReason.INVOICE_REPLACED)}
    yield documents.withdraw_spj, {"args": (late.order, MONDAY + 2 * DAY)}
    yield documents.withdraw_part, {"args": (Payment(pk=0), MONDAY + 2 * DAY)}
    yield documents.void_shipment, {"args": (late, MONDAY + 2 * DAY)}
    yield documents.void_documents, {"args": (make_orders.make_issued(office), MONDAY + 2 * DAY)}
    made = yield correction.reissue_invoice, {
        "actor": office.treasurer, "invoice": wrong, "reason": "Rekening", "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    yield tax_decisions.decide_taxes, {
        "actor": office.treasurer, "invoice": made, "is_split": False, "food_kinds": {}, "reason": "Lain acara",
        "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    refused = make_orders.shipped(make_orders.accepted(make_orders.make_issued(office)))
    make_orders.inspected(make_orders.arrived(refused, office.receiver), office.receiver, accept=0)
    refused.refresh_from_db()
    move(refused, "reject", actor=None, now=MONDAY + 2 * DAY)
    yield completion.complete_order, {"order": refused.order, "actor": None, "now": MONDAY + 2 * DAY}


def ends() -> Flow:
    """Each end is told by a service of its own, and by the sweep."""
    office, requesters, soon = make_orders.make_office(), offices.Office(), HOUR / 2
    for alone in (True, False):
        request = offices.make_request(requesters, [(make.make_product(price=100_000), 1)], state="submitted")
        for service, end in (
            (request_reminders.remind_decision, request.due_at),
            (request_reminders.remind_hold, request.held_until),
        ):
            one = {"request": request} if alone else {}
            yield service if alone else request_reminders.remind_ahead, {**one, "now": end - soon}
        order = make_orders.make_issued(office)
        one = {"order": order} if alone else {}
        sweep = order_reminders.remind_ahead
        yield order_reminders.remind_answer if alone else sweep, {**one, "now": order.answer_due_at - soon}
        delivery = make_orders.arrived(make_orders.shipped(make_orders.accepted(order)), office.receiver)
        delivery.refresh_from_db()
        one = {"delivery": delivery} if alone else {}
        yield order_reminders.remind_inspection if alone else sweep, {**one, "now": delivery.due_at - soon}
        make_orders.inspected(delivery, office.receiver)
        deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + 2 * DAY)
        invoice = Invoice.objects.get(delivery=delivery)
        one = {"invoice": invoice} if alone else {}
        yield order_reminders.remind_payment if alone else sweep, {**one, "now": invoice.due_at - soon}


def partly_sent(order: Any) -> Any:
    line = make_orders.accepted(order).lines.get()
    return make_orders.shipped(order, sent={line.pk: Decimal(4)})


def a_person_buys() -> Flow:
    person, product = make.make_user(), make.make_product()
    put = {"user": person, "key": "", "product": product, "now": MONDAY}
    cart = yield carts.put_in_cart, {**put, "quantity": Decimal(1)}
    yield carts.change_quantities, {"cart": cart, "quantities": {product.pk: Decimal(2)}, "now": MONDAY}
    wanted = [carts.RestoredLine(product.pk, Decimal(3), 1_000)]
    yield carts.put_back, {"user": person, "key": "", "wanted": wanted, "now": MONDAY}
    carts.change_quantities(cart=cart, quantities={product.pk: Decimal(2)}, now=MONDAY)
    visitor = {**put, "user": None, "key": "k" * 32}
    carts.put_in_cart(**visitor, quantity=Decimal(1))
    yield carts.merge_cart, {"user": person, "key": "k" * 32, "now": MONDAY}
    values = make_orders.checkout_values(product, save_as="Rumah")
    (order,) = yield carts.place_orders, {
        "actor": person, "cart": cart, "values": values, "key": new_key(), "now": MONDAY,
    }  # fmt: skip
    home = Address.objects.of(person).get()
    kept = {
        "label": "Kos",
        "recipient": "Uji",
        "phone": "+6281234567890",
        "street": "Jl. 1",
        "kelurahan": home.kelurahan,
    }
    yield addresses.add_address, {"actor": person, "values": kept, "now": MONDAY}
    renamed = kept | {"label": "Rumah"}
    yield addresses.change_address, {"actor": person, "address": home, "values": renamed, "shown": None, "now": MONDAY}
    yield addresses.choose_default, {"actor": person, "address": home}
    yield addresses.remove_address, {"actor": person, "address": home}
    yield addresses.forget_addresses, {"user": person}
    sent = make_orders.shipped(make_orders.accepted(order))
    yield deliveries.confirm_received, {"actor": person, "delivery": sent, "now": MONDAY + 2 * DAY}
    member = make_orders.member_of(order)
    (other,) = make_orders.place(person, (product, 1))
    gone = make_orders.shipped(make_orders.accepted(other))
    yield deliveries.tell_handed_over, {"actor": member, "delivery": gone, "now": MONDAY + 2 * DAY}
    (read_out,) = make_orders.place(person, (product, 1))
    by_pin = make_orders.shipped(make_orders.accepted(read_out))
    by_pin = yield pins.renew_pin, {"actor": person, "delivery": by_pin, "turn": 0, "now": MONDAY + 2 * DAY}
    yield pins.arrive_by_pin, {
        "actor": member, "delivery": by_pin, "pin": pin_of(by_pin), "now": MONDAY + 2 * DAY,
    }  # fmt: skip
    invoice = Invoice.objects.get(order=order)
    yield payments.record_cash, {"actor": member, "invoice": invoice, "key": new_key(), "now": MONDAY + 2 * DAY}
    (order,) = make_orders.place(person, (product, 2))
    part = make_orders.arrived(make_orders.shipped(make_orders.accepted(order)), person)
    yield deliveries.inspect_delivery, inspection(person, part, good=0)
    offers = [offer_of(product) for _number in range(2)]
    order = yield placing.insert_order, {
        "args": (offers[0],), "number": "UJI-1", "channel": "citizen", "actor": person, "now": MONDAY,
        "buyer": person,
    }  # fmt: skip
    reservations.reserve(placing.reservations([(order, offers[0])]), actor=person, now=MONDAY)
    people = {product.seller_id: [make_orders.member_of(order)]}
    yield agreement.insert_placed, {
        "actor": person, "parts": offers[1:], "values": values, "people": people, "now": MONDAY,
    }  # fmt: skip
    (order,) = make_orders.place(person, (product, 1))
    yield cancellations.cancel_order, {
        "actor": person, "order": order, "reason": "not_needed", "now": MONDAY + HOUR,
    }  # fmt: skip
    order.refresh_from_db()
    yield carts.order_again, {"actor": person, "order": order, "now": MONDAY + 2 * HOUR}


def cancelled() -> Flow:
    """In one step, with consent (all of it, or the rest), refused, claimed for, taken back, unanswered."""
    office = make_orders.make_office()
    now = MONDAY + 3 * HOUR

    def accepted() -> Order:
        return make_orders.accepted(make_orders.make_issued(office))

    given = {"reason": "activity", "now": MONDAY + 2 * HOUR}
    yield cancellations.cancel_order, {"actor": office.pp, "order": make_orders.make_issued(office), **given}
    yield cancellations.cancel_order, {
        "actor": office.pp, "order": accepted(), "reason": "not_sent", "now": MONDAY + 11 * DAY,
    }  # fmt: skip
    order = accepted()
    row = yield cancellations.ask_cancellation, {"actor": office.pp, "order": order, **given}
    member = {"actor": make_orders.member_of(order), "now": now}
    yield cancellations.consent, {"cancellation": row, **member}
    rest = accepted()
    make_orders.shipped(rest, sent={rest.lines.get().pk: Decimal(4)}, now=now)
    row = cancelling.asked(rest, office.pp, now=now)
    yield cancellations.consent, {"actor": make_orders.member_of(rest), "cancellation": row, "now": now}
    rest = accepted()
    Order.objects.filter(pk=rest.pk).update(rest_closed_at=now)
    yield room.give_back, {"order": Order.objects.get(pk=rest.pk), "now": now}
    row = cancelling.asked(accepted(), office.pp)
    yield cancellations.refuse, {
        "actor": make_orders.member_of(row.order), "cancellation": row, "note": "Sudah dimasak", "now": now,
    }  # fmt: skip
    for ends in (cancellations.agree_claim, cancellations.withdraw_cancellation):
        row = cancelling.asked(accepted(), office.pp)
        row = yield cancellations.claim_compensation, {
            "actor": make_orders.member_of(row.order), "cancellation": row, "amount": 100_000, "spent_on": "Beras",
            "now": now,
        }  # fmt: skip
        more = {"amount": 100_000} if ends == cancellations.agree_claim else {}
        yield ends, {"actor": office.ppk, "cancellation": row, **more, "note": "Tetap perlu", "now": now}
    owed = Compensation.objects.get()
    yield compensations.charge_compensation, {
        "actor": make_orders.head_of(office), "compensation": owed, "line": office.line, "now": now,
    }  # fmt: skip
    yield order_reminders.remind_compensation, {"compensation": owed, "now": owed.due_at - HOUR}
    yield compensations.pay_compensation, {
        "actor": office.treasurer, "compensation": owed, "method": "transfer", "reference": "TRX-GR",
        "paid_on": clock.local_date(now), "proof": make_orders.photo(), "key": new_key(), "now": now,
    }  # fmt: skip
    yield from compensation_taken_back(office, owed, now)
    row = cancelling.asked(accepted(), office.pp)
    yield order_reminders.remind_cancellation, {"cancellation": row, "now": row.due_at - HOUR}
    yield cancellations.lapse_cancellation, {"cancellation": row, "now": row.due_at}
    row = cancelling.asked(accepted(), office.pp)
    yield cancellations.lapse_overdue, {"now": row.due_at}


def changed() -> Flow:
    """Fewer, more, another day; all that was not sent taken out; refused, taken back, unanswered."""
    office = make_orders.make_office()
    now = MONDAY + 3 * HOUR

    def accepted(**over: Any) -> Order:
        return make_orders.accepted(make_orders.make_issued(office, **over))

    for over in ({"quantity": 8}, {"quantity": 11}, {"deliver_at": MONDAY + 12 * DAY}):
        order = accepted(product=make.make_product(price=100_000, stock_mode="daily"))
        terms = changing.wanted(order, **over)
        row = yield addenda.propose_addendum, {
            "actor": office.pp, "order": order, "wanted": terms, "reason": "Peserta berubah", "now": now,
        }  # fmt: skip
        yield addenda.agree_addendum, {"actor": make_orders.member_of(order), "addendum": row, "now": now}
    order = accepted()
    delivery = make_orders.shipped(order, sent={order.lines.get().pk: Decimal(4)}, now=now)
    make_orders.inspected(make_orders.arrived(delivery, office.receiver, now), office.receiver, now=now)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="1", now=now)
    row = changing.proposed(order, office.pp, quantity=4, now=now)
    yield addenda.agree_addendum, {"actor": make_orders.member_of(order), "addendum": row, "now": now}
    row = changing.proposed(accepted(), office.pp, quantity=8)
    yield addenda.refuse_addendum, {
        "actor": make_orders.member_of(row.order), "addendum": row, "note": "Sudah dimasak", "now": now,
    }  # fmt: skip
    row = changing.proposed(accepted(), office.pp, quantity=8)
    yield addenda.withdraw_addendum, {"actor": office.pp, "addendum": row, "now": now}
    row = changing.proposed(accepted(), office.pp, quantity=8)
    yield order_reminders.remind_addendum, {"addendum": row, "now": row.due_at - HOUR}
    yield addenda.lapse_addendum, {"addendum": row, "now": row.due_at}
    row = changing.proposed(accepted(), office.pp, quantity=8)
    yield addenda.lapse_overdue, {"now": row.due_at}


def sealed_complaints() -> Flow:
    first, second = whistles.make_inspector(), whistles.make_inspector()
    by_first, by_second = {"actor": first, "now": MONDAY}, {"actor": second, "now": MONDAY}
    pairs = [sealing.to_text(whistles.make_pair().public) for _each in range(2)]
    spare = yield inspectorate_keys.propose_key, {**by_first, "public": pairs[0]}
    yield inspectorate_keys.withdraw_key, {**by_first, "key": spare}
    made = yield inspectorate_keys.propose_key, {**by_first, "public": pairs[1]}
    key = yield inspectorate_keys.confirm_key, {**by_second, "key": made}
    code = sealing.new_code()
    complaint, more = (whistles.sealed_message(key, code, part=part) for part in ("complaint", "addition"))
    found = yield receiving.receive_complaint, {"message": complaint, "now": MONDAY}
    yield handling.tell_waiting, {"now": MONDAY + DAY}
    yield handling.open_disclosure, {**by_first, "disclosure": found}
    yield receiving.add_to_complaint, {"message": more, "now": MONDAY}
    answer = sealing.seal_answer(bytes(32), "Kami periksa", number=found.number)
    yield handling.answer_disclosure, {**by_first, "disclosure": found, "sealed": answer, "token": new_key()}
    yield handling.close_disclosure, {**by_first, "disclosure": found}
    yield inspectorate_keys.stop_key, {**by_first, "key": key, "reason": StopReason.LEAKED}


FLOWS = [
    accounts, sellers_and_cases, identities, shown_tax_papers, brought_tax_invoice, deposited_tax,
    recorded_slip,
    two_owners_become_one, goods, by_rule, papers, goods_imports, seller_lists, shelves, budget, requests, ends,
    negotiations,
    quotations, comparison, turns, purchase, silence, a_person_buys, cancelled, changed,
    sealed_complaints,
]  # fmt: skip
