"""Every word and sum of every document, for full, partial and rejected deliveries and for silence.

The text of each PDF is compared with a file in tests/data/golden/<the city's folder>/. After a wanted change:
`GOLDEN_REWRITE=1 make test ARGS=tests/orders/documents/test_golden.py`, and the same with test-city, then read the
difference before committing it.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from jsonschema import Draft202012Validator
from pypdf import PdfReader

from epeken.core.states import move
from epeken.users.models import User
from orders.addenda import terms
from orders.cancellations import services as cancellations
from orders.confirmations import services as confirmations
from orders.deliveries import services as deliveries
from orders.disputes import terms as disputes_terms
from orders.documents import archive, build
from orders.documents import services as documents
from orders.documents.models import Document
from orders.documents.states import DocumentKind
from orders.orders.models import Order
from orders.orders.services import agreement
from orders.year_end import services as year_end
from procurement.budgets.models import Account
from procurement.guards.concerns import concerns
from procurement.guards.services import Answer
from procurement.negotiations.services import rounds
from procurement.negotiations.terms import Terms
from procurement.quotations.models import QuotationQuestion
from procurement.quotations.services import questions as asking
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest
from procurement.requests.services import decisions
from procurement.rotation import services as rotation
from tests import pdf_rules
from tests.factories import addenda as changing
from tests.factories import confirmations as word
from tests.factories import orders as make
from tests.factories import quotations as auctions
from tests.factories import remedies as mend
from tests.factories.orders import DAY, HOUR, MONDAY, Office
from tests.factories.places import far_away
from tests.factories.procurement import make_line, make_request
from tests.factories.remedies import NOW
from tests.factories.rules import end_rule, set_rule
from tests.factories.umkm import make_category, make_product, make_seller, make_user
from tests.kept_steps import kept
from umkm.catalogue.models import Category
from umkm.sellers.states import SellerForm

pytestmark = pytest.mark.django_db

GOLDEN = Path(__file__).parents[2] / "data/golden" / settings.CITY.folder.name
REWRITE = bool(os.environ.get("GOLDEN_REWRITE"))
CODE = re.compile(r"[a-z2-9]{4}(?:-\s*[a-z2-9]{4}){5}")
SHA256 = re.compile(r"berawal\s[0-9a-f]{16}")
NAMES = {
    "requester": ("Rina Wulandari", "198501012010012001"),
    "pp": ("Bambang Sutejo", "197903152005011002"),
    "ppk": ("Endah Lestari", "197601202001122003"),
    "receiver": ("Agus Prasetyo", "198812122014021004"),
    "treasurer": ("Dewi Kartika", "199002022015032005"),
}


@pytest.fixture
def office(settings: Any) -> Office:
    """A department whose every word is known."""
    settings.SITE_URL = "http://localhost:8000"
    office = make.make_office()
    fixed = {
        "name": "Dinas Contoh", "short_name": "Dincon", "code": "2.17", "npwp": "001234567890123",
        "phone": "(031) 0000000", "email": "dinas@contoh.invalid", "website": "dinas.contoh.invalid",
    }  # fmt: skip
    type(office.agency).objects.filter(pk=office.agency.pk).update(**fixed)
    office.agency.refresh_from_db()
    for role, (name, nip) in NAMES.items():
        user = getattr(office, role)
        user.name, user.nip, user.phone = name, nip, ""
        user.save()
    head = make.head_of(office)
    head.name, head.nip = "Kepala Contoh", "197203031995031003"
    head.save()
    office.line.activity_code, office.line.rup_id = "2.17.01.2.06", "52000001"
    office.line.save()
    return office


def goods(**over: Any) -> list[tuple[Any, int]]:
    """Boxes of food, folders and document of one shop that is a PKP; what is taxed, and what is not."""
    values = {
        "name": "Toko Maju",
        "owner_name": "Siti Rahma",
        "address": "Jl. Rungkut Asri 5",
        "npwp": "012345678901234",
        "nib": "1234567890123",
        "form": SellerForm.BODY,
        "is_pkp": True,
        "bank_account": "0011223344",
        **over,
    }
    shop = make_seller(make_user(name="Tono Pegawai Toko"), **values)
    return [
        (make_product(shop, name="Map arsip", price=55_500), 60),
        (make_product(shop, name="Kertas HVS A4", price=48_000), 20),
    ]


@kept
def issued(office: Office, lines: list[tuple[Any, int]] | None = None, **over: Any) -> Order:
    request = make.make_approved(office, lines or goods(), number="2026-0001", **over)
    return agreement.issue_orders(actor=office.pp, request=request, key="golden", now=MONDAY)[0]


def handed_over(office: Office, accept: Callable[[Decimal], Decimal] = lambda sent: sent) -> Order:
    """As `taken_over`, with its own share of each line accepted."""
    order = issued(office)
    make.accepted(order)
    delivery = make.arrived(make.shipped(order), office.receiver)
    findings = {}
    for line in delivery.lines.all():
        good = accept(line.sent)
        findings[line.pk] = (line.sent, good, "" if good == line.sent else "Sudut kardus basah")
    deliveries.inspect_delivery(
        actor=office.receiver,
        delivery=delivery,
        findings=findings,
        came_at=None,
        remark="",
        photos=[],
        key="inspect",
        now=MONDAY + DAY + 2 * HOUR,
    )
    deliveries.sign_bast(
        actor=office.receiver, delivery=delivery, office_number="000.3/12", now=MONDAY + DAY + 3 * HOUR
    )
    return Order.objects.get(pk=order.pk)


def text_of(document: Document) -> str:
    """The words of the PDF, line by line; the code, which is drawn by lot, reads <kode>. The file itself is sound, and
    every amount of its data is among the words."""
    content, pages, paper = build.make(document)
    bundle = document.kind == DocumentKind.SPJ
    assert (pdf_rules.faults_of_bundle if bundle else pdf_rules.faults)(content) == [], document.kind
    assert pdf_rules.missing_figures(paper.data, content) == [], document.kind
    reader = PdfReader(BytesIO(content))
    assert len(reader.pages) == pages
    sheets = []
    # Behind its cover the SPJ holds the stored documents, which have golden files of their own.
    for page in reader.pages[: 1 if document.kind == DocumentKind.SPJ else None]:
        lines = [" ".join(line.split()) for line in page.extract_text().splitlines()]
        words = CODE.sub("<kode>", "\n".join(line for line in lines if line))
        sheets.append(_on_one_line(SHA256.sub("berawal <sidik>", words)))
    return "\n--- halaman ---\n".join(sheets) + "\n"


def _on_one_line(words: str) -> str:
    """Where such a sentence breaks goes by the width of the code drawn by lot."""
    sentence = re.compile(r"menurut\s+dokumen\s+berkode\s+<kode>.*?<sidik>", re.DOTALL)
    return sentence.sub(lambda found: " ".join(found[0].split()), words)


def published(data: dict[str, Any]) -> None:
    """The purchase for a machine is what its published schema says, as it is sent."""
    schema = archive.schema_of(archive.VERSION)
    assert schema is not None
    validator = Draft202012Validator(json.loads(schema.read_bytes()))
    faults = [f"{fault.json_path}: {fault.message}" for fault in validator.iter_errors(json.loads(json.dumps(data)))]
    assert faults == []


def check(case: str, order: Order) -> None:
    """Every current document of the order reads as its golden file; none is missing and none is too many. Where two
    parts of the order each have one of a kind, the files are numbered."""
    current = list(order.documents.filter(replaced_at__isnull=True).order_by("delivery_id", "invoice_id", "pk"))
    several = Counter(document.kind for document in current)
    texts: dict[str, str] = {}
    for document in current:
        part = sum(name.startswith(f"{case}-{document.kind}") for name in texts) + 1
        number = f"-{part}" if several[document.kind] > 1 else ""
        texts[f"{case}-{document.kind}{number}.txt"] = text_of(document)
    published(archive.purchase_data(build.order_for_papers(order.pk)))
    if REWRITE:
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob(f"{case}-*.txt"):
            old.unlink()
        for name, text in texts.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    golden = {path.name: path.read_text(encoding="utf-8") for path in GOLDEN.glob(f"{case}-*.txt")}
    assert sorted(texts) == sorted(golden)
    for name, text in texts.items():
        assert text.splitlines() == golden[name].splitlines(), name


def test_full_delivery_paid(office: Office, run_jobs: Callable[[], int]) -> None:
    order = handed_over(office)
    invoice = make.invoice_of(order)
    make.clear(office, invoice, MONDAY + 2 * DAY)
    make.pay(office, order)
    run_jobs()
    documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 3 * DAY)
    check("full", order)


def test_a_seller_confirmed_one_payment_and_the_handover_and_misses_another(office: Office) -> None:
    order = handed_over(office)
    word.confirmed(word.of_bast(order))
    make.clear(office, make.invoice_of(order), MONDAY + 2 * DAY)
    make.pay(office, order, amount=1_000_000, reference="SP2D-001/2026")
    word.confirmed(word.of_payment(order))
    make.pay(office, order, reference="SP2D-002/2026", now=MONDAY + 3 * DAY)
    word.denied(word.of_payment(order), note="Rekening dicek Senin")
    check("missed", order)
    word.confirmed(word.of_payment(order))
    check("confirmed", order)


def test_a_silent_seller_is_called_silent(office: Office) -> None:
    order = handed_over(office)
    make.clear(office, make.invoice_of(order), MONDAY + 2 * DAY)
    make.pay(office, order)
    confirmations.lapse_overdue(now=MONDAY + 30 * DAY)
    check("mute", order)


def test_paid_by_government_card_each_tax_cites_why_it_is_not_collected(office: Office) -> None:
    order = handed_over(office)
    make.clear(office, make.invoice_of(order), MONDAY + 2 * DAY)
    make.pay(office, order, method="kkpd", reference="KKPD-001")
    check("card", order)


def test_partial_delivery_states_what_was_accepted(office: Office) -> None:
    order = handed_over(office, accept=lambda sent: sent - 7)
    check("partial", order)


def test_two_deliveries_are_two_handovers_two_invoices_and_one_pack(
    office: Office, run_jobs: Callable[[], int]
) -> None:
    order = make.accepted(issued(office))
    folders, paper = order.lines.order_by("pk")
    for part, (sent, good) in enumerate([({folders.pk: 40, paper.pk: 5}, 40), ({folders.pk: 20, paper.pk: 15}, 12)]):
        start = MONDAY + (1 + 2 * part) * DAY
        delivery = make.shipped(order, sent={pk: Decimal(quantity) for pk, quantity in sent.items()}, now=start)
        make.arrived(delivery, office.receiver, now=start + HOUR)
        findings = {
            line.pk: (line.sent, good, "" if good == line.sent else "Sudut kardus basah")
            if line.order_line_id == folders.pk
            else (line.sent, line.sent, "")
            for line in delivery.lines.all()
        }
        deliveries.inspect_delivery(
            actor=office.receiver,
            delivery=delivery,
            findings=findings,
            came_at=None,
            remark="",
            photos=[],
            key=f"inspect-{part}",
            now=start + 2 * HOUR,
        )
        deliveries.sign_bast(
            actor=office.receiver, delivery=delivery, office_number=f"000.3/{12 + part}", now=start + 3 * HOUR
        )
    for number, invoice in enumerate(order.invoices.live().order_by("pk"), 1):
        make.clear(office, invoice, MONDAY + 4 * DAY)
        make.pay(
            office,
            order,
            invoice=invoice,
            reference=f"SP2D-00{number}/2026",
            paid_on=date(2026, 9, 11),
            now=MONDAY + 4 * DAY + HOUR,
        )
    run_jobs()
    documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 4 * DAY + 2 * HOUR)
    check("parts", order)


def test_a_cover_says_how_much_of_a_bill_is_paid_and_holds_its_proof(
    office: Office, run_jobs: Callable[[], int]
) -> None:
    order = handed_over(office)
    make.clear(office, make.invoice_of(order), MONDAY + 2 * DAY)
    make.pay(office, order, amount=1_000_000)
    run_jobs()
    spj = documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + 2 * DAY + 2 * HOUR)
    facts, contents = text_of(spj).split("Isi berkas")
    assert "Untuk penjual Rp3.829.076" in facts and "Sudah dibayar Rp1.000.000" in facts
    assert "Dibayar sebagian. Disetujui, siap dibayar" in facts and "Dibayarkan ke penjual" not in facts
    assert re.search(r"Bukti pembayaran sebagian KW-\S+-B1 .*ada \d", contents)
    assert re.search(r"Bukti pembayaran – .*sebagian –", contents)
    pages = [page.extract_text() for page in PdfReader(BytesIO(build.make(spj).content)).pages]
    assert any("Bukti Pembayaran Sebagian" in page and "SP2D-001/2026" in page for page in pages[1:])


def test_rejected_delivery_has_no_handover_and_no_invoice(office: Office) -> None:
    order = handed_over(office, accept=lambda sent: Decimal(0))
    check("rejected", order)


def test_silence_signs_nothing(office: Office) -> None:
    order = issued(office)
    make.accepted(order)
    make.arrived(make.shipped(order), office.receiver)
    deliveries.accept_by_silence(now=MONDAY + 30 * DAY)
    check("silence", order)


def test_an_unsigned_handover_rests_on_its_inspection(office: Office) -> None:
    order = issued(office)
    make.accepted(order)
    make.inspected(make.arrived(make.shipped(order), office.receiver), office.receiver)
    deliveries.accept_by_silence(now=MONDAY + 30 * DAY)
    check("unsigned", order)


def test_an_order_waiting_for_its_seller(office: Office) -> None:
    check("waiting", issued(office))


def test_a_comparison_with_a_dearer_choice_and_a_single_seller(office: Office) -> None:
    """Folders: a cheaper offer, two shops of one owner, one bought from for other goods. Paper: nobody else."""
    set_rule("purchase.compare_two_above", 4_000_000)
    (folders, much), (paper, some) = goods()
    for product, name in ((folders, "Map dan arsip"), (paper, "Kertas")):
        Category.objects.filter(pk=product.category_id).update(name=name)
    pair = make_seller(name="Toko Kembar Satu", delivery_fee=0)
    twin = make_seller(name="Toko Kembar Dua", owner=pair.owner, offers_delivery=False)
    for shop, price in ((pair, 52_000), (twin, 58_000), (make_seller(name="Toko Jauh", kelurahan=far_away()), 61_000)):
        make_product(shop, category=folders.category, name="Map kertas", price=price)
    order = issued(office, [(folders, much), (paper, some)], explained={
        folders: ("quality", "Map karton tebal 300 gram, tahan disimpan lima tahun"),
        paper: ("", "Sama dengan harga standar kota dan pembelian bulan lalu"),
    })  # fmt: skip
    check("compared", order)


def test_a_seller_whose_turn_was_drawn(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three owners, one of them passed over; the secret is fixed so that the paper reads the same each time."""
    monkeypatch.setattr(rotation.secrets, "token_hex", lambda _size: "ab" * 32)
    category = Category.objects.get(slug="nasi-kotak")
    boxes = [
        make_product(
            make_seller(
                make_user(name=f"Pemilik {name}"), name=f"Dapur {name}", owner_name=f"Pemilik {name}",
                address="Jl. Giliran 7",
            ),
            category=category, unit="box", name="Nasi kotak ayam", price=price,
        )
        for name, price in (("Satu", 20_000), ("Dua", 21_000), ("Tiga", 20_500), ("Empat", 20_000))
    ]  # fmt: skip
    request = make_request(office, [(boxes[0], 40)], title="Rapat koordinasi triwulan")
    draw = rotation.announce_draw(actor=office.requester, request=request, product=boxes[0], now=MONDAY)
    move(boxes[0], "hide", actor=None, now=MONDAY)
    moment = MONDAY + 2 * DAY
    rotation.make_draw(actor=office.requester, draw=draw, public_value="7.123,45", now=moment)
    sent = decisions.submit_request(actor=office.requester, request=request, key="golden-draw", now=moment)
    decisions.approve_request(actor=office.pp, request=sent, dropped={}, note="", key="golden-yes", now=moment)
    order = agreement.issue_orders(actor=office.pp, request=sent, key="golden", now=moment)[0]
    check("draw_followed", order)


