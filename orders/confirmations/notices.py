"""Who is told what about a seller's confirmation. That one is asked is told with the BAST and the payment."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import LAST_DAY, RUPIAH, SENTENCE, TEXT
from epeken.notifications.kinds import notice
from orders.confirmations.models import SellerConfirmation
from orders.orders.models import Order
from orders.orders.notices import done, officers, sellers, tell, tell_at
from procurement.agencies.policies import inspectors
from procurement.agencies.querysets import INSPECT
from procurement.agencies.states import OfficerRole

KINDS = {
    "delivery.confirm_near": notice(
        _("%(bast)s menunggu konfirmasi Anda"),
        _(
            "Pesanan %(number)s. Konfirmasi atau tulis keberatan paling lambat %(due)s. Bila tidak, BAST menyebut Anda "
            "tidak menanggapi; pembayaran Anda tidak menunggu."
        ),
        bast=TEXT,
        number=TEXT,
        due=LAST_DAY,
    ),
    "delivery.paid_objection": notice(
        _("%(shop)s berkeberatan atas %(bast)s"),
        _(
            "Pesanan %(number)s sudah dibayar, jadi keberatannya tertulis di BAST dan tidak mengubah uangnya. Bila "
            "benar, bendahara dapat meminta pembayarannya dibatalkan. “%(note)s”"
        ),
        shop=TEXT,
        bast=TEXT,
        number=TEXT,
        note=TEXT,
    ),
    "invoice.receipt_near": notice(
        _("Sudah masuk? %(amount)s untuk pesanan %(number)s"),
        _("Nyatakan paling lambat %(due)s. Bila tidak, kuitansi menyebut Anda tidak menanggapi."),
        amount=RUPIAH,
        number=TEXT,
        due=LAST_DAY,
    ),
    "invoice.money_missing": notice(
        _("%(shop)s: %(amount)s belum masuk"),
        _(
            "Pesanan %(number)s, tagihan %(invoice)s. Bendahara memeriksanya di bank dan menjawab paling lambat "
            "%(due)s."
        ),
        shop=TEXT,
        amount=RUPIAH,
        number=TEXT,
        invoice=TEXT,
        due=LAST_DAY,
    ),
    "invoice.money_unanswered": notice(
        _("Bendahara belum menjawab: %(amount)s belum masuk ke %(shop)s"),
        _(
            "Pesanan %(number)s, tagihan %(invoice)s. Jawabannya ditunggu sampai %(due)s. Minta bendahara memeriksanya "
            "di bank, lalu menjawab penjual."
        ),
        shop=TEXT,
        amount=RUPIAH,
        number=TEXT,
        invoice=TEXT,
        due=LAST_DAY,
    ),
    "invoice.missing_passed_on": notice(
        _("Bendahara belum menjawab tentang %(amount)s"),
        _("Pesanan %(number)s. Diteruskan sendiri ke kepala dinas, lalu ke inspektorat bila tetap tidak dijawab."),
        amount=RUPIAH,
        number=TEXT,
    ),
    "invoice.missing_answered": notice(
        _("Bendahara menjawab tentang %(amount)s untuk pesanan %(number)s"),
        "%(note)s",
        amount=RUPIAH,
        number=TEXT,
        note=SENTENCE,
    ),
}


# Who is told in turn that a treasurer did not answer about money that did not come.
ASKED_IN_TURN = (OfficerRole.HEAD, INSPECT)
MISSING = ("invoice.money_missing", "invoice.money_unanswered")


def near(row: SellerConfirmation, order: Order, *, now: datetime) -> None:
    about = f"{row.pk}:{row.due_at.isoformat()}"
    people = sellers(order)
    if row.payment is not None:
        said = {"amount": row.payment.amount, "number": order.number, "due": row.due_at}
        tell(people, order, "invoice.receipt_near", now, about=about, **said)
    elif row.delivery is not None:
        bast = row.delivery.bast_number or ""
        tell(people, order, "delivery.confirm_near", now, about=about, bast=bast, number=order.number, due=row.due_at)


def confirmed(row: SellerConfirmation, order: Order, *, now: datetime) -> None:
    """Nobody is asked any more, neither the shop nor the department."""
    for kind in ("delivery.confirm_near", "delivery.paid_objection", "invoice.receipt_near", *MISSING):
        done(order, now, kind, about=row.pk)


def objected_after_payment(row: SellerConfirmation, order: Order, *, now: datetime) -> None:
    """Who received and who paid, who answers for both, and the inspectorate."""
    assert row.delivery is not None
    done(order, now, "delivery.confirm_near", about=row.pk)
    roles = (OfficerRole.RECEIVER, OfficerRole.TREASURER, OfficerRole.HEAD)
    said = {"shop": order.seller.name, "bast": row.delivery.bast_number or "", "number": order.number}
    about = f"{row.pk}:{row.changed_at.isoformat()}"
    people = dict.fromkeys([*officers(order, now, *roles), *inspectors()])
    tell(people, order, "delivery.paid_objection", now, about=about, note=row.said, **said)


def money_missing(row: SellerConfirmation, order: Order, *, now: datetime) -> None:
    """Whoever paid and whoever answers for it, and the inspectorate."""
    assert row.payment is not None
    invoice = row.payment.invoice
    people = [*officers(order, now, OfficerRole.TREASURER, OfficerRole.HEAD), *inspectors()]
    tell_at(
        reverse("orders:order-detail", args=[order.number]) + f"#tagihan-{invoice.number}",
        dict.fromkeys(people), order, "invoice.money_missing", now, f"{row.pk}:{row.changed_at.isoformat()}",
        shop=order.seller.name, amount=row.payment.amount, number=order.number, invoice=invoice.number,
        due=row.trace_due_at,
    )  # fmt: skip


def money_unanswered(row: SellerConfirmation, order: Order, *, now: datetime) -> None:
    """Whoever is next to see to it, and the first time the seller that it goes on by itself."""
    assert row.payment is not None
    invoice, turn = row.payment.invoice, ASKED_IN_TURN[row.escalations - 1]
    people = inspectors() if turn == INSPECT else officers(order, now, OfficerRole(turn))
    about = f"{row.pk}:{row.escalations}:{row.changed_at.isoformat()}"
    tell_at(
        reverse("orders:order-detail", args=[order.number]) + f"#tagihan-{invoice.number}",
        people, order, "invoice.money_unanswered", now, about,
        shop=order.seller.name, amount=row.payment.amount, number=order.number, invoice=invoice.number,
        due=row.trace_due_at,
    )  # fmt: skip
    if row.escalations == 1:
        said = {"amount": row.payment.amount, "number": order.number}
        tell(sellers(order), order, "invoice.missing_passed_on", now, about=about, **said)


def missing_answered(row: SellerConfirmation, order: Order, *, note: str, now: datetime) -> None:
    assert row.payment is not None
    for kind in MISSING:
        done(order, now, kind, about=row.pk)
    about = f"{row.pk}:{row.changed_at.isoformat()}"
    said = {"amount": row.payment.amount, "number": order.number, "note": note}
    tell(sellers(order), order, "invoice.missing_answered", now, about=about, **said)
