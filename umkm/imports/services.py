"""An import of goods: uploaded, read in the background, confirmed by the shop, done and taken back in pieces.

Each row goes through the services of the page for one of the goods, in the name of whoever confirmed it: what waits for
a curator there waits here too. A piece is one transaction with the marks of its rows, so a worker that is killed leaves
a piece done or not begun.
"""

import time
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, editing, idempotency
from epeken.core.errors import DomainError, NotAllowed, RuleBroken
from epeken.core.files import tables, uploads
from epeken.core.ids import read_id
from epeken.core.jobs import enqueue
from epeken.core.services import service
from epeken.core.states import begin, move
from epeken.core.sweeps import sweep
from epeken.core.text import clean_line
from epeken.users.models import User
from umkm.catalogue import low_prices
from umkm.catalogue.changed import proposed_changes
from umkm.catalogue.models import Category, ChangeProposal, PriceChange, Product
from umkm.catalogue.services import photos as pictures
from umkm.catalogue.services import price_returns, products, proposals
from umkm.catalogue.states import ProductState
from umkm.imports import archives, columns, rules
from umkm.imports.archives import PhotoNames
from umkm.imports.changes import price_of
from umkm.imports.columns import CategoryNames
from umkm.imports.models import GoodsImport, GoodsImportProblem, GoodsImportRow
from umkm.imports.planning import PlannedRow, Planner
from umkm.imports.states import ImportState, RowOutcome, RowPlan
from umkm.sellers import policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.stock.models import StockEntry
from umkm.stock.services import correct_stock, receive_stock
from umkm.variants import services as variants

PIECE_SECONDS = 2.0  # a piece keeps its goods locked, and whoever cancels waits for it
PIECE_ROWS = 200
BATCH = 500
FAR_TOLD = 5  # of prices far from today's, before all that are asked about
RUN_KINDS = (RowPlan.CREATE, RowPlan.CHANGE)


