"""Photos of a phone keep their colours: the profile is applied, and a bad one refuses no photo."""

import io
import struct
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from epeken.core.files.bounded import read_picture
from tests.core.icc import SRGB, in_srgb, profile

ORANGE = (200, 120, 60)


def shown(data: bytes) -> Any:
    """The pixel in the middle of what is kept."""
    (made,) = read_picture(data, kind="JPEG", pieces=[(64, False)], quality=95, subsampling=0).files
    with Image.open(io.BytesIO(made)) as kept:
        assert kept.mode == "RGB" and "icc_profile" not in kept.info
        return kept.getpixel((kept.width // 2, kept.height // 2))


def saved(image: Image.Image, kind: str = "PNG", **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def plain(mode: str = "RGB", colour: Any = ORANGE, size: tuple[int, int] = (80, 60)) -> Image.Image:
    return Image.new(mode, size, colour)


def near(one: Any, other: Any, most: int = 3) -> bool:
    return all(abs(a - b) <= most for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("kind", "options"), [("JPEG", {"quality": 95, "subsampling": 0}), ("PNG", {}), ("WEBP", {"lossless": True})]
)
def test_a_photo_in_display_p3_keeps_its_colours(kind: str, options: dict[str, Any]) -> None:
    wanted = in_srgb(ORANGE)
    assert not near(wanted, ORANGE, 10)  # unapplied, it would be seen
    assert near(shown(saved(plain(), kind, icc_profile=profile(), **options)), wanted)


def test_what_srgb_cannot_show_is_shown_as_near_as_it_can() -> None:
    assert near(shown(saved(plain(colour=(255, 0, 0)), icc_profile=profile())), in_srgb((255, 0, 0)))


def test_a_profile_of_srgb_changes_nothing() -> None:
    assert near(shown(saved(plain(), icc_profile=profile(SRGB))), ORANGE, 2)


def test_a_large_photo_is_shrunk_upright_and_coloured() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved(plain(size=(2000, 1500)), "JPEG", icc_profile=profile(), exif=exif)
    made = read_picture(data, kind="PNG", pieces=[(300, False)])
    assert made.pictures == [(225, 300)]
    with Image.open(io.BytesIO(made.files[0])) as kept:
        assert near(kept.getpixel((100, 100)), in_srgb(ORANGE))


def test_a_profile_of_grey_and_one_of_transparent_parts() -> None:
    # Light itself as numbers: half of it is 188 of 255 in sRGB.
    assert near(shown(saved(plain("L", 128), icc_profile=profile(space=b"GRAY"))), (188, 188, 188))
    clear = plain("RGBA", (*ORANGE, 255))
    clear.paste((0, 0, 0, 0), (0, 0, 80, 20))
    made = read_picture(saved(clear, icc_profile=profile()), kind="PNG", pieces=[(80, False)]).files[0]
    with Image.open(io.BytesIO(made)) as kept:
        assert (kept.getpixel((5, 5)), near(kept.getpixel((40, 40)), in_srgb(ORANGE))) == ((255, 255, 255), True)


def test_a_picture_with_a_palette_is_coloured_too() -> None:
    assert near(
        shown(saved(plain().convert("P", palette=Image.Palette.ADAPTIVE), icc_profile=profile())), in_srgb(ORANGE)
    )


def test_the_colour_that_stands_for_nothing_is_found_before_the_colours_change() -> None:
    image = plain()
    image.paste((200, 60, 60), (0, 0, 80, 20))
    data = saved(image, icc_profile=profile(), transparency=(200, 60, 60))
    with Image.open(io.BytesIO(read_picture(data, kind="PNG", pieces=[(80, False)]).files[0])) as kept:
        assert kept.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize(
    "bad",
    [
        b"not a profile at all",
        profile()[:200],
        profile()[:128] + b"\xff" * 400,
        profile().replace(b"para", b"xxxx"),
        profile(space=b"GRAY"),
        profile(space=b"CMYK"),
        profile() + bytes(5 * 1024 * 1024),
    ],
    ids=["words", "cut", "no table", "no curve", "grey", "of a press", "five megabytes"],
)
def test_a_bad_profile_refuses_no_photo(kind: str, bad: bytes) -> None:
    options = {"lossless": True} if kind == "WEBP" else {"quality": 95} if kind == "JPEG" else {}
    assert near(shown(saved(plain(), kind, icc_profile=bad, **options)), ORANGE)


def _chunk(name: bytes, body: bytes, checksum: bytes | None = None) -> bytes:
    right = zlib.crc32(name + body).to_bytes(4, "big")
    return struct.pack(">I", len(body)) + name + body + (checksum or right)


@pytest.mark.parametrize(
    "made",  # by the test: every process of the suite reads this list, and one of them packs 300 MB
    [
        lambda: _chunk(b"iCCP", b"Layar\0\0" + zlib.compress(profile()), b"\0\0\0\1"),
        lambda: _chunk(b"iCCP", b"Layar\0\7" + zlib.compress(profile())),
        lambda: _chunk(b"iCCP", b"Layar\0\0" + b"not packed"),
        lambda: _chunk(b"iCCP", b"Layar"),
        lambda: _chunk(b"iCCP", b"Layar\0\0" + zlib.compress(bytes(300 * 1024 * 1024))),
        lambda: _chunk(b"iCCP", b"A\0\0" + zlib.compress(profile(SRGB))) + _chunk(b"iCCP", b"B\0\1"),
    ],
    ids=["checksum", "unknown packing", "not packed", "name alone", "a bomb", "a second one"],
)
def test_a_png_is_taken_without_the_profile_that_breaks_it(made: Callable[[], bytes]) -> None:
    data, chunk = saved(plain()), made()
    began = time.monotonic()
    assert near(shown(data[:33] + chunk + data[33:]), ORANGE, 2)
    assert time.monotonic() - began < 8


def test_a_profile_of_more_than_a_megabyte_is_still_applied() -> None:
    large = profile() + bytes(range(256)) * 6000
    assert near(shown(saved(plain(), icc_profile=large)), in_srgb(ORANGE))


def test_a_whole_sheet_of_a_scanner_stays_within_the_limits() -> None:
    """24 million pixels of four inks with a profile that does not fit: nothing more is held than without it."""
    data = saved(Image.new("CMYK", (6000, 4000), (0, 90, 160, 20)), "JPEG", icc_profile=profile())
    made = read_picture(data, kind="JPEG", pieces=[(2400, False)], quality=85)
    assert made.pictures == [(2400, 1600)]
