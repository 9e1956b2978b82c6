"""Files made to hurt: each is refused, or only its pages and pixels remain, within bounded memory and time."""

import io
import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from PIL import Image

from epeken.core.files import bounded, decoder
from epeken.core.files.bounded import FileRefused, read_pdf, read_picture

MB = 1024 * 1024


def code_of(read: Callable[[], Any]) -> str:
    with pytest.raises(FileRefused) as refusal:
        read()
    return refusal.value.code


def photo(data: bytes) -> bounded.Decoded:
    return read_picture(data, kind="JPEG", pieces=[(2400, False)], quality=85)


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def with_scans(side: int, more: int) -> bytes:
    """A progressive JPEG that goes over its last details `more` times again."""
    data = saved(Image.new("RGB", (side, side), (90, 140, 30)), "JPEG", progressive=True, quality=30)
    again = data[data.rindex(b"\xff\xda") : -2]
    return data[:-2] + again * more + data[-2:]


# --- Pictures -----------------------------------------------------------------------------------------------------


def test_an_ordinary_progressive_photo_is_taken() -> None:
    data = saved(Image.radial_gradient("L").resize((4000, 3000)).convert("RGB"), "JPEG", progressive=True)
    assert decoder.count_scans(data) == 10
    assert photo(data).pictures == [(2400, 1800)]


def test_a_jpeg_of_many_scans_is_refused_at_once() -> None:
    data = with_scans(3000, 400)
    assert decoder.count_scans(data) == 410
    began = time.monotonic()
    assert code_of(lambda: photo(data)) == "picture_too_complex"
    assert time.monotonic() - began < 5


def test_scans_are_counted_where_they_are() -> None:
    """A small picture inside a segment counts nothing; bytes before a marker and restarts do not hide one."""
    plain = saved(Image.new("RGB", (64, 64)), "JPEG")
    inner = b"\xff\xe1" + (2 + len(plain)).to_bytes(2, "big") + plain
    assert decoder.count_scans(plain[:2] + inner + plain[2:]) == 1
    at = plain.rindex(b"\xff\xda")
    assert decoder.count_scans(plain[:at] + b"\xff\xff" + plain[at:]) == 1
    assert decoder.count_scans(plain + plain) == 1
    assert decoder.count_scans(b"\xff\xd8") == 0


def test_deep_pictures_are_weighed_with_their_depth() -> None:
    """38 million pixels with transparency decode to more than 144 MB, as grey to 38 MB."""
    assert code_of(lambda: photo(saved(Image.new("RGBA", (6200, 6200)), "PNG"))) == "too_many_pixels"
    assert photo(saved(Image.new("L", (6200, 6200)), "PNG")).pictures == [(2400, 2400)]


@pytest.mark.parametrize(
    ("size", "code"),
    [((39, 500), "too_few_pixels"), ((500, 39), "too_few_pixels"), ((16_001, 50), "too_many_pixels")],
)
def test_sides_have_a_least_and_a_greatest(size: tuple[int, int], code: str) -> None:
    assert code_of(lambda: photo(saved(Image.new("L", size), "PNG"))) == code


def test_the_edges_themselves_are_taken() -> None:
    assert photo(saved(Image.new("L", (40, 40)), "PNG")).pictures == [(40, 40)]
    assert photo(saved(Image.new("L", (16_000, 40)), "PNG")).pictures == [(2400, 6)]


