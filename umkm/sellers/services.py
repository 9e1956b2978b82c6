"""A shop from its first draft to its holidays. Verification and its decisions: services/verification.py."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from epeken.core import clock, editing
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, refuse_first, require
from epeken.core.files import picture_forms
from epeken.core.files.uploads import (
    Stored,
    read_private,
    remove_private,
    renew_public_image,
    store_private_document,
    store_public_image,
)
from epeken.core.i18n.times import clock_words
from epeken.core.jobs import enqueue
from epeken.core.phones import read_phone
from epeken.core.secret import blind_index
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.users.models import User
from umkm.assisted.policies import has_assisted, running_for
from umkm.assisted.typed import OWN_WORD, note_typed
from umkm.catalogue import banned
from umkm.consents import services as consents
from umkm.consents.policies import is_given
from umkm.consents.states import LOW_INCOME
from umkm.contacts import check_contacts
from umkm.requirements import status
from umkm.requirements.models import Requirement
from umkm.requirements.states import Means
from umkm.sellers import hours, identifiers, notices, policies, remarks, rules, steps
from umkm.sellers.errors import NotChanged, NotComplete
from umkm.sellers.models import Seller, SellerMember
from umkm.sellers.pins import check_pin, check_ward
from umkm.sellers.states import SellerKind, SellerState, Weekday
from umkm.verification import checks, openings, pictures
from umkm.verification import notices as verification_notices
from umkm.verification import policies as verification_policies
from umkm.verification.models import CaseValue, DocumentView, SellerDocument, VerificationCase
from umkm.verification.states import SellerDocumentKind

MOST_DRAFTS = 5
LONGEST_HOLIDAY = timedelta(days=366)  # a day beyond it is a mistyped year
OPEN = {SellerState.DRAFT, SellerState.SENT_BACK}
PROFILE = (
    "about",
    "open_days",
    "opens_at",
    "closes_at",
    "closed_until",
    "order_until",
    "offers_pickup",
    "offers_delivery",
    "delivery_fee",
)


@service
def register_seller(*, actor: User, kind: str, now: datetime) -> Seller:
    """A new draft that the actor owns. One of the same kind that was begun and not sent is taken up again: of two side
    by side nobody could tell which is meant.

    Raises: RuleBroken. Locks: User.
    """
    require(kind in SellerKind.values, _("Pilih jenis usaha Anda."), field="kind", code="kind_unknown")
    User.objects.locked(actor)
    drafts = Seller.objects.of_member(actor).filter(state=SellerState.DRAFT)
    again = drafts.filter(kind=kind).order_by("-pk").first()
    if again is not None:
        return again
    require(
        drafts.count() < MOST_DRAFTS,
        _("Anda sudah punya %(most)d draf. Lanjutkan salah satunya dahulu.") % {"most": MOST_DRAFTS},
        code="too_many_drafts",
    )
    seller = Seller.objects.create(
        kind=kind,
        email=actor.email,
        phone=actor.phone,
        owner_name=actor.name,
        kelurahan=actor.kelurahan,
        low_income=is_given(actor, LOW_INCOME),
        offers_delivery=False,  # bringing the goods, and for nothing, is chosen and never kept by silence
        created_at=now,
    )
    begin(seller, actor=actor, now=now)
    SellerMember.objects.create(seller=seller, user=actor, role=SellerMember.Role.OWNER, since=now)
    return seller


@service
def save_seller(
    *, actor: User, seller: Seller, values: Mapping[str, Any], now: datetime, shown: str | None = None
) -> Seller:
    """Writes the given fields of a draft or of a registration that was sent back; the others stay.

    An empty NIK, NPWP or bank account number means "as it is". `consented` is a yes or no; the moment is kept.
    `low_income` is the owner's answer to that purpose, and holds for all their shops (`consents`).
    `shown`: what the page that posts showed (`core.editing`). Raises: NotAllowed, InvalidMove, RuleBroken,
    ChangedMeanwhile. Locks: Seller.
    """
    if LOW_INCOME in values and policies.is_owner(actor, seller):
        kept = Seller.objects.values(LOW_INCOME).get(pk=seller.pk)  # withdrawn elsewhere, an old page gives it not back
        editing.check_unchanged(shown, kept, {LOW_INCOME: values[LOW_INCOME]})
        consents.answer_purpose(actor=actor, purpose=LOW_INCOME, is_yes=values[LOW_INCOME], now=now)
    seller = _locked_open(actor, seller, now)
    changes = {name: value for name, value in values.items() if name not in ("consented", LOW_INCOME)}
    unknown = set(changes) - set(steps.fields_of(seller))
    if unknown or "consented_at" in changes:
        raise LookupError(f"Not fields of this registration: {sorted(unknown)}")
    if OWN_WORD & set(values) and not policies.is_owner(actor, seller):
        raise NotAllowed(_("Persetujuan diberikan warganya sendiri, di ponselnya."))
    changes = read_values(changes, clock.local_date(now))
    if not {"latitude", "longitude"}.isdisjoint(changes):
        check_pin(changes.get("latitude", seller.latitude), changes.get("longitude", seller.longitude))
    if not {"food_court", "kelurahan"}.isdisjoint(changes):
        check_ward(changes.get("food_court", seller.food_court), changes.get("kelurahan", seller.kelurahan))
    if "consented" in values:
        changes["consented_at"] = (seller.consented_at or now) if values["consented"] else None
    editing.check_unchanged(shown, {name: getattr(seller, name) for name in changes}, _told(changes))
    _write(seller, changes | dict.fromkeys(steps.saved_in(values), now) | {"written_at": now})
    note_typed(actor, seller, values, now)
    return seller


@service
def save_profile(
    *, actor: User, seller: Seller, values: Mapping[str, Any], now: datetime, shown: str | None = None
) -> Seller:
    """Opening hours, holidays, delivery and story of an active shop: no new verification needed.

    `shown`: what the page that posts showed (`core.editing`). Raises: NotAllowed, InvalidMove, RuleBroken,
    ChangedMeanwhile. Locks: Seller.
    """
    seller = _locked_active(actor, seller)
    unknown = set(values) - set(PROFILE)
    if unknown:
        raise LookupError(f"Not fields of the shop's page: {sorted(unknown)}")
    editing.check_unchanged(shown, {name: getattr(seller, name) for name in values}, values)
    refuse_first(profile_problems(seller, values, clock.local_date(now)))
    _write(seller, dict(values))
    return seller


def profile_problems(seller: Seller, values: Mapping[str, Any], day: date) -> Iterator[RuleBroken]:
    """Every rule that the shop's page would break with these values on the day, each at its field."""
    about = values.get("about", seller.about)
    try:
        check_contacts(about, shown=seller.about, field="about")
    except RuleBroken as problem:
        yield problem
    kept = banned.found_in(seller.about, day)
    word = next((one for one in banned.found_in(about, day) if one.level == "refuse" and one not in kept), None)
    if word is not None:
        text = _(
            "Cerita toko memuat kata “%(word)s”. %(reason)s Bila ini keliru, ganti katanya atau hubungi pengelola."
        )
        text %= {"word": word.word, "reason": banned.REASONS[word.reason]}
        yield RuleBroken(text, field="about", code="banned_word")
    until = values.get("closed_until")
    if until is not None and until < day:
        text = _("Tanggal libur sudah lewat. Pilih hari ini atau sesudahnya, atau kosongkan.")
        yield RuleBroken(text, field="closed_until", code="closed_until_past")
    if until is not None and until > day + LONGEST_HOLIDAY:
        text = _("Libur paling lama satu tahun. Periksa tahunnya.")
        yield RuleBroken(text, field="closed_until", code="closed_until_far")
    told = {name: values.get(name, getattr(seller, name)) for name in ("offers_pickup", "offers_delivery", "open_days")}
    if not (told["offers_pickup"] or told["offers_delivery"]):
        text = _("Pilih paling sedikit satu cara barang sampai ke pembeli.")
        yield RuleBroken(text, field="offers_pickup", code="method_missing")
    if not told["open_days"]:
        text = _("Pilih paling sedikit satu hari buka.")
        yield RuleBroken(text, field="open_days", code="open_days_missing")


