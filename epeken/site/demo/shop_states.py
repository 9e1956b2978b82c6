"""What becomes of shops: an import that waits, goods whose paper ended, a shop that left and one that is offered."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from epeken.core.clock import local_date
from epeken.core.idempotency import new_key
from epeken.site.demo.market import open_shop, paper, picture
from epeken.site.demo.offices import make_person
from epeken.site.demo.people import DOMAIN
from epeken.site.demo.shops import Shop
from epeken.users.models import User
from orders.departures import services as departures
from umkm.catalogue import checks
from umkm.catalogue.models import Category, Product
from umkm.catalogue.services import curation, photos, products
from umkm.catalogue.states import ProductState
from umkm.identity import services as identity
from umkm.identity import transfers
from umkm.imports import services as imports
from umkm.sellers import services as sellers
from umkm.sellers.models import Seller
from umkm.separations import services as separations
from umkm.validity import services as validity
from umkm.variants import joining
from umkm.variants import services as variants
from umkm.variants.services import NewVariant

LEAVES = Shop("Warung Daun Salam", "Salam Gading", "kelontong", "kelontong", "Warung kecil di ujung gang.")
SHARES = Shop("Dapur Teras Rukun", "Rukun Teras", "umkm", "dapur", "Kue kering dan nasi kotak dari teras rumah.")
ROWS = """nama;kategori;harga;halal;kapasitas_per_hari
Nasi kotak ayam betutu;nasi-kotak;29.000;ya;40
Nasi kotak ikan pesmol;nasi-kotak;27.500;ya;40
Kotak jajan tiga rasa;kotak-jajan;sebelas ribu;ya;60
"""


def make_shop_states(accounts: dict[str, User], now: datetime) -> None:
    mine = {
        role: Seller.objects.filter(members__user=accounts[role]).earliest("pk")
        for role in ("seller_umkm", "seller_swk")
    }
    _import_goods(mine["seller_umkm"], accounts["seller_umkm"], now - timedelta(hours=2))
    _end_paper(mine["seller_umkm"], accounts, now)
    transfers.offer_transfer(
        actor=accounts["seller_swk"], seller=mine["seller_swk"], address=accounts["citizen"].email, key=new_key(),
        reason="Diteruskan keponakan mulai bulan depan", now=now - timedelta(hours=3),
    )  # fmt: skip
    _make_variants(Seller.objects.get(name="Jahit Rukun Warga"), accounts["curator"], now - timedelta(days=20))
    _join_goods(mine["seller_umkm"], accounts, now)
    owner = make_person(f"penjual460@{DOMAIN}", LEAVES.owner)
    shop = open_shop(LEAVES, 460, owner, accounts["verifier"], now - timedelta(days=60))
    _contest_tie(accounts["verifier"], now)
    departures.leave_market(actor=owner, seller=shop, now=now - timedelta(days=2))


def _contest_tie(verifier: User, now: datetime) -> None:
    """A shop that gave the account of another one, and so counts as one owner with it; its owner says why it is not."""
    owner = make_person(f"penjual461@{DOMAIN}", SHARES.owner)
    other = Seller.objects.get(name="Jahit Rukun Warga")
    shop = open_shop(SHARES, 461, owner, verifier, now - timedelta(days=40), account=other.bank_account)
    separations.request_separation(
        actor=owner, seller=shop, other=other, key=new_key(), photos=[paper("buku rekening", SHARES.owner, 461)],
        words="Rekening itu milik koperasi RT, kami berdua hanya menitipkan hasil jualan. Usahanya lain orang.",
        now=now - timedelta(hours=6),
    )  # fmt: skip


def _import_goods(seller: Seller, owner: User, now: datetime) -> None:
    """Read, with one row that is wrong, and not confirmed yet."""
    file = SimpleUploadedFile("menu-bulan-depan.csv", ROWS.encode())
    made = imports.upload_import(
        actor=owner, seller=seller, file=file, archive=None, sends=False, key=new_key(), now=now
    )
    imports.read_import(goods_import=made, now=now + timedelta(minutes=1))


def _draft(owner: User, seller: Seller, values: dict[str, Any], photo: str, now: datetime) -> Product:
    product = products.create_product(actor=owner, seller=seller, values=values, now=now)
    file = SimpleUploadedFile("foto.webp", picture(photo), "image/webp")
    photos.add_photo(actor=owner, product=product, file=file, alt=product.name, now=now)
    return product


def _put_on_show(product: Product, owner: User, curator: User, seen: datetime) -> None:
    product = products.submit_product(actor=owner, product=product, now=seen - timedelta(hours=4))
    if product.state == ProductState.PUBLISHED:
        return
    if keys := [row.key for row in checks.checked_findings(product, None, local_date(seen))]:
        curation.acknowledge_findings(actor=curator, product=product, keys=keys, now=seen)
    products.approve_product(actor=curator, product=product, now=seen)


def _make_variants(seller: Seller, curator: User, now: datetime) -> None:
    """Three sizes, of which the largest is sold out."""
    owner = seller.members.select_related("user").earliest("pk").user
    values = {
        "name": "Kaus katun polos", "category": Category.objects.get(slug="kaus-rompi-topi"), "price": 52_000,
        "description": "Katun 30s, jahitan rantai, bisa sablon.", "unit": "pcs", "stock": Decimal(40),
        "stock_mode": "stock",
    }  # fmt: skip
    first = _draft(owner, seller, values, "kaus", now)
    rows = [NewVariant(("L", ""), 54_000, Decimal(35)), NewVariant(("XL", ""), 58_000, None)]
    own = {"kinds": ("size", ""), "own": ("M", "")}
    others = variants.add_variants(actor=owner, product=first, rows=rows, key=new_key(), now=now, **own)
    for product in (first, *others):
        _put_on_show(product, owner, curator, now + timedelta(hours=4))


def _join_goods(seller: Seller, accounts: dict[str, User], now: datetime) -> None:
    """Goods on show for weeks that became variants of one another today; a third stands alone and could join them."""
    owner, begun = accounts["seller_umkm"], now - timedelta(days=30)
    made = []
    for size, price in (("5 orang", 165_000), ("10 orang", 315_000), ("20 orang", 600_000)):
        values = {
            "name": f"Nasi liwet kastrol {size}", "category": Category.objects.get(slug="tumpeng-prasmanan"),
            "price": price, "description": "Liwet teri, ayam goreng, tahu tempe, sambal dan lalap.", "unit": "set",
            "stock_mode": "daily", "daily_capacity": Decimal(8), "stock": Decimal(0), "lead_days": 1,
            "food_kind": "catering", "keeps": "cooked", "is_halal": True,
        }  # fmt: skip
        product = _draft(owner, seller, values, "wajan", begun)
        _put_on_show(product, owner, accounts["curator"], begun + timedelta(hours=6))
        made.append((product, size))
    (first, own), (second, other) = made[:2]
    first.refresh_from_db()
    joining.join_goods(
        actor=owner, product=first, kinds=("content", ""), values={first.pk: (own, ""), second.pk: (other, "")},
        key=new_key(), now=now - timedelta(hours=5),
    )  # fmt: skip


def _end_paper(seller: Seller, accounts: dict[str, User], now: datetime) -> None:
    """Packed goods that keep rest on the shop's P-IRT, which ended yesterday."""
    owner, begun = accounts["seller_umkm"], now - timedelta(days=60)
    values = {
        "name": "Sambal bajak botol 200 gram", "category": Category.objects.get(slug="sambal"), "price": 24_000,
        "description": "Digoreng perlahan, tahan dua bulan.", "unit": "bottle", "stock": Decimal(40), "keeps": "dry",
        "food_kind": "none", "is_halal": True,
    }  # fmt: skip
    product = _draft(owner, seller, values, "sambal", begun)
    seen = begun + timedelta(hours=4)
    _put_on_show(product, owner, accounts["curator"], seen)
    last = local_date(now) - timedelta(days=1)
    change = identity.propose_change(
        actor=owner, seller=seller, kind="pirt", values={}, reason="Melengkapi surat", key=new_key(), now=seen,
        file=paper("Sertifikat P-IRT", seller.name, 992), number=f"206{settings.CITY.digits}010992-{str(last.year)[2:]}", expires_on=last,
    )  # fmt: skip
    identity.check_change(change=change, now=seen + timedelta(minutes=2))
    decided = seen + timedelta(hours=5)
    for check in change.checks.unacknowledged():
        identity.acknowledge_finding(actor=accounts["verifier"], check=check, now=decided)
    for document in change.documents.order_by("pk"):
        sellers.log_view(
            actor=accounts["verifier"],
            seller=seller,
            what=document.kind,
            document=document,
            purpose="change",
            now=decided,
        )
    identity.approve_change(actor=accounts["verifier"], change=change, now=decided)
    validity.follow_papers(seller=seller, now=now - timedelta(minutes=5))
