"""What a requirement may ask for: by its code, how it is met and what it is called."""

from umkm.requirements.states import Means, OfficerFinding
from umkm.sellers import steps
from umkm.verification import checks
from umkm.verification.states import SellerDocumentKind

# Fields of a registration that nobody has to fill in unless a requirement says so.
DECLARED = ("email", "about", "latitude", "nib", "npwp")
# Checks of what only a change of an active shop brings.
OF_CHANGES = ("kept_nik", "own_sanctions", "successor_ties")
# What tells who the person is, and with whom they share an owner. Nobody is excused from it.
IDENTITY = (
    SellerDocumentKind.KTP.value, "nik_structure", "nik_place", "duplicate_nik", "duplicate_bank", "bank_holder",
    "sanctions",
)  # fmt: skip


def means_of(subject: str) -> Means:
    if subject in OfficerFinding.values:
        return Means.VERIFIED
    return Means.ATTESTED if subject in SellerDocumentKind.values or subject in DECLARED else Means.COMPUTED


def label_of(subject: str) -> str:
    if subject in OfficerFinding.values:
        return str(OfficerFinding(subject).label)
    return steps.label_of(subject) if means_of(subject) == Means.ATTESTED else checks.labels().get(subject, subject)


def subject_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """In the groups of the ways in which they are met."""
    by_check = [code for code in checks.labels() if code not in OF_CHANGES]
    groups = {
        Means.ATTESTED: [*SellerDocumentKind.values, *DECLARED],
        Means.COMPUTED: by_check,
        Means.VERIFIED: OfficerFinding.values,
    }
    return [(str(means.label), [(code, label_of(code)) for code in codes]) for means, codes in groups.items()]
