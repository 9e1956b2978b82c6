"""Decodes one file of a stranger and writes it anew: a program of its own, whose memory and time the system bounds.

Run by `core.files.bounded`. Standard input: one line of JSON (see `Picture` and `Pdf` there for the fields), then the
file. Standard output: one line of JSON, then the files made, in the order of their sizes in `sizes`. A refusal is
`{"refused": code}`. Imports nothing of ours, so that it starts in a tenth of a second.
"""

import io
import json
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from typing import Any

FORMATS = ("JPEG", "PNG", "WEBP")
LARGEST_PROFILE = 4 * 1024 * 1024  # bytes; those of printing presses take two to three million
# Bytes a pixel takes once decoded.
DEPTH = {"1": 1, "L": 1, "P": 1, "LA": 4, "PA": 4, "RGB": 4, "RGBA": 4, "CMYK": 4, "YCbCr": 4, "I;16": 2, "I": 4}


class Refused(Exception):
    """The code of the refusal is the argument."""


def bound(memory: int, seconds: int) -> None:
    """From here on the system ends this program when it takes more."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# --- Pictures -----------------------------------------------------------------------------------------------------


def picture(data: bytes, wish: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """The picture upright, in the colours of sRGB, as each of `wish["pieces"]`: side, how it is fitted, format and the
    options of the format."""
    from PIL import Image, ImageOps, PngImagePlugin, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = wish["pixels"]
    PngImagePlugin.MAX_TEXT_CHUNK = LARGEST_PROFILE
    try:
        image = Image.open(io.BytesIO(without_broken_profile(data)), formats=FORMATS)
    except Image.DecompressionBombError:
        raise Refused("too_many_pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, OverflowError):
        raise Refused("not_a_picture") from None
    width, height = image.size
    if width * height > wish["pixels"] or max(width, height) > wish["greatest_side"]:
        raise Refused("too_many_pixels")
    if min(width, height) < wish["least_side"]:
        raise Refused("too_few_pixels")
    # Phones write MPO: an ordinary JPEG with a depth map or a second lens behind it. Its first frame is the photo.
    if image.format != "MPO" and getattr(image, "n_frames", 1) > 1:
        raise Refused("moving_picture")
    most = max(side for side, *_rest in wish["pieces"])
    try:
        held: float = width * height * DEPTH.get(image.mode, 4)
        if image.format in {"JPEG", "MPO"}:
            scans = count_scans(data)
            if scans > wish["scans"]:
                raise Refused("picture_too_complex")
            image.draft("RGB", (most, most))  # decodes near the wanted size, a fraction of the memory
            held = image.size[0] * image.size[1] * 4
            if scans > 1:
                # Several scans: the decoder keeps two bytes for every sample of the whole picture.
                held += width * height * 2 * samples(image.layer)  # type: ignore[attr-defined]  # JPEG
        if held > wish["decoded"]:
            raise Refused("too_many_pixels")
        image.load()
        image = in_srgb(shrunk(image, most))
        upright = flat(ImageOps.exif_transpose(image))
    except (OSError, ValueError, SyntaxError, OverflowError, Image.DecompressionBombError):
        raise Refused("picture_broken") from None
    shapes: dict[tuple[int, str], Any] = {}
    files: dict[str, bytes] = {}
    made, sizes = [], []
    for side, fit, kind, options in wish["pieces"]:
        if (side, fit) not in shapes:
            shapes[side, fit] = fitted(upright, side, fit, most)
        piece = shapes[side, fit]
        # Of a small picture the wide pieces are one and the same: written once.
        key = repr((piece.size, fit, kind, options))
        if key not in files:
            out = io.BytesIO()
            piece.save(out, kind, **options)
            files[key] = out.getvalue()
        made.append(files[key])
        sizes.append(piece.size)
    return {"pictures": sizes, "dhash": dhash(upright), "colour": main_colour(piece)}, made


def fitted(image: Any, side: int, fit: str, most: int) -> Any:
    """`square`: its middle; `edge`: no edge longer than `side`; `width`: exactly `side` wide, where it is as wide and,
    at the greatest side `most`, not higher than twice that. Never enlarged."""
    from PIL import Image, ImageOps

    width, height = image.size
    if fit == "square":
        edge = min(side, width, height)
        return ImageOps.fit(image, (edge, edge), Image.Resampling.LANCZOS)
    if fit == "width":
        wide = max(1, min(side, width, 2 * most * width // height))
        return image.resize((wide, max(1, round(height * wide / width))), Image.Resampling.LANCZOS)
    piece = image.copy()
    piece.thumbnail((side, side), Image.Resampling.LANCZOS)
    return piece


def main_colour(image: Any) -> str:
    """What most of the picture looks like, as six hex digits."""
    from PIL import Image

    few = image.resize((32, 32), Image.Resampling.BOX).quantize(6, Image.Quantize.MEDIANCUT)
    _count, most = max(few.getcolors())
    return bytes(few.getpalette()[3 * most : 3 * most + 3]).hex()


def samples(layers: list[tuple[int, int, int, int]]) -> float:
    """Samples a pixel of a JPEG: 3 when colour is as fine as light, 1.5 when it is half as fine."""
    fine = max(across for _id, across, _down, _table in layers) * max(down for _id, _across, down, _table in layers)
    return sum(across * down for _id, across, down, _table in layers) / fine


def count_scans(data: bytes) -> int:
    """How often a JPEG goes over its picture: markers SOS of the first picture, not those inside other segments."""
    scans, at = 0, 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            return scans
        marker = data[at + 1]
        if marker in {0xFF, 0x01} or 0xD0 <= marker <= 0xD8:
            at += 1 if marker == 0xFF else 2
            continue
        if marker == 0xD9:
            return scans
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == 0xDA:
            scans += 1
            # The pixels of the scan: up to the next FF that is neither an escaped byte nor a restart marker.
            found = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]").search(data, at)
            if found is None:
                return scans
            at = found.start()
    return scans


def shrunk(image: Any, most: int) -> Any:
    """Near the wanted size before anything else copies it; deep greys as eight bits."""
    from PIL import Image

    if image.mode == "I;16":
        # The high byte of each value; the map of a conversion would hold the picture as 32-bit numbers.
        image = Image.frombytes("L", image.size, image.tobytes()[1::2])
    elif image.mode in {"I", "F"}:
        image = image.point(lambda value: value / 256).convert("L")
    factor = min(image.size) // most if min(image.size) >= 2 * most else 1
    if factor < 2:
        return image
    small = image.convert("RGBA" if "transparency" in image.info else "RGB") if image.mode == "P" else image
    small = small.reduce(factor)
    small.info |= image.info
    small.getexif()  # reads the orientation from `info`
    return small


def without_broken_profile(png: bytes) -> bytes:
    """A PNG without a colour profile that is damaged or too large, for which Pillow would refuse the whole picture.
    Anything else as it came."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n"):
        return png
    at = 8
    while at + 12 <= len(png) and png[at + 4 : at + 8] != b"IDAT":  # a profile stands before the pixels
        end = at + 12 + int.from_bytes(png[at : at + 4], "big")
        if png[at + 4 : at + 8] == b"iCCP" and not is_sound_profile(png[at + 4 : end - 4], png[end - 4 : end]):
            png = png[:at] + png[end:]
        else:
            at = end
    return png