@service
def set_shop_picture(*, actor: User, seller: Seller, file: Any, now: datetime) -> Seller:
    """The picture at the head of the shop's page, on show at once; curators hear of it.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller.
    """
    seller = _locked_active(actor, seller)
    least = settings.PHOTO_LEAST_SIDE
    stored = store_public_image(file, user=actor, folder="toko", least_side=least, field="picture")
    seller.picture = stored.large
    seller.save(update_fields=["picture"])
    notices.picture_changed(seller, now=now)
    return seller


@service
def renew_picture(*, seller: Seller) -> None:
    """A picture of before has all its forms (`core.files.picture_forms`); one that has them stays as it is.

    Raises: FileNotFoundError, RuleBroken. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    kept = seller.picture.name or ""
    if kept and not picture_forms.forms_of(kept):
        seller.picture = renew_public_image(kept, square=False).large
        seller.save(update_fields=["picture"])


@service
def show_front(*, seller: Seller, now: datetime) -> Seller:
    """The photo of the shop's front, which a producer was told would stand on the shop's page, stands there once the
    shop is open. A picture the seller chose stays. Raises: RuleBroken. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    front = seller.documents.current().filter(kind=SellerDocumentKind.SHOP_FRONT).first()
    is_told = seller.kind == SellerKind.UMKM  # data/document_requirements.csv; a grocery was asked for it as proof only
    is_photo = front is not None and front.content_type.startswith("image/")
    if front is None or not is_photo or not is_told or seller.picture or seller.state != SellerState.ACTIVE:
        return seller
    file = BytesIO(read_private(front.file))
    seller.picture = store_public_image(file, user=front.uploaded_by, folder="toko", field="picture").large
    seller.save(update_fields=["picture"])
    return seller


