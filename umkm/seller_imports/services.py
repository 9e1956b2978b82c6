"""An import of sellers: an officer's list of residents, each of whom is asked on their own phone (`imports.loop`).

A row becomes a draft that the officer typed (`assisted`): nobody's shop, and nothing is submitted, before its resident
confirms it and adds the papers. The drafts are made at once; residents are asked after that, no more in a minute than
the rule lets leave. The list holds NIK and telephone numbers: its file and cells are encrypted, and emptied as soon as
they are of no more use.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, idempotency
from epeken.core.errors import DomainError, NotAllowed, RuleBroken, require
from epeken.core.files import tables, uploads
from epeken.core.jobs import enqueue
from epeken.core.secret import fernet
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.core.text import clean_line
from epeken.users.models import User
from umkm.assisted import policies as assisted_policies
from umkm.assisted import services as assisting
from umkm.assisted.models import AssistedRegistration
from umkm.assisted.states import OPEN, AssistedState
from umkm.imports import loop
from umkm.imports.loop import ImportLoop, Planned, drop_table, kept_since
from umkm.imports.states import ImportState
from umkm.seller_imports import columns, rules
from umkm.seller_imports.columns import Reader
from umkm.seller_imports.models import SellerImport, SellerImportProblem, SellerImportRow
from umkm.seller_imports.planning import KnownPeople, ListPlanner, check_resident, draft_of
from umkm.seller_imports.states import SellerRowOutcome, SellerRowPlan

RUN_KINDS = (SellerRowPlan.CREATE,)
_LOCK_SPACE = 5081  # first key of the advisory lock: of two imports one looks who is known and the other waits


@service
def upload_list(*, actor: User, file: Any, reason: str, key: str, now: datetime) -> SellerImport:
    """The list is kept, encrypted, and will be read in the background. The same key gives the same import.

    Raises: NotAllowed, RuleBroken (`import_open` while another of the officer is not finished), KeyReused.
    Locks: nothing.
    """
    _check_helps(actor, now)
    assisting.require_codes()
    reason = clean_line(reason)
    require(reason, _("Tulis dari mana daftarnya, dan mengapa diimpor."), field="reason", code="reason_missing")
    data = file.read(tables.MOST_BYTES + 1)
    person = f"user:{actor.pk}"
    if earlier := idempotency.claim(person=person, key=key, body={"list": sha256(data).hexdigest(), "reason": reason}):
        return SellerImport.objects.get(pk=int(earlier))
    made = SellerImport(uploaded_by=actor, reason=reason)
    kept = lambda: uploads.write_private("seller-imports", fernet().encrypt(data), "tabel").name  # noqa: E731
    _LOOP.begin(made, name=str(file.name), data=data, kept=kept, now=now)
    idempotency.settle(person=person, key=key, result=str(made.pk))
    return made


@service
def read_list(*, seller_import: SellerImport, now: datetime) -> SellerImport:
    """What the list would do is known; nothing is made. Locks: SellerImport."""
    row = _locked(seller_import)
    if row.state == ImportState.READING:
        with translation.override(settings.LANGUAGE_CODE):
            _LOOP.read(row, lambda table: _planned(row, table, now), now)
    return row


def _planned(row: SellerImport, table: tables.Table, now: datetime) -> Iterator[Planned]:
    day = clock.local_date(now)
    places = assisted_policies.place_codes(row.uploaded_by, day)
    yield from ListPlanner(row, Reader(day), row.uploaded_by, places).plan(table.rows)


@service
def confirm_list(*, actor: User, seller_import: SellerImport, now: datetime) -> SellerImport:
    """What the page showed begins, without the rows it refuses. Raises: NotAllowed, RuleBroken `no_codes`, InvalidMove.
    Locks: SellerImport."""
    row = _own(actor, seller_import, now)
    assisting.require_codes()
    _LOOP.confirm(row, actor=actor, now=now)
    return row


@service
def cancel_list(*, actor: User, seller_import: SellerImport, now: datetime) -> SellerImport:
    """Nothing more is made, and nobody is asked; drafts that were made stay until they are taken back or their days are
    over. Raises: NotAllowed, InvalidMove. Locks: SellerImport."""
    row = _own(actor, seller_import, now)
    _LOOP.cancel(row, actor=actor, now=now)
    return row


@service
def undo_list(*, actor: User, seller_import: SellerImport, now: datetime) -> SellerImport:
    """Drafts that nobody confirmed begin to be destroyed, and nobody more is asked. Raises: NotAllowed, InvalidMove,
    RuleBroken. Locks: SellerImport."""
    row = _own(actor, seller_import, now)
    _LOOP.begin_undo(row, actor=actor, now=now)
    return row


@service
def expire_list(*, seller_import: SellerImport, now: datetime) -> SellerImport:
    """One that was not run to its end within the days of the rule is stopped, and its file and cells are gone. Any
    other stays as it is. Locks: SellerImport."""
    row = _locked(seller_import)
    _LOOP.expire(row, SellerImport.objects.unfinished(kept_since(now)), now)
    return row


def expire_due(*, now: datetime) -> int:
    """How many imports were stopped, each by itself."""
    return sweep(
        SellerImport.objects.unfinished(kept_since(now)).order_by("pk"),
        lambda one: expire_list(seller_import=one, now=now),
        failure="Import of sellers %s could not be stopped",
    )


@service
def run_piece(*, seller_import: SellerImport, now: datetime) -> None:
    """Some more drafts are made; after the last, residents begin to be asked. Locks: SellerImport."""
    row = _locked(seller_import)
    if row.state != ImportState.RUNNING:
        return
    _come_alone()
    officer = loop.who(row, "confirm")
    places = assisted_policies.place_codes(officer, clock.local_date(now))
    with translation.override(settings.LANGUAGE_CODE):
        reader = Reader(clock.local_date(now))
        waiting = row.rows.filter(outcome=SellerRowOutcome.WAITING, plan__in=RUN_KINDS).order_by("number")
        read = {one.pk: reader.read(columns.by_name(one.cells)) for one in waiting[: loop.PIECE_ROWS]}
        known = KnownPeople.among(read.values())

        def act(one: SellerImportRow) -> None:
            found = read[one.pk]
            wrong = found.wrong | check_resident(found, officer, places) | known.problems(found)
            if wrong:
                column, text = next(iter(wrong.items()))
                raise RuleBroken(text, field=columns.WRITTEN.get(column), code="row_refused")
            note = _("Dari daftar, baris %(number)d: %(reason)s") % {"number": one.number, "reason": row.reason}
            assisting.start_imported(officer, draft_of(found), one, note, now)
            one.cells, one.outcome, one.done_at = "", SellerRowOutcome.DONE, now
            one.save(update_fields=["cells", "outcome", "done_at"])

        is_last = _LOOP.run(row, act, now)
    if is_last:
        enqueue("umkm.ask_imported", import_pk=row.pk)


@service
def ask_piece(*, seller_import: SellerImport, now: datetime) -> None:
    """Some more residents are asked, as many as the rule lets leave in a minute over all imports; the others later.

    Locks: SellerImport, Seller, AssistedRegistration.
    """
    row = _locked(seller_import)
    if row.state != ImportState.DONE:
        return
    _come_alone()
    waiting = row.rows.filter(outcome=SellerRowOutcome.DONE, asked_at__isnull=True).order_by("number")
    asked = AssistedRegistration.objects.filter(import_row__isnull=False, handed_over_at__gt=now - timedelta(minutes=1))
    room = max(rules.TEXTS.on(clock.local_date(now)) - asked.count(), 0)
    with translation.override(settings.LANGUAGE_CODE):
        for one in waiting.select_related("assisted")[:room]:
            _ask(row, one, now)
    if waiting.exists():
        enqueue("umkm.ask_imported", due_at=now + timedelta(minutes=1), import_pk=row.pk)


def _ask(row: SellerImport, one: SellerImportRow, now: datetime) -> None:
    assisted = one.assisted
    if assisted.state == AssistedState.FILLING and assisted.handed_over_at is None:
        try:
            with transaction.atomic():
                assisting.hand_over(actor=assisted.officer, assisted=assisted, now=now)
        except DomainError as problem:
            row.problems.create(number=one.number, text=problem.message[:500])
    one.asked_at = now
    one.save(update_fields=["asked_at"])


@service
def undo_piece(*, seller_import: SellerImport, now: datetime) -> None:
    """Some more drafts are destroyed; those residents made theirs are kept. Locks: SellerImport, Seller,
    AssistedRegistration."""
    row = _locked(seller_import)
    if row.state != ImportState.UNDOING:
        return
    officer = loop.who(row, "undo")

    def act(one: SellerImportRow) -> None:
        assisted = AssistedRegistration.objects.get(import_row=one)
        if assisted.state == AssistedState.CONFIRMED:
            raise RuleBroken(_("Sudah dipastikan warganya, jadi tetap miliknya."), code="resident_confirmed")
        if assisted.state in OPEN and clock.is_over(assisted.due_at, now):
            assisting.expire_assisted(assisted=assisted, now=now)
        elif assisted.state in OPEN:
            assisting.withdraw_assisted(actor=officer, assisted=assisted, now=now)
        one.outcome = SellerRowOutcome.UNDONE
        one.save(update_fields=["outcome"])

    with translation.override(settings.LANGUAGE_CODE):
        _LOOP.undo(row, act, now)


def _come_alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [_LOCK_SPACE])


def _check_helps(actor: User, now: datetime) -> None:
    if not assisted_policies.may_assist(actor, clock.local_date(now)):
        raise NotAllowed(_("Membantu mendaftar hanya boleh petugas yang ditempatkan di kelurahan itu."))


def _own(actor: User, seller_import: SellerImport, now: datetime) -> SellerImport:
    if not SellerImport.objects.visible_to(actor, now).filter(pk=seller_import.pk).exists():
        raise NotAllowed(_("Impor ini milik petugas lain, atau penempatan Anda sudah berakhir."))
    return _locked(seller_import)


def _locked(seller_import: SellerImport) -> SellerImport:
    row: SellerImport = SellerImport.objects.locked().select_related("uploaded_by").get(pk=seller_import.pk)
    return row


def _forget(row: SellerImport) -> None:
    drop_table(row)
    row.rows.exclude(cells="").update(cells="")


_LOOP = ImportLoop(
    relation="seller_import",
    row_model=SellerImportRow,
    problem_model=SellerImportProblem,
    columns=columns.COLUMNS,
    column_of=columns.COLUMN_OF,
    run_kinds=RUN_KINDS,
    jobs={"read": "umkm.read_seller_list", "run": "umkm.run_seller_list", "undo": "umkm.undo_seller_list"},
    load=lambda row: fernet().decrypt(uploads.read_private(row.table)),
    forget=_forget,
    skipped=lambda: _("Dilewati, karena ini baris jumlah, atau nama, NIK, dan ponselnya kosong."),
)
