"""An officer types a registration at a resident's table; the resident confirms it on their own phone.

Until then the shop has no owner and nothing is submitted. The officer types what any applicant types, through the same
services, and never what only the resident can say: their consent. Whoever signs in with the number by a code sent to
it, and knows the end of the NIK, reads what was typed and makes it theirs. From then on the officer sees it no more.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.i18n.times import long_end
from epeken.core.models import Kelurahan
from epeken.core.phones import read_mobile
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.core.text import clean_line
from epeken.users import codes
from epeken.users import services as users
from epeken.users.models import User
from umkm.assisted import notices, policies, rules
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import OPEN, AssistedState
from umkm.consents import services as consents
from umkm.consents.policies import is_given
from umkm.consents.states import LOW_INCOME, ConsentWay
from umkm.requirements.status import status_of
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.errors import NotComplete
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.states import SellerKind, SellerState
from umkm.verification import retention
from umkm.verification.states import SellerDocumentKind

NIK_END = 4  # figures of the NIK that whoever holds the number has to know
MOST_WRONG = 5
MOST_TEXTS = 5  # times one registration is handed over: each sends a text to a number somebody else typed
# What a row of a list says of a resident, who adds the rest: papers, account, hours.
LISTED = frozenset({
    "owner_name", "nik", "phone", "name", "address", "food_court", "stall_number", "kelurahan",
})  # fmt: skip


@service
def start_assisted(
    *, actor: User, name: str, phone: str, kind: str, kelurahan: Kelurahan, now: datetime
) -> AssistedRegistration:
    """An empty draft without an owner, which the officer fills in. The same officer, number and kind again: the same
    one. The answer does not say whether the number has an account.

    Raises: NotAllowed, RuleBroken. Locks: nothing; of two at once the second meets the unique number.
    """
    day = clock.local_date(now)
    if not policies.may_assist(actor, day) or not policies.places_of(actor, day).filter(pk=kelurahan.pk).exists():
        raise NotAllowed(_("Membantu mendaftar hanya boleh petugas yang ditempatkan di kelurahan itu."))
    require_codes()
    name, phone = clean_line(name), read_mobile(phone)
    require(name, _("Tulis nama warga."), field="name", code="name_missing")
    require(kind in SellerKind.values, _("Pilih jenis usahanya."), field="kind", code="kind_unknown")
    check_number(actor, phone)
    seller = Seller(kind=kind, phone=phone, owner_name=name, kelurahan=kelurahan)
    try:
        with transaction.atomic():
            return _begin(actor, seller, now)
    except IntegrityError:
        mine = AssistedRegistration.objects.filled_by(actor, now).filter(phone=phone, seller__kind=kind).first()
        if mine is not None:
            return mine
        raise _helped_already(phone) from None


def start_imported(actor: User, seller: Seller, row: Any, note: str, now: datetime) -> AssistedRegistration:
    """A draft of what a row of a list says, for its resident to be asked about. `seller`: as it is to be, not stored
    yet; `note`: which list. The caller has looked at the officer's places. Raises: RuleBroken `own_number`,
    `number_helped`."""
    check_number(actor, seller.phone)
    try:
        with transaction.atomic():
            return _begin(actor, seller, now, note=note, import_row=row)
    except IntegrityError:
        raise _helped_already(seller.phone) from None


def require_codes() -> None:
    """Raises: RuleBroken `no_codes`."""
    require(
        codes.are_sent(),
        _("Kode ke ponsel belum dikirim di sini, jadi warga tidak dapat memastikannya. Biarkan ia mendaftar sendiri."),
        code="no_codes",
    )


def check_number(actor: User, phone: str) -> None:
    """Raises: RuleBroken `own_number`."""
    require(
        phone != actor.phone,
        _("Itu nomor Anda sendiri. Tulis nomor warga; untuk usaha Anda sendiri, daftarlah seperti warga lain."),
        field="phone",
        code="own_number",
    )


def _begin(actor: User, seller: Seller, now: datetime, *, note: str = "", **more: Any) -> AssistedRegistration:
    assert seller.kelurahan is not None  # both callers fill it in
    seller.created_at = now
    seller.offers_delivery = False  # bringing the goods, and for nothing, is chosen and never kept by silence
    seller.save()
    begin(seller, actor=actor, now=now, acted_as="kelurahan")
    assisted = AssistedRegistration.objects.create(
        seller=seller, officer=actor, kelurahan=seller.kelurahan, name=seller.owner_name, phone=seller.phone,
        started_at=now, due_at=_end(now), **more,
    )  # fmt: skip
    begin(assisted, actor=actor, now=now, note=note)
    return assisted


def _helped_already(phone: str) -> RuleBroken:
    found = AssistedRegistration.objects.filter(phone=phone, state__in=OPEN).select_related("kelurahan").first()
    return RuleBroken(
        _("Nomor ini sedang dibantu di kelurahan %(place)s. Tunggu sampai dijawab, dibatalkan, atau lewat waktunya.")
        % {"place": found.kelurahan.name if found else ""},
        field="phone",
        code="number_helped",
    )


@service
def hand_over(*, actor: User, assisted: AssistedRegistration, now: datetime) -> AssistedRegistration:
    """What was typed waits for the resident, who is sent a text; an account waits for whoever holds the number. What
    came in a list waits as soon as it says what a list can say.

    Raises: NotAllowed, InvalidMove, NotComplete, RuleBroken. Locks: Seller, AssistedRegistration.
    """
    seller, assisted = _locked(assisted)
    _check_officer(actor, assisted, now)
    if assisted.state != AssistedState.FILLING:
        raise InvalidMove(_("Pendaftaran ini sudah menunggu warga. Muat ulang halaman."))
    require(
        assisted.events.filter(action="hand_over").count() < MOST_TEXTS,
        _("Warga sudah %(n)d kali diminta memastikan. Batalkan, atau biarkan ia mendaftar sendiri.")
        % {"n": MOST_TEXTS},
        code="asked_too_often",
    )
    found = status_of(seller, clock.local_date(now))
    asked_later = (
        {"consented_at"} if assisted.import_row_id is None else {*steps.FIELDS, *SellerDocumentKind.values} - LISTED
    )
    lacking = [item for item in sellers.missing_of(seller, found) if item.field not in asked_later]
    if lacking:
        raise NotComplete(lacking)
    require(
        seller.kelurahan_id == assisted.kelurahan_id,
        _("Usaha ini tidak di %(place)s. Mintalah petugas kelurahan usahanya membantu, atau perbaiki kelurahannya.")
        % {"place": assisted.kelurahan.name},
        code="other_kelurahan",
    )
    require(
        not actor.phone or seller.phone != actor.phone,
        _("Nomor telepon toko adalah nomor Anda. Tulis nomor warga."),
        code="own_number",
    )
    require(
        not actor.email or seller.email.lower() != actor.email.lower(),
        _("Surel toko adalah surel Anda. Tulis surel warga, atau kosongkan."),
        code="own_email",
    )
    due_at = assisted.due_at if assisted.handed_over_at else _end(now)
    move(
        assisted, "hand_over", actor=actor, now=now, handed_over_at=now, due_at=due_at, resident=None,
        wrong_answers=0, reminded_at=None,
    )  # fmt: skip
    users.prepare_account(phone=assisted.phone, name=assisted.name, language=settings.LANGUAGE_CODE)
    notices.resident_asked(assisted, now=now)
    return assisted


@service
def correct_assisted(*, actor: User, assisted: AssistedRegistration, now: datetime) -> AssistedRegistration:
    """The officer takes it back to correct it; the resident reads it again afterwards.

    Raises: NotAllowed, InvalidMove. Locks: Seller, AssistedRegistration.
    """
    _seller, assisted = _locked(assisted)
    _check_officer(actor, assisted, now)
    move(assisted, "correct", actor=actor, now=now)
    return assisted


@service
def show_assisted(*, actor: User, assisted: AssistedRegistration, nik_end: str, now: datetime) -> bool:
    """Whether these are the last figures of the NIK; the actor then reads what was typed. A number that was typed wrong
    belongs to somebody who does not know them. Each wrong answer counts, and after the last the officer has it back.

    Raises: NotAllowed, InvalidMove. Locks: Seller, AssistedRegistration.
    """
    seller, assisted = _locked(assisted)
    _check_resident(actor, assisted, now)
    typed = "".join(figure for figure in nik_end if figure.isdecimal())
    if len(typed) == NIK_END and seller.nik.endswith(typed):
        AssistedRegistration.objects.filter(pk=assisted.pk).update(resident=actor)
        return True
    wrong = assisted.wrong_answers + 1
    AssistedRegistration.objects.filter(pk=assisted.pk).update(wrong_answers=wrong)
    if wrong >= MOST_WRONG:
        move(assisted, "lock", actor=actor, now=now)
        notices.officer_told(assisted, "locked", now=now, times=str(wrong))
    return False


@service
def confirm_assisted(
    *, actor: User, assisted: AssistedRegistration, consented: bool, low_income: bool, shown: str, now: datetime
) -> Seller:
    """The registration is the resident's, with their own consent: a draft they correct and send. The officer sees it no
    more. `shown`: when what they read was handed over.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, AssistedRegistration.
    """
    if low_income:
        consents.give_consent(actor=actor, purpose=LOW_INCOME, way=ConsentWay.ASSISTED, now=now)
    seller, assisted = _locked(assisted)
    _check_resident(actor, assisted, now)
    if assisted.resident_id != actor.pk or shown != round_of(assisted):
        raise InvalidMove(_("Isiannya berubah sejak Anda baca. Baca sekali lagi, lalu putuskan."))
    require(
        consented, _("Tanpa persetujuan ini kami tidak boleh memproses pendaftaran Anda."), field="consented",
        code="consent_missing",
    )  # fmt: skip
    drafts = Seller.objects.of_member(actor).filter(state=SellerState.DRAFT).count()
    require(
        drafts < sellers.MOST_DRAFTS,
        _("Anda sudah punya %(most)d draf. Kirim salah satunya dahulu.") % {"most": sellers.MOST_DRAFTS},
        code="too_many_drafts",
    )
    SellerMember.objects.create(seller=seller, user=actor, role=SellerMember.Role.OWNER, since=now)
    seller.consented_at, seller.low_income = now, is_given(actor, LOW_INCOME)
    seller.save(update_fields=["consented_at", "low_income"])
    move(assisted, "confirm", actor=actor, now=now, name="", phone="")
    users.forget_prepared(phone=actor.phone)
    notices.officer_told(assisted, "confirmed", now=now)
    return seller


@service
def withdraw_assisted(*, actor: User, assisted: AssistedRegistration, now: datetime) -> AssistedRegistration:
    """The officer gives it up, or whoever holds the number refuses it: what was typed is destroyed at once.

    Raises: NotAllowed, InvalidMove. Locks: Seller, AssistedRegistration.
    """
    seller, assisted = _locked(assisted)
    if assisted.officer_id == actor.pk:
        _check_officer(actor, assisted, now)
    else:
        _check_resident(actor, assisted, now)
    _end_empty(assisted, seller, "withdraw", actor, now)
    if assisted.officer_id != actor.pk:
        notices.officer_told(assisted, "refused", now=now)
    return assisted


@service
def expire_assisted(*, assisted: AssistedRegistration, now: datetime) -> AssistedRegistration:
    """Nobody confirmed it in time: what was typed is destroyed. Raises: InvalidMove.

    Locks: Seller, AssistedRegistration.
    """
    seller, assisted = _locked(assisted)
    if assisted.state not in OPEN or not clock.is_over(assisted.due_at, now):
        raise InvalidMove()
    _end_empty(assisted, seller, "expire", None, now)
    return assisted


@service
def remind_resident(*, assisted: AssistedRegistration, now: datetime) -> None:
    """One text more, once. Raises: InvalidMove. Locks: Seller, AssistedRegistration."""
    _seller, assisted = _locked(assisted)
    if not _unreminded(now).filter(pk=assisted.pk).exists():
        raise InvalidMove()
    AssistedRegistration.objects.filter(pk=assisted.pk).update(reminded_at=now)
    notices.resident_reminded(assisted, now=now)


def expire_due(*, now: datetime) -> int:
    """How many ended because their time is over, each by itself."""
    due = AssistedRegistration.objects.filter(clock.over("due_at", now), state__in=OPEN).order_by("pk")
    return sweep(
        due, lambda row: expire_assisted(assisted=row, now=now), failure="Assisted registration %s could not be ended",
        most=None,
    )  # fmt: skip


def remind_due(*, now: datetime) -> int:
    """To how many residents one text more was sent, each by itself."""
    return sweep(
        _unreminded(now).order_by("pk"), lambda row: remind_resident(assisted=row, now=now),
        failure="The resident of assisted registration %s could not be reminded",
    )  # fmt: skip


def _unreminded(now: datetime) -> QuerySet[AssistedRegistration]:
    since = now - timedelta(days=rules.REMINDED.on(clock.local_date(now)))
    waiting = AssistedRegistration.objects.open(now).filter(state=AssistedState.WAITING, reminded_at__isnull=True)
    found: QuerySet[AssistedRegistration] = waiting.filter(clock.over("handed_over_at", since))
    return found


def round_of(assisted: AssistedRegistration) -> str:
    """Which handing-over a page showed."""
    return f"{assisted.handed_over_at.timestamp():.6f}" if assisted.handed_over_at else ""


def _end(now: datetime) -> datetime:
    day = clock.local_date(now)
    return clock.end_of(day + timedelta(days=rules.OPEN.on(day)))


def _end_empty(assisted: AssistedRegistration, seller: Seller, action: str, actor: User | None, now: datetime) -> None:
    phone = assisted.phone
    move(assisted, action, actor=actor, now=now, name="", phone="", resident=None)
    retention.destroy_draft(seller, actor, now, ended="resident")
    users.forget_prepared(phone=phone)


def _locked(assisted: AssistedRegistration) -> tuple[Seller, AssistedRegistration]:
    seller = Seller.objects.locked().get(pk=assisted.seller_id)
    found: AssistedRegistration = (
        AssistedRegistration.objects.locked().select_related("officer", "kelurahan").get(pk=assisted.pk)
    )
    found.seller = seller
    return seller, found


def _check_officer(actor: User, assisted: AssistedRegistration, now: datetime) -> None:
    _check_open(assisted, now)
    if not AssistedRegistration.objects.of_officer(actor, now).filter(pk=assisted.pk).exists():
        raise NotAllowed(_("Pendaftaran ini dibantu petugas lain, atau penempatan Anda di sana sudah berakhir."))


def _check_resident(actor: User, assisted: AssistedRegistration, now: datetime) -> None:
    _check_open(assisted, now)
    if assisted.state != AssistedState.WAITING:
        raise InvalidMove(_("Petugas sedang memperbaiki isiannya. Anda dikabari bila sudah selesai."))
    if actor.pk == assisted.officer_id:
        raise NotAllowed(_("Yang memastikan adalah warganya sendiri, bukan petugas yang mengisi."))
    if not AssistedRegistration.objects.addressed_to(actor, now).filter(pk=assisted.pk).exists():
        raise NotAllowed(_("Pendaftaran ini untuk nomor ponsel lain."))


def _check_open(assisted: AssistedRegistration, now: datetime) -> None:
    if assisted.state not in OPEN:
        raise InvalidMove(_("Pendaftaran ini sudah dijawab atau dibatalkan. Muat ulang halaman."))
    if clock.is_over(assisted.due_at, now):
        raise InvalidMove(
            _("Waktunya berakhir %(end)s. Mulailah dari awal bila masih perlu.") % {"end": long_end(assisted.due_at)}
        )