@service
def add_document(
    *,
    actor: User,
    seller: Seller,
    kind: str,
    file: Any,
    number: str = "",
    expires_on: date | None = None,
    now: datetime,
) -> SellerDocument:
    """A document or photo joins the registration; an earlier one of its kind is kept as replaced.

    The same file with the same number and date changes nothing. What the automatic checks would only call too small or
    out of date three days later is refused at once. Raises: NotAllowed, InvalidMove, RuleBroken.
    Locks: Seller.
    """
    seller = _locked_open(actor, seller, now)
    asked = Requirement.objects.in_force(seller.kind, clock.local_date(now)).documents()
    require(
        asked.filter(subject=kind).exists(),
        _("Dokumen ini tidak diminta untuk jenis usaha Anda."),
        field="kind",
        code="document_not_asked",
    )
    number = number.strip()
    check_paper(number, expires_on, now)
    stored = store_document(actor, seller, file)
    current = seller.documents.current().filter(kind=kind).first()
    if current is not None:
        if (current.sha256, current.number, current.expires_on) == (stored.sha256, number, expires_on):
            remove_private(stored.name)
            return current
        SellerDocument.objects.filter(pk=current.pk).update(replaced_at=now)
    note_typed(actor, seller, [kind], now)
    Seller.objects.filter(pk=seller.pk).update(written_at=now)
    return write_document(actor, seller, kind, stored, now, number=number, expires_on=expires_on)


def check_paper(number: str, expires_on: date | None, now: datetime) -> None:
    """What a document says of itself. Raises: RuleBroken."""
    require(len(number) <= 40, _("Nomor dokumen paling panjang 40 huruf."), field="number", code="number_too_long")
    require(
        expires_on is None or expires_on >= clock.local_date(now),
        _("Masa berlakunya sudah lewat. Lampirkan yang masih berlaku."),
        field="expires_on",
        code="document_expired",
    )


def store_document(actor: User, seller: Seller, file: Any) -> Stored:
    """Raises: RuleBroken."""
    folder = f"penjual/{seller.pk}"
    return store_private_document(
        file, user=actor, folder=folder, field="file", smallest=checks.TOO_SMALL, look=pictures.check_shows
    )


def write_document(
    actor: User, seller: Seller, kind: str, stored: Stored, now: datetime, **more: Any
) -> SellerDocument:
    """The row of a stored document. The caller holds the shop's lock."""
    document: SellerDocument = seller.documents.create(
        kind=kind,
        file=stored.name,
        content_type=stored.content_type,
        size=stored.size,
        sha256=stored.sha256,
        dhash=stored.dhash,
        width=stored.width,
        height=stored.height,
        uploaded_by=actor,
        uploaded_at=now,
        **more,
    )
    return document