def negotiated(office: Office, end: str) -> Order:
    """Two goods of one shop, offered at 4.315.000: the office asks less and a day earlier, the shop answers or not."""
    request = make.make_submitted(office, goods(), number="2026-0001")
    seller = request.sellers.get().seller
    shop, pp = seller.members.get().user, office.pp
    folders, paper = (line.product_id for line in request.lines.order_by("pk"))
    moment = request.deliver_at
    assert moment is not None

    def terms(map_price: int, paper_price: int, fee: int, sooner: int) -> Terms:
        return Terms({folders: map_price, paper: paper_price}, fee, moment - sooner * DAY)

    said = {"words": "Kami membeli banyak sekaligus", "now": MONDAY + HOUR}
    talk = rounds.open_negotiation(
        actor=pp, request=request, seller=seller, terms=terms(50_000, 45_000, 0, 1), key="open", **said
    )
    later = {"negotiation": talk, "now": MONDAY + 2 * HOUR}
    if end == "agreed":
        said = {"words": "Paling murah kami bisa segini", "key": "counter"}
        rounds.counter_offer(actor=shop, terms=terms(52_500, 46_000, 10_000, 1), **said, **later)
        rounds.accept_offer(actor=pp, round_number=2, key="accept", **later)
    elif end == "refused":
        rounds.refuse_offer(actor=shop, note="Harga kami sudah harga grosir", key="refuse", **later)
    else:
        rounds.withdraw_offer(actor=pp, note="", key="stop", negotiation=talk, now=MONDAY + 30 * HOUR)
    when = MONDAY + 31 * HOUR
    decisions.approve_request(actor=pp, request=request, dropped={}, note="", key="approve", now=when)
    return agreement.issue_orders(actor=pp, request=request, key="golden", now=when)[0]


