"""What a request for quotation may ask for: judged box by box while it is written, and again when it is published."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.i18n.times import long_time
from epeken.core.i18n.words import rupiah
from procurement.budgets.models import BudgetLine
from procurement.quotations import rules
from procurement.quotations.querysets import of_category
from umkm.catalogue.defaults import WHOLE_UNITS
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.owners.rules import CAP

WRITABLE = (
    "title", "line", "category", "deliver_at", "delivery_place", "delivery_kelurahan", "closes_at", "ceiling", "rule",
    "price_weight", "time_weight", "distance_weight",
)  # fmt: skip
SPECIFIC = 4  # letters and digits of a specification, as `A4 70` has
WEIGHTS = ("price_weight", "time_weight", "distance_weight")


def earliest_end(now: datetime) -> tuple[int, datetime]:
    """The hours sellers have at least, and the end of the time for offers were it published now."""
    hours = rules.OPEN.on(clock.local_date(now))
    return hours, now + timedelta(hours=hours)


def publishable_until(closes_at: datetime, now: datetime) -> datetime:
    """The last moment at which a draft can be published: later, sellers would have too little time."""
    return closes_at - timedelta(hours=rules.OPEN.on(clock.local_date(now)))


def above_cap(ceiling: int | None, closes_at: datetime) -> str:
    """Why nobody can win as much as the ceiling allows, and what to do; "" where an owner may sell so much."""
    cap = CAP.on(clock.last_day(closes_at))
    if ceiling is None or ceiling <= cap:
        return ""
    text = _(
        "Jumlah tertingginya %(ceiling)s, sedangkan satu pemilik toko boleh menjual %(cap)s sebulan, jadi penawaran di "
        "atas itu tidak dapat menang. Minta penawaran untuk sebagian barangnya, atau bagi ke beberapa penjual lewat "
        "rencana di permintaan belanja."
    )
    return text % {"ceiling": rupiah(ceiling), "cap": rupiah(cap)}


def unspecific(place: int, specification: str) -> RuleBroken | None:
    """Whether sellers could not tell from these words what to offer."""
    if sum(letter.isalnum() for letter in specification) >= SPECIFIC:
        return None
    text = _("Barang %(n)d: spesifikasi “%(said)s” belum menerangkan barangnya. Tulis ukuran, isi, atau mutunya.")
    words = {"n": place, "said": specification.strip()}
    return RuleBroken(text % words, field=f"specification_{place}", code="unspecific")


def goods_problems(category: Category, goods: Mapping[int, tuple[str, Decimal]]) -> Iterator[RuleBroken]:
    """What nobody could offer: by place of the goods, their unit and quantity. One query."""
    sold = set(Product.objects.for_sale().filter(of_category(category)).order_by().values_list("unit", flat=True))
    for place, (unit, quantity) in goods.items():
        label = Unit(unit).label
        if sold and unit not in sold:
            text = _("Di kategori ini tidak ada yang menjual per %(unit)s. Yang ada: per %(sold)s.")
            others = _(", per ").join(str(one.label) for one in Unit if one in sold)
            yield RuleBroken(text % {"unit": label, "sold": others}, field=f"unit_{place}", code="unit_unsold")
        if unit in WHOLE_UNITS and quantity % 1:
            text = _("Barang per %(unit)s diminta dalam bilangan bulat.") % {"unit": label}
            yield RuleBroken(text, field=f"quantity_{place}", code="not_whole")


def problems(values: Mapping[str, Any], now: datetime) -> Iterator[RuleBroken]:
    """Every rule these values break, each at its field. A value that is not given is not judged. One query."""
    closes_at, deliver_at = values.get("closes_at"), values.get("deliver_at")
    line, ceiling = values.get("line"), values.get("ceiling")
    weights: list[int] = [values[name] for name in WEIGHTS if values.get(name) is not None]
    if len(weights) == len(WEIGHTS) and (sum(weights) != 100 or weights[0] < 1):
        text = _("Bobot harga, waktu tiba, dan jarak harus berjumlah 100, dan bobot harga paling sedikit 1.")
        yield RuleBroken(text, field="price_weight", code="weights")
    if closes_at is not None:
        hours, earliest = earliest_end(now)
        if closes_at < earliest:
            text = _("Penjual perlu paling sedikit %(hours)s jam untuk menawar, jadi batasnya paling cepat %(when)s.")
            words = {"hours": hours, "when": long_time(earliest)}
            yield RuleBroken(text % words, field="closes_at", code="too_short")
    if closes_at is not None and deliver_at is not None and deliver_at <= closes_at:
        text = _("Barang baru bisa tiba sesudah batas penawaran, %(when)s.") % {"when": long_time(closes_at)}
        yield RuleBroken(text, field="deliver_at", code="deliver_before_end")
    if line is not None:
        day = clock.local_date(now)
        if not BudgetLine.objects.bearing(line.agency_id, day, 1).filter(pk=line.pk).exists():
            text = _(
                "Mata anggaran %(line)s tidak dapat dibelanjakan: tidak ada sisa, tidak ada RUP, atau tahunnya lewat."
            )
            yield RuleBroken(text % {"line": line}, field="line", code="line_unusable")
        if deliver_at is not None and clock.last_day(deliver_at).year > line.year:
            text = _("Barang tiba sesudah tahun anggaran %(year)s. Majukan waktunya.") % {"year": line.year}
            yield RuleBroken(text, field="deliver_at", code="after_year")
    if ceiling is not None and ceiling < 1:
        text = _("Isi jumlah tertinggi lebih dari nol, atau kosongkan.")
        yield RuleBroken(text, field="ceiling", code="ceiling_zero")
    if ceiling is not None and line is not None and ceiling > line.available:
        text = _("Jumlah tertinggi %(most)s melebihi sisa anggaran %(left)s.")
        words = {"most": rupiah(ceiling), "left": rupiah(line.available)}
        yield RuleBroken(text % words, field="ceiling", code="ceiling_above_budget")
