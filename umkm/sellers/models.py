"""A shop, its food court, and the people who act for it."""

from datetime import time

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, gettext_noop, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from epeken.core.models import Event, Kecamatan, Kelurahan
from epeken.core.money import RupiahField
from epeken.core.phones import PhoneField
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from umkm.owners.models import Owner
from umkm.sellers import querysets
from umkm.sellers.states import SELLER, SellerForm, SellerKind, SellerState


class FoodCourt(models.Model):
    """A Sentra Wisata Kuliner: a city food court with numbered stalls."""

    name = models.CharField(_("nama"), max_length=120, unique=True)
    slug = models.SlugField(_("alamat halaman"), unique=True)
    kecamatan = models.ForeignKey(
        Kecamatan, models.PROTECT, null=True, blank=True, related_name="food_courts", verbose_name=_("kecamatan")
    )
    stalls = models.PositiveSmallIntegerField(_("jumlah stan"), default=20)
    opens_at = models.TimeField(_("buka"), default=time(8))
    closes_at = models.TimeField(_("tutup"), default=time(21))

    class Meta:
        ordering = ["name"]
        verbose_name = _("sentra wisata kuliner")
        verbose_name_plural = ngettext_lazy("sentra wisata kuliner", "sentra wisata kuliner", 2)

    def __str__(self) -> str:
        return self.name