@pytest.mark.parametrize("end", ["agreed", "refused", "silent"])
def test_the_minutes_of_a_negotiation(office: Office, end: str) -> None:
    set_rule("negotiation.answer_hours", 24)
    check(f"negotiated_{end}", negotiated(office, end))


def test_the_record_of_a_request_for_quotation(office: Office) -> None:
    """One shop wins after the best was passed over, one is above the ceiling."""
    category = make_category(name="Perlengkapan rapat")
    shops = [
        make_seller(name=f"Toko Penawar {n}", owner_name=f"Penawar {n}", npwp="", address="Jl. Penawar 7")
        for n in (1, 2, 3)
    ]
    boxes = [make_product(shop, name="Map arsip", price=100_000, category=category) for shop in shops]
    auction = auctions.make_auction(office=office, category=category, shops=0, ceiling=930_000)
    auction.shops = [[product] for product in boxes]
    auction.publish()
    asked = {"quotation": auction.quotation, "seller": shops[0], "actor": auction.keeper(0), "now": auction.now + HOUR}
    for text in ("Apakah map dikirim per dus isi lima puluh?", "Apakah kertasnya boleh putih?"):
        asking.ask_question(**asked, text=text, key=text[:20])
    first = QuotationQuestion.objects.earliest("pk")
    answered = {"actor": office.pp, "question": first, "now": auction.now + 2 * HOUR}
    asking.answer_question(**answered, text="Boleh per dus atau dibungkus kertas.", key="answer")
    for shop, price in enumerate((90_000, 91_500, 99_000)):
        auction.offer(shop, price, words="Stok siap" if shop else "")
    auction.open()
    auction.pass_over(0)
    draft, now = auction.award(1), auction.now + 5 * DAY
    sent = decisions.submit_request(actor=office.requester, request=draft, key="submit", now=now)
    decisions.approve_request(actor=office.pp, request=sent, dropped={}, note="", key="approve", now=now)
    check("quoted", agreement.issue_orders(actor=office.pp, request=sent, key="golden", now=now)[0])


