"""Pictures of goods. The first one is kept beside the product, so that a list needs no join."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from epeken.core import editing
from epeken.core.errors import InvalidMove, NotAllowed, RuleBroken, require
from epeken.core.files import picture_forms, uploads
from epeken.core.services import service
from epeken.users.models import User
from umkm.catalogue import listing
from umkm.catalogue.models import ChangeProposal, Product, ProductPhoto
from umkm.catalogue.services import proposals
from umkm.catalogue.states import CLOSED, ON_SHOW, ProductState
from umkm.contacts import check_contacts
from umkm.sellers import policies

MOST = 6


@service
def add_photo(*, actor: User, product: Product, file: Any, alt: str, now: datetime) -> ProductPhoto:
    """One more picture at the end. Of goods on show it waits, with a change proposal, until a curator has seen it.

    Raises: NotAllowed, RuleBroken (not a picture, too large, too small, too many, or a description that everybody would
    read at once), InvalidMove. Locks: Product.
    """
    row = _open(actor, product)
    require(file, _("Pilih satu foto."), field="photo", code="photo_missing")
    require(
        row.photos.count() < MOST,
        _("Paling banyak %(most)s foto. Hapus satu dahulu.") % {"most": MOST},
        field="photo",
        code="too_many_photos",
    )
    described = _alt(alt) or row.name
    _check_described(row, described, row.name, now)
    stored = uploads.store_public_image(
        file, user=actor, folder="products", square=True, least_side=settings.PHOTO_LEAST_SIDE
    )
    if row.photos.filter(sha256=stored.sha256).exists():
        raise RuleBroken(_("Foto ini sudah ada. Pilih foto lain."), field="photo", code="photo_twice")
    last = row.photos.order_by("-position").values_list("position", flat=True).first()
    on_show = row.state in ON_SHOW
    photo = ProductPhoto.objects.create(
        product=row,
        image=stored.large,
        small=stored.small,
        alt=described,
        position=0 if last is None else last + 1,
        sha256=stored.sha256,
        dhash=stored.dhash,
        is_waiting=on_show,
        uploaded_at=now,
    )
    if on_show and not ChangeProposal.objects.waiting().filter(product=row).exists():
        proposals.propose_change(actor=actor, product=row, values={}, now=now)
    proposals.keep_first(row)
    product.picture = row.picture
    return photo


@service
def remove_photo(*, actor: User, photo: ProductPhoto, now: datetime) -> None:
    """The picture is gone. Goods on show keep at least one.

    Raises: NotAllowed, RuleBroken, InvalidMove. Locks: Product.
    """
    row = _open(actor, photo.product)
    left = row.photos.filter(is_waiting=False).exclude(pk=photo.pk)
    require(
        photo.is_waiting or row.state in {ProductState.DRAFT, ProductState.SENT_BACK} or left.exists(),
        _("Barang yang tayang perlu paling sedikit satu foto. Tambahkan foto lain dahulu."),
        field="photo",
        code="last_photo",
    )
    row.photos.filter(pk=photo.pk).delete()
    proposals.keep_first(row)


@service
def move_photo(*, actor: User, photo: ProductPhoto, now: datetime) -> None:
    """The picture comes first, the others keep their order. Raises: NotAllowed, InvalidMove. Locks: Product."""
    row = _open(actor, photo.product)
    rest = list(row.photos.exclude(pk=photo.pk).values_list("pk", flat=True))
    for position, pk in enumerate([photo.pk, *rest]):
        row.photos.filter(pk=pk).update(position=position)
    proposals.keep_first(row)


@service
def describe_photo(*, actor: User, photo: ProductPhoto, alt: str, now: datetime, shown: str | None = None) -> None:
    """What a screen reader says for the picture. `shown`: what the page that posts showed (`core.editing`).

    Raises: NotAllowed, InvalidMove, ChangedMeanwhile, RuleBroken. Locks: Product.
    """
    row = _open(actor, photo.product)
    now_there = row.photos.filter(pk=photo.pk).values_list("alt", flat=True).first() or ""
    editing.check_unchanged(shown, {"alt": now_there}, {"alt": alt})
    described = _alt(alt) or row.name
    _check_described(row, described, f"{row.name} {now_there}", now)
    row.photos.filter(pk=photo.pk).update(alt=described)


@service
def renew_photo(*, photo: ProductPhoto) -> None:
    """A picture of before has all its forms (`core.files.picture_forms`); one that has them stays as it is.

    Raises: FileNotFoundError, RuleBroken. Locks: Product.
    """
    row: Product = Product.objects.locked().get(pk=photo.product_id)
    kept = row.photos.filter(pk=photo.pk).first()
    if kept is None or picture_forms.forms_of(kept.image):
        return
    made = uploads.renew_public_image(kept.image, square=True)
    row.photos.filter(pk=kept.pk).update(image=made.large, small=made.small)
    proposals.keep_first(row)


def _open(actor: User, product: Product) -> Product:
    if not policies.can_act_for(actor, product.seller):
        raise NotAllowed(_("Hanya pengurus toko ini yang dapat mengubah fotonya."))
    row: Product = Product.objects.locked().select_related("seller", "category").get(pk=product.pk)
    if row.state in CLOSED:
        raise InvalidMove(_("Foto tidak bisa diubah selama barang diperiksa kurator."))
    return row


def _check_described(row: Product, alt: str, shown: str, now: datetime) -> None:
    """No curator reads it before buyers do. `shown`: what stands there or in the name already. Raises: RuleBroken."""
    check_contacts(alt, shown=shown, field="alt")
    if alt != _alt(row.name):  # the name itself is judged where it is written
        listing.check_words(alt, now=now, field="alt")


def _alt(alt: str) -> str:
    return " ".join(alt.split())[:160]
