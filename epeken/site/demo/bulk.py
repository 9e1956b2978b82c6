"""Large invented shops by COPY, for measuring: same tables, same ledgers, same constraints as the real ones."""

import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import AutoField, Model

from epeken.core import database
from epeken.core.models import Kelurahan
from epeken.core.services import service
from umkm.catalogue.models import Category, Product, ProductEvent
from umkm.catalogue.states import FoodKind, Keeps, Unit
from umkm.exposure.policy import UNRANKED
from umkm.owners.models import Owner
from umkm.sellers.models import FoodCourt, Seller, SellerEvent
from umkm.sellers.states import SellerKind
from umkm.stock.models import StockEntry

ADJECTIVES = [
    "asli",
    "pilihan",
    "segar",
    "gurih",
    "manis",
    "pedas",
    "rumahan",
    "kampung",
    "spesial",
    "lembut",
    "renyah",
    "harum",
    "jumbo",
    "mini",
    "premium",
    "hemat",
    "kering",
    "basah",
    "bakar",
    "kukus",
    "goreng",
    "tumis",
    "sederhana",
    "lengkap",
    "istimewa",
    "tradisional",
]
HEADS = {
    "food": "nasi kotak,nasi bakar,soto,rawon,bakso,sate,pecel,ayam bakar,ikan asap,lemper,pastel,donat,puding,bolu,"
    "keripik,rengginang,sambal,bumbu,kopi,teh,jamu,es dawet,jus,kue lapis,onde-onde,roti,tempe,tahu",
    "goods": "kemeja,kain batik,kaus,topi,tas,dompet,keranjang,plakat,boneka,vas,buku,map,spanduk,sertifikat,pulpen,"
    "sabun,pembersih,sapu,tisu,bibit,pupuk,pot,lilin,gantungan kunci",
}
FLAVOURS = [
    "ayam",
    "udang",
    "sapi",
    "kelapa",
    "pandan",
    "cokelat",
    "keju",
    "wijen",
    "jahe",
    "serai",
    "kemangi",
    "bawang",
    "terasi",
    "madu",
    "aren",
    "durian",
    "nangka",
    "ungu",
    "merah",
    "hijau",
    "biru",
    "batik",
    "semanggi",
    "bambu",
    "pandan",
    "rotan",
    "katun",
    "linen",
    "kayu",
]
# Share of goods per price band, in rupiah: most things on such a market are cheap.
PRICE_BANDS = [(0.35, 2_000, 15_000), (0.35, 15_000, 50_000), (0.2, 50_000, 150_000), (0.1, 150_000, 750_000)]

PART = 2_000  # rows of a transaction


@dataclass(frozen=True)
class Loaded:
    sellers: int
    products: int


def load(*, products: int, sellers: int, seed: int, now: datetime, progress: Callable[[str], None]) -> Loaded:
    """Adds `sellers` active shops with `products` published goods between them.

    Districts are weighted unevenly and shop sizes follow a Pareto curve, as in a real city. The same seed gives the
    same shops. In transactions of PART rows, since their triggers look at every row. Raises ValueError for numbers
    below one.
    """
    if products < 1 or sellers < 1:
        raise ValueError("At least one product and one seller.")
    dice = random.Random(seed)  # noqa: S311 - invented goods, not secrets
    first_owner = _next("umkm_owner", sellers)
    first_seller = _next("umkm_seller", sellers)
    first_product = _next("umkm_product", products)
    stamp = now.isoformat()

    progress(f"{sellers} penjual")
    shops = _shops(dice, sellers, seed)
    for part in _parts(sellers):
        _load_shops(shops, part, first_seller, first_owner, stamp)
    progress(f"{products} barang")
    goods = list(_goods(dice, products, shops, first_seller, now))
    for part in _parts(products):
        _load_goods(goods, part, first_product, stamp)
        progress(f"{part.stop} barang")
    return Loaded(sellers=sellers, products=products)


def _parts(count: int) -> list[range]:
    return [range(start, min(start + PART, count)) for start in range(0, count, PART)]


@service
def _load_shops(shops: "list[_Shop]", part: range, first_seller: int, first_owner: int, stamp: str) -> None:
    _copy(Owner, ["id", "created_at"], ((str(first_owner + i), stamp) for i in part))
    _copy(Seller, list(SELLER_COLUMNS), _seller_rows(shops, part, first_seller, first_owner, stamp))
    _copy(
        SellerEvent,
        ["action", "from_state", "to_state", "actor_id", "at", "note", "seller_id"],
        (("import", "", "active", None, stamp, "bulk", str(first_seller + i)) for i in part),
    )


@service
def _load_goods(goods: list[dict[str, str | None]], part: range, first_product: int, stamp: str) -> None:
    _copy(Product, ["id", *goods[0]], ((str(first_product + i), *goods[i].values()) for i in part))
    _copy(
        ProductEvent,
        ["action", "from_state", "to_state", "actor_id", "at", "note", "product_id"],
        (("import", "", "published", None, stamp, "bulk", str(first_product + i)) for i in part),
    )
    _copy(
        StockEntry,
        ["kind", "on_hand_delta", "reference", "at", "product_id"],
        (
            ("receive", goods[i]["on_hand"], "bulk", stamp, str(first_product + i))
            for i in part
            if goods[i]["on_hand"] != "0"
        ),
    )


@dataclass(frozen=True)
class _Shop:
    name: str
    slug: str
    kind: str
    kelurahan: str
    food_court: int | None
    weight: float