def test_the_warnings_of_a_request_with_their_answers(office: Office) -> None:
    """One account that does not pay for such goods: sent back once without a judgement, then accepted."""
    office.line = make_line(office.agency, account=Account.objects.get(code="5.1.02.01.01.0064"))
    office.line.activity_code, office.line.rup_id = "2.17.01.2.06", "52000001"
    office.line.save()
    shop = goods()[0][0].seller
    plate = make_product(shop, name="Plakat kayu", price=100_000, category=Category.objects.get(slug="plakat-piala"))
    request = make_request(office, [(plate, 10)])
    PurchaseRequest.objects.filter(pk=request.pk).update(number="2026-0001")
    reason = "Plakat untuk juara lomba kampung, sesuai uraian kegiatannya"
    for hour, said in enumerate(("Alat peraga lomba, sesuai uraian kegiatannya.", reason)):
        now = MONDAY + hour * HOUR
        answers = {
            concern.key: Answer("justify", said) for concern in concerns(request, contents.read(request, now), now)
        }
        sent = decisions.submit_request(
            actor=office.requester, request=request, answers=answers, key=f"send-{hour}", now=now
        )
        if hour == 0:
            decisions.send_back_request(
                actor=office.pp, request=sent, note="Tulis untuk lomba apa", key="back", now=now + HOUR / 2
            )
    found = sent.findings.get(outcome="open")
    decisions.approve_request(
        actor=office.pp, request=sent, dropped={}, note="Dua lomba di dua gedung", outcomes={found.pk: "accepted"},
        key="yes", now=MONDAY + 2 * HOUR,
    )  # fmt: skip
    order = agreement.issue_orders(actor=office.pp, request=sent, key="golden", now=MONDAY + 3 * HOUR)[0]
    check("warned", order)


