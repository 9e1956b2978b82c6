"""The one format in which complaints and answers are sealed. `static/js/sealing.js` writes and reads the same.

The sender's code is 25 random signs (125 bits). Three things are derived from it with HKDF-SHA256, none of which tells
another: the number, the opening (its hash finds the complaint) and the key of the answers.

A message to the inspectorate: version ‖ one-time public key (65 bytes) ‖ nonce (12) ‖ AES-256-GCM. Its key is
HKDF-SHA256 over ECDH (P-256) of the one-time key and the inspectorate's. An answer: version ‖ nonce ‖ AES-256-GCM under
the key of the answers, which only the sender's code gives and only the sealed complaint tells the inspectorate. Number
and part are authenticated with each, so that no message is read as another's.
"""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDH,
    SECP256R1,
    EllipticCurvePublicKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

LABEL = "epeken/lapor-aman/1"
VERSION = b"\x01"
POINT, NONCE, TAG = 65, 12, 16  # bytes
BLOCK = 16 * 1024  # messages are filled up to a multiple: their size does not tell their length
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_SIGNS = 25


@dataclass(frozen=True)
class CodeKeys:
    """What a sender's code gives."""

    number: str
    opening: bytes
    answers: bytes


@dataclass(frozen=True)
class SealedFile:
    content_type: str
    data: bytes


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(CODE_SIGNS))


def read_code(typed: str) -> str:
    """The code as it was made, from what somebody typed; '' when it is none."""
    code = re.sub(r"[\s-]", "", typed.upper()).replace("O", "0").replace("I", "1").replace("L", "1")
    return code if re.fullmatch(f"[{ALPHABET}]{{{CODE_SIGNS}}}", code) else ""


def grouped(code: str) -> str:
    return "-".join(code[at : at + 5] for at in range(0, len(code), 5))


def keys_of(code: str) -> CodeKeys:
    number, opening, answers = (
        _derived(code.encode(), LABEL.encode(), what) for what in ("number", "opening", "answers")
    )
    bits = int.from_bytes(number[:5], "big")
    signs = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
    return CodeKeys(f"LA-{signs[:4]}-{signs[4:]}", opening, answers)


def opening_hash(opening: bytes) -> str:
    return hashlib.sha256(opening).hexdigest()


def to_text(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def from_text(text: str) -> bytes:
    """Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def public_key(text: str) -> bytes:
    """The point, checked to lie on the curve. Raises ValueError."""
    data = from_text(text)
    if len(data) != POINT:
        raise ValueError("Not an uncompressed point of P-256")
    EllipticCurvePublicKey.from_encoded_point(SECP256R1(), data)
    return data


def fingerprint(public: bytes) -> str:
    """SHA-256 of the public key as people compare it: eight groups of four."""
    digest = hashlib.sha256(public).hexdigest()[:32].upper()
    return " ".join(digest[at : at + 4] for at in range(0, 32, 4))


def packed(*, about: str, order: str, text: str, answers: bytes, files: Sequence[SealedFile]) -> bytes:
    """A message before it is sealed: length of its head (4 bytes), the head as JSON, the files, zeros."""
    told = [{"type": file.content_type, "size": len(file.data)} for file in files]
    head = {"about": about, "order": order, "text": text, "answers": to_text(answers), "files": told}
    data = json.dumps(head, ensure_ascii=False).encode()
    plain = len(data).to_bytes(4, "big") + data + b"".join(file.data for file in files)
    return plain + bytes(-len(plain) % BLOCK)


def seal(public: bytes, plain: bytes, *, number: str, part: str) -> bytes:
    """For the inspectorate: nobody without the private half of `public` reads it, not even who sealed it."""
    mine = generate_private_key(SECP256R1())
    point = mine.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    shared = mine.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), public))
    nonce = secrets.token_bytes(NONCE)
    key = _derived(shared, point + public, LABEL)
    return VERSION + point + nonce + AESGCM(key).encrypt(nonce, plain, bound(number, part))


def is_sealed(data: bytes) -> bool:
    """Whether it has the shape of a message to the inspectorate; only the private key tells more."""
    whole = len(data) - len(VERSION) - POINT - NONCE - TAG
    return data[:2] == VERSION + b"\x04" and whole > 0 and whole % BLOCK == 0


def seal_answer(answers: bytes, text: str, *, number: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return VERSION + nonce + AESGCM(answers).encrypt(nonce, text.encode(), bound(number, "answer"))


def open_answer(answers: bytes, sealed: bytes, *, number: str) -> str:
    """'' when it was changed, or sealed under another code."""
    nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
    try:
        return AESGCM(answers).decrypt(nonce, rest, bound(number, "answer")).decode()
    except (InvalidTag, ValueError):
        return ""


def bound(number: str, part: str) -> bytes:
    """What is authenticated with a message and not kept in it."""
    return f"{LABEL}/{number}/{part}".encode()


def _derived(secret: bytes, salt: bytes, what: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=what.encode()).derive(secret)
