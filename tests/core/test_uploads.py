"""What may enter the stores, and what is left of it."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.checks import run_checks
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, features

from epeken.core import clock
from epeken.core.errors import RuleBroken
from epeken.core.files import picture_forms, uploads
from epeken.core.files.decoder import dhash
from epeken.core.models import Upload
from epeken.users.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stores(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            **settings.STORAGES["private"],
            "OPTIONS": {**settings.STORAGES["private"]["OPTIONS"], "location": tmp_path / "private"},
        },
    }


@pytest.fixture
def sender() -> User:
    return User.objects.create_user("pengunggah@contoh.invalid", "x", name="Bu Pengunggah")


def picture(size: tuple[int, int] = (300, 200), kind: str = "JPEG", **options: Any) -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind, **options)
    return SimpleUploadedFile("foto.jpg", out.getvalue())


def test_a_public_picture_has_every_width_and_format_without_metadata(sender: User, settings: Any) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera Rahasia"
    exif[0x9286] = "1.25,124.75"
    made = uploads.store_public_image(picture((2000, 1000), exif=exif), user=sender, folder="products")
    kept = {
        name: (Path(settings.MEDIA_ROOT) / name).read_bytes() for name in Upload.objects.values_list("name", flat=True)
    }
    forms = picture_forms.forms_of(made.large)
    assert forms is not None and set(kept) == {
        *(forms.name(width, kind) for width in (320, 640, 1280) for kind in ("webp", "avif")),
        forms.name(640, "jpg"),
    }
    assert (made.large, made.small) == (forms.name(1280), forms.name(640))
    for name, data in kept.items():
        assert b"Kamera" not in data and b"EXIF" not in data and b"Exif" not in data
        with Image.open(io.BytesIO(data)) as form:
            assert form.format == {"webp": "WEBP", "avif": "AVIF", "jpg": "JPEG"}[name.rsplit(".")[-1]]
            assert form.size == (width := int(name.rsplit("-")[-1].split(".")[0]), width // 2)
    assert uploads.used_by(sender) == sum(map(len, kept.values()))


@pytest.mark.parametrize(
    ("size", "widths"),
    [((1279, 700), [320, 640, 1279]), ((640, 500), [320, 640]), ((500, 300), [320, 500]), ((300, 200), [300])],
)
def test_no_picture_is_enlarged_and_none_is_kept_twice(sender: User, size: tuple[int, int], widths: list[int]) -> None:
    made = uploads.store_public_image(picture(size), user=sender, folder="products")
    forms = picture_forms.forms_of(made.large)
    assert forms is not None and forms.widths == widths
    assert Upload.objects.count() == 2 * len(widths) + 1
    assert made.small == forms.name(min(640, size[0]))


def test_the_name_says_the_colour_that_most_of_it_has(sender: User) -> None:
    image = Image.new("RGB", (500, 500), (200, 40, 90))
    image.paste((10, 240, 10), (0, 0, 500, 200))
    out = io.BytesIO()
    image.save(out, "PNG")
    made = uploads.store_public_image(SimpleUploadedFile("a.png", out.getvalue()), user=sender, folder="p", square=True)
    forms = picture_forms.forms_of(made.large)
    assert forms is not None
    assert all(abs(a - b) < 8 for a, b in zip(bytes.fromhex(forms.colour), (200, 40, 90), strict=True))


def test_a_pillow_that_lacks_a_format_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_checks(tags=["pictures"]) == []
    monkeypatch.setattr(features, "check", lambda name: name != "avif")
    assert [found.id for found in run_checks(tags=["pictures"])] == ["core.E005"]


def test_what_stands_for_goods_has_a_least_side_of_its_own(sender: User) -> None:
    with pytest.raises(RuleBroken) as refused:
        uploads.store_public_image(picture((4000, 399)), user=sender, folder="products", least_side=400)
    assert refused.value.code == "too_few_pixels"
    assert "tiap sisinya paling sedikit 400 piksel" in str(refused.value)
    assert uploads.used_by(sender) == 0
    uploads.store_public_image(picture((400, 400)), user=sender, folder="products", least_side=400)


@pytest.mark.parametrize("size", [(2000, 9000), (900, 1600), (40, 15_000), (15_000, 40)])
def test_each_form_is_as_wide_as_its_name_says(sender: User, settings: Any, size: tuple[int, int]) -> None:
    """Also of a tower, which is made narrower for its height."""
    forms = picture_forms.forms_of(uploads.store_public_image(picture(size), user=sender, folder="toko").large)
    assert forms is not None
    names = {*(forms.name(w, kind) for w in forms.widths for kind in ("webp", "avif")), forms.name(forms.small, "jpg")}
    assert set(Upload.objects.values_list("name", flat=True)) == names
    for name in names:
        with Image.open(Path(settings.MEDIA_ROOT) / name) as kept:
            assert name.rsplit("-")[-1].split(".")[0] == str(kept.width) and kept.height <= 2560


@pytest.mark.parametrize("size", [(6000, 3), (3, 6000), (1, 1), (39, 40)])
def test_a_strip_is_refused_with_the_least_side_in_words(sender: User, size: tuple[int, int]) -> None:
    with pytest.raises(RuleBroken) as refused:
        uploads.store_public_image(picture(size, kind="PNG"), user=sender, folder="products")
    assert (refused.value.code, refused.value.field) == ("too_few_pixels", "photo")
    assert "tiap sisinya paling sedikit 40 piksel" in str(refused.value)
    assert uploads.used_by(sender) == 0


def test_square_cuts_the_middle_and_never_enlarges(sender: User, settings: Any) -> None:
    stored = uploads.store_public_image(picture((500, 300)), user=sender, folder="p", square=True)
    with Image.open(Path(settings.MEDIA_ROOT) / stored.large) as kept:
        assert kept.size == (300, 300)


def test_rotation_of_the_camera_is_applied(sender: User) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = uploads.store_private_image(picture((300, 200), exif=exif), user=sender, folder="evidence")
    assert (stored.width, stored.height) == (200, 300)


def test_private_file_is_readable_by_owner_and_group_only(sender: User, settings: Any) -> None:
    stored = uploads.store_private_image(picture(), user=sender, folder="evidence")
    path = Path(settings.PRIVATE_ROOT) / stored.name
    assert path.stat().st_mode & 0o777 == 0o640
    assert path.parent.stat().st_mode & 0o007 == 0


def test_html_named_jpg_is_refused_and_nothing_kept(sender: User, settings: Any) -> None:
    page = SimpleUploadedFile("foto.jpg", b"<html><script>alert(1)</script></html>", content_type="image/jpeg")
    with pytest.raises(RuleBroken) as refusal:
        uploads.store_private_image(page, user=sender, folder="evidence")
    assert refusal.value.field == "photo"
    assert Upload.objects.count() == 0
    assert not Path(settings.PRIVATE_ROOT).exists()


def pdf(pages: int = 1) -> bytes:
    """A PDF of empty pages."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _number in range(pages):
            made.add_blank_page()
        made.save(out)
    return out.getvalue()