SELLER_COLUMNS = [
    "id",
    "kind",
    "form",
    "state",
    "owner_id",
    "owner_name",
    "nik",
    "nik_index",
    "phone",
    "email",
    "low_income",
    "name",
    "slug",
    "about",
    "address",
    "kelurahan_id",
    "food_court_id",
    "stall_number",
    "picture",
    "open_days",
    "opens_at",
    "closes_at",
    "offers_pickup",
    "offers_delivery",
    "delivery_fee",
    "nib",
    "npwp",
    "is_pkp",
    "has_low_turnover_statement",
    "has_final_tax_certificate",
    "bank_name",
    "bank_account",
    "bank_index",
    "bank_holder",
    "created_at",
    "submitted_at",
    "approved_at",
]


def _shops(dice: random.Random, count: int, seed: int) -> list[_Shop]:
    wards = list(Kelurahan.objects.order_by("code").values_list("code", flat=True))
    weights = [dice.paretovariate(1.3) for _ in wards]
    courts = list(FoodCourt.objects.order_by("pk").values_list("pk", flat=True))
    shops = []
    for i in range(count):
        kind = dice.choices([SellerKind.UMKM, SellerKind.SWK, SellerKind.KELONTONG], [0.6, 0.15, 0.25])[0]
        word = f"{dice.choice(ADJECTIVES)} {dice.choice(FLAVOURS)}".title()
        shops.append(
            _Shop(
                name=f"{'Toko' if kind == SellerKind.KELONTONG else 'Usaha'} {word} {i + 1}",
                slug=f"massal-{seed}-{i + 1}",
                kind=str(kind.value),
                kelurahan=dice.choices(wards, weights)[0],
                food_court=dice.choice(courts) if kind == SellerKind.SWK and courts else None,
                weight=min(dice.paretovariate(1.16), 200.0),
            )
        )
    return shops


def _seller_rows(
    shops: list[_Shop], part: range, first: int, first_owner: int, stamp: str
) -> Iterator[tuple[str | None, ...]]:
    for i in part:
        shop = shops[i]
        yield (
            str(first + i), shop.kind, "person", "active", str(first_owner + i), shop.name, "", "", "", "", "f",
            shop.name, shop.slug, "", "", shop.kelurahan, str(shop.food_court) if shop.food_court else None, "", "",
            "123456", "08:00", "17:00", "t", "t", "10000", "", "", "f", "f", "f", "", "", "", "", stamp, stamp, stamp,
        )  # fmt: skip


def _goods(
    dice: random.Random, count: int, shops: list[_Shop], first_seller: int, now: datetime
) -> Iterator[dict[str, str | None]]:
    leaves = list(Category.objects.filter(children__isnull=True))
    allowed = {kind.value: [c for c in leaves if c.allows(kind.value)] for kind in SellerKind}
    owners = dice.choices(range(len(shops)), [s.weight for s in shops], k=count)
    for index in owners:
        shop = shops[index]
        category = dice.choice(allowed[shop.kind] or leaves)
        head = dice.choice(HEADS["food" if category.is_food else "goods"].split(","))
        name = f"{head} {dice.choice(FLAVOURS)} {dice.choice(ADJECTIVES)}".capitalize()
        published = now - timedelta(minutes=dice.randrange(60 * 24 * 900))
        _share, low, high = dice.choices(PRICE_BANDS, [b[0] for b in PRICE_BANDS])[0]
        stamp = published.isoformat()
        yield {
            "seller_id": str(first_seller + index),
            "category_id": str(category.pk),
            "state": "published",
            "name": name,
            "option_1": "",
            "option_2": "",
            "description": f"{name}, {dice.choice(ADJECTIVES)} dan {dice.choice(ADJECTIVES)}.",
            "price": str(dice.randrange(low, high, 500)),
            "unit": str(Unit.PACK.value),
            "step": "1",
            "minimum": "1",
            "stock_mode": "stock",
            "on_hand": str(Decimal(dice.randrange(0, 400))),
            "held": "0",
            "daily_capacity": None,
            "lead_days": str(dice.choice([0, 0, 0, 1, 1, 2, 5])),
            "food_kind": str((FoodKind.SHOP if category.is_food else FoodKind.NONE).value),
            "keeps": str((Keeps.DRY if category.is_food else Keeps.OTHER).value),
            "is_halal": "t" if category.is_food and dice.random() < 0.7 else "f",
            "halal_number": "",
            "pirt_number": "",
            "picture": "",
            "created_at": stamp,
            "submitted_at": stamp,
            "published_at": stamp,
            "review_due_at": None,
            "review_note": "",
            "standing": str(UNRANKED),
        }


def _next(table: str, count: int) -> int:
    """Reserves `count` ids of the table's sequence; returns the first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), nextval(pg_get_serial_sequence(%s, 'id')) + %s)",
            [table, table, count - 1],
        )
        (last,) = cursor.fetchone()
    return int(last) - count + 1


def _copy(model: type[Model], columns: list[str], rows: Iterator[tuple[str | None, ...]]) -> None:
    """Columns that are not named get what the model gives a new row."""
    left = [
        field
        for field in model._meta.concrete_fields
        if field.column not in columns
        and not (field.generated or field.has_db_default() or isinstance(field, AutoField))
    ]
    given = [_text(field.get_default()) for field in left]
    names = ", ".join([*columns, *(str(field.column) for field in left)])
    buffer = io.StringIO()
    for row in rows:
        buffer.write("\t".join("\\N" if value is None else value for value in (*row, *given)) + "\n")
    buffer.seek(0)
    table = model._meta.db_table
    with connection.cursor() as cursor, database.copying():
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", buffer)
        cursor.execute(f"ANALYZE {table}")  # triggers look into it: of unknown size they would read all of it each time


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if value == ():
        return "{}"
    if isinstance(value, bool):
        return "t" if value else "f"
    return json.dumps(value) if isinstance(value, dict | list) else str(value)
