"""Invoice, kuitansi, tax sheet and payment."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count, Sum

from epeken.core import clock
from epeken.core.files.uploads import read_private
from epeken.core.i18n.times import full_date, long_time
from epeken.core.i18n.words import rupiah
from epeken.core.models import Event
from epeken.core.quantity import plain
from orders.billing import charges, policies, taxes
from orders.billing import rules as billing_rules
from orders.billing.models import Invoice, Payment, TaxLine
from orders.billing.states import PaymentMethod
from orders.compensations.models import CompensationPayment
from orders.deliveries.models import Delivery
from orders.documents import schedule
from orders.documents.bundle import usable_pages
from orders.documents.layout import confirming, facts, tax_papers
from orders.documents.layout.facts import Paper, Sums
from orders.documents.models import Document
from orders.documents.schedule import Trail
from orders.orders.models import Order, counted_goods
from orders.reversals.states import ReversalReason

# Of a kuitansi nobody has approved the payment of.
NOT_APPROVED = "Belum berlaku: pembayarannya belum disetujui."
# Whether who runs the marketplace collects the taxes.
COLLECTED_BY = {
    True: "Pajak di lembar ini dipungut dan disetor penyelenggara pasar, bukan bendahara.",
    False: "Bendahara menyetor pajak yang dipotong dan memberi bukti potong kepada penjual.",
}
NOTHING_PAID = "Seluruhnya dipotong menurut hasil keluhan: tidak ada yang dibayar."
TREATMENT = {
    True: "dibayar penuh tanpa potongan pajak",
    False: "dipotong pajak menurut lembar pajak",
}


def invoice(trail: Trail, document: Document) -> Paper:
    order, invoice = trail.order, _invoice(trail)
    gross, withheld, net = _amounts(invoice)
    seller, buyer = invoice.seller_party, order.buyer_party
    paper = facts.base(document, title="Tagihan", numbers=[f"Nomor {invoice.number}"], head=facts.shop_head(seller))
    paper.data |= {
        "to": {"name": f"Bendahara Pengeluaran {buyer.name}", "lines": facts.agency_head(buyer)["lines"]},
        "facts-side": [
            ("Tanggal", _day(invoice)),
            ("Surat pesanan", order.number),
            ("BAST", _delivery(trail).bast_number or "–"),
            *([("Bayar paling lambat", full_date(clock.last_day(invoice.due_at)))] if gross and invoice.due_at else []),
        ],
        "lines": facts.invoiced_lines(_delivery(trail).lines.all()),
        "accepted": facts.invoiced_head(_delivery(trail)),
        "sums": [
            *_gross_sums(invoice),
            *_deductions(invoice),
            *([("Dibayarkan ke penjual", rupiah(net), True)] if withheld else []),
        ],
        "words": facts.words(gross),
        "bank": [
            ("Bank", seller.bank_name or "–"),
            ("Nomor rekening", seller.bank_account or "–"),
            ("Atas nama", seller.bank_holder or "–"),
        ]
        if gross
        else [],
        "remark": f"Tagihan ini {TREATMENT[withheld == 0]}.{_decided(trail)}" if gross else NOTHING_PAID,
        "signs": [
            # Nobody of the shop did anything: it follows from the BAST.
            facts.sign(
                "Penyedia",
                seller.owner_name,
                head=facts.place_and_date(invoice.issued_at),
                note=f"Terbit otomatis dari BAST{' dan keputusan keluhan' if _decided(trail) else ''}",
            ),
        ],
    }
    paper.amount = gross
    return paper


def kuitansi(trail: Trail, document: Document) -> Paper:
    order, invoice, delivery = trail.order, _invoice(trail), _delivery(trail)
    gross, withheld, net = _amounts(invoice)
    buyer, request = order.buyer_party, order.request
    if request is None:
        raise ValueError("Only a department's order has this kuitansi.")
    payers = facts.charged(order, charges.of_invoice(invoice, delivery.lines.all(), trail.as_of))
    limit = billing_rules.EMETERAI_ABOVE.on(clock.local_date(invoice.issued_at))
    stamp = gross > limit
    goods = _paid_for(delivery, invoice)
    paper = facts.base(
        document,
        title="Kuitansi",
        numbers=facts.numbers(trail.kuitansi_number, trail.kuitansi_office_number),
        head=facts.agency_head(buyer),
    )
    approved = trail.act(invoice, "approve")
    paid, taken = trail.act(invoice, "pay"), trail.act(delivery, "accept")
    paper.data |= {
        "from": f"Bendahara Pengeluaran {buyer.name}, {settings.CITY.government}",
        "words": facts.words(gross),
        "purpose": f"{goods}, untuk “{order.title}”, menurut surat pesanan {order.number} tanggal "
        f"{full_date(order.placed_at)} dan berita acara {delivery.bast_number}"
        + (" serta keputusan keluhan" if _decided(trail) else "")
        + (f", sesudah potongan {rupiah(invoice.deduction)} menurut keputusan keluhan" if invoice.deduction else ""),
        "activity": "; ".join(dict.fromkeys(f"{one.line.activity_code} {one.line.activity_name}" for one in payers))
        or "–",
        "year": ", ".join(dict.fromkeys(str(one.line.year) for one in payers)) or "–",
        "account": "; ".join(
            f"{one.line.account_id} {one.line.account.name}" + (f" {rupiah(one.amount)}" if len(payers) > 1 else "")
            for one in payers
        )
        or "–",
        "amount": rupiah(gross),
        "deductions": [("Jumlah kotor", rupiah(gross))] if withheld else [],
        "sums": [*_deductions(invoice), ("Jumlah bersih untuk penyedia", rupiah(net), True)] if withheld else [],
        "signs-top": [
            facts.sign(
                f"Setuju dibayar, {_approver(approved, invoice)}",
                approved.actor_name if approved else "",
                nip=approved.actor_nip if approved else "",
                note=f"Disetujui secara elektronik {long_time(approved.at)}" if approved else "",
            ),
            confirming.receipt_block(trail, stamp=stamp),
        ],
        "signs": [
            facts.signed(
                f"Lunas dibayar, {facts.acting(paid, 'Bendahara')}",
                paid,
                "Dicatat lunas",
                head=facts.place_and_date(paid.at) if paid else "",
            ),
            facts.signed(f"Barang sudah diterima, {facts.acting(taken, 'Penerima')}", taken, "Diterima"),
        ],
        "receipts": confirming.receipts(trail),
        "remark": NOT_APPROVED if approved is None and paid is None else "",
        "stamp-note": f"Kuitansi di atas {rupiah(limit)} dibubuhi e-meterai Rp10.000 (UU 10/2020 pasal 3)."
        if stamp
        else "",
    }
    paper.amount = gross
    return paper


def _paid_for(delivery: Delivery, invoice: Invoice) -> str:
    lines = list(delivery.lines.all())
    goods = ", ".join(counted_goods((line.order_line, line.invoiced) for line in lines))
    cost = f"ongkos antar {rupiah(invoice.delivery_cost)}"
    if not any(line.kept for line in lines) and any(line.returned for line in lines):
        kept = cost if invoice.delivery_cost else "tagihan"
        return f"{kept} kiriman {delivery.number}, yang barangnya ({goods}) ditolak menurut keputusan keluhan"
    return f"{goods}, dengan {cost}" if invoice.delivery_cost else goods


def _decided(trail: Trail) -> str:
    """Which of the goods a decision counts as accepted, and which it refuses; "" where none."""
    lines, said = list(_delivery(trail).lines.all()), ""
    if any(line.decided for line in lines):
        goods = ", ".join(counted_goods((line.order_line, line.decided) for line in lines if line.decided))
        said += f" {goods} ditagih menurut keputusan keluhan, bukan menurut pemeriksaan."
    if any(line.rejected for line in lines):
        goods = ", ".join(counted_goods((line.order_line, line.rejected) for line in lines if line.rejected))
        said += f" {goods} ditolak menurut keputusan keluhan dan tidak ditagih."
    if any(line.returned for line in lines):
        goods = ", ".join(counted_goods((line.order_line, line.returned) for line in lines if line.returned))
        said += f" {goods} ditolak menurut keputusan keluhan sesudah ditagih."
    return said


def _approver(act: Event | None, invoice: Invoice) -> str:
    """The office of who approved the payment; before that of whoever is to."""
    if act is not None:
        return facts.office(act)
    return str(policies.approver_role(clock.local_date(invoice.issued_at)).label)


def tax_sheet(trail: Trail, document: Document) -> Paper:
    order, invoice = trail.order, _invoice(trail)
    seller = invoice.seller_party
    gross, withheld, net = _amounts(invoice)
    lines = _tax_lines(invoice)
    paper = facts.base(
        document,
        title="Lembar Pajak",
        numbers=[f"Tagihan {invoice.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    checked = trail.act(invoice, "verify")
    moment = checked.at if checked is not None else invoice.issued_at
    paper.data |= {
        "facts": [
            ("Surat pesanan", order.number),
            ("Tanggal tagihan", _day(invoice)),
            ("Penjual", seller.name),
            ("Jumlah tagihan", rupiah(gross)),
        ],
        "taxes": [_tax(line) for line in lines],
        "sums": [
            ("Jumlah dipotong", rupiah(withheld), False),
            ("Dibayarkan ke penjual", rupiah(net), True),
        ],
        "seller": [
            ("NPWP", seller.npwp if seller.has_npwp else "belum punya"),
            *tax_papers.seller_facts(invoice),
            *tax_papers.tax_invoice_facts(trail, invoice),
            *tax_papers.decision_facts(trail, invoice, lines),
            *tax_papers.deposit_facts(trail, invoice),
            *tax_papers.slip_facts(trail, invoice),
        ],
        "remark": f"Dihitung otomatis dari tabel tarif bertanggal. {COLLECTED_BY[taxes.is_by_platform(lines)]}",
        "signs": [
            facts.signed(facts.acting(checked, "Bendahara"), checked, "Diperiksa", head=facts.place_and_date(moment))
        ],
        "copies": [
            {"title": copy["title"]} | attach(paper, f"tax-paper-{copy['pk']}", copy["file"], copy["content_type"])
            for copy in tax_papers.copies(invoice)
        ],
    }
    paper.amount = withheld
    return paper


def payment(trail: Trail, document: Document) -> Paper:
    order, invoice = trail.order, _invoice(trail)
    seller, recorded = invoice.seller_party, trail.act(invoice, "pay")
    if not trail.payments:
        raise ValueError("Not paid.")
    # A decision may have left nothing to pay after a part was paid: then no act says that all is paid.
    by = recorded.actor_name if recorded is not None else trail.recorder_of(trail.payments[-1])
    gross, _withheld, net = _amounts(invoice)
    last = trail.payments[-1]
    paper = facts.base(
        document,
        title="Bukti Pembayaran",
        numbers=[f"Tagihan {invoice.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.data |= {
        "facts": [
            ("Dibayarkan kepada", f"{seller.bank_holder or seller.owner_name} ({seller.name})"),
            ("Rekening", f"{seller.bank_name} {seller.bank_account}".strip() or "–"),
            *(_transfer(last) if len(trail.payments) == 1 else _transfers(trail.payments)),
            *_shared(order, trail.payments),
            *(
                ("Dasar bayar lewat tahun anggaran", one.late_year_basis)
                for one in trail.payments
                if one.late_year_basis
            ),
            ("Dicatat", f"{by}, {long_time(last.recorded_at)}"),
            ("Kuitansi", trail.kuitansi_number or "–"),
            *_reversed(trail.reversed),
        ],
        "rows": [("Jumlah tagihan", rupiah(gross))],
        "sums": [*_deductions(invoice), ("Dibayarkan ke penjual", rupiah(net), True)],
        "words": facts.words(net),
        "signs": [
            facts.signed(
                facts.acting(recorded, "Bendahara"),
                recorded,
                "Dicatat",
                head=facts.place_and_date(last.recorded_at),
            )
        ],
        "proofs": [],
    }
    paper.amount = net
    for one in trail.payments:
        if one.proof and not schedule.is_part(one, invoice):  # that of a part follows its own paper
            paper.data["proofs"].append(attach(paper, f"proof-{one.pk}", one.proof, one.proof_type))
    return paper


def part_payment(trail: Trail, document: Document) -> Paper:
    """One payment of an invoice that is paid in parts, and nothing else: what was paid before it, what remains."""
    order, invoice, one = trail.order, _invoice(trail), trail.payment
    if one is None:
        raise ValueError("Nothing was paid.")
    seller = invoice.seller_party
    before = sum(paid.amount for paid in trail.payments if paid.pk < one.pk)
    paper = facts.base(
        document,
        title="Bukti Pembayaran Sebagian",
        numbers=[f"Nomor {schedule.part_number(one, invoice)}", f"Tagihan {invoice.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.data |= {
        "facts": [
            ("Dibayarkan kepada", f"{seller.bank_holder or seller.owner_name} ({seller.name})"),
            ("Rekening", f"{seller.bank_name} {seller.bank_account}".strip() or "–"),
            ("Untuk tagihan", f"{invoice.number}, {_day(invoice)}, surat pesanan {order.number}"),
            *_transfer(one),
            *_shared(order, (one,)),
            *([("Dasar bayar lewat tahun anggaran", one.late_year_basis)] if one.late_year_basis else []),
            ("Dicatat", f"{trail.recorder_of(one)}, {long_time(one.recorded_at)}"),
            ("Kuitansi seluruh tagihan", invoice.kuitansi_number),
        ],
        "rows": [
            ("Untuk penjual menurut tagihan", rupiah(invoice.net)),
            ("Sudah dibayar sebelumnya", rupiah(before)),
        ],
        "sums": [
            ("Dibayar dengan bukti ini", rupiah(one.amount), True),
            ("Belum dibayar sesudahnya", rupiah(max(invoice.net - before - one.amount, 0)), False),
        ],
        "words": facts.words(one.amount),
        "signs": [
            facts.sign(
                "Bendahara",
                trail.recorder_of(one),
                head=facts.place_and_date(one.recorded_at),
                note=facts.electronic("Dicatat", one.recorded_at),
            )
        ],
        "proofs": [attach(paper, f"proof-{one.pk}", one.proof, one.proof_type)] if one.proof else [],
    }
    paper.amount = one.amount
    return paper


def _shared(order: Order, payments: Sequence[Payment]) -> Iterator[tuple[str, str]]:
    """What else a number paid by the time its payment was recorded: the proof shows that sum."""
    for one in payments:
        if not one.reference:
            continue
        used = one.method, one.reference, order.agency_id
        bills = Payment.objects.using_number(*used).filter(recorded_at__lte=one.recorded_at)
        told = bills.aggregate(count=Count("invoice", distinct=True), sum=Sum("amount"))
        claims = CompensationPayment.objects.using_number(*used).filter(recorded_at__lte=one.recorded_at)
        more = claims.aggregate(count=Count("compensation", distinct=True), sum=Sum("amount", default=0))
        if told["count"] + more["count"] > 1:
            what = f"{told['count']} tagihan" + (f" dan {more['count']} ganti rugi" if more["count"] else "")
            yield f"Seluruhnya dengan nomor {one.reference}", f"{rupiah(told['sum'] + more['sum'])}, untuk {what}"


def _transfer(paid: Payment) -> facts.Facts:
    label = "Nomor SP2D" if paid.method == PaymentMethod.LS else "Nomor bukti"
    return [
        ("Cara bayar", str(PaymentMethod(paid.method).label)),
        (label, paid.reference or "–"),
        ("Tanggal bayar", full_date(paid.paid_on)),
    ]


def _reversed(payments: tuple[Payment, ...]) -> facts.Facts:
    """What was recorded before and taken back: this document stands in the place of the one that states it."""
    return [
        (
            "Menggantikan pencatatan",
            f"{rupiah(paid.amount)}, {paid.reference or 'tanpa nomor'}, dibatalkan {full_date(paid.reversed_at)}: "
            f"{ReversalReason(paid.reversal.reason).label.lower()}",
        )
        for paid in payments
        if paid.reversed_at is not None
    ]


def _transfers(payments: tuple[Payment, ...]) -> facts.Facts:
    """An invoice paid in parts: a line for each."""
    return [
        (
            f"Pembayaran ke-{n}",
            f"{rupiah(paid.amount)}, {PaymentMethod(paid.method).label}, {paid.reference or 'tanpa nomor'}, "
            f"{full_date(paid.paid_on)}",
        )
        for n, paid in enumerate(payments, 1)
    ]


def attach(paper: Paper, stem: str, name: str, content_type: str) -> dict[str, Any]:
    """An uploaded picture goes among the document's files; a PDF follows with its own pages.

    {"file": "", "pages": 0} when it cannot be shown.
    """
    try:
        content = read_private(name)
    except FileNotFoundError:
        return {"file": "", "pages": 0}
    if content_type == "application/pdf":
        pages = usable_pages(content)
        if pages:
            paper.followed_by.append(content)
        return {"file": "", "pages": pages}
    paper.files[f"{stem}.jpg"] = content
    return {"file": f"{stem}.jpg", "pages": 0}


def _gross_sums(invoice: Invoice) -> Sums:
    """What was accepted, less what decided disputes took off it."""
    if not invoice.deduction:
        return facts.total_sums(invoice.goods_total, invoice.delivery_cost, "Jumlah tagihan")
    return [
        *facts.total_sums(invoice.goods_total, invoice.delivery_cost, "Jumlah yang diterima"),
        ("Potongan keputusan keluhan", f"−{rupiah(invoice.deduction)}", False),
        ("Jumlah tagihan", rupiah(invoice.gross), True),
    ]


def _invoice(trail: Trail) -> Invoice:
    if trail.invoice is None:
        raise ValueError("Nothing was invoiced.")
    return trail.invoice


def _delivery(trail: Trail) -> Delivery:
    if trail.delivery is None:
        raise ValueError("Nothing was delivered.")
    return trail.delivery


def _amounts(invoice: Invoice) -> tuple[int, int, int]:
    return invoice.gross, invoice.withheld, invoice.net


def _day(invoice: Invoice) -> str:
    return full_date(invoice.issued_at)


def _tax_lines(invoice: Invoice) -> list[TaxLine]:
    return list(taxes.in_force(invoice.tax_lines.select_related("rule", "exemption")))


def _deductions(invoice: Invoice) -> Sums:
    return [(line.get_kind_display(), f"−{rupiah(line.amount)}", False) for line in _tax_lines(invoice) if line.amount]


def _tax(line: TaxLine) -> dict[str, str]:
    percent = plain(line.rate * 100)
    fraction = ""
    if line.rule.base_denominator != 1:
        fraction = f" × {line.rule.base_numerator}/{line.rule.base_denominator}"
    return {
        "name": str(line.get_kind_display()),
        "base": rupiah(line.base),
        "rate": f"{percent}%{fraction}",
        "amount": rupiah(line.amount),
        "explanation": line.explanation,
        "source": line.source,
        "holds": "Ketentuan ini berlaku" if line.exemption is not None and line.amount == 0 else "Tarif berlaku",
        "since": full_date(line.holds_since),
    }
