"""A person keeps, changes and removes their own addresses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import editing
from epeken.core.errors import NotAllowed, require
from epeken.core.phones import read_phone
from epeken.core.services import service
from epeken.core.text import clean_line
from epeken.users.addresses.models import Address
from epeken.users.models import User

MOST = 20  # addresses of one person


@service
def add_address(*, actor: User, values: Mapping[str, Any], now: datetime) -> Address:
    """One more address; the first one is the default. `values`: label, recipient, phone, street, kelurahan.

    Raises: RuleBroken. Locks: User.
    """
    User.objects.locked(actor)
    kept = Address.objects.of(actor).count()
    require(
        kept < MOST,
        _("Buku alamat paling banyak berisi %(most)s alamat. Hapus dahulu yang tidak dipakai.") % {"most": MOST},
        code="too_many_addresses",
    )
    return Address.objects.create(user=actor, is_default=kept == 0, changed_at=now, **_checked(actor, values))


@service
def change_address(
    *, actor: User, address: Address, values: Mapping[str, Any], shown: str | None, now: datetime
) -> Address:
    """It says what was given; copies made of it before stay as they are. `shown`: what the page showed (core.editing).

    Raises: NotAllowed, RuleBroken, ChangedMeanwhile. Locks: User.
    """
    User.objects.locked(actor)
    row = _own(actor, address)
    wanted = _checked(actor, values, but=row)
    editing.check_unchanged(shown, written(row), wanted)
    for name, value in (wanted | {"changed_at": now}).items():
        setattr(row, name, value)
    row.save()
    return row


def written(address: Address) -> dict[str, Any]:
    """What the person wrote, by field."""
    kept = {name: getattr(address, name) for name in ("label", "recipient", "phone", "street")}
    return kept | {"kelurahan": address.kelurahan_id}


@service
def remove_address(*, actor: User, address: Address) -> None:
    """It is gone; when it was the default, the first of those left is. Raises: NotAllowed. Locks: User."""
    User.objects.locked(actor)
    row = _own(actor, address)
    row.delete()
    left = Address.objects.of(actor).first()
    if left is not None and not left.is_default:
        Address.objects.filter(pk=left.pk).update(is_default=True)


@service
def choose_default(*, actor: User, address: Address) -> None:
    """Checkout offers it first. Raises: NotAllowed. Locks: User."""
    User.objects.locked(actor)
    row = _own(actor, address)
    Address.objects.of(actor).update(is_default=False)
    Address.objects.filter(pk=row.pk).update(is_default=True)


@service
def forget_addresses(*, user: User) -> None:
    """A closed account needs none of its addresses. Locks: User."""
    User.objects.locked(user)
    Address.objects.of(user).delete()


def _own(actor: User, address: Address) -> Address:
    row: Address | None = Address.objects.of(actor).filter(pk=address.pk).first()
    if row is None:
        raise NotAllowed(_("Alamat ini bukan milik Anda."))
    return row


def _checked(actor: User, values: Mapping[str, Any], but: Address | None = None) -> dict[str, Any]:
    text = {name: clean_line(str(values[name])).strip() for name in ("label", "recipient", "street")}
    for name, most in (("label", 40), ("recipient", 120), ("street", 200)):
        require(text[name], _("Bagian ini belum diisi."), field=name, code="address_part_missing")
        require(len(text[name]) <= most, _("Tulisan ini terlalu panjang."), field=name, code="address_part_long")
    require(values.get("kelurahan"), _("Pilih kelurahan."), field="kelurahan", code="address_ward_missing")
    check_label(actor, text["label"], but)
    return {**text, "phone": read_phone(values["phone"]), "kelurahan": values["kelurahan"]}


def check_label(actor: User, label: str, but: Address | None = None) -> None:
    """Each address of a person has a name of its own. Raises: RuleBroken."""
    same = Address.objects.of(actor).filter(label__iexact=label)
    require(
        not (same.exclude(pk=but.pk) if but else same).exists(),
        _("Anda sudah punya alamat bernama %(label)s.") % {"label": label},
        field="label",
        code="address_label_taken",
    )
