"""The way of every import: its file is kept, read in the background, shown, confirmed, then done and taken back in
pieces.

A piece is one transaction with the marks of its rows, so a worker that is killed leaves a piece done or not begun.
"""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import DomainError, RuleBroken
from epeken.core.files import tables, uploads
from epeken.core.jobs import enqueue
from epeken.core.states import begin, move
from epeken.core.text import clean_line
from epeken.users.models import User
from umkm.imports import rules
from umkm.imports.models import SheetImport, SheetImportProblem
from umkm.imports.states import RowOutcome

PIECE_SECONDS = 2.0  # a piece keeps its rows locked, and whoever cancels waits for it
PIECE_ROWS = 200
BATCH = 500

Planned = tuple[Any, Mapping[str, str]]  # a row that is not stored, and why it is refused, by column


@dataclass(frozen=True)
class ImportLoop:
    """What the imports of one kind of rows have of their own.

    `relation`: how their rows and problems name the import. `column_of`: by field of a refusal, its column.
    `run_kinds`: plans that do something. `jobs`: by `read`, `run` and `undo`, the name of the job. `load`: the file's
    bytes. `forget`: removes what is of no more use when nothing more is to be done. `skipped`: what is said of a row
    that is no data, with a place for its `text` or without.
    """

    relation: str
    row_model: type[Model]
    problem_model: type[SheetImportProblem]
    columns: Sequence[tables.TableColumn]
    column_of: Mapping[str, str]
    run_kinds: tuple[str, ...]
    jobs: Mapping[str, str]
    load: Callable[[Any], bytes]
    forget: Callable[[Any], None]
    skipped: Callable[[], str]

    def begin(self, made: SheetImport, *, name: str, data: bytes, kept: Callable[[], str], now: datetime) -> None:
        """The import is there and will be read. `name`: of the file; `kept`: stores it, its name in the private store.

        Raises: RuleBroken `table_too_large`, and `import_open` while another is not finished.
        """
        tables.check_size(data)
        made.file_name, made.uploaded_at = clean_line(name)[-120:] or "-", now
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:
            raise RuleBroken(
                _("Masih ada impor yang belum selesai. Jalankan atau batalkan dahulu, lalu unggah lagi."),
                code="import_open",
            ) from None
        begin(made, actor=made.uploaded_by, now=now)
        made.table = kept()
        made.save(update_fields=["table"])
        self._enqueue("read", made, key=f"{self.jobs['read']}:{made.pk}")

    def read(self, row: Any, plan: Callable[[tables.Table], Iterator[Planned]], now: datetime) -> None:
        """What the file would do is known; nothing is changed. One with something to do waits to be confirmed, one
        without ends here and is in nobody's way. The caller holds the import's lock."""
        try:
            table = tables.read_table(self.load(row), self.columns)
            self._keep(row, table, plan)
        except RuleBroken as problem:
            self._note(row, 0, "", problem.message)
            move(row, "refuse", actor=None, now=now, read_at=now)
            self.forget(row)
            return
        if not row.rows.filter(plan__in=self.run_kinds).exists():
            move(row, "find_nothing", actor=None, now=now, read_at=now, ended_at=now)
            self.forget(row)
            return
        move(row, "check", actor=None, now=now, read_at=now)
        drop_table(row)

    def _keep(self, row: Any, table: tables.Table, plan: Callable[[tables.Table], Iterator[Planned]]) -> None:
        if not table.rows:
            raise RuleBroken(_("Tidak ada satu baris pun di bawah judul kolom."), code="table_empty")
        rows: list[Any] = []
        why = self.skipped()
        problems = [
            self._problem(row, number, "", why % {"text": text} if "%(text)s" in why else why)
            for number, text in table.skipped[:BATCH]
        ]
        for planned, wrong in plan(table):
            rows.append(planned)
            problems += [self._problem(row, planned.number, column, text) for column, text in wrong.items()]
            if len(rows) >= BATCH:
                self._insert(rows, problems)
                rows, problems = [], []
        self._insert(rows, problems)

    def _insert(self, rows: list[Any], problems: list[SheetImportProblem]) -> None:
        self.row_model._default_manager.bulk_create(rows)
        self.problem_model._default_manager.bulk_create(problems)

    def confirm(self, row: Any, *, actor: User, now: datetime) -> None:
        """What the page showed begins. The caller holds the import's lock. Raises: InvalidMove."""
        move(row, "confirm", actor=actor, now=now, confirmed_at=now)
        self._enqueue("run", row)

    def cancel(self, row: Any, *, actor: User, now: datetime) -> None:
        """Nothing more is done; what was done stays until it is taken back. The caller holds the import's lock.
        Raises: InvalidMove."""
        move(row, "cancel", actor=actor, now=now, ended_at=now)
        self.forget(row)

    def expire(self, row: Any, due: QuerySet[Any], now: datetime) -> None:
        """One of `due` is stopped, and its files are gone; any other stays as it is. The caller holds the import's
        lock."""
        if not due.filter(pk=row.pk).exists():
            return
        move(row, "expire", actor=None, now=now, ended_at=now)
        with translation.override(settings.LANGUAGE_CODE):
            said = _("Dihentikan karena terlalu lama tidak dijalankan. Unggah lagi bila masih perlu.")
        self._note(row, 0, "", said)
        self.forget(row)

    def begin_undo(self, row: Any, *, actor: User, now: datetime) -> None:
        """What the import did begins to be taken back. The caller holds the import's lock.

        Raises: InvalidMove, RuleBroken `nothing_to_undo`, `import_open`."""
        row.machine.after(row.state, "undo")
        if not row.rows.filter(outcome=RowOutcome.DONE).exists():
            raise RuleBroken(_("Impor ini tidak mengubah apa pun."), code="nothing_to_undo")
        try:
            with transaction.atomic():
                move(row, "undo", actor=actor, now=now)
        except IntegrityError:
            raise RuleBroken(
                _("Masih ada impor yang belum selesai. Jalankan atau batalkan dahulu."), code="import_open"
            ) from None
        self._enqueue("undo", row)

    def run(self, row: Any, act: Callable[[Any], None], now: datetime) -> bool:
        """Some more rows are done by `act`, whose DomainError refuses the row with nothing of it done; the next piece
        is enqueued. Whether this was the last. The caller holds the lock of an import that runs."""
        if self._piece(row, RowOutcome.WAITING, act, RowOutcome.REFUSED):
            self._enqueue("run", row)
            return False
        move(row, "finish", actor=None, now=now, ended_at=now)
        self.forget(row)
        return True

    def undo(self, row: Any, act: Callable[[Any], None], now: datetime) -> None:
        """Some more rows are taken back by `act`, whose DomainError says why one is kept. The caller holds the lock of
        an import that is taken back."""
        if self._piece(row, RowOutcome.DONE, act, RowOutcome.KEPT):
            self._enqueue("undo", row)
            return
        move(row, "finish_undo", actor=None, now=now, undone_at=now)

    def _piece(self, row: Any, outcome: str, act: Callable[[Any], None], refused: str) -> bool:
        """Acts on the next rows of that outcome; whether some are left."""
        end = time.monotonic() + PIECE_SECONDS
        waiting = row.rows.filter(outcome=outcome, plan__in=self.run_kinds).order_by("number")
        # One more than a piece takes says whether there is another piece.
        for acted, one in enumerate(waiting[: PIECE_ROWS + 1]):
            if acted == PIECE_ROWS or (acted and time.monotonic() > end):
                return True
            try:
                with transaction.atomic():
                    act(one)
            except DomainError as problem:
                self._note(row, one.number, self.column_of.get(problem.field or "", ""), problem.message)
                self.row_model._default_manager.filter(pk=one.pk).update(outcome=refused)
        return False

    def _enqueue(self, what: str, row: Any, key: str | None = None) -> None:
        enqueue(self.jobs[what], key=key, import_pk=row.pk)

    def _note(self, row: Any, number: int, column: str, text: str) -> None:
        self._problem(row, number, column, text).save()

    def _problem(self, row: Any, number: int, column: str, text: str) -> SheetImportProblem:
        return self.problem_model(**{self.relation: row}, number=number, column=column, text=text[:500])


def who(row: Any, action: str) -> User:
    """Whoever let it be done: what it does is done in their name."""
    asked = row.events.filter(action=action).select_related("actor").last()
    assert asked is not None
    assert asked.actor is not None
    actor: User = asked.actor
    return actor


def kept_since(now: datetime) -> datetime:
    """What was uploaded by then and is not confirmed is stopped."""
    return now - timedelta(days=rules.KEPT.on(clock.local_date(now)))


def drop_table(row: Any) -> None:
    """The file that was uploaded is gone."""
    if row.table:
        uploads.remove_private(row.table)
        type(row)._default_manager.filter(pk=row.pk).update(table="")
        row.table = ""