def upload(data: bytes, name: str = "berkas.pdf", content_type: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type=content_type)


def refused(file: SimpleUploadedFile, sender: User, *, document: bool = False) -> str:
    """The code of the refusal; nothing is kept."""
    store = uploads.store_private_document if document else uploads.store_private_image
    with pytest.raises(RuleBroken) as refusal:
        store(file, user=sender, folder="evidence")
    assert Upload.objects.count() == 0
    return refusal.value.code


def test_a_pdf_keeps_its_pages(sender: User) -> None:
    stored = uploads.store_private_document(upload(pdf(3)), user=sender, folder="papers")
    assert stored.content_type == "application/pdf"
    with pikepdf.open(io.BytesIO(uploads.read_private(stored.name))) as kept:
        assert len(kept.pages) == 3


def test_a_photo_is_a_document_too(sender: User) -> None:
    stored = uploads.store_private_document(picture(), user=sender, folder="papers")
    assert stored.content_type == "image/jpeg"
    assert len(stored.dhash) == 16


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"%PDF-1.7\nhalf a file", "pdf_incomplete"),
        (pdf(0), "pdf_without_pages"),
        (pdf(301), "pdf_too_long"),
        (b"PK\x03\x04 a Word file", "not_a_picture"),
        (b"", "file_empty"),
    ],
    ids=["half", "no pages", "too long", "a Word file", "empty"],
)
def test_other_papers_are_refused_with_their_reason(sender: User, data: bytes, code: str) -> None:
    assert refused(upload(data), sender, document=True) == code


