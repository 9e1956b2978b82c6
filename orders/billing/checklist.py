"""What a treasurer checks before an invoice is called complete. Pure over loaded facts; `facts_of` loads them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import rupiah
from epeken.core.money import share
from epeken.core.quantity import grouped
from epeken.users.models import User
from orders.billing import nearby, policies, taxes
from orders.billing import payee as payees
from orders.billing.models import Invoice, InvoiceSeller
from orders.billing.states import ChecklistItem
from orders.deliveries.models import DeliveryLine
from orders.documents.completeness import Lack
from orders.documents.states import AttachmentKind
from orders.orders.models import Order
from orders.tax_invoices import policies as tax_invoices
from procurement.agencies.policies import holders
from procurement.agencies.states import OfficerRole
from umkm.catalogue.states import Unit
from umkm.sellers.policies import tied_people


@dataclass(frozen=True)
class InvoiceFacts:
    bast: str  # its number; "" without one
    signed_by: str  # "" where the system issued it, since nobody signed in time
    is_inspected: bool  # False: silence accepted the goods, or a decision
    is_overruled: bool  # called missing, and decided to have come
    is_quantity_right: bool
    goods_total: int
    at_price: int  # what was accepted, at the prices of the surat pesanan
    withheld: int
    tax_lines: int  # what the tax lines in force add up to
    adds_up: bool  # gross = withheld + net
    bank: str  # "" where bank, number or holder are missing
    is_ppn_collected: bool
    approver: OfficerRole
    has_approver: bool
    # Required papers that are missing (`orders/documents/completeness.py`); without any the treasurer says that those
    # that are there are right (ChecklistItem.PAPERS).
    missing_papers: tuple[str, ...] = ()
    quantities: str = ""  # accepted of sent, line by line
    tax_invoice: str = ""  # its number and day
    is_tax_invoice_waived: bool = False
    counted_as_split: bool | None = None  # as the treasurer decided
    unanswered: str = ""  # the purchases beside it of which nobody decided; "" where no tax depends on it


@dataclass(frozen=True)
class CheckLine:
    """`is_true`: as the facts say; None: the treasurer says. `detail` shows the figures; `way_out` where it is
    false."""

    item: ChecklistItem
    is_true: bool | None
    detail: str = ""
    way_out: str = ""


def lines_of(facts: InvoiceFacts) -> list[CheckLine]:
    """In the order in which a treasurer goes through a file."""
    replaced = _("Ganti tagihannya bila penjual sudah memperbaiki datanya.")
    found = [
        CheckLine(
            ChecklistItem.BAST, bool(facts.bast), f"{facts.bast}, {_grounds(facts)}",
            _("Tunggu BAST terbit."),
        ),
        CheckLine(
            ChecklistItem.QUANTITY, facts.is_quantity_right, facts.quantities,
            _("Laporkan ke admin kota: jumlah yang diterima melebihi yang dikirim atau dipesan."),
        ),
        CheckLine(
            ChecklistItem.PRICE, facts.goods_total == facts.at_price,
            _("%(bill)s di tagihan, %(order)s untuk yang diterima menurut harga surat pesanan")
            % {"bill": rupiah(facts.goods_total), "order": rupiah(facts.at_price)},
            _("Ganti tagihannya."),
        ),
        CheckLine(
            ChecklistItem.TAX, facts.tax_lines == facts.withheld and facts.adds_up,
            _("%(lines)s menurut rincian, %(withheld)s dipotong")
            % {"lines": rupiah(facts.tax_lines), "withheld": rupiah(facts.withheld)},
            _("Ganti tagihannya."),
        ),
        *_split(facts),
        CheckLine(
            ChecklistItem.BANK, bool(facts.bank), facts.bank,
            _("Tahan tagihan ini supaya penjual melengkapi rekeningnya.") + " " + replaced,
        ),
        CheckLine(
            ChecklistItem.APPROVER, facts.has_approver, str(facts.approver.label),
            _(
                "Harus orang lain dari pemesan, penerima barang, dan bendahara, dan bukan pengurus toko penjualnya. "
                "Minta admin kota menunjuknya, atau catat penggantinya."
            ),
        ),
    ]  # fmt: skip
    if facts.is_ppn_collected and not facts.is_tax_invoice_waived:
        found.append(CheckLine(ChecklistItem.TAX_INVOICE, None, facts.tax_invoice))
    is_missing = bool(facts.missing_papers)
    found.append(
        CheckLine(
            ChecklistItem.PAPERS, False if is_missing else None, ", ".join(facts.missing_papers),
            _("Unggah berkas yang belum ada."),
        )
    )  # fmt: skip
    return found


def _split(facts: InvoiceFacts) -> list[CheckLine]:
    if facts.unanswered:
        way_out = _("Nilainya %(found)s. Putuskan dulu dasar pajaknya.") % {"found": facts.unanswered}
        return [CheckLine(ChecklistItem.SPLIT, False, facts.unanswered, way_out)]
    if facts.counted_as_split is None:
        return []
    said = _("dihitung satu pembelian") if facts.counted_as_split else _("berdiri sendiri")
    return [CheckLine(ChecklistItem.SPLIT, True, said)]


def _grounds(facts: InvoiceFacts) -> str:
    """On what the handover rests, as its BAST says (`orders/documents/layout/delivery.py`)."""
    if facts.signed_by:
        return _("ditandatangani %(name)s") % {"name": facts.signed_by}
    if facts.is_overruled:
        return _("dicatat tidak datang, diputus diterima")
    return _("diperiksa, BAST tanpa tanda tangan") if facts.is_inspected else _("dianggap diterima, tidak diperiksa")


def check(lines: Collection[CheckLine], ticked: Collection[str]) -> None:
    """Refuses an invoice of which a fact is false, or of which the treasurer has not said all they must. Raises:
    RuleBroken."""
    for line in lines:
        if line.is_true is False:
            raise RuleBroken(
                _("Tagihan ini belum dapat dinyatakan lengkap. Yang belum terpenuhi: %(item)s. %(way_out)s")
                % {"item": line.item.label, "way_out": line.way_out},
                code="check_failed",
            )
    left = [str(line.item.label) for line in lines if line.is_true is None and line.item not in ticked]
    if left:
        is_only = sum(line.is_true is None for line in lines) == 1  # its words stand right below
        said = _("Centang sesudah Anda periksa.") if is_only else _("Belum dicentang: %(items)s.")
        raise RuleBroken(
            said % {"items": ", ".join(left)},
            field="ticked",
            code="check_left",
        )


def facts_of(
    order: Order, invoice: Invoice, lacks: Collection[Lack], now: datetime, near: nearby.NearbyPurchases | None
) -> InvoiceFacts:
    """What the rows say about an invoice of the department's order; `lacks` of `completeness.lacks_of`, `near` of
    `nearby.of_invoice`."""
    assert order.agency_id is not None
    delivery, day = invoice.delivery, clock.local_date(now)
    lines = list(delivery.lines.select_related("order_line").order_by("pk"))
    in_force = taxes.in_force(invoice.tax_lines.select_related("rule"))
    signed = delivery.events.filter(action="accept").exclude(acted_as="").order_by("-sequence").first()
    payee, beside = invoice.seller_party, near if nearby.is_unsaid(invoice) else None
    named = payee.bank_name and payee.bank_account and payee.bank_holder
    return InvoiceFacts(
        bast=delivery.bast_number or "",
        signed_by=signed.actor_name if signed is not None else "",
        is_inspected=delivery.inspected_at is not None,
        is_overruled=delivery.arrived_at is None,
        is_quantity_right=all(
            line.accepted is not None and line.kept <= line.sent <= line.order_line.quantity for line in lines
        ),
        goods_total=invoice.goods_total,
        at_price=_at_price(order, lines),
        withheld=invoice.withheld,
        tax_lines=sum(line.amount for line in in_force),
        adds_up=invoice.gross == invoice.withheld + invoice.net,
        bank=" · ".join(filter(None, [_account(payee), payees.account_words(invoice)])) if named else "",
        is_ppn_collected=taxes.is_ppn_collected(in_force),
        approver=policies.approver_role(day),
        has_approver=bool(approvers_of(order, now)),
        missing_papers=tuple(lack.name for lack in lacks),
        quantities="; ".join(_counted(line) for line in lines),
        tax_invoice=tax_invoices.words(invoice),
        is_tax_invoice_waived=order.waivers.filter(kind=AttachmentKind.TAX_INVOICE).exists()
        and tax_invoices.of_invoice(invoice) is None,
        counted_as_split=delivery.counted_as_split,
        unanswered=beside.words if beside is not None else "",
    )


def _counted(line: DeliveryLine) -> str:
    said = (
        _("%(name)s: %(good)s diterima baik dari %(sent)s dikirim")
        if line.delivery.inspected_at
        else _("%(name)s: %(good)s dianggap diterima dari %(sent)s dikirim")
    )
    unit = Unit(line.order_line.unit)
    good, sent = grouped(line.accepted or Decimal(0)), unit.counted(line.sent)
    told = said % {"name": line.order_line.name, "good": good, "sent": sent}
    if line.decided:
        told = _("%(told)s, %(decided)s diputus diterima") % {"told": told, "decided": grouped(line.decided)}
    if line.rejected_since:
        told = _("%(told)s, %(rejected)s diputus ditolak") % {"told": told, "rejected": grouped(line.rejected_since)}
    return told


def _account(payee: InvoiceSeller) -> str:
    """Enough to compare with the invoice in hand; the whole number is printed there and nowhere else."""
    return _("%(bank)s, nomor berakhiran %(end)s, %(holder)s") % {
        "bank": payee.bank_name, "end": payee.bank_account[-4:], "holder": payee.bank_holder,
    }  # fmt: skip


def _at_price(order: Order, lines: Collection[DeliveryLine]) -> int:
    """What was accepted of a delivery at the prices of the order. Parts of a line are rounded together, so what is
    wrong with a line shows in the sum of all its deliveries."""
    whole: dict[int, tuple[Decimal, int]] = {}
    accepted = DeliveryLine.objects.filter(delivery__order=order, amount__isnull=False)
    for one in accepted:
        before = whole.get(one.order_line_id, (Decimal(0), 0))
        whole[one.order_line_id] = (before[0] + one.invoiced, before[1] + one.billed)
    total = 0
    for line in lines:
        quantity, amounts = whole.get(line.order_line_id, (Decimal(0), 0))
        total += line.billed + share(line.order_line.price, quantity) - amounts
    return total


def approvers_of(order: Order, now: datetime) -> list[User]:
    """Who may approve the payments of the department's order on the day."""
    assert order.agency_id is not None
    day = clock.local_date(now)
    people = holders(order.agency_id, policies.approver_role(day), day)
    people = [person for person in people if policies.other_side_of_approver(person, order) is None]
    tied = tied_people(people, [order.seller]) if people else set()
    return [person for person in people if person.pk not in tied]