@service
def submit_seller(*, actor: User, seller: Seller, now: datetime, unchanged_is_right: bool = False) -> VerificationCase:
    """The registration goes to the office: a case opens with a deadline, and the automatic checks are set to run.

    `unchanged_is_right`: the applicant says that what the officer asked about and was not changed is right as it is.
    Raises: NotAllowed, InvalidMove, NotComplete, NotChanged. Locks: Seller.
    Source: deadline from the dated rule seller.verification_days.
    """
    seller = _locked_open(actor, seller, None)
    missing = missing_of(seller, status.status_of(seller, clock.local_date(now)))
    if missing:
        raise NotComplete(missing)
    unchanged = [] if unchanged_is_right else remarks.still_open(seller)
    if unchanged:
        raise NotChanged([steps.label_of(remark.field) for remark in unchanged])
    move(seller, "submit", actor=actor, now=now, submitted_at=now)
    case = _open_case(seller, actor, now)
    verification_notices.seller_submitted(case, now=now)
    return case


def missing_of(seller: Seller, found: Iterable[status.RequirementStatus]) -> list[steps.Missing]:
    """What keeps the registration from being sent. `found`: of `status_of`."""
    lacking = status.lacking(found, Means.ATTESTED)
    return steps.missing_of(seller, list(dict.fromkeys(one.requirement.subject for one in lacking)))


@service
def retry_seller(*, actor: User, seller: Seller, now: datetime) -> Seller:
    """A rejected registration is a draft again, with what was filled in. Consent is asked anew, and documents older
    than the rule lets them serve are.

    Raises: NotAllowed, InvalidMove. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not policies.is_owner(actor, seller):
        raise NotAllowed(_("Hanya pemilik pendaftaran ini yang dapat mencoba lagi."))
    if seller.state != SellerState.REJECTED:
        raise InvalidMove(_("Pendaftaran ini tidak sedang ditolak. Muat ulang halaman."))
    if seller.appeals.filter(decided_at__isnull=True).exists():
        raise InvalidMove(_("Banding Anda masih diperiksa. Tunggu keputusannya, lalu coba lagi bila perlu."))
    assert seller.rejected_at is not None
    kept = timedelta(days=rules.KEPT_AFTER_REJECTION.on(clock.local_date(seller.rejected_at)))
    if clock.is_over(seller.rejected_at + kept, now):
        seller.documents.current().update(replaced_at=now)
    move(seller, "retry", actor=actor, now=now, consented_at=None, written_at=now)
    return seller


def check_may_leave(actor: User, seller: Seller) -> None:
    """Raises: NotAllowed, InvalidMove."""
    if not policies.is_owner(actor, seller):
        raise NotAllowed(_("Hanya pemilik toko yang dapat mengeluarkannya dari pasar."))
    if seller.state == SellerState.FROZEN:
        raise InvalidMove(_("Toko yang dibekukan tidak dapat keluar. Tunggu sampai masanya berakhir."))
    if seller.state != SellerState.ACTIVE:
        raise InvalidMove(_("Hanya toko yang aktif dapat keluar. Muat ulang halaman."))


def leave_seller(seller: Seller, actor: User, now: datetime) -> Seller:
    """Called by orders, which has looked that nothing is running; the caller holds the shop's lock."""
    move(seller, "leave", actor=actor, now=now, left_at=now)
    return seller


@service
def return_seller(*, actor: User, seller: Seller, consented: bool, now: datetime) -> VerificationCase:
    """A shop that left is examined anew as it was, and opens at its old address once a verifier approves.

    Only within the days of the rule. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller.
    """
    seller = Seller.objects.locked().get(pk=seller.pk)
    if not policies.is_owner(actor, seller):
        raise NotAllowed(_("Hanya pemilik toko yang dapat membawanya kembali."))
    if seller.state != SellerState.LEFT or seller.left_at is None:
        raise InvalidMove(_("Toko ini tidak sedang keluar. Muat ulang halaman."))
    require(
        not clock.is_over(last_return(seller.left_at), now),
        _("Waktu untuk kembali sudah lewat. Daftarkan toko Anda sebagai toko baru."),
        code="return_too_late",
    )
    require(consented, _("Setujui lagi penggunaan data Anda untuk kembali."), code="consent_missing")
    move(seller, "return", actor=actor, now=now, submitted_at=now, left_at=None, consented_at=now)
    case = _open_case(seller, actor, now)
    verification_notices.seller_submitted(case, now=now)
    return case


