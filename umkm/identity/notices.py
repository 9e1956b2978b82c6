"""Who is told of a change of a shop's identity: the people who run it, and the addresses it had until now."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from epeken.core import clock
from epeken.core.i18n.messages import LAST_DAY, MOMENT, SENTENCE, TEXT, choice
from epeken.core.phones import gets_texts
from epeken.notifications.channels.email.services import keep_link
from epeken.notifications.channels.text.services import keep_text
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify, notify_address
from umkm.identity import rules
from umkm.identity.models import IdentityChange, IdentityValue
from umkm.identity.policies import DELAYED
from umkm.identity.states import IdentityKind
from umkm.members.notices import how_to_answer
from umkm.sellers.policies import members_of
from umkm.verification.notices import verifiers

# Who the shop is, where it stands and where its money goes; of a renewed paper nobody needs a text.
TEXTED = (*DELAYED, IdentityKind.OWNER, IdentityKind.PLACE)
SIGNER = signing.Signer(salt="umkm.identity.denial")

# The area is not among those a person can mute.
KINDS = {
    "identity.proposed": notice(
        __("%(shop)s: perubahan %(what)s diusulkan"),
        __("Bukan Anda yang mengusulkan? Buka halaman ini dan tekan “Bukan saya”; perubahannya ditahan."),
        shop=TEXT,
        what=choice(IdentityKind),
    ),
    "identity.transfer_offered": notice(
        __("Anda ditawari mengambil alih %(shop)s"),
        __("Berlaku sampai %(until)s. Isi data Anda sendiri di halaman ini; petugas memeriksanya sebelum berlaku."),
        shop=TEXT,
        until=LAST_DAY,
    ),
    "identity.transfer_taken": notice(
        __("%(shop)s: pemilik baru sudah mengisi datanya"),
        __("Petugas memeriksanya. Keliru? Buka halaman ini dan tekan “Bukan saya”; pengalihannya ditahan."),
        shop=TEXT,
    ),
    "identity.transfer_declined": notice(
        __("%(shop)s: pengalihan tidak jadi"),
        __("Pemilik baru menolaknya, atau tidak mengambilnya pada waktunya. Toko tetap milik Anda."),
        shop=TEXT,
    ),
    "identity.approved": notice(
        __("%(shop)s: perubahan %(what)s disetujui"),
        __(
            "Mulai berlaku %(when)s. Sampai saat itu data yang lama yang dipakai. Bukan Anda yang mengusulkan? Buka "
            "halaman ini dan tekan “Bukan saya”."
        ),
        shop=TEXT,
        what=choice(IdentityKind),
        when=MOMENT,
    ),
    "identity.applied": notice(
        __("%(shop)s: %(what)s yang baru berlaku"),
        __("Surat yang sudah terbit tetap memuat data yang lama."),
        shop=TEXT,
        what=choice(IdentityKind),
    ),
    "identity.sent_back": notice(
        __("%(shop)s: perubahan %(what)s dikembalikan"),
        __("Alasan petugas: %(reason)s Data yang lama tetap dipakai; Anda dapat mengusulkan lagi."),
        shop=TEXT,
        what=choice(IdentityKind),
        reason=SENTENCE,
    ),
    "identity.held": notice(
        __("%(shop)s: perubahan %(what)s ditahan"),
        __("Seseorang menyatakan bukan pemilik yang mengusulkannya. Petugas memeriksanya dahulu."),
        shop=TEXT,
        what=choice(IdentityKind),
    ),
    "identity.to_look_at": notice(
        __("Disangkal: %(what)s %(shop)s"),
        __("Periksa sekarang. Perubahannya ditahan sampai Anda memutuskan."),
        shop=TEXT,
        what=choice(IdentityKind),
    ),
    "identity.upheld": notice(
        __("%(shop)s: sangkalan atas perubahan %(what)s sudah diperiksa"),
        __("Keterangan petugas: %(reason)s"),
        shop=TEXT,
        what=choice(IdentityKind),
        reason=SENTENCE,
    ),
    "identity.cancelled": notice(
        __("%(shop)s: perubahan %(what)s dibatalkan"),
        __("Keterangan petugas: %(reason)s Data yang lama yang berlaku."),
        shop=TEXT,
        what=choice(IdentityKind),
        reason=SENTENCE,
    ),
}


def denial_path(change: IdentityChange) -> str:
    """The page of one tap that says "bukan saya"; whoever has the address may use it."""
    return reverse("umkm:identity-deny", args=[SIGNER.sign(str(change.pk))])


def change_proposed(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "proposed", now)
    _write(change, __("Perubahan %(what)s toko %(shop)s diusulkan."), now)


def transfer_offered(change: IdentityChange, *, now: datetime) -> None:
    """Whoever has the address or number, with an account or without."""
    path = reverse("umkm:transfer-page", args=[change.pk])
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Anda ditawari mengambil alih toko %(shop)s") % {"shop": change.seller}
        ask = how_to_answer(change.successor_address)
    notify_address(
        address=change.successor_address, subject=subject, ask=ask, kind="identity.transfer_offered", url=path,
        key=f"identity-{change.pk}-offered", now=now, shop=str(change.seller), until=change.due_at,
    )  # fmt: skip


def transfer_taken(change: IdentityChange, *, now: datetime) -> None:
    _tell_shop(change, "transfer_taken", denial_path(change), now)


def transfer_declined(change: IdentityChange, *, now: datetime) -> None:
    _tell_shop(change, "transfer_declined", reverse("umkm:transfer-page", args=[change.pk]), now)


def _tell_shop(change: IdentityChange, what: str, url: str, now: datetime) -> None:
    key = f"identity-{change.pk}-{what}"
    notify(members_of(change.seller_id), kind=f"identity.{what}", url=url, key=key, now=now, shop=str(change.seller))


def change_approved(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "approved", now, when=change.in_force_at)
    _write(change, __("Perubahan %(what)s toko %(shop)s disetujui dan segera berlaku."), now)


def change_applied(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "applied", now)


def change_sent_back(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "sent_back", now, reason=change.note)


def change_held(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "held", now)
    url = reverse("admin:umkm_identitychange_change", args=[change.pk])
    said = {"shop": str(change.seller), "what": change.kind}
    notify(verifiers(), kind="identity.to_look_at", url=url, key=f"identity-{change.pk}-look", now=now, **said)


def change_held_beside(change: IdentityChange, *, now: datetime) -> None:
    """Another change of the shop was denied; a verifier hears of that one."""
    _tell(change, "held", now)


def change_upheld(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "upheld", now, reason=change.note)


def change_cancelled(change: IdentityChange, *, now: datetime) -> None:
    _tell(change, "cancelled", now, reason=change.note)


def _tell(change: IdentityChange, what: str, now: datetime, **more: Any) -> None:
    """Everybody who runs the shop; of a transfer both sides, also once it is in force."""
    people = members_of(change.seller_id)
    page = f"{reverse('umkm:identity-list')}?toko={change.seller_id}"
    if change.kind == IdentityKind.TRANSFER:
        page = reverse("umkm:transfer-page", args=[change.pk])
        people = [*people, change.proposed_by, *([change.successor] if change.successor else [])]
    url = denial_path(change) if what in {"proposed", "approved"} else page
    key = f"identity-{change.pk}-{what}-{now.isoformat()}"
    said = {"shop": str(change.seller), "what": change.kind, **more}
    notify(people, kind=f"identity.{what}", url=url, key=key, now=now, **said)


def _write(change: IdentityChange, said: Any, now: datetime) -> None:
    """A letter to the shop's own addresses that are nobody's who reads the notice: today's, and those it had until
    lately, so that whoever changes the address first does not have the account to themselves. Of what the shop itself
    depends on, its numbers get a text."""
    members = members_of(change.seller_id)
    known = {person.email.lower() for person in members}
    told_by_text = {person.phone for person in members if not person.email}
    since = now - timedelta(days=rules.DENIAL.on(clock.local_date(now)))
    earlier = IdentityValue.objects.filter(
        change__seller=change.seller_id, change__applied_at__gte=since, field__in=["email", "phone"]
    )
    found = {change.seller.email, *(value.old for value in earlier if value.field == "email")}
    phones = {change.seller.phone, *(value.old for value in earlier if value.field == "phone")}
    link = settings.SITE_URL.rstrip("/") + denial_path(change)
    with translation.override(settings.LANGUAGE_CODE):
        subject = str(said) % {"what": change.get_kind_display(), "shop": change.seller}
        ask = _("Bukan Anda yang mengusulkan? Buka alamat ini dan tekan “Bukan saya”; perubahannya ditahan.")
        short = _("Bukan Anda? Tahan di sini: %(link)s") % {"link": link}
    if change.kind in TEXTED and settings.SMS_TRANSPORT:
        for phone in sorted(filter(gets_texts, phones - told_by_text)):
            keep_text(phone=phone, text=f"e-Peken: {subject} {short}", now=now)
    for recipient in sorted(address for address in found if address and address.lower() not in known):
        keep_link(recipient=recipient, subject=subject, ask=ask, path=denial_path(change), now=now)
