"""Roles of officers, and in which capacity somebody holds one."""

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _


class OfficerRole(TextChoices):
    REQUESTER = "requester", _("Pemesan")
    PP = "pp", _("Pejabat pengadaan (PP)")
    PPK = "ppk", _("Pejabat pembuat komitmen (PPK)")
    RECEIVER = "receiver", _("Penerima barang")
    TREASURER = "treasurer", _("Bendahara")
    HEAD = "head", _("Kepala dinas (PA/KPA)")


class Capacity(TextChoices):
    """How somebody holds an office. Source: UU 30/2014 art. 14(2); SE BKN 1/SE/I/2021."""

    HOLDER = "", _("Definitif")
    PLT = "plt", _("Plt.")  # the office is vacant
    PLH = "plh", _("Plh.")  # its holder is away for some days


ACTING = (Capacity.PLT, Capacity.PLH)
# What an act records of its officer: the role, before it the capacity of who only acts in it (`plh.ppk`).
OFFICE_LENGTH = 16
OFFICES = {
    **{role.value: role.label for role in OfficerRole},
    **{
        f"{how.value}.{role.value}": format_lazy("{} {}", how.label, role.label)
        for how in ACTING
        for role in OfficerRole
    },
}


def office_code(role: str, capacity: str = "") -> str:
    return f"{capacity}.{role}" if capacity else str(role)


def office_label(office: str) -> str:
    """`Plh. Pejabat pembuat komitmen (PPK)`; "" for what is no office of a department."""
    return str(OFFICES.get(office, ""))


def office_in_sentence(office: str) -> str:
    """The same inside a sentence: `Plh. pejabat pembuat komitmen`."""
    capacity, _dot, role = office.rpartition(".")
    words = str(OfficerRole(role).label).split(" (")[0].lower()
    return f"{Capacity(capacity).label} {words}" if capacity else words
