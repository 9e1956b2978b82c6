"""Choices explained, comparison sheets kept, and goods replaced by those of another seller."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken, require
from epeken.core.numbers import next_number
from epeken.core.services import service
from epeken.users.models import User
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import drafts
from procurement.requests.states import ChoiceReason
from procurement.sourcing import reasons, sheets
from procurement.sourcing.models import SheetGoods, SheetOffer
from procurement.sourcing.sheets import Comparison
from umkm.catalogue.models import Product


@service
def explain_choice(
    *, actor: User, request: PurchaseRequest, product: Product, reason: str, note: str, now: datetime
) -> RequestLine:
    """Why this product was chosen stands at its line, for the comparison sheet. What its facts deny is refused.

    Raises: NotAllowed, InvalidMove, RuleBroken `unknown_line`, `reason_unneeded` and those of `sourcing/reasons.py`.
    Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    line = request.lines.filter(product=product, dropped_at__isnull=True).first()
    require(
        line is not None,
        _("Barang ini sudah tidak ada di permintaan. Muat ulang halaman."),
        field="product",
        code="unknown_line",
    )
    assert line is not None
    line.choice_reason = ChoiceReason(reason) if reason else ""
    line.choice_note = note.strip()[:300]
    line.save(update_fields=["choice_reason", "choice_note"])
    drawn = sheets.draw(request, contents.read(request, now), now)
    found = drawn.of(product.pk) if drawn else None
    require(
        found is not None and reasons.is_asked(*found),
        _("Pilihan ini tidak perlu alasan: tidak ada yang lebih murah, atau jumlahnya belum meminta perbandingan."),
        field="reason",
        code="reason_unneeded",
    )
    assert found is not None
    if (objection := reasons.objection(*found)) is not None:
        raise RuleBroken(objection.text, field=objection.field, code=objection.code)
    return line


@service
def keep_sheet(drawn: Comparison) -> str:
    """The sheet and all its rows are kept as they were drawn; its number is returned.

    Called by submit_request, which has the request locked. An explanation nobody needs is not kept. Locks: nothing.
    """
    sheet = drawn.sheet
    sheet.number = next_number("PB", clock.local_date(sheet.drawn_at).year)
    sheet.save()
    SheetGoods.objects.bulk_create(goods.goods for goods in drawn.goods)
    for goods, chosen in drawn.choices:
        if not goods.is_dearer(chosen):
            chosen.reason = ""
        if not reasons.is_asked(goods, chosen):
            chosen.reason_note = ""
    SheetOffer.objects.bulk_create(offer for goods in drawn.goods for offer in [*goods.chosen, *goods.others])
    return sheet.number


@service
def replace_line(*, actor: User, request: PurchaseRequest, product: Product, by: Product, now: datetime) -> RequestLine:
    """The same quantity of `by`, at today's price, instead of `product`; the note to the seller stays.

    A refusal leaves the line as it was. Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    old = request.lines.filter(product=product).first()
    require(
        old is not None,
        _("Barang ini sudah tidak ada di permintaan. Muat ulang halaman."),
        field="product",
        code="unknown_line",
    )
    assert old is not None
    held = request.lines.filter(product=by).first() if by.pk != product.pk else None
    quantity = old.quantity + (held.quantity if held else 0)
    drafts.remove_line(actor=actor, request=request, product=product, now=now)
    return drafts.put_line(actor=actor, request=request, product=by, quantity=quantity, note=old.note, now=now)
