"""The account an invoice names, beside the one the shop has or will have."""

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken, require
from epeken.core.i18n.times import long_date, long_time
from orders.billing.models import Invoice
from umkm.identity.models import IdentityChange
from umkm.identity.states import ChangeState


def account_words(invoice: Invoice) -> str:
    """What whoever pays should know of the account; "" while it is the shop's and nobody changes it. An invoice keeps
    the account it was issued with."""
    if invoice.order.agency_id is None:
        return ""
    payee, shop = invoice.seller_party, invoice.order.seller
    old = {"end": payee.bank_account[-4:]}
    if shop.owner_since is not None and invoice.order.placed_at < shop.owner_since:
        return _(
            "Toko ini beralih pemilik pada %(day)s. Pesanan ini dibuat sebelumnya, jadi tagihannya dibayar ke "
            "rekening pemilik lama, berakhiran %(end)s."
        ) % (old | {"day": long_date(shop.owner_since)})
    if (payee.bank_name, payee.bank_account, payee.bank_holder) != (
        shop.bank_name, shop.bank_account, shop.bank_holder,
    ):  # fmt: skip
        return (
            _(
                "Rekening toko ini berubah sejak tagihan terbit. Tagihan ini menyebut rekening lama, berakhiran "
                "%(end)s: bayar ke sana, atau ganti tagihannya dahulu bila rekening itu sudah ditutup."
            )
            % old
        )
    coming = IdentityChange.objects.of_account().filter(seller=shop, state=ChangeState.APPROVED).first()
    if coming is not None and coming.in_force_at is not None:
        return _(
            "Rekening toko ini akan berubah pada %(when)s. Tagihan ini tetap dibayar ke rekening lama, berakhiran "
            "%(end)s."
        ) % (old | {"when": long_time(coming.in_force_at)})
    return ""


def check_confirmed(invoice: Invoice, *, confirmed: bool) -> None:
    """Raises RuleBroken while the account is not the shop's only one and whoever pays did not compare it."""
    words = account_words(invoice)
    require(
        confirmed or not words,
        _("%(words)s Cocokkan rekeningnya, lalu centang.") % {"words": words},
        field="account_confirmed",
        code="account_to_confirm",
    )


def check_not_held(invoice: Invoice) -> None:
    """The account a department's invoice names: `check_not_denied`. Raises: RuleBroken."""
    if invoice.order.agency_id is not None:
        check_not_denied(invoice.order.seller_id, invoice.seller_party.bank_account)


def check_not_denied(seller_id: int, account: str) -> None:
    """An account that its owner denies is not paid to. Raises: RuleBroken."""
    held = IdentityChange.objects.of_account().held().filter(seller=seller_id, applied_at__isnull=False)
    for change in held.prefetch_related("values"):
        new = {value.field: value.new for value in change.values.all()}
        if new["bank_account"] == account:
            raise RuleBroken(
                _(
                    "Pemilik toko menyangkal rekening berakhiran %(end)s. Pembayarannya ditahan sampai dinas yang "
                    "memeriksa toko memutuskannya."
                )
                % {"end": new["bank_account"][-4:]},
                code="account_held",
            )
