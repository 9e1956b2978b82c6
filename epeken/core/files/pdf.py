"""A bounded look into a PDF somebody sent: is it whole, has it pages, does it try to act?

Not a parser: it reads names, also those in compressed object streams, under fixed limits, so that a hostile file
cannot keep it busy. What it finds it refuses; the file itself is stored untouched and served as an attachment.
"""

import re
import zlib

from django.utils.translation import gettext as _

from epeken.core.errors import RuleBroken

MAX_PAGES = 300
_MAX_STREAMS = 4_000
_HEAD = 4_096  # how far before its stream a dictionary may start
_MAX_UNPACKED = 16 * 1024 * 1024

_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Anything that runs, opens, submits or carries another file. No name shorter than six bytes without what must follow
# it: packed pixels are random, and megabytes of them contain every short word.
_ACTIVE = re.compile(
    rb"/(JavaScript|Launch|SubmitForm|ImportData|EmbeddedFiles?|RichMedia|GoToE|Movie|Rendition)(?![A-Za-z0-9])"
    rb"|/XFA\s*(\[|\d+\s+\d+\s+R)"
)
_OBJECT_STREAM = re.compile(rb"/Type\s*/ObjStm(?![A-Za-z0-9])")
_STREAM = re.compile(rb"stream\r?\n")


def check_pdf(data: bytes, *, field: str | None = None) -> int:
    """The number of pages. Raises RuleBroken with the reason and the way out."""
    if not data.startswith(b"%PDF-1.") and not data.startswith(b"%PDF-2."):
        raise RuleBroken(
            _("Berkas ini bukan PDF. Simpan ulang sebagai PDF, atau unggah fotonya."), field=field, code="not_a_pdf"
        )
    if b"%%EOF" not in data[-2048:]:
        raise RuleBroken(
            _("PDF ini tidak lengkap. Coba unduh atau pindai ulang, lalu unggah lagi."),
            field=field,
            code="pdf_incomplete",
        )
    texts = [data, *_object_streams(data, field)]
    names = [_plain(text) for text in texts]
    if any(re.search(rb"/Encrypt(?![A-Za-z0-9])", text) for text in names):
        raise RuleBroken(
            _("PDF ini terkunci kata sandi. Simpan tanpa kata sandi, lalu unggah lagi."), field=field, code="pdf_locked"
        )
    if any(_ACTIVE.search(text) for text in names):
        raise RuleBroken(
            _("PDF ini berisi skrip atau berkas sisipan, jadi ditolak. Cetak ulang ke PDF, lalu unggah lagi."),
            field=field,
            code="pdf_active",
        )
    pages = sum(len(_PAGE.findall(text)) for text in names)
    if pages < 1:
        raise RuleBroken(
            _("PDF ini tidak berisi halaman. Simpan ulang sebagai PDF, lalu unggah lagi."),
            field=field,
            code="pdf_without_pages",
        )
    if pages > MAX_PAGES:
        raise RuleBroken(
            _("PDF ini berisi %(pages)d halaman; paling banyak %(most)d. Pisahkan berkasnya, lalu unggah lagi.")
            % {"pages": pages, "most": MAX_PAGES},
            field=field,
            code="pdf_too_long",
        )
    return pages


def _plain(text: bytes) -> bytes:
    """Names as they are meant: `/J#61vaScript` is `/JavaScript`."""
    return _ESCAPED.sub(lambda m: bytes([int(m.group(1), 16)]), text)


def _object_streams(data: bytes, field: str | None) -> list[bytes]:
    """The unpacked object streams: since PDF 1.5 pages and actions may hide in them."""
    too_complex = _("PDF ini terlalu rumit. Cetak ulang ke PDF, lalu unggah lagi.")
    texts: list[bytes] = []
    room = _MAX_UNPACKED
    end = 0
    for count, start in enumerate(_STREAM.finditer(data)):
        if count >= _MAX_STREAMS:
            raise RuleBroken(too_complex, field=field, code="pdf_too_complex")
        if start.start() < end:
            continue
        stop = data.find(b"endstream", start.end())
        head = _plain(data[max(end, start.start() - _HEAD) : start.start()])
        end = stop if stop > 0 else len(data)
        if not _OBJECT_STREAM.search(head):
            continue
        try:
            unpacked = zlib.decompressobj().decompress(data[start.end() : end], room)
        except zlib.error:
            # Packed in a way no ordinary writer uses for objects: what cannot be read is not trusted.
            raise RuleBroken(too_complex, field=field, code="pdf_too_complex") from None
        room -= len(unpacked)
        if room <= 0:
            raise RuleBroken(too_complex, field=field, code="pdf_too_complex")
        texts.append(unpacked)
    return texts