def test_a_large_deep_picture_takes_no_memory_of_the_worker() -> None:
    data = saved(Image.new("I;16", (6320, 6320), 4000), "PNG")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert photo(data).pictures == [(2400, 2400)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_shrinking_early_keeps_the_right_side_up_and_the_white_ground() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert photo(saved(Image.new("RGB", (5200, 4900)), "PNG", exif=exif)).pictures == [(2262, 2400)]
    clear = Image.new("RGBA", (5200, 4900), (0, 0, 0, 0))
    assert Image.open(io.BytesIO(photo(saved(clear, "PNG")).files[0])).getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize(("subsampling", "taken"), [(0, False), (2, True)])
def test_a_progressive_jpeg_is_weighed_with_its_colours(subsampling: int, taken: bool) -> None:
    """20 million pixels: its decoder keeps all three colours until the last scan, fine ones take twice as much."""
    data = saved(Image.new("RGB", (5000, 4000)), "JPEG", progressive=True, subsampling=subsampling)
    if taken:
        assert photo(data).pictures == [(2400, 1920)]
    else:
        assert code_of(lambda: photo(data)) == "too_many_pixels"


def test_a_decoder_that_wants_more_memory_is_ended(settings: Any) -> None:
    settings.UPLOAD_DECODER_MEMORY = 160 * MB
    data = saved(Image.new("RGB", (5600, 5600)), "PNG")
    assert code_of(lambda: photo(data)) == "picture_too_complex"


def test_a_decoder_that_wants_more_time_is_ended(settings: Any) -> None:
    settings.UPLOAD_MAX_SCANS, settings.UPLOAD_DECODER_SECONDS = 10_000, 1
    began = time.monotonic()
    assert code_of(lambda: photo(with_scans(3500, 4000))) == "picture_too_complex"
    assert time.monotonic() - began < 8


def test_too_many_uploads_at_once_wait_and_are_then_refused(settings: Any) -> None:
    settings.UPLOAD_DECODER_SECONDS = 1
    with bounded._turn:
        assert code_of(lambda: photo(saved(Image.new("L", (50, 50)), "PNG"))) == "decoder_busy"
    assert photo(saved(Image.new("L", (50, 50)), "PNG")).pictures == [(50, 50)]


def test_the_decoder_knows_nothing_of_us(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Neither our settings nor our secrets are in its process."""
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import json, os, sys; print(json.dumps({'sizes': [], 'dhash': str(dict(os.environ)) + str(sys.path)}))"
    )
    monkeypatch.setattr(bounded, "_PROGRAM", spy)
    monkeypatch.setitem(os.environ, "SECRET_KEY", "a-secret-of-ours")
    seen = photo(b"").dhash
    assert "a-secret-of-ours" not in seen and "DATABASE_URL" not in seen


# --- PDF ----------------------------------------------------------------------------------------------------------


def document(change: Callable[[Pdf], None] = lambda made: None, *, pages: int = 1, **options: Any) -> bytes:
    """A PDF of pages with a line of text, changed by `change`."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        font = made.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        for number in range(pages):
            page = made.add_blank_page(page_size=(595, 842))
            page.Resources = Dictionary(Font=Dictionary(F1=font, A=font))
            page.Contents = made.make_stream(b"BT /F1 24 Tf 72 700 Td (Halaman %d) Tj ET" % number)
        change(made)
        made.save(out, **options)
    return out.getvalue()


def script(word: str = "app.alert(1)") -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String(word))


def launch() -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name.Launch, F=String("cmd.exe"))


def attach(made: Pdf) -> None:
    made.attachments["jahat.exe"] = b"MZ jahat"


def on_opening(made: Pdf) -> None:
    made.Root.OpenAction = script()
    made.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array([String("a"), script()])))


def on_the_page(made: Pdf) -> None:
    made.pages[0].obj.AA = Dictionary(O=launch(), C=script())


def behind_a_link(made: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([0, 0, 600, 800]), A=launch())
    made.pages[0].Annots = made.make_indirect(Array([made.make_indirect(link)]))


def as_rich_media(made: Pdf) -> None:
    film = Dictionary(Type=Name.Annot, Subtype=Name.RichMedia, Rect=Array([0, 0, 9, 9]), RichMediaContent=Dictionary())
    made.pages[0].Annots = Array([made.make_indirect(film)])


