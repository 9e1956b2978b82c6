"""Shops and goods of the demo city, registered, verified and curated through the services everybody uses."""

import io
import zlib
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw, ImageFont

from epeken.core.clock import local_date
from epeken.core.files.bounded import Decoded
from epeken.core.files.uploads import StoredPicture, encode_own_image, store_own_image
from epeken.core.idempotency import new_key
from epeken.site.demo import people, scenes
from epeken.site.demo.baskets import BOUGHT
from epeken.site.demo.goods import TRADES, Good
from epeken.site.demo.offices import APPLICANT_PHONE, make_person, place_of, ward_of
from epeken.site.demo.shops import SHOPS, Shop
from epeken.site.demo.tax_papers import show_tax_papers
from epeken.users.models import User
from umkm.appeals import services as appeals
from umkm.area_checks import services as area_checks
from umkm.area_checks.models import AreaPosting
from umkm.catalogue import checks
from umkm.catalogue.models import Category, Product, ProductPhoto
from umkm.catalogue.services import curation, products
from umkm.catalogue.states import ProductState
from umkm.catalogue.tiers import PriceTier
from umkm.identity import services as identity
from umkm.requirements import services as requirements
from umkm.requirements.models import Requirement
from umkm.requirements.states import Means
from umkm.requirements.status import lacking, status_of
from umkm.sanctions import services as sanctions
from umkm.sellers import services as sellers
from umkm.sellers import steps
from umkm.sellers.models import FoodCourt, Seller
from umkm.verification import services as verification
from umkm.verification.models import SellerDocument, VerificationCase
from umkm.verification.states import SellerDocumentKind

PICTURES = Path(settings.BASE_DIR) / "static" / "img" / "demo"
BANKS = ["Bank Jatim", "BRI", "BNI", "Mandiri", "BSI"]
MEMBERS = {"Dapur Bu Lirih": "seller_umkm", "Warung Kuah Senja": "seller_swk", "Toko Pagi Lumintu": "seller_kelontong"}
# Goods in the curator's queue, as (shop, place in its list).
FIRST_BOUGHT = 110  # days ago: before the first purchase of the demo city
WAITS = {(2, 5), (8, 3), (20, 2), (31, 4), (40, 1)}
# Applications still on their way, one in each state a verifier or applicant meets.
WAITING = [
    Shop("Dapur Kembang Turi", "Kembang Turi", "umkm", "dapur", "Nasi kotak untuk pengajian dan rapat RT."),
    Shop("Toko Sudut Terang", "Terang Sudut", "kelontong", "kelontong", "Sembako di sudut gang."),
    Shop("Es Doger Cempaka", "Cempaka Doger", "swk", "stan-es", "Es doger gerobak."),
    Shop("Keripik Daun Muda", "Daun Muda", "umkm", "keripik", "Keripik bayam dan pare."),
    Shop("Rajut Benang Senja", "Benang Senja", "umkm", "anyaman", "Tas dan taplak rajut."),
]


def picture(name: str) -> bytes:
    return (PICTURES / f"{name}.webp").read_bytes()


def drawn(good: Good, shop: str) -> Decoded:
    """The picture of the goods of that shop, in all its forms: no two shops have the same."""
    if scenes.is_scene(good.picture):
        return scenes.encoded(good.picture, f"{shop}, {good.name}")
    return encode_own_image(picture(good.picture))