def last_return(left_at: datetime) -> datetime:
    """Until when who left may come back without registering anew."""
    day = clock.local_date(left_at)
    return clock.end_of(day + timedelta(days=rules.RETURN.on(day)))


def reopen_seller(seller: Seller, actor: User | None, now: datetime, *, not_by: User | None) -> VerificationCase:
    """A rejected registration is examined anew, as it was sent. The caller holds the shop's lock."""
    move(seller, "reopen", actor=actor, now=now)
    return _open_case(seller, actor, now, not_by=not_by)


def _open_case(seller: Seller, actor: User | None, now: datetime, **more: Any) -> VerificationCase:
    due_at = clock.due_after_working_days(now, rules.VERIFICATION.on(clock.local_date(now)))
    case = VerificationCase.objects.create(seller=seller, opened_at=now, due_at=due_at, **more)
    begin(case, actor=actor, now=now)
    CaseValue.objects.bulk_create(
        [CaseValue(case=case, field=name, value=steps.plain_value(seller, name)) for name in steps.fields_of(seller)]
    )
    enqueue("umkm.check_case", key=f"umkm.check_case:{case.pk}", case_pk=case.pk)
    return case


@service
def log_view(
    *,
    actor: User,
    seller: Seller,
    what: str,
    document: SellerDocument | None = None,
    reference: str = "",
    purpose: str = "",
    now: datetime,
) -> bool:
    """One row that the actor looked at identity data, and what for; `reference` names which of several papers.

    An owner looking at their own leaves none: then False.
    Source: UU 27/2022: the owner of the data can see who saw it.
    """
    own = seller.members.filter(user_id=actor.pk, role=SellerMember.Role.OWNER, until__isnull=True).exists()
    if own:
        return False
    DocumentView.objects.create(
        seller=seller, document=document, what=what, reference=reference, purpose=purpose, viewer=actor, at=now
    )
    return True


@service
def show_secret(*, actor: User, seller: Seller, field: str, purpose: str, now: datetime) -> str:
    """The whole NIK, NPWP or bank account number, for a verifier, with a row that says so and what for. Raises:
    NotAllowed, RuleBroken `purpose_missing`."""
    if field not in steps.SECRETS:
        raise LookupError(field)
    if not verification_policies.can_verify(actor) or has_assisted(actor, seller):
        raise NotAllowed(_("Hanya verifikator yang dapat melihat nomor lengkap."))
    openings.require_purpose(purpose)
    log_view(actor=actor, seller=seller, what=field, purpose=purpose, now=now)
    value: str = getattr(seller, field)
    return value


def _locked_open(actor: User, seller: Seller, now: datetime | None) -> Seller:
    """`now`: an officer who helps the resident may do it too, while they do. Without it only the owner may; who helps
    in a shop that came back never."""
    found: Seller = Seller.objects.locked().get(pk=seller.pk)
    helps = now is not None and running_for(actor, found, now) is not None
    if not (policies.is_owner(actor, found) or helps):
        raise NotAllowed(_("Hanya pemilik pendaftaran ini yang dapat mengubahnya."))
    if found.state not in OPEN:
        raise InvalidMove(
            _("Pendaftaran ini sudah dikirim dan tidak dapat diubah lagi. Lihat perkembangannya di halamannya.")
        )
    return found


def _locked_active(actor: User, seller: Seller) -> Seller:
    found: Seller = Seller.objects.locked().get(pk=seller.pk)
    if not policies.can_act_for(actor, found):
        raise NotAllowed(_("Hanya anggota toko ini yang dapat mengubahnya."))
    if found.state != SellerState.ACTIVE:
        raise InvalidMove(_("Halaman toko hanya dapat diubah selama toko aktif."))
    return found