@service
def upload_import(
    *, actor: User, seller: Seller, file: Any, archive: Any, sends: bool, key: str, now: datetime
) -> GoodsImport:
    """The files are kept and will be read in the background. The same key gives the same import.

    Raises: NotAllowed, RuleBroken (`import_open` while another of the shop is not finished), KeyReused. Locks: nothing.
    """
    if not policies.can_act_for(actor, seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    if seller.state in (SellerState.REJECTED, SellerState.FROZEN):
        raise RuleBroken(
            _("Toko ini sedang tidak boleh menambah barang. Lihat keterangan di halaman toko Anda."),
            code="seller_not_active",
        )
    data = file.read(tables.MOST_BYTES + 1)
    person = f"user:{actor.pk}"
    body = {"seller": seller.pk, "table": sha256(data).hexdigest(), "sends": sends, "zip": archive and archive.size}
    if earlier := idempotency.claim(person=person, key=key, body=body):
        return GoodsImport.objects.get(pk=int(earlier))
    tables.check_size(data)
    made = GoodsImport(
        seller=seller, uploaded_by=actor, uploaded_at=now, sends=sends,
        file_name=clean_line(str(file.name))[-120:] or "-",
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise RuleBroken(
            _("Masih ada impor yang belum selesai. Jalankan atau batalkan dahulu, lalu unggah lagi."),
            code="import_open",
        ) from None
    begin(made, actor=actor, now=now)
    made.table = uploads.write_private("goods-imports", data, "tabel").name
    if archive is not None:
        made.archive = uploads.store_private_archive(archive, user=actor, folder="goods-imports").name
    made.save(update_fields=["table", "archive"])
    enqueue("umkm.read_import", key=f"umkm.read_import:{made.pk}", import_pk=made.pk)
    idempotency.settle(person=person, key=key, result=str(made.pk))
    return made


@service
def read_import(*, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """What the file would do is known; nothing is changed. A file with something to do waits for the shop's word, one
    without ends here and is in nobody's way. Locks: GoodsImport."""
    row = _locked(goods_import)
    if row.state != ImportState.READING:
        return row
    with translation.override(settings.LANGUAGE_CODE):
        try:
            table = tables.read_table(uploads.read_private(row.table), columns.COLUMNS)
            with archives.opened(row.archive) as photos:
                planner = Planner(row.seller, photos, clock.local_date(now), sends=row.sends)
                _keep_plan(row, planner, table)
        except RuleBroken as problem:
            return _refuse(row, problem.message, now)
    if not row.rows.filter(plan__in=RUN_KINDS).exists():
        move(row, "find_nothing", actor=None, now=now, read_at=now, ended_at=now)
        _drop_files(row)
        return row
    move(row, "check", actor=None, now=now, read_at=now)
    _drop_table(row)
    return row


def _refuse(row: GoodsImport, said: str, now: datetime) -> GoodsImport:
    GoodsImportProblem.objects.create(goods_import=row, number=0, text=said)
    move(row, "refuse", actor=None, now=now, read_at=now)
    _drop_files(row)
    return row


def _keep_plan(row: GoodsImport, planner: Planner, table: tables.Table) -> None:
    if not table.rows:
        raise RuleBroken(_("Tidak ada satu baris pun di bawah judul kolom."), code="table_empty")
    rows: list[GoodsImportRow] = []
    why = _("Dilewati, karena ini baris jumlah atau nomor, nama, kategori, dan harganya kosong: %(text)s")
    problems = [
        GoodsImportProblem(goods_import=row, number=number, text=why % {"text": text})
        for number, text in table.skipped[:BATCH]
    ]
    for planned in planner.plan(table.rows):
        rows.append(_row_of(row, planned))
        problems += [
            GoodsImportProblem(goods_import=row, number=planned.row.number, column=column, text=text[:500])
            for column, text in planned.wrong.items()
        ]
        if len(rows) >= BATCH:
            GoodsImportRow.objects.bulk_create(rows)
            GoodsImportProblem.objects.bulk_create(problems)
            rows, problems = [], []
    GoodsImportRow.objects.bulk_create(rows)
    GoodsImportProblem.objects.bulk_create(problems)


def _row_of(row: GoodsImport, planned: PlannedRow) -> GoodsImportRow:
    product = planned.product
    return GoodsImportRow(
        goods_import=row,
        number=planned.row.number,
        cells=[planned.row.cells[name] for name in columns.NAMES],
        plan=planned.plan,
        product=product,
        before=planned.before,
        price_is_far=planned.price_is_far,
        shown=_digest(product) if product and planned.plan == RowPlan.CHANGE else "",
    )


@service
def confirm_import(*, actor: User, goods_import: GoodsImport, now: datetime, is_sure: bool = False) -> GoodsImport:
    """What the page showed begins, without the rows it refuses. `is_sure`: whoever runs it was told of prices far from
    today's, and means them. Raises: NotAllowed, RuleBroken `price_far_below`, InvalidMove. Locks: GoodsImport."""
    row = _own(actor, goods_import)
    row.machine.after(row.state, "confirm")
    if not is_sure:
        _ask_far_prices(row)
    move(row, "confirm", actor=actor, now=now, confirmed_at=now)
    enqueue("umkm.run_import", import_pk=row.pk)
    return row


def _ask_far_prices(row: GoodsImport) -> None:
    """Raises RuleBroken `price_far_below` with the first of them, where there are any."""
    far = row.rows.filter(price_is_far=True).select_related("product").order_by("number")
    told = [low_prices.words_of(price_of(one)) for one in far[:FAR_TOLD]]
    if not told:
        return
    if more := far.count() - len(told):
        told.append(_("%(more)d harga lain juga jauh berbeda; lihat barisnya.") % {"more": more})
    raise RuleBroken(" ".join([*told, _("Periksa angkanya, lalu pastikan.")]), code=low_prices.CODE)


@service
def cancel_import(*, actor: User, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """Nothing more is done; what was done stays until it is taken back. Raises: NotAllowed, InvalidMove.
    Locks: GoodsImport."""
    row = _own(actor, goods_import)
    move(row, "cancel", actor=actor, now=now, ended_at=now)
    _drop_files(row)
    return row


@service
def expire_import(*, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """One that nobody confirmed within the days of the rule is stopped, and its files are gone. Any other stays as it
    is. Locks: GoodsImport."""
    row = _locked(goods_import)
    if GoodsImport.objects.unanswered(_kept_since(now)).filter(pk=row.pk).exists():
        move(row, "expire", actor=None, now=now, ended_at=now)
        with translation.override(settings.LANGUAGE_CODE):
            said = _("Dihentikan karena terlalu lama tidak dijalankan. Unggah lagi bila masih perlu.")
        GoodsImportProblem.objects.create(goods_import=row, number=0, text=said)
        _drop_files(row)
    return row


def expire_due(*, now: datetime) -> int:
    """How many imports were stopped, each by itself."""
    return sweep(
        GoodsImport.objects.unanswered(_kept_since(now)).order_by("pk"),
        lambda one: expire_import(goods_import=one, now=now),
        failure="Import %s could not be stopped",
    )


def _kept_since(now: datetime) -> datetime:
    return now - timedelta(days=rules.KEPT.on(clock.local_date(now)))


@service
def undo_import(*, actor: User, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """What the import did begins to be taken back. Raises: NotAllowed, InvalidMove. Locks: GoodsImport."""
    row = _own(actor, goods_import)
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
    enqueue("umkm.undo_import", import_pk=row.pk)
    return row


@service
def run_piece(*, goods_import: GoodsImport, now: datetime) -> None:
    """Some more rows are done. Locks: GoodsImport, Product."""
    row = _locked(goods_import)
    if row.state != ImportState.RUNNING:
        return
    by = {"actor": _who(row, "confirm"), "now": now}
    with translation.override(settings.LANGUAGE_CODE), archives.opened(row.archive) as photos:
        act = lambda one, names: _run(row, one, names, photos, by)  # noqa: E731
        more = _piece(row, RowOutcome.WAITING, act, RowOutcome.REFUSED)
    if more:
        enqueue("umkm.run_import", import_pk=row.pk)
        return
    move(row, "finish", actor=None, now=now, ended_at=now)
    _drop_files(row)


@service
def undo_piece(*, goods_import: GoodsImport, now: datetime) -> None:
    """Some more rows are taken back, or kept and the reason written. Locks: GoodsImport, Product."""
    row = _locked(goods_import)
    if row.state != ImportState.UNDOING:
        return
    by = {"actor": _who(row, "undo"), "now": now}
    with translation.override(settings.LANGUAGE_CODE):
        more = _piece(row, RowOutcome.DONE, lambda one, names: _undo(row, one, names, by), RowOutcome.KEPT)
    if more:
        enqueue("umkm.undo_import", import_pk=row.pk)
        return
    move(row, "finish_undo", actor=None, now=now, undone_at=now)


def _piece(row: GoodsImport, outcome: RowOutcome, act: Any, refused: RowOutcome) -> bool:
    """Acts on the next rows of that outcome; whether some are left."""
    end = time.monotonic() + PIECE_SECONDS
    waiting = row.rows.filter(outcome=outcome, plan__in=RUN_KINDS).order_by("number")
    names = CategoryNames(Category.objects.select_related("parent"))
    # One more than a piece takes says whether there is another piece.
    for acted, one in enumerate(waiting[: PIECE_ROWS + 1]):
        if acted == PIECE_ROWS or (acted and time.monotonic() > end):
            return True
        try:
            with transaction.atomic():
                act(one, names)
        except DomainError as problem:
            column = columns.COLUMN_OF.get(problem.field or "", "")
            GoodsImportProblem.objects.create(
                goods_import=row, number=one.number, column=column, text=problem.message[:500]
            )
            GoodsImportRow.objects.filter(pk=one.pk).update(outcome=refused)
    return False


def _run(
    row: GoodsImport, one: GoodsImportRow, names: CategoryNames, photos: PhotoNames | None, by: dict[str, Any]
) -> None:
    """Raises DomainError, with nothing done."""
    read = columns.read_row(columns.by_name(one.cells), names)
    if one.plan == RowPlan.CREATE:
        values = {name: value for name, value in read.values.items() if name not in columns.OPTIONS}
        product = products.create_product(**by, seller=row.seller, values={**values, "stock": read.added})
        if number := columns.by_name(one.cells)[columns.VARIANT_OF]:
            _join(product, number, read, by)
        before: list[str] = []
    else:
        product = Product.objects.select_related("seller", "category").get(pk=one.product_id)
        before = columns.written(product, names)
        product = products.save_product(
            **by, product=product, values=read.values, shown=one.shown, is_sure=one.price_is_far
        )
        if read.added:
            receive_stock(**by, product=product, quantity=read.added, reference="")
    for name in read.photos:
        assert photos is not None
        pictures.add_photo(**by, product=product, file=photos.open(name), alt="")
    is_draft = product.state in (ProductState.DRAFT, ProductState.SENT_BACK)
    if row.sends and is_draft and row.seller.state == SellerState.ACTIVE and product.photos.exists():
        product = products.submit_product(**by, product=product)
    one.product, one.before, one.after = product, before, _digest(Product.objects.get(pk=product.pk))
    one.outcome, one.done_at = RowOutcome.DONE, by["now"]
    one.save(update_fields=["product", "before", "after", "outcome", "done_at"])


def _undo(row: GoodsImport, one: GoodsImportRow, names: CategoryNames, by: dict[str, Any]) -> None:
    """Raises DomainError, with nothing done: the goods are kept."""
    product = Product.objects.locked().select_related("seller", "category").get(pk=one.product_id)
    _check_untouched(product, one)
    if one.plan == RowPlan.CREATE:
        products.withdraw_product(**by, product=product)
    else:
        for proposal in ChangeProposal.objects.waiting().filter(product=product, created_at__exact=one.done_at):
            proposals.withdraw_proposal(**by, proposal=proposal)
        old = columns.read_row(columns.by_name(one.before), names).values
        old = columns.CAN_BE_EMPTIED | old
        assert one.done_at is not None
        sunk = PriceChange.objects.filter(product=product, at=one.done_at).last()
        if sunk is not None:
            price_returns.return_price(**by, product=product, change=sunk)
        saved = products.save_product(**by, product=product, values=old, is_sure=True)
        added = columns.read_row(columns.by_name(one.cells), names).added or Decimal(0)
        if added:
            counted = product.on_hand + product.held - added
            correct_stock(**by, product=product, counted=counted, reason=row.file_name)
        if saved.waiting_proposal is not None:
            _tell_waiting(row, one, saved, saved.waiting_proposal)
            return
    one.outcome = RowOutcome.UNDONE
    one.save(update_fields=["outcome"])


def _join(product: Product, number: str, read: columns.ReadRow, by: dict[str, Any]) -> None:
    """New goods become a variant of the group of the goods with this number. Raises DomainError."""
    base = Product.objects.filter(seller=product.seller, pk=read_id(number)).select_related("group").first()
    text = _("Barang bernomor %(text)s belum punya varian di toko ini. Tambahkan varian pertama di halamannya.")
    if base is None or base.group is None:
        raise RuleBroken(text % {"text": number[:20]}, code="not_a_variant")
    options = (str(read.values.get("option_1", "")), str(read.values.get("option_2", "")))
    variants.join_group(**by, product=product, group=base.group, values=options)


def _tell_waiting(row: GoodsImport, one: GoodsImportRow, product: Product, proposal: ChangeProposal) -> None:
    """What of the goods is not yet as before, and what buyers see until then."""
    waiting = [
        _("%(label)s %(new)s menunggu kurator, sampai itu %(old)s.")
        % {"label": change["label"], "new": change["new"][:60], "old": change["old"][:60]}
        for change in proposed_changes(proposal, product)
    ]
    waiting.append(_("Sembunyikan barangnya bila sementara itu tidak boleh dipesan begitu."))
    GoodsImportProblem.objects.create(goods_import=row, number=one.number, text=" ".join(waiting)[:500])
    one.outcome = RowOutcome.PARTLY
    one.save(update_fields=["outcome"])


def _check_untouched(product: Product, one: GoodsImportRow) -> None:
    """Raises RuleBroken when somebody ordered or changed the goods since the row was done."""
    since = one.done_at
    assert since is not None
    if StockEntry.objects.filter(product=product, at__gt=since).exists() or product.capacity_days.exists():
        raise RuleBroken(_("Sudah dipesan, atau stoknya berubah sejak impor."), code="goods_ordered")
    touched = (
        _digest(product) != one.after
        or product.events.filter(at__gt=since).exists()
        or PriceChange.objects.filter(product=product, at__gt=since).exists()
        or product.photos.filter(uploaded_at__gt=since).exists()
        or product.proposals.filter(created_at__gt=since).exists()
        or product.proposals.filter(created_at=since, decided_at__isnull=False).exists()
    )
    if touched:
        raise RuleBroken(_("Sudah diubah, atau diputuskan kurator, sejak impor."), code="goods_changed")


def _digest(product: Product) -> str:
    return editing.shown_of(products.current_values(product))


def _who(row: GoodsImport, action: str) -> User:
    """Whoever let it be done: what it does is done in their name."""
    asked = row.events.filter(action=action).select_related("actor").last()
    assert asked is not None
    assert asked.actor is not None
    return asked.actor


def _own(actor: User, goods_import: GoodsImport) -> GoodsImport:
    if not policies.can_act_for(actor, goods_import.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    return _locked(goods_import)


def _locked(goods_import: GoodsImport) -> GoodsImport:
    row: GoodsImport = GoodsImport.objects.locked().select_related("seller", "uploaded_by").get(pk=goods_import.pk)
    return row


def _drop_table(row: GoodsImport) -> None:
    if row.table:
        uploads.remove_private(row.table)
        GoodsImport.objects.filter(pk=row.pk).update(table="")
        row.table = ""


def _drop_files(row: GoodsImport) -> None:
    _drop_table(row)
    if row.archive:
        uploads.remove_private(row.archive)
        GoodsImport.objects.filter(pk=row.pk).update(archive="")
        row.archive = ""
