"""The format: what opens a message, what does not, and that nothing changed in it passes."""

import pytest
from cryptography.exceptions import InvalidTag

from procurement.disclosures import sealing
from tests.factories.disclosures import WORDS, make_pair

CODE = "0123456789ABCDEFGHJKMNPQR"


def sealed_to(pair: object, text: str = WORDS) -> tuple[sealing.CodeKeys, bytes]:
    keys = sealing.keys_of(CODE)
    files = [sealing.SealedFile("image/jpeg", b"pixels"), sealing.SealedFile("application/pdf", b"pages")]
    plain = sealing.packed(about="PPK", order="P-1", text=text, answers=keys.answers, files=files)
    return keys, sealing.seal(pair.public, plain, number=keys.number, part="complaint")  # type: ignore[attr-defined]


def test_the_private_key_opens_it_and_another_does_not() -> None:
    pair = make_pair()
    keys, sealed = sealed_to(pair)
    opened = pair.open(sealed, number=keys.number, part="complaint")
    assert (opened["about"], opened["order"], opened["text"]) == ("PPK", "P-1", WORDS)
    assert sealing.from_text(opened["answers"]) == keys.answers
    assert opened["data"].startswith(b"pixelspages")
    with pytest.raises(InvalidTag):
        make_pair().open(sealed, number=keys.number, part="complaint")


@pytest.mark.parametrize("at", [1 + 65, 1 + 65 + 12, -17, -1], ids=["nonce", "first", "last", "tag"])
def test_what_was_changed_is_refused(at: int) -> None:
    pair = make_pair()
    keys, sealed = sealed_to(pair)
    changed = bytearray(sealed)
    changed[at] ^= 1
    with pytest.raises(InvalidTag):
        pair.open(bytes(changed), number=keys.number, part="complaint")


@pytest.mark.parametrize(("number", "part"), [("LA-0000-0000", "complaint"), (None, "addition")])
def test_a_message_moved_to_another_place_is_refused(number: str | None, part: str) -> None:
    pair = make_pair()
    keys, sealed = sealed_to(pair)
    with pytest.raises(InvalidTag):
        pair.open(sealed, number=number or keys.number, part=part)


def test_size_does_not_tell_length() -> None:
    pair = make_pair()
    assert len({len(sealed_to(pair, "a" * length)[1]) for length in (1, 50, 5_000)}) == 1
    assert sealing.is_sealed(sealed_to(pair)[1])
    assert not sealing.is_sealed(sealed_to(pair)[1][:-1])
    assert not sealing.is_sealed(WORDS.encode() * 500)


def test_the_code_gives_three_secrets_and_is_read_as_people_write_it() -> None:
    code = sealing.new_code()
    assert code != sealing.new_code() and sealing.read_code(sealing.grouped(code).lower()) == code
    assert sealing.read_code("o1il" + "0" * 21) == "0111" + "0" * 21
    for wrong in ("", code[:-1], code + "0", code[:-1] + "U"):
        assert sealing.read_code(wrong) == ""
    keys = sealing.keys_of(CODE)
    assert len({keys.opening, keys.answers}) == 2
    # As static/js/sealing.js derives them: codes that people hold already must go on working.
    assert keys.number == "LA-NTWV-HASM"


def test_only_the_code_opens_an_answer() -> None:
    keys = sealing.keys_of(CODE)
    sealed = sealing.seal_answer(keys.answers, "Kami periksa.", number=keys.number)
    assert sealing.open_answer(keys.answers, sealed, number=keys.number) == "Kami periksa."
    other = sealing.keys_of(sealing.new_code())
    assert sealing.open_answer(other.answers, sealed, number=keys.number) == ""
    assert sealing.open_answer(keys.answers, sealed, number=other.number) == ""
    assert sealing.open_answer(keys.answers, sealed[:-1] + bytes([sealed[-1] ^ 1]), number=keys.number) == ""
