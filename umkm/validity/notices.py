"""Who is told that a paper ends, that goods left the shelf for it, and that they are back."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from epeken.core import clock
from epeken.core.i18n.messages import COUNT, DAY, TEXT, choice
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from umkm.catalogue.models import Product
from umkm.sellers.models import Seller
from umkm.sellers.policies import members_of
from umkm.tax_papers.models import TaxPaper
from umkm.tax_papers.states import TaxPaperKind
from umkm.verification.models import SellerDocument
from umkm.verification.states import SellerDocumentKind

KINDS = {
    "paper.tax_ends": notice(
        _("%(what)s %(shop)s berakhir %(day)s"),
        _(
            "Tagihan yang terbit sesudah hari itu dipotong pajak seperti tanpa surat ini. Unggah surat berikutnya di "
            "halaman surat pajak; petugas memeriksanya dahulu."
        ),
        what=choice(TaxPaperKind),
        shop=TEXT,
        day=DAY,
    ),
    "paper.ends": notice(
        _("%(paper)s %(shop)s berakhir %(day)s"),
        _("Ajukan yang baru sebelum hari itu. Sesudahnya barang yang memerlukannya tidak tampil."),
        paper=choice(SellerDocumentKind),
        shop=TEXT,
        day=DAY,
    ),
    "paper.number_ends": notice(
        _("Nomor P-IRT %(number)s berakhir %(day)s"),
        _("Ganti nomornya di rincian barang yang memakainya. Sesudah hari itu barang itu tidak tampil."),
        number=TEXT,
        day=DAY,
    ),
    "paper.goods_lapsed": notice(
        _("%(count)d barang %(shop)s tidak tampil: dokumennya berakhir"),
        _("Sebabnya tertulis di daftar barang. Barang tampil lagi begitu dokumen yang baru diperiksa."),
        count=COUNT,
        shop=TEXT,
    ),
    "paper.goods_back": notice(
        _("%(count)d barang %(shop)s tampil lagi"),
        _("Dokumennya berlaku lagi. Pesanan dapat masuk seperti biasa."),
        count=COUNT,
        shop=TEXT,
    ),
}


def paper_ends(paper: SellerDocument, *, days: int, now: datetime) -> None:
    """Once for each of the days of the rules."""
    url = f"{reverse('umkm:identity-list')}?toko={paper.seller_id}"
    notify(
        members_of(paper.seller_id), kind="paper.ends", url=url, key=f"paper-{paper.pk}-{days}", now=now,
        paper=paper.kind, shop=str(paper.seller), day=paper.expires_on,
    )  # fmt: skip


def tax_paper_ends(paper: TaxPaper, *, days: int, now: datetime) -> None:
    """Once for each of the days of the rules."""
    url = f"{reverse('umkm:tax-papers')}?toko={paper.seller_id}"
    notify(
        members_of(paper.seller_id), kind="paper.tax_ends", url=url, key=f"tax-paper-{paper.pk}-{days}", now=now,
        what=paper.kind, shop=str(paper.seller), day=paper.valid_until,
    )  # fmt: skip


def number_ends(seller: Seller, number: str, end: date, *, days: int, now: datetime) -> None:
    """Once for each of the days of the rules."""
    key = f"pirt-{seller.pk}-{number}-{days}"
    url = f"{reverse('umkm:product-mine')}?toko={seller.pk}"
    notify(members_of(seller.pk), kind="paper.number_ends", url=url, key=key, now=now, number=number, day=end)


def goods_lapsed(seller: Seller, goods: Sequence[Product], *, now: datetime) -> None:
    _tell(seller, goods, "goods_lapsed", now)


def goods_back(seller: Seller, goods: Sequence[Product], *, now: datetime) -> None:
    _tell(seller, goods, "goods_back", now)


def _tell(seller: Seller, goods: Sequence[Product], what: str, now: datetime) -> None:
    if goods:
        key = f"{what}-{seller.pk}-{goods[0].pk}-{clock.local_date(now)}"
        url = f"{reverse('umkm:product-mine')}?toko={seller.pk}"
        notify(
            members_of(seller.pk), kind=f"paper.{what}", url=url, key=key, now=now,
            count=len(goods), shop=str(seller),
        )  # fmt: skip