def is_sound_profile(chunk: bytes, checksum: bytes) -> bool:
    """`chunk`: of a PNG, with its name."""
    _name, _zero, packed = chunk[4:].partition(b"\0")
    if zlib.crc32(chunk).to_bytes(4, "big") != checksum or packed[:1] != b"\0":
        return False
    size, _unpacked = inflated(packed[1:], LARGEST_PROFILE, keep=False)
    return size < LARGEST_PROFILE


def in_srgb(image: Any) -> Any:
    """The same colours as sRGB has them: phones photograph in Display P3, cameras in Adobe RGB, presses print in CMYK.
    The pixels stay as they are where the profile is damaged, too large or of other colours than the picture's."""
    from PIL import ImageCms

    profile = image.info.get("icc_profile")
    if not profile or len(profile) > LARGEST_PROFILE:
        return image
    if image.mode in {"P", "PA", "LA"} or "transparency" in image.info:
        image = image.convert("RGBA" if has_clear_parts(image) else "RGB")
    if image.mode not in {"RGB", "RGBA", "L", "CMYK"}:
        return image
    try:
        given, ours = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        if image.mode in {"RGB", "RGBA"}:
            # In place: no second picture in memory, and what is transparent stays so.
            ImageCms.buildTransform(given, ours, image.mode, image.mode).apply_in_place(image)
            return image
        made = ImageCms.buildTransform(given, ours, image.mode, "RGB").apply(image)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    made.info |= image.info
    made.getexif()  # reads the orientation from `info`
    return made