def read_values(changes: dict[str, Any], day: date) -> dict[str, Any]:
    """Numbers in the form they are stored in, with the index of those that are encrypted. An empty secret number is
    left out. Raises: RuleBroken."""
    for name in steps.SECRETS:
        if name in changes and not changes[name]:
            del changes[name]
    if "nik" in changes:
        changes["nik"] = identifiers.read_nik(changes["nik"], day).number
        changes["nik_index"] = blind_index(changes["nik"])
    if "bank_account" in changes:
        changes["bank_account"] = identifiers.read_bank_account(changes["bank_account"])
        changes["bank_index"] = blind_index(changes["bank_account"])
    if "npwp" in changes:
        changes["npwp"] = identifiers.read_npwp(changes["npwp"])
    if changes.get("phone"):
        changes["phone"] = read_phone(changes["phone"])
    if changes.get("nib"):
        changes["nib"] = identifiers.read_nib(changes["nib"])
    return changes


def _told(changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes a page showed the earlier value of: an index follows its number, consent has its own moment."""
    return {name: value for name, value in changes.items() if name not in ("nik_index", "bank_index", "consented_at")}


def _write(seller: Seller, changes: dict[str, Any]) -> None:
    if not changes:
        return
    for name, value in changes.items():
        setattr(seller, name, value)
    days = changes.get("open_days", "")
    require(
        set(days) <= set(Weekday.values), _("Pilih hari buka dari daftar."), field="open_days", code="open_day_unknown"
    )
    require(
        seller.opens_at is None or seller.closes_at is None or seller.opens_at != seller.closes_at,
        _("Jam buka dan jam tutup tidak boleh sama."),
        field="closes_at",
        code="hours_equal",
    )
    court = seller.food_court if {"food_court", "opens_at", "closes_at"} & set(changes) else None
    if court is not None and None not in (seller.opens_at, seller.closes_at):
        told = {"court": court, "opens": clock_words(court.opens_at), "closes": clock_words(court.closes_at)}
        require(
            hours.has_hours(seller.opens_at, seller.closes_at, court),
            _("Pada jam itu %(court)s tutup: bukanya %(opens)s sampai %(closes)s. Pilih jam di antaranya.") % told,
            field="closes_at",
            code="court_closed",
        )
    require(
        seller.order_until != hours.MIDNIGHT,
        hours.midnight_words(),
        field="order_until",
        code="cut_off_midnight",
    )
    require(
        len(changes.get("about", "")) <= 600,
        _("Cerita toko paling panjang 600 huruf."),
        field="about",
        code="about_too_long",
    )
    # A draft may be empty anywhere; what must be there is asked for when it is sent.
    check_fields(seller, {name for name, value in changes.items() if value != ""})
    seller.save(update_fields=list(changes))


def check_fields(seller: Seller, names: Collection[str]) -> None:
    """What these fields of the row hold can be stored. Raises: RuleBroken."""
    try:
        seller.clean_fields(exclude={field.name for field in Seller._meta.fields} - set(names))
    except ValidationError as problem:
        field, messages = next(iter(problem.message_dict.items()))
        raise RuleBroken(messages[0], field=field, code="invalid") from None


@service
def record_household(*, actor: User, seller: Seller, user: User, now: datetime) -> SellerMember:
    """The person lives with the shop's owner: tied to it and to the owner's other shops, acting for none.

    Raises: NotAllowed, RuleBroken. Locks: none.
    Source: Perpres 16/2018 art. 7(1) letter e (conflicts of interest are avoided).
    """
    if not actor.has_perm("umkm.add_sellermember"):
        raise NotAllowed(_("Hanya admin kota yang dapat mencatat hubungan keluarga."))
    check_household(seller, user)
    made, _is_new = SellerMember.objects.get_or_create(
        seller=seller, user=user, role=SellerMember.Role.HOUSEHOLD, defaults={"since": now, "until": now}
    )
    return made


def check_household(seller: Seller, user: User) -> None:
    """Raises RuleBroken `member_already`: whoever runs or ran the shop is tied to it by that."""
    own = seller.members.exclude(role=SellerMember.Role.HOUSEHOLD).filter(user=user)
    require(
        not own.exists(),
        _("%(who)s mengurus atau pernah mengurus %(shop)s, jadi sudah terkait dengannya.")
        % {"who": user, "shop": seller},
        field="user",
        code="member_already",
    )
