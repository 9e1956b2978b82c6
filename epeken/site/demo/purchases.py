"""Three months of purchases by departments and people, one in every state, made through the real services."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from epeken.core import clock
from epeken.core.models import Kelurahan
from epeken.site.demo.market import paper
from epeken.site.demo.offices import membership, working_moment
from epeken.users.models import User
from orders.billing.models import Payment
from orders.billing.services import payments
from orders.cancellations import services as cancellations
from orders.carts import services as carts
from orders.deliveries import services as deliveries
from orders.disputes import services as disputes
from orders.disputes.states import DisputeOutcome
from orders.disputes.terms import DisputeTerms
from orders.orders.models import Order
from orders.orders.services import agreement as order_services
from orders.reversals import policies as reversal_policies
from orders.reversals import services as reversals
from orders.reversals.models import PaymentReversal
from procurement.agencies.models import Agency
from procurement.agencies.states import OfficerRole
from procurement.attachments import services as attachments
from procurement.attachments.states import RequestFileKind
from procurement.budgets.models import BudgetLine
from procurement.frames import services as frames
from procurement.frames.models import ApprovalFrame
from procurement.frames.rules import LEAST
from procurement.frames.services import AllowedGoods
from procurement.guards.concerns import Concern, concerns
from procurement.guards.models import GuardFinding
from procurement.guards.services import Answer
from procurement.guards.states import Choice, GuardKind, Outcome
from procurement.negotiations.services import rounds
from procurement.negotiations.terms import Terms, terms_of
from procurement.request_templates import services as templates
from procurement.request_templates.states import ActivityKind
from procurement.requests import contents
from procurement.requests.models import PurchaseRequest, RequestSeller
from procurement.requests.services import decisions, drafts, holds, unfilled
from procurement.rotation import services as rotation
from procurement.sourcing import reasons, sheets
from procurement.sourcing import services as sourcing
from umkm.catalogue.models import Product
from umkm.sellers import hours

# How far a purchase got, in order; each includes what lies before it.
STAGES = [
    "draft", "submitted", "approved", "placed", "accepted", "shipped", "arrived", "inspected", "invoiced", "verified", "paid",
]  # fmt: skip


@dataclass(frozen=True)
class Basket:
    """What a department buys for: the account it is booked on, and goods as (shop, product, quantity)."""

    title: str
    account: str
    goods: tuple[tuple[str, str, int], ...]
    attendees: int = 40
    days: int = 7  # working days from the first note of it to the event
    why: str = ""  # of a choice that the comparison asks about
    charged: tuple[tuple[str, str], ...] = ()  # goods that another account pays for: (product, account)


MEETING = "5.1.02.01.01.0052"
BASKETS = [
    Basket("Rapat koordinasi duta baca", MEETING, (("Dapur Bu Lirih", "Nasi kotak ayam bakar", 60), ("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 10), ("Jajan Sekar Telon", "Kudapan kotak isi tiga", 60)), 60),
    Basket("Bimbingan teknis petugas", MEETING, (("Boga Mbah Kukus", "Nasi kotak ayam kremes", 45), ("Jamu Mbah Kunir", "Beras kencur botol", 45)), 45),
    Basket("Rapat anggaran triwulan", MEETING, (("Pawon Tirta", "Nasi kotak empal suwir", 30), ("Toko Pagi Lumintu", "Air minum gelas, dus isi 48", 2)), 30),
    Basket("Kunjungan kerja tamu daerah", "5.1.02.01.01.0053", (("Katering Daun Jati", "Tumpeng mini per orang", 25), ("Sinom Simpang Lima", "Sinom segar botol", 25)), 25),
    Basket("Alat tulis bulanan", "5.1.02.01.01.0024", (("Toko Pagi Lumintu", "Kertas HVS A4 70 gram", 12), ("Toko Pagi Lumintu", "Pulpen hitam isi 12", 6), ("Kertas Lintang", "Buku catatan jahit tangan", 20)), 12),
    Basket("Hadiah lomba warga", "5.1.02.01.01.0035", (("Anyaman Godhong Papat", "Plakat kayu ukir", 6), ("Batik Godhong Telu", "Dompet batik resleting", 20)), 80),
    Basket("Rompi petugas lapangan", "5.1.02.01.01.0064", (("Konveksi Benang Lurus", "Rompi lapangan bordir", 20),), 20),
    Basket("Perlengkapan kebersihan kantor", "5.1.02.01.01.0036", (("Sabun Lestari", "Pembersih lantai serai 1 liter", 20), ("Toko Sumber Rukun", "Tisu wajah 250 lembar", 24)), 15),
    Basket("Rapat persiapan festival", MEETING, (("Nasi Kotak Puspa Pagi", "Nasi kuning kotak lengkap", 50), ("Kue Basah Embun", "Kudapan kotak isi tiga", 50)), 50),
    Basket("Sarapan kerja bakti", MEETING, (("Nasi Kotak Puspa Pagi", "Bubur ayam kotak sarapan", 40), ("Toko Sinar Kampung", "Air minum gelas, dus isi 48", 1)), 40),
]  # fmt: skip
# A plaque on the account of meeting food.
WARNED = Basket("Plakat narasumber rapat", MEETING, (("Anyaman Godhong Papat", "Plakat kayu ukir", 3),))
# Bought again and again, within a frame.
CLEANING = Basket("Kebersihan ruang baca", "5.1.02.01.01.0036", (("Sabun Lestari", "Pembersih lantai serai 1 liter", 8), ("Toko Sumber Rukun", "Tisu wajah 250 lembar", 12)), 20)  # fmt: skip
# Routine goods of which several shops are equally able: one draw is made, one is published.
TURNS = [
    Basket("Kertas kantor bulanan", "5.1.02.01.01.0024", (("Toko Pagi Lumintu", "Kertas HVS A4 70 gram", 15),), 12, 12),
    Basket("Kertas cetak triwulan", "5.1.02.01.01.0024", (("Toko Pagi Lumintu", "Kertas HVS A4 70 gram", 20),), 12, 12),
]
# Asked to be cancelled after its seller, who has a published account, accepted.
EVALUATION = Basket("Rapat evaluasi layanan", MEETING, (("Dapur Bu Lirih", "Nasi kuning kotak lengkap", 15),), 15)
# Food and notebooks in one request, each on its own account.
TRAINING = Basket(
    "Pelatihan pengelola taman baca", MEETING,
    (("Boga Mbah Kukus", "Nasi kotak ayam kremes", 30), ("Kertas Lintang", "Buku catatan jahit tangan", 30)), 30,
    charged=(("Buku catatan jahit tangan", "5.1.02.01.01.0024"),),
)  # fmt: skip
# Why a requester buys in spite of a warning, by its kind; requests take them in turn.
REASONS = {
    GuardKind.ACCOUNT: (
        "%(name)s diserahkan kepada narasumber dan termasuk paket rapat menurut kerangka acuan kegiatannya.",
        "Rincian DPA menyebut %(name)s sebagai bagian dari paket rapat, bukan belanja tersendiri.",
        "PPTK memastikan %(name)s dibayar dari rekening ini; notanya dilampirkan pada SPJ.",
        "Jumlah %(name)s mengikuti daftar narasumber, dan satuan biayanya sudah di dalam paket rapat.",
    ),
    GuardKind.SPLIT_GOODS: (
        "Kegiatannya berbeda dan baru dijadwalkan sesudah permintaan %(name)s yang terdahulu dikirim.",
        "%(name)s untuk bidang lain, dengan hari dan tempat antar yang lain.",
    ),
    GuardKind.SPLIT_OWNER: (
        "Barang dari %(name)s kali ini lain dari yang dibeli sebelumnya, untuk kegiatan lain.",
        "Hanya %(name)s yang sanggup mengantar pada hari kegiatan.",
    ),
    GuardKind.PRICE: (
        "%(name)s dipesan dengan ukiran nama kota; penawaran lain yang sanggup lebih mahal.",
        "Ukuran %(name)s lebih besar dari yang ada di keputusan.",
    ),
    GuardKind.MARKET: (
        "%(name)s lain isinya dari yang dijual lebih murah; rinciannya ada di kerangka acuan kegiatan.",
        "%(name)s dibuat khusus untuk kegiatan ini, termasuk bordir dan ukurannya.",
    ),
    GuardKind.YEAR_EARLY: ("Kegiatan awal tahun; pengadaannya didahulukan sesudah DPA disetujui.",),
    GuardKind.YEAR_END: ("Kegiatannya di akhir tahun; penjual menagih pada hari barang diterima.",),
}
# Above the amount from which offers are compared: vests and uniforms of which nobody else is able, shirts and water of
# which others are, some of them cheaper.
FESTIVAL = Basket("Seragam petugas Festival Literasi Kota", "5.1.02.01.01.0064", (("Konveksi Benang Lurus", "Seragam olahraga setelan", 170), ("Jahit Rukun Warga", "Rompi lapangan bordir", 230), ("Batik Kali Mas", "Kemeja batik lengan panjang", 25), ("Toko Pagi Lumintu", "Air minum gelas, dus isi 48", 20)), 230, 14, "Mutunya sama dengan yang dipakai petugas tahun lalu dan terbukti tahan")  # fmt: skip
# (days ago it began, how far it got), per department. The newest end in the future: their events are still to come.
PACE = [(80, "paid"), (52, "paid"), (29, "paid"), (16, "verified"), (12, "invoiced")]


def reason_for(concern: Concern, request: PurchaseRequest) -> str:
    reasons = REASONS[concern.kind]
    return reasons[request.pk % len(reasons)] % {"name": concern.parameters.get("name", "")}


class Diary:
    """Writes purchases of one department at past moments."""

    def __init__(self, agency: Agency, now: datetime) -> None:
        self.agency = agency
        self.now = now
        self.people = {role: membership(agency, role) for role in OfficerRole}
        self.ward = Kelurahan.objects.get(pk=agency.kelurahan_id)

    def buy(self, basket: Basket, *, days_ago: int, until: str, ending: str = "") -> list[Order]:
        """One purchase up to the stage `until`. `ending`: decline, source_again (after a decline),
        overdue, send_back, reject, lapse, partial, dispute; of an accepted order asked, released, claimed, agreed.
        """
        begun = working_moment(self.now, days_ago, 9, days_ago % 40)
        event_at = clock.start_of(clock.add_working_days(clock.local_date(begun), basket.days)) + timedelta(hours=9)
        request = self._draft(basket, begun, event_at)
        self._explain(request, basket, begun)
        if until == "draft":
            return []
        key = self._key(basket, days_ago)
        ppk, pp = self.people[OfficerRole.PPK], self.people[OfficerRole.PP]
        sent = begun + timedelta(minutes=40)
        warned = concerns(request, contents.read(request, sent), sent)
        request = decisions.submit_request(
            actor=self.people[OfficerRole.REQUESTER],
            request=request,
            key=key + "1",
            now=sent,
            answers={concern.key: Answer(Choice.JUSTIFY, reason_for(concern, request)) for concern in warned},
        )
        approver = pp if request.needed_role == OfficerRole.PP else ppk
        decided = begun + timedelta(hours=25)
        if ending == "send_back":
            decisions.send_back_request(
                actor=approver, request=request, note="Sebutkan jumlah peserta per hari di keperluan.", now=decided
            )
            return []
        if ending == "reject":
            decisions.reject_request(
                actor=approver, request=request, note="Kegiatan ini digabung dengan rapat bulan depan.", now=decided
            )
            return []
        if ending == "lapse":
            assert request.held_until is not None
            holds.lapse_request(request=request, now=request.held_until)
        if until == "submitted":
            return []
        findings = GuardFinding.objects.unanswered().filter(request=request)
        request = decisions.approve_request(
            actor=approver,
            request=request,
            dropped={},
            note="",
            key=key + "2",
            now=decided,
            outcomes={finding.pk: Outcome.FALSE_ALARM for finding in findings},
        )
        if until == "approved":
            return []
        placed = order_services.issue_orders(
            actor=approver, request=request, key=key + "3", now=begun + timedelta(hours=26)
        )
        for order in placed:
            self._fulfil(order, until, begun, event_at, ending, key)
        if ending == "source_again":
            part = RequestSeller.objects.to_source().filter(request=request).earliest("pk")
            unfilled.source_again(actor=self.people[OfficerRole.REQUESTER], part=part, now=begun + timedelta(hours=30))
        return placed

    def negotiate(self, basket: Basket, *, is_agreed: bool) -> None:
        """The officer asks the first shop of the submitted basket for a twentieth less; it agrees, or still thinks."""
        request = PurchaseRequest.objects.submitted().filter(agency=self.agency, title=basket.title).latest("pk")
        assert request.submitted_at is not None
        officer = self.people[OfficerRole.PP if request.needed_role == OfficerRole.PP else OfficerRole.PPK]
        part = contents.read(request, self.now).parts[0]
        now_is = terms_of(request, part)
        asked = Terms(
            {product: price * 95 // 100 for product, price in now_is.prices.items()}, now_is.delivery_cost,
            now_is.deliver_at,
        )  # fmt: skip
        opened = request.submitted_at + timedelta(hours=2) if is_agreed else self.now - timedelta(hours=2)
        negotiation = rounds.open_negotiation(
            actor=officer, request=request, seller=part.seller, terms=asked, key=self._key(basket, 0) + "7",
            words="Kami memesan banyak sekaligus dan membayar tepat waktu.", now=opened,
        )  # fmt: skip
        if is_agreed:
            owner = part.seller.members.select_related("user").earliest("pk").user
            rounds.accept_offer(
                actor=owner, negotiation=negotiation, round_number=1, key=self._key(basket, 0) + "8",
                now=opened + timedelta(hours=1),
            )  # fmt: skip

    def _draft(self, basket: Basket, begun: datetime, event_at: datetime) -> PurchaseRequest:
        requester = self.people[OfficerRole.REQUESTER]
        line = self._line(basket.account, begun)
        request = drafts.create_request(
            actor=requester,
            agency=self.agency,
            values={
                "title": basket.title,
                "purpose": f"{basket.title}, {self.agency.short_name}",
                "line": line,
                "event_at": event_at,
                "event_place": "Ruang Teratai",
                "attendees": basket.attendees,
                "deliver_at": event_at - timedelta(minutes=30),
                "delivery_place": self.agency.address,
                "delivery_kelurahan": self.ward,
            },
            now=begun,
        )
        for shop, name, quantity in basket.goods:
            product = Product.objects.get(seller__name=shop, name=name)
            drafts.put_line(
                actor=requester, request=request, product=product, quantity=Decimal(quantity), note="", now=begun
            )
        payers = {
            request.lines.get(name=name).product_id: self._line(account, begun) for name, account in basket.charged
        }
        if payers:
            drafts.charge_goods(actor=requester, request=request, payers=payers, now=begun)
        return request

    def _line(self, account: str, begun: datetime) -> BudgetLine:
        return BudgetLine.objects.get(agency=self.agency, account_id=account, year=clock.local_date(begun).year)

    def draw_turns(self, basket: Basket, *, days_ago: int, is_drawn: bool) -> None:
        """Several shops bring the goods at an equal cost: turns are drawn among them, or the list is published."""
        begun = working_moment(self.now, days_ago, 9, 20)
        event_at = clock.start_of(clock.add_working_days(clock.local_date(begun), basket.days)) + timedelta(hours=9)
        request, requester = self._draft(basket, begun, event_at), self.people[OfficerRole.REQUESTER]
        product = request.lines.get().product
        draw = rotation.announce_draw(actor=requester, request=request, product=product, now=begun)
        if is_drawn:
            rotation.make_draw(actor=requester, draw=draw, public_value="7.214,38", now=self.now)

    def keep_template(self, basket: Basket, name: str) -> None:
        """The newest request of the basket becomes a template, and a draft is made from it."""
        requester = self.people[OfficerRole.REQUESTER]
        source = PurchaseRequest.objects.filter(agency=self.agency, title=basket.title).latest("pk")
        key = hashlib.sha256(f"{self.agency.code}/{name}".encode()).hexdigest()[:31]
        template = templates.save_template(
            actor=requester,
            request=source,
            name=name,
            activity=ActivityKind.MEETING,
            key=key + "1",
            now=self.now - timedelta(hours=1),
        )
        day = clock.add_working_days(clock.local_date(self.now), 6)
        templates.use_template(
            actor=requester, template=template, agency=self.agency, attendees=60, place="Ruang Seruni",
            event_at=clock.start_of(day) + timedelta(hours=9), key=key + "2", now=self.now - timedelta(minutes=50),
        )  # fmt: skip

    def frame(self, basket: Basket, *, days_ago: int, is_signed: bool) -> ApprovalFrame | None:
        """The head approves the basket's goods beforehand, up to three times what it costs now; None where so few days
        of the budget year are left that no frame runs in them."""
        begun = working_moment(self.now, days_ago, 8, 20)
        first = clock.local_date(begun)
        last = min(first + timedelta(days=60), date(first.year, 12, 31))
        if (last - first).days + 1 < LEAST.on(first):
            return None
        goods = [
            (Product.objects.select_related("category").get(seller__name=shop, name=name), quantity)
            for shop, name, quantity in basket.goods
        ]
        cost = sum(product.price * quantity for product, quantity in goods)
        key = hashlib.sha256(f"{self.agency.code}/{basket.title}/frame".encode()).hexdigest()[:31]
        frame = frames.propose_frame(
            actor=self.people[OfficerRole.PPK], agency=self.agency, title=f"{basket.title}, triwulan berjalan",
            line=BudgetLine.objects.get(agency=self.agency, account_id=basket.account, year=first.year),
            amount=3 * cost, order_limit=3 * cost // 2, valid_from=first, valid_until=last,
            goods=[AllowedGoods(price_limit=product.price * 11 // 10, product=product) for product, _much in goods],
            sellers=[], is_issued_at_once=False, key=key + "1", now=begun,
        )  # fmt: skip
        if is_signed:
            frames.sign_frame(
                actor=self.people[OfficerRole.HEAD], frame=frame, decree=f"000.3.2/{frame.pk}/{first.year}",
                key=key + "2", now=begun + timedelta(hours=3),
            )  # fmt: skip
        return frame

    def buy_framed(self, basket: Basket, *, days_ago: int, is_issued: bool) -> None:
        """One request for the basket within its frame: approved as it is sent."""
        begun = working_moment(self.now, days_ago, 10, days_ago)
        event_at = clock.start_of(clock.add_working_days(clock.local_date(begun), basket.days)) + timedelta(hours=9)
        request = self._draft(basket, begun, event_at)
        key = self._key(basket, days_ago)
        sent = begun + timedelta(minutes=20)
        warned = concerns(request, contents.read(request, sent), sent)
        answers = {concern.key: Answer(Choice.JUSTIFY, reason_for(concern, request)) for concern in warned}
        request = decisions.submit_request(
            actor=self.people[OfficerRole.REQUESTER], request=request, key=key + "a", now=sent, answers=answers
        )
        if is_issued and request.frame is not None:
            placed = order_services.issue_orders(
                actor=self.people[OfficerRole.PP], request=request, key=key + "b", now=sent + timedelta(hours=1)
            )
            for order in placed:
                self._fulfil(order, "accepted", begun, event_at, "", key)

    def attach(self, basket: Basket, now: datetime) -> None:
        """Terms of reference and an invitation lie beside the request that waits."""
        request = PurchaseRequest.objects.filter(agency=self.agency, title=basket.title).latest("pk")
        for number, (kind, title) in enumerate(
            [(RequestFileKind.TERMS, "KAK rapat persiapan"), (RequestFileKind.INVITATION, "Undangan rapat persiapan")]
        ):
            attachments.attach_file(
                actor=self.people[OfficerRole.REQUESTER], request=request, kind=kind, title=title,
                file=paper(str(kind.label), request.number, number), now=now - timedelta(minutes=40),
                key=hashlib.sha256(f"{request.number}/{kind}".encode()).hexdigest()[:32],
            )  # fmt: skip

    def _explain(self, request: PurchaseRequest, basket: Basket, now: datetime) -> None:
        """Every choice the comparison asks about, with the basket's own words."""
        drawn = sheets.draw(request, contents.read(request, now), now)
        for goods, chosen in drawn.choices if drawn else ():
            if reasons.is_asked(goods, chosen):
                sourcing.explain_choice(
                    actor=request.requester, request=request, product=chosen.product,
                    reason="quality" if goods.is_dearer(chosen) else "", note=basket.why, now=now,
                )  # fmt: skip

    def _fulfil(self, order: Order, until: str, begun: datetime, event_at: datetime, ending: str, key: str) -> None:
        depth = STAGES.index(until)
        owner = order.seller.members.select_related("user").earliest("pk").user
        receiver, treasurer = self.people[OfficerRole.RECEIVER], self.people[OfficerRole.TREASURER]
        if ending in ("decline", "source_again"):
            order_services.close_order(
                actor=owner, order=order, reason="seller_declined", note="Dapur kami sedang hajatan keluarga.",
                now=begun + timedelta(hours=29),
            )  # fmt: skip
            return
        if ending == "overdue":
            order_services.close_order(
                actor=None, order=order, reason="no_answer", note="", now=order.answer_due_at + timedelta(minutes=1)
            )
            return
        if depth < STAGES.index("accepted"):
            return
        order_services.accept_order(actor=owner, order=order, now=begun + timedelta(hours=28))
        if ending in ("asked", "released", "claimed", "agreed"):
            self._cancel(order, owner, ending, begun + timedelta(hours=30))
        if depth < STAGES.index("shipped"):
            return
        out = min(event_at - timedelta(minutes=95), self.now - timedelta(minutes=90))
        half = {line.pk: line.quantity // 2 or line.quantity for line in order.lines.all()}
        delivery = deliveries.ship_order(
            actor=owner, order=order, carrier="Kurir sendiri", quantities=half if ending == "halves" else {},
            key=key + str(order.pk) + "3", now=out,
        )  # fmt: skip
        if depth < STAGES.index("arrived"):
            return
        there = out + timedelta(minutes=55)
        delivery = deliveries.mark_arrived(actor=receiver, delivery=delivery, now=there)
        if ending == "dispute":
            dispute = disputes.open_dispute(
                actor=receiver,
                order=order,
                complaint="Sepuluh kotak tiba tanpa sambal.",
                now=there + timedelta(minutes=9),
            )
            disputes.answer_dispute(
                actor=owner,
                dispute=dispute,
                answer="Sambal kami susulkan siang ini.",
                offer=DisputeTerms(DisputeOutcome.DEDUCTION, delivery, amount=50_000),
                now=there + timedelta(minutes=20),
            )
            return
        if depth < STAGES.index("inspected"):
            return
        findings = {
            line.pk: (line.sent, line.sent - 2, "Dua kotak penyok")
            if ending == "partial" and line.sent > 5
            else (line.sent, line.sent, "")
            for line in delivery.lines.all()
        }
        delivery = deliveries.inspect_delivery(
            actor=receiver, delivery=delivery, findings=findings, on_time=True, remark="", photos=[self._photo(order)],
            key=key + str(order.pk) + "4", now=there + timedelta(minutes=25),
        )  # fmt: skip
        if depth < STAGES.index("invoiced"):
            return
        signed = there + timedelta(minutes=40)
        deliveries.sign_bast(
            actor=receiver, delivery=delivery, office_number=f"000.3/{order.pk}/{signed.year}", now=signed
        )
        if ending == "halves":  # the first half is to be paid while the second is on its way
            deliveries.ship_order(
                actor=owner, order=order, carrier="Kurir sendiri", quantities={}, key=key + str(order.pk) + "6",
                now=max(signed, self.now - timedelta(minutes=40)),
            )  # fmt: skip
        if depth < STAGES.index("verified"):
            return
        checked = min(self._next_day(signed, 1), self.now)
        payments.verify_invoice(actor=treasurer, invoice=order.invoices.get(), now=checked)
        if depth < STAGES.index("paid"):
            return
        # Some pay the next day, some on the last, some late: the ageing list should have a story to tell.
        paid = min(self._next_day(signed, 1 + order.pk % 4), self.now) + timedelta(minutes=order.pk % 50)
        payments.record_payment(
            actor=treasurer, invoice=order.invoices.get(), method="ls" if order.pk % 3 else "up_gu",
            reference=f"SP2D/{signed.year}/{10_000 + order.pk}", paid_on=clock.local_date(paid),
            proof=paper("bukti bayar", order.number, order.pk), key=key + str(order.pk) + "5", now=paid,
        )  # fmt: skip

    def _cancel(self, order: Order, owner: User, ending: str, then: datetime) -> None:
        """The seller is released; or the department asks, with the seller's claim, and agrees to it."""
        ppk, later = self.people[OfficerRole.PPK], timedelta(hours=1)
        if ending == "released":
            row = cancellations.ask_cancellation(
                actor=owner, order=order, reason="no_goods", note="Kayunya baru datang bulan depan.", now=then
            )
            cancellations.consent(actor=ppk, cancellation=row, now=then + later)
            return
        # What still waits was asked this morning: an answer is due within days.
        then = then if ending == "agreed" else max(then, self.now - 3 * later)
        row = cancellations.ask_cancellation(
            actor=ppk, order=order, reason="activity", note="Kegiatan digabung dengan bulan depan.", now=then
        )
        if ending == "asked":
            return
        row = cancellations.claim_compensation(
            actor=owner, cancellation=row, amount=order.goods_total // 4, spent_on="Bahan sudah dibeli kemarin.",
            evidence=paper("nota belanja", order.number, order.pk), now=then + later,
        )  # fmt: skip
        if ending == "agreed":
            cancellations.agree_claim(actor=ppk, cancellation=row, amount=row.claimed or 0, now=then + 2 * later)

    def reverse(self, title: str, *, is_released: bool) -> None:
        """The treasurer asks to reverse the last payment for these goods; the head released it, or is still to."""
        found = Payment.objects.standing().filter(invoice__order__agency=self.agency, invoice__order__title=title)
        payment = found.select_related("invoice__order").order_by("-paid_on", "-pk").first()
        if payment is None or PaymentReversal.objects.filter(payment__invoice__order__agency=self.agency).count() > 1:
            return
        then = max(payment.recorded_at, self.now - timedelta(days=2 if is_released else 0, hours=3))
        year = clock.local_date(then).year
        if clock.local_date(then) > reversal_policies.last_day(payment):  # its year is closed
            return
        row = reversals.ask_reversal(
            actor=self.people[OfficerRole.TREASURER], payment=payment, reason="reference",
            note=f"Seharusnya SP2D/{year}/{20_000 + payment.pk}", key=f"{payment.pk:031x}a"[-32:], now=then,
        )  # fmt: skip
        if is_released:
            head = self.people[OfficerRole.HEAD]
            reversals.release_reversal(
                actor=head, reversal=row, key=f"{payment.pk:031x}b"[-32:], now=then + timedelta(hours=1)
            )

    def _next_day(self, moment: datetime, days: int) -> datetime:
        return clock.start_of(clock.add_working_days(clock.local_date(moment), days)) + timedelta(hours=10)

    def _photo(self, order: Order) -> SimpleUploadedFile:
        return paper("pemeriksaan", order.subject[:30], order.pk)

    def _key(self, basket: Basket, days_ago: int) -> str:
        """31 hex digits, the same for the same purchase: a seed run twice buys once."""
        text = f"{self.agency.code}/{basket.title}/{days_ago}"
        return hashlib.sha256(text.encode()).hexdigest()[:31]


def make_purchases(agencies: list[Agency], now: datetime, progress: Any) -> None:
    for number, agency in enumerate(agencies):
        diary = Diary(agency, now)
        for index, (days_ago, until) in enumerate(PACE):
            basket = BASKETS[(number * 3 + index) % len(BASKETS)]
            ending = "partial" if (number + index) % 7 == 3 else ""
            diary.buy(basket, days_ago=days_ago + number % 3, until=until, ending=ending)
        progress(f"belanja {agency.short_name}")
    first = Diary(agencies[0], now)
    # What the published accounts find waiting on their dashboards.
    first.buy(BASKETS[1], days_ago=7, until="arrived")
    first.buy(BASKETS[2], days_ago=7, until="shipped")
    first.buy(BASKETS[4], days_ago=3, until="accepted")
    first.buy(BASKETS[3], days_ago=9, until="invoiced", ending="halves")
    first.buy(BASKETS[0], days_ago=2, until="placed")
    first.buy(BASKETS[6], days_ago=3, until="placed", ending="decline")
    first.buy(BASKETS[9], days_ago=2, until="approved")
    for days_ago, until in ((25, "paid"), (2, "submitted"), (1, "draft")):
        first.buy(WARNED, days_ago=days_ago, until=until)
    first.buy(BASKETS[8], days_ago=1, until="submitted")  # holds what it asks for
    first.negotiate(BASKETS[8], is_agreed=True)
    first.buy(BASKETS[0], days_ago=1, until="submitted")
    first.negotiate(BASKETS[0], is_agreed=False)
    first.keep_template(BASKETS[8], "Rapat 50 orang")
    first.attach(BASKETS[8], now)
    if clock.add_working_days(clock.local_date(now), FESTIVAL.days).year == clock.local_date(now).year:
        first.buy(FESTIVAL, days_ago=1, until="submitted")  # with a comparison sheet; its budget is of this year
    first.draw_turns(TURNS[0], days_ago=6, is_drawn=True)
    first.buy(BASKETS[7], days_ago=12, until="submitted", ending="lapse")
    # The head approves cleaning goods beforehand; stationery waits for the signature.
    if first.frame(CLEANING, days_ago=6, is_signed=True):
        first.buy_framed(CLEANING, days_ago=5, is_issued=True)
        first.buy_framed(CLEANING, days_ago=1, is_issued=False)
    first.frame(BASKETS[4], days_ago=1, is_signed=False)
    first.buy(BASKETS[5], days_ago=1, until="draft")
    second, third, fourth = (Diary(agency, now) for agency in agencies[1:4])
    second.draw_turns(TURNS[1], days_ago=1, is_drawn=False)
    second.buy(BASKETS[3], days_ago=8, until="placed", ending="source_again")
    second.buy(BASKETS[6], days_ago=20, until="placed", ending="overdue")
    third.buy(BASKETS[7], days_ago=6, until="submitted", ending="send_back")
    third.buy(BASKETS[5], days_ago=6, until="submitted", ending="reject")
    fourth.buy(BASKETS[1], days_ago=7, until="arrived", ending="dispute")
    # Accepted, then cancelled or asked to be.
    first.buy(TRAINING, days_ago=26, until="paid")
    first.buy(EVALUATION, days_ago=3, until="accepted", ending="asked")
    first.buy(BASKETS[5], days_ago=4, until="accepted", ending="claimed")
    second.buy(BASKETS[5], days_ago=12, until="accepted", ending="released")
    third.buy(BASKETS[8], days_ago=9, until="accepted", ending="agreed")
    # Paid, and recorded under a wrong number: one the head is to decide on, one released and to be recorded anew.
    first.reverse(WARNED.title, is_released=False)
    first.reverse(BASKETS[2].title, is_released=True)


CITIZEN_BASKETS = [
    (("Toko Pagi Lumintu", "Telur ayam negeri per kg", "1.5"), ("Toko Pagi Lumintu", "Beras premium 5 kg", "1")),
    (("Warung Kuah Senja", "Soto ayam Lamongan", "3"), ("Warung Kuah Senja", "Es teh manis", "3")),
    (("Sambal Bu Pawon Tua", "Sambal bawang botol 150 gram", "2"),),
    (("Batik Kali Mas", "Selendang batik sutra", "1"),),
    (("Kebun Gang Wangi", "Bibit cabai rawit", "6"),),
    (("Toko Pagi Lumintu", "Minyak goreng 1 liter", "2"), ("Renyah Bu Tela", "Keripik ubi ungu 250 gram", "2")),
]  # fmt: skip
CITIZEN_PACE = [(40, "paid"), (26, "paid"), (15, "paid"), (9, "paid"), (2, "shipped"), (0, "placed")]


def make_citizen_orders(buyers: list[User], now: datetime, progress: Any) -> None:
    for number, buyer in enumerate(buyers):
        for index, (days_ago, until) in enumerate(CITIZEN_PACE):
            goods = CITIZEN_BASKETS[(number + index) % len(CITIZEN_BASKETS)]
            moment = min(working_moment(now, days_ago, 10, number * 7), now - timedelta(minutes=50 - number))
            _buy_privately(buyer, goods, moment, until, f"{number}-{index}", now)
    progress("belanja warga")


def _buy_privately(
    buyer: User, goods: tuple[tuple[str, str, str], ...], moment: datetime, until: str, mark: str, now: datetime
) -> None:
    cart = None
    groups = {}
    for shop, name, quantity in goods:
        product = Product.objects.select_related("seller").get(seller__name=shop, name=name)
        cart = carts.put_in_cart(user=buyer, key="", product=product, quantity=Decimal(quantity), now=moment)
        day = hours.first_day(product.seller, product.lead_days, moment)
        groups[product.seller_id] = {"method": "pickup", "deliver_on": day}
    values = {
        "recipient": buyer.name,
        "recipient_phone": buyer.phone or "+6281200000009",
        "delivery_place": "Jalan Peraga 99",
        "delivery_kelurahan": buyer.kelurahan,
        "note": "",
        "groups": groups,
    }
    key = hashlib.sha256(f"{buyer.email}/{mark}".encode()).hexdigest()[:32]
    assert cart is not None  # every basket here holds something
    for order in carts.place_orders(actor=buyer, cart=cart, values=values, key=key, now=moment):
        owner = order.seller.members.select_related("user").earliest("pk").user
        if until == "placed":
            continue
        order_services.accept_order(actor=owner, order=order, now=moment + timedelta(minutes=30))
        delivery = deliveries.ship_order(
            actor=owner, order=order, carrier="", quantities={}, key=f"{key[:26]}s{order.pk}",
            now=moment + timedelta(minutes=45),
        )  # fmt: skip
        if until == "shipped":
            continue
        deliveries.confirm_received(actor=buyer, delivery=delivery, now=moment + timedelta(hours=3))
        payments.record_cash(
            actor=owner, invoice=order.invoices.get(), key=key[:31] + "c", now=moment + timedelta(hours=3, minutes=5)
        )
