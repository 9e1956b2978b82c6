"""Keys of the inspectorate with their private halves, complaints sealed to them, and what opens them: in a running
system an inspector's browser alone."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePrivateKey,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from epeken.core import clock
from epeken.core.idempotency import new_key
from procurement.disclosures import sealing
from procurement.disclosures.models import Disclosure, InspectorateKey
from procurement.disclosures.services import keys, receiving
from procurement.disclosures.services.receiving import SealedMessage
from tests.factories.umkm import make_staff

WORDS = "Bendahara meminta sepuluh persen sebelum membayar"


@dataclass
class KeyPair:
    private: EllipticCurvePrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)

    def open(self, sealed: bytes, *, number: str, part: str) -> dict[str, Any]:
        """As `unseal` of static/js/sealing.js. Raises InvalidTag."""
        point, rest = sealed[1:66], sealed[66:]
        shared = self.private.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), point))
        salt = point + self.public
        key = HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=sealing.LABEL.encode()).derive(shared)
        plain = AESGCM(key).decrypt(rest[:12], rest[12:], sealing.bound(number, part))
        end = 4 + int.from_bytes(plain[:4], "big")
        head: dict[str, Any] = json.loads(plain[4:end])
        head["data"] = plain[end:]
        return head


def make_inspector(**over: Any) -> Any:
    return make_staff("procurement.inspect_all", **over)


def make_pair() -> KeyPair:
    return KeyPair(generate_private_key(SECP256R1()))


def make_key(pair: KeyPair, *, proposer: Any = None, confirmer: Any = None, now: datetime | None = None) -> Any:
    """In force from the day of `now`."""
    now = now or clock.now()
    made = keys.propose_key(actor=proposer or make_inspector(), public=sealing.to_text(pair.public), now=now)
    return keys.confirm_key(actor=confirmer or make_inspector(), key=made, now=now)


def sealed_message(
    key: InspectorateKey, code: str, *, text: str = WORDS, part: str = "complaint", **over: Any
) -> SealedMessage:
    given = sealing.keys_of(code)
    plain = sealing.packed(about="Bendahara", order="", text=text, answers=given.answers, files=[])
    sealed = sealing.seal(sealing.public_key(key.public), plain, number=given.number, part=part)
    made = {"number": given.number, "opening": given.opening, "fingerprint": key.fingerprint, "sealed": sealed}
    return SealedMessage(**{**made, "token": new_key(), **over})


def make_disclosure(key: InspectorateKey, code: str, *, now: datetime | None = None, text: str = WORDS) -> Disclosure:
    return receiving.receive_complaint(message=sealed_message(key, code, text=text), now=now or clock.now())