def paper(title: str, name: str, number: int) -> SimpleUploadedFile:
    """A drawn stand-in for a photographed document, plainly marked as an example. Every one looks different."""
    image = Image.new("RGB", (1000, 640), (214, 226, 232))
    draw = ImageDraw.Draw(image)
    for line in range(0, 1000, 25):
        shade = 150 + (line * (number + 3) // 25 * 7) % 90
        draw.line([(line, 0), (1000 - line, 640)], fill=(shade, 190, 255 - shade // 2), width=3)
    draw.rectangle([40, 40, 960, 600], fill=(245, 246, 240), outline=(40, 60, 80), width=3)
    font = ImageFont.load_default(34)
    draw.text((80, 80), f"CONTOH {title.upper()}", fill=(160, 40, 30), font=font)
    draw.text((80, 170), name, fill=(20, 30, 40), font=ImageFont.load_default(48))
    draw.text((80, 260), "Data karangan untuk kota peraga", fill=(70, 80, 90), font=font)
    for box in range(24):
        x, y = 80 + (box * (37 + number) * 13) % 800, 340 + (box * (number + 11) * 17) % 220
        draw.rectangle([x, y, x + 40, y + 24], fill=((number * 40 + box * 9) % 255, 120, (box * 23) % 255))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return SimpleUploadedFile(f"{title}.jpg", buffer.getvalue(), "image/jpeg")


def nik(number: int) -> str:
    """A well-formed NIK of nobody."""
    return f"{settings.CITY.digits}{number % 31 + 1:02d}{number % 28 + 1:02d}{number % 12 + 1:02d}{70 + number % 25:02d}{number + 1:04d}"


def make_shops(accounts: dict[str, User], now: datetime, progress: Any) -> list[Seller]:
    """All active shops, registered between eight and four months ago."""
    made = []
    _lay_out_courts()
    for number, shop in enumerate(SHOPS):
        role = MEMBERS.get(shop.name)
        user = accounts[role] if role else _owner(shop, number)
        begun = now - timedelta(days=250 - number * 2, hours=number % 5)
        made.append(open_shop(shop, number, user, accounts["verifier"], begun))
        show_tax_papers(shop, made[-1], user, accounts["verifier"], begun + timedelta(hours=23), now, paper)
        if number % 10 == 9:
            progress(f"{number + 1} penjual")
    return made


def open_shop(shop: Shop, number: int, user: User, verifier: User, begun: datetime, *, account: str = "") -> Seller:
    """Registered and approved within a day. `account`: of the bank, "" for one of its own."""
    seller = register(shop, number, user, begun, account=account)
    case = sellers.submit_seller(actor=user, seller=seller, now=begun + timedelta(hours=1))
    verification.check_case(case=case, now=begun + timedelta(hours=1, minutes=2))
    case.refresh_from_db()
    verification.take_case(actor=verifier, case=case, now=begun + timedelta(hours=20))
    # Compared with the photo of the identity card.
    sellers.show_secret(actor=verifier, seller=seller, field="nik", purpose="match", now=begun + timedelta(hours=20))
    for check in case.checks.unacknowledged():
        verification.acknowledge_finding(actor=verifier, check=check, now=begun + timedelta(hours=21))
    look_at(case, verifier, begun + timedelta(hours=21))
    return verification.approve_case(actor=verifier, case=case, now=begun + timedelta(hours=22))


def look_at(case: VerificationCase, officer: User, now: datetime) -> None:
    """Every paper the officer reads is opened before it is judged."""
    is_verifier = officer.has_perm("umkm.verify_seller")
    documents = case.seller.documents.current().order_by("pk") if is_verifier else area_checks.papers_of(case.seller)
    for document in documents:
        sellers.log_view(
            actor=officer, seller=case.seller, what=document.kind, document=document, purpose="case", now=now
        )
    unseen = lacking(status_of(case.seller, local_date(now)), Means.VERIFIED) if is_verifier else []
    for one in unseen:
        told = "Dicocokkan lewat telepon dengan pengelola SWK"
        verification.record_finding(actor=officer, case=case, subject=one.requirement.subject, note=told, now=now)


def make_applications(accounts: dict[str, User], now: datetime) -> None:
    """Applications in progress: the applicant's draft, and cases waiting, sent back and rejected."""
    draft = sellers.register_seller(actor=accounts["applicant"], kind="umkm", now=now - timedelta(days=1))
    sellers.save_seller(
        actor=accounts["applicant"],
        seller=draft,
        values={"owner_name": accounts["applicant"].name, "nik": nik(700), "phone": APPLICANT_PHONE},
        now=now - timedelta(days=1),
    )
    requirements.give_waiver(
        actor=accounts["office_head"],
        seller=draft,
        requirement=Requirement.objects.get(seller_kind="umkm", subject="shop_front"),
        reason="Gang di depan rumah ditutup untuk perbaikan saluran air sampai akhir bulan depan.",
        until=local_date(now) + timedelta(days=45),
        now=now - timedelta(hours=20),
    )
    _post_officers(accounts, now)
    for number, shop in enumerate(WAITING, 400):
        user = _owner(shop, number)
        begun = now - timedelta(days=(number - 400) % 4 + 1)
        case = sellers.submit_seller(actor=user, seller=register(shop, number, user, begun), now=begun)
        verification.check_case(case=case, now=begun + timedelta(minutes=2))
        case.refresh_from_db()
        if shop.name == "Toko Sudut Terang":
            _answer_for_ward(accounts["kelurahan"], case, begun + timedelta(days=1))
        if shop.name in {"Keripik Daun Muda", "Rajut Benang Senja"}:
            look_at(case, accounts["verifier"], begun + timedelta(hours=4))
        if shop.name == "Keripik Daun Muda":
            verification.send_back_case(
                actor=accounts["verifier"],
                case=case,
                remarks={"production": "Foto terlalu gelap. Ambil lagi di siang hari dengan wajan terlihat."},
                now=begun + timedelta(hours=5),
            )
        elif shop.name == "Rajut Benang Senja":
            verification.reject_case(
                actor=accounts["verifier"],
                case=case,
                reason="not_producer",
                note="Barang di foto adalah barang pabrik. Daftar lagi bila sudah membuat sendiri.",
                now=begun + timedelta(hours=6),
            )
            words = "Tas di foto saya rajut sendiri; benangnya saja yang dari pabrik."
            appeals.file_appeal(actor=user, decision=case, words=words, now=begun + timedelta(hours=20))


def _post_officers(accounts: dict[str, User], now: datetime) -> None:
    """Somebody looks at the first two of the waiting applications in their kelurahan, and at the second one's in its
    kecamatan."""
    since, decree = local_date(now) - timedelta(days=4), "Surat tugas contoh, kota demo"
    first, second = (ward_of(shop.name) for shop in WAITING[:2])
    for ward in {first, second}:
        AreaPosting.objects.create(user=accounts["kelurahan"], kelurahan=ward, valid_from=since, source=decree)
    AreaPosting.objects.create(user=accounts["kecamatan"], kecamatan=second.kecamatan, valid_from=since, source=decree)


def _answer_for_ward(officer: User, case: VerificationCase, at: datetime) -> None:
    check = case.area_checks.get(level="kelurahan")
    look_at(case, officer, at)
    area_checks.decide_check(actor=officer, check=check, is_right=True, note="Tokonya ada dan buka.", now=at)


def warn_shop(accounts: dict[str, User], now: datetime) -> None:
    """The stall of the published account was warned some days ago."""
    note = "Dua pembeli diajak membayar lewat pesan, di luar e-Peken, dengan potongan harga."
    warned: dict[str, Any] = {"level": "sp1", "reason": "outside_deal", "note": note, "facts": []}
    seller = Seller.objects.filter(members__user=accounts["seller_swk"]).earliest("pk")
    sanctions.sanction_shop(actor=accounts["verifier"], seller=seller, now=now - timedelta(days=5), **warned)


def register(shop: Shop, number: int, user: User, now: datetime, *, account: str = "") -> Seller:
    seller = sellers.register_seller(actor=user, kind=shop.kind, now=now)
    values: dict[str, Any] = {
        "owner_name": shop.owner,
        "nik": nik(number),
        "phone": f"+62812345{number:05d}",
        "email": user.email,
        "low_income": number % 6 == 0,
        "consented": True,
        "name": shop.name,
        "about": shop.story,
        "address": f"Jalan Peraga {number + 1}",
        "open_days": shop.days,
        "opens_at": time.fromisoformat(shop.opens),
        "closes_at": time.fromisoformat(shop.closes),
        "offers_pickup": True,
        "offers_delivery": shop.kind != "swk" or shop.delivers or number % 2 == 0,
        "delivery_fee": shop.fee,
        "nib": f"9120{number:09d}" if number % 3 else "",
        "npwp": f"{number + 1:02d}3456789{number:03d}000" if shop.npwp else "",
        "is_pkp": shop.pkp,
        "has_low_turnover_statement": shop.statement,
        "has_final_tax_certificate": shop.certificate,
        "bank_name": BANKS[number % len(BANKS)],
        "bank_account": account or f"70{number:08d}",
        "bank_holder": shop.owner,
    }
    if shop.kind == "swk":
        court = FoodCourt.objects.get(name=place_of(shop.name))
        values |= {"food_court": court, "stall_number": f"{'ABC'[number % 3]}{number // 3 + 1}"}
        values["kelurahan"] = _ward_of(court, number)
    else:
        values["kelurahan"] = ward_of(shop.name)
    asked = {*steps.fields_of(seller), "consented"}
    values = {name: value for name, value in values.items() if name in asked}
    seller = sellers.save_seller(actor=user, seller=seller, values=values, now=now)
    for kind in {"umkm": ["ktp", "production", "shop_front"], "swk": ["ktp", "stall", "stall_letter"]}.get(
        shop.kind, ["ktp", "shop_front"]
    ):
        seller_paper = paper(kind.replace("_", " "), shop.owner if kind == "ktp" else shop.name, number * 3 + len(kind))
        sellers.add_document(actor=user, seller=seller, kind=kind, file=seller_paper, now=now)
    sells_food = Category.objects.filter(slug__in=[good.category for good in TRADES[shop.trade]], is_food=True).exists()
    if sells_food and shop.kind != "kelontong" and number % 4 == 0:
        certificate, bears = paper("Sertifikat halal", shop.name, number * 3 + 2), _halal_number(shop.name)
        sellers.add_document(actor=user, seller=seller, kind="halal", file=certificate, number=bears, now=now)
    return seller


def _halal_number(name: str) -> str:
    return f"ID3511{zlib.crc32(name.encode()):013d}"


def make_goods(shops: list[Seller], accounts: dict[str, User], now: datetime, progress: Any) -> None:
    """Goods of every shop, most of them curated; a few wait for the curator."""
    by_name = {shop.name: shop for shop in SHOPS}
    categories = {c.slug: c for c in Category.objects.all()}
    count = 0
    # Drawn beside what the database does: the codecs leave the interpreter free.
    halal = SellerDocument.objects.current().filter(kind=SellerDocumentKind.HALAL).values_list("seller", "number")
    checked = dict.fromkeys((seller.pk for seller in shops), "") | dict(halal)
    with ThreadPoolExecutor(2) as pool:
        made = {
            (seller.name, good.name): pool.submit(drawn, good, seller.name)
            for seller in shops
            for good in TRADES[by_name[seller.name].trade]
        }
        for index, seller in enumerate(shops):
            owner = seller.members.select_related("user").earliest("pk").user
            for place, good in enumerate(TRADES[by_name[seller.name].trade]):
                days = (index * 7 + place * 11) % 160 + 2
                if (seller.name, good.name) in BOUGHT:
                    days = max(days, FIRST_BOUGHT)
                begun = now - timedelta(days=days, hours=place)
                waits = (index, place) in WAITS
                if waits:
                    begun = now - timedelta(hours=5 + place)
                product = products.create_product(
                    actor=owner, seller=seller, values=_values(good, index, categories, checked[seller.pk]), now=begun
                )
                forms = made.pop((seller.name, good.name)).result()
                _put_photo(product, store_own_image(forms, user=None, folder="barang"), begun)
                products.submit_product(actor=owner, product=product, now=begun + timedelta(minutes=5))
                count += 1
                if waits:
                    continue
                curated = begun + timedelta(hours=7)
                if keys := [row.key for row in checks.checked_findings(product, None, local_date(curated))]:
                    curation.acknowledge_findings(actor=accounts["curator"], product=product, keys=keys, now=curated)
                products.approve_product(actor=accounts["curator"], product=product, now=curated)
            if index % 10 == 9:
                progress(f"{count} barang")
    of_role = {MEMBERS[shop.name]: shop for shop in shops if shop.name in MEMBERS}
    _change_goods(of_role["seller_umkm"], now - timedelta(hours=6))
    _change_account(of_role["seller_kelontong"], now - timedelta(hours=4))


def _change_goods(seller: Seller, now: datetime) -> None:
    """Another description of goods on show, with the curator."""
    owner = seller.members.select_related("user").earliest("pk").user
    product = seller.products.filter(state=ProductState.PUBLISHED).earliest("pk")
    told = {"description": f"{product.description} Sambal dipisah."}
    products.save_product(actor=owner, product=product, values=told, now=now)


def _change_account(seller: Seller, now: datetime) -> None:
    """Another account of a shop, with the verifier."""
    owner = seller.members.select_related("user").earliest("pk").user
    account = {"bank_name": "Bank Jatim", "bank_account": "7099000001", "bank_holder": seller.owner_name}
    change = identity.propose_change(
        actor=owner, seller=seller, kind="bank", values=account, reason="Pindah ke bank daerah, rekening lama ditutup",
        file=paper("Buku rekening", seller.owner_name, 991), key=new_key(), now=now,
    )  # fmt: skip
    identity.check_change(change=change, now=now + timedelta(minutes=2))


def _values(good: Good, index: int, categories: dict[str, Category], certificate: str) -> dict[str, Any]:
    """`certificate`: number of the halal certificate that a verifier saw, else some goods bear a number of their own."""
    # Two shops of a trade never have quite the same price.
    price = good.price if index < 3 else max(500, good.price + (index % 5 - 2) * (good.price // 40 // 500 * 500))
    category = categories[good.category]
    own = _halal_number(good.name) if index % 2 == 0 else ""
    return {
        "name": good.name,
        "category": category,
        "description": good.about,
        "price": price,
        "tiers": tuple(PriceTier(Decimal(start), price * share // 100) for start, share in good.tiers),
        "unit": good.unit,
        "step": Decimal(good.step),
        "minimum": Decimal(good.minimum),
        "stock_mode": "daily" if good.daily else "stock",
        "daily_capacity": Decimal(good.daily) if good.daily else None,
        "stock": Decimal(good.stock * 8),  # enough for three months of purchases
        "lead_days": good.lead,
        "order_until": time.fromisoformat(good.until) if good.until else None,
        "food_kind": good.food,
        "keeps": good.keeps,
        "is_halal": category.is_food,
        "halal_number": (certificate or own) if category.is_food else "",
    }


def _put_photo(product: Product, stored: StoredPicture, now: datetime) -> None:
    ProductPhoto.objects.create(
        product=product,
        image=stored.large,
        small=stored.small,
        alt=product.name,
        sha256=stored.sha256,
        dhash=stored.dhash,
        uploaded_at=now,
    )
    Product.objects.filter(pk=product.pk).update(picture=stored.small)


def _lay_out_courts() -> None:
    """Food courts of different sizes, open from the first stall's breakfast to the last one's supper."""
    for number, court in enumerate(FoodCourt.objects.order_by("pk")):
        court.stalls, court.opens_at, court.closes_at = 12 + number * 7 % 19, time(6), time(23)
        court.save(update_fields=["stalls", "opens_at", "closes_at"])


def _owner(shop: Shop, number: int) -> User:
    return make_person(f"penjual{number + 1}@{people.DOMAIN}", shop.owner)


def _ward_of(court: FoodCourt, number: int) -> Any:
    if court.kecamatan is None:
        return ward_of("food court")
    wards = list(court.kecamatan.kelurahan.order_by("code"))
    return wards[number % len(wards)]
