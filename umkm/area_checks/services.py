"""What a kelurahan and a kecamatan find of a registration before the office decides.

The levels are asked one after the other, where somebody is posted. At its deadline, or when nobody is posted any more,
the next one is asked, so that no registration waits for an officer who is not there. The office decides once none is
running.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files.uploads import store_private_images
from epeken.core.i18n.times import long_date
from epeken.core.reasons import LEAST_REASON
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.area_checks import notices, policies, rules
from umkm.area_checks.models import AreaCheck, AreaStage, VisitPhoto
from umkm.area_checks.states import FIELDS, PAPERS, AreaCheckState, AreaLevel
from umkm.sellers import steps
from umkm.sellers.models import Seller
from umkm.sellers.pins import check_pin
from umkm.verification import openings, returning
from umkm.verification.models import VerificationCase

MOST_PHOTOS = 6


def ask_next(case: VerificationCase, now: datetime) -> None:
    """The next level of this round for which somebody is posted is asked, if there is one. The caller holds the locks
    of the shop and the case, which waits."""
    seller, day = case.seller, clock.local_date(now)
    if seller.kelurahan is None:
        return
    levels = AreaLevel.values
    asked = [levels.index(level) for level in case.area_checks.values_list("level", flat=True)]
    stages = {stage.level: stage for stage in AreaStage.objects.in_force(seller.kind, day)}
    for level in levels[max(asked, default=-1) + 1 :]:
        if level not in stages:
            continue
        check = AreaCheck(
            case=case,
            level=level,
            kelurahan=seller.kelurahan,
            asks_visit=stages[level].asks_visit,
            opened_at=now,
            due_at=clock.due_after_working_days(now, stages[level].working_days),
        )
        if not policies.officers_of(check, day):
            continue
        check.save()
        begin(check, actor=None, now=now)
        if not _is_kept(check):
            notices.check_asked(check, now=now)
            return
        move(check, "keep", actor=None, now=now, decided_at=now)


@service
def decide_check(
    *,
    actor: User,
    check: AreaCheck,
    is_right: bool,
    note: str = "",
    visited_on: date | None = None,
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    photos: Sequence[Any] = (),
    now: datetime,
) -> AreaCheck:
    """The area's answer, with the visit it rests on; then the next level is asked. An objection stops nothing: the
    office reads it and decides.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, VerificationCase, AreaCheck.
    """
    seller, check = _locked(check)
    _check_officer(actor, check, now)
    note = note.strip()
    require(
        is_right or len(note) >= LEAST_REASON,
        _("Tulis keberatan Anda, paling sedikit %(n)d huruf. Dinas dan pendaftar membacanya.") % {"n": LEAST_REASON},
        field="note",
        code="reason_too_short",
    )
    require(len(note) <= 1000, _("Catatan paling panjang 1.000 huruf."), field="note", code="note_too_long")
    openings.require_opened(actor, papers_of(seller), check.opened_at)
    _check_visit(check, is_right, visited_on, latitude, longitude, photos, now)
    kept = store_private_images(photos, user=actor, folder=f"penjual/{seller.pk}", field="photos") if photos else []
    VisitPhoto.objects.bulk_create(
        VisitPhoto(
            area_check=check,
            file=stored.name,
            content_type=stored.content_type,
            size=stored.size,
            sha256=stored.sha256,
            width=stored.width,
            height=stored.height,
            uploaded_by=actor,
            uploaded_at=now,
        )
        for stored in kept
    )
    visit = {"visited_on": visited_on, "latitude": latitude, "longitude": longitude}
    _close(check, "agree" if is_right else "object", actor, note, now, **visit)
    ask_next(check.case, now)
    return check


@service
def send_back_check(*, actor: User, check: AreaCheck, remarks: Mapping[str, str], now: datetime) -> AreaCheck:
    """The applicant is to put right what an officer of the area reads; the round ends.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: Seller, VerificationCase, AreaCheck.
    """
    seller, check = _locked(check)
    _check_officer(actor, check, now)
    known = {*(set(FIELDS) & set(steps.fields_of(seller))), *PAPERS}
    _close(check, "send_back", actor, "", now)
    returning.send_back(seller, check.case, remarks, known, actor, now)
    return check


def end_running(case: VerificationCase, actor: User, now: datetime) -> None:
    """The office decided before the area answered. The caller holds the locks of the shop and the case."""
    for check in AreaCheck.objects.running().filter(case=case).locked():
        move(check, "end", actor=actor, now=now, decided_at=now)
        notices.check_over(check, now=now)


def require_heard(case: VerificationCase, note: str) -> None:
    """Before an approval. Raises: RuleBroken `area_running`, `objection_unanswered`."""
    running = case.area_checks.running().select_related("kelurahan__kecamatan").first()
    if running is not None:
        told = _("%(place)s masih memeriksa tempatnya, paling lambat %(due)s. Sesudah itu Anda dapat menyetujui.")
        due = long_date(clock.last_day(running.due_at))
        raise RuleBroken(told % {"place": running.place, "due": due}, code="area_running")
    objected = case.area_checks.filter(state=AreaCheckState.OBJECTED).exists()
    require(
        not objected or len(note.strip()) >= LEAST_REASON,
        _("Petugas wilayah keberatan. Tulis mengapa tetap Anda setujui, paling sedikit %(n)d huruf.")
        % {"n": LEAST_REASON},
        field="note",
        code="objection_unanswered",
    )
    require(len(note) <= 1000, _("Alasan paling panjang 1.000 huruf."), field="note", code="note_too_long")


def pass_late(*, now: datetime) -> int:
    """Every check that is past its deadline, or that nobody is posted for any more, gives way to the next level.

    Returns how many. Each is a transaction of its own; of the others no row is locked.
    """
    running = AreaCheck.objects.running().select_related("case__seller", "kelurahan").order_by("pk")

    def give_way(check: AreaCheck) -> None:
        if not policies.gives_way(check, now):
            raise InvalidMove()
        pass_check(check=check, now=now)

    return sweep(running, give_way, failure="Area check %s could not be passed on", most=None)


@service
def pass_check(*, check: AreaCheck, now: datetime) -> AreaCheck:
    """It is past its deadline, or nobody is posted for it any more: the next level is asked.

    Raises: InvalidMove. Locks: Seller, VerificationCase, AreaCheck.
    """
    _seller, check = _locked(check)
    if not policies.gives_way(check, now):
        raise InvalidMove()
    move(check, "pass" if policies.is_late(check, now) else "skip", actor=None, now=now, decided_at=now)
    notices.check_over(check, now=now)
    ask_next(check.case, now)
    return check


def remind(*, now: datetime) -> int:
    """Who is posted hears of the checks that end with this working day. Returns how many there are."""
    day = clock.local_date(now)
    if not clock.is_working_day(day):
        return 0
    ending = list(
        AreaCheck.objects.running()
        .filter(clock.over("due_at", clock.end_of(day)), opened_at__lt=clock.start_of(day))
        .select_related("case__seller", "kelurahan__kecamatan")
        .order_by("due_at", "pk")
    )
    for check in ending:
        notices.check_ends(check, policies.officers_of(check, day), now=now)
    return len(ending)


def papers_of(seller: Seller) -> Any:
    """What an officer of the area looks at."""
    return seller.documents.current().filter(kind__in=PAPERS).order_by("pk")


def _close(check: AreaCheck, action: str, actor: User, note: str, now: datetime, **fields: Any) -> None:
    fields |= {"officer": actor, "decided_at": now}
    move(check, action, actor=actor, now=now, note=note, acted_as=check.level, **fields)
    AreaCheck.objects.filter(pk=check.pk).update(note=note)
    check.note = note
    notices.check_over(check, now=now)


def _locked(check: AreaCheck) -> tuple[Seller, AreaCheck]:
    seller = Seller.objects.locked().get(pk=check.case.seller_id)
    case = VerificationCase.objects.locked().get(pk=check.case_id)
    found: AreaCheck = AreaCheck.objects.locked().select_related("kelurahan__kecamatan").get(pk=check.pk)
    case.seller = seller
    found.case = case
    return seller, found


def _check_officer(actor: User, check: AreaCheck, now: datetime) -> None:
    if check.state != AreaCheckState.RUNNING:
        raise InvalidMove(_("Pemeriksaan ini sudah selesai. Muat ulang halaman."))
    if clock.is_over(check.due_at, now):
        raise InvalidMove(_("Tenggatnya sudah lewat. Pendaftaran ini diteruskan ke tahap berikutnya."))
    if not policies.can_decide(actor, check, clock.local_date(now)):
        raise NotAllowed(
            _("Yang memeriksa adalah petugas %(place)s yang tidak terkait dengan toko ini.") % {"place": check.place}
        )


def _check_visit(
    check: AreaCheck,
    is_right: bool,
    visited_on: date | None,
    latitude: Decimal | None,
    longitude: Decimal | None,
    photos: Sequence[Any],
    now: datetime,
) -> None:
    require(
        visited_on is not None or not (is_right and check.asks_visit),
        _("Untuk jenis usaha ini tempatnya harus dikunjungi. Isi hari kunjungan dan fotonya."),
        field="visited_on",
        code="visit_missing",
    )
    require(
        visited_on is not None or not photos,
        _("Foto kunjungan memerlukan hari kunjungan."),
        field="visited_on",
        code="visit_day_missing",
    )
    require(
        len(photos) <= MOST_PHOTOS,
        _("Paling banyak %(n)d foto.") % {"n": MOST_PHOTOS},
        field="photos",
        code="too_many_photos",
    )
    check_pin(latitude, longitude)
    if visited_on is None:
        return
    sent, today = clock.local_date(check.case.opened_at), clock.local_date(now)
    require(
        sent <= visited_on <= today,
        _("Hari kunjungan mulai dari pendaftaran dikirim sampai hari ini."),
        field="visited_on",
        code="visit_day_wrong",
    )
    require(
        photos,
        _("Lampirkan paling sedikit satu foto yang diambil saat berkunjung."),
        field="photos",
        code="visit_photos_missing",
    )


def _is_kept(check: AreaCheck) -> bool:
    """Whether the level found all this right in an earlier round, and nothing of it has changed since."""
    seller = check.case.seller
    before = (
        AreaCheck.objects.filter(case__seller=seller, level=check.level, state=AreaCheckState.AGREED)
        .filter(opened_at__gt=check.opened_at - timedelta(days=rules.KEPT.on(clock.local_date(check.opened_at))))
        .select_related("case")
        .order_by("-pk")
        .first()
    )
    if before is None or before.kelurahan_id != check.kelurahan_id:
        return False
    told = {value.field: value.value for value in before.case.values.all()}
    same = all(steps.is_same(seller, name, told) for name in FIELDS if name in told)
    return same and not papers_of(seller).filter(uploaded_at__gt=before.opened_at).exists()
