"""A debt of one budget year that another one pays: who acknowledged it, why, and which lines bear it."""

from epeken.core import clock
from epeken.core.i18n.times import full_date
from epeken.core.i18n.words import rupiah
from orders.billing.policies import accepted_at
from orders.documents.layout import facts
from orders.documents.layout.facts import Paper
from orders.documents.models import Document
from orders.documents.schedule import Trail
from procurement.agencies.states import office_label

TERMS = (
    "Barang pada berita acara di atas sudah diterima dan belum dibayar dalam tahun anggarannya. Mata anggaran lama "
    "tidak dibebani lagi; tagihannya dibayar dari mata anggaran baru di atas, sesudah pembayarannya disetujui."
)


def debt_sheet(trail: Trail, document: Document) -> Paper:
    order, invoice, delivery, debt = trail.order, trail.invoice, trail.delivery, trail.debt
    if invoice is None or delivery is None or debt is None:
        raise ValueError("No later budget year pays this invoice.")
    paper = facts.base(
        document,
        title="Pembebanan Utang",
        numbers=[f"Nomor {debt.number}", f"Tagihan {invoice.number}"],
        head=facts.agency_head(order.buyer_party),
    )
    paper.amount = debt.amount
    act = trail.act(invoice, "carry")
    decision = debt.decision
    rows = debt.charges.select_related("from_line__account", "to_line__account")
    paper.data |= {
        "facts": [
            ("Kegiatan", order.title),
            ("Penyedia", f"{order.seller_party.name}, {order.seller_party.owner_name}"),
            ("Surat pesanan", f"{order.number}, {full_date(order.placed_at)}"),
            ("BAST", f"{delivery.bast_number or '–'}, {full_date(accepted_at(invoice))}"),
            ("Utang tahun anggaran", str(debt.from_year)),
            ("Dibayar dari tahun anggaran", str(debt.to_year)),
            ("Dasar penganggaran", debt.basis),
            ("Diakui", f"{full_date(clock.local_date(decision.decided_at))}, {office_label(decision.decided_as)}"),
            ("Alasan", decision.reason),
        ],
        "lines": [
            {
                "no": str(n),
                "earlier": facts.payer_words(row.from_line),
                "later": facts.payer_words(row.to_line),
                "amount": rupiah(row.amount),
            }
            for n, row in enumerate(rows, 1)
        ],
        "words": facts.words(debt.amount),
        "sums": [("Jumlah utang", rupiah(debt.amount), True)],
        "remark": TERMS,
        "signs": [facts.signed(facts.office(act), act, "Dibebankan", head=facts.place_and_date(debt.carried_at))],
    }
    return paper