def test_an_order_cancelled_with_a_claim(office: Office) -> None:
    order = make.accepted(issued(office))
    asked = {"reason": "budget", "decree": "900.1/55/2026", "note": "Pergeseran anggaran", "now": MONDAY + 2 * HOUR}
    row = cancellations.ask_cancellation(actor=office.pp, order=order, **asked)
    row = cancellations.claim_compensation(
        actor=make.member_of(order), cancellation=row, amount=1_500_000, now=MONDAY + 3 * HOUR,
        spent_on="Kertas sudah dibeli dari pemasok, nota 7 September", evidence=make.photo(),
    )  # fmt: skip
    cancellations.agree_claim(actor=office.ppk, cancellation=row, amount=1_500_000, note="Wajar", now=MONDAY + 4 * HOUR)
    check("cancelled", order)


def test_an_order_changed_twice(office: Office, run_jobs: Callable[[], int]) -> None:
    """Fewer goods on another day at another place, proposed by the office; then more of them, proposed by the shop."""
    order = make.accepted(issued(office))
    _folders, paper = order.lines.order_by("pk")
    changing.amended(
        order, office.pp, now=MONDAY + 2 * HOUR, quantity=50, deliver_at=order.deliver_at + 2 * DAY,
        place="Aula Balai Kota lantai 3", reason="Peserta rapat berkurang dan ruangnya pindah",
    )  # fmt: skip
    standing = terms.of_order(Order.objects.get(pk=order.pk)).quantities
    row = changing.proposed(
        order, make.member_of(order), now=MONDAY + 5 * HOUR, quantities={**standing, paper.pk: Decimal(22)},
        reason="Kertas dikirim per dus",
    )  # fmt: skip
    changing.agreed(row, office.ppk, now=MONDAY + 6 * HOUR)
    run_jobs()
    documents.request_spj(actor=office.treasurer, order=order, now=MONDAY + DAY)
    check("changed", order)


