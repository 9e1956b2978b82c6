"""An import of goods: uploaded, read in the background, confirmed by the shop, done and taken back in pieces (`loop`).

Each row goes through the services of the page for one of the goods, in the name of whoever confirmed it: what waits for
a curator there waits here too.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from epeken.core import clock, editing, idempotency
from epeken.core.errors import NotAllowed, RuleBroken
from epeken.core.files import tables, uploads
from epeken.core.ids import read_id
from epeken.core.services import service
from epeken.core.sweeps import sweep
from epeken.users.models import User
from umkm.catalogue import low_prices
from umkm.catalogue.changed import proposed_changes
from umkm.catalogue.models import Category, ChangeProposal, PriceChange, Product
from umkm.catalogue.services import photos as pictures
from umkm.catalogue.services import price_returns, products, proposals
from umkm.catalogue.states import ProductState
from umkm.imports import archives, columns, loop
from umkm.imports.archives import PhotoNames
from umkm.imports.changes import far_prices
from umkm.imports.columns import CategoryNames
from umkm.imports.loop import ImportLoop, Planned, drop_table, kept_since
from umkm.imports.models import GoodsImport, GoodsImportProblem, GoodsImportRow
from umkm.imports.planning import PlannedRow, Planner
from umkm.imports.states import ImportState, RowOutcome, RowPlan
from umkm.sellers import policies
from umkm.sellers.models import Seller
from umkm.sellers.states import SellerState
from umkm.stock.models import StockEntry
from umkm.stock.services import correct_stock, receive_stock
from umkm.variants import services as variants

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
    made = GoodsImport(seller=seller, uploaded_by=actor, sends=sends)
    keep = lambda: uploads.write_private("goods-imports", data, "tabel").name  # noqa: E731
    _LOOP.begin(made, name=str(file.name), data=data, kept=keep, now=now)
    if archive is not None:
        made.archive = uploads.store_private_archive(archive, user=actor, folder="goods-imports").name
        made.save(update_fields=["archive"])
    idempotency.settle(person=person, key=key, result=str(made.pk))
    return made


@service
def read_import(*, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """What the file would do is known; nothing is changed. A file with something to do waits for the shop's word, one
    without ends here and is in nobody's way. Locks: GoodsImport."""
    row = _locked(goods_import)
    if row.state == ImportState.READING:
        with translation.override(settings.LANGUAGE_CODE):
            _LOOP.read(row, lambda table: _planned(row, table, now), now)
    return row


def _planned(row: GoodsImport, table: tables.Table, now: datetime) -> Iterator[Planned]:
    with archives.opened(row.archive) as photos:
        planner = Planner(row.seller, photos, clock.local_date(now), sends=row.sends)
        for planned in planner.plan(table.rows):
            yield _row_of(row, planned), planned.wrong


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
    _LOOP.confirm(row, actor=actor, now=now)
    return row


def _ask_far_prices(row: GoodsImport) -> None:
    """Raises RuleBroken `price_far_below` with the first of them, where there are any."""
    far = row.rows.filter(price_is_far=True).select_related("product").order_by("number")
    shown, names, day = far[:FAR_TOLD], CategoryNames(Category.objects.select_related("parent")), clock.today()
    told = [text for one in shown for text in far_prices(one, names, day)]
    if not told:
        return
    if more := far.count() - len(shown):
        told.append(_("%(more)d harga lain juga jauh berbeda; lihat barisnya.") % {"more": more})
    raise RuleBroken(" ".join([*told, _("Periksa angkanya, lalu pastikan.")]), code=low_prices.CODE)


@service
def cancel_import(*, actor: User, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """Nothing more is done; what was done stays until it is taken back. Raises: NotAllowed, InvalidMove.
    Locks: GoodsImport."""
    row = _own(actor, goods_import)
    _LOOP.cancel(row, actor=actor, now=now)
    return row


@service
def expire_import(*, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """One that nobody confirmed within the days of the rule is stopped, and its files are gone. Any other stays as it
    is. Locks: GoodsImport."""
    row = _locked(goods_import)
    _LOOP.expire(row, GoodsImport.objects.unanswered(kept_since(now)), now)
    return row


def expire_due(*, now: datetime) -> int:
    """How many imports were stopped, each by itself."""
    return sweep(
        GoodsImport.objects.unanswered(kept_since(now)).order_by("pk"),
        lambda one: expire_import(goods_import=one, now=now),
        failure="Import %s could not be stopped",
    )


@service
def undo_import(*, actor: User, goods_import: GoodsImport, now: datetime) -> GoodsImport:
    """What the import did begins to be taken back. Raises: NotAllowed, InvalidMove. Locks: GoodsImport."""
    row = _own(actor, goods_import)
    _LOOP.begin_undo(row, actor=actor, now=now)
    return row


@service
def run_piece(*, goods_import: GoodsImport, now: datetime) -> None:
    """Some more rows are done. Locks: GoodsImport, Product."""
    row = _locked(goods_import)
    if row.state != ImportState.RUNNING:
        return
    by, names = {"actor": loop.who(row, "confirm"), "now": now}, _names()
    with translation.override(settings.LANGUAGE_CODE), archives.opened(row.archive) as photos:
        _LOOP.run(row, lambda one: _run(row, one, names, photos, by), now)


@service
def undo_piece(*, goods_import: GoodsImport, now: datetime) -> None:
    """Some more rows are taken back, or kept and the reason written. Locks: GoodsImport, Product."""
    row = _locked(goods_import)
    if row.state != ImportState.UNDOING:
        return
    by, names = {"actor": loop.who(row, "undo"), "now": now}, _names()
    with translation.override(settings.LANGUAGE_CODE):
        _LOOP.undo(row, lambda one: _undo(row, one, names, by), now)


def _names() -> CategoryNames:
    return CategoryNames(Category.objects.select_related("parent"))


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


def _own(actor: User, goods_import: GoodsImport) -> GoodsImport:
    if not policies.can_act_for(actor, goods_import.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah barangnya."))
    return _locked(goods_import)


def _locked(goods_import: GoodsImport) -> GoodsImport:
    row: GoodsImport = GoodsImport.objects.locked().select_related("seller", "uploaded_by").get(pk=goods_import.pk)
    return row


def _drop_files(row: GoodsImport) -> None:
    drop_table(row)
    if row.archive:
        uploads.remove_private(row.archive)
        GoodsImport.objects.filter(pk=row.pk).update(archive="")
        row.archive = ""


_LOOP = ImportLoop(
    relation="goods_import",
    row_model=GoodsImportRow,
    problem_model=GoodsImportProblem,
    columns=columns.COLUMNS,
    column_of=columns.COLUMN_OF,
    run_kinds=RUN_KINDS,
    jobs={"read": "umkm.read_import", "run": "umkm.run_import", "undo": "umkm.undo_import"},
    load=lambda row: uploads.read_private(row.table),
    forget=_drop_files,
    skipped=lambda: _("Dilewati, karena ini baris jumlah atau nomor, nama, kategori, dan harganya kosong: %(text)s"),
)
