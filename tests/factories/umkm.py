"""Plain rows of people, shops and goods, valid under every constraint. Nothing here calls a service."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db import transaction

from epeken.core import clock, states
from epeken.core.secret import blind_index
from epeken.ledger.services import post
from epeken.users.models import User
from tests.factories.places import home
from tests.kept_steps import kept
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import ProductState, StockMode
from umkm.owners.models import Owner, TurnoverEntry, TurnoverMonth
from umkm.sellers.models import FoodCourt, Seller, SellerMember
from umkm.sellers.states import SellerKind, SellerState
from umkm.stock.models import StockEntry
from umkm.stock.states import StockMove
from umkm.verification.models import SellerDocument

PASSWORD = "ufuk-jingga-7421"
SINCE = datetime(2026, 9, 1, 2, 0, tzinfo=UTC)
_next = count(1)


@kept
def make_user(**over: Any) -> User:
    """A person with a confirmed e-mail address and the password `PASSWORD`."""
    from allauth.account.models import EmailAddress

    number = next(_next)
    over.setdefault("email", f"orang{number}@contoh.invalid")
    over.setdefault("name", f"Orang Contoh {number}")
    user = User.objects.create_user(password=over.pop("password", PASSWORD), **over)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@kept
def make_phone_user(phone: str) -> User:
    """A person without an address, who signs in with this number or with the password `PASSWORD`."""
    user: User = User.objects.create_user(
        password=PASSWORD, email="", name=f"Orang Bernomor {next(_next)}", phone=phone, phone_verified_at=clock.now()
    )
    return user


@kept
def make_users(names: Iterable[str]) -> list[User]:
    """As `make_user`, all with two statements."""
    from allauth.account.models import EmailAddress

    people = [User(email=f"orang{next(_next)}@contoh.invalid", name=name) for name in names]
    for person in people:
        person.set_password(PASSWORD)
    User.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people
    )
    return people


@kept
def make_staff(*permissions: str, **over: Any) -> User:
    """Staff with these permissions and an enrolled second factor."""
    from tests.factories.users import enrol

    user = make_user(is_staff=True, **over)
    for code in permissions:
        app, name = code.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=name))
    enrol(user)
    return User.objects.get(pk=user.pk)


def make_nik(number: int, *, place: str = f"{settings.CITY.digits}01", birth: str = "170879") -> str:
    """A well-formed NIK of nobody: the serial is made up."""
    return f"{place}{birth}{number % 9000 + 1000:04d}"


def food_court() -> FoodCourt:
    """One of `home`'s district."""
    FoodCourt.objects.filter(pk=FoodCourt.objects.all()[0].pk).update(kecamatan=home().kecamatan)
    return FoodCourt.objects.all()[0]


@kept
@transaction.atomic
def make_seller(member: User | None = None, **over: Any) -> Seller:
    """A shop, active unless `state` says otherwise, with one owner-member (`member`, or a new person)."""
    number = next(_next)
    values: dict[str, Any] = {
        "kind": SellerKind.UMKM,
        "state": SellerState.ACTIVE,
        "owner_name": f"Pemilik Contoh {number}",
        "nik": make_nik(number, birth="010180"),  # never one that a test asks for by its number
        "phone": f"+6281200{number:06d}",
        "email": f"toko{number}@contoh.invalid",
        "name": f"Dapur Contoh {number}",
        "about": "Masakan rumahan untuk rapat dan arisan.",
        "address": f"Jl. Contoh {number}",
        "open_days": "1234567",
        # Goods of "ten days from now" are asked for at whatever hour a test runs.
        "opens_at": time(0),
        "delivery_fee": 10_000,
        "bank_name": "Bank Contoh",
        "bank_account": f"7000{number:08d}",
        "consented_at": SINCE,
        "created_at": SINCE,
        **over,
    }
    values.setdefault("bank_holder", values["owner_name"])
    if "kelurahan" not in values:
        values["kelurahan"] = home()
    if values["kind"] == SellerKind.SWK:
        values.setdefault("food_court", FoodCourt.objects.first())
        values.setdefault("stall_number", "A1")
    values["nik_index"] = blind_index(values["nik"])
    values["bank_index"] = blind_index(values["bank_account"])
    if values["state"] in {SellerState.ACTIVE, SellerState.FROZEN}:
        values.setdefault("owner", Owner.objects.create(created_at=SINCE))
        values.setdefault("slug", f"dapur-contoh-{number}")
        values.setdefault("submitted_at", SINCE)
        values.setdefault("approved_at", SINCE)
    seller = Seller.objects.create(**values)
    states.begin(seller, actor=None, now=seller.created_at)
    make_member(seller, member or make_user(name=seller.owner_name))
    return seller