def in_a_field(made: Pdf) -> None:
    field = made.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("nama"), V=String("Bu Lirih"),
            Rect=Array([72, 600, 300, 630]), DA=String("/Helv 12 Tf 0 g"), AA=Dictionary(K=script()),
        )
    )  # fmt: skip
    made.pages[0].Annots = Array([field])
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    made.Root.AcroForm = Dictionary(
        Fields=Array([field]), NeedAppearances=True, DA=String("/Helv 12 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=made.make_indirect(helvetica))),
    )  # fmt: skip


def in_a_drawing(made: Pdf) -> None:
    """A form drawing that points to another file, and one in PostScript."""
    drawing = made.make_stream(b"0 0 9 9 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    drawing.Ref = Dictionary(F=Dictionary(Type=Name.Filespec, F=String("x.pdf"), EF=Dictionary()), Page=0)
    drawing.PieceInfo = Dictionary(Program=Dictionary(Private=script()))
    made.pages[0].Resources.XObject = Dictionary(X1=drawing)


def hidden_name(made: Pdf) -> None:
    made.Root[Name("/OpenAction")] = script("this.exportDataObject({cName: 'x'})")
    made.Root.Metadata = made.make_stream(b"<script>alert(1)</script>")


WORDS = (
    b"JavaScript", b"/JS", b"Launch", b"cmd.exe", b"EmbeddedFile", b"jahat", b"/AA", b"OpenAction", b"RichMedia",
    b"/Annots", b"/AcroForm", b"/Ref", b"PieceInfo", b"script",
)  # fmt: skip


def everything_in(data: bytes) -> bytes:
    """Every object of the file in clear, packed streams included."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as found:
        found.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            compress_streams=False,
        )
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        attach, on_opening, on_the_page, behind_a_link, as_rich_media, in_a_field, in_a_drawing, hidden_name,
    ],
)  # fmt: skip
@pytest.mark.parametrize("packed", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_what_acts_is_gone_and_the_page_is_there(change: Callable[[Pdf], None], packed: Any) -> None:
    hostile = document(change, object_stream_mode=packed)
    assert any(word in everything_in(hostile) for word in WORDS)
    kept = everything_in(read_pdf(hostile).files[0])
    assert [word for word in WORDS if word in kept] == []
    assert b"(Halaman 0) Tj" in kept
    # A font called A is a font, no action.
    assert b"/A " in kept and b"/F1 " in kept


def test_a_filled_field_stays_to_be_read() -> None:
    kept = everything_in(read_pdf(document(in_a_field)).files[0])
    assert b"Bu Lirih" in kept


@pytest.mark.parametrize("junk", [b"<html><script>alert(1)</script></html>", b"\nPK\x03\x04 a second file"])
def test_what_hangs_before_or_behind_the_file_is_gone(junk: bytes) -> None:
    for hostile in (document() + junk, junk + document()):
        (kept,) = read_pdf(hostile).files
        assert junk not in kept and b"script" not in kept
        assert kept.startswith(b"%PDF-") and kept.endswith(b"%%EOF\n")


def test_a_locked_pdf_is_refused() -> None:
    for passwords in ({"owner": "a", "user": "b"}, {"owner": "a", "user": ""}):
        locked = document(encryption=pikepdf.Encryption(**passwords))
        assert code_of(lambda data=locked: read_pdf(data)) == "pdf_locked"  # type: ignore[misc]


def xfa(made: Pdf) -> None:
    made.Root.AcroForm = Dictionary(Fields=Array([]), XFA=made.make_stream(b"<xdp/>"))


def folder_of_files(made: Pdf) -> None:
    attach(made)
    made.Root.Collection = Dictionary(View=Name.D)


@pytest.mark.parametrize("change", [xfa, folder_of_files])
def test_a_pdf_whose_pages_are_not_its_content_is_refused(change: Callable[[Pdf], None]) -> None:
    assert code_of(lambda: read_pdf(document(change))) == "pdf_dynamic"


def packed_bomb(made: Pdf) -> None:
    made.pages[0].Contents = made.make_stream(b" " * (40 * MB))


def doubly_packed(made: Pdf) -> None:
    import zlib

    once = zlib.compress(b" " * (40 * MB), 9)
    made.pages[0].Contents = made.make_stream(b"")
    made.pages[0].Contents.write(zlib.compress(once, 9), filter=Array([Name.FlateDecode, Name.FlateDecode]))


def huge_page(made: Pdf) -> None:
    made.pages[0].MediaBox = Array([0, 0, 200_000, 200_000])


def huge_picture(made: Pdf) -> None:
    drawn = made.make_stream(
        b"\0", Type=Name.XObject, Subtype=Name.Image, Width=60_000, Height=60_000, ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )  # fmt: skip
    made.pages[0].Resources.XObject = Dictionary(X1=drawn)


def bytes_elsewhere(made: Pdf) -> None:
    made.pages[0].Contents = made.make_stream(b"", F=String("/etc/passwd"))


@pytest.mark.parametrize("change", [packed_bomb, doubly_packed, huge_page, huge_picture, bytes_elsewhere])
def test_a_bomb_is_refused_in_bounded_time_and_memory(change: Callable[[Pdf], None], settings: Any) -> None:
    settings.UPLOAD_MAX_UNPACKED_BYTES = 32 * MB
    hostile = document(change, compress_streams=True)
    assert len(hostile) < 8 * MB
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert code_of(lambda: read_pdf(hostile)) == "pdf_too_complex"
    assert time.monotonic() - began < 21
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_a_page_tree_that_multiplies_itself_is_refused() -> None:
    """Ten levels of ten times the same folder: ten thousand million pages in a kilobyte."""
    objects = [b"1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj"]
    for level in range(2, 12):
        kids = f"{level + 1} 0 R " * 10
        objects.append(f"{level} 0 obj << /Type /Pages /Count 10 /Kids [{kids}] >> endobj".encode())
    objects.append(b"12 0 obj << /Type /Page /MediaBox [0 0 9 9] >> endobj")
    data = b"%PDF-1.4\n" + b"\n".join(objects) + b"\ntrailer << /Root 1 0 R /Size 13 >>\n%%EOF\n"
    began = time.monotonic()
    assert code_of(lambda: read_pdf(data)) in {"pdf_incomplete", "pdf_too_long", "pdf_too_complex"}
    assert time.monotonic() - began < 21


def test_pages_of_a_folder_keep_what_they_inherit() -> None:
    """Size, fonts and rotation may stand in the folder above."""

    def lift(made: Pdf) -> None:
        page = made.pages[0].obj
        folder = page.Parent
        for name in ("/Resources", "/MediaBox"):
            folder[name] = page[name]
            del page[name]
        folder[Name.Rotate] = 90

    with pikepdf.open(io.BytesIO(read_pdf(document(lift)).files[0])) as kept:
        page = kept.pages[0]
        assert [int(edge) for edge in page.mediabox] == [0, 0, 595, 842]
        assert page.obj.Rotate == 90
        assert "/F1" in page.obj.Resources.Font


def test_three_hundred_pages_are_enough() -> None:
    assert read_pdf(document(pages=300)).pages == 300
    assert code_of(lambda: read_pdf(document(pages=301))) == "pdf_too_long"
