"""What is sent to the number a resident gave, and what the officer hears. The number may have no account yet."""

from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from epeken.core.i18n.messages import TEXT
from epeken.notifications.channels.text.services import keep_text
from epeken.notifications.kinds import notice
from epeken.notifications.services import notify
from epeken.users.models import User
from umkm.assisted.models import AssistedRegistration

KINDS = {
    "seller.assisted_confirmed": notice(
        _("Pendaftaran yang Anda bantu sudah dipastikan warganya"),
        _("Nomor pendaftaran %(number)s. Isinya tidak lagi terlihat oleh Anda, dan orang lain yang memutusnya."),
        number=TEXT,
    ),
    "seller.assisted_refused": notice(
        _("Pendaftaran yang Anda bantu ditolak warganya"),
        _("Nomor pendaftaran %(number)s. Isian dan fotonya sudah dimusnahkan."),
        number=TEXT,
    ),
    "seller.assisted_locked": notice(
        _("Angka NIK tidak cocok %(times)s kali"),
        _("Nomor pendaftaran %(number)s kembali kepada Anda. Periksa NIK, dan apakah nomor ponselnya benar."),
        number=TEXT,
        times=TEXT,
    ),
}


def resident_asked(assisted: AssistedRegistration, *, now: datetime) -> None:
    said = _("%(officer)s mengisi pendaftaran toko untuk Anda. Baca dan putuskan sendiri di ponsel Anda: %(link)s")
    _text(assisted, said, assisted.due_at - now, now)


def resident_reminded(assisted: AssistedRegistration, *, now: datetime) -> None:
    said = _("Pendaftaran toko yang diisi %(officer)s masih menunggu Anda, lalu dihapus: %(link)s")
    _text(assisted, said, assisted.due_at - now, now)


def officer_told(assisted: AssistedRegistration, what: str, *, now: datetime, **more: object) -> None:
    """Of a list of residents only what the officer has to correct: its page counts the answers."""
    if assisted.import_row_id is not None and what != "locked":
        return
    notify(
        [assisted.officer],
        kind=f"seller.assisted_{what}",
        url=reverse("umkm:assisted-list"),
        key=f"assisted-{assisted.pk}-{what}-{now.timestamp():.0f}",
        now=now,
        number=str(assisted.seller_id),
        **more,
    )


def _text(assisted: AssistedRegistration, said: object, lasts: timedelta, now: datetime) -> None:
    link = settings.SITE_URL.rstrip("/") + reverse("umkm:assisted-mine")
    account = User.objects.signing_in_with(assisted.phone)
    with translation.override(account.language if account else settings.LANGUAGE_CODE):
        text = str(said) % {"officer": assisted.officer.name, "link": link}
        keep_text(phone=assisted.phone, text=f"e-Peken: {text}. {__('Bukan Anda? Tolak di sana.')}", now=now,
                  lasts=lasts)  # fmt: skip
