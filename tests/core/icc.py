"""Colour profiles for tests, written byte by byte: what a phone or a camera puts into its photos."""

import struct

# Primaries as the profile of the device says them: XYZ of red, green and blue under the profile's own light (D50).
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
_WHITE = (0.96420, 1.0, 0.82491)
# The curve of sRGB, which Display P3 has too.
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def profile(primaries: tuple[tuple[float, float, float], ...] = DISPLAY_P3, space: bytes = b"RGB ") -> bytes:
    """An ICC profile of version 4. `space`: the colours it says to be of; `GRAY` has a curve and no primaries."""
    tags = {b"wtpt": _xyz(_WHITE), b"desc": _text("Layar"), b"cprt": _text("Bebas")}
    if space == b"GRAY":
        tags[b"kTRC"] = b"curv" + bytes(4) + struct.pack(">IH", 1, round(1.0 * 256)) + bytes(2)
    else:
        tags |= {name: _xyz(each) for name, each in zip((b"rXYZ", b"gXYZ", b"bXYZ"), primaries, strict=True)}
        tags |= {name: _curve() for name in (b"rTRC", b"gTRC", b"bTRC")}
    at, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), bytes(4), 0x04300000, b"mntr", space, b"XYZ ")
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28)
    head += b"".join(_fixed(value) for value in _WHITE)
    return head.ljust(128, b"\0") + table + body


def in_srgb(pixel: tuple[int, int, int]) -> tuple[int, int, int]:
    """What a pixel of Display P3 is in sRGB, by the definitions of the two and not by a library."""
    light = [(v / 255 / 12.92) if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in pixel]
    r, g, b = light
    linear = (
        1.22494 * r - 0.22494 * g,
        -0.04206 * r + 1.04206 * g,
        -0.01964 * r - 0.07864 * g + 1.09827 * b,
    )
    made = [
        12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in (min(1, max(0, v)) for v in linear)
    ]
    red, green, blue = (round(255 * v) for v in made)
    return red, green, blue


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(_fixed(value) for value in values)


def _curve() -> bytes:
    return b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(_fixed(value) for value in _CURVE)


def _text(words: str) -> bytes:
    data = words.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"id", b"ID", len(data), 28) + data
