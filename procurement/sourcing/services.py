"""Offers compared with the goods of a draft, and goods replaced by those of another seller."""

from datetime import datetime

from django.utils.translation import gettext as _

from epeken.core.errors import require
from epeken.core.services import service
from epeken.users.models import User
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestLine
from procurement.requests.services import drafts
from umkm.catalogue.models import Product
from umkm.catalogue.policies import is_for_sale


@service
def add_comparison(*, actor: User, request: PurchaseRequest, product: Product, note: str, now: datetime) -> None:
    """Another seller's offer is kept as evidence, at today's price, with why it was not chosen.

    Raises: NotAllowed, InvalidMove, RuleBroken. Locks: PurchaseRequest.
    """
    request = drafts.locked_draft(actor, request, now)
    product = Product.objects.select_related("seller", "category").get(pk=product.pk)
    require(
        is_for_sale(product),
        _("%(name)s sedang tidak dijual, jadi tidak dapat menjadi pembanding.") % {"name": product.name},
        field="product",
        code="not_for_sale",
    )
    wanted = list(request.lines.select_related("product__category", "seller"))
    require(
        product.pk not in {line.product_id for line in wanted},
        _("Barang ini sudah ada di permintaan. Pembanding harus barang dari penjual lain."),
        field="product",
        code="is_chosen",
    )
    same = [line for line in wanted if contents.goods_of(line.product) == contents.goods_of(product)]
    require(
        same,
        _("Pembanding harus barang dari kategori dan satuan yang sama dengan yang diminta."),
        field="product",
        code="other_kind",
    )
    require(
        product.seller.owner_id not in {line.seller.owner_id for line in same},
        _("Toko ini milik pemilik yang sudah dipilih, jadi penawarannya bukan pembanding."),
        field="product",
        code="same_owner",
    )
    require(note.strip(), _("Tulis mengapa penawaran ini tidak dipilih."), field="note", code="note_missing")
    request.comparisons.update_or_create(
        product=product,
        defaults={
            "seller": product.seller,
            "name": product.name,
            "price": product.price,
            "note": note.strip()[:200],
            "created_at": now,
        },
    )


@service
def remove_comparison(*, actor: User, request: PurchaseRequest, product: Product, now: datetime) -> None:
    """The offer is no longer compared. Raises: NotAllowed, InvalidMove. Locks: PurchaseRequest."""
    request = drafts.locked_draft(actor, request, now)
    request.comparisons.filter(product=product).delete()


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