def test_a_pdf_named_jpg_is_no_photo(sender: User) -> None:
    assert refused(upload(pdf(), "foto.jpg", "image/jpeg"), sender) == "not_a_picture"


def test_svg_and_gif_are_refused(sender: User) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    assert refused(upload(svg, "logo.svg", "image/svg+xml"), sender) == "not_a_picture"
    out = io.BytesIO()
    Image.new("P", (9, 9)).save(out, "GIF")
    assert refused(upload(out.getvalue(), "a.gif", "image/gif"), sender) == "not_a_picture"


def test_moving_pictures_are_refused(sender: User) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    assert refused(upload(out.getvalue(), "a.webp", "image/webp"), sender) == "moving_picture"


def test_a_phones_mpo_is_a_photo(sender: User) -> None:
    out = io.BytesIO()
    frames = [Image.new("RGB", (200, 100), colour) for colour in ("red", "blue")]
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    stored = uploads.store_private_image(upload(out.getvalue(), "a.jpg", "image/jpeg"), user=sender, folder="evidence")
    assert (stored.width, stored.height) == (200, 100)


def test_html_behind_a_photo_does_not_survive(sender: User) -> None:
    data = picture(comment=b"<script>alert(1)</script>").read() + b"<html><script>alert(2)</script>"
    stored = uploads.store_private_image(upload(data, "foto.jpg", "image/jpeg"), user=sender, folder="evidence")
    assert b"script" not in uploads.read_private(stored.name)