@kept
def make_member(seller: Seller, user: User, **over: Any) -> SellerMember:
    return SellerMember.objects.create(
        seller=seller, user=user, **{"role": SellerMember.Role.OWNER, "since": SINCE, **over}
    )


TIES = ["member", "former", "sister", "same_nik", "same_bank", "draft_of_sister", "household"]


@kept
def tie(person: User, seller: Seller, how: str) -> None:
    """The person belongs to the shop, once did, belongs to another shop of its beneficial owner, or lives with them."""
    match how:
        case "sister":  # of one owner, though nothing that is written there says so
            owner = seller.owner or Owner.objects.create(created_at=SINCE)
            Seller.objects.filter(pk=seller.pk).update(owner=owner)
            seller = make_seller(owner=owner)
        case "same_nik":
            seller = make_seller(nik=seller.nik)
        case "same_bank":
            seller = make_seller(bank_account=seller.bank_account)
        case "draft_of_sister":  # the draft shows the account of a shop that shows the NIK of this one
            between = make_seller(nik=seller.nik)
            seller = make_seller(state="draft", bank_account=between.bank_account)
        case "household":  # of the owner of a sister
            seller = make_seller(nik=seller.nik)
            SellerMember.objects.create(
                seller=seller, user=person, role=SellerMember.Role.HOUSEHOLD, since=SINCE, until=SINCE
            )
            return
    make_member(seller, person, until=SINCE + timedelta(days=1) if how == "former" else None)


@kept
def make_category(**over: Any) -> Category:
    """A category every kind of seller may list in."""
    number = next(_next)
    values = {
        "name": f"Kategori Contoh {number}",
        "slug": f"kategori-contoh-{number}",
        "for_umkm": True,
        "for_swk": True,
        "for_kelontong": True,
        **over,
    }
    return Category.objects.create(**values)


@kept
@transaction.atomic
def make_month(seller: Seller, *, month: date, used: int, cap: int = 30_000_000) -> TurnoverMonth:
    """The month of the seller's owner with `used` rupiah of its cap gone."""
    row = TurnoverMonth.objects.create(owner=seller.owner, month=month, cap=cap)
    post(
        TurnoverEntry, row.pk, deltas={"used": used}, now=SINCE, reference=f"uji-{row.pk}",
        kind=TurnoverEntry.Kind.RESERVE, seller_id=seller.pk,
    )  # fmt: skip
    return row


@kept
def make_halal(seller: Seller, number: str = "ID35110000123456789", **over: Any) -> SellerDocument:
    """A halal certificate of the shop that its verifier saw."""
    values = {
        "kind": "halal", "number": number, "file": "x", "content_type": "image/jpeg", "size": 1, "sha256": "0" * 64,
        "uploaded_by": seller.members.all()[0].user, "uploaded_at": seller.approved_at, **over,
    }  # fmt: skip
    return SellerDocument.objects.create(seller=seller, **values)


@kept
@transaction.atomic
def make_product(seller: Seller | None = None, **over: Any) -> Product:
    """Goods on sale, with 100 on the shelf (or, for DAILY, a capacity of 100 a day) unless told otherwise."""
    number = next(_next)
    on_hand = over.pop("on_hand", None)
    values: dict[str, Any] = {
        "state": ProductState.PUBLISHED,
        "name": f"Barang Contoh {number}",
        "description": "Buatan sendiri.",
        "price": 25_000,
        "stock_mode": StockMode.STOCK,
        "created_at": SINCE,
        **over,
    }
    if "category" not in values:
        values["category"] = make_category()
    if values["state"] in {ProductState.PUBLISHED, ProductState.HIDDEN}:
        values.setdefault("submitted_at", SINCE)
        values.setdefault("published_at", SINCE)
    if values["stock_mode"] == StockMode.DAILY:
        values.setdefault("daily_capacity", Decimal(100))
        shelf = Decimal(0)
    else:
        shelf = Decimal(100) if on_hand is None else Decimal(on_hand)
    product = Product.objects.create(seller=seller or make_seller(), **values)
    states.begin(product, actor=None, now=product.created_at)
    if shelf:
        post(
            StockEntry,
            product.pk,
            deltas={"on_hand": shelf},
            now=SINCE,
            note_code="first_stock",
            kind=StockMove.RECEIVE,
        )
        product.on_hand = shelf
    return product
