"""Refusals to senders that several places say."""

from django.utils.translation import gettext as _

from epeken.core.errors import DomainError, RuleBroken


class KeyChanged(DomainError):
    """409: sealed to a key that is not in force any more."""

    status = 409
    code = "key_changed"


def unknown_code() -> RuleBroken:
    return RuleBroken(
        _("Tidak ada pengaduan dengan kode ini. Periksa lagi tiap huruf dan angkanya."),
        field="code",
        code="code_unknown",
    )


def no_key() -> RuleBroken:
    return RuleBroken(
        _(
            "Saat ini tidak ada kunci inspektorat yang berlaku, sehingga pengaduan tidak dapat disegel dan tidak "
            "diterima di sini. Antar surat tertutup ke kantor inspektorat, atau coba lagi lain hari."
        ),
        code="no_key",
    )