def has_clear_parts(image: Any) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info


def flat(image: Any) -> Any:
    """RGB on white. A new image, so that nothing of the old one's metadata comes along."""
    from PIL import Image

    made = Image.new("RGB", image.size, "white")
    if has_clear_parts(image):
        layer = image.convert("RGBA")
        made.paste(layer, mask=layer.getchannel("A"))
    else:
        made.paste(image.convert("RGB"))
    return made


def dhash(image: Any) -> str:
    """64-bit difference hash as 16 hex digits: near-identical pictures differ in few bits."""
    from PIL import Image

    small = image.convert("L").resize((9, 8), Image.Resampling.BILINEAR)
    pixels = small.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            at = row * 9 + column
            bits = bits << 1 | (pixels[at] > pixels[at + 1])
    return f"{bits:016x}"


# --- PDF ----------------------------------------------------------------------------------------------------------

# What a page may hold; actions, annotations, thumbnails and private data of programs are left out.
PAGE_KEYS = {"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"}
# Wherever they stand: actions, scripts, files inside or outside, PostScript, private data of programs.
ACTIVE_KEYS = {
    "/A", "/AA", "/OpenAction", "/JS", "/JavaScript", "/EF", "/RF", "/AF", "/Ref", "/OPI", "/PS", "/PieceInfo",
    "/Metadata", "/Launch", "/Names", "/AcroForm", "/Annots", "/Collection", "/RichMediaContent", "/Movie", "/URI",
    "/XFA",
}  # fmt: skip
FLATE = {"/FlateDecode", "/Fl"}