def test_a_truncated_photo_is_refused(sender: User) -> None:
    whole = picture((900, 900)).read()
    assert refused(upload(whole[: len(whole) // 2], "foto.jpg", "image/jpeg"), sender) == "picture_broken"


def png_of(side: int) -> bytes:
    """A small file that claims to be a square of `side` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9_000))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.mark.parametrize("side", [10_000, 60_000])
def test_too_many_pixels_are_refused_before_decoding(sender: User, side: int) -> None:
    """Also those for which Pillow itself only warns (100 million) or gives up (3,600 million).

    The file holds nine thousand bytes of pixels: decoded, it would be `picture_broken`.
    """
    assert refused(upload(png_of(side), "foto.png", "image/png"), sender) == "too_many_pixels"


def test_too_many_bytes_are_refused(sender: User, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    assert refused(picture((800, 800)), sender) == "file_too_large"


def test_the_quota_of_a_person_is_theirs_alone(sender: User, settings: Any) -> None:
    first = uploads.store_private_image(picture(), user=sender, folder="evidence")
    settings.UPLOAD_QUOTA_BYTES = first.size + 10
    with pytest.raises(RuleBroken) as refusal:
        uploads.store_private_image(picture(), user=sender, folder="evidence")
    assert refusal.value.code == "quota_full"
    assert uploads.used_by(sender) == first.size
    other = User.objects.create_user("lain@contoh.invalid", "x", name="Lain")
    uploads.store_private_image(picture(), user=other, folder="evidence")


def test_near_identical_pictures_have_near_hashes() -> None:
    photo = Image.radial_gradient("L").convert("RGB")
    small = photo.resize((120, 120))
    turned = Image.linear_gradient("L").convert("RGB")

    def apart(a: str, b: str) -> int:
        return (int(a, 16) ^ int(b, 16)).bit_count()

    assert apart(dhash(photo), dhash(small)) <= 4
    assert apart(dhash(photo), dhash(turned)) > 10


def test_see_through_pictures_get_a_white_ground(sender: User) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    stored = uploads.store_private_image(upload(out.getvalue(), "a.png", "image/png"), user=sender, folder="evidence")
    pixels = Image.open(io.BytesIO(uploads.read_private(stored.name)))
    assert pixels.getpixel((10, 10)) == (255, 255, 255)


def test_deep_grey_pictures_keep_their_tones(sender: User) -> None:
    out = io.BytesIO()
    Image.linear_gradient("L").resize((64, 64)).convert("I").point(lambda v: v * 256).convert("I;16").save(out, "PNG")
    stored = uploads.store_private_image(upload(out.getvalue(), "a.png", "image/png"), user=sender, folder="evidence")
    pixels = Image.open(io.BytesIO(uploads.read_private(stored.name))).convert("L")
    assert pixels.getpixel((5, 60)) > 200 > 60 > pixels.getpixel((5, 3))


@pytest.mark.parametrize("folder", ["../etc", "/abs", "a//b", "A", ""])
def test_the_folder_is_ours_to_name(sender: User, folder: str) -> None:
    with pytest.raises(ValueError, match="Not a folder"):
        uploads.store_private_image(picture(), user=sender, folder=folder)


def test_a_private_answer_is_kept_nowhere_and_run_by_nobody(sender: User, caplog: pytest.LogCaptureFixture) -> None:
    stored = uploads.write_private("papers", b"%PDF-1.7 made by us", ".pdf")
    caplog.set_level("INFO", logger="epeken")
    answer = uploads.private_response(
        stored.name, reader=sender.pk, content_type="application/pdf", filename='BAST "3"\r\nX: y.pdf'
    )
    assert stored.name in caplog.text and f"person={sender.pk}" in caplog.text
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "\r" not in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]


def test_only_pictures_and_pdf_are_shown_in_place() -> None:
    assert uploads.file_response(b"x", content_type="image/jpeg", filename="a", inline=True)[
        "Content-Disposition"
    ].startswith("inline")
    assert uploads.file_response(b"x", content_type="text/html", filename="a", inline=True)[
        "Content-Disposition"
    ].startswith("attachment")


def test_a_lost_file_is_not_found() -> None:
    from django.http import Http404

    with pytest.raises(Http404):
        uploads.private_response("papers/aa/none.pdf", reader=1, content_type="application/pdf", filename="a.pdf")


def test_public_pictures_are_served_for_a_year(sender: User, client: Any) -> None:
    forms = picture_forms.forms_of(uploads.store_public_image(picture(), user=sender, folder="products").large)
    assert forms is not None
    for kind, type_, at, mark in [
        ("webp", "webp", 0, b"RIFF"),
        ("avif", "avif", 4, b"ftypavif"),
        ("jpg", "jpeg", 6, b"JFIF"),
    ]:
        answer = client.get(f"/media/{forms.name(forms.small, kind)}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == f"image/{type_}"
        assert "immutable" in answer["Cache-Control"]
        assert b"".join(answer.streaming_content)[at : at + len(mark)] == mark


@pytest.mark.parametrize(
    "name", ["../private/x.webp", "a.html", "products/%2e%2e/x.webp", "none.webp", "a.jpg", ".webp"]
)
def test_nothing_else_is_served(client: Any, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.parametrize("name", ["a.html", "a.jpg", "A.webp", ".webp", "surat/ktp.pdf"])
def test_what_we_did_not_write_is_not_served_though_it_lies_there(client: Any, settings: Any, name: str) -> None:
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"secret")
    assert client.get(f"/media/{name}").status_code == 404


def test_a_refused_service_leaves_no_row(sender: User) -> None:
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        uploads.store_private_image(picture(), user=sender, folder="evidence")
        raise RuntimeError
    assert uploads.used_by(sender) == 0


def test_files_of_cancelled_transactions_are_found_and_removed(sender: User, settings: Any) -> None:
    import os

    from django.core.management import call_command
    from django.db import transaction

    kept = uploads.store_private_image(picture(), user=sender, folder="evidence")
    lost = None
    with pytest.raises(RuntimeError), transaction.atomic():
        lost = uploads.store_private_image(picture(), user=sender, folder="evidence")
        raise RuntimeError
    assert lost is not None
    root = Path(settings.PRIVATE_ROOT)
    foreign = root / "evidence" / "readme.txt"
    foreign.write_text("not ours")
    for path in (root / kept.name, root / lost.name, foreign):
        os.utime(path, (clock.now().timestamp(),) * 2)  # the files' own clock is the machine's
    young = io.StringIO()
    call_command("clean_uploads", "--delete", stdout=young)
    assert "0 files" in young.getvalue(), "it may still be about to commit"
    for path in (root / kept.name, root / lost.name, foreign):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    call_command("clean_uploads", stdout=io.StringIO())
    assert (root / lost.name).exists()
    call_command("clean_uploads", "--delete", stdout=io.StringIO())
    assert not (root / lost.name).exists()
    assert (root / kept.name).exists() and foreign.exists()
