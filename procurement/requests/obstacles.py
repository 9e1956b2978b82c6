"""What keeps a request from being sent, and what its approver must weigh. The page shows what the service refuses."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.words import long_date, rupiah
from epeken.core.models import Rule
from epeken.core.quantity import fits_step, plain
from procurement.requests.contents import RequestContents
from procurement.requests.errors import PricesChanged
from procurement.requests.models import PurchaseRequest, RequestLine
from umkm.catalogue.models import Product
from umkm.catalogue.states import FoodKind, Keeps, ProductState
from umkm.sellers.states import SellerState

if TYPE_CHECKING:
    from decimal import Decimal

EVENT, GOODS, COMPARE, SEND = "acara", "barang", "pembanding", "kirim"
MISSING = {"budget_missing", "deliver_missing", "place_missing", "no_lines", "comparison_missing"}


@dataclass(frozen=True)
class Obstacle:
    """One thing to mend before sending: on which step, and the refusal the service would give."""

    step: str
    code: str
    text: str

    @property
    def is_missing(self) -> bool:
        """Not filled in yet, rather than wrong."""
        return self.code in MISSING

    def refusal(self) -> RuleBroken:
        return RuleBroken(self.text, code=self.code)


def obstacles(request: PurchaseRequest, contents: RequestContents, now: datetime) -> list[Obstacle]:
    """Everything that is missing or wrong, in the order of the page; empty when the request can go."""
    return [*_event(request, now), *_goods(request, contents, now), *_budget(request, contents), *_comparison(contents)]


def check_ready(request: PurchaseRequest, contents: RequestContents, now: datetime) -> None:
    """Raises the first obstacle; PricesChanged only when nothing else is in the way."""
    first = next((item for item in obstacles(request, contents, now) if item.code != PricesChanged.code), None)
    if first is not None:
        raise first.refusal()
    if contents.news:
        raise PricesChanged(contents.news)


def check_quantity(product: Product, quantity: "Decimal") -> None:
    """Raises RuleBroken unless the amount is at least the minimum and a whole number of steps."""
    fault = _quantity_fault(product, quantity)
    if fault is not None:
        code, text = fault
        raise RuleBroken(text, field="quantity", code=code)


def is_for_sale(product: Product) -> bool:
    return product.state == ProductState.PUBLISHED and product.seller.state == SellerState.ACTIVE


def is_late(product: Product, deliver_at: datetime, now: datetime) -> bool:
    """Whether the seller has fewer days than the goods need; meals must be answered the day before."""
    return (clock.local_date(deliver_at) - clock.local_date(now)).days < lead_of(product, now)


def lead_of(product: Product, now: datetime) -> int:
    """Days the goods need. Source for meals: `order.answer_food_days_before`, e-purchasing practice."""
    is_meal = product.food_kind != FoodKind.NONE or product.keeps == Keeps.COOKED
    answer = Rule.objects.amount("order.answer_food_days_before", clock.local_date(now)) if is_meal else 0
    return max(product.lead_days, answer)


def _event(request: PurchaseRequest, now: datetime) -> Iterator[Obstacle]:
    line = request.line
    if line is None:
        yield Obstacle(EVENT, "budget_missing", _("Pilih mata anggaran yang membayar permintaan ini."))
    elif not line.rup_id.strip():
        yield Obstacle(
            EVENT,
            "no_rup",
            _(
                "Mata anggaran ini belum punya ID RUP, jadi belum boleh dibelanjakan. "
                "Pilih yang lain atau minta perencana mengisinya."
            ),
        )
    if request.deliver_at is None:
        yield Obstacle(EVENT, "deliver_missing", _("Isi kapan barang harus tiba."))
    else:
        if request.deliver_at <= now:
            yield Obstacle(EVENT, "deliver_past", _("Waktu barang tiba sudah lewat. Pilih waktu yang akan datang."))
        if line is not None and line.year != clock.local_date(request.deliver_at).year:
            yield Obstacle(
                EVENT,
                "budget_year",
                _("Mata anggaran ini untuk tahun %(year)s, sedangkan barang tiba tahun %(other)s. Samakan tahunnya.")
                % {"year": line.year, "other": clock.local_date(request.deliver_at).year},
            )
        if request.event_at is not None and request.deliver_at > request.event_at:
            yield Obstacle(
                EVENT, "deliver_after_event", _("Barang harus tiba sebelum acara dimulai. Ubah waktu tibanya.")
            )
    if not request.delivery_place.strip() or request.delivery_kelurahan_id is None:
        yield Obstacle(EVENT, "place_missing", _("Isi alamat antar dan kelurahannya."))


def _goods(request: PurchaseRequest, contents: RequestContents, now: datetime) -> Iterator[Obstacle]:
    if not contents.kept:
        yield Obstacle(GOODS, "no_lines", _("Tambahkan barang yang diminta."))
        return
    for line in contents.kept:
        yield from _line(line, request, now)
    if contents.total <= 0:
        yield Obstacle(GOODS, "total_zero", _("Jumlah permintaan masih nol. Periksa harga dan jumlah barang."))
    if contents.news:
        news = PricesChanged(contents.news)
        yield Obstacle(GOODS, news.code, news.message)


def _line(line: RequestLine, request: PurchaseRequest, now: datetime) -> Iterator[Obstacle]:
    product = line.product
    if not is_for_sale(product):
        yield Obstacle(
            GOODS,
            "not_for_sale",
            _("%(name)s sedang tidak dijual. Hapus barang itu lalu pilih yang lain.") % {"name": line.name},
        )
        return
    fault = _quantity_fault(product, line.quantity)
    if fault is not None:
        yield Obstacle(GOODS, *fault)
    if request.deliver_at is not None and request.deliver_at > now and is_late(product, request.deliver_at, now):
        yield Obstacle(
            GOODS,
            "lead_time",
            _(
                "%(name)s perlu disiapkan %(days)s hari, padahal harus tiba %(date)s. "
                "Mundurkan waktunya atau pilih barang lain."
            )
            % {"name": line.name, "days": lead_of(product, now), "date": long_date(request.deliver_at)},
        )


def _quantity_fault(product: Product, quantity: "Decimal") -> tuple[str, str] | None:
    words = {"name": product.name, "unit": product.get_unit_display()}
    if quantity < product.minimum:
        words["minimum"] = plain(product.minimum)
        return "below_minimum", _("%(name)s dipesan paling sedikit %(minimum)s %(unit)s.") % words
    if not fits_step(quantity, product.step):
        words["step"] = plain(product.step)
        return "bad_step", _("%(name)s dipesan dalam kelipatan %(step)s %(unit)s.") % words
    return None


def _budget(request: PurchaseRequest, contents: RequestContents) -> Iterator[Obstacle]:
    line = request.line
    if line is not None and contents.total > line.available:
        yield Obstacle(
            GOODS,
            "budget_short",
            _(
                "Sisa pagu tinggal %(left)s, sedangkan permintaan ini %(total)s. "
                "Kurangi barangnya atau pilih mata anggaran lain."
            )
            % {"left": rupiah(line.available), "total": rupiah(contents.total)},
        )


def _comparison(contents: RequestContents) -> Iterator[Obstacle]:
    if contents.kept and not contents.is_compared:
        above = contents.three_above if contents.needed == 3 else contents.two_above
        yield Obstacle(
            COMPARE,
            "comparison_missing",
            _(
                "Di atas %(above)s paling sedikit %(needed)s penjual dibandingkan; baru ada %(have)s. "
                "Tambahkan penawaran penjual lain."
            )
            % {"above": rupiah(above), "needed": contents.needed, "have": len(contents.owners)},
        )
