"""Which offices sign before a request is decided."""

from procurement.agencies.states import OfficerRole

SIGNERS = [(office, office.label) for office in (OfficerRole.PPK, OfficerRole.HEAD)]