def test_a_seller_released_from_the_rest(office: Office) -> None:
    order = make.accepted(issued(office))
    make.shipped(order, now=MONDAY + 2 * HOUR, sent={line.pk: Decimal(20) for line in order.lines.all()})
    asked = {"reason": "no_goods", "now": MONDAY + 3 * HOUR}
    row = cancellations.ask_cancellation(actor=make.member_of(order), order=order, **asked)
    cancellations.consent(actor=office.pp, cancellation=row, now=MONDAY + 4 * HOUR)
    check("released", order)


def test_an_order_with_decided_complaints(office: Office) -> None:
    """Money off before the handover, which the BAST says; afterwards goods that come again, and money off once more."""
    order = make.accepted(issued(office))
    delivery = make.arrived(make.shipped(order), office.receiver)
    judge = make_user(name="Sekar Ayu")
    judge.user_permissions.add(Permission.objects.get(codename="decide_dispute"))
    decide = {"by": User.objects.get(pk=judge.pk)}
    mend.decided(order, office.receiver, mend.deduction(order, 125_000), now=MONDAY + DAY + 2 * HOUR, **decide)
    make.inspected(delivery, office.receiver, now=MONDAY + DAY + 4 * HOUR)
    deliveries.sign_bast(actor=office.receiver, delivery=delivery, office_number="", now=MONDAY + DAY + 5 * HOUR)
    line = delivery.lines.select_related("order_line__product").first()
    assert line is not None
    given = disputes_terms.DisputeTerms("replacement", delivery, line.order_line, Decimal(2), until=NOW + DAY)
    mend.decided(order, office.receiver, given, **decide)
    mend.handed_over(mend.sent(mend.remedy_of(order)), office.receiver, accept=2)
    mend.decided(order, office.receiver, mend.deduction(order, 75_000), now=NOW + 4 * HOUR, **decide)
    check("decided", order)