def pdf(data: bytes, wish: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """The same pages in a new file that holds nothing but what they show."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as source:
            if source.is_encrypted:
                raise Refused("pdf_locked")
            root = source.Root
            # A form drawn by a script, or a folder of other files: what the pages show is not what the reader sees.
            if "/Collection" in root or "/XFA" in root.get("/AcroForm", {}):
                raise Refused("pdf_dynamic")
            pages = len(source.pages)
            if pages < 1:
                raise Refused("pdf_without_pages")
            if pages > wish["pages"]:
                raise Refused("pdf_too_long")
            measure(source, wish["unpacked"])
            # Stamps, signatures and filled fields stay visible: their pictures become part of the page.
            if "/AcroForm" in root:
                source.generate_appearance_streams()
            source.flatten_annotations("all")
            made = pikepdf.new()
            for page in source.pages:
                check_page(page)
                own = page.obj
                for name, value in inherited(own):
                    own[name] = value
                for key in set(own.keys()) - PAGE_KEYS - {"/Parent"}:
                    del own[key]
                made.pages.append(page)
            for thing in made.objects:
                clean(thing)
            out = io.BytesIO()
            made.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    except pikepdf.PasswordError:
        raise Refused("pdf_locked") from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, RecursionError, OverflowError):
        raise Refused("pdf_incomplete") from None
    return {"pages": pages}, [out.getvalue()]


def inherited(page: Any) -> Iterator[tuple[str, Any]]:
    """What the page takes from the folders of pages above it."""
    for name in ("/Resources", "/MediaBox", "/CropBox", "/Rotate"):
        node, steps = page, 0
        while name not in node and "/Parent" in node and steps < 64:
            node, steps = node["/Parent"], steps + 1
        if name in node and node is not page:
            yield name, node[name]


def check_page(page: Any) -> None:
    """No page larger than a house wall: readers reserve what it says."""
    left, bottom, right, top = (abs(edge) for edge in page.mediabox)
    if max(left, bottom, right, top) > 14_400:  # 200 inches, the format's own limit
        raise Refused("pdf_too_complex")


def measure(source: Any, most: int) -> None:
    """Refuses streams and pictures that unpack to more than a reader can hold, without unpacking them into memory."""
    import pikepdf

    room = most
    for thing in source.objects:
        if not isinstance(thing, pikepdf.Stream):
            continue
        if "/F" in thing:
            raise Refused("pdf_too_complex")  # its bytes lie in another file
        if (
            thing.get("/Subtype") == "/Image"
            and int(thing.get("/Width", 0)) * int(thing.get("/Height", 0)) > 150_000_000
        ):
            raise Refused("pdf_too_complex")
        filters: Any = thing.get("/Filter", [])
        names = [str(filters)] if isinstance(filters, pikepdf.Name) else [str(name) for name in filters]
        if len(names) > 2:
            raise Refused("pdf_too_complex")
        packed = thing.read_raw_bytes()
        if names and names[0] in FLATE:
            keep = len(names) > 1
            size, unpacked = inflated(packed, room, keep=keep)
            if keep and names[1] in FLATE:
                size, _rest = inflated(unpacked, room, keep=False)
            room -= size
        else:
            room -= len(packed)
        if room <= 0:
            raise Refused("pdf_too_complex")


def inflated(packed: bytes, room: int, *, keep: bool) -> tuple[int, bytes]:
    """How many bytes it unpacks to, at most `room`, and with `keep` those bytes."""
    machine, size, pieces = zlib.decompressobj(), 0, []
    rest = packed
    while rest and size <= room:
        try:
            piece = machine.decompress(rest, 1 << 20)
        except zlib.error:
            break  # damaged: readers stop here too
        size += len(piece)
        if keep:
            pieces.append(piece)
        rest = machine.unconsumed_tail
    return size, b"".join(pieces)


def clean(thing: Any) -> None:
    """Takes what acts out of an object and of the plain dictionaries and lists inside it."""
    import pikepdf

    if isinstance(thing, pikepdf.Array):
        for item in list(thing):
            if not getattr(item, "is_indirect", False):
                clean(item)
        return
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in set(thing.keys()) & ACTIVE_KEYS:
        # Fonts and colours name their parts freely: a resource may be called /A.
        if key in {"/A", "/PS", "/F"} and not acts(thing[key]):
            continue
        del thing[key]
    for key in list(thing.keys()):
        item = thing[key]
        if not getattr(item, "is_indirect", False):
            clean(item)


def acts(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Dictionary) and "/S" in value and str(value.get("/Type", "/Action")) == "/Action"


def main() -> int:
    head = sys.stdin.buffer.readline()
    wish = json.loads(head)
    bound(wish["memory"], wish["seconds"])
    data = sys.stdin.buffer.read()
    made: list[bytes] = []
    try:
        answer, made = {"picture": picture, "pdf": pdf}[wish["what"]](data, wish)
    except Refused as refusal:
        answer = {"refused": refusal.args[0]}
    except MemoryError:
        answer = {"refused": f"{wish['what']}_too_complex"}
    answer["sizes"] = [len(piece) for piece in made]
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    for piece in made:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