class Seller(models.Model):
    kind = models.CharField(_("jenis"), max_length=12, choices=SellerKind)
    form = models.CharField(_("bentuk usaha"), max_length=8, choices=SellerForm, default=SellerForm.PERSON)
    state = models.CharField(_("keadaan"), max_length=12, choices=SellerState, default=SELLER.initial, editable=False)
    owner = models.ForeignKey(
        Owner, models.PROTECT, null=True, blank=True, editable=False, related_name="sellers", verbose_name=_("pemilik")
    )

    # Who
    owner_name = models.CharField(_("nama pemilik sesuai KTP"), max_length=120, blank=True)
    nik = EncryptedField(_("NIK"), blank=True)
    nik_index = models.CharField(_("sidik NIK"), max_length=44, blank=True, editable=False, db_index=True)
    phone = PhoneField(_("nomor telepon"), blank=True)
    email = models.EmailField(_("surel"), blank=True)
    low_income = models.BooleanField(_("keluarga berpenghasilan rendah (MBR)"), default=False)

    # Shop
    name = models.CharField(_("nama toko"), max_length=80, blank=True)
    slug = models.SlugField(_("alamat halaman"), max_length=100, unique=True, null=True, editable=False)
    about = models.TextField(_("cerita toko"), max_length=600, blank=True)
    address = models.CharField(_("alamat usaha"), max_length=200, blank=True)
    kelurahan = models.ForeignKey(
        Kelurahan, models.PROTECT, null=True, blank=True, related_name="sellers", verbose_name=_("kelurahan")
    )
    latitude = models.DecimalField(_("garis lintang"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("garis bujur"), max_digits=9, decimal_places=6, null=True, blank=True)
    food_court = models.ForeignKey(
        FoodCourt,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sellers",
        verbose_name=_("sentra wisata kuliner"),
    )
    stall_number = models.CharField(_("nomor stan"), max_length=10, blank=True)
    picture = models.ImageField(_("foto toko"), upload_to="shops/", blank=True)
    open_days = models.CharField(_("hari buka"), max_length=7, default="123456")  # digits of Weekday
    opens_at = models.TimeField(_("jam buka"), default=time(8))
    closes_at = models.TimeField(_("jam tutup"), default=time(17))
    closed_until = models.DateField(_("libur sampai"), null=True, blank=True)
    # From this hour on an order counts as of the next day, where its goods have no hour of their own.
    order_until = models.TimeField(_("jam batas pesan"), null=True, blank=True)

    # Delivery
    offers_pickup = models.BooleanField(_("bisa diambil di toko"), default=True)
    offers_delivery = models.BooleanField(_("bisa diantar penjual"), default=True)
    delivery_fee = RupiahField(_("ongkos antar"), default=0)

    # Business documents and tax
    nib = models.CharField(_("Nomor NIB"), max_length=13, blank=True)
    npwp = EncryptedField(_("Nomor NPWP"), blank=True)
    is_pkp = models.BooleanField(_("Pengusaha Kena Pajak (PKP)"), default=False)
    # PP 55/2022: a person under Rp500 million a year who filed the statement; a holder of the 0.5 % certificate.
    has_low_turnover_statement = models.BooleanField(_("surat pernyataan omzet di bawah Rp500 juta"), default=False)
    has_final_tax_certificate = models.BooleanField(_("surat keterangan PP 55"), default=False)

    # Where the money goes
    bank_name = models.CharField(_("nama bank"), max_length=60, blank=True)
    bank_account = EncryptedField(_("nomor rekening"), blank=True)
    bank_index = models.CharField(_("sidik rekening"), max_length=44, blank=True, editable=False, db_index=True)
    bank_holder = models.CharField(_("nama pemilik rekening"), max_length=120, blank=True)

    consented_at = models.DateTimeField(_("persetujuan data pribadi"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("mulai mendaftar"))
    # Pages of the registration that are filled in beforehand count as done once they were saved.
    service_saved_at = models.DateTimeField(_("jam buka dan antar disimpan"), null=True, editable=False)
    business_saved_at = models.DateTimeField(_("usaha dan pajak disimpan"), null=True, editable=False)
    # When something was last typed or brought, or the registration came back to its applicant.
    written_at = models.DateTimeField(_("terakhir diisi"), null=True, editable=False)
    idle_told_at = models.DateTimeField(_("diberi tahu akan dimusnahkan"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("dikirim"), null=True, editable=False)
    approved_at = models.DateTimeField(_("disetujui"), null=True, editable=False)
    rejected_at = models.DateTimeField(_("ditolak"), null=True, editable=False)
    left_at = models.DateTimeField(_("keluar"), null=True, editable=False)
    frozen_at = models.DateTimeField(_("dibekukan"), null=True, editable=False)
    # Of a shop that passed to another person: since when it is theirs.
    owner_since = models.DateTimeField(_("beralih pemilik"), null=True, editable=False)

    objects = querysets.SellerQuerySet.as_manager()
    machine = SELLER

    class Meta:
        triggers = [StateIsLastEvent()]
        verbose_name = _("penjual")
        verbose_name_plural = ngettext_lazy("penjual", "penjual", 2)
        permissions = [
            ("verify_seller", gettext_noop("boleh memeriksa pendaftaran penjual")),
            ("freeze_seller", gettext_noop("boleh membekukan dan memulihkan toko")),
        ]
        constraints = [
            valid_states(SELLER, "seller_state_known"),
            models.CheckConstraint(
                condition=Q(order_until__isnull=True) | Q(order_until__gt=time(0)),
                name="seller_cut_off_not_midnight",
                violation_error_message=_("Pukul 00.00 tidak bisa menjadi jam batas pesan."),
            ),
            models.CheckConstraint(
                condition=Q(kind=SellerKind.SWK) | Q(food_court__isnull=True), name="seller_stall_only_for_swk"
            ),
            models.CheckConstraint(
                condition=~Q(state=SellerState.ACTIVE) | (Q(owner__isnull=False) & Q(slug__isnull=False)),
                name="seller_active_has_owner_and_slug",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "kelurahan"], name="seller_by_place"),
            GinIndex(fields=["name"], opclasses=["gin_trgm_ops"], name="seller_name_trigram"),
            # The checks of each registration ask who has this name or number already.
            models.Index(querysets.letters_of("name"), name="seller_name_letters"),
            models.Index(fields=["phone"], name="seller_by_phone"),
        ]

    def __str__(self) -> str:
        return self.name or self.owner_name or f"#{self.pk}"

    @property
    def is_person(self) -> bool:
        return self.form == SellerForm.PERSON

    @property
    def has_npwp(self) -> bool:
        return bool(self.npwp)

    @property
    def place(self) -> str:
        """Where a card says the shop is."""
        if self.food_court_id and self.food_court:
            return self.food_court.name
        return self.kelurahan.name if self.kelurahan else ""

    @property
    def outlet(self) -> str:
        """What the place is called where its goods are fetched, in the reader's language: `stan` or `toko`."""
        return gettext("stan") if self.kind == SellerKind.SWK else gettext("toko")

    @property
    def delivery_price(self) -> int:
        """What it asks for bringing an order; nothing when it is fetched."""
        return self.delivery_fee if self.offers_delivery else 0


class SellerMember(models.Model):
    """A person who may act for a shop. `until` is empty while they may.

    Who lives with the owner is tied to the shop like a member and never acts for it: `until` is there from the start.
    """

    class Role(models.TextChoices):
        OWNER = "owner", _("Pemilik")
        STAFF = "staff", _("Pembantu")
        HOUSEHOLD = "household", _("Serumah dengan pemilik")

    seller = models.ForeignKey(Seller, models.CASCADE, related_name="members", verbose_name=_("toko"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="shop_memberships", verbose_name=_("orang")
    )
    role = models.CharField(_("hubungan"), max_length=9, choices=Role, default=Role.OWNER)
    since = models.DateTimeField(_("sejak"))
    until = models.DateTimeField(_("sampai"), null=True, blank=True)

    class Meta:
        # What the office records of it; who runs the shop comes and goes with the shop's own pages.
        verbose_name = _("keluarga serumah pemilik toko")
        verbose_name_plural = ngettext_lazy("keluarga serumah pemilik toko", "keluarga serumah pemilik toko", 2)
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "user"],
                condition=Q(until__isnull=True),
                name="member_once",
                violation_error_message=_("Orang ini sudah mengurus toko ini."),
            ),
            models.UniqueConstraint(
                fields=["seller", "user"],
                condition=Q(role="household"),
                name="household_once",
                violation_error_message=_("Hubungan ini sudah tercatat."),
            ),
            models.CheckConstraint(
                condition=~Q(role="household") | Q(until__isnull=False),
                name="household_never_acts",
                violation_error_message=_("Orang serumah dengan pemilik tidak mengurus toko."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.seller}"


class SellerEvent(Event):
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat penjual")
        verbose_name_plural = _("riwayat penjual")
