"""A request for quotation, its invitations, its sealed offers, and what the opening found in them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from epeken.core.models import AppendOnly, Event, Kecamatan, Kelurahan
from epeken.core.money import RupiahField
from epeken.core.quantity import QuantityField
from epeken.core.secret import EncryptedField
from epeken.core.states import StateIsLastEvent, valid_states
from procurement.agencies.models import Agency
from procurement.agencies.states import OFFICE_LENGTH, OFFICES
from procurement.budgets.models import BudgetLine
from procurement.quotations import querysets
from procurement.quotations.states import (
    QUOTATION,
    NotInvited,
    OfferObstacle,
    PassReason,
    QuotationCancelReason,
    QuotationState,
    RankingRule,
)
from umkm.catalogue.models import Category, Product
from umkm.catalogue.states import Unit
from umkm.owners.models import Owner
from umkm.sellers.models import Seller


class Quotation(models.Model):
    """Written by a requester, published by an officer; from then on what it asks for never changes."""

    number = models.CharField(_("nomor"), max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="quotations", verbose_name=_("dinas"))
    requester = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pemesan"))
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("pejabat")
    )
    state = models.CharField(
        _("keadaan"), max_length=10, choices=QuotationState, default=QUOTATION.initial, editable=False
    )
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("mata anggaran"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori barang"))
    title = models.CharField(_("nama kegiatan"), max_length=120)
    # Of which districts sellers are invited; none: of the whole city.
    areas = models.ManyToManyField(Kecamatan, blank=True, related_name="+", verbose_name=_("wilayah"))
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"))
    delivery_place = models.CharField(_("alamat antar"), max_length=200)
    delivery_kelurahan = models.ForeignKey(Kelurahan, models.PROTECT, related_name="+", verbose_name=_("kelurahan"))
    closes_at = models.DateTimeField(_("batas penawaran"))
    ceiling = RupiahField(_("jumlah tertinggi"), null=True, blank=True)
    rule = models.CharField(_("cara menentukan urutan"), max_length=8, choices=RankingRule, default=RankingRule.LOWEST)
    price_weight = models.PositiveSmallIntegerField(_("bobot harga"), default=100)
    time_weight = models.PositiveSmallIntegerField(_("bobot waktu tiba"), default=0)
    distance_weight = models.PositiveSmallIntegerField(_("bobot jarak"), default=0)

    created_at = models.DateTimeField(_("dibuat"))
    published_at = models.DateTimeField(_("diumumkan"), null=True)
    opened_at = models.DateTimeField(_("dibuka"), null=True)
    # By when the department decides on what was opened.
    due_at = models.DateTimeField(_("diputuskan paling lambat"), null=True)
    closed_at = models.DateTimeField(_("selesai"), null=True)
    # The end of which people were reminded before it came (core.reminders).
    reminded_for = models.DateTimeField(_("diingatkan akan tenggat"), null=True, editable=False)
    cancel_reason = models.CharField(_("alasan batal"), max_length=10, choices=QuotationCancelReason, blank=True)
    cancel_note = models.CharField(_("penjelasan batal"), max_length=300, blank=True)

    objects = querysets.QuotationQuerySet.as_manager()
    machine = QUOTATION

    class Meta:
        triggers = [StateIsLastEvent()]
        ordering = ["-pk"]
        verbose_name = _("permintaan penawaran")
        verbose_name_plural = ngettext_lazy("permintaan penawaran", "permintaan penawaran", 2)
        constraints = [
            valid_states(QUOTATION, "quotation_state_known"),
            models.CheckConstraint(
                condition=Q(publisher__isnull=True) | ~Q(publisher=F("requester")),
                name="quotation_publisher_is_not_requester",
            ),
            models.CheckConstraint(
                condition=Q(price_weight=100 - F("time_weight") - F("distance_weight"), price_weight__gte=1),
                name="quotation_weights_are_hundred",
            ),
            models.CheckConstraint(
                condition=(Q(state=QuotationState.CANCELLED) & ~Q(cancel_reason=""))
                | (~Q(state=QuotationState.CANCELLED) & Q(cancel_reason="")),
                name="quotation_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=QuotationState.OPENED) | Q(opened_at__isnull=False, due_at__isnull=False),
                name="quotation_opened_has_end",
            ),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(opened_at__gte=F("closes_at")),
                name="quotation_opened_after_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["closes_at"], name="quotation_to_open", condition=Q(state=QuotationState.PUBLISHED)),
            models.Index(fields=["due_at"], name="quotation_to_decide", condition=Q(state=QuotationState.OPENED)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class QuotationLine(models.Model):
    """One of the goods asked for."""

    quotation = models.ForeignKey(
        Quotation, models.CASCADE, related_name="lines", verbose_name=_("permintaan penawaran")
    )
    position = models.PositiveSmallIntegerField(_("urutan"))
    name = models.CharField(_("nama barang"), max_length=120)
    unit = models.CharField(_("satuan"), max_length=8, choices=Unit)
    quantity = QuantityField(_("banyaknya"))
    specification = models.CharField(_("spesifikasi"), max_length=500)

    class Meta:
        ordering = ["position"]
        verbose_name = _("barang yang diminta penawarannya")
        verbose_name_plural = _("barang yang diminta penawarannya")
        constraints = [
            models.UniqueConstraint(fields=["quotation", "position"], name="quotation_line_once"),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="quotation_line_quantity"),
        ]

    def __str__(self) -> str:
        return f"{self.name} × {self.quantity}"


class Invitation(AppendOnly):
    """A seller of the goods category as it was at publication: invited, or why not."""

    quotation = models.ForeignKey(
        Quotation, models.PROTECT, related_name="invitations", verbose_name=_("permintaan penawaran")
    )
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    reason = models.CharField(_("alasan tidak diundang"), max_length=10, choices=NotInvited, blank=True)

    objects = querysets.InvitationQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("undangan menawar")
        verbose_name_plural = ngettext_lazy("undangan menawar", "undangan menawar", 2)
        constraints = [models.UniqueConstraint(fields=["quotation", "seller"], name="quotation_invitation_once")]

    def __str__(self) -> str:
        return f"{self.quotation_id}: {self.seller}"


class QuotationQuestion(AppendOnly):
    """What an invited shop asked about a request for quotation. Everybody reads it; nobody reads who asked."""

    quotation = models.ForeignKey(
        Quotation, models.PROTECT, related_name="questions", verbose_name=_("permintaan penawaran")
    )
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    text = models.CharField(_("pertanyaan"), max_length=500)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pelaku"))
    at = models.DateTimeField(_("waktu"))

    objects = querysets.QuestionQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("pertanyaan penawar")
        verbose_name_plural = ngettext_lazy("pertanyaan penawar", "pertanyaan penawar", 2)

    def __str__(self) -> str:
        return f"{self.quotation_id}: {self.text[:40]}"


class QuotationAnswer(AppendOnly):
    """What the department answered; never changed, only added to."""

    question = models.ForeignKey(
        QuotationQuestion, models.PROTECT, related_name="answers", verbose_name=_("pertanyaan penawar")
    )
    text = models.CharField(_("jawaban"), max_length=1000)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pelaku"))
    acted_as = models.CharField(_("jabatan"), max_length=OFFICE_LENGTH, choices=list(OFFICES.items()))
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("jawaban dinas")
        verbose_name_plural = ngettext_lazy("jawaban dinas", "jawaban dinas", 2)

    def __str__(self) -> str:
        return f"{self.question_id}: {self.text[:40]}"


class QuotationSeal(models.Model):
    """The key of the offers of one request for quotation; destroyed when it is opened or cancelled."""

    quotation = models.OneToOneField(
        Quotation, models.PROTECT, related_name="seal", verbose_name=_("permintaan penawaran")
    )
    key = EncryptedField(_("kunci segel"), blank=True, editable=False)
    destroyed_at = models.DateTimeField(_("kunci dimusnahkan"), null=True, editable=False)

    class Meta:
        verbose_name = _("segel penawaran")
        verbose_name_plural = ngettext_lazy("segel penawaran", "segel penawaran", 2)
        constraints = [
            models.CheckConstraint(
                condition=(Q(destroyed_at__isnull=True) & ~Q(key="")) | Q(destroyed_at__isnull=False, key=""),
                name="quotation_seal_is_whole_or_gone",
            )
        ]

    def __str__(self) -> str:
        return str(self.quotation_id)


class SealedOffer(AppendOnly):
    """An offer as it was sent, under the key of the seal; the last one of a seller counts. '' takes it back."""

    quotation = models.ForeignKey(
        Quotation, models.PROTECT, related_name="sealed", verbose_name=_("permintaan penawaran")
    )
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    version = models.PositiveIntegerField(_("versi"))
    sealed = models.TextField(_("isi tersegel"), blank=True, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pelaku"))
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("penawaran tersegel")
        verbose_name_plural = ngettext_lazy("penawaran tersegel", "penawaran tersegel", 2)
        constraints = [
            models.UniqueConstraint(fields=["quotation", "seller", "version"], name="quotation_sealed_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.quotation_id}: {self.seller_id} v{self.version}"


class QuotationOffer(AppendOnly):
    """What the opening found in one offer, and where the published rule puts it."""

    quotation = models.ForeignKey(
        Quotation, models.PROTECT, related_name="offers", verbose_name=_("permintaan penawaran")
    )
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="+", verbose_name=_("penjual"))
    owner = models.ForeignKey(Owner, models.PROTECT, null=True, related_name="+", verbose_name=_("pemilik"))
    seller_name = models.CharField(_("nama penjual"), max_length=80)
    nearness = models.PositiveSmallIntegerField(_("jarak"))  # 0 same kelurahan, 1 same kecamatan, 2 elsewhere
    delivery_cost = RupiahField(_("ongkos antar"))
    deliver_at = models.DateTimeField(_("barang tiba paling lambat"), null=True)
    total = RupiahField(_("jumlah"))
    words = models.CharField(_("kata-kata"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("dikirim"))
    obstacle = models.CharField(_("alasan gugur"), max_length=10, choices=OfferObstacle, blank=True)
    obstacle_note = models.CharField(_("penjelasan gugur"), max_length=400, blank=True)
    rank = models.PositiveSmallIntegerField(_("peringkat"), null=True)
    points = models.DecimalField(_("nilai"), max_digits=6, decimal_places=2, null=True)

    objects = querysets.OfferQuerySet.as_manager()

    class Meta(AppendOnly.Meta):
        ordering = ["rank", "pk"]
        verbose_name = _("penawaran yang dibuka")
        verbose_name_plural = _("penawaran yang dibuka")
        constraints = [
            models.UniqueConstraint(fields=["quotation", "seller"], name="quotation_offer_once"),
            models.UniqueConstraint(fields=["quotation", "rank"], name="quotation_rank_once"),
            models.CheckConstraint(
                condition=Q(obstacle="", rank__isnull=False) | (~Q(obstacle="") & Q(rank__isnull=True)),
                name="quotation_offer_ranked_or_told_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seller_name}: {self.total}"


class OfferPrice(AppendOnly):
    """Of an opened offer, the price of one of the goods, and which of the shop's products it is."""

    offer = models.ForeignKey(QuotationOffer, models.PROTECT, related_name="prices", verbose_name=_("penawaran"))
    line = models.ForeignKey(QuotationLine, models.PROTECT, related_name="+", verbose_name=_("barang yang diminta"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="+", verbose_name=_("barang"))
    name = models.CharField(_("nama"), max_length=120)
    price = RupiahField(_("harga"))
    amount = RupiahField(_("jumlah"))  # share(price, quantity)

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("harga penawaran")
        verbose_name_plural = ngettext_lazy("harga penawaran", "harga penawaran", 2)
        constraints = [models.UniqueConstraint(fields=["offer", "line"], name="quotation_price_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.price}"


class OfferPassing(AppendOnly):
    """The officer did not award to this offer although none ranked better was left, and why."""

    offer = models.OneToOneField(QuotationOffer, models.PROTECT, related_name="passing", verbose_name=_("penawaran"))
    reason = models.CharField(_("alasan"), max_length=10, choices=PassReason)
    note = models.CharField(_("penjelasan"), max_length=300)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("pelaku"))
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        verbose_name = _("penawaran yang dilewati")
        verbose_name_plural = _("penawaran yang dilewati")

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.reason}"


class QuotationLook(AppendOnly):
    """The first time a person read the figures of the opened offers."""

    quotation = models.ForeignKey(
        Quotation, models.PROTECT, related_name="looks", verbose_name=_("permintaan penawaran")
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("orang"))
    at = models.DateTimeField(_("waktu"))

    class Meta(AppendOnly.Meta):
        ordering = ["pk"]
        verbose_name = _("pembaca penawaran")
        verbose_name_plural = ngettext_lazy("pembaca penawaran", "pembaca penawaran", 2)
        constraints = [models.UniqueConstraint(fields=["quotation", "person"], name="quotation_look_once")]

    def __str__(self) -> str:
        return f"{self.quotation_id}: {self.person_id}"


class QuotationEvent(Event):
    quotation = models.ForeignKey(Quotation, models.PROTECT, related_name="events")

    class Meta(Event.Meta):
        verbose_name = _("riwayat permintaan penawaran")
        verbose_name_plural = _("riwayat permintaan penawaran")