def test_a_debt_the_next_year_pays(office: Office) -> None:
    order = handed_over(office)
    by_head = {"actor": make.head_of(office), "reason": "Kas dinas kosong pada akhir tahun"}
    year_end.acknowledge_debt(order=order, now=MONDAY + 80 * DAY, **by_head)
    line = make_line(office.agency, year=2027, activity_code="2.17.01.2.07", rup_id="52000002")
    year_end.carry_debt(
        actor=make.head_of(office), invoice=make.invoice_of(order), lines={office.line.pk: line}, basis="DPA 1/2027",
        now=MONDAY + 120 * DAY,
    )  # fmt: skip
    check("carried", order)


@pytest.mark.parametrize(("delivery", "boxed"), [(25_000, False), (25_001, True)])
def test_the_duty_stamp_is_wanted_above_five_million(office: Office, delivery: int, boxed: bool) -> None:
    order = make.taken_over(office, issued(office, [(make_product(price=4_975_000), 1)], delivery=delivery))
    assert make.invoice_of(order).gross == 4_975_000 + delivery
    text = text_of(order.documents.get(kind=DocumentKind.KUITANSI))
    assert ("e-meterai" in text) is boxed


@pytest.mark.parametrize(("since", "boxed"), [(date(2026, 9, 8), True), (date(2026, 9, 9), False)])
def test_the_limit_of_the_duty_stamp_is_that_of_the_billing_day(office: Office, since: date, boxed: bool) -> None:
    end_rule("invoice.emeterai_above", since, value=2_000_000)
    order = make.taken_over(office, issued(office, [(make_product(price=2_500_000), 1)]))
    assert ("e-meterai" in text_of(order.documents.get(kind=DocumentKind.KUITANSI))) is boxed
